"""What is kept while something runs: where it goes, who takes it away, and what is said where neither memory nor disk is enough."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from analysis.data.reading.tables import read_database
from analysis.engine import open_engine
from analysis.errors import ConfigurationError, find_shortage
from analysis.scratch import claim_folder
from analysis.settings.engine import EngineSettings
from shops import open_shop

ROWS = 4_000_000
SPILLING = f"""
import sys
sys.path[:0] = {sys.path!r}
from analysis.engine import open_engine
from analysis.settings.engine import EngineSettings
engine = open_engine(settings=EngineSettings(memory_limit="150MB", threads=2, spill=sys.argv[1]))
rows = f"select i * 7919 % {ROWS // 2} as k, i, i || repeat('x', 20) as word from range({ROWS}) t(i)"
told = engine.reader.con.execute(f"select count(*), sum(n), sum(s), min(w) from (select k, count(*) n, sum(i) s, min(length(word)) w from ({{rows}}) group by k)").fetchone()
print(*told)
"""


def test_two_runs_that_spill_to_one_folder_leave_each_other_alone(tmp_path):
    """Left to itself, the engine calls its files the same in each process, and one writes over the other's."""
    program = tmp_path / "spilling.py"
    program.write_text(SPILLING, encoding="utf-8")
    runs = [subprocess.Popen([sys.executable, program, tmp_path / "disk"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for run in runs:
        told, wrong = run.communicate(timeout=300)
        assert told.split() == [str(ROWS // 2), str(ROWS), str(ROWS * (ROWS - 1) // 2), "21"], wrong
    assert list((tmp_path / "disk").iterdir()) == []


def test_what_killed_runs_left_goes_and_what_is_in_use_stays(tmp_path):
    used, release = claim_folder("workbook-", tmp_path)
    (used / "tables").write_bytes(b"in use")
    for name in ("workbook-0123abcd", "others"):
        (tmp_path / name).mkdir()
        (tmp_path / f"{name}.lock").touch()
    own, release_own = claim_folder("workbook-", tmp_path)
    assert own != used
    assert (used / "tables").read_bytes() == b"in use"
    assert {path.name for path in tmp_path.iterdir()} == {used.name, f"{used.name}.lock", own.name, f"{own.name}.lock", "others", "others.lock"}
    release()
    release_own()
    assert {path.name for path in tmp_path.iterdir()} == {"others", "others.lock"}


def test_the_lock_of_a_folder_in_use_is_held(tmp_path):
    used, release = claim_folder("workbook-", tmp_path)
    lock = FileLock(used.with_suffix(".lock"))
    with pytest.raises(TimeoutError):
        lock.acquire(timeout=0)
    release()


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_read(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match=r"^Nothing can be written to .*/file/spilled \(Not a directory\)\. Name a folder .*: spill under"):
        open_engine(settings=EngineSettings(spill=str(tmp_path / "file" / "spilled")))


LINES = [("a", "2024-01-01", "1", "p", 1, 5), ("b", "2024-01-02", "2", "p", 1, 6), ("c", "2024-01-03", "3", "p", 1, 7)]


def test_the_folder_is_seen_from_the_configuration(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shop = open_shop(tmp_path / "shop", LINES, engine={"spill": "spilled"})
    ((told,),) = shop.engine.reader.con.execute("select current_setting('temp_directory')").fetchall()
    assert Path(told).parent == tmp_path / "shop" / "spilled"
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]


def test_too_little_memory_is_no_fault_of_a_file(tmp_path):
    with sqlite3.connect(tmp_path / "shop.sqlite") as file:
        file.execute("create table lines (customer, at, amount)")
        file.executemany("insert into lines values (?, ?, ?)", ((f"c{n % 99}", "2024-01-02", n) for n in range(200_000)))
    engine = open_engine(settings=EngineSettings(memory_limit="2MB"))
    with pytest.raises(ConfigurationError, match="too little for these data"):
        read_database(engine, tmp_path / "shop.sqlite", "sqlite", "lines", "read")


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("memory_limit = '5MB'", r"The memory that tables may use is too little for these data \(.* MiB used\)\)\. Raise memory_limit under \[engine\]"),
        ("max_temp_directory_size = '1MB'", r"A disk is full \(.*\)\. Free some of it, or name a larger one: spill under"),
    ],
)
def test_a_shortage_is_told_as_one(tmp_path, limit, said):
    con = duckdb.connect(config={"memory_limit": "80MB", "threads": 2, "temp_directory": str(tmp_path / "spill")})
    con.execute(f"set {limit}")
    with pytest.raises(duckdb.Error) as error:
        con.execute(f"create table t as select md5(i::varchar) || md5((i + 1)::varchar) as word from range({ROWS}) t(i) order by word")
    short = find_shortage(type(error.value).__name__, str(error.value))
    assert re.fullmatch(f"{said}.*", str(short))
    assert short.exit_code == 2


def test_a_full_disk_is_told_of_any_file():
    with pytest.raises(OSError, match="No space left") as error, Path("/dev/full").open("wb", buffering=0) as file:
        file.write(b"more")
    assert str(find_shortage(type(error.value).__name__, str(error.value))).startswith("A disk is full ([Errno 28] No space left on device)")


@pytest.mark.parametrize(
    ("kind", "said"),
    [("Py4JJavaError", "An error occurred while calling o12.collect.\n: java.lang.OutOfMemoryError: Java heap space"), ("MemoryError", "")],
)
def test_memory_may_run_short_elsewhere(kind, said):
    assert "Raise memory_limit under [engine]" in str(find_shortage(kind, said))


@pytest.mark.parametrize(("kind", "said"), [("KeyError", "'memory'"), ("IOException", "IO Error: No such file"), ("ValueError", "")])
def test_other_errors_are_no_shortage(kind, said):
    assert find_shortage(kind, said) is None
