"""The files of one input, one after the other: found among what is kept, or read; typed, and put together."""

import hashlib
import shutil
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import duckdb

from analysis.columns import INPUT_COLUMNS
from analysis.config import Config
from analysis.data.reading import opening, values
from analysis.data.reading.containers import hash_file
from analysis.data.reading.evidence import Decisions, Evidence, Mapped, decide, gather, gather_plain
from analysis.data.reading.fields import find_fields
from analysis.data.reading.intake import InputFile, Note, Piece
from analysis.data.reading.kept import Kept, Shelf
from analysis.data.reading.rows import Asked, select_plain, select_rows
from analysis.engine import Engine
from analysis.errors import DataRefused, WorkbookError
from analysis.settings.inputs import Source, Transactions

_FORMAT = "format parquet, compression zstd, compression_level 1, use_tmp_file false"


@dataclass(frozen=True)
class Parsed:
    """One file of an input; `rows` is None where they stay where they are, in tables that the engine reads itself."""

    number: int  # its position among the files, from 1
    path: Path
    label: str
    input: InputFile
    notes: tuple[Note, ...]
    pieces: Mapped
    evidence: Evidence = field(default_factory=Evidence)
    rows: Path | None = None
    how: str = ""  # identifies the SQL that typed the rows


def parse(engine: Engine, config: Config, asked: Asked, paths: list[Path], shelf: Shelf | None) -> list[Parsed]:
    """Read every file of an input, or find what it gave when it was read before.

    A text file of plain rows is typed and written down while it is read. The rows of others are typed by what is known of dates so far: see `settle`. Tables
    that the engine reads itself stay where they are.

    Raises
    ------
    DataRefused
        When a file cannot be read right.
    """
    files: list[Parsed] = []
    shutil.rmtree(engine.scratch / asked.section, ignore_errors=True)
    for number, path in enumerate(paths, 1):
        label = path.relative_to(config.folder).as_posix() if path.is_relative_to(config.folder) else path.name
        place = engine.scratch / asked.section / f"source_order={number:06d}" / "rows.parquet"
        if shelf and (found := shelf.find(path, label, asked.source, place)):
            files.append(Parsed(number, path, label, found.input, found.notes, _map(found.pieces, asked), found.evidence, place, found.how))
            continue
        file = _load(engine, config, asked, number, path, label, place)
        if not file.rows and not all(piece.typed for piece, _fields in file.pieces):
            file = replace(file, evidence=gather(engine, file.pieces, asked.source), rows=place)
            try:
                decisions = decide([one.evidence for one in [*files, file]], asked.source, asked.section, config.time_zone)
            except WorkbookError:  # of one file alone: the next may tell
                decisions = Decisions(orders=dict.fromkeys(file.evidence.dates, "day_first"))
            file = _write(engine, file, decisions, asked)
        files.append(file)
    return files


def _load(engine: Engine, config: Config, asked: Asked, number: int, path: Path, label: str, place: Path | None = None) -> Parsed:
    """Load a file; find the mapped columns in it. Where a place is given and its rows are plain, they are typed and written down on the way."""
    write = partial(_write_plain, engine, asked, label, place) if place and _may_be_plain(asked.source) else None
    reading = opening.read_file(engine, path, asked.source, config.limits, label=label, name=f"{asked.section}_{number}", write=write)
    notes = reading.notes if reading.input.records else (*reading.notes, Note("file-empty", {"file": label}))
    file = Parsed(number, path, label, reading.input, notes, _map(reading.pieces, asked))
    if not reading.written:
        return file
    ((piece, fields),) = file.pieces
    evidence = gather_plain(engine, replace(piece, relation=f"read_parquet({values.quoted(str(place))})"), fields, asked.source)
    if any(one.kind == "identifier" and one.name not in evidence.tidy for one in fields):
        return _load(engine, config, asked, number, path, label)
    return replace(file, evidence=evidence, rows=place, how=_identify(select_plain(piece, fields, asked)))


def _may_be_plain(source: Source) -> bool:
    """Tell whether rows can be typed one by one, without a look at the others."""
    return not (isinstance(source, Transactions) and source.fill_down) and "%" not in (source.dates or "")


def _map(pieces: tuple[Piece, ...], asked: Asked) -> Mapped:
    return [(piece, find_fields(piece, asked.source, INPUT_COLUMNS[asked.section])) for piece in pieces]


