"""Laws of every move, on made-up shops: nobody is lost between two days, the causes add up, equals move alike, and nobody moves who would not have."""

from itertools import pairwise

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.models.migration import find_cause
from analysis.state import Published
from shops import look, make_lines, open_shop, rules

LABELS = ("customer_id", "recency_days", "frequency", "monetary", "segment", "class8", "value_tier")
CAUSES = ["bought", "time_passed", "threshold_moved", "rule_changed", "history_restated"]
GRAIN = ["scheme", "from_as_of", "to_as_of", "from_segment", "to_segment"]
SHOPS = {
    "plain": (1, {}),
    "each": (2, {"history_ruler": "each"}),
    "returns kept": (3, {"cleaning": rules(returns="keep", price="keep")}),
    "returns removed": (4, {"cleaning": rules(returns="remove")}),
    "days": (5, {"order": "day", "as_of": "2023-08-17"}),
    "window": (6, {"window_months": 3}),
    "jenks each": (
        7,
        {
            "history_ruler": "each",
            "scoring": {"bins": 2, "money": {"method": "jenks"}, "recency": {"method": "mean", "boundary": "inclusive"}, "map": "class8"},
        },
    ),
    "unclassified": (8, {"sufficiency": {"least": 500}}),
}


@pytest.fixture(scope="module", params=SHOPS)
def opened(request, tmp_path_factory):
    seed, choices = SHOPS[request.param]
    return open_shop(tmp_path_factory.mktemp("shop"), make_lines(seed), **choices)


def publish(past, path):
    """Write down what a run said, as the journal would."""
    past.get("labelled_buyers").select(*LABELS).to_parquet(path)
    told = {"as_of": past.as_of, "run": "r", "config": past.config.model_dump(mode="json"), "ruler": past.get("ruler").to_dict(), "labels": path}
    return Published(**told, clusters=None, key_figures=[], segments=[], inputs=[], ledger=[], classified=path.with_name("none.parquet"))


def moving(opened):
    rows = look(opened, "migration")
    return rows, rows[rows.from_segment != rows.to_segment]


def sums(rows, *by, column="customers"):
    return {key: total for key, total in rows.groupby(list(by))[column].sum().items() if total}


def test_all_periods_are_there_and_follow_each_other(opened):
    days = sorted(set(look(opened, "history").as_of))
    rows, _moved = moving(opened)
    assert sorted(set(zip(rows.from_as_of, rows.to_as_of, strict=True))) == list(pairwise(days))
    assert len(days) > 2 and not rows.duplicated(GRAIN).any()


def test_who_was_there_and_who_is_there_are_those_of_the_history(opened):
    rows, _moved = moving(opened)
    history = look(opened, "history")
    known = rows[rows.from_segment != "none"]
    assert sums(known, "scheme", "from_as_of", "from_segment") == sums(history[history.as_of < opened.as_of], "scheme", "as_of", "segment")
    now = rows[rows.to_segment != "none"]
    later = history[history.as_of > min(history.as_of)]
    assert sums(now, "scheme", "to_as_of", "to_segment") == sums(later, "scheme", "as_of", "segment")
    assert sums(now, "scheme", "to_as_of", "to_segment", column="monetary") == sums(later, "scheme", "as_of", "segment", column="monetary")


def test_opening_stock_and_what_came_less_what_went_is_the_closing_stock(opened):
    rows, moved = moving(opened)
    history = look(opened, "history").set_index(["scheme", "as_of", "segment"]).customers.to_dict()
    came, went = sums(moved, "scheme", "to_as_of", "to_segment"), sums(moved, "scheme", "to_as_of", "from_segment")
    for scheme, before, after in sorted(set(zip(rows.scheme, rows.from_as_of, rows.to_as_of, strict=True))):
        for segment in {key[2] for key in history if key[0] == scheme}:
            flow = came.get((scheme, after, segment), 0) - went.get((scheme, after, segment), 0)
            assert history.get((scheme, before, segment), 0) + flow == history.get((scheme, after, segment), 0)


def test_the_causes_of_a_move_add_up_and_who_stayed_has_none(opened):
    rows, moved = moving(opened)
    assert len(moved) and (moved[CAUSES].sum(axis=1) == moved.customers).all()
    assert (rows[rows.from_segment == rows.to_segment][CAUSES].to_numpy() == 0).all() and (rows[CAUSES].to_numpy() >= 0).all()
    assert (moved[moved.from_segment == "none"].bought == moved[moved.from_segment == "none"].customers).all()


