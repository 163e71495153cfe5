"""What a report says of itself in a page: all that readers outside get besides the pages, and all that the list of reports needs."""

import datetime as dt
import html
import json
import shutil
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path

from analysis.config import Config

NAME = "workbook-report"  # of the meta element in index.html
_BEFORE = "</head>"


def write_card(index: Path, config: Config, as_of: dt.date, facts: Mapping, *, languages: Sequence[str]) -> None:
    """Put into a page what a manifest would say, without files, paths and exact numbers.

    Parameters
    ----------
    index : Path
        `index.html` of a report.
    config : Config
    as_of : date
    facts : mapping
        What the run counted: run, and shown_figures, the key figures as pages show them.
    languages : sequence of str
    """
    card = {
        "name": config.name, "as_of": as_of.isoformat(), "languages": list(languages), "currency": config.currency, "run": facts["run"],
        "profile": config.pages.profile, "key_figures": facts["shown_figures"],
    }  # fmt: skip
    page = index.read_text(encoding="utf-8")
    head, end, rest = page.partition(_BEFORE)
    index.write_text(f'{head}<meta name="{NAME}" content="{html.escape(json.dumps(card, ensure_ascii=False))}">\n{end}{rest}', encoding="utf-8")


def read_card(index: Path) -> dict:
    """Read what a page says of its report.

    Raises
    ------
    OSError, ValueError
        When there is no such page, or it says nothing that can be read.
    """
    reader = _Reader()
    reader.feed(index.read_text(encoding="utf-8").partition(_BEFORE)[0])
    card = json.loads(reader.content)
    if not isinstance(card, dict):
        raise ValueError(f"{index} says nothing of its report.")  # noqa: TRY004 - a file, not a type
    return card


def keep_pages(stage: Path) -> None:
    """Leave nothing but pages in a folder."""
    for path in sorted(stage.iterdir()):
        if path.is_dir() and not any(path.rglob("*.html")):
            shutil.rmtree(path)
    for path in sorted(stage.rglob("*")):
        if path.is_file() and path.suffix != ".html":
            path.unlink()


class _Reader(HTMLParser):
    content = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "meta" and given.get("name") == NAME:
            self.content = given.get("content") or ""
