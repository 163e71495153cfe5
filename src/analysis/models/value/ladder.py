"""Which model speaks, and why: from the best that could be fitted, rung by rung, down to averages, or to nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.models.value import spending
from analysis.models.value.assigning import Money
from analysis.models.value.fitting import Fit, fit_spending

USABLE = ("", "boundary")  # a parameter at its bound: nobody leaves, or all buy alike; the forecast is that of a simpler model
FALL = ("mbg_nbd", "bg_nbd", "pareto_nbd")  # where nothing else decides


@dataclass(frozen=True)
class Trial:
    """How a model did on the held-out days."""

    model: str
    trouble: str
    score: float  # mean log-likelihood of what came
    mae: float
    rmse: float
    actual: float
    expected: float


@dataclass(frozen=True)
class Step:
    """One rung that was looked at: outcome is taken, worse or rejected; the reason is a key of the catalogue."""

    rung: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Ladder:
    """Where the estimate stands.

    Parameters
    ----------
    rung : str
        A model, cohort_average, or declined.
    steps : tuple of Step
        In the order in which they were looked at.
    fit : Fit or None
        On all customers at as-of.
    customers, repeaters, days : int
        What there was to learn from: customers, those who came again, days of history.
    """

    rung: str
    steps: tuple[Step, ...]
    fit: Fit | None
    customers: int
    repeaters: int
    days: int

    @property
    def reason(self) -> str:
        """Why it stands there."""
        return self.steps[-1].reason


def find_lack(customers: int, repeaters: int, days: int, *, least_customers: int, least_repeaters: int, least_days: int) -> str:
    """Say what there is too little of: customers, repeaters or days; "" for nothing."""
    lacks = {"few_customers": customers < least_customers, "few_repeaters": repeaters < least_repeaters, "few_days": days < least_days}
    return next((name for name, lacking in lacks.items() if lacking), "")


def rank_models(fits: Mapping[str, Fit], trials: Sequence[Trial], *, wanted: str) -> list[tuple[str, str]]:
    """Order the models that may speak, each with the reason why it would: by the held-out days where there are any, else by likelihood.

    Parameters
    ----------
    fits : mapping of str to Fit
        On all customers.
    trials : sequence of Trial
        On the held-out days; may be empty.
    wanted : str
        A model by name, or auto.
    """
    scores = {trial.model: trial.score for trial in trials if trial.trouble in USABLE and np.isfinite(trial.score)}
    best = "holdout" if scores else "likelihood"
    if not scores:
        scores = {name: fit.loglik / max(fit.customers, 1) for name, fit in fits.items() if np.isfinite(fit.loglik)}
    order = sorted(FALL, key=lambda name: (-round(scores.get(name, -np.inf), 6), FALL.index(name)))
    if wanted != "auto":
        return [(wanted, "configured"), *((name, "fallback") for name in ("mbg_nbd",) if name != wanted)]
    return [(name, best if place == 0 else "fallback") for place, name in enumerate(order)]


def climb(fits: Mapping[str, Fit], trials: Sequence[Trial], *, wanted: str, lack: str, customers: int, repeaters: int, days: int) -> Ladder:
    """Take the first rung that bears."""
    if lack:
        return Ladder("declined", (Step("declined", "taken", lack),), None, customers, repeaters, days)
    steps: list[Step] = []
    for name, reason in rank_models(fits, trials, wanted=wanted):
        fit = fits.get(name)
        if fit is not None and fit.trouble in USABLE:
            steps.append(Step(name, "taken", reason if not fit.trouble else fit.trouble))
            return Ladder(name, tuple(steps), fit, customers, repeaters, days)
        steps.append(Step(name, "rejected", fit.trouble if fit is not None else "not_finite"))
    steps.append(Step("cohort_average", "taken", "no_model"))
    return Ladder("cohort_average", tuple(steps), None, customers, repeaters, days)


def price(spent: pd.DataFrame, *, limit: float) -> tuple[Money, float, tuple[float, float]]:
    """Fit money per order, unless it goes with the number of orders.

    Parameters
    ----------
    spent : pandas.DataFrame
        Grain: paid_x, mean; n.
    limit : float
        The correlation from which Gamma-Gamma is not used.

    Returns
    -------
    Money, float, tuple of float
        The correlation of the logarithms of number and mean money among those who paid again, and its interval.
    """
    customers = int(spent["n"].sum())
    mean = float((spent["mean"] * spent["n"]).sum() / customers) if customers else 0.0
    correlation = spending.correlate(spent) if customers else 0.0
    bounds = spending.bound_correlation(correlation, customers)
    if customers < 3:
        return Money(None, mean, "few_spenders"), correlation, bounds
    if abs(correlation) > limit:
        return Money(None, mean, "correlated"), correlation, bounds
    fit = fit_spending(spent)
    return (Money(fit, mean) if not fit.trouble else Money(None, mean, fit.trouble)), correlation, bounds
