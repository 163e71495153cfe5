"""Which tags customers gained, lost or changed since the last report."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table, Value

from analysis.models.tag_catalogue import Tag

COLUMNS = ("tag", "kind", "before", "after", "customers", "newcomers")


def count_changes(now: Table, then: Table, tags: Sequence[Tag]) -> list[dict]:
    """Compare the tags of two reports.

    Parameters
    ----------
    now, then : Table
        Grain: customer_id; the columns `tag_<key>`. A tag that the earlier report did not know, or knew by another type, is not compared.
    tags : sequence of Tag

    Returns
    -------
    list of dict
        Grain: tag and way, no empty ways. tag, kind (gained, lost, changed), before and after (levels; null for other types, and where there was or is none),
        customers, and newcomers: how many of them the earlier report did not know. Who is not known any more has lost their tags.
    """
    known = [tag for tag in tags if tag.column in now.columns and tag.column in then.columns and _same_type(now[tag.column], then[tag.column])]
    if not known:
        return []
    earlier = then.select(_id="customer_id", **{f"was_{tag.key}": then[tag.column] for tag in known})
    both = now.select("customer_id", **{tag.column: now[tag.column] for tag in known}).outer_join(earlier, [("customer_id", "_id")])
    rows: list[dict] = []
    asked: dict[str, Value] = {}
    for tag in known:
        is_now, was, differs = _given(tag, both[tag.column]), _given(tag, both[f"was_{tag.key}"]), both[tag.column] != both[f"was_{tag.key}"]
        ways = {"gained": is_now & ~was, "lost": was & ~is_now} | ({} if tag.type == "boolean" else {"changed": is_now & was & differs})
        for kind, where in ways.items():
            for before, after in _list_ways(tag, kind):
                cell = where
                cell = cell & (both[f"was_{tag.key}"] == before) if before else cell
                cell = cell & (both[tag.column] == after) if after else cell
                place = len(rows)
                rows.append({"tag": tag.key, "kind": kind, "before": before, "after": after})
                asked |= {f"n{place}": cell.fill_null(False).sum(), f"k{place}": (cell & both["_id"].isnull()).fill_null(False).sum()}
    found = both.agg(in_all=_.count(), **asked).execute().iloc[0]
    counted = [row | {"customers": _count(found[f"n{place}"]), "newcomers": _count(found[f"k{place}"])} for place, row in enumerate(rows)]
    return [row for row in counted if row["customers"]]


def _list_ways(tag: Tag, kind: str) -> list[tuple[str | None, str | None]]:
    """List where the levels of a tag can come from and go to."""
    if tag.type != "level":
        return [(None, None)]
    if kind == "changed":
        return [(before, after) for before in tag.levels for after in tag.levels if before != after]
    return [(None, level) if kind == "gained" else (level, None) for level in tag.levels]


def _given(tag: Tag, value: Value) -> Value:
    return value.fill_null(False) if tag.type == "boolean" else value.notnull()


def _same_type(one: Value, other: Value) -> bool:
    return (one.type().is_boolean(), one.type().is_string()) == (other.type().is_boolean(), other.type().is_string())


def _count(value: float | None) -> int:
    return 0 if value is None or value != value else int(value)  # noqa: PLR0124 - NaN is not itself
