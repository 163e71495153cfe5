"""Rows that are where tables are computed already: a table, a view or a query of the engine, typed by expressions. They do not leave it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import ibis
from ibis import _
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from analysis.columns import CONTACT_COLUMNS, INPUT_COLUMNS, MONEY, RATE
from analysis.config import Config
from analysis.data.cells import identifier, in_zone, number, tidy_text
from analysis.data.judged import judge_customers, judge_transactions
from analysis.data.reading.casting import is_contact, refuse_currencies
from analysis.data.reading.fields import find_fields
from analysis.data.reading.intake import InputFile, Intake, Piece
from analysis.engine import Engine
from analysis.errors import ConfigurationError, DataRefused
from analysis.settings.inputs import Source

TYPED_HERE = ("transactions", "customers")  # the others are small: they go the way of files
_BITS, _TWINS = 42, 1 << 21  # of a row's number: a digest of what is in it, and which of so many equal rows it is


@dataclass(frozen=True)
class Relation:
    """A table, view or query, and what people call it."""

    rows: Table
    label: str


def open_relation(con: BaseBackend, source: Source, section: str) -> Relation:
    """Find the table or the query of an input.

    Raises
    ------
    ConfigurationError
        When the database does not know it, or may not show it.
    """
    if source.query:
        return Relation(con.sql(source.query.strip().rstrip(";")), f"query of {section}")
    quote = "`" if con.dialect.__name__ in ("PySpark", "Databricks", "BigQuery") else '"'
    name = ".".join(f"{quote}{part}{quote}" for part in str(source.table).split("."))
    return Relation(con.sql(f"select * from {name}"), str(source.table))


def read_relation(engine: Engine, config: Config, source: Source, section: str) -> Intake:
    """Type the rows of a table of the engine.

    Parameters
    ----------
    engine : Engine
    config : Config
    source : Source
        With `table` or `query`.
    section : {"transactions", "customers"}

    Returns
    -------
    Intake
        As `analysis.data.sources.read_input` gives it from files, with the same problems in the same words. `source_file` is the table's name; `source_row` is its
        key column, or, where it has none, 42 bits of a digest of the row's content and behind them which of its equals the row is: unique, and the same in
        every run and engine, with no window over all rows.

    Raises
    ------
    ConfigurationError
        When there is no such table, or the key does not tell rows apart.
    DataRefused
        When a column is missing, or holds text where numbers or times are needed.
    """
    found = open_relation(engine.con, source, section)
    kinds = INPUT_COLUMNS[section]
    types = {name: str(kind) for name, kind in found.rows.schema().items()}
    fields = find_fields(Piece(found.label, "", "", tuple(types), tuple(types), tuple(types.values())), source, kinds)
    theirs = {field.name: found.rows[field.column] for field in fields}
    _refuse_types(found, {field.name: (field.kind, field.column) for field in fields})
    zones = (source.time_zone or config.time_zone, config.time_zone)
    typed = {field.name: _type(theirs[field.name], field.kind, engine.con.name, *zones) for field in fields}
    given = {f"given_{field.name}": theirs[field.name].notnull() for field in fields if field.kind in ("number", "rate", "time")}
    shown = [_show(field.header, field.name, theirs[field.name]) for field in fields]
    key = {"key": found.rows[_find_key(found, source.key)].cast("int64")} if source.key else {}
    rows = found.rows.select(**typed, **given, **key, raw=ibis.literal("; ").join(shown))
    numbered = engine.materialize(f"{section}_numbered", _number(rows, [field.name for field in fields]))
    about = _describe(found, source, numbered)
    whole = numbered.mutate(**{name: ibis.null(_KINDS[kind]) for name, kind in kinds.items() if name not in typed}, source_file=ibis.literal(found.label),
                            source_order=ibis.literal(1, "int64"))  # fmt: skip
    judged = judge_transactions(whole, source) if section == "transactions" else judge_customers(whole)
    convertible = section == "transactions" and config.inputs.rates is not None
    raw = judged.raw if convertible else ibis.ifelse(judged.problem.notnull(), judged.raw, ibis.null("string"))
    lines = judged.mutate(raw=raw).select("source_file", "source_row", "source_order", *kinds, *source.attributes, "problem", "raw")
    lines = engine.materialize(f"{section}_lines", lines)
    if section == "transactions" and "currency" in source.columns and not convertible:
        counted = lines.filter(_.currency.notnull()).group_by(name=_.currency.upper()).agg(n=_.count()).order_by(ibis.desc("n"), "name").execute()
        refuse_currencies([(str(row.name), int(row.n)) for row in counted[["name", "n"]].itertuples(index=False)], config.currency)
    return Intake(lines, (about,), ())


_KINDS = {"identifier": "string", "text": "string", "number": MONEY, "rate": RATE, "time": "timestamp"}


def _type(cell: ibis.Value, kind: str, backend: str, there: str, here: str) -> ibis.Value:
    if kind in ("number", "rate"):
        return number(cell, _KINDS[kind])
    if kind == "time":
        return in_zone(cell, backend, there, here)
    return identifier(cell) if kind == "identifier" else tidy_text(cell)


def _refuse_types(found: Relation, wanted: Mapping[str, tuple[str, str]]) -> None:
    """Refuse text where numbers or times are needed: how it is written is decided for files, but not in somebody's database."""
    schema, wrong = found.rows.schema(), []
    for ours, (kind, column) in wanted.items():
        type_ = schema[column]
        fits = {"number": type_.is_numeric(), "rate": type_.is_numeric(), "time": type_.is_temporal() and not type_.is_time()}.get(kind, True)
        if not fits:
            wrong.append(f"{column!r} (for {ours}) is {type_}, and {'times' if kind == 'time' else 'numbers'} are needed")
    if wrong:
        raise DataRefused(f'{found.label}: {"; ".join(wrong)}. Cast it in a view, or in a query: query = "select cast(... as ...) as ..., ... from ...".')


