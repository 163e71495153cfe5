"""What people say of a customer, over what was computed: classes first, so that tags may follow from them, then tags."""

from collections.abc import Callable, Mapping
from typing import Any

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from analysis.data.sources import Note
from analysis.models.overrides import BOOLEAN, CLASS, FREE, LEVEL, NUMBER, TEXT, Editable, apply_overrides, name_computed, sort_out
from analysis.recipes.opened import Opened

SOON = 30  # days: what ends by then is to be looked at again
_FIELDS = ("customer_id", "column", "value", "reason", "author", "entered_at", "expires_on", "valid_from", "from_run", "computed")


def _overrides(opened: Opened) -> pd.DataFrame:
    """List what is in force; what was said of an id that is merged into another goes with it, the last word on a person and column counting."""
    said = pd.DataFrame([{name: getattr(each, name) for name in _FIELDS} for each in opened.get("memory").overrides], columns=list(_FIELDS))
    if said.empty:
        return said
    ids = ibis.memtable(said[["customer_id"]].drop_duplicates(), schema={"customer_id": "string"})
    merged = opened.get("identities").semi_join(ids, "customer_id").select("customer_id", "person_id").execute()
    person = dict(zip(merged.customer_id, merged.person_id, strict=True))
    moved = said.assign(own=said.customer_id.map(lambda who: person.get(who, who) == who), customer_id=said.customer_id.map(lambda who: person.get(who, who)))
    order = moved.sort_values(["customer_id", "column", "entered_at", "valid_from", "own", "value"], kind="stable")  # of one day, the word on the kept id
    return order.drop_duplicates(["customer_id", "column"], keep="last").drop(columns="own").reset_index(drop=True)


def _class_columns(opened: Opened) -> dict[str, Editable]:
    return {name: Editable(CLASS, tuple(keys)) for name, keys in opened.get("class_keys").items()} | {name: Editable(TEXT) for name in FREE}


def _tag_columns(opened: Opened) -> dict[str, Editable]:
    """Give the tags by the type of their column; a tag of text with levels takes these only."""
    levels = {f"tag_{tag.key}": tuple(tag.levels or ()) for tag in opened.get("tag_catalogue")}
    kinds = {name: kind for name, kind in opened.get("tagged").schema().items() if name.startswith("tag_")}
    return {
        name: Editable(BOOLEAN if kind.is_boolean() else NUMBER if kind.is_numeric() else LEVEL if levels.get(name) else TEXT, levels.get(name, ()))
        for name, kind in kinds.items()
    }


def _decided(opened: Opened) -> Table:
    editable = _class_columns(opened)
    said, _ignored = sort_out(opened.get("overrides"), editable)
    return apply_overrides(opened.get("classified"), said, editable, free=FREE)


def _customers(opened: Opened) -> Table:
    editable = _tag_columns(opened)
    said, _ignored = sort_out(opened.get("overrides"), editable)
    return apply_overrides(opened.get("tagged"), said, editable) if len(said) else opened.get("tagged")


def _counts(opened: Opened) -> pd.DataFrame:
    """Count people's words, and hold those on classes and tags of few values against what the workbook says itself today; free text is counted only.

    Grain: column, what is computed, what was said. column ("" for all together), kind, computed, value, customers, expiring (within `SOON` days of as-of).
    """
    editable = opened.get("editable")
    said, _ignored = sort_out(opened.get("overrides"), editable)
    ids = ibis.memtable(said[["customer_id"]].drop_duplicates(), schema={"customer_id": "string"})
    customers = opened.get("customers")
    there = [name for name in (name_computed(column) for column in said["column"].unique()) if name in customers.columns]
    now = customers.semi_join(ids, "customer_id").select("customer_id", *there).execute().set_index("customer_id")
    said = said[said.customer_id.isin(now.index)]
    kinds = said["column"].map(lambda column: editable[column].kind)
    told = kinds.isin([CLASS, BOOLEAN, LEVEL])
    then = [now.at[row.customer_id, name_computed(row.column)] if shown else None for row, shown in zip(said.itertuples(), told, strict=True)]
    soon = [day is not None and (day - opened.as_of).days <= SOON for day in said.expires_on]
    rows = pd.DataFrame({
        "customer_id": said.customer_id, "column": said["column"], "kind": kinds, "computed": [_word(value) for value in then],
        "value": [_word(value) if shown else "" for value, shown in zip(said["value"], told, strict=True)], "soon": soon,
    })  # fmt: skip
    rows = pd.concat([rows.assign(column="", kind="", computed="", value="").sort_values("soon").drop_duplicates("customer_id", keep="last"), rows])
    grain = ["column", "kind", "computed", "value"]
    return rows.groupby(grain, as_index=False, sort=True).agg(customers=("customer_id", "size"), expiring=("soon", "sum")).astype({"expiring": "int64"})


def _word(value: object) -> str:
    """Write a key or a yes as text; "" where there is nothing."""
    return "" if pd.isna(value) else str(value).lower() if isinstance(value, bool | np.bool_) else str(value)


def _notes(opened: Opened) -> tuple[Note, ...]:
    """Say what was said in vain: of customers who are not known here, of columns that are not there, with values that they do not have."""
    said = opened.get("overrides")
    if said.empty:
        return ()
    applicable, ignored = sort_out(said, opened.get("editable"))
    ids = ibis.memtable(applicable[["customer_id"]].drop_duplicates(), schema={"customer_id": "string"})
    strange = int(ids.anti_join(opened.get("known"), "customer_id").count().execute()) if len(applicable) else 0
    notes = [Note("overrides-unknown", {"customers": strange})] if strange else []
    for column, rows in ignored.groupby("column", sort=True):
        notes.append(Note("overrides-ignored", {"customers": len(rows), "column": str(column)}))
    return tuple(notes)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "overrides": _overrides,
    "decided": _decided,
    "customers": _customers,
    "override_counts": _counts,
    "editable": lambda o: _class_columns(o) | _tag_columns(o),
    "override_notes": _notes,
}
