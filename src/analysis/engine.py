"""Where the rows are: a DuckDB inside this process that never calls anywhere."""

import shutil
import tempfile
import weakref
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import ibis
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table


@dataclass(frozen=True)
class Engine:
    """An open database and the scratch folder that holds it."""

    con: Backend
    scratch: Path
    prefix: str = ""  # of the tables it makes

    def materialize(self, name: str, expression: Table) -> Table:
        """Compute an expression once and hand back the table that holds it."""
        return self.con.create_table(self.prefix + name, expression, overwrite=True)

    def under(self, label: str) -> "Engine":
        """Give the same database with names of its own for what is computed next: equal names do not overwrite each other."""
        return replace(self, prefix=f"{self.prefix}{label}__")


def open_engine(scratch: Path | None = None) -> Engine:
    """Open an embedded DuckDB with every way out of the machine closed.

    Its tables lie in a file in the scratch folder: compressed, and read back piece by piece, where memory would hold them whole.

    Parameters
    ----------
    scratch : Path, optional
        A folder for the tables, spilled data and transcoded files; by default a temporary one, for this user only, gone when the engine is.
    """
    folder = scratch or Path(tempfile.mkdtemp(prefix="workbook-"))
    folder.mkdir(parents=True, exist_ok=True)
    ibis.options.sql.fuse_selects = False  # DuckDB flattens nested selects itself; Ibis would take a sixth of a report's time to do it before
    con = ibis.duckdb.connect(folder / "rows.duckdb", temp_directory=str(folder / "spill"), storage_compatibility_version="latest")
    for setting in ("autoinstall_known_extensions = false", "autoload_known_extensions = false", "preserve_insertion_order = true",
                    "TimeZone = 'UTC'"):  # fmt: skip
        con.raw_sql(f"set {setting}")
    if scratch is None:
        weakref.finalize(con, _remove, con.con, folder)
    return Engine(con, folder)


def _remove(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    con.close()
    shutil.rmtree(folder, ignore_errors=True)
