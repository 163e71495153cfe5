"""What customers said and did besides buying, up to as-of: answers and contacts, each under the number of the person."""

import datetime as dt
from collections.abc import Mapping

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

ANSWER = {
    "customer_id": "string", "answered_at": "timestamp", "kind": "string", "score": "float64", "scale_low": "float64", "scale_high": "float64",
    "topic": "string", "comment": "string",
}  # fmt: skip
CONTACT = {"customer_id": "string", "occurred_at": "timestamp", "kind": "string", "object": "string", "count": "int64", "value": "float64"}


def list_answers(lines: Table | None, identities: Table | None = None, *, as_of: dt.date, turned: bool = False) -> Table:
    """List the answers that can be read.

    Parameters
    ----------
    lines : Table or None
        Answers as read (see `analysis.data.sources`): grain row, with `problem`; None where there is no such input.
    identities : Table or None
        Grain: customer_id. `person_id`, the number under which the customer is known.
    as_of : datetime.date
        The last local day that counts.
    turned : bool
        Whether a high score of ces was given for much effort: such scores are turned round on their scale, so that high is good everywhere.

    Returns
    -------
    Table
        Grain: answer. customer_id (null where an answer names nobody), answered_at, kind (nps, csat, ces), score, scale_low and scale_high (float64: the lowest and highest answer there was),
        topic, comment (contact data: never on a page). Empty without an input.
    """
    found = _list(lines, identities, ANSWER, "answered_at", as_of)
    return found.mutate(score=ibis.ifelse(found.kind == "ces", found.scale_low + found.scale_high - found.score, found.score)) if turned else found


def list_contacts(lines: Table | None, identities: Table | None = None, *, as_of: dt.date) -> Table:
    """List the contacts outside buying that can be read; parameters as in `list_answers`.

    Returns
    -------
    Table
        Grain: event. customer_id, occurred_at, kind (browse, click, inquiry … as told), object (what it was about), count (how often, at least as told;
        1 where nothing is said), value. Empty without an input.
    """
    return _list(lines, identities, CONTACT, "occurred_at", as_of)


def _list(lines: Table | None, identities: Table | None, columns: Mapping[str, str], at: str, as_of: dt.date) -> Table:
    if lines is None:
        return ibis.memtable(pd.DataFrame(columns=list(columns)), schema=dict(columns))
    seen = lines.filter(_.problem.isnull() & (lines[at].date() <= as_of)).select(**{name: lines[name].cast(kind) for name, kind in columns.items()})
    if identities is None:
        return seen
    people = identities.select(known_as="customer_id", person_id="person_id")
    return seen.left_join(people, seen.customer_id == people.known_as).mutate(customer_id=ibis.coalesce(_.person_id, _.customer_id)).select(*columns)
