"""Two ways to classify the same customers: who is called something else, column by column."""

from collections.abc import Sequence

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import StringValue, Table

SUM = "decimal(38,4)"
ABSENT, NUMBER, HIGHER, LOWER = "absent", "number", "higher", "lower"  # the column is not there; of numbers only the direction is told
_FROM, _TO = "from__", "to__"


def compare_columns(ours: Table, theirs: Table, columns: Sequence[str]) -> Table:
    """Set what everybody is called beside what they would be called.

    Parameters
    ----------
    ours, theirs : Table
        Grain: customer_id; monetary (decimal) and those of the columns that are there: text, boolean or number.
    columns : sequence of str

    Returns
    -------
    Table
        Grain: customer_id. monetary, and two columns of text a column: see `count_ways`.
    """
    there = theirs.select("customer_id", **{f"{_TO}{column}": theirs[column] for column in columns if column in theirs.columns})
    joined = ours.join(there, "customer_id")
    written: dict[str, StringValue] = {}
    for column in columns:
        before = joined[column] if column in ours.columns else None
        after = joined[f"{_TO}{column}"] if column in theirs.columns else None
        written |= {f"{_FROM}{column}": _write(before, None), f"{_TO}{column}": _write(after, before)}
    return joined.select("customer_id", "monetary", **written)


def _write(value: ibis.Value | None, before: ibis.Value | None) -> StringValue:
    """Write a label as text; of a number whether it is higher or lower than before."""
    if value is None:
        return ibis.literal(ABSENT)
    kind = value.type()
    if kind.is_boolean():
        return ibis.cases((value, "true"), (~value, "false"))
    if kind.is_numeric():
        known = ibis.cases((value.notnull(), NUMBER))
        return known if before is None or not before.type().is_numeric() else ibis.cases((value > before, HIGHER), (value < before, LOWER), else_=known)
    return value.cast("string")


def count_ways(compared: Table, columns: Sequence[str]) -> pd.DataFrame:
    """Count every way from label to label, also where they are the same.

    Parameters
    ----------
    compared : Table
        `compare_columns`.
    columns : sequence of str

    Returns
    -------
    pandas.DataFrame
        Grain: column, from_key, to_key (null: no label; ``ABSENT``: no such column). customers (int64), monetary (Decimal).
    """
    ways = [
        compared.group_by(from_key=compared[f"{_FROM}{column}"], to_key=compared[f"{_TO}{column}"])
        .agg(customers=_.count(), monetary=_.monetary.sum().fill_null(0).cast(SUM))
        .mutate(column=ibis.literal(column))
        .order_by("from_key", "to_key")
        .execute()
        for column in columns
    ]
    names = ["column", "from_key", "to_key", "customers", "monetary"]
    found = pd.concat(ways, ignore_index=True)[names] if ways else pd.DataFrame(columns=names)
    return found.assign(**{key: found[key].astype(object).where(found[key].notna(), None) for key in ("from_key", "to_key")})


def is_move(ways: pd.DataFrame) -> pd.Series:
    """Tell which ways lead to another label; a column that only one of the two has moves those it would give something to, or take something from."""
    before, after = ways["from_key"], ways["to_key"]
    nothing = {None, "false"}
    empty = ((before == ABSENT) & after.isin(nothing)) | ((after == ABSENT) & before.isin(nothing))
    same = (before == after) | (before.isna() & after.isna())
    return ~(empty | same)


def list_movers(compared: Table, columns: Sequence[str], *, most: int) -> pd.DataFrame:
    """List the customers with most money of those who would move, for each column.

    Parameters
    ----------
    compared : Table
        `compare_columns`.
    columns : sequence of str
    most : int
        Customers a column.

    Returns
    -------
    pandas.DataFrame
        Grain: column, customer_id, the most money first. from_key, to_key, monetary (Decimal).
    """
    found = []
    for column in columns:
        before, after = compared[f"{_FROM}{column}"], compared[f"{_TO}{column}"]
        moved = compared.filter(~before.identical_to(after)).order_by(ibis.desc("monetary"), "customer_id").limit(most)
        found.append(moved.select("customer_id", "monetary", column=ibis.literal(column), from_key=moved[f"{_FROM}{column}"], to_key=moved[f"{_TO}{column}"]))
    names = ["column", "customer_id", "from_key", "to_key", "monetary"]
    if not found:
        return pd.DataFrame(columns=names)
    listed = pd.concat([each.execute() for each in found], ignore_index=True)[names]
    return listed[is_move(listed.assign(**{key: listed[key].astype(object).where(listed[key].notna(), None) for key in ("from_key", "to_key")}))].reset_index(
        drop=True
    )
