"""A person's word in the place of a computed one, with the computed one kept beside it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table

FREE = ("owner", "notes")  # columns that only people fill
CLASS, BOOLEAN, NUMBER, LEVEL, TEXT = "class", "boolean", "number", "level", "text"
LONGEST = 10_000  # characters of a text; an Excel cell holds 32,767 counted its own way
_TYPES = {CLASS: pa.string(), BOOLEAN: pa.bool_(), NUMBER: pa.float64(), LEVEL: pa.string(), TEXT: pa.string()}
_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True)
class Editable:
    """What people may say in a column: `kind` is class, boolean, number, level or text, `keys` are the words allowed in a class or a level."""

    kind: str
    keys: tuple[str, ...] = ()

    def read(self, text: str) -> str | float | bool | None:
        """Read a value as it is kept; None where it is none of this column."""
        if self.kind == BOOLEAN:
            return _TRUTH.get(text)
        if self.kind == NUMBER:
            try:
                number = float(text)
            except ValueError:
                return None
            return number if math.isfinite(number) else None
        return text if text and len(text) <= LONGEST and (self.kind == TEXT or text in self.keys) else None


def name_computed(column: str) -> str:
    """Name the column that keeps what the workbook says itself; that of a tag is no tag."""
    return f"computed_{column}" if column.startswith("tag_") else f"{column}_computed"


def sort_out(said: pd.DataFrame, editable: Mapping[str, Editable]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part what can be applied from what cannot: the column is gone, or no longer has that value.

    Parameters
    ----------
    said : pandas.DataFrame
        Grain: customer and column; customer_id, column, value (text).
    editable : mapping of str to Editable

    Returns
    -------
    applicable, ignored : pandas.DataFrame
        As `said`; in the first, `value` is of the type of its column.
    """
    known = said["column"].isin(list(editable))
    values = [editable[row.column].read(row.value) if fits else None for row, fits in zip(said.itertuples(), known, strict=True)]
    sound = pd.Series([value is not None for value in values], index=said.index, dtype=bool)
    return said.assign(value=pd.Series(values, index=said.index, dtype=object))[sound], said[~sound]


def apply_overrides(table: Table, said: pd.DataFrame, editable: Mapping[str, Editable], *, free: Sequence[str] = ()) -> Table:
    """Put people's words in their places.

    Parameters
    ----------
    table : ibis Table
        Grain: customer.
    said : pandas.DataFrame
        Grain: customer and column; customer_id, column, value of the type of the column: the first of `sort_out`.
    editable : mapping of str to Editable
        The columns of `said`.
    free : sequence of str
        Columns that are there in any case, null where nobody said anything.

    Returns
    -------
    ibis Table
        With a column that keeps the computed value behind every column with an override (`name_computed`), the columns of `free`, and `overridden`: the names
        of the computed columns that a person has changed, joined by ", ", null where there is none. An `overridden` that is there goes on.
    """
    columns = [name for name in dict.fromkeys((*table.columns, *free)) if name in set(said["column"])]
    if not columns:
        absent = {name: ibis.literal(None, "string") for name in (*free, "overridden") if name not in table.columns}
        return table.mutate(**absent)
    joined = table.left_join(_widen(said, columns, editable, changed=[name for name in columns if name in table.columns]), "customer_id")
    made = {}
    for name in table.columns:
        made[name] = joined[name]
        if name in columns:
            made[name] = ibis.coalesce(joined[f"said_{name}"], joined[name])
            made[name_computed(name)] = joined[name]
    made |= {name: joined[f"said_{name}"] if name in columns else ibis.literal(None, "string") for name in free if name not in table.columns}
    before, now = joined["overridden"] if "overridden" in table.columns else ibis.literal(None, "string"), joined["said"]
    both = ibis.literal(", ").join([before, now])
    made["overridden"] = ibis.ifelse(before.isnull(), now, ibis.ifelse(now.isnull(), before, both))
    return joined.select(**made)


def _widen(said: pd.DataFrame, columns: Sequence[str], editable: Mapping[str, Editable], *, changed: Sequence[str]) -> Table:
    """Make a row per customer: `said_<column>` with the value, and `said` with the names of the columns in `changed` that have one."""
    wide = said.pivot(index="customer_id", columns="column", values="value").reindex(columns=list(columns)).sort_index()
    names = [[name for name in changed if not pd.isna(value[name])] for value in wide.to_dict("records")]
    fields = {f"said_{name}": pa.array([None if pd.isna(value) else value for value in wide[name]], _TYPES[editable[name].kind]) for name in columns}
    who = {"customer_id": pa.array(wide.index.tolist(), pa.string()), "said": pa.array([", ".join(each) or None for each in names], pa.string())}
    return ibis.memtable(pa.table(who | fields))
