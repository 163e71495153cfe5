"""What can go wrong, one class per exit code of the command line."""

import re
from collections.abc import Iterable

_FULL = re.compile(r"No space left on device|Disk quota exceeded|max_temp_directory_size", re.IGNORECASE)
_SHORT = re.compile(r"OutOfMemory|Out of Memory|MemoryError|Java heap space|GC overhead limit", re.IGNORECASE)


class WorkbookError(Exception):
    """A sentence for the person at the keyboard: what, which values, where, what to do."""

    exit_code = 1


class ChapterFailed(WorkbookError):
    """A notebook did not finish: a defect of ours."""

    exit_code = 1


class ConfigurationError(WorkbookError):
    """Wrong usage, wrong configuration, ambiguous dates, an unsound segment map, or too little memory or disk for what is asked."""

    exit_code = 2


class DataRefused(WorkbookError):
    """The data cannot be read right, or too much of them cannot."""

    exit_code = 3


class Locked(WorkbookError):
    """Another run is writing to the same reports folder."""

    exit_code = 4


class PublishFailed(WorkbookError):
    """The report was made and could not be put in its place."""

    exit_code = 5


def find_shortage(kind: str, said: str) -> ConfigurationError | None:
    """Tell from an error of a library whether memory or a disk ran short, which is no defect of ours and no fault of the data.

    Parameters
    ----------
    kind : str
        The name of the error's class: of what happened in a notebook, there is no more than its words.
    said : str
    """
    first = next((line.strip() for line in said.splitlines() if line.strip()), kind)[:200]
    if _FULL.search(said):
        return ConfigurationError(
            f"A disk is full ({first}). Free some of it, or name a larger one: spill under [engine] is for tables that do not fit into memory, the environment variable "
            "TMPDIR for what else is kept while a report is made, and --reports for the report."
        )
    if _SHORT.search(kind) or _SHORT.search(said):
        return ConfigurationError(
            f'The memory that tables may use is too little for these data ({first}). Raise memory_limit under [engine], as memory_limit = "8GB"; fewer threads '
            "need less, too."
        )
    return None


def shorten(values: Iterable[object], most: int = 5) -> str:
    """List values for a message: at most five, then how many more there are."""
    words = [repr(value) if isinstance(value, str) else str(value) for value in values]
    rest = len(words) - most
    return ", ".join(words[:most]) + (f" and {rest} more" if rest > 0 else "")
