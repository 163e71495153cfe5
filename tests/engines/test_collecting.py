"""Rows stay in the engine: on a shop of ten thousand customers nothing with a row per customer comes into Python, but where that is said and bounded."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from ibis.backends.duckdb import Backend

from analysis.config import parse_config
from analysis.recipes.opened import Opened
from analysis.run import read_data
from analysis.schemas import SCHEMAS

CUSTOMERS = 10_000
FEW = 2_500  # rows: what anything may bring into Python
# Fits read counts of states, by the function that asks for them: each different state once. How many there are is a matter of days, orders and rounded money; on a shop
# of this size nearly everybody is in a state of their own, so the bound here is the number of customers. Nobody's number comes along.
STATES = ("overdue.count_histories", "occasions.count_states", "occasions.count_spending", "holdout.count_outcomes", "holdout.measure_capture", "features.draw_points", "assigning.assign")  # fmt: skip
SEEN = ("pareto", "months", "certificate")


@contextmanager
def watch() -> Iterator[dict[str, tuple[int, tuple[str, ...]]]]:
    """Count the rows that come out of the engine, the most at once for every function that asks."""
    most: dict[str, tuple[int, tuple[str, ...]]] = {}

    def watched(way):
        def out(self, expr, /, **options):
            found = way(self, expr, **options)
            if hasattr(found, "__len__"):
                most[_who_asks()] = max(most.get(_who_asks(), (0, ())), (len(found), tuple(getattr(found, "columns", ()))))
            return found

        return out

    with pytest.MonkeyPatch.context() as patch:
        for way in ("execute", "to_pyarrow"):
            patch.setattr(Backend, way, watched(getattr(Backend, way)))
        yield most


def _who_asks() -> str:
    """Name the function of ours that is nearest."""
    frames = [frame for frame in traceback.extract_stack() if "/src/analysis/" in frame.filename]
    return f"{Path(frames[-1].filename).stem}.{frames[-1].name}" if frames else "the test"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory) -> Opened:
    """Two years of ten thousand customers: one to nine orders each, at any time, returns among them."""
    folder = tmp_path_factory.mktemp("crowd")
    duckdb.sql(f"""
        copy (select 'C' || printf('%05d', c) as customer, 'O' || c || '-' || o as "order", 'P' || (hash(c, o, l) % 200) as product,
                     case when hash(l, c, o, 3) % 40 = 0 and l > 0 then -1 else 1 + hash(l, o, c) % 4 end as quantity,
                     (100 + hash(product) % 4900) / 100.0 as price,
                     timestamp '2024-01-01 09:00:00' + to_days(cast((hash(c) % 600 + o * (7 + hash(c, 1) % 60)) % 720 as int)) as at
              from range({CUSTOMERS}) customers(c), range(9) orders(o), range(2) lines(l) where o < 1 + hash(c, 2) % 9)
        to '{folder / "lines.parquet"}' (format parquet)""")
    columns = {"customer_id": "customer", "ordered_at": "at", "order_id": "order", "product_id": "product", "quantity": "quantity", "unit_price": "price"}
    return read_data(parse_config({"name": "crowd", "inputs": {"transactions": {"files": ["lines.parquet"], "columns": columns}}}, folder), "latest")


def test_no_frame_of_customers_is_collected(crowd):
    with watch() as most:
        for name in [*SCHEMAS, *SEEN]:
            crowd.get(name)
    assert {who: columns for who, (_rows, columns) in most.items() if "customer_id" in columns and _rows > FEW} == {}
    assert int(crowd.get("labelled_buyers").count().execute()) > CUSTOMERS * 0.9
    assert len(most) > 25
    assert {who: rows for who, (rows, _columns) in most.items() if rows > (CUSTOMERS if who in STATES else FEW)} == {}


def test_a_collected_frame_is_seen(crowd):
    """What the other test looks for is found when somebody does it."""
    with watch() as most:
        crowd.get("orders").execute()
    rows, columns = most["the test"]
    assert rows > CUSTOMERS
    assert "customer_id" in columns
