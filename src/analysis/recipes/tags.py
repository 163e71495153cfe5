"""The tags of every customer, wide in the table of customers and long in the table of tags."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from analysis.recipes.opened import Opened
from analysis.schemas import SCHEMAS

BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "tagged": lambda o: o.get("decided"),
    "tags": partial(lambda columns, _opened: pd.DataFrame(columns=columns), list(SCHEMAS["tags"].columns)),
}
