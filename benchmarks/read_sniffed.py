"""DuckDB reads a CSV file as it guesses it, into a table.

usage: read_sniffed.py FILE.csv.gz
"""

import sys
import time

import duckdb

if __name__ == "__main__":
    began = time.perf_counter()
    con = duckdb.connect()
    con.execute("create table lines as select * from read_csv(?)", [sys.argv[1]])
    rows, money = con.execute("select count(*), sum(Quantity * UnitPrice) from lines").fetchone()
    print(rows, "rows, money", money, round(time.perf_counter() - began, 2), "s")