def test_one_ruler_moves_no_cut_and_time_moves_no_money(opened):
    _rows, moved = moving(opened)
    if opened.config.history_ruler == "as_of":
        assert moved.threshold_moved.sum() == 0
    elif len(set(moved.from_segment) - {"none"}) > 2:
        assert moved.threshold_moved.sum() > 0
    assert moved.rule_changed.sum() == moved.history_restated.sum() == 0
    assert moved[moved.scheme == "value_tier"].time_passed.sum() == 0  # days are not in it


def test_all_schemes_have_the_same_newcomers(opened):
    rows, _moved = moving(opened)
    for side in ("from_segment", "to_segment"):
        found = rows[rows[side] == "none"].groupby(["to_as_of", "scheme"]).customers.sum().unstack(fill_value=0)
        assert (found.nunique(axis=1) == 1).all()


def test_equals_move_alike_and_only_who_ordered_or_returned_moves_by_it(opened):
    journeys = opened.get("journeys")
    told = journeys.mutate(cause=find_cause(journeys, "segment")).execute().fillna({"cause": "-"})
    states = look(opened, "states")
    values = ["recency_days", "r_value", "f_value", "m_value", "frequency", "monetary", "last_order_date"]
    at = {day: part.set_index("customer_id")[values] for day, part in states.groupby("snapshot")}
    for (before, after), part in told.groupby(["from_as_of", "to_as_of"]):
        part = part.set_index("customer_id")
        then, now = (at[pd.Timestamp(day).date()].reindex(part.index) for day in (before, after))
        still = (then[["frequency", "monetary", "last_order_date"]] == now[["frequency", "monetary", "last_order_date"]]).all(axis=1)
        assert not (part.cause[still] == "bought").any()
        alike = pd.concat([then.add_suffix("_then"), now.add_suffix("_now"), part[["segment_said", "segment_now", "cause"]]], axis=1).astype(str)
        keys = [name for name in alike if name.endswith(("_then",)) or (name.endswith("_now") and not name.startswith("segment"))]
        assert (alike.groupby(keys)[["segment_said", "segment_now", "cause"]].nunique() <= 1).all(axis=None)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_a_report_said_is_replayed_as_a_month_with_its_own_ruler(tmp_path, seed):
    """A report of the month-end before, from the same data: only its ruler differs, so the moves since are those with a ruler for each month."""
    lines = make_lines(seed)
    each = open_shop(tmp_path / "each", lines, history_ruler="each")
    opened = open_shop(tmp_path / "now", lines)
    day = sorted(set(look(opened, "history").as_of))[-3]
    past = open_shop(tmp_path / "past", lines, as_of=day.isoformat())
    opened.built["published"] = each.built["published"] = publish(past, tmp_path / "labels.parquet")
    since = [look(run, "movement").drop(columns=["monetary"]) for run in (opened, each)]
    assert_frame_equal(*since)
    assert set(since[0].from_as_of) == {day} and since[0].threshold_moved.sum() > 0 and since[0].history_restated.sum() == 0
    own = look(opened, "migration")
    assert len(set(own[own.to_as_of == opened.as_of].from_as_of)) == 2  # since the month-end, and since the report


def test_a_report_of_the_last_month_end_takes_its_place(tmp_path):
    lines = make_lines(3)
    opened = open_shop(tmp_path / "now", lines)
    each = look(open_shop(tmp_path / "each", lines, history_ruler="each"), "migration")
    day = max(each.from_as_of)
    past = open_shop(tmp_path / "past", lines, as_of=day.isoformat())
    opened.built["published"] = publish(past, tmp_path / "labels.parquet")
    mine = look(opened, "migration")
    assert_frame_equal(mine[mine.from_as_of == day].reset_index(drop=True), each[each.from_as_of == day].reset_index(drop=True))


def test_a_window_that_moves_on_is_no_correction(tmp_path):
    """With the last three months only, orders fall out of the window as the days go by: what was said of June had seen April, today's run has not."""
    lines = make_lines(6)
    opened = open_shop(tmp_path / "now", lines, window_months=3)
    day = sorted(set(look(opened, "history").as_of))[-2]
    past = open_shop(tmp_path / "past", lines, as_of=day.isoformat(), window_months=3)
    opened.built["published"] = publish(past, tmp_path / "labels.parquet")
    since = look(opened, "movement")
    moved = since[since.from_segment != since.to_segment]
    assert (moved[CAUSES].sum(axis=1) == moved.customers).all()
    assert moved.history_restated.sum() == moved.rule_changed.sum() == 0
    known = since[(since.scheme == "segment") & (since.from_segment != "none")]
    assert known.customers.sum() == past.get("labelled_buyers").count().execute()
