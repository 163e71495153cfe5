"""How far the money of a customer may lie from what is expected: drawn on a grid of states, looked up in the engine."""

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.value.fitting import Fit
from analysis.models.value.models import MODELS

DRAWS = 2000
LEVELS = 20  # of P(alive)
FINE = 10**9  # parts of a chance: whole numbers add up to the same in any order
X_CUTS = (*range(9), *(round(10 * 1.33**step) for step in range(40)))
T_CUTS = tuple(round(7 * 1.3**step) for step in range(25))


def spread_out(priced: Table, fit: Fit, spending: Fit | None, *, days: int, interval: float, seed: int) -> tuple[Table, pd.DataFrame]:
    """Put customers on a grid of x, T and P(alive), and draw futures for each cell that has one.

    Parameters
    ----------
    priced : Table
        x, T (days), p_alive.
    fit : Fit
    spending : Fit or None
        Gamma-Gamma; without it money is the number of orders times a mean.
    days : int
        How far ahead.
    interval : float
    seed : int

    Returns
    -------
    Table
        The same rows with the cell: _x, _T, _p.
    pandas.DataFrame
        Grain: _x, _T, _p. _low, _high, _sd: quantiles and standard deviation of money, in the unit of `Money.express`, not discounted.

    Notes
    -----
    Given n orders, money over (own sum + v) is a gamma of shape p n over a gamma of shape p x + q (Fader and Hardie 2013). The lower bound is zero where
    the chance of no order at all exceeds the tail.
    """
    binned = priced.mutate(
        _x=_count_cuts(priced["x"], X_CUTS), _T=_count_cuts(priced["T"], T_CUTS), _p=ibis.least(ibis.greatest((priced.p_alive * LEVELS).ceil(), 1), LEVELS).cast("int64")
    )  # fmt: skip
    cells = (
        binned.group_by("_x", "_T", "_p")
        .agg(x=_["x"].mean(), T=_["T"].mean(), alive=((_.p_alive * FINE).round().cast("int64")).sum(), n=_.count())
        .order_by("_x", "_T", "_p")
        .execute()
    )
    rng, tail, rows = np.random.default_rng(seed), (1 - interval) / 2, []
    for (x_bin, t_bin), levels in cells.groupby(["_x", "_T"], sort=True):
        x, end = (float(np.average(levels[name], weights=levels["n"])) for name in ("x", "T"))
        bought = MODELS[fit.model].draw(fit.values, x, end / fit.unit, days / fit.unit, DRAWS, rng).astype(float)
        money = np.sort(bought if spending is None else _spend(spending, x, bought, rng))
        first, second = float(money.mean()), float((money**2).mean())
        for level, alive in zip(levels["_p"], levels["alive"] / levels["n"] / FINE, strict=True):
            low, high = ((share - (1 - alive)) / max(alive, 1e-12) for share in (tail, 1 - tail))  # of those who are alive
            bounds = [0.0 if share <= 0 else float(np.quantile(money, share)) for share in (low, high)]
            rows.append((x_bin, t_bin, level, *bounds, np.sqrt(max(alive * second - (alive * first) ** 2, 0))))
    return binned, pd.DataFrame(rows, columns=["_x", "_T", "_p", "_low", "_high", "_sd"])


def _spend(spending: Fit, x: float, bought: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    p, q, _v = spending.values
    with np.errstate(divide="ignore", over="ignore"):
        sizes = rng.standard_gamma(p * bought) / rng.standard_gamma(p * x + q, len(bought))
    return np.where(np.isfinite(sizes), sizes, 0)


def _count_cuts(value: ibis.Value, cuts: tuple[int, ...]) -> ibis.Value:
    """Number the band of a value: how many cuts lie below it."""
    return ibis.cases(*[(value <= cut, place) for place, cut in enumerate(cuts)], else_=len(cuts)).cast("int64")
