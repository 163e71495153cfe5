"""Who moved, in pictures and sentences: ribbons and bars have the size of the numbers, and the findings are those of the frame."""

import datetime as dt
import re
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import PathPatch, Rectangle

from analysis import theme
from analysis.charts import flow, movement
from analysis.models.migration import sum_moves
from analysis.story.movement import tell_migration, tell_money, tell_movers, tell_ruler_effect, tell_turnover
from analysis.texts import Texts
from chart_frames import frame

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
DAYS = (dt.date(2011, 10, 31), dt.date(2011, 11, 30))
MOVEMENT = frame(
    "scheme from_as_of to_as_of from_segment to_segment from_place to_place customers monetary bought time_passed threshold_moved rule_changed history_restated",
    ("segment", *DAYS, "champions", "champions", 1, 1, 40, 4000.0, 0, 0, 0, 0, 0),
    ("segment", *DAYS, "champions", "loyal", 1, 2, 10, 900.0, 0, 9, 0, 0, 1),
    ("segment", *DAYS, "loyal", "champions", 2, 1, 6, 600.0, 6, 0, 0, 0, 0),
    ("segment", *DAYS, "loyal", "loyal", 2, 2, 30, 2000.0, 0, 0, 0, 0, 0),
    ("segment", *DAYS, "loyal", "at_risk", 2, 8, 4, 100.0, 0, 1, 3, 0, 0),
    ("segment", *DAYS, "at_risk", "none", 8, 12, 1, 50.0, 1, 0, 0, 0, 0),
    ("segment", *DAYS, "none", "champions", 12, 1, 9, 350.0, 8, 0, 0, 0, 1),
    ("class8", *DAYS, "general_value", "general_value", 5, 5, 90, 7000.0, 0, 0, 0, 0, 0),
    ("class8", *DAYS, "none", "general_value", 10, 5, 9, 350.0, 9, 0, 0, 0, 0),
    ("class8", *DAYS, "general_keep", "none", 7, 10, 1, 50.0, 1, 0, 0, 0, 0),
)
MOVERS = frame(
    "customer from_segment to_segment cause days_then days_now orders_then orders_now monetary from_place to_place",
    ("C-0000000001", "champions", "loyal", "time_passed", 9, 39, 4, 4, 500.0, 1, 2),
    ("C-0000000002", "loyal", "champions", "bought", 50, 3, 4, 6, 400.0, 2, 1),
    ("C-0000000003", "none", "champions", "bought", None, 2, None, 1, 100.0, 12, 1),
)
EFFECT = frame(
    "ruler from_as_of to_as_of customers changed bought time_passed threshold_moved",
    ("same", *DAYS, 1000, 236, 36, 200, 0), ("refitted", *DAYS, 1000, 43, 30, 8, 5),
)  # fmt: skip
TOTALS = sum_moves(MOVEMENT)
CHARTS = {
    "flow": lambda t, f: flow.draw_flow(f(MOVEMENT), texts=t),
    "flow8": lambda t, f: flow.draw_flow(f(MOVEMENT), scheme="class8", texts=t),
    "matrix": lambda t, f: movement.draw_matrix(f(MOVEMENT), sum_moves(f(MOVEMENT)), texts=t),
    "matrix8": lambda t, f: movement.draw_matrix(f(MOVEMENT), sum_moves(f(MOVEMENT)), scheme="class8", texts=t),
    "causes": lambda t, f: movement.draw_causes(sum_moves(f(MOVEMENT)), texts=t),
    "money": lambda t, f: movement.draw_money(sum_moves(f(MOVEMENT)), texts=t),
}
TITLES = {
    "flow": "10 customers went from “Champions” to “Loyal”: the largest move since 31 Oct 2011",
    "flow8": "9 customers went from “New buyers” to “General: value”: the largest move since 31 Oct 2011",
    "matrix": "20 of 90 customers (22.2%) are in another group than on 31 Oct 2011",  # 10 + 6 + 4 of 40 + 10 + 6 + 30 + 4
    "matrix8": "Nobody has changed segment",
    "causes": "50.0% of all moves came from orders and returns",  # 6 + 1 + 8 of 30
    "money": "Customers with £600.00 moved up, customers with £1,000 moved down",
}
PARTS = {"whole": lambda rows: rows, "empty": lambda rows: rows.iloc[:0], "one row": lambda rows: rows.iloc[:1]}


def words(chart):
    svg = chart._repr_mimebundle_()[0]["image/svg+xml"]
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("name", CHARTS)
def test_the_title_is_the_finding(name):
    assert CHARTS[name](ENGLISH, PARTS["whole"]).title == TITLES[name]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("part", PARTS)
