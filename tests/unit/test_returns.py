"""Netting of returns: last in, first out; the same price first; a return never meets what was bought after it."""

import datetime as dt
import random
from collections import Counter
from decimal import Decimal

import pytest

from analysis.data.returns import net_returns
from shops import look, net_by_hand, open_shop, steps, table

TYPES = {
    "source_order": "int64", "source_file": "string", "source_row": "int64", "customer_id": "string", "product": "string", "order_key": "string",
    "unit_price": "decimal(18,4)", "amount": "decimal(18,4)", "ordered_at": "timestamp", "units": "decimal(18,4)",
}  # fmt: skip


def lines(*told, customer="a", product="p"):
    """Order lines from (hour, units) or (hour, units, price) or (hour, units, price, order), numbered from 1."""
    rows = []
    for number, (hour, units, *more) in enumerate(told, 1):
        price, order = [*more, *("2", f"o{number}")[len(more) :]]
        rows.append({
            "source_order": 1, "source_file": "f", "source_row": number, "customer_id": customer, "product": product, "order_key": order,
            "unit_price": Decimal(price), "amount": Decimal(price) * units, "ordered_at": dt.datetime(2024, 1, 1) + dt.timedelta(hours=hour), "units": Decimal(units),
        })  # fmt: skip
    return rows


def left(rows, **options):
    """Source row to what is left of it, for the lines that a return could touch."""
    found = net_returns(table(rows, **TYPES), **options).execute()
    return {int(row.source_row): int(row.units_left) for row in found.itertuples()}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([(0, 5), (1, 5), (2, -3)], {1: 5, 2: 2, 3: 0}),  # newest first
        ([(0, 5), (1, 5), (2, -7)], {1: 3, 2: 0, 3: 0}),  # and then the one before
        ([(0, 5), (1, 5), (2, -12)], {1: 0, 2: 0, 3: 2}),  # more than was bought
        ([(0, -2), (1, 5)], {1: 2, 2: 5}),  # before the purchase
        ([(0, 5, "2"), (1, 5, "3"), (2, -4, "2")], {1: 1, 2: 5, 3: 0}),  # the same price, though older
        ([(0, 5, "2"), (1, 5, "3"), (2, -7, "2")], {1: 0, 2: 3, 3: 0}),  # the rest at any price
        ([(0, 5, "2"), (1, 5, "3"), (2, -1, "9")], {1: 5, 2: 4, 3: 0}),  # no such price: the newest
        ([(0, 5, "2"), (1, -1, "9"), (2, -5, "2")], {1: 0, 2: 1, 3: 0}),  # a later return at its own price goes before an earlier one at another
        ([(0, 5), (1, -5), (2, 5), (3, -5)], {1: 0, 2: 0, 3: 0, 4: 0}),
        ([(0, 5), (1, -6), (2, 5)], {1: 0, 2: 1, 3: 5}),  # what found nothing does not wait for the next purchase
        ([(0, 5), (0, -5)], {1: 0, 2: 0}),  # in one instant the purchase comes first
        ([(0, 5, "2", "o1"), (0, 5, "2", "o2"), (1, -5)], {1: 5, 2: 0, 3: 0}),  # ties by order number: the higher is newer
        ([(0, 5, "3"), (0, 5, "2"), (1, -5, "9")], {1: 5, 2: 0, 3: 0}),  # ties in any price: the cheaper comes back
        ([(0, 5), (1, -2), (1, -3)], {1: 0, 2: 0, 3: 0}),  # a return in two lines
        ([(0, 2), (0, 3), (1, -4)], {1: 1, 2: 0, 3: 0}),  # a purchase in two lines
        ([(0, 5), (1, 4)], {}),  # no return: nothing to look at
    ],
)
def test_a_return_takes_back_by_hand(told, expected):
    assert left(lines(*told)) == expected


