"""What is wrong with tags: proved on the rules, or seen in the data."""

import datetime as dt
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from analysis.errors import ConfigurationError
from analysis.models.rule_ranges import is_impossible, is_included, normalise
from analysis.models.tag_catalogue import name_tags, settle_catalogue
from analysis.models.tag_changes import count_changes
from analysis.models.tag_linting import find_faults, refuse_contradictions
from analysis.models.tags import give_tags
from analysis.recipes.tags import list_findings
from analysis.recipes.wording import open_texts
from analysis.settings.strict import check
from analysis.settings.tags import Tags
from analysis.story.tags import tell_findings
from analysis.texts import LOCALES, Texts
from shops import look, make_lines, open_shop, remember

DAY = dt.date(2024, 6, 30)
SCHEMA = pa.schema({"customer_id": pa.string(), "frequency": pa.int64(), "monetary": pa.decimal128(38, 4)})


@pytest.mark.parametrize(
    "text",
    [
        "monetary > 100 and monetary < 50", "frequency > 3 and frequency <= 3", "frequency = 3 and frequency = 4", "segment = 'a' and segment = 'b'",
        "segment in ('a', 'b') and (segment = 'c' and monetary > 0)", "frequency between 5 and 3", "3 > frequency and frequency > 3", "nps < -1 and nps > -0.5",
        "x like 'a%' and frequency < 1 and 2 <= frequency",
    ],
)  # fmt: skip
def test_contradictions_are_proved(text):
    assert is_impossible(text, origin="x")


@pytest.mark.parametrize(
    "text",
    [
        "monetary > 50 and monetary < 100", "frequency >= 3 and frequency <= 3", "segment = 'a' and place = 'b'", "monetary > 100 or monetary < 50", "not (frequency > 3) and frequency > 3",
        "segment in ('a', 'b') and segment <> 'a'", "frequency between 3 and 3", "frequency > monetary and monetary > frequency",
    ],
)  # fmt: skip
def test_what_is_not_proved_is_not_claimed(text):
    assert not is_impossible(text, origin="x")


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        ("monetary >= 1000", "monetary >= 100", True), ("monetary >= 100", "monetary >= 1000", False), ("monetary > 100", "monetary >= 100", True),
        ("monetary >= 100", "monetary > 100", False), ("frequency > 5 and segment = 'a'", "frequency > 1", True), ("frequency > 5", "frequency > 1 and segment = 'a'", False),
        ("segment = 'a'", "segment in ('a', 'b')", True), ("segment in ('a', 'c')", "segment in ('a', 'b')", False), ("frequency > 5", "frequency > 1 or segment = 'a'", False),
        ("frequency = 4", "frequency between 4 and 6", True), ("nps > 3", "csat > 3", False), ("lower(a) = 'x'", "lower(a) = 'x'", False), ("FREQUENCY > 5", "frequency > 1", True),
        ("frequency > 5", "frequency > 1 and lower(a) = 'x'", False),
    ],
)  # fmt: skip
def test_one_condition_includes_another(text, by, expected):
    assert is_included(text, by, origin="x") is expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("frequency > 1 and nps > 3", "(NPS > 3)  AND\nFrequency>1", True), ("a = 'X'", "a = 'x'", False), ("a > 1 or b > 1 and c > 1", "c > 1 and b > 1 or a > 1", True),
        ("(a > 1 or b > 1) and c > 1", "a > 1 or b > 1 and c > 1", False), ("a - b > 1", "b - a > 1", False), ("case when (a > 1) then 'x' end", "CASE WHEN a > 1 THEN 'x' END", True),
        ("a > 1.0", "a > 1", False), ("a in ('x', 'y')", "a in ('x')", False), ("a not like 'x'", "a like 'x'", False),
    ],
)  # fmt: skip
def test_rules_that_say_the_same(one, other, same):
    assert (normalise(one, origin="x") == normalise(other, origin="x")) is same


def settle(*own, table):
    tags = check(Tags, {"packs": (), "own": [{"en": each["key"], "zh": each["key"]} | each for each in own]}, "test")
    return settle_catalogue(tags, table, as_of=DAY, say={lang: Texts(lang, words=name_tags(tags, lang)) for lang in LOCALES})


