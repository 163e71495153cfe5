"""What can go wrong, one class per exit code of the command line."""

from collections.abc import Iterable


class WorkbookError(Exception):
    """A sentence for the person at the keyboard: what, which values, where, what to do."""

    exit_code = 1


class ChapterFailed(WorkbookError):
    """A notebook did not finish: a defect of ours."""

    exit_code = 1


class ConfigurationError(WorkbookError):
    """Wrong usage, wrong configuration, ambiguous dates or an unsound segment map."""

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


def shorten(values: Iterable[object], most: int = 5) -> str:
    """List values for a message: at most five, then how many more there are."""
    words = [repr(value) if isinstance(value, str) else str(value) for value in values]
    rest = len(words) - most
    return ", ".join(words[:most]) + (f" and {rest} more" if rest > 0 else "")
