"""The workbook itself: order lines to its table of customers, by the two calls that a notebook makes.

usage: score_workbook.py LINES.parquet AS_OF OUT.parquet [MASTER]      (columns: invoice, sku, qty, price, customer_id, ts)

With the master of a Spark, as local[2], that is the engine.

The cleaning is that of score_pandas.py: a customer is named, the price is positive, nothing after as-of, no returns. (There an order whose lines sum to
nothing or less is dropped; here a line with a negative quantity is. Where returns are orders of their own, as in these lines, that is the same.)
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from analysis.run import open_run

CONFIG = """
name = "bench"
[inputs.transactions]
files = ['{lines}']
[inputs.transactions.columns]
customer_id = "customer_id"
order_id = "invoice"
ordered_at = "ts"
product_id = "sku"
quantity = "qty"
unit_price = "price"
[[cleaning]]
rule = "unreadable"
[[cleaning]]
rule = "after_as_of"
[[cleaning]]
rule = "anonymous"
[[cleaning]]
rule = "price"
[[cleaning]]
rule = "returns"
action = "remove"
"""
# what the baselines write
WRITTEN = ("customer_id", "last_order_date", "frequency", "monetary", "recency_days", "r_score", "f_score", "m_score", "segment")


def tell(table: Path, began: float) -> str:
    """Say what the baselines say: customers, seconds after the imports, and memory."""
    return f"{pq.read_metadata(table).num_rows} customers {time.perf_counter() - began:.2f} s {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"


if __name__ == "__main__":
    lines, as_of, out = sys.argv[1:4]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "workbook.toml"
        engine = f'[engine]\nkind = "spark"\nmaster = "{sys.argv[4]}"\n' if len(sys.argv) > 4 else ""
        config.write_text(CONFIG.format(lines=Path(lines).resolve()) + engine, encoding="utf-8")
        run = open_run(config, as_of=as_of)
        run.table("scored").select(*WRITTEN).order_by("customer_id").to_parquet(out)
    print(tell(Path(out), began))
