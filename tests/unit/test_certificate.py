"""The certificate on buyers counted by hand: bands, ties, borders, other methods, and shuffling that finds a defect where there is one."""

from decimal import Decimal

import pandas as pd
import pytest

from analysis.engine import open_engine
from analysis.errors import WorkbookError
from analysis.models import bands, certificate, moves, rfm
from analysis.models.maps import load_map
from analysis.settings.scoring import Frequency, Money, Recency, Scoring
from measured import FIXED, buyers, by_map, fit
from shops import look, make_lines, open_shop, table


@pytest.mark.parametrize(
    ("boundary", "expected"),
    [
        # more than 1, 2, 3, 5 orders; fewer than 10 ... days; more than 10.0000 ... of money
        ("exclusive", {"r": [(5, 0, 9), (4, 10, 19), (3, 20, 29), (2, 30, 39), (1, 40, None)], "f": [(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 5), (5, 6, None)],
                       "m": [(1, None, "10"), (2, "10.0001", "20"), (3, "20.0001", "30"), (4, "30.0001", "50"), (5, "50.0001", None)]}),
        # a value on the cut has the better score: 10 days at most, 1 order already (so nobody scores 1), 10 of money already
        ("inclusive", {"r": [(5, 0, 10), (4, 11, 20), (3, 21, 30), (2, 31, 40), (1, 41, None)], "f": [(2, 1, 1), (3, 2, 2), (4, 3, 4), (5, 5, None)],
                       "m": [(1, None, "9.9999"), (2, "10", "19.9999"), (3, "20", "29.9999"), (4, "30", "49.9999"), (5, "50", None)]}),
    ],
)  # fmt: skip
def test_bands_are_the_values_between_the_cuts(boundary, expected):
    scales = {name: getattr(FIXED, name).model_copy(update={"boundary": boundary}) for name in ("recency", "frequency", "money")}
    found = bands.list_bands(fit(buyers((5, 1, "1")), FIXED.model_copy(update=scales)))
    listed = {
        measure: sorted((row.score, row.low, row.high) for row in rows.itertuples())
        for measure, rows in found.groupby("measure")
    }  # fmt: skip
    assert listed == {
        measure: sorted((score, *(None if edge is None else Decimal(edge) for edge in edges)) for score, *edges in rows) for measure, rows in expected.items()
    }


def test_ties_are_counted_and_measured_to_the_next_cut():
    """Cuts: 10, 20, 30, 40 days; more than 1, 2, 3, 5 orders; more than 10, 20, 30, 50."""
    people = buyers((12, 1, "25"), (12, 1, "25"), (12, 1, "7.5"), (3, 4, "7.5"), (50, 4, "60"))
    found = bands.count_ties(people, fit(people)).set_index(["measure", "value"])
    d = Decimal
    assert found.to_dict("index") == {
        ("r", d(12)): {"customers": 3, "share": 0.6, "score": 4, "to_better": d(3), "to_worse": d(8)},  # 9 days would be better, 20 worse
        ("f", d(1)): {"customers": 3, "share": 0.6, "score": 1, "to_better": d(1), "to_worse": None},
        ("f", d(4)): {"customers": 2, "share": 0.4, "score": 4, "to_better": d(2), "to_worse": d(1)},
        ("m", d("7.5")): {"customers": 2, "share": 0.4, "score": 1, "to_better": d("2.5001"), "to_worse": None},
        ("m", d("25")): {"customers": 2, "share": 0.4, "score": 3, "to_better": d("5.0001"), "to_worse": d("5")},
    }


def test_who_is_near_a_border():
    """Scores of days 5 4 3 2 1 below 10 20 30 40; map: R1-2 F1-2 hibernating, R1-2 F3-4 at risk, R3 F1-2 about to sleep, R5 F1 new, R4-5 F2-3 potential loyalist."""
    people = buyers(
        (5, 1, "10"),  # new: one more order: F2, potential loyalist; 12 days: R4 F1, promising; 35 days: hibernating
        (25, 1, "10"),  # about to sleep: one more: F2, still so; 32 days: hibernating; today F2 R5: potential loyalist
        (45, 2, "10"),  # hibernating: one more: F3, at risk; more silence changes nothing; today: F3 R5, potential loyalist
        (100, 7, "10"),  # can't lose: stays, whatever the silence; today R5 F5: champions
    )
    moved = moves.list_moves(people, FIXED, by_map(fit(people)))
    shown = moved.order_by("customer_id").execute().set_index("customer_id")
    assert shown[["segment", "one_more", "order_today", "silent_7", "silent_30"]].values.tolist() == [
        ["new", "potential_loyalist", "potential_loyalist", "promising", "hibernating"],
        ["about_to_sleep", "about_to_sleep", "potential_loyalist", "hibernating", "hibernating"],
        ["hibernating", "at_risk", "potential_loyalist", "hibernating", "hibernating"],
        ["cant_lose", "cant_lose", "champions", "cant_lose", "cant_lose"],
    ]
    near = certificate.count_near(moved).set_index("check")
    assert near.customers.to_dict() == {"one_order": 2, "order_today": 4, "seven_days": 2, "one_order_or_seven_days": 3}
    assert set(near.n) == {4}