def _find_key(found: Relation, key: str) -> str:
    if key not in found.rows.columns or not found.rows[key].type().is_integer():
        raise ConfigurationError(
            f"{found.label} has no column {key!r} of whole numbers, which the configuration names as its key. It has: {', '.join(map(repr, found.rows.columns))}."
        )
    return key


def _show(header: str, ours: str, cell: ibis.Value) -> ibis.Value:
    if ours in CONTACT_COLUMNS or is_contact(header, ours):
        return ibis.literal(f"{header}=***")
    return ibis.literal(f"{header}=") + cell.cast("string").fill_null("")


def _number(rows: Table, names: list[str]) -> Table:
    """Give every row a number, and the digest of its content in two parts."""
    told = ibis.literal("\x1f").join([_spell(rows[name]).fill_null("\x1e") for name in names])
    digest = rows.mutate(hex=told.hexdigest("md5"))
    digest = digest.mutate(digest=_as_number(digest.hex, 0), other=_as_number(digest.hex, 11)).drop("hex")
    if "key" in rows.columns:
        return digest.rename(source_row="key")
    # equal rows are interchangeable; of those that a digest confounds the text says which comes first
    window = ibis.window(group_by="digest", order_by=["other", "raw"])
    return digest.mutate(twin=ibis.row_number().over(window)).mutate(source_row=_.digest * _TWINS + _.twin).drop("twin")


def _spell(cell: ibis.Value) -> ibis.Value:
    return cell.strftime("%Y-%m-%d %H:%M:%S") if cell.type().is_timestamp() else cell.cast("string")


def _as_number(text: ibis.Value, start: int) -> ibis.Value:
    """Read hexadecimal digits as a number of 42 bits: ten of them and half of another."""
    digits = [ibis.literal("0123456789abcdef").find(text.substr(start + place, 1)).cast("int64") for place in range(11)]
    value = digits[0] % 4
    for digit in digits[1:]:
        value = value * 16 + digit
    return value.cast("int64")


def _describe(found: Relation, source: Source, numbered: Table) -> InputFile:
    """Count the rows, and digest what is in them: whatever cell of a mapped column changes, another sum comes out. The order of rows does not matter."""
    sums = {name: numbered[name].cast("decimal(38,0)").sum() for name in ("digest", "other")}
    least = (
        numbered.agg(rows=_.count(), **sums, **({"kept": _.source_row.nunique()} if source.key else {"twins": (_.source_row % _TWINS).max()})).execute().iloc[0]
    )
    rows = int(least.rows)
    if not rows:
        raise DataRefused(f"There are no rows in {found.label}.")
    if source.key and int(least.kept) != rows:
        raise ConfigurationError(
            f"The key {source.key!r} of {found.label} has {int(least.kept):,} different values in {rows:,} rows: it has to tell every row apart."
        )
    if not source.key and int(least.twins) == _TWINS - 1:
        raise DataRefused(f"{found.label} has more than {_TWINS:,} rows that are equal in every column. Name a column that tells them apart as key.")
    content = "\n".join([*sorted([*source.columns, *source.attributes]), str(rows), f"{int(least.digest)}", f"{int(least.other)}"])
    return InputFile(found.label, hashlib.sha256(content.encode()).hexdigest(), 0, None, None, (), rows, rows, 0)
