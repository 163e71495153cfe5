"""The five key figures by hand, and the day a month before."""

import datetime as dt
from decimal import Decimal

import pytest

from analysis.data.figures import count_key_figures, month_before
from shops import table

TYPES = {"customer_id": "string", "order_key": "string", "day": "date", "amount": "decimal(38,4)", "counts": "boolean"}


def orders(*told):
    return table(
        [
            dict(zip(TYPES, (who, str(number), dt.date.fromisoformat(day), Decimal(money), counts), strict=True))
            for number, (who, day, money, counts) in enumerate(told)
        ],
        **TYPES,
    )


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2011-12-09", "2011-11-09"),
        ("2012-03-31", "2012-02-29"),
        ("2012-02-29", "2012-01-31"),
        ("2023-03-30", "2023-02-28"),
        ("2024-01-15", "2023-12-15"),
        ("2024-01-31", "2023-12-31"),
    ],
)
def test_a_month_before(day, before):
    assert month_before(dt.date.fromisoformat(day)) == dt.date.fromisoformat(before)


def test_five_figures_now_and_a_month_before():
    """30 days to 31 March begin on 2 March; 30 days to 29 February begin on 31 January."""
    told = [
        ("a", "2024-01-01", "5", True), ("a", "2024-03-02", "10", True), ("a", "2024-03-31", "20.5", True), ("b", "2024-03-01", "7", True),
        ("c", "2024-03-15", "1", True), ("d", "2024-03-20", "-4", False), ("e", "2024-01-31", "9", True), ("e", "2024-02-29", "3", True), ("f", "2024-04-01", "99", True),
    ]  # fmt: skip
    found = count_key_figures(orders(*told), as_of=dt.date(2024, 3, 31)).set_index("measure")
    assert found.value.to_dict() == {
        "active_customers": 2, "revenue_30d": 27.5, "mean_order_value_30d": pytest.approx(27.5 / 3), "new_customers_30d": 1, "repeat_rate": 0.5,
    }  # fmt: skip
    assert found.previous.to_dict() == {"active_customers": 1, "revenue_30d": 12, "mean_order_value_30d": 6, "new_customers_30d": 1, "repeat_rate": 0.5}


def test_what_the_data_do_not_reach_back_to_is_not_said():
    """The 30 days to 29 February begin on 31 January: the first order of that day is enough, the day after is not."""
    for first, reaches in (("2024-01-31", True), ("2024-02-01", False)):
        found = count_key_figures(orders(("a", first, "5", True), ("b", "2024-03-20", "5", True)), as_of=dt.date(2024, 3, 31))
        assert found.previous.notna().all() == reaches and found.previous.isna().all() != reaches


def test_days_without_orders_have_no_mean():
    found = count_key_figures(orders(("a", "2024-01-01", "5", True)), as_of=dt.date(2024, 6, 30)).set_index("measure").value
    assert found["active_customers"] == found["revenue_30d"] == 0 and found.isna()["mean_order_value_30d"]
    assert found["repeat_rate"] == 0
