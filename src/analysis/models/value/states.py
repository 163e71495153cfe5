"""What a model of repeat buying is fitted on: different (x, t_x, T) with the number of customers, time in units near one."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

WEEK = 7.0  # days: the unit in which parameters are told, as in the literature


@dataclass(frozen=True)
class States:
    """Different states with their weights, and what sums over them share.

    Parameters
    ----------
    x, t, T, n : numpy.ndarray
        Occasions after the first, time from the first to the last and to the end, customers. One entry per state.
    scale : float
        Days in a unit of time.
    """

    x: np.ndarray
    t: np.ndarray
    T: np.ndarray
    n: np.ndarray
    scale: float
    counts: np.ndarray  # different x,
    of_count: np.ndarray  # the customers with each,
    ends: np.ndarray  # different T,
    at_end: np.ndarray  # the place of each state among these,
    lasts: np.ndarray  # and the same of t
    at_last: np.ndarray

    @property
    def customers(self) -> float:
        """Customers in all states."""
        return float(self.n.sum())


def make_states(frame: pd.DataFrame, *, scale: float | None = None) -> States:
    """Prepare counted states for fitting.

    Parameters
    ----------
    frame : pandas.DataFrame
        Grain: x, t_x, T (days); n.
    scale : float, optional
        Days in a unit; by default a tenth of the longest T, which keeps all parameters within a few powers of ten, whatever the shop sells.
    """
    x, t, end, n = (frame[name].to_numpy(float) for name in ("x", "t_x", "T", "n"))
    scale = scale or max(float(end.max()) / 10, 1e-9) if len(end) else 1.0
    counts, places = np.unique(x, return_inverse=True)
    ends, at_end = np.unique(end / scale, return_inverse=True)
    lasts, at_last = np.unique(t / scale, return_inverse=True)
    return States(x, t / scale, end / scale, n, scale, counts, np.bincount(places, n, len(counts)), ends, at_end, lasts, at_last)


def thin(frame: pd.DataFrame, *, most: int) -> pd.DataFrame:
    """Draw at most so many customers evenly along the sorted states: no identifier, no row order, no chance. Grain as before."""
    total = int(frame["n"].sum())
    if total <= most or len(frame) <= most // 2:
        return frame
    places = np.floor((np.arange(most) + 0.5) * total / most)
    rows, drawn = np.unique(np.searchsorted(frame["n"].cumsum().to_numpy(), places, side="right"), return_counts=True)
    return frame.iloc[rows].assign(n=drawn)
