"""The clusters in pictures, tables and sentences: marks have the size of the numbers, findings are those of the frames, nothing breaks on little data."""

import datetime as dt
import re
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from analysis import palette
from analysis.charts import cluster_map, cluster_profiles, cluster_tables, clusters
from analysis.story import clusters as story
from analysis.texts import Texts
from chart_frames import frame

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
INDICES = frame(
    "k silhouette calinski_harabasz davies_bouldin inertia stability smallest bic agreement excluded rank_sum chosen",
    (2, 0.58, 990.0, 0.80, 1900.0, 0.99, 0.40, 9000.0, 0.5, "bounds", None, False),
    (3, 0.30, 800.0, 1.10, 1300.0, 0.95, 0.20, 8000.0, 0.5, "", 8.0, False),
    (4, 0.40, 840.0, 0.90, 1000.0, 0.92, 0.10, 7000.0, 0.6, "", 3.0, True),
    (5, 0.35, 820.0, 1.00, 850.0, 0.70, 0.05, 6000.0, 0.6, "shaky", None, False),
    (6, 0.36, 825.0, 1.02, 800.0, 0.90, 0.01, 6500.0, 0.6, "small", None, False),
)
REASONS = frame(
    "reason k value limit",
    ("silhouette", 2, 0.58, None), ("calinski_harabasz", 2, 990.0, None), ("davies_bouldin", 2, 0.8, None), ("bic", 5, 6000.0, None),
    ("bounds", 2, 2.0, 3.0), ("small", 6, 0.01, 0.02), ("shaky", 5, 0.7, 0.8), ("ranks", 4, 3.0, 6.0),
)  # fmt: skip
CLUSTERS = frame(
    "cluster name customers monetary centre_recency_days centre_frequency centre_monetary stability matched_to event",
    (0, "outliers", 2, 500.0, 1.0, 90.0, 250.0, None, None, None),
    (1, "recent_often_big", 8, 300.0, 5.0, 8.0, 80.0, 0.9, None, None),
    (2, "silent_once_small", 40, 200.0, 200.0, 1.0, 5.0, 0.8, None, None),
    (3, "typical", 0, 0.0, 50.0, 2.0, 20.0, None, None, "died"),
)
PROFILES = frame(
    "cluster name feature value place",
    (1, "recent_often_big", "recency_days", 5.0, -1.5), (1, "recent_often_big", "frequency", 8.0, 1.9), (1, "recent_often_big", "gross_margin", 0.25, 1.0),
    (2, "silent_once_small", "recency_days", 200.0, 0.6), (2, "silent_once_small", "frequency", 1.0, -0.8), (2, "silent_once_small", "gross_margin", 0.2, -0.4),
    (4, "typical", "recency_days", 90.0, 0.1), (4, "typical", "frequency", 2.5, 0.0), (4, "typical", "gross_margin", 0.22, 0.1),
)  # fmt: skip
PASSPORTS = frame(
    "cluster name customers customers_pct monetary monetary_pct stability nearest nearest_name distance segment segment_pct",
    (0, "outliers", 2, 0.04, 500.0, 0.5, None, None, None, None, "champions", 1.0),
    (1, "recent_often_big", 8, 0.16, 300.0, 0.3, 0.9, 2, "silent_once_small", 2.46, "champions", 0.75),
    (2, "silent_once_small", 40, 0.8, 200.0, 0.2, 0.8, 1, "recent_often_big", 2.46, "hibernating", 0.6),
)
CROSS = frame(
    "cluster cluster_name segment customers",
    (1, "recent_often_big", "champions", 9), (1, "recent_often_big", "at_risk", 1),
    (2, "silent_once_small", "at_risk", 10), (2, "silent_once_small", "hibernating", 30),
)  # fmt: skip
CELLS = frame(
    "x y customers cluster cluster_name share",
    (-1.0, 0.0, 30, 2, "silent_once_small", 1.0), (0.0, 0.0, 10, 2, "silent_once_small", 0.6), (1.0, 0.5, 8, 1, "recent_often_big", 0.9),
    (None, None, 7, None, None, None),
)  # fmt: skip
AXES = frame(
    "axis feature loading explained",
    ("x", "recency_days", -0.4, 0.7), ("x", "frequency", 0.9, 0.7), ("x", "gross_margin", 0.1, 0.7),
    ("y", "recency_days", 0.9, 0.2), ("y", "frequency", 0.4, 0.2), ("y", "gross_margin", 0.2, 0.2),
)  # fmt: skip
EVENTS = frame(
    "event cluster name matched_to old_name customers share_of_old share_of_new",
    ("kept", 1, "recent_often_big", 1, "recent_often_big", 8, 0.9, 0.8),
    ("split", 2, "silent_once_small", 2, "silent", 25, 0.6, 1.0),
    ("died", 3, "typical", None, None, 0, 0.0, 0.0),
    ("split", 4, "silent_2", 2, "silent", 15, 0.4, 1.0),
    ("born", 5, "high-gross-margin", None, None, 0, 0.0, 0.0),
)
DRIFT = frame("measure before now value limit", ("distance", 1.0, 1.31, 0.31, None), ("shares", 0.01, 0.02, 0.05, None), ("index", None, None, 0.31, 0.25))


