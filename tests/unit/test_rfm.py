"""Cut points and scores by hand: lower quantiles that occur, equals together, better never lower."""

import datetime as dt
from decimal import Decimal

import pytest

from analysis.models.rfm import fit_ruler, fit_tiers, list_thresholds, measure, score
from analysis.settings.scoring import Scoring
from shops import table

DAY = dt.date(2024, 1, 31)
TYPES = {"customer_id": "string", "recency_days": "int64", "frequency": "int64", "monetary": "decimal(38,4)"}


def people(days, orders=None, money=None):
    orders, money = orders or [1] * len(days), money or ["1"] * len(days)
    return table([
        {"customer_id": str(number), "recency_days": r, "frequency": f, "monetary": Decimal(m)} for number, (r, f, m) in enumerate(zip(days, orders, money, strict=True))
    ], **TYPES)  # fmt: skip


def fit(buyers, day=DAY):
    return fit_ruler(measure(buyers, Scoring()), Scoring(), fitted_on=day)


def scores(buyers, name):
    found = score(measure(buyers, Scoring()), fit(buyers)).execute()
    return found.sort_values("customer_id", key=lambda ids: ids.astype(int))[name].tolist()


def test_ten_different_values_make_five_pairs():
    """Positions 9 x .2, .4, .6, .8 = 1.8, 3.6, 5.4, 7.2: the values at 1, 3, 5, 7 are the cuts, and what lies above one scores higher."""
    buyers = people([1] * 10, money=["10", "20", "30", "40", "50", "60", "70", "80", "90", "100"])
    ruler = fit(buyers)
    assert ruler.m.values == (20, 40, 60, 80)
    assert ruler.m_split == 50  # position 4.5: the lower one
    assert scores(buyers, "m_score") == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_fewer_days_are_better():
    """Minus the days, sorted: -100 .. -10; the cuts at positions 1, 3, 5, 7 are 90, 70, 50, 30 days, kept ascending."""
    buyers = people([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
    ruler = fit(buyers)
    assert ruler.r.values == (30, 50, 70, 90)
    assert ruler.r_split == 60
    assert scores(buyers, "r_score") == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]


def test_equals_stay_together_though_a_fifth_ends_among_them():
    """1 x 6, then 2, 3, 4, 9: positions 1, 3, 5, 7 hold 1, 1, 1, 3."""
    buyers = people([1] * 10, orders=[1, 1, 1, 1, 1, 1, 2, 3, 4, 9])
    assert fit(buyers).f.values == (1, 1, 1, 3)
    assert scores(buyers, "f_score") == [1, 1, 1, 1, 1, 1, 4, 4, 5, 5]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([5], [1]),  # one buyer
        ([7] * 8, [1] * 8),  # all equal
        ([1, 2], [5, 1]),  # -2, -1: positions 0.2 .. 0.8 all hold -2
        ([1, 2, 3], [5, 3, 1]),  # -3 -2 -1: positions .4 .8 1.2 1.6 hold -3 -3 -2 -2; above both pairs is 5, above the first 3
    ],
)
def test_fewer_values_than_scores(days, expected):
    assert scores(people(days), "r_score") == expected


def test_money_differs_in_the_fourth_decimal_and_is_not_rounded():
    money = ["100.0001", "100.0002", "100.0003", "100.0004", "100.0005", "100.0005"]
    buyers = people([1] * 6, money=money)
    assert fit(buyers).m.values == tuple(map(Decimal, ("100.0002", "100.0003", "100.0004", "100.0005")))  # positions 1, 2, 3, 4
    assert scores(buyers, "m_score") == [1, 1, 2, 3, 4, 4]


def test_negative_money_is_scored_like_any_other():
    assert scores(people([1] * 5, money=["-3.5", "-1", "0", "2", "-3.5"]), "m_score") == [1, 3, 4, 5, 1]  # -3.5 -3.5 -1 0 2: positions .8 1.6 2.4 3.2


def test_who_never_ordered_has_no_scores():
    rows = table(
        [
            {"customer_id": "a", "recency_days": None, "frequency": 0, "monetary": Decimal(0)},
            {"customer_id": "b", "recency_days": 1, "frequency": 1, "monetary": Decimal(2)},
        ],
        **TYPES,
    )
    found = score(measure(rows, Scoring()), fit(people([1]))).execute().set_index("customer_id")
    assert found.loc["a", ["r_score", "f_score", "m_score", "rfm_score", "r_value", "f_value", "m_value"]].isna().all()
    assert found.loc["b", "rfm_score"] == "115"


def test_tiers_are_eighty_and_fifteen_percent_of_revenue():
    """1000 in all: 500 + 300 reach 80 %; 100 more come before 95 %, the next (60) still begins below it; 40 are the rest."""
    assert fit_tiers(people([1] * 5, money=["500", "300", "100", "60", "40"])) == (60, 300)


def test_who_begins_exactly_at_eighty_percent_is_mid():
    assert fit_tiers(people([1] * 4, money=["800", "150", "30", "20"])) == (150, 800)


def test_equal_spenders_share_a_tier():
    assert fit_tiers(people([1] * 10, money=["10"] * 10)) == (10, 10)


def test_where_nobody_spent_anything_everybody_is_low():
    mid, high = fit_tiers(people([1] * 3, money=["0"] * 3))
    assert mid > 0 and high > 0


def test_a_ruler_is_named_by_its_day_and_what_it_holds():
    buyers = people([10, 20, 30], [1, 2, 3], ["1", "2", "3"])
    one, same = fit(buyers), fit(people([30, 10, 20], [3, 1, 2], ["3", "1", "2"]))
    other = fit(people([10, 20, 31], [1, 2, 3], ["1", "2", "3"]))
    assert one.id == same.id and one.id.startswith("2024-01-31-")
    assert one.id != fit(buyers, dt.date(2024, 2, 1)).id
    assert one.id != other.id
    rows = list_thresholds(one).execute()
    assert rows.groupby("measure").cut.apply(list).to_dict() == {
        "r": [1, 2, 3, 4], "f": [1, 2, 3, 4], "m": [1, 2, 3, 4], "r_median": [1], "f_median": [1], "m_median": [1], "tier": [1, 2],
    }  # fmt: skip
    assert set(rows.ruler_id) == {one.id}
