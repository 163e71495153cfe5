"""Who may be one and the same without being spelled the same; apart from `identity`, for the library that weighs it takes its time to start."""

from collections.abc import Callable, Mapping
from typing import Any

from ibis.expr.types import Table

from analysis.models.identity import near
from analysis.recipes.identity import nobody
from analysis.recipes.opened import Opened


def _near_pairs(opened: Opened) -> Table:
    """Weigh who may be one; only where the policy or a page asks."""
    narrow = opened.get("people_narrow")
    if narrow is None:
        return nobody({"customer_id": "string", "other": "string", "chance": "float64"})
    return near.pair_nearly(opened.engine, narrow, threshold=opened.config.identity.threshold)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {"near_pairs": _near_pairs}
