"""Maps as files: what may stand in them, what is refused and how it is said, and which scores they need."""

import pytest

from analysis.errors import ConfigurationError
from analysis.models.fitting import settle_scoring
from analysis.models.maps import examine_map, list_maps, load_map, prove_map
from analysis.models.naming import name_segments
from analysis.models.segments import join_segment
from analysis.settings.scoring import Scoring
from analysis.texts import LOCALES, Texts
from shops import open_shop, table

OWN = """
name = "ours"
scores = { r = 2, f = 3 }

[scoring]
recency = { method = "fixed", cuts = [90] }
frequency = { method = "fixed", cuts = [1, 3] }

[[segment]]
key = "regulars"
cells = [{ r = 2, f = [2, 3] }]
label = { en = "Regulars", zh = "常客" }
who = { en = "Regular customers" }
action = "Say hello <b>"
colour = "#ABCDEF"

[[segment]]
key = "new"
cells = [{ r = 2, f = 1 }]

[[segment]]
key = "gone"
cells = [{ r = 1 }]
label = "Gone"
action = { zh = "不联系" }
"""


def own(folder, text=OWN, name="ours.toml"):
    (folder / name).write_text(text, encoding="utf-8")
    return load_map(name, folder)


def test_every_map_of_ours_is_sound_and_has_words_in_both_languages():
    assert list_maps() == ("class8", "codes125", "four", "rf10", "rfm11", "six")
    sizes = {name: (len(load_map(name).cells), len(load_map(name).keys)) for name in list_maps()}
    assert sizes == {"class8": (8, 8), "codes125": (125, 11), "four": (4, 4), "rf10": (25, 10), "rfm11": (125, 11), "six": (9, 6)}
    for name in list_maps():
        for lang in LOCALES:
            assert name_segments(load_map(name), lang) == {}
            assert all(Texts(lang).label(kind, key) for key in load_map(name).keys for kind in ("segment", "who", "action"))


def test_the_small_maps_cell_by_cell():
    # rows: R best first; columns: F 1 ...
    six = ["new potential_loyalist champions", "hibernating potential_loyalist loyal", "hibernating at_risk at_risk"]
    four = ["new loyal", "hibernating at_risk"]
    for name, rows in (("six", six), ("four", four)):
        assert load_map(name).cells == {(len(rows) - down, across): key for down, row in enumerate(rows) for across, key in enumerate(row.split(), start=1)}


def test_the_eight_classes_are_important_where_money_is_high():
    cells = load_map("class8").cells
    names = {(2, 2): "value", (2, 1): "develop", (1, 2): "keep", (1, 1): "winback"}
    assert cells == {(r, f, m): f"{'important' if m == 2 else 'general'}_{names[r, f]}" for r in (1, 2) for f in (1, 2) for m in (1, 2)}


def test_a_map_of_ones_own_is_read_beside_the_configuration(tmp_path):
    segment_map = own(tmp_path)
    assert (segment_map.axes, segment_map.scores, segment_map.keys) == (("r", "f"), (2, 3), ("regulars", "new", "gone"))
    assert segment_map.cells == {(2, 1): "new", (2, 2): "regulars", (2, 3): "regulars", (1, 1): "gone", (1, 2): "gone", (1, 3): "gone"}
    english, chinese = (Texts(lang, "", name_segments(segment_map, lang)) for lang in ("en", "zh"))
    assert [texts.label("segment", "regulars") for texts in (english, chinese)] == ["Regulars", "常客"]
    assert [texts.label("who", "regulars") for texts in (english, chinese)] == ["Regular customers", "Regular customers"]
    assert [texts.label("who", "gone") for texts in (english, chinese)] == ["Gone", "Gone"]
    assert [texts.label("action", key) for key in ("regulars", "gone") for texts in (english, chinese)] == [
        "Say hello <b>",
        "Say hello <b>",
        "不联系",
        "不联系",
    ]
    assert english.label("segment", "new") == Texts("en").label("segment", "new")


def test_the_example_in_the_guide_is_sound_and_has_its_words(tmp_path, root):
    example = (root / "CONTRIBUTING.md").read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    segment_map = own(tmp_path, example)
    assert segment_map.keys == ("regulars", "new", "hibernating")
    assert [segment_map.cells[cell] for cell in ((3, 3), (3, 1), (2, 2), (1, 3))] == ["regulars", "new", "new", "hibernating"]
    assert name_segments(segment_map, "zh")["segment-regulars"] == "常客"
    assert settle_scoring(Scoring(), segment_map).bins == 3


