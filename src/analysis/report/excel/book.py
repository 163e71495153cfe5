"""What all sheets of the Excel file share: the open file, the tables, the words; and how a small table becomes a sheet."""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.config import Config
from analysis.report.excel.cells import Cell, Styles, clean, put
from analysis.report.excel.columns import Column
from analysis.texts import Texts

BATCH = 10_000  # rows that are in memory at one time
_WIDTHS = {"money": 13, "share": 10, "whole": 9, "point": 8, "real": 9, "tenth": 9, "date": 11.5, "text": 12, "truth": 9}
_WIDEST = 34
_PRINTED = 16  # columns that fit on a page


@dataclass(frozen=True)
class Book:
    """An Excel file being written.

    Parameters
    ----------
    file : xlsxwriter.Workbook
    con : duckdb.DuckDBPyConnection
        Reads the tables; knows no way out.
    tables, sheets : Path
        Folders: the tables of the report, and what a run leaves for this file only.
    languages : mapping of str to Texts
        The language of the file first.
    """

    file: xlsxwriter.Workbook
    con: duckdb.DuckDBPyConnection
    tables: Path
    sheets: Path
    languages: Mapping[str, Texts]
    config: Config
    as_of: dt.date
    run: str
    styles: Styles = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "styles", Styles(self.file))

    @property
    def texts(self) -> Texts:
        """The words of the file's own language."""
        return next(iter(self.languages.values()))

    def find(self, name: str) -> Path | None:
        """Find a table: one of the report, or one left for this file; None where there is none."""
        places = (self.tables / f"{name}.parquet", self.sheets / f"{name}.parquet")
        return next((path for path in places if path.is_file()), None)

    def ask(self, query: str, path: Path) -> pa.RecordBatchReader:
        """Ask one table: a batch of rows at a time. In the query ``{}`` is the table, ``{numbered}`` the same with a column file_row_number."""
        asked = query.replace("{}", "read_parquet(?)").replace("{numbered}", "read_parquet(?, file_row_number = true)")
        return self.con.execute(asked, [_literal(path)] * asked.count("read_parquet(?")).to_arrow_reader(BATCH)

    def read(self, name: str) -> pa.Table | None:
        """Read a small table whole; None where there is none."""
        return self.ask("select * from {}", path).read_all() if (path := self.find(name)) else None

    def schema(self, path: Path) -> pa.Schema:
        """Tell the columns of a table and their types."""
        return self.ask("select * from {} limit 0", path).schema

    def add(self, name: str) -> Worksheet:
        """Add a sheet under its name in the language of the file."""
        return self.file.add_worksheet(self.title(name))

    def title(self, name: str, lang: str = "") -> str:
        """Name a sheet."""
        return (self.languages[lang] if lang else self.texts).say(f"sheet-{name}")


def begin_sheet(book: Book, name: str, columns: Sequence[Column], *, frozen: int = 1, widths: Mapping[str, float] | None = None) -> Worksheet:
    """Add a sheet with its headings, frozen; `widths` of what stands in the columns, in characters."""
    sheet = book.add(name)
    sheet.freeze_panes(1, frozen)
    lines = 1
    for at, column in enumerate(columns):
        title = clean(column.titles[book.texts.lang])
        word = max(measure(word) for word in title.split() or [""]) if book.texts.lang == "en" else 0
        width = max(_WIDTHS[column.kind], (widths or {}).get(column.name, 0) + 2.5, min(_WIDEST, 1.15 * word + 4))
        lines = max(lines, count_lines(title, width - 4))
        sheet.set_column(at, at, width, book.styles.get(column.kind))
    sheet.set_row(0, height(min(lines, 4)))
    for at, column in enumerate(columns):
        put(sheet, 0, at, clean(column.titles[book.texts.lang]), book.styles.head("fill" if column.editable else column.group, column.kind))
    return sheet


def end_sheet(sheet: Worksheet, columns: int, rows: int) -> None:
    """Put the filter over a sheet, and say how it is printed: on as few pages side by side as can be read."""
    sheet.autofilter(0, 0, max(rows, 1), columns - 1)
    sheet.repeat_rows(0)
    print_well(sheet, fit=columns <= _PRINTED)
    if columns > _PRINTED:
        sheet.repeat_columns(0)
        sheet.set_print_scale(70)
        sheet.print_across()


def print_well(sheet: Worksheet, *, fit: bool = True, high: int = 0) -> None:
    """Say how a sheet is printed: across A4, with the number of the page; on as many pages as it takes, or `high`."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")
    if fit:
        sheet.fit_to_pages(1, high)


def fill_sheet(
    sheet: Worksheet,
    book: Book,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    style: Callable[[int, Column], Format | None] | None = None,
    wrapped: Mapping[str, float] | None = None,
) -> int:
    """Write the rows of a small table below its headings, each cell as its column is or as `style` (row, column) says; give their number.

    Columns that are `wrapped` at a width make their rows as high as needed: LibreOffice does not do so by itself.
    """
    number = 0
    for number, row in enumerate(rows, start=1):
        lines = [count_lines(str(value or ""), wrapped[column.name]) for column, value in zip(columns, row, strict=True) if wrapped and column.name in wrapped]
        if max(lines, default=1) > 1:
            sheet.set_row(number, height(max(lines)))
        for at, (column, value) in enumerate(zip(columns, row, strict=True)):
            put(sheet, number, at, value, (style(number, column) if style else None) or book.styles.get(column.kind))
    end_sheet(sheet, len(columns), number)
    return number


def count_lines(text: str, width: float) -> int:
    """Count the lines that a text takes in a column of a width, in characters."""
    return sum(max(1, math.ceil(measure(line) / width)) for line in text.split("\n"))


def height(lines: int) -> float:
    """Give the height of a row of so many lines, in points."""
    return 15.0 * lines + 2 if lines > 1 else 15.0


def measure(text: str) -> int:
    """Count the columns that a text takes: a Chinese character has two."""
    return sum(2 if character > "\u2e80" else 1 for character in text)


def widen(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> dict[str, float]:
    """Measure what stands in the columns of text of a small table."""
    return {
        column.name: min(_WIDEST, max((measure(value) for row in rows if isinstance(value := row[at], str)), default=0))
        for at, column in enumerate(columns)
        if column.kind in ("text", "truth")
    }


def _literal(path: Path) -> str:
    """Name one file to DuckDB, which would take a bracket or a star in a name for a pattern."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in str(path))
