"""Clusters: k-means on log recency, frequency and money, fitted on a seeded sample, assigned in the engine."""

import math
from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table
from sklearn.cluster import KMeans
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score
from threadpoolctl import threadpool_limits

FEATURES = ("recency_days", "frequency", "monetary")
DIGITS = 12  # of fitted numbers: what is beyond differs between machines


@dataclass(frozen=True)
class ClusterModel:
    """What is needed to assign a customer: scaling and centres on the log scale, numbered from the most valuable.

    Parameters
    ----------
    mean, scale : tuple of float
        Of log(1 + feature), per feature.
    centres : tuple of tuple of float
        Standardised, one per cluster; the first is cluster 1.
    names : tuple of str
        Keys such as "recent_often_big".
    indices : pandas.DataFrame
        One row per k tried: k, silhouette, calinski_harabasz, davies_bouldin, inertia, rank_sum, chosen.
    """

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    centres: tuple[tuple[float, ...], ...]
    names: tuple[str, ...]
    indices: pd.DataFrame

    def centre_values(self) -> np.ndarray:
        """Give the centres in days, orders and money."""
        return np.expm1(np.array(self.centres) * np.array(self.scale) + np.array(self.mean))


def fit_clusters(buyers: Table, *, k_min: int, k_max: int, k: int | None, sample: int, seed: int) -> ClusterModel | None:
    """Fit k-means for several k and take the one that three indices like best together.

    Parameters
    ----------
    buyers : Table
        Grain: customer; recency_days, frequency, monetary.
    k_min, k_max : int
        The k tried; `k` fixes it.
    sample : int
        At most that many customers are fitted on, drawn evenly along recency, frequency and money (no identifier, no row order).
    seed : int

    Returns
    -------
    ClusterModel or None
        None where there are not enough different customers.

    Notes
    -----
    Ranks of silhouette and Calinski-Harabasz (higher is better) and Davies-Bouldin (lower is better) are added; the smallest sum wins, then the
    smaller k. Silhouette alone answers 2 on most shops.
    """
    points = _draw(buyers, sample)
    different = len(np.unique(points, axis=0))
    tried = [k] if k else list(range(k_min, min(k_max, different - 1) + 1))
    if not tried or tried[0] >= different:
        return None
    logs = np.log1p(points)
    mean, scale = logs.mean(axis=0).round(DIGITS), logs.std(axis=0).round(DIGITS)
    scale[scale == 0] = 1.0
    scaled = (logs - mean) / scale
    with threadpool_limits(1):  # sums over several threads differ in the last digits from run to run
        fits = {number: KMeans(number, n_init=10, random_state=seed).fit(scaled) for number in tried}
        indices = _compare(fits, scaled)
    best = fits[int(indices.loc[indices.chosen, "k"].iloc[0])]
    order = np.lexsort((best.cluster_centers_[:, 0], -best.cluster_centers_[:, 1], -best.cluster_centers_[:, 2]))
    centres = best.cluster_centers_[order].round(DIGITS)
    values = np.expm1(centres * scale + mean)
    return ClusterModel(tuple(mean.tolist()), tuple(scale.tolist()), tuple(map(tuple, centres.tolist())), tuple(_name(centres, values)), indices)


def _draw(buyers: Table, sample: int) -> np.ndarray:
    """Take customers as points, money rounded to 1 %: counted in the engine, then drawn evenly along the sorted points."""
    money = (ibis.greatest(_.monetary.cast("float64"), 0) + 1).ln()
    counted = buyers.group_by(r=_.recency_days, f=_.frequency, m=(money * 100).round().cast("int64")).agg(n=_.count()).execute()
    counted = counted.sort_values(["r", "f", "m"]).reset_index(drop=True)
    total = int(counted.n.sum())
    size = min(sample, total)
    positions = np.floor((np.arange(size) + 0.5) * total / size).astype(int) if size else np.array([], dtype=int)
    rows = np.searchsorted(counted.n.cumsum().to_numpy(), positions, side="right")
    drawn = counted.iloc[rows]
    return np.column_stack([drawn.r, drawn.f, np.expm1(drawn.m / 100)]).astype(float)


