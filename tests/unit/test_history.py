"""Customers as they stood at earlier month-ends: returns that came later have not happened, orders keep their day."""

import datetime as dt
from decimal import Decimal

import pytest

from analysis.data.history import list_snapshots
from shops import look, open_shop, rules


def states(opened):
    frame = look(opened, "states")
    return {
        (row.customer_id, row.snapshot.isoformat()[5:]): (row.frequency, row.monetary, row.last_order_date.isoformat()[5:], row.recency_days)
        for row in frame.itertuples()
    }


@pytest.mark.parametrize(
    ("first", "as_of", "months", "expected"),
    [
        ("2011-10-05", "2011-12-09", 24, ["2011-10-31", "2011-11-30", "2011-12-09"]),
        ("2011-10-05", "2011-11-30", 24, ["2011-10-31", "2011-11-30"]),  # a month's end is not there twice
        ("2011-10-05", "2011-12-09", 1, ["2011-11-30", "2011-12-09"]),
        ("2011-12-09", "2011-12-09", 24, ["2011-12-09"]),
        ("2011-11-30", "2011-12-01", 24, ["2011-11-30", "2011-12-01"]),
        ("2023-12-31", "2024-03-01", 24, ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-01"]),
    ],
)
def test_snapshots_are_month_ends_and_as_of(first, as_of, months, expected):
    assert [day.isoformat() for day in list_snapshots(dt.date.fromisoformat(first), dt.date.fromisoformat(as_of), months=months)] == expected


def test_a_return_in_another_month_happens_then(tmp_path):
    rows = [
        ("a", "2024-01-05", "1", "p", 5, "2"), ("a", "2024-01-20", "2", "p", 5, "2"), ("a", "2024-02-10", "3", "p", -7, "2"),
        ("b", "2024-01-07", "4", "p", 1, "3"), ("b", "2024-03-02", "5", "p", -1, "3"), ("c", "2024-03-31", "6", "p", 1, "1"),
    ]  # fmt: skip
    assert states(open_shop(tmp_path, rows)) == {
        ("a", "01-31"): (2, 20, "01-20", 11), ("a", "02-29"): (1, 6, "01-05", 55), ("a", "03-31"): (1, 6, "01-05", 86),
        ("b", "01-31"): (1, 3, "01-07", 24), ("b", "02-29"): (1, 3, "01-07", 53),  # and gone in March
        ("c", "03-31"): (1, 1, "03-31", 0),
    }  # fmt: skip


def test_an_order_over_midnight_is_on_the_day_of_its_first_line_that_stays(tmp_path):
    rows = [
        ("a", "2024-01-31 23:59", "1", "p", 1, "2"), ("a", "2024-02-01 00:01", "1", "q", 3, "2"), ("a", "2024-02-09", "2", "p", -1, "2"),
        ("b", "2024-01-31 23:59", "3", "p", 1, "2"), ("b", "2024-02-01 00:01", "3", "q", 3, "2"),
    ]  # fmt: skip
    opened = open_shop(tmp_path, rows, as_of="2024-02-29")
    assert states(opened) == {
        ("a", "01-31"): (1, 2, "01-31", 0), ("a", "02-29"): (1, 6, "02-01", 28), ("b", "01-31"): (1, 2, "01-31", 0), ("b", "02-29"): (1, 8, "01-31", 29),
    }  # fmt: skip
    assert look(opened, "customers").last_order_date.tolist() == [dt.date(2024, 2, 1), dt.date(2024, 1, 31)]


def test_gifts_count_where_zero_prices_are_kept_and_nothings_do_not(tmp_path):
    rows = [
        ("a", "2024-01-05", "1", "p", 2, "0"),
        ("b", "2024-01-06", "2", "p", 0, "5"),
        ("b", "2024-02-06", "2", "q", 1, "5"),
        ("c", "2024-02-07", "3", "q", 1, "5"),
    ]
    opened = open_shop(tmp_path, rows, cleaning=rules(price="keep"))
    found = states(opened)
    assert found["a", "01-31"] == (1, 0, "01-05", 26)
    assert ("b", "01-31") not in found and found["b", "02-07"][:2] == (1, 5)
    customers = look(opened, "customers").set_index("customer_id")
    assert customers.frequency.to_dict() == {"a": 1, "b": 1, "c": 1}
    assert found["b", "02-07"][2] == customers.last_order_date["b"].isoformat()[5:]


def test_removed_returns_never_happen_and_kept_ones_only_cost(tmp_path):
    rows = [("a", "2024-01-05", "1", "p", 5, "2"), ("a", "2024-02-10", "3", "p", -4, "2"), ("b", "2024-02-20", "4", "p", 1, "3")]
    removed, kept = (open_shop(tmp_path / action, rows, cleaning=rules(returns=action), as_of="2024-02-29") for action in ("remove", "keep"))
    assert states(removed)["a", "01-31"] == (1, 10, "01-05", 26) and states(removed)["a", "02-29"] == (1, 10, "01-05", 55)
    assert states(kept)["a", "01-31"] == (1, 10, "01-05", 26) and states(kept)["a", "02-29"] == (1, 2, "01-05", 55)


def test_months_without_orders_are_there_and_the_last_is_as_of(tmp_path):
    opened = open_shop(tmp_path, [(who, "2024-01-05", who, "p", 5, "2") for who in "abcd"], as_of="2024-04-12")
    history = look(opened, "history")
    assert sorted(set(history.as_of)) == [dt.date(2024, 1, 31), dt.date(2024, 2, 29), dt.date(2024, 3, 31), dt.date(2024, 4, 12)]
    assert set(history[history.scheme == "value_tier"].groupby("as_of").customers.sum()) == {4}
    assert set(history[history.scheme == "segment"].groupby("as_of").monetary.sum()) == {Decimal(40)}
