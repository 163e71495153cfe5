"""What those who left have in common, beside those who stayed: shares with their sample sizes, and nothing about why."""

from collections.abc import Sequence

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.returning import bound_share


def level_prices(parted: Table) -> Table:
    """Add price_level: low, middle, high by thirds of `amount`, cut on values."""
    cuts = parted.agg(low=_.amount.cast("float64").quantile(1 / 3), high=_.amount.cast("float64").quantile(2 / 3)).execute().iloc[0]
    if pd.isna(cuts["low"]):
        return parted.mutate(price_level=ibis.null("string"))
    value = parted.amount.cast("float64")
    return parted.mutate(price_level=ibis.cases((value <= float(cuts["low"]), "low"), (value <= float(cuts["high"]), "middle"), else_="high"))


def count_fates(parted: Table, features: Sequence[str], *, least: int = 30) -> pd.DataFrame:
    """Compare by every feature how many of those alike have left.

    Parameters
    ----------
    parted : Table
        Grain: customer_id; gone (bool), and the features as text.
    features : sequence of str
    least : int
        A value with fewer customers is not shown.

    Returns
    -------
    pandas.DataFrame
        Grain: feature, value; features as given, of two values at least, the most frequent first. left, customers (those who left and those who stayed), share (left of them),
        low, high (Wilson, 95 %), overall (share of all who were compared), differs (the interval leaves out the overall share).
    """
    columns = ["feature", "value", "left", "customers", "share", "low", "high", "overall", "differs"]
    totals = parted.agg(left=_.gone.sum(), customers=_.count()).execute().iloc[0]
    if not totals["customers"]:
        return pd.DataFrame(columns=columns)
    overall = float(totals["left"]) / float(totals["customers"])
    parts = [
        parted.group_by(value=parted[feature]).agg(left=_.gone.sum(), customers=_.count()).execute().assign(feature=feature, place=place)
        for place, feature in enumerate(features)
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[(frame["customers"] >= least) & frame["value"].notna()]
    frame = frame[frame.groupby("feature")["value"].transform("size") > 1]  # one value alone compares nothing
    frame = frame.assign(share=frame["left"] / frame["customers"], overall=overall)
    frame["low"], frame["high"] = bound_share(frame["left"].astype(float), frame["customers"].astype(float))
    frame["differs"] = (frame["low"] > overall) | (frame["high"] < overall)
    return frame.sort_values(["place", "customers", "value"], ascending=[True, False, True], ignore_index=True)[columns]
