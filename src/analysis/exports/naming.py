"""Who is behind a pseudonym, for who holds the key; every answer is entered in the ledger of lists."""

import datetime as dt
import functools
import json
import re
from collections.abc import Sequence
from pathlib import Path

from ibis.expr.types import Table

from analysis.errors import ConfigurationError, shorten
from analysis.exports.ledger import enter_export
from analysis.pseudonyms import key_file, key_id, pseudonym, read_key
from analysis.run import Run

_PSEUDONYM = r"C-[0-9A-F]{10}"


def find_customers(run: Run, pseudonyms: Sequence[str], *, manifest: Path | None = None) -> dict[str, str]:
    """Find the customer numbers behind pseudonyms.

    Parameters
    ----------
    run : Run
        Everybody in its inputs is looked through: what a hash was made of cannot be told from it.
    pseudonyms : sequence of str
    manifest : Path, optional
        Of a report that the pseudonyms may come from: where nobody is found, it tells whether that was made with another key.

    Returns
    -------
    dict of str to str
        Pseudonym to customer_id, of those that were found; at least one.

    Raises
    ------
    ConfigurationError
        When something is no pseudonym, there is no key, the report was made with another one, or nobody is called so.
    """
    wanted = [name.strip().upper() for name in pseudonyms]
    if wrong := [name for name in wanted if not re.fullmatch(_PSEUDONYM, name)]:
        raise ConfigurationError(f"A pseudonym is C- and ten characters, like C-0123456789; got {shorten(wrong)}.")
    if not key_file().is_file():
        raise ConfigurationError(f"There is no pseudonym key in {key_file()}. Name the file that the report was made with in WORKBOOK_KEY_FILE.")
    key = read_key(key_file())
    found: dict[str, str] = {}
    for batch in _list_ids(run).to_pyarrow_batches():
        found |= {name: who for who in batch.column(0).to_pylist() if (name := pseudonym(who, key)) in wanted}
    if found:
        return {name: found[name] for name in wanted if name in found}
    if (made_with := _read_key_id(manifest)) and made_with != key_id(key):
        raise ConfigurationError(
            f"{manifest.parent if manifest else ''} was made with the pseudonym key {made_with}, and {key_file()} holds the key {key_id(key)}: with it nobody can be found. "
            "Name the file with that key in WORKBOOK_KEY_FILE."
        )
    raise ConfigurationError(
        f"Nobody in the inputs is called {shorten(wanted)} under the key {key_id(key)} in {key_file()}. Look whether the report was made with this key (pseudonym_key in its "
        "manifest.json) and from these inputs."
    )


def enter_look(run: Run, pseudonyms: Sequence[str], *, by: str, on: dt.date) -> None:
    """Enter in the ledger that somebody looked who is behind pseudonyms.

    Raises
    ------
    Locked, PublishFailed
    """
    said = {"kind": "who", "on": on, "by": by, "name": run.config.name, "as_of": run.as_of, "run": run.opened.id, "pseudonyms": list(pseudonyms)}
    enter_export(run.config.folder / "state", said)


def _list_ids(run: Run) -> Table:
    """List every number that a row of any input bears, and those of the persons they belong to."""
    inputs = [run.opened.intake, run.opened.master, *run.opened.further.values()]
    tables = [run.table("known"), *(intake.lines for intake in inputs if intake is not None)]
    ids = functools.reduce(Table.union, (table.select("customer_id") for table in tables))
    return ids.filter(ids.customer_id.notnull()).distinct()


def _read_key_id(manifest: Path | None) -> str:
    try:
        return str(json.loads(manifest.read_text(encoding="utf-8")).get("pseudonym_key", "")) if manifest else ""
    except (OSError, ValueError, AttributeError):
        return ""
