"""Customers as they stood at earlier month-ends: returns that came later have not happened, orders keep their day."""

import datetime as dt
from decimal import Decimal

import pytest

from analysis.data.history import list_snapshots
from analysis.errors import ConfigurationError
from shops import COLUMNS, look, make_lines, open_shop, rules


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


WITH_COST = COLUMNS | {"cost": "cost"}


def values(opened):
    return {(row.customer_id, row.snapshot.isoformat()[5:]): (row.f_value, row.m_value) for row in look(opened, "states").itertuples()}


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        ("gross", {"a": (40, 50, 50), "b": (10, 10, 10)}),  # what comes back later was bought all the same
        ("mean", {"a": (20, 15, 20), "b": (10, "7.5", "7.5")}),
        ("margin", {"a": (22, 22, 12), "b": (4, 3, 3)}),  # b: three of four pieces are left, and 4.5 of the cost of 6
        ("mean_margin", {"a": (11, 11, 12), "b": (4, 3, 3)}),
    ],
)
def test_measures_at_earlier_month_ends_by_hand(tmp_path, money, expected):
    """Two orders on one day, of which one comes back in February; a third, which told no cost, comes back in March."""
    rows = [
        ("a", "2024-01-05 09:00", "1", "z", 2, "10", "8"), ("a", "2024-01-05 19:00", "2", "q", 4, "5", "10"), ("a", "2024-02-10", "9", "q", -4, "5", "10"),
        ("a", "2024-02-20", "3", "p", 1, "10", ""), ("a", "2024-03-02", "8", "p", -1, "10", ""),
        ("b", "2024-01-31", "4", "p", 4, "2.5", "6"), ("b", "2024-02-15", "5", "p", -1, "2.5", "1.5"),
    ]  # fmt: skip
    opened = open_shop(tmp_path, rows, columns=WITH_COST, scoring={"frequency": {"measure": "days"}, "money": {"measure": money}}, as_of="2024-03-31")
    days = {"a": (1, 2, 1), "b": (1, 1, 1)}
    ends = ("01-31", "02-29", "03-31")
    assert values(opened) == {(who, end): (days[who][at], Decimal(str(expected[who][at]))) for who in "ab" for at, end in enumerate(ends)}
    customers = look(opened, "customers").set_index("customer_id")
    assert customers.m_value.to_dict() == {who: Decimal(str(expected[who][2])) for who in "ab"}
    assert customers.f_value.to_dict() == {"a": 1, "b": 1} and customers.monetary.to_dict() == {"a": 20, "b": Decimal("7.5")}


def test_a_return_that_is_kept_brings_its_cost_back_whatever_its_sign(tmp_path):
    rows = [
        ("a", "2024-01-05", "1", "p", 5, "2", "5"),
        ("a", "2024-02-10", "3", "p", -2, "2", "2"),
        ("b", "2024-02-10", "4", "p", -2, "2", "-2"),
        ("b", "2024-01-05", "5", "p", 5, "2", "5"),
    ]
    opened = open_shop(tmp_path, rows, columns=WITH_COST, scoring={"money": {"measure": "margin"}}, cleaning=rules(returns="keep"))
    assert values(opened) == {(who, end): (1, money) for who in "ab" for end, money in (("01-31", 5), ("02-10", 3))}


@pytest.mark.parametrize(
    ("frequency", "money", "returns"),
    [("days", "mean_margin", "net"), ("days", "gross", "net"), ("orders", "margin", "net"), ("orders", "margin", "keep"), ("days", "gross", "remove")],
)
def test_every_measure_replayed_is_that_of_a_run_at_the_time(tmp_path, frequency, money, returns):
    lines = [[*line, "" if number % 7 == 0 else str(Decimal(number % 40) / 8)] for number, line in enumerate(make_lines(4, customers=40, days=200))]
    choices = {"columns": WITH_COST, "scoring": {"frequency": {"measure": frequency}, "money": {"measure": money}}, "cleaning": rules(returns=returns)}
    later = look(open_shop(tmp_path / "later", lines, **choices), "states")
    assert len(set(later.snapshot)) > 5
    for day in sorted(set(later.snapshot))[1::2]:
        then = look(open_shop(tmp_path / str(day), lines, as_of=day.isoformat(), **choices), "buyers").sort_values("customer_id")
        state = later[later.snapshot == day].sort_values("customer_id")
        for name in ("customer_id", "r_value", "f_value", "m_value", "frequency", "monetary"):
            assert state[name].tolist() == then[name].tolist(), (day, name)


def test_a_margin_without_costs_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(ConfigurationError, match="scoring.money.measure = 'mean_margin' needs what each line cost"):
        open_shop(tmp_path, [("a", "2024-01-05", "1", "p", 5, "2")], scoring={"money": {"measure": "mean_margin"}})
