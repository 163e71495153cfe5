"""The time machine: every customer's orders as they stood at earlier month-ends, replayed in one pass."""

import datetime as dt

import ibis
from ibis import _
from ibis.expr.types import Table

from analysis.data.orders import bear_cost, still_counts
from analysis.data.returns import LINE, keep_share, net_returns
from analysis.engine import Engine

SUM = "decimal(38,4)"
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


def replay(engine: Engine, lines: Table, snapshots: list[dt.date], *, netting: bool, ingredients: frozenset[str] = frozenset()) -> Table:
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
    ingredients : frozenset of {"order_days", "gross", "cost"}
        What else is summed (see `analysis.data.customers`).

    Returns
    -------
    Table
        Grain: snapshot, customer_id; buyers only. last_order_date, recency_days, frequency, monetary and the ingredients.
    """
    days = ibis.memtable({"snapshot": snapshots}, schema={"snapshot": "date"})
    day = _.ordered_at.date()
    goods = lines.filter(_.is_goods).mutate(day=day, begins=_first_snapshot(day, snapshots), **({"cost": bear_cost(_)} if "cost" in ingredients else {}))
    goods = goods.select(
        *LINE, "customer_id", "order_key", "day", "begins", "units", "quantity", "amount", *sorted(ingredients & {"cost"})
    ).filter(_.begins.notnull())  # fmt: skip
    gross = _begin_gross(goods) if "gross" in ingredients else None
    if not netting:
        return _sum(_untouched(goods, ingredients), gross, None, days, ingredients)
    netted = engine.materialize("netted_history", net_returns(lines.filter(_.at_returns), snapshots=days))
    held = netted.mutate(until=_.snapshot.lead().over(ibis.window(group_by=LINE, order_by="snapshot")).fill_null(ibis.date(LATER)))
    # a day with two orders, one of them taken back, is still a day: where days are counted, the other orders of such a customer are unrolled as well
    key = ["customer_id"] if "order_days" in ingredients else ["customer_id", "order_key"]
    changing = engine.materialize("changing", goods.semi_join(netted, LINE))
    touched = changing.select(*key).distinct()
    whole, broken = goods.anti_join(touched, key), goods.semi_join(touched, key)
    parts = [_stay(broken.anti_join(changing, LINE), days), _change(changing, held, days)]
    names = [name for name in ("amount", "cost") if name in goods.columns]
    orders = ibis.union(*(part.select("snapshot", "customer_id", "order_key", "day", "counts", *names) for part in parts))
    orders = orders.group_by("snapshot", "customer_id", "order_key").agg(day=_.day.min(), counts=_.counts.any(), **{name: orders[name].sum() for name in names})
    return _sum(_untouched(whole, ingredients), gross, orders, days, ingredients)


def _stay(lines: Table, days: Table) -> Table:
    """Sum lines of which nothing is ever taken back by order and the first snapshot that sees them, and repeat the sums from there on."""
    sums = _sum_orders(lines.mutate(units_left=lines.units), "begins")
    return sums.join(days, sums.begins <= days.snapshot)


def _change(lines: Table, held: Table, days: Table) -> Table:
    """Give each line on each day what is left of it then, and sum by order and snapshot."""
    unrolled = lines.join(days, lines.begins <= days.snapshot)
    states = unrolled.left_join(
        held, [*[unrolled[name] == held[name] for name in LINE], held.snapshot <= unrolled.snapshot, unrolled.snapshot < held.until]
    ).select(*[unrolled[name] for name in unrolled.columns], units_left=ibis.coalesce(held.units_left, unrolled.units))
    left = {name: keep_share(states[name], states.units_left, states.units) for name in ("amount", "cost") if name in states.columns}
    return _sum_orders(states.mutate(**left), "snapshot")


def _sum_orders(lines: Table, since: str) -> Table:
    return lines.group_by(since, "customer_id", "order_key").agg(
        day=_.day.min(where=(_.units_left > 0) | (_.units == 0)),
        counts=still_counts(_).any(),
        **{name: lines[name].sum() for name in ("amount", "cost") if name in lines.columns},
    )


def _first_snapshot(day: ibis.Value, snapshots: list[dt.date]) -> ibis.Value:
    return ibis.cases(*[(day <= ibis.date(end), ibis.date(end)) for end in snapshots])


def _begin_gross(goods: Table) -> Table:
    """Sum purchases as they came in by customer and the first snapshot that sees them: no return takes from these."""
    return goods.filter(_.units >= 0).group_by("customer_id", "begins").agg(gross=_.amount.sum())


def _untouched(goods: Table, ingredients: frozenset[str]) -> list[Table]:
    """Sum by customer and the first snapshot that sees them: money as it came in, and each order (and each day with one) once, where it begins."""
    lines = goods.mutate(units_left=goods.units).mutate(counts=still_counts(_))
    orders = lines.group_by("customer_id", "order_key").agg(day=_.day.min(), begins=_.begins.min(where=_.counts)).filter(_.begins.notnull())
    money = goods.group_by("customer_id", "begins").agg(**{name: goods[name].sum() for name in ("amount", "cost") if name in goods.columns})
    parts = [money, orders.group_by("customer_id", "begins").agg(orders=_.count(), last=_.day.max())]
    if "order_days" in ingredients:
        seen = orders.group_by("customer_id", "day").agg(begins=_.begins.min())
        parts.append(seen.group_by("customer_id", "begins").agg(order_days=_.count()))
    return parts


def _sum(begun: list[Table], gross: Table | None, broken: Table | None, days: Table, ingredients: frozenset[str]) -> Table:
    """Let sums grow from where each begins, hold them until the next does, add the orders that changed, and keep the buyers."""
    kinds = {"amount": SUM, "orders": "int64", "last": "date"} | {name: "int64" if name == "order_days" else SUM for name in sorted(ingredients)}
    begun = [_fill(part, kinds, "begins") for part in [*begun, *([] if gross is None else [gross])]]
    each = _add_up(ibis.union(*begun) if len(begun) > 1 else begun[0], kinds, "begins")
    # one row for each snapshot at which something begins, not one for each of those and every later snapshot: a fifth of the rows of a shop of two years
    line = ibis.window(group_by="customer_id", order_by="begins")
    so_far = ibis.window(group_by="customer_id", order_by="begins", preceding=(None, 0))
    grown = each.select(
        "customer_id", "begins", until=each.begins.lead().over(line).fill_null(ibis.date(LATER)),
        **{name: (each[name].max() if name == "last" else each[name].sum()).over(so_far).cast(kind) for name, kind in kinds.items()},
    )  # fmt: skip
    states = grown.join(days, [grown.begins <= days.snapshot, days.snapshot < grown.until]).select("snapshot", "customer_id", *kinds)
    if broken is not None:
        counted = {"order_days": _.day.nunique(where=_.counts)} if "order_days" in ingredients else {}
        by_customer = broken.group_by("snapshot", "customer_id").agg(
            orders=_.counts.sum(),
            last=_.day.max(where=_.counts),
            **{name: broken[name].sum() for name in ("amount", "cost") if name in broken.columns},
            **counted,
        )
        states = _add_up(states.union(_fill(by_customer, kinds, "snapshot")), kinds, "snapshot")
    named = states.rename(last_order_date="last", frequency="orders", monetary="amount")
    return (
        named.select("snapshot", "customer_id", "last_order_date", "frequency", "monetary", *sorted(ingredients))
        .filter(_.frequency > 0)
        .mutate(recency_days=lambda t: t.snapshot.delta(t.last_order_date, unit="day"))
    )


def _add_up(parts: Table, kinds: dict[str, str], since: str) -> Table:
    """Sum what parts know of the same customer and snapshot; of days the last."""
    return parts.group_by(since, "customer_id").agg(
        **{name: (parts[name].max() if name == "last" else parts[name].sum()).cast(kind) for name, kind in kinds.items()}
    )


def _fill(part: Table, kinds: dict[str, str], since: str) -> Table:
    """Give the part the columns of all parts: no money, no order, no day where it knows of none."""
    nothing = {name: ibis.null("date") if kind == "date" else ibis.literal(0).cast(kind) for name, kind in kinds.items()}
    return part.select(since, "customer_id", **{name: part[name].cast(kind) if name in part.columns else nothing[name] for name, kind in kinds.items()})