def decided(kind, sampled=1.0):
    return frame("decision fitted_on sampled", (kind, dt.date(2011, 12, 9), sampled))


CHARTS = {
    "indices": lambda t, f: clusters.draw_indices(f(INDICES), texts=t),
    "sizes": lambda t, f: clusters.draw_sizes(f(CLUSTERS), texts=t),
    "cross": lambda t, f: clusters.draw_cross(f(CROSS), texts=t),
    "heat": lambda t, f: cluster_profiles.draw_heat(f(PROFILES), texts=t),
    "radar": lambda t, f: cluster_profiles.draw_radar(f(PROFILES), texts=t),
    "snake": lambda t, f: cluster_profiles.draw_snake(f(PROFILES), texts=t),
    "map": lambda t, f: cluster_map.draw_map(f(CELLS), f(AXES), texts=t),
}
TITLES = {
    "indices": "4 clusters: silhouette 0.40; the highest, 0.58, would be with 2",
    "sizes": "“Outliers” is 4.0% of customers and 50.0% of revenue",
    "cross": "90.0% of “Recent, frequent, big spend” lie in the segment “Champions”",
    "heat": "“Recent, frequent, big spend” stands furthest from the middle (Orders: 8.0)",
    "radar": "Most alike are “Silent, one order, small spend” and “Typical”: 1.1 standard deviations apart",  # root of 0.5² + 0.8² + 0.5² = 1.07
    "snake": "The clusters differ most in “Orders”: from 1.0 to 8.0",
    "map": "79.2% of customers lie where one cluster clearly prevails (80% or more of its place)",  # 38 of 48
}
READINGS = {
    "number": lambda t, f: story.tell_number(f(INDICES), f(REASONS), texts=t),
    "profiles": lambda t, f: story.tell_profiles(f(CLUSTERS), texts=t),
    "shapes": lambda t, f: story.tell_shapes(f(PROFILES), texts=t),
    "spreads": lambda t, f: story.tell_spreads(f(PROFILES), texts=t),
    "sizes": lambda t, f: story.tell_sizes(f(CLUSTERS), texts=t),
    "stability": lambda t, f: story.tell_stability(f(PASSPORTS), texts=t),
    "map": lambda t, f: story.tell_map(f(CELLS), AXES, texts=t),
    "cross": lambda t, f: story.tell_cross(f(CROSS), texts=t),
    "changes": lambda t, f: story.tell_changes(f(decided("refit_drift")), f(DRIFT), f(EVENTS), texts=t),
}
SENTENCES = {
    "number": (
        "Taken alone, the measures would choose: silhouette 2 (0.58), Calinski-Harabasz 2, Davies-Bouldin 2 (0.80), a Gaussian mixture 5.",
        "Left out because the configuration asks for at least 3 groups: 2.",
        "Left out because the smallest group would hold less than 2.0% of customers: 6 (1.0%).",
        "Left out because groups found again among resampled customers agree too little (below 0.8 of 1): 5 (0.70).",
        "Among the others, 4 does best on silhouette, Calinski-Harabasz and Davies-Bouldin together, so 4 is taken.",
        "A silhouette of 0.40 means that the groups differ but shade into each other: use them as types, not as borders.",
        "A Gaussian mixture with as many parts, a different method, agrees with these groups by 0.60 (1 is the same, 0 no more than chance).",
    ),
    "profiles": ("The typical customer of “Recent, frequent, big spend” ordered 5 days ago, of “Silent, one order, small spend” 200 days ago.",),
    "shapes": (  # root of 0.1² + 0 + 0.1² = 0.14; root of 1.5² + 1.9² + 1 = 2.6
        "“Typical” is nearest to the average customer (0.1 standard deviations), “Recent, frequent, big spend” furthest from it (2.6).",
    ),
    "spreads": (
        "They lie furthest apart in “Orders”: 1.0 in “Silent, one order, small spend”, 8.0 in “Recent, frequent, big spend”.",
        "They are most alike in “gross margin”: 0.20 in “Silent, one order, small spend”, 0.25 in “Recent, frequent, big spend”.",
    ),
    "sizes": (
        "The largest cluster is “Silent, one order, small spend”, with 40 customers (80.0%).",
        "The most valuable per head is “Recent, frequent, big spend”: £37.50 each, together 30.0% of revenue.",
        "2 customers are so far from all others that they are kept apart as outliers (4.00% of customers, 50.0% of revenue): look at them one by one.",
    ),
    "stability": (
        "All clusters are stable: drawn again from samples of the customers, they come out nearly the same (at least 0.75 of 1).",
        "Least sure is “Silent, one order, small spend”: 0.80.",
    ),
    "map": (
        "The two axes show 90% of the differences between customers; the rest lies in directions that a flat picture cannot show.",
        "7 customers are in places with fewer than five and are not shown.",
    ),
    "cross": (  # 9 + 30 of 50
        "78.0% of customers are in the segment that is most common in their cluster.",
        "The two need not agree: segments cut by rank on two scores, clusters gather customers who are alike in all features together.",
    ),
    "changes": (
        "The groups of the last report no longer fit today’s customers, so they were found anew on 9 Dec 2011; numbers and names follow them where the customers are the same.",
        "Drift index 0.31, limit 0.25: the mean distance of customers to their centre has changed by 31.0%, the sizes of the groups by 0.05 (population stability index; 0 is no change).",
        "Against the last report: one group kept, 2 from a split, 1 new, 1 gone.",
    ),
}  # fmt: skip
TABLES = {
    "passports": lambda t, f: cluster_tables.list_passports(f(PASSPORTS), texts=t),
    "events": lambda t, f: cluster_tables.list_events(CLUSTERS, f(EVENTS), texts=t),
}
PARTS = {"whole": lambda rows: rows, "empty": lambda rows: rows.iloc[:0], "one row": lambda rows: rows.iloc[:1]}


