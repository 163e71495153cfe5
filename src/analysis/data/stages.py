"""Stages: where in life every known customer stood at the end of each month, cut from their purchases in one pass."""

import datetime as dt
from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import STAGES
from analysis.data.activity import index_month, is_month_end, is_over, number_month, to_month

SILENT = ("at_risk", "dormant", "lost")


@dataclass(frozen=True)
class Limits:
    """From when on a silence means something: as many usual gaps of the customer's own (`in_gaps`), or as many days."""

    at_risk: float
    dormant: float
    lost: float
    in_gaps: bool


def mark_purchases(paced: Table, limits: Limits, *, recent_gaps: int, change: float) -> Table:
    """Say of each purchase what it made of the customer, and at which clock the silence after it turns into which stage.

    Parameters
    ----------
    paced : Table
        Grain: customer_id, day. number, next_day, clock, first_clock, and usual_gap_days (as it was after this purchase; not looked at where limits are days).
    limits : Limits
    recent_gaps : int
    change : float

    Returns
    -------
    Table
        customer_id, day, next_day; stage: new (the first purchase), reactivated (it ended a silence that was dormant or longer), growing and shrinking (the last
        `recent_gaps` gaps are `change` times shorter or longer on average than the earlier ones, of which there are as many or more), active (any other);
        at_risk_at, dormant_at, lost_at (clock).
    """
    gap = paced.usual_gap_days if limits.in_gaps else ibis.literal(1.0)
    at = {f"{name}_at": (paced.clock + (gap * getattr(limits, name)).round(6).ceil().cast("int64")) for name in SILENT}
    own = ibis.window(group_by="customer_id", order_by="day")
    marked = paced.mutate(**at)
    earlier = marked.number - 1 - recent_gaps  # gaps before the recent ones
    marked = marked.mutate(was_dormant_at=marked.dormant_at.lag().over(own), turn=marked.clock.lag(recent_gaps).over(own), earlier=earlier)
    recent, before = (marked.clock - marked.turn) * marked.earlier, (marked.turn - marked.first_clock) * recent_gaps  # means, over one denominator
    stage = ibis.cases(
        (marked.number == 1, "new"),
        (marked.clock >= marked.was_dormant_at, "reactivated"),
        ((marked.earlier >= recent_gaps) & (recent.cast("float64") * change <= before), "growing"),
        ((marked.earlier >= recent_gaps) & (recent >= before.cast("float64") * change), "shrinking"),
        else_="active",
    )
    return marked.select("customer_id", "day", "next_day", *at, stage=stage)


def list_spells(marked: Table, others: Table, calendar: pd.DataFrame, *, as_of: dt.date) -> Table:
    """Cut each customer's life into spells of one stage, as it was at each month's end; the last month ends at as-of.

    Parameters
    ----------
    marked : Table
        From `mark_purchases`.
    others : Table
        Grain: customer_id; first_seen (date), had_returns: everybody known, buyers or not.
    calendar : pandas.DataFrame
        day (date), clock, from the first purchase to as-of at least.
    as_of : datetime.date

    Returns
    -------
    Table
        Grain: customer_id, begins (month number). stage, ends (last month number, at most that of as-of).
    """
    last = number_month(as_of)
    begins, ends = index_month(marked.day), ibis.coalesce(index_month(marked.next_day) - 1, last)
    seen = marked.mutate(begins=begins, ends=ends).filter(_.ends >= _.begins)  # the purchase that stands at a month's end
    months = ibis.memtable(_reach_months(calendar, as_of), schema={"clock": "int64", "month": "int64"})
    for name in SILENT:
        reached = months.rename({f"{name}_at": "clock", f"{name}_from": "month"})
        seen = seen.left_join(reached, f"{name}_at").drop(f"{name}_at_right")
        seen = seen.mutate(**{f"{name}_from": ibis.greatest(seen.begins, ibis.least(seen[f"{name}_from"].fill_null(last + 1), seen.ends + 1))})
    turns = [seen.begins, *[seen[f"{name}_from"] for name in SILENT], seen.ends + 1]
    stages = [seen.stage, *[ibis.literal(name) for name in SILENT]]
    parts = [
        seen.select("customer_id", stage=stage, begins=start.cast("int64"), ends=(after - 1).cast("int64")).filter(_.ends >= _.begins)
        for stage, start, after in zip(stages, turns[:-1], turns[1:], strict=True)
    ]
    firsts = marked.filter(_.stage == "new").select("customer_id", first=index_month(_.day))
    known = others.left_join(firsts, "customer_id").select(others.customer_id, others.had_returns, seen=index_month(others.first_seen), first=firsts["first"])
    before = known.filter(_["first"].isnull() | (_.seen < _["first"])).select(
        "customer_id",
        stage=ibis.ifelse(_["first"].isnull() & _.had_returns, "cancelled_only", "prospect"),
        begins=_.seen,
        ends=ibis.coalesce(_["first"] - 1, last),
    )
    return ibis.union(*parts, before)


def _reach_months(calendar: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Say for every clock until as-of which month ends first at this clock or later."""
    past = calendar[calendar["day"] <= as_of]
    ends = past[[is_month_end(day) or day == as_of for day in past["day"]]]
    clocks = np.arange(int(ends["clock"].iloc[-1]) + 1)
    numbers = np.array([number_month(day) for day in ends["day"]])
    return pd.DataFrame({"clock": clocks, "month": numbers[np.searchsorted(ends["clock"].to_numpy(), clocks)]})


def count_stages(spells: Table, *, as_of: dt.date) -> pd.DataFrame:
    """Count every stage in every month, with who entered and who left.

    Returns
    -------
    pandas.DataFrame
        Grain: month (date), stage; all stages each month, zeros included. customers (at the end of the month), entered, left, is_complete.
        Opening + entered - left = closing; staying in a stage is neither.
    """
    last = number_month(as_of)
    own = ibis.window(group_by="customer_id", order_by="begins")
    around = spells.mutate(came_from=_.stage.lag().over(own), goes_to=_.stage.lead().over(own))
    groups = around.group_by(
        "stage", "begins", "ends", enters=_.came_from.isnull() | (_.came_from != _.stage), leaves=_.goes_to.notnull() & (_.goes_to != _.stage)
    ).agg(n=_.count()).execute()  # fmt: skip
    columns = ["month", "stage", "customers", "entered", "left", "is_complete"]
    if groups.empty:
        return pd.DataFrame(columns=columns)
    first = int(groups.begins.min())
    held = {stage: np.zeros((3, last - first + 2), dtype="int64") for stage in STAGES}  # changes of the stock, entered, left
    for row in groups.itertuples():
        counts, begins, after = held[row.stage], int(row.begins) - first, int(row.ends) + 1 - first
        counts[0, begins] += row.n
        counts[0, after] -= row.n
        counts[1, begins] += row.n * row.enters
        counts[2, after] += row.n * row.leaves
    stock = {stage: np.cumsum(counts[0]) for stage, counts in held.items()}
    return pd.DataFrame(
        [
            (to_month(month), stage, stock[stage][month - first], held[stage][1, month - first], held[stage][2, month - first], is_over(month, as_of))
            for month in range(first, last + 1) for stage in STAGES
        ],
        columns=columns,
    )  # fmt: skip
