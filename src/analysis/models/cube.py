"""A cube that may be given away: groups of customers by what they are and where they lie between cut points, none of them small, from which a page can reckon."""

import heapq
import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.models.disclosure import withhold
from analysis.models.disclosure_rules import Cells
from analysis.models.tree import OTHER

COLUMNS = ("attribute", "value", "segment", "r", "f", "m", "customers", "monetary", "holds")
MOST = 500  # groups in all
MOST_VALUES = 12  # of the attribute, the folded ones among them
ON_CUT, BESIDE_CUT = 10, 3  # how much more it counts on which side of a cut in force, and of its neighbours, somebody lies: that is where people will look
_AXES = ("r", "f", "m")


def no_cube() -> pd.DataFrame:
    """Give a cube of nobody."""
    return pd.DataFrame(columns=list(COLUMNS))


def make_cube(counted: pd.DataFrame, edges: pd.DataFrame, codes: pd.DataFrame, *, least: int, attribute: str = "", most: int = MOST) -> pd.DataFrame:
    """Part the buyers into groups of at least `least` who are as alike as may be.

    First by segment and value of the attribute, where that leaves no small group and none that follows by subtraction; then, again and again, where it sets
    customers nearest to their group's middle, at the edge of a measure that leaves `least` on both sides.

    Parameters
    ----------
    counted : pandas.DataFrame
        See `analysis.models.cube_bins.count_bins`.
    edges : pandas.DataFrame
        See `analysis.models.cube_bins.list_edges`.
    codes : pandas.DataFrame
        See `analysis.models.cube_bins.list_codes`; its first map is the one in force.
    least : int
        Customers that a group has.
    attribute : str
        What the values are values of.
    most : int
        Groups.

    Returns
    -------
    pandas.DataFrame
        Grain: a group. attribute, value (`OTHER` for the small ones together), segment (under the cuts and the map in force), r, f, m (edges passed, of the middle
        of the group: its scores under the cuts in force are those of its segment), customers, monetary (float, whole units; rounded so that every run of groups adds
        up to within one unit), holds (segments too small to be told, counted here, with spaces between). Empty where there are too few buyers.

    Notes
    -----
    A greedy partition after LeFevre, DeWitt and Ramakrishnan, Mondrian Multidimensional K-Anonymity (ICDE 2006).
    """
    if counted.empty or int(counted.customers.sum()) < least:
        return no_cube()
    own = counted.assign(segment=label_bins(counted, place_cuts(edges), codes[codes["map"] == codes["map"].iloc[0]]))
    rows, holds = _fold_segments(own, least)
    rows = _pool_values(_fold_values(rows, least), least)
    order = {key: place for place, key in enumerate(dict.fromkeys(codes.segment[codes["map"] == codes["map"].iloc[0]]))}
    rows = rows.assign(place=rows.counted_as.map(order)).sort_values(["place", "value", *_AXES], ignore_index=True)
    weights = {axis: _weigh(edges[edges.measure == axis]) for axis in _AXES}
    groups = _split_all([part.index.to_numpy() for _key, part in rows.groupby(["place", "value"], sort=True)], rows, weights, least, most)
    segments, values = rows.counted_as.to_numpy(), rows.value.to_numpy()
    customers, money = rows.customers.to_numpy(), rows.monetary.to_numpy()
    cube = pd.DataFrame(_find_middles(groups, rows, place_cuts(edges), codes[codes["map"] == codes["map"].iloc[0]]), columns=list(_AXES))
    cube = cube.assign(
        attribute=attribute,
        value=[values[group[0]] for group in groups],
        segment=[segments[group[0]] for group in groups],
        customers=[int(customers[group].sum()) for group in groups],
        monetary=[money[group].sum() for group in groups],
        holds=[holds.get(segments[group[0]], "") for group in groups],
    )
    cube = cube.assign(place=cube.segment.map(order)).sort_values(["place", "value", *_AXES, "customers", "monetary"], ignore_index=True)
    totals = [int(total.to_integral_value()) for total in itertools.accumulate(cube.monetary)]
    return cube.assign(monetary=np.diff([0, *totals]).astype(float))[list(COLUMNS)]


