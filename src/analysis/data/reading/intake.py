"""What reading hands on: the rows, where they came from, and what was decided on the way."""

from dataclasses import dataclass
from typing import Any

from ibis.expr.types import Table

from analysis.errors import DataRefused
from analysis.texts import Texts


@dataclass(frozen=True)
class Note:
    """Something decided while reading that a person should know.

    Parameters
    ----------
    key : str
        Names the sentence; the catalogues have it as ``note-<key>``.
    values : dict
        What fills the sentence.
    """

    key: str
    values: dict[str, Any]

    @property
    def text(self) -> str:
        """The sentence in English."""
        return Texts("en").say(f"note-{self.key}", **self.values)


@dataclass(frozen=True)
class InputFile:
    """One file or database table, as it goes into the manifest; ``records == kept + rejected``, checked.

    `rejected` counts the records that are no row at all: ragged, or with a quotation mark that is never closed.
    """

    name: str
    sha256: str
    bytes: int
    encoding: str | None
    delimiter: str | None
    sheets: tuple[str, ...]
    records: int
    kept: int
    rejected: int

    def __post_init__(self) -> None:
        if self.records != self.kept + self.rejected:
            raise DataRefused(
                f"{self.name}: {self.records:,} records were counted, but {self.kept:,} rows were read and {self.rejected:,} rejected. "
                "The file cannot be read reliably; save it again as CSV in UTF-8, with every text in double quotes."
            )


@dataclass(frozen=True)
class Piece:
    """A table of raw values in the engine: one file, sheet or database table.

    `relation` is SQL for its rows, `row` SQL for the row number a person sees, `columns` and `types` belong to `headers`, one each.
    `rejects` is SQL for the records that are no row: source_row, problem, raw. `typed` tells that the rows stay in a file that the engine reads itself.
    """

    label: str
    relation: str
    row: str
    headers: tuple[str, ...]
    columns: tuple[str, ...]
    types: tuple[str, ...]
    rejects: str | None = None
    typed: bool = False

    def find(self, header: str) -> int | None:
        """Find a header: as written but for blanks and invisible characters, else without regard to case; None where it is absent."""
        names = [tidy(name) for name in self.headers]
        if (wanted := tidy(header)) in names:
            return names.index(wanted)
        folded = [name.casefold() for name in names]
        return folded.index(wanted.casefold()) if folded.count(wanted.casefold()) == 1 else None

    def count(self, header: str) -> int:
        """Count how often a header occurs."""
        return [tidy(name) for name in self.headers].count(tidy(header))


@dataclass(frozen=True)
class Reading:
    """What one file gave; `written` tells that its rows are typed and written down already."""

    pieces: tuple[Piece, ...]
    input: InputFile
    notes: tuple[Note, ...]
    written: bool = False


@dataclass(frozen=True)
class Intake:
    """Every record of an input, typed, in the engine.

    `lines` has one row per record: source_file, source_row, source_order, the mapped columns, attributes, `problem` (null where the row is fine) and `raw`.
    `trusted` names the identifiers that were taken as they stand: nobody has looked yet whether they are spelled as they should be.
    """

    lines: Table
    inputs: tuple[InputFile, ...]
    notes: tuple[Note, ...]
    trusted: frozenset[str] = frozenset()


_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u00ad"))


def tidy(text: str) -> str:
    """Take invisible characters and outer blanks off a header, and full-width letters to their plain form."""
    plain = "".join(chr(ord(char) - 0xFEE0) if 0xFF01 <= ord(char) <= 0xFF5E else char for char in text.translate(_INVISIBLE))
    return " ".join(plain.split())
