"""RFM scores that never split equals: a score counts the cut points that a value has passed."""

import datetime as dt

import ibis
from ibis import _
from ibis.expr.types import Table

from analysis.models.cuts import fit_cuts
from analysis.models.ruler import SUM, Cuts, Ruler, check_ruler, list_thresholds
from analysis.settings.scoring import Scoring

__all__ = ["SUM", "Ruler", "check_ruler", "fit_ruler", "list_thresholds", "measure", "score"]

INGREDIENTS = ("order_days", "gross", "cost")  # sums that only some measures are made of


def measure(customers: Table, scoring: Scoring) -> Table:
    """Add what is scored: the measures that the configuration names.

    Parameters
    ----------
    customers : Table
        recency_days, frequency (orders), monetary (net money), and of order_days (days with an order), gross (money before returns) and cost (of what is left
        after returns) those that `scoring.ingredients` names; null recency (no order) gives null values.
    scoring : Scoring

    Returns
    -------
    Table
        The same rows, without order_days, gross and cost, with r_value (days), f_value (int64) and m_value (decimal); null for who is not a buyer.
    """
    buys = customers.frequency > 0
    frequency = customers.order_days if scoring.frequency.measure == "days" else customers.frequency
    kind = scoring.money.measure
    if kind == "gross":
        money = customers.gross.cast(SUM)
    else:
        money = customers.monetary.cast(SUM)
        if "margin" in kind:
            money = (money - customers.cost.cast(SUM)).cast(SUM)
        if "mean" in kind:
            money = _per_order(money, customers.frequency)
    return customers.mutate(
        r_value=ibis.ifelse(buys, customers.recency_days.cast("int64"), ibis.null("int64")),
        f_value=ibis.ifelse(buys, frequency.cast("int64"), ibis.null("int64")),
        m_value=ibis.ifelse(buys, money, ibis.null(SUM)),
    ).drop(*[name for name in INGREDIENTS if name in customers.columns])


def _per_order(money: ibis.Value, orders: ibis.Value) -> ibis.Value:
    """Divide money by orders, rounded half up to four decimals; in whole steps, so that equal means are equal whatever they were made of."""
    double = (money.cast("float64") * 10_000).round().cast("int64") * 2
    steps = ((double + orders) / (orders * 2).nullif(0)).floor()
    return (steps / 10_000).round(4).cast(SUM)


def fit_ruler(buyers: Table, scoring: Scoring, *, fitted_on: dt.date) -> Ruler:
    """Find the cut points that the configuration asks for.

    Parameters
    ----------
    buyers : Table
        Grain: customer. r_value, f_value, m_value (see `measure`), monetary (decimal); at least one row.
    scoring : Scoring
    fitted_on : datetime.date

    Returns
    -------
    Ruler
    """
    cuts, splits, tiers = fit_cuts(buyers, scoring)
    return Ruler(
        fitted_on=fitted_on,
        r=cuts["r"],
        f=cuts["f"],
        m=cuts["m"],
        split=scoring.class8,
        r_split=splits["r"],
        f_split=splits["f"],
        m_split=splits["m"],
        tiers=tiers,
    )


def score(measured: Table, ruler: Ruler) -> Table:
    """Score recency, frequency and money: 1 + the number of cuts that a value has passed.

    Parameters
    ----------
    measured : Table
        r_value, f_value, m_value (see `measure`); null values give null scores.
    ruler : Ruler

    Returns
    -------
    Table
        The same rows with r_score, f_score, m_score (int8; the highest is best) and rfm_score (text, "543").
    """
    scored = measured.mutate(
        r_score=_count(measured.r_value, ruler.r, fewer_is_better=True), f_score=_count(measured.f_value, ruler.f), m_score=_count(measured.m_value, ruler.m)
    )
    return scored.mutate(rfm_score=_.r_score.cast("string") + _.f_score.cast("string") + _.m_score.cast("string"))


def _count(value: ibis.Value, cuts: Cuts, *, fewer_is_better: bool = False) -> ibis.Value:
    total = ibis.literal(1, "int8")
    for cut in cuts.values:
        whole = value.type().is_integer() and cut == cut.to_integral_value()
        at = ibis.literal(int(cut), "int64") if whole else ibis.literal(cut, SUM)
        passed = value < at if fewer_is_better else value > at
        if cuts.boundary == "inclusive":
            passed = value <= at if fewer_is_better else value >= at
        total = total + passed.cast("int8")
    return total.cast("int8")
