"""What the summary is made from, by hand: whom to act on first, when to raise an alarm, what moved, and which picture is news."""

import math

import pandas as pd
import pytest

from analysis.models import actions, alerts, news, shifts
from chart_frames import frame
from shops import table

VALUED = {
    "segment": "string", "lifecycle_stage": "string", "frequency": "int64", "recency_days": "int64", "p_alive": "float64", "p_order_90d": "float64", "year_monetary": "decimal(38,4)",
}  # fmt: skip


def valued(*rows):
    """Make buyers: segment, stage, orders, p_alive, p_order_90d, money of a year; silent for 10, 20, 30 … days."""
    return table([dict(zip(VALUED, (*row[:3], 10 * place, *row[3:]), strict=True)) for place, row in enumerate(rows, 1)], **VALUED)


def test_the_first_is_where_one_contact_can_win_most():
    """loyal: 1000 at p .5 and 600 at p 1: reachable 500 + 600, undecided 250; lost: twice 2000 at p .1: reachable 400, undecided 2 x 180, the last for two each."""
    found = actions.count_actions(valued(
        ("loyal", "at_risk", 5, 0.5, None, "1000"), ("loyal", "active", 4, 1.0, None, "600"),
        ("cant_lose", "lost", 9, 0.1, None, "2000"), ("cant_lose", "lost", 9, None, 0.1, "2000"), ("new", "new", 1, 1.0, None, "100"),
    )).set_index("segment")  # fmt: skip
    assert list(found.index) == ["cant_lose", "loyal", "new"]
    assert found.customers.to_dict() == {"cant_lose": 2, "loyal": 2, "new": 1}
    assert found.stake.to_dict() == {"cant_lose": 4000, "loyal": 1600, "new": 100}
    assert found.reachable.to_dict() == pytest.approx({"cant_lose": 400, "loyal": 1100, "new": 100})
    assert found.undecided.to_dict() == pytest.approx({"cant_lose": 180, "loyal": 125, "new": 0})
    assert found.effort.to_dict() == pytest.approx({"cant_lose": (400 / 1600 + 360 / 610) / 2, "loyal": (1100 / 1600 + 250 / 610) / 2, "new": 100 / 1600 / 2})
    assert found.effort.sum() == pytest.approx(1) and found.stake_share["loyal"] == pytest.approx(1600 / 5700)


def test_without_a_model_the_stage_tells_who_is_a_customer_still():
    """On time 1, late a half, lost nothing: 100 + 50 of 300 can be reached, 25 may go either way."""
    found = actions.count_actions(
        valued(*[("loyal", stage, 2, None, None, "100") for stage in ("growing", "dormant", "lost")], ("new", "new", 1, None, None, "0"))
    ).set_index("segment")
    assert found.loc["loyal", ["reachable", "undecided"]].tolist() == pytest.approx([150, 25 / 3])
    assert found.effort.to_dict() == {"loyal": 1, "new": 0}


def test_who_is_only_kept_in_touch_with_comes_last_and_is_not_won_back():
    """Hibernating: 1000 at p .5, more at stake for each than loyal (100 at .5); of what may go either way only loyal has a part."""
    found = actions.count_actions(valued(("hibernating", "at_risk", 2, 0.5, None, "1000"), ("loyal", "active", 2, 0.5, None, "100"))).set_index("segment")
    assert list(found.index) == ["loyal", "hibernating"] and found.reason["hibernating"] == "quiet"
    assert found.effort.to_dict() == pytest.approx({"loyal": (50 / 550 + 1) / 2, "hibernating": 500 / 550 / 2})
    alone = actions.count_actions(valued(("hibernating", "lost", 2, 0.5, None, "1000"), ("lost", "active", 2, 0.5, None, "3000"))).set_index("segment")
    assert alone.effort.to_dict() == pytest.approx({"lost": 0.75, "hibernating": 0.25}) and alone.reason["hibernating"] == "lost"


