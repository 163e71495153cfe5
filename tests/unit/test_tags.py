"""Tags: what a rule gives, how long it holds, what a catalogue refuses and what a pack leaves out, groups; worked out by hand."""

import datetime as dt
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from analysis.errors import ConfigurationError
from analysis.models.tag_catalogue import PACKS, find_known, list_needs, list_rules, name_tags, read_pack, settle_catalogue
from analysis.models.tags import add_facts, count_coverage, count_groups, count_overlap, give_tags, group_expression, list_given
from analysis.settings.strict import check
from analysis.settings.tags import LONGEST, Tags
from analysis.texts import LOCALES, Texts
from shops import look, make_lines, open_shop

DAY = dt.date(2024, 6, 30)
TYPES = {
    "customer_id": "string", "frequency": "int64", "monetary": "decimal(38,4)", "mean_order_value": "float64", "recency_days": "int64", "nps": "float64",
    "last_contact_date": "date", "region": "string",
}  # fmt: skip
PEOPLE = [
    ("a", 5, "500", 100.0, 10, 9.0, dt.date(2024, 6, 30), "East"),
    ("b", 1, "300", 300.0, 40, 3.0, dt.date(2024, 5, 31), ""),
    ("c", 2, "20", 10.0, 200, None, dt.date(2024, 5, 30), "West"),
    ("d", 0, "0", None, None, None, None, None),
]
SAY = {lang: Texts(lang) for lang in LOCALES}


def people(columns=TYPES, rows=PEOPLE):
    plain = [dict(zip(TYPES, (row[0], row[1], Decimal(row[2]), *row[3:]), strict=True)) for row in rows]
    return ibis.memtable(pa.Table.from_pylist(plain, schema=ibis.schema(TYPES).to_pyarrow())).select(*columns)


def settle(*own, packs=(), table=None, **more):
    tags = check(Tags, {"packs": packs, "own": [{"en": each["key"], "zh": each["key"]} | each for each in own]} | more, "test")
    say = {lang: Texts(lang, words=name_tags(tags, lang)) for lang in LOCALES}
    return settle_catalogue(tags, people() if table is None else table, as_of=DAY, say=say)


def give(*own, rows=PEOPLE):
    table = people(rows=rows)
    return give_tags(table, table, settle(*own, table=table).tags, as_of=DAY)


def column(*own, rows=PEOPLE):
    found = give(*own, rows=rows).to_pyarrow().sort_by("customer_id")
    return found[f"tag_{own[0]['key']}"].to_pylist()


def refusal(*own, **more):
    with pytest.raises(ConfigurationError) as caught:
        settle(*own, **more)
    return str(caught.value)


LADDER = [{"key": "top", "when": "monetary >= 300"}, {"key": "some", "when": "monetary >= 20"}]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ({"key": "x", "rule": "frequency >= 2"}, [True, False, True, False]),
        ({"key": "x", "rule": "nps >= 9"}, [True, False, None, None]),
        ({"key": "x", "type": "number", "rule": "monetary / frequency"}, [100.0, 300.0, 10.0, None]),
        ({"key": "x", "type": "text", "rule": "region"}, ["East", None, "West", None]),  # an empty text is none
        ({"key": "x", "type": "level", "levels": LADDER}, ["top", "top", "some", None]),  # the first that is true
        ({"key": "x", "type": "level", "levels": [{"key": "few"}, {"key": "many"}], "rule": "case when frequency > 2 then 'many' when frequency = 2 then 'odd' else 'few' end"},
         ["many", "few", None, "few"]),
        # 30 days from the contact: on 30 June the day itself counts, 31 May is 30 days ago, 30 May is 31
        ({"key": "x", "rule": "monetary >= 0", "since": "last_contact_date", "valid_days": 30}, [True, True, False, None]),
        ({"key": "x", "type": "text", "rule": "'yes'", "since": "last_contact_date", "valid_days": 30}, ["yes", "yes", None, None]),
        ({"key": "x", "rule": "frequency = 1", "valid_until": "2024-06-30"}, [False, True, False, False]),
        ({"key": "x", "type": "number", "rule": "as_of - last_contact_date"}, [0.0, 30.0, 31.0, None]),
    ],
    ids=str,
)  # fmt: skip
def test_what_a_tag_gives(tag, expected):
    assert column(tag) == expected


