"""Which header is which column of ours."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.data.reading.intake import Piece, tidy
from analysis.data.reading.values import named
from analysis.errors import DataRefused
from analysis.settings.inputs import Source


@dataclass(frozen=True)
class Field:
    """One column of ours in one piece, as SQL: its raw text, its typed value, and the problems it can have."""

    name: str
    kind: str
    header: str
    column: str  # SQL name in the piece
    sql_type: str

    @property
    def is_text(self) -> bool:
        return self.sql_type == "VARCHAR"

    @property
    def raw(self) -> str:
        return named(self.column)

    @property
    def text(self) -> str:
        """The raw value as text, whatever its type."""
        return self.raw if self.is_text else f"{self.raw}::varchar"

    @property
    def has_text_dates(self) -> bool:
        return self.kind == "time" and self.sql_type not in ("DATE", "TIMESTAMP WITH TIME ZONE") and not self.sql_type.startswith("TIMESTAMP")


def find_fields(piece: Piece, source: Source, kinds: Mapping[str, str]) -> tuple[Field, ...]:
    """Find the mapped columns and attributes in a piece.

    Raises
    ------
    DataRefused
        Naming every mapped header that is missing or occurs twice, with those there are.
    """
    wanted = [(ours, kinds[ours], theirs) for ours, theirs in source.columns.items()] + [(ours, "text", theirs) for ours, theirs in source.attributes.items()]
    missing, fields = [], []
    for ours, kind, theirs in wanted:
        place = piece.find(theirs)
        if place is None:
            close = difflib.get_close_matches(tidy(theirs).casefold(), [tidy(name).casefold() for name in piece.headers], n=1, cutoff=0.6)
            near = next((name for name in piece.headers if close and tidy(name).casefold() == close[0]), None)
            missing.append(f"{theirs!r} (for {ours})" + (f", perhaps {tidy(near)!r}" if near else ""))
        elif piece.count(theirs) > 1:
            missing.append(f"{theirs!r} (for {ours}) occurs {piece.count(theirs)} times: rename all but one")
        else:
            fields.append(Field(ours, kind, tidy(piece.headers[place]), piece.columns[place], piece.types[place]))
    if missing:
        there = ", ".join(repr(tidy(name)) for name in piece.headers[:40]) + (f" and {len(piece.headers) - 40} more" if len(piece.headers) > 40 else "")
        raise DataRefused(f"{piece.label} lacks columns that the configuration names: {'; '.join(missing)}.\nIts headers are: {there}.")
    return tuple(fields)
