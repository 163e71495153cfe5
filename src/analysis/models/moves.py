"""What would become of a customer: the same ruler and map on values that an order, or a silence, would change."""

from collections.abc import Mapping
from typing import Protocol

import ibis
from ibis import _
from ibis.expr.types import StringValue, Table

from analysis.models import rfm
from analysis.settings.scoring import Scoring

MEASURED = ("r_value", "f_value", "m_value", "frequency", "monetary")
_ADDED_UP = ("net", "gross", "margin")  # money that grows with every order; a mean stays where it is
_WHOLE = 16**8  # a share is told by the first eight digits of a digest
MOST = 200_000  # customers that come out of the engine to be fitted on, each at most a state of their own; of more of them a share is drawn


class Classifier(Protocol):
    """Scores and classifies measured customers with the ruler and the map of the run."""

    def __call__(self, measured: Table) -> Table: ...


def relabel(buyers: Table, cases: Mapping[str, Mapping[str, ibis.Value]], classify: Classifier) -> Table:
    """Add the segment that each buyer would have in some cases.

    Parameters
    ----------
    buyers : Table
        Grain: customer_id. r_value, f_value, m_value, frequency, monetary.
    cases : mapping of str to mapping of str to ibis.Value
        Name of the column to add, and the measures that differ then, as expressions over `buyers` (see `after_silence` and `after_order`).
    classify : callable

    Returns
    -------
    Table
        customer_id, the measures, and a column (text) for each case.
    """
    asked = buyers.select("customer_id", *MEASURED)
    parts = [
        buyers.select("customer_id", case=ibis.literal(name), **{column: changed.get(column, buyers[column]).cast(asked[column].type()) for column in MEASURED})
        for name, changed in cases.items()
    ]
    labelled = classify(ibis.union(*parts) if len(parts) > 1 else parts[0])
    wide = labelled.group_by("customer_id").agg(**{name: labelled.segment.max(where=labelled.case == name) for name in cases})
    return asked.join(wide, "customer_id").select(*asked.columns, *cases)


def after_silence(buyers: Table, days: int) -> dict[str, ibis.Value]:
    """Give what so many more days without an order change."""
    return {"r_value": buyers.r_value + days}


def after_order(buyers: Table, scoring: Scoring, *, orders: int = 1, today: bool = True) -> dict[str, ibis.Value]:
    """Give what orders of the customer's usual size change: today, or at a time that leaves the silence as it is.

    Parameters
    ----------
    buyers : Table
    scoring : Scoring
        Which money is scored, and whether orders or the days on which there were some.
    orders : int
        So many; the days of those before today are days of their own.
    today : bool
    """
    whole = buyers.frequency + orders
    fresh = orders
    if today and scoring.frequency.measure == "days":  # a second order of a day adds no day
        fresh = orders - 1 + ibis.ifelse(buyers.r_value > 0, 1, 0)
    grown = (buyers.m_value.cast("float64") * whole / buyers.frequency).round(4).cast(rfm.SUM)
    paid = (buyers.monetary.cast("float64") * whole / buyers.frequency).round(4).cast(rfm.SUM)
    changed = {"f_value": buyers.f_value + fresh, "frequency": whole, "monetary": paid}
    changed |= {"m_value": grown} if scoring.money.measure in _ADDED_UP else {}
    return changed | ({"r_value": ibis.literal(0, "int64")} if today else {})


def find_share(customers: int, most: int) -> float:
    """Say which share of the customers to draw, so that there are hardly ever more than so many: a little less, because how many a digest picks varies."""
    return 1.0 if customers <= most else 0.99 * most / customers


def draw_customers(rows: Table, share: float, *, seed: int) -> Table:
    """Keep the rows of about this share of the customers, whole customers, the same ones every time.

    Parameters
    ----------
    rows : Table
        With customer_id.
    share : float
        0 to 1; from 1 on everything is kept.
    seed : int

    Notes
    -----
    By a digest of the customer's number and the seed, the same in every engine: no order of rows, no counter, no window.
    """
    if share >= 1:
        return rows
    return rows.filter(shuffle_key(rows, seed) < f"{min(round(max(share, 0) * _WHOLE), _WHOLE - 1):08x}")


def shuffle_key(rows: Table, seed: int) -> StringValue:
    """Give a text (hexadecimal digits) by which to shuffle customers: another order for every seed."""
    return (rows.customer_id + f"\x1f{seed}").hexdigest("md5")


def list_moves(buyers: Table, scoring: Scoring, classify: Classifier, *, silences: tuple[int, ...] = (7, 30)) -> Table:
    """Say for every buyer the segment now, and after one more order or some days of silence.

    Parameters
    ----------
    buyers : Table
        Grain: customer_id. r_value, f_value, m_value, frequency, monetary.
    scoring : Scoring
    classify : callable
    silences : tuple of int
        Days.

    Returns
    -------
    Table
        Grain: customer_id. The measures, `segment`, `one_more` (one more order, the silence as it is), `order_today`, and `silent_<days>`, all of them segments.
    """
    cases = {
        "segment": {},
        "one_more": after_order(buyers, scoring, today=False),
        "order_today": after_order(buyers, scoring),
        **{f"silent_{days}": after_silence(buyers, days) for days in silences},
    }
    return relabel(buyers, cases, classify).select("customer_id", *MEASURED, *(_[name] for name in cases))
