"""What every test may ask for, and what none may touch: the person's home, key and clock."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_finish() -> None:
    """Leave what is imported by now out of the search for garbage, and search seldom: building expressions makes very many small objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _away_from_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the person's home and pseudonym key out of every test, and every process a test starts."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("WORKBOOK_KEY_FILE", str(home / "pseudonym.key"))
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the project; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the real data in ../shared/data")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; skipped where it is absent, a failure where WORKBOOK_REQUIRE_ALL=1 says that nothing may be."""
    return _find_program("Chromium", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Open a headless Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """The path of LibreOffice; skipped where it is absent, a failure where WORKBOOK_REQUIRE_ALL=1 says that nothing may be."""
    return _find_program("LibreOffice", "soffice", "libreoffice")


@pytest.fixture(scope="session")
def pdftotext() -> str:
    """The path of the program that reads PDF; skipped where it is absent, a failure where WORKBOOK_REQUIRE_ALL=1 says that nothing may be."""
    return _find_program("Poppler", "pdftotext")


def _find_program(called: str, *names: str) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and os.environ.get("WORKBOOK_REQUIRE_ALL") == "1":
        pytest.fail(f"WORKBOOK_REQUIRE_ALL=1, and {called} is not installed")
    if found is None:
        pytest.skip(f"needs {called}")
    return found