@pytest.mark.parametrize("shuffled", [False, True])
def test_returns_stay_within_customer_and_product(shuffled):
    mine = lines((0, 5), (1, -2))
    hers = [row | {"source_row": row["source_row"] + 10} for row in lines((0, 5), customer="b")]
    other = [row | {"source_row": row["source_row"] + 20} for row in lines((0, 5), product="q")]
    rows = mine + hers + other
    assert left(rows[::-1] if shuffled else rows) == {1: 3, 2: 0}


def test_files_of_one_name_do_not_mix_their_rows(tmp_path):
    """Two files outside the project's folder may bear one name; a row is known by its file all the same."""
    one = [("a", "2024-01-01", "1", "p", 5, "2"), ("a", "2024-01-03", "2", "p", -5, "2")]
    two = [("b", "2024-01-01", "3", "p", 7, "2"), ("b", "2024-01-03", "4", "p", -1, "2")]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    opened = open_shop(tmp_path / "home", {str(tmp_path / "one" / "sales.csv"): one, str(tmp_path / "two" / "sales.csv"): two})
    customers = look(opened, "customers").set_index("customer_id")
    assert customers.frequency.to_dict() == {"a": 0, "b": 1}
    assert customers.monetary.to_dict() == {"a": 0, "b": 12}
    assert steps(opened)["returns_matched"] == (2, Decimal(-12), 2)


def test_two_thousand_random_histories_net_like_a_stack():
    """The windows in the engine against stacks in Python, over prices, ties, splits and returns too early or too large."""
    rng, rows, expected = random.Random(20), [], {}  # noqa: S311
    for customer in range(2000):
        told = [
            (rng.randrange(6), rng.choice((1, 1, 2, 3, 5, -1, -2, -4)), rng.choice(("1", "2", "2.5")), f"o{rng.randrange(4)}") for _ in range(rng.randint(2, 9))
        ]
        mine = [row | {"source_row": row["source_row"] + 100 * customer} for row in lines(*told, customer=str(customer))]
        rows += mine
        if any(row["units"] < 0 for row in mine):
            expected |= net_by_hand((row["source_row"], row["ordered_at"], row["order_key"], row["unit_price"], row["units"]) for row in mine)
    rng.shuffle(rows)
    # lines of one order, price and instant are one purchase: which of them gives the units back is nobody's business
    purchase = {row["source_row"]: (row["customer_id"], row["ordered_at"], row["order_key"], row["unit_price"], row["units"] < 0) for row in rows}
    assert _sum(left(rows), purchase) == _sum(expected, purchase)
    assert sum(1 for units in expected.values() if units) > 1000


def _sum(units, purchase):
    summed = Counter()
    for row, number in units.items():
        summed[purchase[row]] += int(number)
    return dict(summed)


def test_each_snapshot_nets_what_had_come_back_by_then():
    rows = lines((0, 5), (24, -1), (48, -2), (72, 4), (73, -5))
    days = table([{"snapshot": dt.date(2024, 1, day)} for day in (1, 2, 3, 4)], snapshot="date")
    found = net_returns(table(rows, **TYPES), snapshots=days).execute()
    states = {(row.snapshot.day, int(row.source_row)): int(row.units_left) for row in found.itertuples()}
    assert states == {(2, 1): 4, (2, 2): 0, (3, 1): 2, (3, 2): 0, (3, 3): 0, (4, 1): 1, (4, 2): 0, (4, 3): 0, (4, 4): 0, (4, 5): 0}


@pytest.mark.parametrize(("action", "frequency", "money"), [("net", 1, "8"), ("remove", 1, "20"), ("keep", 1, "8")])
def test_each_policy_counts_a_partial_return(tmp_path, action, frequency, money):
    rows = [("a", "2024-01-01", "1", "p", 10, "2"), ("a", "2024-01-02", "2", "p", -6, "2"), ("b", "2024-01-02", "3", "p", 1, "2")]
    opened = open_shop(tmp_path, rows, cleaning=[{"rule": "unreadable"}, {"rule": "after_as_of"}, {"rule": "anonymous"}, {"rule": "returns", "action": action}])
    customer = look(opened, "customers").set_index("customer_id").loc["a"]
    assert (customer.frequency, customer.monetary) == (frequency, Decimal(money))
    assert opened.get("ledger_frame").amount_after.iloc[-1] == customer.monetary + 2


