"""Withheld numbers in the chapters on cleaning, scores, clusters and value: drawn as nothing or a pale cell, told in no title and no sentence, never a "nan"."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from analysis.charts import certificate, maps, movement, policies, reasons, rfm, treemap
from analysis.columns import CAUSES
from analysis.models.crosswalk import measure_agreement
from analysis.models.migration import sum_moves
from analysis.story import certificate as certificate_story
from analysis.story import maps as maps_story
from analysis.story import movement as movement_story
from analysis.story import policies as policies_story
from analysis.story import reasons as reasons_story
from analysis.texts import Texts
from chart_frames import SEGMENT_TABLE, frame
from charts import test_certificate as tied
from charts import test_charts as usual
from charts import test_clusters as grouped
from charts import test_movement as moved
from charts import test_policies as chosen
from charts import test_reasons as reasoned
from charts import test_value as valued

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
OURS = ("waterfall", "months", "distributions", "grid", "segments", "pareto", "history")
NUMBERS = {
    "customers", "customers_pct", "monetary", "monetary_pct", "share", "orders", "falls_7", "money_7", "falls_30", "money_30", "falls_to_customers", "lifted",
    "lifted_to_customers", "customers_changed", "money_moved", "money_share", "value", "low", "high", "at_risk", "orders_90d", "actual", "error", "place",
    "median_recency_days", "median_frequency", "median_monetary", "segment_pct", "monetary_share", "same_name", "rand_adjusted", "on_cut", *CAUSES,
}  # fmt: skip
CROSSWALK = frame(
    "map segment other_segment customers monetary",
    ("six", "champions", "champions", 8, 1.0), ("six", "champions", "loyal", 2, 1.0), ("six", "at_risk", "hibernating", 10, 1.0), ("six", "at_risk", "champions", 0, 0.0),
)  # fmt: skip
CERTIFICATE = frame(
    "check customers n value verdict times",
    ("shuffle", 0, 50, 0.0, "proved", 3), ("rank_first", 12, 50, 0.24, "contrast", 3), ("one_order_or_seven_days", 9, 50, 0.18, "near", 1),
    ("method_jenks", 20, 50, 0.4, "method", 1),
)  # fmt: skip


def withhold(rows: pd.DataFrame, *, every: int) -> pd.DataFrame:
    """Blank the counts, and what goes with them, of every so manieth row that has any."""
    if {"cut", "k", "limit"} & {*rows.columns}:  # cut points and measures of fit speak of no few customers
        return rows
    columns = [column for column in rows.columns if column in NUMBERS]
    blank = rows.copy()
    for column in columns:
        blank[column] = pd.to_numeric(blank[column], errors="coerce").astype(float)
        blank.loc[[label for place, label in enumerate(rows.index) if place % every == 0], column] = np.nan
    return blank


SOME, ALL = (lambda rows: withhold(rows, every=2)), (lambda rows: withhold(rows, every=1))
DRAWN = {
    **{name: usual.CHARTS[name] for name in OURS},
    **{f"clusters {name}": draw for name, draw in grouped.CHARTS.items()},
    **{f"value {name}": draw for name, draw in valued.CHARTS.items()},
    "flow": moved.CHARTS["flow"],
    "matrix": lambda t, f: movement.draw_matrix(f(moved.MOVEMENT), f(sum_moves(moved.MOVEMENT)), texts=t),
    "causes": lambda t, f: movement.draw_causes(f(sum_moves(moved.MOVEMENT)), texts=t),
    "money": lambda t, f: movement.draw_money(f(sum_moves(moved.MOVEMENT)), texts=t),
    "slipping": lambda t, f: reasons.draw_slipping(f(reasoned.REASONS), texts=t),
    "policies": lambda t, f: policies.draw_policies(f(chosen.POLICIES), texts=t),
    "ties": lambda t, f: certificate.draw_ties(f(tied.BLOCKS), texts=t),
    "treemap": lambda t, f: treemap.draw_treemap(f(SEGMENT_TABLE), scheme="class8", texts=t),
    "crosswalk": lambda t, f: maps.draw_crosswalk(f(CROSSWALK), f(measure_agreement(CROSSWALK)), texts=t),
}
TOLD = {
    **{f"clusters {name}": tell for name, tell in grouped.READINGS.items()},
    "migration": lambda t, f: movement_story.tell_migration(f(sum_moves(moved.MOVEMENT)), texts=t),
    "moved money": lambda t, f: movement_story.tell_money(f(sum_moves(moved.MOVEMENT)), texts=t),
    "turnover": lambda t, f: movement_story.tell_turnover(f(moved.MOVEMENT), texts=t),
    "slipping": lambda t, f: reasons_story.tell_slipping(f(reasoned.REASONS), texts=t),
    "reasons": lambda t, f: reasons_story.tell_reasons(f(reasoned.REASONS), texts=t),
    "policies": lambda t, f: policies_story.tell_policies(f(chosen.POLICIES), texts=t),
    "ties": lambda t, f: certificate_story.tell_ties(f(tied.BLOCKS), texts=t),
    "certificate": lambda t, f: certificate_story.tell_certificate(f(CERTIFICATE), texts=t),
    "crosswalk": lambda t, f: maps_story.tell_crosswalk(f(measure_agreement(CROSSWALK)), texts=t),
}


def words(chart):
    svg = chart._repr_mimebundle_()[0]["image/svg+xml"]
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("hide", [SOME, ALL], ids=["some", "all"])
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("name", DRAWN)
def test_no_title_uses_a_withheld_number_and_no_picture_shows_one(name, texts, hide):
    chart = DRAWN[name](texts, hide)
    for text in (chart.title, chart.alt, chart.basis, *words(chart)):
        assert not re.search(r"\bnan\b|<NA>|\binf\b", text, re.IGNORECASE), text
    assert chart.title and "*" not in chart.title + chart.basis
    heads = [texts.column(column) for column in chart.data.columns]
    assert not [head for head in heads if "_" in head]


@pytest.mark.parametrize("hide", [SOME, ALL], ids=["some", "all"])
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("name", TOLD)
def test_no_sentence_has_a_hole(name, texts, hide):
    told = TOLD[name](texts, hide).sentences
    assert told
    assert not [text for text in told if "*" in text or re.search(r"\bnan\b|<NA>", text, re.IGNORECASE)]


def test_a_bar_that_is_withheld_is_not_drawn_and_the_others_keep_their_length():
    """Of fifty buyers ten are champions; those at risk are withheld. The shares are those of fifty, not of what is told."""
    hidden = SEGMENT_TABLE.copy()
    at_risk = hidden["segment"] == "at_risk"
    for column in ("customers", "customers_pct", "monetary", "monetary_pct"):
        hidden[column] = hidden[column].astype(float).mask(at_risk)
    chart = rfm.draw_segments(hidden, texts=ENGLISH)
    widths = [bar.get_width() for bar in chart.figure.axes[0].patches]
    assert sorted(widths) == [0, 0, 0.2, 0.3, 0.6, 0.6]  # champions 10 of 50 and 600 of 1,000; hibernating 30 of 50 and 300 of 1,000
    assert words(chart).count("*") == 2
    assert chart.title == "Champions are 20.0% of customers and bring 60.0% of revenue"
    assert chart.basis == ""  # the sum would give the number back


def test_the_size_of_a_group_whose_moves_are_withheld_comes_from_the_history():
    from_loyal = moved.MOVEMENT.assign(customers=moved.MOVEMENT["customers"].astype(float).mask(moved.MOVEMENT["to_segment"] == "at_risk"))
    alone = moved.flow.draw_flow(from_loyal, texts=ENGLISH)
    assert "Loyal  *" in words(alone) and "Champions  50" in words(alone)
    history = frame("as_of scheme segment customers monetary", (moved.DAYS[0], "segment", "loyal", 40, 1.0))
    assert "Loyal  40" in words(moved.flow.draw_flow(from_loyal, history, texts=ENGLISH))
