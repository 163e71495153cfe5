"""PostgreSQL: the company's database as the engine; it is only read, but for a schema of our own."""

import os
from collections.abc import Callable
from pathlib import Path

import ibis
import pyarrow.parquet as pq
from ibis.backends.postgres import Backend
from ibis.expr.types import Table

from analysis.settings.engine import EngineSettings


def connect(settings: EngineSettings, scratch: Path) -> tuple[Backend, Callable[[str, Path], Table]]:
    """Reach the database that the environment variable names.

    Returns
    -------
    Backend
    callable
        Brings a Parquet file there, under a name.
    """
    con = ibis.connect(os.environ[str(settings.url_env)])
    con.raw_sql(f"create schema if not exists {settings.tables_in}")
    con.raw_sql(f"set search_path to {settings.tables_in}, public")
    return con, lambda name, path: con.create_table(name, pq.read_table(path), overwrite=True)
