"""Forecasts without a model: what customers like these brought in the days before, and what each brought last year."""

import datetime as dt

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.value.assigning import HORIZONS, YEAR
from analysis.models.value.occasions import summarise

BANDS = 5  # repeat purchases: more are one band


def assign_averages(occasions: Table, summary: Table, *, end: dt.date, rate: float, horizons: tuple[int, ...] = ()) -> Table:
    """Expect of each customer what customers with as many repeat purchases did in the last days before the end.

    Parameters
    ----------
    occasions : Table
        Grain: customer_id, day; amount.
    summary : Table
        At the end.
    end : datetime.date
    rate : float
        Yearly discount.
    horizons : tuple of int
        Further days for which there is a column clv_DAYSd.

    Returns
    -------
    Table
        Grain: customer_id. expected_orders_DAYSd, p_order_DAYSd, clv_DAYSd; P(alive) and intervals would need a model.
    """
    longest = int(summary["T"].max().execute() or 0)
    window = max(1, min(max(HORIZONS), longest // 2))
    start = end - dt.timedelta(days=window)
    before = summarise(occasions, end=start)
    later = occasions.filter((_.day > ibis.date(start)) & (_.day <= ibis.date(end))).mutate(ago=_.day.delta(ibis.date(start), unit="day"))
    sums = later.group_by("customer_id").agg(
        y=_.count(), spent=_.amount.sum(), **{f"within{days}": (_.ago <= min(days, window)).any() for days in HORIZONS}
    )  # fmt: skip
    joined = before.left_join(sums, "customer_id").mutate(band=ibis.least(_["x"], BANDS))
    means = joined.group_by("band").agg(
        n=_.count(),
        y=_.y.fill_null(0).sum(),
        spent=_.spent.fill_null(0).sum(),
        **{f"p_order_{days}d": _[f"within{days}"].fill_null(False).cast("int64").sum() for days in HORIZONS},
    ).order_by("band").execute()  # fmt: skip
    summed = ["y", "spent", *(f"p_order_{days}d" for days in HORIZONS)]
    means[summed] = means[summed].astype(float).div(means["n"], axis=0)
    if means.empty:  # nobody was there before
        means = pd.DataFrame({"band": [0], "n": [1], "y": [0.0], "spent": [0.0], **{f"p_order_{days}d": [0.0] for days in HORIZONS}})
    told = pd.DataFrame({"band": range(BANDS + 1)})
    values = means.set_index("band").reindex(told["band"]).ffill().bfill().reset_index(drop=True)
    for days in HORIZONS:
        told[f"expected_orders_{days}d"] = values["y"] * days / window
        told[f"p_order_{days}d"] = values[f"p_order_{days}d"]
    for days in (YEAR, *horizons):
        told[f"clv_{days}d"] = values["spent"] * days / window * _mean_discount(rate, days)
    table = ibis.memtable(told, schema={name: "int64" if name == "band" else "float64" for name in told})
    banded = summary.select("customer_id", band=ibis.least(summary["x"], BANDS))
    return banded.left_join(table, "band").select("customer_id", *[name for name in told if name != "band"])


def assign_recent(assigned: Table, recent: Table, outcomes: Table, *, days: int, interval: float, rate: float, horizons: tuple[int, ...] = ()) -> Table:
    """Put last year's money in place of what a model says of it; orders and P(alive) stay those of the model.

    Parameters
    ----------
    assigned : Table
        From `assigning.assign`.
    recent : Table
        Grain: customer_id. recent (money of the last 365 days).
    outcomes : Table
        From `holdout.join_outcomes`: the interval is where the money of customers with like spending lay in the held-out days, for a year.
    days : int
        Held-out days.

    Returns
    -------
    Table
        The same rows; clv_* replaced.
    """
    tail = (1 - interval) / 2
    banded = outcomes.mutate(_band=_band(outcomes["recent"]), _spent=_.spent.cast("float64"))
    counted = banded.group_by("_band").agg(
        _low=_["_spent"].quantile(tail), _high=_["_spent"].quantile(1 - tail), _sd=_["_spent"].std(how="pop"), n=_.count()
    )  # fmt: skip
    frame = counted.order_by("_band").execute()
    scale = YEAR / days
    frame = frame.assign(_low=frame["_low"] * scale, _high=frame["_high"] * scale, _sd=frame["_sd"].fillna(0).round(6) * np.sqrt(scale)).drop(columns="n")
    ranges = ibis.memtable(frame, schema={"_band": "int64", "_low": "float64", "_high": "float64", "_sd": "float64"})
    own = recent.select("customer_id", _recent=recent["recent"].cast("float64"), _band=_band(recent["recent"]))
    joined = assigned.left_join(own, "customer_id").drop("customer_id_right").left_join(ranges, "_band").drop("_band_right")
    year = joined["_recent"].fill_null(0) * _mean_discount(rate, YEAR)
    told = {f"clv_{length}d": joined["_recent"].fill_null(0) * length / YEAR * _mean_discount(rate, length) for length in (YEAR, *horizons)}
    changed = joined.mutate(
        **told, clv_low=ibis.least(joined["_low"].fill_null(0), year), clv_high=ibis.greatest(joined["_high"].fill_null(0), year), clv_spread=joined["_sd"].fill_null(0)
    )  # fmt: skip
    return changed.drop("_recent", "_band", "_low", "_high", "_sd")


def _band(money: ibis.Value) -> ibis.Value:
    """Number bands of money, each 1.65 times the one before; nothing is a band of its own."""
    value = money.cast("float64")
    return ibis.ifelse(value > 0, (ibis.greatest(value, 1e-6).ln() * 2).floor(), -100).cast("int64")


def _mean_discount(rate: float, days: int) -> float:
    force = float(np.log1p(rate)) / YEAR * days
    return 1.0 if force == 0 else float(-np.expm1(-force) / force)
