"""The glossary: every label of every table and picture is explained, in both languages; formulas follow the map and the configuration of the report."""

import html
import re

import pandas as pd
import pytest

from analysis.columns import CAUSES, CLASS8, STAGES, TIERS
from analysis.config import Config
from analysis.models.classes import read_defaults
from analysis.models.maps import list_maps, load_map, parse_map, prove_map
from analysis.palette import COLOURS
from analysis.recipes.wording import open_texts
from analysis.report.glossary import find_map, write_glossary
from analysis.report.markup import plain
from analysis.texts import Texts


def make_config(**sections) -> Config:
    return Config.model_validate({
        "name": "Shop", "order": "day", "inputs": {"transactions": {"files": ["a.csv"], "columns": {"customer_id": "c", "ordered_at": "d", "amount": "a"}}}, **sections,
    })  # fmt: skip


def list_terms(lang="en", *, config=None, segment_map=None) -> list[tuple[str, str, str]]:
    """Read the terms back: name, name in the other language, all that is told."""
    config = config or make_config()
    words = {each: open_texts(config, each) for each in ("en", "zh")}
    written = write_glossary(words, lang, config, segment_map or load_map("rf10")).html
    entries = re.findall(r"<div><dt>([^<]*)((?: <span lang=\"[^\"]+\">[^<]*</span>)*)</dt>(.*?)</div>", written, re.S)
    return [(html.unescape(name).strip(), plain(beside), plain(told.replace("</dd>", "\n"))) for name, beside, told in entries]


def read_glossary(lang="en", **options) -> dict[str, tuple[str, str]]:
    """Read the terms back by name; where a segment and a stage are called the same, the segment."""
    found: dict[str, tuple[str, str]] = {}
    for name, beside, told in list_terms(lang, **options):
        found.setdefault(name, (beside, told))
    return found


# Hand-copied from the published table of this map: R and F from 1 to 5, 5 is best.
RF10 = {
    "Champions": "R 5, F 4–5", "Loyal": "R 3–4, F 4–5", "Potential loyalists": "R 4–5, F 2–3", "Promising": "R 4, F 1", "Need attention": "R 3, F 3",
    "About to sleep": "R 3, F 1–2", "Can’t lose": "R 1–2, F 5", "Hibernating": "R 1–2, F 1–2",
}  # fmt: skip


def test_the_rule_of_each_segment_is_that_of_the_map():
    found = read_glossary()
    assert {name: found[name][1].splitlines()[-1].removeprefix("How: ") for name in RF10} == RF10


def test_a_map_in_pieces_tells_them_all_and_a_map_on_money_tells_codes():
    cells = [{"r": 1, "f": [1, 3]}, {"r": 3, "f": 2}]
    rules = parse_map({
        "name": "own", "scores": 3,
        "segment": [
            {"key": "new", "cells": cells}, {"key": "lost", "cells": [{"r": 2}, {"r": 3, "f": 1}, {"r": 3, "f": 3}]},
        ],
    }, "own.toml")  # fmt: skip
    found = read_glossary(segment_map=prove_map(rules))
    told = found["Lost"][1]
    assert "R 2, F 1–3; or R 3, F 1, 3" in told
    assert "RFM 555 554 545 544 455 454 445" in read_glossary(segment_map=load_map("codes125"))["Champions"][1]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_label_is_explained(lang):
    texts = Texts(lang)
    for name in list_maps():
        segment_map = load_map(name)
        found = read_glossary(lang, segment_map=segment_map)
        labels = [("segment", key) for key in segment_map.keys] + [("class8", key) for key in CLASS8] + [("stage", key) for key in STAGES]
        labels += [("value_tier", key) for key in TIERS] + [("column", cause) for cause in CAUSES] + [("column", each) for each in read_defaults()]
        missing = [label for label in labels if not found.get(texts.label(*label), ("", ""))[1].strip()]
        assert not missing, name


def test_every_label_that_has_a_colour_is_explained():
    known = {*(key for name in list_maps() for key in load_map(name).keys), *CLASS8, *TIERS, *STAGES, "returning", "within", "late"}
    assert {key for colours in COLOURS.values() for key in colours} <= known


def test_each_class_of_each_dimension_has_its_rule():
    found = read_glossary()
    assert "High-end need 高端需求" in found["Need (inferred)"][1]
    assert "Buys in the upper price range" in found["Need (inferred)"][1]
    config = make_config(classes={"need": {"rules": [{"class": "gold", "when": "monetary >= 1000"}]}, "loyalty": {"off": True}})
    own = read_glossary(config=config)
    assert "As the rule says." in own["Need (inferred)"][1] and "price range" not in own["Need (inferred)"][1]
    assert "Loyalty" not in own


def test_stages_are_told_with_the_limits_of_the_configuration():
    found = read_glossary()
    assert found["Dormant"][1].splitlines()[-1] == "How: overdue index of 3 or more, below 5"
    days = make_config(lifecycle={"by": "days", "days": {"at_risk": 60, "dormant": 120, "lost": 400}, "recent_gaps": 3, "change": 1.5})
    found = read_glossary(config=days)
    assert found["Dormant"][1].splitlines()[-1] == "How: days of silence: 120 or more, below 400"
    assert found["Growing"][1].splitlines()[-1] == "How: mean of the last 3 gaps at most 1/1.5 of the mean of those before"
    assert read_glossary("zh", config=days)["已流失"][1].splitlines()[-1] == "算法：沉默达到 400 天"


def test_a_withheld_number_is_told_with_its_limit():
    assert "below 5" in read_glossary()["Withheld number (*)"][1]
    assert "below 10" in read_glossary(config=make_config(pages={"profile": "external"}))["Withheld number (*)"][1]


def test_both_languages_explain_the_same_terms_and_name_each_other():
    english, chinese = list_terms("en"), list_terms("zh")
    assert [(name, beside) for name, beside, _ in english] == [(beside, name) for name, beside, _ in chinese]
    assert ("Recency (R)", "近度（R）") in [(name, beside) for name, beside, _ in english]
    assert all(told.strip() for _, _, told in (*english, *chinese))


def test_the_name_in_the_other_language_says_which_it_is():
    words = {lang: open_texts(make_config(), lang) for lang in ("en", "zh")}
    assert '<span lang="zh-Hans">客户细分</span>' in write_glossary(words, "en", make_config(), load_map("rf10")).html
    only = write_glossary({"zh": words["zh"]}, "zh", make_config(), load_map("rf10")).html  # a report in one language has both names too
    assert '<span lang="en">Segment</span>' in only


def test_words_of_the_configuration_stand_in_the_glossary_and_hostile_ones_are_text():
    config = make_config(words={"en": {"segment-champions": "<b>Stars</b>"}})
    words = {lang: open_texts(config, lang) for lang in ("en", "zh")}
    written = write_glossary(words, "en", config, load_map("rf10")).html
    assert "&lt;b&gt;Stars&lt;/b&gt;" in written and "<b>Stars" not in written


@pytest.mark.parametrize(("keys", "name"), [("rf10", "rf10"), ("six", "six"), ("four", "four")])
def test_the_map_is_the_one_whose_segments_the_report_has(keys, name, tmp_path):
    rows = [("segment", key) for key in load_map(keys).keys] + [("segment", "unclassified"), ("value_tier", "high")]
    pd.DataFrame(rows, columns=["scheme", "segment"]).to_parquet(tmp_path / "segments.parquet")
    assert find_map(make_config(), tmp_path).name == name
    assert find_map(make_config(), None).name == "rf10"
