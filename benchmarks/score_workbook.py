"""The workbook itself: order lines to its table of customers, by the two calls that a notebook makes.

usage: score_workbook.py LINES.parquet AS_OF OUT.parquet      (columns: invoice, sku, qty, price, customer_id, ts)

The cleaning is that of score_pandas.py: a customer is named, the price is positive, nothing after as-of, no returns. (There an order whose lines sum to
nothing or less is dropped; here a line with a negative quantity is. Where returns are orders of their own, as in these lines, that is the same.)
"""

import sys
import tempfile
from pathlib import Path

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

if __name__ == "__main__":
    lines, as_of, out = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "workbook.toml"
        config.write_text(CONFIG.format(lines=Path(lines).resolve()), encoding="utf-8")
        run = open_run(config, as_of=as_of)
        run.table("scored").order_by("customer_id").to_parquet(out)
