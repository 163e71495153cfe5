"""What the models would have said at an earlier day, held against what came: errors, curves and shares."""

import datetime as dt
from collections.abc import Mapping

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.value.fitting import Fit
from analysis.models.value.models import MODELS
from analysis.models.value.occasions import SUM
from analysis.models.value.states import thin

MOST_WEIGHED = 50_000  # customers on which the models are compared
MOST = 7  # repeat purchases: more are told together
DECILES = np.arange(0, 1.0001, 0.1)
YEAR = 365


def split(first: dt.date, last: dt.date, *, share: float, since: dt.date | None = None) -> dt.date:
    """Choose the last day of the calibration: the given one, or so that a share of the days, at most a year, is held out."""
    held = min(round((last - first).days * share), YEAR)
    return since if since is not None else last - dt.timedelta(days=held)


def join_outcomes(summary: Table, occasions: Table, *, start: dt.date, end: dt.date) -> Table:
    """Set what came beside the state at the split.

    Parameters
    ----------
    summary : Table
        From `occasions.summarise`, at the split.
    occasions : Table
        Grain: customer_id, day.
    start, end : datetime.date
        The split (not held out) and the last held-out day.

    Returns
    -------
    Table
        The rows of the summary with y (occasions held out), spent (their money, decimal), and recent (money in the last 365 days before the split).
    """
    day, ago = ibis.date(start), ibis.date(start - dt.timedelta(days=YEAR))
    sums = occasions.filter((_.day > ago) & (_.day <= ibis.date(end))).group_by("customer_id").agg(
        y=(_.day > day).sum(), spent=_.amount.sum(where=_.day > day), recent=_.amount.sum(where=_.day <= day)
    )  # fmt: skip
    joined = summary.left_join(sums, "customer_id")
    return joined.select(
        *[summary[name] for name in summary.columns],
        y=joined.y.fill_null(0).cast("int64"), spent=joined.spent.fill_null(0).cast(SUM), recent=joined.recent.fill_null(0).cast(SUM),
    )  # fmt: skip


def count_outcomes(outcomes: Table) -> pd.DataFrame:
    """Count customers by state and held-out occasions: grain x, t_x, T, y; n."""
    return outcomes.group_by("x", "t_x", "T", "y").agg(n=_.count()).order_by("x", "t_x", "T", "y").execute()


def count_known(outcomes: Table) -> pd.DataFrame:
    """Count customers by repeat purchases (7: so many or more) and by the days since the first: grain x, T; n."""
    return outcomes.group_by("T", x=ibis.least(outcomes["x"], MOST)).agg(n=_.count()).order_by("x", "T").execute()


def forecast(frame: pd.DataFrame, fit: Fit, *, days: int) -> np.ndarray:
    """Give the orders that a model expects of each state in so many days."""
    model = MODELS[fit.model]
    x, t, end = frame["x"].to_numpy(float), frame["t_x"].to_numpy(float) / fit.unit, frame["T"].to_numpy(float) / fit.unit
    return model.measure_alive(fit.values, x, t, end) * model.expect(fit.values, x, end, days / fit.unit)


def measure_errors(counted: pd.DataFrame, expected: np.ndarray) -> dict[str, float]:
    """Measure a forecast of orders: mean errors per customer, and the totals."""
    n, y = counted["n"].to_numpy(float), counted["y"].to_numpy(float)
    customers, off = max(n.sum(), 1.0), expected - y
    return {"mae": float(n @ np.abs(off) / customers), "rmse": float(np.sqrt(n @ off**2 / customers)), "actual": float(n @ y), "expected": float(n @ expected)}


def weigh_outcomes(counted: pd.DataFrame, fit: Fit, *, days: int) -> float:
    """Give the mean log-likelihood, per customer, of what came: the measure by which the model is chosen (a proper score: only the truth maximises it)."""
    some, model = thin(counted, most=MOST_WEIGHED), MODELS[fit.model]
    x, y, n = (some[name].to_numpy(float) for name in ("x", "y", "n"))
    t, end = some["t_x"].to_numpy(float) / fit.unit, some["T"].to_numpy(float) / fit.unit
    alive = model.measure_alive(fit.values, x, t, end)
    more = model.exceed(fit.values, y + 1, x, end, days / fit.unit)
    same = model.exceed(fit.values, np.maximum(y, 1), x, end, days / fit.unit)
    chance = np.where(y > 0, alive * (same - more), 1 - alive * same)
    return float(n @ np.log(np.maximum(chance, 1e-300)) / max(n.sum(), 1.0))


