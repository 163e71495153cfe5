"""Occasions counted by hand, and every customer's future in the engine as plain numpy has it."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from scipy import integrate

from analysis.engine import open_engine
from analysis.models.value import assigning, averages, occasions
from analysis.models.value.assigning import Money
from analysis.models.value.fitting import Fit
from analysis.models.value.models import MODELS
from shops import open_shop, rules, table

DAY = dt.date(2024, 1, 1)
VALUES = {"bg_nbd": (0.243, 4.414, 0.793, 2.426), "mbg_nbd": (0.525, 6.183, 0.891, 1.614), "pareto_nbd": (0.553, 10.578, 0.606, 11.669)}
FITS = {name: Fit(name, MODELS[name].names, values, (0.1,) * 4, -1.0, 100) for name, values in VALUES.items()}
GAMMA = Fit("gamma_gamma", ("p", "q", "v"), (6.25, 3.74, 15.44), (0.1,) * 3, -1.0, 100, 1.0)
SUMMARY = {"customer_id": "string", "first_day": "date", "x": "int64", "t_x": "int64", "T": "int64", "paid_x": "int64", "paid": "decimal(38,4)"}


def _orders(*rows):
    kinds = {"customer_id": "string", "order_key": "string", "day": "date", "amount": "decimal(38,4)", "counts": "boolean"}
    made = [
        {"customer_id": who, "order_key": str(k), "day": DAY + dt.timedelta(days=day), "amount": Decimal(money), "counts": counts}
        for k, (who, day, money, counts) in enumerate(rows)
    ]
    return table(made, **kinds)


def _states(rows):
    made = [
        {"customer_id": f"c{k}", "first_day": DAY, "x": x, "t_x": t, "T": end, "paid_x": paid_x, "paid": Decimal(paid)}
        for k, (x, t, end, paid_x, paid) in enumerate(rows)
    ]
    return table(made, **SUMMARY)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return open_engine(tmp_path_factory.mktemp("scratch"))


STATES = [(0, 0, 30, 0, 0), (0, 0, 0, 0, 0), (1, 12, 272, 1, 20), (2, 213, 272, 2, 44), (9, 300, 364, 8, 250), (250, 350, 364, 250, 9000)]


def test_occasions_are_days_with_something_left():
    orders = _orders(
        ("a", 0, "10", True), ("a", 0, "5", True), ("a", 7, "0", True), ("a", 9, "8", False), ("a", 20, "30", True), ("a", 40, "99", True),
        ("b", 3, "0", True), ("b", 5, "12", True), ("c", 31, "50", True), ("d", 2, "6", False),
    )  # fmt: skip
    days = occasions.list_occasions(orders)
    end = DAY + dt.timedelta(days=30)
    found = {row.customer_id: (row.x, row.t_x, row.T, row.paid_x, row.paid) for row in occasions.summarise(days, end=end).execute().itertuples()}
    # a: days 0 (15 in two orders), 7 (nothing paid) and 20; day 9 was taken back, day 40 comes after the end. b: day 3 (nothing paid, the first) and 5
    assert found == {"a": (2, 20, 30, 1, Decimal(30)), "b": (1, 2, 27, 1, Decimal(12))}
    spent = occasions.count_spending(occasions.summarise(days, end=end))
    assert spent.to_dict("records") == [{"paid_x": 1, "mean": 12.0, "n": 1}, {"paid_x": 1, "mean": 30.0, "n": 1}]


def test_an_order_taken_back_makes_no_occasion(tmp_path):
    """Through the whole cleaning: the second order is returned, the third is a gift, and two orders over midnight are two days."""
    lines = [
        ("ann", "2024-01-01 10:00", "1", "A", 1, "10.00"), ("ann", "2024-02-01 10:00", "2", "B", 1, "20.00"), ("ann", "2024-02-03 10:00", "3", "B", -1, "20.00"),
        ("ann", "2024-03-01 23:59", "4", "C", 1, "0.00"), ("ann", "2024-03-02 00:01", "5", "A", 2, "15.00"), ("bob", "2024-03-10 10:00", "6", "A", 1, "10.00"),
    ]  # fmt: skip
    opened = open_shop(tmp_path, lines, cleaning=rules(price="keep"))
    ann = opened.get("value_summary").execute().set_index("customer_id").loc["ann"]
    assert (ann.x, ann.t_x, ann["T"], ann.paid_x, ann.paid) == (2, 61, 69, 1, Decimal(30))


@pytest.mark.parametrize("name", FITS)
def test_the_engine_says_what_numpy_says(name, engine):
    fit, model = FITS[name], MODELS[name]
    money = Money(GAMMA, 30.0)
    found = assigning.assign(_states(STATES), fit, money, engine=engine, rate=0.1, horizons=(730,)).execute().set_index("customer_id").sort_index()
    p, q, v = GAMMA.values
    for k, (x, t, end, paid_x, paid) in enumerate(STATES):
        row = found.loc[f"c{k}"]
        state = [np.array([value / unit]) for value, unit in ((x, 1), (t, 7), (end, 7))]
        alive = model.measure_alive(fit.values, *state)[0]
        assert row.p_alive == pytest.approx(alive, rel=1e-9)
        for days in (30, 60, 90):
            assert row[f"expected_orders_{days}d"] == pytest.approx(alive * model.expect(fit.values, state[0], state[2], days / 7)[0], rel=1e-9)
            assert row[f"p_order_{days}d"] == pytest.approx(alive * model.exceed(fit.values, 1.0, state[0], state[2], days / 7)[0], rel=1e-9)
        each = p * (v + paid) / (p * paid_x + q - 1)  # Fader and Hardie 2013, equation 5
        for days in (365, 730):
            assert row[f"clv_{days}d"] == pytest.approx(alive * each * _discount(model, fit, state, days), rel=1e-4)
        assert 0 <= row.clv_low <= row.clv_365d <= row.clv_high


def _discount(model, fit, state, days: float) -> float:
    """Day by day: the orders of each day, discounted to its middle."""
    edges = np.arange(0, days + 1.0)
    total = model.expect(fit.values, np.repeat(state[0], len(edges)), np.repeat(state[2], len(edges)), edges / 7)
    return float(np.diff(total) @ 1.1 ** (-(edges[:-1] + 0.5) / 365))


@pytest.mark.parametrize("name", FITS)
def test_states_are_told_a_batch_at_a_time(name, engine, monkeypatch):
    def assign():
        made = assigning.assign(_states(STATES * 2), FITS[name], Money(GAMMA, 30.0), engine=engine, rate=0.1).execute()
        return made.sort_values("customer_id", ignore_index=True)

    whole = assign()
    monkeypatch.setattr(assigning, "BATCH", 1)
    pd.testing.assert_frame_equal(assign(), whole, rtol=1e-12)


def test_without_discount_the_money_is_orders_times_money(engine):
    fit = FITS["mbg_nbd"]
    row = assigning.assign(_states(STATES[3:4]), fit, Money(None, 30.0), engine=engine, rate=0.0, days=90).execute().iloc[0]
    assert row.clv_90d == pytest.approx(row.expected_orders_90d * (44 + 30) / 3)  # own two orders and one more of the mean


@pytest.mark.parametrize("name", FITS)
def test_the_interval_holds_the_share_of_futures_that_it_says(name, engine):
    """Futures made up afresh, customer by customer: about four in five lie inside, never fewer; more where most bring nothing."""
    fit, model, rng = FITS[name], MODELS[name], np.random.default_rng(5)
    p, q, v = GAMMA.values
    for state in ((9, 300, 364, 9, 250), (30, 360, 364, 30, 900), (2, 213, 272, 2, 44)):
        row = assigning.assign(_states([state]), fit, Money(GAMMA, 30.0), engine=engine, rate=0.0, interval=0.8).execute().iloc[0]
        x, t, end, paid_x, paid = state
        alive = rng.random(40_000) < model.measure_alive(fit.values, np.array([float(x)]), np.array([t / 7]), np.array([end / 7]))[0]
        bought = np.where(alive, model.draw(fit.values, float(x), end / 7, 365 / 7, 40_000, rng), 0)
        brought = np.where(bought > 0, rng.gamma(np.maximum(p * bought, 1e-9)) / rng.gamma(p * paid_x + q, 1, 40_000) * (v + paid), 0)
        inside = ((brought >= row.clv_low - 1e-9) & (brought <= row.clv_high)).mean()
        assert 0.77 <= inside <= (0.83 if row.clv_low > 0 else 0.93)
        assert brought.std() == pytest.approx(row.clv_spread, rel=0.15)


def test_the_discount_is_that_of_an_integral():
    fit, model = FITS["bg_nbd"], MODELS["bg_nbd"]
    x, end = np.array([3.0]), np.array([200.0])

    def flow(day: float) -> float:
        late, early = (model.expect(fit.values, x, end / 7, (day + step) / 7)[0] for step in (0.01, -0.01))
        return (late - early) / 0.02 * 1.25 ** (-day / 365)

    expected, _ = integrate.quad(flow, 0.01, 365)
    assert assigning.discount_orders(fit, x, end, days=365, rate=0.25)[0] == pytest.approx(expected, rel=1e-3)


def test_averages_are_those_of_customers_with_as_many_orders():
    """Ninety days before the end, four had come once (of whom one came again, twice, for 30 in all) and one had come twice (and came again once, for 10)."""
    rows = [(who, 0, "5", True) for who in "abcd"] + [("e", 0, "5", True), ("e", 50, "5", True)]
    rows += [("a", 120, "10", True), ("a", 180, "20", True), ("e", 195, "10", True), ("new", 190, "7", True)]
    days = occasions.list_occasions(_orders(*rows))
    end = DAY + dt.timedelta(days=200)
    found = averages.assign_averages(days, occasions.summarise(days, end=end), end=end, rate=0.0, horizons=(180,)).execute().set_index("customer_id")
    assert found.loc["b", "expected_orders_90d"] == pytest.approx(2 / 4)  # b came once, as had a to d ninety days before
    assert found.loc["b", "expected_orders_30d"] == pytest.approx(2 / 4 / 3)
    assert found.loc["b", "p_order_90d"] == pytest.approx(1 / 4)
    assert found.loc["b", "p_order_30d"] == pytest.approx(1 / 4)  # day 120 is the tenth of the ninety
    assert found.loc["b", "clv_365d"] == pytest.approx(30 / 4 / 90 * 365)
    assert found.loc["b", "clv_180d"] == pytest.approx(30 / 4 / 90 * 180)
    assert found.loc["e", "expected_orders_90d"] == pytest.approx(1)  # e came three times in all; nobody had then, so those with the next fewer speak
    assert found.loc["new", "clv_365d"] == found.loc["b", "clv_365d"]


def test_last_year_is_taken_as_it_was():
    kinds = {"customer_id": "string", "recent": "decimal(38,4)", "spent": "decimal(38,4)"}
    past = table([{"customer_id": f"p{k}", "recent": Decimal(100), "spent": Decimal(k)} for k in range(11)], **kinds)
    now = table([{"customer_id": "a", "recent": Decimal(100), "spent": Decimal(0)}, {"customer_id": "b", "recent": Decimal(0), "spent": Decimal(0)}], **kinds)
    made = table([{"customer_id": who, "p_alive": 0.5, "clv_365d": 1.0, "clv_low": 0.0, "clv_high": 2.0, "clv_spread": 1.0} for who in "ab"],
                 customer_id="string", p_alive="float64", clv_365d="float64", clv_low="float64", clv_high="float64", clv_spread="float64")  # fmt: skip
    found = averages.assign_recent(made, now, past, days=73, interval=0.8, rate=0.0, horizons=(730,)).execute().set_index("customer_id")
    # of those who had spent like a, the middle eight in ten brought 1 to 9 in 73 days, a fifth of a year; its interval reaches to what is expected
    assert found.loc["a", ["p_alive", "clv_365d", "clv_730d", "clv_low", "clv_high"]].tolist() == pytest.approx([0.5, 100, 200, 5, 100])
    assert found.loc["b", ["clv_365d", "clv_low", "clv_high"]].tolist() == [0, 0, 0]


def test_customers_who_are_equal_get_equal_numbers(engine):
    money = Money(GAMMA, 30.0)
    twice = pd.concat([assigning.assign(_states(STATES[k : k + 1] * 3), FITS["bg_nbd"], money, engine=engine, rate=0.1).execute() for k in (2, 4)])
    numbers = twice.drop(columns="customer_id")
    assert (numbers.groupby("clv_365d").nunique() == 1).all().all()
    assert len(numbers.drop_duplicates()) == 2
