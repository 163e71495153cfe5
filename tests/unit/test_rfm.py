"""Cut points and scores by hand: lower quantiles that occur, equals together, better never lower."""

import datetime as dt
import itertools
import json
import random
from decimal import Decimal
from fractions import Fraction

import ibis
import pytest
from pydantic import ValidationError

from analysis.errors import ConfigurationError
from analysis.models.breaks import natural_breaks
from analysis.models.rfm import check_ruler, fit_ruler, list_thresholds, score
from analysis.models.rfm import measure as measure_all
from analysis.models.ruler import Ruler
from analysis.rulers import save_ruler
from analysis.settings.scoring import Scoring
from shops import look, open_shop, table

DAY = dt.date(2024, 1, 31)
TYPES = {"customer_id": "string", "recency_days": "int64", "frequency": "int64", "monetary": "decimal(38,4)"}


def people(days, orders=None, money=None):
    orders, money = orders or [1] * len(days), money or ["1"] * len(days)
    return table([
        {"customer_id": str(number), "recency_days": r, "frequency": f, "monetary": Decimal(m)} for number, (r, f, m) in enumerate(zip(days, orders, money, strict=True))
    ], **TYPES)  # fmt: skip


def fit(buyers, day=DAY):
    return fit_ruler(measure_all(buyers, Scoring()), Scoring(), fitted_on=day)


def scores(buyers, name):
    found = score(measure_all(buyers, Scoring()), fit(buyers)).execute()
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
    assert ruler.r_split == 50  # the median is 55: recent is at or below it
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
    found = score(measure_all(rows, Scoring()), fit(people([1]))).execute().set_index("customer_id")
    assert found.loc["a", ["r_score", "f_score", "m_score", "rfm_score", "r_value", "f_value", "m_value"]].isna().all()
    assert found.loc["b", "rfm_score"] == "115"


def test_tiers_are_eighty_and_fifteen_percent_of_revenue():
    """1000 in all: 500 + 300 reach 80 %; 100 more come before 95 %, the next (60) still begins below it; 40 are the rest."""
    assert fit(people([1] * 5, money=["500", "300", "100", "60", "40"])).tiers == (60, 300)


def test_who_begins_exactly_at_eighty_percent_is_mid():
    assert fit(people([1] * 4, money=["800", "150", "30", "20"])).tiers == (150, 800)


def test_equal_spenders_share_a_tier():
    assert fit(people([1] * 10, money=["10"] * 10)).tiers == (10, 10)


def test_where_nobody_spent_anything_everybody_is_low():
    mid, high = fit(people([1] * 3, money=["0"] * 3)).tiers
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