def _compare(fits: dict[int, KMeans], points: np.ndarray) -> pd.DataFrame:
    some = points[:: max(1, math.ceil(len(points) / 5000))]
    rows = []
    for k, fit in fits.items():
        labels = fit.predict(some)
        whole = len(np.unique(labels)) > 1
        rows.append({
            "k": k, "silhouette": silhouette_score(some, labels) if whole else np.nan, "calinski_harabasz": calinski_harabasz_score(some, labels) if whole else np.nan,
            "davies_bouldin": davies_bouldin_score(some, labels) if whole else np.nan, "inertia": fit.inertia_,
        })  # fmt: skip
    frame = pd.DataFrame(rows).round(DIGITS)
    frame["rank_sum"] = frame.silhouette.rank(ascending=False) + frame.calinski_harabasz.rank(ascending=False) + frame.davies_bouldin.rank()
    frame["chosen"] = frame.index == (frame.rank_sum.idxmin() if frame.rank_sum.notna().any() else 0)
    return frame


def _name(centres: np.ndarray, values: np.ndarray) -> list[str]:
    """Name clusters by what sets them apart: half a standard deviation from the middle, in words."""
    names: list[str] = []
    for (recency, frequency, money), (_days, orders, _amount) in zip(centres, values, strict=True):
        parts = (
            "recent" if recency < -0.5 else "silent" if recency > 0.5 else "fading",
            "once" if orders < 1.5 else "often" if frequency > 0.5 else "sometimes",
            "big" if money > 0.5 else "small" if money < -0.5 else "medium",
        )
        name = "_".join(parts)
        twins = sum(other == name or other.startswith(name + "_") for other in names)
        names.append(f"{name}_{twins + 1}" if twins else name)
    return names


def assign_clusters(customers: Table, model: ClusterModel | None) -> Table:
    """Give each buyer the nearest centre: the same rows with cluster (int64) and cluster_name; null where there is no model or no order."""
    if model is None:
        return customers.mutate(cluster=ibis.null("int64"), cluster_name=ibis.null("string"))
    values = {"recency_days": customers.recency_days, "frequency": customers.frequency, "monetary": ibis.greatest(customers.monetary.cast("float64"), 0)}
    scaled = customers.mutate(**{
        f"_z{i}": ((values[name].cast("float64") + 1).ln() - model.mean[i]) / model.scale[i] for i, name in enumerate(FEATURES)
    })  # fmt: skip
    distances = {
        f"_d{number}": sum(((scaled[f"_z{i}"] - centre[i]) ** 2 for i in range(1, len(FEATURES))), start=(scaled["_z0"] - centre[0]) ** 2)
        for number, centre in enumerate(model.centres, start=1)
    }
    measured = scaled.mutate(**distances)
    nearest = ibis.least(*[measured[name] for name in distances])
    cluster = ibis.cases(*[(measured[f"_d{number}"] == nearest, number) for number in range(1, len(model.centres) + 1)])
    numbered = measured.mutate(cluster=ibis.ifelse(measured.frequency > 0, cluster.cast("int64"), ibis.null("int64")))
    named = ibis.cases(*[(numbered.cluster == number, name) for number, name in enumerate(model.names, start=1)])
    return numbered.mutate(cluster_name=named).drop(*distances, "_z0", "_z1", "_z2")


def count_clusters(customers: Table, model: ClusterModel | None) -> pd.DataFrame:
    """List the clusters, the most valuable first.

    Returns
    -------
    pandas.DataFrame
        Grain: cluster. name, customers, monetary (Decimal), centre_recency_days, centre_frequency, centre_monetary (original units), and stability,
        matched_to, event (null).
    """
    columns = ["cluster", "name", "customers", "monetary", "centre_recency_days", "centre_frequency", "centre_monetary", "stability", "matched_to", "event"]
    if model is None:
        return pd.DataFrame(columns=columns)
    counted = customers.filter(_.cluster.notnull()).group_by("cluster").agg(customers=_.count(), monetary=_.monetary.sum()).execute().set_index("cluster")
    frame = pd.DataFrame(model.centre_values().round(6), columns=columns[4:7])
    frame.insert(0, "cluster", range(1, len(frame) + 1))
    frame.insert(1, "name", model.names)
    frame.insert(2, "customers", [int(counted.customers.get(number, 0)) for number in frame.cluster])
    frame.insert(3, "monetary", [counted.monetary.get(number, 0) for number in frame.cluster])
    return frame.assign(stability=None, matched_to=None, event=None)[columns]


def cross_clusters(customers: Table, *, by: str) -> pd.DataFrame:
    """Count customers by cluster and another label: cluster, cluster_name, <by>, customers."""
    crossed = customers.filter(_.cluster.notnull()).group_by("cluster", "cluster_name", by).agg(customers=_.count())
    return crossed.order_by("cluster", by).execute()
