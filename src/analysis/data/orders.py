"""Orders: the lines of one customer under one order key, gathered."""

import ibis
from ibis import _
from ibis.expr.types import Table


def still_counts(line: Table) -> ibis.Value:
    """Tell whether something is left of a line: units, or a gift that was worth nothing from the start."""
    return (line.units_left > 0) | ((line.units == 0) & (line.quantity > 0))


def bear_cost(line: Table) -> ibis.Value:
    """Give what a line cost: that of the whole line as it was told, nothing where it was not, and negative for a return, whatever its sign was."""
    return ibis.ifelse(line.units < 0, -line.cost.abs(), line.cost).fill_null(0)


def gather_lines(lines: Table) -> Table:
    """Gather the lines of an order that left at the same step: what most questions need, in one pass and in far fewer rows.

    Parameters
    ----------
    lines : Table
        All cleaned lines (see `analysis.data.cleaning.Cleaned`).

    Returns
    -------
    Table
        Grain: customer_id, order_key, left_at. `lines` (how many), `day` (date, the first of theirs), `amount` (what is left of it, decimal), `counts` (bool:
        something is left).
    """
    return lines.group_by("customer_id", "order_key", "left_at").agg(
        lines=_.count(), day=_.ordered_at.min().date(), amount=_.amount_left.sum(), counts=still_counts(_).any()
    )


def pick_orders(gathered: Table) -> Table:
    """Pick the orders: what was gathered of the lines that are kept.

    Parameters
    ----------
    gathered : Table
        Grain: customer_id, order_key, left_at (see `gather_lines`).

    Returns
    -------
    Table
        Grain: customer_id, order_key. `day` (date, the first of its lines), `amount` (decimal), `counts` (bool: something is left of it; an order of
        which nothing is left, or that only takes back, moves money and is no order).
    """
    return gathered.filter(_.left_at.isnull()).select("customer_id", "order_key", "day", "amount", "counts")


def count_shared_ids(lines: Table) -> Table:
    """Count order ids that several customers share: orders, ids, customers in one row. An id is only unique within a customer here."""
    per_id = lines.filter(_.customer_id.notnull() & _.order_id.notnull()).group_by("order_id").agg(customers=_.customer_id.nunique())
    return per_id.agg(ids=_.count(), shared=(_.customers > 1).sum().fill_null(0))


def sum_months(orders: Table, anonymous: Table) -> Table:
    """Sum net revenue and orders by calendar month, with the revenue nobody's name is on beside it.

    Returns
    -------
    Table
        Grain: month (date, its first day). customers, orders, monetary, anonymous.
    """
    named = orders.group_by(month=_.day.truncate("M")).agg(customers=_.customer_id.nunique(where=_.counts), orders=_.counts.sum(), monetary=_.amount.sum())
    unnamed = anonymous.group_by(month=_.ordered_at.date().truncate("M")).agg(anonymous=_.amount.sum())
    joined = named.outer_join(unnamed, "month")
    money = "decimal(38,4)"
    return joined.select(
        month=ibis.coalesce(named.month, unnamed.month),
        customers=joined.customers.fill_null(0),
        orders=joined.orders.fill_null(0),
        monetary=joined.monetary.cast(money).fill_null(0),
        anonymous=joined.anonymous.cast(money).fill_null(0),
    )
