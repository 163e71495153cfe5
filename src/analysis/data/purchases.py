"""Purchase days: the different days on which a customer bought, each with the one after it."""

import datetime as dt

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

SUM = "decimal(38,4)"


def list_purchases(orders: Table) -> Table:
    """List the different days on which each customer ordered: orders of one day are one occasion.

    Parameters
    ----------
    orders : Table
        Grain: customer_id, order_key; day, amount, counts.

    Returns
    -------
    Table
        Grain: customer_id, day. number (1 is the first), first_day, next_day (null on the last one so far), amount (net money of that day's orders).
    """
    days = orders.filter(_.counts).group_by("customer_id", "day").agg(amount=_.amount.sum().cast(SUM))
    own = ibis.window(group_by="customer_id", order_by="day")
    return days.mutate(
        number=ibis.row_number().over(own).cast("int64") + 1, first_day=_.day.min().over(ibis.window(group_by="customer_id")), next_day=_.day.lead().over(own)
    )


def count_days(purchases: Table) -> pd.DataFrame:
    """Count repeated purchases (all but everybody's first) by day: day (date), purchases."""
    return purchases.filter(_.number > 1).group_by("day").agg(purchases=_.count()).order_by("day").execute()


def tell_time(purchases: Table, calendar: pd.DataFrame) -> Table:
    """Read the clock at each purchase: the day's own, that of the customer's first purchase and that of the next.

    Parameters
    ----------
    purchases : Table
        From `list_purchases`.
    calendar : pandas.DataFrame
        day (date), clock (whole numbers that never fall), for every day from the first purchase to as-of.

    Returns
    -------
    Table
        The same rows with clock, first_clock, next_clock (null where there is no next day).
    """
    days = ibis.memtable(calendar[["day", "clock"]], schema={"day": "date", "clock": "int64"})
    timed = purchases
    for prefix in ("", "first_", "next_"):  # looked up in a small table rather than carried from row to row: no sorting
        timed = timed.left_join(days.rename({f"{prefix}day": "day", f"{prefix}clock": "clock"}), f"{prefix}day")
        timed = timed.drop(*[name for name in timed.columns if name.endswith("_right")])
    return timed


def count_time(purchases: Table, *, first: dt.date) -> Table:
    """Let the clock of each purchase count the days since a first day: `tell_time` where there are no seasons, and nothing to look up."""
    start = ibis.date(first)
    return purchases.mutate(**{f"{prefix}clock": purchases[f"{prefix}day"].delta(start, unit="day").cast("int64") for prefix in ("", "first_", "next_")})


def stand_at(timed: Table, *, day: dt.date, clock: int) -> Table:
    """Say where everybody stood at the end of a day: their last purchase until then, and the silence since.

    Returns
    -------
    Table
        Grain: customer_id. The columns of `timed`, and repeats (purchase days after the first), span (clock from the first to the last), silence (clock since).
    """
    end = ibis.date(day)
    last = timed.filter((timed.day <= end) & (timed.next_day.isnull() | (timed.next_day > end)))
    return last.mutate(repeats=last.number - 1, span=last.clock - last.first_clock, silence=ibis.literal(clock, "int64") - last.clock)


def sum_last_year(purchases: Table) -> Table:
    """Sum what each customer spent in the 365 days up to their last purchase.

    Returns
    -------
    Table
        Grain: customer_id. last_day (date), year_monetary (decimal, net).
    """
    dated = purchases.mutate(last_day=_.day.max().over(ibis.window(group_by="customer_id")))
    kept = dated.filter(dated.day > dated.last_day - ibis.interval(days=365))
    return kept.group_by("customer_id").agg(last_day=_.last_day.max(), year_monetary=_.amount.sum().cast(SUM))
