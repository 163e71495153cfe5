"""Who is alike: the clusters, as accepted or found anew, and all that is told of them."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from analysis.models.clusters import assigning, choosing, counting, drift, features, fitting, grouping, projecting
from analysis.models.clusters.model import ClusterModel
from analysis.recipes.opened import Opened
from analysis.recipes.sample import draw


def _points(opened: Opened) -> np.ndarray:
    chosen = opened.config.clusters
    features.check_features(opened.get("buyers"), chosen.features)
    return features.draw_points(draw(opened, opened.get("buyers")), chosen.features, size=chosen.sample)


def _fit(opened: Opened) -> ClusterModel | None:
    chosen = opened.config.clusters
    return fitting.fit_clusters(
        opened.get("cluster_points"), chosen.features, k_min=chosen.k_min, k_max=chosen.k_max, k=chosen.k, smallest=chosen.smallest, transform=chosen.transform,
        limit=chosen.outliers, seed=opened.config.seed, fitted_on=opened.as_of,
    )  # fmt: skip


def _grouping(opened: Opened) -> grouping.Grouping:
    published = opened.get("published")
    earlier = ClusterModel.from_dict(published.clusters) if published is not None and published.clusters else None
    moved = drift.no_drift()
    if not opened.get("enough"):
        return grouping.Grouping(None, earlier, "few", moved, grouping.no_events())
    decision = _decide(opened, earlier)
    if earlier is not None and decision in ("accepted", "refit_asked"):
        moved = drift.measure_drift(earlier, opened.get("cluster_points"), limit=opened.config.clusters.drift_limit)
        index = moved[moved.measure == "index"].iloc[0]
        if decision == "accepted" and index.value <= index.limit:
            return grouping.Grouping(earlier, earlier, decision, moved, grouping.go_on(earlier))
        decision = "refit_drift" if decision == "accepted" else decision
    fresh = _fit(opened)
    if fresh is None:
        return grouping.Grouping(None, earlier, "few", moved, grouping.no_events())
    if earlier is None:
        return grouping.Grouping(fresh, None, decision, moved, grouping.no_events())
    labels = _labels(opened, earlier)
    crossed = pd.DataFrame(columns=["old", "new", "customers"]) if labels is None else grouping.cross_labels(opened.get("buyers"), fresh, labels)
    model, events = grouping.align(fresh, earlier, crossed)
    return grouping.Grouping(model, earlier, decision, moved, events)


def _decide(opened: Opened, earlier: ClusterModel | None) -> str:
    chosen = opened.config.clusters
    if earlier is None:
        return "first"
    same = (earlier.features, earlier.transform, earlier.limit) == (chosen.features, chosen.transform, chosen.outliers)
    k = len(earlier.centres)
    allowed = k == chosen.k if chosen.k else chosen.k_min <= k <= chosen.k_max
    if not same or not allowed:
        return "refit_settings"
    return "refit_asked" if chosen.centres == "refit" else "accepted"


def _labels(opened: Opened, earlier: ClusterModel) -> Table | None:
    """Give the clusters as last reported; where that file is gone, today's customers under the centres of then, if they can be measured so."""
    path = opened.get("published").labels
    if path is not None and path.is_file():
        return opened.engine.load(f"saved_{path.stem}", path)
    buyers = opened.get("buyers")
    return assigning.assign_clusters(buyers, earlier) if set(earlier.features) <= set(buyers.columns) else None


def _clusters(opened: Opened) -> pd.DataFrame:
    found = opened.get("grouping")
    return counting.count_clusters(opened.get("labelled"), found.model, found.events, died=found.earlier)


def _map(opened: Opened) -> pd.DataFrame:
    model = opened.get("cluster_model")
    if model is None:
        return pd.DataFrame(columns=list(projecting.CELL_COLUMNS))
    return projecting.count_cells(opened.get("labelled"), model, opened.get("cluster_projection"))


def _axes(opened: Opened) -> pd.DataFrame:
    model = opened.get("cluster_model")
    return pd.DataFrame(columns=["axis", "feature", "loading", "explained"]) if model is None else projecting.list_axes(model, opened.get("cluster_projection"))


def _decision(opened: Opened) -> pd.DataFrame:
    found = opened.get("grouping")
    if found.model is None:
        return pd.DataFrame([{"decision": found.decision, "fitted_on": None, "sampled": None}])
    share = len(opened.get("cluster_points")) / int(opened.get("buyers").count().execute())
    return pd.DataFrame([{"decision": found.decision, "fitted_on": found.model.fitted_on, "sampled": share}])


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "cluster_points": _points,
    "grouping": _grouping,
    "cluster_model": lambda o: o.get("grouping").model,
    "cluster_projection": lambda o: projecting.fit_axes(o.get("cluster_model"), o.get("cluster_points")),
    "clusters": _clusters,
    "k_indices": lambda o: o.get("cluster_model").indices if o.get("cluster_model") else choosing.no_indices(),
    "k_reasons": lambda o: o.get("cluster_model").reasons if o.get("cluster_model") else choosing.no_reasons(),
    "cross": lambda o: counting.cross_clusters(o.get("labelled"), by="segment"),
    "cluster_profiles": lambda o: counting.list_profiles(o.get("cluster_model")),
    "passports": lambda o: counting.list_passports(o.get("clusters").order_by("cluster").execute(), o.get("cross"), o.get("cluster_model")),
    "cluster_map": _map,
    "cluster_axes": _axes,
    "cluster_decision": _decision,
    "cluster_drift": lambda o: o.get("grouping").drift,
    "cluster_events": lambda o: o.get("grouping").events,
}
