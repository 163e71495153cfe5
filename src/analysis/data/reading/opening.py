"""Open a file as what it is, whatever its name says."""

from dataclasses import replace
from pathlib import Path

from analysis.data.reading.containers import read_head, recognise
from analysis.data.reading.delimited import Write, read_delimited
from analysis.data.reading.intake import Note, Piece, Reading, tidy
from analysis.data.reading.spreadsheets import read_spreadsheet
from analysis.data.reading.tables import read_database, read_parquet
from analysis.engine import Engine
from analysis.errors import DataRefused, shorten
from analysis.settings.inputs import Source
from analysis.settings.limits import Limits

_SUFFIXES = {"excel": (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"), "parquet": (".parquet", ".pq")}
_SPOKEN = {"excel": "an Excel workbook", "parquet": "a Parquet file", "text": "a text file"}


def read_file(engine: Engine, path: Path, source: Source, limits: Limits, *, label: str, name: str,
              write: Write | None = None) -> Reading:  # fmt: skip
    """Load one file, or one table of a database file, into the engine.

    Parameters
    ----------
    label : str
        What people call the file.
    name : str
        Prefix of the tables made.
    write : callable, optional
        See `read_delimited`.

    Raises
    ------
    DataRefused
        When it is no table, damaged, or larger than the limits.
    """
    with path.open("rb") as file:
        head = file.read(1 << 16)
    kind = recognise(path, head)
    wanted = tuple(source.columns.values()) + tuple(source.attributes.values())
    if source.database:
        if kind not in ("sqlite", "duckdb"):
            raise DataRefused(f"{path.name} is neither a SQLite nor a DuckDB database. Put other files under files = [...] in the configuration.")
        return _labelled(read_database(engine, path, kind, source.table or "", name), path, label, ())
    if kind == "gzip":
        inner = read_head(path, limits, most=1 << 16)
        if not inner:
            raise DataRefused(f"{path.name} is a gzip file with nothing inside. Export it again.")
        if recognise(path, inner) != "text":
            raise DataRefused(f"{path.name} is a compressed {_SPOKEN.get(recognise(path, inner), 'file')}. Unpack it first.")
        kind = "text"
    if kind == "text":
        reading = read_delimited(engine, path, source, limits, wanted, name, write)
    elif kind == "excel":
        reading = read_spreadsheet(engine, path, source, limits, wanted, name)
    elif kind == "parquet":
        reading = read_parquet(engine, path, limits, name)
    else:
        raise DataRefused(f"{path.name} is a database. Name it with database = {path.name!r} and table = ... instead of files in the configuration.")
    expected = next((known for known, suffixes in _SUFFIXES.items() if path.suffix.lower() in suffixes), "text")
    notes = (Note("wrong-extension", {"file": label, "kind": _SPOKEN[kind]}),) if kind in _SPOKEN and kind != expected else ()
    return _labelled(reading, path, label, notes)


def _labelled(reading: Reading, path: Path, label: str, notes: tuple[Note, ...]) -> Reading:
    """Call the file what people call it."""
    pieces = tuple(replace(piece, label=piece.label.replace(path.name, label, 1)) for piece in reading.pieces)
    for piece in pieces:
        if twice := sorted({tidy(header) for header in piece.headers if tidy(header) and piece.count(header) > 1}):
            notes += (Note("duplicate-headers", {"file": piece.label, "headers": shorten(twice)}),)
    about = replace(reading.input, name=reading.input.name.replace(path.name, label, 1))
    return replace(reading, pieces=pieces, input=about, notes=notes + reading.notes)


def forget(engine: Engine, piece: Piece) -> None:
    """Drop the raw rows of a piece once they are typed."""
    for relation in (piece.relation, piece.rejects):
        if relation and relation.isidentifier():
            engine.reader.con.execute(f"drop table if exists {relation}")
