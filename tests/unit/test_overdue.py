"""The overdue index: purchase days, seasons, the fit against quadrature and simulation, and silences counted by hand."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.stats import gamma

from analysis.data.purchases import count_days, count_time, list_purchases, stand_at, tell_time
from analysis.models.overdue import Rhythm, assign_overdue, count_histories, fit_rhythm
from analysis.models.returning import bound_share, count_reliability, count_returns, expect_returns, place_in_cells
from analysis.models.seasons import Season, fit_season, lay_calendar, read_clock
from shops import table

JAN = dt.date(2024, 1, 1)


def day(number):
    return JAN + dt.timedelta(days=number)


# ann on days 0, 10 (twice) and 40; bob on day 5; what came to nothing on day 50 is no purchase
ORDERS = [("ann", 0, "1.50", True), ("ann", 10, "2", True), ("ann", 10, "3.25", True), ("ann", 40, "4", True), ("ann", 50, "-4", False), ("bob", 5, "7", True)]


@pytest.fixture(scope="module")
def purchases():
    rows = [{"customer_id": who, "order_key": str(i), "day": day(at), "amount": Decimal(money), "counts": ok} for i, (who, at, money, ok) in enumerate(ORDERS)]
    return list_purchases(table(rows, customer_id="string", order_key="string", day="date", amount="decimal(38,4)", counts="boolean"))


@pytest.fixture(scope="module")
def timed(purchases):
    return tell_time(purchases, lay_calendar(Season(), first=JAN, last=day(200)))


def test_orders_of_one_day_are_one_purchase(purchases):
    found = purchases.order_by("customer_id", "day").execute()
    assert found.customer_id.tolist() == ["ann", "ann", "ann", "bob"]
    assert found.number.tolist() == [1, 2, 3, 1]
    assert found.amount.tolist() == [Decimal("1.5"), Decimal("5.25"), Decimal(4), Decimal(7)]
    assert [None if pd.isna(at) else pd.Timestamp(at).date() for at in found.next_day] == [day(10), day(40), None, None]
    repeated = count_days(purchases)
    assert [pd.Timestamp(at).date() for at in repeated.day] == [day(10), day(40)]
    assert repeated.purchases.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("at", "expected"), [(60, {"ann": (2, 40, 20), "bob": (0, 0, 55)}), (39, {"ann": (1, 10, 29), "bob": (0, 0, 34)}), (3, {"ann": (0, 0, 3)})]
)
def test_everybody_stands_where_their_last_purchase_was(timed, at, expected):
    found = stand_at(timed, day=day(at), clock=at).execute().set_index("customer_id")
    assert {who: (row.repeats, row.span, row.silence) for who, row in found.iterrows()} == expected


def test_without_seasons_the_clock_counts_days(purchases, timed):
    names = ["customer_id", "day", "clock", "first_clock", "next_clock"]
    counted, looked_up = (table_.select(*names).order_by("customer_id", "day").execute() for table_ in (count_time(purchases, first=JAN), timed))
    assert counted.clock.tolist() == looked_up.clock.tolist() == [0, 10, 40, 5]
    assert counted.first_clock.tolist() == looked_up.first_clock.tolist() == [0, 0, 0, 5]
    assert counted.next_clock.fillna(-1).tolist() == looked_up.next_clock.fillna(-1).tolist() == [10, 40, -1, -1]


def test_the_usual_gap_is_the_own_gaps_beside_those_of_the_population(timed):
    rhythm = Rhythm(shape=0.5, scale=50, stop=0.1, gaps=99, customers=9)
    found = assign_overdue(stand_at(timed, day=day(60), clock=60), rhythm).execute().set_index("customer_id")
    assert found.usual_gap_days.to_dict() == {"ann": 36.0, "bob": 100.0}  # (50 + 40) / (0.5 + 2); (50 + 0) / (0.5 + 0)
    assert found.overdue_index.to_dict() == {"ann": pytest.approx(20 / 36, abs=1e-6), "bob": 0.55}
    assert rhythm.first_gap == 100
    unknown = assign_overdue(stand_at(timed, day=day(60), clock=60), None).execute()
    assert unknown[["usual_gap_days", "overdue_index"]].isna().all(axis=None)


def simulate(shape, scale, stop, *, customers, days, seed):
    """Let customers begin in the first half of so many days, buy at a gamma mixed rate, and stop after each purchase with the same probability."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(customers):
        rate, begin = rng.gamma(shape, 1 / scale), rng.uniform(0, days / 2)
        at, repeats = begin, 0
        while rng.random() > stop and (following := at + rng.exponential(1 / rate)) <= days:
            at, repeats = following, repeats + 1
        rows.append((repeats, at - begin, days - at, 1))
    return pd.DataFrame(rows, columns=["repeats", "span", "silence", "customers"])


