"""What the Excel file shows besides the tables of the contract, and which words a person may choose from in it."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.recipes.opened import Opened

SHEETS = ("choices", "tag_coverage", "tree", "changes")  # left for the press, each as a file; a recipe that is not there is none


def _choices(opened: Opened) -> pd.DataFrame:
    """List what may stand in a column that people may change: column, key, in the order of display."""
    classes = opened.get("class_keys") if "class_keys" in opened.book else {}
    tags = opened.get("tag_catalogue") if "tag_catalogue" in opened.book else ()
    keys = {**classes, **{f"tag_{tag.key}": tag.levels for tag in tags if tag.levels}}
    return pd.DataFrame([(column, str(key)) for column, several in keys.items() for key in several], columns=["column", "key"], dtype=object)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {"choices": _choices}
