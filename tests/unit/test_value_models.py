"""The models of buying against their textbook forms, numerical integrals and finite differences; and safe where those fail."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, special, stats

from analysis.models.value import lasting, spending
from analysis.models.value.fitting import fit_model, fit_spending
from analysis.models.value.models import MODELS
from analysis.models.value.states import make_states, thin

VALUES = {"bg_nbd": (0.243, 4.414, 0.793, 2.426), "mbg_nbd": (0.525, 6.183, 0.891, 1.614), "pareto_nbd": (0.553, 10.578, 0.606, 11.669)}
STATES = ((0, 0.0, 5.0), (1, 2.0, 30.0), (2, 30.43, 38.86), (9, 20.0, 38.0), (40, 37.5, 38.0))


def weigh_by_integral(name: str, x: int, t: float, end: float) -> float:
    """The likelihood of one customer as an integral over rate and chance (or rate) of leaving, from the story of the model alone."""
    r, alpha, c, d = VALUES[name]
    rate = stats.gamma(r, scale=1 / alpha)
    if name == "pareto_nbd":
        leaving = stats.gamma(c, scale=1 / d)

        def given(lam: float, mu: float) -> float:
            stays, leaves = math.exp(-(lam + mu) * end), mu / (lam + mu) * (math.exp(-(lam + mu) * t) - math.exp(-(lam + mu) * end))
            return lam**x * (stays + leaves)

    else:
        leaving, early = stats.beta(c, d), int(name == "mbg_nbd")

        def given(lam: float, p: float) -> float:
            left = p * (1 - p) ** (x + early - 1) * math.exp(-lam * t) if x + early > 0 else 0.0
            return lam**x * ((1 - p) ** (x + early) * math.exp(-lam * end) + left)

    # along the quantiles of both, squared towards zero where the densities are steep
    inner = [rate.ppf(u) for u in NODES]
    outer = [leaving.ppf(u) for u in NODES]
    return sum(w * v * given(lam, p) for lam, w in zip(inner, WEIGHTS, strict=True) for p, v in zip(outer, WEIGHTS, strict=True))


_ROOTS, _WEIGHTS = np.polynomial.legendre.leggauss(80)
_HALF = (_ROOTS + 1) / 2
NODES = _HALF**3 * (10 - 15 * _HALF + 6 * _HALF**2)  # flat at both ends
WEIGHTS = _WEIGHTS / 2 * 30 * _HALF**2 * (1 - _HALF) ** 2


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("state", STATES)
def test_the_likelihood_is_that_of_the_story(name, state):
    x, t, end = state
    frame = pd.DataFrame({"x": [x], "t_x": [t * 7], "T": [end * 7], "n": [1]})
    loglik, _ = MODELS[name].weigh(np.log(VALUES[name]), make_states(frame, scale=7.0))
    assert loglik == pytest.approx(math.log(weigh_by_integral(name, x, t, end)), abs=2e-3 if x < 40 else 0.1)


@pytest.mark.parametrize("name", VALUES)
def test_the_gradient_is_the_slope(name):
    frame = pd.DataFrame([(x, t * 7, end * 7, 3) for x, t, end in STATES], columns=["x", "t_x", "T", "n"])
    states, theta, weigh = make_states(frame, scale=10.0), np.log(VALUES[name]), MODELS[name].weigh
    slope = [(weigh(theta + step, states)[0] - weigh(theta - step, states)[0]) / 2e-5 for step in np.eye(4) * 1e-5]
    assert weigh(theta, states)[1] == pytest.approx(slope, rel=1e-6, abs=1e-6)


def test_the_gradient_of_money_is_the_slope():
    bought, mean, n = np.array([1.0, 2.0, 7.0]), np.array([10.0, 35.0, 21.0]), np.array([3.0, 1.0, 2.0])
    theta = np.log([6.25, 3.74, 15.44])
    slope = [(spending.weigh(theta + step, bought, mean, n)[0] - spending.weigh(theta - step, bought, mean, n)[0]) / 2e-5 for step in np.eye(3) * 1e-5]
    assert spending.weigh(theta, bought, mean, n)[1] == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("state", STATES)
def test_pareto_has_the_two_hypergeometric_forms(state):
    """P(alive) as in Fader and Hardie 2005, equation 2: alpha is below beta here, above it when the two are exchanged."""
    x, t, end = state
    for values in (VALUES["pareto_nbd"], (0.553, 15.0, 0.606, 11.669)):
        r, alpha, s, beta = values
        most, gap, other = max(alpha, beta), abs(alpha - beta), s + 1 if alpha >= beta else r + x

        def part(time: float, r=r, s=s, gap=gap, most=most, other=other) -> float:
            return special.hyp2f1(r + s + x, other, r + s + x + 1, gap / (most + time)) / (most + time) ** (r + s + x)

        odds = s / (r + s + x) * (alpha + end) ** (r + x) * (beta + end) ** s * (part(t) - part(end))
        assert lasting.measure_alive(values, *(np.array([float(value)]) for value in state))[0] == pytest.approx(1 / (1 + odds), rel=1e-9)


@pytest.mark.parametrize("x", [0, 3, 25])
def test_orders_ahead_are_those_of_the_textbook(x):
    """Equation 10 of Fader, Hardie and Lee 2005, given that the customer is alive, as it is printed."""
    r, alpha, a, b = VALUES["bg_nbd"]
    end, ahead = 38.86, 39.0
    printed = (a + b + x - 1) / (a - 1) * (
        1 - ((alpha + end) / (alpha + end + ahead)) ** (r + x) * special.hyp2f1(r + x, b + x, a + b + x - 1, ahead / (alpha + end + ahead))
    )  # fmt: skip
    assert MODELS["bg_nbd"].expect(VALUES["bg_nbd"], np.array([x]), np.array([end]), ahead)[0] == pytest.approx(printed, rel=1e-9)


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("values", [None, (0.8, 9.9, 1.0, 7.0), (3.0, 1.0, 12.0, 0.5), (50.0, 20.0, 1e-4, 2e4), (2.0, 5.0, 2e4, 5e4)], ids=str)
def test_expected_orders_are_the_sum_of_the_chances(name, values):
    """E[Y] = P(Y >= 1) + P(Y >= 2) + ...: two ways to one number, at usual and at odd parameters."""
    model, values, numbers = MODELS[name], values or VALUES[name], np.arange(1.0, 4001.0)
    for x, end in ((0, 5.0), (4, 20.0), (200, 60.0)):
        chances = model.exceed(values, numbers, np.full(4000, float(x)), np.full(4000, end), 26.0)
        assert (np.diff(chances) <= 1e-12).all()
        expected = model.expect(values, np.array([x]), np.array([end]), 26.0)[0]
        assert expected == pytest.approx(chances.sum(), rel=1e-3)


@pytest.mark.parametrize("name", VALUES)
def test_draws_are_those_of_the_model(name):
    drawn = MODELS[name].draw(VALUES[name], 4.0, 30.0, 26.0, 200_000, np.random.default_rng(1))
    assert drawn.mean() == pytest.approx(MODELS[name].expect(VALUES[name], np.array([4.0]), np.array([30.0]), 26.0)[0], rel=0.02)
    assert (drawn >= 1).mean() == pytest.approx(MODELS[name].exceed(VALUES[name], 1.0, np.array([4.0]), np.array([30.0]), 26.0)[0], abs=0.005)


@pytest.mark.parametrize("name", VALUES)
def test_a_buyer_with_a_hundred_thousand_orders_has_numbers(name):
    model, x, t, end = MODELS[name], np.array([1e5, 1e5]), np.array([1000.0, 900.0]), np.array([1000.0, 1000.0])
    alive, ahead = model.measure_alive(VALUES[name], x, t, end), model.expect(VALUES[name], x, end, 10.0)
    assert alive[0] > 0.99
    assert 0 <= alive[1] < 1e-12  # a hundred a week, and nothing for a hundred weeks
    assert (ahead > 500).all() and (ahead < 1000).all()
    frame = pd.DataFrame([(100_000, 7000, 7000, 1), *[(k % 5, 100 * (k % 5), 700, 20) for k in range(5)]], columns=["x", "t_x", "T", "n"])
    assert np.isfinite(fit_model(name, frame).values).all()


@pytest.mark.parametrize("name", VALUES)
def test_one_purchase_and_p_alive(name):
    """Under BG/NBD who bought once is there for ever; under the others the silence counts."""
    alive = MODELS[name].measure_alive(VALUES[name], np.zeros(2), np.zeros(2), np.array([1.0, 50.0]))
    assert (alive == 1).all() if name == "bg_nbd" else alive[1] < alive[0] < 1


@pytest.mark.parametrize("name", VALUES)
def test_states_with_weights_are_customers_one_by_one(name):
    rng = np.random.default_rng(7)
    end = rng.integers(5, 9, 400) * 50
    life = np.minimum(end, rng.exponential(200, 400))
    x = rng.poisson(rng.gamma(0.8, 1 / 60, 400) * life)
    last = np.where(x > 0, life * rng.random(400) ** (1 / np.maximum(x, 1)), 0)
    many = pd.DataFrame({"x": x, "t_x": np.ceil(last / 50).astype(int) * 50, "T": end})
    few = many.groupby(["x", "t_x", "T"], as_index=False).size().rename(columns={"size": "n"})
    assert len(few) < 200
    one, other = fit_model(name, many.assign(n=1)), fit_model(name, few)
    assert one.loglik == pytest.approx(other.loglik, rel=1e-9)
    assert one.values == pytest.approx(other.values, rel=1e-5)


@pytest.mark.parametrize("name", VALUES)
def test_the_unit_of_time_moves_the_times_only(name):
    frame = pd.DataFrame([(k % 4, 40 * (k % 4), 130 + 7 * k, 5) for k in range(20)], columns=["x", "t_x", "T", "n"])
    weeks, days = fit_model(name, frame), fit_model(name, frame, unit=1.0)
    times = MODELS[name].times
    assert [day / week for day, week in zip(days.values, weeks.values, strict=True)] == pytest.approx([7 if k in times else 1 for k in range(4)], rel=1e-6)
    assert days.loglik == pytest.approx(weeks.loglik - float(frame.n @ frame.x) * math.log(7), rel=1e-9)


def test_an_even_draw_keeps_the_shares():
    frame = pd.DataFrame({"x": range(1000), "n": 100})
    drawn = thin(frame, most=500)
    assert drawn.n.sum() == 500
    assert (drawn.n * drawn.x).sum() / 500 == pytest.approx(499.5, abs=1)
    assert thin(frame.head(3), most=500) is not drawn and thin(frame.head(3), most=500).n.sum() == 300


@pytest.mark.parametrize("frame", [[], [(0, 0, 0, 5)], [(3, 0, 0, 5)]])
def test_nothing_to_learn_from_is_said_and_not_raised(frame):
    for name in VALUES:
        assert fit_model(name, pd.DataFrame(frame, columns=["x", "t_x", "T", "n"])).trouble == "not_finite"


@pytest.mark.parametrize(("rows", "trouble"), [([], "not_finite"), ([(1, 5.0, 1)], "not_finite"), ([(1, 5.0, 10), (2, 5.0, 10)], "boundary")])
def test_money_that_does_not_vary_is_said_and_not_raised(rows, trouble):
    assert fit_spending(pd.DataFrame(rows, columns=["paid_x", "mean", "n"])).trouble == trouble


def test_the_correlation_is_that_of_the_logarithms():
    frame = pd.DataFrame({"paid_x": [1, 2, 4, 8], "mean": [10.0, 30.0, 20.0, 50.0], "n": [2, 1, 1, 3]})
    each = frame.loc[frame.index.repeat(frame.n)]
    assert spending.correlate(frame) == pytest.approx(np.corrcoef(np.log(each.paid_x), np.log(each["mean"]))[0, 1])
    low, high = spending.bound_correlation(0.5, 103)  # atanh(0.5) = 0.5493, 1.96 / 10 = 0.196
    assert (low, high) == pytest.approx((math.tanh(0.5493061 - 0.1959964), math.tanh(0.5493061 + 0.1959964)), abs=1e-6)


def test_the_moment_of_leaving_is_integrated_right():
    """A heavy buyer, where the difference of two 2F1 has lost its digits: against an adaptive integral on the logarithmic scale."""
    r, alpha, s, beta = values = (0.553, 10.578, 0.606, 11.669)
    x, t, end = 3000.0, 35.0, 38.0

    def shape(u: float) -> float:
        return math.exp(-(r + x) * math.log((alpha + u) / (alpha + t)) - (s + 1) * math.log((beta + u) / (beta + t)))

    inside, _ = integrate.quad(shape, t, end, epsabs=0, epsrel=1e-12)
    gone = math.log(s) + s * math.log(beta) - (r + x) * math.log(alpha + t) - (s + 1) * math.log(beta + t) + math.log(inside)
    still = -(r + x) * math.log(alpha + end) + s * math.log(beta / (beta + end))
    alive = lasting.measure_alive(values, np.array([x]), np.array([t]), np.array([end]))[0]
    assert math.log(alive) == pytest.approx(still - gone, rel=1e-9)