def test_a_segment_that_fades_is_told_by_its_days():
    """Three silent for 10, 20 and 30 days, in their own rhythm."""
    found = actions.count_actions(valued(*[("cant_lose", "active", 2, 0.5, None, "10")] * 3)).iloc[0]
    assert (found.reason, found.days) == ("fading", 20)


def test_where_there_is_no_money_everybody_gets_the_same():
    found = actions.count_actions(valued(*[("loyal", "active", 2, 0.9, None, "0")] * 3, ("new", "new", 1, 0.9, None, "0"))).set_index("segment")
    assert found.effort.to_dict() == pytest.approx({"loyal": 0.75, "new": 0.25}) and found.stake_share.sum() == 0


@pytest.mark.parametrize(
    ("stages", "orders", "money", "reason", "concerned"),
    [
        (["lost", "lost", "active", "active"], [2] * 4, 1, "lost", 2),
        (["lost", "at_risk", "active", "active", "active"], [1] * 5, 1, "late", 1),
        (["lost", "active", "new", "new"], [2, 2, 1, 1], 1, "once", 2),
        (["active"] * 4, [2] * 4, 100, "money", None),
        (["active"] * 4, [2] * 4, 1, "steady", None),
    ],
)
def test_the_reason_is_what_holds_for_most(stages, orders, money, reason, concerned):
    """Others hold 1000 in all: four at 100 are more than 15 % of everything, four at 1 are not."""
    rows = [("a", stage, number, 0.5, None, str(money)) for stage, number in zip(stages, orders, strict=True)]
    told = actions.count_actions(valued(*rows, ("b", "active", 2, 0.5, None, "1000"))).set_index("segment").loc["a"]
    assert told.reason == reason
    assert (told.concerned, told.others) == (concerned, len(stages) - concerned) if concerned else math.isnan(told.concerned) and math.isnan(told.others)


PEOPLE = pd.DataFrame({"kind": ["slipping", "unhappy"], "customers": [4, 6], "money": [50.0, 10.0]})


@pytest.mark.parametrize(
    ("worth", "told"),
    [(1000, [("slipping", "urgent"), ("unhappy", "watch")]), (1001, [("slipping", "watch")]), (5001, []), (0, [])],
)
def test_valuable_customers_are_an_alarm_from_a_hundredth_of_all_money_on(worth, told):
    """50 of 1000 is 5 %, 10 is 1 %; of 1001 both are less."""
    found = alerts.find_people(PEOPLE, worth=worth)
    assert list(zip(found.kind, found.level, strict=True)) == told


def test_the_most_money_comes_first_and_nobody_is_no_alarm():
    assert alerts.find_people(PEOPLE.assign(money=[50.0, 80.0]), worth=1000).kind.tolist() == ["unhappy", "slipping"]
    assert alerts.find_people(PEOPLE.assign(customers=0), worth=1000).empty


WINDOW = "segment customers money squares customers_before money_before squares_before"


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, "urgent"),  # 1000 to 800: a fifth, 10 % of 2000
        ({"money": 801.0}, None),  # less than a fifth
        ({"customers": 19}, None), ({"customers_before": 19}, None),  # too few to tell
        ({"squares": 9_000.0, "squares_before": 1_001.0}, None),  # 200 is no more than twice sqrt(10001)
        ({"squares": 9_000.0, "squares_before": 999.0}, "urgent"),  # twice sqrt(9999) is 199.99
    ],
)  # fmt: skip
def test_a_fall_is_an_alarm_beyond_a_fifth_and_beyond_chance(changes, level):
    row = {
        "segment": "loyal",
        "customers": 20,
        "money": 800.0,
        "squares": 100.0,
        "customers_before": 20,
        "money_before": 1000.0,
        "squares_before": 100.0,
    } | changes
    other = {**row, "segment": "new", "money": 1000.0, "money_before": 1000.0, "squares": 1.0}
    found = alerts.find_falls(pd.DataFrame([row, other]), against="year")
    assert found.level.tolist() == ([level] if level else [])
    if level:
        assert found.loc[0, ["segment", "money", "money_before", "against"]].tolist() == ["loyal", 800.0, 1000.0, "year"]


