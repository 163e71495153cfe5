"""Each rule with each of its actions on lines written out; their order decides which of them takes a line."""

import datetime as dt
from decimal import Decimal

import pytest

from analysis.config import parse_config
from analysis.data.cleaning import number_steps, window_start
from analysis.errors import ConfigurationError
from shops import COLUMNS, look, open_shop, rules, steps

# customer, at, order, product, quantity, price
GOOD = [("a", "2024-01-05 10:00", "1", "p", 1, "10"), ("b", "2024-02-05 10:00", "2", "p", 2, "10"), ("c", "2024-03-05 10:00", "3", "q", 3, "10")]


def taken(folder, *more, **choices):
    """The ledger of the good lines and some more: rule to (rows, money, rows touched)."""
    return steps(open_shop(folder, [*GOOD, *more], **choices))


def none():
    return (0, Decimal(0), 0)


def test_the_good_lines_pass_every_rule(tmp_path):
    found = taken(tmp_path)
    assert found["input"] == found["kept"] == (3, Decimal(60), 3)
    assert all(found[rule] == none() for rule in found if rule not in ("input", "kept"))


def test_rows_that_cannot_be_read_go_to_quarantine(tmp_path):
    opened = open_shop(tmp_path, [*GOOD, ("d", "2024-13-05", "4", "p", 1, "10"), ("d", "2024-03-01", "5", "p", "many", "10")], limits={"refuse": 0.5})
    assert steps(opened)["unreadable"] == (2, Decimal(10), 2)
    found = look(opened, "quarantine")
    assert found[["source_file", "source_row", "rule"]].values.tolist() == [["lines.csv", 5, "unreadable"], ["lines.csv", 6, "unreadable"]]
    assert ["unreadable" in reason for reason in found.reason] == [True, True]
    assert "2024-13-05" in found.raw[0] and "many" in found.raw[1]
    assert "d" not in set(look(opened, "customers").customer_id)


def test_later_days_leave_and_as_of_includes_its_whole_day(tmp_path):
    found = taken(tmp_path, ("d", "2024-02-29 23:59:59", "4", "p", 1, "1"), ("d", "2024-03-01 00:00", "5", "p", 1, "2"), as_of="2024-02-29")
    assert found["after_as_of"] == (2, Decimal(32), 2)
    assert found["kept"][1] == 31


def test_a_window_leaves_out_what_came_before(tmp_path):
    found = taken(tmp_path, as_of="2024-03-05", window_months=1)
    assert found["before_window"] == (2, Decimal(30), 2)
    opened = open_shop(tmp_path / "again", GOOD, as_of="2024-03-05", window_months=1)
    assert look(opened, "customers").customer_id.tolist() == ["c"]


@pytest.mark.parametrize(
    ("as_of", "months", "first"),
    [
        ("2011-12-09", 12, "2010-12-10"),
        ("2024-02-29", 12, "2023-03-01"),
        ("2023-02-28", 12, "2022-03-01"),
        ("2024-03-31", 1, "2024-03-01"),
        ("2024-03-30", 1, "2024-03-01"),
        ("2024-01-15", 1, "2023-12-16"),
        ("2024-12-31", 12, "2024-01-01"),
        ("2024-11-30", 24, "2022-12-01"),
    ],
)
def test_windows_begin_on_the_day_after(as_of, months, first):
    assert window_start(dt.date.fromisoformat(as_of), months) == dt.date.fromisoformat(first)


def test_without_months_there_is_no_window():
    assert window_start(dt.date(2024, 1, 1), None) is None


def test_lines_without_a_customer_are_revenue_without_a_name(tmp_path):
    found = taken(tmp_path, ("", "2024-02-05", "9", "p", 1, "5.5"), ("  ", "2024-02-05", "9", "p", 2, "5.5"))
    assert found["anonymous"] == (2, Decimal("16.5"), 2)


@pytest.mark.parametrize(("action", "expected"), [("flag", (0, Decimal(0), 2)), ("remove", (2, Decimal(20), 2)), ("keep", None)])
@pytest.mark.parametrize("order", ["id", "row", "day"])
def test_exact_duplicates(tmp_path, action, expected, order):
    assert taken(tmp_path, GOOD[0], GOOD[0], order=order, cleaning=rules(duplicates=action)).get("duplicates") == expected


def test_duplicates_are_equal_in_everything(tmp_path):
    almost = [(*GOOD[0][:field], other, *GOOD[0][field + 1 :]) for field, other in enumerate(("A", "2024-01-05 10:01", "01", "P", 7, "10.01"))]
    assert taken(tmp_path, *almost)["duplicates"] == none()