def test_kept_returns_may_leave_a_customer_with_less_than_nothing(tmp_path):
    rows = [
        ("a", "2024-01-01", "1", "p", 1, "2"),
        ("a", "2024-01-20", "2", "p", -6, "2"),
        ("b", "2024-02-02", "3", "p", 1, "3"),
        ("c", "2024-02-02", "4", "p", -1, "3"),
    ]
    opened = open_shop(tmp_path, rows, cleaning=[{"rule": "unreadable"}, {"rule": "after_as_of"}, {"rule": "anonymous"}, {"rule": "returns", "action": "keep"}])
    customers = look(opened, "customers").set_index("customer_id")
    assert customers.monetary.to_dict() == {"a": Decimal(-10), "b": Decimal(3), "c": Decimal(-3)}
    assert customers.frequency.to_dict() == {"a": 1, "b": 1, "c": 0}
    assert customers.loc["a", ["last_order_date", "recency_days"]].tolist() == [dt.date(2024, 1, 1), 32]
    states = look(opened, "states")
    assert states[states.customer_id == "a"].monetary.tolist() == [Decimal(-10), Decimal(-10)]


def test_gifts_are_not_taken_back_by_returns_of_money(tmp_path):
    """Without products returns are netted in money; a gift of nothing is an order where zero prices are kept, whatever came back later."""
    columns = {"customer_id": "customer", "ordered_at": "at", "order_id": "order", "amount": "amount"}
    rows = [("a", "2024-01-05", "1", 0), ("a", "2024-01-06", "2", 20), ("a", "2024-01-09", "3", -5)]
    opened = open_shop(tmp_path, rows, columns=columns, cleaning=[{"rule": "unreadable"}, {"rule": "after_as_of"}, {"rule": "anonymous"}, {"rule": "returns"}])
    assert look(opened, "customers")[["frequency", "monetary"]].values.tolist() == [[2, Decimal(15)]]
    assert look(opened, "states")[["frequency", "monetary"]].values.tolist() == [[2, Decimal(15)]]
    assert steps(opened)["returned_purchases"] == (0, Decimal(5), 1)


@pytest.mark.parametrize(("pieces", "money", "with_product"), [(-2, -20, True), (2, -20, True), (-2, 20, True), (-2, -20, False), (2, -20, False)])
def test_returns_are_told_by_the_sign_of_pieces_or_of_money(tmp_path, pieces, money, with_product):
    """Exports with amounts write a return as -2 and -20, as 2 and -20, or as -2 and 20; all three take two pieces of ten back where there are pieces."""
    columns = {"customer_id": "customer", "ordered_at": "at", "order_id": "order", "quantity": "quantity", "amount": "amount"}
    rows = [("a", "2024-01-05", "1", 5, 50), ("a", "2024-01-09", "2", pieces, money), ("b", "2024-01-09", "3", 1, 4)]
    if with_product:
        columns["product_id"] = "product"
        rows = [(*row, "p") for row in rows]
    opened = open_shop(tmp_path, rows, columns=columns)
    assert look(opened, "customers")[["frequency", "monetary"]].values.tolist() == [[1, Decimal(30)], [1, Decimal(4)]]
    assert steps(opened)["returns_matched"][0] == 1 and steps(opened)["price"] == (0, Decimal(0), 0)


def test_a_price_below_zero_is_no_return(tmp_path):
    rows = [("a", "2024-01-05", "1", "p", 5, "10"), ("a", "2024-01-09", "2", "p", 2, "-10"), ("b", "2024-01-09", "3", "p", 1, "4")]
    opened = open_shop(tmp_path, rows)
    assert steps(opened)["price"] == (1, Decimal(-20), 1) and look(opened, "customers").monetary.tolist() == [50, 4]
