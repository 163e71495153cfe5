"""Pandas reads an Excel file with openpyxl. Runs in the environment that WORKBOOK_PEERS names.

usage: read_openpyxl.py FILE.xlsx
"""

import sys
import time

import pandas as pd

if __name__ == "__main__":
    began = time.perf_counter()
    frame = pd.read_excel(sys.argv[1], engine="openpyxl", dtype={"InvoiceNo": str, "StockCode": str, "CustomerID": str})
    print(len(frame), "rows, money", float((frame.Quantity * frame.UnitPrice).sum()), round(time.perf_counter() - began, 2), "s")
