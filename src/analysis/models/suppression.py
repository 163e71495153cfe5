"""Cell suppression in linked sums: which counts must go so that none that is too small can be worked out.

Greedy, on any system of sums. First every known sum that lacks one count, or counts of too few customers, loses one more of
those it has left. Then, as long as a
count that is withheld follows from the sums by linear algebra, the cheapest count goes whose going leaves it open. Willenborg and de Waal, Elements of Statistical
Disclosure Control (2001), chapter 5; Hundepool et al., Statistical Disclosure Control (2012), chapter 4.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from threadpoolctl import threadpool_limits

_EPSILON = 1e-7


@dataclass
class System:
    """Counts and the sums between them, as readers know them.

    Counts of one unit are withheld together; of equal counts the one goes first whose unit is named first. A fixed count is withheld or shown as it is given. With
    `cover`, zeros may be withheld as readily as other counts: in a table of few filled cells there may be no other way.
    """

    least: int
    cover: bool = False
    amounts: list[float] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    fixed: list[bool] = field(default_factory=list)
    sums: list[np.ndarray] = field(default_factory=list)

    def add(self, amounts: np.ndarray, *, units: np.ndarray | None, hidden: np.ndarray, fixed: np.ndarray) -> np.ndarray:
        """Add counts, and say at which places they stand; without units each is one of its own."""
        places = np.arange(len(self.amounts), len(self.amounts) + len(amounts))
        self.amounts += [float(amount) for amount in amounts]
        self.units += [int(unit) for unit in units] if units is not None else [-1 - int(place) for place in places]
        self.hidden += [bool(each) for each in hidden]
        self.fixed += [bool(each) for each in fixed]
        return places

    def link(self, total: int, members: np.ndarray) -> None:
        """Say that a count is the sum of others."""
        self.sums.append(np.array([total, *members], dtype=int))


def suppress(system: System) -> np.ndarray:
    """Choose what is withheld.

    Returns
    -------
    numpy.ndarray of bool
        One a count, in the order in which they were added.
    """
    amounts, units = np.array(system.amounts), np.array(system.units)
    small = (amounts > 0) & (amounts < system.least)
    hidden = np.isin(units, units[np.array(system.hidden, dtype=bool) | small])
    blocked = np.isin(units, units[np.array(system.fixed, dtype=bool)])  # what holds a fixed count is never chosen
    for places, lines in _part(system):
        if hidden[places].any() and lines:
            matrix = np.zeros((len(lines), len(amounts)))
            for line, members in enumerate(lines):
                matrix[line, members] = 1
                matrix[line, members[0]] = -1
            block = _Block(amounts[places], units[places], hidden[places], small[places], blocked[places], matrix[:, places], system.least, system.cover)
            with threadpool_limits(1):  # many small matrices: threads would wait for each other twenty times longer than they work
                hidden[places] = block.solve()
    return hidden


def find_known(matrix: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """Tell which of the withheld counts follow from the others: those in the row space of the sums, restricted to what is withheld."""
    lines, known = matrix[:, hidden], np.zeros(len(hidden), dtype=bool)
    known[hidden] = _find_fixed(lines, _invert(lines)[0])
    return known


def _invert(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the pseudoinverse of the products of the sums, which are far fewer than the counts, and the projection on what the withheld counts can make of the sums."""
    sizes, axes = np.linalg.eigh(lines @ lines.T)
    axes, sizes = axes[:, sizes > _EPSILON], sizes[sizes > _EPSILON]
    return (axes / sizes) @ axes.T, axes @ axes.T


def _find_fixed(lines: np.ndarray, inverse: np.ndarray) -> np.ndarray:
    return ((inverse @ lines) * lines).sum(axis=0) > 1 - _EPSILON


