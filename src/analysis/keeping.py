"""Files that are kept from run to run: written whole and for good, for their owner and group only, through no link."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from filelock import FileLock, Timeout

from analysis.errors import ConfigurationError, Locked, PublishFailed

Line = TypeVar("Line")
WAIT = 60  # seconds: what is written under the lock is small


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the only one who writes to a folder, made where there is none. The lock dies with its process.

    Raises
    ------
    Locked
        When another holds it for a minute.
    PublishFailed
        When the disk says no.
    """
    try:
        with FileLock(refuse_link(make_folder(folder) / ".lock"), timeout=WAIT, mode=0o640):
            yield
    except Timeout:
        raise Locked(f"Another run is writing to {folder}. Wait for it and try again.") from None
    except OSError as error:
        raise PublishFailed(
            f"{folder} could not be written: {error.strerror or error}. A report that was made is in its place, and the next run enters it."
        ) from error


@contextlib.contextmanager
def create(path: Path, *, replace: bool = False, mode: int = 0o640) -> Iterator[BinaryIO]:
    """Write a file that appears complete and synced, or not at all; one that is there stays unless it is to be replaced.

    Raises
    ------
    FileExistsError
    """
    beside = path.with_name(f".{path.name}")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode), "wb") as file:
            os.fchmod(file.fileno(), mode)
            yield file
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.rename(beside, path)
        else:
            os.link(beside, path)  # a rename would overwrite
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def append(path: Path, line: bytes) -> None:
    """Add a line, with its end, to a file of lines in one write; what a crash tore off the last one is cut away. Called under `writing`."""
    handle = os.open(refuse_link(path), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o640)
    try:
        os.fchmod(handle, 0o640)
        size = os.fstat(handle).st_size
        sound = os.pread(handle, size, 0).rfind(b"\n") + 1
        if sound < size:
            os.ftruncate(handle, sound)
        os.pwrite(handle, line, sound)
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(path.parent)


def read_lines(path: Path, parse: Callable[[Any], Line], *, say: str) -> list[Line]:
    """Read what `append` wrote, a JSON value a line; a last line that was torn off by a crash is passed over.

    Parameters
    ----------
    path : Path
        There need not be such a file.
    parse : callable
        Makes something of a value; ValueError, KeyError, TypeError and AttributeError mean that it cannot.
    say : str
        What a line is and what to do where one is not: "an entry. Delete that line."

    Raises
    ------
    ConfigurationError
        When a line cannot be read.
    """
    if not refuse_link(path).is_file():
        return []
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], start=1):  # what follows the last line end is torn, or nothing
        try:
            found.append(parse(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ConfigurationError(f"{path} cannot be read: line {number} is not {say}") from None
    return found


def make_folder(folder: Path) -> Path:
    """Make a folder unless it is there; another run may make it at the same moment."""
    if not refuse_link(folder).is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o750)
    return folder


def refuse_link(path: Path) -> Path:
    """Give a path back unless it is a link.

    Raises
    ------
    ConfigurationError
    """
    if path.is_symlink():
        raise ConfigurationError(f"{path} is a link; the workbook keeps only files and folders there. Put there what it points to.")
    return path


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
