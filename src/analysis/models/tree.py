"""The classification tree: customers counted in the engine by all levels at once, rolled up and folded where branches are small."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import StringColumn, Table

from analysis.columns import PATH_SEPARATOR

SUM = "decimal(38,4)"
UNKNOWN, OTHER = "\x1d", "\x1e"  # in a path: a key that nobody told; the folded branches
LEAST_CHANGE, LEAST_SHARE = 5, 0.01  # customers, and share of those of then: what is less is no change to speak of
COLUMNS = (
    "tree", "path", "level", "level_column", "key", "customers", "monetary", "customers_before", "monetary_before", "is_folded", "branches", "place", "is_change", "by",
)  # fmt: skip
_MEASURES = ("customers", "monetary", "customers_before", "monetary_before")


@dataclass(frozen=True)
class Folding:
    """Which branches keep their name: those with at least `least` of their parent, at most `most` with "other" among them; measured in customers or money."""

    least: float = 0.02
    most: int = 8
    by: str = "customers"


def is_level(table: Table, column: str) -> bool:
    """Tell whether a column can be a level: text, or yes and no."""
    return bool(table[column].type().is_string() or table[column].type().is_boolean())


def write_key(table: Table, column: str) -> StringColumn:
    """Write a level as text: yes and no as ``true`` and ``false``, nothing said as `UNKNOWN`; what has a meaning in a path stays out of it."""
    value = table[column]
    if value.type().is_boolean():
        value = ibis.cases((value, "true"), (~value, "false"))
    text = value.cast("string")
    for mark in (PATH_SEPARATOR, OTHER, UNKNOWN):
        text = text.replace(mark, " ")
    return text.nullif("").fill_null(UNKNOWN)


def count_leaves(customers: Table, levels: Sequence[str]) -> pd.DataFrame:
    """Count customers by every combination of the levels: one group-by.

    Parameters
    ----------
    customers : Table
        Grain: customer_id; monetary (decimal) and the levels (text or boolean).
    levels : sequence of str

    Returns
    -------
    pandas.DataFrame
        Grain: combination. A column a level by its position (0, 1 ...; text, `UNKNOWN` where nothing is said), customers, monetary (Decimal).
    """
    keys = {f"level_{place}": write_key(customers, level) for place, level in enumerate(levels)}
    counted = customers.group_by(**keys).agg(customers=_.count(), monetary=_.monetary.sum().fill_null(0).cast(SUM)).order_by(list(keys)).execute()
    return counted.rename(columns={f"level_{place}": place for place in range(len(levels))})


def grow(
    leaves: pd.DataFrame, before: pd.DataFrame | None, levels: Sequence[str], folding: Folding, *, name: str, orders: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Make the nodes of a tree.

    Parameters
    ----------
    leaves : pandas.DataFrame
        `count_leaves` of today.
    before : pandas.DataFrame or None
        `count_leaves` of the last report; None where there is nothing to compare with. Branches that have gone stay in the tree, empty.
    levels : sequence of str
        Columns, the broadest first.
    folding : Folding
    name : str
        Of the tree.
    orders : mapping of str to sequence of str
        Level -> its keys in the order of display; levels without an order stand with the largest first.

    Returns
    -------
    pandas.DataFrame
        Grain: node, each parent before its branches. tree, path (keys joined by ``PATH_SEPARATOR``), level (1 ...), level_column, key (None: unknown, or folded),
        customers (int64), monetary (Decimal), customers_before (Int64) and monetary_before (Decimal; both missing where nothing is compared), is_folded, branches (how
        many are folded into this one; else 0), place (0 ... among its siblings), is_change (at least five customers and 1 % more or fewer than then), by (customers
        or money: what decides on folding). The branches of a node add up to it exactly.
    """
    depth = list(range(len(levels)))
    joined = leaves if before is None else leaves.merge(before, on=depth, how="outer", suffixes=("", "_before"))
    filled = {"customers": 0, "monetary": Decimal(0), "customers_before": 0, "monetary_before": Decimal(0)}
    joined = joined.assign(**{column: joined[column].where(joined[column].notna(), zero) for column, zero in filled.items() if column in joined})
    rows = list(_branch(joined, (), levels, folding, orders))
    frame = pd.DataFrame([{"tree": name} | row for row in rows], columns=list(COLUMNS))
    kinds = {"customers": "int64", "customers_before": "Int64", "level": "int64", "branches": "int64", "place": "int64", "is_folded": "bool"}
    frame = frame.astype(kinds)
    change = (frame["customers"] - frame["customers_before"]).abs()
    return frame.assign(by=folding.by, is_change=((change >= LEAST_CHANGE) & (change >= LEAST_SHARE * frame["customers_before"])).fillna(False).astype(bool))


def _branch(
    rows: pd.DataFrame, above: tuple[str, ...], levels: Sequence[str], folding: Folding, orders: Mapping[str, Sequence[str]]
) -> Iterator[dict[str, Any]]:
    """Give the branches of one parent, each followed by its own."""
    depth = len(above)
    if depth == len(levels):
        return
    measures = [column for column in _MEASURES if column in rows]
    totals = rows.groupby(depth)[measures].sum()
    named, folded = _fold(totals["customers" if folding.by == "customers" else "monetary"], folding)
    wanted = orders.get(levels[depth])
    named.sort(key=_rank(wanted, totals))
    for place, key in enumerate(named):
        path = (*above, key)
        yield _node(path, levels[depth], totals.loc[key], place, key=None if key == UNKNOWN else key)
        yield from _branch(rows[rows[depth] == key], path, levels, folding, orders)
    if folded:
        yield _node((*above, OTHER), levels[depth], totals.loc[folded].sum(), len(named), key=None, branches=len(folded))


def _fold(sizes: pd.Series, folding: Folding) -> tuple[list[str], list[str]]:
    """Part the keys into those that keep their name and those that stand together; what is unknown is never hidden, and one alone is not called other."""
    least = folding.least * float(sum(max(size, 0) for size in sizes))
    unknown = [key for key in sizes.index if key == UNKNOWN]
    room = folding.most - len(unknown)
    ranked = sorted((key for key in sizes.index if key != UNKNOWN), key=lambda key: (-sizes[key], key))
    named = [key for key in ranked if float(sizes[key]) >= least]
    if len(named) + (len(named) < len(ranked)) > room:
        named = named[: room - 1]
    if len(ranked) - len(named) == 1:
        named = ranked
    return named + unknown, ranked[len(named) :]


def _rank(wanted: Sequence[str] | None, totals: pd.DataFrame) -> Callable[[str], tuple]:
    places = {key: place for place, key in enumerate(wanted or ())}
    return lambda key: (key == UNKNOWN, places.get(key, len(places)), -totals["customers"][key], -totals["monetary"][key], key)


def _node(path: tuple[str, ...], column: str, total: pd.Series, place: int, *, key: str | None, branches: int = 0) -> dict[str, Any]:
    counts = {column: total.get(column) for column in _MEASURES}
    return counts | {
        "path": PATH_SEPARATOR.join(path), "level": len(path), "level_column": column, "key": key, "is_folded": branches > 0, "branches": branches, "place": place,
    }  # fmt: skip
