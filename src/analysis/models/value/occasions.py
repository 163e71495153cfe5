"""Purchase occasions: what the models of repeat buying are fitted on, counted in the engine."""

import datetime as dt

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

SUM = "decimal(38,4)"


def list_occasions(orders: Table) -> Table:
    """Merge each customer's orders of a local day into one occasion.

    Parameters
    ----------
    orders : Table
        Grain: customer_id, order_key; day, amount (decimal), counts (something is left of it after returns). Only orders that count make an occasion.

    Returns
    -------
    Table
        Grain: customer_id, day. amount (decimal; may be zero).
    """
    return orders.filter(_.counts).group_by("customer_id", "day").agg(amount=_.amount.sum().cast(SUM))


def summarise(occasions: Table, *, end: dt.date) -> Table:
    """Sum up each customer's occasions until a day.

    Parameters
    ----------
    occasions : Table
        From `list_occasions`.
    end : datetime.date
        The last day that counts: a parameter, never the last day found. Who came first after it is not in the result.

    Returns
    -------
    Table
        Grain: customer_id. first_day; x (occasions after the first), t_x (days from the first to the last), T (days from the first to the end), all
        int64; paid_x and paid (number and sum of the repeat occasions with money above zero: the first never counts, nor does one without money).

    Notes
    -----
    Whole days, not weeks: Fader, Hardie and Lee (2005) count in weeks = days / 7, without rounding.
    """
    until = ibis.date(end)
    summed = (
        occasions.filter(_.day <= until)
        .group_by("customer_id")
        .agg(
            first_day=_.day.min(),
            last_day=_.day.max(),
            occasions=_.count(),
            paid_days=(_.amount > 0).sum(),
            paid_sum=_.amount.sum(where=_.amount > 0).fill_null(0),
            first_amount=_.amount.argmin(_.day),
        )
    )
    begins_paid = summed.first_amount > 0
    return summed.select(
        "customer_id",
        "first_day",
        x=(summed.occasions - 1).cast("int64"),
        t_x=summed.last_day.delta(summed.first_day, unit="day").cast("int64"),
        T=until.delta(summed.first_day, unit="day").cast("int64"),
        paid_x=(summed.paid_days - begins_paid.cast("int64")).cast("int64"),
        paid=(summed.paid_sum - ibis.ifelse(begins_paid, summed.first_amount, 0)).cast(SUM),
    )


def count_states(summary: Table) -> pd.DataFrame:
    """Count customers by state: grain x, t_x, T; n. The same likelihood as customer by customer, from far fewer rows."""
    return summary.group_by("x", "t_x", "T").agg(n=_.count()).order_by("x", "t_x", "T").execute()


def count_spending(summary: Table) -> pd.DataFrame:
    """Count repeat buyers by their paid occasions and mean money on one: grain paid_x, mean; n. Who never paid on a repeat occasion is not there."""
    counted = summary.filter(_.paid_x > 0).group_by("paid_x", "paid").agg(n=_.count()).order_by("paid_x", "paid").execute()
    return pd.DataFrame({"paid_x": counted.paid_x, "mean": counted.paid.astype(float) / counted.paid_x, "n": counted.n})


def add_exactly(value: ibis.Value) -> ibis.Value:
    """Add up as decimals of six places: a sum of floats depends on the order of rows."""
    return value.cast("float64").round(6).cast("decimal(38,6)").sum()
