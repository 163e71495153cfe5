"""Time and memory of the classification table: one million customers with attributes, classes, tags, tree, the capped Excel file, and lists.

usage: classification.py [--customers 1000000] [--lines 3000000]

Order lines and a customer list are made up from a seed, as Parquet. Every step is timed in one process, whose peak memory so far stands beside it. Results go to
RESULTS-classification.md beside this file.
"""

import argparse
import datetime as dt
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.exports.choosing import Wanted
from analysis.exports.making import Order, make_list
from analysis.recipes.sheets import SHEETS
from analysis.report.excel.workbook import write_workbook
from analysis.run import Run, open_run
from analysis.schemas import SCHEMAS

HERE = Path(__file__).resolve().parent
CONFIG = """name = "million"
currency = "EUR"
[inputs.transactions]
files = ["lines.parquet"]
columns = { customer_id = "customer", ordered_at = "at", order_id = "order", product_id = "product", category = "category", quantity = "quantity", unit_price = "price", channel = "channel" }
[inputs.customers]
files = ["people.parquet"]
columns = { customer_id = "customer", name = "name", email = "email", phone = "phone", region = "region", type = "type" }
"""
TODAY = dt.date(2026, 1, 1)  # for the ledger of lists


def make_shop(folder: Path, customers: int, lines: int) -> None:
    """Write the files: everybody buys once, the rest of the lines goes to few."""
    rng = np.random.default_rng(1)
    who = np.concatenate([np.arange(customers), (customers * rng.random(lines - customers) ** 2).astype(int)])
    days = np.datetime64("2022-01-01") + rng.integers(0, 1000, lines)
    pq.write_table(pa.table({
        "customer": [f"c{each:07d}" for each in who], "at": pa.array(days.astype("datetime64[us]")), "order": [f"o{each:08d}" for each in range(lines)],
        "product": [f"p{each:03d}" for each in rng.integers(0, 300, lines)], "category": [f"k{each}" for each in rng.integers(0, 12, lines)],
        "quantity": rng.integers(1, 5, lines), "price": np.round(rng.gamma(2, 20, lines), 2), "channel": rng.choice(["web", "app", "shop"], lines),
    }), folder / "lines.parquet")  # fmt: skip
    pq.write_table(pa.table({
        "customer": [f"c{each:07d}" for each in range(customers)], "name": [f"Person {each}" for each in range(customers)],
        "email": [f"user{each}@example.com" for each in range(customers)], "phone": [f"138{each:08d}" for each in range(customers)],
        "region": rng.choice(["north", "south", "east", "west"], customers), "type": rng.choice(["individual", "enterprise"], customers, p=[0.8, 0.2]),
    }), folder / "people.parquet")  # fmt: skip
    (folder / "workbook.toml").write_text(CONFIG, encoding="utf-8")


def measure(folder: Path) -> list[tuple[str, float, float]]:
    """Take the steps one after the other: what, seconds, peak memory so far in MB."""
    done: list[tuple[str, float, float]] = []

    def step(what: str, work: Callable[[], object]) -> None:
        began = time.perf_counter()
        work()
        done.append((what, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000))
        print(f"{what}: {done[-1][1]:.1f} s, {done[-1][2]:,.0f} MB", flush=True)

    opened: list[Run] = []
    step("read", lambda: opened.append(open_run(folder / "workbook.toml")))
    run = opened[0]
    step("table of customers: scores, clusters, stages, value, habits, classes, tags", lambda: run.table("customers").count().execute())
    step("tree", lambda: run.exact("tree"))
    step("coverage of tags", lambda: run.exact("tag_coverage"))
    for name in ("customers", "tags", "segments", "thresholds"):
        step(f"{name}.parquet", lambda name=name: run.table(name).order_by(list(SCHEMAS[name].grain)).to_parquet(folder / f"{name}.parquet"))
    (folder / "sheets").mkdir()
    for name in SHEETS:
        run.exact(name).to_parquet(folder / "sheets" / f"{name}.parquet")
    step(
        "customers.xlsx (the first 100,000)",
        lambda: write_workbook(run.config, run.as_of, folder, folder / "customers.xlsx", lang="en", run=run.opened.id, sheets=folder / "sheets"),
    )
    step("CSV of everybody, every column", lambda: make_list(run, Wanted(), Order(folder / "all.csv"), by="bench", on=TODAY))
    shaped = Order(folder / "risk.csv", shape="hubspot", campaign="spring", holdout=0.1)
    step("CSV for a CRM, one stage, with a hold-out", lambda: make_list(run, Wanted(stages=["at_risk"]), shaped, by="bench", on=TODAY))
    return done


def main() -> int:
    """Measure, and write the table down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=3_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="classification-") as scratch:
        os.environ.setdefault("WORKBOOK_KEY_FILE", str(Path(scratch) / "key"))
        make_shop(Path(scratch), asked.customers, asked.lines)
        rows = measure(Path(scratch))
    head = f"# The classification table of {asked.customers:,} customers, {asked.lines:,} order lines\n\nOne process, one run, {os.cpu_count()} cores.\n\n"
    table = "| step | seconds | peak memory so far, MB |\n|---|--:|--:|\n" + "".join(f"| {what} | {spent:.1f} | {peak:,.0f} |\n" for what, spent, peak in rows)
    total = f"| together | {sum(spent for _, spent, _ in rows):.1f} | {rows[-1][2]:,.0f} |\n"
    (HERE / "RESULTS-classification.md").write_text(head + table + total, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
