"""Files that overlap, files that were cut in pieces, and which of them is right."""

from decimal import Decimal

import pytest

from shops import look, open_shop, rules, steps

JANUARY = [
    ("a", "2024-01-05", "1", "p", 1, "10"),
    ("a", "2024-01-05", "1", "q", 1, "5"),
    ("b", "2024-01-28", "2", "p", 2, "10"),
    ("c", "2024-01-30", "3", "q", 3, "10"),
]
FEBRUARY = [("d", "2024-02-05", "4", "p", 1, "10")]


def overlapping(folder, files, **choices):
    opened = open_shop(folder, files, **choices)
    return steps(opened)["overlap"], steps(opened)["kept"][1]


def test_orders_told_again_count_once(tmp_path):
    assert overlapping(tmp_path, {"1.csv": JANUARY, "2.csv": JANUARY[2:] + FEBRUARY}) == ((2, Decimal(50), 2), 75)


def test_the_later_file_is_right_about_an_order(tmp_path):
    mended = [JANUARY[2], ("c", "2024-01-30", "3", "q", 1, "10")]
    opened = open_shop(tmp_path, {"1.csv": JANUARY, "2.csv": mended})
    assert steps(opened)["overlap"] == (2, Decimal(50), 2)
    assert look(opened, "customers").set_index("customer_id").monetary.to_dict() == {"a": 15, "b": 20, "c": 10}


def test_equal_lines_inside_an_order_stay_as_many_as_the_later_file_has(tmp_path):
    twice = [JANUARY[2], JANUARY[2]]
    assert overlapping(tmp_path / "1", {"1.csv": twice, "2.csv": [*twice, *FEBRUARY]}) == ((2, Decimal(40), 2), 50)
    assert overlapping(tmp_path / "2", {"1.csv": twice, "2.csv": [JANUARY[2]]}) == ((2, Decimal(40), 2), 20)


def test_three_files_leave_the_last(tmp_path):
    assert overlapping(tmp_path, {"1.csv": JANUARY, "2.csv": JANUARY, "3.csv": JANUARY}) == ((8, Decimal(130), 8), 65)


def test_one_export_cut_in_pieces_belongs_together(tmp_path):
    assert overlapping(tmp_path, {"1.csv": JANUARY[:1], "2.csv": JANUARY[1:]}) == ((0, Decimal(0), 0), 65)


def test_an_order_number_of_two_customers_is_two_orders(tmp_path):
    other = [("e", "2024-01-28", "2", "p", 2, "10")]
    assert overlapping(tmp_path, {"1.csv": JANUARY, "2.csv": other}) == ((0, Decimal(0), 0), 85)


def test_lines_without_a_customer_are_told_again_too(tmp_path):
    nobody = [("", "2024-01-28", "2", "p", 2, "10")]
    opened = open_shop(tmp_path, {"1.csv": JANUARY + nobody, "2.csv": nobody})
    assert (steps(opened)["overlap"], steps(opened)["anonymous"]) == ((1, Decimal(20), 1), (1, Decimal(20), 1))


@pytest.mark.parametrize("order", ["day", "row"])
def test_without_order_numbers_a_customers_day_is_compared(tmp_path, order):
    assert overlapping(tmp_path, {"1.csv": JANUARY, "2.csv": JANUARY[2:] + FEBRUARY}, order=order) == ((2, Decimal(50), 2), 75)


def test_overlap_may_be_kept(tmp_path):
    opened = open_shop(tmp_path, {"1.csv": JANUARY, "2.csv": JANUARY}, cleaning=rules(overlap="keep"))
    assert steps(opened)["kept"][1] == 130 and "overlap" not in steps(opened)


def test_nobody_is_known_only_from_a_line_told_again(tmp_path):
    renamed = [JANUARY[2], JANUARY[3], ("z", "2024-01-05", "1", "p", 1, "10")]
    opened = open_shop(tmp_path, {"1.csv": JANUARY, "2.csv": renamed})
    assert look(opened, "customers").customer_id.tolist() == ["a", "b", "c", "z"]