def test_it_draws_in_both_languages_whatever_there_is(name, texts, part):
    chart = CHARTS[name](texts, PARTS[part])
    said = [chart.title, chart.alt, *words(chart), *map(texts.column, chart.data.columns)]
    assert chart.title and chart.alt.startswith(chart.title)
    assert not [text for text in said if re.search(r"\bnan\b|\binf\b|None|_|\{|\}", text)]
    if texts is CHINESE:
        assert not re.search(r"customers|revenue|buyers|moved", " ".join(said))


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_numbers_give_the_same_picture_and_the_frame_stays(name):
    before = MOVEMENT.copy()
    once, twice = (CHARTS[name](ENGLISH, PARTS["whole"])._repr_mimebundle_()[0]["image/svg+xml"] for _ in range(2))
    assert once == twice and len(once) < 60_000
    pd.testing.assert_frame_equal(MOVEMENT, before)


@pytest.mark.parametrize("name", CHARTS)
def test_a_machine_without_chinese_fonts_draws_without_a_warning(name, monkeypatch):
    monkeypatch.setattr(theme, "find_fonts", lambda lang: ("DejaVu Sans",))
    assert words(CHARTS[name](CHINESE, PARTS["whole"]))  # warnings are errors here


def heights(chart):
    """Give the height of each ribbon, at its left end and at its right end, in customers."""
    axes = chart.figure.axes[0]
    columns = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    scale = sum(patch.get_height() for patch in columns if patch.get_x() < 0.5) / 100
    found = []
    for patch in axes.patches:
        if isinstance(patch, PathPatch):
            x, y = patch.get_path().vertices.T
            found.append((x.min(), x.max(), round((y[7] - y[0]) / scale, 6), round((y[4] - y[3]) / scale, 6)))
    return found, {round(patch.get_height() / scale, 6) for patch in columns}


def test_ribbons_are_as_wide_as_their_customers():
    ribbons, columns = heights(CHARTS["flow"](ENGLISH, PARTS["whole"]))
    assert sorted(left for _x0, _x1, left, _right in ribbons) == [1, 4, 6, 9, 10, 30, 40]
    assert all(left == right for _x0, _x1, left, right in ribbons)
    assert columns == {50, 40, 1, 9, 55, 4}  # champions 40 + 10, then 40 + 6 + 9; loyal 6 + 30 + 4, then 10 + 30; at risk 1, then 4


def test_ribbons_fill_their_columns_from_top_to_bottom():
    axes = CHARTS["flow"](ENGLISH, PARTS["whole"]).figure.axes[0]
    ribbons = [patch.get_path().vertices for patch in axes.patches if isinstance(patch, PathPatch)]
    for patch in (patch for patch in axes.patches if isinstance(patch, Rectangle)):
        side, top = (0, patch.get_y()) if patch.get_x() < 0.5 else (3, patch.get_y())
        pieces = sorted(
            (points[side, 1], points[7 if side == 0 else 4, 1]) for points in ribbons if top - 1e-9 <= points[side, 1] < top + patch.get_height() - 1e-9
        )
        assert np.allclose([start for start, _end in pieces], [top, *[end for _start, end in pieces[:-1]]])
        assert pieces[-1][1] == pytest.approx(top + patch.get_height())


def test_small_moves_run_together_in_the_middle():
    keys = ("champions", "loyal", "potential_loyalist", "new", "promising")
    rows = [("segment", *DAYS, a, b, i, j, 1 if i != j else 100, 5.0, int(i != j), 0, 0, 0, 0) for i, a in enumerate(keys, 1) for j, b in enumerate(keys, 1)]
    chart = flow.draw_flow(pd.DataFrame(rows, columns=MOVEMENT.columns), texts=ENGLISH)
    found = [patch.get_path().vertices[:, 0] for patch in chart.figure.axes[0].patches if isinstance(patch, PathPatch)]
    halves = [x for x in found if x.max() - x.min() < 0.6]
    assert len(halves) == 2 * 20 and len(found) == 5 + 40  # each is a five-hundredth of all: too thin to be told apart


def test_names_do_not_cover_each_other():
    keys = [f"segment {number}" for number in range(10)]
    spread = flow._spread([0.5] * len(keys), [1] * len(keys))
    assert min(np.diff(spread)) >= flow._LINE - 1e-9 and max(spread) <= 1
    assert flow._spread([0.1, 0.5, 0.9], [1, 1, 1]) == pytest.approx([0.1, 0.5, 0.9])
    assert max(flow._spread([0.98, 0.99, 1.0], [1, 1, 2])) <= 1.0


def test_the_matrix_has_every_way_once():
    chart = CHARTS["matrix"](ENGLISH, PARTS["whole"])
    assert sorted(word for word in words(chart) if word.isdigit()) == sorted(["40", "10", "6", "30", "4", "1", "9"])
    table = chart.data.set_index("from_segment")
    assert table.loc["Loyal"].to_dict() == {"Champions": 6, "Loyal": 30, "At risk": 4, "No longer buyers": 0}
    assert table.index.tolist() == ["Champions", "Loyal", "At risk", "New buyers"]


