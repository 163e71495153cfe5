"""Buyers made up from each model: the parameters that they were made from are found again, within their standard errors."""

import random

import numpy as np
import pandas as pd
import pytest

from analysis.models.value.fitting import fit_model, fit_spending
from analysis.models.value.models import MODELS
from shops import look, make_lines, open_shop, rules

SEEDS = range(1, 21)
LEAST = 17  # of twenty seeds, fixed beforehand: two standard errors hold 95 of 100, and 17 or more of 20 come in 98 of 100 such trials
BUYERS = 2500
WEEKS = 78.0
TRUTHS = {"bg_nbd": (0.9, 6.0, 0.8, 2.5), "mbg_nbd": (0.9, 6.0, 0.8, 2.5), "pareto_nbd": (0.9, 6.0, 0.8, 12.0)}
SPENDING = (5.0, 3.5, 18.0)


def make_buyers(name: str, seed: int, buyers: int = BUYERS) -> pd.DataFrame:
    """Let buyers buy purchase by purchase: x, t_x, T in days, one row each, and whether they are still there at the end."""
    rng = np.random.default_rng(seed)
    r, alpha, c, d = TRUTHS[name]
    rate, end = rng.gamma(r, 1 / alpha, buyers), rng.uniform(13, WEEKS, buyers)
    if name == "pareto_nbd":
        leaves, chance = rng.exponential(1 / rng.gamma(c, 1 / d, buyers)), np.zeros(buyers)
    else:
        leaves, chance = np.full(buyers, np.inf), rng.beta(c, d, buyers)
    there = rng.random(buyers) >= chance if name == "mbg_nbd" else np.ones(buyers, bool)
    x, last, now = np.zeros(buyers, int), np.zeros(buyers), np.zeros(buyers)
    buying = there.copy()
    while buying.any():
        now = np.where(buying, now + rng.exponential(1, buyers) / rate, now)
        buying &= (now <= end) & (now <= leaves)
        x, last = x + buying, np.where(buying, now, last)
        gone = buying & (rng.random(buyers) < chance)
        there, buying = there & ~gone, buying & ~gone
    return pd.DataFrame({"x": x, "t_x": last * 7, "T": end * 7, "n": 1, "there": there & (leaves > end)})


@pytest.mark.parametrize("name", TRUTHS)
def test_parameters_are_found_again(name):
    inside = np.zeros(4, int)
    for seed in SEEDS:
        fit = fit_model(name, make_buyers(name, seed))
        assert fit.trouble == ""
        off = np.log(np.array(fit.values) / TRUTHS[name])
        inside += np.abs(off) <= 2 * np.array(fit.errors) / fit.values
    assert inside.min() >= LEAST, dict(zip(MODELS[name].names, inside, strict=True))


def test_spending_is_found_again():
    inside, (p, q, v) = np.zeros(3, int), SPENDING
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        bought = 1 + rng.poisson(2, BUYERS)
        mean = rng.gamma(p * bought) / rng.gamma(q, 1 / v, BUYERS) / bought
        fit = fit_spending(pd.DataFrame({"paid_x": bought, "mean": mean, "n": 1}))
        assert fit.trouble == ""
        inside += np.abs(np.log(np.array(fit.values) / SPENDING)) <= 2 * np.array(fit.errors) / fit.values
    assert inside.min() >= LEAST, inside


@pytest.mark.parametrize("name", TRUTHS)
def test_who_is_called_alive_is_alive_as_often(name):
    """P(alive) is a chance: of those with one of 0.3, three in ten are there."""
    buyers = make_buyers(name, 99, buyers=20_000)
    model, x, t, end = MODELS[name], buyers.x.to_numpy(float), buyers.t_x.to_numpy() / 7, buyers["T"].to_numpy() / 7
    alive = model.measure_alive(TRUTHS[name], x, t, end)
    for low in np.arange(0, 1, 0.2):
        band = (alive >= low) & (alive <= low + 0.2)
        if band.sum() > 200:
            error = np.sqrt(0.25 / band.sum())
            assert buyers.there[band].mean() == pytest.approx(alive[band].mean(), abs=4 * error)


def test_the_order_of_rows_and_the_names_of_customers_change_nothing(tmp_path):
    """Shuffled and renumbered: every customer keeps every number, to the last bit."""
    lines = make_lines(3, customers=120)
    names = {who: f"n{place:04d}" for place, who in enumerate(sorted({line[0] for line in lines if line[0]}, key=lambda who: who[::-1]))}
    mixed = [[names.get(line[0], ""), *line[1:]] for line in lines]
    random.Random(4).shuffle(mixed)  # noqa: S311
    found = []
    for place, rows in enumerate((lines, mixed)):
        opened = open_shop(tmp_path / str(place), rows, value={"least_customers": 20, "least_repeaters": 10}, cleaning=rules())
        frame = look(opened, "customer_value")
        found.append({names.get(row[0], row[0]): row[1:] for row in frame.itertuples(index=False)})
    assert found[0] == found[1]
    assert {row[-1] for row in found[0].values()} & {*MODELS, "last_year"}
