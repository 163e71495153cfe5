"""Apache Spark: inside this process for one machine, or a running cluster by its master URL or through Spark Connect."""

import contextlib
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import uuid
import warnings
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
from ibis.expr.types import Table
from pyspark import SparkContext
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from analysis.engines.spark_tables import SparkTables
from analysis.errors import ConfigurationError
from analysis.settings.engine import EngineSettings

JAVA = 17  # the oldest that this Spark runs on
PARTS = 16  # of a shuffle, on one machine: small ones are put together again
PROGRAMS = 1_000  # that Spark has written and compiled and keeps: a run has several hundred, many of them more than once
_THROWN = re.compile(r"^\s*(Caused by)?: (\w+[.$])+\w+: ")  # before what an exception of Java says
CARRIED = 256 << 20  # bytes of a file that may be handed to a cluster row by row

_lent: set[str] = set()  # our schemas on a cluster that lent us workers: there is one Spark in a process, whoever asks for it


def connect(settings: EngineSettings, scratch: Path) -> tuple[SparkTables, Callable[[str, Path], Table], Callable[[], object]]:
    """Start or reach Spark.

    Our tables lie in a schema of this run alone, which goes when the run does: on one machine in the scratch folder, on a cluster where that keeps its tables. There,
    files go to and fro through the folder `spill`, which must be on a file system that the workers see under the same name; without one, row by row. A cluster that we
    were the first in this process to ask for workers gets them back with the last of our schemas: an application that only waits would keep them from the next.

    Returns
    -------
    SparkTables
    callable
        Brings a Parquet file there, under a name.
    callable
        Takes our schema away; it goes as well when nothing hangs on the backend any more.

    Raises
    ------
    ConfigurationError
        When Spark cannot be started or reached, or there is no Java to run it.
    """
    alone, remote = settings.master.startswith("local"), settings.master.startswith("sc://")
    lent = not alone and not remote and (bool(_lent) or SparkContext._active_spark_context is None)  # noqa: SLF001 - not where a Spark was running before
    session = _start(settings, scratch)
    for key, value in _manners().items():
        session.conf.set(key, value)
    SparkTables.register_options()
    con = SparkTables()
    con.do_connect(session)
    ((today,),) = session.sql("select date_format(current_date(), 'yyyyMMdd')").collect()
    schema = f"{settings.tables_in}_{today}_{uuid.uuid4().hex[:8]}"
    spill = Path(settings.spill).resolve() if settings.spill else None
    con.folder = scratch if alone else spill / schema if spill else None
    if not alone:
        _clear_up(session, settings.tables_in, spill)
    try:
        con.raw_sql(f"create database {schema}" + (f" location '{(scratch / 'tables').resolve().as_uri()}'" if alone else ""))
        con.raw_sql(f"use {schema}")
        if con.folder and not alone:
            con.folder.mkdir(parents=True)
    except PySparkException as error:
        raise ConfigurationError(f"Spark at {_place(settings.master)} gives us no place for tables, the schema {schema}: {_tell_cause(error)}") from error
    if lent:
        _lent.add(schema)

    def load(name: str, path: Path) -> Table:
        return _load(con, name, path, alone=alone)

    return con, load, weakref.finalize(con, _leave, session, schema, folder=None if alone else con.folder, remote=remote)


def _clear_up(session: SparkSession, begin: str, spill: Path | None) -> None:
    """Drop what killed runs left: schemas named as ours are, of the day before yesterday or before, and what passed through the folder for them."""
    with contextlib.suppress(PySparkException):  # whoever may not look has nothing to drop
        for name, before in session.sql("show databases").selectExpr("namespace", "date_format(date_sub(current_date(), 1), 'yyyyMMdd')").collect():
            told = re.fullmatch(rf"{re.escape(begin)}_(\d{{8}})_[0-9a-f]{{8}}", name)
            if told and told[1] < before:
                _leave(session, name, folder=spill / name if spill else None)


def _manners() -> dict[str, str]:
    """Say what every session of ours needs for equal results, and what is only for comfort."""
    return {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",  # our times are the shop's own: no zone
        "spark.sql.ansi.enabled": "true",  # a sum that does not fit is an error, not a missing value
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }


def _start(settings: EngineSettings, scratch: Path) -> SparkSession:
    """Start Spark, or take the one that is running in this process, and give a session of our own."""
    _knock(settings.master)
    builder = SparkSession.builder.appName("customer-segmentation-workbook")
    own: dict[str, str] = {}
    if settings.master.startswith("sc://"):
        builder = builder.remote(settings.master)
    else:
        _see_java()
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        own = {"spark.ui.showConsoleProgress": "false"}
        if settings.master.startswith("local"):
            own |= {"spark.ui.enabled": "false", "spark.driver.memory": _memory(settings.memory_limit), "spark.sql.shuffle.partitions": str(PARTS),
                    "spark.sql.codegen.cache.maxEntries": str(PROGRAMS),
                    "spark.sql.warehouse.dir": str(scratch.resolve() / "warehouse"),  # nothing of ours; else an empty folder where somebody happens to stand
                    "spark.local.dir": settings.spill or tempfile.gettempdir(),  # what does not fit into memory; in a kernel, what goes with it
                    "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}  # fmt: skip
        builder = builder.master(f"local[{settings.threads}]" if settings.master == "local[*]" and settings.threads else settings.master)
    for key, value in (own | settings.options).items():
        builder = builder.config(key, _look_up(key, value))
    with _quietly() as said, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)  # nothing of ours goes through it
        try:
            # of a Spark that is reached by Connect the session is ours; of one in this process it is everybody's
            session = builder.create() if settings.master.startswith("sc://") else builder.getOrCreate().newSession()
            session.sql("select 1").collect()
        except Exception as error:
            raise ConfigurationError(_explain(settings.master, error, said())) from error
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)  # what is wrong comes as an exception, and is told once
    if not settings.master.startswith("sc://"):
        session.sparkContext.setLogLevel("OFF")
    return session


