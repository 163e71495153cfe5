"""How the customers of one map fall under another, and how far two maps agree."""

from collections.abc import Sequence

import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.maps import SegmentMap

COLUMNS = ["map", "segment", "other_segment", "customers", "share", "monetary"]


def count_crosswalk(labelled: Sequence[tuple[SegmentMap, Table]], ours: SegmentMap) -> pd.DataFrame:
    """Count the customers of each of our segments by the segment another map would give them.

    Parameters
    ----------
    labelled : sequence of (SegmentMap, Table)
        Another map, and the buyers with segment, other_segment, monetary.
    ours : SegmentMap
        Says the order of our segments.

    Returns
    -------
    pandas.DataFrame
        Grain: map (the other), segment (ours), other_segment, both in the order of display. customers, share (of our segment), monetary (float); pairs without customers
        too.
    """
    frames = []
    for other, buyers in labelled:
        counted = buyers.group_by("segment", "other_segment").agg(customers=_.count(), monetary=_.monetary.sum().cast("float64")).execute()
        pairs = pd.MultiIndex.from_product([ours.keys, other.keys], names=["segment", "other_segment"])
        frame = counted.set_index(["segment", "other_segment"]).reindex(pairs, fill_value=0).reset_index()
        whole = frame.groupby("segment")["customers"].transform("sum")
        frames.append(frame.assign(map=other.name, share=(frame["customers"] / whole.where(whole > 0)).fillna(0.0))[COLUMNS])
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)


def measure_agreement(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Measure how far each other map agrees with ours.

    Parameters
    ----------
    crosswalk : pandas.DataFrame
        See `count_crosswalk`.

    Returns
    -------
    pandas.DataFrame
        Grain: map. customers; same_name (share with the same key under both maps; null where the maps share no key), rand_adjusted.

    Notes
    -----
    Adjusted Rand index (Hubert and Arabie 1985, Comparing partitions): over all pairs of customers, how much more often than by chance both maps put the pair
    together or both apart. 1 is the same partition whatever its names, 0 is what chance gives.
    """
    rows = []
    for name, frame in crosswalk.groupby("map", sort=False):
        n = int(frame.customers.sum())
        shared = set(frame.segment) & set(frame.other_segment)
        same = int(frame.loc[frame.segment == frame.other_segment, "customers"].sum())
        rows.append((name, n, same / n if shared else None, _rand(frame)))
    return pd.DataFrame(rows, columns=["map", "customers", "same_name", "rand_adjusted"])


def _rand(frame: pd.DataFrame) -> float:
    def pairs(counts: pd.Series) -> int:
        return sum(int(n) * (int(n) - 1) // 2 for n in counts)

    both = pairs(frame.customers)
    ours, theirs = (pairs(frame.groupby(side).customers.sum()) for side in ("segment", "other_segment"))
    every = pairs(pd.Series([frame.customers.sum()]))
    chance = ours * theirs / every if every else 0.0
    most = (ours + theirs) / 2
    return round((both - chance) / (most - chance), 12) if most != chance else 1.0
