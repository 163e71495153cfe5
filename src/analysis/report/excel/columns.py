"""The columns of the sheets: what they are called and what they mean in both languages, their unit, where they come from, what may be written in them."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pyarrow as pa

from analysis.report.excel.cells import Cell, as_cell
from analysis.report.excel.labels import say_column
from analysis.texts import Texts

Kind = Literal["money", "share", "whole", "point", "real", "tenth", "date", "text", "truth"]
_MONEY = re.compile(r"monetary(_before)?|mean_order_value|m_value|margin|clv_\d+d|median_monetary|value")
_SHARE = re.compile(r".*_(pct|share)|share|p_alive|p_order_\d+d|price_level|csat|repurchase|satisfaction")
_DAYS = re.compile(r".*_days|r_value|valid_days")
_ORDERS = re.compile(r"frequency|f_value|expected_orders_\d+d|median_frequency")
_POINTS = re.compile(r"[rfm]_score|cluster|cut")
_TENTHS = re.compile(r"median_recency_days|median_frequency|loyalty_index|nps|ces")
_PEOPLE = re.compile(r"customers(_before)?")


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Parameters
    ----------
    name : str
        As in the tables.
    kind : str
        How its values are written.
    titles, meanings : mapping of str to str
        By language.
    unit, source : str
        Keys of messages; "" where there is no unit.
    group : str
        A key of `cells.GROUPS`: the colour of its heading.
    editable : bool
        People may write in it; `workbook import` reads it.
    choices : tuple of str
        What may be written, in the language of the file; empty: anything.
    say : callable, optional
        Turns a value of the table into what the cell shows; by default keys stay keys.
    """

    name: str
    kind: Kind
    titles: Mapping[str, str]
    meanings: Mapping[str, str]
    unit: str = ""
    source: str = "report"
    group: str = "who"
    editable: bool = False
    choices: tuple[str, ...] = ()
    say: Callable[[str], str] | None = None

    def cells(self, values: Sequence[object]) -> list[Cell]:
        """Turn values into what cells hold; each word is looked up once."""
        if self.say is None:
            return [as_cell(value) for value in values]
        said = {value: as_cell(self.say(str(value))) for value in set(values) if value is not None}
        return [said.get(value) for value in values]


def describe(name: str, kind: Kind, sheet: str, languages: Mapping[str, Texts], **more: object) -> Column:
    """Make a column of a sheet with its title and meaning in every language.

    Parameters
    ----------
    name : str
    kind : str
    sheet : str
        The message ``excel-SHEET-NAME`` is the title where there is one, else what the column is called everywhere; ``dictionary-SHEET-NAME`` says what it means,
        without one it is an attribute of the data.
    languages : mapping of str to Texts
    **more
        Further fields of `Column`; `means` names another message.
    """
    heading = {("segments", "action"): "todo"}.get((sheet, name), name)
    wanted = more.pop("means", f"dictionary-{sheet}-{name}".replace("_", "-"))
    own = f"excel-{sheet}-{name}".replace("_", "-")
    titles = {lang: texts.say(own) if texts.has(own) else say_column(heading, texts) for lang, texts in languages.items()}
    meanings = {lang: texts.say(str(wanted) if texts.has(str(wanted)) else "dictionary-attribute") for lang, texts in languages.items()}
    return Column(name, kind, titles, meanings, find_unit(name, kind), **more)  # type: ignore[arg-type]


def tell_apart(columns: Sequence[Column], languages: Mapping[str, Texts]) -> list[Column]:
    """Give every column of a sheet a title of its own, in every language: a tag says that it is one, and what is left has its name behind it."""
    tagged = _retitle(columns, lambda column, lang, title: languages[lang].say("excel-tag", tag=title) if column.name.startswith("tag_") else title)
    return _retitle(tagged, lambda column, _lang, title: f"{title} ({column.name})")


def _retitle(columns: Sequence[Column], change: Callable[[Column, str, str], str]) -> list[Column]:
    """Change titles that several columns share."""
    seen = Counter((lang, title.casefold()) for column in columns for lang, title in column.titles.items())
    return [
        replace(column, titles={lang: title if seen[lang, title.casefold()] == 1 else change(column, lang, title) for lang, title in column.titles.items()})
        for column in columns
    ]


def find_kind(name: str, type_: pa.DataType) -> Kind:
    """Tell from name and type how a value is written."""
    if pa.types.is_boolean(type_):
        return "truth"
    if pa.types.is_date(type_):
        return "date"
    if pa.types.is_integer(type_):
        return "point" if _POINTS.fullmatch(name) else "whole"
    if pa.types.is_floating(type_) or pa.types.is_decimal(type_):
        return "money" if _MONEY.fullmatch(name) else "share" if _SHARE.fullmatch(name) else "tenth" if _TENTHS.fullmatch(name) else "real"
    return "text"


def find_unit(name: str, kind: str) -> str:
    """Tell the unit: the key of a message ``excel-unit-KEY``, or nothing."""
    if kind in ("money", "share", "date", "truth"):
        return kind
    for unit, pattern in (("days", _DAYS), ("orders", _ORDERS), ("customers", _PEOPLE), ("points", re.compile(r"[rfm]_score"))):
        if pattern.fullmatch(name):
            return unit
    return {"whole": "count", "real": "number", "tenth": "number"}.get(kind, "")
