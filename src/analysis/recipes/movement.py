"""Who becomes what: the states of earlier days, months and stages."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.data import activity, history
from analysis.models import rfm
from analysis.recipes import migration
from analysis.recipes.opened import Opened


def _states(opened: Opened) -> Table:
    first = pd.Timestamp(opened.get("orders").filter(_.counts).day.min().execute()).date()
    snapshots = history.list_snapshots(first, opened.as_of, months=opened.config.history_months)
    netting = any(rule.rule == "returns" and rule.action == "net" for rule in opened.config.cleaning)
    states = history.replay(opened.engine, opened.get("lines").lines, snapshots, netting=netting, ingredients=opened.config.scoring.ingredients)
    return opened.engine.materialize("states", rfm.measure(states, opened.config.scoring))


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    **migration.BUILDERS,
    "states": _states,
    "active_months": lambda o: o.engine.materialize("active_months", activity.list_active_months(o.get("orders"))),
    "spells": lambda o: o.engine.materialize("spells", activity.list_spells(o.get("active_months"), o.get("known"), as_of=o.as_of)),
    "cohorts": lambda o: activity.count_cohorts(o.get("active_months"), as_of=o.as_of),
    "stages": lambda o: activity.count_stages(o.get("spells"), as_of=o.as_of),
    "flows": lambda o: activity.count_flows(o.get("active_months"), as_of=o.as_of),
}