def test_duplicates_are_found_after_returns_too(tmp_path):
    cleaning = [{"rule": name} for name in ("unreadable", "after_as_of", "anonymous", "returns")] + [{"rule": "duplicates", "action": "remove"}]
    found = taken(tmp_path, GOOD[0], ("a", "2024-01-09", "5", "p", -1, "10"), cleaning=cleaning)
    assert (found["returned_purchases"][0], found["kept"][0]) in {(1, 3), (1, 2)}
    assert found["kept"][1] + found["duplicates"][1] == 60


@pytest.mark.parametrize(("action", "expected"), [("remove", (2, Decimal(-4), 2)), ("keep", None)])
def test_prices_of_zero_and_less(tmp_path, action, expected):
    assert taken(tmp_path, ("a", "2024-01-06", "4", "p", 5, "0"), ("a", "2024-01-06", "5", "p", 2, "-2"), cleaning=rules(price=action)).get("price") == expected


@pytest.mark.parametrize(
    ("name", "rule", "expected"),
    [
        ("non_product", {"values": ["POST", " dot"]}, 1),
        ("excluded", {"values": ["post"]}, 1),
        ("test_orders", {"pattern": "post"}, 1),  # the whole value, not a part of it
        ("non_product", {"pattern": "post.*"}, 2),
        ("excluded", {"pattern": "post|d"}, 2),
        ("test_orders", {"values": ["d"], "pattern": "p.st[a-z]+"}, 2),
        ("non_product", {"values": ["os"]}, 0),
    ],
    ids=str,
)
def test_lines_by_list_and_pattern(tmp_path, name, rule, expected):
    more = [("a", "2024-01-06", "4", "POST", 1, "3"), ("a", "2024-01-06", "4", " Postage ", 1, "3"), ("a", "2024-01-06", "4", "D", 1, "3")]
    found = taken(tmp_path, *more, cleaning=rules({"rule": name, "column": "product_id"} | rule))
    assert found[name] == (expected, Decimal(3 * expected), expected)


def test_services_may_be_flagged(tmp_path):
    found = taken(tmp_path, cleaning=rules({"rule": "non_product", "column": "product_id", "values": ["p"], "action": "flag"}))
    assert found["non_product"] == (0, Decimal(0), 2)


def test_lines_leave_by_an_attribute_and_by_file(tmp_path):
    rows = [(*line, shop) for line, shop in zip(GOOD, ("x", "STAFF", None), strict=True)]
    cleaning = rules({"rule": "excluded", "column": "group", "values": ["staff"]}, {"rule": "excluded", "column": "source_file", "pattern": r"old.*"})
    found = steps(
        open_shop(tmp_path, {"new.csv": rows, "old.csv": [("d", "2024-01-01", "9", "p", 1, "7", "")]}, attributes={"group": "which"}, cleaning=cleaning)
    )
    assert found["excluded"] == (2, Decimal(27), 2)


@pytest.mark.parametrize("status", ["paid", "已完成"])
def test_only_paid_statuses_stay(tmp_path, status):
    rows = [(*line, state) for line, state in zip([*GOOD, GOOD[0]], (f" {status.upper()} ", status, "open", ""), strict=True)]
    opened = open_shop(tmp_path, rows, columns=COLUMNS | {"status": "state"}, cleaning=rules({"rule": "unpaid", "values": [status]}))
    assert steps(opened)["unpaid"] == (2, Decimal(40), 2)
    assert look(opened, "customers").set_index("customer_id").lifecycle_stage.to_dict()["c"] == "prospect"


@pytest.mark.parametrize("where", ["last", "first"])
@pytest.mark.parametrize(("limit", "expected"), [(2, 1), (200, 0)])
def test_large_quantities_are_flagged_wherever_the_rule_stands(tmp_path, where, limit, expected):
    rule = {"rule": "outliers", "limit": limit}
    rest = [{"rule": name} for name in ("after_as_of", "anonymous", "returns")]
    cleaning = [{"rule": "unreadable"}, *([rule, *rest] if where == "first" else [*rest, rule])]
    many = [("m", "2024-01-05", str(number), "p", 10, "1") for number in range(100, 300)]
    found = taken(tmp_path, *many, ("m", "2024-01-07", "400", "p", 1000, "1"), cleaning=cleaning)
    assert found["outliers"] == (0, Decimal(0), expected)


