"""PostgreSQL: the company's database as the engine; it is only read, but for a schema of our own that goes when the run does."""

import io
import os
import re
import secrets
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis.expr.operations as ops
import pandas as pd
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.postgres import Backend
from ibis.backends.sql.compilers.postgres import PostgresCompiler
from ibis.expr.datatypes import DataType, int32
from ibis.expr.schema import Schema
from ibis.expr.types import Expr, Table
from ibis.formats.pandas import PandasData
from psycopg import sql
from psycopg.types.none import NoneDumper

from analysis.errors import ConfigurationError, WorkbookError
from analysis.settings.engine import EngineSettings

_OURS = 0x776B626B  # "wkbk": who holds an advisory lock (_OURS, key) is the run whose schema ends in that key
_BATCH = 50_000
_WORTH_ANALYZING = 1_000  # rows from which the planner has to know what is in a table
# compiling takes longer than most of our queries; a join by a nested loop is what the planner takes where it expects one row and finds many (it still may where
# nothing else can be done)
_SESSION = ("timezone = 'UTC'", "jit = off", "enable_nestloop = off", "work_mem = '64MB'", "synchronous_commit = off")


def connect(settings: EngineSettings, scratch: Path) -> tuple[Backend, Callable[[str, Path], Table]]:
    """Reach the database that the environment variable names, and make a schema for the tables of this run.

    Schemas of runs that were killed are dropped: their locks went with their connections.

    Returns
    -------
    Backend
    callable
        Brings a Parquet file there, under a name.

    Raises
    ------
    ConfigurationError
        When the variable is not set, the database lets nobody in, or gives us no place for tables.
    """
    variable = str(settings.url_env)
    con = reach(variable)
    try:
        schema = _make_schema(con, settings.tables_in)
    except psycopg.Error as error:
        con.close()
        raise _no_place(error, variable) from None
    for setting in (*_SESSION, f"search_path = {schema}, public"):
        con.execute(f"set {setting}".encode())
    backend = _Postgres.from_connection(con)
    weakref.finalize(backend, _leave, con, schema)
    return backend, backend.load


def reach(variable: str, *, only_read: bool = False) -> psycopg.Connection:
    """Connect to the PostgreSQL whose address an environment variable holds; the address is never told.

    Raises
    ------
    ConfigurationError
    """
    address = os.environ.get(variable, "").strip()
    if not address:
        raise ConfigurationError(
            f"The environment variable {variable}, which the configuration names, is not set. Set it to the address of the database, as "
            "postgresql://USER:PASSWORD@HOST:5432/DATABASE, and run again."
        )
    try:
        said = psycopg.conninfo.conninfo_to_dict(address)
        only = {"options": f"{said.get('options') or ''} -c default_transaction_read_only=on".strip()} if only_read else {}
        told: dict[str, Any] = {"connect_timeout": 15, "application_name": "customer-segmentation-workbook"} | said | only | {"client_encoding": "utf8"}
        con = psycopg.connect(psycopg.conninfo.make_conninfo("", **told), autocommit=True)
    except psycopg.ProgrammingError:
        raise ConfigurationError(
            f"The environment variable {variable} does not hold the address of a PostgreSQL database. Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE; "
            "signs like @ : / % in the password as %40 %3A %2F %25."
        ) from None
    except psycopg.OperationalError as error:
        raise ConfigurationError(f"The database that the environment variable {variable} names cannot be used: {_why(str(error))}") from None
    con.adapters.register_dumper(type(pd.NaT), NoneDumper)
    return con


