"""The sheet of tags: the catalogue, and how many customers have each."""

from collections.abc import Sequence

import pyarrow as pa

from analysis.report.excel.book import Book, begin_sheet, fill_sheet, widen
from analysis.report.excel.cells import Cell, as_cell
from analysis.report.excel.columns import Column, describe, find_kind, tell_apart
from analysis.report.excel.labels import say_column

# as the catalogue of tags has them; what a run does not tell of its tags is left out
_COLUMNS = (
    "tag", "value", "category", "type", "customers", "share", "monetary", "monetary_share", "about", "rule", "owner", "valid_days", "valid_until",
)  # fmt: skip
_KEYS = ("category", "type")
_LONG = ("rule", "about")


def read_tags(book: Book) -> pa.Table:
    """Read the catalogue with its coverage as the run left it; else count the table of tags."""
    found = book.read("tag_coverage")
    if found is not None and len(found):
        about = [book.texts.say(key) if book.texts.has(key := _about(tag)) else None for tag in found["tag"].to_pylist()]
        return found.append_column("about", pa.array(about, pa.string()))
    path = book.find("tags")
    count = "select tag, count(distinct customer_id) as customers from {} group by tag order by customers desc, tag"
    return book.ask(count, path).read_all() if path else pa.table({"tag": pa.array([], pa.string())})


def list_columns(book: Book, tags: pa.Table) -> list[Column]:
    """Describe the columns that there is something in."""
    there = [name for name in _COLUMNS if name in tags.column_names and (name == "tag" or tags[name].null_count < len(tags))]
    return tell_apart([describe(name, find_kind(name, tags.schema.field(name).type), "tags", book.languages, source="rules") for name in there], book.languages)


def write_tags(book: Book, columns: Sequence[Column], tags: pa.Table) -> None:
    """Write the sheet; without tags it says so."""
    rows: list[list[Cell]] = [[_say(column.name, row, book) for column in columns] for row in tags.to_pylist()]
    wide = widen(columns, rows)
    sheet = begin_sheet(book, "tags", columns, widths=wide | dict.fromkeys(_LONG, 48.0))
    if not rows:
        rows = [[book.texts.say("excel-no-tags")]]
    long = book.styles.get(text_wrap=True)
    fill_sheet(
        sheet, book, columns[: len(rows[0])], rows, style=lambda _number, column: long if column.name in _LONG else None, wrapped=dict.fromkeys(_LONG, 48.0)
    )


def _about(tag: str) -> str:
    return f"tag-about-{tag}".replace("_", "-")


def _say(name: str, row: dict, book: Book) -> Cell:
    """Say a cell; of the rows of a tag's values only the counts."""
    value = row[name]
    if value is None or (row.get("value") is not None and name in ("about", "rule", "owner", "valid_days", "valid_until")):
        return None
    if name in ("tag", "value"):
        return as_cell(say_column(f"tag_{value}", book.texts) if name == "tag" else book.texts.value(f"tag_{row['tag']}", value))
    key = f"tag-{name}-{value}".replace("_", "-")
    return as_cell(book.texts.say(key) if name in _KEYS and book.texts.has(key) else value)
