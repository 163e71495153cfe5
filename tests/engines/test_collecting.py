"""Rows stay in the engine: on a shop of ten thousand customers nothing with a row per customer comes into Python, and nothing that grows with them."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pytest
from ibis.backends.duckdb import Backend

from analysis.config import parse_config
from analysis.models import moves
from analysis.models.value import assigning
from analysis.models.value.holdout import measure_capture
from analysis.recipes.opened import Opened
from analysis.run import read_data
from analysis.schemas import SCHEMAS

CUSTOMERS = 10_000
MOST = 2_000  # customers to be fitted on, here; in a shop of real size it is a hundred times as many
FEW = 2_500  # rows: what anything may bring into Python at once
# counts that grow with the days and with the spread of a forecast, and not with the customers: eight numbers of purchases by 720 days; thousandths of a logarithm
BOUNDED = {"holdout.count_known": 8 * 720, "holdout.measure_capture": 7_000}
SEEN = ("pareto", "months", "certificate", "value_base", "value_frequencies")


@contextmanager
def watch() -> Iterator[dict[str, tuple[int, tuple[str, ...]]]]:
    """Count the rows that come out of the engine, the most at once for every function that asks."""
    most: dict[str, tuple[int, tuple[str, ...]]] = {}

    def note(found):
        if hasattr(found, "__len__"):
            most[_who_asks()] = max(most.get(_who_asks(), (0, ())), (len(found), _names(found)))
        return found

    def watched(way):
        return lambda self, expr, /, **options: note(way(self, expr, **options))

    def by_batches(self, expr, /, **options):
        batches = to_batches(self, expr, **options)
        return pa.RecordBatchReader.from_batches(batches.schema, map(note, batches))

    to_batches = Backend.to_pyarrow_batches
    with pytest.MonkeyPatch.context() as patch:
        for way in ("execute", "to_pyarrow"):
            patch.setattr(Backend, way, watched(getattr(Backend, way)))
        patch.setattr(Backend, "to_pyarrow_batches", by_batches)
        yield most


def _names(found: object) -> tuple[str, ...]:
    return tuple(found.schema.names if isinstance(found, pa.RecordBatch) else getattr(found, "columns", ()))


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


def test_no_frame_of_customers_is_collected(crowd, monkeypatch):
    """Tables and what they are made of: aggregates, samples and batches, however many customers there are."""
    monkeypatch.setattr(moves, "MOST", MOST)
    monkeypatch.setattr(assigning, "BATCH", MOST)
    with watch() as most:
        for name in [*SCHEMAS, *SEEN]:
            crowd.get(name)
    assert int(crowd.get("labelled_buyers").count().execute()) > CUSTOMERS * 0.9
    assert {
        "overdue.count_histories",
        "occasions.count_states",
        "holdout.count_outcomes",
        "occasions.count_spending",
        "features.draw_points",
        "assigning._tell",
    } <= set(most)
    assert {who: (rows, columns) for who, (rows, columns) in most.items() if rows > BOUNDED.get(who, FEW)} == {}


def test_the_sample_is_told_and_the_forecast_is_for_everybody(crowd, monkeypatch):
    monkeypatch.setattr(moves, "MOST", MOST)
    base = crowd.get("value_base").iloc[0]
    assert base.sampled == pytest.approx(MOST / CUSTOMERS, rel=0.1)
    assert [crowd.get(name).sampled.iloc[0] for name in ("rhythm", "cluster_decision")] == pytest.approx([MOST / CUSTOMERS] * 2, rel=0.1)
    assert base.tried < MOST * 1.1
    assert int(crowd.get("customer_value").count().execute()) == base.customers > CUSTOMERS * 0.9
    assert crowd.get("value_frequencies").actual.sum() == crowd.get("value_outcomes").count().execute()


def test_a_forecast_is_ordered_to_a_thousandth():
    """Sixty thousand forecasts between 1 and 100: ln(100) x 1,000 thousandths, and one."""
    rows = ibis.range(60_000).unnest().name("n").as_table()
    with watch() as most:
        measure_capture(rows.select(said=(rows.n * 7919 % 60_000) * 99 / 60_000 + 1, spent=ibis.literal(1).cast("decimal(38,4)")), "said")
    assert 1_000 < max(rows for rows, _columns in most.values()) <= 4_607


def test_a_collected_frame_is_seen(crowd):
    """What the other test looks for is found when somebody does it."""
    with watch() as most:
        crowd.get("orders").execute()
    rows, columns = most["the test"]
    assert rows > CUSTOMERS
    assert "customer_id" in columns
