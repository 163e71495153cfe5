"""From an executed notebook to the body of a chapter: prose, charts, tables and readings, without code."""

import html
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode

from analysis.errors import PublishFailed
from analysis.report.markup import anchor_headings, clean_html, clean_markdown, clean_svg, frame_tables, plain
from analysis.report.proof import Executed

_SHOWN = ("image/svg+xml", "text/html", "text/plain")


@dataclass(frozen=True)
class Body:
    """A chapter ready to be put into pages: `title` is its first heading as text, `html` all of it."""

    chapter: str
    lang: str
    title: str
    html: str


def export_chapter(executed: Executed) -> Body:
    """Render what a reader sees of a chapter. Ids begin with the chapter's name, so that all chapters can stand in one page.

    Raises
    ------
    PublishFailed
        When a cell shows something that pages do not show: an error, a warning, an interactive widget.
    """
    exporter = _exporter()
    drawings = 0

    def draw(output: NotebookNode) -> str:
        nonlocal drawings
        drawings += 1
        about = output.metadata.get("image/svg+xml", {})
        title, alt = str(about.get("title", "")), str(about.get("alt") or about.get("title") or output.data.get("text/plain", ""))
        svg = clean_svg(output.data["image/svg+xml"], prefix=f"{executed.chapter}-f{drawings}", alt=alt)
        caption = f"<figcaption>{html.escape(title)}</figcaption>" if title else ""
        return f'<figure>{caption}<div class="drawing">{svg}</div></figure>'

    exporter.register_filter("draw", draw)
    body, _ = exporter.from_notebook_node(executed.notebook)
    body = anchor_headings(frame_tables(body), executed.chapter).strip()
    heading = body.partition("<h1")[2].partition(">")[2].partition("</h1>")[0]
    return Body(executed.chapter, executed.lang, plain(heading) or executed.chapter, body)


def _refuse(what: str) -> str:
    raise PublishFailed(f"a cell shows {what}")


def _one_type(data: NotebookNode) -> list[str]:
    if found := [kind for kind in _SHOWN if kind in data]:
        return found[:1]
    _refuse(f"an output of a kind that pages do not show: {', '.join(data)}")
    return []


@cache
def _exporter() -> TemplateExporter:
    exporter = TemplateExporter(
        template_name="template", extra_template_basedirs=[str(Path(__file__).parent)], file_extension=".html", template_extension=".html.j2",
        filters={"clean_markdown": clean_markdown, "clean_html": clean_html, "filter_data_type": _one_type, "escape_html": html.escape},
    )  # fmt: skip
    exporter.environment.globals["refuse"] = _refuse
    return exporter
