"""RFM scores that never split equals: cut points are values that occur, and a score counts the cuts strictly below a value."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from decimal import Decimal

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.settings.scoring import Scoring

SUM = "decimal(38,4)"


@dataclass(frozen=True)
class Ruler:
    """What customers are measured with: the cut points of one day, small enough to read, to keep and to use again.

    Parameters
    ----------
    fitted_on : datetime.date
    r, f, m : tuple
        Ascending cut points of recency (days), frequency (orders) and money.
    r_median, f_median, m_median
        The cuts of the eight classes: the lower median.
    tiers : tuple of Decimal
        The least money of a mid and of a high customer.

    Notes
    -----
    Recency is cut on minus the days, so that "more is better" holds for all three; its cuts are kept in days.
    """

    fitted_on: dt.date
    r: tuple[int, ...]
    f: tuple[int, ...]
    m: tuple[Decimal, ...]
    r_median: int
    f_median: int
    m_median: Decimal
    tiers: tuple[Decimal, Decimal]

    def rows(self) -> list[tuple[str, int, Decimal]]:
        """List measure, number of the cut, value."""
        medians: dict[str, tuple[int | Decimal, ...]] = {"r_median": (self.r_median,), "f_median": (self.f_median,), "m_median": (self.m_median,)}
        measures: dict[str, tuple[int | Decimal, ...]] = {"r": self.r, "f": self.f, "m": self.m, **medians, "tier": self.tiers}
        return [(measure, number, Decimal(value)) for measure, values in measures.items() for number, value in enumerate(values, start=1)]

    @property
    def id(self) -> str:
        """Name the ruler by what it holds."""
        text = ";".join(f"{measure}{number}={value.normalize():f}" for measure, number, value in self.rows())
        return f"{self.fitted_on.isoformat()}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def measure(customers: Table, scoring: Scoring) -> Table:  # noqa: ARG001 - until other measures are read
    """Add what is scored: the measures that the configuration names.

    Parameters
    ----------
    customers : Table
        recency_days, frequency, monetary; null recency (no order) gives null values.
    scoring : Scoring

    Returns
    -------
    Table
        The same rows with r_value (days), f_value (int64) and m_value (decimal); null for who is not a buyer.
    """
    buys = customers.frequency > 0
    return customers.mutate(
        r_value=ibis.ifelse(buys, customers.recency_days.cast("int64"), ibis.null("int64")),
        f_value=ibis.ifelse(buys, customers.frequency.cast("int64"), ibis.null("int64")),
        m_value=ibis.ifelse(buys, customers.monetary.cast(SUM), ibis.null(SUM)),
    )


def fit_ruler(buyers: Table, scoring: Scoring, *, fitted_on: dt.date) -> Ruler:
    """Find the cut points: quantiles, each snapped down to the largest value that occurs not above it.

    Parameters
    ----------
    buyers : Table
        Grain: customer. r_value, f_value, m_value (see `measure`), monetary (decimal); at least one row.
    scoring : Scoring
    fitted_on : datetime.date

    Returns
    -------
    Ruler

    Notes
    -----
    The lower order statistic needs no window over all customers and gives the same cuts on every engine.
    """
    shares = [number / scoring.bins for number in range(1, scoring.bins)] + [0.5]
    values = buyers.select(r=-_.r_value, f=_.f_value, m=_.m_value)
    quantiles = values.agg(**{name: values[name].quantile(shares) for name in "rfm"}).execute().iloc[0]
    snapped = values.agg(
        **{f"{name}{number}": values[name].max(where=values[name] <= _as_literal(cut)) for name in "rfm" for number, cut in enumerate(quantiles[name])}
    ).execute().iloc[0]  # fmt: skip
    cuts = {name: [snapped[f"{name}{number}"] for number in range(len(shares))] for name in "rfm"}
    return Ruler(
        fitted_on=fitted_on,
        r=tuple(-int(cut) for cut in reversed(cuts["r"][:-1])),
        f=tuple(int(cut) for cut in cuts["f"][:-1]),
        m=tuple(_money(cut) for cut in cuts["m"][:-1]),
        r_median=-int(cuts["r"][-1]),
        f_median=int(cuts["f"][-1]),
        m_median=_money(cuts["m"][-1]),
        tiers=fit_tiers(buyers),
    )


def _as_literal(cut: object) -> ibis.Value:
    if isinstance(cut, Decimal):  # without a type it would be a decimal of three digits
        return ibis.literal(cut, SUM)
    return ibis.literal(float(cut))  # type: ignore[arg-type]


def _money(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.0001"))


def fit_tiers(buyers: Table, *, shares: tuple[int, int] = (80, 95)) -> tuple[Decimal, Decimal]:
    """Find the least money of a mid and of a high customer.

    High are the customers who together make the first 80 % of revenue, largest first, mid the next 15 %. The cut lies on a value: who spent the same
    is in the same tier.

    Returns
    -------
    tuple of Decimal
        (mid, high): a customer is high from `high`, mid from `mid`, low below.
    """
    by_value = buyers.group_by("monetary").agg(total=_.monetary.sum())
    above = ibis.window(order_by=ibis.desc("monetary"), preceding=(None, 1))
    ranked = by_value.mutate(above=_.total.sum().over(above).fill_null(0), all=_.total.sum().over(ibis.window()))
    found = ranked.agg(
        mid=_.monetary.min(where=_.above * 100 < _.all * shares[1]), high=_.monetary.min(where=_.above * 100 < _.all * shares[0]), most=_.monetary.max()
    ).execute().iloc[0]  # fmt: skip
    nobody = _money(found.most) + 1  # where nobody has spent anything, everybody is low
    return tuple(nobody if value is None or pd.isna(value) else _money(value) for value in (found.mid, found.high))  # type: ignore[return-value]


def score(measured: Table, ruler: Ruler) -> Table:
    """Score recency, frequency and money: 1 + the number of cuts strictly below.

    Parameters
    ----------
    measured : Table
        r_value, f_value, m_value (see `measure`); null values give null scores.
    ruler : Ruler

    Returns
    -------
    Table
        The same rows with r_score, f_score, m_score (int8, 5 is best) and rfm_score (text, "543").
    """
    scored = measured.mutate(
        r_score=_count([measured.r_value < cut for cut in ruler.r]),
        f_score=_count([measured.f_value > cut for cut in ruler.f]),
        m_score=_count([measured.m_value > ibis.literal(cut, SUM) for cut in ruler.m]),
    )
    return scored.mutate(rfm_score=_.r_score.cast("string") + _.f_score.cast("string") + _.m_score.cast("string"))


def _count(cuts: list[ibis.Value]) -> ibis.Value:
    total = ibis.literal(1, "int8")
    for cut in cuts:
        total = total + cut.cast("int8")
    return total.cast("int8")


def list_thresholds(ruler: Ruler) -> Table:
    """Lay the ruler out as a table: measure x cut with value, fitted_on, ruler_id."""
    rows = [(measure, number, value, ruler.fitted_on, ruler.id) for measure, number, value in ruler.rows()]
    schema = {"measure": "string", "cut": "int64", "value": SUM, "fitted_on": "date", "ruler_id": "string"}
    return ibis.memtable(pd.DataFrame(rows, columns=list(schema)), schema=schema)
