"""The trial on the past, the ladder and the sums of the base, worked out by hand."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from analysis.config import parse_config
from analysis.errors import ConfigurationError
from analysis.models.value import holdout, ladder, study, worth
from analysis.models.value.fitting import Fit
from analysis.models.value.ladder import Trial
from analysis.models.value.models import MODELS
from analysis.recipes.opened import Opened
from shops import look, open_shop, table

DAY = dt.date(2024, 1, 1)
VALUES = {"bg_nbd": (0.243, 4.414, 0.793, 2.426), "mbg_nbd": (0.525, 6.183, 0.891, 1.614), "pareto_nbd": (0.553, 10.578, 0.606, 11.669)}
FITS = {name: Fit(name, MODELS[name].names, values, (0.1,) * 4, -100.0, 100) for name, values in VALUES.items()}
SUMMARY = {"customer_id": "string", "first_day": "date", "x": "int64", "t_x": "int64", "T": "int64"}


def _days(*rows):
    kinds = {"customer_id": "string", "day": "date", "amount": "decimal(38,4)"}
    return table([{"customer_id": who, "day": DAY + dt.timedelta(days=day), "amount": Decimal(money)} for who, day, money in rows], **kinds)


def _counted(*rows):
    return pd.DataFrame(rows, columns=["x", "t_x", "T", "y", "n"])


def test_a_share_of_the_days_is_held_out_and_never_more_than_a_year():
    assert holdout.split(DAY, DAY + dt.timedelta(days=400), share=0.25) == DAY + dt.timedelta(days=300)
    assert holdout.split(DAY, DAY + dt.timedelta(days=4000), share=0.5) == DAY + dt.timedelta(days=3635)
    assert holdout.split(DAY, DAY + dt.timedelta(days=400), share=0.25, since=dt.date(2024, 2, 2)) == dt.date(2024, 2, 2)


def test_outcomes_are_what_came_between_the_split_and_the_end():
    days = _days(("a", 0, 10), ("a", 100, 20), ("a", 101, 5), ("a", 130, 7), ("a", 131, 99), ("b", 60, 4), ("b", 400, 1))
    people = [{"customer_id": who, "first_day": DAY, "x": 1, "t_x": 0, "T": 100} for who in "abc"]
    found = holdout.join_outcomes(table(people, **SUMMARY), days, start=DAY + dt.timedelta(days=100), end=DAY + dt.timedelta(days=130)).execute()
    assert found.set_index("customer_id")[["y", "spent", "recent"]].T.to_dict("list") == {"a": [2, 12, 30], "b": [0, 0, 4], "c": [0, 0, 0]}


def test_errors_are_weighted_by_customers():
    errors = holdout.measure_errors(_counted((0, 0, 10, 0, 3), (1, 5, 10, 2, 1)), np.array([0.5, 1.0]))
    assert errors == pytest.approx({"mae": (3 * 0.5 + 1) / 4, "rmse": ((3 * 0.25 + 1) / 4) ** 0.5, "actual": 2, "expected": 2.5})


@pytest.mark.parametrize("name", FITS)
def test_what_came_is_weighed_by_its_chance(name):
    """The chances of 0, 1, 2 ... orders sum to one, and the score is the mean of their logarithms."""
    model, values = MODELS[name], VALUES[name]
    chances = [np.exp(holdout.weigh_outcomes(_counted((2, 100, 270, y, 5)), FITS[name], days=70)) for y in range(60)]
    assert sum(chances) == pytest.approx(1, abs=1e-6)
    x, t, end = np.array([2.0]), np.array([100 / 7]), np.array([270 / 7])
    none = 1 - model.measure_alive(values, x, t, end) * model.exceed(values, 1.0, x, end, 10.0)
    assert chances[0] == pytest.approx(none[0])
    mixed = holdout.weigh_outcomes(_counted((2, 100, 270, 0, 3), (2, 100, 270, 4, 1)), FITS[name], days=70)
    assert mixed == pytest.approx((3 * np.log(chances[0]) + np.log(chances[4])) / 4)


@pytest.mark.parametrize("name", FITS)
def test_classes_of_frequency_are_those_of_made_up_buyers(name):
    rng, model, values = np.random.default_rng(3), MODELS[name], VALUES[name]
    counted = _counted((0, 0, 140, 0, 4), (3, 100, 140, 0, 3), (12, 100, 280, 0, 3))
    found = holdout.compare_frequencies(counted, FITS)
    assert found.actual.tolist() == [4, 0, 0, 3, 0, 0, 0, 3]
    assert found[name].sum() == pytest.approx(10)
    stays = rng.random(200_000) < model.stay_at_first(values)
    expected = np.zeros(8)
    for weeks, customers in ((20.0, 7), (40.0, 3)):
        bought = np.where(stays, model.draw(values, 0.0, 0.0, weeks, 200_000, rng), 0)
        expected += customers * np.bincount(np.minimum(bought, 7), minlength=8) / 200_000
    assert found[name].to_numpy() == pytest.approx(expected, abs=0.03)


def test_conditions_are_means_by_repeat_purchases():
    counted = _counted((0, 0, 10, 0, 3), (0, 0, 10, 2, 1), (7, 5, 10, 4, 1), (9, 5, 10, 8, 1))
    found = holdout.compare_conditions(counted, {"expected": np.array([0.4, 0.8, 5.0, 6.0])})
    assert found[["x", "customers", "actual", "expected"]].to_numpy().tolist() == [[0, 4, 0.5, 0.5], [7, 2, 6.0, 5.5]]
    assert found.error.tolist() == pytest.approx([(3 * 0.25 + 2.25) ** 0.5 / 4, 8**0.5 / 2])  # of the mean


def test_the_curve_follows_whole_weeks_from_the_first_day():
    """Two came on day 0 and one on day 10; the split is on day 20, the end on day 30: four whole weeks, and two days over."""
    days = _days(("a", 0, 1), ("a", 6, 1), ("a", 7, 1), ("a", 29, 1), ("b", 0, 1), ("b", 14, 1), ("c", 10, 1), ("c", 22, 1), ("late", 25, 1), ("late", 26, 1))
    people = [("a", 0, 2, 7, 20), ("b", 0, 1, 14, 20), ("c", 10, 0, 0, 10)]
    summary = table([{"customer_id": w, "first_day": DAY + dt.timedelta(days=d), "x": x, "t_x": t, "T": e} for w, d, x, t, e in people], **SUMMARY)
    counted = _counted((0, 0, 10, 1, 1), (1, 14, 20, 0, 1), (2, 7, 20, 1, 1))
    fit = FITS["pareto_nbd"]
    found = holdout.track(days, summary, counted, fit, start=DAY + dt.timedelta(days=20), end=DAY + dt.timedelta(days=30))
    assert found.actual.tolist() == [1, 1, 1, 1]  # day 6, day 7, day 14, day 22; 29 lies in the week that is not over
    assert found.is_held_out.tolist() == [False, False, False, True]
    r, alpha, s, beta = VALUES["pareto_nbd"]

    def grown(days: float) -> float:
        return r * beta / (alpha * (s - 1)) * (1 - (beta / (beta + days / 7)) ** (s - 1)) if days > 0 else 0.0

    assert found.expected_sum.tolist() == pytest.approx([2 * grown(end) + grown(end - 10) for end in (6, 13, 20, 27)])
    assert found.week.tolist() == [DAY + dt.timedelta(days=end) for end in (6, 13, 20, 27)]


def test_customers_with_one_forecast_share_what_they_brought():
    """Ten customers: one named first brought 50, four named next 10 each, five not named at all 2 each."""
    rows = [(9.0, 50)] + [(3.0, 10)] * 3 + [(3.001, 10)] + [(0.0, 2)] * 5
    made = table([{"customer_id": str(k), "said": said, "spent": Decimal(spent)} for k, (said, spent) in enumerate(rows)], customer_id="string", said="float64",
                 spent="decimal(38,4)")  # fmt: skip
    found = holdout.measure_capture(made, "said")
    assert found.money_share.tolist() == pytest.approx([0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.92, 0.94, 0.96, 0.98, 1])
    assert found.lift.iloc[1:3].tolist() == pytest.approx([5, 1])


def _forecasts(model, last_year):
    rows = [
        {"customer_id": str(k), "spent": Decimal(spent), "model": float(m), "last_year": float(y), "rfm_score": 15 - k, "clv_low": 0.0, "clv_high": float(m)}
        for k, (spent, m, y) in enumerate(zip((100, 50, 0, 0, 0), model, last_year, strict=True))
    ]
    return table(
        rows, customer_id="string", spent="decimal(38,4)", model="float64", last_year="float64", rfm_score="int64", clv_low="float64", clv_high="float64"
    )


def test_a_forecast_is_held_against_what_is_known_anyway():
    errors, lift = study.compare_forecasts(_forecasts((90, 60, 0, 0, 0), (0, 200, 10, 0, 0)))
    rows = errors.set_index("forecast")
    assert rows.loc["model", ["mae", "expected", "actual", "top_fifth", "inside"]].tolist() == pytest.approx([4, 150, 150, 100 / 150, 0.8])
    assert rows.loc["last_year", ["mae", "expected", "top_fifth"]].tolist() == pytest.approx([(100 + 150 + 10) / 5, 210, 50 / 150])
    assert rows.loc["model", "lift"] == pytest.approx(100 / 150 * 5)  # of five customers the first half of the first
    assert rows.loc["rfm_score", "top_fifth"] == pytest.approx(100 / 150) and np.isnan(rows.loc["rfm_score", "mae"])
    assert not study.is_beaten(errors)
    assert set(lift.forecast) == {"model", "last_year", "rfm_score"}


@pytest.mark.parametrize(
    ("model", "last_year", "beaten"),
    [((0, 60, 90, 0, 0), (90, 60, 0, 0, 0), True), ((0, 60, 90, 0, 0), (900, 60, 0, 0, 0), False), ((90, 60, 0, 0, 200), (90, 60, 9, 0, 0), True)],
    ids=["worse in both", "nearer, though", "by one customer"],
)
def test_who_is_worse_in_both_figures_is_beaten(model, last_year, beaten):
    assert study.is_beaten(study.compare_forecasts(_forecasts(model, last_year))[0]) is beaten


def _trial(model, score, trouble=""):
    return Trial(model, trouble, score, 1.0, 1.0, 1.0, 1.0)


def _climb(fits, trials=(), *, wanted="auto", lack=""):
    found = ladder.climb(fits, trials, wanted=wanted, lack=lack, customers=5, repeaters=3, days=9)
    return found.rung, [(step.rung, step.outcome, step.reason) for step in found.steps]


def test_the_model_that_told_the_held_out_days_best_speaks():
    trials = [_trial("bg_nbd", -1.2), _trial("mbg_nbd", -1.1), _trial("pareto_nbd", -1.0)]
    assert _climb(FITS, trials) == ("pareto_nbd", [("pareto_nbd", "taken", "holdout")])
    assert _climb(FITS, [*trials[:2], _trial("pareto_nbd", -1.0, "not_converged")])[0] == "mbg_nbd"


def test_without_held_out_days_the_likelihood_decides():
    fits = FITS | {"bg_nbd": Fit("bg_nbd", (), (1.0,) * 4, (1.0,) * 4, -90.0, 100)}
    assert _climb(fits) == ("bg_nbd", [("bg_nbd", "taken", "likelihood")])


def test_the_ladder_goes_down_and_says_why():
    broken = {name: Fit(name, (), (np.nan,) * 4, (np.inf,) * 4, np.nan, 9, trouble="not_converged") for name in FITS}
    trials = [_trial("pareto_nbd", -1.0), _trial("bg_nbd", -2.0), _trial("mbg_nbd", -3.0)]
    assert _climb(broken | {"bg_nbd": FITS["bg_nbd"]}, trials) == ("bg_nbd", [("pareto_nbd", "rejected", "not_converged"), ("bg_nbd", "taken", "fallback")])
    rung, steps = _climb(broken, trials)
    assert (rung, steps[-1]) == ("cohort_average", ("cohort_average", "taken", "no_model"))
    assert [step[0] for step in steps[:-1]] == ["pareto_nbd", "bg_nbd", "mbg_nbd"]
    assert _climb(broken | {"mbg_nbd": FITS["mbg_nbd"]}, wanted="bg_nbd") == (
        "mbg_nbd",
        [("bg_nbd", "rejected", "not_converged"), ("mbg_nbd", "taken", "fallback")],
    )
    assert _climb({}, lack="few_days") == ("declined", [("declined", "taken", "few_days")])


def test_too_little_is_said_in_order():
    least = {"least_customers": 100, "least_repeaters": 30, "least_days": 90}
    assert [ladder.find_lack(*have, **least) for have in ((99, 0, 0), (100, 29, 0), (100, 30, 89), (100, 30, 90))] == [
        "few_customers",
        "few_repeaters",
        "few_days",
        "",
    ]


def test_money_that_goes_with_the_number_of_orders_is_not_gamma_gamma():
    rng = np.random.default_rng(2)
    bought = 1 + rng.poisson(3, 500)
    size = rng.gamma(4, 10, 500)
    loose, tied = (pd.DataFrame({"paid_x": bought, "mean": size * bought**power, "n": 1}) for power in (0, 1))
    assert ladder.price(loose, limit=0.3)[0].fit is not None
    money, correlation, (low, high) = ladder.price(tied, limit=0.3)
    assert (money.fit, money.reason) == (None, "correlated")
    assert low < correlation < high and low > 0.3


def test_groups_are_added_up_with_intervals_around_them():
    kinds = {"customer_id": "string", "segment": "string", "clv_365d": "float64", "clv_spread": "float64", "p_alive": "float64", "p_order_90d": "float64",
             "expected_orders_90d": "float64", "monetary": "decimal(38,4)"}  # fmt: skip
    rows = [("loyal", 100.0, 100.0, 0.9)] * 50 + [("loyal", 0.0, 5.0, 0.1)] * 50 + [("new", 10.0, 8.0, None)] * 4
    made = table([{"customer_id": str(k), "segment": g, "clv_365d": c, "clv_spread": s, "p_alive": a, "p_order_90d": 0.4, "expected_orders_90d": 0.5,
                   "monetary": Decimal(7)} for k, (g, c, s, a) in enumerate(rows)], **kinds)  # fmt: skip
    found = worth.total_groups(made, "segment", draws=2000, seed=1, order=("new", "loyal", "empty")).set_index("group")
    assert found.index.tolist() == ["new", "loyal"]
    assert found.loc["loyal", ["customers", "monetary", "orders_90d", "value", "at_risk"]].tolist() == pytest.approx([100, 700, 50, 5000, 5000 * 0.1])
    assert found.loc["new", "at_risk"] == pytest.approx(40 * 0.6)  # no P(alive): one less the chance of an order
    # drawn again: 100 customers of whom half bring 100, and the scatter of their futures
    spread = (100 * 50**2 + 50 * 100**2 + 50 * 5**2) ** 0.5
    assert found.loc["loyal", "low"] == pytest.approx(5000 - 1.645 * spread, rel=0.03)
    assert found.loc["loyal", "high"] == pytest.approx(5000 + 1.645 * spread, rel=0.03)
    again = worth.total_groups(made, "segment", draws=2000, seed=1, order=("new", "loyal")).set_index("group")
    pd.testing.assert_frame_equal(found, again)


def test_effort_and_value_are_shares():
    totals = pd.DataFrame({"group": ["a", "b"], "customers": [25, 75], "value": [300.0, 100.0]})
    equal, told = worth.allocate(totals, {}), worth.allocate(totals, {"a": 1, "b": 1})
    assert equal[["effort_share", "value_share", "gap", "value_each"]].to_numpy().tolist() == [[0.25, 0.75, 0.5, 12.0], [0.75, 0.25, -0.5, 100 / 75]]
    assert told.effort_share.tolist() == [0.5, 0.5]


def _shop(tmp_path, **value) -> Opened:
    lines = [(f"c{k:03d}", DAY + dt.timedelta(days=k % 90 + step * (17 + k % 23)), f"{9 + k % 5}.00", "4.00") for k in range(150) for step in range(1 + k % 5)]
    columns = {"customer_id": "customer", "ordered_at": "day", "amount": "money", "cost": "cost"}
    return open_shop(tmp_path, lines, columns=columns, value=value)


def test_margin_is_money_less_cost_and_horizons_are_columns(tmp_path):
    net, margin = _shop(tmp_path / "net", horizons=[730]), _shop(tmp_path / "margin", money="margin")
    day = net.get("value_occasions").execute().merge(margin.get("value_occasions").execute(), on=["customer_id", "day"])
    assert set(day.amount_x - day.amount_y) == {Decimal(4)}
    columns = look(net, "customer_value").columns.tolist()
    assert columns[:12] == ["customer_id", "p_alive", "expected_orders_30d", "expected_orders_60d", "expected_orders_90d", "p_order_30d", "p_order_60d", "p_order_90d",
                            "clv_365d", "clv_low", "clv_high", "clv_spread"]  # fmt: skip
    assert columns[12:] == ["rung", "clv_730d"]


def test_what_cannot_be_is_said_in_words(tmp_path):
    with pytest.raises(ConfigurationError, match="cost"):
        open_shop(tmp_path, [("a", "2024-01-01", "1", "A", 1, "2.00")], value={"money": "margin"}).get("value_occasions")
    with pytest.raises(ConfigurationError, match="holdout_from is 2030-01-01"):
        _shop(tmp_path / "late", holdout_from="2030-01-01").get("value_study")
    with pytest.raises(ConfigurationError, match="heroes"):
        _shop(tmp_path / "effort", effort={"heroes": 1}).get("value_effort")
    with pytest.raises(ConfigurationError, match="horizons"):
        parse_config({"name": "x", "inputs": {}, "value": {"horizons": [365]}}, tmp_path)


def test_where_no_model_can_be_fitted_averages_speak(tmp_path):
    """All the way to the table: nothing to go by but what customers with as many orders did."""
    opened = _shop(tmp_path)
    opened.built["value_fits"] = {name: Fit(name, (), (np.nan,) * 4, (np.inf,) * 4, np.nan, 150, trouble="not_converged") for name in MODELS}
    value = look(opened, "customer_value")
    assert set(value.rung) == {"cohort_average"}
    assert value[["p_alive", "clv_low", "clv_high"]].isna().all().all()
    assert (value[["clv_365d", "expected_orders_90d", "p_order_90d"]].astype(float) >= 0).all().all()
    base = opened.get("value_base").iloc[0]
    assert (base.rung, base.reason) == ("cohort_average", "no_model")
    assert base.at_risk == pytest.approx((value.clv_365d * (1 - value.p_order_90d)).sum(), abs=0.01)
    assert opened.get("value_tracking").empty and opened.get("value_forecast_errors").empty


def test_the_configuration_can_choose_the_model_and_the_day(tmp_path):
    opened = _shop(tmp_path, model="bg_nbd", holdout_from="2024-04-10", discount=0.0)
    assert opened.get("value_ladder").rung == "bg_nbd"
    assert opened.get("value_steps").iloc[-1].reason in ("configured", "boundary")
    assert opened.get("value_study").start == dt.date(2024, 4, 10)
