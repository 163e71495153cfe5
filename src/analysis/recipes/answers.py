"""What customers said and did besides buying: answers and contacts, each with its day."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.recipes.opened import Opened

BUILDERS: Mapping[str, Callable[[Opened], Any]] = {}
