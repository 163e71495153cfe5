"""The engines that tables may be computed in, each started once for all tests."""

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyspark
import pytest
from comparing import Retail, Sample
from private_postgres import Postgres, find_server, serve


def missing(what: str) -> None:
    """Skip a test for want of a program; a failure where WORKBOOK_REQUIRE_ALL=1 says that nothing may be wanting."""
    if os.environ.get("WORKBOOK_REQUIRE_ALL") == "1":
        pytest.fail(f"WORKBOOK_REQUIRE_ALL=1, and {what} is not installed")
    pytest.skip(f"needs {what}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of our own; skipped where none is installed."""
    programs = find_server()
    if programs is None:
        missing("the server of PostgreSQL")
    with serve(programs) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_engine(postgres: Postgres) -> Iterator[dict[str, object]]:
    """The section [engine] for PostgreSQL."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_TEST_DATABASE_URL", postgres.url())
        yield {"kind": "postgres", "url_env": "WORKBOOK_TEST_DATABASE_URL"}


@pytest.fixture(scope="session")
def spark_engine() -> dict[str, object]:
    """The section [engine] for Spark on this machine."""
    if shutil.which("java") is None:
        missing("Java")
    few = {"spark.sql.shuffle.partitions": "2", "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1"}  # small data: to compile well would take longer
    return {"kind": "spark", "master": "local[2]", "memory_limit": "3GB", "options": few}


@pytest.fixture(scope="session")
def spark_connect(tmp_path_factory) -> Iterator[str]:
    """The address of a Spark of our own that is reached by Connect."""
    if importlib.util.find_spec("grpc") is None:
        missing("grpcio")
    place, port = tmp_path_factory.mktemp("connect"), find_port()
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1", "spark.connect.grpc.binding.port": port, "spark.driver.host": "127.0.0.1", "spark.driver.memory": "1g",
        "spark.driver.bindAddress": "127.0.0.1", "spark.sql.shuffle.partitions": 2, "spark.sql.warehouse.dir": place / "warehouse", "spark.ui.enabled": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }  # fmt: skip
    said = [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
    server = "org.apache.spark.sql.connect.service.SparkConnectServer"
    with serve_spark(place / "connect", port, "spark-submit", "--master", "local[2]", "--class", server, *said, "spark-internal"):
        yield f"sc://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def spark_cluster(tmp_path_factory) -> Iterator[dict[str, object]]:
    """The section [engine] for a Spark cluster of our own: a master, and a worker whose executors are processes of their own."""
    place, port, other = tmp_path_factory.mktemp("cluster"), find_port(), find_port()
    master = f"spark://127.0.0.1:{port}"
    about = "org.apache.spark.deploy"
    with (
        serve_spark(place / "master", port, "spark-class", f"{about}.master.Master", "--host", "127.0.0.1", "--port", port, "--webui-port", 0),
        serve_spark(place / "worker", other, "spark-class", f"{about}.worker.Worker", master, "--host", "127.0.0.1", "--port", other, "--webui-port", 0,
                    "--cores", 2, "--memory", "2g", "--work-dir", place / "work"),
    ):  # fmt: skip
        quick = "-XX:TieredStopAtLevel=1"
        options = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.sql.warehouse.dir": str(place / "warehouse"),
                   "spark.sql.shuffle.partitions": "2", "spark.ui.enabled": "false", "spark.driver.extraJavaOptions": quick,
                   "spark.executor.extraJavaOptions": quick}  # fmt: skip
        yield {"kind": "spark", "master": master, "spill": str(place / "passed"), "options": options}


def find_port() -> int:
    """Find a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serve_spark(place: Path, port: int, program: str, *words: object) -> Iterator[None]:
    """Run a server of Spark that listens at a port, and end it with all that it started."""
    if shutil.which("java") is None:
        missing("Java")
    home, log = Path(pyspark.__file__).parent, place / "log"
    place.mkdir()
    with log.open("wb") as out:
        server = subprocess.Popen(
            [home / "bin" / program, *map(str, words)],
            stdout=out, stderr=out, cwd=place, env={**os.environ, "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable}, start_new_session=True,
        )  # fmt: skip
    try:
        for _ in range(600):
            if server.poll() is not None:
                break
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        assert server.poll() is None, log.read_text()[-2000:]
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(60)


@pytest.fixture(scope="session")
def sample(root) -> Sample:
    """The sample shop, opened with an engine."""
    return Sample(root)


@pytest.fixture(scope="session")
def retail(shared_data) -> Retail:
    """UCI Online Retail, opened with an engine."""
    return Retail(shared_data)
