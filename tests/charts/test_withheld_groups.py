"""Withheld numbers in the chapters on stages and on classes: drawn as nothing or as a pale cell, told in no sentence, never a hole or a "nan"."""

import datetime as dt
import math
import re
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest

import chart_frames as shop
from analysis.charts import class_profiles, classes, cohorts, leaving, lifecycle, outline, overdue, overrides, people, survival, tables, tag_tables, tags, tree
from analysis.display.chart import Chart
from analysis.display.outline import Outline
from analysis.display.reading import Reading
from analysis.display.table import Table
from analysis.settings.lifecycle import Lifecycle
from analysis.story import classes as classes_story
from analysis.story import cohorts as cohorts_story
from analysis.story import leaving as leaving_story
from analysis.story import lifecycle as lifecycle_story
from analysis.story import overdue as overdue_story
from analysis.story import overrides as overrides_story
from analysis.story import people as people_story
from analysis.story import survival as survival_story
from analysis.story import tags as tags_story
from analysis.story import tree as tree_story
from analysis.texts import Texts
from charts import test_classes as classed
from charts import test_lifecycle as lived
from charts import test_people as known
from charts import test_tags as tagged
from charts import test_tree as grown

NAMED = {"tag-group-party": "P", "tag-group-club": "C", "tag-group-few": "F"}
ENGLISH, CHINESE = Texts("en", "GBP", NAMED), Texts("zh", "GBP", NAMED)
SINCE = dt.date(2011, 11, 9)
OVERRIDES = shop.frame(
    "column kind computed value customers expiring",
    ("", "", None, None, 30, 10), ("value_class", "class", "mid", "high", 20, 8), ("tag_loyal", "boolean", "false", "true", 10, 2),
)  # fmt: skip
ABOUT = shop.frame(
    "tree level level_column known values is_chosen is_attribute by since was_there called_en called_zh",
    ("main", 1, "region", 1.0, 3, True, True, "customers", SINCE, True, "", ""), ("main", 2, "industry", 0.95, 2, True, True, "customers", SINCE, True, "", ""),
    ("main", 3, "behaviour", 0.95, 3, True, False, "customers", SINCE, True, "", ""),
)  # fmt: skip
CUSTOMERS_AND_MONEY = "customers customers_pct buyers buyers_pct monetary monetary_pct"
# what is shown -> the frame, the columns that are withheld in some of its rows, and the cells that show it
CASES = {
    "stages": (shop.STAGES, "customers entered left", lambda f, t: [
        lifecycle.draw_stages(f, texts=t), tables.list_stages(f, texts=t), lifecycle_story.tell_stages(f, texts=t),
        lifecycle_story.tell_entries(f, Lifecycle(), lived.RHYTHM, texts=t),
    ]),
    "flows": (shop.FLOWS, "active new returning reactivated dormant", lambda f, t: [lifecycle.draw_flows(f, texts=t), lifecycle_story.tell_flows(f, texts=t)]),
    "lateness": (lived.LATENESS, "customers year_monetary return_90d", lambda f, t: [
        overdue.draw_lateness(f, texts=t), overdue_story.tell_lateness(f, lived.RHYTHM, texts=t),
    ]),
    "reliability": (lived.RELIABILITY, "customers predicted observed returned low high", lambda f, t: [
        overdue.draw_reliability(f, texts=t), overdue_story.tell_reliability(f, as_of=lived.AS_OF, texts=t),
    ]),
    "survival": (lived.SURVIVAL, "back low high waiting", lambda f, t: [survival.draw_survival(f, texts=t), survival_story.tell_survival(f, texts=t)]),
    "trend": (lived.TREND, "customers returned back low high", lambda f, t: [survival.draw_trend(f, texts=t), survival_story.tell_trend(f, texts=t)]),
    "point": (lived.POINT, "customers returned mean deviation newcomers share worth low high", lambda f, t: [
        survival.list_point(f, texts=t), survival_story.tell_point(f, texts=t),
    ]),
    "cohorts": (shop.COHORTS, "active retention monetary revenue_retention", lambda f, t: [
        lifecycle.draw_retention(f, texts=t), lifecycle.draw_retention(f, measure="revenue_retention", texts=t), lifecycle_story.tell_retention(f, texts=t),
        lifecycle_story.tell_revenue_retention(f, texts=t),
    ]),
    "cohorts_by": (lived.COHORTS_BY, "size customers active retention revenue_retention low high", lambda f, t: [
        cohorts.draw_cohorts_by(f, texts=t), cohorts_story.tell_cohorts_by(f, burn_in=1, texts=t),
    ]),
    "fates": (lived.FATES, "left customers share low high", lambda f, t: [leaving.draw_fates(f, texts=t), leaving_story.tell_fates(f, texts=t)]),
    "attributes": (known.KNOWN, "customers share", lambda f, t: [people.list_attributes(f, texts=t), people_story.tell_attributes(f, texts=t)]),
    "by_attribute": (known.BY, "customers monetary share money_share", lambda f, t: [people.draw_attribute(f, texts=t), people_story.tell_attribute(f, texts=t)]),
    "identities": (known.COUNTS, "numbers orders monetary", lambda f, t: [people.list_identities(f, texts=t), people_story.tell_identities(f, texts=t)]),
    "classes": (classed.CLASSES, CUSTOMERS_AND_MONEY, lambda f, t: [
        classes.draw_classes(f, texts=t), classes_story.tell_classes(f, texts=t), classes_story.tell_need(f, texts=t),
    ]),
    "crossed": (classed.CROSSED, "customers size share differs monetary", lambda f, t: [
        classes.draw_class_heat(f, classed.KEYS, classed.SEGMENTS, texts=t), classes.draw_attribute_heat(f, classed.SEGMENTS, texts=t),
        classes_story.tell_differences(f, texts=t),
    ]),
    "profiles": (classed.PROFILES, "customers value ratio", lambda f, t: [
        class_profiles.draw_value_radar(f, texts=t), classes_story.tell_profiles(f, texts=t),
    ]),
    "loyalty": (classed.LOYALTY, "n value low high", lambda f, t: [
        class_profiles.draw_loyalty(f, classed.SEGMENTS, texts=t), classes_story.tell_loyalty(f, texts=t),
    ]),
    "tree": (grown.WIDE, "customers monetary customers_before monetary_before", lambda f, t: [
        tree.draw_icicle(f, texts=t), tree.draw_icicle(f, by="money", texts=t), outline.list_outline(f, texts=t), tree_story.tell_tree(f, ABOUT, texts=t),
    ]),
    "coverage": (tagged.COVERAGE, "customers share monetary monetary_share", lambda f, t: [
        tags.draw_coverage(f, texts=t), tag_tables.list_catalogue(f, texts=t), tag_tables.list_values(f, texts=t),
        tags_story.tell_catalogue(f, tagged.FINDINGS, texts=t),
    ]),
    "findings": (tagged.FINDINGS, "customers", lambda f, t: [tags_story.tell_findings(f, texts=t)]),
    "overlap": (tagged.OVERLAP, "customers customers_other both jaccard lift", lambda f, t: [tags.draw_overlap(f, texts=t), tags_story.tell_overlap(f, texts=t)]),
    "groups": (tagged.GROUPS, "customers share monetary monetary_share", lambda f, t: [
        tag_tables.list_groups(f, texts=t), tags_story.tell_groups(f, texts=t),
    ]),
    "changes": (tagged.CHANGES, "customers newcomers", lambda f, t: [
        tags.draw_changes(f, SINCE, texts=t), tag_tables.list_changes(f, texts=t), tags_story.tell_changes(f, SINCE, texts=t),
    ]),
    "overrides": (OVERRIDES, "customers expiring", lambda f, t: [overrides.list_overrides(f, texts=t), overrides_story.tell_overrides(f, texts=t)]),
}  # fmt: skip


