"""What a notebook cell may show: a chart, a table, a reading. Text is escaped here, once; nothing else writes HTML."""

import hashlib
import html
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure


def _digest(frame: pd.DataFrame) -> str:
    """Hash a frame so that a repeated run can prove that it drew the same numbers."""
    return hashlib.sha256(frame.round(6).to_csv(index=False).encode()).hexdigest()[:12]


READER_FONTS = "'Noto Sans', Arial, 'Liberation Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


@contextmanager
def quiet_letters() -> Iterator[None]:
    """Draw and measure letters that no font of this machine has: only their width is guessed, and the reader's machine has them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def _svg(figure: Figure, name: str) -> str:
    """Draw a figure as inline SVG: text stays text in the reader's fonts, ids depend on the chart's name only, no date, no metadata."""
    _settle(figure)
    buffer = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": name, "text.parse_math": False}), quiet_letters():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r'<defs>\s*<style type="text/css">.*?</style>\s*</defs>', "", svg, count=1, flags=re.S)  # it would style the whole page
    svg = re.sub(r">\s+<", "><", svg)
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))
    svg = re.sub(r"<[^>]*>", lambda tag: _shorten_tag(tag[0], used), svg)
    return svg.replace("<svg ", f'<svg style="font-family: {READER_FONTS}; stroke-linejoin: round; stroke-linecap: butt" ', 1).strip()


def _settle(figure: Figure) -> None:
    """Lay the panels out once, at places rounded: the solver's last digits differ from process to process, and ids in the drawing are made from them."""
    engine = figure.get_layout_engine()
    if engine is None:
        return
    with quiet_letters():
        engine.execute(figure)
    places = [axes.get_position().bounds for axes in figure.axes]
    figure.set_layout_engine("none")
    for axes, (left, bottom, width, height) in zip(figure.axes, places, strict=True):
        axes.set_position((round(left, 5), round(bottom, 5), round(width, 5), round(height, 5)))


def _shorten_tag(tag: str, used: set[str]) -> str:
    """Drop what a picture does not need: ids nothing points to (two pictures on a page share them), fonts of this machine, digits after two decimals."""
    tag = re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", tag)
    tag = re.sub(r" font-family: [^;\"]*;?| transform=\"rotate\(-?0 [^)]*\)\"", "", tag)
    return re.sub(r"(\d+\.\d{2})\d+", r"\1", tag)


@dataclass(frozen=True)
class Chart:
    """A finished picture with the finding as its title and the numbers behind it.

    Parameters
    ----------
    name : str
        Short and unique in the report, ``rfm-heat``.
    title : str
        The finding, a sentence in the reader's language.
    alt : str
        What a reader who cannot see the picture should know.
    data : pandas.DataFrame
        The numbers drawn, one row per mark, with column names that can be shown.
    figure : matplotlib.figure.Figure
    """

    name: str
    title: str
    alt: str
    data: pd.DataFrame = field(repr=False)
    figure: Figure = field(repr=False)

    def __repr__(self) -> str:
        rows, columns = self.data.shape
        return f"<chart {self.name}: {rows} rows x {columns} columns, data {_digest(self.data)}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        about = {"name": self.name, "title": self.title, "alt": self.alt}
        svg = _svg(self.figure, self.name)
        titled = f"<p><strong>{html.escape(self.title)}</strong></p>{svg}"  # for JupyterLab, which shows no metadata; the press takes the drawing
        return {"image/svg+xml": svg, "text/html": titled, "text/plain": repr(self)}, {"image/svg+xml": about}


