"""Who becomes what: the states of earlier days, history, months and stages."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import SCHEMES
from analysis.data import activity, history
from analysis.models import migration, rfm, segments
from analysis.recipes.opened import Opened


def _states(opened: Opened) -> Table:
    first = pd.Timestamp(opened.get("orders").filter(_.counts).day.min().execute()).date()
    snapshots = history.list_snapshots(first, opened.as_of, months=opened.config.history_months)
    netting = any(rule.rule == "returns" and rule.action == "net" for rule in opened.config.cleaning)
    states = history.replay(opened.engine, opened.get("lines").lines, snapshots, netting=netting)
    return opened.engine.materialize("states", rfm.measure(states, opened.config.scoring))


def _label(opened: Opened, measured: Table, ruler: rfm.Ruler, step: str) -> Table:
    """Classify customers with a ruler, in columns named after the scheme and the step of a replay."""
    labelled = segments.classify(rfm.score(measured, ruler), ruler, opened.get("map"), enough=opened.get("enough"))
    return labelled.select(*measured.columns, **{f"{scheme}_{step}": labelled[scheme] for scheme in SCHEMES})


def _labelled_states(opened: Opened) -> Table:
    """Label every snapshot: as it was, and as it would be at the next without orders or returns."""
    states, ruler = opened.get("states"), opened.get("ruler")
    days = sorted(pd.Timestamp(day).date() for day in states.select("snapshot").distinct().execute().snapshot)
    dated = states.left_join(migration.neighbours(days), "snapshot").drop("snapshot_right")
    labelled = _label(opened, dated, ruler, "said")
    aged = _label(opened, migration.age(labelled, labelled.days), ruler, "aged")
    return opened.engine.materialize("labelled_states", aged.select(
        "snapshot", "previous_snapshot", "next_snapshot", "customer_id", "monetary",
        **{scheme: aged[f"{scheme}_said"] for scheme in SCHEMES}, **{f"{scheme}_aged": aged[f"{scheme}_aged"] for scheme in SCHEMES},
    ))  # fmt: skip


def _moves(opened: Opened) -> Table:
    """Follow everybody from each snapshot to the next."""
    states = opened.get("labelled_states")
    before = states.filter(_.next_snapshot.notnull()).select(
        "customer_id", "monetary", *[f"{scheme}_aged" for scheme in SCHEMES], from_as_of="snapshot", to_as_of="next_snapshot",
        **{f"{scheme}_said": states[scheme] for scheme in SCHEMES},
    )  # fmt: skip
    after = states.filter(_.previous_snapshot.notnull()).select(
        "customer_id", "monetary", from_as_of="previous_snapshot", to_as_of="snapshot", **{f"{scheme}_now": states[scheme] for scheme in SCHEMES}
    )
    return migration.follow(before, after)


def _migration(opened: Opened) -> Table:
    return migration.count_migration(opened.engine.materialize("ways", migration.gather(opened.get("moves"))))


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "states": _states,
    "labelled_states": _labelled_states,
    "history": lambda o: segments.count_history(o.get("labelled_states"), o.get("groups")),
    "moves": _moves,
    "migration": _migration,
    "active_months": lambda o: o.engine.materialize("active_months", activity.list_active_months(o.get("orders"))),
    "spells": lambda o: o.engine.materialize("spells", activity.list_spells(o.get("active_months"), o.get("known"), as_of=o.as_of)),
    "cohorts": lambda o: activity.count_cohorts(o.get("active_months"), as_of=o.as_of),
    "stages": lambda o: activity.count_stages(o.get("spells"), as_of=o.as_of),
    "flows": lambda o: activity.count_flows(o.get("active_months"), as_of=o.as_of),
}