def withhold(frame: pd.DataFrame, columns: str, rows: slice) -> pd.DataFrame:
    """Withhold the numbers of some rows, as `run.frame` does: counts become fractions."""
    hidden = frame.copy()
    for name in set(columns.split()) & set(frame.columns):
        kept = frame[name].astype(object).where(frame[name].notna(), np.nan) if name == "differs" else pd.to_numeric(frame[name], errors="coerce").astype(float)
        hidden[name] = kept
        hidden.iloc[rows, hidden.columns.get_loc(name)] = math.nan
    return hidden


def read(shown: object) -> list[str]:
    """Give all that somebody reads."""
    if isinstance(shown, Chart):
        svg = shown._repr_mimebundle_()[0]["image/svg+xml"]
        return [shown.title, shown.alt, shown.basis, *("".join(node.itertext()) for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"))]
    if isinstance(shown, Table):
        return [*shown.frame.astype(str).to_numpy().ravel()]
    if isinstance(shown, Outline):
        return [text for _, branch in shown.walk() for text in (branch.name, *branch.cells)]
    assert isinstance(shown, Reading)
    return list(shown.sentences)


@pytest.mark.parametrize("rows", [slice(0, None, 2), slice(1, None, 2), slice(-2, None), slice(None)], ids=["even", "odd", "last", "all"])
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_withheld_numbers_leave_no_hole(name, texts, rows):
    frame, columns, show = CASES[name]
    for shown in show(withhold(frame, columns, rows), texts):
        said = read(shown)
        assert not [text for text in said if re.search(r"\bnan\b|NaN|NaT|\binf\b|\bNone\b|-?2147483648|-?9223372036854775808", text)]
        told = said if isinstance(shown, Reading) else said[:3] if isinstance(shown, Chart) else []
        assert not [text for text in told if "*" in text]  # no sentence, title, alternative text or basis speaks of what is withheld


@pytest.mark.parametrize("name", CASES)
def test_a_withheld_number_is_told_nowhere(name):
    """The numbers of every other row become some that occur nowhere else; withheld, they are in no text, no table and no data."""
    frame, columns, show = CASES[name]
    marked = frame.copy()
    counts = [column for column in columns.split() if column in frame.columns and pd.api.types.is_integer_dtype(frame[column])]
    for place in range(0, len(frame), 2):
        for column in counts:
            marked.iloc[place, marked.columns.get_loc(column)] = 7001 + place
    for shown in show(withhold(marked, columns, slice(0, None, 2)), ENGLISH):
        said = [*read(shown), *([shown.data.to_csv()] if isinstance(shown, Chart) else [])]
        assert not [text for text in said if re.search(r"7,?0\d\d(?!\d)", text)]


def test_a_withheld_cell_of_the_cohorts_is_pale_with_an_asterisk():
    frame = shop.COHORTS.astype({"active": float})
    at = frame.index[(frame["cohort"] == dt.date(2011, 9, 1)) & (frame["period"] == 1)]
    frame.loc[at, ["active", "retention", "monetary", "revenue_retention"]] = math.nan
    chart = lifecycle.draw_retention(frame, texts=ENGLISH)
    assert [text.get_text() for text in chart.figure.axes[0].texts].count("*") == 1
    # October alone may be told: 2 of its 20 came the month after
    assert chart.title == "10.0% of new customers buy again in the month after, 20.0% in month 2"


def test_a_withheld_class_of_a_segment_has_an_asterisk_and_the_others_stay():
    """Of the hundred champions the ten of low value are withheld: 90% stays, beside an asterisk; no class of the segment is left empty for that."""
    frame = withhold(classed.CROSSED, "customers share differs monetary", slice(1, 2))
    (axes,) = classes.draw_class_heat(frame, classed.KEYS, classed.SEGMENTS, texts=ENGLISH).figure.axes
    drawn = {(int(text.get_position()[1]), int(text.get_position()[0])): text.get_text() for text in axes.texts}
    assert (drawn[1, 0], drawn[2, 0]) == ("90%", "*")
    assert (1, 1) not in drawn  # loyal are four


def test_what_is_withheld_below_a_branch_is_one_pale_field():
    """Of the 600 in the North the 200 of food are withheld: the field of the rest is a third of the North."""
    frame = grown.WIDE.assign(customers=grown.WIDE["customers"].astype(float), monetary=grown.WIDE["monetary"].astype(float))
    hidden = frame["path"].str.contains("Food") & frame["path"].str.startswith("North")
    frame.loc[hidden, ["customers", "monetary"]] = math.nan
    chart = tree.draw_icicle(frame, by="customers", texts=ENGLISH)
    found = grown.fields(chart)
    north = next(field for field in found if field[0] == 0)
    second = [field for field in found if field[0] == pytest.approx(north[2]) and north[1] - 1e-9 <= field[1] < north[3] - 1e-9]
    assert [round((field[3] - field[1]) / (north[3] - north[1]), 4) for field in second] == [0.6667, 0.3333]
    assert "*" in [text for text, _ in grown.written(chart)]


def test_readers_outside_are_not_told_that_there_is_nobody():
    said = [
        overdue_story.tell_calls(lived.CALLS[:0], is_shown=False, texts=ENGLISH),
        people_story.tell_accounts(known.ACCOUNTS[:0], is_shown=False, texts=ENGLISH),
    ]
    assert [reading.sentences for reading in said] == [("Tables of single customers are left out for readers outside.",)] * 2
    assert people_story.tell_identities(known.COUNTS.assign(numbers=math.nan), texts=ENGLISH).sentences == (
        "The groups are too small for a number to be given here.",
    )
