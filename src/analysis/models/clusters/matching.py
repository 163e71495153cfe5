"""Which of the new groups is which of the old ones: numbers that last, and what became of every group."""

from collections.abc import Sequence

import pandas as pd
from scipy.optimize import linear_sum_assignment

HALF = 0.5
COLUMNS = ("event", "cluster", "matched_to", "customers", "share_of_old", "share_of_new")


def match_clusters(crossed: pd.DataFrame, *, old: Sequence[int], new: Sequence[int]) -> pd.DataFrame:
    """Match new clusters with old ones by the customers they share.

    Parameters
    ----------
    crossed : pandas.DataFrame
        Grain: old x new; customers that have both numbers. Outliers (0) count for nothing here.
    old, new : sequence of int
        All clusters of either.

    Returns
    -------
    pandas.DataFrame
        Grain: one row per new cluster, in their order, then one per old cluster that died. event, cluster (the new one; null for one that died), matched_to
        (the old one; null for one that was born), follows (whether it is the optimal match and inherits the number), customers they share, share_of_old and
        share_of_new (of the customers known in both).

    Notes
    -----
    The optimal assignment (Kuhn 1955) pairs each new cluster with at most one old so that as many customers as possible keep their number. Then, with "part"
    for at least half of a new cluster's customers coming from an old one, and "home" for at least half of an old one's going into a new one:

    - merged: a new cluster is home to two old ones or more;
    - split: an old cluster has two parts or more;
    - kept: the pair of the assignment is both part and home;
    - also merged, or split: a new cluster is home to an old one without being its part, or part without being home;
    - born: none of these; died: an old cluster without part or home.

    The number goes to the pair of the assignment, provided that it is part or home.
    """
    counts = pd.DataFrame(0, index=list(old), columns=list(new))
    for row in crossed.itertuples():
        if row.old in counts.index and row.new in counts.columns:
            counts.loc[row.old, row.new] += int(row.customers)
    to_new, to_old = counts.div(counts.sum(axis=1), axis=0).fillna(0.0), counts.div(counts.sum(axis=0), axis=1).fillna(0.0)
    pairs = dict(zip(*reversed(linear_sum_assignment(counts.to_numpy(), maximize=True)), strict=True))
    rows: list[tuple] = []
    for position, cluster in enumerate(new):
        paired = old[pairs[position]] if position in pairs else None
        homes = [each for each in old if to_new.loc[each, cluster] >= HALF]
        part = next(
            (
                each
                for each in (paired, *counts[cluster].sort_values(ascending=False, kind="stable").index)
                if each is not None and to_old.loc[each, cluster] >= HALF
            ),
            None,
        )
        related = paired is not None and (paired in homes or to_old.loc[paired, cluster] >= HALF)
        source = paired if related else part if part is not None else homes[0] if homes else None
        pieces = 0 if part is None else int((to_old.loc[part] >= HALF).sum())
        if source is None:
            event = "born"
        elif len(homes) > 1:
            event = "merged"
        elif pieces > 1:
            event = "split"
        elif related and paired in homes and paired == part:
            event = "kept"
        else:
            event = "merged" if homes else "split"
        shares = (0, 0.0, 0.0) if source is None else (int(counts.loc[source, cluster]), float(to_new.loc[source, cluster]), float(to_old.loc[source, cluster]))
        rows.append((event, cluster, source, related, *shares))
    gone = [each for each in old if (to_new.loc[each] < HALF).all() and (to_old.loc[each] < HALF).all()]
    rows += [("died", None, each, False, 0, 0.0, 0.0) for each in gone]
    frame = pd.DataFrame(rows, columns=["event", "cluster", "matched_to", "follows", "customers", "share_of_old", "share_of_new"])
    return frame.astype({"cluster": "Int64", "matched_to": "Int64"})


def settle_numbers(matched: pd.DataFrame, *, highest: int) -> tuple[int, ...]:
    """Number the new clusters: the old number where one follows, else the next that was never used."""
    numbers = []
    for row in matched[matched.cluster.notna()].itertuples():
        highest += 0 if row.follows else 1
        numbers.append(int(row.matched_to) if row.follows else highest)
    return tuple(numbers)
