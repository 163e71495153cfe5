"""How a customer can be reached: asked for by an export only, and never on a page."""

from collections.abc import Callable, Mapping
from typing import Any

import ibis
from ibis import _
from ibis.expr.types import Table

from analysis.recipes.opened import Opened

CONTACT = ("name", "phone", "email", "address")


def _addresses(opened: Opened) -> Table | None:
    """Give each person's contact columns as the customer master has them, their own row before those of numbers that are the same person; None without a master."""
    if opened.master is None:
        return None
    lines = opened.master.lines.filter(_.problem.isnull())
    same = opened.get("identities").select(own_id="customer_id", person_id="person_id")
    joined = lines.left_join(same, lines.customer_id == same.own_id)
    told = joined.mutate(person=ibis.coalesce(joined.person_id, joined.customer_id), moved=joined.person_id.notnull())
    own = {column: ibis.window(group_by="person", order_by=[told[column].isnull(), told.moved, told.customer_id]) for column in CONTACT}
    placed = told.mutate(**{f"{column}_place": ibis.row_number().over(window) for column, window in own.items()})
    return placed.group_by(customer_id=placed.person).agg(**{column: placed[column].max(where=placed[f"{column}_place"] == 0) for column in CONTACT})


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {"addresses": _addresses}
