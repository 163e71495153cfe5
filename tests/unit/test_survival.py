"""Waiting for the next order: the textbook curve, silences worked out by hand, quarters and the price of a point."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from analysis.data.purchases import list_purchases
from analysis.data.waits import count_second_orders, count_waits, sum_first_years
from analysis.models.survival import SAMPLE, estimate_curve, estimate_steps, find_point_of_no_return, follow_trend, value_point
from shops import table

# weeks of remission under 6-MP (Freireich and others 1963, as in every textbook of survival); + still in remission
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+".split()


def waits(times, *, each=1):
    rows = pd.DataFrame([(int(time.rstrip("+")), not time.endswith("+"), each) for time in times], columns=["days", "ended", "customers"])
    return rows.groupby(["days", "ended"], as_index=False).customers.sum()


def test_the_curve_of_the_textbooks():
    """Kalbfleisch and Prentice: .857 .807 .753 .690 .627 .538 .448 at 6 7 10 13 16 22 23; log-log interval at 10: .503 to .889 (R, survfit)."""
    curve = estimate_curve(waits(REMISSION), seed=1, least=1).set_index("days")
    assert (1 - curve.back)[[6, 7, 10, 13, 16, 22, 23]].round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert curve.waiting[[6, 7, 10, 23]].tolist() == [21, 17, 15, 6]
    assert (round(1 - curve.high[10], 3), round(1 - curve.low[10], 3)) == (0.503, 0.889)
    assert curve.iloc[0].tolist() == [0, 0, 0, 21]


def test_a_curve_ends_where_too_few_still_wait():
    curve = estimate_curve(waits(REMISSION), seed=1, least=6)
    assert curve.days.iloc[-1] == 23
    assert round(1 - curve.set_index("days").back[16], 3) == 0.627


def test_a_large_sample_tells_the_same():
    many = waits(REMISSION, each=100_000)
    assert many.customers.sum() == 2_100_000 > SAMPLE
    curve = estimate_curve(many, seed=1, least=1).set_index("days")
    assert (1 - curve.back)[[6, 13, 23]].tolist() == [pytest.approx(0.857, abs=0.006), pytest.approx(0.690, abs=0.006), pytest.approx(0.448, abs=0.008)]
    assert curve.waiting.iloc[0] == SAMPLE
    pd.testing.assert_frame_equal(curve, estimate_curve(many, seed=1, least=1).set_index("days"))


@pytest.mark.parametrize(("times", "back"), [([], None), (["5+"], 0), (["0+", "0+"], 0), (["5"], 1), (["1", "1", "1"], 1)])
def test_hostile_waits(times, back):
    curve = estimate_curve(waits(times), seed=1)
    assert (curve.back.iloc[-1] if len(curve) else None) == back
    assert not curve.isna().any(axis=None)


def test_the_silence_of_which_only_a_share_ends():
    """Of 200 waits 100 end on day 10, 50 on day 20, and 50 last 40 days: the data reach 40, so the horizon is 20.

    Silent for 0 days: 150 of 200 are back within 20. For 10: 50 of 100. For 20: none of 50 by day 40.
    """
    seen = pd.DataFrame([(1, 10, True, 100), (1, 20, True, 50), (1, 40, False, 50)], columns=["step", "days", "ended", "customers"])
    found = find_point_of_no_return(seen, seed=1)
    assert found.horizon.unique().tolist() == [20]
    assert found.share.tolist() == [0.5, 0.25, 0.1, 0.05]
    assert found.days.tolist() == [10, 20, 20, 20]
    assert find_point_of_no_return(seen.iloc[:0], seed=1).empty
    assert find_point_of_no_return(pd.DataFrame([(1, 0, False, 9)], columns=seen.columns), seed=1).empty  # all on one day
    assert find_point_of_no_return(pd.DataFrame([(1, 10, True, 99), (1, 90, True, 999)], columns=seen.columns), seed=1).days.isna().all()


PEOPLE = {  # purchase days in days after 1 January 2024
    "ann": (0, 10, 40), "bob": (0,), "cid": (20, 110), "dee": (20, 111), "eve": (95, 100, 101, 102, 103), "fay": (180,),
}  # fmt: skip
AS_OF = dt.date(2024, 7, 18)  # day 199


@pytest.fixture(scope="module")
def purchases():
    rows = [
        {"customer_id": who, "order_key": str(at), "day": dt.date(2024, 1, 1) + dt.timedelta(days=at), "amount": Decimal(at or 1000), "counts": True}
        for who, days in PEOPLE.items() for at in days
    ]  # fmt: skip
    return list_purchases(table(rows, customer_id="string", order_key="string", day="date", amount="decimal(38,4)", counts="boolean"))


def test_waits_are_counted_by_step(purchases):
    found = count_waits(purchases, as_of=AS_OF)
    assert found.values.tolist() == [
        [1, 5, True, 1], [1, 10, True, 1], [1, 19, False, 1], [1, 90, True, 1], [1, 91, True, 1], [1, 199, False, 1],
        [2, 1, True, 1], [2, 30, True, 1], [2, 88, False, 1], [2, 89, False, 1],
        [3, 1, True, 1], [3, 159, False, 1],
        [4, 1, True, 1], [4, 96, False, 1],
    ]  # fmt: skip
    assert estimate_steps(found, seed=1).step.unique().tolist() == [1, 2, 3, 4]


def test_second_orders_by_quarter(purchases):
    """The first quarter has 90 days after it, the second (to 30 June) has not; ann and bob may be old customers."""
    burnt = count_second_orders(purchases, as_of=AS_OF, burn_in=dt.date(2024, 1, 2))
    assert [pd.Timestamp(day).date() for day in burnt.quarter] == [dt.date(2024, 1, 1)]
    assert burnt[["customers", "returned"]].values.tolist() == [[2, 1]]  # cid on the 90th day, dee a day late
    everybody = count_second_orders(purchases, as_of=AS_OF, burn_in=dt.date(2024, 1, 1))
    assert everybody[["customers", "returned"]].values.tolist() == [[4, 2]]
    assert count_second_orders(purchases, as_of=dt.date(2024, 6, 28), burn_in=dt.date(2024, 1, 1)).empty  # 31 March + 90 days is 29 June
    assert len(count_second_orders(purchases, as_of=dt.date(2024, 6, 29), burn_in=dt.date(2024, 1, 1))) == 1


def test_quarters_have_their_intervals():
    """30 of 100: .219 to .396; 55 of 100: .452 to .644; 50 of 100: .404 to .596; of 20 nothing is said (Wilson)."""
    quarters = pd.DataFrame(
        {"quarter": pd.date_range("2023-01-01", periods=4, freq="QS"), "customers": [100, 20, 100, 100], "returned": [30, 12, 55, 50]},
    )  # fmt: skip
    found = follow_trend(quarters)
    assert found.customers.tolist() == [100, 100, 100]
    assert found.low.round(3).tolist() == [0.219, 0.452, 0.404]
    assert found.high.round(3).tolist() == [0.396, 0.644, 0.596]
    assert follow_trend(quarters.iloc[:0]).empty


def test_what_a_point_is_worth(purchases):
    """Within 100 days: ann, bob, cid, dee and eve (day 95) began by day 99. ann spent 10 + 40 after the first, cid 110, dee 111, eve 100 + 101 + 102 + 103."""
    found = sum_first_years(purchases, as_of=AS_OF, horizon=100, burn_in=dt.date(2024, 1, 1))
    assert found[["customers", "returned", "newcomers"]].values.tolist() == [[5, 4, 1]]
    spent = [50, 110, 111, 406]
    assert found["mean"].iloc[0] == pytest.approx(np.mean(spent))
    point = value_point(found.assign(newcomers=300)).iloc[0]
    half = 1.959964 * np.std(spent, ddof=1) / 2
    assert (point["share"], point["worth"]) == (0.8, pytest.approx(3 * np.mean(spent)))
    assert (point["low"], point["high"]) == (pytest.approx(3 * (np.mean(spent) - half)), pytest.approx(3 * (np.mean(spent) + half)))
    nobody = value_point(sum_first_years(purchases, as_of=AS_OF, horizon=365, burn_in=dt.date(2024, 1, 1))).iloc[0]
    assert nobody[["share", "worth"]].isna().all()
