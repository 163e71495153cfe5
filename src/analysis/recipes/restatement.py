"""What the last report said, and what it would say today: the day of that report, opened again with today's data and rules."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from ibis.expr.types import Table

from analysis.config import Config
from analysis.models import restatement, rfm
from analysis.recipes.opened import Opened
from analysis.recipes.scoring import classify
from analysis.recipes.states import state_at
from analysis.state import Published

_READING = ("time_zone", "order", "window_months", "currency", "cleaning")  # settings that decide which orders there are, beside the columns of the inputs


def _then(opened: Opened) -> Opened | None:
    """Open the day of the last report as today's data and rules have it; None where there is no earlier report.

    The time machine has that day among its snapshots, or replays it alone. Where only the last months count, they are others on that day: then the lines are
    cleaned again.
    """
    published = opened.get("published")
    if published is None:
        return None
    then = opened.vary("restated", as_of=published.as_of)
    if opened.config.window_months:
        return then
    states = state_at(opened, published.as_of)
    since = opened.get("described").select(described_id="customer_id", first_order_date="first_order_date")
    described = states.left_join(since, states.customer_id == since.described_id).drop("described_id")
    then.built["described"] = then.engine.materialize("described", described)
    return then


def _labels_then(opened: Opened) -> Table:
    then: Opened = opened.get("then")
    return then.engine.materialize("labels", classify(then, then.get("buyers")))


def _compared(opened: Opened) -> Table | None:
    """Hold the labels of the last report against today's; None where there is no such report, or its labels are no longer kept."""
    published: Published | None = opened.get("published")
    if published is None or not published.labels.is_file():
        return None
    then: Opened = opened.get("then")
    said = then.engine.materialize("said", then.engine.load("restated__labels_read", published.labels))
    now = opened.get("labels_then")
    lines = opened.get("lines").lines
    missing = said.anti_join(now, "customer_id").select("customer_id")
    seen = lines.semi_join(missing, "customer_id").select("customer_id").distinct()
    config = opened.get("config_then")
    settings = config.model_dump(mode="json") if config else published.config  # filled in with what the workbook has got since, at its defaults
    reading, otherwise = _tell_changes(published, settings, opened.config, then.get("ruler"))
    compared = restatement.compare_labels(said, now, seen, rules_changed=reading, otherwise=otherwise)
    return then.engine.materialize("compared", compared)


def _tell_changes(published: Published, then: dict, config: Config, ruler: rfm.Ruler) -> tuple[bool, str]:
    """Tell whether orders are read by other rules than then, and why else a label may differ."""
    now = config.model_dump(mode="json")
    reading = [_reading(settings) for settings in (then, now)]
    scoring = [{**settings.get("scoring", {}), "map": "", "sufficiency": settings.get("sufficiency")} for settings in (then, now)]
    if scoring[0] != scoring[1]:
        return reading[0] != reading[1], "rules_changed"
    same_map = then.get("scoring", {}).get("map") == now["scoring"]["map"]
    fitted = {name: value for name, value in ruler.to_dict().items() if name != "fitted_on"}
    same_ruler = {name: value for name, value in published.ruler.items() if name != "fitted_on"} == fitted
    if config.scoring.ruler != "fitted" and not same_ruler:  # another version of a ruler of that name
        return reading[0] != reading[1], "rules_changed"
    return reading[0] != reading[1], "cuts_moved" if same_map and not same_ruler else "map_changed"


def _reading(settings: dict) -> dict:
    inputs = {name: {**source, "files": None} for name, source in (settings.get("inputs") or {}).items() if source}
    return {name: settings.get(name) for name in _READING} | inputs


def _restatement(opened: Opened) -> pd.DataFrame:
    published: Published | None = opened.get("published")
    if published is None:
        return pd.DataFrame(columns=["as_of", *restatement.COLUMNS])
    groups, compared = opened.get("then").get("groups"), opened.get("compared")
    bare = compared is None
    counted = restatement.count_published(published.segments, opened.get("labels_then"), groups) if bare else restatement.count_restated(compared, groups)
    counted.insert(0, "as_of", published.as_of)
    return counted


def _figures(opened: Opened) -> pd.DataFrame:
    published: Published | None = opened.get("published")
    if published is None:
        return pd.DataFrame(columns=["measure", "reported", "today"])
    return restatement.restate_figures(published.key_figures, opened.get("restatement"), opened.get("labels_then"))


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "then": _then,
    "labels_then": _labels_then,
    "compared": _compared,
    "restatement": _restatement,
    "restated_figures": _figures,
}
