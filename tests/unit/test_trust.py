"""Numbers of customers and orders that are taken as they stand: the same tables as where every one is looked at, however they are spelled."""

import datetime as dt

import duckdb
import pytest

from analysis.config import parse_config
from analysis.errors import DataRefused
from analysis.recipes import reading
from shops import COLUMNS, ENOUGH, look

DAY = dt.date(2024, 3, 31)
TABLES = ("scored", "ledger", "quarantine", "orders")


def shop(folder, names, **choices):
    """Two orders of each customer in a Parquet file, a day apart, of ten and of twenty; the second order bears the customer's name too."""
    con = duckdb.connect()
    con.execute('create table lines (customer varchar, "at" timestamp, "order" varchar, product varchar, quantity integer, price double)')
    for place, name in enumerate(names, 1):
        con.execute(
            "insert into lines values (?, ?, ?, 'P', 1, 10), (?, ?, ?, 'P', 2, 10)",
            [name, dt.datetime(2024, 3, place), f"{place}a", name, dt.datetime(2024, 3, place + 1), f"{name}"],
        )
    con.execute(f"copy lines to '{folder / 'lines.parquet'}' (format parquet)")
    values = {"name": "shop", "inputs": {"transactions": {"files": ["lines.parquet"], "columns": COLUMNS}}, "sufficiency": ENOUGH}
    return parse_config(values | choices, folder)


def read(config, **choices):
    return reading.read_inputs(config, DAY, latest=False, **choices)


@pytest.mark.parametrize(
    ("name", "meant"),
    [(" C-30", "C-30"), ("Ｃ-30", "C-30"), ("C-\u200b30", "C-30"), ("null", None), ("\tC-30", "C-30"), ('="C-30"', "C-30"), ("C-1", "C-1"), ("顾客", "顾客")],
)  # fmt: skip
def test_a_number_that_is_spelled_otherwise_is_read_as_it_is_meant(tmp_path, name, meant):
    config = shop(tmp_path, ["C-10", "C-20", "C-30", name])
    known = set(look(read(config), "scored").customer_id)
    assert known == {"C-10", "C-20", "C-30", meant} - {None}
    for table in TABLES:
        trusting, strict = (look(read(config, trust=trust), table) for trust in (True, False))
        order = [column for column in ("customer_id", "order_key", "step", "source_row") if column in trusting]
        assert trusting.sort_values(order, ignore_index=True).equals(strict.sort_values(order, ignore_index=True)), table


def test_numbers_that_went_through_floats_lose_their_point(tmp_path):
    assert set(look(read(shop(tmp_path, ["10.0", "20.0", "30.0"])), "scored").customer_id) == {"10", "20", "30"}


def test_a_number_that_a_spreadsheet_has_destroyed_is_put_aside(tmp_path):
    opened = read(shop(tmp_path, [f"C-{number}" for number in range(24)] + ["1.2E+04"], limits={"refuse": 0.5}))
    assert look(opened, "quarantine").source_row.tolist() == [49, 50]
    assert len(look(opened, "scored")) == 24


def test_plain_numbers_are_read_once(tmp_path, monkeypatch):
    asked = []
    read_lines = reading.sources.read_transactions
    monkeypatch.setattr(reading.sources, "read_transactions", lambda *given, trust, **more: asked.append(trust) or read_lines(*given, trust=trust, **more))
    read(shop(tmp_path, ["C-10", "C-20", "C-30"]))
    assert asked == [True]
    read(shop(tmp_path, ["C-10", "C-20", "C-30 "]))
    assert asked == [True, True, False]


def test_lines_that_are_too_late_or_unreadable_are_refused_when_gathered(tmp_path):
    config = shop(tmp_path, ["C-10", "C-20"])
    with pytest.raises(DataRefused, match="no order on or before 2024-01-31. The first order is of 2024-03-01"):
        reading.read_inputs(config, dt.date(2024, 1, 31), latest=False)
    duckdb.execute(
        f"copy (select * replace (case when price > 0 then null end as quantity) from '{tmp_path / 'lines.parquet'}') to '{tmp_path / 'lines.parquet'}' (format parquet)"
    )
    with pytest.raises(DataRefused, match="4 of 4 rows .* quantity missing"):
        read(config)
