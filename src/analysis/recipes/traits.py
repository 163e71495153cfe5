"""What is known of a customer besides orders and money: habits from the order lines, answers, contacts."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.recipes.opened import Opened

BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "traits": lambda o: o.get("known").select("customer_id"),
}
