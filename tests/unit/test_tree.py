"""The classification tree: counts as plain pandas makes them, branches that add up, levels that can be understood, and what it says since the last report."""

import datetime as dt
from decimal import Decimal

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.charts.outline import list_outline
from analysis.config import parse_config
from analysis.data.mapping import guess, write_config
from analysis.engine import open_engine
from analysis.errors import ConfigurationError
from analysis.models import levels, tree
from analysis.recipes.tree import describe, plant
from analysis.run import open_run
from analysis.story.tree import tell_choice, tell_tree
from analysis.texts import Texts
from shops import COLUMNS, open_shop, remember, table

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
U, OTHER, S = tree.UNKNOWN, tree.OTHER, tree.PATH_SEPARATOR


def leaves(*rows):
    """Make counted leaves of (keys ..., customers, money)."""
    frame = pd.DataFrame([(*keys, n, Decimal(money)) for *keys, n, money in rows])
    depth = frame.shape[1] - 2
    return frame.rename(columns={depth: "customers", depth + 1: "monetary"})


def grown(now, before=None, *, least=0.02, most=8, by="customers", orders=None):
    depth = now.shape[1] - 2
    return tree.grow(now, before, [f"l{i}" for i in range(depth)], tree.Folding(least, most, by), name="t", orders=orders or {})


def paths(frame):
    return {path.replace(S, "/").replace(OTHER, "*").replace(U, "?"): n for path, n in zip(frame["path"], frame["customers"], strict=True)}


def test_branches_are_counted_below_each_other():
    frame = grown(leaves(("N", "x", 3, 10), ("N", "y", 1, 5), ("S", "x", 2, 1)))
    assert list(paths(frame).items()) == [("N", 4), ("N/x", 3), ("N/y", 1), ("S", 2), ("S/x", 2)]
    assert frame["monetary"].tolist() == [15, 10, 5, 1, 1]
    assert frame["level"].tolist() == [1, 2, 2, 1, 2] and frame["level_column"].tolist() == ["l0", "l1", "l1", "l0", "l1"]
    assert frame["customers_before"].isna().all() and not frame["is_change"].any()


def test_small_branches_stand_together_and_one_alone_keeps_its_name():
    # of 1000: two per cent is 20. b and c are below it, so they are two others; without c there would be only b, and b it stays
    together = grown(leaves(("a", "x", 970, 1), ("b", "x", 19, 1), ("c", "x", 11, 1)))
    assert paths(together) == {"a": 970, "a/x": 970, "*": 30}
    assert together[together["is_folded"]][["branches", "level", "place"]].values.tolist() == [[2, 1, 1]]
    assert paths(grown(leaves(("a", "x", 981, 1), ("b", "x", 19, 1)))) == {"a": 981, "a/x": 981, "b": 19, "b/x": 19}
    assert paths(grown(leaves(("a", "x", 960, 1), ("b", "x", 20, 1), ("c", "x", 20, 1)))) == {"a": 960, "a/x": 960, "b": 20, "b/x": 20, "c": 20, "c/x": 20}


def test_a_parent_has_at_most_so_many_branches_other_among_them():
    nine = leaves(*[(key, 10 + place, 1) for place, key in enumerate("abcdefghi")])
    assert paths(grown(nine)) == {"i": 18, "h": 17, "g": 16, "f": 15, "e": 14, "d": 13, "c": 12, "*": 21}  # b 11 and a 10
    assert len(grown(leaves(*[(key, 10, 1) for key in "abcdefgh"]))) == 8


def test_what_is_unknown_is_never_folded_and_stands_last():
    frame = grown(leaves((U, 1, 1), ("a", 500, 1), ("b", 2, 1), ("c", 1, 1)))
    assert paths(frame) == {"a": 500, "?": 1, "*": 3}
    assert frame.set_index("path").loc[U, "key"] is None or pd.isna(frame.set_index("path").loc[U, "key"])
    assert frame["path"].tolist() == ["a", U, OTHER]


def test_classes_stand_in_their_own_order_and_money_may_decide():
    rows = leaves(("low", 50, 1), ("high", 20, 900), ("mid", 30, 99))
    assert list(paths(grown(rows, orders={"l0": ("high", "mid", "low")}))) == ["high", "mid", "low"]
    assert list(paths(grown(rows))) == ["low", "mid", "high"]
    by_money = grown(leaves(("a", 1, 9800), ("b", 500, 100), ("c", 499, 100)), by="money")  # b and c bring one per cent each
    assert paths(by_money) == {"a": 1, "*": 999}


