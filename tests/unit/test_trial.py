"""Standards tried before they are adopted: the moves are those between two runs, nothing is stored, and data are not standards."""

import shutil
from decimal import Decimal

import pandas as pd
import pytest

from analysis.charts.trial import list_examples, list_trial
from analysis.errors import ConfigurationError
from analysis.models import standards
from analysis.recipes.rulers import promote
from analysis.recipes.trial import compare_standards, try_standards
from analysis.story.trial import tell_trial
from analysis.texts import Texts
from shops import make_lines, open_shop, remember, table

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
LINES = make_lines(7, customers=50)
NEW = {
    "lifecycle": {"by": "days", "days": {"at_risk": 20, "dormant": 40, "lost": 60}},
    "classes": {"value_class": {"rules": [{"class": "high", "when": "monetary >= 300"}, {"class": "low", "when": "monetary < 300"}]},
                "vip": {"rules": [{"class": "yes", "when": "monetary >= 400"}], "name": {"en": "VIPs", "zh": "贵宾"}, "words": {"yes": {"en": "VIP", "zh": "贵宾"}}}},
}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    return open_shop(tmp_path_factory.mktemp("trial"), LINES)


@pytest.fixture(scope="module")
def trial(shop):
    return try_standards(shop, shop.config.replace(**NEW))


def test_the_moves_are_those_between_two_runs(shop, trial, tmp_path):
    """The other run is one of its own, read anew, and joined in pandas."""
    theirs = open_shop(tmp_path, LINES, **NEW).get("customers").execute().set_index("customer_id")
    ours = shop.get("customers").execute().set_index("customer_id")
    for column in ("segment", "class8", "value_tier", "lifecycle_stage", "value_class", "behaviour"):
        both = pd.DataFrame({"a": ours[column], "b": theirs[column], "money": ours["monetary"]}).astype({"a": object, "b": object}).fillna({"a": "-", "b": "-"})
        by_hand = {pair: (len(rows), rows["money"].sum()) for pair, rows in both.groupby(["a", "b"])}
        rows = trial.moves[trial.moves["column"] == column]
        assert {(row.from_key or "-", row.to_key or "-"): (row.customers, row.monetary) for row in rows.itertuples()} == by_hand, column
        assert rows.loc[rows["is_move"], "customers"].sum() == (both["a"] != both["b"]).sum()
    assert trial.moves.query("column == 'value_class' and is_move")["customers"].sum() > 0
    assert trial.moves.groupby("column")["customers"].sum().unique().tolist() == [len(ours)]


def test_a_column_that_only_one_of_them_has(shop, trial):
    rows = trial.moves[trial.moves["column"] == "vip"]
    rich = shop.get("customers").execute().query("monetary >= 400")
    assert set(rows["from_key"]) == {"absent"}
    assert rows.loc[rows["is_move"], ["to_key", "customers", "monetary"]].values.tolist() == [["yes", len(rich), rich["monetary"].sum()]]


def test_the_same_configuration_moves_nobody(shop):
    moves = compare_standards(shop, shop.config.replace(reports="elsewhere"))
    assert not moves["is_move"].any()
    assert tell_trial(moves, texts=ENGLISH).sentences == (
        "Nobody would be called anything else: under both configurations every customer has the same labels.",
    )
    assert list_trial(moves, texts=CHINESE).frame.empty


def test_nothing_is_stored_and_the_run_stays_as_it_was(shop, trial):
    assert not (shop.config.folder / "state").exists()
    assert "vip" not in shop.get("customers").columns
    assert shop.config.lifecycle.by == "rhythm"


def test_the_largest_movers_are_named_by_pseudonym(shop, trial):
    ids = set(shop.get("customers").execute()["customer_id"])
    assert len(trial.movers) and trial.movers.groupby("column")["customer"].count().max() <= 3
    assert not ids & set(trial.movers["customer"]) and trial.movers["customer"].str.startswith("C-").all()
    for _, rows in trial.movers.groupby("column"):
        assert rows["monetary"].tolist() == sorted(rows["monetary"], reverse=True)
    assert (trial.movers["from_key"].astype(str) != trial.movers["to_key"].astype(str)).all()
    assert not list_examples(trial.movers, texts=ENGLISH).frame.empty


def test_a_trial_compares_standards_and_not_data(shop, tmp_path):
    with pytest.raises(ConfigurationError, match="not data.*window_months"):
        compare_standards(shop, shop.config.replace(window_months=3))
    with pytest.raises(ConfigurationError, match="not data.*cleaning"):
        compare_standards(shop, shop.config.replace(cleaning=[rule.model_dump() for rule in shop.config.cleaning if rule.rule != "outliers"]))
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(shop.config.folder, elsewhere)
    with pytest.raises(ConfigurationError, match="different folders"):
        compare_standards(shop, open_shop(elsewhere, LINES).config)


