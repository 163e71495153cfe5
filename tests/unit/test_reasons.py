"""Why a label: rules of a map laid over cuts by hand, the nearest moves of single customers, and what a segment loses in a month."""

from decimal import Decimal

import pytest

from analysis.display.table import Table
from analysis.errors import WorkbookError
from analysis.models import moves, reasons, rfm, segments
from analysis.models.maps import prove_map
from analysis.pseudonyms import key_file, pseudonym, read_key
from analysis.recipes import proofs
from analysis.run import Run
from analysis.settings.scoring import Frequency, Money, Scoring
from analysis.texts import Texts
from measured import FIXED, buyers, by_map, fit
from shops import look, make_lines, open_shop

D = Decimal
# map A over fixed cuts: R5 0-9 days, R4 10-19, R3 20-29, R2 30-39, R1 from 40; F1 one order, F2 two, F3 three, F4 four and five, F5 from six
BY_HAND = {
    "hibernating": (30, None, 1, 2), "at_risk": (30, None, 3, 5), "cant_lose": (30, None, 6, None), "about_to_sleep": (20, 29, 1, 2), "need_attention": (20, 29, 3, 3),
    "loyal": (10, 29, 4, None), "promising": (10, 19, 1, 1), "new": (0, 9, 1, 1), "potential_loyalist": (0, 19, 2, 3), "champions": (0, 9, 4, None),
}  # fmt: skip


def test_the_rules_of_a_map_in_days_and_orders():
    ruler = fit(buyers((5, 1, "1")))
    found = reasons.list_rules(ruler, by_map(ruler)).set_index("segment")
    assert found.exact.all()
    assert {key: tuple(None if edge is None else int(edge) for edge in row[["r_low", "r_high", "f_low", "f_high"]]) for key, row in found.iterrows()} == BY_HAND
    assert found[["m_low", "m_high"]].isna().all(axis=None)  # this map does not look at money


def test_a_rule_of_two_parts_and_one_of_too_many():
    """Up to 10 and above 50 of money are `ends`, the rest is the middle; a list of 125 codes is not made of ranges."""
    ruler = fit(buyers((5, 1, "1")))
    assert not reasons.list_rules(ruler, by_map(ruler, "codes125")).exact.all()

    def by_money(measured):
        return measured.mutate(segment=(measured.m_value <= 10).ifelse("ends", (measured.m_value > 50).ifelse("ends", "middle")))

    found = reasons.list_rules(ruler, by_money).set_index(["segment", "part"])
    assert found.loc[("ends", 1), ["r_low", "f_low", "m_low", "m_high"]].tolist() == [None, None, None, D("10")]
    assert found.loc[("ends", 2), ["m_low", "m_high"]].tolist() == [D("50.0001"), None]
    assert found.loc[("middle", 1), ["m_low", "m_high"]].tolist() == [D("10.0001"), D("50")]
    assert len(found) == 3 and found.exact.all()


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        # 5 days, 1 order: new; a second order: potential loyalist; 5 more days: R4 F1, promising
        ((5, 1, "10"), ("new", 1, "potential_loyalist", 5, "promising")),
        # 12 days, 4 orders: loyal; an order today is R5 F4: champions; 18 more days: R2 F4, at risk
        ((12, 4, "10"), ("loyal", 1, "champions", 18, "at_risk")),
        # 2 days, 2 orders: potential loyalist; R5 F3 is so too, the second order (F4) makes a champion; 18 more days: R3 F2, about to sleep
        ((2, 2, "10"), ("potential_loyalist", 2, "champions", 18, "about_to_sleep")),
        ((0, 9, "10"), ("champions", None, None, 10, "loyal")),
        ((99, 9, "10"), ("cant_lose", 1, "champions", None, None)),
    ],
)
def test_the_nearest_moves_of_a_customer(person, expected):
    people = buyers(person)
    why = reasons.explain(people, fit(people), FIXED, by_map(fit(people)))
    assert (why.segment, why.orders, why.order_to, why.days, why.silent_to) == expected
    assert why.monetary == 10


def test_the_measures_of_a_customer_with_their_borders():
    """25 days: R3 (20-29), 6 days too many for R4, 5 before R2. Four orders: F4 (4-5), two short of F5, one more than F3. 10.00: M1, 0.0001 short of M2."""
    people = buyers((25, 4, "10"))
    why = reasons.explain(people, fit(people), FIXED, by_map(fit(people)))
    assert [(m.measure, m.value, m.score, m.low, m.high, m.to_better, m.to_worse) for m in why.measures] == [
        ("r", D(25), 3, D(20), D(29), D(6), D(5)), ("f", D(4), 4, D(4), D(5), D(2), D(1)), ("m", D(10), 1, None, D(10), D("0.0001"), None),
    ]  # fmt: skip