def test_a_key_without_words_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match=r"'ours' has keys that the workbook has no words for: 'regulars', 'gone'\. Give each"):
        name_segments(own(tmp_path, OWN.replace('label = { en = "Regulars", zh = "常客" }', "").replace('action = { zh = "不联系" }', "")), "en")


def test_the_shop_goes_by_its_own_map(tmp_path):
    """Cuts at 90 days and at 1 and 3 orders; a: 4 orders, recent; b: one order, recent; c: 2 orders, 100 days ago; d: two orders, 90 days ago, which is not below 90."""
    days = {
        "a": ("2024-06-01", "2024-06-02", "2024-06-03", "2024-06-30"),
        "b": ("2024-06-29",),
        "c": ("2024-01-01", "2024-03-22"),
        "d": ("2024-01-01", "2024-04-01"),
    }
    rows = [(who, day, f"{who}{n}", "p", 1, 10) for who, dates in days.items() for n, day in enumerate(dates)]
    own(tmp_path)
    opened = open_shop(tmp_path, rows, scoring={"map": "ours.toml"})
    found = opened.get("labelled_buyers").execute().set_index("customer_id")
    assert found.segment.to_dict() == {"a": "regulars", "b": "new", "c": "gone", "d": "gone"}
    counted = opened.get("segments").execute()
    assert counted[counted.scheme == "segment"].set_index("segment").customers.to_dict() == {"regulars": 1, "new": 1, "gone": 2}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = ", "cannot be read as TOML"),
        ("[[[[[", "cannot be read as TOML"),
        ("", "segment: Field required"),
        ("segment = []", "segment: Tuple should have at least 1 item"),
        ("[[segment]]\nkey = 'a'\ncolour = 'red'", "segment.0.colour"),
        ("[[segment]]\nkey = 'A B'", "segment.0.key"),
        ("[[segment]]\nkey = 'none'", "'none' is kept for customers who have no segment"),
        ("[[segment]]\nkey = 'a'\ncodes = '1 5555'", "a code has two digits (R F) or three (R F M); got 1, 5555"),
        ("scores = 10\n[[segment]]\nkey = 'a'", "scores"),
        ("[[segment]]\nkey = 'a'\ncells = [{ x = 1 }]", "segment.0.cells.0.x: unknown key"),
        ("[[segment]]\nkey = 'a'\ncells = [{ r = [1, 2, 3] }]", "segment.0.cells.0.r"),
        ("[[segment]]\nkey = 'a'\nlabel = {}", "give en, zh or both"),
        ('[[segment]]\nkey = "a"\nlabel = "two\\nlines"', "segment.0.label"),
        ("scores = 3\n[[segment]]\nkey = 'a'\ncodes = '14'\ncells = [{}]", "names codes beyond its scores (3 x 3): '14'"),
        ("x = " + "[" * 5000, "cannot be read as TOML"),
        ("# " + "x" * 200_001, "more than 200,000 bytes"),
    ],
)
def test_a_file_that_is_no_map_is_refused_in_one_sentence(tmp_path, text, words):
    with pytest.raises(ConfigurationError) as refused:
        own(tmp_path, text)
    assert words in str(refused.value)
    assert len(str(refused.value)) < 1000


@pytest.mark.parametrize("name", ["nowhere.toml", "a\0b", ".", "x" * 5000, "../../etc/shadow.toml"])
def test_a_path_that_leads_nowhere_is_answered(tmp_path, name):
    with pytest.raises(ConfigurationError, match="segment map"):
        load_map(name, tmp_path)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "m.toml").write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(ConfigurationError, match="cannot be read as TOML"):
        load_map("m.toml", tmp_path)


def ranges(**limits):
    return {axis: list(value) for axis, value in limits.items()}


