"""Months, cohorts, stages and flows, worked out by hand for five people."""

import datetime as dt
from decimal import Decimal

import pytest

from analysis.columns import STAGES
from analysis.data.activity import count_cohorts, count_flows, count_stages, is_month_end, list_active_months, list_spells, stage_at, to_month
from shops import table

#        Jan Feb Mar Apr May Jun
# ann     x   x   .   .   x   .
# bob     x   .   .   .   .   .
# cid     .   .   x   .   .   x
# dee     .   .   .   .   .   x
# eve has registered in February, fay has sent everything back since March
ORDERS = [("ann", 1, 3), ("ann", 1, 9), ("ann", 2, 1), ("ann", 5, 30), ("bob", 1, 31), ("cid", 3, 3), ("cid", 6, 4), ("dee", 6, 5)]
END, CUT = dt.date(2024, 6, 30), dt.date(2024, 6, 12)
SEEN = {"ann": (1, 3), "bob": (1, 31), "cid": (2, 20), "dee": (6, 5), "eve": (2, 11), "fay": (3, 8)}


def months(as_of):
    rows = [
        {"customer_id": who, "order_key": f"{month}-{day}", "day": dt.date(2024, month, day), "amount": Decimal("10.10"), "counts": True}
        for who, month, day in ORDERS
    ]
    rows.append({"customer_id": "bob", "order_key": "back", "day": dt.date(2024, 2, 1), "amount": Decimal(-3), "counts": False})
    rows = [row for row in rows if row["day"] <= as_of]
    return list_active_months(table(rows, customer_id="string", order_key="string", day="date", amount="decimal(38,4)", counts="boolean"))


def spells(as_of):
    others = [{"customer_id": who, "first_seen": dt.date(2024, *day), "had_returns": who == "fay"} for who, day in SEEN.items()]
    return list_spells(months(as_of), table(others, customer_id="string", first_seen="date", had_returns="boolean"), as_of=as_of)


def stages(as_of):
    frame = count_stages(spells(as_of), as_of=as_of)
    wide = frame.pivot_table(index="month", columns="stage", values="customers", aggfunc="first")[list(STAGES)]
    return frame, [wide.loc[dt.date(2024, month, 1)].tolist() for month in range(1, as_of.month + 1)]


def test_stages_of_whole_months():
    frame, found = stages(END)
    assert found == [
        # new returning reactivated dormant inactive prospect cancelled_only
        [2, 0, 0, 0, 0, 0, 0],
        [0, 1, 0, 1, 0, 2, 0],  # ann again; bob silent; cid is a prospect from February on, eve too
        [1, 0, 0, 1, 1, 1, 1],  # cid new; ann dormant; bob inactive; fay
        [0, 0, 0, 1, 2, 1, 1],  # cid dormant, ann and bob inactive
        [0, 0, 1, 0, 2, 1, 1],  # ann reactivated
        [1, 0, 1, 1, 1, 1, 1],  # dee new, cid reactivated, ann dormant
    ]
    assert frame.is_complete.all()


def test_a_month_that_is_not_over_makes_nobody_silent():
    frame, found = stages(CUT)
    assert found[:5] == stages(END)[1][:5]
    assert found[5] == [1, 0, 2, 0, 1, 1, 1]  # ann stays reactivated, bob inactive
    assert frame[~frame.is_complete].month.unique().tolist() == [dt.date(2024, 6, 1)]


def test_who_was_dormant_stays_dormant_in_a_cut_month():
    _frame, found = stages(dt.date(2024, 4, 15))
    assert found[3] == [1, 0, 0, 1, 1, 1, 1]  # cid still new, ann still dormant, bob inactive


@pytest.mark.parametrize("as_of", [END, CUT])
def test_entered_and_left_lead_from_month_to_month(as_of):
    frame, _found = stages(as_of)
    assert len(frame) == 6 * len(STAGES)
    wide = frame.pivot_table(index="month", columns="stage", values=["customers", "entered", "left"], aggfunc="first")
    assert (wide.customers.shift(1, fill_value=0) + wide.entered - wide.left == wide.customers).all(axis=None)
    assert wide.entered.loc[dt.date(2024, 3, 1)].to_dict() == {
        "new": 1,
        "returning": 0,
        "reactivated": 0,
        "dormant": 1,
        "inactive": 1,
        "prospect": 0,
        "cancelled_only": 1,
    }
    assert wide.left.loc[dt.date(2024, 3, 1)].to_dict() == {
        "new": 0,
        "returning": 1,
        "reactivated": 0,
        "dormant": 1,
        "inactive": 0,
        "prospect": 1,
        "cancelled_only": 0,
    }


def test_each_customer_has_one_stage_at_as_of():
    found = stage_at(spells(END), as_of=END).execute()
    assert found.set_index("customer_id").lifecycle_stage.to_dict() == {
        "ann": "dormant", "bob": "inactive", "cid": "reactivated", "dee": "new", "eve": "prospect", "fay": "cancelled_only",
    }  # fmt: skip
    assert len(found) == 6


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