def test_a_map_of_two_by_three_by_two_is_explained_too():
    """Any axes, any number of scores: rich or not, and of the rest often or seldom."""
    rules = {
        "name": "mine", "scores": {"r": 2, "f": 3, "m": 2},
        "segment": [
            {"key": "rich", "cells": [{"m": [2, 2]}]},
            {"key": "often", "cells": [{"f": [2, 3], "m": [1, 1]}]},
            {"key": "seldom", "cells": [{"f": [1, 1], "m": [1, 1]}]},
        ],
    }  # fmt: skip
    scoring = Scoring(
        recency=FIXED.recency.model_copy(update={"cuts": (D(30),)}), frequency=Frequency(method="fixed", cuts=(2, 4)), money=Money(method="fixed", cuts=(100,))
    )
    people = buyers((40, 2, "60"))
    ruler = fit(people, scoring)
    mine = prove_map(rules)

    def classify(measured):
        return segments.classify(rfm.score(measured, ruler), ruler, mine)

    why = reasons.explain(people, ruler, scoring, classify)
    assert (why.segment, why.orders, why.order_to, why.days) == ("seldom", 1, "often", None)  # 90 in three orders; the fourth would make 120: rich
    found = reasons.list_rules(ruler, classify).set_index("segment")
    assert found.loc["rich", ["f_low", "m_low"]].tolist() == [None, D("100.0001")]
    assert found.loc["often", ["f_low", "f_high", "m_high"]].tolist() == [3, None, D(100)]


def test_who_falls_and_who_is_lifted():
    people = buyers((5, 1, "10"), (1, 1, "20"), (25, 2, "5"), (45, 2, "7"), (45, 2, "1"))
    moved = moves.list_moves(people, FIXED, by_map(fit(people)))
    found = reasons.count_reasons(moved, ("champions", "new", "about_to_sleep", "hibernating")).set_index("segment")
    # new: 5 and 1 days; after 7 more 12 (promising) and 8 (new); after 30 more 35 (hibernating) and 31 (hibernating)
    assert found.loc["new"].tolist() == [2, 30.0, 2, "potential_loyalist", 2, 1, 10.0, 2, 30.0, "hibernating", 2]
    # about to sleep: 32 and 55 days, hibernating; an order makes three: R5 F3
    assert found.loc["about_to_sleep"].tolist() == [1, 5.0, 1, "potential_loyalist", 1, 1, 5.0, 1, 5.0, "hibernating", 1]
    assert found.loc["hibernating", ["customers", "lifted", "falls_7", "falls_30", "money_30", "falls_to_customers"]].tolist() == [2, 2, 0, 0, 0.0, 0]
    assert found.index.tolist() == ["new", "about_to_sleep", "hibernating"]


def test_a_run_explains_a_number_and_a_pseudonym_alike(tmp_path):
    shop = open_shop(tmp_path, make_lines(4))
    run = Run(shop, Texts("en", "GBP"), None)
    who = "c001"
    hidden = pseudonym(who, read_key(key_file()))
    card = run.explain(who)
    assert isinstance(card, Table)
    assert card.caption.startswith(f"Why {hidden} is in “")
    assert who not in repr(card)
    assert repr(run.explain(hidden)) == repr(card)
    row = look(shop, "labelled_buyers").set_index("customer_id").loc[who]
    _, why = proofs.explain(shop, who)
    assert why.segment == row.segment
    assert [m.score for m in why.measures] == [row.r_score, row.f_score, row.m_score]


def test_a_customer_who_is_not_there_is_said_in_words(tmp_path):
    lines = [*make_lines(4), ["gone", "2023-02-01 10:00", "900", "A", 1, "2.50"], ["gone", "2023-02-02 10:00", "901", "A", -1, "2.50"]]
    run = Run(open_shop(tmp_path, lines), Texts("en"), None)
    with pytest.raises(WorkbookError, match="There is no customer 'nobody' on 2023-"):
        run.explain("nobody")
    with pytest.raises(WorkbookError, match="'gone' has no order that is left"):
        run.explain("gone")


def test_rules_and_reasons_of_a_shop_fit_its_labels(tmp_path):
    """Every buyer is inside a part of the rule of the segment they have, and inside no other's."""
    shop = open_shop(tmp_path, make_lines(7))
    rules = look(shop, "segment_rules")
    assert rules.exact.all()
    for row in look(shop, "labelled_buyers").itertuples():
        inside = {
            rule.segment
            for rule in rules.itertuples()
            if all(
                (low is None or value >= D(str(low))) and (high is None or value <= D(str(high)))
                for value, low, high in ((row.r_value, rule.r_low, rule.r_high), (row.f_value, rule.f_low, rule.f_high), (row.m_value, rule.m_low, rule.m_high))
            )
        }
        assert inside == {row.segment}
    assert look(shop, "segment_reasons").customers.sum() == len(look(shop, "labelled_buyers"))


def test_too_few_buyers_have_no_rules(tmp_path):
    shop = open_shop(tmp_path, make_lines(4, customers=4), sufficiency={"buyers": 500, "least": 30})
    assert look(shop, "segment_rules").empty
    assert look(shop, "segment_reasons")[["segment", "lifted", "falls_30"]].values.tolist() == [["unclassified", 0, 0]]
    assert Run(shop, Texts("en"), None).explain("c001").caption.endswith("is in “Not classified”")
