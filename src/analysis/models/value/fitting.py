"""Maximum likelihood: from several starts on a part, from the best on the whole, with standard errors; never an exception."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize

from analysis.models.value import spending
from analysis.models.value.models import MODELS
from analysis.models.value.states import WEEK, make_states, thin

DIGITS = 12  # of fitted numbers: what is beyond differs between machines
LOW, HIGH = -9.0, 12.0  # logarithms of parameters: beyond, there is nothing left to estimate
TOLD = 5_000  # customers on which the starts are tried
MOST = 60_000  # states, or spenders, that a slow likelihood is fitted on
Weigh = Callable[[np.ndarray], tuple[float, np.ndarray]]


@dataclass(frozen=True)
class Fit:
    """What was fitted.

    Parameters
    ----------
    model : str
    names : tuple of str
    values, errors : tuple of float
        Parameters and standard errors, time in `unit` days; an error is infinite where the data do not tell.
    loglik : float
        Of the data in that unit.
    customers : int
        Fitted on.
    unit : float
    trouble : str
        "" for a sound fit; otherwise not_converged, boundary or not_finite.
    """

    model: str
    names: tuple[str, ...]
    values: tuple[float, ...]
    errors: tuple[float, ...]
    loglik: float
    customers: int
    unit: float = WEEK
    trouble: str = ""


def fit_model(name: str, frame: pd.DataFrame, *, unit: float = WEEK) -> Fit:
    """Fit a model of repeat buying.

    Parameters
    ----------
    name : str
        A key of `MODELS`.
    frame : pandas.DataFrame
        Grain: x, t_x, T (days); n (customers).
    unit : float
        Days in the unit of time that the parameters are told in.
    """
    model = MODELS[name]
    whole = thin(frame, most=MOST) if model.slow and len(frame) > MOST else frame
    states = make_states(whole)
    if not states.customers or not states.ends[-1]:
        return Fit(name, model.names, (np.nan,) * 4, (np.inf,) * 4, np.nan, int(states.customers), unit, "not_finite")
    part = make_states(thin(whole, most=TOLD), scale=states.scale)
    theta, loglik, hessian, trouble = _climb(
        lambda theta: model.weigh(theta, states), lambda theta: model.weigh(theta, part), model.start(states), states.customers, part.customers
    )
    times = np.array([states.scale / unit if place in model.times else 1.0 for place in range(len(model.names))])
    loglik -= float(states.n @ states.x) * np.log(states.scale / unit)
    return _tell(name, model.names, np.exp(theta) * times, hessian, loglik, int(states.customers), unit, trouble)


def fit_spending(frame: pd.DataFrame) -> Fit:
    """Fit Gamma-Gamma.

    Parameters
    ----------
    frame : pandas.DataFrame
        Grain: paid_x, mean (money, above zero); n (customers).
    """
    names = ("p", "q", "v")
    some = thin(frame.sort_values(["paid_x", "mean"], ignore_index=True), most=MOST)
    customers = round(some["n"].sum())
    bought, mean, n = (some[name].to_numpy(float) for name in ("paid_x", "mean", "n"))
    if customers < 3 or np.ptp(mean) <= 1e-9 * mean.max():
        return Fit("gamma_gamma", names, (np.nan,) * 3, (np.inf,) * 3, np.nan, customers, trouble="boundary" if customers >= 3 else "not_finite")
    size = float(n @ mean / n.sum())
    scaled = mean / size

    def weigh(theta: np.ndarray) -> tuple[float, np.ndarray]:
        return spending.weigh(theta, bought, scaled, n)

    theta, loglik, hessian, trouble = _climb(weigh, weigh, spending.start(scaled, n), float(n.sum()), float(n.sum()))
    values = np.exp(theta) * np.array([1.0, 1.0, size])
    if not trouble and values[1] <= 1:
        trouble = "no_mean"  # the mean of all customers would be infinite
    return _tell("gamma_gamma", names, values, hessian, loglik - float(n.sum()) * np.log(size), customers, 1.0, trouble)


def _climb(weigh: Weigh, weigh_part: Weigh, starts: list[np.ndarray], size: float, part: float) -> tuple[np.ndarray, float, np.ndarray, str]:
    """Find the top: the logarithms of the parameters, the log-likelihood and its second derivatives there, and what is wrong with it."""
    tops = [_ascend(weigh_part, start, part) for start in starts]
    best = max(tops, key=lambda top: -np.inf if np.isnan(top[1]) else top[1])
    theta, _ = _ascend(weigh, best[0], size)
    hessian = _bend(weigh, theta, size)
    for _ in range(3):  # the last digits, and whether this is a top at all
        _loglik, gradient = _safe(weigh, theta, size)
        try:
            step = np.linalg.solve(hessian, -gradient)
        except np.linalg.LinAlgError:
            break
        if not np.all(np.isfinite(step)) or np.abs(step).max() > 0.3 or np.linalg.eigvalsh(hessian).max() >= 0:
            break
        moved = np.clip(theta + step, LOW, HIGH)
        if _safe(weigh, moved, size)[0] < _loglik - 1e-12:
            break
        theta = moved
        if np.abs(step).max() < 1e-9:
            break
    loglik, gradient = _safe(weigh, theta, size)
    trouble = ""
    if not np.isfinite(loglik):
        trouble = "not_finite"
    elif np.any((theta < LOW + 0.01) | (theta > HIGH - 0.01)):
        trouble = "boundary"
    elif np.abs(gradient).max() > 1e-4:
        trouble = "not_converged"
    return theta, loglik * size, hessian * size, trouble


def _safe(weigh: Weigh, theta: np.ndarray, size: float) -> tuple[float, np.ndarray]:
    with np.errstate(all="ignore"):
        loglik, gradient = weigh(theta)
    if not (np.isfinite(loglik) and np.all(np.isfinite(gradient))):
        return -1e10, np.zeros_like(theta)
    return loglik / size, gradient / size


def _ascend(weigh: Weigh, start: np.ndarray, size: float) -> tuple[np.ndarray, float]:
    def fall(theta: np.ndarray) -> tuple[float, np.ndarray]:
        loglik, gradient = _safe(weigh, theta, size)
        return -loglik, -gradient

    found = optimize.minimize(
        fall, np.clip(start, LOW, HIGH), jac=True, method="L-BFGS-B", bounds=[(LOW, HIGH)] * len(start), options={"maxiter": 300, "ftol": 1e-13, "gtol": 1e-7}
    )
    return found.x, -float(found.fun)


def _bend(weigh: Weigh, theta: np.ndarray, size: float) -> np.ndarray:
    """Difference the gradient: second derivatives by the logarithms."""
    step = 1e-4
    rows = [(_safe(weigh, theta + move, size)[1] - _safe(weigh, theta - move, size)[1]) / (2 * step) for move in np.eye(len(theta)) * step]
    hessian = np.array(rows)
    return (hessian + hessian.T) / 2


def _tell(model: str, names: tuple[str, ...], values: np.ndarray, hessian: np.ndarray, loglik: float, customers: int, unit: float, trouble: str) -> Fit:
    errors = np.full(len(values), np.inf)
    try:
        variance = np.diag(np.linalg.inv(-hessian))
        errors = np.where(np.isfinite(variance) & (variance > 0), values * np.sqrt(np.abs(variance)), np.inf)
    except np.linalg.LinAlgError:
        pass
    rounded = [tuple(float(f"{value:.{DIGITS}g}") for value in array) for array in (values, errors)]
    return Fit(model, names, rounded[0], rounded[1], float(f"{loglik:.{DIGITS}g}"), customers, unit, trouble)
