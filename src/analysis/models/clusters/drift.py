"""Whether accepted centres still fit: how customers lie about them today against the day on which they were found."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.models.clusters.model import ClusterModel, describe_model

_LEAST = 1e-4  # a share counts as at least that much, so that an empty cluster does not weigh infinitely
COLUMNS = ("measure", "before", "now", "value", "limit")


def measure_drift(model: ClusterModel, points: np.ndarray, *, limit: float) -> pd.DataFrame:
    """Measure the drift of a sample against an accepted model.

    Parameters
    ----------
    model : ClusterModel
    points : numpy.ndarray
        Customers x features of today, drawn as those of the fit were.
    limit : float
        Of the drift index, beyond which the groups are found anew.

    Returns
    -------
    pandas.DataFrame
        Grain: measure. `distance`: mean distance to the nearest centre before and now (outliers aside), value = the relative change, either way;
        `shares`: before and now = share of the outliers, value = population stability index of the shares of outliers and clusters; `index`: the
        greater of the two values.

    Notes
    -----
    The population stability index is the sum of (now - before) ln(now / before); below 0.1 it is customarily called stable, from 0.25 shifted (Siddiqi
    2006, "Credit Risk Scorecards").
    """
    distance, shares = describe_model(model, points)
    moved = abs(distance / model.distance - 1) if model.distance > 0 else float(distance > 0)
    shifted = stability_index(model.shares, shares)
    rows = [
        ("distance", model.distance, distance, moved, None),
        ("shares", model.shares[0], shares[0], shifted, None),
        ("index", None, None, max(moved, shifted), limit),
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(COLUMNS[1:], "float64"))


def stability_index(before: Sequence[float], now: Sequence[float]) -> float:
    """Compare two lists of shares: sum of (now - before) ln(now / before)."""
    old, new = (np.maximum(np.array(shares, dtype=float), _LEAST) for shares in (before, now))
    return round(float(((new - old) * np.log(new / old)).sum()), 12)


def no_drift() -> pd.DataFrame:
    """Give the frame without a row: nothing was accepted before."""
    return pd.DataFrame(columns=list(COLUMNS))
