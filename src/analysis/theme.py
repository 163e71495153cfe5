"""How every picture looks: one colour per label everywhere, quiet greys, fonts that can write Chinese."""

import datetime as dt
import math
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import matplotlib.style
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from analysis.columns import UNCLASSIFIED
from analysis.texts import Texts

Shade = str | tuple[float, float, float] | tuple[float, float, float, float]
WIDTH = 5.0  # inches: text of 9 points is 15 pixels on a wide page, 9 on a telephone, and nobody scrolls sideways

INK, GREY, LIGHT, PALE, PAPER = "#2b2f36", "#606770", "#c9cdd3", "#eceef1", "#ffffff"
ACCENT, LOSS = "#0072b2", "#b5522d"

# Nine hues of Paul Tol's "muted" scheme, made for colour-blind readers, a grey, and a brown for the lost.
_SEGMENT = {
    "champions": "#117733", "loyal": "#44aa99", "potential_loyalist": "#88ccee", "new": "#332288", "promising": "#ddcc77",
    "need_attention": "#999933", "about_to_sleep": "#aa4499", "at_risk": "#cc6677", "cant_lose": "#882255", "hibernating": "#6b7078",
    "lost": "#4a3728",
}  # fmt: skip
# Important classes are dark, general ones the same hue made pale.
_CLASS8 = {
    "important_value": "#0b4f7d", "important_develop": "#1b7f5c", "important_keep": "#b0630a", "important_winback": "#8f2f5c",
    "general_value": "#8cc0e6", "general_develop": "#8fd6ba", "general_keep": "#f2bf7a", "general_winback": "#deaccb",
}  # fmt: skip
_TIER = {"high": "#0b4f7d", "mid": "#4f9acb", "low": "#bcd9ee"}
_STAGE = {
    "new": "#56b4e9", "active": "#0b4f7d", "growing": "#1b9e77", "shrinking": "#9b8ac4", "reactivated": "#e69f00", "at_risk": "#f0d9a0", "dormant": "#b5522d",
    "lost": "#8b9099", "prospect": "#c9cdd3", "cancelled_only": "#b89b8c", "returning": "#123f66",
}  # fmt: skip
_BAND = {"within": "#0b4f7d", "late": "#6fb0da", "at_risk": "#e0a83c", "dormant": "#b5522d", "lost": "#8b9099"}
_CLUSTER = (
    "#332288", "#ddcc77", "#117733", "#cc6677", "#88ccee", "#882255", "#44aa99", "#999933", "#aa4499", "#0072b2", "#e69f00", "#56534e",
)  # fmt: skip
# For segments that others define: each differs from the others and from ours, for every eye.
_OWN = (
    "#e69f00", "#0072b2", "#f0e442", "#d55e00", "#56b4e9", "#8c564b", "#6a3d9a", "#00bcd4", "#1b4d3e", "#7fc97f", "#e377c2", "#ff9f80", "#bcbd22", "#5e2a5a",
    "#a63603", "#3f51b5", "#004c6d", "#7f0000", "#fb8072", "#d81b60",
)  # fmt: skip
# The first level of a tree, the lighter levels below are mixed from these; told apart by name and white lines too.
_BRANCH = ("#0b5878", "#c98b2b", "#3f8f7d", "#a2546b", "#7f9ac4", "#7a5c3e", "#8b8b30", "#5f4b8b")
COLOURS = {"segment": _SEGMENT | _CLASS8, "class8": _CLASS8, "value_tier": _TIER, "stage": _STAGE, "band": _BAND}

HEAT = LinearSegmentedColormap.from_list("heat", ["#f4f8fb", "#bcd9ee", "#6fb0da", "#2378ad", "#0b3d63"])
BALANCE = LinearSegmentedColormap.from_list("balance", ["#b0630a", "#f0c48c", "#f6f6f4", "#8cc0e6", "#0b4f7d"])

LATIN = ("Noto Sans", "Source Sans 3", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans")
CHINESE = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei")


def colour(kind: str, key: str | int, texts: Texts | None = None) -> str:
    """Give the one colour of a segment, class, tier, stage, cluster number or number of a branch; what has no colour of its own is a light grey.

    A segment that the workbook does not know has the colour that its map gives it, or one of those kept for such segments; `texts` knows the map.
    """
    if kind in ("cluster", "branch"):
        numbered = _CLUSTER if kind == "cluster" else _BRANCH
        return numbered[(int(key) - 1) % len(numbered)] if int(key) > 0 else LIGHT
    if kind != "segment" or key in (UNCLASSIFIED, "none"):
        return COLOURS[kind].get(str(key), LIGHT)
    words = texts.words if texts else {}
    known = words.get(f"colour-{key}") or COLOURS[kind].get(str(key))
    return known or _place_own(words.get("own-segments", "")).get(str(key)) or _place_own(str(key))[str(key)]


@cache
def _place_own(keys: str) -> dict[str, str]:
    """Give each key a colour that follows from its name, and the next one that is free where two names ask for the same."""
    placed: dict[str, int] = {}
    for key in keys.split():
        wanted = zlib.crc32(key.encode()) % len(_OWN)
        ring = [(wanted + step) % len(_OWN) for step in range(len(_OWN))]
        placed[key] = next((place for place in ring if place not in placed.values()), wanted)
    return {key: _OWN[place] for key, place in placed.items()}


@cache
def fonts(lang: str) -> tuple[str, ...]:
    """Name the installed families to draw a language with, the best first; matplotlib's own font is always there."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    wanted = CHINESE + LATIN if lang == "zh" else LATIN + CHINESE
    return tuple(name for name in wanted if name in installed) or ("DejaVu Sans",)


def has_font(lang: str) -> bool:
    """Tell whether a font is installed that has the letters of a language; without one text is still text, and only its width is guessed."""
    return lang != "zh" or any(name in CHINESE for name in fonts(lang))


@contextmanager
def theme(lang: str) -> Iterator[None]:
    """Draw in the style of the workbook, whatever was set before; afterwards everything is as it was."""
    style = {
        "font.family": list(fonts(lang)), "font.size": 9, "text.parse_math": False, "text.color": INK, "axes.unicode_minus": False,
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


def luminance(shade: Shade) -> float:
    """Measure how light a colour is, 0 to 1 (WCAG 2, relative luminance)."""
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in to_rgb(shade))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Shade, other: Shade = PAPER) -> float:
    """Measure how well two colours are told apart, 1 to 21 (WCAG 2, contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(shade: Shade) -> str:
    """Choose dark or white text for a background: the one with more contrast; black where that is too little to read (WCAG 2, 1.4.3: 4.5 to one)."""
    best = PAPER if contrast(shade) > contrast(shade, INK) else INK
    return best if contrast(shade, best) >= 4.5 else "#000000"


def edge(shade: str) -> str:
    """Give the colour for the rim of a mark, or for a line: its own, as dark as it takes to be seen on white (WCAG 2, 1.4.11: three to one)."""
    red, green, blue = to_rgb(shade)
    darker = ((red * part, green * part, blue * part) for part in np.linspace(1, 0, 41))
    return to_hex(next(found for found in darker if contrast(found) >= 3.02))


def fade(shade: str, share: float = 0.55) -> str:
    """Mix a colour with white."""
    red, green, blue = (value + (1 - value) * share for value in to_rgb(shade))
    return to_hex((red, green, blue))


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
