"""How every picture looks: its size, its fonts, its axes, and what is written on them."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from analysis.fonts import find_fonts
from analysis.palette import GREY, INK, LIGHT, PALE, PAPER, edge
from analysis.texts import Texts

WIDTH = 5.0  # inches: text of 9 points is 15 pixels on a wide page, 9 on a telephone, and nobody scrolls sideways

HEAT = LinearSegmentedColormap.from_list("heat", ["#f4f8fb", "#bcd9ee", "#6fb0da", "#2378ad", "#0b3d63"])
BALANCE = LinearSegmentedColormap.from_list("balance", ["#b0630a", "#f0c48c", "#f6f6f4", "#8cc0e6", "#0b4f7d"])


@contextmanager
def theme(lang: str) -> Iterator[None]:
    """Draw in the style of the workbook, whatever was set before; afterwards everything is as it was."""
    style = {
        "font.family": list(find_fonts(lang)), "font.size": 9, "text.parse_math": False, "text.color": INK, "axes.unicode_minus": False,
        "axes.edgecolor": LIGHT, "axes.labelcolor": GREY, "axes.labelsize": 9, "axes.titlesize": 9.5, "axes.titlelocation": "left", "axes.titlecolor": INK,
        "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True, "axes.linewidth": 0.8,
        "xtick.color": GREY, "ytick.color": GREY, "xtick.labelcolor": INK, "ytick.labelcolor": INK, "xtick.labelsize": 8.5, "ytick.labelsize": 8.5,
        "xtick.major.size": 0, "ytick.major.size": 0, "grid.color": PALE, "grid.linewidth": 0.8,
        "legend.frameon": False, "legend.fontsize": 8.5, "hatch.color": PAPER, "hatch.linewidth": 1.4, "lines.linewidth": 2,
        "figure.facecolor": PAPER, "savefig.facecolor": PAPER,
    }  # fmt: skip
    with matplotlib.style.context(["default", style]):
        yield


def new_figure(height: float, *, gap: float = 0.04) -> Figure:
    """Begin a picture as wide as a page column and `height` inches high, with `gap` inches around each of its panels."""
    return Figure(figsize=(WIDTH, height), layout=ConstrainedLayoutEngine(h_pad=gap, w_pad=gap))


def label_axis(axis: Axis, write: Callable[[float], str], *, most: int = 5, whole: bool = False) -> None:
    """Put round numbers on an axis, written as `write` says; the ticks are made now, while the theme is in force."""
    low, high = sorted(axis.get_view_interval())
    margin = (high - low) * 1e-9
    values = [value for value in MaxNLocator(most, integer=whole).tick_values(low, high) if low - margin <= value <= high + margin]
    axis.set_ticks(values, labels=[shorten_number(write(value)) for value in values])


def shorten_number(text: str) -> str:
    """Drop the zeros that say nothing: £800.0k, £0.00, £1.20M."""
    return re.sub(r"(\.\d*?)0+(?=\D*$)", lambda found: "" if found[1] == "." else found[1], text)


def name_axis(axis: Axis, positions: Sequence[float], names: Sequence[str]) -> None:
    """Put names at positions on an axis."""
    axis.set_ticks(list(positions), labels=list(names))


def name_months(axis: Axis, months: Sequence[dt.date], texts: Texts, *, most: int = 12) -> None:
    """Put months at positions 0, 1, 2 ... of an axis, at most so many; the year only where it begins."""
    months = list(months)
    step = max(1, -(-len(months) // most))
    shown = range(0, len(months), step)
    begins = {i for i in shown if i == 0 or months[i].year != months[i - step].year}
    name_axis(axis, shown, [texts.month_short(months[i]) + (f"\n{months[i].year}" if i in begins else "") for i in shown])


def clear_axes(axes: Axes, *, keep: str = "") -> None:
    """Take away the frame except the sides named in `keep`."""
    for side in ("left", "right", "top", "bottom"):
        axes.spines[side].set_visible(side in keep.split())


def bar_pairs(axes: Axes, customers: Sequence[float], money: Sequence[float], shades: list[str], texts: Texts) -> None:
    """Draw two bars a row, customers in grey above revenue in colour, each with its share at the end; the first row says which is which.

    A share that is withheld (NaN) has no bar, and an asterisk for its number.
    """
    rows = range(len(customers))
    for offset, shares, fills, message in ((-0.19, customers, [LIGHT] * len(rows), "share-of-customers"), (0.19, money, shades, "share-of-revenue")):
        drawn = [0.0 if math.isnan(share) else share for share in shares]
        axes.barh(
            [row + offset for row in rows],
            drawn,
            height=0.34,
            color=fills,
            edgecolor=[edge(shade) for shade in fills],
            linewidth=[0.6 if share else 0.0 for share in drawn],
        )
        named = next((row for row in rows if not math.isnan(shares[row])), None)
        for row, share in zip(rows, shares, strict=True):
            text = texts.say(message, share=texts.percent(share)) if row == named else texts.percent(share)
            axes.annotate(text, (max(drawn[row], 0), row + offset), xytext=(3, 0), textcoords="offset points", va="center", fontsize=9, color=INK)
    told = [share for share in (*customers, *money) if not math.isnan(share)]
    axes.set_xlim(min([0.0, *told]), max([0.01, *told]) * 1.25)
    axes.set_ylim(max(1, len(rows)) - 0.5, -0.5)
    clear_axes(axes)
    name_axis(axes.xaxis, [], [])


_PIECES = re.compile(r"“[\u2e80-\uffef]+”|(?:客户|[\u2e80-\uffef])[，。：；、）”]*|[^ \u2e80-\uffef“]+ *|“[^ \u2e80-\uffef]* *| +")


def break_line(text: str, width: int) -> str:
    """Break a label into lines of about `width` columns, a Chinese character counting two.

    Words stay whole, and so do 客户, in which most labels end, and what stands between Chinese quotation marks; no line begins with a mark that closes.
    """
    lines: list[str] = []
    line, used = "", 0
    for piece in _PIECES.findall(text):
        size, bare = (sum(2 if character > "\u2e80" else 1 for character in part) for part in (piece, piece.rstrip()))
        if line and used + bare > width:
            lines, line, used = [*lines, line.rstrip()], "", 0
        line, used = line + piece, used + size
    return "\n".join([*lines, line.rstrip()])