@pytest.mark.parametrize(
    ("scoring", "orders", "expected"),
    [
        (Scoring(), 1, (0, 3, "45")),  # 30 in 2 orders: a third of 15
        (Scoring(), 2, (0, 4, "60")),
        (Scoring(money=Money(measure="mean")), 1, (0, 3, "30")),  # a mean stays
        (Scoring(frequency=Frequency(measure="days")), 1, (0, 2, "45")),  # ordered today already: no further day
        (Scoring(frequency=Frequency(measure="days")), 2, (0, 3, "45")),
    ],
)
def test_an_order_of_the_usual_size(scoring, orders, expected):
    person = buyers((0, 2, "30"))
    found = person.mutate(**moves.after_order(person, scoring, orders=orders)).execute().iloc[0]
    assert (found.r_value, found.f_value) == expected[:2]
    if orders == 1:
        assert found.m_value == Decimal(expected[2])
    assert found.frequency == 2 + orders


def test_other_methods_have_as_many_scores_and_are_other_methods():
    others = certificate.list_alternatives(Scoring())
    assert list(others) == ["jenks", "interpolated"]
    assert {scoring.bins_of(scoring.money) for scoring in others.values()} == {5}
    assert others["interpolated"].money.boundary == "inclusive"
    halves = Scoring(recency=Recency(method="jenks", bins=3), frequency=Frequency(method="jenks", bins=3, measure="days"), money=Money(method="jenks", bins=3))
    others = certificate.list_alternatives(halves)
    assert list(others) == ["interpolated", "occurring"]
    assert {(scoring.bins_of(scoring.frequency), scoring.frequency.measure) for scoring in others.values()} == {(3, "days")}


def test_labels_under_another_ruler_are_counted():
    """Under cuts at 1 2 3 5 orders two of three have F1; with cuts at 0 0 0 5 those two have F4."""
    people = buyers((5, 1, "1"), (5, 1, "1"), (5, 7, "1"))
    other = FIXED.model_copy(update={"frequency": Frequency(method="fixed", cuts=(Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), 5))})
    labelled = moves.relabel(people, {"segment": {}}, by_map(fit(people)))
    found = certificate.compare_methods(labelled, {"mine": fit(people, other)}, load_map("rf10"))
    assert found.values.tolist() == [["method_mine", 2, 3]]


def test_shuffling_finds_nothing_here_and_chance_elsewhere():
    """Ten buyers with one order and ten with two: ranks in the order of the rows part equals, cut points do not."""
    people = buyers(*[(number % 7, 1 + number // 10, "1") for number in range(20)])
    found = certificate.prove_by_shuffling(open_engine(), people, Scoring(), load_map("rf10"), ruler=fit(people, Scoring()), seed=1).set_index("check")
    assert found.loc["shuffle"].tolist() == [0, 20]
    assert 0 < found.loc["rank_first", "customers"] <= 20


def test_a_label_that_follows_the_order_of_rows_stops_the_run(monkeypatch):
    people = buyers(*[(number % 7, 1 + number // 10, "1") for number in range(20)])
    honest = rfm.fit_ruler

    def sloppy(rows, scoring, *, fitted_on):
        first = rows.limit(1).execute().iloc[0]  # looks at whoever comes first
        return honest(rows.filter(rows.r_value <= 6 if "was" not in rows.columns else rows.r_value < max(1, first.r_value)), scoring, fitted_on=fitted_on)

    monkeypatch.setattr(certificate.rfm, "fit_ruler", sloppy)
    with pytest.raises(WorkbookError, match="of 20 customers have another label when the rows are shuffled"):
        certificate.prove_by_shuffling(open_engine(), people, Scoring(), load_map("rf10"), ruler=fit(people, FIXED), seed=1)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_draw_takes_whole_customers_and_about_the_share(seed):
    rows = table([{"customer_id": f"c{number // 2}"} for number in range(8_000)], customer_id="string")
    counts = moves.draw_customers(rows, 0.25, seed=seed).execute().customer_id.value_counts()
    assert set(counts) == {2}
    assert 900 < len(counts) < 1_100  # 1,000 expected; standard deviation 27
    other = moves.draw_customers(rows, 0.25, seed=seed + 1).execute().customer_id
    assert 180 < len(set(other) & set(counts.index)) < 320  # independent: 250


def test_verdicts_follow_the_shares():
    checks = ["one_order", "seven_days", "order_today", "method_jenks", "method_interpolated", "shuffle", "rank_first"]
    frame = certificate.write_certificate(pd.DataFrame({"check": checks, "customers": [9, 10, 99, 24, 25, 0, 40], "n": 100}))
    assert frame.verdict.tolist() == ["firm", "fair", "meant", "partly", "differ", "proved", "contrast"]
    assert frame.value.tolist() == [0.09, 0.1, 0.99, 0.24, 0.25, 0, 0.4]


def test_a_shop_has_its_certificate(tmp_path):
    shop = open_shop(tmp_path, make_lines(4))
    found = look(shop, "certificate").set_index("check")
    people = len(look(shop, "labelled_buyers"))
    assert set(found.n) == {people}
    assert found.loc["shuffle", "customers"] == 0
    now = look(shop, "moves").set_index("customer_id").segment.to_dict()
    assert now == {row.customer_id: row.segment for row in look(shop, "labelled_buyers").itertuples()}
    blocks = look(shop, "tie_blocks")
    assert blocks[blocks.measure == "f"].customers.max() == look(shop, "buyers").frequency.value_counts().max()


def test_too_few_buyers_have_no_certificate(tmp_path):
    shop = open_shop(tmp_path, make_lines(4, customers=4), sufficiency={"buyers": 500, "least": 30})
    assert look(shop, "certificate").empty