def test_what_has_gone_stays_in_the_tree_and_changes_are_marked():
    # a grew by 5 of 100; b by 4 of 96: fewer than five; c by 9 of 1000: less than one per cent; d is gone, e is new
    now = leaves(("a", 105, 1), ("b", 100, 1), ("c", 1009, 1), ("e", 40, 1))
    before = leaves(("a", 100, 1), ("b", 96, 1), ("c", 1000, 1), ("d", 60, 7))
    frame = grown(now, before, least=0).set_index("path")
    assert frame["customers"].to_dict() == {"c": 1009, "a": 105, "b": 100, "e": 40, "d": 0}
    assert frame["customers_before"].to_dict() == {"c": 1000, "a": 100, "b": 96, "e": 0, "d": 60}
    assert frame["monetary_before"]["d"] == 7
    assert frame["is_change"].to_dict() == {"c": False, "a": True, "b": False, "e": True, "d": True}


KEYS = st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", U, "o'x", "甲"])
LEAVES = st.dictionaries(st.tuples(KEYS, KEYS, KEYS), st.tuples(st.integers(1, 400), st.decimals(-50, 10**9, places=4)), max_size=60)


@settings(max_examples=60, deadline=None)
@given(LEAVES.filter(bool), LEAVES, st.sampled_from([0, 0.02, 0.2]), st.integers(2, 9), st.sampled_from(["customers", "money"]))
def test_branches_add_up_to_their_parent_exactly(today, then, least, most, by):
    now, before = (pd.DataFrame([(*k, *v) for k, v in rows.items()], columns=[0, 1, 2, "customers", "monetary"]) for rows in (today, then))
    frame = grown(now, before, least=least, most=most, by=by)
    parents = frame["path"].str.rpartition(S)[0]
    for measure in ("customers", "monetary", "customers_before", "monetary_before"):
        total = (now if not measure.endswith("before") else before)[measure.removesuffix("_before")].sum()
        assert frame.loc[frame["level"] == 1, measure].sum() == total
        for _, node in frame[(frame["level"] < 3) & ~frame["is_folded"]].iterrows():
            assert sum(frame.loc[parents == node["path"], measure]) == node[measure] if node["path"] else True
    assert frame.groupby(parents)["path"].count().max() <= max(most, 2)
    assert (frame.loc[frame["is_folded"], "branches"] > 1).all()
    named = frame[~frame["is_folded"] & (frame["level"] == 3)]
    counted = {S.join(keys): n for keys, (n, _) in today.items()}
    assert all(counted.get(path, 0) == n for path, n in zip(named["path"], named["customers"], strict=True))


def test_yes_and_no_nothing_and_marks_of_a_path_become_keys():
    customers = table(
        [{"customer_id": str(n), "monetary": Decimal(1), "tag_x": yes, "city": city} for n, (yes, city) in enumerate([(True, "a\x1fb"), (False, ""), (None, None)])],
        customer_id="string", monetary="decimal(38,4)", tag_x="boolean", city="string",
    )  # fmt: skip
    counted = tree.count_leaves(customers, ("tag_x", "city"))
    assert sorted(zip(counted[0], counted[1], strict=True)) == [(U, U), ("false", U), ("true", "a b")]


def test_counting_needs_no_duckdb():
    customers = table([{"customer_id": "1", "monetary": Decimal(1), "city": "a"}], customer_id="string", monetary="decimal(38,4)", city="string")
    keys = {"key": tree.write_key(customers, "city")}
    for dialect in ("postgres", "pyspark", "snowflake"):
        assert "GROUP BY" in ibis.to_sql(customers.group_by(**keys).agg(n=customers.count()), dialect=dialect)


PEOPLE = [  # who, kind, place, field; c7 has registered and never bought
    ("c1", "enterprise", "North", "Steel"), ("c2", "enterprise", "North", "Steel"), ("c3", "enterprise", "North", ""), ("c4", "individual", "South", ""),
    ("c5", "individual", "South", ""), ("c6", "individual", "<b>=1+1</b>", ""), ("c7", "individual", "South", "Food"),
]  # fmt: skip
LINES = [[f"c{who}", f"2024-0{month}-1{who}", f"{who}{month}", "A", 1, str(10 * who)] for who in range(1, 7) for month in range(1, 1 + who)]
MASTER = {"customer_id": "id", "type": "kind", "region": "place", "industry": "field"}


def shop(folder, *, as_of="latest", lines=LINES, people=PEOPLE, **choices):
    return open_shop(folder, lines, people=people, people_columns=MASTER, as_of=as_of, **choices)


@pytest.fixture(scope="module")
def firms(tmp_path_factory):
    """A shop opened once, with the levels that it chooses itself."""
    return shop(tmp_path_factory.mktemp("firms"))


