"""The Excel file: the classification table with its groups, cut points and a dictionary, for people who filter and sort."""

import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.columns import CONTACT_COLUMNS
from analysis.config import Config
from analysis.recipes.wording import open_texts
from analysis.schemas import SCHEMAS
from analysis.texts import Texts

_MOST_CUSTOMERS = 100_000
_LONGEST = 32_767  # characters a cell can hold
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_FORMATS = {"money": "#,##0.00", "share": "0.0%", "whole": "#,##0", "real": "0.00", "date": "yyyy-mm-dd", "text": "@"}
_MONEY = ("monetary", "mean_order_value", "m_value", "clv_365d", "median_monetary", "value")
_SHARES = ("customers_pct", "monetary_pct", "p_alive")
_LABELLED = {  # column -> the kind of its keys in the catalogue
    "segment": "segment", "class8": "class8", "value_tier": "value-tier", "lifecycle_stage": "stage", "cluster_name": "cluster", "scheme": "scheme",
    "action": "action", "measure": "cut",
}  # fmt: skip


@dataclass(frozen=True)
class _Column:
    name: str
    kind: str
    title: str
    meaning: str


def write_workbook(config: Config, as_of: dt.date, tables: Path, target: Path, *, lang: str, run: str) -> None:
    """Write `customers.xlsx`: equal tables give equal bytes.

    Parameters
    ----------
    config : Config
    as_of : date
    tables : Path
        Folder with customers.parquet, segments.parquet and thresholds.parquet.
    target : Path
    lang : {"en", "zh"}
        Language of titles and labels.
    run : str
        The id that ties the file to its report.

    Notes
    -----
    Customers are streamed; more than 100,000 are cut to those with the highest revenue. Columns with contact data are left out.
    """
    texts = open_texts(config, lang)
    con = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    try:
        book.set_properties({"title": config.name, "created": dt.datetime.combine(as_of, dt.time())})
        formats = {kind: book.add_format({"num_format": pattern, "valign": "top"}) for kind, pattern in _FORMATS.items()}
        head = book.add_format({"bold": True, "bg_color": "#E8F1F5", "bottom": 1, "text_wrap": True, "valign": "top"})
        total = con.execute("select count(*) from read_parquet(?)", [str(tables / "customers.parquet")]).fetchall()[0][0]
        _write_about(book.add_worksheet(texts.say("sheet-about")), book, texts, config, as_of, run, total)
        orders = {
            "customers": f"monetary desc nulls last, customer_id limit {_MOST_CUSTOMERS}",
            "segments": "scheme, monetary desc, segment",
            "thresholds": "measure, cut",
        }
        dictionary = []
        for table, order in orders.items():
            path = str(tables / f"{table}.parquet")
            columns = _columns(con, path, table, texts)
            rows = _read(con, path, [column.name for column in columns], order)
            sheet = book.add_worksheet(texts.say(f"sheet-{table}"))
            _write_table(sheet, columns, rows, formats, head, texts)
            dictionary += [(texts.say(f"sheet-{table}"), column.title, column.name, column.meaning) for column in columns]
        _write_dictionary(book.add_worksheet(texts.say("sheet-dictionary")), book, texts, dictionary, head)
    finally:
        con.close()
        book.close()


def _columns(con: duckdb.DuckDBPyConnection, path: str, table: str, texts: Texts) -> list[_Column]:
    found = con.execute("describe select * from read_parquet(?)", [path]).fetchall()
    columns = []
    for name, type_, *_ in found:
        if name in CONTACT_COLUMNS:
            continue
        ours = name in SCHEMAS[table].columns
        heading = "column-todo" if (table, name) == ("segments", "action") else f"column-{name}".replace("_", "-")
        meaning = texts.say(f"dictionary-{table}-{name}".replace("_", "-")) if ours else texts.say("dictionary-attribute")
        columns.append(_Column(name, _kind(name, type_), texts.say(heading) if ours and texts.has(heading) else name, meaning))
    titles = [column.title for column in columns]
    return [
        column if titles.count(column.title) == 1 else _Column(column.name, column.kind, f"{column.title} ({column.name})", column.meaning)
        for column in columns
    ]


def _kind(name: str, type_: str) -> str:
    if type_ == "DATE":
        return "date"
    if name in _MONEY:
        return "money"
    if name in _SHARES:
        return "share"
    if type_.endswith("INT") or type_ == "INTEGER":
        return "whole"
    return "real" if type_ in ("DOUBLE", "FLOAT") or type_.startswith("DECIMAL") else "text"


