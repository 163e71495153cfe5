"""The tables that pages may show: which columns, and which groups of customers their numbers stand for. What is not named here is not shown.

A new table for pages gets an entry in `SHOWN`: the columns that count customers as `Cells` (or another rule of `analysis.models.disclosure`), and under `free` those
that speak of no customers: settings, names, fitted parameters, numbers of the whole base. A column that is in neither is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

import pandas as pd

from analysis.columns import CAUSES, PATH_SEPARATOR
from analysis.models.disclosure import Balance, Branches, Cells, Curve, Parts, Rule, Same
from analysis.models.migration import find_direction
from analysis.models.restatement import REASONS


@dataclass(frozen=True)
class Shown:
    """What pages may show of a table.

    Parameters
    ----------
    rules : tuple of Rule
        The groups of customers that its numbers stand for. `values` may end in ``*``.
    free : str
        Columns that speak of no customers, parted by blanks.
    single : bool
        A row is one customer, by pseudonym: nothing for readers outside.
    dropped : str
        Columns that no page gets, likewise.
    prepare : callable, optional
        Adds what the rules need and pages do not: exact table -> table.
    finish : callable, optional
        What no rule says: (table as shown, other tables as shown, least) -> table.
    reads : tuple of str
        The other tables that `finish` reads.
    """

    rules: tuple[Rule, ...] = ()
    free: str = ""
    single: bool = False
    dropped: str = ""
    prepare: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    finish: Callable[[pd.DataFrame, Mapping[str, pd.DataFrame], int], pd.DataFrame] | None = None
    reads: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """Name the tables whose pattern this one follows."""
        return tuple(sorted({same.table for rule in self.rules if isinstance(rule, Cells) for same in rule.same} | set(self.reads)))

    @property
    def columns(self) -> frozenset[str]:
        """Name every column that may be there."""
        named = {*self.free.split(), *self.dropped.split()}
        for rule in self.rules:
            for field in fields(rule):
                value = getattr(rule, field.name)
                named |= {value} if field.name in ("by", "path", "along") and isinstance(value, str) else set()
                named |= {each for each in value if isinstance(each, str)} if isinstance(value, tuple) else set()
            named |= {name for line in rule.sums for name, _ in line} if isinstance(rule, Balance) else set()
        return frozenset(named)


_HEAT = Shown(  # classes or attributes by segment: the sizes of the segments, and of the classes, stand in other tables
    (
        Cells(("column", "segment"), ("size",), ("share",), totals=(("column",),)),
        Cells(("column", "key", "segment"), values=("share", "monetary", "differs"), totals=(("column", "key"), ("column", "segment"), ("column",))),
    ),
    free="overall",
)
_WORTH = ("monetary", "orders_90d", "value", "low", "high", "at_risk", "p_alive")
_NOW = Same("stages", (("group", "stage"),), last="month")


def _count_by_buying(stages: pd.DataFrame) -> pd.DataFrame:
    """Tell buyers from those who bought nothing: each have a total that readers know."""
    return stages.assign(bought=~stages["stage"].isin(("prospect", "cancelled_only")))


def _by_calendar(cohorts: pd.DataFrame) -> pd.DataFrame:
    """Tell the month in which a cohort was active, whose active customers stand in other tables, and its first one, which is the cohort itself."""
    begun = pd.to_datetime(cohorts["cohort"])
    return cohorts.assign(
        month=[start + pd.DateOffset(months=int(period)) for start, period in zip(begun, cohorts["period"], strict=True)], begins=cohorts["period"] == 0
    )


def _levels_apart(tags: pd.DataFrame) -> pd.DataFrame:
    return tags.assign(is_level=tags["value"].notna())


def _gained(policies: pd.DataFrame) -> pd.DataFrame:
    return policies.assign(gained=(policies["buyers_after"] - policies["buyers_before"]).abs())


def _others_in_bin(bins: pd.DataFrame) -> pd.DataFrame:
    return bins.assign(others=(bins["customers"] * (1 - bins["share"])).round())


def _tell_direction(moves: pd.DataFrame) -> pd.DataFrame:
    """Tell who went up and who down: each have a total that readers know."""
    return moves.assign(direction=find_direction(moves))


def _figures(shown: pd.DataFrame, least: int, columns: tuple[str, ...], by: str = "") -> pd.DataFrame:
    """Withhold figures of a few customers: money and means go with the customers of the same days, and a share where it stands for a few."""
    shown = shown.copy()
    for column in columns:
        shown[column] = pd.to_numeric(shown[column], errors="coerce")
        for _day, rows in shown.groupby(by) if by else ((None, shown),):
            values = rows.drop_duplicates("measure").set_index("measure")[column]
            gone = {measure for measure in ("active_customers", "new_customers_30d") if 0 < values.get(measure, 0) < least}
            if "active_customers" in gone:
                gone |= {"revenue_30d", "mean_order_value_30d"}
            shown.loc[rows.index[rows["measure"].isin(gone)], column] = float("nan")
    return shown


def _few_late(views: pd.DataFrame, others: Mapping[str, pd.DataFrame], _least: int) -> pd.DataFrame:
    """Who is late is at risk or dormant: where one of the two is withheld, their sum would tell it."""
    stages = others["stages"]
    now = stages.loc[(stages["month"] == stages["month"].max()) & stages["stage"].isin(("at_risk", "dormant")), "customers"]
    late = views["about"] == "late"
    return views.assign(**{column: views[column].astype(float).mask(late) for column in ("customers", "monetary")}) if now.isna().any() else views


SHOWN: Mapping[str, Shown] = {
    # the data
    "ledger": Shown((Cells(("step",)),), free="rule action rows amount rows_touched rows_after amount_after note"),
    "examples": Shown(free="rule day product quantity amount customer", single=True),
    "months": Shown(
        (Cells(("month",), values=("orders", "monetary"), totals=((),), same=(Same("flows", (("month", "month"),), "active"),)),),
        free="anonymous is_complete",
    ),
    "policies": Shown(
        (
            Cells(("rule", "action", "alternative"), ("customers_changed",), ("share", "money_moved", "money_share")),
            Cells(("rule", "action", "alternative"), ("gained",), ("customers", "buyers_after", "revenue_after")),
        ),
        free="buyers_before revenue_before sampled",
        prepare=_gained,
    ),
    "key_figures": Shown(free="measure value previous", finish=lambda shown, _others, least: _figures(shown, least, ("value", "previous"))),
    "key_series": Shown(free="measure day value is_known", finish=lambda shown, _others, least: _figures(shown, least, ("value",), "day")),
    # scores and segments
    "distributions": Shown((Cells(("measure", "left"), totals=(("measure",),)),), free="right"),
    "on_cuts": Shown((Cells(("measure",), ("on_cut",)),), free="cut median mean measured split"),
    "thresholds": Shown(free="measure cut value fitted_on ruler_id measured method boundary"),
    "map_cells": Shown(free="axis panel r across segment claims"),
    "sufficiency": Shown(free="check found needed met"),
    "grid": Shown(
        (Cells(("r_score", "f_score", "segment"), values=("monetary",), totals=(("r_score", "f_score"), ("r_score",), ("f_score",), ("segment",), ())),)
    ),
    "segments": Shown(
        (
            Cells(
                ("scheme", "segment"),
                values=("customers_pct", "monetary", "monetary_pct", "median_recency_days", "median_frequency", "median_monetary"),
                totals=(("scheme",),),
            ),
        ),
        free="action",
    ),
    "segment_rules": Shown(free="segment part exact r_low r_high f_low f_high m_low m_high"),
    "segment_reasons": Shown(
        (
            Cells(
                ("segment",),
                values=("monetary", "lifted", "lifted_to_customers", "falls_7", "money_7", "falls_30", "money_30", "falls_to_customers"),
                totals=((),),
            ),
            Cells(("segment",), ("lifted",), ("lifted_to_customers",), totals=((),)),
            Cells(("segment",), ("lifted_to_customers",)),
            Cells(("segment",), ("falls_30",), ("money_30", "falls_to_customers", "falls_7", "money_7"), totals=((),)),
            Cells(("segment",), ("falls_7",), ("money_7",), totals=((),)),
            Cells(("segment",), ("falls_to_customers",)),
        ),
        free="lifted_to falls_to",
    ),
    "pareto": Shown((Curve((), "customers_share", of="buyers"),), free="revenue_share", dropped="monetary"),
    "history": Shown((Cells(("as_of", "scheme", "segment"), values=("customers_pct", "monetary"), totals=(("as_of", "scheme"),)),)),
    "tie_blocks": Shown((Cells(("measure", "value"), values=("share", "to_better", "to_worse")),), free="score"),
    "certificate": Shown((Cells(("check",), values=("value",)),), free="n verdict times"),
    "crosswalk": Shown((Cells(("map", "segment", "other_segment"), values=("share", "monetary"), totals=(("map", "segment"), ("map", "other_segment"), ("map",))),)),
    "agreement": Shown((Cells(("map",), values=("same_name", "rand_adjusted")),)),
    # what if: groups that are nowhere smaller than `least` when they are made (see analysis.models.cube), and sums of them
    "cube": Shown(free="attribute value segment r f m customers monetary holds"),
    "cube_edges": Shown(free="measure place value cuts measured boundary"),
    "cube_codes": Shown(free="map code segment place"),
    "cube_steps": Shown(free="measure step segment customers_before customers_after monetary_before monetary_after moved buyers money_moved"),
    # moves
    "movement": Shown(
        (
            Cells(
                ("scheme", "from_segment", "to_segment"),
                values=("monetary", *CAUSES),
                totals=(("scheme", "from_segment"), ("scheme", "to_segment"), ("scheme", "direction"), ("scheme",)),
                same=(
                    Same("history", (("scheme", "scheme"), ("from_segment", "segment"), ("from_as_of", "as_of"))),
                    Same("history", (("scheme", "scheme"), ("to_segment", "segment"), ("to_as_of", "as_of"))),
                ),
            ),
            Parts(("scheme", "from_segment", "to_segment"), CAUSES, totals=(("scheme", "from_segment", "to_segment"), ("scheme", "part"))),
        ),
        free="from_as_of to_as_of from_place to_place",
        prepare=_tell_direction,
    ),
    "movement_totals": Shown(
        (
            Cells(("scheme", "direction"), values=("share", "monetary", "monetary_share", *CAUSES), totals=(("scheme",),)),
            Parts(("scheme", "direction"), CAUSES, totals=(("scheme", "direction"), ("scheme", "part"))),
        ),
        free="from_as_of to_as_of",
    ),
    "movers": Shown(
        free="customer from_segment to_segment cause days_then days_now orders_then orders_now monetary from_place to_place",
        single=True,
    ),
    "ruler_effect": Shown(
        (Cells(("ruler",), ("changed",), CAUSES[:3]), Parts(("ruler",), CAUSES[:3], totals=(("ruler",),))), free="from_as_of to_as_of customers"
    ),
    "restatement": Shown(
        (
            Cells(
                ("as_of", "scheme", "segment"),
                ("reported", "today"),
                ("monetary_reported", "monetary_today", "left", "joined", *REASONS),
                totals=(("as_of", "scheme"),),
            ),
            Cells(("as_of", "scheme", "segment"), ("left", "joined"), REASONS),
            *(Cells(("as_of", "scheme", "segment"), (reason,)) for reason in REASONS),
        )
    ),
    "restated_figures": Shown(free="measure reported today", finish=lambda shown, _others, least: _figures(shown, least, ("reported", "today"))),
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
        prepare=_others_in_bin,
    ),
    "cluster_axes": Shown(free="axis feature loading explained"),
    "cluster_drift": Shown(free="measure before now value limit"),
    "cluster_decision": Shown(free="decision fitted_on"),
    "cluster_events": Shown((Cells(("event", "cluster", "matched_to"), values=("share_of_old", "share_of_new")),), free="name old_name"),
    "cross": Shown((Cells(("cluster", "segment"), values=("share",), totals=(("cluster",), ("segment",), ())),), free="cluster_name"),
    # lifecycle
    "stages": Shown(
        (
            Cells(("month", "stage"), totals=(("month", "bought"),)),
            Cells(("month", "stage"), ("entered", "left")),
        ),
        free="is_complete",
        prepare=_count_by_buying,
    ),
    "flows": Shown(
        (
            Cells(("month",), ("new",), totals=((),)),
            Balance(
                "month",
                sums=((("active", 0), ("new", 0), ("returning", 0), ("reactivated", 0)), (("active", 1), ("returning", 0), ("dormant", 0))),
                kept=("new",),
                totals=("active",),
            ),
        ),
        free="is_complete",
    ),
    "rhythm": Shown(free="is_known gaps least_gaps shape first_gap_days season_known busiest quietest busy quiet"),
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
        prepare=_by_calendar,
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
        free="rung model reason repeaters days money money_reason correlation correlation_low correlation_high discount interval held_out late split tried",
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
        prepare=_levels_apart,
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
    "reader_views": Shown((Cells(("reader", "about"), values=("monetary",)),), free="what choose", finish=_few_late, reads=("stages",)),
}
