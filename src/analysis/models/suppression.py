"""Cell suppression in linked sums: which counts must go so that none that is too small can be worked out.

Greedy, on any system of sums: where a known sum lacks one count, or counts of too few customers, the smallest count that is left goes too, until no count that
is withheld follows from the sums. Willenborg and de Waal, Elements of Statistical Disclosure Control (2001), chapter 5; Hundepool et al., Statistical
Disclosure Control (2012), chapter 4.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

Chooser = Callable[[np.ndarray], bool]


@dataclass
class System:
    """Counts and the sums between them, as readers know them.

    Counts of one unit are withheld together; units stand in the order in which equal counts are chosen. A fixed count is withheld or shown as it is given.
    """

    least: int
    amounts: list[float] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    fixed: list[bool] = field(default_factory=list)
    sums: list[tuple[int, np.ndarray]] = field(default_factory=list)

    def add(self, amounts: np.ndarray, *, units: np.ndarray | None, hidden: np.ndarray, fixed: np.ndarray) -> np.ndarray:
        """Add counts, and say at which places they stand; without units each is one of its own."""
        places = np.arange(len(self.amounts), len(self.amounts) + len(amounts))
        self.amounts += [float(amount) for amount in amounts]
        self.units += list(units) if units is not None else [-1 - int(place) for place in places]
        self.hidden += [bool(each) for each in hidden]
        self.fixed += [bool(each) for each in fixed]
        return places

    def link(self, total: int, members: np.ndarray) -> None:
        """Say that a count is the sum of others."""
        self.sums.append((int(total), np.asarray(members, dtype=int)))


def suppress(system: System) -> np.ndarray:
    """Choose what is withheld.

    Returns
    -------
    numpy.ndarray of bool
        One a count, in the order in which they were added.
    """
    amounts, units, fixed = np.array(system.amounts), np.array(system.units), np.array(system.fixed, dtype=bool)
    small = (amounts > 0) & (amounts < system.least)
    hidden = np.isin(units, units[np.array(system.hidden, dtype=bool) | small])
    if not hidden.any() or not system.sums:
        return hidden
    matrix = np.zeros((len(system.sums), len(amounts)))
    for line, (total, members) in enumerate(system.sums):
        matrix[line, members] = 1
        matrix[line, total] = -1
    linked = matrix != 0
    blocked = np.isin(units, units[fixed])  # what holds a fixed count is never chosen

    def choose(among: np.ndarray) -> bool:
        """Withhold the smallest of the counts that may be; equal ones in the order of their units."""
        free = np.flatnonzero(among & ~hidden & ~blocked)
        if not len(free):
            return False
        best = min(free, key=lambda place: (amounts[place], abs(units[place]), place))
        hidden[units == units[best]] = True
        return True

    while True:
        if _fill(linked, amounts, hidden, system.least, choose):
            continue
        follows = find_known(matrix, hidden)
        if not follows.any():
            return hidden
        for must in (follows & small, follows):  # first for the small ones, with all that there is; for the others as far as counts above zero go
            near = linked[linked[:, must].any(axis=1)].any(axis=0)
            wide = linked[linked[:, hidden].any(axis=1)].any(axis=0)
            if must.any() and (choose(near & (amounts > 0)) or choose(wide & (amounts > 0)) or (must is not follows and (choose(near) or choose(wide)))):
                break
        else:
            needed = small | np.array(system.hidden, dtype=bool) | (hidden & ~follows)
            return hidden & np.isin(units, units[needed])  # what follows anyway need not be withheld, unless it is small


def _fill(linked: np.ndarray, amounts: np.ndarray, hidden: np.ndarray, least: int, choose: Chooser) -> bool:
    """See to it that every sum lacks nothing, or two counts and enough customers."""
    for line in linked:
        lacking = line & hidden & (amounts > 0)
        if lacking.any() and (lacking.sum() < 2 or amounts[lacking].sum() < least) and choose(line & (amounts > 0)):
            return True
    return False


def find_known(matrix: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """Tell which of the withheld counts follow from the others: those in the row space of the sums, restricted to what is withheld."""
    known = np.zeros(len(hidden), dtype=bool)
    places = np.flatnonzero(hidden)
    lines = matrix[:, places]
    lines = lines[(lines != 0).any(axis=1)]
    if len(lines):
        known[places] = np.diag(np.linalg.pinv(lines) @ lines) > 1 - 1e-9
    return known
