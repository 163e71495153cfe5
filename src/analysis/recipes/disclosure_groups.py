"""Tables of groups of customers that pages may show: clusters, stages, cohorts, what they are worth, what people told, classes, tags, branches of the tree."""

from collections.abc import Mapping

from analysis.columns import PATH_SEPARATOR
from analysis.models.disclosure_rules import Balance, Branches, Cells, Curve, Same
from analysis.recipes.shown import Shown, blank_late, count_others, tell_buyers, tell_levels, tell_months

_HEAT = Shown(  # classes or attributes by segment: the sizes of the segments, and of the classes, stand in other tables
    (
        Cells(("column", "segment"), ("size",), ("share",), totals=(("column",),)),
        Cells(
            ("column", "key", "segment"), values=("share", "monetary", "differs"), totals=(("column", "key"), ("column", "segment"), ("column",)), crossed=True
        ),
    ),
    free="overall",
)
_WORTH = ("monetary", "orders_90d", "value", "low", "high", "at_risk", "p_alive")
_NOW = Same("stages", (("group", "stage"),), last="month")

GROUPS: Mapping[str, Shown] = {
    # clusters
    "k_indices": Shown(free="k silhouette calinski_harabasz davies_bouldin inertia stability smallest bic agreement excluded rank_sum chosen"),
    "k_reasons": Shown(free="reason k value limit"),
    "clusters": Shown((Cells(("cluster",), values=("monetary", "centre_*"), totals=((),)),), free="name stability matched_to event"),
    "cluster_profiles": Shown((Cells(("cluster",), (), ("value", "place"), same=(Same("clusters", (("cluster", "cluster"),)),)),), free="name feature"),
    "passports": Shown(
        (Cells(("cluster",), values=("customers_pct", "monetary", "monetary_pct", "segment_pct"), totals=((),)),),
        free="name stability nearest nearest_name distance segment",
    ),
    "cluster_map": Shown(
        (Cells(("x", "y"), values=("share",), totals=((),)), Cells(("x", "y"), ("others",), ("share",))),
        free="cluster cluster_name",
        prepare=count_others,
    ),
    "cluster_axes": Shown(free="axis feature loading explained"),
    "cluster_drift": Shown(free="measure before now value limit"),
    "cluster_decision": Shown(free="decision fitted_on sampled"),
    "cluster_events": Shown((Cells(("event", "cluster", "matched_to"), values=("share_of_old", "share_of_new")),), free="name old_name"),
    "cross": Shown((Cells(("cluster", "segment"), values=("share",), totals=(("cluster",), ("segment",), ()), crossed=True),), free="cluster_name"),
    # lifecycle
    "stages": Shown(
        (
            Cells(("month", "stage"), totals=(("month", "bought"),)),
            Cells(("month", "stage"), ("entered", "left")),
        ),
        free="is_complete",
        prepare=tell_buyers,
    ),
    "flows": Shown(
        (
            Cells(("month",), ("new",), totals=((),)),
            Balance(
                "month",
                sums=((("active", 0), ("new", 0), ("returning", 0), ("reactivated", 0)), (("active", 1), ("returning", 0), ("dormant", 0))),
                kept=("new",),
                totals=("active", "new"),
            ),
        ),
        free="is_complete",
    ),
    "rhythm": Shown(free="is_known gaps least_gaps sampled shape first_gap_days season_known busiest quietest busy quiet"),
    "lateness": Shown(
        (Cells(("band",), values=("year_monetary", "return_90d"), totals=((),), same=(Same("stages", (("band", "stage"),), last="month"),)),),
        free="low high",
    ),
    "calls": Shown(free="silence_days usual_gap_days overdue_index return_90d year_monetary customer", single=True),
    "reliability": Shown(
        (
            Cells(("group",), values=("predicted", "observed", "returned", "low", "high"), totals=((),)),
            Cells(("group",), ("returned",), ("observed", "low", "high"), totals=((),)),
        )
    ),
    "survival": Shown((Curve((), "waiting"), Cells(("days",), ("waiting",), ("back", "low", "high"))), free="step"),
    "no_return": Shown(free="share days horizon"),
    "trend": Shown(
        (
            Cells(("quarter",), values=("returned", "back", "low", "high"), totals=((),)),
            Cells(("quarter",), ("returned",), ("back", "low", "high"), totals=((),)),
        )
    ),
    "point": Shown(
        (
            Cells(("horizon",), values=("returned", "mean", "deviation", "share", "worth", "low", "high")),
            Cells(("horizon",), ("returned",), ("share", "worth", "low", "high")),
            Cells(("horizon",), ("newcomers",), ("worth", "low", "high")),
        )
    ),
    "cohorts": Shown(
        (
            Cells(("cohort",), values=("active", "retention", "monetary", "revenue_retention"), totals=((),)),
            Cells(
                ("cohort", "period"),
                ("active",),
                ("retention", "monetary", "revenue_retention"),
                totals=(("month",),),
                same=(Same("flows", (("month", "month"),), "active"),),
                kept="begins",
            ),
        ),
        free="is_complete from_before",
        prepare=tell_months,
    ),
    "cohorts_by": Shown(
        (
            Cells(
                ("attribute", "value"),
                ("size",),
                ("customers", "active", "monetary", "base", "retention", "revenue_retention", "low", "high"),
                totals=(("attribute",),),
            ),
            Cells(
                ("attribute", "value", "period"),
                values=("active", "monetary", "base", "retention", "revenue_retention", "low", "high"),
                totals=(("attribute", "period"),),
            ),
            Cells(
                ("attribute", "value", "period"), ("active",), ("monetary", "retention", "revenue_retention", "low", "high"), totals=(("attribute", "period"),)
            ),
        ),
        free="is_complete",
    ),
    "fates": Shown(
        (
            Cells(("feature", "value"), values=("left", "share", "low", "high"), totals=(("feature",),)),
            Cells(("feature", "value"), ("left",), ("share", "low", "high"), totals=(("feature",),)),
        ),
        free="overall differs horizon",
    ),
    # value
    "value_base": Shown(
        (Cells(("group",), values=_WORTH),),
        free="rung model reason repeaters days money money_reason correlation correlation_low correlation_high discount interval held_out late split tried sampled",
    ),
    "value_totals": Shown((Cells(("group",), values=_WORTH, totals=((),)),)),
    "value_stages": Shown((Cells(("group",), values=_WORTH, totals=((),), same=(_NOW,)),)),
    "value_concentration": Shown((Curve((), "customers_share", of="buyers"),), free="value_share"),
    "value_effort": Shown((Cells(("group",), values=("effort_share", "value_share", "value_each", "gap"), totals=((),)),)),
    "value_models": Shown(
        free="model names values errors loglik customers trouble score mae rmse actual expected",
    ),
    "value_steps": Shown(free="rung outcome reason"),
    "value_tracking": Shown(free="week actual expected actual_sum expected_sum is_held_out"),
    "value_frequencies": Shown((Cells(("x",), ("actual",), totals=((),)),), free="expected"),
    "value_conditions": Shown((Cells(("x",), values=("actual", "error", "expected"), totals=((),)),)),
    "value_lift": Shown((Curve(("forecast",), "customers_share", of="tried"),), free="money_share lift"),
    "value_forecast_errors": Shown((Cells(("forecast",), values=("mae", "rmse", "expected", "actual", "top_fifth", "lift", "inside")),)),
    # people, classes, tags, tree
    "attributes_known": Shown((Cells(("attribute",), values=("share",)),), free="distinct"),
    "by_attribute": Shown((Cells(("attribute", "kind", "value"), values=("monetary", "share", "money_share"), totals=(("attribute",),)),), free="values"),
    "identity_counts": Shown((Cells(("key", "action"), ("numbers",), ("orders", "monetary")),)),
    "biggest_accounts": Shown(free="account branches customers orders monetary share", single=True),
    "classes": Shown((Cells(("column", "key"), ("customers", "buyers"), ("customers_pct", "buyers_pct", "monetary", "monetary_pct"), totals=(("column",),)),)),
    "class_rules": Shown(free="column place key rule is_ours"),
    "class_by_segment": _HEAT,
    "attribute_by_segment": _HEAT,
    "class_profiles": Shown((Cells(("key",), values=("value", "ratio"), totals=((),)),), free="feature average"),
    "loyalty_parts": Shown((Cells(("group", "part"), ("n",), ("value", "low", "high"), totals=(("part",),)),)),
    "tree": Shown(
        (
            Branches(("tree",), "path", PATH_SEPARATOR, values=("monetary",)),
            Branches(("tree",), "path", PATH_SEPARATOR, ("customers_before",), ("monetary_before",)),
        ),
        free="level level_column key is_folded branches place is_change by",
    ),
    "tree_about": Shown(free="tree level level_column known values is_chosen is_attribute by since was_there called_en called_zh"),
    "tag_coverage": Shown(
        (Cells(("tag", "value"), values=("share", "monetary", "monetary_share"), totals=(("tag", "is_level"),)),),
        free="category type rule owner valid_days valid_until source",
        prepare=tell_levels,
    ),
    "tag_overlap": Shown(
        (
            Cells(("tag",), values=("both", "jaccard", "lift")),
            Cells(("other",), ("customers_other",), ("both", "jaccard", "lift")),
            Cells(("tag", "other"), ("both",), ("jaccard", "lift")),
        )
    ),
    "tag_findings": Shown((Cells(("tag", "finding", "other")),)),
    "tag_groups": Shown((Cells(("group",), values=("share", "monetary", "monetary_share")),), free="rule"),
    "tag_changes": Shown((Cells(("tag", "kind", "before", "after"), values=("newcomers",)), Cells(("tag", "kind", "before", "after"), ("newcomers",)))),
    "override_counts": Shown(
        (Cells(("column", "kind", "computed", "value"), values=("expiring",)), Cells(("column", "kind", "computed", "value"), ("expiring",)))
    ),
    "reader_views": Shown((Cells(("reader", "about"), values=("monetary",)),), free="what choose", finish=blank_late, reads=("stages",)),
}
