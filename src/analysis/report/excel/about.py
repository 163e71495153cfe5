"""The first sheet: what the file is, what is in it, how to write in it, where the rest is; in both languages."""

from collections.abc import Sequence

from analysis.palette import GREY, LIGHT
from analysis.report.excel.book import Book, count_lines, height, print_well
from analysis.report.excel.cells import GROUPS, HAND, clean, put
from analysis.report.excel.changes import Told
from analysis.report.excel.customers import Listed
from analysis.texts import Texts

_WIDTH = 78


def write_about(book: Book, listed: Listed, told: Told, sheets: Sequence[str]) -> None:
    """Write the sheet: a column a language, the file's own first; at the end pairs that programs read, in the columns A and B."""
    sheet = book.add("about")
    sheet.hide_gridlines(2)
    others = list(book.languages.values())
    sheet.set_column(0, len(others) - 1, _WIDTH, book.styles.get(text_wrap=True))
    title, part, plain = (
        book.styles.get(bold=True, font_size=15, text_wrap=True),
        book.styles.get(bold=True, top=1, top_color=LIGHT, font_size=12),
        book.styles.get(text_wrap=True),
    )
    columns = [list(_lines(book, texts, listed, told, sheets)) for texts in others]
    row = 0
    for row, lines in enumerate(zip(*columns, strict=True)):
        kind = lines[0][0]
        sheet.set_row(row, height(max(count_lines(text, _WIDTH - 3) for _kind, text in lines)) + {"title": 8, "part": 8}.get(kind, 2))
        for at, (_kind, text) in enumerate(lines):
            style = title if kind == "title" else part if kind == "part" else book.styles.get(text_wrap=True, bg_color=kind, indent=1) if kind else plain
            put(sheet, row, at, clean(text) or None, style)
    row += 2
    grey = book.styles.get(font_color=GREY)
    for key, value in {"run": book.run, "as_of": book.as_of.isoformat(), "language": book.texts.lang, "name": book.config.name}.items():
        put(sheet, row, 0, key, grey)
        put(sheet, row, 1, clean(value), grey)
        row += 1
    print_well(sheet, high=1)


def _lines(book: Book, texts: Texts, listed: Listed, told: Told, sheets: Sequence[str]) -> list[tuple[str, str]]:
    """List what is said in one language: (kind, text); the kind is title, part, the colour of a patch, or nothing."""
    shown, total = texts.number(listed.shown), texts.number(listed.total)
    compared = (
        texts.say("excel-changed", n=told.in_all, changes=texts.number(told.in_all), shown=texts.number(len(told.rows)), date=texts.date(told.since))
        if told.since
        else texts.say("excel-no-changes")
    )
    return [
        ("title", texts.say("about-title", name=book.config.name, date=texts.date(book.as_of))),
        ("", texts.say("about-internal")),
        ("", texts.say("about-all", total=total) if listed.shown == listed.total else texts.say("about-cut", shown=shown, total=total)),
        ("", texts.say("excel-rest")),
        ("", texts.say("about-money", currency=book.config.currency) if book.config.currency else texts.say("about-money-plain")),
        ("", texts.say("about-days", zone=book.config.time_zone)),
        ("part", texts.say("excel-part-sheets")),
        *(("", texts.say("excel-sheet", name=book.title(name, texts.lang), about=texts.say(f"excel-sheet-{name}"))) for name in sheets),
        ("", compared),
        ("part", texts.say("excel-part-edit")),
        *(("", texts.say(f"excel-edit-{step}")) for step in ("columns", "reason", "import", "mark")),
        ("part", texts.say("excel-part-colours")),
        *((shade, texts.say(f"excel-group-{group}")) for group, shade in GROUPS.items()),
        (HAND, texts.say("excel-by-hand")),
    ]
