"""Months, cohorts and flows, worked out by hand for four people."""

import datetime as dt
from decimal import Decimal

import pytest

from analysis.data.activity import count_cohorts, count_flows, is_month_end, list_active_months, to_month
from shops import table

#        Jan Feb Mar Apr May Jun
# ann     x   x   .   .   x   .
# bob     x   .   .   .   .   .
# cid     .   .   x   .   .   x
# dee     .   .   .   .   .   x
ORDERS = [("ann", 1, 3), ("ann", 1, 9), ("ann", 2, 1), ("ann", 5, 30), ("bob", 1, 31), ("cid", 3, 3), ("cid", 6, 4), ("dee", 6, 5)]
END, CUT = dt.date(2024, 6, 30), dt.date(2024, 6, 12)


def months(as_of):
    rows = [
        {"customer_id": who, "order_key": f"{month}-{day}", "day": dt.date(2024, month, day), "amount": Decimal("10.10"), "counts": True}
        for who, month, day in ORDERS
    ]
    rows.append({"customer_id": "bob", "order_key": "back", "day": dt.date(2024, 2, 1), "amount": Decimal(-3), "counts": False})
    rows = [row for row in rows if row["day"] <= as_of]
    return list_active_months(table(rows, customer_id="string", order_key="string", day="date", amount="decimal(38,4)", counts="boolean"))


def test_flows():
    flows = count_flows(months(END), as_of=END)
    assert flows[["active", "new", "returning", "reactivated", "dormant"]].values.tolist() == [
        [2, 2, 0, 0, 0], [1, 0, 1, 0, 1], [1, 1, 0, 0, 1], [0, 0, 0, 0, 1], [1, 0, 0, 1, 0], [2, 1, 0, 1, 1],
    ]  # fmt: skip
    assert flows.is_complete.all()
    assert count_flows(months(CUT), as_of=CUT).is_complete.tolist() == [True] * 5 + [False]


def test_months_after_the_last_order_are_there():
    flows = count_flows(months(dt.date(2024, 2, 28)), as_of=dt.date(2024, 5, 2))
    assert flows.month.tolist() == [dt.date(2024, month, 1) for month in range(1, 6)]
    assert flows[["active", "dormant"]].values.tolist() == [[2, 0], [1, 1], [0, 1], [0, 0], [0, 0]]


def test_cohorts():
    cohorts = count_cohorts(months(END), as_of=END)
    january = cohorts[cohorts.cohort == dt.date(2024, 1, 1)]
    assert january.active.tolist() == [2, 1, 0, 0, 1, 0]
    assert january.retention.tolist() == [1, 0.5, 0, 0, 0.5, 0]
    assert january.monetary.tolist() == [Decimal("30.30"), Decimal("10.10"), 0, 0, Decimal("10.10"), 0]
    assert january.revenue_retention.tolist() == [1, pytest.approx(1 / 3), 0, 0, pytest.approx(1 / 3), 0]
    assert cohorts[cohorts.cohort == dt.date(2024, 3, 1)].active.tolist() == [1, 0, 0, 1]
    assert cohorts[cohorts.from_before].cohort.unique().tolist() == [dt.date(2024, 1, 1)]
    assert not count_cohorts(months(END), as_of=END, burn_in_months=0).from_before.any()
    assert cohorts.cohort.unique().tolist() == [dt.date(2024, 1, 1), dt.date(2024, 3, 1), dt.date(2024, 6, 1)]
    cut = count_cohorts(months(CUT), as_of=CUT)
    assert cut[~cut.is_complete][["cohort", "period"]].values.tolist() == [[dt.date(2024, 1, 1), 5], [dt.date(2024, 3, 1), 3], [dt.date(2024, 6, 1), 0]]


@pytest.mark.parametrize(("day", "last"), [("2024-02-29", True), ("2023-02-28", True), ("2024-02-28", False), ("2024-12-31", True), ("2024-12-30", False)])
def test_month_ends(day, last):
    assert is_month_end(dt.date.fromisoformat(day)) is last


def test_month_numbers():
    assert [to_month(2023 * 12 + 11), to_month(2024 * 12)] == [dt.date(2023, 12, 1), dt.date(2024, 1, 1)]
