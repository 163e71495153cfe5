"""Segments, classes and tiers: every buyer in exactly one of each, by rules that are data."""

from decimal import Decimal

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import CLASS8, SCHEMES, TIERS, UNCLASSIFIED
from analysis.models.maps import SegmentMap as SegmentMap  # noqa: PLC0414 - asked for here by who classifies
from analysis.models.maps import load_map as load_map  # noqa: PLC0414
from analysis.models.rfm import SUM, Ruler


def keys_of(segment_map: SegmentMap) -> dict[str, tuple[str, ...]]:
    """List the groups of each scheme in the order of display."""
    return dict(zip(SCHEMES, (segment_map.keys, CLASS8, TIERS), strict=True))


def classify(scored: Table, ruler: Ruler, segment_map: SegmentMap, *, enough: bool = True) -> Table:
    """Give every buyer a segment, one of the eight classes and a value tier.

    Parameters
    ----------
    scored : Table
        Scored customers (see `analysis.models.rfm.score`).
    ruler : Ruler
    segment_map : SegmentMap
    enough : bool
        False where there are too few buyers to tell groups apart: all are `unclassified`.

    Returns
    -------
    Table
        The same rows with segment, class8, value_tier (text; null for who is not a buyer).

    Notes
    -----
    Eight classes: high is above the median; recent is at or below the median of days. important <=> money high; value, develop, keep,
    winback <=> (recent, frequent) = (yes, yes), (yes, no), (no, yes), (no, no).
    """
    buys = scored.frequency > 0
    none = ibis.null("string")
    if not enough:
        label = ibis.ifelse(buys, ibis.literal(UNCLASSIFIED), none)
        return scored.mutate(segment=label, class8=label, value_tier=label)
    joined = join_segment(scored, segment_map)
    recent = joined.r_value <= ruler.r_split
    frequent = joined.f_value > ruler.f_split
    important = joined.m_value > ibis.literal(ruler.m_split, SUM)
    pair = ibis.cases((recent & frequent, "value"), (recent & ~frequent, "develop"), (~recent & frequent, "keep"), else_="winback")
    mid, high = (ibis.literal(cut, SUM) for cut in ruler.tiers)
    return joined.mutate(
        class8=ibis.ifelse(buys, ibis.ifelse(important, "important_", "general_") + pair, none),
        value_tier=ibis.ifelse(buys, ibis.cases((joined.monetary >= high, "high"), (joined.monetary >= mid, "mid"), else_="low"), none),
    )


def join_segment(scored: Table, segment_map: SegmentMap, *, name: str = "segment") -> Table:
    """Give everybody with scores the segment of a map.

    Parameters
    ----------
    scored : Table
        r_score, f_score, and m_score where the map looks at money.
    segment_map : SegmentMap
    name : str
        The column to add.

    Returns
    -------
    Table
        The same rows with the segment (text; null where there are no scores).
    """
    axes = [f"_{axis}" for axis in segment_map.axes]
    cells = pd.DataFrame([(*cell, segment) for cell, segment in segment_map.cells.items()], columns=[*axes, name])
    table = ibis.memtable(cells, schema={**dict.fromkeys(axes, "int8"), name: "string"})
    return scored.left_join(table, [scored[f"{axis}_score"] == table[f"_{axis}"] for axis in segment_map.axes]).drop(*axes)


def count_segments(buyers: Table, groups: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """Count each scheme's groups, empty ones included.

    Parameters
    ----------
    buyers : Table
        Grain: customer; segment, class8, value_tier, recency_days, frequency, monetary.
    groups : dict of str to tuple of str
        Scheme to its groups in order.

    Returns
    -------
    pandas.DataFrame
        Grain: scheme, segment. customers, customers_pct (0-1), monetary (Decimal), monetary_pct (0-1), median_recency_days, median_frequency,
        median_monetary (null where empty), action (key in the catalogue; null where the scheme has no actions).
    """
    frames = []
    for scheme, keys in groups.items():
        counted = buyers.group_by(segment=buyers[scheme]).agg(
            customers=_.count(), monetary=_.monetary.sum(), median_recency_days=_.recency_days.cast("float64").median(),
            median_frequency=_.frequency.cast("float64").median(), median_monetary=_.monetary.cast("float64").median(),
        ).execute()  # fmt: skip
        order = list(dict.fromkeys([*keys, *([UNCLASSIFIED] if UNCLASSIFIED in set(counted.segment) else [])]))
        frame = counted.set_index("segment").reindex(order).rename_axis("segment").reset_index()
        frame.insert(0, "scheme", scheme)
        frame["action"] = frame.segment if scheme == "segment" else None
        frames.append(frame)
    frame = pd.concat(frames, ignore_index=True)
    frame["customers"] = frame.customers.fillna(0).astype("int64")
    frame["monetary"] = [Decimal(0) if pd.isna(value) else value for value in frame.monetary]
    totals = frame.groupby("scheme")[["customers", "monetary"]].transform("sum")
    frame["customers_pct"] = frame.customers / totals.customers
    frame["monetary_pct"] = [float(part) / float(whole) if whole else 0.0 for part, whole in zip(frame.monetary, totals.monetary, strict=True)]
    return frame


def count_history(states: Table, groups: dict[str, tuple[str, ...]]) -> Table:
    """Count each scheme's groups at each snapshot, empty ones included.

    Parameters
    ----------
    states : Table
        Grain: snapshot, customer; buyers only, classified.

    Returns
    -------
    Table
        Grain: as_of, scheme, segment. customers, customers_pct (of all that day), monetary.
    """
    days = states.select(as_of=states.snapshot).distinct()
    parts = []
    for scheme, keys in groups.items():
        counted = states.group_by(as_of=states.snapshot, segment=states[scheme]).agg(customers=_.count(), monetary=_.monetary.sum().cast(SUM))
        labels = ibis.memtable(pd.DataFrame({"segment": [*keys]}), schema={"segment": "string"})
        every = days.cross_join(labels).union(counted.select("as_of", "segment"), distinct=True)
        joined = every.left_join(counted, ["as_of", "segment"])
        parts.append(joined.select(
            as_of=every.as_of, scheme=ibis.literal(scheme), segment=every.segment, customers=joined.customers.fill_null(0), monetary=joined.monetary.fill_null(0).cast(SUM)
        ))  # fmt: skip
    counts = parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]
    whole = counts.customers.sum().over(group_by=["as_of", "scheme"])  # a handful of rows a day
    return counts.mutate(customers_pct=(counts.customers / whole.nullif(0)).fill_null(0.0))
