"""How recency, frequency and money are spread: bins, the Pareto curve, the grid of scores. Small frames for charts."""

import math

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.cumulating import sum_above
from analysis.models.ruler import SUM, Ruler


def count_grid(buyers: Table, *, scores: tuple[int, int] = (5, 5)) -> pd.DataFrame:
    """Count buyers by recency and frequency score.

    Parameters
    ----------
    buyers : Table
        Grain: customer. r_score, f_score, segment, monetary.
    scores : tuple of int
        How many recency and frequency scores there are.

    Returns
    -------
    pandas.DataFrame
        Grain: r_score, f_score, segment (several in a cell where the map looks at money, too). customers, monetary (float); a cell that nobody stands in has one
        row with no segment.
    """
    counted = buyers.group_by("r_score", "f_score", "segment").agg(customers=_.count(), monetary=_.monetary.sum().cast("float64")).execute()
    every = pd.DataFrame([(r, f) for r in range(1, scores[0] + 1) for f in range(1, scores[1] + 1)], columns=["r_score", "f_score"])
    grid = every.merge(counted.astype({"r_score": "int64", "f_score": "int64"}), how="left").sort_values(["r_score", "f_score", "segment"], ignore_index=True)
    return grid.assign(
        customers=grid.customers.fillna(0).astype("int64"),
        monetary=grid.monetary.fillna(0.0),
        segment=grid.segment.astype(object).where(grid.segment.notna(), None),
    )


def draw_pareto(buyers: Table, *, points: int = 200) -> pd.DataFrame:
    """Cumulate revenue over customers, the largest first, equal spenders together.

    Returns
    -------
    pandas.DataFrame
        customers_share, revenue_share (0-1), monetary (the least of those counted); at most about `points` rows, the last is (1, 1).
    """
    ranked = sum_above(buyers.group_by("monetary").agg(n=_.count(), total=_.monetary.sum().cast(SUM)), "monetary", "n", "total")
    revenue = (_.above_total + _.total).cast("float64") / _.all_total.nullif(0).cast("float64")
    shares = ranked.select("monetary", customers_share=(_.above_n + _.n).cast("float64") / _.all_n.cast("float64"), revenue_share=revenue.fill_null(0.0))
    binned = shares.group_by(step=(_.customers_share * points).ceil()).agg(
        customers_share=_.customers_share.max(), revenue_share=_.revenue_share.max(), monetary=_.monetary.min().cast("float64")
    )  # fmt: skip
    return binned.order_by("step").execute().drop(columns="step")


def count_bins(buyers: Table) -> pd.DataFrame:
    """Count buyers in bins of what is scored: recency (30 equal widths), frequency (1..10, more) and money (five per power of ten).

    Returns
    -------
    pandas.DataFrame
        measure ("r", "f", "m"), left, right (of the bin, right exclusive; inf in the last bin of f), customers.
    """
    longest = buyers.r_value.max().execute()
    width = max(1, math.ceil((int(longest) + 1) / 30)) if longest is not None and not pd.isna(longest) else 1
    r = buyers.group_by(bin=(_.r_value // width).cast("int64")).agg(customers=_.count()).execute().sort_values("bin")
    f = buyers.group_by(bin=ibis.least(_.f_value, 11)).agg(customers=_.count()).execute().sort_values("bin")
    m = (
        buyers.group_by(bin=(ibis.greatest(_.m_value.cast("float64"), 0.1).log10() * 5).round(9).floor().cast("int64"))
        .agg(customers=_.count())
        .execute()
        .sort_values("bin")
    )
    frames = [
        pd.DataFrame({"measure": "r", "left": r.bin * width, "right": (r.bin + 1) * width, "customers": r.customers}),
        pd.DataFrame({"measure": "f", "left": f.bin, "right": np.where(f.bin > 10, np.inf, f.bin + 1), "customers": f.customers}),
        pd.DataFrame({"measure": "m", "left": 10 ** (m.bin / 5), "right": 10 ** ((m.bin + 1) / 5), "customers": m.customers}),
    ]
    return pd.concat(frames, ignore_index=True).astype({"left": float, "right": float})


def count_on_cuts(buyers: Table, ruler: Ruler) -> pd.DataFrame:
    """Count who lies exactly where the eight classes are parted, with the median and the mean.

    Parameters
    ----------
    buyers : Table
        Grain: customer. r_value, f_value, m_value.
    ruler : Ruler

    Returns
    -------
    pandas.DataFrame
        measure (recency_days, frequency, monetary: the three axes, whatever is measured on them), cut, on_cut (customers whose value is the cut), median, mean
        (floats), measured (days, orders, net, ...), split (median or mean: which of the two the cut is).
    """
    axes = (
        ("recency_days", "r_value", ruler.r, ruler.r_split), ("frequency", "f_value", ruler.f, ruler.f_split), ("monetary", "m_value", ruler.m, ruler.m_split),
    )  # fmt: skip
    asked = {}
    for name, column, _cuts, split in axes:
        value = buyers[column]
        asked[f"{name}_on"] = (value == ibis.literal(split, SUM)).sum()
        asked[f"{name}_mean"] = value.cast("float64").mean()
        if ruler.split == "mean":
            asked[f"{name}_median"] = value.cast("float64").median()
    row = buyers.agg(**asked).execute().iloc[0]
    return pd.DataFrame([
        {"measure": name, "cut": float(split), "on_cut": int(row[f"{name}_on"] or 0), "median": float(row.get(f"{name}_median", split)),
         "mean": float(row[f"{name}_mean"]), "measured": cuts.measure, "split": ruler.split}
        for name, _column, cuts, split in axes
    ])  # fmt: skip
