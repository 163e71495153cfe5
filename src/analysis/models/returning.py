"""How silences end: the share that an order ended within ninety days, by how late the customer was; and whether such shares came true."""

import datetime as dt

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

HORIZON = 90  # days: the `90d` of return_90d
EDGES = (0.5, 1.0, 1.5, 2.0, 3.0, 5.0)  # of the index: seven bins
DAYS_BOUGHT = (1, 4)  # one purchase day; two to four; more
POOLED = 25.0  # customers of the wider group that stand beside those of a cell
DIGITS = 12
CELL = ["bin", "times", "pace"]


def place_in_cells(measured: Table) -> Table:
    """Put customers together who are as late, have bought as often, and have a usual gap on the same side of the horizon.

    Parameters
    ----------
    measured : Table
        Grain: customer_id; overdue_index, usual_gap_days (neither null), repeats.

    Returns
    -------
    Table
        The same rows with bin (0 is early, 6 is latest), times (0 bought on one day, 1 on two to four, 2 on more) and pace (0 quick, 1 slow).
    """
    index_bin = sum(((measured.overdue_index >= edge).cast("int64") for edge in EDGES), ibis.literal(0, "int64"))
    times = sum(((measured.repeats + 1 > edge).cast("int64") for edge in DAYS_BOUGHT), ibis.literal(0, "int64"))
    return measured.mutate(bin=index_bin, times=times, pace=(measured.usual_gap_days > HORIZON).cast("int64"))


def count_returns(watched: Table) -> pd.DataFrame:
    """Count by cell who was silent at some earlier month-end and who ordered within the horizon.

    Parameters
    ----------
    watched : Table
        Grain: customer_id, a past day; bin, times, pace, silence, clock, next_clock. Only days whose horizon is over at as-of, so that nobody's answer is cut off.

    Returns
    -------
    pandas.DataFrame
        Every cell of bin, times, pace. customers (counted once per month-end), returned, share (0-1): what was counted, beside `POOLED` customers who
        returned like those of the bin before with as many purchases and the same pace. So a cell that nobody was in yet says what was seen before it.
    """
    back = (_.next_clock - _.clock - _.silence <= HORIZON).fill_null(False)
    counted = watched.group_by(*CELL).agg(customers=_.count(), returned=back.sum()).order_by(*CELL).execute()
    if counted.empty:
        return counted.assign(share=pd.Series(dtype="float64"))
    grid = pd.MultiIndex.from_product([range(len(EDGES) + 1), range(len(DAYS_BOUGHT) + 1), range(2)], names=CELL)
    cells = counted.set_index(CELL).reindex(grid, fill_value=0).astype("int64")
    returned, customers = (cells[name].unstack(["times", "pace"]) for name in ("returned", "customers"))
    overall = (returned.sum() + POOLED * returned.to_numpy().sum() / customers.to_numpy().sum()) / (customers.sum() + POOLED)
    shares = {-1: overall}
    for late in returned.index:
        shares[late] = (returned.loc[late] + POOLED * shares[late - 1]) / (customers.loc[late] + POOLED)
    cells["share"] = pd.DataFrame(shares).drop(columns=-1).T.rename_axis("bin").stack(["times", "pace"], future_stack=True).reindex(grid).round(DIGITS)
    return cells.reset_index()


def expect_returns(placed: Table, cells: pd.DataFrame, *, ahead: int) -> Table:
    """Say of everybody how many silences like theirs ended with an order within the horizon.

    Parameters
    ----------
    placed : Table
        From `place_in_cells`.
    cells : pandas.DataFrame
        From `count_returns`.
    ahead : int
        What the clock will say more at the end of the horizon: 90 without seasons, more before a busy season. Shares are carried over as
        1 - (1 - share)^(ahead / 90).

    Returns
    -------
    Table
        The same rows with return_90d (0-1); null where nothing can be told yet.
    """
    if cells.empty:
        return placed.mutate(return_90d=ibis.null("float64"))
    carried = cells.assign(return_90d=(1 - (1 - cells["share"]) ** (ahead / HORIZON)).round(DIGITS))
    shares = ibis.memtable(carried[[*CELL, "return_90d"]], schema={**dict.fromkeys(CELL, "int64"), "return_90d": "float64"})
    joined = placed.left_join(shares, CELL)
    return joined.select(*placed.columns, "return_90d")


def count_reliability(expected: Table, *, until: dt.date, groups: int = 10) -> pd.DataFrame:
    """Hold what was expected at an earlier day against what happened by `until`.

    Parameters
    ----------
    expected : Table
        Grain: customer_id; return_90d as expected then, next_day (null where there was none).
    until : datetime.date
        The last day of the horizon.
    groups : int
        About so many groups, from the least likely to return to the most.

    Returns
    -------
    pandas.DataFrame
        Grain: group. predicted (mean share), observed (share), customers, returned, low, high (Wilson interval of the observed share, 95 %).
    """
    back = (_.next_day <= ibis.date(until)).fill_null(False)
    counted = expected.filter(_.return_90d.notnull()).group_by("return_90d").agg(customers=_.count(), returned=back.sum()).order_by("return_90d").execute()
    if counted.empty:
        return pd.DataFrame(columns=["group", "predicted", "observed", "customers", "returned", "low", "high"])
    before = counted["customers"].cumsum() - counted["customers"] / 2
    counted["group"] = np.minimum((before / counted["customers"].sum() * groups).astype(int), groups - 1)
    counted["sum"] = counted["return_90d"] * counted["customers"]
    frame = counted.groupby("group")[["sum", "customers", "returned"]].sum().reset_index(drop=True).rename_axis("group").reset_index()
    frame["predicted"], frame["observed"] = frame["sum"] / frame["customers"], frame["returned"] / frame["customers"]
    frame["low"], frame["high"] = bound_share(frame["returned"], frame["customers"])
    return frame[["group", "predicted", "observed", "customers", "returned", "low", "high"]]


def bound_share(hits: pd.Series, of: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Give the 95 % interval of a share (Wilson 1927)."""
    z = 1.959963984540054
    share = hits / of
    centre, spread = share + z * z / (2 * of), z * np.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return ((centre - spread) / (1 + z * z / of)).clip(lower=0), ((centre + spread) / (1 + z * z / of)).clip(upper=1)
