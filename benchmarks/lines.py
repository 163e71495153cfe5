"""Order lines in any number, made up and seeded: what the scoring programs are given.

usage: lines.py ROWS OUT.parquet [--customers N]
"""

import argparse
import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

AS_OF = dt.date(2025, 6, 30)
FIRST = dt.datetime(2023, 6, 1)
SECONDS = 768 * 86_400  # from FIRST: eight days more than AS_OF, so that some lines come after it
LINES_PER_CUSTOMER = 34
CHUNK = 1_000_000
PRODUCTS = 4_000
SCHEMA = pa.schema(
    [("invoice", pa.string()), ("sku", pa.string()), ("qty", pa.int32()), ("price", pa.float64()), ("customer_id", pa.string()), ("ts", pa.timestamp("us"))]
)


def write_lines(path: Path, rows: int, *, seed: int = 1, customers: int = 0) -> None:
    """Write order lines to a Parquet file, a million at a time.

    Grain: order line, in the order of time. A few customers and products make most of the lines; 5 % of the orders name no customer, 2 % are returns
    (orders of their own with negative quantities), 0.3 % of the lines cost nothing, 1 % come after `AS_OF`.

    Parameters
    ----------
    path : Path
    rows : int
    seed : int
    customers : int
        By default one for 34 lines.
    """
    rng = np.random.default_rng(seed)
    weight = rng.lognormal(0, 1.3, customers or max(rows // LINES_PER_CUSTOMER, 1)).cumsum()
    popularity = (1 / np.arange(3, PRODUCTS + 3) ** 0.8).cumsum()
    prices = np.maximum(rng.lognormal(1.2, 1.0, PRODUCTS), 0.05).round(2)
    customers, products = np.array([f"C{n:07d}" for n in range(len(weight))]), np.array([f"S{n:05d}" for n in range(PRODUCTS)])
    chunks = -(-rows // CHUNK)
    beside = path.with_suffix(".part")
    with pq.ParquetWriter(beside, SCHEMA, compression="zstd") as file:
        for chunk in range(chunks):
            rng = np.random.default_rng([seed, chunk])
            size = min(CHUNK, rows - chunk * CHUNK)
            of = np.repeat(np.arange(size), rng.geometric(1 / 8, size))[:size]  # line -> order
            orders = of[-1] + 1
            moment = np.sort(rng.integers(chunk * SECONDS // chunks, (chunk + 1) * SECONDS // chunks, orders))
            who = np.searchsorted(weight, rng.random(orders) * weight[-1])
            nobody, back = rng.random(orders) < 0.05, rng.random(orders) < 0.02
            what = np.searchsorted(popularity, rng.random(size) * popularity[-1])
            pieces = rng.geometric(0.3, size) * np.where(back[of], -1, 1)
            price = np.where(rng.random(size) < 0.003, 0.0, np.where(rng.random(size) < 0.2, (prices[what] * 0.85).round(2), prices[what]))
            numbers = np.array([f"{chunk:03d}{n:07d}" for n in range(orders)])
            file.write_table(pa.table({
                "invoice": pa.array(numbers[of]),
                "sku": pa.array(products[what]),
                "qty": pa.array(pieces, pa.int32()),
                "price": pa.array(price),
                "customer_id": pa.array(customers[who[of]], mask=nobody[of]),
                "ts": pa.array(np.datetime64(FIRST, "us") + moment[of] * np.timedelta64(1_000_000, "us")),
            }, schema=SCHEMA))  # fmt: skip
    beside.replace(path)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Write made-up order lines.")
    asked.add_argument("rows", type=int)
    asked.add_argument("out", type=Path)
    asked.add_argument("--customers", type=int, default=0)
    given = asked.parse_args()
    write_lines(given.out, given.rows, customers=given.customers)
