"""The overdue index: how long a customer is silent, against their own usual gap, pooled with everybody else's."""

from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table
from scipy.optimize import minimize
from scipy.special import digamma, expit, gammaln

from analysis.settings.lifecycle import Silence

DIGITS = 12
BANDS = ("within", "late", "at_risk", "dormant", "lost")
SAMPLE = 50_000  # histories to fit on
BOUNDS = ((-5.0, 6.0), (-7.0, 7.0), (-9.0, 9.0))  # log r, log of alpha in mean gaps, logit of the share that stops


@dataclass(frozen=True)
class Rhythm:
    """What the population adds to a customer's own gaps: `shape` gaps that took `scale` days together; `stop`: the share of purchases that are somebody's last."""

    shape: float
    scale: float
    stop: float
    gaps: int
    customers: int

    @property
    def first_gap(self) -> float:
        """The usual gap of somebody with a single purchase, in days."""
        return self.scale / self.shape


def count_histories(standing: Table) -> pd.DataFrame:
    """Count customers by their history: repeats, span, silence (see `analysis.data.purchases.stand_at`), customers."""
    return standing.group_by("repeats", "span", "silence").agg(customers=_.count()).order_by("repeats", "span", "silence").execute()


def fit_rhythm(histories: pd.DataFrame, *, least_gaps: int) -> Rhythm | None:
    """Fit how gaps between purchases differ among customers, by maximum likelihood, the unfinished last gap taken as censored.

    Parameters
    ----------
    histories : pandas.DataFrame
        repeats (purchase days after the first), span (days from first to last), silence (days since), customers: how many have this history.
    least_gaps : int
        Fewer finished gaps than this tell nothing.

    Returns
    -------
    Rhythm or None
        None with too few gaps, or when nobody's gaps take any time.

    Notes
    -----
    Gaps of a customer are exponential with a rate of their own, rates are gamma distributed (shape, scale), and each purchase is the last one with the same
    probability (stop), so the silence at the end is either for ever or a gap not yet over. With x gaps over t days and a silence of s days the likelihood is,
    up to a constant, (1 - stop)^x [stop I(t) + (1 - stop) I(t + s)] with I(u) = G(shape + x) / G(shape) scale^shape / (scale + u)^(shape + x). It is the
    NBD model of Ehrenberg (1959) with the geometric stop of Batislam, Denizel and Filiztekin (2007), kept to one probability for all.
    """
    gaps = int((histories["repeats"] * histories["customers"]).sum())
    time = float((histories["span"] * histories["customers"]).sum())
    if gaps < least_gaps or time <= 0:
        return None
    sample = _thin(histories)
    mean = time / gaps
    x, t, s, n = (sample[name].to_numpy(dtype=float) for name in ("repeats", "span", "silence", "customers"))
    t, s, n = t / mean, s / mean, n / n.sum()

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        shape, scale, stop = np.exp(point[0]), np.exp(point[1]), expit(point[2])
        ended, open_ = np.log(scale + t), np.log(scale + t + s)
        gone, alive = np.log(stop) - (shape + x) * ended, np.log1p(-stop) - (shape + x) * open_
        both = np.logaddexp(gone, alive)
        share = np.exp(gone - both)  # that this customer has stopped
        value = x * np.log1p(-stop) + gammaln(shape + x) - gammaln(shape) + shape * np.log(scale) + both
        by_shape = digamma(shape + x) - digamma(shape) + np.log(scale) - share * ended - (1 - share) * open_
        by_scale = shape / scale - (shape + x) * (share / (scale + t) + (1 - share) / (scale + t + s))
        by_stop = share * (1 - stop) - (1 - share) * stop - x * stop  # in the logit
        return -float(n @ value), -np.array([n @ by_shape * shape, n @ by_scale * scale, n @ by_stop])

    starts = [np.array([shape, scale, stop]) for shape, scale, stop in ((0.0, 0.0, -1.0), (-1.0, -1.0, 0.0), (1.0, 1.0, -3.0))]
    found = min((minimize(loss, start, jac=True, method="L-BFGS-B", bounds=BOUNDS) for start in starts), key=lambda result: round(float(result.fun), 10))
    shape, scale, stop = np.exp(found.x[0]), np.exp(found.x[1]) * mean, expit(found.x[2])
    return Rhythm(round(float(shape), DIGITS), round(float(scale), DIGITS), round(float(stop), DIGITS), gaps, int(histories["customers"].sum()))


