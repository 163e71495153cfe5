"""The workbook reads a file of Online Retail's columns: every cell judged, unusable rows told with their reason, records counted against rows.

usage: read_workbook.py FILE
"""

import sys
import tempfile
import time
from pathlib import Path

from analysis.config import load_config
from analysis.data.sources import read_transactions
from analysis.engine import open_engine

CONFIG = """
name = "online-retail"
currency = "GBP"
time_zone = "Europe/London"
[inputs.transactions]
files = ['{file}']
[inputs.transactions.columns]
customer_id = "CustomerID"
ordered_at = "InvoiceDate"
order_id = "InvoiceNo"
product_id = "StockCode"
product_name = "Description"
quantity = "Quantity"
unit_price = "UnitPrice"
"""

if __name__ == "__main__":
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "workbook.toml"
        config.write_text(CONFIG.format(file=Path(sys.argv[1]).resolve()), encoding="utf-8")
        lines = read_transactions(open_engine(), load_config(config)).lines
        rows, bad, money = lines.agg(rows=lines.count(), bad=lines.problem.count(), money=lines.amount.sum()).execute().iloc[0]
    print(rows, "rows,", bad, "unusable, money", money, round(time.perf_counter() - began, 2), "s")
