"""Loyalty in three parts that are shown apart: orders repeated, recommendation, satisfaction; and one index of what is known of them."""

import math

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.returning import bound_share

PROMOTER, DETRACTOR = 9.0, 6.0  # on the scale from 0 to 10 (Reichheld 2003)
Z = 1.959963984540054  # of an interval of 95 %


def measure_loyalty(customers: Table) -> Table:
    """Add the parts and the index.

    Parameters
    ----------
    customers : Table
        Grain: customer_id. frequency (orders), nps (0-10), csat (0-1); null where unknown.

    Returns
    -------
    Table
        The same rows with repurchase (float64, 0-1: share of a buyer's orders that came after the first), recommendation (promoter, passive, detractor), satisfaction
        (float64, 0-1) and loyalty_index (float64, 0-100, one decimal: the mean of the parts that are known; a promoter counts 100, a passive 50, a detractor 0).
    """
    again = ((customers.frequency - 1) / customers.frequency.nullif(0)).cast("float64").round(12)
    parted = customers.mutate(
        repurchase=again,
        recommendation=ibis.cases((customers.nps >= PROMOTER, "promoter"), (customers.nps <= DETRACTOR, "detractor"), (customers.nps.notnull(), "passive")),
        satisfaction=customers.csat.cast("float64"),
    )
    points = ibis.cases((parted.recommendation == "promoter", 1.0), (parted.recommendation == "passive", 0.5), (parted.recommendation == "detractor", 0.0))
    parts = [parted.repurchase, points, parted.satisfaction]
    known = sum((part.notnull().cast("int64") for part in parts[1:]), parts[0].notnull().cast("int64"))
    total = sum((part.fill_null(0.0) for part in parts[1:]), parts[0].fill_null(0.0))
    return parted.mutate(loyalty_index=(total * 100 / known.nullif(0)).round(1))


def count_loyalty(customers: Table, satisfied: Table, *, by: str = "segment") -> pd.DataFrame:
    """Measure the three parts group by group, each with the number of those it is told of.

    Parameters
    ----------
    customers : Table
        Grain: customer_id. `by`, frequency, recommendation.
    satisfied : Table
        Grain: customer_id. answers, satisfied (counts).
    by : str
        A column; customers without a group are left out, and the buyers together are the group None.

    Returns
    -------
    pandas.DataFrame
        Grain: group, part. part: repurchase (value 0-1: share of buyers with a second order; n buyers), recommendation (value -100 to 100: the Net Promoter Score,
        per cent of promoters less per cent of detractors; n customers who answered), satisfaction (value 0-1: share of answers that were satisfied; n answers);
        low, high: 95 %. Parts of which nobody told anything are left out.

    Notes
    -----
    Intervals: Wilson for shares. For the score the adjusted Wald of Rocks (2016, The American Statistician 70, 365-372): the variance of an answer,
    p + d - (p - d)^2, with 3/4 of a promoter, 3/4 of a detractor and 3/2 of a passive added, so that a few equal answers are not taken for certainty.
    """
    joined = customers.filter(customers[by].notnull()).left_join(satisfied, "customer_id")
    counted = joined.group_by(group=joined[by]).agg(
        buyers=(_.frequency > 0).sum(), again=(_.frequency > 1).sum(), rated=_.recommendation.count(),
        promoters=(_.recommendation == "promoter").sum(), detractors=(_.recommendation == "detractor").sum(), answers=_.answers.sum(), satisfied=_.satisfied.sum(),
    ).execute()  # fmt: skip
    counted = counted.set_index("group").fillna(0).astype("int64").sort_index()
    rows: list[tuple] = []
    for group, row in [*counted.iterrows(), (None, counted.sum())]:
        for part, (hits, n) in {"repurchase": (row["again"], row["buyers"]), "satisfaction": (row["satisfied"], row["answers"])}.items():
            if n:
                low, high = bound_share(pd.Series([float(hits)]), pd.Series([float(n)]))
                rows.append((group, part, hits / n, int(n), float(low.iloc[0]), float(high.iloc[0])))
        if n := int(row["rated"]):
            rows.append((group, "recommendation", *_score(int(row["promoters"]), int(row["detractors"]), n)))
    order = {"repurchase": 0, "recommendation": 1, "satisfaction": 2}
    frame = pd.DataFrame(rows, columns=["group", "part", "value", "n", "low", "high"])
    frame[["value", "low", "high"]] = frame[["value", "low", "high"]].astype("float64").round(12)
    return frame.sort_values("part", key=lambda parts: parts.map(order), kind="stable", ignore_index=True)


def _score(promoters: int, detractors: int, n: int) -> tuple[float, int, float, float]:
    """Give the Net Promoter Score with n, low and high."""
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    reach = Z * math.sqrt((p + d - (p - d) ** 2) / (n + 3))
    return 100 * (promoters - detractors) / n, n, 100 * max(-1.0, p - d - reach), 100 * min(1.0, p - d + reach)
