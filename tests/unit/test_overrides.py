"""People's words: kept whole or not at all, in force from the report that was corrected until they end, applied with the computed value beside them."""

import datetime as dt
import json
import os
import stat
from dataclasses import replace

import pandas as pd
import pytest

from analysis.charts.overrides import list_overrides
from analysis.errors import ConfigurationError, Locked
from analysis.models.overrides import Editable, apply_overrides, name_computed, sort_out
from analysis.overrides import Override, enter_overrides, find_in_force, read_overrides
from analysis.recipes.overrides import BUILDERS
from analysis.run import read_data
from analysis.state import recall
from analysis.story.overrides import tell_overrides
from analysis.texts import Texts
from shops import configure, look, table

JANUARY, FEBRUARY, MARCH = (dt.date(2024, month, day) for month, day in ((1, 31), (2, 29), (3, 31)))
LINES = [("a", "2024-01-05", "1", "p", 1, "10"), ("b", "2024-01-06", "2", "p", 2, "10"), ("c", "2024-01-20", "3", "p", 3, "10")]


def word(value, *, who="a", column="need", since=JANUARY, until=None, name="shop", **more):
    """Make a person's word."""
    return Override(name, who, column, value, "met in person", "Mei", since + dt.timedelta(days=3), since, until, "run1", **more)


def say(folder, *words):
    """Enter words one import after the other."""
    for each in words:
        enter_overrides(folder / "state", [each], after=len(read_overrides(folder / "state")))


# kept


def test_what_was_entered_is_read_back_whatever_is_in_it(tmp_path):
    hostile = ["=1+1", "x" * 10_000, "a\nb", "😀", "\u202eabc", '"', "\\", "\u2028", " ", "\x07", "null", "{}"]
    said = [replace(word(text, who=text, computed=text), reason=text, author=text, expires_on=MARCH) for text in hostile]
    enter_overrides(tmp_path / "state", said, after=0)
    enter_overrides(tmp_path / "state", [word(None)], after=len(hostile))
    assert read_overrides(tmp_path / "state") == [*said, word(None)]
    assert (tmp_path / "state/overrides.jsonl").read_bytes().count(b"\n") == 2


def test_the_file_is_for_owner_and_group(tmp_path):
    before = os.umask(0o077)
    try:
        say(tmp_path, word("basic"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "state/overrides.jsonl").stat().st_mode) == 0o640


def test_an_import_that_was_torn_off_is_gone_as_a_whole_and_mended(tmp_path):
    path = tmp_path / "state/overrides.jsonl"
    say(tmp_path, word("basic"))
    first = path.read_bytes()
    enter_overrides(tmp_path / "state", [word("potential", who="b"), word("basic", who="c")], after=1)
    whole = path.read_bytes()
    for cut in range(len(first), len(whole)):
        path.write_bytes(whole[:cut])
        assert read_overrides(tmp_path / "state") == [word("basic")]
    say(tmp_path, word("high_end", who="d"))
    assert [each.customer_id for each in read_overrides(tmp_path / "state")] == ["a", "d"]


@pytest.mark.parametrize("damage", [{"edits": 1}, {"edits": [{}]}, {"valid_from": "soon"}, {"name": None}, [], "x", {"edits": [[]]}])
def test_a_damaged_line_is_named(tmp_path, damage):
    say(tmp_path, word("basic"), word("potential"))
    path = tmp_path / "state/overrides.jsonl"
    first, second = path.read_text().splitlines()
    path.write_text("\n".join([first, json.dumps(json.loads(second) | damage if isinstance(damage, dict) else damage), ""]))
    with pytest.raises(ConfigurationError, match=r"overrides\.jsonl cannot be read: line 2 is not an import\."):
        read_overrides(tmp_path / "state")


def test_who_did_not_see_another_import_is_told_and_writes_nothing(tmp_path):
    say(tmp_path, word("basic"))
    with pytest.raises(Locked, match=r"Another import came in between\. Give the command again"):
        enter_overrides(tmp_path / "state", [word("potential")], after=0)
    assert read_overrides(tmp_path / "state") == [word("basic")]


def test_a_link_is_refused(tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "precious").write_text("keep")
    (tmp_path / "state/overrides.jsonl").symlink_to(tmp_path / "precious")
    with pytest.raises(ConfigurationError, match="is a link"):
        read_overrides(tmp_path / "state")


# in force