def test_the_size_of_a_fall_decides_how_urgent_it_is():
    """Of 10,000 before, falls of 199, 200, 499 and 500: below 2 % nothing, from 5 % urgent; the largest first."""
    rows = [(name, 30, 0.0, 0.0, 30, lost, 0.0) for name, lost in (("a", 199.0), ("b", 200.0), ("c", 499.0), ("d", 500.0))]
    found = alerts.find_falls(frame(WINDOW, *rows, ("e", 30, 8602.0, 0.0, 30, 8602.0, 0.0)), against="window")
    assert list(zip(found.segment, found.level, strict=True)) == [("d", "urgent"), ("c", "watch"), ("b", "watch")]


@pytest.mark.parametrize(
    ("days", "as_of", "silent"),
    [
        (["2024-01-01", "2024-01-05"], "2024-01-11", 0),  # six days
        (["2024-01-01", "2024-01-05"], "2024-01-12", 7),
        (["2024-01-01", "2024-01-20"], "2024-02-08", 0),  # 19 days have been silent before
        (["2024-01-01", "2024-01-20"], "2024-02-09", 20),
        (["2022-01-01", "2022-12-01", "2024-01-01"], "2024-01-09", 8),  # what was more than a year ago does not count
        ([], "2024-01-09", 0),
    ],
)
def test_days_without_orders_are_doubtful_when_longer_than_ever(days, as_of, silent):
    assert alerts.find_silence(pd.Series(days, dtype=object), as_of=pd.Timestamp(as_of)) == silent


def test_doubts_follow_the_limits_of_trust():
    """Of 1000 rows and 10,000 of money: 20 rows unread (2 %), 5000 of nobody (50 %)."""
    ledger = frame(
        "action rows amount rows_after amount_after",
        ("input", 1000, 10000.0, 1000, 10000.0), ("quarantined", 20, 70.0, 980, 9930.0), ("anonymous", 400, 5000.0, 580, 4930.0),
        ("kept", 580, 4930.0, 580, 4930.0),
    )  # fmt: skip
    limits = {"yes": (0.01, 0.10), "care": (0.05, 0.40)}
    found = alerts.find_doubts(ledger, silent=9, limits=limits)
    assert [tuple(row) for row in found[["kind", "level"]].to_numpy()] == [("stale", "urgent"), ("nobody", "urgent"), ("unread", "watch")]
    assert found.set_index("kind").money.to_dict() == pytest.approx({"stale": math.nan, "nobody": 5000.0, "unread": 70.0}, nan_ok=True)
    assert alerts.find_doubts(ledger, silent=0, limits={"yes": (0.02, 0.5), "care": (1, 1)}).empty


def months(*values, start="2024-01-01"):
    return pd.Series(values, index=pd.date_range(start, periods=len(values), freq="MS"), dtype=float)


def test_news_is_the_last_change_by_the_measure_of_its_year():
    """Six changes of -1 and 1: mean 0, standard deviation sqrt(6/5); then 3."""
    assert news.score_change(months(-1, 1, -1, 1, -1, 1, 3)) == pytest.approx(3 / math.sqrt(6 / 5))
    assert news.score_change(months(-1, 1, -1, 1, -1, 1, -3)) == pytest.approx(3 / math.sqrt(6 / 5))
    assert math.isnan(news.score_change(months(-1, 1, -1, 1, -1, 3)))
    assert news.score_change(months(*[5000.0] * 3, *[-1, 1] * 6, 3)) == pytest.approx(3 / math.sqrt(12 / 11))  # twelve months are remembered
    assert news.score_change(months(*[10.0] * 7)) == 0
    assert news.score_change(months(*[10.0] * 6, 12)) == pytest.approx(2)  # as if it swung by a tenth


EVEN = months(*[10.0] * 8)


