"""What customers said and did besides buying: answers and contacts, each with its day."""

from collections.abc import Callable, Mapping
from typing import Any

from ibis import _
from ibis.expr.types import Table

from analysis.columns import ANSWER_KINDS
from analysis.data import answers, sources
from analysis.errors import shorten
from analysis.recipes.opened import Opened


def _lines(opened: Opened, section: str) -> Table | None:
    return opened.further[section].lines if section in opened.further else None


def _identities(opened: Opened) -> Table | None:
    return opened.get("identities") if "identities" in opened.book else None


def _turned(opened: Opened) -> bool:
    return opened.config.inputs.feedback is not None and not opened.config.inputs.feedback.ces_high_is_good


def _notes(opened: Opened) -> tuple[sources.Note, ...]:
    """List what a reader must know about the answers and contacts: how much is missing, too late, or of nobody known."""
    found: list[sources.Note] = []
    for section, intake in opened.further.items():
        lines, at = intake.lines, intake.lines["answered_at" if section == "feedback" else "occurred_at"]
        seen = (
            lines.agg(rows=lines.count(), bad=lines.problem.count(), later=(lines.problem.isnull() & (at.date() > opened.as_of)).sum().fill_null(0))
            .execute()
            .iloc[0]
        )
        if seen.rows and seen.bad / seen.rows > opened.config.limits.banner:
            share, limit = f"{seen.bad / seen.rows:.1%}", f"{opened.config.limits.banner:.0%}"
            found.append(sources.Note("input-quarantine", {"input": section, "share": share, "limit": limit}))
        kept = opened.get("answers" if section == "feedback" else "contacts")
        nobody = int(kept.filter(_.customer_id.isnull()).count().execute())
        strange = kept.filter(_.customer_id.notnull()).anti_join(opened.get("known"), "customer_id")
        unknown = strange.agg(rows=_.count(), customers=_.customer_id.nunique()).execute().iloc[0]
        counts = {"input-later": (seen.later, {}), "input-nobody": (nobody, {}), "input-unknown": (unknown.rows, {"customers": int(unknown.customers)})}
        found += [sources.Note(key, {"input": section, "count": int(count)} | more) for key, (count, more) in counts.items() if count]
    return (*found, *_scales(opened))


def _scales(opened: Opened) -> list[sources.Note]:
    """Say on which scales the answers are, where that is not plain."""
    source = opened.config.inputs.feedback
    if source is None:
        return []
    found = [sources.Note("answers-usual-scale", {})] if "scale" not in source.columns and source.scale is None else []
    scales = opened.get("answers").group_by("kind", "scale_low", "scale_high").agg(n=_.count()).order_by("kind", "scale_low", "scale_high").execute()
    for kind, group in scales[scales.kind.isin(ANSWER_KINDS)].groupby("kind"):
        if len(group) > 1:
            listed = ", ".join(f"{row.scale_low:g}-{row.scale_high:g} ({row.n:,})" for row in group.itertuples())
            found.append(sources.Note("answers-scales", {"kind": str(kind).upper(), "scales": listed}))
    if others := sorted(set(scales.kind) - set(ANSWER_KINDS)):
        count = int(scales.n[~scales.kind.isin(ANSWER_KINDS)].sum())
        found.append(sources.Note("answers-other-kinds", {"count": count, "kinds": shorten(others)}))
    return found


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "answers": lambda o: o.engine.materialize("answers", answers.list_answers(_lines(o, "feedback"), _identities(o), as_of=o.as_of, turned=_turned(o))),
    "contacts": lambda o: o.engine.materialize("contacts", answers.list_contacts(_lines(o, "events"), _identities(o), as_of=o.as_of)),
    "input_notes": _notes,
}
