"""Who becomes what: segments from day to day, months and stages."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.recipes import migration, states
from analysis.recipes.opened import Opened

BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    **states.BUILDERS,
    **migration.BUILDERS,
}
