"""What to do first: what each group's customers are worth a year, how much of it may go either way, and where the effort goes."""

from collections.abc import Mapping
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import NumericValue, Table

LATE = ("at_risk", "dormant")
QUIET = ("hibernating", "lost", "general_keep", "general_winback")  # segments that are only kept in touch with, at low cost
FADING = ("about_to_sleep", "at_risk", "cant_lose", "need_attention", "important_keep", "important_winback")  # segments of customers who order no more
MOST, SOME, MUCH = 0.5, 0.2, 0.15  # shares of a group's customers, and of all money, from which a reason is one
COLUMNS = ("scheme", "segment", "customers", "stake", "reachable", "undecided", "stake_share", "effort", "days", "reason", "concerned", "others")
ON_TIME, HALF, GONE = 1.0, 0.5, 0.0  # where no model tells the chance that somebody is still a customer: by the stage


def find_chance(valued: Table) -> NumericValue:
    """Tell the chance that somebody is still a customer: of the model; or by the stage, where there is none: on time 1, late 0.5, lost 0."""
    stage = ibis.cases((valued.lifecycle_stage.isin(LATE), HALF), (valued.lifecycle_stage == "lost", GONE), else_=ON_TIME)
    return ibis.coalesce(valued.p_alive, valued.p_order_90d, stage)


def count_actions(valued: Table) -> pd.DataFrame:
    """Rank groups by what a contact may win, and share out the effort.

    Parameters
    ----------
    valued : Table
        Grain: buyer. segment, lifecycle_stage, frequency, recency_days, p_alive, p_order_90d (null where no model tells them), year_monetary: spent in the year up to the last order.

    Returns
    -------
    pandas.DataFrame
        Grain: segment with customers, the first to be acted on first. scheme (segment), customers; stake, reachable (money a year), undecided (money a year, for
        each customer); stake_share, effort (shares that add up to 1); days (silent, the median); reason (lost, late, once; quiet, fading, money, steady),
        concerned: customers of whom the first three speak, others: the rest.

    Notes
    -----
    stake: what they spent in the year up to their last order. With the chance p of being a customer still, stake x p can be reached (reachable), and stake x p x
    (1 - p), the variance of what comes, may go either way: where p is near 0 or 1 an action changes little. The order follows the mean of the latter over the
    group's customers, what one contact may win (undecided). Half of the effort is shared out by what can be reached, to keep it, half by what may go either way,
    to win it; segments that are only kept in touch with (`QUIET`) come last and have no part in the second half.
    """
    worth = valued.mutate(p=find_chance(valued).cast("float64").clip(0.0, 1.0), money=ibis.greatest(valued.year_monetary.cast("float64"), 0.0))
    exact = "decimal(38,4)"  # floats would be added in an order that differs from run to run
    counted = (
        worth.group_by("segment")
        .agg(
            customers=_.count(),
            late=worth.lifecycle_stage.isin(LATE).sum(),
            lost=(worth.lifecycle_stage == "lost").sum(),
            once=(worth.frequency == 1).sum(),
            days=worth.recency_days.median().cast("float64"),
            stake=worth.money.cast(exact).sum().cast("float64"),
            reachable=(worth.money * worth.p).cast(exact).sum().cast("float64"),
            undecided=(worth.money * worth.p * (1 - worth.p)).cast(exact).sum().cast("float64"),
        )
        .execute()
    )
    told = counted.assign(
        scheme="segment",
        undecided=counted["undecided"] / counted["customers"],
        stake_share=_share(counted["stake"]),
        effort=_split_effort(counted),
    )
    reasons = [_find_reason(row) for row in told.to_dict("records")]
    told["reason"] = [reason for reason, _count in reasons]
    told["concerned"] = [count for _reason, count in reasons]
    told["others"] = told["customers"] - told["concerned"]
    ordered = told.assign(last=told["segment"].isin(QUIET)).sort_values(["last", "undecided", "stake", "segment"], ascending=[True, False, False, True])
    return ordered.reset_index(drop=True)[list(COLUMNS)]


def _split_effort(counted: pd.DataFrame) -> pd.Series:
    """Share out the effort: half by what can be reached, half by what may go either way and is worth winning; by customers where there is neither."""
    kept = _share(counted["reachable"], counted["customers"])
    return (kept + _share(counted["undecided"].mask(counted["segment"].isin(QUIET), 0.0), kept)) / 2


def _find_reason(row: Mapping[str, Any]) -> tuple[str, float]:
    """Say why a group is on the list, and for how many of it that holds: most are lost, some are late, most have bought once; or the segment's own."""
    told = (("lost", MOST),) if row["segment"] in QUIET else (("lost", MOST), ("late", SOME), ("once", MOST))
    for reason, least in told:
        if row[reason] and row[reason] / row["customers"] >= least:
            return reason, float(row[reason])
    if row["segment"] in (*QUIET, *FADING):
        return ("quiet" if row["segment"] in QUIET else "fading"), float("nan")
    return ("money" if row["stake_share"] >= MUCH else "steady"), float("nan")


def _share(part: pd.Series, otherwise: pd.Series | None = None) -> pd.Series:
    """Give shares of a whole; where that is nothing, of another."""
    part = part.astype(float)
    if part.sum() > 0 or otherwise is None:
        return part / (part.sum() or 1.0)
    return otherwise.astype(float) / (otherwise.sum() or 1.0)
