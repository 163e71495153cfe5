"""Segments, classes and tiers counted by hand; too few buyers are one group, once."""

from decimal import Decimal

import pytest

from analysis.columns import CLASS8, SCHEMES, TIERS
from analysis.models.segments import count_history, count_segments, keys_of, load_map
from shops import look, open_shop, table

BUYERS = {"segment": "string", "class8": "string", "value_tier": "string", "recency_days": "int64", "frequency": "int64", "monetary": "decimal(38,4)"}


def buyers(*rows):
    return table([dict(zip(BUYERS, (*row[:-1], Decimal(row[-1])), strict=True)) for row in rows], **BUYERS)


def test_groups_are_counted_empty_ones_included():
    groups = keys_of(load_map("rf10"))
    assert tuple(groups) == SCHEMES and groups["class8"] == CLASS8 and groups["value_tier"] == TIERS
    rows = [
        ("champions", "important_value", "high", 1, 9, "60.5"),
        ("champions", "important_value", "high", 4, 4, "30"),
        ("new", "general_develop", "low", 2, 1, "9.5"),
    ]
    found = count_segments(buyers(*rows), groups).set_index(["scheme", "segment"])
    assert len(found) == 10 + 8 + 3
    champions = found.loc[("segment", "champions")]
    assert (champions.customers, champions.monetary, champions.monetary_pct, champions.action) == (2, Decimal("90.5"), 0.905, "champions")
    assert champions.customers_pct == pytest.approx(2 / 3)
    assert (champions.median_recency_days, champions.median_frequency, champions.median_monetary) == (2.5, 6.5, 45.25)
    empty = found.loc[("segment", "at_risk")]
    assert (empty.customers, empty.monetary, empty.customers_pct, empty.monetary_pct) == (0, 0, 0, 0)
    assert found.loc[("class8", "important_value"), "action"] is None or found.loc["class8"].action.isna().all()


def test_history_counts_each_day_and_group():
    rows = [("2024-01-31", "champions", "5"), ("2024-01-31", "champions", "6.5"), ("2024-02-29", "new", "1")]
    states = table(
        [{"snapshot": day, "segment": segment, "monetary": Decimal(money)} for day, segment, money in rows],
        snapshot="date",
        segment="string",
        monetary="decimal(38,4)",
    )
    found = count_history(states, {"segment": ("champions", "new")}).execute()
    assert sorted((str(row.as_of)[:10], row.segment, row.customers, row.monetary) for row in found.itertuples()) == [
        ("2024-01-31", "champions", 2, Decimal("11.5")), ("2024-01-31", "new", 0, 0), ("2024-02-29", "champions", 0, 0), ("2024-02-29", "new", 1, 1),
    ]  # fmt: skip


def test_too_few_buyers_are_one_group_counted_once(tmp_path):
    rows = [("a", "2024-01-05", "1", "p", 5, "2"), ("b", "2024-03-05", "3", "q", 1, "10")]
    opened = open_shop(tmp_path, rows)
    segments = look(opened, "segments")
    assert segments[["scheme", "segment", "customers", "monetary", "customers_pct"]].values.tolist() == [
        [scheme, "unclassified", 2, 20, 1.0] for scheme in sorted(SCHEMES)
    ]
    customers = look(opened, "customers")
    assert set(customers.segment) == set(customers.class8) == set(customers.value_tier) == {"unclassified"}
    assert customers.cluster.isna().all() and customers.rfm_score.notna().all()
    assert set(look(opened, "history").segment) == {"unclassified"}
    assert "few-buyers" in [note.key for note in opened.get("warnings")]
