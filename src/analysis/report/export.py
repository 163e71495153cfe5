"""From an executed notebook to the body of a chapter: prose, charts, tables and readings, without code."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode

from analysis.errors import PublishFailed
from analysis.report.arranging import arrange
from analysis.report.markup import anchor_headings, clean_html, clean_markdown, clean_svg, frame_tables, plain
from analysis.report.numbers import show_numbers
from analysis.report.proof import Executed
from analysis.report.whatif import hold_cube
from analysis.texts import Texts

_SHOWN = ("image/svg+xml", "text/html", "text/plain")


@dataclass(frozen=True)
class Body:
    """A chapter ready to be put into pages: `title` is its first heading as text, `html` all of it."""

    chapter: str
    lang: str
    title: str
    html: str


def export_chapter(executed: Executed, texts: Texts, *, least: int = 0) -> Body:
    """Render what a reader sees of a chapter. Ids begin with the chapter's name, so that all chapters can stand in one page.

    Parameters
    ----------
    executed : Executed
    texts : Texts
        In the language of the chapter, with the words of the configuration.
    least : int
        How many customers a number stands for at least: said at the end of a chapter in which numbers are withheld.

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
        return f'<figure>{caption}<div class="drawing">{svg}</div></figure>{_explain(about, texts)}'

    exporter.register_filter("draw", draw)
    body, _ = exporter.from_notebook_node(executed.notebook)
    body = arrange(anchor_headings(body, executed.chapter).strip())
    if executed.seal.get("withheld") and texts.say("withheld") in plain(body):
        body += f'\n<p class="note withheld">{html.escape(texts.say("withheld-note", n=least, least=texts.number(least)))}</p>'
    heading = body.partition("<h1")[2].partition(">")[2].partition("</h1>")[0]
    return Body(executed.chapter, executed.lang, plain(heading) or executed.chapter, body)


def _explain(about: Mapping[str, str], texts: Texts) -> str:
    """Write what stands below a picture: how to read it, what it rests on, and its numbers."""
    name, how = str(about.get("name", "")), f"how-{about.get('name', '')}"
    lines = [("how", texts.say(how) if texts.has(how) else ""), ("basis", str(about.get("basis", "")))]
    told = "".join(f'<p class="{kind}">{html.escape(text)}</p>' for kind, text in lines if text)
    return told + (show_numbers(name, str(about["numbers"]), texts) if about.get("numbers") else "")


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
        filters={
            "clean_markdown": lambda source: frame_tables(clean_markdown(source)), "clean_html": lambda fragment: frame_tables(clean_html(fragment)),
            "filter_data_type": _one_type, "escape_html": html.escape, "hold_cube": hold_cube,
        },
    )  # fmt: skip
    exporter.environment.globals["refuse"] = _refuse
    return exporter
