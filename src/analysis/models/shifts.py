"""Which segments gained and which lost customers, and why: the margins of a migration."""

import pandas as pd

from analysis.columns import CAUSES, NONE

SEGMENT_COLUMNS = ("scheme", "segment", "before", "now", "why_came", "why_gone")


def count_segments(movement: pd.DataFrame) -> pd.DataFrame:
    """Count each segment before and now, and tell what most of those who came and who went did it by.

    Parameters
    ----------
    movement : pandas.DataFrame
        The frame `movement`: one period; scheme, from_segment, to_segment, customers, the causes.

    Returns
    -------
    pandas.DataFrame
        Grain: segment. scheme, before, now (customers), why_came, why_gone (the commonest cause, "" where nobody came or went).
    """
    rows = movement[movement["scheme"] == "segment"]
    keys = sorted((set(rows["from_segment"]) | set(rows["to_segment"])) - {NONE})
    moved = rows[rows["from_segment"] != rows["to_segment"]]
    counted = []
    for key in keys:
        before, now = (int(rows.loc[rows[side] == key, "customers"].sum()) for side in ("from_segment", "to_segment"))
        counted.append(("segment", key, before, now, _main_cause(moved[moved["to_segment"] == key]), _main_cause(moved[moved["from_segment"] == key])))
    return pd.DataFrame(counted, columns=list(SEGMENT_COLUMNS))


def _main_cause(moved: pd.DataFrame) -> str:
    sums = moved[list(CAUSES)].sum()
    return str(sums.idxmax()) if sums.sum() else ""  # the first of equal ones, in the order of the replay
