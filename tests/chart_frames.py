"""A shop of fifty buyers as the small tables that charts and sentences take; every number is chosen so that shares are round."""

import datetime as dt

import pandas as pd

AS_OF = dt.date(2011, 12, 9)
SEGMENTS = ("champions", "loyal", "potential_loyalist", "new", "promising", "need_attention", "about_to_sleep", "at_risk", "cant_lose", "hibernating")


def frame(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split())


LEDGER = frame(
    "step rule action rows amount rows_touched customers rows_after amount_after note",
    (1, "input", "input", 1000, 10000.0, 1000, 60, 1000, 10000.0, ""),
    (2, "unreadable", "quarantined", 10, 100.0, 10, 2, 990, 9900.0, ""),
    (3, "anonymous", "anonymous", 90, 900.0, 90, 0, 900, 9000.0, ""),
    (4, "duplicates", "flagged", 0, 0.0, 5, 3, 900, 9000.0, ""),
    (5, "returns_matched", "removed", 20, -400.0, 20, 9, 880, 9400.0, ""),
    (6, "returned_purchases", "removed", 15, 400.0, 15, 9, 865, 9000.0, ""),
    (7, "returns_unmatched", "removed", 5, -50.0, 5, 4, 860, 9050.0, ""),
    (8, "kept", "kept", 860, 9050.0, 860, 50, 860, 9050.0, ""),
)
MONTHS = frame(
    "month customers orders monetary anonymous is_complete",
    (dt.date(2011, 10, 1), 10, 11, 100.0, 10.0, True),
    (dt.date(2011, 11, 1), 12, 14, 150.0, 0.0, True),
    (dt.date(2011, 12, 1), 5, 5, 40.0, 5.0, False),
)
EXAMPLES = frame(
    "rule customer day product quantity amount",
    ("anonymous", None, dt.date(2011, 11, 2), "<b>$\\frac{$ cup", 2.0, 12.5),
    ("returns_unmatched", "C-0123456789", None, "", -1.0, -50.0),
)
THRESHOLDS = frame(
    "measure cut value fitted_on ruler_id measured method boundary",
    *[("r", cut, value, AS_OF, "ruler", "days", "quantile", "exclusive") for cut, value in enumerate((10, 20, 50, 100), start=1)],
    *[("f", cut, value, AS_OF, "ruler", "orders", "quantile", "exclusive") for cut, value in enumerate((1, 1, 2, 5), start=1)],
    *[("m", cut, value, AS_OF, "ruler", "net", "quantile", "exclusive") for cut, value in enumerate((5, 10, 20, 100), start=1)],
    ("r_median", 1, 30, AS_OF, "ruler", "days", "median", "inclusive"), ("f_median", 1, 2, AS_OF, "ruler", "orders", "median", "exclusive"),
    ("m_median", 1, 12.5, AS_OF, "ruler", "net", "median", "exclusive"), ("tier", 1, 4, AS_OF, "ruler", "net", "share", "inclusive"),
    ("tier", 2, 25, AS_OF, "ruler", "net", "share", "inclusive"),
)  # fmt: skip
ON_CUTS = frame(
    "measure cut on_cut median mean measured split",
    ("recency_days", 30.0, 3, 30.0, 44.4, "days", "median"), ("frequency", 2.0, 12, 2.0, 3.1, "orders", "median"), ("monetary", 12.5, 1, 12.5, 20.0, "net", "median"),
)  # fmt: skip
GRID = frame("r_score f_score segment customers monetary", (5, 5, "champions", 10, 600.0), (2, 3, "at_risk", 10, 100.0), (1, 1, "hibernating", 30, 300.0))


def _groups(scheme: str, total: tuple[int, float], **sizes: tuple[int, float, float]) -> list[tuple]:
    return [(scheme, key, n, n / total[0], money, money / total[1], days, 2.0, 12.5, key) for key, (n, money, days) in sizes.items()]