@pytest.mark.parametrize(
    ("last", "chosen", "reason"),
    [({}, "months", "calm"), ({"flows": 11.4}, "months", "calm"), ({"flows": 11.6}, "flows", "most"), ({"flows": 13, "causes": 13}, "flows", "most"),
     ({"flows": 13, "causes": 13.1}, "causes", "most"), ({"lateness": 5}, "lateness", "most")],
)  # fmt: skip
def test_the_picture_is_chosen_by_what_moved_furthest(last, chosen, reason):
    changes = {key: pd.concat([EVEN, months(last.get(key, 10), start="2024-09-01")]) for key in news.CANDIDATES}
    found = news.choose(changes)
    assert found[found.is_chosen].candidate.tolist() == [chosen] and set(found.reason) == {reason}
    assert set(found.month) == {pd.Timestamp("2024-09-01")}
    assert found.equals(news.choose(dict(reversed(changes.items()))))


def test_with_too_few_months_there_is_no_news():
    found = news.choose({key: months(1, 2) if key != "history" else months() for key in news.CANDIDATES})
    assert found[found.is_chosen].candidate.tolist() == ["months"] and set(found.reason) == {"short"}


def test_segments_shift_by_the_customers_that_would_have_to_change_places():
    """Of 10 customers 5 and 5, then 8 and 2: three have changed places; 15 of 20 are no other shares than 6 of 8; mid-month days do not count."""
    history = frame(
        "as_of scheme segment customers",
        *[(day, scheme, key, n) for day, a, b in (("2024-01-31", 5, 5), ("2024-02-29", 8, 2), ("2024-03-31", 6, 2), ("2024-04-30", 15, 5), ("2024-05-09", 1, 9))
          for scheme in ("segment", "class8") for key, n in (("a", a), ("b", b))],
    )  # fmt: skip
    found = news.measure_shift(history)
    assert found.index.strftime("%Y-%m").tolist() == ["2024-01", "2024-02", "2024-03", "2024-04"]
    assert found.tolist() == pytest.approx([math.nan, 0.3, 0.05, 0.0], nan_ok=True)


def test_moves_are_counted_in_full_months_among_those_who_were_customers():
    rows = frame(
        "scheme from_as_of to_as_of from_segment to_segment customers",
        ("segment", "2024-01-31", "2024-02-29", "a", "a", 6), ("segment", "2024-01-31", "2024-02-29", "a", "b", 1), ("segment", "2024-01-31", "2024-02-29", "b", "none", 1),
        ("segment", "2024-01-31", "2024-02-29", "none", "a", 9), ("class8", "2024-01-31", "2024-02-29", "a", "b", 9),
        ("segment", "2024-02-29", "2024-03-31", "a", "a", 4), ("segment", "2024-01-31", "2024-03-31", "a", "b", 4), ("segment", "2024-03-31", "2024-04-09", "a", "b", 4),
    )  # fmt: skip
    assert {f"{month:%Y-%m}": share for month, share in news.measure_moves(rows).items()} == {"2024-02": 0.25, "2024-03": 0.0}


def test_each_segment_is_counted_before_and_now_with_what_most_went_by():
    rows = frame(
        "scheme from_segment to_segment customers bought time_passed threshold_moved rule_changed history_restated",
        ("segment", "loyal", "loyal", 10, 0, 0, 0, 0, 0), ("segment", "loyal", "at_risk", 4, 0, 3, 1, 0, 0), ("segment", "at_risk", "loyal", 2, 2, 0, 0, 0, 0),
        ("segment", "none", "loyal", 1, 1, 0, 0, 0, 0), ("segment", "at_risk", "none", 2, 2, 0, 0, 0, 0), ("value_tier", "high", "low", 9, 9, 0, 0, 0, 0),
    )  # fmt: skip
    found = shifts.count_segments(rows)
    assert found.to_numpy().tolist() == [["segment", "at_risk", 4, 4, "time_passed", "bought"], ["segment", "loyal", 14, 13, "bought", "time_passed"]]
    assert shifts.count_segments(rows.iloc[:1]).to_numpy().tolist() == [["segment", "loyal", 10, 10, "", ""]]
    assert shifts.count_segments(rows.iloc[:0]).empty
