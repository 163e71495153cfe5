"""The same tables from two engines, row for row.

Identifiers, labels, counts, dates, decimals and cut points have to be equal exactly. A float64 is equal to nine significant digits (or to 1e-12 beside zero):
engines add up floats in their own order, and a fit passes the difference on. Rows are put in the order of their grain here, by code points; how an engine sorts does not
matter.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.config import Config, load_config, parse_config
from analysis.run import Run, read_data
from analysis.schemas import SCHEMAS
from analysis.texts import Texts

# frames of the pages that are cheap once the tables are there, one at least of every topic; their order is theirs
FRAMES = ("months", "grid", "pareto", "on_cuts", "tie_blocks", "crosswalk", "agreement", "map_cells", "sufficiency", "key_figures", "currencies")
_SHOWN = 5


def compare_tables(ours: Run, theirs: Run, *, names: Iterable[str] = SCHEMAS, frames: Iterable[str] = FRAMES) -> None:
    """Fail with the first differences of each table that is not the same in both runs.

    Parameters
    ----------
    ours, theirs : Run
        Of the same configuration but for [engine].
    names : iterable of str
        Tables.
    frames : iterable of str
        Small frames, as pages get them but exact.
    """
    faults = []
    for name in names:
        one, other = (fetch(run, name) for run in (ours, theirs))
        faults += [f"{name}: {fault}" for fault in differ(one, other, SCHEMAS[name].grain if name in SCHEMAS else ())]
    for name in frames:
        one, other = (run.exact(name) for run in (ours, theirs))
        faults += [f"{name} (frame): {fault}" for fault in differ(plain(one), plain(other), ())]
    assert not faults, "\n".join(["the engines disagree:", *faults])


def fetch(run: Run, name: str) -> pd.DataFrame:
    """Give a table of a run, types as its engine says, in the order of its grain."""
    found = run.opened.get(name)
    return plain(found if isinstance(found, pd.DataFrame) else found.to_pyarrow().to_pandas(date_as_object=True, integer_object_nulls=True))


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Give every cell as one plain Python value, missing ones as None."""
    return pd.DataFrame({name: [_value(value) for value in frame[name]] for name in frame}, columns=list(frame.columns), dtype=object)


def _value(value: object) -> object:
    """One Python value for what engines hand over in several ways; missing is None."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, dt.datetime) and value.tzinfo is None and value.time() == dt.time(0):
        return value.date()  # pandas has no days
    return value


def differ(one: pd.DataFrame, other: pd.DataFrame, grain: Iterable[str]) -> list[str]:
    """Say where two frames differ: columns, number of rows, rows that only one has, cells."""
    grain = list(grain)
    if list(one.columns) != list(other.columns):
        return [f"columns {list(one.columns)} and {list(other.columns)}"]
    if grain:
        one, other = (frame.sort_values(grain, ignore_index=True, key=lambda column: column.map(_rank)) for frame in (one, other))
        keys = [set(map(tuple, frame[grain].to_numpy().tolist())) for frame in (one, other)]
        alone = {"the first": keys[0] - keys[1], "the second": keys[1] - keys[0]}
        if any(alone.values()):
            return [f"rows that only {who} has: {sorted(rows, key=str)[:_SHOWN]} of {len(rows)}" for who, rows in alone.items() if rows]
    if len(one) != len(other):
        return [f"{len(one)} rows and {len(other)}"]
    faults = []
    for name in one:
        wrong = [number for number, pair in enumerate(zip(one[name], other[name], strict=True)) if not _same(*pair)]
        where = [
            f"{tuple(one.loc[number, grain]) if grain else number}: {one.loc[number, name]!r} and {other.loc[number, name]!r}" for number in wrong[:_SHOWN]
        ]
        faults += [f"column {name} differs in {len(wrong)} of {len(one)} rows: {'; '.join(where)}"] if wrong else []
    return faults


def _rank(value: object) -> tuple[bool, str]:
    return (value is None, value.isoformat() if hasattr(value, "isoformat") else f"{value:020}" if isinstance(value, int) else str(value))


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return type(one) is type(other) and one == other


@dataclass(frozen=True)
class _Shop:
    """A shop that can be opened with any engine; what is opened stays open, with its tables."""

    place: Path
    opened: dict[str, Run] = field(default_factory=dict)

    def configure(self, engine: Mapping[str, object]) -> Config:
        raise NotImplementedError

    as_of = "latest"

    def open(self, engine: Mapping[str, object] | None = None) -> Run:
        """Read it with the settings of an engine; DuckDB where nothing is said."""
        key = str(sorted((engine or {}).items(), key=str))
        if key not in self.opened:
            self.opened[key] = Run(read_data(self.configure(engine or {}), self.as_of), Texts("en"), None)
        return self.opened[key]


@dataclass(frozen=True)
class Sample(_Shop):
    """The committed sample shop, under its own configuration."""

    as_of = "2025-12-31"

    @cached_property
    def _values(self) -> dict:
        return load_config(self.place / "workbook.toml").model_dump(exclude_unset=True)

    def configure(self, engine: Mapping[str, object]) -> Config:
        return parse_config(self._values | ({"engine": dict(engine)} if engine else {}), self.place)


@dataclass(frozen=True)
class Retail(_Shop):
    """UCI Online Retail with the default cleaning: 541 909 lines of real life."""

    def configure(self, engine: Mapping[str, object]) -> Config:
        columns = {
            "customer_id": "CustomerID", "ordered_at": "InvoiceDate", "order_id": "InvoiceNo", "product_id": "StockCode", "product_name": "Description",
            "quantity": "Quantity", "unit_price": "UnitPrice",
        }  # fmt: skip
        values = {
            "name": "online-retail", "currency": "GBP", "time_zone": "Europe/London",
            "inputs": {"transactions": {"files": ["online_retail.csv.gz"], "columns": columns}},
        }  # fmt: skip
        return parse_config(values | ({"engine": dict(engine)} if engine else {}), self.place / "online_retail")