def test_a_tag_of_the_future_is_not_given_yet():
    assert column({"key": "x", "rule": "true", "since": "last_contact_date", "valid_days": 3}, rows=[("a", 1, "1", 1.0, 1, None, dt.date(2024, 7, 1), "")]) == [
        False
    ]


def test_a_tag_ends():
    found = settle({"key": "x", "rule": "frequency = 1", "valid_until": "2024-06-29"}, {"key": "y", "rule": "frequency = 1"})
    assert ([tag.key for tag in found.tags], [tag.key for tag in found.ended]) == (["y"], ["x"])


def test_the_long_table_has_what_is_given_only():
    own = [
        {"key": "buyer", "rule": "frequency > 0"}, {"key": "score", "type": "number", "rule": "nps"}, {"key": "mean", "type": "number", "rule": "mean_order_value / 8"},
        {"key": "size", "type": "level", "levels": LADDER},
    ]  # fmt: skip
    catalogue = settle(*own)
    rows = list_given(give(*own), catalogue.tags).execute()
    assert sorted(map(tuple, rows.to_numpy().tolist())) == [
        ("a", "buyer", "true"), ("a", "mean", "12.5"), ("a", "score", "9"), ("a", "size", "top"),
        ("b", "buyer", "true"), ("b", "mean", "37.5"), ("b", "score", "3"), ("b", "size", "top"),
        ("c", "buyer", "true"), ("c", "mean", "1.25"), ("c", "size", "some"),
    ]  # fmt: skip
    assert list_given(people(), ()).count().execute() == 0


def test_coverage_by_hand():
    """Four customers, 820 in all: 500 + 300 + 20."""
    own = [
        {"key": "often", "rule": "frequency >= 2", "owner": "Ann"},
        {"key": "size", "type": "level", "levels": LADDER},
        {"key": "area", "type": "text", "rule": "region"},
    ]
    rows = {(row["tag"], row["value"]): row for row in count_coverage(give(*own), settle(*own).tags)}
    assert list(rows) == [("often", None), ("size", None), ("size", "top"), ("size", "some"), ("area", None), ("area", "East"), ("area", "West")]
    assert {key: (row["customers"], row["monetary"]) for key, row in rows.items()} == {
        ("often", None): (2, 520.0), ("size", None): (3, 820.0), ("size", "top"): (2, 800.0), ("size", "some"): (1, 20.0),
        ("area", None): (2, 520.0), ("area", "East"): (1, 500.0), ("area", "West"): (1, 20.0),
    }  # fmt: skip
    assert rows["often", None]["share"] == 0.5
    assert rows["often", None]["monetary_share"] == pytest.approx(520 / 820, abs=1e-12)
    assert (rows["often", None]["owner"], rows["size", None]["owner"]) == ("Ann", None)


def test_overlap_by_hand():
    """often: a c; dear: a b; both: a. Either: 3. By chance 4 x 2/4 x 2/4 = 1 would have both."""
    own = [
        {"key": "often", "rule": "frequency >= 2"},
        {"key": "dear", "rule": "monetary >= 300"},
        {"key": "all", "rule": "monetary >= 0"},
        {"key": "nobody", "rule": "monetary < 0"},
    ]
    found = count_overlap(give(*own), settle(*own).tags)
    assert found == [{"tag": "dear", "other": "often", "customers": 2, "customers_other": 2, "both": 1, "jaccard": pytest.approx(1 / 3), "lift": 1.0}]


def test_at_most_fifteen_tags_are_set_against_each_other():
    own = [{"key": f"t{number}", "rule": f"monetary >= {number + 1}"} for number in range(17)]
    found = count_overlap(give(*own), settle(*own).tags)
    assert len(found) == 15 * 14 / 2


