"""How the rows of a text file are cut into fields: delimiter, header, width, read off its first lines."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from analysis.data.reading.intake import tidy
from analysis.settings.inputs import Source

WHITESPACE = "whitespace"
_CANDIDATES = (",", ";", "\t", "|")
_DEPTH = 60  # lines looked at


@dataclass(frozen=True)
class Dialect:
    """The shape of a text file.

    `skip` counts the physical lines up to and including the header; `extra` the unnamed empty columns that every row ends with.
    `sample` has the first rows below the header.
    """

    delimiter: str
    headers: tuple[str, ...]
    skip: int
    header_row: int
    extra: int = 0
    sample: tuple[tuple[str, ...], ...] = ()

    @property
    def width(self) -> int:
        """The number of fields of a whole row."""
        return len(self.headers) + self.extra


def split_line(line: str, delimiter: str) -> list[str]:
    """Cut one line into fields, leniently."""
    if delimiter == WHITESPACE:
        return line.split()
    return next(csv.reader([line], delimiter=delimiter), [])


def sniff(text: str, source: Source, wanted: tuple[str, ...] = ()) -> Dialect:
    """Find the delimiter and the header row.

    Parameters
    ----------
    text : str
        The beginning of the file, decoded.
    source : Source
        What the configuration says about it; that wins.
    wanted : tuple of str
        Headers that should be there: the first row that has them all is the header.
    """
    delimiter = source.delimiter or _delimiter(text, wanted or source.names)
    places = _rows(text, delimiter)
    rows = [place.fields for place in places]
    if not source.header:
        width = _width(rows)
        names = source.names or tuple(f"column_{number + 1}" for number in range(width))
        return Dialect(delimiter, names, 0, 0, int(width == len(names) + 1 and _open_ended(rows, width)), tuple(map(tuple, rows)))
    if not rows:
        return Dialect(delimiter, (), 0, 0)
    number = header_place(rows, wanted)
    header, following = rows[number], rows[number + 1 :]
    extra = int(bool(following) and _width(following) == len(header) + 1 and _open_ended(following, len(header) + 1))
    return Dialect(delimiter, tuple(header), places[number].lines, places[number].row, extra, tuple(map(tuple, following)))


@dataclass(frozen=True)
class _Row:
    row: int  # as a spreadsheet counts, from 1
    lines: int  # physical lines up to its end
    fields: list[str]


def _rows(text: str, delimiter: str) -> list[_Row]:
    """Cut the first lines into rows, without blank ones."""
    if delimiter == WHITESPACE:
        return [_Row(number, number, line.split()) for number, line in enumerate(text.splitlines()[:_DEPTH], 1) if line.strip()]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[_Row] = []
    try:
        for number, fields in enumerate(islice(reader, _DEPTH), 1):
            if any(field.strip() for field in fields):
                rows.append(_Row(number, reader.line_num, fields))
    except csv.Error:
        pass
    return rows


def _width(rows: list[list[str]]) -> int:
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda width: (counts[width], width)) if counts else 0


def _open_ended(rows: list[list[str]], width: int) -> bool:
    whole = [row for row in rows if len(row) == width]
    return bool(whole) and all(not row[-1].strip() for row in whole)


def _delimiter(text: str, wanted: tuple[str, ...]) -> str:
    best, score = WHITESPACE, (0, 0.0, 0)
    for candidate in _CANDIDATES:
        rows = [place.fields for place in _rows(text, candidate)]
        width = _width(rows)
        if width < 2:
            continue
        found = max((_matches(row, wanted) for row in rows), default=0)
        share = sum(len(row) == width for row in rows) / len(rows)
        if (found, round(share, 1), width) > score:
            best, score = candidate, (found, round(share, 1), width)
    return best


def _matches(row: list[str], wanted: tuple[str, ...]) -> int:
    names = {tidy(name).casefold() for name in row}
    return sum(tidy(name).casefold() in names for name in wanted)


def header_place(rows: list[list[str]], wanted: tuple[str, ...]) -> int:
    """Find the header among the first rows: the one with most of the wanted names, else the first as wide as the table."""
    if not rows:
        return 0
    if wanted:
        matches = [_matches(row, wanted) for row in rows]
        if max(matches) > 0:
            return matches.index(max(matches))
    filled = [sum(bool(str(cell or "").strip()) for cell in row) for row in rows]
    wide = Counter(filled).most_common(1)[0][0]
    return next(place for place, count in enumerate(filled) if count >= min(wide, max(filled)))
