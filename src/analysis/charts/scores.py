"""Which values have a score: the bands between cut points, read from the table `thresholds`."""

import math
from dataclasses import dataclass

import pandas as pd

from analysis.texts import Texts


@dataclass(frozen=True)
class Bands:
    """The bands of one measure, from the smallest values to the largest.

    Parameters
    ----------
    measure : {"r", "f", "m"}
    measured : str
        days, orders, net, ...
    cuts : tuple of float
        Ascending.
    from_cut : bool
        Whether a value on a cut belongs to the band above it.
    """

    measure: str
    measured: str
    cuts: tuple[float, ...]
    from_cut: bool

    @property
    def is_whole(self) -> bool:
        """Whether the values are whole numbers: days or orders."""
        return self.measure != "m"

    @property
    def name(self) -> str:
        """Give the key of what is measured."""
        return f"{self.measure}-{self.measured}"

    def score_of(self, band: int) -> int:
        """Tell the score of a band, 0 being that of the smallest values."""
        return len(self.cuts) + 1 - band if self.measure == "r" else band + 1

    def ends(self, band: int) -> tuple[float | None, float | None] | None:
        """Give the least and the largest value of a band (of money: the cuts); None where an end is open, and None in all where no value is in it."""
        low, high = self.cuts[band - 1] if band else None, self.cuts[band] if band < len(self.cuts) else None
        if low is not None and low == high:
            return None
        if not self.is_whole:
            return low, high
        first = None if low is None else self.first_above(low)
        last = None if high is None else self.first_above(high) - 1
        return None if last is not None and last < (first or 0) else (first, last)

    def first_above(self, cut: float) -> int:
        """Give the first whole number of the band above a cut."""
        return math.ceil(cut) if self.from_cut else math.floor(cut) + 1


def read_bands(thresholds: pd.DataFrame) -> dict[str, Bands]:
    """Read the bands of r, f and m, as far as there are cut points, from the table `thresholds`."""
    found = {}
    for measure in "rfm":
        rows = thresholds[thresholds["measure"] == measure].sort_values("cut")
        if len(rows):
            is_exclusive = rows["boundary"].iloc[0] == "exclusive"  # the better score begins beyond the cut; of recency the better side is below
            found[measure] = Bands(measure, rows["measured"].iloc[0], tuple(rows["value"].astype(float)), is_exclusive == (measure == "r"))
    return found


def name_band(bands: Bands, score: int, texts: Texts) -> str:
    """Say which values have a score."""
    band = next((number for number in range(len(bands.cuts) + 1) if bands.score_of(number) == score), None)
    ends = None if band is None else bands.ends(band)
    if ends is None:
        return texts.say("no-value")
    low, high = ends
    write = texts.number if bands.is_whole else texts.money_exact
    words = {"low": "" if low is None else write(low), "high": "" if high is None else write(high)}
    if bands.is_whole:
        return words["low"] if low == high else texts.say(f"range-{'up-to' if low is None else 'from' if high is None else 'between'}", **words)
    if bands.from_cut:
        return texts.say(f"range-{'below' if low is None else 'from' if high is None else 'from-below'}", **words)
    return texts.say(f"range-{'up-to' if low is None else 'over' if high is None else 'over-to'}", **words)
