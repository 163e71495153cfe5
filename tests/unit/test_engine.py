"""What the embedded engine may take of the machine, and what the configuration of an engine may not hold."""

import duckdb
import pytest

from analysis.config import parse_config
from analysis.engine import _limit_memory, open_engine
from analysis.errors import ConfigurationError
from analysis.settings.engine import EngineSettings


@pytest.mark.parametrize(
    ("wanted", "there", "given"),
    [
        (None, 40, 4),  # DuckDB itself takes four fifths: 32
        (None, 2.5, 2),
        ("60%", 10, 6),
        ("90%", 10, 9),
    ],
)
def test_memory_is_bounded(wanted, there, given):
    con = duckdb.connect(config={"memory_limit": f"{there * 0.8}GiB"})
    limit = _limit_memory(con, wanted)
    con.execute(f"set memory_limit = '{limit}'")
    assert con.execute("select current_setting('memory_limit')").fetchone() == (f"{given}.0 GiB",)


@pytest.mark.parametrize("wanted", ["1500MB", "25%", "1.5 GiB"])
def test_every_way_to_say_a_limit_is_understood(tmp_path, wanted):
    engine = open_engine(tmp_path, EngineSettings(memory_limit=wanted))
    (told,) = engine.reader.con.execute("select current_setting('memory_limit')").fetchone()
    assert told.endswith("iB") and (told == "1.5 GiB") == (wanted == "1.5 GiB")


@pytest.mark.parametrize(
    ("engine", "said"),
    [
        ({"master": "sc://host:15002/;use_ssl=true;TOKEN=hunter2"}, "SPARK_CONNECT_AUTHENTICATE_TOKEN"),
        ({"master": "sc://me:hunter2@host"}, "SPARK_CONNECT_AUTHENTICATE_TOKEN"),
        (
            {"options": {"spark.hadoop.fs.s3a.secret.key": "hunter2", "spark.ssl.keyPassword": "hunter2"}},
            'spark.hadoop.fs.s3a.secret.key, spark.ssl.keyPassword .* "env:',
        ),
        ({"options": {"spark.hadoop.fs.azure.account.key.shop": "hunter2"}}, "secrets do not stand in files"),
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path, engine, said):
    transactions = {"files": ["lines.csv"], "columns": {"customer_id": "c", "ordered_at": "t", "amount": "a"}}
    with pytest.raises(ConfigurationError, match=said) as refused:
        parse_config({"name": "shop", "inputs": {"transactions": transactions}, "engine": {"kind": "spark"} | engine}, tmp_path)
    assert "hunter2" not in str(refused.value)


def test_what_is_no_secret_may_stand_in_the_file():
    options = {"spark.executor.memory": "2g", "spark.hadoop.fs.s3a.secret.key": "env:S3_SECRET", "spark.sql.autoBroadcastJoinThreshold": "-1"}
    assert EngineSettings(kind="spark", master="spark://one:7077,two:7077", options=options).options == options