def people(*rows):
    plain = [{"customer_id": str(number), "frequency": orders, "monetary": Decimal(money)} for number, (orders, money) in enumerate(rows)]
    return ibis.memtable(pa.Table.from_pylist(plain, schema=SCHEMA))


def refuse(*own):
    with pytest.raises(ConfigurationError) as caught:
        refuse_contradictions(settle(*own, table=people()).tags)
    return str(caught.value)


def test_what_can_never_be_is_refused_all_at_once():
    said = refuse(
        {"key": "odd", "rule": "monetary > 100 and monetary < 50"},
        {
            "key": "size",
            "type": "level",
            "levels": [{"key": "mid", "when": "monetary >= 100"}, {"key": "high", "when": "monetary >= 1000"}, {"key": "low", "when": "monetary < 100"}],
        },
        {"key": "fine", "rule": "monetary > 100 or monetary < 50"},
    )
    assert "tag 'odd' contradicts itself" in said
    assert "The level 'high' of tag 'size' is never reached: whoever meets `monetary >= 1000` is 'mid' already" in said
    assert "'low'" not in said and "fine" not in said


def test_a_ladder_in_its_order_is_fine():
    steps = [{"key": "high", "when": "monetary >= 1000"}, {"key": "mid", "when": "monetary >= 100"}, {"key": "low", "when": "monetary < 100"}]
    refuse_contradictions(settle({"key": "size", "type": "level", "levels": steps}, table=people()).tags)


OWN = [
    {"key": "often", "rule": "frequency > 1"}, {"key": "again", "rule": "(Frequency > 1)"}, {"key": "rich", "rule": "monetary >= 20"}, {"key": "nobody", "rule": "monetary > 1000"},
    {"key": "everybody", "rule": "monetary >= 0"}, {"key": "old", "rule": "true", "valid_until": "2024-01-31"}, {"key": "count", "type": "number", "rule": "frequency"},
    {"key": "size", "type": "level", "exclusive": True, "levels": [{"key": "s", "when": "frequency <= 2"}, {"key": "l", "when": "monetary >= 20"}, {"key": "xl", "when": "monetary > 100"}]},
    {"key": "free", "type": "level", "levels": [{"key": "one"}], "rule": "case when frequency = 1 then 'one' when frequency = 3 then 'other' end"},
]  # fmt: skip


def test_findings_by_hand():
    """Orders 1, 2, 3 and money 10, 20, 30: often, again and rich are 2 and 3; s: 1 and 2, l: 2 and 3, so the second meets both; xl nobody; 3 orders are `other`."""
    table = people((1, "10"), (2, "20"), (3, "30"))
    catalogue = settle(*OWN, table=table)
    found = find_faults(catalogue, table, give_tags(table, table, catalogue.tags, as_of=DAY), as_of=DAY)
    assert sorted((row["tag"], row["finding"], row["other"], row["customers"]) for row in found) == [
        ("again", "same_rule", "often", 2),
        ("everybody", "always", "", 3),
        ("free", "level_unknown", "", 1),
        ("nobody", "never", "", 0),
        ("old", "ended", "2024-01-31", 0),
        ("rich", "same_customers", "again", 2),
        ("rich", "same_customers", "often", 2),
        ("size", "level_never", "xl", 0),
        ("size", "level_overlap", "s / l", 1),
    ]


def test_nobody_at_all_is_no_accident():
    table = people()
    catalogue = settle(*OWN, table=table)
    assert {row["finding"] for row in find_faults(catalogue, table, give_tags(table, table, catalogue.tags, as_of=DAY), as_of=DAY)} == {
        "never",
        "same_rule",
        "ended",
    }


def frames(**columns):
    kinds = {"tag_loyal": pa.bool_(), "tag_size": pa.string(), "tag_area": pa.string(), "tag_mean": pa.float64(), "tag_new": pa.bool_()}
    return ibis.memtable(pa.table({name: pa.array(values, kinds.get(name, pa.string())) for name, values in columns.items()}))


