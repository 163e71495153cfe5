"""DuckDB reads a CSV file as it guesses it, into a table: in memory, or of a database in a file, where the workbook has its rows too.

usage: read_sniffed.py FILE.csv.gz [file]
"""

import sys
import tempfile
import time
from pathlib import Path

import duckdb

if __name__ == "__main__":
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        con = duckdb.connect(Path(folder) / "lines.duckdb" if "file" in sys.argv[2:] else ":memory:")
        con.execute("create table lines as select * from read_csv(?)", [sys.argv[1]])
        rows, money = con.execute("select count(*), sum(Quantity * UnitPrice) from lines").fetchone()
        print(rows, "rows, money", money, round(time.perf_counter() - began, 2), "s")
        con.close()
