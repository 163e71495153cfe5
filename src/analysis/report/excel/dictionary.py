"""The sheet that explains every column of every other, in both languages, and by which `workbook import` finds the columns again."""

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from analysis.report.excel.book import Book, begin_sheet, count_lines, height, print_well
from analysis.report.excel.cells import clean, put
from analysis.report.excel.columns import Column, describe
from analysis.report.excel.customers import needs_range

# read back by position: add at the end, keep the order
COLUMNS = ("sheet", "column", "name", "en", "zh", "meaning_en", "meaning_zh", "unit", "source", "editable")
_WIDTHS = {"sheet": 12, "column": 24, "name": 24, "en": 24, "zh": 20, "meaning_en": 42, "meaning_zh": 42, "unit": 14, "source": 20, "editable": 9}


def place_lists(book: Book, sheets: Mapping[str, Sequence[Column]]) -> dict[str, str]:
    """Say where the words stand that may be written in a column of customers: column -> formula."""
    places = {}
    row = 0
    for name, columns in sheets.items():
        for column in columns:
            row += 1
            if name == "customers" and column.choices and needs_range(column):
                ends = [xl_rowcol_to_cell(row, len(COLUMNS) + at, row_abs=True, col_abs=True) for at in (0, len(column.choices) - 1)]
                places[column.name] = f"='{book.title('dictionary').replace(chr(39), chr(39) * 2)}'!{ends[0]}:{ends[1]}"
    return places


def write_dictionary(book: Book, sheets: Mapping[str, Sequence[Column]]) -> None:
    """Write the sheet: the ten columns of `COLUMNS`, and behind them the words that may be written."""
    heads = [describe(name, "text", "dictionary", book.languages) for name in (*COLUMNS, "allowed")]
    sheet = begin_sheet(book, "dictionary", heads, frozen=3, widths={name: width - 2.5 for name, width in _WIDTHS.items()} | {"allowed": 14})
    wrap, hand = book.styles.get(text_wrap=True), book.styles.get(text_wrap=True, bg_color="#FFF2B3")
    texts, row = book.texts, 0
    for name, columns in sheets.items():
        for column in columns:
            row += 1
            unit = texts.say(f"excel-unit-{column.unit}", currency=book.config.currency or texts.say("excel-currency")) if column.unit else ""
            cells = [
                book.title(name), column.titles[texts.lang], column.name, column.titles["en"], column.titles["zh"], column.meanings["en"], column.meanings["zh"],
                unit, texts.say(f"excel-source-{column.source}"), texts.say("value-yes" if column.editable else "value-no"), *column.choices,
            ]  # fmt: skip
            wrapped = zip(cells, (_WIDTHS[part] - 2 for part in COLUMNS), strict=False)
            sheet.set_row(row, height(max(count_lines(text, width) for text, width in wrapped)))
            for at, text in enumerate(cells):
                put(sheet, row, at, clean(text) or None, hand if column.editable and at == COLUMNS.index("editable") else wrap)
    sheet.autofilter(0, 0, max(row, 1), len(COLUMNS) - 1)
    sheet.repeat_rows(0)
    print_well(sheet)
