"""Who is called something else than in the last report: written out by hand, and as a run finds it in what was remembered."""

import datetime as dt
from decimal import Decimal

import pandas as pd

from analysis.recipes.changes import compare
from analysis.run import read_data
from shops import configure, look, make_lines, remember, table

DAY = dt.date(2025, 11, 30)
TYPES = {"customer_id": "string", "monetary": "decimal(38,4)", "segment": "string", "lifecycle_stage": "string", "tag_fan": "boolean", "rfm_score": "string",
         "need": "string", "need_computed": "string", "frequency": "int64", "notes": "string"}  # fmt: skip


def _people(*rows):
    return table([dict(zip(TYPES, (name, Decimal(money), *rest), strict=True)) for name, money, *rest in rows], **TYPES)


THEN = _people(
    ("ann", "10", "loyal", "active", True, "555", "basic", "basic", 3, "x"),
    ("bob", "20", "loyal", "active", False, "555", None, None, 3, "x"),
    ("cid", "30", "loyal", "active", None, "555", "basic", "basic", 3, "x"),
    ("gone", "99", "loyal", "active", True, "555", "basic", "basic", 3, "x"),
)
NOW = _people(
    ("ann", "10", "loyal", "active", True, "444", "basic", "high_end", 4, "y"),  # scores, the computed word, numbers and notes are no change of class
    ("bob", "25", "new", "active", True, "555", "basic", None, 3, "x"),
    ("cid", "30", None, "lost", None, "555", "basic", "basic", 3, "x"),
    ("eve", "40", "new", "new", True, "511", "basic", "basic", 1, None),
)


def _rows(changes):
    frame = changes.execute()
    return [tuple(None if pd.isna(value) else value for value in row) for row in frame[["customer_id", "column", "before", "after"]].itertuples(index=False)]


def test_every_change_is_told_once_the_most_money_first():
    changes = compare(NOW, THEN, since=DAY)
    assert _rows(changes) == [
        ("eve", "lifecycle_stage", "none", "new"),  # once, though segment, need and tag are new too
        ("cid", "lifecycle_stage", "active", "lost"),
        ("cid", "segment", "loyal", None),
        ("bob", "need", None, "basic"),
        ("bob", "segment", "loyal", "new"),
        ("bob", "tag_fan", "false", "true"),
    ]
    frame = changes.execute()
    assert set(frame["in_all"]) == {6}
    assert {pd.Timestamp(day).date() for day in frame["since"]} == {DAY}
    assert frame["monetary"].tolist() == [40, 30, 30, 25, 25, 25]


def test_of_too_many_changes_those_with_the_most_money_stay_and_all_are_counted():
    changes = compare(NOW, THEN, since=DAY, most=2)
    assert _rows(changes) == [("eve", "lifecycle_stage", "none", "new"), ("cid", "lifecycle_stage", "active", "lost")]
    assert set(changes.execute()["in_all"]) == {6}


def test_a_column_that_only_one_report_has_is_no_change():
    assert _rows(compare(NOW.drop("tag_fan"), THEN.drop("segment"), since=DAY)) == [
        ("eve", "lifecycle_stage", "none", "new"),
        ("cid", "lifecycle_stage", "active", "lost"),
        ("bob", "need", None, "basic"),
    ]
    assert _rows(compare(NOW.select("customer_id", "monetary"), THEN, since=DAY)) == []


def test_a_run_compares_with_the_last_report(tmp_path):
    config = configure(tmp_path, {"lines.csv": make_lines(5)})
    first = read_data(config, "2023-07-31")
    assert look(first, "changes").empty  # nothing was reported before
    remember(first)
    then = look(first, "customers").set_index("customer_id")
    second = read_data(config, "2023-08-31")
    now = look(second, "customers").set_index("customer_id")
    expected = {
        (who, column, then.at[who, column] if who in then.index else "none", now.at[who, column])
        for who in now.index
        for column in ("segment", "lifecycle_stage")
        if (who in then.index and then.at[who, column] != now.at[who, column]) or (who not in then.index and column == "lifecycle_stage")
    }
    found = look(second, "changes")
    told = {tuple(row) for row in found[["customer_id", "column", "before", "after"]].itertuples(index=False) if row[1] in ("segment", "lifecycle_stage")}
    assert told == expected
    assert len(told) > 5