def place_cuts(edges: pd.DataFrame) -> dict[str, list[int]]:
    """Give the places of the cuts in force of every measure, from the poorest to the best; cuts that coincide have one place each."""
    return {axis: [int(row.place) for row in edges[edges.measure == axis].itertuples() for _ in range(int(row.cuts))] for axis in _AXES}


def label_bins(bins: pd.DataFrame, cuts: Mapping[str, Sequence[int]], codes: pd.DataFrame) -> pd.Series:
    """Tell the segment of who has passed so many edges.

    Parameters
    ----------
    bins : pandas.DataFrame
        r, f, m: edges passed.
    cuts : mapping of str to sequence of int
        The places of the cuts, see `place_cuts`.
    codes : pandas.DataFrame
        One map of `analysis.models.cube_bins.list_codes`.
    """
    scores = [1 + sum((bins[axis] > place).astype(int) for place in cuts[axis]) + 0 * bins[axis] for axis in _AXES[: len(codes.code.iloc[0])]]
    code = sum((score.astype(str) for score in scores[1:]), scores[0].astype(str))
    return code.map(dict(zip(codes.code, codes.segment, strict=True)))


def _hidden(counts: pd.DataFrame, by: tuple[str, ...], totals: tuple[tuple[str, ...], ...], least: int) -> np.ndarray:
    """Tell which of some counts a page would withhold."""
    return withhold(counts, [Cells(by=by, totals=totals)], least=least).customers.isna().to_numpy()


def _fold_segments(rows: pd.DataFrame, least: int) -> tuple[pd.DataFrame, dict[str, str]]:
    """Count small segments, and what else must be withheld with them, with the largest of these."""
    totals = rows.groupby("segment", as_index=False).customers.sum()
    hidden = totals[_hidden(totals, ("segment",), ((),), least)].sort_values(["customers", "segment"])
    if hidden.empty:
        return rows.assign(counted_as=rows.segment), {}
    target, others = hidden.segment.iloc[-1], hidden.segment.iloc[:-1].tolist()
    return rows.assign(counted_as=rows.segment.where(~rows.segment.isin(others), target)), {target: " ".join(sorted(others))}


