"""The people and companies of the customer master: their attributes in one spelling, and several rows of one person made one."""

import datetime as dt
from collections.abc import Mapping

import ibis
from ibis import _
from ibis.expr.types import StringValue, Table

from analysis.data.contacts import normal_city, normal_email, normal_name, normal_phone, plain_text
from analysis.settings.identity import Identity

# what people write for the keys of ours; other words stay as they are
WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "gender": {
        "male": ("male", "m", "man", "mr", "mr.", "男", "男性", "男士", "先生"),
        "female": ("female", "f", "woman", "mrs", "mrs.", "ms", "ms.", "miss", "女", "女性", "女士", "小姐"),
    },
    "type": {
        "individual": ("individual", "person", "personal", "private", "consumer", "b2c", "个人", "个人客户", "自然人", "消费者", "私人"),
        "enterprise": (
            "enterprise", "company", "corporate", "corporation", "business", "organisation", "organization", "firm", "b2b",
            "企业", "企业客户", "公司", "公司客户", "单位", "单位客户", "法人",
        ),
    },
}  # fmt: skip
OLDEST = 120  # years: an older birth date is a slip


def to_key(value: StringValue, attribute: str) -> StringValue:
    """Give the key for a word of an attribute in `WORDS`: 男 and M are both `male`; words that nobody knows stay, without outer blanks."""
    plain = plain_text(value)
    return ibis.cases(*[(plain.isin(words), ibis.literal(key)) for key, words in WORDS[attribute].items()], else_=value.strip().nullif(""))


def list_people(master: Table, *, as_of: dt.date, settings: Identity, own: frozenset[str] = frozenset()) -> Table:
    """List who is known at as-of, with attributes in one spelling.

    Parameters
    ----------
    master : Table
        Typed customer master with `problem`.
    as_of : datetime.date
        Who registered later is not known yet.
    settings : Identity
    own : frozenset of str
        Mapped columns and attributes; what is not mapped gives nothing.

    Returns
    -------
    Table
        Grain: customer_id. All columns of the master; gender and type as keys, birth_date null where it cannot be; `age_band` (string: "0-17", "18-24", … "65+")
        where birth dates are mapped and no attribute has that name.
    """
    people = master.filter(_.problem.isnull() & (_.registered_at.isnull() | (_.registered_at.date() <= as_of)))
    people = people.mutate(birth_date=ibis.ifelse(is_impossible(_.birth_date, as_of), ibis.null(master.birth_date.type()), _.birth_date))
    people = people.mutate(**{name: to_key(people[name], name) for name in WORDS if name in own})
    if "birth_date" in own and "age_band" not in own:
        people = people.mutate(age_band=band_age(_.birth_date, as_of, settings.age_bands))
    return people


def is_impossible(birth: ibis.Value, as_of: dt.date) -> ibis.Value:
    """Tell whether nobody alive can have been born then: after as-of, or more than 120 years before."""
    return ibis.coalesce((birth.date() > as_of) | (_count_years(birth, as_of) > OLDEST), False)


def band_age(birth: ibis.Value, as_of: dt.date, bands: tuple[int, ...]) -> StringValue:
    """Give the band of an age at as-of, named by its first and last year."""
    age = _count_years(birth, as_of)
    starts = (0, *bands)
    names = [f"{low}-{high - 1}" for low, high in zip(starts, bands, strict=False)] + [f"{bands[-1]}+"]
    return ibis.cases(*[(age >= low, name) for low, name in zip(reversed(starts), reversed(names), strict=True)])


def _count_years(birth: ibis.Value, as_of: dt.date) -> ibis.Value:
    """Count whole years; who was born on 29 February has a birthday on 1 March in other years."""
    had_birthday = (birth.month() * 100 + birth.day()) <= as_of.month * 100 + as_of.day
    return as_of.year - birth.year() - ibis.ifelse(had_birthday, 0, 1)


def name_market(people: Table, home: tuple[str, ...]) -> Table:
    """Add `market`: domestic where the country is one of `home`, international elsewhere, null where nothing is known."""
    country = normal_city(people.country)
    at_home = ibis.literal(False)
    for name in home:
        at_home = at_home | (country == normal_city(ibis.literal(name)))
    return people.mutate(market=ibis.cases((country.isnull(), ibis.null("string")), (at_home, "domestic"), else_="international"))


def find_home(people: Table) -> str | None:
    """Find the country of most customers; of equal ones the first by the alphabet."""
    counts = people.filter(_.country.notnull()).group_by(country=_.country.strip()).agg(customers=_.count())
    first = counts.order_by(ibis.desc("customers"), "country").limit(1).execute()
    return None if first.empty else str(first.country.iloc[0])


def describe_contacts(people: Table, *, settings: Identity) -> Table:
    """Narrow people to what tells whether two of them are one.

    Returns
    -------
    Table
        Grain: customer_id. registered_on (date), name, email, phone, city (normalised), type (key), parent_id, birth_date (date).
    """
    is_firm = people.type == "enterprise"
    return people.select(
        "customer_id", "type", parent_id=_.parent_id.nullif(_.customer_id), registered_on=_.registered_at.date(), birth_date=_.birth_date.date(), city=normal_city(_.city),
        name=normal_name(people.name, is_firm=is_firm), email=normal_email(people.email), phone=normal_phone(people.phone, country=settings.phone_country),
    )  # fmt: skip


