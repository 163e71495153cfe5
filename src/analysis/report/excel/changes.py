"""The sheet of changes: who is called something else than in the last report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.report.excel.book import Book, begin_sheet, fill_sheet, widen
from analysis.report.excel.cells import Cell, as_cell
from analysis.report.excel.columns import Column, describe
from analysis.report.excel.labels import say_column, say_key, say_truth

_COLUMNS = {"customer_id": "text", "column": "text", "before": "text", "after": "text", "monetary": "money"}


@dataclass(frozen=True)
class Told:
    """The changes that are listed, how many there are in all, and since when; None where there is no report to compare with."""

    rows: tuple[dict, ...]
    in_all: int = 0
    since: date | None = None


def read_changes(book: Book) -> Told:
    """Read what the run left."""
    table = book.read("changes")
    rows = table.to_pylist() if table else []
    return Told(tuple(rows), rows[0]["in_all"], rows[0]["since"]) if rows else Told(())


def list_columns(book: Book) -> list[Column]:
    """Describe the columns."""
    return [describe(name, kind, "changes", book.languages) for name, kind in _COLUMNS.items()]  # type: ignore[arg-type]


def write_changes(book: Book, columns: Sequence[Column], told: Told) -> None:
    """Write the sheet; where nothing is to be told, it says so."""
    path = book.find("customers")
    truths = {field.name for field in book.schema(path) if str(field.type) == "bool"} if path else set()

    def say(name: str, row: dict) -> Cell:
        value = row[name]
        if name == "column":
            return as_cell(say_column(value, book.texts))
        if name not in ("before", "after"):
            return as_cell(value)
        if name == "before" and value == "none":
            return as_cell(book.texts.say("excel-newcomer"))
        if value is None:
            return as_cell(book.texts.value(row["column"], None))
        return as_cell(say_truth(value, book.texts) if row["column"] in truths else say_key(row["column"], value, book.texts))

    rows: list[list[Cell]] = [[say(column.name, row) for column in columns] for row in told.rows]
    sheet = begin_sheet(book, "changes", columns, widths=widen(columns, rows))
    if not rows:
        rows = [[book.texts.say("excel-no-changes")]]
    fill_sheet(sheet, book, columns[: len(rows[0])], rows)
