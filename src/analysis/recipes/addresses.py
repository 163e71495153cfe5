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
    order = [told.moved, told.customer_id]
    first = {column: told[column].first(order_by=order) for column in CONTACT}  # nulls are passed over
    return told.group_by(customer_id=told.person).agg(**first)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {"addresses": _addresses}
