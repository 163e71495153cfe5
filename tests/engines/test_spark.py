"""Spark gives the tables of the embedded engine, and by plans that hold for a cluster."""

import datetime as dt
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from comparing import compare_tables
from ibis import _
from pyspark.sql import SparkSession
from recording import Heard, listen

from analysis.engine import Engine, open_engine
from analysis.engines.spark import _explain
from analysis.errors import ConfigurationError
from analysis.schemas import SCHEMAS
from analysis.settings.engine import EngineSettings

MAIN = ("netted", "lines_cleaned", "gathered", "summed", "labelled", "spells", "overdue", "value_forecasts", "states__netted_history", "states", "ways", "active_months", "tags")  # fmt: skip
TEXTS = [" \t\n\r\v\felf of vlad\f\v ", "fv", "a.b,c", None, "Größe 5 $", "王小明"]


@pytest.fixture(scope="module")
def spark(spark_engine) -> Engine:
    """Spark on this machine, started once."""
    return open_engine(settings=EngineSettings.model_validate(spark_engine))


@pytest.fixture(scope="module")
def heard(sample, spark_engine, spark) -> Heard:
    """What the sample makes of Spark: every table is built here, the first time."""
    with listen(type(spark.con)) as heard:
        run = sample.open(spark_engine)
        for name in SCHEMAS:
            run.opened.get(name)
    return heard


def test_the_sample_is_the_same(heard, sample, spark_engine):
    compare_tables(sample.open(), sample.open(spark_engine))


def test_online_retail_is_the_same(retail, spark_engine):
    compare_tables(retail.open(), retail.open(spark_engine))


def explain(engine: Engine, expr) -> str:
    """Print the plan by which Spark would compute an expression."""
    engine.con._run_pre_execute_hooks(expr)
    return engine.con.raw_sql(engine.con.compile(expr))._jdf.queryExecution().executedPlan().toString()


@pytest.mark.parametrize("name", MAIN)
def test_a_plan_brings_no_rows_to_one_place(heard, sample, spark_engine, name):
    """No window without a partition, no product of tables, no loop over pairs of rows but with what is small by the way it is made; nothing is collected."""
    engine = sample.open(spark_engine).opened.engine
    plan = explain(engine, heard.made[name])
    assert list_faults(plan) == []


def list_faults(plan: str) -> list[str]:
    """Find in a plan what would not hold for a billion rows."""
    lines = plan.splitlines()
    found = []
    for number, line in enumerate(lines):
        depth = len(line) - len(line.lstrip(" :+-*()0123456789"))
        below = list(_below(lines, number, depth))
        if re.search(r"\bWindow\b", line) and any("SinglePartition" in other for other in below[:3]):
            found.append(line.strip())
        if "CartesianProduct" in line or "Collect" in line.split("[")[0]:
            found.append(line.strip())
        if "BroadcastNestedLoopJoin" in line and not _is_small(below, line):
            found.append(line.strip())
    return found


def _below(lines: list[str], number: int, depth: int):
    for line in lines[number + 1 :]:
        if len(line) - len(line.lstrip(" :+-*()0123456789")) <= depth:
            return
        yield line


def _is_small(below: list[str], line: str) -> bool:
    """Tell whether one side of a join reads a table in memory only, or groups that are few."""
    tops = [number for number, other in enumerate(below) if "BroadcastExchange" in other]
    for top in tops:
        depth = len(below[top]) - len(below[top].lstrip(" :+-*()0123456789"))
        side = list(_below(below, top, depth))
        leaves = [other for other in side if "Scan" in other]
        if all("LocalTableScan" in leaf for leaf in leaves) or any(re.search(r"HashAggregate\(keys=\[(block|)#?\d*L?\]", other) for other in side[:2]):
            return True
    return False