def test_the_mean_of_f_and_m_is_rounded_as_stated():
    """F 1 and M 2 make 1.5."""
    for rounding, expected in (("none", ()), ("half_up", ("high",)), ("up", ("high",)), ("down", ("low",))):
        rules = {"name": "fm", "scores": 2, "fm_rounding": rounding, "segment": [
            {"key": "low", "cells": [ranges(fm=(1, 1))]}, {"key": "high", "cells": [ranges(fm=(2, 2))]},
        ]}  # fmt: skip
        proof = examine_map(rules)
        assert proof.axes == ("r", "f", "m")
        assert proof.claims[1, 1, 2] == proof.claims[2, 2, 1] == expected
        assert (proof.claims[1, 1, 1], proof.claims[1, 2, 2]) == (("low",), ("high",))


def test_the_first_match_wins_only_where_it_is_declared():
    rules = {"name": "twice", "scores": 2, "segment": [{"key": "recent", "cells": [ranges(r=(2, 2))]}, {"key": "rest", "cells": [{}]}]}
    with pytest.raises(ConfigurationError, match=r"several segments for: 'R2 F1 \(recent and rest\)', 'R2 F2 \(recent and rest\)'"):
        prove_map(rules)
    assert prove_map(rules | {"first_match": True}).cells == {(1, 1): "rest", (1, 2): "rest", (2, 1): "recent", (2, 2): "recent"}
    with pytest.raises(ConfigurationError, match=r"never reached \(the first match wins\): 'recent'"):
        prove_map(rules | {"first_match": True, "segment": rules["segment"][::-1]})


def test_everybody_with_scores_has_a_segment_and_nobody_else():
    types = {"r_score": "int8", "f_score": "int8", "m_score": "int8"}
    rows = [{"r_score": 5, "f_score": 1, "m_score": 5}, {"r_score": 1, "f_score": 1, "m_score": 1}, dict.fromkeys(types)]
    found = join_segment(table(rows, **types), load_map("codes125")).execute()
    assert set(found.segment.dropna()) == {"promising", "lost"}
    assert found.segment.isna().sum() == 1


@pytest.mark.parametrize(
    ("name", "bins", "methods"),
    [
        ("rf10", 5, {"quantile"}),
        ("codes125", 5, {"quantile"}),
        ("rfm11", 5, {"quantile"}),
        ("six", 3, {"quantile"}),
        ("four", 2, {"quantile"}),
        ("class8", 5, {"median"}),
    ],
)
def test_a_map_brings_its_own_scoring_where_nothing_is_said(name, bins, methods):
    asked = Scoring.model_validate({"map": name, "frequency": {"measure": "days"}})
    settled = settle_scoring(asked, load_map(name))
    assert settled.bins == bins
    assert {settled.recency.method, settled.frequency.method, settled.money.method} == methods
    assert settled.frequency.measure == "days", "what is measured stays"


def test_what_is_said_of_scoring_is_kept_where_it_fits():
    asked = Scoring.model_validate({"map": "six", "recency": {"method": "fixed", "cuts": [30, 90]}})
    settled = settle_scoring(asked, load_map("six"))
    assert settled.recency == asked.recency
    assert (settled.bins, settled.frequency.method) == (3, "quantile")
    jenks = Scoring.model_validate({"bins": 3, "frequency": {"method": "jenks"}, "money": {"bins": 9}})
    assert settle_scoring(jenks, load_map("six")) == jenks, "money may have any scores in a map that does not look at it"


@pytest.mark.parametrize(
    ("name", "scoring", "words"),
    [
        ("rf10", {"bins": 4}, "'rf10' reads 5 for recency, 5 for frequency scores; [scoring] makes 4 for recency, 4 for frequency. For this map leave bins and methods out of"),
        ("six", {"bins": 4}, "or set bins = 3"),
        ("class8", {"bins": 3, "money": {"method": "quantile", "bins": 4}}, 'money = { method = "median" }'),
        ("codes125", {"money": {"method": "mean"}}, "'codes125' reads 5 for money scores; [scoring] makes 2 for money. For this map"),
        ("four", {"recency": {"method": "fixed", "cuts": [30, 60]}}, "'four' reads 2 for recency scores; [scoring] makes 3 for recency"),
    ],
)  # fmt: skip
def test_scores_that_a_map_cannot_read_are_refused(name, scoring, words):
    with pytest.raises(ConfigurationError) as refused:
        settle_scoring(Scoring.model_validate({"map": name} | scoring), load_map(name))
    assert words in str(refused.value)