def compare_frequencies(known: pd.DataFrame, fits: Mapping[str, Fit]) -> pd.DataFrame:
    """Count customers by repeat purchases in the calibration, and how many each model says there are.

    Parameters
    ----------
    known : pandas.DataFrame
        From `count_known`.
    fits : mapping of str to Fit

    Returns
    -------
    pandas.DataFrame
        Grain: x (0..7; the last means so many or more). actual, and a column for each model.
    """
    by_end = known.groupby("T", as_index=False)["n"].sum()
    end, n = by_end["T"].to_numpy(float), by_end["n"].to_numpy(float)
    told = {"x": list(range(MOST + 1)), "actual": known.groupby(known["x"].clip(upper=MOST))["n"].sum().reindex(range(MOST + 1)).fillna(0).to_numpy(float)}
    for name, fit in fits.items():
        model, zero = MODELS[name], np.zeros_like(end)
        stays = model.stay_at_first(fit.values)
        at_least = [1.0 * n.sum(), *(stays * float(n @ model.exceed(fit.values, float(k), zero, zero, end / fit.unit)) for k in range(1, MOST + 1)), 0.0]
        told[name] = -np.diff(at_least)
    return pd.DataFrame(told)


def compare_conditions(counted: pd.DataFrame, expected: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Give the mean held-out orders by repeat purchases before, as they came and as expected.

    Returns
    -------
    pandas.DataFrame
        Grain: x (0..7; the last means so many or more). customers, actual, error (of the mean), and a column for each model.
    """
    frame = counted.assign(x=counted["x"].clip(upper=MOST))
    rows = []
    for x, group in frame.groupby("x"):
        n, y = group["n"].to_numpy(float), group["y"].to_numpy(float)
        mean = n @ y / n.sum()
        error = np.sqrt(n @ (y - mean) ** 2) / n.sum()
        rows.append((x, int(n.sum()), mean, error, *(float(n @ values[group.index] / n.sum()) for values in expected.values())))
    return pd.DataFrame(rows, columns=["x", "customers", "actual", "error", *expected])


def track(occasions: Table, summary: Table, known: pd.DataFrame, fit: Fit, *, start: dt.date, end: dt.date) -> pd.DataFrame:
    """Follow repeat purchases week by week, as they came and as expected from the first day on, with nothing learned on the way.

    Parameters
    ----------
    occasions : Table
        Grain: customer_id, day.
    summary : Table
        At the split: only these customers.
    known : pandas.DataFrame
        From `count_known`.
    fit : Fit
        On the calibration.
    start, end : datetime.date
        The split and the last day.

    Returns
    -------
    pandas.DataFrame
        Grain: week (its last day); whole weeks only. actual, expected, actual_sum, expected_sum, is_held_out (the week ends after the split).
    """
    longest = int(known["T"].max())
    begin = start - dt.timedelta(days=longest)
    weeks = ((end - begin).days + 1) // 7
    names = ["week", "actual", "expected", "actual_sum", "expected_sum", "is_held_out"]
    if weeks < 1:
        return pd.DataFrame(columns=names)
    repeats = occasions.join(summary.select("customer_id", "first_day"), "customer_id").filter((_.day > _.first_day) & (_.day <= ibis.date(end)))
    numbered = repeats.group_by(week=(repeats.day.delta(ibis.date(begin), unit="day") / 7).floor().cast("int64")).agg(n=_.count()).execute()
    actual = np.zeros(weeks)
    inside = numbered[numbered["week"] < weeks]
    actual[inside["week"].to_numpy(int)] = inside["n"]
    arrivals = np.zeros(weeks * 7)
    came = known.groupby("T")["n"].sum()
    for ago, n in came.items():
        if longest - ago < len(arrivals):
            arrivals[longest - int(ago)] += n
    model, days = MODELS[fit.model], np.arange(weeks * 7, dtype=float)
    zero = np.zeros_like(days)
    grown = model.stay_at_first(fit.values) * model.expect(fit.values, zero, zero, days / fit.unit)
    total = np.convolve(arrivals, grown)[: weeks * 7][6::7]
    ends = [begin + dt.timedelta(days=7 * week + 6) for week in range(weeks)]
    columns = (ends, actual, np.diff(total, prepend=0.0), actual.cumsum(), total, [day > start for day in ends])
    return pd.DataFrame(dict(zip(names, columns, strict=True)))


def measure_capture(outcomes: Table, by: str) -> pd.DataFrame:
    """Order customers by a forecast, the best first, and add up the money that came.

    Parameters
    ----------
    outcomes : Table
        Grain: customer. The forecast (any number) and spent. Customers with one forecast share what they brought.

    Returns
    -------
    pandas.DataFrame
        Grain: customers_share (0, 0.1 .. 1). money_share (cumulated), lift (of the tenth that ends there, against the mean).
    """
    value = outcomes[by].cast("float64")
    key = ibis.ifelse(value > 0, (ibis.greatest(value, 1e-9).ln() * 1000).round(), -1_000_000)  # equal to a thousandth
    groups = outcomes.group_by(_key=key.cast("int64")).agg(n=_.count(), spent=_.spent.sum()).order_by(ibis.desc("_key")).execute().astype({"spent": float})
    customers, money = float(groups["n"].sum()), float(groups["spent"].sum())
    xs, ys = np.r_[0, groups["n"].cumsum() / max(customers, 1)], np.r_[0, groups["spent"].cumsum() / (money if money > 0 else 1)]
    shares = np.interp(DECILES, xs, ys)
    return pd.DataFrame({"customers_share": DECILES.round(1), "money_share": shares, "lift": np.r_[np.nan, np.diff(shares) * 10]})
