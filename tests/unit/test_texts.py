"""The catalogues: the same in both languages, complete for every key, grammatical for one and for many."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from analysis.charts.summary import MEASURES
from analysis.columns import CLASS8, STAGES, TIERS, UNCLASSIFIED
from analysis.errors import ConfigurationError
from analysis.models.maps import list_maps, load_map
from analysis.schemas import SCHEMAS
from analysis.settings.cleaning import ACTIONS
from analysis.texts import LOCALES, Texts

SOURCE = Path(__file__).resolve().parents[2] / "src" / "analysis"
RULES = [*ACTIONS, "input", "kept", "returns_matched", "returned_purchases", "returns_unmatched", "customer_master"]
SEGMENTS = tuple(dict.fromkeys(key for name in list_maps() for key in load_map(name).keys))
LABELS = [
    *[("segment", key) for key in (*SEGMENTS, UNCLASSIFIED, "none")],
    *[(kind, key) for key in (*SEGMENTS, UNCLASSIFIED, *TIERS) for kind in ("who", "action")],
    *[("map", name) for name in list_maps()],
    *[("class8", key) for key in (*CLASS8, UNCLASSIFIED)],
    *[("value_tier", key) for key in (*TIERS, UNCLASSIFIED)],
    *[("stage", key) for key in STAGES],
    *[("define", key) for key in STAGES],
    *[(kind, key) for key in RULES for kind in ("rule", "explain")],
    *[("ledger-action", key) for key in ("input", "kept", "anonymous", "removed", "quarantined", "changed", "flagged")],
    *[("column", column) for schema in SCHEMAS.values() for column in schema.columns],
    *[("measure", measure) for measure in MEASURES],
    *[("cluster", word) for word in ("recent", "fading", "silent", "often", "sometimes", "once", "big", "medium", "small")],
]


def _messages(lang: str) -> dict[str, ftl.Message]:
    found: dict[str, ftl.Message] = {}
    for file in sorted((SOURCE / "texts" / lang).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{file.name}: {entry.content[:80]}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice in {lang}"
                found[entry.id.name] = entry
    return found


MESSAGES = {lang: _messages(lang) for lang in LOCALES}


def _walk(node: object):
    yield node
    if isinstance(node, ftl.BaseNode):
        for value in vars(node).values():
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ftl.BaseNode):
                    yield from _walk(child)


def _variables(message: ftl.Message) -> tuple[set[str], set[str]]:
    """Give the variables that are written, and those that only choose a form."""
    selecting = {id(node.selector) for node in _walk(message.value) if isinstance(node, ftl.SelectExpression)}
    written = {node.id.name for node in _walk(message.value) if isinstance(node, ftl.VariableReference) and id(node) not in selecting}
    chosen = {node.id.name for node in _walk(message.value) if isinstance(node, ftl.VariableReference) and id(node) in selecting}
    return written, chosen


def test_both_languages_have_the_same_messages():
    assert set(MESSAGES["en"]) == set(MESSAGES["zh"])


def test_both_languages_use_the_same_values():
    wrong = []
    for key in MESSAGES["en"]:
        (english, chosen), (chinese, chosen_zh) = _variables(MESSAGES["en"][key]), _variables(MESSAGES["zh"][key])
        unseen = english - chosen - chinese - chosen_zh  # a number that English readers see and Chinese readers do not
        unknown = (chinese | chosen_zh) - english - chosen
        wrong += [(key, unseen, unknown)] if unseen or unknown else []
    assert not wrong


@pytest.mark.parametrize("lang", LOCALES)
def test_every_key_has_a_name(lang):
    names = {(kind, key): Texts(lang).label(kind, key) for kind, key in LABELS}
    assert not {key: name for key, name in names.items() if not name.strip() or "_" in name}


def test_every_message_that_the_code_names_exists():
    named = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say" and node.args:
                options = [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
                named |= {option.value for option in options if isinstance(option, ast.Constant)}
    assert len(named) > 60
    assert named <= set(MESSAGES["en"])


NOUNS = "customers|orders|rows|lines|days|months|clusters|others|bars|files|records|buyers|order numbers|dates|values"


def _fill(lang: str, number: int, text: str) -> dict[str, str]:
    """Write every sentence with this number in all its places."""
    filled = {}
    for key, message in MESSAGES[lang].items():
        written, chosen = _variables(message)
        filled[key] = Texts(lang).say(key, **{name: number if name in chosen else text for name in written | chosen})
    return filled


def test_one_is_never_many():
    wrong = rf"(?<![\d.,–-])\b(1|one) ({NOUNS})\b"
    always_many = ("note-", "about-cut")  # said of large numbers only
    assert not {key: text for key, text in _fill("en", 1, "1").items() if re.search(wrong, text) and not key.startswith(always_many)}


def test_many_are_never_one():
    wrong = r"\b7 (customer|order(?! (lines|numbers))|row|line|day|month|cluster|other|bar|file|record)\b"
    assert not {key: text for key, text in _fill("en", 7, "7").items() if re.search(wrong, text)}


def test_chinese_is_written_with_chinese_punctuation():
    wrong = r"[\u4e00-\u9fff][,;:!?()]|[,;!?()][\u4e00-\u9fff]"
    assert not {key: text for key, text in _fill("zh", 3, "甲").items() if re.search(wrong, text)}


def test_a_missing_message_or_value_is_an_error():
    with pytest.raises(KeyError, match="no message 'nonsense'"):
        Texts("en").say("nonsense")
    with pytest.raises(KeyError, match="chart-pareto"):
        Texts("en").say("chart-pareto", customers="20%")


def test_an_unknown_language_is_refused():
    with pytest.raises(ConfigurationError, match="'fr'"):
        Texts("fr")


@pytest.mark.parametrize(
    ("lang", "value", "text"),
    [
        ("en", 8911407.904, "£8.91M"),
        ("zh", 8911407.904, "£891.1万"),
        ("en", 12345, "£12.3k"),
        ("zh", 1.5e8, "£1.50亿"),
        ("en", -50, "-£50.00"),
        ("en", 2500, "£2,500"),
        ("en", 0, "£0.00"),
    ],
)
def test_money_is_short(lang, value, text):
    assert Texts(lang, "GBP").money(value) == text


@pytest.mark.parametrize(
    ("lang", "date", "month", "day", "short"),
    [("en", "9 Dec 2011", "Dec 2011", "9 Dec", "Dec"), ("zh", "2011年12月9日", "2011年12月", "12月9日", "12月")],
)
def test_dates_are_those_of_the_language(lang, date, month, day, short):
    texts, value = Texts(lang), dt.date(2011, 12, 9)
    assert (texts.date(value), texts.month(value), texts.day(value), texts.month_short(value)) == (date, month, day, short)


def test_a_cluster_is_named_from_its_three_words():
    english, chinese = Texts("en"), Texts("zh")
    assert english.cluster("recent_often_big") == "Recent, frequent, big spend"
    assert english.cluster("recent_often_big_2") == "Recent, frequent, big spend\u00a0(2)"
    assert chinese.cluster("silent_once_small") == "沉寂·单次·低额"
    assert english.cluster(None) == "Not classified"
    assert english.cluster("outliers") == "Outliers"


def test_the_eight_classes_have_their_chinese_names():
    names = ["重要价值客户", "重要发展客户", "重要保持客户", "重要挽留客户", "一般价值客户", "一般发展客户", "一般保持客户", "一般挽留客户"]
    assert [Texts("zh").label("class8", key) for key in CLASS8] == names


def test_an_enumeration_has_the_mark_of_its_language():
    assert Texts("en").join(["a", "b"]) == "a, b"
    assert Texts("zh").join(["甲", "乙"]) == "甲、乙"


def test_a_word_of_any_length_can_be_said():
    said = Texts("en").say("note-float-identifiers", column="x" * 10_000)
    assert "x" * 999 + "…" in said and "x" * 1000 not in said