def test_changes_by_hand():
    """Of loyal: a lost it, b gained it, c kept it; d is new with it; e is gone with it. Of size: a rose from low to high, b fell to nothing; tag_new was not known then."""
    own = [
        {"key": "loyal", "rule": "true"}, {"key": "size", "type": "level", "levels": [{"key": "high", "when": "true"}, {"key": "low", "when": "true"}]},
        {"key": "area", "type": "text", "rule": "customer_id"}, {"key": "mean", "type": "number", "rule": "frequency"}, {"key": "new", "rule": "true"},
    ]  # fmt: skip
    now = frames(customer_id=list("abcd"), tag_loyal=[None, True, True, True], tag_size=["high", None, "low", "low"], tag_area=["x", "y", None, "z"],
                 tag_mean=[1.0, 2.5, 3.0, None], tag_new=[True] * 4)  # fmt: skip
    then = frames(
        customer_id=list("abce"),
        tag_loyal=[True, False, True, True],
        tag_size=["low", "low", "low", None],
        tag_area=["x", "w", "v", None],
        tag_mean=[1.0, 2.0, 3.0, 4.0],
    )
    found = count_changes(now, then, settle(*own, table=people()).tags)
    assert sorted((row["tag"], row["kind"], row["before"] or "", row["after"] or "", row["customers"], row["newcomers"]) for row in found) == [
        ("area", "changed", "", "", 1, 0), ("area", "gained", "", "", 1, 1), ("area", "lost", "", "", 1, 0),
        ("loyal", "gained", "", "", 2, 1), ("loyal", "lost", "", "", 2, 0),
        ("mean", "changed", "", "", 1, 0), ("mean", "lost", "", "", 1, 0),
        ("size", "changed", "low", "high", 1, 0), ("size", "gained", "", "low", 1, 1), ("size", "lost", "low", "", 1, 0),
    ]  # fmt: skip


def test_a_tag_that_is_of_another_type_now_is_not_compared():
    own = {"key": "loyal", "type": "text", "rule": "customer_id"}
    text = ibis.memtable(pa.table({"customer_id": ["a"], "tag_loyal": ["yes"]}))
    assert count_changes(text, frames(customer_id=["a"], tag_loyal=[True]), settle(own, table=people()).tags) == []


def test_from_one_report_to_the_next(tmp_path):
    """Held against the tags of both days, customer by customer, in plain Python."""
    lines = make_lines(7)
    first = open_shop(tmp_path, lines, as_of="2023-08-31")
    assert first.get("tag_changes").empty
    before = {key: set(group.customer_id) for key, group in look(first, "tags").groupby("tag")}
    known = set(look(first, "customers").customer_id)
    remember(first)
    second = open_shop(tmp_path, lines, as_of="2023-09-27")
    after = {key: set(group.customer_id) for key, group in look(second, "tags").groupby("tag")}
    found = second.get("tag_changes")
    flags = [tag.key for tag in second.get("tag_catalogue") if tag.type == "boolean"]
    told = {(row.tag, row.kind): (row.customers, row.newcomers) for row in found[found.tag.isin(flags)].itertuples()}
    expected = {}
    for key in flags:
        gained, lost = after.get(key, set()) - before.get(key, set()), before.get(key, set()) - after.get(key, set())
        expected |= {(key, "gained"): (len(gained), len(gained - known))} if gained else {}
        expected |= {(key, "lost"): (len(lost), 0)} if lost else {}
    assert told == expected and len(expected) > 5


def test_findings_are_sentences_in_both_languages(tmp_path):
    own = [{"key": "odd", "en": "Odd one", "zh": "怪标签", "rule": "frequency > 10000"}, {"key": "twin", "en": "Twin", "zh": "孪生", "rule": "frequency = 1"}]
    opened = open_shop(tmp_path, make_lines(3), tags={"own": own})
    said = list_findings(opened)
    assert "Nobody has the tag “Odd one”. Look at its rule, or do without it." in said
    assert "The tags “Twin” and “One-time buyer” have the same rule. One of them is enough." in said
    assert (
        said[-1]
        == "5 more tags of the packs are left out for want of data: High value, unhappy, Promoter, Favourite category, Discount lover, Interested, not bought."
    )
    whole = tell_findings(opened.get("tag_findings"), texts=open_texts(opened.config, "en")).sentences
    assert "The tag “Promoter” is left out: there are no data for it (Recommendation (0–10))." in whole
    assert "没有任何客户符合标签“怪标签”，请检查规则或停用该标签。" in list_findings(opened, open_texts(opened.config, "zh"))
