"""Where the rows are: a DuckDB inside this process that never calls anywhere."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table


@dataclass(frozen=True)
class Engine:
    """An open database and the scratch folder it may spill to."""

    con: Backend
    scratch: Path

    def materialize(self, name: str, expression: Table) -> Table:
        """Compute an expression once and hand back the table that holds it."""
        return self.con.create_table(name, expression, temp=True, overwrite=True)


def open_engine(scratch: Path | None = None) -> Engine:
    """Open an embedded DuckDB with every way out of the machine closed.

    Parameters
    ----------
    scratch : Path, optional
        A folder for spilled data and transcoded files; a temporary one by default.
    """
    scratch = scratch or Path(tempfile.mkdtemp(prefix="workbook-"))
    con = ibis.duckdb.connect(temp_directory=str(scratch / "spill"))
    for setting in ("autoinstall_known_extensions = false", "autoload_known_extensions = false", "preserve_insertion_order = true",
                    "enable_progress_bar = false", "TimeZone = 'UTC'"):  # fmt: skip
        con.raw_sql(f"set {setting}")
    return Engine(con, scratch)
