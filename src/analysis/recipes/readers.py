"""Who reads a report, and which customers each of them looks after first: marketing, service, product, sales."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import BooleanValue, Table

from analysis.recipes.opened import Opened

COLUMNS = ("reader", "about", "what", "customers", "monetary", "choose")
LATE = ("at_risk", "dormant")


def _groups(customers: Table, favourite: str) -> dict[tuple[str, str], tuple[BooleanValue, str]]:
    """Name whom each reader looks after: (reader, about) -> who they are, and how `workbook export` chooses them."""
    late = customers.lifecycle_stage.isin(LATE)
    key = customers.relationship == "key" if "relationship" in customers.columns else customers.customer_id.isnull()  # the configuration may do without: nobody
    return {
        ("marketing", "late"): (late, "--stage at_risk --stage dormant"),
        ("marketing", "second"): ((customers.frequency == 1) & (customers.lifecycle_stage == "new"), '--stage new --where "frequency = 1"'),
        ("service", "unhappy"): ((customers.nps <= 6) | (customers.csat < 0.5), '--where "nps <= 6 or csat < 0.5"'),
        ("product", "favourite"): (customers.favourite_category == favourite, _choose_category(favourite)),
        ("sales", "key"): (key, "--class relationship=key"),
        ("sales", "key-late"): (key & late, "--class relationship=key --stage at_risk --stage dormant"),
    }


def _choose_category(category: str) -> str:
    """Write the option that chooses a category; none where its name could mean something to a shell: people paste what they read."""
    return f"--where \"favourite_category = '{category}'\"" if re.fullmatch(r"[\w ]+", category) else ""


def _favourite(customers: Table) -> str:
    """Find the category that most money goes by: the favourite of customers who bring most together; equal ones by the alphabet."""
    told = customers.filter(customers.favourite_category.notnull()).group_by("favourite_category").agg(money=_.monetary.sum())
    first = told.order_by(ibis.desc("money"), "favourite_category").limit(1).execute()
    return str(first.favourite_category.iloc[0]) if len(first) else ""


def _views(opened: Opened) -> pd.DataFrame:
    """Count them: reader, about, what (the category), customers, monetary, choose; a row for each group that there is."""
    customers = opened.get("customers")
    favourite = _favourite(customers)
    groups = _groups(customers, favourite)
    who = [one.fill_null(False) for one, _choose in groups.values()]
    counts = {f"n{place}": one.sum() for place, one in enumerate(who)}
    sums = {f"m{place}": customers.monetary.sum(where=one).cast("float64").fill_null(0.0) for place, one in enumerate(who)}
    counted = customers.agg(**counts, **sums).execute().iloc[0]
    rows = [
        (reader, about, favourite if about == "favourite" else "", int(counted[f"n{place}"]), float(counted[f"m{place}"]), choose)
        for place, ((reader, about), (_who, choose)) in enumerate(groups.items())
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame[frame.customers > 0].reset_index(drop=True)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {"reader_views": _views}
