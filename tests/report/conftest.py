"""A report printed once for many tests to look at, and the parts to print another."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fake_shop import make_shop, three_chapters, write_notebooks
from told_cases import Told, tell

from analysis.config import load_config
from analysis.report.press import make_report


@pytest.fixture
def shop(tmp_path) -> Path:
    """The folder of the fake shop."""
    return make_shop(tmp_path / "shop")


@pytest.fixture
def config(shop):
    """The configuration of the fake shop."""
    return load_config(shop / "workbook.toml")


@pytest.fixture
def write(tmp_path):
    """Write notebooks into a folder: ``write({"01_first": notebook})``."""
    return lambda notebooks: write_notebooks(tmp_path / "notebooks", notebooks)


@dataclass(frozen=True)
class Printed:
    """A report printed once for many tests to look at."""

    report: Path
    shop: Path
    notebooks: Path
    progress: list


@pytest.fixture(scope="session")
def printed(tmp_path_factory) -> Printed:
    """The report of the fake shop, in English and Chinese."""
    folder = tmp_path_factory.mktemp("printed")
    shop = make_shop(folder / "shop")
    sha = hashlib.sha256((shop / "sales.csv").read_bytes()).hexdigest()
    notebooks, progress = write_notebooks(folder / "notebooks", three_chapters(sha)), []
    report = make_report(
        load_config(shop / "workbook.toml"), dt.date(2011, 12, 9), languages=("en", "zh"), reports=folder / "reports", notebooks=notebooks,
        on_progress=lambda *step: progress.append(step),
    )  # fmt: skip
    return Printed(report, shop, notebooks, progress)


@pytest.fixture(scope="session")
def told_case(tmp_path_factory):
    """One of the four cases, published once: ``told_case("retailer")``; one that failed fails every test at once."""

    @cache
    def attempt(name: str) -> Told | AssertionError:
        try:
            return tell(name, tmp_path_factory.mktemp("cases"))
        except AssertionError as error:
            return error

    def give(name: str) -> Told:
        if isinstance(told := attempt(name), AssertionError):
            raise told
        return told

    return give
