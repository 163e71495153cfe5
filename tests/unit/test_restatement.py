"""What was reported, held against what today's data say of the same day: who differs, why, and that it adds up. Worked out by hand."""

import datetime as dt

import pandas as pd
import pytest

from analysis.charts.restatement import list_restated
from analysis.columns import SCHEMES
from analysis.models.restatement import REASONS
from analysis.run import read_data
from analysis.state import LABELS
from analysis.story.restatement import tell_restatement
from analysis.texts import Texts
from shops import configure, look, remember, rules

# recency 5 to 1: up to 10, 20, 30, 40 days, more; frequency 1 to 5: so many orders, five and more
FIXED = {"recency": {"method": "fixed", "cuts": [10, 20, 30, 40]}, "frequency": {"method": "fixed", "cuts": [1, 2, 3, 4]},
         "money": {"method": "fixed", "cuts": [10, 20, 30, 40]}}  # fmt: skip
NOVEMBER = dt.date(2024, 11, 30)


def orders(who, days, *, price="5", prefix=""):
    """One order a day of November, a piece each."""
    return [(who, f"2024-11-{day:02d}", f"{prefix or who}{day}", "p", 1, price) for day in days]


# four champions (four orders, the last ten days ago or less), one with a single order
THEN = [
    *orders("c1", (21, 22, 23, 24)),
    *orders("c2", (21, 22, 23, 25)),
    *orders("c3", (21, 22, 23, 26)),
    *orders("c4", (21, 22, 23, 27)),
    *orders("c6", (28,)),
]


def report(folder, lines, as_of, **choices):
    return read_data(configure(folder, {"lines.csv": lines}, **({"scoring": FIXED} | choices)), str(as_of))


def restated(opened, scheme="segment"):
    """Give what differs of each group: (reported, today), and each reason with its number."""
    frame = look(opened, "restatement")
    found = {}
    for row in frame[frame.scheme == scheme].to_dict("records"):
        if row["reported"] or row["today"]:
            found[row["segment"]] = (row["reported"], row["today"], {reason: row[reason] for reason in REASONS if row[reason]})
    return found


@pytest.fixture(params=["month-end", "another day", "a window"])
def day(request):
    """The day of the first report, and the months that count: found by the time machine, replayed alone, cleaned anew."""
    return {"month-end": (NOVEMBER, {}), "another day": (dt.date(2024, 11, 29), {}), "a window": (NOVEMBER, {"window_months": 3})}[request.param]


def test_every_kind_of_correction_is_found_and_named(tmp_path, day):
    """Five things happened since.

    An order of c1 was refunded with an earlier date (three left: potential loyalist); c2 was merged into c6 (five orders: champion); an order of
    c3 cost more; c4 brought one back in December, which November could not know; n1 was in a file that came late; everybody may buy again.
    """
    as_of, more = day
    remember(report(tmp_path, THEN, as_of, **more))
    merged = [("c6" if who == "c2" else who, at, number, *rest) for who, at, number, *rest in THEN]
    dearer = [(who, at, number, product, pieces, "7" if number == "c322" else price) for who, at, number, product, pieces, price in merged]
    later = [("c1", "2024-11-25", "r1", "p", -1, "5"), ("c4", "2024-12-02", "r4", "p", -1, "5"), ("c4", "2024-12-03", "c4x", "q", 1, "9"), *orders("n1", (26,))]
    opened = report(tmp_path, [*dearer, *later], dt.date(2024, 12, 5), **more)
    assert restated(opened) == {
        "champions": (4, 3, {"customer_gone": -1, "orders_added": 1, "orders_withdrawn": -1}),  # c1, c2, c3, c4 then; c3, c4, c6 now
        "potential_loyalist": (0, 1, {"orders_withdrawn": 1}),
        "new": (1, 1, {"orders_added": -1, "customer_appeared": 1}),
    }
    frame = look(opened, "restatement")
    champions = frame[(frame.scheme == "segment") & (frame.segment == "champions")].iloc[0]
    assert (champions.left, champions.joined, champions.monetary_reported, champions.monetary_today) == (2, 1, 80, 20 + 2 + 20 + 25)
    reasons = look(opened, "compared").set_index("customer_id").reason.to_dict()
    assert reasons == {"c1": "orders_withdrawn", "c2": "customer_gone", "c3": "orders_corrected", "c4": None, "c6": "orders_added", "n1": "customer_appeared"}
    figures = look(opened, "restated_figures").set_index("measure")
    assert figures.loc["customers"].tolist() == [5, 5] and figures.loc["monetary"].tolist() == [85, 15 + 22 + 20 + 25 + 5]
    assert figures.loc["active_customers"].tolist() == [5, 5] and figures.loc["repeat_rate"].tolist() == [0.8, 0.8]  # four of five, then c1, c3, c4, c6


