"""Who is one and the same: persons under several numbers, guests, accounts and their parents."""

from collections.abc import Callable, Mapping
from typing import Any

import ibis
from ibis import _
from ibis.expr.types import Table

from analysis.data import people, sources
from analysis.models.identity import components, guests, matching
from analysis.recipes.opened import Opened

NAMED = {"customer_id": "string", "person_id": "string", "why": "string"}
PAIRS = {"customer_id": "string", "other": "string", "why": "string"}
REACHED_BY = {"email", "phone"}


def nobody(schema: dict[str, str]) -> Table:
    """Give a table of these columns without a row."""
    return ibis.memtable({column: [] for column in schema}, schema=schema)


def mapped_columns(opened: Opened) -> frozenset[str]:
    """Name the columns of the customer master that the configuration maps, and its attributes."""
    source = opened.config.inputs.customers
    return frozenset({*source.columns, *source.attributes}) if source and opened.master else frozenset()


def _listed(opened: Opened) -> Table | None:
    """List the rows of the customer master known at as-of, in one spelling; None without a master."""
    if opened.master is None:
        return None
    listed = people.list_people(opened.master.lines, as_of=opened.as_of, settings=opened.config.identity, own=mapped_columns(opened))
    return opened.engine.materialize("people_listed", listed)


def _narrow(opened: Opened) -> Table | None:
    """Narrow the people to what tells whether two are one; None where there are no names or no contacts to go by."""
    if "name" not in mapped_columns(opened) or not REACHED_BY & mapped_columns(opened):
        return None
    narrow = people.describe_contacts(opened.get("people_listed"), settings=opened.config.identity)
    narrow = opened.engine.materialize("people_contacts", narrow)
    return opened.engine.materialize("people_narrow", matching.drop_stand_ins(narrow))


def _exact_pairs(opened: Opened) -> Table:
    narrow = opened.get("people_narrow")
    return nobody(PAIRS) if narrow is None else opened.engine.materialize("exact_pairs", matching.pair_exactly(narrow))


def _name(opened: Opened, pairs: Table, label: str) -> Table:
    """Name the persons that pairs add up to: of those who are new at as-of and those seen before, the first comes first."""
    if not pairs.count().execute():
        return nobody(NAMED)
    engine = opened.engine.under(label)
    found = components.connect(engine, pairs)
    lines = opened.intake.lines.filter(_.problem.isnull() & (_.ordered_at.date() <= opened.as_of)).semi_join(found, "customer_id")
    first = lines.group_by("customer_id").agg(first=_.ordered_at.min().date())
    listed = opened.get("people_narrow").semi_join(found, "customer_id").left_join(first, "customer_id")
    since = listed.select("customer_id", since=ibis.coalesce(ibis.least(listed.registered_on, listed.first), listed.registered_on, listed.first))
    return engine.materialize("persons", matching.name_components(found, since, pairs))


def _possible(opened: Opened) -> Table:
    """Name the persons that equal keys add up to, whatever the policy: customer_id, person_id, why."""
    return _name(opened, opened.get("exact_pairs"), "exact")


def _persons(opened: Opened) -> Table:
    """Name the persons that the policy makes of several numbers."""
    policy = opened.config.identity.merge
    if policy == "none":
        return nobody(NAMED)
    if policy == "exact":
        return opened.get("persons_possible")
    likely = opened.get("near_pairs").select("customer_id", "other", why=ibis.literal("near"))
    pairs = opened.get("exact_pairs").union(likely).union(likely.select(customer_id=_.other, other=_.customer_id, why=_.why))
    return _name(opened, pairs, "near")


def _own_people(opened: Opened) -> Table | None:
    """Make one row a person, each with its own number."""
    listed = opened.get("people_listed")
    if listed is None:
        return None
    merged = people.merge_people(listed, opened.get("persons"))
    if "country" in mapped_columns(opened) and "market" not in mapped_columns(opened) and (home := opened.get("home")):
        merged = people.name_market(merged, home)
    return opened.engine.materialize("people_merged", merged)


def _home(opened: Opened) -> tuple[str, ...]:
    """Name the countries that are not abroad: those of the configuration, or that of most customers."""
    if opened.config.identity.home:
        return opened.config.identity.home
    most = people.find_home(opened.get("people_listed")) if "country" in mapped_columns(opened) else None
    return (most,) if most else ()


def _links(opened: Opened) -> Table:
    """List who names a parent: customer_id, above, is_known (the parent is a customer at as-of)."""
    if "parent_id" not in mapped_columns(opened):
        return nobody({"customer_id": "string", "above": "string", "is_known": "boolean"})
    own = opened.get("people_merged")
    named = own.filter(_.parent_id.notnull()).select("customer_id", above=_.parent_id)
    lines = opened.intake.lines.filter(_.problem.isnull() & (_.ordered_at.date() <= opened.as_of))
    there = own.select(above=_.customer_id).union(lines.select(above=_.customer_id).filter(_.above.isin(named.above))).distinct().mutate(there=True)
    joined = named.left_join(there, "above").drop("above_right")
    return opened.engine.materialize("account_links", joined.select("customer_id", "above", is_known=joined.there.notnull()))