def _look_up(key: str, value: str) -> str:
    """Give the value of an option: as it stands, or what an environment variable holds."""
    name = value.removeprefix("env:")
    if name != value and not os.environ.get(name):
        raise ConfigurationError(f"The environment variable {name}, which engine.options names for {key}, is not set. Set it and run again.")
    return value if name == value else os.environ[name]


def _knock(master: str) -> None:
    """See whether anybody answers at an address: Spark itself would wait for minutes before it says so."""
    for host, port in re.findall(r"(?:spark://|sc://|,)([^:/;,]+)(?::(\d+))?", master):
        try:
            socket.create_connection((host, int(port or (15002 if master.startswith("sc://") else 7077))), timeout=10).close()
        except OSError as error:
            why = error
        else:
            return
    if re.match("spark://|sc://", master):
        raise ConfigurationError(
            f"Spark cannot be reached at {_place(master)}: {why}. Look at engine.master in the configuration, and whether the cluster is running."
        )


def _see_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = f"{home}/bin/java" if home else shutil.which("java")
    need = f"Spark needs Java {JAVA} or newer"
    if not java or not Path(java).is_file():
        raise ConfigurationError(f'{need}, and there is none here. Install it (openjdk-{JAVA}-jre-headless), or set JAVA_HOME, or take engine.kind = "duckdb".')
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    if not found or int(found[1]) < JAVA:
        raise ConfigurationError(f"{need}; {java} is {found[1] if found else 'none that can be run'}. Install a newer one and point JAVA_HOME to it.")


def _memory(limit: str | None) -> str:
    """Give the memory of Spark on one machine, in MiB: what the settings say, or half of what there is."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20
    number, unit = re.fullmatch(r"([\d.]+)\s*(\D+)", limit or "50%").groups()  # type: ignore[union-attr]
    if unit == "%":
        return f"{int(whole * float(number) / 100)}m"
    return f"{int(float(number) * 1024 ** (' KMGT'.index(unit[0]) - 2))}m"


@contextlib.contextmanager
def _quietly() -> Iterator[Callable[[], str]]:
    """Keep what Java says to the terminal, and go on saying for as long as it runs, in a file instead."""
    if SparkContext._gateway is not None:  # noqa: SLF001 - nothing is started
        yield lambda: ""
        return
    with tempfile.TemporaryFile() as log:
        kept = os.dup(2)
        os.dup2(log.fileno(), 2)

        def said() -> str:
            return os.pread(log.fileno(), 20_000, 0).decode(errors="replace")

        try:
            yield said
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _explain(master: str, error: Exception, log: str) -> str:
    """Say in one sentence why there is no Spark."""
    if master.startswith("sc://") and isinstance(error, ImportError | PySparkException) and "PACKAGE_NOT_INSTALLED" in str(error):
        return f"Spark Connect ({_place(master)}) needs packages that are not installed here: pip install 'pyspark[connect]'."
    why = _tell_cause(error, log)
    if master.startswith("local"):
        return f"Spark cannot be started here, as {master}: {why}. Look at [engine] in the configuration."
    return f"Spark cannot be reached at {_place(master)}: {why}. Look at engine.master in the configuration, and whether the cluster is running."


def _tell_cause(error: Exception, log: str = "") -> str:
    """Quote the line that tells what is wrong: the innermost of what Java caught and threw again, else the first that sounds like it."""
    said = [line for line in [*str(error).splitlines(), *log.splitlines()] if not re.search(r"\b(WARN|INFO)\b", line)]
    causes = [line for line in said if _THROWN.match(line)]
    told = causes[-1:] or [line for line in said if re.search("error|exception|refused|failed|resolve|unavailable", line, re.I)] or said
    plain = _THROWN.sub("", told[0]) if told else type(error).__name__
    return re.sub(r"\s+", " ", plain).strip(" .")[:200]


def _place(master: str) -> str:
    """Name an address without what comes after it, where a token may stand."""
    return master.split(";", maxsplit=1)[0].rstrip("/")


def _load(con: SparkTables, name: str, path: Path, *, alone: bool) -> Table:
    session = con._session  # noqa: SLF001 - Ibis has no other way to it
    if con.folder:
        there = path if alone else con.folder / f"{name}-{uuid.uuid4().hex[:8]}.parquet"
        if there != path:
            shutil.copyfile(path, there)
        session.read.parquet(there.resolve().as_uri()).createOrReplaceTempView(name)
    elif path.stat().st_size > CARRIED:
        raise ConfigurationError(
            f"{name} takes {path.stat().st_size >> 20:,} MB, too much to be handed to the cluster row by row. Set engine.spill to a folder that the workers of the "
            "cluster see under the same name, or name a table of the cluster under [inputs]."
        )
    else:
        session.createDataFrame(pq.read_table(path)).createOrReplaceTempView(name)
    return con.table(name)


def _leave(session: SparkSession, schema: str, *, folder: Path | None, remote: bool = False) -> None:
    """Take our tables away, and what passed through the folder that the workers see."""
    with contextlib.suppress(Exception):  # whoever is gone needs no cleaning
        session.sql(f"drop database if exists {schema} cascade")
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    if remote:
        session.stop()  # left open, the connection would keep this process from ending
    if schema in _lent:
        _lent.remove(schema)
        if not _lent:
            with contextlib.suppress(Exception):
                session.sparkContext.stop()
