"""Orders: what counts as one, on which day, and months with the revenue that nobody's name is on."""

import datetime as dt
from decimal import Decimal

import pytest

from shops import look, open_shop, rules

LINES = [
    ("a", "2024-01-05 09:00", "1", "p", 1, "2"), ("a", "2024-01-05 19:00", "2", "q", 1, "3"), ("a", "2024-01-06 00:01", "2", "r", 1, "4"), ("b", "2024-01-05 09:00", "1", "p", 1, "5"),
    ("", "2024-02-10", "9", "p", 1, "7.5"), ("b", "2024-03-01", "3", "p", 1, "1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("id", [("a", "01-05", 2), ("a", "01-05", 7), ("b", "01-05", 5), ("b", "03-01", 1)]),
        ("day", [("a", "01-05", 5), ("a", "01-06", 4), ("b", "01-05", 5), ("b", "03-01", 1)]),
        ("row", [("a", "01-05", 2), ("a", "01-05", 3), ("a", "01-06", 4), ("b", "01-05", 5), ("b", "03-01", 1)]),
    ],
)
def test_an_order_is_a_number_a_day_or_a_row(tmp_path, order, expected):
    orders = look(open_shop(tmp_path, LINES, order=order), "orders")
    assert sorted((row.customer_id, row.day.isoformat()[5:], row.amount) for row in orders.itertuples()) == expected
    assert orders.counts.all()


def test_an_order_of_which_nothing_is_left_is_no_order(tmp_path):
    rows = [*LINES, ("b", "2024-03-02", "4", "p", -1, "1")]
    opened = open_shop(tmp_path, rows)
    assert ("b", "3") not in set(look(opened, "orders")[["customer_id", "order_key"]].itertuples(index=False, name=None))
    kept = look(open_shop(tmp_path / "kept", rows, cleaning=rules(returns="keep")), "orders")
    assert kept[~kept.counts.astype(bool)][["customer_id", "order_key", "amount"]].values.tolist() == [["b", "4", Decimal(-1)]]


def test_months_show_what_has_no_name_and_the_cut_one(tmp_path):
    months = look(open_shop(tmp_path, LINES, as_of="2024-03-15"), "months").sort_values("month")
    assert months[["month", "customers", "orders", "monetary", "anonymous", "is_complete"]].values.tolist() == [
        [dt.date(2024, 1, 1), 2, 3, 14.0, 0.0, True], [dt.date(2024, 2, 1), 0, 0, 0.0, 7.5, True], [dt.date(2024, 3, 1), 1, 1, 1.0, 0.0, False],
    ]  # fmt: skip


def test_a_month_over_at_as_of_is_complete(tmp_path):
    assert look(open_shop(tmp_path, LINES, as_of="2024-03-31"), "months").is_complete.all()
