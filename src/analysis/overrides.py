"""What people said of customers, in `state/overrides.jsonl`: a line an import, in order, nothing ever changed or taken out."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.errors import Locked
from analysis.keeping import append, read_lines, writing

FILE = "overrides.jsonl"
_SHARED = ("name", "entered_at", "valid_from", "from_run")  # by all edits of one import
_EDIT = ("customer_id", "column", "value", "reason", "author", "expires_on", "computed")


@dataclass(frozen=True)
class Override:
    """A person's word on one column of one customer.

    Parameters
    ----------
    name : str
        The configuration it was said under: several may share a folder.
    customer_id, column : str
    value : str or None
        As text: a key of a class, a number as Python writes it, ``true`` or ``false``, or free text. None takes back what was said before.
    reason, author : str
    entered_at : datetime.date
        The local day of the import.
    valid_from : datetime.date
        The as-of of the report that was corrected: no report of an earlier day knows of it.
    expires_on : datetime.date, optional
        The last as-of for which it holds.
    from_run : str
        The report that was corrected.
    computed : str, optional
        What the workbook itself said then, as text.
    """

    name: str
    customer_id: str
    column: str
    value: str | None
    reason: str
    author: str
    entered_at: dt.date
    valid_from: dt.date
    expires_on: dt.date | None = None
    from_run: str = ""
    computed: str | None = None

    def to_dict(self) -> dict[str, str | None]:
        """Write it as plain text, days as ISO dates."""
        return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in vars(self).items()}


def read_overrides(state: Path) -> list[Override]:
    """List everything that was ever said, in the order of entry; a last line that was torn off by a crash is passed over, and its whole import with it.

    Raises
    ------
    ConfigurationError
        When another line cannot be read.
    """
    say = "an import. Bring the file back as it was, or delete that line; what was imported with it is then not said."
    return [each for told in read_lines(state / FILE, _parse_import, say=say) for each in told]


def _parse_import(entry: dict) -> list[Override]:
    return [_parse({name: entry[name] for name in _SHARED} | {name: edit[name] for name in _EDIT}) for edit in entry["edits"]]


def _parse(said: dict) -> Override:
    texts = [name for name in (*_SHARED, *_EDIT) if name not in ("value", "computed", "expires_on")]
    if not all(isinstance(said[name], str) for name in texts) or not all(isinstance(said[name], str | None) for name in ("value", "computed")):
        raise TypeError
    days = {name: dt.date.fromisoformat(said[name]) for name in ("entered_at", "valid_from")}
    until = said["expires_on"]
    return Override(**said | days | {"expires_on": None if until is None else dt.date.fromisoformat(until)})


def enter_overrides(state: Path, said: Sequence[Override], *, after: int) -> None:
    """Add what one import says, in one write: all of it or, where the machine stops, nothing.

    Parameters
    ----------
    state : Path
    said : sequence of Override
        Of one configuration, day and report.
    after : int
        How many entries there were when they were held against this one: what was said meanwhile was not looked at.

    Raises
    ------
    Locked
        When another run holds the state for a minute, or another import came in between.
    ConfigurationError, PublishFailed
    """
    shared = {name: said[0].to_dict()[name] for name in _SHARED}
    if any(replace(each, **{name: getattr(said[0], name) for name in _SHARED}) != each for each in said):
        raise ValueError("the overrides of one import share their configuration, day and report")
    edits = [{name: value for name, value in each.to_dict().items() if name in _EDIT} for each in said]
    with writing(state):
        if len(read_overrides(state)) != after:
            raise Locked("Another import came in between. Give the command again: it looks at both.")
        append(state / FILE, json.dumps(shared | {"edits": edits}, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def list_last(said: Iterable[Override], as_of: dt.date | None = None, *, name: str) -> dict[tuple[str, str], Override]:
    """Give the last word on every customer and column, by entry, of those that a report of a day can know; expired or taken back as it may be."""
    return {(each.customer_id, each.column): each for each in said if each.name == name and (as_of is None or each.valid_from <= as_of)}


def find_in_force(said: Iterable[Override], as_of: dt.date, *, name: str) -> tuple[Override, ...]:
    """Give what holds in a report of a day: the last word on each customer and column that is neither taken back nor expired.

    The last word stands for all before it: when it expires, the workbook speaks again, not the person of an earlier import.

    Parameters
    ----------
    said : iterable of Override
        In the order of entry.
    as_of : datetime.date
        The day of the report; what was said on a report of a later day is not known yet.
    name : str
        The configuration.

    Returns
    -------
    tuple of Override
        In the order of customer and column.
    """
    last = list_last(said, as_of, name=name)
    return tuple(each for _, each in sorted(last.items()) if each.value is not None and (each.expires_on is None or each.expires_on >= as_of))
