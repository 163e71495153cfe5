"""Online Retail as the Excel file that it was published as.

usage: as_excel.py ONLINE_RETAIL.csv.gz OUT.xlsx
"""

import sys
from pathlib import Path

import pandas as pd
import xlsxwriter


def write_excel(source: Path, target: Path) -> int:
    """Write the lines row by row into one sheet: numbers as numbers, moments as moments, a missing customer as an empty cell.

    Returns
    -------
    int
        How many lines.
    """
    lines = pd.read_csv(source, dtype={"InvoiceNo": str, "StockCode": str}, parse_dates=["InvoiceDate"])
    with xlsxwriter.Workbook(target, {"constant_memory": True, "nan_inf_to_errors": False}) as book:
        sheet, moment = book.add_worksheet("Online Retail"), book.add_format({"num_format": "d/m/yyyy h:mm"})
        sheet.write_row(0, 0, list(lines.columns))
        for number, row in enumerate(lines.astype(object).where(lines.notna(), None).itertuples(index=False), start=1):
            for column, value in enumerate(row):
                if isinstance(value, pd.Timestamp):
                    sheet.write_datetime(number, column, value.to_pydatetime(), moment)
                elif value is not None:
                    sheet.write_string(number, column, value) if isinstance(value, str) else sheet.write_number(number, column, value)
    return len(lines)


if __name__ == "__main__":
    print(f"{write_excel(Path(sys.argv[1]), Path(sys.argv[2])):,} lines")
