"""How long customers took to buy again, and those who have not yet."""

import datetime as dt

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

STEPS = 4  # the second order, the third, the fourth, and every later one


def _wait(purchases: Table, as_of: dt.date) -> Table:
    until = purchases.next_day.fill_null(ibis.date(as_of))
    return purchases.mutate(days=until.delta(purchases.day, unit="day"), ended=purchases.next_day.notnull(), step=ibis.least(purchases.number, STEPS))


def count_waits(purchases: Table, *, as_of: dt.date) -> pd.DataFrame:
    """Count how many days passed from each purchase day to the next; those that still last run to as-of.

    Parameters
    ----------
    purchases : Table
        Grain: customer_id, day; number, next_day.
    as_of : datetime.date

    Returns
    -------
    pandas.DataFrame
        Grain: step (1: from the first purchase to the second, ... 4: from the fourth or a later one), days, ended (the next purchase came). customers.
    """
    return _wait(purchases, as_of).group_by("step", "days", "ended").agg(customers=_.count()).order_by("step", "days", "ended").execute()


def count_second_orders(purchases: Table, *, as_of: dt.date, burn_in: dt.date, days: int = 90) -> pd.DataFrame:
    """Count by the quarter in which customers began who bought again within so many days.

    Parameters
    ----------
    purchases : Table
        Grain: customer_id, day; number, next_day.
    as_of : datetime.date
        Only quarters whose last customer could be watched so long.
    burn_in : datetime.date
        Whoever was first seen earlier may be an old customer and is left out.
    days : int

    Returns
    -------
    pandas.DataFrame
        Grain: quarter (date, its first day). customers, returned.
    """
    began = _wait(purchases, as_of).filter((_.number == 1) & (_.day >= ibis.date(burn_in)))
    counted = began.group_by(quarter=_.day.truncate("Q")).agg(customers=_.count(), returned=(_.ended & (_.days <= days)).sum()).order_by("quarter").execute()
    ends = (pd.to_datetime(counted["quarter"]) + pd.offsets.QuarterEnd(0)).dt.date
    over = pd.Series([end + dt.timedelta(days=days) <= as_of for end in ends], index=counted.index, dtype=bool)
    return counted[over].reset_index(drop=True)


def sum_first_years(purchases: Table, *, as_of: dt.date, horizon: int, burn_in: dt.date) -> pd.DataFrame:
    """Say what those who bought again within so many days of their first purchase spent in these days after it.

    Parameters
    ----------
    purchases : Table
        Grain: customer_id, day; number, first_day, amount.
    as_of : datetime.date
    horizon : int
        Days. Only customers who began so many days before as-of or earlier, and not before `burn_in`.
    burn_in : datetime.date

    Returns
    -------
    pandas.DataFrame
        One row: customers, returned, mean and deviation (of the money per returned customer), newcomers (who began in the last `horizon` days).
    """
    began = purchases.filter(purchases.first_day >= ibis.date(burn_in))
    start = ibis.date(as_of - dt.timedelta(days=horizon))
    whole = began.filter((_.first_day <= start) & (_.day <= _.first_day + ibis.interval(days=horizon)))
    each = whole.group_by("customer_id").agg(back=_.count() > 1, money=_.amount.sum(where=_.number > 1).cast("float64").round(4))
    sums = each.agg(
        customers=_.count(), returned=_.back.sum(), mean=_.money.mean(where=_.back), deviation=_.money.std(where=_.back, how="sample"),
    ).execute()  # fmt: skip
    newcomers = began.filter((_.number == 1) & (_.day > start)).count().execute()
    return sums.fillna({"customers": 0, "returned": 0}).assign(newcomers=int(newcomers), horizon=horizon)


def part_fates(purchases: Table, *, as_of: dt.date, horizon: int) -> Table:
    """Take everybody's last purchase in a window that ended long enough ago, and tell who has not bought in the days after it.

    Everybody had the same time to come back, so those who left and those who stayed can be compared.

    Parameters
    ----------
    purchases : Table
        Grain: customer_id, day; number, next_day, amount.
    as_of : datetime.date
    horizon : int
        Days. The window is as long, and ends as many days before as-of.

    Returns
    -------
    Table
        Grain: customer_id. day, amount (net money of that day), orders (one, two_to_four, more: purchase days until then), gone (nothing bought in `horizon`
        days after it).
    """
    begin, end = (ibis.date(as_of - dt.timedelta(days=days)) for days in (2 * horizon, horizon))
    last = purchases.filter((_.day > begin) & (_.day <= end) & (_.next_day.isnull() | (_.next_day > end)))
    orders = ibis.cases((last.number <= 1, "one"), (last.number <= 4, "two_to_four"), else_="more")
    gone = last.next_day.isnull() | (last.next_day > last.day + ibis.interval(days=horizon))
    return last.select("customer_id", "day", "amount", orders=orders, gone=gone)
