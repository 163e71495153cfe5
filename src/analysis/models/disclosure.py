"""Which numbers of a small table a page may show: those of few customers are withheld, and whatever would give them back by subtraction.

A cell is a group of customers; tables publish the cells and, here or elsewhere, their totals. Primary: a count above zero and below `least` is withheld, with the
money, shares, means and maxima that go with it. Secondary: in every total that readers know, either nothing is withheld or at least two cells are that hold
`least` customers between them, and no withheld count follows from the totals by linear algebra (`suppression`). What is chosen depends on the counts and the
names of the cells only: the same numbers have the same pattern in every table.
"""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from analysis.models.disclosure_rules import PART, Balance, Branches, Cells, Curve, Parts, Rule
from analysis.models.suppression import System, suppress


def withhold(
    frame: pd.DataFrame,
    rules: Iterable[Rule],
    *,
    least: int,
    prepare: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
    others: Mapping[str, pd.DataFrame] | None = None,
    sizes: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Blank what a page may not show.

    Parameters
    ----------
    frame : pandas.DataFrame
        The exact numbers.
    rules : iterable of Rule
        What the table counts; each rule starts from what those before it have withheld.
    least : int
        How many customers a number must stand for.
    prepare : callable, optional
        Adds columns that the rules need: what is known of a cell by its names.
    others : mapping of str to DataFrame, optional
        The tables that `Same` names, as pages show them.
    sizes : mapping of str to number, optional
        What the shares of curves are shares of.

    Returns
    -------
    pandas.DataFrame
        The same rows (of a curve, fewer), with NaN in the counts and values that are withheld.
    """
    if frame.empty or least <= 1:
        return frame.copy()
    rules, asked = tuple(rules), len(frame)
    frame = pd.concat([frame, *(_cross(frame, rule) for rule in rules if isinstance(rule, Cells) and rule.crossed)], ignore_index=True)
    frame = prepare(frame) if prepare else frame
    shown = frame.copy()
    for rule in rules:
        if isinstance(rule, Curve):
            kept = _thin(frame, rule, least, (sizes or {}).get(rule.of, 1.0))
            shown, frame = shown[kept].reset_index(drop=True), frame[kept].reset_index(drop=True)
        elif isinstance(rule, Balance):
            _withhold_balance(shown, frame, rule, least)
        elif isinstance(rule, Parts):
            _withhold_parts(shown, frame, rule, least)
        elif isinstance(rule, Branches):
            _blank(shown, _choose_branches(frame, rule, least), (*rule.counts, *rule.values))
        else:
            _blank(shown, _choose(frame, rule, least, _absent(shown, frame, rule.counts), others or {}), (*rule.counts, *rule.values))
    crossed = [rule for rule in rules if isinstance(rule, Cells) and rule.crossed]
    if not crossed:
        return shown
    given = (np.arange(len(shown)) < asked) | _absent(shown, frame, crossed[0].counts)
    return shown[given].reset_index(drop=True)


def _cross(frame: pd.DataFrame, rule: Cells) -> pd.DataFrame:
    """Write out the cells of a matrix that have no row: nobody is in them. What goes with a name of theirs goes with it here too."""
    fixed = [name for name in rule.by if all(name in total for total in rule.totals)]
    moving = [name for name in rule.by if name not in fixed]
    every = frame[fixed].drop_duplicates() if fixed else pd.DataFrame(index=[0])
    for name in moving:
        every = every.merge(frame[[*fixed, name]].drop_duplicates(), how="left" if fixed else "cross", on=fixed or None)
    lacking = every.merge(frame[list(rule.by)], how="left", on=list(rule.by), indicator="_there")
    lacking = lacking[lacking["_there"] == "left_only"].drop(columns="_there").sort_values(list(rule.by), ignore_index=True)
    zeros = dict.fromkeys((*rule.counts, *rule.values), 0)
    for column in frame.columns:
        if column in zeros:
            lacking[column] = pd.Series(0, index=lacking.index).astype(frame[column].dtype)
        elif column not in lacking:
            told = next((name for name in rule.by if frame.groupby(name, dropna=False)[column].nunique(dropna=False).max() == 1), None)
            known = frame.drop_duplicates(told).set_index(told)[column] if told else None
            lacking[column] = lacking[told].map(known) if told else None
    return lacking[list(frame.columns)]


def _blank(shown: pd.DataFrame, hidden: np.ndarray, columns: Iterable[str]) -> None:
    """Put NaN where a row is withheld: numbers become floats, words become missing."""
    if not hidden.any():
        return
    for column in columns:
        if column not in shown.columns:
            continue
        values = shown[column]
        if not pd.api.types.is_bool_dtype(values) and pd.api.types.is_numeric_dtype(values):
            values = values.astype(float)
        shown[column] = values.mask(pd.Series(hidden, index=shown.index))


def _numbers(frame: pd.DataFrame, column: str) -> np.ndarray:
    return pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def _absent(shown: pd.DataFrame, frame: pd.DataFrame, counts: Iterable[str]) -> np.ndarray:
    """Tell the rows of which an earlier rule has withheld a count."""
    gone = [np.isnan(_numbers(shown, count)) & ~np.isnan(_numbers(frame, count)) for count in counts]
    return np.logical_or.reduce(gone)


def _codes(frame: pd.DataFrame, by: tuple[str, ...]) -> np.ndarray:
    """Number the groups of rows in the order of their names."""
    return frame.groupby(list(by), dropna=False, sort=True).ngroup().to_numpy() if by else np.zeros(len(frame), dtype=int)


def _choose(frame: pd.DataFrame, rule: Cells, least: int, already: np.ndarray, others: Mapping[str, pd.DataFrame]) -> np.ndarray:
    """Choose the rows that are withheld."""
    codes = _codes(frame, rule.by)
    first = np.unique(codes, return_index=True)[1]
    cells = frame.iloc[first].reset_index(drop=True)  # one row a cell, in the order of the names
    gone = np.zeros(len(cells), dtype=bool)
    np.logical_or.at(gone, codes, already)
    fixed = cells[rule.kept].to_numpy(dtype=bool) if rule.kept else np.zeros(len(cells), dtype=bool)
    fixed, gone = _as_there(cells, rule, others, fixed, gone)
    if not rule.counts:
        return gone[codes]
    system = System(least=least, cover=rule.crossed)
    for count in rule.counts:
        amounts = np.nan_to_num(_numbers(cells, count))
        places = system.add(amounts, units=np.arange(len(cells)), hidden=gone, fixed=fixed)
        for total in rule.totals:
            groups = _codes(cells, total)
            sums = np.bincount(groups, weights=amounts)
            margin = cells.iloc[np.unique(groups, return_index=True)[1]].reset_index(drop=True).assign(**{count: sums})
            coarser = Cells(total, (count,), totals=tuple(other for other in rule.totals if set(other) < set(total)), same=rule.same)
            away = _choose(margin, coarser, least, np.zeros(len(margin), dtype=bool), others)
            margins = system.add(sums, units=None, hidden=away, fixed=np.ones(len(sums), dtype=bool))
            for group in range(len(sums)):
                system.link(margins[group], places[groups == group])
    return suppress(system)[: len(cells)][codes]


def _as_there(cells: pd.DataFrame, rule: Cells, others: Mapping[str, pd.DataFrame], fixed: np.ndarray, gone: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Take over what another table has decided about the same cells."""
    for same in rule.same:
        here = [name for name, _ in same.on]
        there = others.get(same.table)
        if there is None or set(here) != set(rule.by) or there.empty:
            continue
        if same.last:
            there = there[there[same.last] == there[same.last].max()]
        names = [name for _, name in same.on]
        withheld = there[names].set_axis(here, axis=1).assign(_gone=np.isnan(_numbers(there, same.count))).drop_duplicates(here)
        found = cells[here].merge(withheld, how="left", on=here)["_gone"]
        fixed = fixed | found.notna().to_numpy()
        gone = gone | (found == True).to_numpy()  # noqa: E712 - missing where there is no such cell
    return fixed, gone


def _withhold_parts(shown: pd.DataFrame, frame: pd.DataFrame, rule: Parts, least: int) -> None:
    """Treat columns as rows."""
    keys = {name: np.tile(frame[name].to_numpy(), len(rule.counts)) for name in rule.by}
    long = pd.DataFrame(keys | {PART: np.repeat(rule.counts, len(frame)), "_count": np.concatenate([_numbers(frame, part) for part in rule.counts])})
    already = np.concatenate([_absent(shown, frame, (part,)) for part in rule.counts])
    hidden = _choose(long, Cells((*rule.by, PART), ("_count",), totals=rule.totals), least, already, {})
    for place, part in enumerate(rule.counts):
        _blank(shown, hidden[place * len(frame) : (place + 1) * len(frame)], (part,))


def _withhold_balance(shown: pd.DataFrame, frame: pd.DataFrame, rule: Balance, least: int) -> None:
    order = np.argsort(_codes(frame, (rule.by,)), kind="stable")
    columns = list(dict.fromkeys(name for line in rule.sums for name, _ in line))
    system, places = System(least=least), {}
    for name in columns:
        fixed = np.full(len(frame), name in rule.kept)
        places[name] = system.add(np.nan_to_num(_numbers(frame, name)[order]), units=None, hidden=_absent(shown, frame, (name,))[order], fixed=fixed)
    for line in rule.sums:
        for row in range(len(frame)):
            at = [(name, row - back) for name, back in line]
            if min(place for _, place in at) >= 0:
                system.link(places[at[0][0]][at[0][1]], np.array([places[name][place] for name, place in at[1:]]))
    for name in rule.totals:
        total = system.add(
            np.array([np.nansum(_numbers(frame, name))]), units=None, hidden=np.array([False]), fixed=np.array([True])
        )  # withheld where it is small
        system.link(total[0], places[name])
    hidden = suppress(system)
    for name in columns:
        back = np.empty(len(frame), dtype=bool)
        back[order] = hidden[places[name]]
        _blank(shown, back, (name,))


def _choose_branches(frame: pd.DataFrame, rule: Branches, least: int) -> np.ndarray:
    """Go down the tree: what lies below a withheld branch is withheld, and the branches of one that is shown are cells with a known total."""
    paths = frame[rule.path].astype(str)
    parents = paths.str.rpartition(rule.separator)[0]
    depth = paths.str.count(rule.separator).to_numpy()
    hidden = np.zeros(len(frame), dtype=bool)
    family = frame[list(rule.within)].assign(**{"_parent": parents, "_path": paths, **{count: frame[count] for count in rule.counts}})
    names = family[list(rule.within)].astype(str).agg("\x1e".join, axis=1) if rule.within else pd.Series("", index=frame.index)
    for level in range(int(depth.max()) + 1):
        here = depth == level
        gone = set(zip(names[hidden], paths[hidden], strict=True))
        lost = np.array([(name, parent) in gone for name, parent in zip(names[here], parents[here], strict=True)], dtype=bool)
        cells = Cells((*rule.within, "_parent", "_path"), rule.counts, totals=((*rule.within, "_parent"),))
        hidden[here] = _choose(family[here].reset_index(drop=True), cells, least, lost, {}) | lost
    return hidden


def _thin(frame: pd.DataFrame, rule: Curve, least: int, size: float) -> np.ndarray:
    """Keep the ends of a curve, and between them what lies `least` customers from the point kept before and from the end."""
    kept = np.zeros(len(frame), dtype=bool)
    codes, along = _codes(frame, rule.within), _numbers(frame, rule.along) * size
    for code in range(codes.max() + 1):
        rows = np.flatnonzero(codes == code)
        last = along[rows[0]]
        kept[rows[0]] = True
        end = along[rows[-1]]
        for row in rows[1:]:
            if abs(along[row] - last) >= least - 1e-6 and (row == rows[-1] or abs(along[row] - end) >= least - 1e-6):
                kept[row], last = True, along[row]
        if not kept[rows[-1]] and abs(end - last) >= least - 1e-6:
            kept[rows[-1]] = True
    return kept