@pytest.mark.parametrize(
    ("said", "held"),  # at the end of January, February, March
    [
        ([word("basic")], ["basic", "basic", "basic"]),
        ([word("basic", since=FEBRUARY)], [None, "basic", "basic"]),
        ([word("basic", until=FEBRUARY)], ["basic", "basic", None]),
        ([word("basic"), word("potential", since=FEBRUARY)], ["basic", "potential", "potential"]),
        ([word("basic"), word("potential", since=FEBRUARY, until=FEBRUARY)], ["basic", "potential", None]),  # the last word stands for all before it
        ([word("basic"), word(None, since=MARCH)], ["basic", "basic", None]),  # taken back
        ([word("basic", since=MARCH), word("potential")], ["potential", "potential", "potential"]),  # by entry, not by day
        ([word("basic", name="another shop")], [None, None, None]),
        ([word("basic", who="b"), word("basic", column="loyalty")], [None, None, None]),
    ],
)
def test_the_last_word_counts_from_the_report_it_corrects_until_it_ends(said, held):
    days = [{(each.customer_id, each.column): each.value for each in find_in_force(said, day, name="shop")} for day in (JANUARY, FEBRUARY, MARCH)]
    assert [day.get(("a", "need")) for day in days] == held


def test_a_run_remembers_what_is_in_force_and_nothing_else(tmp_path):
    config = configure(tmp_path, {"lines.csv": LINES})
    assert recall(config, MARCH).hash is None
    say(tmp_path, word("basic", since=MARCH), word("basic", name="another shop"))
    assert recall(config, FEBRUARY).hash is None and recall(config, FEBRUARY).overrides == ()
    first = recall(config, MARCH)
    assert first.hash is not None and first.overrides == (word("basic", since=MARCH),)
    say(tmp_path, word("potential", since=MARCH))
    assert recall(config, MARCH).hash != first.hash
    say(tmp_path, word(None, since=MARCH))
    assert recall(config, MARCH).hash is None


# applied


CLASSIFIED = table(
    [
        {"customer_id": "a", "need": "basic", "spend": 1.5, "tag_loyal": True},
        {"customer_id": "b", "need": None, "spend": 2.5, "tag_loyal": None},
        {"customer_id": "c", "need": "basic", "spend": None, "tag_loyal": False},
    ],
    customer_id="string", need="string", spend="float64", tag_loyal="boolean",
)  # fmt: skip
EDITABLE = {"need": Editable("class", ("basic", "potential")), "tag_loyal": Editable("boolean"), "owner": Editable("text"), "notes": Editable("text")}


def apply(words, *, free=("owner", "notes")):
    said = pd.DataFrame(words, columns=["customer_id", "column", "value"])
    applicable, _ = sort_out(said, EDITABLE)
    made = apply_overrides(CLASSIFIED, applicable, EDITABLE, free=free).execute().sort_values("customer_id")
    return made.astype(object).where(made.notna(), None)


def test_nothing_said_leaves_every_column_and_adds_three_empty_ones():
    made = apply([])
    assert list(made) == ["customer_id", "need", "spend", "tag_loyal", "owner", "notes", "overridden"]
    assert made[["owner", "notes", "overridden"]].isna().all().all() and made.need.tolist() == ["basic", None, "basic"]


def test_a_word_takes_the_place_and_the_computed_value_stands_beside_it():
    made = apply([("b", "tag_loyal", "false"), ("b", "need", "potential"), ("a", "owner", "Mei"), ("a", "need", "potential"), ("nobody", "need", "basic")])
    assert list(made) == ["customer_id", "need", "need_computed", "spend", "tag_loyal", "computed_tag_loyal", "owner", "notes", "overridden"]
    assert made.values.tolist() == [
        ["a", "potential", "basic", 1.5, True, True, "Mei", None, "need"],
        ["b", "potential", None, 2.5, False, None, None, None, "need, tag_loyal"],
        ["c", "basic", "basic", None, False, False, None, None, None],
    ]


def test_what_was_overridden_before_goes_on():
    once = apply_overrides(CLASSIFIED, sort_out(pd.DataFrame([("a", "need", "potential")], columns=["customer_id", "column", "value"]), EDITABLE)[0], EDITABLE)
    said = pd.DataFrame([("a", "tag_loyal", "false"), ("c", "tag_loyal", "true")], columns=["customer_id", "column", "value"])
    twice = apply_overrides(once, sort_out(said, EDITABLE)[0], EDITABLE).execute().sort_values("customer_id")
    assert twice.overridden.astype(object).where(twice.overridden.notna(), None).tolist() == ["need, tag_loyal", None, "tag_loyal"]


