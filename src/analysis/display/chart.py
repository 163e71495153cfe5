"""A finished picture: drawn as SVG with text as text, with the finding as its title and the numbers behind it."""

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
from matplotlib import font_manager
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
    # An open font measures by what it has measured before: without this, a chapter run alone is not laid out to the last point as within a report.
    font_manager._get_font.cache_clear()  # type: ignore[attr-defined]  # noqa: SLF001
    with quiet_letters():
        engine.execute(figure)
    places = [axes.get_position().bounds for axes in figure.axes]
    with mpl.rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)  # no engine at all: with the one called "none" every picture is drawn twice
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
    basis : str
        What the picture rests on: how many customers or orders, over which time; where it is sampled or modelled, how sure it is.
    """

    name: str
    title: str
    alt: str
    data: pd.DataFrame = field(repr=False)
    figure: Figure = field(repr=False)
    basis: str = ""

    def __repr__(self) -> str:
        rows, columns = self.data.shape
        return f"<chart {self.name}: {rows} rows x {columns} columns, data {_digest(self.data)}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        about = {"name": self.name, "title": self.title, "alt": self.alt, "basis": self.basis, "numbers": self.data.round(6).to_csv(index=False)}
        svg = _svg(self.figure, self.name)
        titled = f"<p><strong>{html.escape(self.title)}</strong></p>{svg}"  # for JupyterLab, which shows no metadata; the press takes the drawing
        return {"image/svg+xml": svg, "text/html": titled, "text/plain": repr(self)}, {"image/svg+xml": about}