def cut(method, values=range(1, 12), *, measure="money", **scale):
    """Cut 1, 2, ... 11 (or these values) and give the cut points."""
    values = list(values)
    scoring = Scoring(**{measure: {"method": method} | scale})
    rows = people(values) if measure == "recency" else people([1] * len(values), money=[str(value) for value in values])
    ruler = fit_ruler(measure_all(rows, scoring), scoring, fitted_on=DAY)
    return list(map(float, (ruler.r if measure == "recency" else ruler.m).values))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"method": "quantile", "bins": 4}, [3, 6, 8]),  # places 2.5, 5, 7.5 of 0..10 (values 3.5, 6, 8.5), each down to a value
        ({"method": "quantile", "bins": 4, "boundary": "inclusive"}, [4, 6, 9]),  # and up
        ({"method": "quantile", "bins": 4, "quantiles": "interpolated"}, [3.5, 6, 8.5]),
        ({"method": "quantile", "bins": 4, "quantiles": "interpolated", "offset": "0.25"}, [3.75, 6.25, 8.75]),
        ({"method": "quantile", "bins": 4, "measure": "recency"}, [4, 6, 9]),  # minus the days: -8.5, -6, -3.5, down to -9, -6, -4
        ({"method": "quantile", "bins": 4, "measure": "recency", "boundary": "inclusive"}, [3, 6, 8]),
        ({"method": "quantile", "bins": 7, "quantiles": "interpolated"}, [2.4285, 3.8571, 5.2857, 6.7142, 8.1428, 9.5714]),  # 1 + 10 k / 7, cut off: exclusive
        ({"method": "quantile", "bins": 7, "quantiles": "interpolated", "boundary": "inclusive"}, [2.4286, 3.8572, 5.2858, 6.7143, 8.1429, 9.5715]),
        ({"method": "median", "values": range(1, 11)}, [5]),
        ({"method": "median", "values": range(1, 11), "boundary": "inclusive"}, [6]),
        ({"method": "median", "values": range(1, 11), "quantiles": "interpolated"}, [5.5]),
        ({"method": "mean", "values": [1, 1, 2]}, [1.3333]),
        ({"method": "mean", "values": [1, 1, 2], "boundary": "inclusive"}, [1.3334]),
        ({"method": "mean", "values": [1, 1, 2], "measure": "recency"}, [1.3334]),
        ({"method": "fixed", "cuts": ["2.5", "9"]}, [2.5, 9]),
        ({"method": "fixed", "cuts": [30, 90], "measure": "recency"}, [30, 90]),
        ({"method": "top", "top": 20}, [9]),  # 2.2 of 11: two are above 9
        ({"method": "top", "top": 20, "boundary": "inclusive"}, [9]),  # three are at or above 9
        ({"method": "top", "top": 20, "values": [1, 2, 3, 9, 9]}, [9]),  # one of five, and two share the place: exclusive, nobody is above 9
        ({"method": "top", "top": 5, "values": [1, 2, 3]}, [3]),  # 0.15 of three: nobody
        ({"method": "top", "top": 5, "values": [1, 2, 3], "boundary": "inclusive"}, [3]),  # somebody
        ({"method": "jenks", "bins": 3, "values": [1, 2, 2, 20, 21, 300]}, [2, 21]),
        ({"method": "jenks", "bins": 3, "values": [1, 2, 2, 20, 21, 300], "boundary": "inclusive"}, [20, 300]),
        ({"method": "jenks", "bins": 3, "values": [1, 2, 2, 20, 21, 300], "measure": "recency"}, [20, 300]),  # fewer than 20 days; fewer than 300
        ({"method": "jenks", "bins": 5, "values": [1, 1, 7]}, [1, 1, 1, 1]),
        ({"method": "jenks", "bins": 3, "values": [4, 4]}, [4, 4]),
    ],
    ids=str,
)  # fmt: skip
def test_cut_points_by_hand(asked, expected):
    assert cut(asked.pop("method"), asked.pop("values", range(1, 12)), measure=asked.pop("measure", "money"), **asked) == expected


@pytest.mark.parametrize(("boundary", "expected"), [("exclusive", [3, 2, 2, 1, 1]), ("inclusive", [3, 3, 2, 2, 1])])
def test_who_is_on_a_cut(boundary, expected):
    """Days 29, 30, 31, 90, 91 with cuts at 30 and 90: exclusive, 30 days are not fewer than 30."""
    scoring = Scoring(recency={"method": "fixed", "cuts": (30, 90), "boundary": boundary})
    measured = measure_all(people([29, 30, 31, 90, 91]), scoring)
    found = score(measured, fit_ruler(measured, scoring, fitted_on=DAY)).execute().sort_values("recency_days")
    assert found.r_score.tolist() == expected


def best_partition(values, classes):
    """Try every partition of the ascending values."""
    different = sorted(set(values))

    def spread(group):
        inside = [Fraction(value) for value in values if value in group]
        mean = sum(inside) / len(inside)
        return sum((value - mean) ** 2 for value in inside)

    sums = {}
    for borders in itertools.combinations(range(1, len(different)), min(classes, len(different)) - 1):
        groups = [different[start:end] for start, end in itertools.pairwise([0, *borders, len(different)])]
        sums[borders] = sum(spread(group) for group in groups)
    return sums


@pytest.mark.parametrize("seed", range(12))
def test_natural_breaks_are_the_best_of_all_partitions(seed):
    rng = random.Random(seed)  # noqa: S311
    values = [rng.choice((1, 1, 1, 3, 10)) * rng.randint(1, 12) for _ in range(25)]
    different = sorted(set(values))
    for classes in (2, 3, 4):
        sums = best_partition(values, classes)
        found = natural_breaks(different, [values.count(value) for value in different], classes)
        assert sums[tuple(found)] == min(sums.values())


