"""The workbook reads 24 monthly files for the first time, again, and with one month more: what is kept of files that have not changed saves.

usage: read_months.py [ROWS]      (order lines in all 25 files; by default a million)
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from lines import write_lines

from analysis.config import parse_config
from analysis.data.sources import Shelf, read_transactions
from analysis.engine import open_engine

COLUMNS = {"customer_id": "customer_id", "ordered_at": "ts", "order_id": "invoice", "product_id": "sku", "quantity": "qty", "unit_price": "price"}


def write_months(folder: Path, rows: int) -> list[Path]:
    """Write order lines to a compressed CSV file for each of 25 months."""
    write_lines(folder / "lines.parquet", rows)
    con, lines = duckdb.connect(), f"read_parquet('{folder}/lines.parquet')"
    months = [month for (month,) in con.execute(f"select distinct strftime(ts, '%Y-%m') from {lines} order by 1 limit 25").fetchall()]
    for month in months:
        con.execute(f"copy (select * from {lines} where strftime(ts, '%Y-%m') = '{month}') to '{folder}/{month}.csv.gz' (header, compression gzip)")
    return [folder / f"{month}.csv.gz" for month in months]


def read(folder: Path) -> str:
    """Read what is in the folder, keep it, and say what it took."""
    config = parse_config({"name": "months", "inputs": {"transactions": {"files": ["*.csv.gz"], "columns": COLUMNS}}}, folder)
    began, busy = time.perf_counter(), time.process_time()
    shelf, engine = Shelf(config), open_engine()
    intake = read_transactions(engine, config, shelf=shelf)
    shelf.save()
    return f"{sum(file.records for file in intake.inputs):,} rows, {time.perf_counter() - began:.2f} s ({time.process_time() - busy:.2f} s of the processors)"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as shop:
        months = write_months(Path(made), int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
        for month in months[:-1]:
            shutil.copy(month, shop)
        for said in ("first time", "again"):
            print(f"{said}: {read(Path(shop))}", flush=True)
        shutil.copy(months[-1], shop)
        print(f"a month more: {read(Path(shop))}")
