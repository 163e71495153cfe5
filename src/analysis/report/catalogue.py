"""The reports there are."""

import contextlib
import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.report.card import read_card


@dataclass(frozen=True)
class Listed:
    """A published report, as it describes itself. Key figures are mappings with measure, value and previous, as pages show them: None where a value is withheld."""

    as_of: dt.date
    name: str
    currency: str
    languages: Sequence[str]
    run: str
    warnings: Sequence[str]
    key_figures: Sequence[Mapping]
    folder: Path
    profile: str = "manager"


def list_reports(reports: Path) -> list[Listed]:
    """Read what lies in a reports folder, newest first; what is not a report is passed over."""
    found = []
    for folder in reports.glob("[0-9]*") if reports.is_dir() else ():
        if folder.is_symlink() or not folder.is_dir() or not re.fullmatch(r"\d{4}-\d\d-\d\d", folder.name):
            continue
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            found.append(read_report(folder))
    return sorted(found, key=lambda report: report.as_of, reverse=True)


def read_report(folder: Path) -> Listed:
    """Read what a report says of itself: in its manifest, or, where there are only pages, in `index.html`.

    Raises
    ------
    OSError, ValueError, KeyError, TypeError
        When it is not a report.
    """
    day = dt.date.fromisoformat(folder.name)
    if not (folder / "manifest.json").is_file():
        card = read_card(folder / "index.html")
        said = (str(card["name"]), str(card.get("currency", "")), tuple(card["languages"]), str(card.get("run", "")))
        return Listed(day, *said, (), tuple(card.get("key_figures", ())), folder, str(card["profile"]))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    config = manifest["config"]
    figures = tuple(manifest.get("shown_figures", manifest.get("key_figures", ())))  # the list is a page, too
    said = (str(config["name"]), str(config.get("currency", "")), tuple(manifest["languages"]), str(manifest.get("run", "")))
    return Listed(day, *said, tuple(manifest.get("warnings", ())), figures, folder, str(config.get("pages", {}).get("profile", "manager")))
