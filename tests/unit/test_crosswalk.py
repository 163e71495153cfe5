"""The cross-walk by hand, the measure of agreement against scikit-learn's, and a shop in which every scheme is scored as it needs."""

from decimal import Decimal

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from analysis.charts.maps import draw_crosswalk
from analysis.models.crosswalk import count_crosswalk, measure_agreement
from analysis.models.maps import load_map
from analysis.story.maps import tell_crosswalk
from analysis.texts import LOCALES, Texts
from shops import make_lines, open_shop, table

PEOPLE = [
    ("loyal", "loyal", "10"),
    ("loyal", "loyal", "20.5"),
    ("loyal", "champions", "5"),
    ("new", "new", "1"),
    ("at_risk", "at_risk", "2"),
    ("at_risk", "hibernating", "0"),
]


def crossed():
    rows = [{"segment": ours, "other_segment": theirs, "monetary": Decimal(money)} for ours, theirs, money in PEOPLE]
    return count_crosswalk([(load_map("six"), table(rows, segment="string", other_segment="string", monetary="decimal(38,4)"))], load_map("four"))


def test_pairs_are_counted_empty_ones_included_in_the_order_of_display():
    frame = crossed()
    assert len(frame) == 4 * 6
    assert list(dict.fromkeys(frame.segment)) == ["loyal", "new", "at_risk", "hibernating"]
    assert list(frame.other_segment[:6]) == ["champions", "loyal", "potential_loyalist", "new", "at_risk", "hibernating"]
    found = {(row.segment, row.other_segment): (row.customers, row.monetary) for row in frame.itertuples() if row.customers}
    assert found == {("loyal", "champions"): (1, 5.0), ("loyal", "loyal"): (2, 30.5), ("new", "new"): (1, 1.0), ("at_risk", "at_risk"): (1, 2.0), ("at_risk", "hibernating"): (1, 0.0)}  # fmt: skip


def test_agreement_is_the_share_of_equal_names_and_the_adjusted_rand_index():
    row = measure_agreement(crossed()).iloc[0]
    assert (row["map"], row.customers, row.same_name) == ("six", 6, pytest.approx(4 / 6))
    assert row.rand_adjusted == pytest.approx(adjusted_rand_score([one for one, _, _ in PEOPLE], [other for _, other, _ in PEOPLE]))


def test_one_group_on_both_sides_is_agreement():
    one = pd.DataFrame([("x", "loyal", "loyal", 9, 1.0)], columns=["map", "segment", "other_segment", "customers", "monetary"])
    assert measure_agreement(one).rand_adjusted.tolist() == [1.0]
    assert measure_agreement(one.iloc[:0]).empty


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    return open_shop(tmp_path_factory.mktemp("shop"), make_lines(3, customers=200))


def test_every_other_map_labels_every_buyer_once(opened):
    frame, buyers = opened.get("crosswalk"), opened.get("labelled_buyers").execute()
    assert list(dict.fromkeys(frame["map"])) == ["class8", "codes125", "four", "rfm11", "six"]
    for name, part in frame.groupby("map"):
        assert part.customers.sum() == len(buyers), name
        assert part.monetary.sum() == pytest.approx(float(buyers.monetary.sum()))
        assert part.groupby("segment").customers.sum().loc[lambda sums: sums > 0].to_dict() == buyers.segment.value_counts().to_dict()


def test_other_maps_are_scored_as_they_need(opened):
    """The five scores serve the 125 codes; the eight classes are the column of the report; six groups need thirds, as another shop of the same lines has them."""
    frame, buyers = opened.get("crosswalk"), opened.get("labelled_buyers").execute()
    cells = load_map("codes125").cells
    codes = pd.Series([cells[row.r_score, row.f_score, row.m_score] for row in buyers.itertuples()])
    other = {name: part.groupby("other_segment").customers.sum().loc[lambda sums: sums > 0].to_dict() for name, part in frame.groupby("map")}
    assert other["codes125"] == codes.value_counts().to_dict()
    assert other["class8"] == buyers.class8.value_counts().to_dict()
    thirds = opened.vary("thirds", config=opened.config.replace(scoring={"map": "six"})).get("labelled_buyers").execute()
    assert other["six"] == thirds.segment.value_counts().to_dict()


def test_few_buyers_are_not_cut_finer_elsewhere(tmp_path):
    few = open_shop(tmp_path / "few", make_lines(3, customers=200), sufficiency={})
    assert set(few.get("crosswalk")["map"]) == {"four"}, "six groups were taken because there are too few buyers for more"
    none = open_shop(tmp_path / "none", make_lines(3, customers=20), sufficiency={})
    assert none.get("crosswalk").empty
    assert none.get("agreement").empty


def test_the_heat_map_and_its_words():
    frame, agreement = crossed(), measure_agreement(crossed())
    chart = draw_crosswalk(frame, agreement, texts=Texts("en"))
    assert chart.title == "50.0% of “At risk” would be “Hibernating” under another map: six segments"
    assert list(chart.data.columns) == ["segment", "Champions", "Loyal", "New", "At risk", "Hibernating"]
    assert chart.data.iloc[0].tolist() == ["loyal", 1, 2, 0, 0, 0]
    assert "33%" in {text.get_text() for text in chart.figure.axes[0].texts}
    assert tell_crosswalk(agreement, texts=Texts("en")).sentences[0] == (
        "2 customers (33.3%) would bear another name under “six segments”, though that map uses the same words."
    )


@pytest.mark.parametrize("lang", LOCALES)
def test_nothing_to_compare_is_said(lang):
    texts = Texts(lang)
    empty = measure_agreement(crossed().iloc[:0])
    assert draw_crosswalk(crossed().iloc[:0], empty, texts=texts).title == texts.say("chart-crosswalk-none")
    assert tell_crosswalk(empty, texts=texts).sentences == (texts.say("chart-crosswalk-none"),)