def merge_people(people: Table, persons: Table) -> Table:
    """Make one row of the several rows of one person.

    Parameters
    ----------
    people : Table
        Grain: customer_id (see `list_people`).
    persons : Table
        Grain: customer_id; person_id: only those whose number changes.

    Returns
    -------
    Table
        Grain: customer_id. Every attribute is that of the row that gave the person its number; where that is silent, of the latest registered row that is not.
        registered_at is the earliest; parent_id is the parent's own person, and nobody is their own parent.
    """
    changed = persons.select(_member=persons.customer_id, _person=persons.person_id)
    named = people.left_join(changed, people.customer_id == changed["_member"]).drop("_member")
    several = named.filter(named["_person"].notnull()).select("_person").distinct()
    named = named.mutate(_person=ibis.coalesce(named["_person"], named.customer_id))
    one, many = named.anti_join(several, "_person"), named.semi_join(several, "_person")
    order = [many.customer_id != many["_person"], many.registered_at.isnull(), ibis.desc(many.registered_at), many.customer_id]
    many = many.mutate(_place=ibis.row_number().over(ibis.window(group_by="_person", order_by=order)))
    own = [column for column in people.columns if column not in ("customer_id", "registered_at")]
    values = {column: many[column].argmin(many["_place"], where=many[column].notnull()) for column in own}
    merged = many.group_by("_person").agg(registered_at=many.registered_at.min(), **values)
    columns = people.columns
    whole = one.select(columns).union(merged.rename(customer_id="_person").select(columns))
    parents = changed.rename(_parent="_member", _above="_person")
    whole = whole.left_join(parents, whole.parent_id == parents["_parent"])
    return whole.select(
        **{column: whole[column] for column in columns if column != "parent_id"},
        parent_id=ibis.coalesce(whole["_above"], whole.parent_id).nullif(whole.customer_id),
    ).select(columns)


def rename_customers(rows: Table, identities: Table) -> Table:
    """Let rows of any table with a customer_id (answers, contacts …) bear the number of the person; nothing else changes."""
    changed = identities.select(_member=identities.customer_id, _person=identities.person_id)
    joined = rows.left_join(changed, rows.customer_id == changed["_member"])
    return joined.mutate(customer_id=ibis.coalesce(joined["_person"], joined.customer_id)).select(rows.columns)


def name_persons(lines: Table, identities: Table, guests: Table | None) -> Table:
    """Let every order line bear the number of its person.

    Parameters
    ----------
    lines : Table
        Typed order lines with `problem`.
    identities : Table
        Grain: customer_id; person_id, why.
    guests : Table, optional
        Grain: source_order, source_file, source_row; person_id: of lines without a number.

    Returns
    -------
    Table
        As `lines`; customer_id is that of the person, `told_by` (email, phone, near, guest, parent; null where nothing changed), `told_as` (the number that the
        line came with).
    """
    changed = identities.filter(_.why != "guest").select(_member=identities.customer_id, _person=identities.person_id, _why=identities.why)
    told = lines.left_join(changed, lines.customer_id == changed["_member"]).select(*lines.columns, "_person", "_why")
    if guests is not None:
        keys = ["source_order", "source_file", "source_row"]
        found = guests.select(*keys, _guest=guests.person_id)
        told = told.left_join(found, keys).select(*told.columns, "_guest")
        told = told.mutate(_why=ibis.ifelse(told["_guest"].notnull(), "guest", told["_why"]), _person=ibis.coalesce(told["_guest"], told["_person"]))
    person = ibis.coalesce(told["_person"], told.customer_id)
    told = told.mutate(told_as=ibis.ifelse(told["_why"].notnull(), told.customer_id, ibis.null("string")), told_by=told["_why"], customer_id=person)
    return told.select(*lines.columns, "told_as", "told_by")


def list_apart(told: Table) -> Table:
    """List the order numbers that stand, in one file, under several numbers of one person: these were, and stay, orders of their own.

    Returns
    -------
    Table
        Grain: customer_id, order_id.
    """
    moved = told.filter(_.told_by.notnull()).select("customer_id").distinct()
    theirs = told.filter(_.problem.isnull() & _.order_id.notnull()).semi_join(moved, "customer_id")
    theirs = theirs.mutate(came=ibis.ifelse(_.told_by.isnull(), _.customer_id, _.told_as.fill_null("")))
    counts = theirs.group_by("customer_id", "order_id", "source_order").agg(numbers=_.came.nunique()).filter(_.numbers > 1)
    return counts.select("customer_id", "order_id").distinct()


def keep_apart(told: Table, apart: Table) -> Table:
    """Add `told_apart` (boolean): the line's order is one of those in `list_apart`, and came under another number than the person's own."""
    marked = apart.select(_who=apart.customer_id, _order=apart.order_id, _apart=ibis.literal(True))
    joined = told.left_join(marked, [told.customer_id == marked["_who"], told.order_id == marked["_order"]])
    return joined.select(*told.columns, told_apart=ibis.coalesce(joined["_apart"], False) & joined.told_by.notnull())


def list_contacts(lines: Table, *, as_of: dt.date, settings: Identity) -> Table:
    """Normalise the contacts of readable lines up to as-of.

    Returns
    -------
    Table
        Grain: source_order, source_file, source_row. customer_id, ordered_at, order_id, email, phone (normalised); only lines with an e-mail or a phone.
    """
    seen = lines.filter(_.problem.isnull() & (_.ordered_at.date() <= as_of)).select(
        "source_order", "source_file", "source_row", "customer_id", "ordered_at", "order_id",
        email=normal_email(_.email), phone=normal_phone(lines.phone, country=settings.phone_country),
    )  # fmt: skip
    return seen.filter(_.email.notnull() | _.phone.notnull())