_REASONS = (  # what the server or the system says, and what a person can do; whatever else it is, the text would tell the address
    (r"password|authentication|no pg_hba|role .* does not exist|not permitted to log in", "it does not accept the user or the password. Correct them in the variable."),
    (r"database .* does not exist|permission denied for database", "there is no database of that name, or the user may not connect to it. Correct the last part of the address."),
    (r"translate host|resolve host|name or service|nodename nor|no address associated", "the host is not known. Correct it in the variable, or look whether the network (VPN) is there."),
    (r"refused|timed? ?out|unreachable|no route|no such file", "nothing answers at that host and port. Look whether it runs, and whether the network (VPN, firewall) lets you through."),
    (r"ssl|certificate", "an encrypted connection could not be made. Ask its administrator which sslmode belongs in the address."),
    (r"too many|reserved|starting up|shutting down|recovery", "it takes no further connections just now. Try again later."),
)  # fmt: skip


def _why(said: str) -> str:
    """Say why the database cannot be reached, in words of ours."""
    otherwise = "it does not let us in. Check host, port, user, password and the name of the database in the variable."
    return next((told for pattern, told in _REASONS if re.search(pattern, said, re.I)), otherwise)


def _make_schema(con: psycopg.Connection, begin: str) -> str:
    """Drop what killed runs left, and make a schema for this one."""
    (encoding,) = con.execute("show server_encoding").fetchone() or ("",)
    if encoding != "UTF8":
        raise ConfigurationError(f"The database stores text as {encoding}, which cannot hold every name. Use one with the encoding UTF8, or another engine.")
    left = con.execute(
        "select nspname from pg_namespace where nspname ~ %s and pg_has_role(nspowner, 'usage')", [f"^{re.escape(begin)}_[0-9a-f]{{8}}$"]
    ).fetchall()
    for (name,) in left:
        key = _key(name)
        (gone,) = con.execute("select pg_try_advisory_lock(%s, %s)", [_OURS, key]).fetchone() or (False,)
        if gone:
            _drop(con, name)
            con.execute("select pg_advisory_unlock(%s, %s)", [_OURS, key])
    name = f"{begin}_{secrets.token_hex(4)}"
    con.execute("select pg_advisory_lock(%s, %s)", [_OURS, _key(name)])
    con.execute(sql.SQL("create schema {}").format(sql.Identifier(name)))
    return name


def _key(schema: str) -> int:
    """Give the number that stands for a schema among the locks: 32 bits, with a sign."""
    return int.from_bytes(bytes.fromhex(schema[-8:]), "big", signed=True)


def _drop(con: psycopg.Connection, schema: str) -> None:
    """Drop a schema of ours, table by table: all at once could take more locks than a server has."""
    for (name,) in con.execute("select tablename from pg_tables where schemaname = %s", [schema]).fetchall():
        con.execute(sql.SQL("drop table if exists {} cascade").format(sql.Identifier(schema, name)))
    con.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(schema)))


def _leave(con: psycopg.Connection, schema: str) -> None:
    try:
        _drop(con, schema)
        con.close()
    except psycopg.Error:
        pass  # the server is gone, or the connection; the next run drops what is left


def _no_place(error: psycopg.Error, variable: str) -> ConfigurationError:
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return ConfigurationError(
            f"The user in the environment variable {variable} may not make a schema in that database. Our tables go to one of our own; ask its administrator for "
            'GRANT CREATE ON DATABASE ... TO ..., or leave the engine at "duckdb" and only read the tables from there (database = "env:'
            f'{variable}" under the input).'
        )
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return ConfigurationError(
            f"The database that the environment variable {variable} names can only be read (a standby server?), and our tables need a place. Name the main server, "
            f'or leave the engine at "duckdb" and only read the tables from there (database = "env:{variable}" under the input).'
        )
    return ConfigurationError(f"The database that the environment variable {variable} names gave no place for our tables ({type(error).__name__}).")


