"""Who moved and why: from each snapshot to the next, and from what the last report said to today."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import NONE, SCHEMES
from analysis.config import Config
from analysis.errors import ConfigurationError, WorkbookError
from analysis.models import migration, rfm
from analysis.pseudonyms import name_all
from analysis.recipes.opened import Opened
from analysis.recipes.states import fit_at, label, state_at

RULES = ("order", "window_months", "cleaning", "scoring", "sufficiency")  # sections of the configuration that decide who is called what
SHOWN = 20  # movers on a page


def _journeys(opened: Opened) -> Table:
    """Follow everybody from each snapshot to the next."""
    states = opened.get("labelled_states")
    steps = [name for name in states.columns if name.endswith(("_measured", "_aged"))]
    before = states.filter(_.next_snapshot.notnull()).select(
        "customer_id", "monetary", *steps, from_as_of="snapshot", to_as_of="next_snapshot", **{f"{scheme}_said": states[scheme] for scheme in SCHEMES}
    )
    after = states.filter(_.previous_snapshot.notnull()).select(
        "customer_id", "monetary", from_as_of="previous_snapshot", to_as_of="snapshot", **{f"{scheme}_now": states[scheme] for scheme in SCHEMES}
    )
    return migration.follow(before, after)


def _since_report(opened: Opened) -> Table | None:
    """Follow everybody from what the last report said, through each step of the replay; None where there is none, or its labels are gone.

    The rules of then are those of its configuration. Where that names a map whose file has since been changed or removed, the labels of then cannot be made again: the
    step of the restated data is left out, and what it would have changed counts as a change of the rules.
    """
    published = opened.get("published")
    if published is None or published.as_of >= opened.as_of or not published.labels.is_file():
        return None
    day, own = published.as_of, opened.get("ruler")
    config = opened.get("config_then") or opened.config  # its changes then count as restated
    keys = {row["segment"] for row in published.segments if row["scheme"] == "segment"}
    same = _rules(config) == _rules(opened.config) and _has_groups(opened, keys)
    kept = state_at(opened, day)
    ruled = opened.get("then").get("buyers")
    then = opened if same else opened.vary("then", config=config, as_of=day)
    again = same or _has_groups(then, keys)
    ruler = rfm.Ruler.from_dict(published.ruler) if published.ruler else fit_at(then, day) if same else then.get("ruler") if again else own
    said, now = opened.engine.load("labels_then", published.labels), opened.get("labelled_buyers")
    steps = {
        "said": said.select("customer_id", "monetary", **{f"{scheme}_said": said[scheme] for scheme in SCHEMES}),
        **({"restated": label(then, ruled if same else then.get("buyers"), ruler, "restated")} if again else {}),
        "ruled": label(opened, ruled, ruler if _fits(ruler, opened) else own, "ruled"),
        "measured": label(opened, ruled, own, "measured"),
        "aged": label(opened, migration.age(kept, (opened.as_of - day).days), own, "aged"),
        "now": now.select("customer_id", "monetary", **{f"{scheme}_now": now[scheme] for scheme in SCHEMES}),
    }
    journeys = migration.lay_out(steps).mutate(from_as_of=ibis.literal(day), to_as_of=ibis.literal(opened.as_of))
    return opened.engine.materialize("since_report", journeys)


def _has_groups(opened: Opened, keys: set[str]) -> bool:
    """Tell whether a run can still be made, and with the segments that a report had (where it is known which)."""
    try:
        return not keys or keys == set(opened.get("groups")["segment"])
    except WorkbookError:
        return False


def _rules(config: Config) -> dict:
    rules = config.model_dump(include=set(RULES))
    rules["scoring"].pop("ruler")
    return rules


def _fits(ruler: rfm.Ruler, opened: Opened) -> bool:
    """Tell whether a ruler can measure what the run measures; where it cannot, it goes with the rules."""
    try:
        rfm.check_ruler(ruler, opened.get("scoring"))
    except ConfigurationError:
        return False
    return True


def _migration(opened: Opened) -> Table:
    ways = opened.engine.materialize("ways", migration.gather(opened.get("journeys")))
    reported = opened.get("since_report")
    if reported is None:
        return migration.count_migration(ways)
    day = opened.get("published").as_of
    others = migration.count_migration(ways.filter((_.from_as_of != day) | (_.to_as_of != opened.as_of)))
    reported_ways = opened.engine.materialize("reported_ways", migration.gather(reported))
    told = migration.count_migration(reported_ways)
    return others.union(told.select(others.columns))


def _since(opened: Opened) -> dt.date | None:
    """Say from which day on a report tells of moves: that of the last report, or, where there is none, the month-end before; None on the first day of a shop."""
    if opened.get("since_report") is not None:
        return opened.get("published").as_of
    days = opened.get("snapshots")
    return days[-2] if len(days) > 1 else None


def _last_journeys(opened: Opened) -> Table | None:
    """Follow everybody over the period that a report speaks of; None where there is none."""
    reported, since = opened.get("since_report"), opened.get("since")
    if reported is not None:
        return reported
    return opened.get("journeys").filter((_.from_as_of == since) & (_.to_as_of == opened.as_of)) if since else None


def _movement(opened: Opened) -> pd.DataFrame:
    """Give the rows of `migration` for the period that a report speaks of, with the places of the groups."""
    table, since = opened.get("migration"), opened.get("since") or opened.as_of
    rows = table.filter((_.from_as_of == since) & (_.to_as_of == opened.as_of))
    frame = rows.mutate(monetary=rows.monetary.cast("float64")).execute()
    return _place(frame, opened).sort_values(["scheme", "from_place", "to_place", "from_segment", "to_segment"], ignore_index=True)


def _place(moves: pd.DataFrame, opened: Opened) -> pd.DataFrame:
    """Add the places of the groups in the order of display, the best first; who is no buyer stands last."""
    groups = opened.get("groups")
    schemes = moves.scheme if "scheme" in moves else ["segment"] * len(moves)
    for side in ("from", "to"):
        keys = zip(schemes, moves[f"{side}_segment"], strict=True)
        moves = moves.assign(**{f"{side}_place": [_place_of(key, groups[scheme]) for scheme, key in keys]})
    return moves


def _place_of(key: str, keys: Sequence[str]) -> int:
    return len(keys) + 2 if key == NONE else keys.index(key) + 1 if key in keys else len(keys) + 1


def _movers(opened: Opened) -> pd.DataFrame:
    """List who changed segment in that period, the most money first."""
    columns = ["customer", "from_segment", "to_segment", "cause", "days_then", "days_now", "orders_then", "orders_now", "monetary", "from_place", "to_place"]
    journeys = opened.get("last_journeys")
    if journeys is None:
        return pd.DataFrame(columns=columns)
    reported = opened.get("since_report") is not None
    then = opened.engine.load("labels_then", opened.get("published").labels) if reported else state_at(opened, opened.get("since"))
    told = journeys.mutate(cause=migration.find_cause(journeys, "segment"))
    moved = told.filter(told.cause.notnull() & ((told.segment_said != NONE) | (told.segment_now != NONE)))
    first = moved.order_by(ibis.desc("monetary"), "customer_id").limit(SHOWN)
    before = then.select("customer_id", days_then="recency_days", orders_then="frequency")
    after = opened.get("buyers").select("customer_id", days_now="recency_days", orders_now="frequency")
    joined = first.left_join(before, "customer_id").drop("customer_id_right").left_join(after, "customer_id").drop("customer_id_right")
    frame = joined.select(
        "customer_id", "cause", "days_then", "days_now", "orders_then", "orders_now", from_segment="segment_said", to_segment="segment_now", monetary=joined.monetary.cast("float64")
    ).execute().sort_values(["monetary", "customer_id"], ascending=[False, True])  # fmt: skip
    return _place(frame.assign(customer=name_all(frame.customer_id)), opened)[columns].reset_index(drop=True)


def _ruler_effect(opened: Opened) -> pd.DataFrame:
    """Count who changed segment since the month-end before, measured with one ruler, and with cut points found anew on both days."""
    days = opened.get("snapshots")
    if len(days) < 2:
        return pd.DataFrame(columns=["ruler", "from_as_of", "to_as_of", *migration.EFFECT])
    earlier, later = days[-2:]
    own = opened.get("ruler")
    fresh = own if opened.config.scoring.ruler == "fitted" else fit_at(opened, later)
    rows = []
    for name, (then, now) in {"same": (own, own), "refitted": (fit_at(opened, earlier), fresh)}.items():
        before = label(opened, label(opened, state_at(opened, earlier), then, "said"), now, "measured")
        aged = label(opened, migration.age(before, (later - earlier).days), now, "aged")
        after = label(opened, state_at(opened, later), now, "now")
        rows.append({"ruler": name, "from_as_of": earlier, "to_as_of": later} | migration.count_effect(aged, after))
    return pd.DataFrame(rows)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "journeys": _journeys,
    "since_report": _since_report,
    "since": _since,
    "last_journeys": _last_journeys,
    "migration": _migration,
    "movement": _movement,
    "movement_totals": lambda o: migration.sum_moves(o.get("movement")),
    "movers": _movers,
    "ruler_effect": _ruler_effect,
}
