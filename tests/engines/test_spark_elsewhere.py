"""Spark that runs elsewhere: a cluster by its master, or by Connect. Each asks in a process of its own, for only one kind of Spark fits into one."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

LOOK = """
import json
import sys
from decimal import Decimal
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.engine import open_engine
from analysis.settings.engine import EngineSettings

folder = Path(sys.argv[2])
pq.write_table(pa.table({"n": list(range(1000)), "money": [Decimal("0.10")] * 1000}), folder / "rows.parquet")
engine = open_engine(settings=EngineSettings.model_validate(json.loads(sys.argv[1])))
rows = engine.load("rows", folder / "rows.parquet")
made = engine.materialize("kept", rows.filter(rows.n >= 10))
print(made.count().execute(), made.money.sum().execute())
print([value for batch in made.order_by(ibis.desc("n")).to_pyarrow_batches(chunk_size=300) for value in batch["n"].to_pylist()] == list(range(999, 9, -1)))
print(engine.con.current_database)
"""
LEND = """
import json
import sys

from pyspark import SparkContext

from analysis.engine import open_engine
from analysis.settings.engine import EngineSettings

settings = EngineSettings.model_validate(json.loads(sys.argv[1]))
one, other = open_engine(settings=settings), open_engine(settings=settings)
one.close()
print(other.con.sql("select 7 as n").n.sum().execute(), SparkContext._active_spark_context is None)
other.close()
print(SparkContext._active_spark_context is None)
print(open_engine(settings=settings).con.sql("select 8 as n").n.sum().execute())
"""
LIST = """
import sys
from pyspark.sql import SparkSession

session = SparkSession.builder.remote(sys.argv[1]).create()
print([row[0] for row in session.sql("show databases").collect()])
session.stop()
"""
MAKE = """
import sys
from pyspark.sql import SparkSession

session = SparkSession.builder.remote(sys.argv[1]).create()
(yesterday,) = session.sql("select date_format(date_sub(current_date(), 1), 'yyyyMMdd')").first()
for name in sys.argv[2:]:
    session.sql("create database " + name.replace("YESTERDAY", yesterday))
    session.sql("create table " + name.replace("YESTERDAY", yesterday) + ".kept using parquet as select 1 as a")
session.stop()
"""
COMPARE = """
import json
import sys
from pathlib import Path

from comparing import Sample, compare_tables

sample = Sample(Path(sys.argv[1]))
there = sample.open(json.loads(sys.argv[2]))
compare_tables(sample.open(), there, names=("ledger", "thresholds"), frames=("months",))
print("equal")
"""


def engine_at(address: str, spill: Path | None) -> str:
    """Write the section [engine] for a Spark that is reached by Connect."""
    return json.dumps({"kind": "spark", "master": address, "spill": spill and str(spill)})


def ask(code: str, *words: object) -> str:
    """Run a program to its end; a connection that stays open would keep it from ending."""
    found = [str(Path(__file__).parent), *sys.path]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\nsys.path[:0] = {found!r}\n{code}", *map(str, words)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("passing", [True, False], ids=["through a folder", "row by row"])
def test_what_is_made_there_is_gone_afterwards(spark_connect, tmp_path, passing):
    passed = tmp_path / "passed"
    counted, ordered, schema = ask(LOOK, engine_at(spark_connect, passed if passing else None), tmp_path).splitlines()
    assert (counted, ordered) == ("990 99.00", "True")
    assert not passing or list(passed.iterdir()) == []
    assert "default" in ask(LIST, spark_connect) and schema not in ask(LIST, spark_connect)


def test_what_a_killed_run_left_is_gone_a_day_later(spark_connect, tmp_path):
    """Not what a run of yesterday may still use, nor what is not named as ours are."""
    ours, others = (
        "workbook_20200131_0123abcd",
        ["workbook_YESTERDAY_0123abcd", "workbook_20200131", "workbook_20200131_0123abcd_too", "shop_20200131_0123abcd"],
    )
    ask(MAKE, spark_connect, ours, *others)
    for name in (ours, others[-1]):
        (tmp_path / "passed" / name).mkdir(parents=True)
    ask(LOOK, engine_at(spark_connect, tmp_path / "passed"), tmp_path)
    there = ast.literal_eval(ask(LIST, spark_connect))
    assert ours not in there and len([name for name in there if name.endswith(("0123abcd", "0123abcd_too", "_20200131"))]) == len(others)
    assert [path.name for path in (tmp_path / "passed").iterdir()] == others[-1:]


def test_the_sample_has_the_same_ledger_and_cut_points(root, spark_connect, tmp_path):
    """From files to cut points; what comes later is the same code on the same kind of engine as in `test_spark`."""
    assert ask(COMPARE, root, engine_at(spark_connect, tmp_path)) == "equal\n"


def test_executors_of_a_cluster_do_the_work_and_what_was_made_is_gone_afterwards(spark_cluster, tmp_path):
    counted, ordered, schema = ask(LOOK, json.dumps(spark_cluster), tmp_path).splitlines()
    assert (counted, ordered) == ("990 99.00", "True")
    assert list(Path(spark_cluster["spill"]).iterdir()) == []
    assert not (Path(spark_cluster["options"]["spark.sql.warehouse.dir"]) / f"{schema}.db").exists()
    place = Path(spark_cluster["options"]["spark.sql.warehouse.dir"]).parent
    assert [path.name for path in (place / "work").glob("app-*/*/stderr")] == ["stderr"]  # an executor was started, and is where the work was done


def test_workers_are_given_back_with_the_last_engine_that_is_closed(spark_cluster):
    """The process that settles the day would otherwise keep them, and the chapters would wait for ever."""
    assert ask(LEND, json.dumps(spark_cluster)).splitlines() == ["7 False", "True", "8"]


def test_the_sample_has_the_same_ledger_and_cut_points_on_a_cluster(root, spark_cluster):
    assert ask(COMPARE, root, json.dumps(spark_cluster)) == "equal\n"
