"""The ten segments and the eight classes as they are published, typed here cell by cell; and maps that are broken are refused with the cells."""

import datetime as dt
from decimal import Decimal

import pytest

from analysis.columns import CLASS8
from analysis.errors import ConfigurationError
from analysis.models.maps import load_map, prove_map
from analysis.models.rfm import measure
from analysis.models.ruler import Cuts, Ruler
from analysis.models.segments import classify
from analysis.settings.scoring import Scoring
from shops import look, make_lines, open_shop, table

# rows: R 5 down to 1; columns: F 1 to 5
MAP_A = """
new          potential_loyalist potential_loyalist champions champions
promising    potential_loyalist potential_loyalist loyal     loyal
about_to_sleep about_to_sleep   need_attention     loyal     loyal
hibernating  hibernating        at_risk            at_risk   cant_lose
hibernating  hibernating        at_risk            at_risk   cant_lose
"""
# recent, frequent, big -> class: 重要价值 重要发展 重要保持 重要挽留 一般价值 一般发展 一般保持 一般挽留
EIGHT = {
    (True, True, True): "important_value",
    (True, False, True): "important_develop",
    (False, True, True): "important_keep",
    (False, False, True): "important_winback",
    (True, True, False): "general_value",
    (True, False, False): "general_develop",
    (False, True, False): "general_keep",
    (False, False, False): "general_winback",
}


def ranges(r, f):
    return {"r": list(r), "f": list(f)}


def rules(**segments):
    return {"name": "broken", "segment": [{"key": key, "cells": cells} for key, cells in segments.items()]}


def test_the_map_is_the_published_one_cell_by_cell():
    cells = load_map("rf10").cells
    rows = [line.split() for line in MAP_A.strip().splitlines()]
    assert cells == {(5 - down, across + 1): key for down, row in enumerate(rows) for across, key in enumerate(row)}
    assert len(set(cells.values())) == 10


def test_holes_are_named():
    with pytest.raises(ConfigurationError, match=r"no segment for: 'R3 F4', 'R3 F5'\. Mend"):
        prove_map(rules(low=[ranges((1, 2), (1, 5))], middle=[ranges((3, 3), (1, 3))], high=[ranges((4, 5), (1, 5))]))


def test_overlaps_are_named_with_both_segments():
    with pytest.raises(ConfigurationError, match=r"several segments for: 'R3 F5 \(low and high\)'\. Mend"):
        prove_map(rules(low=[ranges((1, 3), (1, 5))], high=[ranges((4, 5), (1, 5)), ranges((3, 3), (5, 5))]))


def test_segments_that_nobody_reaches_are_named():
    with pytest.raises(ConfigurationError, match="never reached: 'nobody', 'six'"):
        prove_map(rules(all=[ranges((1, 5), (1, 5))], nobody=[ranges((4, 3), (1, 5))], six=[ranges((6, 6), (1, 5))]))


def test_everything_wrong_is_said_at_once_and_long_lists_are_cut():
    with pytest.raises(ConfigurationError) as refused:
        prove_map(rules(low=[ranges((1, 2), (1, 5))], twin=[ranges((1, 1), (1, 1))], gone=[]))
    text = str(refused.value)
    assert "no segment for: 'R3 F1', 'R3 F2', 'R3 F3', 'R3 F4', 'R3 F5' and 10 more" in text
    assert "R1 F1 (low and twin)" in text
    assert "never reached: 'gone'" in text


def test_an_unknown_map_is_answered_with_those_there_are():
    with pytest.raises(ConfigurationError, match="no segment map 'rf11'; there are: class8, codes125, four, rf10, rfm11, six"):
        load_map("rf11")


def test_the_eight_classes_are_the_published_table():
    """Medians 10 days, 2 orders, 100: recent is at or below, frequent and big are above."""
    nothing = Cuts("", "fixed", "exclusive", (Decimal(1),))
    ruler = Ruler(dt.date(2024, 1, 31), nothing, nothing, nothing, "median", Decimal(10), Decimal(2), Decimal(100), (Decimal(50), Decimal(150)))
    rows, expected = [], []
    for (recent, frequent, big), name in EIGHT.items():
        for days, orders, money in (
            ((10, 3, "100.0001"), (0, 9, "900"))
            if recent and frequent and big
            else ((10 if recent else 11, 3 if frequent else 2, "100.0001" if big else "100"),)
        ):
            rows.append({"recency_days": days, "frequency": orders, "monetary": Decimal(money), "r_score": 1, "f_score": 1})
            expected.append(name)
    types = {"recency_days": "int64", "frequency": "int64", "monetary": "decimal(38,4)", "r_score": "int8", "f_score": "int8"}
    found = classify(measure(table(rows, **types), Scoring()), ruler, load_map("rf10")).execute()
    key = ["recency_days", "frequency", "monetary"]
    labels = {tuple(row[:3]): row[3] for row in found[[*key, "class8"]].itertuples(index=False)}
    assert [labels[row["recency_days"], row["frequency"], row["monetary"]] for row in rows] == expected
    assert set(EIGHT.values()) == set(CLASS8)
    assert set(found.value_tier) == {"high", "mid"}


@pytest.mark.parametrize("customers", [40, 41])
def test_the_map_of_the_eight_classes_gives_the_eight_classes(customers, tmp_path):
    """Whether the number of buyers is even or odd, whoever stands between the two middle values has one class."""
    found = look(open_shop(tmp_path, make_lines(7, customers=customers), scoring={"map": "class8"}), "labelled_buyers")
    assert found.segment.nunique() > 4
    assert found.segment.tolist() == found.class8.tolist()
