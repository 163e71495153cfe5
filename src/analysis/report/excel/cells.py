"""What a cell holds and how it looks: strings stay strings, numbers are numbers, and every way of looking is made once."""

import datetime as dt
import math
import re
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.palette import INK, LIGHT, PALE, fade, luminance

LONGEST = 32_767  # what a cell can hold, in units of UTF-16
PATTERNS = {
    "money": "#,##0.00",
    "share": "0.0%",
    "whole": "#,##0",
    "point": "0",
    "real": "0.00",
    "tenth": "#,##0.0",
    "date": "yyyy-mm-dd",
    "text": "@",
    "truth": "@",
}
_ALIGNED: dict[str, dict[str, object]] = {
    "text": {"align": "left", "indent": 1},
    "truth": {"align": "center"},
    "point": {"align": "center"},
    "date": {"align": "center"},
}
HAND = "#FBD9B5"  # a cell that a person has changed
GROUPS = {"who": "#DCE6EC", "class": "#CFE3F3", "score": "#E4E0F0", "behaviour": "#D9EDE6", "value": "#F6E3C8", "tag": "#F3DCE3", "fill": "#FFF2B3"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_DAY_ZERO = dt.date(1899, 12, 30)
_READABLE = 7.0  # contrast of dark text on a tint (WCAG 2, enhanced)
Cell = str | float | int | None


@dataclass(frozen=True)
class Styles:
    """The formats of one file, each made when first asked for."""

    file: xlsxwriter.Workbook
    made: dict[tuple, Format] = field(default_factory=dict)

    def get(self, kind: str = "text", **more: object) -> Format:
        """Give the format of a kind of value, with further properties of xlsxwriter."""
        key = (kind, *sorted(more.items()))
        if key not in self.made:
            self.made[key] = self.file.add_format({"num_format": PATTERNS[kind], "valign": "top", "font_color": INK} | _ALIGNED.get(kind, {}) | more)
        return self.made[key]

    def head(self, group: str = "who", kind: str = "text") -> Format:
        """Give the format of a heading."""
        looks: dict[str, object] = {
            "bold": True,
            "bg_color": GROUPS[group],
            "bottom": 1,
            "bottom_color": LIGHT,
            "right": 1,
            "right_color": PALE,
            "text_wrap": True,
            "valign": "vcenter",
        }
        return self.get("text", **looks if kind == "text" else looks | {"align": "center", "indent": 0})


def tint(shade: str) -> str:
    """Make a colour of the charts so light that dark text is read on it."""
    share, ink = 0.45, luminance(INK)
    while (luminance(fade(shade, share)) + 0.05) / (ink + 0.05) < _READABLE and share < 0.95:
        share += 0.05
    return fade(shade, share)


def clean(text: str) -> str:
    """Replace what no cell can hold, and cut what is too long, visibly."""
    if not text.isprintable():
        text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) > 2 * LONGEST:
        text = text.encode("utf-16-le")[: 2 * LONGEST - 2].decode("utf-16-le", errors="ignore") + "…"
    return text


def as_cell(value: object) -> Cell:
    """Turn a value of a table into what a cell can hold; nothing where there is none, and for what is no number."""
    if value is None or isinstance(value, str):
        return clean(value) if value else None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value.year >= 1900:
        return (value - _DAY_ZERO).days
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return clean(str(value))
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)  # a cell keeps 15 digits
    return float(value) if math.isfinite(value) else None


def put(sheet: Worksheet, row: int, at: int, value: Cell, style: Format) -> None:
    """Write one cell."""
    if value is None:
        return
    if not isinstance(value, str):
        sheet.write_number(row, at, value, style)
    elif value.startswith("<r>") and value.endswith("</r>"):  # the writer would take it for markup of its own
        sheet.write_rich_string(row, at, value[:1], style, value[1:], style)
    else:
        sheet.write_string(row, at, value, style)
