"""A shop's own words for our keys: checked when the configuration is read, and the same wherever something is said."""

import pytest

from analysis.config import parse_config
from analysis.errors import ConfigurationError
from analysis.recipes.wording import open_texts

VALUES = {"name": "school", "order": "day", "inputs": {"transactions": {"files": ["a.csv"], "columns": {"customer_id": "c", "ordered_at": "d", "amount": "m"}}}}


def configure(tmp_path, words, **source):
    transactions = VALUES["inputs"]["transactions"] | source
    return parse_config(VALUES | {"words": words, "inputs": {"transactions": transactions}}, tmp_path, "workbook.toml")


def test_what_is_named_is_said_and_the_rest_stays(tmp_path):
    texts = open_texts(configure(tmp_path, {"en": {"segment-champions": "Model students", "action-champions": "Ask them to help others."}}), "en")
    assert texts.label("segment", "champions") == "Model students"
    assert texts.label("action", "champions") == "Ask them to help others."
    assert texts.label("segment", "at_risk") == "At risk"
    assert open_texts(configure(tmp_path, {"en": {"segment-champions": "Model students"}}), "zh").label("segment", "champions") == "冠军客户"


def test_a_group_is_called_the_same_in_a_table_and_in_a_sentence(tmp_path):
    """A segment is the subject of sentences, a class of the eight may be a segment, and a tier has two keys."""
    words = {"segment-new": "新学员", "class8-important-value": "核心学员", "value-tier-high": "高消费学员", "segment-lost": "流失", "who-lost": "已流失的学员"}
    texts = open_texts(configure(tmp_path, {"zh": words}), "zh")
    assert texts.label("who", "new") == "新学员"
    assert texts.label("who", "lost") == "已流失的学员"
    assert [texts.label(kind, "important_value") for kind in ("class8", "segment", "who")] == ["核心学员"] * 3
    assert texts.label("tier", "high") == "高消费学员"


def test_columns_of_the_shops_own_may_be_named(tmp_path):
    config = configure(tmp_path, {"en": {"column-study-mode": "Mode of study"}}, attributes={"study_mode": "mode"})
    assert open_texts(config, "en").feature("study_mode") == "Mode of study"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"en": {"segment-champion": "x"}}, ("words.en", "'segment-champion'", "segment-champions")),
        ({"zh": {"column-study-mode": "学习方式"}}, ("words.zh", "'column-study-mode'")),
        ({"en": {"press-privacy": "nothing to see"}}, ("'press-privacy' is not a name that can be changed",)),
        ({"en": {"action-high": ""}}, ("words.en.action-high",)),
        ({"en": {"action-high": "two\nlines"}}, ("words.en.action-high",)),
        ({"fr": {"action-high": "x"}}, ("words.fr: unknown key",)),
        ({"en": {"segment-champion": "x"}, "zh": {"stage-newest": "y"}}, ("'segment-champion'", "'stage-newest'")),
    ],
)
def test_a_name_that_is_none_is_refused_with_those_near_it(words, said, tmp_path):
    with pytest.raises(ConfigurationError) as refused:
        configure(tmp_path, words)
    assert [part for part in said if part not in str(refused.value)] == []


def test_braces_and_formulas_are_only_text(tmp_path):
    texts = open_texts(configure(tmp_path, {"en": {"segment-new": '{ $x } =1+1 <b>"'}}), "en")
    assert texts.label("segment", "new") == '{ $x } =1+1 <b>"'