@pytest.mark.parametrize(
    "said", [("a", "need", "high_end"), ("a", "segment", "champions"), ("a", "tag_loyal", "perhaps"), ("a", "notes", ""), ("a", "notes", "x" * 10_001)]
)
def test_what_a_column_cannot_hold_is_sorted_out(said):
    applicable, ignored = sort_out(pd.DataFrame([said, ("a", "need", "basic")], columns=["customer_id", "column", "value"]), EDITABLE)
    assert ignored.values.tolist() == [list(said)] and applicable.values.tolist() == [["a", "need", "basic"]]


@pytest.mark.parametrize(("text", "number"), [("1.5", 1.5), ("-3", -3.0), ("nan", None), ("inf", None), ("1,5", None), ("", None), ("much", None)])
def test_a_number_is_a_finite_number(text, number):
    assert Editable("number").read(text) == number


def test_the_computed_tag_is_no_tag():
    assert not name_computed("tag_loyal").startswith("tag_") and name_computed("need") == "need_computed"


# in a run


@pytest.fixture
def shop(tmp_path):
    """A shop whose classes are needs and whose only tag is that of the loyal: two recipes written out."""
    config = configure(tmp_path, {"lines.csv": LINES})

    def open_shop(day=MARCH):
        opened = read_data(config, str(day))
        fixed = {
            "class_keys": lambda _o: {"need": ("basic", "potential", "high_end")},
            "tag_catalogue": lambda _o: (),
            "classified": lambda o: o.get("valued").mutate(need=o.get("valued").customer_id.cases(("a", "basic"), ("b", "high_end"), else_="potential")),
            "tagged": lambda o: o.get("decided").mutate(tag_loyal=o.get("decided").need == "high_end"),
        }
        return replace(opened, book={**opened.book, **BUILDERS, **fixed}, built={})

    return open_shop


def test_tags_follow_from_classes_that_people_decided_and_people_have_the_last_word(shop, tmp_path):
    say(
        tmp_path,
        word("high_end", since=FEBRUARY),
        word("false", who="b", column="tag_loyal", since=FEBRUARY),
        word("=1+1", who="c", column="notes", since=FEBRUARY),
    )
    made = look(shop(), "customers").set_index("customer_id")
    assert made.need.to_dict() == {"a": "high_end", "b": "high_end", "c": "potential"}
    assert made.need_computed.to_dict() == {"a": "basic", "b": "high_end", "c": "potential"}
    assert made.tag_loyal.to_dict() == {"a": True, "b": False, "c": False} and made.computed_tag_loyal.to_dict() == {"a": True, "b": True, "c": False}
    assert made.overridden.to_dict() == {"a": "need", "b": "tag_loyal", "c": None}
    assert made.notes.to_dict() == {"a": None, "b": None, "c": "=1+1"}
    early = look(shop(JANUARY), "customers")
    assert not {"need_computed", "computed_tag_loyal"} & set(early) and early[["overridden", "notes", "owner"]].isna().all().all()


def test_nothing_but_the_words_changes(shop, tmp_path):
    before = look(shop(), "customers")
    say(tmp_path, word("high_end", since=FEBRUARY))
    after = look(shop(), "customers")
    columns = [name for name in before if name not in ("need", "tag_loyal", "overridden")]
    assert after[columns].equals(before[columns]) and list(after.need) != list(before.need)


def test_words_in_vain_are_noted(shop, tmp_path):
    say(tmp_path, word("basic", who="nobody"), word("huge"), word("x", column="tag_gone"), word("potential", who="c"))
    notes = {(note.key, *note.values.values()): note.text for note in shop().get("override_notes")}
    assert set(notes) == {("overrides-unknown", 1), ("overrides-ignored", 1, "need"), ("overrides-ignored", 1, "tag_gone")}
    assert all("one customer" in text for text in notes.values())
    assert [note.key for note in shop().get("warnings")][: len(notes)] == [key for key, *_ in notes]


def test_counts_set_people_against_the_workbook(shop, tmp_path):
    soon, late = MARCH + dt.timedelta(days=30), MARCH + dt.timedelta(days=31)
    said = [word("high_end", until=soon), word("potential", who="c", until=late), word("false", who="b", column="tag_loyal"), word("private", column="notes")]
    say(tmp_path, *said, word("Mei", who="nobody", column="owner"))
    counted = look(shop(), "override_counts")
    assert counted[["column", "kind", "computed", "value", "customers", "expiring"]].values.tolist() == [
        ["", "", "", "", 3, 1],
        ["need", "class", "basic", "high_end", 1, 1],
        ["need", "class", "potential", "potential", 1, 0],  # a person and the workbook agree
        ["notes", "text", "", "", 1, 0],  # what people write is nobody else's business
        ["tag_loyal", "boolean", "true", "false", 1, 0],
    ]
    assert shop(dt.date(2024, 1, 30)).get("override_counts").empty


