"""Where a list goes: a CSV, an Excel or a Parquet file, sealed or not, or a table of a database."""

import hashlib
import io
import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import xlsxwriter

from analysis.errors import ConfigurationError, PublishFailed
from analysis.exports.rows import guard
from analysis.exports.sealing import seal_age, seal_excel
from analysis.keeping import create, refuse_link

FILES = (".csv", ".xlsx", ".parquet", ".csv.age", ".xlsx.age", ".parquet.age")
DATABASES = (".sqlite", ".duckdb")
_ROWS = 1_048_575  # of an Excel sheet below its header
_LONGEST = 32_767  # characters of an Excel cell
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def kind_of(path: Path) -> str:
    """Tell by the ending of a name what is to be written.

    Raises
    ------
    ConfigurationError
    """
    found = [ending for ending in (*FILES, *DATABASES) if path.name.lower().endswith(ending)]
    if not found:
        raise ConfigurationError(f"{path.name} does not say what to write: a name ends in one of {', '.join((*FILES, *DATABASES))}.")
    return max(found, key=len)


def write_file(path: Path, batches: Iterable[pa.RecordBatch], schema: pa.Schema, *, password: str = "", force: bool = False) -> str:
    """Write a list to a file that only its owner reads (mode 0600), complete or not at all.

    Parameters
    ----------
    path : Path
    batches : iterable of pyarrow.RecordBatch
    schema : pyarrow.Schema
    password : str
        Seals an Excel file, and every file whose name ends in .age.
    force : bool
        Whether to replace a file.

    Returns
    -------
    str
        The SHA-256 of the file.

    Raises
    ------
    ConfigurationError
        When the file is there, or is a link.
    PublishFailed
        When the disk says no.
    """
    kind = kind_of(path)
    write = {"csv": _write_csv, "xlsx": _write_excel, "parquet": _write_parquet}[kind.split(".")[1]]
    refuse_link(path)
    if path.exists() and not force:
        raise ConfigurationError(f"{path} is there already. Give --force to replace it, or another name.")
    try:
        with create(path, replace=force, mode=0o600) as file:
            if password:
                inner = io.BytesIO()  # never on the disk unsealed
                write(inner, batches, schema)
                file.write(seal_age(inner.getvalue(), password) if kind.endswith(".age") else seal_excel(inner.getvalue(), password))
            else:
                write(file, batches, schema)
        with path.open("rb") as written:
            return hashlib.file_digest(written, "sha256").hexdigest()
    except FileExistsError:
        raise ConfigurationError(f"{path} is there already. Give --force to replace it, or another name.") from None
    except OSError as error:
        raise PublishFailed(f"{path} could not be written: {error.strerror or error}. There is no list, and an earlier one is untouched.") from error


def write_table(path: Path, table: str, batches: Iterable[pa.RecordBatch], schema: pa.Schema, *, force: bool = False) -> None:
    """Write a list into a table of an SQLite or DuckDB file, all rows or none.

    Raises
    ------
    ConfigurationError
        When there is such a table, or its name is not a name.
    PublishFailed
        When the database says no.
    """
    if not re.fullmatch(r"[A-Za-z_]\w{0,60}", table, re.ASCII):
        raise ConfigurationError(f"{table!r} is no name for a table: letters, digits and _, a letter first.")
    refuse_link(path)
    try:
        if kind_of(path) == ".sqlite":
            _fill_sqlite(path, table, batches, schema, force=force)
        else:
            _fill_duckdb(path, table, batches, schema, force=force)
        path.chmod(0o600)
    except (sqlite3.Error, duckdb.Error, OSError) as error:
        raise PublishFailed(f"{path} could not be written: {str(error).splitlines()[0]}. The table is as it was.") from error


def _write_csv(file: BinaryIO, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
    file.write(b"\xef\xbb\xbf")  # without it Excel reads Chinese as something else
    with pa_csv.CSVWriter(file, schema) as writer:
        for batch in batches:
            writer.write_batch(guard(batch))


def _write_parquet(file: BinaryIO, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


def _write_excel(file: BinaryIO, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(file, plain)
    sheet = book.add_worksheet("list")
    sheet.freeze_panes(1, 1)
    for place, header in enumerate(schema.names):
        sheet.write_string(0, place, header, book.add_format({"bold": True}))
        sheet.set_column(place, place, min(40, max(12, len(header) + 2)))
    at = 0
    for batch in batches:
        if at + batch.num_rows > _ROWS:
            raise ConfigurationError(f"An Excel sheet holds {_ROWS:,} rows, and the list has more. Write .csv or .parquet, or choose fewer customers.")
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            at += 1
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, place, _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value)[:_LONGEST])
                elif value is not None and value == value:  # noqa: PLR0124 - NaN is not itself
                    sheet.write(at, place, value)
    sheet.autofilter(0, 0, at, len(schema.names) - 1)
    book.close()


def _plain_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[list[tuple]]:
    for batch in batches:
        columns = [column.cast(pa.string()) if pa.types.is_temporal(column.type) else column for column in batch.columns]
        columns = [column.cast(pa.float64()) if pa.types.is_decimal(column.type) else column for column in columns]
        yield list(zip(*(column.to_pylist() for column in columns), strict=True))


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _fill_sqlite(path: Path, table: str, batches: Iterable[pa.RecordBatch], schema: pa.Schema, *, force: bool) -> None:
    kinds = ["integer" if pa.types.is_integer(field.type) or pa.types.is_boolean(field.type) else
             "real" if pa.types.is_floating(field.type) or pa.types.is_decimal(field.type) else "text" for field in schema]  # fmt: skip
    con = sqlite3.connect(path, isolation_level=None)
    try:
        con.execute("begin immediate")
        there = con.execute("select count(*) from sqlite_master where name = ?", [table]).fetchone()[0]
        _refuse_table(path, table, there=bool(there), force=force)
        con.execute(f"drop table if exists {_quote(table)}")
        con.execute(f"create table {_quote(table)} ({', '.join(f'{_quote(name)} {kind}' for name, kind in zip(schema.names, kinds, strict=True))})")
        for rows in _plain_rows(batches):
            con.executemany(f"insert into {_quote(table)} values ({', '.join('?' * len(schema))})", rows)
        con.execute("commit")
    finally:
        con.close()  # what was not committed is undone


def _fill_duckdb(path: Path, table: str, batches: Iterable[pa.RecordBatch], schema: pa.Schema, *, force: bool) -> None:
    con = duckdb.connect(str(path), config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    try:
        con.execute("begin")
        there = con.execute("select count(*) from information_schema.tables where table_name = ?", [table]).fetchall()[0][0]
        _refuse_table(path, table, there=bool(there), force=force)
        con.register("the_list", pa.RecordBatchReader.from_batches(schema, iter(batches)))
        con.execute(f"create or replace table {_quote(table)} as select * from the_list")
        con.execute("commit")
    finally:
        con.close()


def _refuse_table(path: Path, table: str, *, there: bool, force: bool) -> None:
    if there and not force:
        raise ConfigurationError(f"{path} has a table {table!r} already. Give --force to replace it, or --table another name.")
