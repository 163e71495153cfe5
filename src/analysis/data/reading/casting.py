"""Raw pieces to one typed table: which header is which column, what cannot be read, and why."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.columns import CONTACT_COLUMNS, MONEY, RATE
from analysis.data.reading import dates, values
from analysis.data.reading.intake import Note, Piece, tidy
from analysis.engine import Engine
from analysis.errors import ConfigurationError, DataRefused, shorten
from analysis.settings.inputs import Source

SQL_TYPES = {"identifier": "varchar", "text": "varchar", "number": MONEY, "rate": RATE, "time": "timestamp"}
_CONTACT_WORDS = (
    "name", "phone", "mobile", "mail", "address", "street", "birth", "contact", "consignee", "recipient", "comment", "remark", "message", "note",
    "姓名", "名称", "电话", "手机", "邮箱", "地址", "生日", "联系", "收货人", "收件人", "支付宝", "身份证", "备注", "留言", "评论", "评语", "意见",
)  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One column of ours in one piece, as SQL: its raw text, its typed value, and the problems it can have."""

    name: str
    kind: str
    header: str
    column: str  # SQL name in the piece
    sql_type: str

    @property
    def is_text(self) -> bool:
        return self.sql_type == "VARCHAR"

    @property
    def raw(self) -> str:
        return '"' + self.column.replace('"', '""') + '"'

    @property
    def text(self) -> str:
        """The raw value as text, whatever its type."""
        return self.raw if self.is_text else f"{self.raw}::varchar"

    @property
    def has_text_dates(self) -> bool:
        return self.kind == "time" and self.sql_type not in ("DATE", "TIMESTAMP WITH TIME ZONE") and not self.sql_type.startswith("TIMESTAMP")


def find_fields(piece: Piece, source: Source, kinds: Mapping[str, str]) -> tuple[Field, ...]:
    """Find the mapped columns and attributes in a piece.

    Raises
    ------
    DataRefused
        Naming every mapped header that is missing or occurs twice, with those there are.
    """
    wanted = [(ours, kinds[ours], theirs) for ours, theirs in source.columns.items()] + [(ours, "text", theirs) for ours, theirs in source.attributes.items()]
    missing, fields = [], []
    for ours, kind, theirs in wanted:
        place = piece.find(theirs)
        if place is None:
            close = difflib.get_close_matches(tidy(theirs).casefold(), [tidy(name).casefold() for name in piece.headers], n=1, cutoff=0.6)
            near = next((name for name in piece.headers if close and tidy(name).casefold() == close[0]), None)
            missing.append(f"{theirs!r} (for {ours})" + (f", perhaps {tidy(near)!r}" if near else ""))
        elif piece.count(theirs) > 1:
            missing.append(f"{theirs!r} (for {ours}) occurs {piece.count(theirs)} times: rename all but one")
        else:
            fields.append(Field(ours, kind, tidy(piece.headers[place]), piece.columns[place], piece.types[place]))
    if missing:
        there = ", ".join(repr(tidy(name)) for name in piece.headers[:40]) + (f" and {len(piece.headers) - 40} more" if len(piece.headers) > 40 else "")
        raise DataRefused(f"{piece.label} lacks columns that the configuration names: {'; '.join(missing)}.\nIts headers are: {there}.")
    return tuple(fields)


@dataclass(frozen=True)
class Decisions:
    """What was decided from whole columns, over all files of an input."""

    float_ids: frozenset[str]
    orders: dict[str, str]
    facts: dict[str, dates.DateFacts]
    notes: tuple[Note, ...]
    marked: frozenset[str] = frozenset()  # identifiers with marks that keep spreadsheets away from their digits


def decide(engine: Engine, pieces: list[tuple[Piece, tuple[Field, ...]]], source: Source, section: str, zone: str) -> Decisions:
    """Look at whole columns: which identifiers went through floats, the order of days and months, numbers that are cut.

    Raises
    ------
    ConfigurationError, DataRefused
        When dates allow two orders, or contradict each other.
    """
    con = engine.reader.con
    found: dict[tuple[str, str], int] = {}
    for piece, fields in pieces:
        asked = {("floats", field.name): values.is_float_like(field.raw) for field in fields if field.kind == "identifier" and field.is_text}
        asked |= {("marked", field.name): values.is_marked(field.raw) for field in fields if field.kind == "identifier" and field.is_text}
        asked |= {
            ("rounded", field.name): values.has_more_decimals(field.raw)
            for field in fields
            if field.kind == "number" and field.is_text and source.decimal == "."
        }
        if asked:
            counts = con.execute(f"select {', '.join(f'count(*) filter ({test})' for test in asked.values())} from {piece.relation}").fetchone()
            for check, count in zip(asked, counts, strict=True):
                found[check] = found.get(check, 0) + count
    floats = set()
    for name in sorted(name for (check, name), count in found.items() if check == "floats" and count):
        known = sum(
            con.execute(f"select count({values.identifier(field.raw)}) from {piece.relation}").fetchone()[0]
            for piece, fields in pieces
            for field in fields
            if field.name == name
        )
        if known == found["floats", name]:
            floats.add(name)
    notes = [Note("float-identifiers", {"column": name}) for name in sorted(floats)]
    notes += [Note("rounded", {"column": name, "count": count}) for (check, name), count in found.items() if check == "rounded" and count]
    _check_decimal(engine, pieces, source, section)
    orders, facts = {}, {}
    for name in dict.fromkeys(field.name for _, fields in pieces for field in fields if field.has_text_dates):
        texts = [
            f"select {field.text} as raw from {piece.relation}" for piece, fields in pieces for field in fields if field.name == name and field.has_text_dates
        ]
        facts[name] = dates.survey(engine, texts)
        orders[name], said = dates.check_ambiguity(facts[name], source, name, section)
        notes += said
        if facts[name].offsets:
            notes.append(Note("date-offsets", {"column": name, "count": facts[name].offsets, "zone": zone}))
    marked = frozenset(name for (check, name), count in found.items() if check == "marked" and count)
    return Decisions(frozenset(floats), orders, facts, tuple(notes), marked)


