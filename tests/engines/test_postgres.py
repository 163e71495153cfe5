"""PostgreSQL as the engine: the same tables as the embedded DuckDB, a schema of our own that goes again, an address that is never told."""

import datetime as dt
import gc
import hashlib
import os
import subprocess
import sys
import time
from decimal import Decimal

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from comparing import compare_tables
from ibis import _

from analysis.engine import open_engine
from analysis.errors import ConfigurationError, WorkbookError
from analysis.settings.engine import EngineSettings

GUESS, READER = "s3cret-guess", "s3cret-reader"
VARIABLE = "WORKBOOK_TEST_DATABASE_URL"
SETTINGS = EngineSettings(kind="postgres", url_env=VARIABLE)
OURS = "select nspname from pg_namespace where nspname ~ '^workbook_' order by 1"


@pytest.fixture
def engine(postgres_engine, tmp_path):
    return open_engine(tmp_path, SETTINGS)


def test_the_sample_gives_the_same_tables_in_postgres(sample, postgres_engine):
    compare_tables(sample.open(), sample.open(postgres_engine))


def test_online_retail_gives_the_same_tables_in_postgres(retail, postgres_engine):
    compare_tables(retail.open(), retail.open(postgres_engine))


def test_a_run_leaves_nothing_behind_and_clears_what_killed_runs_left(postgres, postgres_engine, tmp_path):
    """A schema whose run is gone is dropped, the one of a run that goes on stays, and so do those that only look like ours."""
    gc.collect()
    before = {name for (name,) in postgres.ask(OURS)}  # of runs that other tests keep open
    postgres.do(
        "create schema workbook_0badcafe", "create table workbook_0badcafe.left_over (a int)", "create schema workbook_mine", "create schema workbook_00000000x"
    )
    try:
        first = open_engine(tmp_path / "first", SETTINGS)
        (ours,) = {name for (name,) in postgres.ask(OURS)} - before - {"workbook_mine", "workbook_00000000x"}
        second = open_engine(tmp_path / "second", SETTINGS)
        assert "workbook_0badcafe" not in {name for (name,) in postgres.ask(OURS)}
        assert ours in {name for (name,) in postgres.ask(OURS)}
        assert first.materialize("kept", ibis.memtable({"a": [1]})).a.sum().execute() == 1
        del first, second
        gc.collect()
        assert {name for (name,) in postgres.ask(OURS)} == before | {"workbook_mine", "workbook_00000000x"}
    finally:
        postgres.do("drop schema workbook_mine", "drop schema workbook_00000000x")


def test_a_killed_process_is_cleared_away_by_the_next(postgres, postgres_engine, tmp_path):
    code = (
        "import os, ibis; from analysis.engine import open_engine; from analysis.settings.engine import EngineSettings; from pathlib import Path;"
        f"e = open_engine(Path({str(tmp_path / 'killed')!r}), EngineSettings(kind='postgres', url_env={VARIABLE!r}));"
        "e.materialize('t', ibis.memtable({'a': [1]})); print(e.con.current_database, flush=True); os.kill(os.getpid(), 9)"
    )
    died = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    schema = died.stdout.strip()
    assert died.returncode == -9, died.stderr
    deadline = time.monotonic() + 20
    while postgres.ask("select 1 from pg_namespace where nspname = %s", [schema]) and time.monotonic() < deadline:
        # the server may take a moment to see that it is gone
        engine = open_engine(tmp_path / "next", SETTINGS)
        del engine
        gc.collect()
    assert postgres.ask("select 1 from pg_namespace where nspname = %s", [schema]) == []


def test_nothing_is_written_outside_our_schema(postgres, engine):
    everything = "select schemaname, tablename from pg_tables where schemaname !~ '^(workbook_|pg_|information_schema)' order by 1, 2"
    before = postgres.ask(everything)
    engine.materialize("mine", ibis.memtable({"a": [1, 2]}).mutate(b=_.a + 1))
    engine.under("again").materialize("mine", engine.con.table("mine"))
    assert postgres.ask(everything) == before