@dataclass(frozen=True)
class Table:
    """A small table for reading: cells are finished text, the first column names the row; `cards` stand below each other on a telephone; without rows it is nothing."""

    frame: pd.DataFrame
    caption: str = ""
    numeric: tuple[str, ...] = ()
    cards: bool = False

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.frame.to_string(index=False)}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        def cell(tag: str, column: str, value: object, scope: str = "") -> str:
            kind = ' class="number"' if column in self.numeric else ""
            name = f' data-label="{html.escape(column)}"' if self.cards and tag == "td" else ""
            return f"<{tag}{scope}{kind}{name}>{html.escape(str(value))}</{tag}>"

        if self.frame.empty:
            return {"text/html": "", "text/plain": repr(self)}
        names = list(self.frame.columns)
        head = "".join(cell("th", name, name, ' scope="col"') for name in names)
        body = "".join(
            "<tr>"
            + "".join(
                cell("th" if i == 0 else "td", name, value, ' scope="row"' if i == 0 else "") for i, (name, value) in enumerate(zip(names, row, strict=True))
            )
            + "</tr>"
            for row in self.frame.itertuples(index=False)
        )
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        style = ' class="cards"' if self.cards else ""
        return {"text/html": f"<table{style}>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>", "text/plain": repr(self)}


@dataclass(frozen=True)
class Branch:
    """A line of an outline: its name, a finished text for each column, and the lines below it."""

    name: str
    cells: tuple[str, ...]
    branches: tuple["Branch", ...] = ()


@dataclass(frozen=True)
class Outline:
    """A tree for reading, opened and closed without scripts: `columns` head the cells of every line; the first level stands open, on paper all of them do."""

    caption: str
    columns: tuple[str, ...]
    branches: tuple[Branch, ...]

    def __repr__(self) -> str:
        return "\n".join([self.caption, *(f"{'  ' * depth}{branch.name}: {', '.join(filter(None, branch.cells))}" for depth, branch in self.walk())])

    def walk(self) -> Iterator[tuple[int, Branch]]:
        """Give every line with its depth, from top to bottom."""
        stack = [(0, branch) for branch in reversed(self.branches)]
        while stack:
            depth, branch = stack.pop()
            yield depth, branch
            stack += [(depth + 1, below) for below in reversed(branch.branches)]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        def line(name: str, cells: tuple[str, ...]) -> str:
            told = zip(self.columns, cells, strict=True)
            written = "".join(f'<span class="number" data-label="{html.escape(column)}">{html.escape(text)}</span>' for column, text in told)
            return f'<span class="branch">{html.escape(name)}</span>{written}'

        def item(branch: Branch, opened: str) -> str:
            if not branch.branches:
                return f'<li class="leaf">{line(branch.name, branch.cells)}</li>'
            below = "".join(item(each, "") for each in branch.branches)
            return f"<li><details{opened}><summary>{line(branch.name, branch.cells)}</summary><ul>{below}</ul></details></li>"

        if not self.branches:
            return {"text/html": "", "text/plain": repr(self)}
        head = f'<p class="head">{line(self.caption, self.columns)}</p>'
        body = "".join(item(branch, " open") for branch in self.branches)
        return {"text/html": f'<div class="outline">{head}<ul>{body}</ul></div>', "text/plain": repr(self)}


@dataclass(frozen=True)
class Reading:
    """Sentences with the computed numbers in them, one paragraph each."""

    sentences: tuple[str, ...]
    tone: str = "reading"  # or "warning": shown as a banner

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        paragraphs = "".join(f'<p class="{self.tone}">{html.escape(sentence)}</p>' for sentence in self.sentences)
        return {"text/html": paragraphs, "text/plain": repr(self)}


@dataclass(frozen=True)
class Figures:
    """The few key figures of a page: each (measure, value, change, tone), finished text; the tone of a change is "better", "worse" or ""."""

    items: tuple[tuple[str, str, str, str], ...]

    def __repr__(self) -> str:
        return "\n".join(f"{measure}: {value}" + (f" ({change})" if change else "") for measure, value, change, _ in self.items)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        def item(measure: str, value: str, change: str, tone: str) -> str:
            parts = (("measure", measure), ("value", value), (f"change {tone}".strip(), change))
            return "<li>" + "".join(f'<span class="{kind}">{html.escape(text)}</span>' for kind, text in parts if text) + "</li>"

        return {"text/html": f'<ul class="figures">{"".join(item(*each) for each in self.items)}</ul>', "text/plain": repr(self)}