def _check_decimal(engine: Engine, pieces: list[tuple[Piece, tuple[Field, ...]]], source: Source, section: str) -> None:
    """Ask when many numbers only make sense with the other decimal sign."""
    other = "," if source.decimal == "." else "."
    shape = rf"^-?0[{other}]\d+$|^-?(\d+|\d{{1,3}}([{source.decimal}]\d{{3}})+)[{other}](\d{{1,2}}|\d{{4,}})$"
    for piece, fields in pieces:
        for field in fields:
            if field.kind not in ("number", "rate") or not field.is_text:
                continue
            odd = values.when(f"contains({field.raw}, '{other}')", f"regexp_matches({values.word(field.raw)}, '{shape}')")
            known, strange, sample = engine.reader.con.execute(
                f"select count({field.raw}), count(*) filter ({odd}), min({field.raw}) filter ({odd}) from {piece.relation}"
            ).fetchone()
            if strange > 0.05 * known:
                raise ConfigurationError(
                    f"{piece.label}: {strange:,} of {known:,} values of {field.header!r} look like {sample!r}: numbers with a decimal {'comma' if other == ',' else 'point'}. "
                    f'Write into workbook.toml under [inputs.{section}] the line\n  decimal = "{other}"'
                )


def typed(field: Field, decisions: Decisions, source: Source, here: str) -> str:
    """SQL of the typed value of a field."""
    there = source.time_zone or here
    if field.kind in ("number", "rate"):
        kind = SQL_TYPES[field.kind]
        return values.number(field.raw, decimal=source.decimal, kind=kind) if field.is_text else f"try_cast({field.raw} as {kind})"
    if field.kind == "time":
        if field.has_text_dates:
            return dates.moment(field.text, decisions.facts[field.name], decisions.orders[field.name], style=source.dates, here=here, there=there)
        if field.sql_type == "TIMESTAMP WITH TIME ZONE":
            return f"timezone('{here}', {field.raw})"
        stamp = f"{field.raw}::timestamp"
        return stamp if here == there or field.sql_type == "DATE" else f"timezone('{here}', timezone('{there}', {stamp}))"
    if field.kind == "identifier":
        if field.sql_type in ("DOUBLE", "FLOAT"):
            return f"case when {field.raw} = trunc({field.raw}) and abs({field.raw}) < 9007199254740992 then {field.raw}::bigint::varchar else {field.raw}::varchar end"
        return values.identifier(field.text, floats=field.name in decisions.float_ids, marked=field.name in decisions.marked)
    return values.word(field.text)


def raw_text(fields: tuple[Field, ...]) -> str:
    """SQL of the raw values of a row as text, contact columns masked."""
    shown = []
    for field in fields:
        label = field.header.replace("'", "''")
        value = "'***'" if field.name in CONTACT_COLUMNS or is_contact(field.header, field.name) else f"coalesce({field.text}, '')"
        shown.append(f"'{label}=' || {value}")
    return f"concat_ws('; ', {', '.join(shown)})"


def is_contact(header: str, ours: str = "") -> bool:
    """Tell whether a header sounds like a person's name, number or address. Products and files may have names."""
    if ours.startswith("product") or ours in ("category", "customer_id"):
        return False
    plain = header.casefold()
    return any(word in plain for word in _CONTACT_WORDS) and not any(word in plain for word in ("product", "产品", "商品", "file", "item"))


def union(pieces: list[tuple[Piece, tuple[Field, ...]]], orders: list[int], select: Callable[[Piece, tuple[Field, ...]], str]) -> str:
    """SQL of all rows of all pieces, one after the other."""
    parts = []
    for (piece, fields), order in zip(pieces, orders, strict=True):
        label = piece.label.replace("'", "''")
        parts.append(
            f"select '{label}' as source_file, ({piece.row})::bigint as source_row, {order}::bigint as source_order, {select(piece, fields)} from {piece.relation}"
        )
    return " union all ".join(parts)


def check_one_currency(engine: Engine, table: str, expected: str) -> None:
    """Refuse to add up different currencies.

    Raises
    ------
    DataRefused
        With the currencies and how often each occurs.
    """
    found = engine.reader.con.execute(f"select upper(currency), count(*) from {table} where currency is not null group by 1 order by 2 desc, 1").fetchall()
    listed = ", ".join(f"{name} ({count:,} rows)" for name, count in found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
    if len(found) > 1:
        raise DataRefused(
            f"The column for currency holds {len(found)} currencies: {listed}. Amounts in different currencies are never added up; "
            "give the rates between them under [inputs.rates] (date, currency, rate), or one file per currency."
        )
    if found and expected and found[0][0] != expected and len(found[0][0]) == 3:
        raise DataRefused(f"The rows are in {listed}, but the configuration says currency = {shorten([expected])}. Correct one of them.")
