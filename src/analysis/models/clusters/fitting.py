"""Fitting clusters on a sample: k-means for several numbers, a Gaussian mixture beside it, and refits that show how steady each is."""

import datetime as dt
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score, calinski_harabasz_score, davies_bouldin_score, silhouette_score
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

from analysis.models.clusters.choosing import choose, list_reasons
from analysis.models.clusters.features import DIGITS, Scaling, fit_scaling
from analysis.models.clusters.model import ClusterModel, describe_model
from analysis.models.clusters.naming import name_clusters

STARTS = 10  # of k-means; the best is kept
REFITS, REFIT_STARTS, REFIT_SIZE = 8, 3, 10_000
JUDGED = 3_000  # customers on whom the indices are measured, evenly drawn


@dataclass(frozen=True)
class _Tried:
    """One number of clusters: the fit and what it is worth."""

    centres: np.ndarray
    measures: dict[str, float]
    jaccard: np.ndarray  # per cluster


def fit_clusters(
    points: np.ndarray, features: Sequence[str], *, k_min: int, k_max: int, k: int | None, smallest: float, transform: str, limit: float, seed: int, fitted_on: dt.date
) -> ClusterModel | None:  # fmt: skip
    """Fit k-means for several k and take one.

    Parameters
    ----------
    points : numpy.ndarray
        Customers x features in their own units (see `draw_points`).
    features : sequence of str
    k_min, k_max : int
        The k that may be taken; 2 is tried too, so that what the indices say of it can be told. `k` fixes it.
    smallest : float
        The least share of customers in a cluster.
    transform, limit : str, float
        See `fit_scaling`.
    seed : int
    fitted_on : datetime.date

    Returns
    -------
    ClusterModel or None
        Numbered from the most valuable. None where there are not enough different customers.
    """
    scaling = fit_scaling(points, tuple(features), transform=transform, limit=limit)
    placed = scaling.place(points[~scaling.outlying(points)])
    different = len(np.unique(placed.round(9), axis=0)) if len(placed) else 0
    tried = [k] if k else list(range(2, min(k_max, different - 1) + 1))
    if not tried or tried[0] >= different or (k is None and tried[-1] < k_min):
        return None
    with threadpool_limits(1), warnings.catch_warnings():  # sums over several threads differ in the last digits from run to run
        warnings.simplefilter("ignore", ConvergenceWarning)  # a mixture not yet settled, a refit on few different points: compared all the same
        fits = {number: _try(number, placed, seed) for number in tried}
    measured = pd.DataFrame([{"k": number, **fit.measures} for number, fit in fits.items()])
    indices = choose(measured, k_min=k_min, k=k, smallest=smallest)
    best = fits[int(indices.loc[indices.chosen, "k"].iloc[0])]
    order = _order(scaling, best.centres)
    centres = best.centres[order].round(DIGITS)
    model = ClusterModel(
        scaling=scaling,
        centres=tuple(tuple(centre) for centre in centres.tolist()),
        numbers=tuple(range(1, len(centres) + 1)),
        names=name_clusters(scaling.features, centres, scaling.value(centres)),
        stability=tuple(None if math.isnan(value) else value for value in best.jaccard[order].round(DIGITS).tolist()),
        highest=len(centres),
        fitted_on=fitted_on,
        transform=transform,
        limit=limit,
        distance=0.0,
        shares=(),
        indices=indices,
        reasons=list_reasons(indices, k_min=k_min, k_max=k_max, k=k, smallest=smallest),
    )
    distance, shares = describe_model(model, points)
    return replace(model, distance=distance, shares=shares)


def _order(scaling: Scaling, centres: np.ndarray) -> np.ndarray:
    """Sort clusters: most money first, then most orders, most recent, and most of everything else."""
    known = {name: -centres[:, i] if name != "recency_days" else centres[:, i] for i, name in enumerate(scaling.features)}
    ranked: list[str] = [name for name in ("monetary", "frequency", "recency_days") if name in known]
    ranked += [name for name in scaling.features if name not in ranked]
    return np.lexsort([known[name].round(9) for name in reversed(ranked)])


def _try(k: int, placed: np.ndarray, seed: int) -> _Tried:
    fit = KMeans(k, n_init=STARTS, random_state=seed).fit(placed)
    some = placed[:: max(1, math.ceil(len(placed) / JUDGED))]
    labels = fit.predict(some)
    whole = 1 < len(np.unique(labels)) < len(some)
    bic, mixed = _mix(k, some, seed)
    rand, jaccard = _refit(k, placed, some, labels, seed)
    sizes = np.bincount(fit.labels_, minlength=k)
    measures = {
        "silhouette": silhouette_score(some, labels) if whole else np.nan,
        "calinski_harabasz": calinski_harabasz_score(some, labels) if whole else np.nan,
        "davies_bouldin": davies_bouldin_score(some, labels) if whole else np.nan,
        "inertia": fit.inertia_,
        "stability": rand,
        "smallest": sizes.min() / len(placed),
        "bic": bic,
        "agreement": np.nan if mixed is None else adjusted_rand_score(labels, mixed),
    }
    return _Tried(fit.cluster_centers_, {name: round(float(value), DIGITS) for name, value in measures.items()}, jaccard)


def _mix(k: int, points: np.ndarray, seed: int) -> tuple[float, np.ndarray | None]:
    """Fit a Gaussian mixture of k parts: its Bayesian information criterion and its labels; nothing where there are too few points for its parameters."""
    parameters = k * (1 + points.shape[1] + points.shape[1] * (points.shape[1] + 1) // 2)
    if len(points) <= parameters:
        return np.nan, None
    mixture = GaussianMixture(k, reg_covar=1e-3, random_state=seed).fit(points)
    return float(mixture.bic(points)), mixture.predict(points)


def _refit(k: int, placed: np.ndarray, some: np.ndarray, labels: np.ndarray, seed: int) -> tuple[float, np.ndarray]:
    """Fit again on customers drawn with replacement, and compare on the same ones.

    Returns
    -------
    float, numpy.ndarray
        Mean adjusted Rand index, and per cluster the mean of the Jaccard similarity to the best counterpart (Hennig 2007, "Cluster-wise assessment of
        cluster stability").
    """
    draws = np.random.default_rng([seed, k])
    rand, jaccard = [], []
    for number in range(REFITS):
        drawn = placed[draws.integers(len(placed), size=min(len(placed), REFIT_SIZE))]
        again = KMeans(k, n_init=REFIT_STARTS, random_state=seed + number).fit(drawn).predict(some)
        rand.append(adjusted_rand_score(labels, again))
        both = np.zeros((k, k))
        np.add.at(both, (labels, again), 1)
        either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
        jaccard.append((both / np.maximum(either, 1)).max(axis=1))
    return float(np.mean(rand)), np.mean(jaccard, axis=0)
