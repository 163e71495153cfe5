"""The tables that pages may show: which columns, and which groups of customers their numbers stand for. What is not named here is not shown.

A new table for pages gets an entry, here or, for groups of customers, in `disclosure_groups`: the columns that count customers as `Cells` (or another rule of
`analysis.models.disclosure_rules`), and under `free` those that speak of no customers: settings, names, fitted parameters, numbers of the whole base. A column that is in
neither is refused.
"""

from collections.abc import Mapping

from analysis.columns import CAUSES
from analysis.models.disclosure_rules import Cells, Curve, Parts, Same
from analysis.models.restatement import REASONS
from analysis.recipes.disclosure_groups import GROUPS
from analysis.recipes.shown import Shown, blank_figures, count_gained, fold_moves, tell_direction

SHOWN: Mapping[str, Shown] = {
    **GROUPS,
    # the data
    "ledger": Shown((Cells(("step",)),), free="rule action rows amount rows_touched rows_after amount_after note"),
    "examples": Shown(free="rule day product quantity amount customer", single=True),
    "months": Shown(
        (Cells(("month",), values=("orders", "monetary"), totals=((),), same=(Same("flows", (("month", "month"),), "active"),)),),
        free="anonymous is_complete",
    ),
    "currencies": Shown(
        (
            Cells(
                ("currency",), values=("lines", "lines_earlier", "lines_without", "paid_amount", "amount", "rate_low", "rate_mean", "rate_high"), totals=((),)
            ),
        ),
        free="first_on last_on",
    ),
    "policies": Shown(
        (
            Cells(("rule", "action", "alternative"), ("customers_changed",), ("share", "money_moved", "money_share")),
            Cells(("rule", "action", "alternative"), ("gained",), ("customers", "buyers_after", "revenue_after")),
        ),
        free="buyers_before revenue_before sampled",
        prepare=count_gained,
    ),
    "key_figures": Shown(free="measure value previous", finish=lambda shown, _others, least: blank_figures(shown, least, ("value", "previous"))),
    "key_series": Shown(free="measure day value is_known", finish=lambda shown, _others, least: blank_figures(shown, least, ("value",), "day")),
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
    "crosswalk": Shown(
        (
            Cells(
                ("map", "segment", "other_segment"), values=("share", "monetary"), totals=(("map", "segment"), ("map", "other_segment"), ("map",)), crossed=True
            ),
        )
    ),
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
                kept="nowhere",
                crossed=True,
            ),
            Parts(("scheme", "from_segment", "to_segment"), CAUSES, totals=(("scheme", "from_segment", "to_segment"), ("scheme", "part"))),
        ),
        free="from_as_of to_as_of from_place to_place",
        prepare=tell_direction,
    ),
    "movement_totals": Shown(free=" ".join(("scheme direction from_as_of to_as_of customers share monetary monetary_share", *CAUSES)), finish=fold_moves),
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
    "restated_figures": Shown(free="measure reported today", finish=lambda shown, _others, least: blank_figures(shown, least, ("reported", "today"))),
    # summary
    "alerts": Shown((Cells(("kind",), values=("money",)),), free="level"),
    "falls": Shown((Cells(("segment",), ("customers", "customers_before"), ("money", "money_before")),), free="level against since"),
    "doubts": Shown(free="kind level days share money"),
    "actions": Shown(
        (
            Cells(("scheme", "segment"), values=("stake", "reachable", "undecided", "stake_share", "effort", "days"), totals=(("scheme",),)),
            Parts(("scheme", "segment"), ("concerned", "others"), totals=(("scheme", "segment"),)),
        ),
        free="reason",
    ),
    "shifts": Shown(
        (
            Cells(("scheme", "segment"), ("before",), totals=(("scheme",),)),
            Cells(("scheme", "segment"), ("now",), totals=(("scheme",),)),
        ),
        free="why_came why_gone",
    ),
    "news": Shown(free="candidate month score is_chosen reason"),
}
