"""Who took which list when, in `state/exports.jsonl`: a line a list, nothing ever changed or taken out."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

from analysis.errors import ConfigurationError
from analysis.keeping import append, refuse_link, writing

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
    path = refuse_link(state / FILE)
    if not path.is_file():
        return []
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], start=1):
        try:
            found.append(json.loads(line))
        except ValueError:
            raise ConfigurationError(f"{path} cannot be read: line {number} is not an entry. Bring the file back as it was.") from None
    return found


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be kept")