def test_a_saved_ruler_is_what_is_measured_with(tmp_path):
    early = open_shop(tmp_path, LINES, as_of="2023-05-31")
    remember(early)
    promote(early.config, "2023-05-31", "spring")
    now = open_shop(tmp_path, LINES)
    frozen = now.config.replace(scoring={"ruler": "frozen:spring"})
    moves = compare_standards(now, frozen)
    there = open_shop(tmp_path, LINES, scoring={"ruler": "frozen:spring"}).get("customers").execute()
    found = moves[moves["column"] == "segment"].groupby("to_key")["customers"].sum().to_dict()
    assert found == there["segment"].value_counts().to_dict()
    with pytest.raises(ConfigurationError, match="winter"):
        compare_standards(now, now.config.replace(scoring={"ruler": "frozen:winter"}))


def test_yes_and_no_and_numbers_are_compared_too():
    kinds = {"customer_id": "string", "monetary": "decimal(38,4)"}
    ours = table([{"customer_id": who, "monetary": Decimal(n), "tag_a": a, "tag_n": n} for who, a, n in (("1", True, 1.0), ("2", False, 2.0), ("3", None, 3.0), ("4", True, 4.0))],
                 **kinds, tag_a="boolean", tag_n="float64")  # fmt: skip
    theirs = table([{"customer_id": who, "monetary": Decimal(0), "tag_a": a, "tag_n": n, "tag_b": b} for who, a, n, b in
                    (("1", False, 1.5, True), ("2", False, 2.0, False), ("3", True, 1.0, None), ("4", True, None, True))],
                   **kinds, tag_a="boolean", tag_n="float64", tag_b="boolean")  # fmt: skip
    columns = ["tag_a", "tag_n", "tag_b"]
    ways = standards.count_ways(standards.compare_columns(ours, theirs, columns), columns)
    ways = ways.assign(is_move=standards.is_move(ways))
    assert sorted((row.column, str(row.from_key), str(row.to_key), row.customers, float(row.monetary), row.is_move) for row in ways.itertuples()) == [
        ("tag_a", "None", "true", 1, 3.0, True), ("tag_a", "false", "false", 1, 2.0, False), ("tag_a", "true", "false", 1, 1.0, True),
        ("tag_a", "true", "true", 1, 4.0, False),
        ("tag_b", "absent", "None", 1, 3.0, False), ("tag_b", "absent", "false", 1, 2.0, False), ("tag_b", "absent", "true", 2, 5.0, True),
        ("tag_n", "number", "None", 1, 4.0, True), ("tag_n", "number", "higher", 1, 1.0, True), ("tag_n", "number", "lower", 1, 3.0, True),
        ("tag_n", "number", "number", 1, 2.0, False),
    ]  # fmt: skip


def moves(*rows):
    frame = pd.DataFrame(rows, columns=["column", "from_key", "to_key", "customers", "monetary"])
    return frame.assign(is_move=standards.is_move(frame))


TRIED = moves(
    ("value_tier", "high", "high", 90, 900), ("value_tier", "high", "mid", 6, 60), ("value_tier", "low", "mid", 3, 30), ("value_tier", None, None, 1, 0),
    ("segment", "new", "new", 100, 990), ("tag_a", "absent", "true", 1, 10), ("tag_a", "absent", "false", 99, 980), ("tag_b", "true", "absent", 2, 20),
    ("tag_b", None, "absent", 98, 970),
)  # fmt: skip


def test_it_is_told_with_numbers():
    assert tell_trial(TRIED, texts=ENGLISH).sentences == (
        "Value tier: 9 customers of 100 (9.0%), with £90.00, would move; the most frequent way is from “High value” to “Middle value” (6).",
        "tag a is new: one customer (1.0%), with £10.00, would have it.",
        "tag b would go: 2 customers (2.0%), with £20.00, have it now.",
        "Nobody would move in: Segment.",
    )
    assert (
        tell_trial(TRIED, texts=CHINESE).sentences[0]
        == "价值层级：100 位客户中有 9 位（9.0%，累计贡献 £90.00）会变动，其中最多的是从“高价值”到“中价值”（6 位）。"
    )


def test_it_is_listed_the_most_frequent_way_first():
    frame = list_trial(TRIED, texts=ENGLISH).frame
    assert frame.iloc[:, :5].values.tolist() == [
        ["Value tier", "High value", "Middle value", "6", "6.0%"], ["Value tier", "Low value", "Middle value", "3", "3.0%"], ["tag a", "Not there", "Yes", "1", "1.0%"],
        ["tag b", "Yes", "Not there", "2", "2.0%"],
    ]  # fmt: skip
