"""Months: who was active when, cohorts by first month, and the flows from month to month."""

import datetime as dt

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table


def is_month_end(day: dt.date) -> bool:
    """Tell whether a day is the last of its month."""
    return (day + dt.timedelta(days=1)).day == 1


def number_month(day: dt.date) -> int:
    """Number a day's month: year x 12 + month - 1."""
    return day.year * 12 + day.month - 1


def is_over(month: int, as_of: dt.date) -> bool:
    """Tell whether a month, by its number, was over at as-of."""
    return month < number_month(as_of) or is_month_end(as_of)


def to_month(index: int) -> dt.date:
    """Turn a month number (year x 12 + month - 1) into the month's first day."""
    return dt.date(index // 12, index % 12 + 1, 1)


def index_month(day: ibis.Value) -> ibis.Value:
    """Number a day's month in the engine, as `number_month` does here."""
    return (day.year().cast("int64") * 12 + day.month().cast("int64") - 1).cast("int64")


def list_active_months(orders: Table) -> Table:
    """List the months in which each customer ordered.

    Parameters
    ----------
    orders : Table
        Grain: customer_id, order_key; day, amount, counts.

    Returns
    -------
    Table
        Grain: customer_id, month (number, year x 12 + month - 1). first (their first month), before and after (their previous and next active month),
        monetary.
    """
    monthly = orders.filter(_.counts).group_by("customer_id", month=index_month(_.day)).agg(monetary=_.amount.sum().cast("decimal(38,4)"))
    own = ibis.window(group_by="customer_id", order_by="month")
    return monthly.mutate(first=_.month.min().over(ibis.window(group_by="customer_id")), before=_.month.lag().over(own), after=_.month.lead().over(own))


_COHORTS = ["cohort", "period", "customers", "active", "retention", "monetary", "is_complete", "revenue_retention", "from_before"]


def count_cohorts(months: Table, *, as_of: dt.date, burn_in_months: int = 1) -> pd.DataFrame:
    """Follow the customers who first ordered in the same calendar month.

    Returns
    -------
    pandas.DataFrame
        Grain: cohort (date), period (months since, 0..). customers (size of the cohort), active, retention (0-1), monetary (Decimal), is_complete
        (the month was over at as-of), revenue_retention (of the money of the first month; null where there was none), from_before (first seen in the first
        `burn_in_months` of the data: many of them may have bought earlier). Periods in which nobody ordered are there, with zero.
    """
    counted = months.group_by(cohort="first", period=_.month - _.first).agg(active=_.count(), monetary=_.monetary.sum()).execute()
    if counted.empty:
        return pd.DataFrame(columns=_COHORTS)
    last = number_month(as_of)
    counted = counted.astype({"cohort": int, "period": int}).set_index(["cohort", "period"])
    cells = pd.MultiIndex.from_tuples([(c, p) for c in sorted(set(counted.index.get_level_values(0))) for p in range(last - c + 1)], names=["cohort", "period"])
    frame = counted.reindex(cells).reset_index()
    frame["active"] = frame.active.fillna(0).astype("int64")
    frame["monetary"] = [0 if pd.isna(value) else value for value in frame.monetary]
    size = frame[frame.period == 0].set_index("cohort").active
    frame["customers"] = frame.cohort.map(size).astype("int64")
    frame["retention"] = frame.active / frame.customers
    frame["is_complete"] = [is_over(month, as_of) for month in frame.cohort + frame.period]
    begun = frame.cohort.map(frame[frame.period == 0].set_index("cohort").monetary).astype(float)
    frame["revenue_retention"] = (frame.monetary.astype(float) / begun.where(begun > 0)).round(12)
    frame["from_before"] = frame.cohort < frame.cohort.min() + burn_in_months
    frame["cohort"] = [to_month(index) for index in frame.cohort]
    return frame[_COHORTS]


def count_flows(months: Table, *, as_of: dt.date) -> pd.DataFrame:
    """Count, month by month, who ordered and who stopped.

    Returns
    -------
    pandas.DataFrame
        Grain: month (date). active = new + returning (active the month before too) + reactivated (active earlier, not the month before); dormant: active
        the month before, not in this one. So active changes by new + reactivated - dormant. is_complete: the month was over at as-of.
    """
    kind = ibis.cases((_.month == _.first, "new"), (_.before == _.month - 1, "returning"), else_="reactivated")
    arrivals = months.group_by(month=_.month, kind=kind).agg(n=_.count()).execute()
    stops = months.filter(_.after.isnull() | (_.after > _.month + 1)).group_by(month=_.month + 1).agg(dormant=_.count()).execute()
    if arrivals.empty:
        return pd.DataFrame(columns=["month", "active", "new", "returning", "reactivated", "dormant", "is_complete"])
    last = number_month(as_of)
    wide = arrivals.pivot(index="month", columns="kind", values="n").reindex(range(int(arrivals.month.min()), last + 1))
    frame = wide.reindex(columns=["new", "returning", "reactivated"]).fillna(0).astype("int64")
    frame["dormant"] = stops.set_index("month").dormant.reindex(frame.index).fillna(0).astype("int64")
    frame.insert(0, "active", frame.sum(axis=1) - frame.dormant)
    frame["is_complete"] = [is_over(month, as_of) for month in frame.index]
    frame.index = pd.Index([to_month(month) for month in frame.index], name="month")
    return frame.reset_index()[["month", "active", "new", "returning", "reactivated", "dormant", "is_complete"]]


def stage_at(spells: Table, *, as_of: dt.date) -> Table:
    """Give each customer's stage at as-of: customer_id, lifecycle_stage."""
    last = number_month(as_of)
    return spells.filter((_.begins <= last) & (_.ends >= last)).select("customer_id", lifecycle_stage=_.stage)