def likelihood(histories, shape, scale, stop):
    """Integrate over the rates numerically, without the closed form."""
    total = 0.0
    for row in histories.itertuples():

        def by_rate(rate, x=row.repeats, t=row.span, s=row.silence):
            return rate**x * (1 - stop) ** x * np.exp(-rate * t) * (stop + (1 - stop) * np.exp(-rate * s)) * gamma.pdf(rate, shape, scale=1 / scale)

        total += row.customers * np.log(quad(by_rate, 0, np.inf, limit=200)[0])
    return total


def test_the_fit_is_where_the_likelihood_is_highest():
    histories = simulate(0.9, 60, 0.2, customers=25, days=400, seed=4)
    found = fit_rhythm(histories, least_gaps=10)
    best = likelihood(histories, found.shape, found.scale, found.stop)
    for around in ((1.1, 1, 1), (0.9, 1, 1), (1, 1.1, 1), (1, 0.9, 1), (1, 1, 1.2), (1, 1, 0.8)):
        assert likelihood(histories, found.shape * around[0], found.scale * around[1], found.stop * around[2]) < best


@pytest.mark.parametrize(("shape", "scale", "stop"), [(0.8, 60, 0.15), (2, 80, 0.05)])
def test_the_fit_finds_what_it_was_made_from(shape, scale, stop):
    histories = simulate(shape, scale, stop, customers=6000, days=700, seed=7)
    found = fit_rhythm(histories, least_gaps=50)
    assert (found.shape, found.scale, found.stop) == (pytest.approx(shape, rel=0.1), pytest.approx(scale, rel=0.12), pytest.approx(stop, abs=0.02))
    assert (found.gaps, found.customers) == (histories.repeats.sum(), 6000)


def test_equal_histories_may_be_counted_together(timed):
    histories = simulate(0.8, 60, 0.15, customers=800, days=700, seed=3).round()
    together = histories.groupby(["repeats", "span", "silence"], as_index=False).customers.sum()
    found, expected = fit_rhythm(together, least_gaps=50), fit_rhythm(histories, least_gaps=50)
    assert (found.shape, found.scale) == (pytest.approx(expected.shape, rel=1e-3), pytest.approx(expected.scale, rel=1e-3))
    assert count_histories(stand_at(timed, day=day(60), clock=60)).values.tolist() == [[0, 0, 55, 1], [2, 40, 20, 1]]


@pytest.mark.parametrize(
    ("rows", "known"),
    [
        ([(0, 0, 300, 100)], False),  # all bought once
        ([(49, 490, 3, 1)], False),  # one gap short of fifty
        ([(1, 0, 0, 100)], False),  # gaps without time: one busy instant
        ([(364, 364, 0, 50)], True),  # everyone every day
        ([(100_000, 100_000, 1, 1)], True),  # one buyer who never stops
    ],
)
def test_hostile_histories(rows, known):
    found = fit_rhythm(pd.DataFrame(rows, columns=["repeats", "span", "silence", "customers"]), least_gaps=50)
    assert (found is not None) is known
    if found:
        assert (found.scale + rows[0][1]) / (found.shape + rows[0][0]) == pytest.approx(1, rel=0.02)  # a gap is a day


MONTHS = (0.8, 0.7, 0.9, 0.9, 1.0, 1.0, 0.9, 0.9, 1.0, 1.1, 1.3, 1.5)


def busy(months, growth=0.0):
    days = pd.date_range("2022-01-01", periods=months * 31, freq="D")
    days = days[days < pd.Timestamp("2022-01-01") + pd.DateOffset(months=months)]
    return pd.DataFrame({"day": days.date, "purchases": [100 * MONTHS[at.month - 1] * (1 + growth * i / 365) for i, at in enumerate(days)]})


