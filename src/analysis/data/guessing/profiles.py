"""What the columns of a file hold, seen from a sample of its rows."""

import re
from dataclasses import dataclass

from analysis.data.reading import values
from analysis.data.reading.intake import Piece, tidy
from analysis.engine import Engine

_SAMPLE = 20_000
_DATE = (
    r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}"
    r"|^\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})\b"
    r"|^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$"
    r"|^\d{1,2}[- ][A-Za-z]{3,9}[- ,]+\d{2,4}"
    r"|^[A-Za-z]{3,9} \d{1,2},? \d{4}"
)
_SERIAL = r"^[2-6]\d{4}(\.\d+)?$"
_COMMA = r"^-?(\d+|\d{1,3}(\.\d{3})+),(\d{1,2}|\d{4,})$"


@dataclass(frozen=True)
class Column:
    """One column of a file; the shares are of its filled cells."""

    header: str
    column: str
    sql_type: str
    filled: int
    distinct: int
    dates: float
    serials: float
    numbers: float
    commas: float
    digits: float
    largest: float

    @property
    def key(self) -> str:
        """The header without blanks, case and punctuation."""
        return plain(self.header)


def plain(text: str) -> str:
    """Reduce a header or a word to its letters and digits."""
    return re.sub(r"[\W_]+", "", tidy(text).casefold())


def profile(engine: Engine, piece: Piece) -> tuple[Column, ...]:
    """Look at every column of a piece.

    Returns
    -------
    tuple of Column
        In the order of the file; columns whose header occurs twice or is empty are left out.
    """
    usable = [
        (header, column, kind)
        for header, column, kind in zip(piece.headers, piece.columns, piece.types, strict=True)
        if tidy(header) and piece.count(header) == 1
    ]
    parts = []
    for _, column, kind in usable:
        raw = values.named(column)
        x = values.word(raw if kind == "VARCHAR" else f"{raw}::varchar")
        parts.append(
            f"count({x}), count(distinct {x}), count(*) filter (regexp_matches({x}, '{_DATE}')), count(*) filter (regexp_matches({x}, '{_SERIAL}')), "
            f"count({values.number(x)}), count(*) filter (regexp_matches({x}, '{_COMMA}')), count(*) filter (regexp_matches({x}, '^\\d+$')), coalesce(max(abs({values.number(x)})), 0)::double"
        )
    if not parts:
        return ()
    found = engine.reader.con.execute(f"select {', '.join(parts)} from (select * from {piece.relation} limit {_SAMPLE})").fetchone()
    columns = []
    for number, (header, column, kind) in enumerate(usable):
        filled, distinct, dates, serials, numbers, commas, digits, largest = found[8 * number : 8 * number + 8]
        many = max(filled, 1)
        columns.append(
            Column(tidy(header), column, kind, filled, distinct, dates / many, serials / many, numbers / many, commas / many, digits / many, largest)
        )
    return tuple(columns)


def is_date(column: Column, *, named: bool = False) -> bool:
    """Tell whether a column holds dates; day numbers of a spreadsheet only count when the header says date."""
    if column.sql_type.startswith("TIMESTAMP") or column.sql_type == "DATE":
        return True
    return column.filled > 0 and column.dates + (column.serials if named else 0) >= 0.8


def is_number(column: Column) -> bool:
    """Tell whether a column holds numbers, with either decimal sign."""
    return column.filled > 0 and column.numbers + column.commas >= 0.8


def is_kind(column: Column, kind: str) -> bool:
    """Tell whether a column is of a kind that a preset for files without a header names."""
    if kind == "digits":
        return column.digits == 1
    if kind == "day":
        return column.dates == 1
    if kind == "integer":
        return column.digits >= 0.99
    return column.numbers >= 0.99
