"""How recency, frequency and money are spread: bins, the Pareto curve, the grid of scores. Small frames for charts."""

import math
from decimal import Decimal

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table


def count_grid(buyers: Table) -> pd.DataFrame:
    """Count buyers by R and F score: r_score, f_score, segment, customers, monetary (float)."""
    grid = buyers.group_by("r_score", "f_score", "segment").agg(customers=_.count(), monetary=_.monetary.sum().cast("float64"))
    return grid.order_by("r_score", "f_score").execute()


def draw_pareto(buyers: Table, *, points: int = 200) -> pd.DataFrame:
    """Cumulate revenue over customers, the largest first, equal spenders together.

    Returns
    -------
    pandas.DataFrame
        customers_share, revenue_share (0-1), monetary (the least of those counted); at most about `points` rows, the last is (1, 1).
    """
    by_value = buyers.group_by("monetary").agg(n=_.count(), total=_.monetary.sum())
    upto = ibis.window(order_by=ibis.desc("monetary"), preceding=(None, 0))
    ranked = by_value.mutate(customers=_.n.sum().over(upto), revenue=_.total.sum().over(upto))
    everybody = ranked.mutate(whole=_.customers.max().over(ibis.window()), all=_.total.sum().over(ibis.window()))
    shares = everybody.select(
        "monetary", customers_share=_.customers / _.whole, revenue_share=ibis.ifelse(_.all == 0, 0.0, _.revenue.cast("float64") / _.all.cast("float64"))
    )  # fmt: skip
    binned = shares.group_by(step=(_.customers_share * points).ceil()).agg(
        customers_share=_.customers_share.max(), revenue_share=_.revenue_share.max(), monetary=_.monetary.min().cast("float64")
    )  # fmt: skip
    return binned.order_by("step").drop("step").execute()


def count_bins(buyers: Table) -> pd.DataFrame:
    """Count buyers in bins of recency (30 equal widths), frequency (1..10, more) and money (five per power of ten).

    Returns
    -------
    pandas.DataFrame
        measure ("r", "f", "m"), left, right (of the bin, right exclusive; inf in the last bin of f), customers.
    """
    longest = buyers.recency_days.max().execute()
    width = max(1, math.ceil((int(longest) + 1) / 30)) if longest is not None and not pd.isna(longest) else 1
    r = buyers.group_by(bin=(_.recency_days // width).cast("int64")).agg(customers=_.count()).execute().sort_values("bin")
    f = buyers.group_by(bin=ibis.least(_.frequency, 11)).agg(customers=_.count()).execute().sort_values("bin")
    m = (
        buyers.group_by(bin=(ibis.greatest(_.monetary.cast("float64"), 0.1).log10() * 5).floor().cast("int64"))
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


def count_on_cuts(buyers: Table, cuts: dict[str, int | Decimal]) -> pd.DataFrame:
    """Count who lies exactly on a cut, and say what the mean would have cut at.

    Parameters
    ----------
    buyers : Table
    cuts : dict
        Measure column (recency_days, frequency, monetary) to the cut.

    Returns
    -------
    pandas.DataFrame
        measure, cut, on_cut (customers whose value is the cut), mean; floats.
    """
    asked = {
        f"{name}_{what}": value
        for name, cut in cuts.items()
        for what, value in (("on", (buyers[name] == ibis.literal(cut, buyers[name].type())).sum()), ("mean", buyers[name].cast("float64").mean()))
    }
    row = buyers.agg(**asked).execute().iloc[0]
    return pd.DataFrame(
        [{"measure": name, "cut": float(cut), "on_cut": int(row[f"{name}_on"] or 0), "mean": float(row[f"{name}_mean"])} for name, cut in cuts.items()]
    )
