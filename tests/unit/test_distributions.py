"""How values are spread, counted by hand."""

import datetime as dt
import math
from decimal import Decimal

import pytest

from analysis.models.distributions import count_bins, count_grid, count_on_cuts, draw_pareto
from analysis.models.rfm import fit_ruler
from analysis.settings.scoring import Scoring
from shops import table

TYPES = {
    "r_value": "int64",
    "f_value": "int64",
    "m_value": "decimal(38,4)",
    "monetary": "decimal(38,4)",
    "r_score": "int8",
    "f_score": "int8",
    "segment": "string",
}


def people(*rows):
    return table([dict(zip(TYPES, (r, f, Decimal(m), Decimal(m), 1 + r % 2, 1, "x"), strict=True)) for r, f, m in rows], **TYPES)


def test_pareto_takes_equal_spenders_together():
    found = draw_pareto(people((1, 1, "50"), (1, 1, "20"), (1, 1, "20"), (1, 1, "10")))
    assert found.values.tolist() == [[0.25, 0.5, 50.0], [0.75, 0.9, 20.0], [1.0, 1.0, 10.0]]


def test_pareto_of_nothing_spent_is_flat():
    assert draw_pareto(people((1, 1, "0"), (2, 1, "0"))).values.tolist() == [[1.0, 0.0, 0.0]]


def test_pareto_stays_small_and_ends_with_everybody():
    found = draw_pareto(people(*((1, 1, str(number)) for number in range(1, 2001))))
    assert len(found) <= 201
    assert found.iloc[-1].tolist() == [1.0, 1.0, 1.0]
    fifth = found[found.customers_share <= 0.2].iloc[-1]  # the dearest 400: 1601..2000 of 1..2000
    assert fifth.revenue_share == pytest.approx(sum(range(1601, 2001)) / sum(range(1, 2001)))


def test_bins_hold_everybody_once():
    found = count_bins(people((0, 1, "0"), (59, 10, "1"), (60, 11, "9.99"), (61, 500, "10"), (3, 1, "-4")))
    by_measure = {name: frame[["left", "right", "customers"]].values.tolist() for name, frame in found.groupby("measure")}
    assert by_measure["r"] == [[0, 3, 1], [3, 6, 1], [57, 60, 1], [60, 63, 2]]  # 62 days in 30 bins: 3 days each
    assert by_measure["f"] == [[1, 2, 2], [10, 11, 1], [11, math.inf, 2]]
    assert [row[2] for row in by_measure["m"]] == [2, 1, 1, 1]  # nothing and less, 1, 9.99, 10
    assert by_measure["m"][1][0] == 1 and by_measure["m"][3][0] == 10


def test_who_lies_on_a_cut_is_counted_in_all_decimals():
    buyers = people((1, 1, "100.0001"), (1, 2, "100.0002"), (5, 2, "100.0002"))
    ruler = fit_ruler(buyers, Scoring(), fitted_on=dt.date(2024, 1, 31))
    found = count_on_cuts(buyers, ruler).set_index("measure")
    assert found.cut.to_dict() == found["median"].to_dict() == {"recency_days": 1, "frequency": 2, "monetary": 100.0002}
    assert found.on_cut.to_dict() == {"recency_days": 2, "frequency": 2, "monetary": 2}
    assert found.measured.to_dict() == {"recency_days": "days", "frequency": "orders", "monetary": "net"} and set(found.split) == {"median"}
    assert found["mean"].to_dict() == pytest.approx({"recency_days": 7 / 3, "frequency": 5 / 3, "monetary": 100.00016666666667})


def test_where_the_mean_parts_the_median_is_told_beside_it():
    """Days 1, 2, 6 and orders 1, 1, 4: the means are 3 and 2, the medians 2 and 1."""
    buyers = people((1, 1, "5"), (2, 1, "5"), (6, 4, "8"))
    found = count_on_cuts(buyers, fit_ruler(buyers, Scoring(class8="mean"), fitted_on=dt.date(2024, 1, 31))).set_index("measure")
    assert found[["cut", "on_cut", "median", "mean"]].values.tolist() == [[3, 0, 2, 3], [2, 0, 1, 2], [6, 0, 5, 6]]
    assert set(found.split) == {"mean"}


def test_grid_counts_cells():
    found = count_grid(people((1, 1, "2"), (2, 1, "3.5"), (4, 9, "1")))
    assert found[found.customers > 0].values.tolist() == [[1, 1, "x", 2, 4.5], [2, 1, "x", 1, 2.0]]
    assert len(found) == 25


def test_a_grid_of_fewer_scores_has_all_its_cells_too():
    found = count_grid(people((2, 1, "2")), scores=(2, 3))
    assert found.values.tolist() == [
        [1, 1, "x", 1, 2.0], [1, 2, None, 0, 0.0], [1, 3, None, 0, 0.0], [2, 1, None, 0, 0.0], [2, 2, None, 0, 0.0], [2, 3, None, 0, 0.0]
    ]  # fmt: skip
