"""How long until the next order: Kaplan-Meier curves from counts, the silence after which few come back, and whether it gets worse."""

import warnings

import numpy as np
import pandas as pd
from scipy.stats import CensoredData, ecdf

from analysis.models.returning import bound_share

SAMPLE = 100_000  # waits a curve is estimated from
LEAST = 20  # still waiting: beyond, a curve says little and is not drawn
SHARES = (0.5, 0.25, 0.1, 0.05)
DIGITS = 12


def estimate_curve(waits: pd.DataFrame, *, seed: int, least: int = LEAST) -> pd.DataFrame:
    """Estimate which share has bought again by which day.

    Parameters
    ----------
    waits : pandas.DataFrame
        days, ended (the next order came; otherwise the wait still lasts), customers: how many.
    seed : int
        For the sample of 100,000 when there are more.
    least : int
        The curve ends where fewer are still waiting.

    Returns
    -------
    pandas.DataFrame
        Grain: days (0, and then every day on which anything ended). back (share that has bought again), low, high (95 %), waiting (still so, at the start of the day).

    Notes
    -----
    Product limit estimate of Kaplan and Meier (1958), with the log-log interval, by SciPy.
    """
    columns = ["days", "back", "low", "high", "waiting"]
    waits = waits[waits["customers"] > 0]
    if waits.empty:
        return pd.DataFrame(columns=columns)
    drawn = _draw(waits["customers"].to_numpy(), seed)
    days, ended = (np.repeat(waits[name].to_numpy(), drawn) for name in ("days", "ended"))
    ended = ended.astype(bool)
    survival = ecdf(CensoredData(uncensored=days[ended], right=days[~ended])).sf
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The confidence interval is undefined")  # where nobody or everybody is back: the share itself
        bounds = survival.confidence_interval(confidence_level=0.95, method="log-log")
    values = np.asarray(survival.probabilities, dtype=float)
    low, high = (1 - np.where(np.isnan(bound.probabilities), values, bound.probabilities) for bound in (bounds.high, bounds.low))
    waiting = len(days) - np.searchsorted(np.sort(days), survival.quantiles)
    curve = pd.DataFrame({"days": survival.quantiles.astype(int), "back": 1 - values, "low": low, "high": high, "waiting": waiting}, columns=columns)
    curve = curve[(curve["days"] > 0) & (curve["waiting"] >= min(least, len(days)))]
    return pd.concat([pd.DataFrame([(0, 0.0, 0.0, 0.0, len(days))], columns=columns), curve], ignore_index=True).round(DIGITS)


def _draw(customers: np.ndarray, seed: int) -> np.ndarray:
    """Draw 100,000 of all that were counted, without putting any back; all of them where there are fewer."""
    if customers.sum() <= SAMPLE:
        return customers
    return np.random.default_rng(seed).multivariate_hypergeometric(customers, SAMPLE, method="marginals")


def estimate_steps(waits: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Estimate one curve for each step, from the first order to the second and so on: step, and the columns of `estimate_curve`."""
    curves = [estimate_curve(rows, seed=seed).assign(step=step) for step, rows in waits.groupby("step")]
    return pd.concat(curves, ignore_index=True) if curves else estimate_curve(waits, seed=seed).assign(step=None)


def find_point_of_no_return(waits: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Find the silence after which only a certain share still comes back.

    Parameters
    ----------
    waits : pandas.DataFrame
        step, days, ended, customers: all steps together.
    seed : int

    Returns
    -------
    pandas.DataFrame
        Grain: share (0.5, 0.25, 0.1, 0.05). days (from this silence on at most so many come back within the horizon; null where the data do not reach so
        far), horizon (a year, or half of what the data reach where that is less).
    """
    curve = estimate_curve(waits, seed=seed, least=50)
    reach = int(curve["days"].iloc[-1]) if len(curve) else 0
    horizon = min(365, reach // 2)
    if not horizon:
        return pd.DataFrame(columns=["share", "days", "horizon"])
    still = 1 - curve.set_index("days")["back"].reindex(range(reach + 1)).ffill().to_numpy()
    begin, end = still[: reach - horizon + 1], still[horizon:]
    returning = np.divide(begin - end, begin, out=np.zeros_like(begin), where=begin > 0)
    highest = np.maximum.accumulate(returning[::-1])[::-1]  # of this silence or any longer one
    found = [next((day for day, value in enumerate(highest) if value <= share), None) for share in SHARES]
    return pd.DataFrame({"share": SHARES, "days": pd.array(found, dtype="Int64"), "horizon": horizon})


def follow_trend(quarters: pd.DataFrame, *, least: int = 30) -> pd.DataFrame:
    """Compare who began in which quarter: the share that bought again within a number of days.

    Parameters
    ----------
    quarters : pandas.DataFrame
        quarter, customers, returned; only quarters of which everybody could be watched that long.
    least : int
        A quarter with fewer customers says nothing and is left out.

    Returns
    -------
    pandas.DataFrame
        Grain: quarter. customers, returned, back (share), low, high (Wilson, 95 %).
    """
    frame = quarters[quarters["customers"] >= least].reset_index(drop=True)
    frame["back"] = frame["returned"] / frame["customers"]
    frame["low"], frame["high"] = bound_share(frame["returned"], frame["customers"])
    return frame


def value_point(sums: pd.DataFrame) -> pd.DataFrame:
    """Say what it would bring if one more of a hundred new customers came back like those who did.

    Parameters
    ----------
    sums : pandas.DataFrame
        One row: customers, returned, mean, deviation, newcomers, horizon.

    Returns
    -------
    pandas.DataFrame
        One row more columns: share (of the customers who returned), worth, low, high: the newcomers of a horizon, times a hundredth, times the mean, and its 95 %.
    """
    row = sums.iloc[0]
    spread = 1.959963984540054 * row["deviation"] / np.sqrt(row["returned"]) if row["returned"] > 1 else np.nan
    point = 0.01 * row["newcomers"]
    share = row["returned"] / row["customers"] if row["customers"] else np.nan
    return sums.assign(share=share, worth=point * row["mean"], low=point * (row["mean"] - spread), high=point * (row["mean"] + spread))
