"""Who is who: the ruler, scores, segments, classes and tiers, and how they are spread."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import UNCLASSIFIED
from analysis.data import activity
from analysis.models import distributions, rfm, segments
from analysis.models.clusters.assigning import assign_clusters
from analysis.recipes.maps import count_ruler
from analysis.recipes.opened import Opened


def _ruler(opened: Opened) -> rfm.Ruler:
    if opened.config.scoring.ruler.startswith("frozen:"):
        ruler = rfm.Ruler.from_dict(opened.get("frozen_ruler"))
        rfm.check_ruler(ruler, opened.get("scoring"))
        return ruler
    return rfm.fit_ruler(opened.get("buyers"), opened.get("scoring"), fitted_on=opened.as_of)


def classify(opened: Opened, measured: Table) -> Table:
    """Score and classify customers at any day with the ruler and the map of the run."""
    return segments.classify(rfm.score(measured, opened.get("ruler")), opened.get("ruler"), opened.get("map"), enough=opened.get("enough"))


def _scored(opened: Opened) -> Table:
    """Give everybody known scores and groups."""
    return classify(opened, opened.get("everybody").mutate(frequency=_.frequency.fill_null(0), monetary=_.monetary.fill_null(0).cast(rfm.SUM)))


def _labelled(opened: Opened) -> Table:
    """Set a cluster and a stage beside the scores: what is counted by the chapters that do not look ahead."""
    labelled = assign_clusters(opened.get("scored"), opened.get("cluster_model"))
    stages = activity.stage_at(opened.get("spells"), as_of=opened.as_of)
    return opened.engine.materialize("labelled", labelled.left_join(stages, "customer_id").drop("customer_id_right", "first_seen", "had_returns"))


def _valued(opened: Opened) -> Table:
    """Set how late everybody is, and what is expected of them, beside the labels."""
    late = opened.get("overdue").select("customer_id", "overdue_index")
    horizons = [f"clv_{days}d" for days in (365, *opened.config.value.horizons)]
    future = opened.get("customer_value").select("customer_id", "p_alive", "expected_orders_90d", *horizons)
    timed = opened.get("labelled").left_join(late, "customer_id").drop("customer_id_right")
    return timed.left_join(future, "customer_id").drop("customer_id_right")


def _groups(opened: Opened) -> dict[str, tuple[str, ...]]:
    groups = segments.keys_of(opened.get("map"))
    return groups if opened.get("enough") else dict.fromkeys(groups, (UNCLASSIFIED,))


def _grid(opened: Opened) -> pd.DataFrame:
    counts = count_ruler(opened.get("ruler"))
    return distributions.count_grid(opened.get("labelled_buyers"), scores=(counts["r"], counts["f"]))


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "ruler": _ruler,
    "groups": _groups,
    "scored": _scored,
    "money_with_customers": lambda o: o.get("scored").monetary.sum().execute() or Decimal(0),
    "labelled": _labelled,
    "labelled_buyers": lambda o: o.get("labelled").filter(_.frequency > 0),
    "valued": _valued,
    "thresholds": lambda o: rfm.list_thresholds(o.get("ruler")),
    "segments": lambda o: segments.count_segments(o.get("labelled_buyers"), o.get("groups")),
    "grid": _grid,
    "pareto": lambda o: distributions.draw_pareto(o.get("buyers")),
    "distributions": lambda o: distributions.count_bins(o.get("buyers")),
    "on_cuts": lambda o: distributions.count_on_cuts(o.get("buyers"), o.get("ruler")),
}
