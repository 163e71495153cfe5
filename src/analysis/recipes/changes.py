"""Who is called something else than in the last report: for the sheet of changes, which names customers and so never reaches a page."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import StringValue, Table, Value

from analysis.recipes.opened import Opened

MOST = 5_000
# changes with nearly every order, says what other columns say, or is nobody's class
_SILENT = ("customer_id", "rfm_score", "overridden", "notes")
_ENTERED = "lifecycle_stage"  # by which somebody who was not known then is told, once
COLUMNS = ("customer_id", "column", "before", "after", "monetary", "since", "in_all")


def compare(now: Table, then: Table, *, since: dt.date, most: int = MOST) -> Table:
    """List what customers are called now and were not called then.

    Parameters
    ----------
    now, then : Table
        Grain: customer_id; monetary, and what customers are called: columns of text or of yes and no. Columns that only one of the tables has are no change.
    since : datetime.date
        The day of the earlier table.
    most : int
        Rows at most.

    Returns
    -------
    Table
        Grain: customer_id, column; those with the highest revenue first. `before` and `after` as text (true, false; null: nothing), monetary (now), `since`, and in every
        row `in_all`, how many changes there are. Somebody who was not known then has one row, by the stage, `before` is ``none``.
    """
    called = [name for name in now.columns if name in then.columns and _tells(name, now) and _tells(name, then)]
    earlier = then.select(_id="customer_id", **{f"_{name}": _as_text(then[name]) for name in called})
    joined = now.select("customer_id", "monetary", **{name: _as_text(now[name]) for name in called}).left_join(earlier, [("customer_id", "_id")])
    known = joined["_id"].notnull()
    found = [
        joined.filter(~joined[name].identical_to(joined[f"_{name}"]) & (known if name != _ENTERED else ibis.literal(True))).select(
            "customer_id",
            column=ibis.literal(name),
            before=joined[f"_{name}"].fill_null(ibis.ifelse(known, ibis.null("string"), "none")),
            after=joined[name],
            monetary=joined.monetary,
        )
        for name in called
    ]
    changes = ibis.union(*found) if len(found) > 1 else found[0] if found else _nothing(now)
    counted = changes.agg(in_all=_.count())
    first = changes.order_by(ibis.desc("monetary"), "customer_id", "column").limit(most)
    return first.cross_join(counted).mutate(since=ibis.literal(since)).order_by(ibis.desc("monetary"), "customer_id", "column").select(*COLUMNS)


def _tells(name: str, table: Table) -> bool:
    kind = table[name].type()
    return name not in _SILENT and not name.startswith("computed_tag_") and not name.endswith("_computed") and (kind.is_string() or kind.is_boolean())


def _as_text(value: Value) -> StringValue:
    return ibis.cases((value, "true"), (~value, "false")) if value.type().is_boolean() else value


def _nothing(now: Table) -> Table:
    empty = ibis.null("string")
    return now.filter(ibis.literal(False)).select("customer_id", column=empty, before=empty, after=empty, monetary=_.monetary)


def _changes(opened: Opened) -> Table | pd.DataFrame:
    """Compare with the last report; empty where there is none, or where it is too long ago to be kept."""
    published = opened.get("published")
    if published is None or published.as_of >= opened.as_of or not published.classified.is_file():
        return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    then = opened.engine.load("classified_then", published.classified)
    return opened.engine.materialize("changes", compare(opened.get("customers"), then, since=published.as_of))


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {"changes": _changes}
