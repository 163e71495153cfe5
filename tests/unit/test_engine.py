"""What the embedded engine may take of the machine, and what the configuration of an engine may not hold."""

import sys
from pathlib import Path

import duckdb
import pytest

from analysis.config import Config, parse_config
from analysis.engine import _limit_memory, open_engine
from analysis.errors import ConfigurationError
from analysis.settings.engine import EngineSettings


def configure(folder: Path, engine: dict) -> Config:
    transactions = {"files": ["lines.csv"], "columns": {"customer_id": "c", "ordered_at": "t", "amount": "a"}}
    return parse_config({"name": "shop", "order": "day", "inputs": {"transactions": transactions}, "engine": engine}, folder)


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
    with pytest.raises(ConfigurationError, match=said) as refused:
        configure(tmp_path, {"kind": "spark"} | engine)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("engine", "said"),
    [
        ({"memory_limit": "lots"}, 'engine.memory_limit: \'lots\' is not written as it has to be: as "8GB" or "60%"'),
        ({"memory_limit": "0GB"}, "engine.memory_limit: '0GB'"),
        ({"memory_limit": "0.0 %"}, "engine.memory_limit: '0.0 %'"),
        ({"kind": "spark", "master": "locl"}, 'engine.master: what stands there .* "spark://host:7077"'),
        ({"kind": "spark", "master": "https://me:hunter2@host"}, "engine.master: what stands there"),
        ({"kind": "postgres", "url_env": "postgresql://me:hunter2@host/shop"}, "engine.url_env: what stands there .* not the address itself"),
        ({"master": "spark://host:7077"}, 'engine: master and options are those of Spark, and kind is "duckdb"'),
        ({"kind": "postgres", "url_env": "SHOP", "options": {"spark.executor.memory": "2g"}}, 'those of Spark, and kind is "postgres"'),
        ({"url_env": "SHOP"}, 'engine: url_env names a database, and kind is "duckdb"'),
    ],
)
def test_what_an_engine_would_not_understand_or_not_read_is_refused(tmp_path, engine, said):
    with pytest.raises(ConfigurationError, match=said) as refused:
        configure(tmp_path, engine)
    assert "hunter2" not in str(refused.value)
    assert len(str(refused.value).splitlines()) == 2  # one thing is wrong


def test_a_configuration_can_be_changed_and_checked_again(tmp_path):
    config = configure(tmp_path, {"threads": 1})
    assert config.replace(currency="EUR").engine == config.engine


def test_what_is_no_secret_may_stand_in_the_file():
    options = {"spark.executor.memory": "2g", "spark.hadoop.fs.s3a.secret.key": "env:S3_SECRET", "spark.sql.autoBroadcastJoinThreshold": "-1"}
    assert EngineSettings(kind="spark", master="spark://one:7077,two:7077", options=options).options == options


def test_an_extra_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "google", None)
    monkeypatch.setenv("SHOP", "bigquery://project/dataset")
    with pytest.raises(
        ConfigurationError,
        match=r'^\[engine\] kind = "bigquery" needs a package that is not installed.*\. Install it with: pip install "customer-segmentation-workbook\[bigquery\]"$',
    ):
        open_engine(settings=EngineSettings(kind="bigquery", url_env="SHOP"))
