"""A package of others: the same lines to its table of customers. Runs in the environment of that package, see WORKBOOK_PEERS in README.md.

usage: score_peer.py openretailscience|pymc-marketing LINES.parquet AS_OF OUT.parquet      (columns: invoice, sku, qty, price, customer_id, ts)

The cleaning is that of score_pandas.py, written as each package wants its input: an Ibis table for openretailscience, a pandas frame for pymc-marketing.
"""

import resource
import sys
import time

import pandas as pd


def score_openretailscience(lines: str, as_of: str) -> pd.DataFrame:
    """Recency, frequency, money, and scores by NTILE(5)."""
    import ibis  # noqa: PLC0415 - each package is imported when it is measured
    from openretailscience.segmentation.rfm import RFMSegmentation  # noqa: PLC0415

    table = ibis.duckdb.connect().read_parquet(lines)
    table = table.filter(table.customer_id.notnull(), table.price > 0, table.qty > 0, table.ts < ibis.timestamp(pd.Timestamp(as_of) + pd.Timedelta(days=1)))
    table = table.select("customer_id", transaction_date=table.ts, unit_spend=table.qty * table.price, transaction_id=table.invoice)
    return RFMSegmentation(table, current_date=as_of, r_segments=5, f_segments=5, m_segments=5).table.execute()


def score_pymc_marketing(lines: str, as_of: str) -> pd.DataFrame:
    """Recency, frequency, money, quartiles and six segments."""
    from pymc_marketing.clv.utils import rfm_segments  # noqa: PLC0415

    frame = pd.read_parquet(lines, columns=["customer_id", "ts", "qty", "price"])
    frame = frame[frame.customer_id.notna() & (frame.price > 0) & (frame.qty > 0) & (frame.ts < pd.Timestamp(as_of) + pd.Timedelta(days=1))]
    frame = frame.assign(amount=frame.qty * frame.price)[["customer_id", "ts", "amount"]]
    return rfm_segments(frame, "customer_id", "ts", "amount", observation_period_end=as_of)


if __name__ == "__main__":
    name, lines, as_of, out = sys.argv[1:5]
    began = time.perf_counter()
    scored = {"openretailscience": score_openretailscience, "pymc-marketing": score_pymc_marketing}[name](lines, as_of)
    scored.to_parquet(out)
    print(len(scored), "customers", round(time.perf_counter() - began, 2), "s", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MB")
