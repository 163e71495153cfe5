"""The comparison itself: what it calls equal and what it does not."""

import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest
from comparing import differ, plain

ROWS = {
    "who": ["b", "a", None],
    "n": [1, 2, 3],
    "money": [Decimal("1.5000"), Decimal("2.0000"), None],
    "on": [dt.date(2024, 1, 1)] * 3,
    "share": [0.1, 1e12, None],
}


def frame(**changed):
    return plain(pd.DataFrame(ROWS | changed, dtype=object))


def test_the_order_of_rows_and_the_tenth_digit_do_not_matter():
    turned = frame(share=[0.1 * (1 + 1e-10), 1e12 + 1, None]).iloc[::-1].reset_index(drop=True)
    assert differ(frame(), turned, ["who"]) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"share": [0.1 * (1 + 1e-8), 1e12, None]}, "column share differs in 1 of 3 rows: ('b',): 0.1 and 0.100000001"),
        ({"share": [0.1, None, None]}, "column share differs in 1 of 3 rows: ('a',): 1000000000000.0 and None"),
        ({"money": [Decimal("1.5001"), Decimal("2.0000"), None]}, "column money differs in 1 of 3 rows: ('b',): Decimal('1.5000') and Decimal('1.5001')"),
        ({"n": [1.0, 2, 3]}, "column n differs in 1 of 3 rows: ('b',): 1 and 1.0"),
        ({"on": [dt.date(2024, 1, 1), dt.date(2024, 1, 2), dt.date(2024, 1, 1)]}, "column on differs in 1 of 3 rows"),
        ({"who": ["b", "c", None]}, "rows that only the first has: [('a',)] of 1"),
        ({"who": ["b", "b", None]}, "rows that only the first has: [('a',)] of 1"),
    ],
)
def test_every_other_difference_is_told(changed, said):
    assert any(fault.startswith(said) for fault in differ(frame(), frame(**changed), ["who"]))


def test_a_row_too_many_and_another_column_are_told():
    assert differ(frame(), frame().iloc[[0, 1, 2, 2]].reset_index(drop=True), ["who"]) == ["3 rows and 4"]
    assert differ(frame(), frame().rename(columns={"n": "m"}), ["who"])[0].startswith("columns ")
