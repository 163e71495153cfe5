"""How large the clusters are, what is typical of them, and who lies next to whom."""

from decimal import Decimal

import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.clusters.model import OUTLIERS, ClusterModel

_RFM = ("recency_days", "frequency", "monetary")
COLUMNS = (
    "cluster", "name", "customers", "monetary", "centre_recency_days", "centre_frequency", "centre_monetary", "stability", "matched_to", "event",
)  # fmt: skip
PASSPORT = (
    "cluster", "name", "customers", "customers_pct", "monetary", "monetary_pct", "stability", "nearest", "nearest_name", "distance", "segment", "segment_pct",
)  # fmt: skip


def count_clusters(customers: Table, model: ClusterModel | None, events: pd.DataFrame, died: ClusterModel | None = None) -> pd.DataFrame:
    """List the clusters by number.

    Parameters
    ----------
    customers : Table
        With cluster.
    model : ClusterModel or None
    events : pandas.DataFrame
        cluster (its number now), matched_to, event; no rows on a first report. A cluster that died has a number of old and no customers.
    died : ClusterModel, optional
        The earlier model, for the centres of clusters that died.

    Returns
    -------
    pandas.DataFrame
        Grain: cluster. name, customers, monetary (Decimal), centre_recency_days, centre_frequency, centre_monetary (the centre in original units; the median of
        its customers where the measure is no feature, and for the outliers), stability (null for the outliers), matched_to, event (null on a first
        report). 0, the outliers, is listed where there are any.
    """
    if model is None:
        return pd.DataFrame(columns=list(COLUMNS))
    inside = customers.filter(_.cluster.notnull())
    medians = {name: inside[name].cast("float64").median() for name in _RFM}
    counted = inside.group_by("cluster").agg(customers=_.count(), monetary=_.monetary.sum(), **{f"centre_{name}": value for name, value in medians.items()})
    found = counted.execute().set_index("cluster")
    told = events.dropna(subset=["cluster"]).set_index("cluster") if len(events) else pd.DataFrame(columns=["matched_to", "event"])
    known = _list_centres(model)
    gone = _list_centres(died) if died else {}
    shown = [*([0] if 0 in found.index else []), *model.numbers, *[number for number in told.index if number in gone and number not in known]]
    rows = []
    for number in sorted(shown):
        name, stability, centre = known.get(number) or gone.get(number) or (OUTLIERS, None, {})
        there = number in found.index
        rows.append({
            "cluster": number, "name": name, "customers": int(found.customers[number]) if there else 0, "monetary": found.monetary[number] if there else Decimal(0),
            **{f"centre_{each}": centre.get(each, float(found[f"centre_{each}"][number]) if there else None) for each in _RFM},
            "stability": stability if number in known else None,
            "matched_to": None if number not in told.index or pd.isna(told.matched_to[number]) else int(told.matched_to[number]),
            "event": told.event[number] if number in told.index else None,
        })  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"matched_to": "Int64", "stability": "float64"})


def _list_centres(model: ClusterModel) -> dict[int, tuple[str, float | None, dict[str, float]]]:
    values = model.centre_values().round(6).tolist()
    rows = zip(model.numbers, model.names, model.stability, values, strict=True)
    return {number: (name, stability, dict(zip(model.features, value, strict=True))) for number, name, stability, value in rows}


def cross_clusters(customers: Table, *, by: str) -> pd.DataFrame:
    """Count customers by cluster and another label: cluster, cluster_name, <by>, customers, share (of the cluster)."""
    crossed = customers.filter(_.cluster.notnull()).group_by("cluster", "cluster_name", by).agg(customers=_.count()).order_by("cluster", by).execute()
    return crossed.assign(share=crossed["customers"] / crossed.groupby("cluster")["customers"].transform("sum"))


def list_profiles(model: ClusterModel | None) -> pd.DataFrame:
    """Lay the centres out: what is typical of each cluster, and how far from the middle.

    Returns
    -------
    pandas.DataFrame
        Grain: cluster x feature, by number and in the order of the features. name, value (the centre in the unit of the feature), place (standard deviations
        from the mean of all customers, after the transform; outliers aside).
    """
    if model is None:
        return pd.DataFrame(columns=["cluster", "name", "feature", "value", "place"])
    values = model.centre_values().round(6)
    rows = [
        (number, model.names[i], feature, float(values[i, j]), float(model.centres[i][j]))
        for i, number in sorted(enumerate(model.numbers), key=lambda pair: pair[1])
        for j, feature in enumerate(model.features)
    ]
    return pd.DataFrame(rows, columns=["cluster", "name", "feature", "value", "place"])


def list_passports(clusters: pd.DataFrame, cross: pd.DataFrame, model: ClusterModel | None) -> pd.DataFrame:
    """Write a passport for each cluster that has customers.

    Parameters
    ----------
    clusters : pandas.DataFrame
        As from `count_clusters`.
    cross : pandas.DataFrame
        Clusters by segment, as from `cross_clusters`.
    model : ClusterModel or None

    Returns
    -------
    pandas.DataFrame
        Grain: cluster. name, customers, customers_pct, monetary, monetary_pct, stability, nearest (number of the cluster whose centre is nearest; null for the
        outliers), nearest_name, distance (between the two centres, in standard deviations), segment (the most common), segment_pct (of the customers there).
    """
    rows = clusters[clusters.customers > 0]
    if model is None or rows.empty:
        return pd.DataFrame(columns=list(PASSPORT))
    centres = np.array(model.centres)
    apart = np.sqrt(((centres[:, None, :] - centres[None]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    next_to = {
        number: (model.numbers[at], model.names[at], round(float(apart[i, at]), 6)) for i, number in enumerate(model.numbers) for at in [apart[i].argmin()]
    }
    customers, money = int(rows.customers.sum()), rows.monetary.map(float)
    most = cross.sort_values(["cluster", "customers", "segment"], ascending=[True, False, True]).drop_duplicates("cluster").set_index("cluster")
    found = []
    for row, amount in zip(rows.itertuples(), money, strict=True):
        nearest = next_to.get(row.cluster, (None, None, None))
        at = most.loc[row.cluster]
        found.append((
            row.cluster, row.name, row.customers, row.customers / customers, amount, amount / money.sum() if money.sum() > 0 else 0.0, row.stability, *nearest,
            at.segment, at.customers / row.customers,
        ))  # fmt: skip
    return pd.DataFrame(found, columns=list(PASSPORT)).astype({"nearest": "Int64", "distance": "float64", "stability": "float64"})
