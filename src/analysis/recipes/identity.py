"""Who is one and the same customer."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.recipes.opened import Opened

BUILDERS: Mapping[str, Callable[[Opened], Any]] = {}
