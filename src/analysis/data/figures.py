"""The five key figures, now and a month before."""

import datetime as dt

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

MEASURES = ("active_customers", "revenue_30d", "mean_order_value_30d", "new_customers_30d", "repeat_rate")


def month_before(day: dt.date) -> dt.date:
    """Go back one calendar month; from a month's end to the month's end before.

    >>> month_before(dt.date(2011, 12, 9)), month_before(dt.date(2012, 3, 31))
    (datetime.date(2011, 11, 9), datetime.date(2012, 2, 29))
    """
    end = day.replace(day=1) - dt.timedelta(days=1)
    at_end = (day + dt.timedelta(days=1)).day == 1
    return end if at_end else end.replace(day=min(day.day, end.day))


def count_key_figures(orders: Table, *, as_of: dt.date) -> pd.DataFrame:
    """Count what a manager asks first, at as-of and a month before.

    Parameters
    ----------
    orders : Table
        Grain: customer_id, order_key; day, amount, counts.
    as_of : datetime.date

    Returns
    -------
    pandas.DataFrame
        measure, value, previous (null where the data do not go back 30 days before that day). active_customers: ordered in the 30 days to the day;
        revenue_30d, mean_order_value_30d: of those days; new_customers_30d: first order in those days; repeat_rate: share of all buyers so far with two or more orders.
    """
    earlier = month_before(as_of)
    first = orders.day.min().execute()
    now, before = _count(orders, as_of), _count(orders, earlier)
    reaches = first is not None and not pd.isna(first) and pd.Timestamp(first).date() <= earlier - dt.timedelta(days=29)
    return pd.DataFrame({"measure": MEASURES, "value": [now[name] for name in MEASURES], "previous": [before[name] if reaches else None for name in MEASURES]})


def _count(orders: Table, day: dt.date) -> dict[str, float | None]:
    start = ibis.date(day - dt.timedelta(days=29))
    known = orders.filter(_.day <= ibis.date(day))
    people = known.group_by("customer_id").agg(
        orders=_.counts.sum(), first=_.day.min(where=_.counts), recent=(_.counts & (_.day >= start)).sum(), money=_.amount.sum(where=_.day >= start)
    )  # fmt: skip
    row = people.agg(
        active=(people.recent > 0).sum(), revenue=people.money.sum().cast("float64"), orders=people.recent.sum(),
        new=(people["first"] >= start).sum(), buyers=(people.orders > 0).sum(), repeat=(people.orders > 1).sum(),
    ).execute().iloc[0].fillna(0)  # fmt: skip
    return {
        "active_customers": float(row.active),
        "revenue_30d": float(row.revenue),
        "mean_order_value_30d": float(row.revenue) / float(row.orders) if row.orders else None,
        "new_customers_30d": float(row.new),
        "repeat_rate": float(row["repeat"]) / float(row.buyers) if row.buyers else None,
    }