def _thin(histories: pd.DataFrame) -> pd.DataFrame:
    """Take at most so many customers, evenly along the sorted histories, so that equal data give equal samples."""
    total = int(histories["customers"].sum())
    if len(histories) <= SAMPLE:
        return histories
    ordered = histories.sort_values(["repeats", "span", "silence"]).reset_index(drop=True)
    places = np.floor((np.arange(SAMPLE) + 0.5) * total / SAMPLE).astype(int)
    rows = np.searchsorted(ordered["customers"].cumsum().to_numpy(), places, side="right")
    return ordered.iloc[rows].assign(customers=1)


def assign_overdue(standing: Table, rhythm: Rhythm | None) -> Table:
    """Measure everybody's silence against their usual gap.

    Parameters
    ----------
    standing : Table
        Grain: customer_id; repeats, span, silence.
    rhythm : Rhythm or None

    Returns
    -------
    Table
        The same rows with usual_gap_days = (scale + span) / (shape + repeats): the customer's own gaps and, beside them, `shape` gaps of the population; and
        overdue_index = silence / usual gap. Both null without a rhythm.
    """
    if rhythm is None:
        return standing.mutate(usual_gap_days=ibis.null("float64"), overdue_index=ibis.null("float64"))
    usual = (ibis.literal(rhythm.scale) + standing.span.cast("float64")) / (ibis.literal(rhythm.shape) + standing.repeats.cast("float64"))
    # rounded, because engines differ in the last digit
    return standing.mutate(usual_gap_days=usual.round(6), overdue_index=(standing.silence.cast("float64") / usual).round(6))


def count_lateness(overdue: Table, times: Silence) -> pd.DataFrame:
    """Count buyers by how late they are.

    Parameters
    ----------
    overdue : Table
        Grain: customer_id; overdue_index, return_90d, year_monetary.
    times : Silence
        The limits of the index.

    Returns
    -------
    pandas.DataFrame
        Grain: band (within, late, at_risk, dormant, lost; all of them, in this order; none without an index). low, high (of the index), customers, year_monetary,
        return_90d (mean, null where nobody is or nothing is known).
    """
    edges = [0.0, min(1.0, times.at_risk), times.at_risk, times.dormant, times.lost, float("inf")]
    band = ibis.cases(*[(_.overdue_index < edge, key) for key, edge in zip(BANDS, edges[1:-1], strict=False)], else_=BANDS[-1])
    known = overdue.filter(_.overdue_index.notnull())
    counted = known.group_by(band=band).agg(customers=_.count(), year_monetary=_.year_monetary.sum().cast("float64"), return_90d=_.return_90d.mean()).execute()
    if counted.empty:
        return pd.DataFrame(columns=["band", "low", "high", "customers", "year_monetary", "return_90d"])
    frame = pd.DataFrame({"band": BANDS, "low": edges[:-1], "high": edges[1:]}).merge(counted, on="band", how="left")
    return frame.fillna({"customers": 0, "year_monetary": 0.0}).astype({"customers": "int64"}).round({"return_90d": DIGITS})


def rank_calls(overdue: Table, *, late: float, lost: float, most: int = 10) -> pd.DataFrame:
    """List those who are overdue but not lost, by what they spent in the year to their last purchase.

    Returns
    -------
    pandas.DataFrame
        Grain: customer_id, at most `most`. silence_days, usual_gap_days, overdue_index, return_90d, year_monetary (float).
    """
    columns = ["customer_id", "silence_days", "usual_gap_days", "overdue_index", "return_90d", "year_monetary"]
    found = overdue.filter((_.overdue_index >= late) & (_.overdue_index < lost)).select(columns)
    return found.order_by(ibis.desc("year_monetary"), "customer_id").limit(most).execute().astype({"year_monetary": "float64"})