def _tops(opened: Opened) -> Table:
    """Follow every account to its topmost parent: customer_id, top, in_circle."""
    return opened.engine.materialize(
        "account_tops", components.follow(opened.engine, opened.get("account_links").filter(_.is_known).drop("is_known"), "account_steps")
    )


def _guests(opened: Opened) -> Table | None:
    """Give numbers to lines without one; None where guests stay anonymous."""
    source, settings = opened.config.inputs.transactions, opened.config.identity
    if settings.guests == "anonymous" or not REACHED_BY & set(source.columns):
        return None
    lines = people.list_contacts(opened.intake.lines, as_of=opened.as_of, settings=settings)
    lines = opened.engine.materialize("lines_contacts", people.rename_customers(lines, opened.get("persons")))
    known = nobody({"person_id": "string", "email": "string", "phone": "string"})
    if (listed := opened.get("people_listed")) is not None:
        narrow = people.rename_customers(people.describe_contacts(listed, settings=settings), opened.get("persons"))
        known = opened.engine.materialize("guests_known", narrow.select(person_id=_.customer_id, email=_.email, phone=_.phone))
    return opened.engine.materialize("guests", guests.recognise_guests(lines, known))


def _identities(opened: Opened) -> Table:
    """Name the person behind every number that is not the person's own; of a guest, the number that the guest would have borne alone."""
    named = opened.get("persons")
    if (found := opened.get("guests")) is not None:
        named = named.union(found.select(customer_id=_.guest_id, person_id=_.person_id, why=ibis.literal("guest")).distinct())
    if opened.config.identity.accounts == "parent":
        tops = opened.get("account_tops").filter(_.customer_id != _.top)
        roofs = tops.select(person_id=tops.customer_id, top=tops.top)
        above = named.left_join(roofs, "person_id")
        named = above.select("customer_id", person_id=ibis.coalesce(above.top, above.person_id), why=above.why)
        branches = tops.select("customer_id", person_id=_.top, why=ibis.literal("parent"))
        named = named.union(branches.anti_join(named, "customer_id"))
    return opened.engine.materialize("identities", named)


def _told(opened: Opened) -> Table:
    """Give the lines as they were told, each with the number of its person; the lines as read where nothing is to be changed."""
    identities, found = opened.get("identities"), opened.get("guests")
    if not identities.count().execute():
        return opened.intake.lines
    if found is not None and opened.config.identity.accounts == "parent":
        final = identities.filter(_.why == "guest").select(guest_id=_.customer_id, person_id=_.person_id)
        found = found.drop("person_id").join(final, "guest_id")
    told = people.name_persons(opened.intake.lines, identities, found)
    return people.keep_apart(told, opened.engine.materialize("orders_apart", people.list_apart(told)))


def _people(opened: Opened) -> Table | None:
    """Give the people as the lines know them: in the accounts of parents branches are none of their own."""
    own = opened.get("people_merged")
    if own is None or opened.config.identity.accounts == "own":
        return own
    tops = opened.get("account_tops").filter(_.customer_id != _.top)
    return own.anti_join(tops, "customer_id").mutate(parent_id=ibis.null("string"))


def _notes(opened: Opened) -> tuple[sources.Note, ...]:
    """Say what was decided about people."""
    found = []
    mapped = mapped_columns(opened)
    if "birth_date" in mapped:
        wrong = opened.master.lines.filter(_.problem.isnull() & people.is_impossible(_.birth_date, opened.as_of)).count().execute()  # type: ignore[union-attr]
        found += [sources.Note("people-births", {"n": int(wrong)})] if wrong else []
    if "country" in mapped and "market" not in mapped and not opened.config.identity.home and opened.get("home"):
        found.append(sources.Note("people-home", {"country": opened.get("home")[0]}))
    if "parent_id" in mapped:
        missing = int(opened.get("account_links").filter(~_.is_known).count().execute())
        circles = int(opened.get("account_tops").filter(_.in_circle & (_.customer_id == _.top)).count().execute())
        found += [sources.Note("people-parents-missing", {"n": missing})] if missing else []
        found += [sources.Note("people-parents-circle", {"n": circles})] if circles else []
    return tuple(found)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "people_listed": _listed,
    "people_narrow": _narrow,
    "exact_pairs": _exact_pairs,
    "persons_possible": _possible,
    "persons": _persons,
    "people_merged": _own_people,
    "home": _home,
    "account_links": _links,
    "account_tops": _tops,
    "guests": _guests,
    "identities": _identities,
    "told": _told,
    "people": _people,
    "people_notes": _notes,
}