def spoiled(postgres, what):
    """Write an address that does not work."""
    return {
        "unset": "",
        "no address": "nonsense://x?y",
        "wrong password": postgres.url(password=GUESS),
        "unknown user": postgres.url(user="mallory"),
        "unknown host": postgres.url(host="db.invalid"),
        "closed port": postgres.url(port=1),
        "unknown database": postgres.url(database="warehouse"),
        "no place": postgres.url(user="reader", password=READER),
    }[what]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("unset", "is not set"),
        ("no address", "does not hold the address of a PostgreSQL database"),
        ("wrong password", "does not accept the user or the password"),
        ("unknown user", "does not accept the user or the password"),
        ("unknown host", "the host is not known"),
        ("closed port", "nothing answers at that host and port"),
        ("unknown database", "no database of that name"),
        ("no place", "may not make a schema in that database"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_and_the_address_is_not(postgres, postgres_engine, tmp_path, monkeypatch, what, said):
    if not postgres.ask("select 1 from pg_roles where rolname = 'reader'"):
        postgres.do("create role reader login password 's3cret-reader'")
    monkeypatch.setenv("SHOP_URL", spoiled(postgres, what))
    with pytest.raises(ConfigurationError) as caught:
        open_engine(tmp_path, EngineSettings(kind="postgres", url_env="SHOP_URL"))
    told = str(caught.value)
    assert said in told and "SHOP_URL" in told
    assert caught.value.__suppress_context__ or not caught.value.__context__  # a traceback shows no more
    for part in (postgres.password, "s3cret", "mallory", "db.invalid", "127.0.0.1", str(postgres.port), "warehouse", "reader"):
        assert part not in told


def test_the_command_line_does_not_tell_the_address_even_when_asked_for_everything(root, postgres, tmp_path):
    """A wrong password, with --debug: one sentence, a traceback, exit code 2, and nothing of the address."""
    config = (root / "workbook.toml").read_text().replace("data/raw", str(root / "data/raw")) + '\n[engine]\nkind = "postgres"\nurl_env = "SHOP_URL"\n'
    (tmp_path / "workbook.toml").write_text(config)
    ran = subprocess.run(
        [sys.executable, "-c", "from analysis.cli import main; main()", "run", "--debug", "--config", tmp_path / "workbook.toml", "--as-of", "latest"],
        env=os.environ | {"SHOP_URL": postgres.url(password=GUESS)}, capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    said = ran.stdout + ran.stderr
    assert ran.returncode == 2, said
    assert "Traceback" in said and "does not accept the user or the password" in said
    assert "s3cret" not in said and "postgresql://owner" not in said and f":{postgres.port}" not in said


def test_a_database_that_cannot_hold_every_name_is_refused(postgres, postgres_engine, tmp_path, monkeypatch):
    if not postgres.ask("select 1 from pg_database where datname = 'old'"):
        postgres.do("create database old encoding 'LATIN1' locale_provider libc locale 'C' template template0")
    monkeypatch.setenv("SHOP_URL", postgres.url(database="old"))
    with pytest.raises(ConfigurationError, match="stores text as LATIN1"):
        open_engine(tmp_path, EngineSettings(kind="postgres", url_env="SHOP_URL"))


def test_what_speaks_to_an_engine_is_named_where_it_is_not_installed(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "analysis.engines.postgres", raising=False)
    with pytest.raises(ConfigurationError, match=r'pip install "customer-segmentation-workbook\[postgres\]"'):
        open_engine(tmp_path, EngineSettings(kind="postgres", url_env="SHOP_URL"))


ROWS = {
    "who": pa.array(['a"b', "", None, "back\\slash \\N", "two\nlines, 王 🎁"]),
    "money": pa.array([Decimal("0.0001"), Decimal("-12345678901234.5678"), None, Decimal("1.5"), Decimal(0)], pa.decimal128(18, 4)),
    "sum": pa.array([Decimal("9" * 34 + ".9999"), None, Decimal(0), Decimal("-0.0001"), Decimal(1)], pa.decimal128(38, 4)),
    "on": pa.array([dt.date(1970, 1, 1), None, dt.date(2100, 12, 31), dt.date(2024, 2, 29), dt.date(1, 1, 1)]),
    "at": pa.array(
        [dt.datetime(2024, 2, 29, 23, 59, 59, 999999), None, dt.datetime(1970, 1, 1), dt.datetime(2024, 1, 1), dt.datetime(9999, 12, 31)], pa.timestamp("us")
    ),
    "yes": pa.array([True, False, None, True, False]),
    "small": pa.array([-128, 127, None, 0, 1], pa.int8()),
    "large": pa.array([2**63 - 1, -(2**63), None, 0, 1], pa.int64()),
    "share": pa.array([0.1, 1e-300, None, -float("inf"), 1 / 3], pa.float64()),
}


def test_what_the_server_ends_is_told(engine, postgres):
    engine.con.raw_sql("set statement_timeout = '20ms'")
    with pytest.raises(WorkbookError, match=r"longer than its administrator allows \(statement_timeout\)\.$"):
        engine.materialize("slow", ibis.range(3_000_000).unnest().name("n").as_table())
    engine.con.raw_sql("set statement_timeout = 0")
    ((number,),) = engine.con.raw_sql("select pg_backend_pid()").fetchall()
    postgres.do(f"select pg_terminate_backend({number})")
    with pytest.raises(WorkbookError, match=r"^The connection to the database is lost\. Run again when it is back"):
        engine.materialize("lost", ibis.memtable({"a": [1]}))


def test_a_parquet_file_arrives_as_it_is(engine, tmp_path):
    given = pa.table(ROWS)
    pq.write_table(given, tmp_path / "rows.parquet")
    loaded = engine.load("rows", tmp_path / "rows.parquet")
    assert loaded.to_pyarrow().equals(given)
    assert pa.Table.from_batches(loaded.to_pyarrow_batches()).equals(given)
    assert engine.materialize("copied", loaded).to_pyarrow().equals(given)
    assert ibis.memtable(given).pipe(engine.con.to_pyarrow).equals(given)
    assert engine.load("empty", _write(tmp_path, given.slice(0, 0))).to_pyarrow().equals(given.slice(0, 0))


def _write(folder, table):
    pq.write_table(table, folder / "empty.parquet")
    return folder / "empty.parquet"


def test_a_sign_that_the_server_cannot_hold_is_shown_as_such(engine):
    assert engine.con.to_pyarrow(ibis.memtable(pa.table({"a": ["x\0y"]})).a).to_pylist() == ["x\ufffdy"]


def test_text_is_sorted_by_code_points_and_cased_in_every_alphabet(engine):
    """The database sorts as people do (a, B, é); ours sorts as every other engine does."""
    words = ["b", "A", "a", "B", "é", "É", "_", "中", "Z", "ß"]
    table = engine.materialize("words", ibis.memtable({"w": words}))
    assert table.order_by("w").execute().w.tolist() == sorted(words)
    assert table.w.max().execute() == max(words) and table.filter(_.w < "a").count().execute() == sum(word < "a" for word in words)
    assert table.order_by("w").mutate(x=_.w.lower(), y=_.w.upper()).execute()[["x", "y"]].to_numpy().tolist() == [[w.lower(), w.upper()] for w in sorted(words)]


def test_numbers_keep_their_types(engine):
    table = ibis.memtable({"n": [1, 2, 4], "yes": [True, False, True]})
    counted = engine.materialize("counted", table.agg(n=_.n.sum(), yes=_.yes.sum(), half=_.n.sum() / 2, first=(_.n == 1).cast("int8").max()))
    found = counted.execute().iloc[0]
    assert (found.n, found.yes, found.half, found["first"]) == (7, 2, 3.5, 1)
    assert str(counted.schema()["first"]) == "int8" and str(counted.to_pyarrow().schema.field("n").type) == "int64"


def test_digests_are_those_of_everybody(engine):
    words = engine.materialize("digested", ibis.memtable({"w": ["", "abc", "王 🎁"]}))
    found = words.order_by("w").mutate(md5=_.w.hexdigest("md5"), sha256=_.w.hexdigest("sha256")).execute()
    for how in ("md5", "sha256"):
        assert found[how].tolist() == [hashlib.new(how, word.encode()).hexdigest() for word in ("", "abc", "王 🎁")]
