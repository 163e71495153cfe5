"""What one step would do: every cut of a measure moved to the next place, and who would be in another segment then, reckoned from the cube."""

import pandas as pd

from analysis.models.cube import label_bins, place_cuts

COLUMNS = ("measure", "step", "segment", "customers_before", "customers_after", "monetary_before", "monetary_after", "moved", "buyers", "money_moved")


def count_steps(cube: pd.DataFrame, edges: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Count the segments with all cuts of one measure moved by one place.

    Parameters
    ----------
    cube : pandas.DataFrame
        See `analysis.models.cube.make_cube`.
    edges, codes : pandas.DataFrame
        See `analysis.models.cube_bins`.

    Returns
    -------
    pandas.DataFrame
        Grain: measure (r, f, m; only those that the map in force looks at), step (1 where more is asked for every score, -1 where less is), segment.
        customers_before, customers_after, monetary_before, monetary_after, and for all segments together moved (customers in another segment), money_moved,
        buyers. Every number is a sum of groups of the cube.
    """
    if cube.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    codes = codes[codes["map"] == codes["map"].iloc[0]]
    keys, cuts = list(dict.fromkeys(codes.sort_values("place").segment)), place_cuts(edges)
    frames = []
    for axis in "rfm"[: len(codes.code.iloc[0])]:
        last = int((edges.measure == axis).sum()) - 1
        for step in (1, -1):
            moved = label_bins(cube, cuts | {axis: [min(max(place + step, 0), last) for place in cuts[axis]]}, codes)
            sums = [
                cube.groupby(label)[["customers", "monetary"]].sum().reindex(keys, fill_value=0).add_suffix(when)
                for label, when in ((cube.segment, "_before"), (moved, "_after"))
            ]
            counts = pd.concat(sums, axis=1).rename_axis("segment").reset_index()
            other = moved != cube.segment
            whole = {"moved": cube.customers[other].sum(), "buyers": cube.customers.sum(), "money_moved": cube.monetary[other].sum()}
            frames.append(counts.assign(measure=axis, step=step, **whole))
    return pd.concat(frames, ignore_index=True)[list(COLUMNS)]