def test_groups_by_hand():
    own = [
        {"key": "often", "rule": "frequency >= 2"}, {"key": "happy", "rule": "nps >= 9"}, {"key": "size", "type": "level", "levels": LADDER},
        {"key": "area", "type": "text", "rule": "region"}, {"key": "mean", "type": "number", "rule": "mean_order_value"},
    ]  # fmt: skip
    groups = [
        {"key": "g1", "en": "G1", "all": ["often"], "none": ["happy"]},  # c: nobody knows whether c is happy, so c is not
        {"key": "g2", "en": "G2", "any": ["size = top", "area = 'West'"]},
        {"key": "g3", "en": "G3", "all": ["mean >= 50.5", "area"]},
        {"key": "g4", "en": "G4", "none": ["often", "size=top"]},
        {"key": "g5", "en": "G5", "all": ["often = true", "size <> top"]},
    ]
    tags = check(Tags, {"groups": groups}, "test").groups
    found = {row["group"]: (row["customers"], row["monetary"]) for row in count_groups(give(*own), tags)}
    assert found == {"g1": (1, 20.0), "g2": (3, 820.0), "g3": (1, 500.0), "g4": (1, 0.0), "g5": (1, 20.0)}
    with pytest.raises(ConfigurationError, match=r"group 'g'.*no column 'tag_oftn'.*tag_often"):
        count_groups(give(*own), check(Tags, {"groups": [{"key": "g", "en": "g", "all": ["oftn"]}]}, "test").groups)


def test_a_value_in_a_group_is_only_ever_a_value():
    group = check(Tags, {"groups": [{"key": "g", "en": "g", "all": ["area = x' or 1=1 --", "area = '2'", 'area = "a"', "mean < 2"]}]}, "test").groups[0]
    assert group_expression(group) == (
        "coalesce(tag_area = 'x'' or 1=1 --', false) and coalesce(tag_area = '2', false) and coalesce(tag_area = 'a', false) and coalesce(tag_mean < 2, false)"
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"own": [{"key": "x", "en": "X"}]}, "has no rule"),
        ({"own": [{"key": "x", "rule": "true"}]}, "has no name"),
        ({"own": [{"key": "x", "en": "X", "rule": "true", "levels": [{"key": "a", "when": "true"}]}]}, "so its type is level"),
        ({"own": [{"key": "x", "en": "X", "type": "level", "rule": "'a'"}]}, "has no levels"),
        ({"own": [{"key": "x", "en": "X", "type": "level", "levels": [{"key": "a", "when": "true"}, {"key": "b"}]}]}, "`when` for every level"),
        ({"own": [{"key": "x", "en": "X", "type": "level", "levels": [{"key": "a", "when": "true"}, {"key": "a", "when": "true"}]}]}, "two levels of one key"),
        ({"own": [{"key": "x", "en": "X", "rule": "true", "valid_days": 3}]}, "go together"),
        ({"own": [{"key": "x", "en": "X" * 25, "rule": "true"}]}, "at most 24"),
        ({"own": [{"key": "x", "zh": "标" * 13, "rule": "true"}]}, "at most 12"),
        ({"own": [{"key": "x", "en": "X", "rule": "true"}, {"key": "x", "en": "Y", "rule": "true"}]}, "several tags have the key 'x'"),
        ({"own": [{"key": "about_x", "en": "X", "rule": "true"}]}, "choose another key"),
        ({"own": [{"key": "X-1", "en": "X", "rule": "true"}]}, "own.0.key"),
        ({"packs": ["cor"]}, "packs.0"),
        ({"groups": [{"key": "g", "en": "G"}]}, "has no conditions"),
        ({"groups": [{"key": "g", "en": "G", "all": ["a b"]}]}, "neither the key of a tag nor a comparison"),
        ({"groups": [{"key": "g", "en": "G", "all": ["Robert'); drop"]}]}, "neither the key"),
    ],
)
def test_the_configuration_is_checked(settings, words):
    with pytest.raises(ConfigurationError, match=words):
        check(Tags, settings, "test")


def test_all_that_is_wrong_with_ones_own_tags_is_said_at_once():
    said = refusal(
        {"key": "one", "rule": "frequncy > 1"},
        {"key": "two", "rule": "read_csv('x')"},
        {"key": "three", "type": "text", "rule": "frequency"},
        {"key": "ok", "rule": "true"},
    )
    assert "tag 'one'" in said and "'frequency'" in said and "tag 'two'" in said and "read_csv" in said and "tag 'three'" in said and "a text is needed" in said
    assert "tag 'ok'" not in said


