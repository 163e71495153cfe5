"""On whom models are fitted: on every buyer, or, in a very large shop, on a share of them, the same ones for every model."""

from collections.abc import Callable, Mapping
from typing import Any

from ibis import _
from ibis.expr.types import Table

from analysis.models import moves
from analysis.recipes.opened import Opened


def draw(opened: Opened, rows: Table) -> Table:
    """Keep the rows of the customers on whom models are fitted.

    Parameters
    ----------
    opened : Opened
    rows : Table
        With customer_id.
    """
    return moves.draw_customers(rows, opened.get("drawn"), seed=opened.config.seed)


def _find_share(opened: Opened) -> float:
    return moves.find_share(int(opened.get("purchases").filter(_.number == 1).count().execute()), moves.MOST)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "drawn": _find_share,  # the share of the buyers, 0 to 1
}
