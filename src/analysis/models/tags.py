"""The tags of every customer: a column a tag, and the long table of those that are given."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, Table, Value

from analysis.models.expressions import compile_expression
from analysis.models.tag_catalogue import Tag, express_tag
from analysis.settings.tags import Group, split_condition

SUM = "decimal(38,4)"
TOP = 0.8  # of the buyers: their average orders do not exceed `big_order_value`
_WHOLE = float(2**52)


def add_facts(decided: Table, lessons: Table) -> Table:
    """Add the columns that rules of tags may name besides those of the table of customers; a column of that name that is there stays.

    Parameters
    ----------
    decided : Table
        Grain: customer.
    lessons : Table
        From `analysis.data.learning.sum_lessons`.

    Returns
    -------
    Table
        With big_order_value (float64, the same for all: what the average orders of four of five buyers do not exceed, a value that occurs), lessons, trials (int64),
        progress (float64), last_lesson_date.
    """
    further = [name for name in ("lessons", "trials", "progress", "last_lesson_date") if name not in decided.columns]
    joined = decided.left_join(lessons.select("customer_id", *further), "customer_id").drop("customer_id_right") if further else decided
    if "big_order_value" in joined.columns:
        return joined
    orders = decided.filter(decided.frequency > 0).mean_order_value
    place = orders.quantile(TOP).execute()
    top = None if place is None or place != place else decided.filter(decided.frequency > 0, decided.mean_order_value <= place).mean_order_value.max().execute()  # noqa: PLR0124
    return joined.mutate(big_order_value=ibis.literal(top, "float64"))


def give_tags(decided: Table, facts: Table, tags: Sequence[Tag], *, as_of: dt.date) -> Table:
    """Give every customer the tags.

    Parameters
    ----------
    decided : Table
        Grain: customer.
    facts : Table
        The same with what `add_facts` adds.
    tags : sequence of Tag

    Returns
    -------
    Table
        The columns of `decided`, and for each tag `tag_<key>`: bool, float64 or text; null where it is not known or not given.
    """
    return facts.select(*decided.columns, **{tag.column: express_tag(tag, facts, as_of=as_of) for tag in tags})


def is_given(tag: Tag, customers: Table) -> BooleanValue:
    """Tell whether a customer has a tag: yes, or any value."""
    value = customers[tag.column]
    return value.fill_null(False) if tag.type == "boolean" else value.notnull()


def list_given(customers: Table, tags: Sequence[Tag]) -> Table:
    """List the tags that are given.

    Returns
    -------
    Table
        Grain: customer_id, tag (its key). value: ``true``, a number without needless zeros, a text, or the key of a level.
    """
    parts = [
        customers.filter(is_given(tag, customers)).select("customer_id", tag=ibis.literal(tag.key), value=_write(tag, customers[tag.column]))
        for tag in tags
        if tag.column in customers.columns
    ]
    if not parts:
        nobody = customers.filter(ibis.literal(value=False))
        return nobody.select("customer_id", tag=ibis.null("string"), value=ibis.null("string"))
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _write(tag: Tag, value: Value) -> Value:
    if tag.type == "boolean":
        return ibis.literal("true")
    if tag.type != "number":
        return value
    whole = (value == value.floor().cast("float64")) & (value.abs() < _WHOLE)
    return ibis.cases((whole, value.cast("int64").cast("string")), else_=value.cast("string"))


def count_coverage(customers: Table, tags: Sequence[Tag]) -> list[dict]:
    """Count who has each tag and each of its values.

    Returns
    -------
    list of dict
        Grain: tag and value, value None first for the tag as a whole; then the levels in order, or the ten most frequent texts. tag, value, category, type, customers,
        share, monetary (float), monetary_share, rule, owner, valid_days, valid_until, source.
    """
    cells: list[tuple[Tag, str | None, BooleanValue]] = []
    for tag in tags:
        cells.append((tag, None, is_given(tag, customers)))
        keys = tag.levels if tag.type == "level" else _list_texts(customers, tag) if tag.type == "text" else ()
        cells += [(tag, key, (customers[tag.column] == key).fill_null(False)) for key in keys]
    money = customers.monetary.cast(SUM)
    asked = {f"n{place}": where.sum() for place, (_tag, _key, where) in enumerate(cells)}
    asked |= {f"m{place}": money.sum(where=where) for place, (_tag, _key, where) in enumerate(cells)}
    found = customers.agg(in_all=_.count(), money=money.sum(), **asked).execute().iloc[0]
    total, revenue = int(found.in_all), Decimal(_number(found.money))
    rows = []
    for place, (tag, key, _where) in enumerate(cells):
        count, amount = int(_number(found[f"n{place}"])), Decimal(_number(found[f"m{place}"]))
        rows.append({
            "tag": tag.key, "value": key, "category": tag.category, "type": tag.type, "customers": count, "share": count / total if total else 0.0,
            "monetary": float(amount), "monetary_share": float(amount / revenue) if revenue > 0 else 0.0, "rule": tag.rule, "owner": tag.owner or None,
            "valid_days": tag.valid_days, "valid_until": tag.valid_until, "source": tag.source,
        })  # fmt: skip
    return rows


def _list_texts(customers: Table, tag: Tag, most: int = 10) -> list[str]:
    column = customers[tag.column]
    counted = customers.filter(column.notnull()).group_by(value=column).agg(n=_.count()).order_by(ibis.desc("n"), "value").limit(most).execute()
    return [str(value) for value in counted["value"]]


def _number(value: Any) -> Any:
    return 0 if value is None or value != value else value  # noqa: PLR0124


def count_overlap(customers: Table, tags: Sequence[Tag], *, most: int = 15) -> list[dict]:
    """Count who has two tags at once, for the largest yes-no tags that some and not all have.

    Returns
    -------
    list of dict
        Grain: tag, other (each pair once, the larger first). customers, customers_other, both, jaccard (both / either), lift (how many times more often together than by
        chance).
    """
    flags = [tag for tag in tags if tag.type == "boolean"]
    if not flags:
        return []
    counted = customers.agg(in_all=_.count(), **{tag.key: is_given(tag, customers).sum() for tag in flags}).execute().iloc[0]
    total, sizes = int(counted.in_all), {tag.key: int(_number(counted[tag.key])) for tag in flags}
    largest = sorted((tag for tag in flags if 0 < sizes[tag.key] < total), key=lambda tag: (-sizes[tag.key], tag.key))[:most]
    pairs = [(one, other) for place, one in enumerate(largest) for other in largest[place + 1 :]]
    if not pairs:
        return []
    both = (
        customers.agg(**{f"p{place}": (is_given(one, customers) & is_given(other, customers)).sum() for place, (one, other) in enumerate(pairs)})
        .execute()
        .iloc[0]
    )
    rows = []
    for place, (one, other) in enumerate(pairs):
        n, a, b = int(_number(both[f"p{place}"])), sizes[one.key], sizes[other.key]
        rows.append(
            {"tag": one.key, "other": other.key, "customers": a, "customers_other": b, "both": n, "jaccard": n / (a + b - n), "lift": n * total / (a * b)}
        )
    return rows


def group_expression(group: Group) -> str:
    """Say who is in a group, as a rule over the columns of the table of customers; it is never null."""
    parts = [_condition(text) for text in group.all]
    parts += [f"({' or '.join(_condition(text) for text in group.any)})"] if group.any else []
    parts += [f"not {_condition(text)}" for text in group.none]
    return " and ".join(parts)


def _condition(text: str) -> str:
    """Say one condition: a tag that is given, whatever its type, or one with a value."""
    key, sign, value = split_condition(text)
    if not sign:
        return f"(coalesce(cast(tag_{key} as text), 'false') <> 'false')"
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value, plain = value[1:-1], False
    else:
        plain = value.lower() in ("true", "false") or _is_number(value)
    said = value if plain else "'" + value.replace("'", "''") + "'"
    return f"coalesce(tag_{key} {sign} {said}, false)"


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def count_groups(customers: Table, groups: Sequence[Group]) -> list[dict]:
    """Count who is in each group.

    Returns
    -------
    list of dict
        Grain: group, in the order of the configuration. group, customers, share, monetary (float), monetary_share, rule.

    Raises
    ------
    ConfigurationError
        Where a group names a tag that is not in force, or compares what cannot be compared.
    """
    rules = {group.key: group_expression(group) for group in groups}
    members = {key: compile_expression(rule, customers, origin=f"group {key!r}", expect="boolean") for key, rule in rules.items()}
    if not members:
        return []
    money = customers.monetary.cast(SUM)
    asked = {f"n_{key}": where.sum() for key, where in members.items()} | {f"m_{key}": money.sum(where=where) for key, where in members.items()}
    found = customers.agg(in_all=_.count(), money=money.sum(), **asked).execute().iloc[0]
    total, revenue = int(found.in_all), Decimal(_number(found.money))
    rows = []
    for key, rule in rules.items():
        count, amount = int(_number(found[f"n_{key}"])), Decimal(_number(found[f"m_{key}"]))
        share = float(amount / revenue) if revenue > 0 else 0.0
        rows.append(
            {"group": key, "customers": count, "share": count / total if total else 0.0, "monetary": float(amount), "monetary_share": share, "rule": rule}
        )
    return rows
