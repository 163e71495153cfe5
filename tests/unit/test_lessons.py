"""Lessons are contacts with a progress: how many there were, and how far the last one got."""

import datetime as dt

import ibis

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
    found = open_engine().con.execute(sum_contacts(table)).set_index("customer_id")
    assert found.loc["a", ["lessons", "progress", "contacts", "browses"]].tolist() == [2 + 3 + 1 + 1, 0.1, 11, 4]
    assert found.loc["b", ["lessons", "progress"]].isna().all() and found.loc["b", "inquiries"] == 1
    assert found.loc["c", ["lessons", "progress"]].tolist() == [5, 1.0]
