"""Tables that carry their types: Parquet, SQLite, DuckDB. No extension of the engine is needed for any of them."""

import difflib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.data.reading.containers import hash_file
from analysis.data.reading.intake import InputFile, Piece, Reading
from analysis.data.reading.values import named, quoted
from analysis.engine import Engine
from analysis.errors import DataRefused, WorkbookError, find_shortage
from analysis.settings.limits import Limits

_BATCH = 50_000


def read_parquet(engine: Engine, path: Path, limits: Limits, name: str) -> Reading:
    """Point the engine at a Parquet file; nothing is loaded before it is needed.

    Raises
    ------
    DataRefused
        When it is damaged or larger than the limits.
    """
    con = engine.reader.con
    if any(char in str(path) for char in "*?[]{}"):  # the engine would take the name for a pattern
        link = engine.scratch / f"{name}.link.parquet"
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(path.resolve())
        relation = f"read_parquet({quoted(str(link))}, file_row_number=true)"
    else:
        relation = f"read_parquet({quoted(str(path))}, file_row_number=true)"
    try:
        described = [(column, kind) for column, kind, *_ in con.execute(f"describe select * exclude (file_row_number) from {relation}").fetchall()]
        (rows,) = con.execute(f"select count(*) from {relation}").fetchone()
        (unpacked,) = con.execute(f"select coalesce(sum(total_uncompressed_size), 0) from parquet_metadata({relation[13:].split(', file_row')[0]})").fetchone()
    except duckdb.Error as error:
        raise _refuse(error, f"{path.name} is a damaged Parquet file", "Export it again.") from None
    if unpacked > limits.file_bytes:
        raise DataRefused(
            f"{path.name} is larger than {limits.file_bytes:,} bytes once unpacked. If that is right, raise file_bytes under [limits] in the configuration."
        )
    piece = Piece(
        path.name, relation, "file_row_number + 1", tuple(c for c, _ in described), tuple(c for c, _ in described), tuple(k for _, k in described), typed=True
    )
    return Reading((piece,), InputFile(path.name, hash_file(path), path.stat().st_size, None, None, (), rows, rows, 0), ())


def read_database(engine: Engine, path: Path, kind: str, table: str, name: str) -> Reading:
    """Read one table of a SQLite or DuckDB file.

    Raises
    ------
    DataRefused
        When the file is damaged or has no such table.
    """
    piece, rows = (_sqlite if kind == "sqlite" else _duckdb)(engine, path, table, name)
    label = f"{path.name}:{table}"
    return Reading((replace(piece, label=label),), InputFile(label, hash_file(path), path.stat().st_size, None, None, (), rows, rows, 0), ())


def _absent(path: Path, table: str, there: list[str]) -> DataRefused:
    near = difflib.get_close_matches(table, there, n=1)
    return DataRefused(
        f"{path.name} has no table {table!r}" + (f", perhaps {near[0]!r}" if near else "") + f"; it has {', '.join(map(repr, there[:20])) or 'none'}."
    )


def _sqlite(engine: Engine, path: Path, table: str, name: str) -> tuple[Piece, int]:
    # the engine pulls the batches from a thread of its own, one at a time
    source = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    source.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        there = [row[0] for row in source.execute("select name from sqlite_master where type in ('table', 'view') order by name")]
        if table not in there:
            raise _absent(path, table, there)
        headers = tuple(column[0] for column in source.execute(f"select * from {named(table)} limit 0").description)
        cells = ", ".join(f"cast({named(header)} as text)" for header in headers)
        schema = pa.schema([(f"c{number}", pa.string()) for number in range(len(headers))])
        rows = source.execute(f"select {cells} from {named(table)}")

        def batches() -> Iterator[pa.RecordBatch]:
            while some := rows.fetchmany(_BATCH):
                yield pa.record_batch([pa.array(column, pa.string()) for column in zip(*some, strict=True)], schema=schema)

        con = engine.reader.con
        con.register(f"{name}_a", pa.RecordBatchReader.from_batches(schema, batches()))
        con.execute(f"create or replace temp table {name} as select * from {name}_a")
        con.unregister(f"{name}_a")
        (count,) = con.execute(f"select count(*) from {name}").fetchone()
    except (sqlite3.DatabaseError, duckdb.Error) as error:
        raise _refuse(error, f"{path.name} cannot be read as a SQLite database", "Copy or export it again.") from None
    finally:
        source.close()
    return Piece(path.name, name, "rowid + 1", headers, tuple(schema.names), ("VARCHAR",) * len(headers)), count


def _duckdb(engine: Engine, path: Path, table: str, name: str) -> tuple[Piece, int]:
    con = engine.reader.con
    try:
        con.execute(f"detach database if exists {name}_d")
        con.execute(f"attach {quoted(str(path))} as {name}_d (read_only)")
        there = con.execute(
            f"select schema_name, table_name from duckdb_tables() where database_name = '{name}_d' "
            f"union all select schema_name, view_name from duckdb_views() where database_name = '{name}_d' and not internal order by 1, 2"
        ).fetchall()
        found = [(schema, one) for schema, one in there if table in (one, f"{schema}.{one}")]
        if not found:
            raise _absent(path, table, [one if schema == "main" else f"{schema}.{one}" for schema, one in there])
        relation = f"{name}_d.{named(found[0][0])}.{named(found[0][1])}"
        described = [(column, kind) for column, kind, *_ in con.execute(f"describe select * from {relation}").fetchall()]
        (count,) = con.execute(f"select count(*) from {relation}").fetchone()
    except duckdb.Error as error:
        raise _refuse(error, f"{path.name} cannot be read as a DuckDB database", "Export the table as Parquet.") from None
    return Piece(
        path.name, relation, "row_number() over ()", tuple(c for c, _ in described), tuple(c for c, _ in described), tuple(k for _, k in described), typed=True
    ), count


def _refuse(error: Exception, what: str, remedy: str) -> WorkbookError:
    """Say what is wrong with a file; that memory or a disk ran short is no fault of it."""
    return find_shortage(type(error).__name__, str(error)) or DataRefused(f"{what} ({str(error).splitlines()[0][:160]}). {remedy}")
