"""Months: who was active when, cohorts by first month, and the stages a customer passes through."""

import datetime as dt

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import STAGES


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


def _index(day: ibis.Value) -> ibis.Value:
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
    monthly = orders.filter(_.counts).group_by("customer_id", month=_index(_.day)).agg(monetary=_.amount.sum().cast("decimal(38,4)"))
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


def list_spells(months: Table, others: Table, *, as_of: dt.date) -> Table:
    """Cut each customer's life into spells of one stage.

    A month that is not over makes nobody dormant or inactive: who has not ordered in it yet keeps the stage of the month before.

    Parameters
    ----------
    months : Table
        From `list_active_months`.
    others : Table
        Grain: customer_id; first_seen (date), had_returns: everybody known, buyers or not.
    as_of : datetime.date

    Returns
    -------
    Table
        Grain: customer_id, begins (month number). stage, ends (last month number, at most that of as-of).
    """
    last = number_month(as_of)
    settled = last if is_month_end(as_of) else last - 1  # the last month that can make somebody dormant
    until = ibis.coalesce(_.after - 1, last)  # the silence after an active month ends here
    stage = ibis.cases((_.month == _.first, "new"), (_.before == _.month - 1, "returning"), else_="reactivated")
    active = months.select("customer_id", stage=stage, begins=_.month, ends=ibis.ifelse((until > _.month) & (_.month + 1 > settled), until, _.month))
    silent = months.mutate(until=until)
    dormant = silent.filter((_.until > _.month) & (_.month + 1 <= settled)).select(
        "customer_id",
        stage=ibis.literal("dormant"),
        begins=_.month + 1,
        ends=ibis.ifelse((_.until > _.month + 1) & (_.month + 2 > settled), _.until, _.month + 1),
    )
    inactive = silent.filter((_.until > _.month + 1) & (_.month + 2 <= settled)).select(
        "customer_id", stage=ibis.literal("inactive"), begins=_.month + 2, ends=_.until
    )
    firsts = months.filter(_.month == _.first).select("customer_id", "first")
    known = others.left_join(firsts, "customer_id").select(others.customer_id, others.had_returns, seen=_index(others.first_seen), first=firsts.first)
    before = known.filter(_.first.isnull() | (_.seen < _.first)).select(
        "customer_id",
        stage=ibis.ifelse(_.first.isnull() & _.had_returns, "cancelled_only", "prospect"),
        begins=_.seen,
        ends=ibis.coalesce(_.first - 1, last),
    )
    return active.union(dormant, inactive, before)


def count_stages(spells: Table, *, as_of: dt.date) -> pd.DataFrame:
    """Count every stage in every month, with who entered and who left.

    Returns
    -------
    pandas.DataFrame
        Grain: month (date), stage; all stages each month, zeros included. customers (at the end of the month), entered, left, is_complete.
        Opening + entered - left = closing; staying in a stage is neither.
    """
    last = number_month(as_of)
    own = ibis.window(group_by="customer_id", order_by="begins")
    around = spells.mutate(came_from=_.stage.lag().over(own), goes_to=_.stage.lead().over(own))
    groups = around.group_by(
        "stage", "begins", "ends", enters=_.came_from.isnull() | (_.came_from != _.stage), leaves=_.goes_to.notnull() & (_.goes_to != _.stage)
    ).agg(n=_.count()).execute()  # fmt: skip
    if groups.empty:
        return pd.DataFrame(columns=["month", "stage", "customers", "entered", "left", "is_complete"])
    rows = []
    for month in range(int(groups.begins.min()), last + 1):
        in_stage = groups[(groups.begins <= month) & (groups.ends >= month)].groupby("stage").n.sum()
        entered = groups[(groups.begins == month) & groups.enters].groupby("stage").n.sum()
        left = groups[(groups.ends == month - 1) & groups.leaves].groupby("stage").n.sum()
        rows += [
            (to_month(month), stage, int(in_stage.get(stage, 0)), int(entered.get(stage, 0)), int(left.get(stage, 0)), is_over(month, as_of))
            for stage in STAGES
        ]
    return pd.DataFrame(rows, columns=["month", "stage", "customers", "entered", "left", "is_complete"])


def stage_at(spells: Table, *, as_of: dt.date) -> Table:
    """Give each customer's stage at as-of: customer_id, lifecycle_stage."""
    last = number_month(as_of)
    return spells.filter((_.begins <= last) & (_.ends >= last)).select("customer_id", lifecycle_stage=_.stage)
