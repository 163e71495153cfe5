"""The five key figures by hand, and the day a month before."""

import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest

from analysis.data.figures import count_key_figures, months_before
from shops import make_lines, open_shop, table

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
    assert months_before(dt.date.fromisoformat(day), 1) == dt.date.fromisoformat(before)


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


def test_twelve_months_before_is_the_same_day_a_year_before():
    assert [months_before(dt.date(2024, 2, 29), 12), months_before(dt.date(2023, 2, 28), 12), months_before(dt.date(2024, 2, 28), 12)] == [
        dt.date(2023, 2, 28), dt.date(2022, 2, 28), dt.date(2023, 2, 28),
    ]  # fmt: skip
    assert [months_before(dt.date(2024, 3, 15), back) for back in (0, 3, 14)] == [dt.date(2024, 3, 15), dt.date(2023, 12, 15), dt.date(2023, 1, 15)]


def test_the_series_is_counted_day_by_day_as_pandas_counts_it(tmp_path):
    """Every point against plain pandas over the orders, with returns and several orders of a customer on a day; the last one is the key figure."""
    opened = open_shop(tmp_path, make_lines(5, customers=40, start=dt.date(2023, 1, 10), days=300))
    plain = opened.get("orders").execute()
    plain["day"] = pd.to_datetime(plain["day"])
    series = opened.get("key_series")
    assert len(series) == 5 * 13 and list(series.day.unique()) == [months_before(opened.as_of, back) for back in range(12, -1, -1)]
    counting = plain[plain.counts]
    for day, told in series.groupby("day"):
        end = pd.Timestamp(day)
        recent = plain[(plain.day <= end) & (plain.day > end - pd.Timedelta(days=30))]
        orders = counting[counting.day <= end].groupby("customer_id").agg(n=("day", "size"), first=("day", "min"))
        expected = {
            "active_customers": recent[recent.counts].customer_id.nunique(), "revenue_30d": float(recent.amount.sum()),
            "mean_order_value_30d": float(recent.amount.sum()) / recent.counts.sum() if recent.counts.sum() else None,
            "new_customers_30d": int((orders["first"] > end - pd.Timedelta(days=30)).sum()), "repeat_rate": (orders.n > 1).sum() / len(orders) if len(orders) else None,
        }  # fmt: skip
        known = plain.day.min() <= end - pd.Timedelta(days=29)
        assert set(told.is_known) == {known}
        for measure, value in told.set_index("measure").value.items():
            assert value == (pytest.approx(expected[measure]) if known and expected[measure] is not None else pytest.approx(float("nan"), nan_ok=True)), (
                day,
                measure,
            )
    figures = opened.get("key_figures").set_index("measure")
    assert figures.value.to_dict() == series[series.day == opened.as_of].set_index("measure").value.to_dict()
    assert not series[~series.is_known].empty and series[series.is_known].value.notna().all()
