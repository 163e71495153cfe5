"""Netting of returns: what is left of every purchase, and of every return, on a given day."""

import ibis
from ibis import _
from ibis.expr.types import Table

from analysis.columns import MONEY

QUANTITY = "decimal(18,4)"
LINE = ["source_order", "source_file", "source_row"]  # identifies a line
# newest first is last in, first out over this order; of purchases in the same instant the cheaper comes back first; the tail only makes
# the order total, so that no result depends on the order of the rows
ORDER = ["ordered_at", "is_return", ibis.desc("unit_price"), "order_key", "units", "amount", *LINE]


def keep_share(amount: ibis.Value, units_left: ibis.Value, units: ibis.Value) -> ibis.Value:
    """Give the money of a line of which some units are left: exact when none or all are."""
    part = (amount.cast("float64") * units_left.cast("float64") / units.cast("float64")).round(4).cast(MONEY)
    return ibis.cases((units_left == units, amount), (units_left == 0, ibis.literal(0).cast(MONEY)), else_=part)


def net_returns(lines: Table, *, snapshots: Table | None = None) -> Table:
    """Let every return take back, newest first, earlier purchases of the same customer and product.

    First at the same price; what finds no purchase there, at any price. A return before its purchase stays unmatched.

    Parameters
    ----------
    lines : Table
        Order lines: source_order, source_file, source_row (together unique), customer_id, product, order_key, unit_price, amount, ordered_at,
        units (what is netted: pieces, or money where there are no products; negative for a return). Where money was converted, currency and paid_price, the
        price in it, too: a return takes back what was paid in the same currency, whatever the rates of the two days.
    snapshots : Table, optional
        Column `snapshot` (date). With it, the netting is done as it stood at the end of each of these days, for the keys
        (customer and product) that had a return in the time since the snapshot before; rows carry their `snapshot`.

    Returns
    -------
    Table
        Lines whose customer and product had a return: [snapshot,] source_order, source_file, source_row, units_left (of a purchase: not taken back; of a
        return: found no purchase, positive). Other lines are whole and do not appear.

    Notes
    -----
    A stack per key, written with windows only (no join of lines with lines): s is the running sum, its running minimum below zero counts the units
    returned too much, b is the height of the stack, and a purchase keeps what the lowest later height leaves above its own foot.
    """
    at = [] if snapshots is None else ["snapshot"]
    who, price = (["customer_id", "product", "currency"], "paid_price") if "paid_price" in lines.columns else (["customer_id", "product"], "unit_price")
    touched = lines.filter(_.units < 0).select(who).distinct()
    stream = lines.semi_join(touched, who).mutate(is_return=_.units < 0)
    if snapshots is not None:
        stream = _unroll(stream, snapshots, who)
    same_price = _stack(stream, [*at, *who, price])
    open_keys = same_price.filter(_.is_return & (_.units_left > 0)).select(*at, *who).distinct()
    rest = same_price.semi_join(open_keys, [*at, *who])
    any_price = _stack(
        rest.mutate(units=ibis.ifelse(_.is_return, -_.units_left, _.units_left)).drop("units_left"),
        [*at, *who],
    )
    closed = same_price.anti_join(open_keys, [*at, *who])
    columns = [*at, *LINE, "units_left"]
    return closed.select(columns).union(any_price.select(columns))


def take_back(lines: Table, netted: Table, *, first: int) -> Table:
    """Let the lines leave of which nothing is left, and returns that found no purchase.

    Parameters
    ----------
    lines : Table
        Order lines with `left_at`, the number of the step at which a line left (null: not yet).
    netted : Table
        What is left of the lines whose customer and product had a return (see `net_returns`).
    first : int
        Number of the step of returns that are matched; purchases that came back are of the next one, unmatched returns of the one after.

    Returns
    -------
    Table
        The lines, with `units_left` and `amount_left` (of an unmatched return what it left over, negative).
    """
    joined = lines.left_join(netted, LINE).select(*[lines[column] for column in lines.columns], found=netted.units_left)
    is_return = joined.found.notnull() & (joined.units < 0)
    left = ibis.ifelse(is_return, -joined.found, joined.found)
    joined = joined.mutate(units_left=ibis.coalesce(left, joined.units), is_return=is_return, is_purchase=joined.found.notnull() & ~is_return)
    matched, came_back, unmatched = (ibis.literal(first + place, "int8") for place in range(3))
    return joined.mutate(
        amount_left=keep_share(joined.amount, joined.units_left, joined.units),
        left_at=ibis.cases(
            (joined.left_at.notnull(), joined.left_at),
            (joined.is_return & (joined.units_left == 0), matched),
            (joined.is_purchase & (joined.units > 0) & (joined.units_left == 0), came_back),
            (joined.is_return, unmatched),
        ),
    ).drop("found", "is_return", "is_purchase")


def _unroll(stream: Table, snapshots: Table, who: list[str]) -> Table:
    """Repeat the lines of each key for each snapshot before which it had a new return, up to that snapshot."""
    returned = stream.filter(_.is_return).select(*who, day=_.ordered_at.date()).distinct()
    first = returned.join(snapshots, returned.day <= snapshots.snapshot).group_by(*who, "day").agg(snapshot=_.snapshot.min())
    keys = first.select(*who, "snapshot").distinct()
    return stream.join(keys, who).filter(_.ordered_at.date() <= _.snapshot)


def _stack(stream: Table, key: list[str]) -> Table:
    here = ibis.window(group_by=key, order_by=ORDER, preceding=(None, 0))
    onward = ibis.window(group_by=key, order_by=ORDER, following=(0, None))
    zero = ibis.literal(0).cast("decimal(38,4)")
    return (
        stream.mutate(s=_.units.sum().over(here))
        .mutate(floor=ibis.least(_.s.min().over(here), zero))
        .mutate(b=_.s - _.floor, floor_before=_.floor.lag().over(ibis.window(group_by=key, order_by=ORDER)).fill_null(zero))
        .mutate(low=_.b.min().over(onward), foot=_.b - ibis.greatest(_.units, zero))
        .mutate(units_left=ibis.ifelse(_.is_return, _.floor_before - _.floor, ibis.greatest(_.low - _.foot, zero)).cast(QUANTITY))
        .drop("s", "floor", "b", "floor_before", "low", "foot")
    )
