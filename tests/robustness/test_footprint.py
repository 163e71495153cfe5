"""Where a run writes: reports, state, and nothing else; closed to others, and through no link."""

import datetime as dt
import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest
from fake_shop import cell, chapter, make_shop, prose, silent, write_notebooks

from analysis.config import load_config
from analysis.errors import WorkbookError
from analysis.report.press import make_report

DAY = dt.date(2011, 12, 9)


@pytest.fixture
def places(monkeypatch):
    """A shop, a home, and a temporary folder that nobody else writes to; all can be read by everybody, as an open umask leaves them."""
    before = os.umask(0o000)
    tmp_path = Path(tempfile.mkdtemp(prefix="wb-"))  # a short name: the path of a socket has at most 107 characters
    tmp_path.chmod(0o755)
    for name in ("home", "scratch"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    make_shop(tmp_path / "shop")
    middle = [prose("en", "## What?\n\nA question."), cell("Reading(('All is well.',))")]
    write_notebooks(tmp_path / "notebooks", {"10_summary": chapter("10_summary", *middle, save=True)})
    yield tmp_path
    os.umask(before)
    shutil.rmtree(tmp_path)


def make(places, reports="reports"):
    config = load_config(places / "shop" / "workbook.toml")
    return make_report(config, DAY, languages=("en",), reports=places / reports, notebooks=places / "notebooks", on_progress=silent)


def snapshot(folder):
    """Every path, with its size and the time it was last written."""
    return {path.relative_to(folder).as_posix(): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*") if not path.is_dir()}


def test_a_run_writes_to_reports_and_state_and_nowhere_else(places):
    before = snapshot(places)
    make(places)
    after = snapshot(places)
    ours = ("reports/", "shop/state/", "home/.cache/matplotlib/fontlist")  # the last is the list of fonts that the drawing library keeps, for all programs
    assert {path: seen for path, seen in after.items() if not path.startswith(ours)} == before
    new = [path for path in places.rglob("*") if path.relative_to(places).parts[0] == "reports" or path.is_relative_to(places / "shop/state")]
    modes = {path.relative_to(places).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in new}
    assert {path: oct(mode) for path, mode in modes.items() if mode != (0o750 if (places / path).is_dir() else 0o640)} == {}
    assert {"reports", "reports/index.html", "reports/2011-12-09", "reports/2011-12-09/tables", "shop/state"} <= set(modes)
    assert not list(places.rglob("sheets")) and not list(places.rglob("watched.parquet"))


def test_no_link_is_followed(places):
    elsewhere, reports = places / "elsewhere", places / "reports"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("keep")
    reports.mkdir()
    for name in (".staging-2011-12-09", ".old-2011-12-08", ".index-1"):
        (reports / name).symlink_to(elsewhere)
    (reports / "index.html").symlink_to(elsewhere / "precious")
    before = snapshot(elsewhere)
    make(places)
    assert snapshot(elsewhere) == before
    assert not (reports / "index.html").is_symlink()
    assert [path.name for path in reports.iterdir() if path.is_symlink()] == []  # .old-2011-12-08 is no report that comes back


@pytest.mark.parametrize("link", ["reports/.lock", "reports/2011-12-09", "shop/state", "shop/state/journal.jsonl", "shop/state/classified", "shop/state/.lock"])
def test_a_link_where_something_of_ours_belongs_is_refused(link, places):
    elsewhere = places / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("keep")
    (places / link).parent.mkdir(parents=True, exist_ok=True)
    (places / link).symlink_to(elsewhere / "precious" if "." in (places / link).name else elsewhere)
    before = snapshot(elsewhere)
    with pytest.raises(WorkbookError):
        make(places)
    assert snapshot(elsewhere) == before
