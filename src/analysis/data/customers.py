"""Customers known at as-of: who they are by their orders, and what they told us about themselves."""

import datetime as dt
from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import Table

from analysis.columns import CONTACT_COLUMNS, CUSTOMER_COLUMNS
from analysis.data.orders import bear_cost
from analysis.data.returns import keep_share

# rows that left at these steps make nobody a customer: unreadable, told again, outside the time, not a customer of ours
NOBODY = ("unreadable", "overlap", "after_as_of", "before_window", "excluded", "test_orders")


def sum_customers(gathered: Table, *, as_of: dt.date, nobody_at: Sequence[int] = (), returned_at: Sequence[int] = (), order_days: bool = False) -> Table:
    """Sum up each customer whom the transactions name, in one pass.

    Parameters
    ----------
    gathered : Table
        Lines, gathered: customer_id, left_at (step at which they left; null: kept), day, amount, counts (see `analysis.data.orders.gather_lines`).
    as_of : datetime.date
    nobody_at, returned_at : sequence of int
        Numbers of the steps whose rows make nobody a customer, and of the steps of returns.
    order_days : bool
        Whether to count the days with an order as well.

    Returns
    -------
    Table
        Grain: customer_id. first_seen (date, the first line that makes them a customer; null where there is none), had_returns (bool: something of theirs left as a return or
        was taken back). Of the orders, the lines that are kept: first_order_date, last_order_date, frequency (orders that count), monetary (net money, decimal; null where no
        line is kept), recency_days (whole days from the last order to as-of), mean_order_value, tenure_days (whole days from the first order to as-of), and order_days
        (different days with an order that counts) where it is asked for.
    """
    kept, nothing = _.left_at.isnull(), ibis.null("date")
    told = gathered.filter(_.customer_id.notnull()).select(
        "customer_id",
        seen_on=ibis.ifelse(kept | _.left_at.notin(nobody_at), _.day, nothing) if nobody_at else _.day,
        back=ibis.coalesce(_.left_at.isin(returned_at), False) if returned_at else False,
        ordered_on=ibis.ifelse(kept & _.counts, _.day, nothing),
        money=ibis.ifelse(kept, _.amount, ibis.null(gathered.amount.type())),
    )
    summed = told.group_by("customer_id").agg(
        first_seen=_.seen_on.min(),
        had_returns=_.back.any(),
        first_order_date=_.ordered_on.min(),
        last_order_date=_.ordered_on.max(),
        frequency=_.ordered_on.count(),
        monetary=_.money.sum().cast("decimal(38,4)"),
        **({"order_days": _.ordered_on.nunique()} if order_days else {}),
    )
    day = ibis.date(as_of)
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


def join_master(summed: Table, people: Table | None) -> Table:
    """Add the customer master: its people without orders, and everybody's attributes (contact columns stay behind).

    Parameters
    ----------
    summed : Table
        Grain: customer_id. Whom the transactions name (see `sum_customers`).
    people : Table or None
        Grain: customer_id. Who is known at as-of, a row a person (see `analysis.data.people`).

    Returns
    -------
    Table
        Grain: customer_id. first_seen (first order line or registration; where there is neither, the first day of the data), had_returns, then attributes as text, then
        what is summed up of the orders.
    """
    seen = summed.filter(_.first_seen.notnull())
    if people is None:
        return seen
    own = ["customer_id", "first_seen", "had_returns"]
    reserved = {*CONTACT_COLUMNS, *own, "source_file", "source_row", "source_order", "problem", "raw", "registered_at"}
    attributes = [column for column in people.columns if column not in reserved and (column in CUSTOMER_COLUMNS or people[column].type().is_string())]
    registered = people.select("customer_id", _since=_.registered_at.date(), **{f"_own_{column}": people[column] for column in attributes})
    joined = seen.outer_join(registered, "customer_id")
    return joined.select(
        customer_id=ibis.coalesce(seen.customer_id, registered.customer_id),
        first_seen=ibis.coalesce(ibis.least(seen.first_seen, registered["_since"]), seen.first_seen, registered["_since"], seen.first_seen.min().as_scalar()),
        had_returns=ibis.coalesce(joined.had_returns, False),
        **{name: joined[f"_own_{name}"] for name in attributes},
        **{name: joined[name] for name in summed.columns if name not in own},
    )
