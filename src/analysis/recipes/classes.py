"""The derived classes of every customer."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.recipes.opened import Opened

BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "classified": lambda o: o.get("valued").left_join(o.get("traits"), "customer_id").drop("customer_id_right"),
}
