"""Other people's files, read right or refused: the door of this room's reading part."""

import datetime as dt
import glob
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import ibis
from ibis import _

from analysis.columns import CONTACT_COLUMNS, INPUT_COLUMNS
from analysis.config import Config
from analysis.data import rates
from analysis.data.reading import opening, values
from analysis.data.reading.casting import SQL_TYPES, Decisions, Field, check_one_currency, decide, find_fields, is_contact, raw_text, typed, union
from analysis.data.reading.intake import InputFile, Intake, Note, Piece, Reading
from analysis.data.reading.judging import judge
from analysis.engine import Engine
from analysis.errors import ConfigurationError, DataRefused
from analysis.settings.inputs import Source
from analysis.settings.limits import Limits

_TOTAL = r"(^|\|)\s*((grand|sub)[ -]?)?totals?\s*:?\s*(\||$)|(^|\|)\s*(合计|总计|小计|总和)\s*[:：]?\s*(\||$)"

__all__ = ["InputFile", "Intake", "Note", "input_paths", "read_further", "read_input", "read_transactions", "refuse_many"]


def input_paths(config: Config) -> list[Path]:
    """List the files that would be read: the inputs in their order, each pattern's files by name.

    Raises
    ------
    ConfigurationError
        When a file is missing or a pattern matches nothing; all of them at once.
    """
    sources = [getattr(config.inputs, section) for section in INPUT_COLUMNS]
    return list(dict.fromkeys(path for source in sources if source for path in _paths(source, config.folder)))


def _paths(source: Source, folder: Path) -> list[Path]:
    paths, missing = [], []
    for pattern in (source.database,) if source.database else source.files:
        if (folder / pattern).is_file():
            paths.append(folder / pattern)
            continue
        # not Path.glob: a pattern may be absolute or climb with ".."
        found = sorted(Path(name) for name in glob.glob(pattern, root_dir=folder, recursive=True))  # noqa: PTH207
        found = [folder / name for name in found if (folder / name).is_file()]
        paths += found
        if not found:
            missing.append(pattern)
    if missing:
        raise ConfigurationError(f"There is no file {', '.join(map(repr, missing))} in {folder}. Correct files under [inputs] in the configuration.")
    return list(dict.fromkeys(paths))


def read_transactions(engine: Engine, config: Config, *, until: dt.date | None = None) -> Intake:
    """Read the order lines, the one input that is always there: see `read_input`. Where there are rates, their money is in the report currency.

    Parameters
    ----------
    until : datetime.date, optional
        The last day that can count: later lines need no rate.
    """
    intake = _read_source(engine, config, config.inputs.transactions, "transactions")
    if config.inputs.rates is None:
        return intake
    read = rates.check_rates(_read_source(engine, config, config.inputs.rates, "rates"), config.currency)
    return rates.convert_lines(engine, intake, read, home=config.currency, max_age=config.inputs.rates.max_age_days, until=until)


def read_input(engine: Engine, config: Config, section: str) -> Intake | None:
    """Read an input, every record of every file; None when the configuration names none.

    Parameters
    ----------
    section : {"transactions", "customers", "feedback", "events", "rates"}
        Of `[inputs]`.

    Returns
    -------
    Intake
        `lines`: one row per record; source_file, source_row, source_order (position of the file), the columns of `INPUT_COLUMNS` (null where not mapped; times
        naive in the shop's zone, numbers decimal(18,4)), of feedback scale_low and scale_high (double) too, attributes (text), `problem` (why the row cannot
        be used, null where it can) and `raw`.

    Raises
    ------
    ConfigurationError
        When files are missing, or dates can be read in two ways.
    DataRefused
        When a file cannot be read right.
    """
    source: Source | None = getattr(config.inputs, section)
    return _read_source(engine, config, source, section) if source else None


