"""What a sentence may say where numbers are withheld (NaN): nothing that needs one of them."""

import math
from collections.abc import Iterable

import pandas as pd

from analysis.display.reading import Reading
from analysis.display.withheld import is_told
from analysis.texts import Texts


def add_up(counts: pd.Series) -> float:
    """Add counts up; a sum of which a part is withheld is withheld."""
    return float(counts.astype(float).sum(skipna=False))


def find_whole(rows: pd.DataFrame, count: str, share: str) -> float:
    """Give the whole that the rows are parts of: their sum, or, where a part is withheld, what a part and its share say; withheld where neither is told."""
    whole = add_up(rows[count])
    if is_told(whole) or share not in rows:
        return whole
    told = rows[(rows[share].astype(float) > 0) & rows[count].notna()]
    if told.empty:
        return math.nan
    largest = told.loc[told[share].astype(float).idxmax()]
    return float(largest[count]) / float(largest[share])


def read(sentences: Iterable[str], texts: Texts, mood: str = "reading") -> Reading:
    """Make a reading of the sentences that could be said; where none could, it says why."""
    return Reading(tuple(sentences) or (texts.say("story-withheld"),), mood)
