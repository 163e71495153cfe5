"""The engines that tables may be computed in, each started once for all tests."""

import os
import shutil
from collections.abc import Iterator

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
def sample(root) -> Sample:
    """The sample shop, opened with an engine."""
    return Sample(root)


@pytest.fixture(scope="session")
def retail(shared_data) -> Retail:
    """UCI Online Retail, opened with an engine."""
    return Retail(shared_data)
