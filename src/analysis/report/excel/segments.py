"""The sheet of segments: every group of every way of grouping, its size, its money, what to do."""

from collections.abc import Sequence

from xlsxwriter.format import Format

from analysis.columns import SCHEMES
from analysis.palette import COLOURS, colour
from analysis.report.excel.book import Book, begin_sheet, fill_sheet, widen
from analysis.report.excel.cells import Cell, as_cell, tint
from analysis.report.excel.columns import Column, describe, find_kind, tell_apart
from analysis.report.excel.labels import say_key
from analysis.schemas import SCHEMAS

_BAR = "#9CC3DD"
_ACTION = 70  # characters


def list_columns(book: Book) -> list[Column]:
    """Describe the columns: those of the contract; what else the table has is for programs."""
    path = book.find("segments")
    schema = [field for field in book.schema(path) if field.name in SCHEMAS["segments"].columns] if path else []
    return tell_apart([describe(field.name, find_kind(field.name, field.type), "segments", book.languages) for field in schema], book.languages)


def write_segments(book: Book, columns: Sequence[Column]) -> None:
    """Write the sheet: the segments first, the largest revenue first."""
    sheet_order = ", ".join(f"scheme = '{scheme}' desc" for scheme in SCHEMES)
    path = book.find("segments")
    found = book.ask(f"select * from {{}} order by {sheet_order}, scheme, monetary desc nulls last, segment", path).read_all().to_pylist() if path else []
    rows = [[_say(column.name, row, book) for column in columns] for row in found]
    sheet = begin_sheet(book, "segments", columns, frozen=2, widths=widen(columns, rows) | {"action": _ACTION})
    shades = [_shade(book, row["scheme"], row["segment"]) for row in found]

    def style(number: int, column: Column) -> Format | None:
        return shades[number - 1] if column.name == "segment" else book.styles.get(text_wrap=True) if column.name == "action" else None

    last = fill_sheet(sheet, book, columns, rows, style=style, wrapped={"action": _ACTION})
    for at, column in enumerate(columns):
        if column.kind == "share" and last:
            bar = {"type": "data_bar", "bar_color": _BAR, "bar_solid": True, "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
            sheet.conditional_format(1, at, last, at, bar)


def _say(name: str, row: dict, book: Book) -> Cell:
    value = row[name]
    if name in ("scheme", "segment", "action") and value is not None:
        return as_cell(say_key(row["scheme"] if name == "segment" else name, value, book.texts))
    return as_cell(value)


def _shade(book: Book, scheme: str, key: str) -> Format:
    kind = scheme if scheme in COLOURS else "segment"
    return book.styles.get(bg_color=tint(colour(kind, key, book.texts)))
