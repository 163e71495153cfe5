"""The five key figures: at as-of, and on the same day of the months before."""

import datetime as dt

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

MEASURES = ("active_customers", "revenue_30d", "mean_order_value_30d", "new_customers_30d", "repeat_rate")
POINTS = 13  # of a series: the day itself and a year of months before it


def months_before(day: dt.date, months: int) -> dt.date:
    """Go back so many calendar months; from a month's end to a month's end.

    >>> months_before(dt.date(2011, 12, 9), 1), months_before(dt.date(2012, 3, 31), 1), months_before(dt.date(2012, 3, 30), 13)
    (datetime.date(2011, 11, 9), datetime.date(2012, 2, 29), datetime.date(2011, 2, 28))
    """
    number = day.year * 12 + day.month - 1 - months
    after = dt.date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    end = after - dt.timedelta(days=1)
    at_end = (day + dt.timedelta(days=1)).day == 1
    return end if at_end else end.replace(day=min(day.day, end.day))


def count_key_series(orders: Table, *, as_of: dt.date, points: int = POINTS) -> pd.DataFrame:
    """Count what a manager asks first, at as-of and on the same day of each month before it.

    Parameters
    ----------
    orders : Table
        Grain: customer_id, order_key; day, amount, counts. As they stand at as-of: what was returned since is off earlier months too.
    as_of : datetime.date
    points : int
        Days to count, as-of among them.

    Returns
    -------
    pandas.DataFrame
        Grain: measure, day; the days ascending. value, is_known (whether the data go back to the first of the 30 days; where they do not, value is null, except at as-of).
        active_customers: ordered in the 30 days to the day; revenue_30d, mean_order_value_30d: of those days; new_customers_30d: first order in those days;
        repeat_rate: share of all buyers so far with two or more orders.
    """
    days = [months_before(as_of, months) for months in reversed(range(points))]
    first = orders.day.min().execute()
    begin = None if first is None or pd.isna(first) else pd.Timestamp(first).date()
    counted = pd.concat([_sum_windows(orders, days), _count_people(orders, days)], axis=1).astype(float)
    counted["mean_order_value_30d"] = counted["revenue_30d"] / counted["orders"].where(counted["orders"] > 0)
    counted["repeat_rate"] = counted["repeat"] / counted["buyers"].where(counted["buyers"] > 0)
    known = {day: begin is not None and begin <= day - dt.timedelta(days=29) for day in days}
    rows = [
        (measure, day, float(counted.loc[day, measure]) if known[day] or day == as_of else float("nan"), known[day]) for measure in MEASURES for day in days
    ]
    return pd.DataFrame(rows, columns=["measure", "day", "value", "is_known"])


def _sum_windows(orders: Table, days: list[dt.date]) -> pd.DataFrame:
    """Sum the 30 days to each day: active_customers, revenue_30d, orders; a row for every day."""
    ends = ibis.memtable({"end": days}, schema={"end": "date"})
    starts = ends.mutate(start=_.end - ibis.interval(days=29))
    recent = orders.filter((_.day > ibis.date(days[0] - dt.timedelta(days=30))) & (_.day <= ibis.date(days[-1])))
    windows = recent.join(starts, [starts.start <= recent.day, recent.day <= starts.end])
    sums = windows.group_by("end").agg(
        active_customers=windows.customer_id.nunique(where=windows["counts"]), revenue_30d=windows.amount.sum().cast("float64"), orders=windows["counts"].sum()
    )
    return _by_day(sums.execute(), days)


def _count_people(orders: Table, days: list[dt.date]) -> pd.DataFrame:
    """Count who had begun by each day: buyers, repeat (of them with a second order), new_customers_30d; a row for every day."""
    counting = orders.filter(_["counts"])
    placed = counting.mutate(number=ibis.row_number().over(ibis.window(group_by="customer_id", order_by=["day", "order_key"])))
    people = placed.group_by("customer_id").agg(first=_.day.min(), second=_.day.min(where=_.number == 1))
    ends = [ibis.date(day) for day in days]
    counts: dict[str, ibis.Value] = {}
    for place, (day, end) in enumerate(zip(days, ends, strict=True)):
        counts |= {
            f"buyers_{place}": (people["first"] <= end).sum(),
            f"repeat_{place}": (people.second <= end).fill_null(False).sum(),
            f"new_{place}": ((people["first"] <= end) & (people["first"] > ibis.date(day - dt.timedelta(days=30)))).sum(),
        }
    row = people.agg(**counts).execute().iloc[0].fillna(0)
    names = {"buyers": "buyers", "repeat": "repeat", "new": "new_customers_30d"}
    return pd.DataFrame({name: [row[f"{key}_{place}"] for place in range(len(days))] for key, name in names.items()}, index=days)


def _by_day(sums: pd.DataFrame, days: list[dt.date]) -> pd.DataFrame:
    frame = sums.set_index(pd.Index([pd.Timestamp(day).date() for day in sums["end"]], dtype=object)).drop(columns="end")
    return frame.reindex(days).fillna(0)


def pick_key_figures(series: pd.DataFrame) -> pd.DataFrame:
    """Take the last two points of each series: measure, value, previous (null where the data do not go back 30 days before that day)."""
    ends = [(measure, *series.loc[series["measure"] == measure, "value"].iloc[-2:]) for measure in MEASURES]
    return pd.DataFrame({
        "measure": MEASURES, "value": [None if pd.isna(now) else now for _measure, _before, now in ends],
        "previous": [None if pd.isna(before) else before for _measure, before, _now in ends],
    })  # fmt: skip


def count_key_figures(orders: Table, *, as_of: dt.date) -> pd.DataFrame:
    """Count the key figures at as-of and a month before: see `count_key_series`."""
    return pick_key_figures(count_key_series(orders, as_of=as_of, points=2))
