"""Where the embedded engine puts what does not fit into memory: each has a folder of its own, for two that share one destroy each other's tables."""

import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import ConfigurationError


def claim_folder(place: Path) -> tuple[Path, Callable[[], None]]:
    """Make a folder of our own in the one that the settings name, and take away what killed runs left there.

    Parameters
    ----------
    place : Path
        Made where there is none; other runs may use it at the same time.

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
        place.mkdir(parents=True, exist_ok=True)
        for left in sorted(place.glob("workbook-*.lock")):
            _clear(left)
        own = place / f"workbook-{uuid.uuid4().hex[:8]}"
        held = FileLock(own.with_suffix(".lock"), thread_local=False)  # dies with its process
        held.acquire(timeout=0)
        own.mkdir(mode=0o700)
    except OSError as error:
        raise ConfigurationError(
            f"engine.spill: nothing can be written to {place} ({error.strerror or error}). Name a folder that you may write to, on a disk with room."
        ) from None

    def release() -> None:
        shutil.rmtree(own, ignore_errors=True)
        Path(held.lock_file).unlink(missing_ok=True)
        held.release()

    return own, release


def _clear(left: Path) -> None:
    """Take a folder away unless somebody holds its lock."""
    try:
        with FileLock(left, timeout=0):
            shutil.rmtree(left.with_suffix(""), ignore_errors=True)
            left.unlink(missing_ok=True)
    except Timeout:
        return
