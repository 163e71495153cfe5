"""PostgreSQL: the company's database as the engine; it is only read, but for a schema of our own that goes when the run does."""

import io
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
from ibis.common.exceptions import UnsupportedOperationError
from ibis.expr.datatypes import DataType, int32
from ibis.expr.schema import Schema
from ibis.expr.types import Expr, Table
from ibis.formats.pandas import PandasData

from analysis.engines.postgres_address import leave, make_schema, no_place, reach
from analysis.errors import ConfigurationError, WorkbookError, shorten
from analysis.settings.engine import EngineSettings

_BATCH = 50_000
_WORTH_ANALYZING = 1_000  # rows from which the planner has to know what is in a table
# compiling takes longer than most of our queries; a join by a nested loop is what the planner takes where it expects one row and finds many (it still may where
# nothing else can be done)
_SESSION = ("timezone = 'UTC'", "jit = off", "enable_nestloop = off", "work_mem = '64MB'", "synchronous_commit = off")


def connect(settings: EngineSettings, scratch: Path) -> tuple[Backend, Callable[[str, Path], Table], Callable[[], object]]:
    """Reach the database that the environment variable names, and make a schema for the tables of this run.

    Schemas of runs that were killed are dropped: their locks went with their connections.

    Returns
    -------
    Backend
    callable
        Brings a Parquet file there, under a name.
    callable
        Takes our schema away; it goes as well when nothing hangs on the backend any more.

    Raises
    ------
    ConfigurationError
        When the variable is not set, the database lets nobody in, or gives us no place for tables.
    """
    variable = str(settings.url_env)
    con = reach(variable)
    try:
        schema = make_schema(con, settings.tables_in)
    except (psycopg.Error, ConfigurationError) as error:
        con.close()
        raise no_place(error, variable) if isinstance(error, psycopg.Error) else error from None
    for setting in _SESSION:
        con.execute(f"set {setting}".encode())
    backend = _Postgres.from_connection(con)
    return backend, backend.load, weakref.finalize(backend, leave, con, schema)


def look(variable: str) -> Backend:
    """Reach a database that is only read from: the server is told to refuse everything else.

    Raises
    ------
    ConfigurationError
    """
    con = reach(variable, only_read=True)
    backend = _Postgres.from_connection(con)
    weakref.finalize(backend, con.close)
    return backend


class _Compiler(PostgresCompiler):
    """The dialect as Ibis writes it, and what it leaves to be said: truth as a number, and letters beyond ASCII, which the collation "C" knows nothing of."""

    __slots__ = ()

    def visit_Cast(self, op: ops.Cast, *, arg: sge.Expression, to: DataType) -> sge.Expression:  # noqa: N802
        if op.arg.dtype.is_boolean() and to.is_numeric():
            arg = self.cast(arg, int32)  # the only type of number that takes a boolean
        return super().visit_Cast(op, arg=arg, to=to)

    def visit_Divide(self, op: ops.Divide, *, left: sge.Expression, right: sge.Expression) -> sge.Expression:  # noqa: N802
        return self.binop(sge.Div, self.cast(left, op.dtype) if op.dtype.is_floating() else left, right)

    def visit_StringFind(self, op: ops.StringFind, **given: sge.Expression) -> sge.Expression:  # noqa: N802
        return self.cast(super().visit_StringFind(op, **given), op.dtype)  # the server has an int32, which soon overflows

    def visit_HexDigest(self, op: ops.HexDigest, *, arg: sge.Expression, how: str) -> sge.Expression:  # noqa: N802
        if how == "md5":
            return self.f.anon.md5(arg)
        if how == "sha256":
            return self.f.anon.encode(self.f.anon.sha256(self.f.anon.convert_to(arg, "UTF8")), "hex")
        raise UnsupportedOperationError(f"{how} is not among what every PostgreSQL can do")

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

    def _get_schema_using_query(self, query: str) -> Schema:
        """Ask which columns a query has, in a transaction that writes nothing."""
        with _told(), self.con.transaction(), self.con.cursor(binary=True) as cursor:
            cursor.execute("set transaction read only")
            try:
                cursor.execute(f"select * from ({query}) as asked limit 0".encode())
            except (psycopg.ProgrammingError, psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.FeatureNotSupported) as error:
                raise ConfigurationError(_object(error)) from None
            found = cursor.pgresult
            kinds = [(found.ftype(number), found.fmod(number)) for number in range(found.nfields)] if found else []
            told = [cursor.execute("select format_type(%s, %s)", kind).fetchone() for kind in kinds]
        names = (
            [column.name for column in cursor.description or ()] if not found else [(found.fname(number) or b"").decode() for number in range(found.nfields)]
        )
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ConfigurationError(f"The query gives several columns of the name {shorten(twice)}. Name each once, with AS.")
        return Schema({name: self.compiler.type_mapper.from_string(kind[0]) for name, kind in zip(names, told, strict=True) if kind})

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


def _object(error: psycopg.Error) -> str:
    """Say what the database has against a table or a query."""
    said = str(error).splitlines()[0].removeprefix("ERROR:").strip()
    if isinstance(error, psycopg.errors.UndefinedTable | psycopg.errors.InvalidSchemaName):
        return f"The database says: {said}. Write the table with its schema, as sales.lines, in the letters that the database uses."
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return f"The database says: {said}. Ask its administrator for GRANT SELECT on it (and GRANT USAGE on its schema)."
    return f"The database does not take the query: {said}. It has to be one SELECT that changes nothing."


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
    except psycopg.OperationalError as error:
        if error.sqlstate and not error.sqlstate.startswith(("08", "57P")):
            raise
        raise WorkbookError("The connection to the database is lost. Run again when it is back; what this run left there is cleared then.") from None
