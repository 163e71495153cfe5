"""Other cleaning choices on small shops: what is asked, and that each answer is that of a whole run under the other configuration."""

import pytest

from analysis.recipes import policies
from analysis.recipes.scoring import classify
from shops import look, make_lines, open_shop, rules

EVERY = frozenset({"overlap", "test_orders", "unpaid", "duplicates", "price", "returns", "non_product", "outliers"})
POST = {"rule": "non_product", "column": "product_id", "values": ["G"]}


def shop_of(folder, *, lines=None, cleaning=None, **choices):
    return open_shop(folder, lines or make_lines(5), cleaning=cleaning or rules(), **choices)


def asked(opened, touched=EVERY):
    return [(choice.rule, choice.action, choice.alternative) for choice in policies.list_choices(opened.config, touched)]


def test_every_other_action_of_a_rule_that_found_something_is_asked(tmp_path):
    shop = shop_of(tmp_path, cleaning=[*rules(), POST])
    assert asked(shop) == [
        ("overlap", "remove", "keep"), ("duplicates", "flag", "remove"), ("price", "remove", "keep"), ("returns", "net", "remove"), ("returns", "net", "keep"),
        ("non_product", "remove", "keep"), ("order", "id", "day"),
    ]  # fmt: skip
    assert asked(shop, frozenset({"price"})) == [("price", "remove", "keep"), ("order", "id", "day")]


def test_a_rule_that_keeps_everything_is_asked_where_it_knows_what_to_look_for(tmp_path):
    quiet = [*rules(duplicates="keep", returns="keep", price="keep"), {"rule": "test_orders", "action": "keep"}, POST | {"action": "flag"}]
    assert asked(shop_of(tmp_path, cleaning=quiet), frozenset({"non_product"})) == [
        ("duplicates", "keep", "remove"), ("price", "keep", "remove"), ("returns", "keep", "net"), ("returns", "keep", "remove"), ("non_product", "flag", "remove"),
        ("order", "id", "day"),
    ]  # fmt: skip


def whole_run(shop, config):
    """Run everything under the other configuration: buyers with segment and money, and the money of all."""
    other = shop.vary("whole", config=config)
    found = classify(other, other.get("buyers")).execute().set_index("customer_id")
    return found.segment.to_dict(), found.monetary.to_dict(), float(look(other, "described").monetary.sum())


@pytest.mark.parametrize(("seed", "order"), [(3, "id"), (8, "day")])
def test_each_answer_is_that_of_a_whole_run(tmp_path, seed, order):
    """Only customers whom a rule touched are cleaned anew; the result must be that of cleaning everybody."""
    lines = make_lines(seed)
    lines += [line[:] for line in lines[10:60]]  # equal lines
    lines += [[line[0], line[1], line[2], "F", 3, "0"] for line in lines[:30]]
    lines += [["only gifts", "2023-03-01 10:00", "G1", "A", 1, "0"]]
    shop = shop_of(tmp_path, lines=lines, cleaning=[*rules(), POST], order=order)
    found = look(shop, "policies").set_index(["rule", "alternative"])
    choices = list(policies.list_choices(shop.config, frozenset({"duplicates", "price", "returns", "non_product"})))
    assert {(choice.rule, choice.alternative) for choice in choices} == set(found.index)
    usual, money, revenue = whole_run(shop, shop.config)
    moved_at_all = 0
    for choice in choices:
        other, other_money, other_revenue = whole_run(shop, choice.config)
        moved = {who for who in {*usual, *other} if usual.get(who) != other.get(who)}
        row = found.loc[(choice.rule, choice.alternative)]
        assert (row.customers, row.customers_changed, row.buyers_before, row.buyers_after) == (len({*usual, *other}), len(moved), len(usual), len(other)), (
            choice.rule
        )
        assert row.money_moved == pytest.approx(float(sum(money.get(who, other_money.get(who)) for who in moved)), abs=0.01)
        assert (row.revenue_before, row.revenue_after) == (pytest.approx(revenue, abs=0.01), pytest.approx(other_revenue, abs=0.01))
        moved_at_all += len(moved)
    assert moved_at_all > 10
    assert found.loc[("price", "keep"), "buyers_after"] == found.loc[("price", "keep"), "buyers_before"] + 1


def test_two_files_that_overlap_are_decided_once(tmp_path):
    """Which file is right is told by all customers; a choice about returns must not decide it again from a few."""
    lines = make_lines(6)
    again = [line if number % 3 else [*line[:4], line[4] + 1, line[5]] for number, line in enumerate(lines[40:])]
    shop = shop_of(tmp_path, lines={"a.csv": lines, "b.csv": again}, cleaning=rules())
    found = look(shop, "policies").set_index(["rule", "alternative"])
    for choice in policies.list_choices(shop.config, frozenset({"overlap", "returns"})):
        other, _money, revenue = whole_run(shop, choice.config)
        row = found.loc[(choice.rule, choice.alternative)]
        assert (row.buyers_after, row.revenue_after) == (len(other), pytest.approx(revenue, abs=0.01)), choice.rule


def test_many_lines_are_sampled_by_customer(tmp_path, monkeypatch):
    lines = make_lines(5, customers=400)
    monkeypatch.setattr(policies, "LINES", 1_000)
    shop = shop_of(tmp_path, lines=lines)
    found = look(shop, "policies")
    share = 1_000 / sum(1 for line in lines if line[0])
    assert found.sampled.tolist() == pytest.approx([share] * len(found))
    buyers = len(look(shop, "buyers"))
    assert 0.6 * share < found.buyers_before[0] / buyers < 1.4 * share
    assert found.buyers_before.nunique() == 1


def test_too_few_buyers_have_no_tornado(tmp_path):
    assert look(shop_of(tmp_path, lines=make_lines(4, customers=4), sufficiency={"buyers": 500, "least": 30}), "policies").empty