def test_the_first_rule_that_takes_a_line_counts_it(tmp_path):
    line = ("", "2024-01-06", "TEST-4", "POST", 1, "0")
    test = {"rule": "test_orders", "column": "order_id", "pattern": "test-.*"}
    post = {"rule": "non_product", "column": "product_id", "values": ["POST"]}
    names = ("price", "anonymous", "test_orders", "non_product")
    by_name = {"price": {"rule": "price"}, "anonymous": {"rule": "anonymous"}, "test_orders": test, "non_product": post}
    for number, first in enumerate(names):
        order = [first, *(name for name in names if name != first)]
        cleaning = [{"rule": "unreadable"}, {"rule": "after_as_of"}, *(by_name[name] for name in order), {"rule": "returns"}]
        found = taken(tmp_path / str(number), line, cleaning=cleaning)
        assert {name: found[name][0] for name in names} == {name: int(name == first) for name in names}


def test_a_flag_is_not_raised_over_what_has_left(tmp_path):
    flag = {"rule": "non_product", "column": "product_id", "values": ["POST"], "action": "flag"}
    rows = [("a", "2024-01-06", "4", "POST", 1, "0"), ("a", "2024-01-06", "4", "POST", 1, "3")]
    early = [{"rule": name} for name in ("unreadable", "after_as_of", "anonymous")]
    assert taken(tmp_path / "1", *rows, cleaning=[*early, flag, {"rule": "price"}, {"rule": "returns"}])["non_product"][2] == 2
    assert taken(tmp_path / "2", *rows, cleaning=[*early, {"rule": "price"}, flag, {"rule": "returns"}])["non_product"][2] == 1
    assert taken(tmp_path / "3", *rows, cleaning=[*early, {"rule": "price"}, {"rule": "returns"}, flag])["non_product"][2] == 1


def test_returned_services_never_were_sales_whatever_came_first(tmp_path):
    """Postage that was refunded leaves as a return where returns come first; in no month was it a purchase."""
    post = {"rule": "non_product", "column": "product_id", "values": ["POST"]}
    more = [("d", "2024-01-06", "4", "POST", 1, "3"), ("d", "2024-02-06", "5", "POST", -1, "3"), ("b", "2024-01-06", "6", "POST", 1, "3")]
    early = [{"rule": name} for name in ("unreadable", "after_as_of", "anonymous")]
    for number, cleaning in enumerate(([*early, {"rule": "returns"}, post], [*early, post, {"rule": "returns"}])):
        opened = open_shop(tmp_path / str(number), [*GOOD, *more], cleaning=cleaning)
        states = look(opened, "states")
        assert set(states.customer_id) == {"a", "b", "c"}
        assert states[states.customer_id == "b"].monetary.tolist() == [20, 20]
        assert steps(opened)["kept"][1] == 60


def test_columns_that_are_not_there_are_named_with_those_that_are(tmp_path):
    cleaning = rules(
        {"rule": "non_product", "column": "category", "values": ["x"]},
        {"rule": "excluded", "column": "shop", "values": ["x"]},
        {"rule": "unpaid", "values": ["x"]},
    )
    with pytest.raises(ConfigurationError, match=r"the columns category, shop, status, which .* use one of: customer_id, ordered_at, order_id, product_id"):
        taken(tmp_path, cleaning=cleaning)


@pytest.mark.parametrize("pattern", ["(?!x)y", r"(a)\1"])
def test_patterns_that_cannot_be_searched_for_are_refused(tmp_path, pattern):
    with pytest.raises(ConfigurationError, match="cannot be searched for"):
        taken(tmp_path, cleaning=rules({"rule": "excluded", "column": "product_id", "pattern": pattern}))


def test_steps_are_numbered_between_input_and_kept(tmp_path):
    source = {"files": ["a.csv"], "columns": COLUMNS}
    config = parse_config({"name": "x", "inputs": {"transactions": source}}, tmp_path)
    assert [(step.number, step.name, step.action) for step in number_steps(config)] == [
        (2, "unreadable", "quarantined"), (3, "overlap", "removed"), (4, "after_as_of", "removed"), (5, "anonymous", "anonymous"), (6, "duplicates", "flagged"),
        (7, "price", "removed"), (8, "returns_matched", "removed"), (9, "returned_purchases", "removed"), (10, "returns_unmatched", "removed"), (11, "outliers", "flagged"),
    ]  # fmt: skip


def test_orders_without_a_number_are_a_customers_day(tmp_path):
    more = [("a", "2024-01-07 09:00", "", "p", 1, "1"), ("a", "2024-01-07 19:00", "", "q", 1, "1"), ("a", "2024-01-08 19:00", "", "q", 1, "1")]
    opened = open_shop(tmp_path, [*GOOD, *more])
    assert look(opened, "customers").frequency.tolist() == [3, 1, 1]