@dataclass
class _Block:
    """Counts that hang together by sums or units; `hidden` is what is withheld so far."""

    amounts: np.ndarray
    units: np.ndarray
    hidden: np.ndarray
    small: np.ndarray
    blocked: np.ndarray
    matrix: np.ndarray  # a line per sum: 1 for its members, -1 for the total
    least: int
    cover: bool

    def solve(self) -> np.ndarray:
        given = self.hidden.copy()  # small, or withheld elsewhere: must not become known
        while True:
            if self._fill():
                continue
            lines, known = self.matrix[:, self.hidden], np.zeros(len(self.hidden), dtype=bool)
            inverse, reached = _invert(lines)
            known[self.hidden] = _find_fixed(lines, inverse)
            if not known.any():
                return self.hidden
            rest = np.flatnonzero(~self.hidden)
            left = self.matrix[:, rest]
            possible = np.abs(left - reached @ left).max(axis=0) < _EPSILON  # the withheld counts could make up for it, were it withheld too
            rest, ways = rest[possible], inverse @ left[:, possible]
            if not (self._open(known & given, rest, ways, last=True) or self._open(known, rest, ways, last=False)):
                break
        needed = given | (self.hidden & ~known)
        return self.hidden & np.isin(self.units, self.units[needed])  # what is known anyway need not be withheld, unless it must be

    def _withhold(self, among: np.ndarray) -> bool:
        """Withhold one of the counts that may be chosen, with its unit: one that breaks into the fewest sums that are whole, the smallest of those."""
        places = np.flatnonzero(among & ~self.hidden & ~self.blocked)
        if len(places):
            linked = self.matrix != 0
            broken = linked[~linked[:, self.hidden].any(axis=1)].sum(axis=0)
            best = min(places, key=lambda place: (broken[place], self.amounts[place], abs(self.units[place]), place))
            self.hidden[self.units == self.units[best]] = True
        return len(places) > 0

    def _fill(self) -> bool:
        """See to it that every sum lacks nothing, or two counts and enough customers."""
        counted = self.amounts > 0
        linked = (self.matrix != 0) & counted
        lacking = linked & self.hidden
        short = lacking.any(axis=1) & ((lacking.sum(axis=1) < 2) | (lacking @ self.amounts < self.least))
        return any(self._withhold(line) for line in linked[short])

    def _open(self, known: np.ndarray, rest: np.ndarray, ways: np.ndarray, *, last: bool) -> bool:
        """Withhold one count more, of the rest, so that a known one is open; where no single one does that and it must be, the smallest near by."""
        if not known.any():
            return False
        helps = np.zeros(len(known), dtype=bool)
        helps[rest] = (np.abs(self.matrix[:, known].T @ ways) > _EPSILON).any(axis=0)
        counted = self.amounts > 0
        if self._withhold(helps if self.cover else helps & counted) or (last and self._withhold(helps)):
            return True
        near = (self.matrix[(self.matrix[:, known] != 0).any(axis=1)] != 0).any(axis=0)
        wide = (self.matrix[(self.matrix[:, self.hidden] != 0).any(axis=1)] != 0).any(axis=0)
        return last and (self._withhold(near & counted) or self._withhold(wide & counted) or self._withhold(near) or self._withhold(wide))


def _part(system: System) -> list[tuple[np.ndarray, list[np.ndarray]]]:
    """Part a system into counts that have nothing to do with each other, each with its sums."""
    parent = np.arange(len(system.amounts))

    def find(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = int(parent[place])
        return place

    units = np.array(system.units)
    order = np.argsort(units, kind="stable")
    twins = [np.array(pair) for pair in pairwise(order) if units[pair[0]] == units[pair[1]]]
    for group in (*system.sums, *twins):
        for place in group[1:]:
            parent[find(int(place))] = find(int(group[0]))
    roots = np.array([find(place) for place in range(len(parent))])
    lines: dict[int, list[np.ndarray]] = {}
    for members in system.sums:
        lines.setdefault(int(roots[members[0]]), []).append(members)
    return [(np.flatnonzero(roots == root), lines[root]) for root in sorted(lines)]
