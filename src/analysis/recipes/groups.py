"""Who is alike: the clusters."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.models import clusters
from analysis.recipes.opened import Opened


def _cluster_model(opened: Opened) -> clusters.ClusterModel | None:
    chosen = opened.config.clusters
    if not opened.get("enough"):
        return None
    return clusters.fit_clusters(opened.get("buyers"), k_min=chosen.k_min, k_max=chosen.k_max, k=chosen.k, sample=chosen.sample, seed=opened.config.seed)


def _k_indices(opened: Opened) -> pd.DataFrame:
    model = opened.get("cluster_model")
    return model.indices if model else pd.DataFrame(columns=["k", "silhouette", "calinski_harabasz", "davies_bouldin", "inertia", "rank_sum", "chosen"])


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "cluster_model": _cluster_model,
    "clusters": lambda o: clusters.count_clusters(o.get("customers"), o.get("cluster_model")),
    "k_indices": _k_indices,
    "cross": lambda o: clusters.cross_clusters(o.get("customers"), by="segment"),
}
