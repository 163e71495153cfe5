"""Online Retail twice: its lines, and the same lines a year earlier with invoice numbers of their own. A report of a million real lines.

usage: two_years.py ONLINE_RETAIL.csv.gz OUT.csv.gz
"""

import argparse
from pathlib import Path

import pandas as pd


def write_two_years(source: Path, target: Path) -> int:
    """Write the lines of a year and of the year before it, 52 weeks earlier so that days of the week stay.

    Returns
    -------
    int
        How many lines.
    """
    lines = pd.read_csv(source, dtype=str, keep_default_na=False)
    earlier = lines.copy()
    moments = pd.to_datetime(lines["InvoiceDate"], format="%Y-%m-%d %H:%M:%S") - pd.Timedelta(weeks=52)
    earlier["InvoiceDate"] = moments.dt.strftime("%Y-%m-%d %H:%M:%S")
    marks = lines["InvoiceNo"].str.extract(r"^(\D*)(.*)$")
    earlier["InvoiceNo"] = marks[0] + "1" + marks[1]  # C536379 -> C1536379: a return stays one
    both = pd.concat([earlier, lines])
    both.to_csv(target, index=False, compression={"method": "gzip", "compresslevel": 6, "mtime": 1})
    return len(both)


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("source", type=Path)
    words.add_argument("target", type=Path)
    given = words.parse_args()
    print(f"{write_two_years(given.source, given.target):,} lines")
