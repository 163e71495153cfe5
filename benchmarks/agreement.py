"""Whether two programs gave the same table of customers."""

from pathlib import Path

import duckdb

SAME = ("recency_days", "frequency", "r_score", "f_score", "m_score", "segment")


def compare_tables(ours: Path, theirs: Path, name: str) -> str:
    """Compare two tables of customers and say, in a line of Markdown, in how many customers they differ.

    Parameters
    ----------
    ours : Path
        The workbook's table.
    theirs : Path
        That of a baseline, or of the workbook on another engine. People without an order, which baselines do not have, are left out of both.
    name : str
        Of the baseline.
    """
    different = ", ".join(f"count(*) filter (o.{column} is distinct from t.{column})" for column in SAME)
    rows, both, money, *others = duckdb.execute(
        f"""select count(*), count(*) filter (o.customer_id is not null and t.customer_id is not null),
            coalesce(max(abs(o.monetary::double - t.monetary)), 0), {different}
            from (select * from read_parquet(?) where frequency > 0) o full join (select * from read_parquet(?) where frequency > 0) t using (customer_id)""",
        [str(ours), str(theirs)],
    ).fetchone()
    found = "; ".join(f"{column} {count:,}" for column, count in zip(SAME, others, strict=True))
    return f"Beside {name}: {both:,} customers in both tables, {rows - both:,} in one only; customers that differ: {found}; largest difference of money {money:.6f}."