def test_what_the_plans_are_searched_for_is_found(spark):
    rows = spark.materialize("many", ibis.memtable({"a": [1, 2], "b": [3, 4]}))
    ranked = rows.mutate(place=ibis.row_number().over(ibis.window(order_by="a")))
    others = rows.view()
    crossed = rows.join(others, rows.a < others.b)
    assert list_faults(explain(spark, ranked)) != []
    assert list_faults(explain(spark, crossed)) != []
    assert list_faults(explain(spark, rows.mutate(own=_.b.sum().over(group_by="a")))) == []


def test_texts_are_cut_and_replaced_alike(spark):
    table = ibis.memtable(pd.DataFrame({"n": range(len(TEXTS)), "text": TEXTS}), schema={"n": "int64", "text": "string"})
    made = spark.con.create_table("texts", table, overwrite=True)
    found = made.mutate(bare=_.text.strip(), turned=_.text.re_replace(r"([a-z])[.,]([a-z])", r"\2$\1"), low=_.text.lower()).order_by("n").execute()
    assert list(found.bare)[:3] == ["elf of vlad", "fv", "a.b,c"]
    assert found.turned[2] == "b$a,c"
    assert found.low[4] == "größe 5 $"


def test_numbers_days_and_gaps_go_in_and_come_out(spark, tmp_path):
    rows = {
        "small": [1, None],
        "money": [Decimal("12345678901234567890.1234"), None],
        "day": [dt.date(2025, 2, 28), None],
        "share": [0.5, None],
        "yes": [True, None],
    }
    schema = {"small": "int8", "money": "decimal(38, 4)", "day": "date", "share": "float64", "yes": "boolean"}
    table = spark.materialize("kinds", ibis.memtable(pa.table(rows, schema=ibis.schema(schema).to_pyarrow())))
    assert {name: str(kind) for name, kind in table.schema().items()} == schema
    assert table.to_pyarrow().to_pylist() == [dict(zip(rows, values, strict=True)) for values in zip(*rows.values(), strict=True)]
    table.order_by("small").to_parquet(tmp_path / "kinds.parquet")
    assert (tmp_path / "kinds.parquet").is_file()
    assert pq.read_table(tmp_path / "kinds.parquet").num_rows == 2
    loaded = spark.load("again", tmp_path / "kinds.parquet")
    assert loaded.filter(_.money.isnull()).count().execute() == 1


def test_a_table_is_made_anew_from_itself(spark):
    table = spark.materialize("counted", ibis.memtable({"a": [1]}))
    assert spark.materialize("counted", table.mutate(a=_.a + 1)).a.execute()[0] == 2


def test_a_sum_that_does_not_fit_is_an_error(spark):
    table = spark.materialize("large", ibis.memtable({"a": [2**62, 2**62]}))
    with pytest.raises(Exception, match="(?i)overflow"):
        table.a.sum().execute()


def test_rows_come_in_their_order_a_batch_at_a_time(spark):
    rows = spark.materialize("rows", ibis.memtable({"a": list(range(1000))}))
    batches = list(rows.order_by(ibis.desc("a")).to_pyarrow_batches(chunk_size=300))
    assert max(batch.num_rows for batch in batches) <= 300
    assert [value for batch in batches for value in batch["a"].to_pylist()] == list(range(999, -1, -1))
    assert not list(spark.scratch.glob("passing-*"))


def test_a_run_has_a_schema_of_its_own(spark, spark_engine):
    other = open_engine(settings=EngineSettings.model_validate(spark_engine))
    spark.materialize("mine", ibis.memtable({"a": [1]}))
    assert "mine" not in other.con.list_tables()
    place = Path(other.scratch)
    other.materialize("theirs", ibis.memtable({"a": [1]}))
    assert list((place / "tables").glob("theirs"))


