"""Maximum likelihood: from several starts on a part, from the best on the whole, with standard errors; never an exception."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from scipy import optimize
from threadpoolctl import threadpool_limits

from analysis.models.value import spending
from analysis.models.value.models import MODELS
from analysis.models.value.states import WEEK, States, make_states, thin

DIGITS = 12  # of fitted numbers: what is beyond differs between machines
LOW, HIGH = -9.0, 12.0  # logarithms of parameters: beyond, there is nothing left to estimate
SIZES = (5_000, 50_000)  # customers on which the starts are tried, and on which the best is followed to the top
FLAT = 1e-7  # a gradient per customer that is none
NOWHERE = -1e10
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
    whole = make_states(frame)
    if not whole.customers or not whole.ends[-1]:
        return Fit(name, model.names, (np.nan,) * 4, (np.inf,) * 4, np.nan, int(whole.customers), unit, "not_finite")
    parts = [make_states(thin(frame, most=most), scale=whole.scale) for most in SIZES]
    levels = [(partial(_turn, model.weigh, states), states.customers) for states in (*parts, whole)]
    with threadpool_limits(1):  # sums over several threads differ in the last digits, and wait for each other on a busy machine
        theta, loglik, hessian, trouble = _climb(levels, model.start(whole))
    times = np.array([whole.scale / unit if place in model.times else 1.0 for place in range(len(model.names))])
    loglik -= float(whole.n @ whole.x) * np.log(whole.scale / unit)
    return _tell(name, model.names, np.exp(theta) * times, hessian, loglik, int(whole.customers), unit, trouble)


def fit_spending(frame: pd.DataFrame) -> Fit:
    """Fit Gamma-Gamma.

    Parameters
    ----------
    frame : pandas.DataFrame
        Grain: paid_x, mean (money, above zero); n (customers).
    """
    names = ("p", "q", "v")
    n = frame["n"].to_numpy(float)
    customers, mean = int(n.sum()), frame["mean"].to_numpy(float)
    if customers < 3 or np.ptp(mean) <= 1e-9 * mean.max():
        return Fit("gamma_gamma", names, (np.nan,) * 3, (np.inf,) * 3, np.nan, customers, trouble="boundary" if customers >= 3 else "not_finite")
    size = float(n @ mean / customers)
    scaled = frame.assign(mean=mean / size).sort_values(["paid_x", "mean"], ignore_index=True)
    parts = [*(thin(scaled, most=most) for most in SIZES), scaled]
    arrays = [tuple(part[name].to_numpy(float) for name in ("paid_x", "mean", "n")) for part in parts]
    levels = [(partial(_turn_money, *columns), float(columns[2].sum())) for columns in arrays]
    with threadpool_limits(1):
        theta, loglik, hessian, trouble = _climb(levels, spending.start(scaled["mean"].to_numpy(float), scaled["n"].to_numpy(float)))
    values = np.exp(theta) * np.array([1.0, 1.0, size])
    if not trouble and values[1] <= 1:
        trouble = "no_mean"  # the mean of all customers would be infinite
    return _tell("gamma_gamma", names, values, hessian, loglik - customers * np.log(size), customers, 1.0, trouble)


def _turn(weigh: Callable[..., tuple[float, np.ndarray]], states: States, theta: np.ndarray) -> tuple[float, np.ndarray]:
    return weigh(theta, states)


def _turn_money(bought: np.ndarray, mean: np.ndarray, n: np.ndarray, theta: np.ndarray) -> tuple[float, np.ndarray]:
    return spending.weigh(theta, bought, mean, n)


def _climb(levels: Sequence[tuple[Weigh, float]], starts: list[np.ndarray]) -> tuple[np.ndarray, float, np.ndarray, str]:
    """Find the top: the logarithms of the parameters, the log-likelihood and its second derivatives there, and what is wrong with it.

    `levels` are a small part, a large part and the whole, each with its customers: from the top of the large part a few steps with its second derivatives
    lead to that of the whole.
    """
    (few, small), (many, large), (every, size) = levels
    tops = [_ascend(few, start, small, most=40, exact=1e-9) for start in starts]
    theta = _ascend(many, max(tops, key=lambda top: top[1])[0], large)[0]
    hessian = _bend(many, theta, large)
    theta, gradient, loglik = _step(every, theta, hessian, size)
    if np.abs(gradient).max() > 10 * FLAT and np.all((theta > LOW) & (theta < HIGH)):
        theta = _ascend(every, theta, size)[0]
        hessian = _bend(every, theta, size)
        theta, gradient, loglik = _step(every, theta, hessian, size)
    trouble = ""
    if loglik <= NOWHERE:
        trouble = "not_finite"
    elif np.any((theta < LOW + 0.01) | (theta > HIGH - 0.01)):
        trouble = "boundary"
    elif np.abs(gradient).max() > 1e-4:
        trouble = "not_converged"
    return theta, loglik * size, hessian * size, trouble


def _step(weigh: Weigh, theta: np.ndarray, hessian: np.ndarray, size: float) -> tuple[np.ndarray, np.ndarray, float]:
    """Take Newton's steps while they lead up."""
    loglik, gradient = _safe(weigh, theta, size)
    if np.linalg.eigvalsh(hessian).max() > -1e-12:
        return theta, gradient, loglik
    for _ in range(12):
        step = np.linalg.solve(hessian, -gradient)
        moved = np.clip(theta + step, LOW, HIGH)
        if np.abs(step).max() > 0.5 or np.abs(step).max() < 1e-10:
            break
        higher, slope = _safe(weigh, moved, size)
        if higher < loglik - 1e-12:
            break
        theta, loglik, gradient = moved, higher, slope
        if np.abs(gradient).max() < FLAT / 100:
            break
    return theta, gradient, loglik


def _safe(weigh: Weigh, theta: np.ndarray, size: float) -> tuple[float, np.ndarray]:
    with np.errstate(all="ignore"):
        loglik, gradient = weigh(theta)
    if not (np.isfinite(loglik) and np.all(np.isfinite(gradient))):
        return NOWHERE, np.zeros_like(theta)
    return loglik / size, gradient / size


def _ascend(weigh: Weigh, start: np.ndarray, size: float, *, most: int = 300, exact: float = 1e-13) -> tuple[np.ndarray, float]:
    def fall(theta: np.ndarray) -> tuple[float, np.ndarray]:
        loglik, gradient = _safe(weigh, theta, size)
        return -loglik, -gradient

    bounds, options = [(LOW, HIGH)] * len(start), {"maxiter": most, "ftol": exact, "gtol": 1e-7}
    found = optimize.minimize(fall, np.clip(start, LOW, HIGH), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
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
