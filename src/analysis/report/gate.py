"""The last look before publishing: every page is read again, as a browser would, and nothing in it may run, fetch, tell where it was made, or name a person."""

import re
from collections.abc import Sequence
from pathlib import Path

from analysis.errors import PublishFailed
from analysis.report import whatif
from analysis.report.pages import POLICY
from analysis.report.pieces import Pieces, read_notebook
from analysis.report.scanner import Watch, scan

_FORBIDDEN = set(
    "script iframe frame frameset object embed applet base form input button textarea select audio video source track portal foreignobject animate set".split()
)
_FETCHING = set("src href xlink:href srcset action formaction data poster background ping manifest longdesc classid codebase".split())
_MOST_PAGE, _MOST_WHOLE = 2 * 2**20, 8 * 2**20
_INSIDE = re.compile(r"#[^\x00-\x20]*|(?![\w+.-]*:)(?![/\\])[^\x00-\x20]+")  # relative, without a scheme; browsers drop tabs and line ends before they look


class _Reader(Pieces):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.policies: list[str] = []
        self.ids: set[str] = set()
        self.lang = ""
        self.in_style = self.in_script = False
        self.scripts: list[str] = []
        self.file: re.Match | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "script" and not attributes:
            self.scripts.append("")  # judged by what it says
        elif tag in _FORBIDDEN:
            self.found.append(f"<{tag}>")
        given = {name.lower(): value or "" for name, value in attributes}
        if len(given) < len(attributes):
            self.found.append(f"<{tag}> says an attribute twice")
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "meta" and "http-equiv" in given:
            if given["http-equiv"].lower() == "content-security-policy":
                self.policies.append(given.get("content", ""))
            else:
                self.found.append(f"<meta http-equiv={given['http-equiv']!r}>")
        if tag == "link" and (given.get("rel"), given.get("href")) != ("icon", "data:,"):
            self.found.append(f"<link href={given.get('href', '')[:60]!r}>")
        if "id" in given:
            if given["id"] in self.ids:
                self.found.append(f"the id {given['id']!r} twice")
            self.ids.add(given["id"])
        self.file = re.fullmatch(r"[\w-]+\.csv", given.get("download", ""))
        for name, value in given.items():
            self._check(tag, name, value)
        super().handle_starttag(tag, attributes)
        self.in_style, self.in_script = tag == "style", tag == "script"

    def _check(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.found.append(f"<{tag} {name}=…>")
        if name in _FETCHING:
            drawn = tag in ("img", "image") and re.match(r"data:image/(png|jpeg);base64,", value)
            inside = tag in ("a", "use") and _INSIDE.fullmatch(value)
            icon = tag == "link" and value == "data:,"
            numbers = tag == "a" and name == "href" and self.file and re.fullmatch(r"data:text/csv;charset=utf-8,[\w.%~-]*", value)  # saved, never opened
            if not (drawn or inside or icon or numbers or (tag != "a" and value.startswith("#"))):
                self.found.append(f"<{tag} {name}={value[:60]!r}>")
        if name == "style" or name in ("fill", "stroke", "clip-path", "mask", "filter"):
            self._check_style(value)

    def _check_style(self, text: str) -> None:
        if re.search(r"@import|url\((?!\s*#)|expression\(|\\", text, re.I):
            self.found.append("a style that fetches")

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        if self.in_style:
            self._check_style(data)
        if self.in_script and self.scripts:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        self.in_style = self.in_script = False


def inspect_page(html: str) -> list[str]:
    """List what a page must not hold: empty for a good one."""
    return _judge(_read(html), html)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _judge(reader: _Reader, html: str) -> list[str]:
    found = list(reader.found)
    if reader.scripts not in ([], [whatif.SCRIPT]):
        found.append("a script that is not that of this report")
    if reader.policies != [POLICY + (whatif.POLICY if reader.scripts else "")] or html.find("Content-Security-Policy") > html.find("<style"):
        found.append("not the content security policy of this report")
    if not reader.lang:
        found.append("no language")
    return found


def pass_gate(stage: Path, hidden: Sequence[str], watch: Watch | None = None) -> None:
    """Refuse a report before it is published.

    Parameters
    ----------
    stage : Path
        The folder that would become the report.
    hidden : sequence of str
        Paths of this machine, which must occur in no page and no notebook.
    watch : Watch, optional
        Who must not be named in a page or a notebook.

    Raises
    ------
    PublishFailed
        Naming the first things found, and where.
    """
    found, said = [], {}
    for file in sorted(path for ending in ("*.html", "*.ipynb") for path in stage.rglob(ending)):
        name, text = file.relative_to(stage).as_posix(), file.read_text(encoding="utf-8")
        found += [f"{name}: tells the path {path}" for path in sorted(set(hidden)) if path.count("/") > 1 and path in text]
        if file.suffix == ".html":
            reader, most = _read(text), _MOST_WHOLE if file.name.startswith("report.") else _MOST_PAGE
            found += [f"{name}: {what}" for what in _judge(reader, text)]
            found += [f"{name}: {file.stat().st_size / 2**20:.1f} MB, more than {most >> 20}"] if file.stat().st_size > most else []
            said[name] = (list(reader.pieces), list(reader.joined))
        elif watch:
            said[name] = read_notebook(text)
    if found:
        raise PublishFailed(f"The report was not published: {'; '.join(found[:5])}" + (f" and {len(found) - 5} more." if len(found) > 5 else "."))
    if watch:
        scan(said, watch)