def test_reasons_add_up_in_every_group_of_every_scheme(tmp_path):
    remember(report(tmp_path, THEN, NOVEMBER, scoring={}))
    opened = report(tmp_path, [*THEN[3:], *orders("n1", range(1, 9)), *orders("c6", (1, 2, 3), prefix="x")], dt.date(2024, 12, 5), scoring={})
    frame = look(opened, "restatement")
    assert set(frame.scheme) == set(SCHEMES) and (frame.reported != frame.today).any()
    for row in frame.to_dict("records"):
        assert sum(row[reason] for reason in REASONS) == row["joined"] - row["left"] == row["today"] - row["reported"]


def test_where_nothing_was_corrected_nothing_is_restated(tmp_path, day):
    as_of, more = day
    remember(report(tmp_path, THEN, as_of, **more))
    opened = report(tmp_path, [*THEN, ("c1", "2024-12-01", "c1x", "p", 3, "5"), ("c4", "2024-12-02", "r4", "p", -1, "5")], dt.date(2024, 12, 5), **more)
    assert restated(opened) == {"champions": (4, 4, {}), "new": (1, 1, {})}
    assert look(opened, "compared").reason.tolist() == [None] * 5


def test_a_first_report_has_nothing_to_compare(tmp_path):
    opened = report(tmp_path, THEN, NOVEMBER)
    remember(opened)
    again = report(tmp_path, THEN, NOVEMBER)  # it does not compare itself with itself
    for run in (opened, again):
        assert look(run, "restatement").empty and look(run, "restated_figures").empty and run.get("then") is None and run.get("compared") is None


def test_a_number_that_is_left_with_nothing_but_returns_is_not_gone(tmp_path):
    remember(report(tmp_path, THEN, NOVEMBER))
    opened = report(tmp_path, [*THEN, ("c6", "2024-11-29", "r6", "p", -1, "5")], dt.date(2024, 12, 5))
    assert restated(opened) == {"champions": (4, 4, {}), "new": (1, 0, {"orders_withdrawn": -1})}


def test_other_rules_of_cleaning_are_told_apart_from_corrections(tmp_path):
    remember(report(tmp_path, [*THEN, ("c1", "2024-11-25", "r1", "p", -1, "5")], NOVEMBER))
    opened = report(tmp_path, [*THEN, ("c1", "2024-11-25", "r1", "p", -1, "5")], dt.date(2024, 12, 5), cleaning=rules(returns="remove"))
    assert restated(opened)["champions"] == (3, 4, {"rules_changed": 1})


def test_other_cut_points_of_the_configuration_are_other_rules(tmp_path):
    remember(report(tmp_path, THEN, NOVEMBER))
    looser = FIXED | {"frequency": {"method": "fixed", "cuts": [1, 2, 4, 5]}}
    assert restated(report(tmp_path, THEN, dt.date(2024, 12, 5), scoring=looser))["champions"] == (4, 0, {"rules_changed": -4})


def test_another_map_is_named(tmp_path):
    """On the map of eleven groups four orders worth 20 have the scores 4 and 2, in the mean 3: loyal."""
    remember(report(tmp_path, THEN, NOVEMBER))
    found = restated(report(tmp_path, THEN, dt.date(2024, 12, 5), scoring=FIXED | {"map": "rfm11"}))
    assert found == {"champions": (4, 0, {"map_changed": -4}), "loyal": (0, 4, {"map_changed": 4}), "new": (1, 1, {})}


