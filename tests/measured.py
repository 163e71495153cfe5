"""Measured buyers written out, and a ruler with cuts at round numbers: below 10, 20, 30, 40 days; above 1, 2, 3, 5 orders; above 10, 20, 30, 50 of money."""

import datetime as dt
from decimal import Decimal

from analysis.models import rfm, segments
from analysis.models.maps import load_map
from analysis.settings.scoring import Frequency, Money, Recency, Scoring
from shops import table

DAY = dt.date(2024, 1, 31)
TYPES = {"customer_id": "string", "r_value": "int64", "f_value": "int64", "m_value": "decimal(38,4)", "frequency": "int64", "monetary": "decimal(38,4)"}
FIXED = Scoring(
    recency=Recency(method="fixed", cuts=(10, 20, 30, 40)), frequency=Frequency(method="fixed", cuts=(1, 2, 3, 5)), money=Money(method="fixed", cuts=(10, 20, 30, 50))
)  # fmt: skip


def buyers(*rows):
    """Rows of days, orders, money."""
    return table([
        {"customer_id": f"c{number:02d}", "r_value": r, "f_value": f, "m_value": Decimal(m), "frequency": f, "monetary": Decimal(m)}
        for number, (r, f, m) in enumerate(rows)
    ], **TYPES)  # fmt: skip


def fit(people, scoring=FIXED):
    return rfm.fit_ruler(people, scoring, fitted_on=DAY)


def by_map(ruler, name="rf10"):
    return lambda measured: segments.classify(rfm.score(measured, ruler), ruler, load_map(name))
