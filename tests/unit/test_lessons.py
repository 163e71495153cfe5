"""Lessons are contacts with a progress: how many there were, how far the last one got, and what was a trial."""

import datetime as dt

import ibis

from analysis.data.learning import sum_lessons
from analysis.data.traits import sum_contacts
from analysis.engine import open_engine

COLUMNS = {"customer_id": "string", "occurred_at": "timestamp", "kind": "string", "object": "string", "count": "int64", "value": "float64"}


def at(day, hour=10):
    return dt.datetime(2025, 3, day, hour)


def test_the_last_lesson_tells_the_progress_and_other_contacts_do_not():
    rows = [
        ("a", at(1), "lesson", "maths", 2, 0.4),
        ("a", at(9), "lesson", "english", 3, 0.1),
        ("a", at(9), "上课", "chess", 1, 0.7),  # at the same moment: the object that comes last in the alphabet
        ("a", at(20), "lesson", "maths", 1, None),  # told without progress
        ("a", at(28), "browse", "maths", 4, 0.9),
        ("b", at(2), "inquiry", "maths", 1, 500.0),
        ("c", at(3), "Lesson ", "maths", 5, 1.0),
    ]
    table = ibis.memtable([dict(zip(COLUMNS, row, strict=True)) for row in rows], schema=COLUMNS)
    con = open_engine().con
    touched, learnt = (con.execute(table).set_index("customer_id") for table in (sum_contacts(table), sum_lessons(table)))
    assert touched.loc["a", ["contacts", "browses"]].tolist() == [11, 4] and touched.loc["b", "inquiries"] == 1
    assert learnt.loc["a", ["lessons", "progress", "trials"]].tolist() == [2 + 3 + 1 + 1, 0.1, 0]
    assert learnt.loc["a", "last_lesson_date"].date() == dt.date(2025, 3, 20)
    assert "b" not in learnt.index
    assert learnt.loc["c", ["lessons", "progress"]].tolist() == [5, 1.0]


def test_of_one_object_at_one_moment_the_highest_progress_counts_and_trials_are_no_lessons():
    rows = [
        ("a", at(9), "lesson", "maths", 1, 0.4), ("a", at(9), "lesson", "maths", 1, 0.6), ("a", at(9), "lesson", "art", 1, 0.9),
        ("b", at(3), "体验课", "art", 2, 0.5), ("b", at(4), "Trial lesson", "art", 1, None),
    ]  # fmt: skip
    table = ibis.memtable([dict(zip(COLUMNS, row, strict=True)) for row in rows], schema=COLUMNS)
    found = open_engine().con.execute(sum_lessons(table)).set_index("customer_id")
    assert found.loc["a", ["lessons", "progress"]].tolist() == [3, 0.6]
    assert found.loc["b", "trials"] == 3 and found.loc["b", ["lessons", "progress", "last_lesson_date"]].isna().all()
