"""Folders for what is kept while something runs: each for itself, gone with whoever made it; what was killed has its folder taken away by the next."""

import contextlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import ConfigurationError


def claim_folder(begin: str, place: Path | None = None) -> tuple[Path, Callable[[], None]]:
    """Make a folder of our own, for this user only, and take away what was left by killed runs.

    Two of DuckDB that share a folder for what they spill write over each other's files; and what a killed run leaves may be tens of gigabytes, with names in them.

    Parameters
    ----------
    begin : str
        How its name begins: "workbook-".
    place : Path, optional
        Made where there is none; others may use it at the same time. By default where temporary files are.

    Returns
    -------
    Path
    callable
        Takes our folder away.

    Raises
    ------
    ConfigurationError
        When nothing can be written there.
    """
    try:
        place = place or Path(tempfile.gettempdir())
        place.mkdir(parents=True, exist_ok=True)
        clear_folders(begin, place)
        own = place / f"{begin}{uuid.uuid4().hex[:8]}"
        held = FileLock(own.with_suffix(".lock"), mode=0o600, thread_local=False)  # dies with its process
        held.acquire(timeout=0)
        own.mkdir(mode=0o700)
    except OSError as error:
        raise ConfigurationError(
            f"Nothing can be written to {place or 'the folder for temporary files'} ({error.strerror or error}). Name a folder that you may write to, on a disk with room: "
            "spill under [engine], or the environment variable TMPDIR."
        ) from None

    def release() -> None:
        shutil.rmtree(own, ignore_errors=True)
        Path(held.lock_file).unlink(missing_ok=True)
        held.release()

    return own, release


@contextlib.contextmanager
def holding_folder(begin: str) -> Iterator[Path]:
    """Have a folder of our own for as long as a block takes; see `claim_folder`."""
    own, release = claim_folder(begin)
    try:
        yield own
    finally:
        release()


def clear_folders(begin: str, place: Path) -> None:
    """Take away what was left by processes that are gone, not what is held or another user's."""
    for left in sorted(place.glob(f"{begin}*.lock")):
        with contextlib.suppress(Timeout, OSError):
            if left.lstat().st_uid == os.getuid():
                with FileLock(left, timeout=0):
                    shutil.rmtree(left.with_suffix(""), ignore_errors=True)
                    left.unlink(missing_ok=True)
