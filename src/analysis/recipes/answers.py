"""What customers said and did besides buying: answers and contacts, each with its day."""

from collections.abc import Callable, Mapping
from typing import Any

from ibis.expr.types import Table

from analysis.data import answers
from analysis.recipes.opened import Opened


def _lines(opened: Opened, section: str) -> Table | None:
    return opened.further[section].lines if section in opened.further else None


def _identities(opened: Opened) -> Table | None:
    return opened.get("identities") if "identities" in opened.book else None


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "answers": lambda o: o.engine.materialize("answers", answers.list_answers(_lines(o, "feedback"), _identities(o), as_of=o.as_of)),
    "contacts": lambda o: o.engine.materialize("contacts", answers.list_contacts(_lines(o, "events"), _identities(o), as_of=o.as_of)),
}
