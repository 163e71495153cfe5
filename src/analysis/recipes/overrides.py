"""What people say of a customer, over what was computed: classes first, so that tags may follow from them, then tags."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.recipes.opened import Opened

BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "decided": lambda o: o.get("classified"),
    "customers": lambda o: o.get("tagged"),
}
