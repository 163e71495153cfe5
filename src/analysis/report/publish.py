"""Put a finished report into its place: complete or not at all, whatever happens in between."""

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import ConfigurationError, Locked, PublishFailed
from analysis.keeping import make_folder
from analysis.report.catalogue import read_report

_STAGING, _OLD = ".staging-", ".old-"


@contextlib.contextmanager
def locked(reports: Path) -> Iterator[None]:
    """Be the only run that writes to a reports folder. The lock dies with its process.

    Raises
    ------
    Locked
        At once, when another run holds it.
    PublishFailed
        When the folder cannot be written.
    """
    lock = FileLock(reports / ".lock", timeout=0, mode=0o640)
    try:
        make_folder(reports)
        lock.acquire()
    except Timeout:
        raise Locked(f"Another run is writing to {reports}. Wait for it, or use --reports for another folder.") from None
    except OSError as error:
        raise PublishFailed(f"The reports folder {reports} cannot be written: {error.strerror or error}.") from None
    try:
        yield
    finally:
        lock.release()


def repair(reports: Path) -> None:
    """Clear up after runs that were killed: half-made reports go, a report that was being replaced comes back. Only under the lock."""
    for aside in sorted(reports.glob(f"{_OLD}*")):
        place = reports / aside.name.removeprefix(_OLD)
        if aside.is_symlink() or place.exists() or not re.fullmatch(r"\d{4}-\d\d-\d\d", place.name):
            _remove(aside)
        else:
            aside.rename(place)
    for left in [*reports.glob(f"{_STAGING}*"), *reports.glob(".index-*")]:
        _remove(left)


def check_owner(reports: Path, as_of: date, name: str, profile: str) -> None:
    """Refuse to replace what another configuration has published, or the same for other readers.

    Raises
    ------
    ConfigurationError
        When the report of this date has another name, is for other readers, or is not a report.
    """
    place = reports / as_of.isoformat()
    if not os.path.lexists(place):
        return
    if place.is_symlink() or not place.is_dir():
        raise ConfigurationError(f"{place} is not a folder with a report. Move it away, or use --reports for another folder.")
    try:
        there = read_report(place)
    except (OSError, ValueError, KeyError, TypeError):
        raise ConfigurationError(
            f"{place} exists and holds no readable manifest.json: it was not made by this workbook. Move it away, or use --reports."
        ) from None
    if there.name != name:
        raise ConfigurationError(f"{place} is a report of {there.name!r}; this configuration is called {name!r}. Use --reports for another folder.")
    if there.profile != profile:
        raise ConfigurationError(
            f"{place} is a report for the profile {there.profile!r}, this one would be for {profile!r}: one does not replace the other. Use --reports for another folder."
        )


@contextlib.contextmanager
def staging(reports: Path, as_of: date) -> Iterator[Path]:
    """Open a folder beside the reports to build one in; it is gone afterwards, unless it was published.

    Raises
    ------
    PublishFailed
        When the disk says no, here or while the report is built.
    """
    stage = reports / f"{_STAGING}{as_of.isoformat()}"
    try:
        stage.mkdir(mode=0o750)
    except OSError as error:
        raise PublishFailed(f"{stage} cannot be made: {error.strerror or error}.") from None
    try:
        yield stage
    except OSError as error:
        raise PublishFailed(f"The report for {as_of} could not be written: {error.strerror or error}. Nothing was published.") from error
    finally:
        _remove(stage)


def publish(staged: Path, reports: Path, as_of: date) -> Path:
    """Rename a complete, synced folder to its date; an earlier report of that date steps aside first and goes last.

    Returns
    -------
    Path
        The report's folder.

    Raises
    ------
    PublishFailed
        When the disk says no; the earlier report is then where it was.
    """
    place, aside = reports / as_of.isoformat(), reports / f"{_OLD}{as_of.isoformat()}"
    try:
        _settle(staged)
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise PublishFailed(f"{place} is not a folder with a report; move it away.")
        replaces = place.exists()
        if replaces:
            place.rename(aside)
        try:
            staged.rename(place)
        except OSError:
            if replaces:
                aside.rename(place)
            raise
        _sync(reports)
    except OSError as error:
        raise PublishFailed(f"The report for {as_of} could not be put into {reports}: {error.strerror or error}. Nothing was changed.") from error
    _remove(aside)
    return place


def write_beside(path: Path, text: str) -> None:
    """Replace one file in one step; a link of that name is replaced, not followed.

    Raises
    ------
    PublishFailed
        When the disk says no.
    """
    beside = path.with_name(f".index-{os.getpid()}")
    try:
        with beside.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), 0o640)
            os.fsync(file.fileno())
        beside.rename(path)
        _sync(path.parent)
    except OSError as error:
        raise PublishFailed(f"{path} could not be renewed: {error.strerror or error}. The report itself is in its place.") from error


def _settle(folder: Path) -> None:
    """Give everything its mode and make sure that it is on the disk, files before folders."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            file = Path(parent, name)
            if file.is_symlink():
                raise PublishFailed(f"{file} is a link; a report holds only files.")
            file.chmod(0o640)
            _sync(file)
        Path(parent).chmod(0o750)
        _sync(Path(parent))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    elif path.exists():
        shutil.rmtree(path, ignore_errors=True)
