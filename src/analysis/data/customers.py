"""Customers known at as-of: who they are by their orders, and what they told us about themselves."""

import datetime as dt

import ibis
from ibis import _
from ibis.expr.types import Table

from analysis.columns import CONTACT_COLUMNS, CUSTOMER_COLUMNS
from analysis.data.orders import bear_cost
from analysis.data.returns import keep_share

# rows that left at these steps make nobody a customer: unreadable, told again, outside the time, not a customer of ours
NOBODY = ("unreadable", "overlap", "after_as_of", "before_window", "excluded", "test_orders")


def describe_customers(orders: Table, *, as_of: dt.date, order_days: bool = False) -> Table:
    """Sum up each customer's orders.

    Parameters
    ----------
    orders : Table
        Grain: customer_id, order_key; day, amount, counts.
    as_of : datetime.date
    order_days : bool
        Whether to count the days with an order as well.

    Returns
    -------
    Table
        Grain: customer_id. first_order_date, last_order_date, recency_days (whole days from the last order to as-of), frequency (orders that count),
        monetary (net money, decimal), mean_order_value, tenure_days (whole days from the first order to as-of), and order_days (different days with an order
        that counts) where it is asked for.
    """
    day = ibis.date(as_of)
    summed = orders.group_by("customer_id").agg(
        first_order_date=_.day.min(where=_.counts),
        last_order_date=_.day.max(where=_.counts),
        frequency=_.counts.sum().fill_null(0),
        monetary=_.amount.sum().cast("decimal(38,4)"),
        **({"order_days": _.day.nunique(where=_.counts)} if order_days else {}),
    )
    return summed.mutate(
        recency_days=day.delta(summed.last_order_date, unit="day"),
        mean_order_value=ibis.ifelse(_.frequency > 0, _.monetary.cast("float64") / _.frequency, ibis.null("float64")),
        tenure_days=day.delta(summed.first_order_date, unit="day"),
    )


def sum_lines(lines: Table, *, gross: bool = False, cost: bool = False) -> Table:
    """Sum what the orders do not tell, from the lines.

    Parameters
    ----------
    lines : Table
        All cleaned lines (see `analysis.data.cleaning.Cleaned`), of a mapped `cost` where that is asked for.
    gross, cost : bool
        What to sum.

    Returns
    -------
    Table
        Grain: customer_id. `gross` (money of the purchases before returns were taken off, decimal), `cost` (of what is left after returns, decimal).
    """
    left = keep_share(bear_cost(lines), lines.units_left, lines.units) if cost else None
    sums = {
        "gross": lines.amount.sum(where=lines.is_goods & (lines.units >= 0)) if gross else None,
        "cost": left.sum(where=lines.left_at.isnull()) if left is not None else None,
    }
    asked = {name: total.cast("decimal(38,4)").fill_null(0) for name, total in sums.items() if total is not None}
    return lines.filter(lines.customer_id.notnull()).group_by("customer_id").agg(**asked)


def list_known(gathered: Table, *, nobody_at: list[int], returned_at: list[int]) -> Table:
    """List everybody whom the transactions name.

    Parameters
    ----------
    gathered : Table
        All lines, gathered: customer_id, left_at (step at which they left), day (the first of theirs).
    nobody_at, returned_at : list of int
        Numbers of the steps whose rows make nobody a customer, and of the steps of returns.

    Returns
    -------
    Table
        Grain: customer_id. `first_seen` (date), `had_returns` (bool: something of theirs left as a return or was taken back).
    """
    seen = gathered.filter(_.customer_id.notnull() & (_.left_at.isnull() | _.left_at.notin(nobody_at)))
    taken_back = seen.left_at.isin(returned_at) if returned_at else ibis.literal(False)
    return seen.mutate(back=ibis.coalesce(taken_back, False)).group_by("customer_id").agg(first_seen=_.day.min(), had_returns=_.back.any())


def join_master(known: Table, people: Table | None) -> Table:
    """Add the customer master: its people without orders, and everybody's attributes (contact columns stay behind).

    Parameters
    ----------
    known : Table
        Grain: customer_id; first_seen, had_returns.
    people : Table or None
        Grain: customer_id. Who is known at as-of, a row a person (see `analysis.data.people`).

    Returns
    -------
    Table
        Grain: customer_id. first_seen (first order line or registration; where there is neither, the first day of the data), had_returns, then attributes as text.
    """
    if people is None:
        return known
    reserved = {*CONTACT_COLUMNS, *known.columns, "source_file", "source_row", "source_order", "problem", "raw", "registered_at"}
    attributes = [column for column in people.columns if column not in reserved and (column in CUSTOMER_COLUMNS or people[column].type().is_string())]
    registered = people.select("customer_id", _since=_.registered_at.date(), **{name: people[name] for name in attributes})
    joined = known.outer_join(registered, "customer_id")
    return joined.select(
        customer_id=ibis.coalesce(known.customer_id, registered.customer_id),
        first_seen=ibis.coalesce(
            ibis.least(known.first_seen, registered["_since"]), known.first_seen, registered["_since"], known.first_seen.min().as_scalar()
        ),
        had_returns=ibis.coalesce(joined.had_returns, False),
        **{name: joined[name] for name in attributes},
    )