class _Compiler(PostgresCompiler):
    """The dialect as Ibis writes it, and what it leaves to be said: truth as a number, and letters beyond ASCII, which the collation "C" knows nothing of."""

    __slots__ = ()

    def visit_Cast(self, op: ops.Cast, *, arg: sge.Expression, to: DataType) -> sge.Expression:  # noqa: N802
        if op.arg.dtype.is_boolean() and to.is_numeric():
            arg = self.cast(arg, int32)  # the only type of number that takes a boolean
        return super().visit_Cast(op, arg=arg, to=to)

    def visit_Divide(self, op: ops.Divide, *, left: sge.Expression, right: sge.Expression) -> sge.Expression:  # noqa: N802
        return self.binop(sge.Div, self.cast(left, op.dtype) if op.dtype.is_floating() else left, right)

    def visit_Lowercase(self, op: ops.Lowercase, *, arg: sge.Expression) -> sge.Expression:  # noqa: N802
        return _collated(self.f.lower(_collated(arg, "und-x-icu")), "C")

    def visit_Uppercase(self, op: ops.Uppercase, *, arg: sge.Expression) -> sge.Expression:  # noqa: N802
        return _collated(self.f.upper(_collated(arg, "und-x-icu")), "C")


def _collated(arg: sge.Expression, name: str) -> sge.Expression:
    return sge.Collate(this=sge.paren(arg, copy=False), expression=sg.to_identifier(name, quoted=True))


class _Postgres(Backend):
    """Ibis' backend, with tables that are filled in bulk and sorted by code points, whatever the sorting of the database."""

    compiler = _Compiler()

    def create_table(self, name: str, /, obj: Any = None, *, schema: Any = None, database: Any = None, temp: bool = False, overwrite: bool = False) -> Table:
        """Compute a table; nothing of it has to last longer than the run. Text is sorted by code points, as in every other engine."""
        if not isinstance(obj, Expr) or schema or database or temp:
            return super().create_table(name, obj, schema=schema, database=database, temp=temp, overwrite=overwrite)
        self._run_pre_execute_hooks(obj)
        return self._keep(name, obj.as_table().schema(), lambda new: [f"create unlogged table {new} as {self._typed(obj, stored=True)}"])

    def load(self, name: str, path: Path) -> Table:
        """Bring a Parquet file here, batch by batch."""
        file = pq.ParquetFile(path)
        return self._fill(name, Schema.from_pyarrow(file.schema_arrow), file.iter_batches(_BATCH))

    def execute(self, expr: Expr, /, *, params: Any = None, limit: Any = None, **_more: Any) -> Any:
        """Fetch a result as pandas; money exact."""
        schema, table = expr.as_table().schema(), self.to_pyarrow(expr.as_table(), params=params, limit=limit)
        lists = (col.to_pylist() if col.null_count or pa.types.is_nested(col.type) else col.to_pandas() for col in table.columns)
        return expr.__pandas_result__(PandasData.convert_table(pd.DataFrame(dict(zip(table.column_names, lists, strict=True))), schema))

    def to_pyarrow(self, expr: Expr, /, *, params: Any = None, limit: Any = None, **_more: Any) -> Any:
        """Fetch a result that fits into memory; a cursor would keep the server from working on it with several hands."""
        self._run_pre_execute_hooks(expr)
        schema = expr.as_table().schema().to_pyarrow()
        with _told(), self.con.cursor(binary=True) as cursor:
            rows = cursor.execute(self._typed(expr, params=params, limit=limit).encode()).fetchall()
        return expr.__pyarrow_result__(_table(rows, schema))

    def to_pyarrow_batches(self, expr: Expr, /, *, params: Any = None, limit: Any = None, chunk_size: int = _BATCH, **_more: Any) -> pa.RecordBatchReader:
        """Fetch a result piece by piece."""
        self._run_pre_execute_hooks(expr)
        schema, query = expr.as_table().schema().to_pyarrow(), self._typed(expr, params=params, limit=limit).encode()

        def batches() -> Iterator[pa.RecordBatch]:
            with _told(), self.con.transaction(), self.con.cursor(name=f"batches_{secrets.token_hex(4)}", binary=True) as cursor:
                cursor.execute(query)
                while rows := cursor.fetchmany(min(chunk_size, _BATCH)):
                    yield from _table(rows, schema).to_batches()

        return pa.RecordBatchReader.from_batches(schema, batches())

    def _register_in_memory_table(self, op: ops.InMemoryTable) -> None:
        self._fill(op.name, op.schema, op.data.to_pyarrow(op.schema).to_batches(_BATCH))

    def _make_memtable_finalizer(self, _name: str) -> None:
        """They go with the schema: dropping one while another query runs would wait for it."""

    def _fill(self, name: str, schema: Schema, batches: Iterable[pa.RecordBatch]) -> Table:
        columns = ", ".join(f"{_quote(column)} {self._type(kind)}{_C if kind.is_string() else ''}" for column, kind in schema.items())

        def fill(new: str) -> list[str]:
            self.con.execute(f"create unlogged table {new} ({columns})".encode())
            with self.con.cursor() as cursor, cursor.copy(f"copy {new} from stdin (format csv)".encode()) as copy:
                for batch in batches:
                    copy.write(_as_csv(batch))
            return []

        return self._keep(name, schema, fill)

    def _keep(self, name: str, schema: Schema, make: Callable[[str], list[str]]) -> Table:
        """Make a table under a passing name, then put it in the place of the one before, which the new one may be made from."""
        new, final = _quote(f"new_{secrets.token_hex(4)}"), _quote(name)
        with _told(), self.con.transaction(), self.con.cursor() as cursor:
            for command in make(new):
                cursor.execute(command.encode())
            cursor.execute(f"drop table if exists {final}; alter table {new} rename to {final}".encode())
            (pages,) = cursor.execute("select pg_relation_size(%s::regclass) / 8192", [final]).fetchone() or (0,)
            if pages > 8:
                cursor.execute(f"analyze {final}".encode())
        return ops.DatabaseTable(name, schema=schema, source=self, namespace=ops.Namespace()).to_expr()

    def _typed(self, expr: Expr, *, stored: bool = False, **given: Any) -> str:
        """Write a query whose columns have the types that Ibis says they have: sums of whole numbers are whole numbers."""
        table = expr.as_table()
        cells = []
        for column, kind in table.schema().items():
            name = _quote(column)
            cells.append(f"{name}::{self._type(kind)}{_C if stored and kind.is_string() else ''} as {name}")
        return f"select {', '.join(cells)} from ({self.compile(table, **given)}) as typed"

    def _type(self, kind: Any) -> str:
        return str(self.compiler.type_mapper.to_string(kind))