SEGMENT_TABLE = frame(
    "scheme segment customers customers_pct monetary monetary_pct median_recency_days median_frequency median_monetary action",
    *_groups("segment", (50, 1000.0), champions=(10, 600.0, 3.0), loyal=(0, 0.0, float("nan")), at_risk=(10, 100.0, 80.0), hibernating=(30, 300.0, 200.0)),
    *_groups("class8", (50, 1000.0), important_value=(15, 600.0, 3.0), important_keep=(5, 100.0, 90.0), general_winback=(30, 300.0, 200.0)),
    *_groups("value_tier", (50, 1000.0), high=(15, 800.0, 3.0), mid=(20, 150.0, 60.0), low=(15, 50.0, 200.0)),
)
PARETO = frame("customers_share revenue_share monetary", (0.3, 0.8, 25.0), (0.7, 0.95, 4.0), (1.0, 1.0, 1.0))
DISTRIBUTIONS = frame(
    "measure left right customers",
    ("r", 0.0, 10.0, 12), ("r", 10.0, 20.0, 8), ("r", 40.0, 50.0, 30),
    ("f", 1.0, 2.0, 20), ("f", 2.0, 3.0, 20), ("f", 11.0, float("inf"), 10),
    ("m", 1.0, 10.0, 20), ("m", 10.0, 100.0, 25), ("m", 100.0, 1000.0, 5),
)  # fmt: skip
HISTORY = frame(
    "as_of scheme segment customers monetary",
    (dt.date(2011, 10, 31), "segment", "champions", 4, 200.0), (dt.date(2011, 10, 31), "segment", "hibernating", 36, 300.0),
    (dt.date(2011, 11, 30), "segment", "champions", 8, 500.0), (dt.date(2011, 11, 30), "segment", "hibernating", 32, 300.0),
    (AS_OF, "segment", "champions", 10, 600.0), (AS_OF, "segment", "at_risk", 10, 100.0), (AS_OF, "segment", "hibernating", 30, 300.0),
)  # fmt: skip
COHORTS = frame(  # August is where the data begin
    "cohort period customers active retention monetary is_complete revenue_retention from_before",
    (dt.date(2011, 8, 1), 0, 10, 10, 1.0, 100.0, True, 1.0, True), (dt.date(2011, 8, 1), 1, 10, 6, 0.6, 60.0, True, 0.6, True), (dt.date(2011, 8, 1), 2, 10, 5, 0.5, 50.0, True, 0.5, True),
    (dt.date(2011, 8, 1), 3, 10, 4, 0.4, 40.0, True, 0.4, True), (dt.date(2011, 8, 1), 4, 10, 1, 0.1, 10.0, False, 0.1, True),
    (dt.date(2011, 9, 1), 0, 10, 10, 1.0, 100.0, True, 1.0, False), (dt.date(2011, 9, 1), 1, 10, 4, 0.4, 40.0, True, 0.4, False), (dt.date(2011, 9, 1), 2, 10, 2, 0.2, 20.0, True, 0.2, False),
    (dt.date(2011, 9, 1), 3, 10, 1, 0.1, 10.0, False, 0.1, False),
    (dt.date(2011, 10, 1), 0, 20, 20, 1.0, 200.0, True, 1.0, False), (dt.date(2011, 10, 1), 1, 20, 2, 0.1, 20.0, True, 0.1, False), (dt.date(2011, 10, 1), 2, 20, 1, 0.05, 10.0, False, 0.05, False),
    (dt.date(2011, 12, 1), 0, 2, 2, 1.0, 20.0, False, 1.0, False),
)  # fmt: skip
FLOWS = frame(
    "month active new returning reactivated dormant is_complete",
    (dt.date(2011, 10, 1), 10, 10, 0, 0, 0, True),
    (dt.date(2011, 11, 1), 12, 4, 6, 2, 4, True),
    (dt.date(2011, 12, 1), 3, 1, 2, 0, 10, False),
)
STAGES = frame(
    "month stage customers entered left is_complete",
    *[
        (dt.date(2011, 11, 1), stage, customers, entered, left, True)
        for stage, customers, entered, left in (
            ("new", 4, 4, 9), ("active", 5, 4, 1), ("growing", 1, 1, 0), ("shrinking", 0, 0, 0), ("reactivated", 2, 2, 0), ("at_risk", 3, 3, 1), ("dormant", 4, 3, 2),
            ("lost", 1, 1, 0), ("prospect", 0, 0, 0), ("cancelled_only", 0, 0, 0),
        )
    ],
    *[(dt.date(2011, 12, 1), stage, 4, 1, 1, False) for stage in ("new", "active", "reactivated", "dormant", "lost")],
)  # fmt: skip
KEY_FIGURES = frame(
    "measure value previous",
    ("active_customers", 110.0, 100.0), ("revenue_30d", 900.0, 1000.0), ("mean_order_value_30d", 20.0, 20.0), ("new_customers_30d", 5.0, None), ("repeat_rate", 0.655, 0.65),
)  # fmt: skip
