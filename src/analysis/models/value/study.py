"""The trial on the past: all models fitted on what was known at the split, each against the days after it; and money against what a manager has anyway."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.value import holdout
from analysis.models.value.fitting import Fit, fit_model
from analysis.models.value.ladder import USABLE, Trial
from analysis.models.value.models import MODELS
from analysis.models.value.occasions import add_exactly

RIVALS = ("last_year", "rfm_score")


@dataclass(frozen=True)
class Study:
    """What the trial found.

    Parameters
    ----------
    start : datetime.date
        The split: the last day of the calibration.
    days : int
        Held-out days.
    late : int
        Customers who came first after the split: no part of it.
    fits : mapping of str to Fit
        On the calibration.
    trials : tuple of Trial
    counted : pandas.DataFrame
        Grain: x, t_x, T, y; n.
    """

    start: dt.date
    days: int
    late: int
    fits: Mapping[str, Fit]
    trials: tuple[Trial, ...]
    counted: pd.DataFrame = field(repr=False)

    @property
    def customers(self) -> int:
        """Customers that the models learned from."""
        return int(self.counted["n"].sum())


def try_models(counted: pd.DataFrame, *, start: dt.date, days: int, late: int) -> Study:
    """Fit every model on the calibration and hold it against what came.

    Parameters
    ----------
    counted : pandas.DataFrame
        From `holdout.count_outcomes`, of all customers of the calibration or of those drawn.
    start : datetime.date
    days, late : int
    """
    states = counted.groupby(["x", "t_x", "T"], as_index=False)["n"].sum()
    fits, trials = {name: fit_model(name, states) for name in MODELS}, []
    for name, fit in fits.items():
        if fit.trouble in USABLE:
            errors = holdout.measure_errors(counted, holdout.forecast(counted, fit, days=days))
            trials.append(Trial(name, fit.trouble, holdout.weigh_outcomes(counted, fit, days=days), **errors))
        else:
            trials.append(Trial(name, fit.trouble, *[np.nan] * 5))
    return Study(start, days, late, fits, tuple(trials), counted)


def list_trials(study: Study | None, final: Mapping[str, Fit]) -> pd.DataFrame:
    """List the models: parameters with their errors at as-of, and how each did on the held-out days.

    Returns
    -------
    pandas.DataFrame
        Grain: model. names, values, errors (lists), loglik, customers, trouble; score, mae, rmse, actual, expected (null without held-out days).
    """
    rows = []
    trials = {trial.model: trial for trial in study.trials} if study else {}
    for name, fit in final.items():
        trial = trials.get(name)
        told = (trial.score, trial.mae, trial.rmse, trial.actual, trial.expected) if trial else (np.nan,) * 5
        rows.append((name, list(fit.names), list(fit.values), list(fit.errors), fit.loglik, fit.customers, fit.trouble, *told))
    columns = ["model", "names", "values", "errors", "loglik", "customers", "trouble", "score", "mae", "rmse", "actual", "expected"]
    return pd.DataFrame(rows, columns=columns)


def compare_forecasts(forecasts: Table) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hold the forecast of money against last year's spending and the RFM score.

    Parameters
    ----------
    forecasts : Table
        Grain: customer. spent (what came), model, clv_low, clv_high, last_year (money expected by each), rfm_score (a number).

    Returns
    -------
    pandas.DataFrame
        Grain: forecast (model, last_year, rfm_score). mae, rmse (per customer; null for the score, which is no money), expected, actual, top_fifth (share of
        the money that came from the fifth of customers with the highest forecast), lift (money of the first tenth against that of the mean), inside (share of
        customers within the interval; the model's only).
    pandas.DataFrame
        Grain: forecast, customers_share. money_share, lift (see `holdout.measure_capture`).
    """
    plain = forecasts.mutate(**{name: forecasts[name].cast("float64") for name in ("spent", "model", "last_year", "clv_low", "clv_high")})
    slack = 1e-6 + plain.spent * 1e-9
    inside = (plain.spent >= plain.clv_low - slack) & (plain.spent <= plain.clv_high + slack)
    sums = plain.agg(
        customers=_.count(), actual=add_exactly(_.spent), inside=inside.cast("int64").sum(),
        **{f"{name}_mae": add_exactly((plain[name] - plain.spent).abs()) for name in ("model", "last_year")},
        **{f"{name}_mse": add_exactly((plain[name] - plain.spent) ** 2) for name in ("model", "last_year")},
        **{f"{name}_sum": add_exactly(plain[name]) for name in ("model", "last_year")},
    ).execute().astype(float).iloc[0]  # fmt: skip
    customers = max(sums.customers, 1.0)
    curves = {name: holdout.measure_capture(forecasts, name) for name in ("model", *RIVALS)}
    rows = []
    for name, curve in curves.items():
        money = name != "rfm_score"
        errors = (sums[f"{name}_mae"] / customers, np.sqrt(sums[f"{name}_mse"] / customers), sums[f"{name}_sum"]) if money else (np.nan,) * 3
        rows.append(
            (
                name,
                int(sums.customers),
                *errors,
                sums.actual,
                curve["money_share"].iloc[2],
                curve["lift"].iloc[1],
                sums.inside / customers if name == "model" else np.nan,
            )
        )
    columns = ["forecast", "customers", "mae", "rmse", "expected", "actual", "top_fifth", "lift", "inside"]
    lift = pd.concat([curve.assign(forecast=name) for name, curve in curves.items()], ignore_index=True)
    return pd.DataFrame(rows, columns=columns).round(9), lift[["forecast", "customers_share", "money_share", "lift"]].round(9)


def is_beaten(compared: pd.DataFrame) -> bool:
    """Tell whether the model loses against last year's spending in both figures: error per customer, and money brought by the fifth it names best."""
    rows = compared.set_index("forecast")
    if rows.empty or not rows.loc["model", "actual"] > 0:
        return False
    worse = rows.loc["model", "mae"] > rows.loc["last_year", "mae"], rows.loc["model", "top_fifth"] < rows.loc["last_year", "top_fifth"]
    return bool(all(worse))