def read_further(engine: Engine, config: Config) -> dict[str, Intake]:
    """Read what customers said and did besides buying: the inputs of that kind there are, by section.

    Raises
    ------
    ConfigurationError, DataRefused
        As for `read_input`, and when too many rows of one of them are unreadable.
    """
    found = {section: intake for section in ("feedback", "events") if (intake := read_input(engine, config, section))}
    for section, intake in found.items():
        seen = intake.lines.agg(rows=_.count(), bad=_.problem.count()).execute().iloc[0]
        refuse_many(intake, config.limits, section, rows=int(seen.rows), bad=int(seen.bad))
    return found


def refuse_many(intake: Intake, limits: Limits, section: str = "", *, rows: int, bad: int) -> None:
    """Refuse an input of which too many rows are unreadable.

    Raises
    ------
    DataRefused
        With the most frequent reasons, and where the first such row is.
    """
    if not rows or bad / rows <= limits.refuse:
        return
    wrong = intake.lines.filter(_.problem.notnull())
    reasons = wrong.group_by("problem").agg(n=_.count()).order_by(ibis.desc("n"), "problem").limit(3).execute()
    first = wrong.order_by("source_order", "source_file", "source_row").limit(1).execute().iloc[0]
    why = "; ".join(f"{row.problem} ({row.n:,} rows)" for row in reasons.itertuples())
    raise DataRefused(
        f"{bad:,} of {rows:,} rows{section and f' of {section}'} ({bad / rows:.0%}) cannot be read, more than the limit of {limits.refuse:.0%}: {why}. "
        f"The first is row {first.source_row} of {first.source_file}. Check the columns and formats in the configuration, or the file."
    )


def _read_source(engine: Engine, config: Config, source: Source, section: str) -> Intake:
    kinds, judgement = INPUT_COLUMNS[section], judge(source)
    readings, pieces, orders = _read(engine, config, source, section, may_be_empty=judgement.may_be_empty)
    decisions = decide(engine, pieces, source, section, config.time_zone)

    def select(piece: Piece, fields: tuple[Field, ...]) -> str:
        by_name = {field.name: field for field in fields}
        columns = _columns(by_name, kinds, decisions, source, config)
        given = [f"({_given(field)}) as given_{name}" for name, field in by_name.items() if kinds.get(name) in ("number", "rate", "time")]
        total = _is_total(piece, by_name[judgement.moment]) if judgement.moment else "false"
        return ", ".join([*columns, *given, f"{total} as is_total", f"{raw_text(fields)} as raw"])

    inner = union(pieces, orders, select)
    there = {*kinds, *source.attributes}
    for step in judgement.steps:
        replaced = ", ".join(f'{sql} as "{name}"' for name, sql in step.items() if name in there)
        added = "".join(f', {sql} as "{name}"' for name, sql in step.items() if name not in there)
        inner = f"select *{f' replace ({replaced})' if replaced else ''}{added} from ({inner})"
        there |= set(step)
    types = {name: SQL_TYPES[kind] for name, kind in kinds.items()} | judgement.adds | {f'"{name}"': "varchar" for name in source.attributes}
    convertible = section == "transactions" and config.inputs.rates is not None  # whether a row can be used is not yet known
    table = _materialize(engine, f"{section}_lines", f"select *, {judgement.problem} as problem from ({inner})", types, pieces, orders, keep_raw=convertible)
    if section == "transactions" and "currency" in source.columns and not convertible:
        check_one_currency(engine, table, config.currency)
    return _intake(engine, table, readings, decisions, section)


def _read(engine: Engine, config: Config, source: Source, section: str, *,
          may_be_empty: bool) -> tuple[list[Reading], list[tuple[Piece, tuple[Field, ...]]], list[int]]:  # fmt: skip
    """Load every file; find the mapped columns in each."""
    readings, pieces, orders = [], [], []
    for number, path in enumerate(_paths(source, config.folder), 1):
        label = path.relative_to(config.folder).as_posix() if path.is_relative_to(config.folder) else path.name
        reading = opening.read_file(engine, path, source, config.limits, label=label, name=f"{section}_{number}")
        if not reading.input.records:
            reading = replace(reading, notes=(*reading.notes, Note("file-empty", {"file": label})))
        readings.append(reading)
        for piece in reading.pieces:
            pieces.append((piece, find_fields(piece, source, INPUT_COLUMNS[section])))
            orders.append(number)
    if not may_be_empty and not sum(reading.input.records for reading in readings):
        names = ", ".join(reading.input.name for reading in readings[:5])
        raise DataRefused(f"There are no rows in {names}: a header and nothing below it. Export the data again.")
    return readings, pieces, orders


