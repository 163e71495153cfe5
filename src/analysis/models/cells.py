"""A map laid out for drawing: recency down, frequency or FM across, a panel for each money score where it matters."""

import pandas as pd

from analysis.models.maps import MEASURES, Proof, SegmentMap, examine_map


def list_cells(found: SegmentMap | Proof) -> pd.DataFrame:
    """List the cells of a map, sound or not.

    Parameters
    ----------
    found : SegmentMap or Proof

    Returns
    -------
    pandas.DataFrame
        Grain: panel, r, across. `panel` is the money score (0 where one panel says all), `axis` what lies across: f, or fm where the map looks at the mean of F
        and M only. `segment` (the first that claims the cell; null in a hole), `claims` (all that do, in order, as a tuple).
    """
    proof = found if isinstance(found, Proof) else examine_map(found.rules)
    money = len(proof.axes) == len(MEASURES)
    mean = money and _mean_only(proof)
    rows = []
    for cell, claims in proof.claims.items():
        r, f, m = cell if money else (*cell, 0)
        if mean and f != m:
            continue  # where both are the same, so is their mean
        rows.append(("fm" if mean else "f", 0 if mean else m, r, f, claims[0] if claims else None, claims))
    return pd.DataFrame(rows, columns=["axis", "panel", "r", "across", "segment", "claims"]).sort_values(["panel", "r", "across"], ignore_index=True)


def _mean_only(proof: Proof) -> bool:
    ranges = [one for segment in proof.rules.segment for one in segment.cells]
    whole = proof.rules.fm_rounding != "none" and proof.scores[1] == proof.scores[2]
    return whole and not any(one.f or one.m for one in ranges) and not any(segment.codes.split() for segment in proof.rules.segment)
