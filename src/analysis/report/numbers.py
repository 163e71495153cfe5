"""The numbers behind a picture: a table to unfold, and the same as a file that the page carries in itself."""

import csv
import html
import io
import math
from urllib.parse import quote

from analysis.formulas import defuse
from analysis.report.markup import frame_tables
from analysis.texts import Texts

_SHARES = ("share", "_pct", "retention", "return_90d")  # how such a column ends
_MOST = 100  # rows of the table; the file has them all


def show_numbers(name: str, numbers: str, texts: Texts) -> str:
    """Write what unfolds below a picture.

    Parameters
    ----------
    name : str
        The picture's name, which becomes the name of the file.
    numbers : str
        The numbers drawn, as CSV with a header of column names.
    texts : Texts
    """
    header, *rows = list(csv.reader(io.StringIO(numbers)))
    if not rows:
        return ""
    names = [texts.column(column) for column in header]
    numeric = [all(_is_number(row[place]) for row in rows) for place in range(len(header))]
    head = "".join(_cell("th", ' scope="col"', number, title) for number, title in zip(numeric, names, strict=True))
    shown = [[_show(cell, column, number, texts) for cell, column, number in zip(row, header, numeric, strict=True)] for row in rows]
    body = "".join(
        "<tr>"
        + "".join(
            _cell("th" if place == 0 else "td", ' scope="row"' if place == 0 else "", number, cell)
            for place, (cell, number) in enumerate(zip(row, numeric, strict=True))
        )
        + "</tr>"
        for row in shown[:_MOST]
    )
    rest = f'<p class="note">{html.escape(texts.say("press-numbers-more", rows=texts.number(len(rows)), shown=texts.number(_MOST)))}</p>'
    table = frame_tables(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>", label=texts.say("press-numbers"), stacked=False)
    return (
        f'<details class="numbers"><summary>{html.escape(texts.say("press-numbers"))}</summary>{table}{rest if len(rows) > _MOST else ""}'
        f'<p class="file"><a download="{html.escape(name)}.csv" href="{_write_file(names, rows, header, texts)}">{html.escape(texts.say("press-numbers-file"))}</a></p></details>'
    )


def _cell(tag: str, scope: str, number: bool, text: str) -> str:
    kind = ' class="number"' if number else ""
    return f"<{tag}{scope}{kind}>{html.escape(text)}</{tag}>"


def _show(cell: str, column: str, number: bool, texts: Texts) -> str:
    """Write a number the way the language does, and a key as its word."""
    if not number:
        return texts.value(column, cell) if cell else texts.say("no-value")
    if not cell:
        return texts.say("withheld")
    value = float(cell)
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if column.endswith(_SHARES):
        return texts.percent(value)
    return texts.number(value, 0 if value == int(value) else 4 if abs(value) < 1 else 2)


def _is_number(cell: str) -> bool:
    """Tell a number; one that is not told counts as one."""
    try:
        float(cell or 0)
    except ValueError:
        return False
    return True


def _write_file(names: list[str], rows: list[list[str]], header: list[str], texts: Texts) -> str:
    """Write the numbers as CSV that spreadsheets open as it is, inside an address that leads nowhere."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([defuse(name) for name in names])
    writer.writerows([[cell if _is_number(cell) else defuse(texts.value(column, cell)) for cell, column in zip(row, header, strict=True)] for row in rows])
    return f"data:text/csv;charset=utf-8,%EF%BB%BF{quote(buffer.getvalue(), safe='')}"