def test_a_word_follows_who_is_merged_into_another(shop, tmp_path):
    opened = shop()
    merged = table([{"customer_id": "x", "person_id": "b", "why": "exact"}], customer_id="string", person_id="string", why="string")
    say(tmp_path, word("basic", who="x"), word("potential"))
    opened = replace(shop(), book={**opened.book, "identities": lambda _o: merged}, built={})
    assert look(opened, "customers").set_index("customer_id").need.to_dict() == {"a": "potential", "b": "basic", "c": "potential"}


# told

COUNTS = [
    ("", "", "", "", 9, 2),
    ("need", "class", "basic", "high_end", 4, 2),
    ("need", "class", "basic", "basic", 1, 0),
    ("need", "class", "", "potential", 1, 0),
    ("notes", "text", "", "", 2, 0),
    ("tag_loyal", "boolean", "true", "false", 1, 0),
]
RULE = "If that is the rule rather than the exception, change the rule under [classes] in the configuration."
HEADS = ["column", "kind", "computed", "value", "customers", "expiring"]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            [
                "9 customers carry a person’s word: {need} 6, Notes 2, L 1.",
                "The word on 2 of them ends within 30 days: then the workbook decides again, unless somebody says it anew.",
                "Of 7 classes and tags set by hand, 6 differ from what the workbook computes today.",
                "Most often people change {need} from “{basic}” to “{high}” (4 customers). " + RULE,
            ],
        ),
        (
            "zh",
            [
                "有 9 位客户带有人工修改：{need} 6 位、备注 2 位、L 1 位。",
                "其中 2 位客户的人工修改将在 30 天内到期，到期后恢复为系统计算结果，需要保留的请重新确认。",
                "人工设定的分类和标签共 7 项，其中 6 项与系统当前的计算结果不同。",
                "最常见的修改是把“{need}”从“{basic}”改为“{high}”（4 位客户）。如果这不是个别情况，建议调整配置中 [classes] 的规则。",
            ],
        ),
    ],
)
def test_the_story_counts_people_and_says_in_which_direction_they_disagree(lang, told):
    texts = Texts(lang, words={"class-need-basic": "B", "class-need-high-end": "H", "column-need": "N", "tag-loyal": "L"})
    words = {"need": "N", "basic": "B", "high": "H"}
    assert [*tell_overrides(pd.DataFrame(COUNTS, columns=HEADS), texts=texts).sentences] == [sentence.format(**words) for sentence in told]


def test_one_customer_who_agrees_and_nobody_at_all():
    texts = Texts("en", words={"column-need": "N", "tag-loyal": "L"})
    one = pd.DataFrame([("", "", "", "", 1, 1), ("need", "class", "basic", "basic", 1, 1)], columns=HEADS)
    assert [*tell_overrides(one, texts=texts).sentences] == [
        "One customer carries a person’s word: N 1.",
        "The word on one of them ends within 30 days: then the workbook decides again, unless somebody says it anew.",
        "Of one class or tag set by hand, none differs from what the workbook computes today.",
        "Everything that people set by hand is what the workbook computes today: those words can be taken back.",
    ]
    nobody = tell_overrides(one.head(0), texts=texts).sentences
    assert nobody == ("Nobody has corrected a customer by hand: every class and tag is as the workbook computes it.",)


def test_the_table_shows_computed_and_decided_side_by_side_and_no_free_text():
    texts = Texts("en", words={"class-need-basic": "B", "class-need-high-end": "H", "class-need-potential": "P", "column-need": "N", "tag-loyal": "L"})
    shown = list_overrides(pd.DataFrame(COUNTS, columns=HEADS), texts=texts)
    assert shown.frame.values.tolist() == [
        ["N", "B", "H", "4", "2"],
        ["Notes", "–", "free text", "2", "0"],
        ["N", "nothing", "P", "1", "0"],
        ["N", "B", "B", "1", "0"],
        ["L", "Yes", "No", "1", "0"],
    ]
    assert list_overrides(pd.DataFrame(columns=HEADS), texts=texts).frame.empty