def test_cut_points_that_others_moved_are_told_apart(tmp_path):
    """Quantiles follow everybody.

    High is above the lower median. p1 to p6 have as many orders as their number, the last on that day of the month, 5 each: the median is 3. Four late
    customers with eight orders each make it 5, so p4 and p5 are not high any more. Of the money, 105 then and 265 now, the first 80 % come from p3 and better
    then (30 + 25 + 20 + 15), and now from the four with 40 and from p6 and p5: p3 and p4 lose their tier.
    """
    plain = {"scoring": {"bins": 2, "map": "four"}}
    people = [line for n in range(1, 7) for line in orders(f"p{n}", range(1, 1 + n))]
    remember(report(tmp_path, people, NOVEMBER, **plain))
    late = [line for n in (1, 2, 3, 4) for line in orders(f"q{n}", range(1, 9))]
    opened = report(tmp_path, [*people, *late], dt.date(2024, 12, 5), **plain)
    reasons = look(opened, "compared").set_index("customer_id").reason.to_dict()
    late_ones = {f"q{n}": "customer_appeared" for n in (1, 2, 3, 4)}
    assert reasons == {"p1": None, "p2": None, "p3": "cuts_moved", "p4": "cuts_moved", "p5": "cuts_moved", "p6": None} | late_ones
    assert restated(opened, "value_tier") == {
        "high": (4, 6, {"customer_appeared": 4, "cuts_moved": -2}), "mid": (1, 3, {"cuts_moved": 2}), "low": (1, 1, {}),
    }  # fmt: skip


def test_without_the_labels_there_are_counts_and_no_reasons(tmp_path):
    remember(report(tmp_path, THEN, NOVEMBER))
    [labels] = (tmp_path / "state" / "labels").iterdir()
    labels.unlink()
    opened = report(tmp_path, [*THEN[4:]], dt.date(2024, 12, 5))
    frame = look(opened, "restatement")
    champions = frame[(frame.scheme == "segment") & (frame.segment == "champions")].iloc[0]
    assert (champions.reported, champions.today, champions.monetary_reported, champions.monetary_today) == (4, 3, 80, 60)
    assert champions.orders_withdrawn is None and champions.left is None


def test_labels_hold_what_they_promise(tmp_path):
    remember(report(tmp_path, THEN, NOVEMBER))
    opened = report(tmp_path, THEN, dt.date(2024, 12, 5))
    said = opened.engine.con.read_parquet(next((tmp_path / "state" / "labels").iterdir()))
    assert list(said.columns) == LABELS.names and said.count().execute() == 5


def frame(*rows, known=True, day=NOVEMBER):
    """Lay out groups of the scheme `segment`: key, reported, today, left, joined and reasons."""
    told = [{"as_of": day, "scheme": "segment", "segment": key, "reported": then, "today": now, "monetary_reported": 0.0, "monetary_today": 0.0,
             "left": left if known else None, "joined": joined if known else None, **{reason: why.get(reason, 0) if known else None for reason in REASONS}}
            for key, then, now, left, joined, why in rows]  # fmt: skip
    return pd.DataFrame(told, columns=["as_of", "scheme", "segment", "reported", "today", "monetary_reported", "monetary_today", "left", "joined", *REASONS])


MARCH = frame(
    ("champions", 412, 405, 9, 2, {"orders_withdrawn": -6, "customer_gone": -1}), ("loyal", 588, 594, 0, 6, {"orders_withdrawn": 6}), day=dt.date(2024, 3, 31)
)


def test_the_sentence_names_the_group_that_differs_most_and_why():
    assert tell_restatement(MARCH, texts=Texts("en")).sentences == (
        (
            "In the report of 31 Mar 2024 we counted 412 customers as “Champions”; today’s data say 405: 6 lost orders to later corrections, "
            "one customer’s number is gone."
        ),
        "Of those whom we reported, 9 customers (0.9%) are in another group by today’s data, or no longer counted.",
    )
    assert tell_restatement(MARCH, texts=Texts("zh")).sentences == (
        "2024年3月31日的报告中，“冠军客户”为 412 位客户；按今天的数据应为 405 位：6 位因事后更正而减少了订单，1 个客户编号已不存在。",
        "当时报告的客户中，有 9 位（0.9%）按今天的数据属于其他群体，或不再计入。",
    )