@pytest.mark.parametrize("unit", [0.1, 3.3, 7.77, 100.01])
def test_of_equally_good_partitions_the_same_is_taken_in_every_unit(unit):
    """1 2 3 4 5 in three classes: one alone, two and two, in any order; the one whose upper classes begin lowest is 1 | 2 3 | 4 5."""
    assert natural_breaks([unit * number for number in range(1, 6)], [1] * 5, 3) == [1, 3]


def test_natural_breaks_of_very_many_values_are_near_the_best():
    """Three heaps of 1,500 values each around 10, 1,000 and 10,000: the borders lie in the empty stretches between them."""
    values = [
        *(Decimal(10) + Decimal(n) / 100 for n in range(1500)),
        *(Decimal(1000) + Decimal(n) / 10 for n in range(1500)),
        *(10_000 + n for n in range(1500)),
    ]
    assert cut("jenks", values, bins=3) == [24.99, 1149.9]
    assert cut("jenks", values, bins=3, boundary="inclusive") == [1000, 10_000]


def test_what_is_measured():
    """Two orders on one day; bought for 25, 5 came back, the rest had cost 12.5. 20 / 3 = 6.6667 and 7.5 / 3 = 2.5."""
    rows = table(
        [{"customer_id": "a", "recency_days": 3, "frequency": 3, "order_days": 2, "monetary": Decimal(20), "gross": Decimal(25), "cost": Decimal("12.5")}],
        **TYPES, order_days="int64", gross="decimal(38,4)", cost="decimal(38,4)",
    )  # fmt: skip
    for kind, expected in {"net": "20", "gross": "25", "mean": "6.6667", "margin": "7.5", "mean_margin": "2.5"}.items():
        found = measure_all(rows, Scoring(money={"measure": kind}, frequency={"measure": "days"})).execute().iloc[0]
        assert (found.r_value, found.f_value, found.m_value) == (3, 2, Decimal(expected)), kind
        assert not {"order_days", "gross", "cost"} & set(found.index)


def test_equal_means_are_equal_whatever_they_are_made_of():
    """0.0003 / 2 = 0.0009 / 6 = 0.00015, rounded up to 0.0002; and less than nothing is rounded up as well."""
    rows = people([1] * 4, orders=[2, 6, 2, 3], money=["0.0003", "0.0009", "-0.0003", "-1"])
    found = measure_all(rows, Scoring(money={"measure": "mean"})).execute().sort_values("customer_id")
    assert found.m_value.tolist() == list(map(Decimal, ("0.0002", "0.0002", "-0.0001", "-0.3333")))


def test_the_eight_classes_may_be_parted_at_the_mean():
    """Days 1, 2, 6; orders 1, 1, 2; money 1, 1, 2: the means are 3, 1.3333, 1.3333, and the rows are named for it."""
    scoring = Scoring(class8="mean")
    ruler = fit_ruler(measure_all(people([1, 2, 6], [1, 1, 2], ["1", "1", "2"]), scoring), scoring, fitted_on=DAY)
    assert (ruler.r_split, ruler.f_split, ruler.m_split) == (3, Decimal("1.3333"), Decimal("1.3333"))
    assert {"r_mean", "f_mean", "m_mean"} == {name for name, _number, _value in ruler.rows()} - {"r", "f", "m", "tier"}


def test_a_ruler_is_written_and_read_exactly():
    scoring = Scoring(bins=7, class8="mean", money={"method": "quantile", "quantiles": "interpolated", "boundary": "inclusive", "measure": "mean"})
    buyers = people([3, 9, 27, 81], [1, 2, 3, 7], ["0.0001", "99999999999.9999", "-5", "1"])
    ruler = fit_ruler(measure_all(buyers, scoring), scoring, fitted_on=DAY)
    text = json.dumps(ruler.to_dict())
    assert Ruler.from_dict(json.loads(text)) == ruler
    assert Ruler.from_dict(json.loads(text)).id == ruler.id