def test_the_tree_of_a_shop_is_what_pandas_counts(firms):
    frame = plant(firms, ["type", "region", "value_tier"])
    customers = firms.get("customers").select("customer_id", "monetary", "type", "region", "value_tier").execute()
    assert len(customers) == 7
    by_hand = customers.fillna({"value_tier": U}).groupby(["type", "region", "value_tier"]).agg(n=("customer_id", "count"), money=("monetary", "sum"))
    found = frame[frame["level"] == 3].set_index("path")
    assert {S.join(keys): (row["n"], row["money"]) for keys, row in by_hand.iterrows()} == {
        path: (row["customers"], row["monetary"]) for path, row in found.iterrows()
    }
    first = frame[frame["level"] == 1].set_index("key")
    assert first["customers"].to_dict() == {"individual": 4, "enterprise": 3}
    assert first["monetary"].astype(float).to_dict() == {"individual": 16 * 10 + 25 * 10 + 36 * 10, "enterprise": 10 + 4 * 10 + 9 * 10}  # who orders, of 10 who


def test_levels_are_chosen_from_what_is_known(firms):
    planted = firms.get("trees")[0]
    # of seven customers all have a type and a region; the industry is known of three (43 %), but two attributes are enough
    assert planted.is_chosen and planted.levels[:2] == ("type", "region") and 3 <= len(planted.levels) <= 4
    said = tell_choice(firms.get("tree_about"), texts=ENGLISH).sentences[0]
    assert "Type: 100.0%, Region: 100.0%" in said and "write levels under [tree]" in said


def counted(*rows):
    return pd.DataFrame(rows, columns=["column", "known", "values"])


@pytest.mark.parametrize(
    ("known", "levels_"),
    [
        ([("type", 0.9, 2), ("market", 1, 1), ("country", 0.29, 5), ("region", 0.3, 40), ("city", 1, 41), ("value_tier", 0.9, 3), ("lifecycle_stage", 1, 5)],
         ("type", "region", "value_tier", "lifecycle_stage")),  # market says nothing, country is known of too few
        ([("city", 1, 41), ("gender", 0.5, 2), ("value_class", 1, 3), ("behaviour", 1, 3), ("value_tier", 1, 3), ("lifecycle_stage", 1, 5)],
         ("gender", "value_class", "behaviour")),
        ([("value_tier", 0.9, 3), ("lifecycle_stage", 1, 5), ("frequency_band", 1, 3)], ("value_tier", "lifecycle_stage", "frequency_band")),
        ([("value_tier", 0.9, 1), ("lifecycle_stage", 1, 1)], ("value_tier", "lifecycle_stage")),  # nothing tells anybody apart, and a tree has two levels
    ],
    ids=["attributes", "one attribute", "orders only", "nothing"],
)  # fmt: skip
def test_which_levels_are_chosen(known, levels_):
    assert levels.choose_levels(counted(*known)) == levels_


def test_candidates_stand_in_order_with_own_attributes_before_channels():
    assert levels.list_candidates({"source", "grade", "type", "value_tier", "rung"}, ["grade"]) == ["type", "grade", "source", "value_tier"]


def test_wrong_levels_are_named_with_what_is_near(firms):
    wrong = [levels.Tree("main", ("regio", "monetary")), levels.Tree("more", ("customer_id", "type"))]
    with pytest.raises(ConfigurationError, match=r"'regio'.*'main'.*near it are region.*'monetary'.*number.*'customer_id'.*'more'.*everybody"):
        levels.check_levels(wrong, firms.get("customers"))


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"levels": ["type"]}, "2 to 5 levels"),
        ({"levels": ["type", "type"]}, "'type' stands there twice"),
        ({"levels": list("abcdef")}, "2 to 5 levels"),
        ({"also": [{"name": "main", "en": "a", "zh": "b", "levels": ["a", "b"]}]}, "two trees of the name 'main'"),
    ],
)
def test_a_tree_that_cannot_be_is_refused_at_once(choice, said, tmp_path):
    with pytest.raises(ConfigurationError, match=said):
        parse_config({"name": "x", "inputs": {"transactions": {"files": ["a.csv"], "columns": COLUMNS}}, "tree": choice}, tmp_path)


def test_a_tree_of_other_levels_is_grown_on_request(firms):
    assert plant(firms, ["region", "type"])["level_column"].unique().tolist() == ["region", "type"]
    with pytest.raises(ConfigurationError, match="2 to 5"):
        plant(firms, ["region"])


