"""Where the rows are: a DuckDB inside this process that never calls anywhere, or the engine that the configuration names."""

import atexit
import gc
import importlib
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import duckdb
import ibis
from ibis.backends import BaseBackend
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from analysis.errors import ConfigurationError
from analysis.scratch import claim_folder
from analysis.settings.engine import EngineSettings

MEMORY = 4  # GiB that the embedded engine keeps at most where nothing is said: what does not fit is spilled, and a larger cache makes nothing faster
Answer = TypeVar("Answer")
LOOSE = ("loose", "main")  # where the embedded engine keeps what it does not write down

atexit.register(gc.freeze)  # what is left in the end goes with the process: to look through all of it for garbage first takes a third of a second


@dataclass(frozen=True)
class Engine:
    """An open database and the scratch folder beside it.

    Parameters
    ----------
    con : BaseBackend
        Where tables are computed.
    reader : Backend
        The embedded DuckDB that reads files; the same where that is the engine.
    scratch : Path
    load : callable
        Brings a Parquet file to where tables are computed, under a name.
    close : callable
        Takes away what a database keeps for us, and gives back what a cluster has lent: now, rather than when nothing hangs on the engine any more.
    prefix : str
        Of the tables it makes.
    """

    con: BaseBackend
    reader: Backend
    scratch: Path
    load: Callable[[str, Path], Table]
    close: Callable[[], object]
    prefix: str = ""

    def materialize(self, name: str, expression: Table, *, loosely: bool = False) -> Table:
        """Compute an expression once and hand back the table that holds it.

        Parameters
        ----------
        name : str
        expression : Table
        loosely : bool
            Whether the embedded engine keeps it in memory, and spills it where that is short: for what is read often and has far fewer rows than there are lines. To compress
            and write it takes as long as grouping the lines does.
        """
        return self.con.create_table(self.prefix + name, expression, database=LOOSE if loosely and self.con is self.reader else None, overwrite=True)

    def take_over(self, name: str, table: Table) -> Table:
        """Bring rows that the reader holds to where tables are computed."""
        if self.con is self.reader:
            return table
        path = self.scratch / f"{name}.parquet"
        self.reader.to_parquet(table, path)
        return self.load(name, path)

    def under(self, label: str) -> "Engine":
        """Give the same database with names of its own for what is computed next: equal names do not overwrite each other."""
        return replace(self, prefix=f"{self.prefix}{label}__")


def open_engine(scratch: Path | None = None, settings: EngineSettings | None = None) -> Engine:
    """Open the engine: an embedded DuckDB with every way out of the machine closed, and beside it the one that the settings name.

    The tables of the embedded one lie in a file in the scratch folder, read back piece by piece, where memory would hold them whole.

    Parameters
    ----------
    scratch : Path, optional
        A folder for the tables, spilled data and transcoded files; by default a temporary one, for this user only, gone when the engine is.
    settings : EngineSettings, optional

    Raises
    ------
    ConfigurationError
        When the engine cannot be reached, what speaks to it is not installed, or there is nowhere to write.
    """
    if not gc.get_freeze_count():
        gc.freeze()  # libraries are there to stay: nor is this looked through again and again
    settings = settings or EngineSettings()
    folder, remove = (scratch, None) if scratch else claim_folder("workbook-")
    folder.mkdir(parents=True, exist_ok=True)
    ibis.options.sql.fuse_selects = False  # DuckDB flattens nested selects itself; Ibis would take a sixth of a report's time to do it before
    spilled, empty = claim_folder("workbook-", Path(settings.spill)) if settings.spill else (folder / "spill", None)
    reader = ibis.duckdb.connect(folder / "rows.duckdb", temp_directory=str(spilled), storage_compatibility_version="latest")
    for setting in ("autoinstall_known_extensions = false", "autoload_known_extensions = false", "preserve_insertion_order = true",
                    "enable_external_file_cache = false",  # the system keeps files in memory already
                    "TimeZone = 'UTC'", f"memory_limit = '{_limit_memory(reader.con, settings.memory_limit)}'",
                    *([f"threads = {settings.threads}"] if settings.threads else [])):  # fmt: skip
        reader.raw_sql(f"set {setting}")
    reader.raw_sql(f"attach if not exists ':memory:' as {LOOSE[0]}")
    weakref.finalize(reader, _leave, reader.con if remove else None, [taken for taken in (empty, remove) if taken])
    if settings.kind == "duckdb":
        return Engine(reader, reader, folder, lambda name, path: reader.read_parquet(path, table_name=name), lambda: None)
    con, load, close = _speak(settings.kind, f'[engine] kind = "{settings.kind}"', lambda there: there.connect(settings, folder))
    return Engine(con, reader, folder, load, close)


def open_database(variable: str) -> BaseBackend:
    """Open the PostgreSQL whose address an environment variable holds, only to read from it.

    Raises
    ------
    ConfigurationError
        When it cannot be reached, or what speaks to it is not installed.
    """
    return _speak("postgres", f'database = "env:{variable}"', lambda there: there.look(variable))


def _speak(kind: str, wanted: str, ask: Callable[[ModuleType], Answer]) -> Answer:
    """Ask what speaks to an engine: it is installed with that engine's extra only."""
    try:
        return ask(importlib.import_module(f"analysis.engines.{kind if kind in ('postgres', 'spark') else 'warehouses'}"))
    except ImportError as error:
        lacks = f" ({error.name} is missing)" if error.name else ""
        raise ConfigurationError(
            f'{wanted} needs a package that is not installed{lacks}. Install it with: pip install "customer-segmentation-workbook[{kind}]"'
        ) from None


def _limit_memory(con: duckdb.DuckDBPyConnection, wanted: str | None) -> str:
    """Say how much memory tables may take: what is wanted, of which DuckDB knows no shares, or ours; by itself it would take four fifths of what there is."""
    if wanted and not wanted.endswith("%"):
        return wanted
    ((own,),) = con.execute("select current_setting('memory_limit')").fetchall()
    number, unit = own.split()
    most = float(number) * 1024 ** ("KMGT".index(unit[0]) - 2)  # GiB
    return f"{most * float(wanted[:-1]) / 80 if wanted else min(most, MEMORY):.3f}GiB"


def _leave(con: duckdb.DuckDBPyConnection | None, folders: Sequence[Callable[[], None]]) -> None:
    if con:
        con.close()
    for take_away in folders:
        take_away()