@pytest.mark.parametrize(("months", "growth"), [(24, 0.0), (36, 0.0), (36, 0.5)])
def test_seasons_are_told_from_two_years_on_and_growth_is_no_season(months, growth):
    daily = busy(months, growth)
    found = fit_season(daily, as_of=daily.day.iloc[-1])
    mean = np.average(MONTHS, weights=[31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    assert found.is_known
    assert found.months == pytest.approx(np.array(MONTHS) / mean, rel=0.03)


def test_too_little_for_seasons():
    daily = busy(24)
    assert not fit_season(daily, as_of=daily.day.iloc[-2]).is_known  # the last month is not whole
    assert not fit_season(daily.assign(purchases=0.1), as_of=daily.day.iloc[-1]).is_known
    assert not fit_season(daily.iloc[:0], as_of=daily.day.iloc[-1]).is_known


def test_the_clock_runs_with_the_season():
    plain = lay_calendar(Season(), first=day(0), last=day(40))
    assert [read_clock(plain, day(at)) for at in (0, 1, 40)] == [0, 1, 40]
    season = Season((0.5, 2.0, *[1.0] * 10))
    calendar = lay_calendar(season, first=day(0), last=day(40))
    assert [read_clock(calendar, day(at)) for at in (0, 10, 30, 31, 40)] == [0, 5, 15, 17, 35]  # January at half speed to the 31st (15), February at double


def cells(rows):
    columns = {
        "customer_id": "string",
        "overdue_index": "float64",
        "usual_gap_days": "float64",
        "repeats": "int64",
        "silence": "int64",
        "clock": "int64",
        "next_clock": "int64",
    }
    return place_in_cells(table([dict(zip(columns, row, strict=True)) for row in rows], **columns))


def test_silences_are_counted_by_how_late_how_often_and_how_fast():
    watched = cells([
        ("a", 0.49, 90.0, 0, 10, 0, 100),  # back on the 90th day
        ("b", 0.5, 91.0, 1, 10, 0, 101),  # a day late
        ("c", 5.0, 30.0, 4, 10, 0, None),
        ("d", 5.0, 30.0, 4, 10, 7, 20),
    ])  # fmt: skip
    found = watched.execute().set_index("customer_id")[["bin", "times", "pace"]]
    assert found.values.tolist() == [[0, 0, 0], [1, 1, 1], [6, 2, 0], [6, 2, 0]]
    counted = count_returns(watched).set_index(["bin", "times", "pace"])
    assert len(counted) == 7 * 3 * 2
    assert counted.loc[(6, 2, 0), ["customers", "returned"]].tolist() == [2, 1]
    assert counted.loc[(1, 1, 1), ["customers", "returned"]].tolist() == [1, 0]
    # two of four came back; of those with many purchases and short gaps one of two, beside 25 like all: (1 + 25 / 2) / (2 + 25) is the half as well
    assert counted.loc[(6, 2, 0), "share"] == pytest.approx(0.5)
    # once, quick: (1 + 12.5) / 26 in all, then again its own one of one beside 25 of those
    first = 13.5 / 26
    assert counted.loc[(0, 0, 0), "share"] == pytest.approx((1 + 25 * first) / 26)
    assert counted.loc[(6, 0, 0), "share"] == counted.loc[(0, 0, 0), "share"]  # nobody was that late yet: what was seen before it


def test_expected_returns_follow_the_season_ahead():
    placed = cells([("a", 0.1, 30.0, 0, 0, 0, None), ("b", 9.0, 30.0, 0, 0, 0, None)])
    seen = pd.DataFrame({"bin": [0, 6], "times": [0, 0], "pace": [0, 0], "share": [0.36, 0.1]})
    found = expect_returns(placed, seen, ahead=45).execute().set_index("customer_id").return_90d
    assert found.to_dict() == {"a": pytest.approx(0.2), "b": pytest.approx(1 - 0.9**0.5)}  # half the time: 1 - sqrt(1 - .36) = .2
    assert expect_returns(placed, seen.iloc[:0], ahead=45).execute().return_90d.isna().all()


def test_reliability_counts_what_came():
    rows = [(f"a{i}", 0.1, day(30) if i < 2 else None) for i in range(10)] + [(f"b{i}", 0.9, day(31) if i < 1 else day(5)) for i in range(10)]
    expected = table(
        [dict(zip(("customer_id", "return_90d", "next_day"), row, strict=True)) for row in rows], customer_id="string", return_90d="float64", next_day="date"
    )
    found = count_reliability(expected, until=day(30), groups=2)
    assert found[["group", "predicted", "observed", "customers", "returned"]].values.tolist() == [[0, 0.1, 0.2, 10, 2], [1, pytest.approx(0.9), 0.9, 10, 9]]
    assert count_reliability(expected.filter(expected.return_90d > 2), until=day(30)).empty


def test_wilson_intervals():
    """Eight of ten: .4902 to .9433 (the textbook example of Agresti and Coull 1998 is of this kind); none of ten: 0 to .2775."""
    low, high = bound_share(pd.Series([8, 0]), pd.Series([10, 10]))
    assert low.tolist() == [pytest.approx(0.4902, abs=1e-4), 0]
    assert high.tolist() == [pytest.approx(0.9433, abs=1e-4), pytest.approx(0.2775, abs=1e-4)]
