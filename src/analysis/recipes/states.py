"""The time machine: every buyer's state and labels at earlier month-ends and at as-of."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import SCHEMES
from analysis.data import history
from analysis.models import migration, rfm, segments
from analysis.recipes.opened import Opened


def _states(opened: Opened) -> Table:
    first = pd.Timestamp(opened.get("orders").filter(_.counts).day.min().execute()).date()
    return _replay(opened, history.list_snapshots(first, opened.as_of, months=opened.config.history_months), "states")


def _replay(opened: Opened, snapshots: list[dt.date], name: str) -> Table:
    netting = any(rule.rule == "returns" and rule.action == "net" for rule in opened.config.cleaning)
    states = history.replay(
        opened.engine.under(name), opened.get("lines").lines, snapshots, netting=netting, ingredients=opened.config.scoring.ingredients
    )  # fmt: skip
    return opened.engine.materialize(name, rfm.measure(states, opened.config.scoring))


def _list_days(opened: Opened) -> list[dt.date]:
    """List the days of the time machine, as far as there were buyers."""
    return sorted(pd.Timestamp(day).date() for day in opened.get("states").select("snapshot").distinct().execute().snapshot)


def state_at(opened: Opened, day: dt.date) -> Table:
    """Give the buyers as they stood on a day, by the data and the rules of the run: from the time machine, or replayed where it does not stop there.

    Returns
    -------
    Table
        Grain: customer_id; as in `states`, without the snapshot.
    """
    if day in opened.get("snapshots"):
        return opened.get("states").filter(_.snapshot == day).drop("snapshot")
    name = f"states_{day:%Y%m%d}"
    if name not in opened.built:
        opened.built[name] = _replay(opened, [day], name)
    return opened.built[name].drop("snapshot")  # type: ignore[attr-defined]


def label(opened: Opened, measured: Table, ruler: rfm.Ruler, step: str) -> Table:
    """Classify customers with a ruler and the map of the run, in columns named after the scheme and the step of a replay."""
    labelled = segments.classify(rfm.score(measured, ruler), ruler, opened.get("map"), enough=opened.get("enough"))
    return labelled.select(*measured.columns, **{f"{scheme}_{step}": labelled[scheme] for scheme in SCHEMES})


def fit_at(opened: Opened, day: dt.date) -> rfm.Ruler:
    """Fit the ruler that a run of that day would have fitted."""
    return rfm.fit_ruler(state_at(opened, day), opened.get("scoring"), fitted_on=day)


def _labelled_states(opened: Opened) -> Table:
    """Label every snapshot: as it was, as the ruler of the next one sees it where that is another, and as it would be then without orders or returns."""
    days = opened.get("snapshots")
    dated = opened.get("states").left_join(migration.neighbours(days), "snapshot").drop("snapshot_right")
    if opened.config.history_ruler == "as_of" or opened.config.scoring.ruler != "fitted":
        labelled = _label_ahead(opened, dated, opened.get("ruler"))
    else:
        rulers = [*(fit_at(opened, day) for day in days[:-1]), opened.get("ruler")]
        following = [*rulers[1:], rulers[-1]]
        parts = [_label_ahead(opened, dated.filter(dated.snapshot == day), *pair) for day, *pair in zip(days, rulers, following, strict=True)]
        labelled = ibis.union(*parts) if len(parts) > 1 else parts[0]
    return opened.engine.materialize("labelled_states", labelled)


def _label_ahead(opened: Opened, dated: Table, ruler: rfm.Ruler, following: rfm.Ruler | None = None) -> Table:
    labelled = label(opened, dated, ruler, "said")
    if following:
        labelled = label(opened, labelled, following, "measured")
    labelled = label(opened, migration.age(labelled, labelled.days), following or ruler, "aged")
    steps = ["measured", "aged"] if following else ["aged"]
    return labelled.select(
        "snapshot", "previous_snapshot", "next_snapshot", "customer_id", "monetary", **{scheme: labelled[f"{scheme}_said"] for scheme in SCHEMES},
        **{f"{scheme}_{step}": labelled[f"{scheme}_{step}"] for step in steps for scheme in SCHEMES},
    )  # fmt: skip


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "states": _states,
    "snapshots": _list_days,
    "labelled_states": _labelled_states,
    "history": lambda o: segments.count_history(o.get("labelled_states"), o.get("groups")),
}
