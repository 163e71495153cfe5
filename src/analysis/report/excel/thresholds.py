"""The sheet of thresholds: the cut points of the scores and of the value tiers."""

from collections.abc import Sequence

from xlsxwriter.format import Format

from analysis.report.excel.book import Book, begin_sheet, fill_sheet, widen
from analysis.report.excel.cells import as_cell
from analysis.report.excel.columns import Column, describe, find_kind, tell_apart
from analysis.report.excel.labels import say_key
from analysis.schemas import SCHEMAS

_WHOLE = ("r", "f")  # days and orders; anything else is money


def list_columns(book: Book) -> list[Column]:
    """Describe the columns: those of the contract; what else the table has is for programs."""
    path = book.find("thresholds")
    schema = [field for field in book.schema(path) if field.name in SCHEMAS["thresholds"].columns] if path else []
    return tell_apart(
        [describe(field.name, find_kind(field.name, field.type), "thresholds", book.languages, source="scoring") for field in schema], book.languages
    )


def write_thresholds(book: Book, columns: Sequence[Column]) -> None:
    """Write the sheet: days and orders as whole numbers, money as money."""
    path = book.find("thresholds")
    found = book.ask("select * from {} order by measure, cut", path).read_all().to_pylist() if path else []
    rows = [
        [as_cell(say_key(column.name, row[column.name], book.texts) if column.name == "measure" else row[column.name]) for column in columns] for row in found
    ]

    def style(number: int, column: Column) -> Format | None:
        is_whole = column.name == "value" and found[number - 1]["measure"][:1] in _WHOLE and found[number - 1]["value"] % 1 == 0
        return book.styles.get("whole") if is_whole else None

    fill_sheet(begin_sheet(book, "thresholds", columns, widths=widen(columns, rows)), book, columns, rows, style=style)
