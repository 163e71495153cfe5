"""What the press reads besides the tables of the contract: what only the Excel file shows, what a person may write into it, and who must not be named."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.recipes.opened import Opened

SHEETS = ("choices", "tag_coverage", "tree", "changes", "watched")  # left for the press, each as a file; a recipe that is not there is none


def _choices(opened: Opened) -> pd.DataFrame:
    """List the columns that people may change: column, kind (class, boolean, level, number, text) and key, a row a word to choose from in the order of display."""
    rows = [(column, each.kind, key) for column, each in opened.get("editable").items() for key in each.keys or (None,)]
    return pd.DataFrame(rows, columns=["column", "kind", "key"], dtype="str")


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {"choices": _choices}