def _columns(fields: Mapping[str, Field], kinds: Mapping[str, str], decisions: Decisions, source: Source, config: Config) -> list[str]:
    """Write (SQL) our columns, null where nothing is mapped, then the attributes."""

    def cell(name: str) -> str:
        return typed(fields[name], decisions, source, config.time_zone)

    ours = [f"{cell(name) if name in fields else f'null::{SQL_TYPES[kind]}'} as {name}" for name, kind in kinds.items()]
    return ours + [f'{cell(name)} as "{name}"' for name in source.attributes]


def _given(field: Field) -> str:
    """Tell (SQL) whether there is anything in the cell."""
    return f"{values.word(field.raw)} is not null" if field.is_text else f"{field.raw} is not null"


def _is_total(piece: Piece, date: Field) -> str:
    """Tell (SQL) whether a row without a date says "Total" somewhere."""
    texts = ['"' + column.replace('"', '""') + '"' for column, kind in zip(piece.columns, piece.types, strict=True) if kind == "VARCHAR"]
    if not date.is_text:
        return "false"
    return (
        f"case when substr(trim({date.raw}), 1, 1) between '0' and '9' then false else regexp_matches(concat_ws('|', {', '.join(texts)}), '{_TOTAL}', 'i') end"
    )


def _materialize(engine: Engine, table: str, inner: str, types: dict[str, str], pieces: list[tuple[Piece, tuple[Field, ...]]], orders: list[int], *,
                 keep_raw: bool) -> str:  # fmt: skip
    """Compute all rows once, good ones and bad ones, and the records that are no row."""
    con = engine.reader.con
    rows = f"select source_file, source_row, source_order, {', '.join(types)}, problem, raw from ({inner})"
    nulls = ", ".join(f"null::{kind} as {name}" for name, kind in types.items())
    parts = [rows if keep_raw else f"select * replace (case when problem is not null then raw end as raw) from ({rows})"]
    for (piece, fields), order in zip(pieces, orders, strict=True):
        if piece.rejects:
            label = piece.label.replace("'", "''")
            private = any(is_contact(header) for header in piece.headers) or any(field.name in CONTACT_COLUMNS for field in fields)
            text = "'***'" if private else "left(raw, 500)"
            parts.append(f"select '{label}', source_row, {order}::bigint, {nulls}, problem, {text} from {piece.rejects}")
    rows_of_all = " union all ".join(parts)
    if all(piece.typed for piece, _ in pieces):  # casting again is cheaper than a second copy of the file
        con.execute(f"create or replace view {table}_seen as {rows_of_all}")
        return f"{table}_seen"
    con.execute(f"create or replace table {table} as {rows_of_all}")
    for piece, _fields in pieces:
        opening.forget(engine, piece)
    return table


def _intake(engine: Engine, table: str, readings: list[Reading], decisions: Decisions, section: str) -> Intake:
    records = sum(reading.input.records for reading in readings)
    stays = all(piece.typed for reading in readings for piece in reading.pieces)  # a view over the files: nothing was carried over
    (rows,) = (records,) if stays else engine.reader.con.execute(f"select count(*) from {table}").fetchone()
    if rows != records:
        raise DataRefused(f"The {section} hold {records:,} records, but {rows:,} arrived. This must not happen; nothing was computed.")
    notes = tuple(note for reading in readings for note in reading.notes) + decisions.notes
    return Intake(engine.take_over(table, engine.reader.table(table)), tuple(reading.input for reading in readings), notes)
