"""Who is one: pairs of customers with the same name and the same contact."""

import ibis
from ibis import _
from ibis.expr.types import Table

WHY = ("email", "phone", "near")  # what two customers are taken for one by, the strongest first
CROWD = 10  # an e-mail or a phone under more names than that is a stand-in ("no@mail.com"), not a person's


def drop_stand_ins(people: Table) -> Table:
    """Take e-mails and phones away that stand under more than `CROWD` different names.

    Parameters
    ----------
    people : Table
        Grain: customer_id; name, email, phone (normalised).
    """
    crowds = {}
    for contact in ("email", "phone"):
        counts = people.filter(people[contact].notnull()).group_by(contact).agg(names=_.name.fill_null("").nunique())
        crowds[contact] = counts.filter(_.names > CROWD).select(**{f"crowd_{contact}": counts[contact]})
    for contact, crowd in crowds.items():
        joined = people.left_join(crowd, people[contact] == crowd[f"crowd_{contact}"])
        alone = ibis.ifelse(joined[f"crowd_{contact}"].isnull(), joined[contact], ibis.null("string"))
        people = joined.select(**{column: alone if column == contact else joined[column] for column in people.columns})
    return people


def pair_exactly(people: Table) -> Table:
    """Pair customers of the same name and e-mail, or of the same name and phone.

    Parameters
    ----------
    people : Table
        Grain: customer_id; name, email, phone, city, type, parent_id (see `analysis.data.people.describe_contacts`).

    Returns
    -------
    Table
        customer_id, other (both ways), why (email or phone). Of several who are equal each is paired with the smallest number.

    Notes
    -----
    A person is no company of the same name. Branches bear the name of their firm, and often its phone: an account under a parent is only one with another under the
    same parent in the same city.
    """
    known = people.filter(_.name.notnull()).mutate(who=_say_who(people))
    pairs = []
    for contact in ("email", "phone"):
        mine = known.filter(known[contact].notnull())
        first = mine.group_by("who", contact).agg(other=_.customer_id.min(), rows=_.count()).filter(_.rows > 1)
        found = mine.join(first, ["who", contact]).filter(_.customer_id != _.other)
        found = found.select("customer_id", "other", why=ibis.literal(contact))
        pairs += [found, found.select(customer_id=_.other, other=_.customer_id, why=_.why)]
    return ibis.union(*pairs, distinct=True)


def share_contact(people: Table) -> Table:
    """List the customers who share an e-mail or a phone with somebody of another name: a family, a colleague, a slip; never merged for that.

    Returns
    -------
    Table
        Grain: customer_id, contact (email or phone).
    """
    found = []
    for contact in ("email", "phone"):
        mine = people.filter(people[contact].notnull() & people.name.notnull())
        shared = mine.group_by(contact).agg(names=_.name.nunique()).filter(_.names > 1)
        found.append(mine.semi_join(shared, contact).select("customer_id", contact=ibis.literal(contact)))
    return found[0].union(found[1])


def _say_who(people: Table) -> ibis.Value:
    """Give the name with all that must be equal beside it."""
    firm = ibis.ifelse(people.type == "enterprise", "firm", "")
    branch = people.parent_id + "\x1f" + ibis.coalesce(people.city, people.customer_id)  # without a city nobody else's
    return people.name + "\x1f" + ibis.coalesce(firm, "") + "\x1f" + ibis.coalesce(branch, "")


def name_components(components: Table, people: Table, pairs: Table) -> Table:
    """Give each person the number of the member who was there first.

    Parameters
    ----------
    components : Table
        Grain: customer_id; component.
    people : Table
        Grain: customer_id; since (date: registered or first seen; may be null).
    pairs : Table
        customer_id, other, why.

    Returns
    -------
    Table
        Grain: customer_id. person_id (of the earliest; of equally early ones the smallest number), why (email, else phone, else near); only numbers that change.
    """
    dated = components.left_join(people.select("customer_id", "since"), "customer_id").drop("customer_id_right")
    order = [dated.since.isnull(), dated.since, dated.customer_id]
    ranked = dated.mutate(place=ibis.row_number().over(ibis.window(group_by="component", order_by=order)))
    chosen = ranked.filter(_.place == 0).select("component", person_id=_.customer_id)
    rank = ibis.cases(*[(pairs.why == why, number) for number, why in enumerate(WHY)])
    first = pairs.group_by("customer_id").agg(rank=rank.min())
    reasons = first.select("customer_id", why=ibis.cases(*[(first["rank"] == number, why) for number, why in enumerate(WHY)]))
    named = ranked.join(chosen, "component").join(reasons, "customer_id")
    return named.filter(_.customer_id != _.person_id).select("customer_id", "person_id", "why")
