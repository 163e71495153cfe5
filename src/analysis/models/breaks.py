"""Natural breaks: the classes of a list of values in which each value is nearest to its own (Fisher 1958, Jenks 1977)."""

from collections.abc import Sequence

import numpy as np

SAME = 1e-12  # of the whole variation: less than this is the rounding of the machine, not a better partition


def natural_breaks(values: Sequence[float], weights: Sequence[int], classes: int) -> list[int]:
    """Part ascending values into classes with the least sum of squared deviations from the class means.

    Parameters
    ----------
    values : sequence of float
        Ascending, each once.
    weights : sequence of int
        How often each occurs.
    classes : int
        At most so many; fewer where there are fewer values.

    Returns
    -------
    list of int
        Position of the first value of each class but the lowest, ascending. Of equally good partitions the one whose upper classes begin lowest.

    Notes
    -----
    Exact, by dynamic programming over the classes (Fisher, "On grouping for maximum homogeneity", 1958): time is classes x values squared.
    """
    x, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    size, classes = len(x), min(classes, len(x))
    if classes < 2:
        return []
    x = (x - x[0]) / (x[-1] - x[0])  # neither the unit nor the zero of the scale shall decide
    x = x - np.average(x, weights=w)
    count, total, square = (np.concatenate([[0.0], np.cumsum(part)]) for part in (w, w * x, w * x * x))
    same = SAME * square[-1]

    def spread(first: np.ndarray, last: int) -> np.ndarray:
        """Give the squared deviations within first..last, for each first."""
        inside = total[last + 1] - total[first]
        return np.maximum(square[last + 1] - square[first] - inside * inside / (count[last + 1] - count[first]), 0.0)

    best = np.array([spread(np.array([0]), last)[0] for last in range(size)])  # of the values up to last, in one class
    begins = np.zeros((classes, size), dtype=int)
    for number in range(1, classes):
        better = np.full(size, np.inf)
        for last in range(number, size):
            firsts = np.arange(number, last + 1)
            cost = best[firsts - 1] + spread(firsts, last)
            least = cost.min()
            begins[number, last] = firsts[np.argmax(cost <= least + same)]
            better[last] = least
        best = better
    found, last = [], size - 1
    for number in range(classes - 1, 0, -1):
        found.append(int(begins[number, last]))
        last = found[-1] - 1
    return found[::-1]