def test_names_are_unique_in_each_language_against_the_packs_too():
    assert "both called 'Same'" in refusal({"key": "one", "en": "Same", "rule": "true"}, {"key": "two", "en": "Same", "rule": "false"}).replace("same", "Same")
    assert "'one_time' and 'mine' are both called '一次性购买' in zh" in refusal(
        {"key": "mine", "en": "Mine", "zh": "一次性购买", "rule": "true"}, packs=["core"]
    )


def test_one_of_ones_own_replaces_that_of_a_pack_and_a_pack_can_be_thinned():
    found = settle({"key": "one_time", "rule": "frequency <= 1"}, packs=["core"], without=["promoter"])
    rules = {tag.key: (tag.rule, tag.source) for tag in found.tags}
    assert rules["one_time"] == ("frequency <= 1", "own")
    assert "promoter" not in rules and "promoter" not in found.wanting
    assert "[tags] without names sponsor" in refusal(packs=["core"], without=["sponsor"])


def test_a_pack_leaves_out_what_there_are_no_data_for():
    """Nobody has answered: nps is there and null. region is not told by anybody in `lonely`."""
    found = settle(packs=["core"])
    assert {"one_time", "recent", "promoter"} <= {tag.key for tag in found.tags}
    assert found.wanting["tenure"] == "tenure_days"
    assert found.wanting["favourite"] == "favourite_category, favourite_category_share"
    unknown = settle(packs=["core"], table=people(rows=[(*row[:5], None, *row[6:]) for row in PEOPLE]))
    assert unknown.wanting["promoter"] == "nps"
    assert "high_value_unhappy" in unknown.wanting and unknown.wanting["high_value_unhappy"].endswith("nps / csat")


def test_a_pack_needs_one_of_several_columns_only():
    table = people().mutate(value_tier=ibis.literal("high"), csat=ibis.null("float64"))
    assert "high_value_unhappy" in {tag.key for tag in settle(packs=["core"], table=table).tags}
    nobody = table.mutate(nps=ibis.null("float64"))
    assert settle(packs=["core"], table=nobody).wanting["high_value_unhappy"] == "nps / csat"


def test_a_column_of_another_kind_is_no_reason_to_stop_for_a_pack():
    table = people().mutate(progress=ibis.literal("half"))
    found = settle(packs=["education"], table=table)
    assert found.wanting["progress"] == "progress"


def test_columns_that_say_nothing_are_unknown():
    assert find_known(people(rows=PEOPLE[3:]), ["nps", "frequency", "region", "none", "MONETARY"]) == {"frequency", "MONETARY"}


def test_big_orders_are_those_above_four_of_five():
    """Mean orders 10, 20, ... 100: at position 0.8 x 9 = 7.2 lies 82, and the largest value not above it is 80; who never ordered does not count."""
    rows = [(f"c{n}", 1, "1", 10.0 * n, 1, None, None, "") for n in range(1, 11)] + [("d", 0, "0", None, None, None, None, None)]
    lessons = ibis.memtable(pa.table({"customer_id": ["c1"], "lessons": [3], "trials": [1], "progress": [0.5], "last_lesson_date": [dt.date(2024, 1, 1)]}))
    found = add_facts(people(rows=rows), lessons).execute().set_index("customer_id")
    assert set(found.big_order_value) == {80.0}
    assert found.loc["c1", "progress"] == 0.5 and found.loc["c2", ["lessons", "trials"]].isna().all()
    six = [(f"c{n}", 1, "1", 10.0 * n, 1, None, None, "") for n in range(1, 7)]  # position 0.8 x 5 = 4 is a value itself
    assert set(add_facts(people(rows=six), lessons).execute().big_order_value) == {50.0}
    nobody = add_facts(people(rows=PEOPLE[3:]), lessons).execute()
    assert nobody.big_order_value.isna().all()


FULL = {
    "first_order_date": "date", "last_order_date": "date", "recency_days": "int64", "frequency": "int64", "monetary": "decimal(38,4)", "mean_order_value": "float64",
    "tenure_days": "int64", "m_score": "int8", "segment": "string", "value_tier": "string", "lifecycle_stage": "string", "overdue_index": "float64",
    "categories": "int64", "favourite_category": "string", "favourite_category_share": "float64", "main_channel": "string", "channels": "int64", "channel_share": "float64",
    "price_level": "float64", "discount_share": "float64", "margin": "decimal(38,4)", "margin_place": "float64", "nps": "float64", "csat": "float64", "browses": "int64",
    "clicks": "int64", "inquiries": "int64", "contacts": "int64", "last_contact_date": "date", "relationship": "string", "city": "string", "age_band": "string",
    "industry": "string", "company_size": "string", "market": "string", "parent_id": "string", "grade": "string", "lessons": "int64", "trials": "int64",
    "last_lesson_date": "date", "progress": "float64", "big_order_value": "float64", "customer_id": "string",
}  # fmt: skip


