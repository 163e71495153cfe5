"""Who becomes what: segments from day to day, months and stages."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.data import activity
from analysis.recipes import migration, states
from analysis.recipes.opened import Opened

BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    **states.BUILDERS,
    **migration.BUILDERS,
    "active_months": lambda o: o.engine.materialize("active_months", activity.list_active_months(o.get("orders"))),
    "spells": lambda o: o.engine.materialize("spells", activity.list_spells(o.get("active_months"), o.get("known"), as_of=o.as_of)),
    "cohorts": lambda o: activity.count_cohorts(o.get("active_months"), as_of=o.as_of),
    "stages": lambda o: activity.count_stages(o.get("spells"), as_of=o.as_of),
    "flows": lambda o: activity.count_flows(o.get("active_months"), as_of=o.as_of),
}
