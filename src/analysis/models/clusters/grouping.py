"""From one report to the next: accepted centres hold, or groups are found anew and get the numbers and names of those they come from."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.clusters.assigning import assign_clusters
from analysis.models.clusters.matching import match_clusters, settle_numbers
from analysis.models.clusters.model import ClusterModel
from analysis.models.clusters.naming import name_clusters

EVENTS = ("event", "cluster", "name", "matched_to", "old_name", "customers", "share_of_old", "share_of_new")


@dataclass(frozen=True)
class Grouping:
    """The groups of a run, and how they came about.

    Parameters
    ----------
    model : ClusterModel or None
        None where there are too few customers.
    earlier : ClusterModel or None
        That of the last report.
    decision : str
        few (no groups), first (nothing was accepted before), accepted (its centres hold), refit_asked, refit_settings (they were found under other
        settings), refit_drift (they no longer fit).
    drift : pandas.DataFrame
        As from `measure_drift`.
    events : pandas.DataFrame
        As from `align`; no rows where there is nothing to compare.
    """

    model: ClusterModel | None
    earlier: ClusterModel | None
    decision: str
    drift: pd.DataFrame
    events: pd.DataFrame


def no_events() -> pd.DataFrame:
    """Give the frame of events without a row."""
    return pd.DataFrame(columns=list(EVENTS))


def go_on(model: ClusterModel) -> pd.DataFrame:
    """Tell of accepted centres that hold: every group is kept."""
    rows = [("kept", number, name, number, name, None, None, None) for number, name in sorted(zip(model.numbers, model.names, strict=True))]
    return pd.DataFrame(rows, columns=list(EVENTS)).astype({"customers": "Int64", "share_of_old": "float64", "share_of_new": "float64"})


def cross_labels(buyers: Table, fresh: ClusterModel, labels: Table) -> pd.DataFrame:
    """Count customers by the cluster they were in and the one they would be in now; outliers of either are left out.

    Parameters
    ----------
    buyers : Table
        Grain: customer, with the features of the model.
    fresh : ClusterModel
    labels : Table
        Grain: customer_id; cluster as last reported.

    Returns
    -------
    pandas.DataFrame
        Grain: old x new; customers.
    """
    now = assign_clusters(buyers, fresh).select("customer_id", new=_.cluster)
    both = now.inner_join(labels.select("customer_id", old=_.cluster.cast("int64")), "customer_id").filter((_.old > 0) & (_.new > 0))
    return both.group_by("old", "new").agg(customers=_.count()).order_by("old", "new").execute()


def align(fresh: ClusterModel, earlier: ClusterModel, crossed: pd.DataFrame) -> tuple[ClusterModel, pd.DataFrame]:
    """Number and name new groups after the old ones they come from.

    Parameters
    ----------
    fresh, earlier : ClusterModel
    crossed : pandas.DataFrame
        Grain: old x new (numbers of the two models); customers.

    Returns
    -------
    ClusterModel, pandas.DataFrame
        The fresh model with numbers that last: of the old group where it is the optimal match (see `match_clusters`), else one that was never used. A kept
        group keeps its name; others are named by what sets them apart now. And the events, by number: event, cluster and name (of one that died: those it
        had), matched_to and old_name, customers in common, share_of_old, share_of_new.
    """
    matched = match_clusters(crossed, old=earlier.numbers, new=fresh.numbers)
    new, died = matched[matched.cluster.notna()], matched[matched.cluster.isna()]
    numbers = settle_numbers(matched, highest=earlier.highest)
    called = dict(zip(earlier.numbers, earlier.names, strict=True))
    names = {i: called[int(row.matched_to)] for i, row in enumerate(new.itertuples()) if row.event == "kept"}
    others = [i for i in range(len(new)) if i not in names]
    if others:
        centres = np.array(fresh.centres)[others]
        names |= dict(zip(others, name_clusters(fresh.features, centres, fresh.scaling.value(centres), taken=tuple(names.values())), strict=True))
    told = [names[i] for i in range(len(new))]
    model = replace(fresh, numbers=numbers, names=tuple(told), highest=max(earlier.highest, *numbers))
    rows = [
        (
            row.event,
            number,
            name,
            row.matched_to,
            None if pd.isna(row.matched_to) else called[int(row.matched_to)],
            row.customers,
            row.share_of_old,
            row.share_of_new,
        )
        for row, number, name in zip(new.itertuples(), numbers, told, strict=True)
    ]
    rows += [("died", int(row.matched_to), called[int(row.matched_to)], pd.NA, None, 0, 0.0, 0.0) for row in died.itertuples()]
    frame = pd.DataFrame(rows, columns=list(EVENTS)).sort_values("cluster", ignore_index=True)
    return model, frame.astype({"matched_to": "Int64", "customers": "Int64"})