def svg(chart):
    return chart._repr_mimebundle_()[0]["image/svg+xml"]


def words(chart):
    return ["".join(node.itertext()) for node in ET.fromstring(svg(chart)).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("name", CHARTS)
def test_the_title_is_the_finding(name):
    assert CHARTS[name](ENGLISH, PARTS["whole"]).title == TITLES[name]


@pytest.mark.parametrize("name", READINGS)
def test_the_sentences_hold_the_numbers(name):
    assert READINGS[name](ENGLISH, PARTS["whole"]).sentences == SENTENCES[name]


@pytest.mark.parametrize("name", [*CHARTS, *(f"tell {name}" for name in READINGS), *(f"list {name}" for name in TABLES)])
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("part", PARTS)
def test_it_shows_in_both_languages_whatever_there_is(name, texts, part):
    makers = CHARTS | {f"tell {key}": make for key, make in READINGS.items()} | {f"list {key}": make for key, make in TABLES.items()}
    made = makers[name](texts, PARTS[part])
    shown = (
        [made.title, made.alt, *words(made)]
        if name in CHARTS
        else list(made.sentences)
        if name.startswith("tell")
        else made.frame.astype(str).to_numpy().ravel().tolist()
    )
    assert not [text for text in shown if re.search(r"\bnan\b|\binf\b|None|NaN|_|\{|\}|<NA>", text)]
    if name in CHARTS:
        assert made.title and made.alt.startswith(made.title) and len(svg(made)) < 60_000
    if texts is CHINESE:
        assert not re.search(r"customers|revenue|cluster|groups", " ".join(shown))
        assert not shown or any(re.search(r"[\u4e00-\u9fff]", text) for text in shown)


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_numbers_give_the_same_picture_and_the_frames_stay(name):
    before = {key: value.copy() for key, value in globals().items() if isinstance(value, pd.DataFrame)}
    once, twice = CHARTS[name](ENGLISH, PARTS["whole"]), CHARTS[name](ENGLISH, PARTS["whole"])
    assert repr(once) == repr(twice) and svg(once) == svg(twice)
    for key, value in before.items():
        pd.testing.assert_frame_equal(globals()[key], value)


def test_the_number_taken_is_marked_and_what_was_out_of_the_question_is_hollow():
    axes = CHARTS["indices"](ENGLISH, PARTS["whole"]).figure.axes
    line, hollow, taken = axes[0].lines
    assert line.get_ydata().tolist() == [0.58, 0.30, 0.40, 0.35, 0.36]
    assert hollow.get_xdata().tolist() == [2, 5, 6] and taken.get_xdata().tolist() == [4] and taken.get_ydata().tolist() == [0.40]
    assert len(axes) == 6 and axes[4].lines[0].get_ydata().tolist() == [0.4, 0.2, 0.1, 0.05, 0.01]


def test_the_heat_map_writes_each_value_in_its_unit():
    assert {"5", "8.0", "0.25", "200", "1.0", "0.20"} <= set(words(CHARTS["heat"](ENGLISH, PARTS["whole"])))
    mesh = CHARTS["heat"](ENGLISH, PARTS["whole"]).figure.axes[0].collections[0]
    assert mesh.get_array().reshape(3, 3).tolist() == [[1.5, 1.9, 1.0], [-0.6, -0.8, -0.4], [-0.1, 0.0, 0.1]], "recent is good: its days are turned round"


def test_radars_reach_as_far_as_the_cluster_stands_out():
    """1.9 of 2 standard deviations above the middle is (1.9 + 2) / 4 = 0.975 of the way out; 1.5 days below counts as 1.5 above: 0.875; 1.0 gives 0.75."""
    axes = CHARTS["radar"](ENGLISH, PARTS["whole"]).figure.axes
    shape = axes[0].lines[-1]
    reach = np.hypot(shape.get_xdata(), shape.get_ydata())
    assert reach == pytest.approx([0.875, 0.975, 0.75, 0.875])
    assert shape.get_color() == palette.colour("cluster", 1) and axes[2].lines[-1].get_color() == palette.colour("cluster", 4), "by number, not by place"


def test_snakes_run_through_the_places():
    lines = CHARTS["snake"](ENGLISH, PARTS["whole"]).figure.axes[0].lines[1:]
    assert [line.get_ydata().tolist() for line in lines] == [[-1.5, 1.9, 1.0], [0.6, -0.8, -0.4], [0.1, 0.0, 0.1]]
    assert len({line.get_marker() for line in lines}) == 3


def test_the_map_has_a_square_for_each_cell_and_none_for_a_person():
    chart = CHARTS["map"](ENGLISH, PARTS["whole"])
    squares = chart.figure.axes[0].patches
    assert [(square.get_x() + square.get_width() / 2, square.get_width()) for square in squares] == [(-1, 1), (0, 1), (1, 1)]
    lightness = [palette.luminance(square.get_facecolor()) for square in squares]
    assert lightness[0] < lightness[1], "thirty customers are deeper than ten"
    assert chart.data.iloc[:, 2].tolist() == [30, 10, 8]
    assert chart.figure.axes[0].get_xlabel() == "↑ Orders, ↓ Days since last order →"


def test_clusters_without_customers_have_no_bar():
    assert CHARTS["sizes"](ENGLISH, PARTS["whole"]).data["cluster_name"].tolist() == ["outliers", "recent_often_big", "silent_once_small"]


def test_tables_read_like_sentences():
    shown = TABLES["passports"](ENGLISH, PARTS["whole"]).frame
    assert shown.iloc[1].tolist() == ["Recent, frequent, big spend", "8", "16.0%", "30.0%", "0.90", "Silent, one order, small spend (2.5)", "Champions (75%)"]
    assert shown.iloc[0].tolist()[4:6] == ["–", "–"]
    shown = TABLES["events"](ENGLISH, PARTS["whole"]).frame
    assert shown.iloc[:, :2].to_numpy().tolist() == [
        ["Recent, frequent, big spend", "kept"], ["Silent, one order, small spend", "split"], ["Typical", "gone"], ["Silent (2)".replace(" (", "\u00a0("), "split"],
        ["High gross margin", "new"],
    ]  # fmt: skip
    assert shown.iloc[3].tolist()[2:] == ["Silent", "40%", "100%"] and shown.iloc[4].tolist()[2:] == ["–", "–", "–"]


@pytest.mark.parametrize(("silhouette", "word"), [(0.5, "clearly separate"), (0.49, "shade into each other"), (0.25, "shade"), (0.24, "hardly separate")])
def test_a_silhouette_has_a_meaning(silhouette, word):
    assert word in " ".join(story.tell_number(INDICES.assign(silhouette=silhouette), REASONS, texts=ENGLISH).sentences)


def test_unstable_clusters_are_counted():
    shaky = PASSPORTS.assign(stability=[None, 0.9, 0.74])
    assert story.tell_stability(shaky, texts=ENGLISH).sentences[0].startswith("One cluster is not stable (below 0.75 of 1")


@pytest.mark.parametrize("kind", ["first", "accepted", "refit_asked", "refit_settings", "refit_drift"])
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_decision_is_told_with_its_day(kind, texts):
    assert texts.date(dt.date(2011, 12, 9)) in story.tell_changes(decided(kind), DRIFT.iloc[:0], EVENTS.iloc[:0], texts=texts).sentences[0]


@pytest.mark.parametrize(("kind", "sampled", "words"), [("first", 0.25, "a sample of 25.0%"), ("first", 1.0, None), ("accepted", 0.25, None)])
def test_a_sample_is_told_where_the_groups_were_found_on_it(kind, sampled, words):
    told = " ".join(story.tell_changes(decided(kind, sampled), DRIFT.iloc[:0], EVENTS.iloc[:0], texts=ENGLISH).sentences)
    assert (words in told) if words else ("sample" not in told)


def test_every_reason_has_its_sentence():
    for reason, word in (
        ("small_taken", "now holds 3.0% of customers"),
        ("shaky_taken", "with 4 groups the agreement is 0.03"),
        ("fixed", "fixes the number at 4"),
        ("only", "leaves 4"),
    ):
        told = story.tell_number(INDICES, frame("reason k value limit", (reason, 4, 0.03, None)), texts=ENGLISH).sentences
        assert word in told[0]
        assert "4" in story.tell_number(INDICES, frame("reason k value limit", (reason, 4, 0.03, None)), texts=CHINESE).sentences[0] or reason == "small_taken"


def test_names_of_any_feature_are_words():
    assert ENGLISH.cluster("often_low-gross-margin_2") == "Frequent, low gross margin\u00a0(2)"
    assert CHINESE.cluster("often_low-gross-margin") == "高频·gross margin低"
    assert ENGLISH.cluster("longtime_high-tenure-days") == "Long-standing, high days as a customer"
    assert ENGLISH.cluster("recent_very-often_very-high-gross-margin") == "Recent, very frequent, very high gross margin"
    assert CHINESE.cluster("very-often") == "极高频"
    for word in ("typical", "seldom", "smallorders", "midorders", "bigorders", "newer", "settled", "longtime"):
        assert "_" not in ENGLISH.cluster(word) + CHINESE.cluster(word)
    assert ENGLISH.quantity("monetary", 1234.6) == "£1,235" and ENGLISH.quantity("recency_days", 3.4) == "3" and ENGLISH.quantity("share", 0.123) == "0.12"