_C = ' collate "C"'


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _table(rows: list[tuple], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [[]] * len(schema)
    return pa.table([pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema)


def _as_csv(batch: pa.RecordBatch) -> bytes:
    """Write rows as COPY reads them: text quoted, missing values bare. U+0000, which the server cannot hold, becomes the sign for what cannot be shown."""
    cells = [
        pc.replace_substring(column, "\0", "\ufffd") if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) else column
        for column in batch.columns
    ]
    out = io.BytesIO()
    pa_csv.write_csv(pa.table(cells, names=[str(number) for number in range(len(cells))]), out, pa_csv.WriteOptions(include_header=False))
    return out.getvalue()


@contextmanager
def _told() -> Iterator[None]:
    """Say what a person can mend; everything else is a defect of ours."""
    try:
        yield
    except (psycopg.errors.DiskFull, psycopg.errors.InsufficientResources):
        raise WorkbookError("The database has no room left for our tables (disk or memory). Ask its administrator, or run with a shorter history.") from None
    except psycopg.errors.QueryCanceled:
        raise WorkbookError("The database stopped a query of ours: it took longer than its administrator allows (statement_timeout).") from None
    except (psycopg.errors.AdminShutdown, psycopg.errors.CrashShutdown, psycopg.errors.ConnectionException):
        raise WorkbookError("The database closed the connection. Run again; what this run left there is cleared then.") from None
