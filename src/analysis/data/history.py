"""The time machine: every customer's orders as they stood at earlier month-ends, replayed in one pass."""

import datetime as dt

import ibis
from ibis import _
from ibis.expr.types import Table

from analysis.data.cleaning import keep_share
from analysis.data.orders import still_counts
from analysis.data.returns import LINE, net_returns
from analysis.engine import Engine

LATER = dt.date(9999, 12, 31)


def list_snapshots(first: dt.date, as_of: dt.date, *, months: int) -> list[dt.date]:
    """List the month-ends between the first order and as-of, at most `months` of them, and as-of itself.

    >>> list_snapshots(dt.date(2011, 10, 5), dt.date(2011, 12, 9), months=24)
    [datetime.date(2011, 10, 31), datetime.date(2011, 11, 30), datetime.date(2011, 12, 9)]
    """
    ends: list[dt.date] = []
    start = as_of.replace(day=1)
    while (end := start - dt.timedelta(days=1)) >= first and len(ends) < months:
        ends.append(end)
        start = end.replace(day=1)
    return [*reversed(ends), as_of]


def replay(engine: Engine, lines: Table, snapshots: list[dt.date], *, netting: bool) -> Table:
    """Say what was known of each buyer at the end of each snapshot day: a return that came later has not happened yet.

    Parameters
    ----------
    engine : Engine
    lines : Table
        All cleaned lines (see `analysis.data.cleaning.Cleaned`).
    snapshots : list of datetime.date
        Ascending.
    netting : bool
        Whether returns are netted (otherwise nothing is ever taken back).

    Returns
    -------
    Table
        Grain: snapshot, customer_id; buyers only. last_order_date, recency_days, frequency, monetary.
    """
    days = ibis.memtable({"snapshot": snapshots}, schema={"snapshot": "date"})
    day = _.ordered_at.date()
    goods = lines.filter(_.is_goods).mutate(day=day, begins=_first_snapshot(day, snapshots)).select(
        *LINE, "customer_id", "order_key", "day", "begins", "units", "quantity", "amount"
    )  # fmt: skip
    goods = goods.filter(_.begins.notnull())
    if not netting:
        return _sum(_untouched(goods), days, None)
    netted = engine.materialize("netted_history", net_returns(lines.filter(_.at_returns), snapshots=days))
    held = netted.mutate(until=_.snapshot.lead().over(ibis.window(group_by=LINE, order_by="snapshot")).fill_null(ibis.date(LATER)))
    touched = goods.semi_join(netted, LINE).select("customer_id", "order_key").distinct()
    whole = goods.anti_join(touched, ["customer_id", "order_key"])
    broken = goods.semi_join(touched, ["customer_id", "order_key"])
    unrolled = broken.join(days, broken.begins <= days.snapshot)
    states = unrolled.left_join(
        held, [*[unrolled[name] == held[name] for name in LINE], held.snapshot <= unrolled.snapshot, unrolled.snapshot < held.until]
    ).select(*[unrolled[name] for name in unrolled.columns], units_left=ibis.coalesce(held.units_left, unrolled.units))
    states = states.mutate(amount_left=keep_share(_.amount, _.units_left, _.units))
    orders = states.group_by("snapshot", "customer_id", "order_key").agg(
        day=_.day.min(where=(_.units_left > 0) | (_.units == 0)), amount=_.amount_left.sum(), counts=still_counts(_).any()
    )  # fmt: skip
    return _sum(_untouched(whole), days, orders)


def _first_snapshot(day: ibis.Value, snapshots: list[dt.date]) -> ibis.Value:
    return ibis.cases(*[(day <= ibis.date(end), ibis.date(end)) for end in snapshots])


def _untouched(goods: Table) -> Table:
    """Sum by customer and the first snapshot that sees them: money as it came in, and each order once, where it begins."""
    lines = goods.mutate(units_left=goods.units).mutate(counts=still_counts(_))
    orders = lines.group_by("customer_id", "order_key").agg(day=_.day.min(), begins=_.begins.min(where=_.counts))
    money = goods.group_by("customer_id", "begins").agg(amount=_.amount.sum()).mutate(orders=ibis.literal(0, "int64"), last=ibis.null("date"))
    counted = orders.filter(_.begins.notnull()).group_by("customer_id", "begins").agg(orders=_.count(), last=_.day.max())
    return money.union(counted.mutate(amount=ibis.literal(0).cast(money.amount.type())).select(money.columns))


def _sum(begun: Table, days: Table, broken: Table | None) -> Table:
    """Let each sum hold from where it begins to the end, add the orders that changed, and keep the buyers."""
    parts = begun.join(days, begun.begins <= days.snapshot).select("snapshot", "customer_id", "amount", "orders", "last")
    if broken is not None:
        extra = broken.select(
            "snapshot",
            "customer_id",
            amount=_.amount.cast(parts.amount.type()),
            orders=_.counts.cast("int64"),
            last=ibis.ifelse(_.counts, _.day, ibis.null("date")),
        )
        parts = parts.union(extra)
    states = parts.group_by("snapshot", "customer_id").agg(
        last_order_date=_.last.max(), frequency=_.orders.sum(), monetary=_.amount.sum().cast("decimal(38,4)")
    )
    return states.filter(_.frequency > 0).mutate(recency_days=lambda t: t.snapshot.delta(t.last_order_date, unit="day"))
