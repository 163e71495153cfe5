"""Who moved and why: labels at every snapshot, and what became of everybody until the next."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import SCHEMES
from analysis.models import migration, rfm, segments
from analysis.recipes.opened import Opened


def _label(opened: Opened, measured: Table, ruler: rfm.Ruler, step: str) -> Table:
    """Classify customers with a ruler, in columns named after the scheme and the step of a replay."""
    labelled = segments.classify(rfm.score(measured, ruler), ruler, opened.get("map"), enough=opened.get("enough"))
    return labelled.select(*measured.columns, **{f"{scheme}_{step}": labelled[scheme] for scheme in SCHEMES})


def _rulers(opened: Opened) -> dict[dt.date, rfm.Ruler]:
    """Give the ruler of each snapshot: that of the run, or, where each has its own, one fitted to the buyers of that day."""
    states, ruler = opened.get("states"), opened.get("ruler")
    days = sorted(pd.Timestamp(day).date() for day in states.select("snapshot").distinct().execute().snapshot)
    if opened.config.history_ruler == "as_of" or opened.config.scoring.ruler != "fitted":
        return dict.fromkeys(days, ruler)
    fitted = {day: rfm.fit_ruler(states.filter(_.snapshot == day), opened.get("scoring"), fitted_on=day) for day in days if day != opened.as_of}
    return {day: fitted.get(day, ruler) for day in days}


def _labelled_states(opened: Opened) -> Table:
    """Label every snapshot: as it was, as the ruler of the next one sees it where that is another, and as it would be then without orders or returns."""
    rulers = _rulers(opened)
    dated = opened.get("states").left_join(migration.neighbours(list(rulers)), "snapshot").drop("snapshot_right")
    if opened.config.history_ruler == "as_of":
        labelled = _label_ahead(opened, dated, opened.get("ruler"))
    else:
        pairs = zip(rulers.items(), [*rulers.values()][1:] + [opened.get("ruler")], strict=True)
        labelled = ibis.union(*[_label_ahead(opened, dated.filter(dated.snapshot == day), ruler, following) for (day, ruler), following in pairs])
    return opened.engine.materialize("labelled_states", labelled)


def _label_ahead(opened: Opened, dated: Table, ruler: rfm.Ruler, following: rfm.Ruler | None = None) -> Table:
    labelled = _label(opened, dated, ruler, "said")
    if following:
        labelled = _label(opened, labelled, following, "measured")
    labelled = _label(opened, migration.age(labelled, labelled.days), following or ruler, "aged")
    return labelled.select(
        "snapshot", "previous_snapshot", "next_snapshot", "customer_id", "monetary", **{scheme: labelled[f"{scheme}_said"] for scheme in SCHEMES},
        **{f"{scheme}_{step}": labelled[f"{scheme}_{step}"] for step in (["measured"] if following else []) + ["aged"] for scheme in SCHEMES},
    )  # fmt: skip


def _journeys(opened: Opened) -> Table:
    """Follow everybody from each snapshot to the next."""
    states = opened.get("labelled_states")
    before = states.filter(_.next_snapshot.notnull()).select(
        "customer_id", "monetary", *[name for name in states.columns if name.endswith(("_measured", "_aged"))], from_as_of="snapshot", to_as_of="next_snapshot",
        **{f"{scheme}_said": states[scheme] for scheme in SCHEMES},
    )  # fmt: skip
    after = states.filter(_.previous_snapshot.notnull()).select(
        "customer_id", "monetary", from_as_of="previous_snapshot", to_as_of="snapshot", **{f"{scheme}_now": states[scheme] for scheme in SCHEMES}
    )
    return migration.follow(before, after)


def _migration(opened: Opened) -> Table:
    return migration.count_migration(opened.engine.materialize("ways", migration.gather(opened.get("journeys"))))


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "labelled_states": _labelled_states,
    "history": lambda o: segments.count_history(o.get("labelled_states"), o.get("groups")),
    "journeys": _journeys,
    "migration": _migration,
}
