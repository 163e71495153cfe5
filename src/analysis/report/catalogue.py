"""The reports there are."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Listed:
    """A published report, as its manifest describes it. Key figures are mappings with measure, value and previous."""

    as_of: dt.date
    name: str
    currency: str
    languages: Sequence[str]
    run: str
    warnings: Sequence[str]
    key_figures: Sequence[Mapping]
    folder: Path


def list_reports(reports: Path) -> list[Listed]:
    """Read what lies in a reports folder, newest first; what is not a report is passed over."""
    found = []
    for folder in reports.glob("[0-9]*") if reports.is_dir() else ():
        if folder.is_symlink() or not folder.is_dir() or not re.fullmatch(r"\d{4}-\d\d-\d\d", folder.name):
            continue
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            found.append(
                Listed(
                    dt.date.fromisoformat(folder.name), str(manifest["config"]["name"]), str(manifest["config"].get("currency", "")), tuple(manifest["languages"]),
                    str(manifest.get("run", "")), tuple(manifest.get("warnings", ())), tuple(manifest.get("key_figures", ())), folder,
                )
            )  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return sorted(found, key=lambda report: report.as_of, reverse=True)