def test_every_tag_of_every_pack_is_made_where_there_are_data_for_it():
    one = {name: {"string": "x", "date": DAY, "int64": 1, "int8": 1, "float64": 0.5}.get(kind, Decimal(1)) for name, kind in FULL.items()}
    table = ibis.memtable(pa.Table.from_pylist([one], schema=ibis.schema(FULL).to_pyarrow()))
    tags = check(Tags, {"packs": PACKS}, "test")
    found = settle_catalogue(tags, table, as_of=DAY, say=SAY)
    assert found.wanting == {}
    assert len(found.tags) == sum(len(read_pack(pack)) for pack in PACKS) > 40
    assert give_tags(table, table, found.tags, as_of=DAY).execute().shape == (1, len(FULL) + len(found.tags))


def test_packs_speak_both_languages_shortly_and_name_nothing_twice():
    keys = [rule.key for pack in PACKS for rule in read_pack(pack)]
    assert len(keys) == len(set(keys))
    rules = list_rules(check(Tags, {"packs": PACKS}, "test"))
    for lang, texts in SAY.items():
        names = [texts.label("tag", key) for key in keys]
        assert len({name.casefold() for name in names}) == len(names)
        assert [name for name in names if len(name) > LONGEST[lang]] == []
        assert all(texts.label("tag-about", key) for key in keys)
        levels = [(key, level.key) for key, (rule, _pack) in rules.items() for level in rule.levels]
        assert levels and [pair for pair in levels if texts.value(f"tag_{pair[0]}", pair[1]) == pair[1]] == []
        assert all(texts.has(f"tag-category-{rule.category}") and texts.has(f"tag-type-{rule.type}") for rule, _pack in rules.values())


def test_the_columns_that_a_tag_needs():
    rule = check(Tags, {"own": [{"key": "x", "en": "x", "rule": "frequency > 1", "since": "last_contact_date", "valid_days": 3}]}, "test").own[0]
    assert list_needs(rule) == {"frequency", "last_contact_date"}


HOSTILE = ['=cmd|" /C calc"!A0', "<script>alert(1)</script>", "a'); drop table x;--", "\u202eevil", "🎁 王", "{ $x }"]


def test_hostile_words_come_out_as_they_went_in(tmp_path):
    own = [{"key": f"t{n}", "en": word[:24], "zh": word[:12], "rule": f"frequency > {n}", "owner": word, "about": word} for n, word in enumerate(HOSTILE)]
    opened = open_shop(tmp_path, make_lines(5), tags={"packs": [], "own": own})
    words = {tag.key: tag for tag in opened.get("tag_catalogue")}
    for n, word in enumerate(HOSTILE):
        assert (words[f"t{n}"].words["en"], words[f"t{n}"].about["zh"], words[f"t{n}"].owner) == (word[:24], word, word)


def test_a_shop_of_lines_alone_has_tags_whatever_the_order_of_its_rows(tmp_path):
    lines = make_lines(3)
    one, other = open_shop(tmp_path / "a", lines), open_shop(tmp_path / "b", lines[::-1])
    rows = look(one, "tags")
    assert {"one_time", "recent", "high_value", "spending", "tenure", "big_basket"} <= set(rows.tag)
    assert rows.equals(look(other, "tags"))
    assert one.get("tag_coverage").equals(other.get("tag_coverage")) and one.get("tag_overlap").equals(other.get("tag_overlap"))
    customers = look(one, "customers").set_index("customer_id")
    told = {tag: set(rows.customer_id[rows.tag == tag]) for tag in set(rows.tag)}
    assert told["one_time"] == set(customers.index[customers.frequency == 1])
    assert told["high_value"] == set(customers.index[customers.value_tier == "high"])
    assert told["recent"] == set(customers.index[customers.recency_days.map(lambda days: days is not None and days <= 30)])
