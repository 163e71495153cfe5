"""Who ordered without a customer number: a known customer of that e-mail or phone, or a guest who is the same as other guests of that contact."""

import ibis
from ibis import _
from ibis.expr.types import Table

LINE = ["source_order", "source_file", "source_row"]


def recognise_guests(lines: Table, people: Table) -> Table:
    """Give a number to every line without one that has a contact.

    Parameters
    ----------
    lines : Table
        Grain: source_order, source_file, source_row. customer_id (of the person, null for a guest), ordered_at, order_id, email, phone (normalised).
    people : Table
        person_id, email, phone (normalised): the contacts of known people; several rows may be of one person.

    Returns
    -------
    Table
        Grain: source_order, source_file, source_row. person_id, guest_id ("guest-" and the number of the first order under this e-mail, or, without one, phone).

    Notes
    -----
    An e-mail decides where there is one: it belongs to exactly one person, or to none of them. A phone decides where the line has no e-mail that anybody is
    known by, and its owner, the only one of that phone, has no other e-mail: telephone numbers are given to others after a while.
    """
    known = people.union(lines.filter(_.customer_id.notnull()).select(person_id=_.customer_id, email=_.email, phone=_.phone))
    of_email, of_phone = (_owners(known, contact) for contact in ("email", "phone"))
    has_email = known.filter(_.email.notnull()).select(reached=_.person_id).distinct()
    guests = lines.filter(_.customer_id.isnull())
    found = guests.left_join(of_email, "email").drop("email_right").rename(by_email="owner", email_owners="owners")
    found = found.left_join(of_phone, "phone").drop("phone_right").rename(by_phone="owner", phone_owners="owners")
    found = found.left_join(has_email, found.by_phone == has_email.reached)
    by_email = ibis.ifelse(found.email_owners == 1, found.by_email, ibis.null("string"))
    is_reached = found.email.notnull() & found.reached.notnull()  # by another e-mail than this one, which is nobody's
    by_phone = ibis.ifelse((found.phone_owners == 1) & found.email_owners.isnull() & ~is_reached, found.by_phone, ibis.null("string"))
    found = found.select(*guests.columns, owner=ibis.coalesce(by_email, by_phone), contact=ibis.coalesce(found.email, found.phone))
    order = ibis.coalesce(found.order_id, found.source_order.cast("string") + "-" + found.source_row.cast("string"))
    beginning = ibis.window(group_by="contact", order_by=["ordered_at", "order_id", *LINE])
    named = found.mutate(first=order.first().over(beginning))
    # two guests may share an order number: the second is told from the first
    named = named.mutate(twin=ibis.dense_rank().over(ibis.window(group_by="first", order_by="contact")))
    suffix = ibis.ifelse(named.twin == 0, ibis.literal(""), "-" + (named.twin + 1).cast("string"))
    named = named.mutate(guest_id="guest-" + named["first"] + suffix)
    return named.select(*LINE, "guest_id", person_id=ibis.coalesce(named.owner, named.guest_id))


def _owners(known: Table, contact: str) -> Table:
    """Count the people of each e-mail or phone: the contact, owners, owner (the only one where owners is 1)."""
    return known.filter(known[contact].notnull()).group_by(contact).agg(owners=_.person_id.nunique(), owner=_.person_id.min())
