"""The sheet of customers: who they are, what they are called, what they did and are worth, their tags, and what people may write."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.columns import CLASS8, CONTACT_COLUMNS, STAGES, TIERS
from analysis.palette import GREY, colour
from analysis.report.excel.book import Book, begin_sheet, end_sheet, measure
from analysis.report.excel.cells import HAND, Cell, as_cell, put, tint
from analysis.report.excel.columns import Column, describe, find_kind, tell_apart
from analysis.report.excel.labels import say_key, say_truth, uncomputed
from analysis.schemas import SCHEMAS

MOST = 100_000
_PLACES = {  # what is known of these columns is where they stand; classes and tags are found, what is left is an attribute of the customer
    "class": "segment class8 value_tier cluster cluster_name lifecycle_stage",
    "score": "r_score f_score m_score rfm_score r_value f_value m_value",
    "behaviour": "first_order_date last_order_date recency_days frequency tenure_days overdue_index categories products favourite_category favourite_category_share "
    "main_channel channels channel_share price_level discount_share repurchase recommendation satisfaction loyalty_index nps csat ces browses clicks inquiries contacts "
    "last_contact_date",
    "value": "monetary mean_order_value margin revenue_place margin_place p_alive expected_orders_90d clv_365d",
    "fill": "owner notes",
}
_GROUP = {name: group for group, names in _PLACES.items() for name in names.split()}
_ORDER = {name: place for place, name in enumerate(name for names in _PLACES.values() for name in names.split())}
_AS_KEYS = ("segment", "class8", "value_tier", "cluster_name", "lifecycle_stage", "recommendation", "type", "market", "company_size", "gender", "age_band")
_MEASURED = ("r_value", "f_value", "m_value")  # folded away: the scores say it, and other columns too
TO_FILL = ("reason", "expires_on")  # of what is changed: people write them, nothing is read from the tables
_COLOURED = {"class8": ("class8", CLASS8), "value_tier": ("value_tier", TIERS), "lifecycle_stage": ("stage", STAGES)}
_INLINE = 255  # characters of a text or a list that stands in a rule itself


@dataclass(frozen=True)
class Listed:
    """The columns of the sheet, how wide what stands in them is, and how many customers there are, and are listed."""

    columns: tuple[Column, ...]
    widths: Mapping[str, float]
    total: int
    shown: int


def list_columns(book: Book) -> Listed:
    """Decide which columns the sheet has, and in which order: a column of nothing that is not part of the contract is left out, contact data always."""
    path = book.find("customers")
    assert path is not None  # noqa: S101 - the press has looked
    schema = book.schema(path)
    names = [name for name in schema.names if name not in CONTACT_COLUMNS]
    counted = ", ".join(f"count({_quote(name)}), {_span(name, schema)}" for name in names)
    total, *pairs = [column[0].as_py() for column in book.ask(f"select count(*), {counted} from {{}}", path).read_all().columns]
    filled = dict(zip(names, pairs[::2], strict=True))
    spans = {name: float(span or 0) for name, span in zip(names, pairs[1::2], strict=True)}
    editable = read_choices(book)
    there = [name for name in names if filled[name] or name in SCHEMAS["customers"].columns]
    there = [*dict.fromkeys([*there, "owner", "notes", *TO_FILL, *(["overridden"] if filled.get("overridden") else [])])]
    columns = [_describe(book, name, schema, editable) for name in there if name != "overridden" or filled["overridden"]]
    found = {column.name: at for at, column in enumerate(columns)}
    columns.sort(key=lambda column: _place(column, found))
    widths = {column.name: _width(column, spans.get(column.name, 0), book) for column in columns}
    return Listed(tuple(tell_apart(columns, book.languages)), widths, total, min(total, MOST))


def read_choices(book: Book) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Give the columns that people may change: column -> kind and keys in the order of display."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    table = book.read("choices")
    for row in table.to_pylist() if table else ():
        kind, keys = found.get(row["column"], (row["kind"], ()))
        found[row["column"]] = (kind, (*keys, row["key"]) if row["key"] else keys)
    return found


def _describe(book: Book, name: str, schema: pa.Schema, editable: Mapping[str, tuple[str, tuple[str, ...]]]) -> Column:
    kind = "date" if name == "expires_on" else find_kind(name, schema.field(name).type) if name in schema.names else "text"
    more: dict = {"group": _group(name, editable), "source": _source(name, editable)}
    of, keys = editable.get(uncomputed(name), ("", ()))
    if kind == "truth":
        more["say"] = lambda value: say_truth(value, book.texts)
        more["choices"] = (say_truth("true", book.texts), say_truth("false", book.texts))
    elif of in ("class", "level") or name in _AS_KEYS:
        more["say"] = lambda value: say_key(uncomputed(name), value, book.texts)
        more["choices"] = tuple(say_key(name, key, book.texts) for key in keys)
    if name != uncomputed(name):
        return describe(name, kind, "customers", book.languages, means="excel-means-computed", **more | {"choices": ()})
    more["editable"] = name in editable or name in (*TO_FILL, "owner", "notes")
    if name.startswith("tag_"):
        about = f"tag-about-{name.removeprefix('tag_')}".replace("_", "-")
        more["means"] = about if all(texts.has(about) for texts in book.languages.values()) else "excel-means-tag"
    elif of == "class" and not book.texts.has(f"dictionary-customers-{name}".replace("_", "-")):
        more["means"] = "excel-means-class"
    return describe(name, kind, "customers", book.languages, **more if more["editable"] else more | {"choices": ()})


def _group(name: str, editable: Mapping[str, object]) -> str:
    base = uncomputed(name)
    if base in _GROUP or base in TO_FILL:
        return _GROUP.get(base, "fill")
    return "tag" if base.startswith("tag_") else "value" if base.startswith("clv_") else "class" if base in editable else "who"


def _place(column: Column, found: Mapping[str, int]) -> tuple:
    """Order columns by group; attributes, own classes and tags among themselves as found, what is computed right after what is said in its place."""
    base = uncomputed(column.name)
    group = ("who", "class", "score", "behaviour", "value", "tag", "fill").index(column.group)
    known = len(_ORDER) if column.group in ("who", "tag") else _ORDER.get(base, len(_ORDER))
    return column.name == "overridden", column.name != "customer_id", group, known, found.get(base, found[column.name]), column.name != base


def _source(name: str, editable: Mapping[str, object]) -> str:
    base = uncomputed(name)
    if base in ("owner", "notes", "overridden", *TO_FILL):
        return "people"
    if base.startswith("tag_") or (base in editable and base not in _GROUP):
        return "rules"
    if base in ("nps", "csat", "ces", "satisfaction", "recommendation", "loyalty_index"):
        return "answers"
    if base in ("browses", "clicks", "inquiries", "contacts", "last_contact_date"):
        return "events"
    if base.startswith(("clv_", "p_", "expected_")):
        return "forecast"
    group = _GROUP.get(base, "who")
    return {"who": "data", "class": "scoring", "score": "scoring"}.get(group, "orders")


def write_customers(book: Book, listed: Listed, lists: Mapping[str, str]) -> None:
    """Write the sheet, a batch of rows at a time.

    Parameters
    ----------
    book : Book
    listed : Listed
    lists : mapping of str to str
        Column -> where the words stand that may be written in it, as ``='Dictionary'!$L$3:$P$3``: for lists that are too long for the rule itself.
    """
    columns = listed.columns
    sheet = begin_sheet(book, "customers", columns, widths=listed.widths)
    for at, column in enumerate(columns):
        if column.name in _MEASURED:
            sheet.set_column(at, at, 11, book.styles.get(column.kind), {"level": 1, "hidden": True})
    fills = _fills(book, columns)
    plain = [book.styles.get(column.kind) for column in columns]
    hand = [book.styles.get(column.kind, bg_color=HAND) for column in columns]
    places = {column.name: at for at, column in enumerate(columns)}
    row = 0
    for batch, changed in _read(book, listed):
        for cells, names in zip(zip(*batch, strict=True), changed, strict=True):
            row += 1
            by_hand = {places[name] for name in names if name in places} if names else ()
            for at, value in enumerate(cells):
                if at in by_hand:
                    put(sheet, row, at, value, hand[at]) if value is not None else sheet.write_blank(row, at, None, hand[at])
                elif value is not None:
                    put(sheet, row, at, value, fills[at].get(value, plain[at]) if at in fills else plain[at])
    if row:
        _validate(sheet, book, columns, row, lists)
        _colour(sheet, book, columns, row)
    end_sheet(sheet, len(columns), row)


def _read(book: Book, listed: Listed) -> Iterator[tuple[list[list[Cell]], list[list[str]]]]:
    """Give batches of cells, column by column, and the columns that were changed by hand in each row."""
    path = book.find("customers")
    assert path is not None  # noqa: S101
    there = book.schema(path)
    wanted = [column for column in listed.columns if column.name in there.names]
    asked = ", ".join(_ask(column.name, there) for column in wanted)
    order = "order by monetary desc nulls last, customer_id"
    best = (
        f"select file_row_number from {{numbered}} {order} limit {MOST}"  # found by two columns: the others are read for those only, in a third of the memory
    )
    for batch in book.ask(f"select {asked} from {{numbered}} where file_row_number in ({best}) {order}", path):
        values = dict(zip((column.name for column in wanted), (column.to_pylist() for column in batch.columns), strict=True))
        nothing: list[Cell] = [None] * batch.num_rows
        changed = [str(text).split(", ") if text else [] for text in values.get("overridden", nothing)]
        if "overridden" in values:
            names = {column.name: column.titles[book.texts.lang] for column in listed.columns}
            values["overridden"] = [book.texts.join(names.get(name, name) for name in each) or None for each in changed]
        yield [column.cells(values[column.name]) if column.name in values else nothing for column in listed.columns], changed


def _ask(name: str, schema: pa.Schema) -> str:
    kind = schema.field(name).type
    return f"cast({_quote(name)} as double)" if pa.types.is_decimal(kind) else _quote(name)


def _fills(book: Book, columns: Sequence[Column]) -> dict[int, dict[Cell, Format]]:
    """Give the look of what stands in a cell by its words: segments in their colours, a no in grey."""
    at = next(at for at, column in enumerate(columns) if column.name == "segment")
    path = book.find("customers")
    assert path is not None  # noqa: S101
    keys = book.ask("select distinct segment from {} where segment is not null order by 1", path).read_all().to_pydict()["segment"]
    quiet: dict[Cell, Format] = {say_truth("false", book.texts): book.styles.get("truth", font_color=GREY)}
    fills = {place: quiet for place, column in enumerate(columns) if column.kind == "truth"}
    return fills | {at: {as_cell(say_key("segment", key, book.texts)): book.styles.get(bg_color=tint(colour("segment", key, book.texts))) for key in keys}}


def _colour(sheet: Worksheet, book: Book, columns: Sequence[Column], rows: int) -> None:
    """Colour classes, tiers and stages as in the charts."""
    for at, column in enumerate(columns):
        kind, keys = _COLOURED.get(column.name, ("", ()))
        for key in keys:
            text = say_key(column.name, key, book.texts).replace('"', '""')
            if len(text) > _INLINE:
                continue  # longer than a rule can hold
            looks = book.file.add_format({"bg_color": tint(colour(kind, key))})
            sheet.conditional_format(1, at, rows, at, {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": looks})


def _validate(sheet: Worksheet, book: Book, columns: Sequence[Column], rows: int, lists: Mapping[str, str]) -> None:
    """Say in the cells what may be written there, where it is not any text."""
    refused = {"error_title": book.texts.say("excel-refused-title"), "error_type": "stop", "ignore_blank": True}
    for at, column in enumerate(columns):
        if not column.editable:
            continue
        if column.kind == "date":
            day = {"validate": "date", "criteria": ">", "value": book.as_of, "error_message": book.texts.say("excel-refused-date")}
            sheet.data_validation(1, at, rows, at, refused | day)
        elif column.choices:
            source = lists.get(column.name) or list(column.choices)
            rule = {"validate": "list", "source": source, "error_message": book.texts.say("excel-refused-list")}
            sheet.data_validation(1, at, rows, at, refused | rule)
        elif column.kind in ("real", "whole"):
            number = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15, "error_message": book.texts.say("excel-refused-number")}
            sheet.data_validation(1, at, rows, at, refused | number)


def needs_range(column: Column) -> bool:
    """Tell whether the words that may be written are too many, or too strange, to stand in the rule itself."""
    return any("," in word or '"' in word for word in column.choices) or len(",".join(column.choices)) > _INLINE


def _width(column: Column, span: float, book: Book) -> float:
    if column.choices:
        span = max(measure(word) for word in column.choices)
    elif column.say and column.name in _AS_KEYS:
        span = min(span, 30) if book.texts.lang == "en" else 18
    if column.name in ("notes", "reason", "overridden"):
        return 28
    return min(span, 26) if column.kind == "text" else 0


def _span(name: str, schema: pa.Schema) -> str:
    """Measure the texts of a column: the longest, at most twice the mean; a Chinese character counts two, for it has three bytes."""
    text = _quote(name)
    kind = schema.field(name).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return "null"
    span = f"(length({text}) + strlen({text})) // 2"
    return f"least(max({span}), 2 * sum({span}) // count({text}))"


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
