"""The exact, slower way through a text file: record by record, so that one bad line costs one row."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.data.reading.dialect import WHITESPACE

RAGGED = "{found} values where the header has {width} columns"
UNCLOSED = "a quotation mark is opened and not closed"
LONG = "a field of more than 131,072 characters"
BROKEN = "text before or after a quotation mark"
_MOST_LINES = 200  # of one record with line breaks inside quotes


@dataclass(frozen=True)
class Record:
    """One record: its number as a spreadsheet counts rows, and its fields, or what is wrong with it."""

    row: int
    fields: list[str] | None
    problem: str | None = None
    text: str | None = None


def read_records(lines: Iterable[str], delimiter: str, width: int, *, first_row: int, extra: int = 0) -> Iterator[Record]:
    """Cut lines into records of the given width; blank lines are counted and passed over.

    Parameters
    ----------
    lines : iterable of str
        Physical lines without their ends, header already taken off.
    delimiter : str
        One character, or ``whitespace``.
    width : int
        Fields of a whole record, `extra` empty ones at the end included; those may be absent.
    first_row : int
        The number of the first line.
    """
    source = iter(lines)
    waiting: deque[str] = deque()
    row = first_row
    while True:
        line = waiting.popleft() if waiting else next(source, None)
        if line is None:
            return
        if not line.strip():
            row += 1
            continue
        fields, problem = _cut([line], delimiter)
        if problem == UNCLOSED:
            fields, problem = _extend(line, source, waiting, delimiter)
        if problem is None and len(fields) != width:
            if extra and len(fields) == width - extra:
                fields = fields + [""] * extra
            else:
                problem = RAGGED.format(found=len(fields), width=width - extra)
        elif problem is None and extra and any(field.strip() for field in fields[-extra:]):
            problem = RAGGED.format(found=len(fields), width=width - extra)
        yield Record(row, None if problem else fields, problem, line if problem else None)
        row += 1


def _extend(line: str, source: Iterator[str], waiting: deque[str], delimiter: str) -> tuple[list[str], str | None]:
    """Take further lines into a record whose quotation mark is open; give them back when they do not close it properly."""
    taken = [line]
    while len(taken) < _MOST_LINES:
        following = waiting[len(taken) - 1] if len(waiting) >= len(taken) else next(source, None)
        if following is None:
            break
        if len(waiting) < len(taken):
            waiting.append(following)
        taken.append(following)
        fields, problem = _cut(taken, delimiter)
        if problem is None:
            for _ in taken[1:]:
                waiting.popleft()
            return fields, None
        if problem != UNCLOSED:
            break
    return [], UNCLOSED


def _cut(lines: list[str], delimiter: str) -> tuple[list[str], str | None]:
    if delimiter == WHITESPACE:
        return lines[0].split(), None
    if len(lines) == 1 and '"' not in lines[0]:
        return lines[0].split(delimiter), None
    try:
        rows = list(csv.reader([line + "\n" for line in lines[:-1]] + lines[-1:], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return [], UNCLOSED if "unexpected end" in str(error) else LONG if "limit" in str(error) else BROKEN
    return (rows[0], None) if len(rows) == 1 else ([], BROKEN)


def plain_lines(chunks: Iterable[str]) -> Iterator[str]:
    r"""Cut text chunks into lines at \\n, \\r\\n and \\r."""
    rest = ""
    for chunk in chunks:
        text = rest + chunk
        held = "\r" if text.endswith("\r") else ""  # its \n may come with the next chunk
        text = text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
        *whole, rest = text.split("\n")
        rest += held
        yield from whole
    if rest:
        yield rest.removesuffix("\r")
