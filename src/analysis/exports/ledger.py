"""Who took which list when, and who looked whom a pseudonym stands for, in `state/exports.jsonl`: a line each, nothing ever changed or taken out."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

from analysis.keeping import append, read_lines, writing

FILE = "exports.jsonl"


def enter_export(state: Path, said: Mapping[str, object]) -> None:
    """Enter a list.

    Raises
    ------
    Locked, PublishFailed
    """
    line = json.dumps(said, ensure_ascii=False, allow_nan=False, default=_plain).encode() + b"\n"
    with writing(state):
        append(state / FILE, line)


def read_exports(state: Path) -> list[dict]:
    """List every list that was taken, in the order of entry.

    Raises
    ------
    ConfigurationError
        When a line cannot be read; a last one that was torn off by a crash is passed over.
    """
    return read_lines(state / FILE, dict, say="an entry. Bring the file back as it was.")


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be kept")