@pytest.mark.parametrize(
    ("rows", "known", "said"),
    [
        ([], True, ["No earlier report is remembered, so there is nothing to compare yet. From the next report on, this place says what has been restated."]),
        ([("champions", 1, 1, 0, 0, {})], True,
         ["Nothing has been restated. For 30 Nov 2024, today’s data put the one customer into the group that we reported."]),
        ([("champions", 5, 5, 0, 0, {})], True,
         ["Nothing has been restated. For 30 Nov 2024, today’s data put all 5 customers into the groups that we reported."]),
        ([("champions", 5, 5, 0, 0, {})], False,
         ["Nothing has been restated: for 30 Nov 2024, today’s data give every group as many customers as we reported.",
          "Why cannot be told any more: who was in which group is kept for the latest reports only."]),
        ([("champions", 1, 0, 1, 0, {"orders_added": -1})], True,
         ["In the report of 30 Nov 2024 we counted one customer as “Champions”; today’s data say none: one moved out when missing orders were added.",
          "Of those whom we reported, one customer (100.0%) is in another group by today’s data, or no longer counted."]),
        ([("champions", 0, 2, 0, 2, {"customer_appeared": 2})], True,
         ["In the report of 30 Nov 2024 we counted nobody as “Champions”; today’s data say 2: 2 customers were not yet in the data.",
          "Nobody whom we reported has left their group."]),
        ([("champions", 2, 1, 1, 0, {})], False,
         ["In the report of 30 Nov 2024 we counted 2 customers as “Champions”; today’s data say 1.",
          "Why cannot be told any more: who was in which group is kept for the latest reports only."]),
        ([("champions", 2, 2, 1, 1, {}), ("loyal", 2, 2, 1, 1, {})], True,
         ["For 30 Nov 2024, today’s data give every group as many customers as we reported, but not always the same ones.",
          "Of those whom we reported, 2 customers (50.0%) are in another group by today’s data, or no longer counted."]),
        ([("champions", 4, 0, 4, 0, {"map_changed": -4})], True, ["The segment map is not the one of that report, so its segments cannot be compared one by one."]),
        ([("a_map_that_is_gone", 1, 0, 1, 0, {"cuts_moved": -1})], True,
         [("In the report of 30 Nov 2024 we counted one customer as “a map that is gone”; today’s data say none: one moved out because corrections to others "
          "moved the cut points."),
          "Of those whom we reported, one customer (100.0%) is in another group by today’s data, or no longer counted."]),
    ],
)  # fmt: skip
def test_every_case_has_its_sentence(rows, known, said):
    assert list(tell_restatement(frame(*rows, known=known), texts=Texts("en")).sentences) == said


def test_every_reason_has_its_words_both_ways_in_both_languages():
    one_way = {"customer_gone": -1, "customer_appeared": 1}
    for reason in (reason for reason in REASONS if reason != "map_changed"):
        for sign in (1, -1):
            if one_way.get(reason, sign) == sign:
                english, chinese = (
                    tell_restatement(frame(("loyal", 5, 5 + 2 * sign, 2, 0, {reason: 2 * sign})), texts=Texts(lang)).sentences[0] for lang in ("en", "zh")
                )
                assert "2 " in english.partition(":")[2] and "2 " in chinese.partition("：")[2]


def test_the_table_sets_then_beside_now():
    figures = pd.DataFrame({"measure": ["customers", "monetary", "repeat_rate"], "reported": [1000.0, 9000.0, 0.5], "today": [999.0, 9010.5, 0.4999999999]})
    table = list_restated(MARCH, figures, texts=Texts("en", "GBP"))
    assert table.caption == "The report of 31 Mar 2024, then and by today’s data"
    assert table.frame.columns.tolist() == ["Measure", "Reported", "By today’s data", "Difference"] and table.numeric == (
        "Reported",
        "By today’s data",
        "Difference",
    )
    assert table.frame.values.tolist() == [
        ["Customers", "1,000", "999", "-1"], ["Revenue", "£9,000", "£9,010", "+£10.50"], ["Customers who bought more than once", "50.0%", "50.0%", "–"],
        ["Champions", "412", "405", "-7"], ["Loyal", "588", "594", "+6"],
    ]  # fmt: skip
    empty = list_restated(frame(), figures.iloc[:0], texts=Texts("zh"))
    assert empty.frame.empty and empty.caption == ""