def _read(con: duckdb.DuckDBPyConnection, path: str, names: list[str], order: str) -> Iterator[tuple]:
    """Stream rows, a batch at a time."""
    wanted = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
    cursor = con.execute(f"select {wanted} from read_parquet(?) order by {order}", [path])
    while rows := cursor.fetchmany(10_000):
        yield from rows


def _write_table(sheet: Worksheet, columns: list[_Column], rows: Iterator[tuple], formats: dict[str, Format], head: Format, texts: Texts) -> None:
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _width(column, texts.lang), formats[column.kind])
        sheet.write_string(0, at, _clean(column.title), head)
    grouped = columns[0].name == "scheme"
    labels: dict[tuple, str] = {}  # every key is looked up once, not once per customer
    last = 0
    for last, row in enumerate(rows, start=1):
        for at, (column, value) in enumerate(zip(columns, row, strict=True)):
            if isinstance(value, str):
                key = (column.name, row[0] if grouped else "", value)
                if column.name not in _LABELLED:
                    text = _clean(value)
                elif (text := labels.get(key, "")) == "":
                    text = labels[key] = _clean(_label(*key, texts))
                sheet.write_string(last, at, text, formats[column.kind])
            elif value is not None:
                _write_cell(sheet, last, at, value, formats[column.kind])
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write_cell(sheet: Worksheet, row: int, at: int, value: object, style: Format) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, at, value, style)
    elif isinstance(value, int | Decimal) or (isinstance(value, float) and math.isfinite(value)):
        sheet.write_number(row, at, float(value), style)
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value.year >= 1900:
        sheet.write_datetime(row, at, dt.datetime.combine(value, dt.time()), style)
    elif not isinstance(value, float):
        sheet.write_string(row, at, _clean(str(value)), style)


def _label(name: str, scheme: str, value: str, texts: Texts) -> str:
    """Say a key as people say it; what the catalogue does not know stays as it is."""
    if name == "cluster_name":
        return texts.cluster(value)
    kind = _LABELLED[name]
    if name == "segment" and scheme:
        kind = _LABELLED.get(scheme, kind)
    key = f"{kind}-{value}".replace("_", "-")
    return texts.say(key) if re.fullmatch(r"[a-z0-9-]+", key) and texts.has(key) else value


def _write_about(sheet: Worksheet, book: xlsxwriter.Workbook, texts: Texts, config: Config, as_of: dt.date, run: str, total: int) -> None:
    wrap, title = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True, "font_size": 15})
    shown = min(total, _MOST_CUSTOMERS)
    lines = [
        texts.say("about-all", total=texts.number(total)) if shown == total else texts.say("about-cut", shown=texts.number(shown), total=texts.number(total)),
        texts.say("about-contents"),
        texts.say("about-money", currency=config.currency) if config.currency else texts.say("about-money-plain"),
        texts.say("about-days", zone=config.time_zone),
        texts.say("about-internal"),
        texts.say("about-run", run=run),
    ]
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 100, wrap)
    sheet.write_string(0, 0, _clean(texts.say("about-title", name=config.name, date=texts.date(as_of))), title)
    for row, line in enumerate(lines, start=2):
        sheet.write_string(row, 0, _clean(line), wrap)


def _write_dictionary(sheet: Worksheet, book: xlsxwriter.Workbook, texts: Texts, lines: list[tuple[str, str, str, str]], head: Format) -> None:
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for at, (part, width) in enumerate((("sheet", 14), ("label", 30), ("name", 24), ("meaning", 90))):
        sheet.set_column(at, at, width, wrap)
        sheet.write_string(0, at, texts.say(f"dictionary-heading-{part}"), head)
    for row, line in enumerate(lines, start=1):
        for at, text in enumerate(line):
            sheet.write_string(row, at, _clean(text), wrap)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(lines), 3)


def _width(column: _Column, lang: str) -> float:
    least = {"money": 13, "share": 9, "whole": 9, "real": 9, "date": 12, "text": 18}[column.kind]
    if column.name == "action":
        return 80
    return min(30, max(least, len(column.title) * (2.1 if lang == "zh" else 1.1) / (1 if column.kind == "text" else 1.5)))


def _clean(text: str) -> str:
    """Replace what no cell can hold, and cut what is too long, visibly."""
    if not text.isprintable():
        text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
