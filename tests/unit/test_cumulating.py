"""Sums from the largest value down, against a plain loop."""

import hashlib
import random
from decimal import Decimal

import ibis
import pyarrow as pa

from analysis.models.cumulating import sum_above
from analysis.models.moves import draw_customers, shuffle_key


def test_sums_above_are_those_of_a_loop():
    """Values below zero, zero, the smallest money there is, neighbours that share a block, and more than a block can tell."""
    rng = random.Random(3)  # noqa: S311
    money = {Decimal(rng.randrange(-50_000, 5_000_000)) / 10_000 for _ in range(400)} | {Decimal(rng.randrange(1, 10**9)) / 100 for _ in range(400)}
    money |= {Decimal(0), Decimal("0.0001"), Decimal("-3.5"), Decimal(10) ** 20, Decimal(10) ** 20 + 1}
    rows = [(value, rng.randrange(1, 9), value * 2) for value in money]
    kinds = {"value": "decimal(38,4)", "n": "int64", "total": "decimal(38,4)"}
    table = ibis.memtable(pa.table(dict(zip(kinds, zip(*rows, strict=True), strict=True)), schema=ibis.schema(kinds).to_pyarrow()))
    found = {row["value"]: row for row in sum_above(table, "value", "n", "total").to_pyarrow().to_pylist()}
    n, total = 0, Decimal(0)
    for value, count, amount in sorted(rows, reverse=True):
        assert (found[value]["above_n"], found[value]["above_total"]) == (n, total), value
        n, total = n + count, total + amount
    assert len(found) == len(rows)
    assert {(row["all_n"], row["all_total"]) for row in found.values()} == {(n, total)}


def test_each_kind_is_added_up_by_itself():
    rows = [("a", Decimal(5), 1), ("a", Decimal(3), 2), ("a", Decimal(-3), 4), ("b", Decimal(4), 8), ("b", Decimal("0.5"), 16)]
    kinds = {"kind": "string", "value": "decimal(38,4)", "n": "int64"}
    table = ibis.memtable(pa.table(dict(zip(kinds, zip(*rows, strict=True), strict=True)), schema=ibis.schema(kinds).to_pyarrow()))
    found = {(row["kind"], row["value"]): (row["above_n"], row["all_n"]) for row in sum_above(table, "value", "n", each="kind").to_pyarrow().to_pylist()}
    assert found == {("a", 5): (0, 7), ("a", 3): (1, 7), ("a", -3): (3, 7), ("b", 4): (0, 24), ("b", Decimal("0.5")): (8, 24)}


def test_customers_are_drawn_by_md5():
    """The same customers in every engine: those whose digest begins below the share of its first eight digits."""
    ids = [f"{number:05d}" for number in range(2_000)]
    rows = ibis.memtable({"customer_id": ids})
    digests = {one: hashlib.md5(f"{one}\x1f7".encode(), usedforsecurity=False).hexdigest() for one in ids}
    keys = rows.mutate(key=shuffle_key(rows, 7)).execute()
    assert dict(zip(keys.customer_id, keys.key, strict=True)) == digests
    drawn = set(draw_customers(rows, 0.3, seed=7).execute().customer_id)
    assert drawn == {one for one, digest in digests.items() if int(digest[:8], 16) < round(0.3 * 16**8)}