@pytest.mark.parametrize(
    "broken",
    [{"r": None}, {"tiers": ["1"]}, {"fitted_on": "soon"}, {"f": {"measure": "orders", "method": "fixed", "boundary": "exclusive", "values": ["2", "1"]}}],
)
def test_what_is_no_ruler_is_refused(broken):
    with pytest.raises(ConfigurationError, match="not a saved ruler"):
        Ruler.from_dict(fit(people([1, 2])).to_dict() | broken)


def test_a_saved_ruler_that_measures_something_else_is_refused_with_each_difference():
    ruler = fit(people([1, 2, 3]))
    check_ruler(ruler, Scoring(ruler="frozen:spring"))
    with pytest.raises(ConfigurationError) as refused:
        check_ruler(ruler, Scoring(ruler="frozen:spring", bins=4, frequency={"measure": "days", "bins": 5}, money={"measure": "gross"}))
    text = str(refused.value)
    assert "'spring' of 2024-01-31" in text and "scoring.recency has 4 scores, and the ruler 5" in text
    assert "scoring.frequency.measure is 'days', and the ruler was fitted on 'orders'" in text and "scoring.frequency has" not in text
    assert "scoring.money.measure is 'gross'" in text and "scoring.money has 4 scores" in text


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        ({"method": "fixed"}, "cuts go with"), ({"cuts": (1,)}, "cuts go with"), ({"method": "fixed", "cuts": (2, 1)}, "ascending"),
        ({"method": "fixed", "cuts": range(9)}, "at most 8 cuts"), ({"method": "mean", "bins": 3}, "bins go with"), ({"method": "fixed", "cuts": (1,), "offset": 1}, "offset goes"),
        ({"method": "jenks", "quantiles": "interpolated"}, "quantiles goes"), ({"method": "quantile", "top": 5}, "top goes"), ({"offset": "0.00001"}, "4 decimal"),
    ],
)  # fmt: skip
def test_what_cannot_be_cut_is_refused(scale, said):
    with pytest.raises(ValidationError, match=said):
        Scoring(money=scale)


@pytest.mark.parametrize("dialect", ["pyspark", "postgres", "bigquery", "snowflake"])
def test_measures_and_scores_are_sql_of_other_engines_too(dialect):
    rows = ibis.table(TYPES | {"order_days": "int64", "gross": "decimal(38,4)", "cost": "decimal(38,4)"}, name="customers")
    scoring = Scoring(frequency={"measure": "days"}, money={"measure": "mean_margin"})
    sql = ibis.to_sql(score(measure_all(rows, scoring), fit(people([1, 2, 3]))), dialect=dialect)
    assert "rfm_score" in sql


def test_a_run_is_measured_with_the_saved_ruler(tmp_path):
    """Two shops of the same people; the second is measured with the first one's cut points though its own would lie elsewhere."""
    lines = [(who, f"2024-01-{day:02d}", who, "p", 1, day) for day, who in enumerate("abcdefgh", 1)]
    first = open_shop(tmp_path / "one", lines)
    later = [(who, day, order, "p", 1, 10 * price) for who, day, order, _product, _units, price in lines]
    (tmp_path / "two").mkdir()
    save_ruler(tmp_path / "two" / "state", "first", first.get("ruler").to_dict(), as_of=first.as_of, run="one")
    second = open_shop(tmp_path / "two", later, scoring={"ruler": "frozen:first"})
    assert second.get("ruler") == first.get("ruler")
    assert second.get("thresholds").execute().ruler_id.unique().tolist() == [first.get("ruler").id]
    assert set(look(second, "labelled_buyers").m_score) == {5}  # 10 and more; the first shop's highest cut is 6
    assert first.get("ruler").m.values[-1] == 6  # the value at place 7 x .8 = 5.6, down to the sixth
    other = second.vary("other", config=second.config.replace(scoring={"ruler": "frozen:first", "money": {"measure": "mean"}}))
    with pytest.raises(ConfigurationError, match="scoring.money.measure is 'mean'"):
        other.get("ruler")