def test_the_tree_tells_what_changed_since_the_last_report(tmp_path):
    levels_ = {"levels": ["type", "region"], "least": 0}
    early = shop(tmp_path, as_of="2024-01-31", tree=levels_)
    remember(early)
    people = [*PEOPLE, *[(f"n{i}", "enterprise", "North", "Steel") for i in range(6)]]
    lines = [*LINES, *[[f"n{i}", "2024-06-01", f"n{i}", "A", 1, "5"] for i in range(6)]]
    later = shop(tmp_path, lines=lines, people=people, as_of="2024-06-30", tree=levels_)
    frame = later.get("tree").set_index("path")
    assert frame.loc["enterprise", ["customers", "customers_before"]].tolist() == [9, 3]  # six new firms; the seven were known in January
    assert frame.loc["individual", ["customers", "customers_before"]].tolist() == [4, 4]
    assert frame["is_change"].to_dict() == {path: path in ("enterprise", f"enterprise{S}North") for path in frame.index}
    january = early.get("customers").select("type", "monetary").execute().groupby("type")["monetary"].sum()
    assert frame.loc["individual", "monetary_before"] == january["individual"] == 10 * (4 + 5 + 6)
    told = " ".join(tell_tree(later.get("tree"), later.get("tree_about"), texts=ENGLISH).sentences)
    assert "Since 31 Jan 2024, “Enterprise › North” grew most, by 6 customers, from 3 to 9." in told and "shrank" not in told
    outline = list_outline(later.get("tree"), texts=ENGLISH)
    assert outline.branches[0].cells[-1] == "▲ 6 (200.0%)" and outline.branches[1].cells[-1] == ""


def test_a_level_that_the_last_report_lacks_is_not_compared(tmp_path):
    early = open_shop(tmp_path, LINES, as_of="2024-01-31")  # no customer list yet
    assert early.get("trees")[0].levels[:2] == ("value_tier", "lifecycle_stage")
    assert "what orders tell" in tell_choice(early.get("tree_about"), texts=ENGLISH).sentences[0]
    remember(early)
    later = shop(tmp_path, as_of="2024-06-30", tree={"levels": ["type", "value_tier"]})
    assert later.get("tree")["customers_before"].isna().all()
    assert later.get("tree_about")[["was_there", "since"]].values.tolist() == [[False, dt.date(2024, 1, 31)], [True, dt.date(2024, 1, 31)]]
    told = tell_tree(later.get("tree"), later.get("tree_about"), texts=ENGLISH).sentences
    assert "The report of 31 Jan 2024 did not have Type yet, so nothing is compared with it." in told


def test_what_is_unknown_is_told_with_its_share(firms):
    about = describe(firms, levels.Tree("main", ("type", "industry")))
    told = tell_tree(plant(firms, ["type", "industry"]), about, texts=ENGLISH).sentences[-1]
    assert "Industry (Unknown: 57.1% of customers)" in told  # four of seven


def test_superstore_is_counted_as_pandas_counts_it(shared_data, tmp_path):
    """The configuration is the one that init writes. A customer's region is that of most of their orders, of equals the latest, then the first by the alphabet."""
    file = next((shared_data / "superstore").glob("*.csv"), None)
    if file is None:
        pytest.skip("needs superstore")
    write_config(guess(open_engine(), [file]), tmp_path / "workbook.toml")
    opened = open_run(tmp_path / "workbook.toml").opened
    raw = pd.read_csv(file, dtype=str, encoding="utf-8-sig")
    raw["day"] = pd.to_datetime(raw["Order Date"], format="%d/%m/%y")
    frame = raw[["Customer ID"]].drop_duplicates().set_index("Customer ID")
    for ours, theirs in (("type", "Segment"), ("region", "Region")):
        orders = raw.groupby(["Customer ID", theirs]).agg(orders=("Order ID", "nunique"), last=("day", "max")).reset_index()
        usual = orders.sort_values(["orders", "last", theirs], ascending=[False, False, True]).drop_duplicates("Customer ID")
        frame[ours] = usual.set_index("Customer ID")[theirs]
    frame["money"] = raw["Sales"].map(Decimal).groupby(raw["Customer ID"]).sum()
    grouped = frame.groupby(["type", "region"]).agg(n=("money", "size"), money=("money", "sum"))
    found = plant(opened, ["type", "region"])
    found = found[found["level"] == 2].set_index("path")
    assert {S.join(keys): row["n"] for keys, row in grouped.iterrows()} == found["customers"].to_dict()
    assert {S.join(keys): row["money"] for keys, row in grouped.iterrows()} == found["monetary"].to_dict()
    assert opened.get("trees")[0].levels[0] == "type"
    assert int(opened.get("tree").query("level == 1")["customers"].sum()) == len(frame)
