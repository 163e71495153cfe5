"""What the base is worth: totals with their intervals, value at risk, concentration, and where the effort goes."""

from collections.abc import Mapping, Sequence

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.value.occasions import add_exactly

LEVEL = 0.9  # of bootstrap intervals
KEY = 200  # values are equal to a half per cent


def total_groups(valued: Table, by: str, *, draws: int, seed: int, order: Sequence[str] = ()) -> pd.DataFrame:
    """Add up future value by group, with bootstrap intervals.

    Parameters
    ----------
    valued : Table
        Grain: customer. The group, clv_365d, clv_spread, p_alive, p_order_90d, expected_orders_90d, monetary.
    by : str
        The column of the group.
    draws : int
        Bootstrap samples.
    seed : int
    order : sequence of str
        Groups in the order of display; others follow by name.

    Returns
    -------
    pandas.DataFrame
        Grain: group. customers, monetary (so far), orders_90d, value (sum of clv_365d), low, high (90 %), at_risk (value times the chance of loss: one less
        P(alive), or, where no model tells it, one less the chance of an order in 90 days), p_alive (mean).

    Notes
    -----
    Customers are drawn again with replacement, from counts of equal values (to a half per cent), and each sum gets the chance by which futures scatter.
    """
    loss = 1 - ibis.coalesce(valued.p_alive, valued.p_order_90d)
    worth = valued.clv_365d.fill_null(0)
    key = ibis.ifelse(worth > 0, (ibis.greatest(worth, 1e-9).ln() * KEY).round(), -1_000_000).cast("int64")
    cells = valued.group_by(group=valued[by], key=key).agg(
        n=_.count(), value=add_exactly(worth), variance=add_exactly(valued.clv_spread.fill_null(0) ** 2), at_risk=add_exactly(worth * loss), orders_90d=add_exactly(_.expected_orders_90d),
        alive=add_exactly(_.p_alive), told=_.p_alive.count(), monetary=_.monetary.sum(),
    ).order_by("group", "key").execute()  # fmt: skip
    cells = cells.astype(dict.fromkeys(("value", "variance", "at_risk", "orders_90d", "alive", "monetary"), float))
    rng, rows = np.random.default_rng(seed), []
    found = set(cells["group"])
    for group in [*(name for name in order if name in found), *sorted(found - set(order))]:
        part = cells[cells["group"] == group]
        total, told = part["value"].sum(), part["told"].sum()
        low, high = _resample(part, draws=draws, rng=rng)
        alive = part["alive"].sum() / told if told else np.nan
        rows.append((group, int(part["n"].sum()), part["monetary"].sum(), part["orders_90d"].sum(), total, low, high, part["at_risk"].sum(), alive))
    return pd.DataFrame(rows, columns=["group", "customers", "monetary", "orders_90d", "value", "low", "high", "at_risk", "p_alive"]).round(9)


def _resample(cells: pd.DataFrame, *, draws: int, rng: np.random.Generator) -> tuple[float, float]:
    n = cells["n"].to_numpy()
    each, variance = cells["value"].to_numpy(float) / n, cells["variance"].to_numpy(float) / n
    taken = rng.multinomial(int(n.sum()), n / n.sum(), size=draws)
    sums = (taken * each).sum(axis=1) + np.sqrt((taken * variance).sum(axis=1)) * rng.standard_normal(draws)
    low, high = np.quantile(sums, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return max(float(low), 0.0), float(high)


def concentrate(valued: Table) -> pd.DataFrame:
    """Add up future value from the most valuable customer down.

    Returns
    -------
    pandas.DataFrame
        Grain: customers_share (0, 0.05 .. 1). value_share.
    """
    worth = valued.clv_365d.fill_null(0)
    key = ibis.ifelse(worth > 0, (ibis.greatest(worth, 1e-9).ln() * KEY).round(), -1_000_000).cast("int64")
    groups = valued.group_by(_key=key).agg(n=_.count(), value=add_exactly(worth)).order_by(ibis.desc("_key")).execute().astype({"value": float})
    customers, value = max(float(groups["n"].sum()), 1.0), float(groups["value"].sum())
    shares = np.linspace(0, 1, 21).round(2)
    ys = np.r_[0, groups["value"].cumsum() / (value if value > 0 else 1)]
    return pd.DataFrame({"customers_share": shares, "value_share": np.interp(shares, np.r_[0, groups["n"].cumsum() / customers], ys)})


def allocate(totals: pd.DataFrame, effort: Mapping[str, float]) -> pd.DataFrame:
    """Set each group's share of the effort beside its share of future value.

    Parameters
    ----------
    totals : pandas.DataFrame
        From `total_groups`.
    effort : mapping of str to float
        Effort by group, in any unit; empty where everybody gets the same.

    Returns
    -------
    pandas.DataFrame
        Grain: group. customers, effort_share, value_share, gap (value less effort, in shares), value_each.
    """
    spent = totals["group"].map(effort).fillna(0.0) if effort else totals["customers"].astype(float)
    worth = totals["value"].astype(float)
    shares = {"effort_share": spent / (spent.sum() or 1.0), "value_share": worth / (worth.sum() or 1.0)}
    frame = totals[["group", "customers"]].assign(**shares, value_each=worth / totals["customers"].clip(lower=1))
    return frame.assign(gap=frame["value_share"] - frame["effort_share"])