def _fold_values(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    """Count values of few customers, and those beyond the most frequent, as others."""
    totals = rows.groupby("value", as_index=False).customers.sum()
    if len(totals) == 1:
        return rows
    hidden = totals.value[_hidden(totals, ("value",), ((),), least)].tolist()
    ranked = totals.sort_values(["customers", "value"], ascending=[False, True]).value
    kept = [value for value in ranked if value not in hidden]
    hidden += kept[MOST_VALUES - 1 :] if hidden or len(kept) > MOST_VALUES else []
    return rows.assign(value=rows.value.where(~rows.value.isin(hidden), OTHER))


def _pool_values(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    """Count a value under others where, within a segment, it has few customers or would tell how few another has."""
    cells = rows.groupby(["counted_as", "value"], as_index=False).customers.sum()
    hidden = _hidden(cells, ("counted_as", "value"), (("counted_as",), ("value",)), least)
    pooled = cells.assign(hidden=hidden).sort_values(["counted_as", "customers", "value"], ignore_index=True)
    moved = set()
    for segment, values in pooled.groupby("counted_as"):
        out = values[values.hidden | (values.customers < least) | (values.value == OTHER)]
        rest = values.drop(out.index)
        while len(rest) and 0 < out.customers.sum() < least:  # what is left over must not be small either
            out, rest = pd.concat([out, rest.iloc[:1]]), rest.iloc[1:]
        moved |= {(segment, value) for value in out.value} if len(out) > 1 or out.hidden.any() else set()
    keys = zip(rows.counted_as, rows.value, strict=True)
    return rows.assign(value=[OTHER if key in moved else key[1] for key in keys])


def _weigh(edges: pd.DataFrame) -> np.ndarray:
    """Weigh the edges of a measure by place."""
    cuts = edges.cuts.to_numpy() > 0
    beside = np.zeros_like(cuts)
    beside[1:] |= cuts[:-1]
    beside[:-1] |= cuts[1:]
    return np.where(cuts, ON_CUT, np.where(beside, BESIDE_CUT, 1))


def _split_all(groups: list[np.ndarray], rows: pd.DataFrame, weights: Mapping[str, np.ndarray], least: int, most: int) -> list[np.ndarray]:
    """Split the group for which it helps most, until there are enough or none can be split; the same rows give the same groups."""
    bins, counts = rows[list(_AXES)].to_numpy(dtype=np.int64), rows.customers.to_numpy(dtype=np.int64)
    scales = [weights[axis] for axis in _AXES]
    numbers = itertools.count()
    heap: list[tuple[int, int, int, int, np.ndarray]] = []
    done: list[np.ndarray] = []

    def enter(group: np.ndarray) -> None:
        gain, axis, place = _best_split(bins[group], counts[group], scales, least)
        if gain > 0:
            heapq.heappush(heap, (-gain, next(numbers), axis, place, group))
        else:
            done.append(group)

    for group in groups:
        enter(group)
    while heap and len(heap) + len(done) < most:
        _gain, _number, axis, place, group = heapq.heappop(heap)
        below = bins[group, axis] <= place
        enter(group[below])
        enter(group[~below])
    return done + [group for *_rest, group in sorted(heap, key=lambda entry: entry[1])]


def _best_split(bins: np.ndarray, counts: np.ndarray, scales: Sequence[np.ndarray], least: int) -> tuple[int, int, int]:
    """Find the edge that sets customers nearest to the middle of their half: what is gained, the measure, the edge; nothing gained where none leaves enough."""
    total = counts.sum()
    best = (0, 0, 0)
    if total < 2 * least:
        return best
    for axis, scale in enumerate(scales):
        width = len(scale) + 1
        low = np.cumsum(np.bincount(bins[:, axis], counts, width).astype(np.int64))[:-1]
        able = (low >= least) & (total - low >= least)
        if not able.any():
            continue
        gained = np.zeros(len(scale), dtype=np.int64)
        for other, weight in enumerate(scales):
            across = len(weight) + 1
            grid = np.bincount(bins[:, axis] * across + bins[:, other], counts, width * across).astype(np.int64).reshape(width, across)
            below = grid.cumsum(axis=0).cumsum(axis=1)
            whole = below[-1]
            left, right = below[:-1], whole - below[:-1]
            gained += _spread(whole[None], weight) - _spread(left, weight) - _spread(right, weight)
        gained = np.where(able, gained, 0)
        place = int(gained.argmax())
        best = max(best, (int(gained[place]), axis, place), key=lambda one: one[0])
    return best


def _spread(passed: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Count the customers who lie on the other side of an edge than the middle of their group, over all edges; a row of running counts each."""
    return (np.minimum(passed[:, :-1], passed[:, -1:] - passed[:, :-1]) * weight).sum(axis=1)


def _find_middles(groups: Sequence[np.ndarray], rows: pd.DataFrame, cuts: Mapping[str, Sequence[int]], codes: pd.DataFrame) -> np.ndarray:
    """Give the middle of each group: the median of every measure; where that is in another segment the nearest place of its own, in the group if it can be."""
    bins, weights = rows[list(_AXES)].to_numpy(dtype=np.int64), rows.customers.to_numpy(dtype=np.int64)
    segments, targets = rows.segment.to_numpy(), rows.counted_as.to_numpy()
    middles = np.array([[_median(bins[group, axis], weights[group]) for axis in range(len(_AXES))] for group in groups])
    found = label_bins(pd.DataFrame(middles, columns=list(_AXES)), cuts, codes).to_numpy()
    for number, group in enumerate(groups):
        target = targets[group[0]]
        if found[number] != target:
            near = group[segments[group] == target]
            places = bins[near if len(near) else np.flatnonzero(segments == target)]
            distance = np.abs(places[:, None, :] - bins[group][None, :, :]).sum(axis=2) @ weights[group]
            middles[number] = places[int(distance.argmin())]
    return middles


def _median(values: np.ndarray, weight: np.ndarray) -> int:
    order = np.argsort(values, kind="stable")
    return int(values[order][np.searchsorted(weight[order].cumsum() * 2, weight.sum())])