def test_causes_stand_by_the_way_that_customers_went():
    chart = CHARTS["causes"](ENGLISH, PARTS["whole"])
    table = chart.data.set_index("event").loc[:, ["bought", "time_passed", "threshold_moved", "rule_changed", "history_restated"]]
    assert table.T.to_dict("list") == {
        "Moved up": [6, 0, 0, 0, 0],
        "Moved down": [0, 10, 3, 0, 1],
        "New buyers": [8, 0, 0, 0, 1],
        "No longer buyers": [1, 0, 0, 0, 0],
    }
    widths = [bar.get_width() for bar in chart.figure.axes[0].patches]
    assert widths == [6, 0, 8, 1, 0, 10, 0, 0, 0, 3, 0, 0, 0, 1, 1, 0]  # orders, time, cuts, data; each up, down, came, left
    assert "Rules changed" not in words(chart)


def test_money_moved_stands_beside_the_customers_who_moved():
    bars = [round(bar.get_width(), 6) for bar in CHARTS["money"](ENGLISH, PARTS["whole"]).figure.axes[0].patches]
    assert bars == [0.7, 0.06, 0.14, 0.09, 0.01, 0.75, 0.075, 0.125, 0.04375, 0.00625]  # of 100 customers; of 8,000: 6,000, 600, 1,000, 350, 50


def test_the_list_says_from_where_to_where_and_why():
    rows = movement.list_movers(MOVERS, texts=ENGLISH).frame.values.tolist()
    assert rows[0] == ["C-0000000001", "Champions", "Loyal", "Time passed", "9 → 39", "4 → 4", "£500.00"]
    assert rows[2] == ["C-0000000003", "New buyers", "Champions", "Orders and returns", "– → 2", "– → 1", "£100.00"]
    assert movement.list_movers(MOVERS.iloc[:0], texts=CHINESE).frame.empty


def test_the_story_of_a_month():
    assert tell_migration(TOTALS, texts=ENGLISH).sentences == (
        "Of 91 customers on 31 Oct 2011, 70 were still in the same group on 30 Nov 2011 (76.9%).",
        "There are 9 new buyers; one ceased to be one, having returned everything or having been corrected.",
        (
            "Why 30 moves? 15 because of orders and returns, 10 because time passed without an order, 3 because a cut point moved, "
            "2 because the data of then were corrected."
        ),
    )
    assert tell_migration(TOTALS, scheme="class8", texts=ENGLISH).sentences[1].startswith("There are 9 new buyers")
    assert tell_migration(TOTALS.iloc[:0], texts=ENGLISH).sentences == ("There is only one date so far, so nobody can have moved.",)
    assert tell_money(TOTALS, texts=ENGLISH).sentences == ("6 moved up, with £600.00; 14 moved down, with £1,000.",)
    assert tell_money(TOTALS, texts=CHINESE).sentences[0] == "上升 6 位，累计贡献 £600.00；下降 14 位，累计贡献 £1,000。"


def test_the_story_of_one_customer():
    one = MOVEMENT.iloc[[2]].assign(customers=1, bought=1)
    assert tell_migration(sum_moves(one), texts=ENGLISH).sentences == (
        "The one customer of 31 Oct 2011 was in another group on 30 Nov 2011.",
        "Why that one move? 1 because of orders and returns.",
    )

    assert tell_money(sum_moves(one), texts=ENGLISH).sentences == ("One customer moved up, with £600.00; nobody moved down.",)
    assert tell_money(TOTALS, scheme="class8", texts=ENGLISH).sentences == ("Nobody has changed segment.",)


def test_the_story_of_who_was_kept():
    """Of 50 champions 40 stayed, of 40 loyal customers 30; one customer at risk is too few to tell."""
    assert tell_turnover(MOVEMENT, texts=ENGLISH).sentences == ("“Champions” kept most of its customers (80.0%), “Loyal” fewest (75.0%).",)
    assert tell_turnover(MOVEMENT.iloc[:2], texts=CHINESE).sentences == ("在至少二十位客户的群体中，没有哪个留存得更多。",)


def test_the_story_of_the_movers():
    assert tell_movers(MOVERS, texts=ENGLISH).sentences == (
        "The 3 movers listed have brought £1,000 together.",
        "One of them slipped only because of silence (£500.00): a personal word now costs little.",
        "2 rose by buying (£500.00): say thank you.",
    )
    assert tell_movers(MOVERS.iloc[:0], texts=ENGLISH).sentences == ("Nobody has changed segment.",)


def test_the_story_of_two_rulers():
    assert tell_ruler_effect(EFFECT, texts=ENGLISH).sentences == (
        (
            "Measured with the same cut points, 23.6% of customers changed segment since 31 Oct 2011. Had the cut points been found anew on both days, it would have "
            "been 4.3%: they move along with the customers and hide the rest."
        ),
        "5 customers (0.5%) would have changed only because a cut point moved.",
        "With one ruler for both days, who changes segment has changed, not the yardstick.",
    )
    turned = EFFECT.assign(changed=[43, 236], threshold_moved=[0, 121])
    assert "it would have been 23.6%." in tell_ruler_effect(turned, texts=ENGLISH).sentences[0]
    assert "同" in tell_ruler_effect(EFFECT.assign(changed=43), texts=CHINESE).sentences[0]
    assert tell_ruler_effect(EFFECT.iloc[:0], texts=ENGLISH).sentences == ("There is only one date so far, so nobody can have moved.",)