def test_nothing_is_left_where_one_happens_to_stand(spark_engine, tmp_path):
    """Spark makes a folder for tables that name no place, in the folder of whoever starts it; ours all name one. What it spills goes where that is wanted."""
    stood, disk = tmp_path / "stood", tmp_path / "disk"
    stood.mkdir()
    code = f"""
import sys
sys.path[:0] = {sys.path!r}
from pathlib import Path
import ibis
from analysis.engine import open_engine
from analysis.settings.engine import EngineSettings
engine = open_engine(settings=EngineSettings.model_validate({spark_engine | {"spill": str(disk)}!r}))
print(engine.materialize("made", ibis.memtable({{"a": [1, 2, 3]}})).a.sum().execute(), len(list(Path({str(disk)!r}).glob("blockmgr-*"))))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=stood, capture_output=True, text=True, timeout=300, check=False)
    assert done.stdout.split() == ["6", "1"], done.stderr
    assert list(stood.iterdir()) == list(disk.iterdir()) == []


@pytest.mark.parametrize("master", ["spark://127.0.0.1:1", "sc://127.0.0.1:1/;user_id=secret"])
def test_a_cluster_that_does_not_answer_is_told_in_a_sentence(master):
    with pytest.raises(ConfigurationError, match=r"cannot be reached at (spark|sc)://127\.0\.0\.1:1: .*refused") as error:
        open_engine(settings=EngineSettings(kind="spark", master=master))
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("said", "log", "cause"),
    [
        (
            (
                "An error occurred while calling None.org.apache.spark.api.java.JavaSparkContext.\n: org.apache.spark.SparkIllegalArgumentException: "
                "[INVALID_DRIVER_MEMORY.SYSTEM_MEMORY] Insufficient driver memory.\n\tat org.apache.spark.memory.UnifiedMemoryManager$.getMaxMemory"
            ),
            "",
            "[INVALID_DRIVER_MEMORY.SYSTEM_MEMORY] Insufficient driver memory",
        ),
        (
            (
                "Error while instantiating 'org.apache.spark.sql.internal.SessionStateBuilder':\n\tat a.b(C.scala:1)\nCaused by: "
                "org.apache.spark.SparkIllegalArgumentException: The value 'many' is no number.\n\tat a.b(C.scala:1)"
            ),
            "",
            "The value 'many' is no number",
        ),
        (
            "Java gateway process exited before sending its port number.",
            "26/11/23 08:38:13 WARN Utils: Your hostname, vm, resolves to a loopback address\nException in thread: either HADOOP_CONF_DIR or YARN_CONF_DIR is set",
            "Exception in thread: either HADOOP_CONF_DIR or YARN_CONF_DIR is set",
        ),
    ],
)
def test_of_all_that_java_says_the_cause_is_told(said, log, cause):
    assert _explain("local[2]", RuntimeError(said), log) == f"Spark cannot be started here, as local[2]: {cause}. Look at [engine] in the configuration."


def test_an_option_may_name_an_environment_variable(monkeypatch):
    settings = EngineSettings(kind="spark", master="local[2]", options={"spark.hadoop.fs.s3a.secret.key": "env:S3_SECRET"})
    monkeypatch.delenv("S3_SECRET", raising=False)
    with pytest.raises(ConfigurationError, match="S3_SECRET, which engine.options names for spark.hadoop.fs.s3a.secret.key, is not set"):
        open_engine(settings=settings)
    monkeypatch.setenv("S3_SECRET", "hunter2")
    told, config = {}, SparkSession.Builder.config
    monkeypatch.setattr(SparkSession.Builder, "config", lambda builder, key, value: told.update({key: value}) or config(builder, key, value))
    open_engine(settings=settings)
    assert told["spark.hadoop.fs.s3a.secret.key"] == "hunter2"


def test_without_java_there_is_one_sentence(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ConfigurationError, match="Spark needs Java 17 or newer, and there is none here"):
        open_engine(settings=EngineSettings(kind="spark", master="local[2]"))


def test_an_old_java_is_named(monkeypatch, tmp_path):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_412\"' >&2\n")
    java.chmod(0o700)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(ConfigurationError, match=f"{re.escape(str(java))} is 8"):
        open_engine(settings=EngineSettings(kind="spark", master="local[2]"))