def _write_plain(engine: Engine, asked: Asked, label: str, place: Path, piece: Piece, head: str) -> int | None:
    """Type and write down the rows of a text file while it is read, if no decision is needed for any; None if it is.

    The engine reads a file from many places at once: rows are numbered by where they come to stand in what is written.
    """
    con = engine.reader.con
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        fields = find_fields(piece, asked.source, INPUT_COLUMNS[asked.section])
        untidy = " or ".join([values.is_untidy(one.raw) for one in fields if one.kind == "identifier"] or ["false"])
        if con.execute(f"select 1 from {head} where {untidy} limit 1").fetchone():
            return None
        sql = select_plain(replace(piece, label=label, row="null"), fields, asked)
        (rows,) = con.execute(f"copy (select *, {piece.row}::bigint as first_row from ({sql})) to {values.quoted(str(place))} ({_FORMAT})").fetchone()
    except duckdb.InterruptException:
        raise
    except (duckdb.Error, DataRefused):
        return None
    return int(rows)


def _write(engine: Engine, file: Parsed, decisions: Decisions, asked: Asked) -> Parsed:
    """Write the rows of a file down, typed, and forget the raw ones."""
    assert file.rows  # noqa: S101 - tells the type checker
    file.rows.parent.mkdir(parents=True, exist_ok=True)
    file.rows.unlink(missing_ok=True)  # it may be another name of what is kept
    sql = select_rows(file.pieces, file.evidence, decisions, asked)
    engine.reader.con.execute(f"copy (select *, null::bigint as first_row from ({sql})) to {values.quoted(str(file.rows))} ({_FORMAT})")
    for piece, _fields in file.pieces:
        opening.forget(engine, piece)
    return replace(file, how=_identify(sql))


def _identify(sql: str) -> str:
    return hashlib.sha256(sql.encode()).hexdigest()


def settle(engine: Engine, config: Config, asked: Asked, file: Parsed, decisions: Decisions, shelf: Shelf | None) -> Parsed:
    """See that the rows of a file are typed as was decided over all files; where they are not, it is read again."""
    if (rows := file.rows) is None:
        return file
    ways = [select_rows(file.pieces, file.evidence, decisions, asked), *(select_plain(piece, fields, asked) for piece, fields in file.pieces)]
    new = file.how not in map(_identify, ways)
    if new:
        again = _load(engine, config, asked, file.number, file.path, file.label)
        file = _write(engine, replace(again, evidence=file.evidence, rows=rows), decisions, asked)
    if shelf and shelf.wants(file.input, file.label, asked.source, again=new):
        pieces = tuple(piece for piece, _fields in file.pieces)
        shelf.add(Kept(file.input, file.notes, pieces, file.evidence, file.how, hash_file(rows)), rows, file.label, asked.source)
    return file


def unite(engine: Engine, asked: Asked, files: list[Parsed], decisions: Decisions, problem_of_all: str | None) -> str:
    """Put the rows of all files together: a view, or a table where rows are judged by those of other files."""
    con, table, columns = engine.reader.con, f"{asked.section}_lines", f"source_order, {_all_columns(asked)}, problem, raw"
    parts = [
        f"select source_file, source_row, {columns} from (select *, {file.number}::bigint as source_order from ({select_rows(file.pieces, file.evidence, decisions, asked)}))"
        for file in files if file.rows is None
    ]  # fmt: skip
    if len(parts) < len(files):
        written = values.quoted(str(engine.scratch / asked.section / "*" / "rows.parquet"))
        source = f"read_parquet({written}, file_row_number=true, hive_partitioning=true, hive_types={{'source_order': 'bigint'}})"
        parts.append(f"select source_file, coalesce(source_row, first_row + file_row_number) as source_row, {columns} from {source}")
    rows = " union all ".join(parts)
    if problem_of_all:
        judged = f"select * replace ({problem_of_all} as problem) from ({rows})"
        con.execute(f"create or replace table {table} as select * replace (case when problem is not null then raw end as raw) from ({judged})")
        return table
    con.execute(f"create or replace view {table}_seen as {rows}")
    return f"{table}_seen"


def _all_columns(asked: Asked) -> str:
    told = set(asked.told)
    return ", ".join(name if name in told else f"null::{kind} as {name}" for name, kind in asked.types.items())
