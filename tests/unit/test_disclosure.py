"""What pages may show: numbers of few customers go, with what would give them back, by tables written down by hand; and nothing that is not on the list."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.errors import ConfigurationError, WorkbookError
from analysis.models.disclosure import withhold
from analysis.models.disclosure_rules import Branches, Cells, Curve, Parts, Same
from analysis.recipes.showing import show
from analysis.run import Run
from analysis.settings.pages import Pages
from analysis.settings.strict import check
from analysis.texts import Texts
from shops import make_lines, open_shop

GONE = None


def seen(frame, *rules, least=5, **more):
    return withhold(frame, rules, least=least, **more)


def told(frame, column="customers"):
    return [GONE if pd.isna(value) else value for value in frame[column]]


def test_a_small_group_takes_the_next_larger_one_with_it_or_the_total_would_tell_it():
    frame = pd.DataFrame({"segment": list("abcd"), "customers": [40, 3, 9, 12], "monetary": [1.0, 2.0, 3.0, 4.0]})
    after = seen(frame, Cells(("segment",), values=("monetary",), totals=((),)))
    assert told(after) == [40, GONE, GONE, 12]
    assert told(after, "monetary") == [1.0, GONE, GONE, 4.0], "money goes with the customers whose it is"


def test_without_a_total_a_small_group_goes_alone():
    frame = pd.DataFrame({"tag": list("abc"), "customers": [40, 3, 9]})
    assert told(seen(frame, Cells(("tag",)))) == [40, GONE, 9]


def test_small_groups_that_are_few_together_take_one_more_with_them():
    """1 and 2: whoever knows the total knows that 3 are in the two of them."""
    frame = pd.DataFrame({"segment": list("abcd"), "customers": [1, 2, 30, 8]})
    assert told(seen(frame, Cells(("segment",), totals=((),)))) == [GONE, GONE, 30, GONE]


def test_two_small_groups_that_are_enough_together_need_no_other():
    frame = pd.DataFrame({"segment": list("abc"), "customers": [2, 4, 30]})
    assert told(seen(frame, Cells(("segment",), totals=((),)))) == [GONE, GONE, 30]


def test_zero_and_the_limit_itself_are_shown():
    frame = pd.DataFrame({"segment": list("abc"), "customers": [0, 5, 6]})
    assert told(seen(frame, Cells(("segment",), totals=((),)))) == [0, 5, 6]


def test_of_equal_groups_the_first_by_name_goes_whatever_the_order_of_rows():
    frame = pd.DataFrame({"segment": list("dcba"), "customers": [3, 7, 7, 9]})
    assert told(seen(frame, Cells(("segment",), totals=((),)))) == [GONE, 7, GONE, 9]


def test_each_month_has_a_total_of_its_own():
    frame = pd.DataFrame({"month": [1, 1, 1, 2, 2, 2], "segment": list("abcabc"), "customers": [3, 6, 9, 10, 11, 12]})
    assert told(seen(frame, Cells(("month", "segment"), totals=(("month",),)))) == [GONE, GONE, 9, 10, 11, 12]


def test_one_small_cell_of_a_matrix_takes_a_rectangle():
    """3 in the middle of 3 x 3: its row lacks a second one, 40; the column of 40 then, 10; and the column of 3 takes 20, for the row of 10 lacks one already.

    10  20  30          *   *  30
    40   3  50   ->     *   *  50
    60   7  80         60   7  80
    """
    frame = pd.DataFrame(
        [(r, c, n) for r, line in enumerate([(10, 20, 30), (40, 3, 50), (60, 7, 80)]) for c, n in enumerate(line)], columns=["r", "c", "customers"]
    )
    assert told(seen(frame, Cells(("r", "c"), totals=(("r",), ("c",), ())))) == [GONE, GONE, 30, GONE, GONE, 50, 60, 7, 80]


def test_in_a_matrix_of_few_filled_cells_a_zero_covers_for_a_cell():
    """Only zeros can close the rectangle around 2 and 50 in the first row: shown, they would say that 2 is 52 less 50.

    2 50      * *
    .  9  ->  * *
    """
    frame = pd.DataFrame({"r": [0, 0, 1], "c": [0, 1, 1], "customers": [2, 50, 9], "place": ["x", "x", "y"]})
    after = seen(frame, Cells(("r", "c"), totals=(("r",),), crossed=True))
    assert told(after) == [GONE, GONE, 9], "here the columns have no totals"
    sure = pd.concat([frame, pd.DataFrame({"r": [2], "c": [0], "customers": [30], "place": ["z"]})], ignore_index=True)
    after = seen(sure, Cells(("r", "c"), totals=(("r",), ("c",)), crossed=True)).set_index(["r", "c"])
    assert after.loc[(0, 0), "customers"] != after.loc[(0, 0), "customers"] and pd.isna(after.loc[(0, 1), "customers"])
    added = [cell for cell in after.index if cell not in {(0, 0), (0, 1), (1, 1), (2, 0)}]
    assert added and all(pd.isna(after.loc[cell, "customers"]) for cell in added), "a cell without a row gets one only to be withheld"
    assert after.loc[added, "place"].tolist() == [{1: "y", 2: "z"}[cell[0]] for cell in added], "what goes with its row goes with it"


def test_counts_that_stand_in_another_table_are_withheld_as_there():
    """The other table withholds c although d is smaller here: were d taken instead, the two tables would give c and d away."""
    other = pd.DataFrame({"stage": list("abc"), "customers": [np.nan, 40.0, np.nan], "month": 2})
    frame = pd.DataFrame({"band": list("abcd"), "customers": [3, 40, 20, 8]})
    rule = Cells(("band",), totals=((),), same=(Same("stages", (("band", "stage"),), last="month"),))
    assert told(seen(frame, rule, others={"stages": other})) == [GONE, 40, GONE, 8]
    assert told(seen(frame, Cells(("band",), totals=((),)))) == [GONE, 40, 20, GONE], "by itself it would have taken d"


def test_parts_beside_their_sum():
    frame = pd.DataFrame({"ruler": ["x", "y"], "changed": [30, 30], "bought": [20, 21], "waited": [8, 9], "moved": [2, 0]})
    after = seen(frame, Parts(("ruler",), ("bought", "waited", "moved"), totals=(("ruler",),)))
    assert [told(after, part) for part in ("bought", "waited", "moved")] == [[20, 21], [GONE, 9], [GONE, 0]]


def test_what_lies_below_a_withheld_branch_is_withheld():
    frame = pd.DataFrame({"tree": "t", "path": ["a", "a/x", "a/y", "b", "b/x", "b/y", "c"], "customers": [60, 10, 50, 7, 3, 4, 2]})
    assert told(seen(frame, Branches(("tree",), "path", "/"))) == [60, 10, 50, GONE, GONE, GONE, GONE]


def test_a_curve_keeps_points_between_which_lie_enough_customers():
    frame = pd.DataFrame({"days": range(6), "waiting": [20, 19, 14, 12, 9, 3]})
    after = seen(frame, Curve((), "waiting"))
    assert after.waiting.tolist() == [20, 14, 9, 3], "20, then 14 (19 is one less), then 9 (12 is two less), then the end, which is 6 less"
    shares = pd.DataFrame({"share": [0.02, 0.1, 0.5, 1.0], "money": [0.5, 0.6, 0.8, 1.0]})
    assert seen(shares, Curve((), "share", of="buyers"), sizes={"buyers": 50}).share.tolist() == [0.02, 0.5, 1.0], (
        "of 50: 1, 5, 25, 50 customers; from 1 to 5 are 4"
    )


def test_with_a_limit_of_one_nothing_is_withheld():
    frame = pd.DataFrame({"segment": list("ab"), "customers": [1, 2]})
    assert told(seen(frame, Cells(("segment",), totals=((),)), least=1)) == [1, 2]


@pytest.mark.parametrize(
    ("said", "least"),
    [
        ({}, 5),
        ({"profile": "external"}, 10),
        ({"profile": "analyst", "small_cells": 1}, 1),
        ({"small_cells": 7}, 7),
        ({"profile": "external", "small_cells": 6}, 6),
    ],
)
def test_how_many_customers_a_number_stands_for(said, least):
    assert Pages(**said).least == least


@pytest.mark.parametrize("profile", ["manager", "external"])
def test_only_analysts_may_see_numbers_of_fewer_than_five(profile):
    with pytest.raises(ConfigurationError, match=rf"small_cells = 4 .*'{profile}'.*say 5 or more.*'analyst'"):
        check(Pages, {"profile": profile, "small_cells": 4}, "workbook.toml")


def test_other_readers_do_not_inherit_what_only_analysts_may_see():
    within = Pages(profile="analyst", small_cells=1, allowed=("Apple",))
    assert within.for_readers("external") == Pages(profile="external", allowed=("Apple",))
    assert Pages(small_cells=20).for_readers("external").least == 20
    with pytest.raises(ConfigurationError, match="--for"):
        within.for_readers("everybody")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    return open_shop(tmp_path_factory.mktemp("shop"), make_lines(3))


def test_a_table_or_a_column_that_is_not_on_the_list_is_refused(shop, monkeypatch):
    with pytest.raises(WorkbookError, match="The table customers is not among those that pages may show"):
        show(shop, "customers")
    exact = shop.get("months")
    monkeypatch.setitem(shop.built, "months", exact.assign(telephone="138"))
    monkeypatch.delitem(shop.built, "months as shown", raising=False)
    with pytest.raises(WorkbookError, match=r"The table months has the column 'telephone', which pages may not show"):
        show(shop, "months")
    monkeypatch.setitem(shop.built, "attributes_known", pd.DataFrame({"attribute": ["email"], "customers": [9], "share": [1.0], "distinct": [9]}))
    with pytest.raises(WorkbookError, match="speaks of 'email'"):
        show(shop, "attributes_known")


def test_a_run_remembers_whether_it_withheld_and_keeps_the_exact_numbers(tmp_path):
    """Forty make a crowd, two are alone in June: the month of the two goes, and with it the smaller of the others; nothing else."""
    day = {month: dt.date(2024, month, 3).isoformat() + " 10:00" for month in (5, 6, 7)}
    rows = [(f"c{i}", day[5], f"m{i}", "p", 1, "10") for i in range(40)] + [(f"c{i}", day[7], f"j{i}", "p", 1, "10") for i in range(30)]
    rows += [("c1", day[6], "x1", "p", 1, "77"), ("c2", day[6], "x2", "p", 1, "10")]
    run = Run(open_shop(tmp_path, rows), Texts("en", ""), None)
    assert run.frame("thresholds").notna().any(axis=None) and not run.withheld
    assert run.exact("months").customers.tolist() == [40, 2, 30]
    months = run.frame("months")
    assert told(months) == [40, GONE, GONE] and told(months, "monetary") == [400.0, GONE, GONE]
    assert run.withheld == {"months"}
    assert run.exact("months").monetary.tolist() == [400.0, 87.0, 300.0]


def test_readers_outside_see_no_row_of_one_customer(tmp_path):
    rows = make_lines(4)
    inside = Run(open_shop(tmp_path / "in", rows), Texts("en", ""), None)
    outside = Run(open_shop(tmp_path / "out", rows, pages={"profile": "external"}), Texts("en", ""), None)
    assert len(inside.frame("calls")) > 0 and len(inside.frame("movers")) > 0
    for name in ("biggest_accounts", "calls", "movers", "examples"):
        assert outside.frame(name).empty and list(outside.frame(name).columns) == list(inside.frame(name).columns)
