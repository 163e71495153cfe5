"""One file, looked at: how it was written and what its columns hold."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.columns import INPUT_COLUMNS
from analysis.data.guessing.profiles import Column, profile
from analysis.data.guessing.recognising import headerless_names
from analysis.data.reading import dates, opening
from analysis.data.reading.fields import find_fields
from analysis.data.reading.intake import Reading, tidy
from analysis.data.reading.values import named
from analysis.engine import Engine
from analysis.errors import ConfigurationError
from analysis.settings.inputs import Source
from analysis.settings.limits import Limits


@dataclass(frozen=True)
class Seen:
    """One file, looked at; `source` is what the configuration has to say of it."""

    path: Path
    reading: Reading
    columns: tuple[Column, ...]
    source: dict[str, Any]
    rows: int


def look(engine: Engine, path: Path, limits: Limits, number: int) -> Seen:
    """Load a file and find out how it was written."""
    source: dict[str, Any] = {}
    reading = opening.read_file(engine, path, Source(files=(path.name,)), limits, label=path.name, name=f"guess_{number}")
    if reading.input.delimiter and not any(re.search(r"[^\W\d_]", tidy(header)) for header in reading.pieces[0].headers):
        source["header"] = False  # no letter in the first row: it is data
        reading = opening.read_file(engine, path, Source(files=(path.name,), header=False), limits, label=path.name, name=f"guess_{number}")
        if names := headerless_names(profile(engine, reading.pieces[0])):
            source["names"] = list(names)
        else:
            source["names"] = list(reading.pieces[0].headers)
        reading = replace(reading, pieces=(replace(reading.pieces[0], headers=tuple(source["names"])),))
    about = reading.input
    if about.encoding and about.encoding != "utf-8":
        source["encoding"] = about.encoding
    if about.delimiter and about.delimiter != ",":
        source["delimiter"] = about.delimiter
    if about.sheets and any(note.key == "sheets-skipped" for note in reading.notes):
        source["sheets"] = list(about.sheets)
    return Seen(path, reading, profile(engine, reading.pieces[0]), source, about.records)


def describe(engine: Engine, group: list[Seen], columns: dict[str, str], section: str) -> tuple[dict[str, Any], list[str]]:
    """Describe files with the same headers as a source of the configuration, with absolute paths; and say what was found out on the way."""
    source: dict[str, Any] = {"files": [str(one.path.resolve()) for one in group]}
    for key in ("header", "names", "delimiter", "sheets", "encoding"):
        values = [one.source.get(key) for one in group]
        if all(value == values[0] for value in values) and values[0] is not None:
            source[key] = values[0]
    said = [note.text for one in group for note in one.reading.notes]
    by_header = {column.header: column for column in group[0].columns}
    kinds = INPUT_COLUMNS[section]
    if any(by_header[theirs].commas > 0.05 for ours, theirs in columns.items() if kinds[ours] in ("number", "rate")):
        source["decimal"] = ","
        said.append("Numbers have a decimal comma.")
    found = {ours: find_date_order(engine, group, theirs, ours, section) for ours, theirs in columns.items() if kinds[ours] == "time"}
    said += [sentence for _, sentences in found.values() for sentence in sentences]
    if orders := {order for order, _ in found.values() if order}:
        source["dates"] = min(orders)
    return source, said


def has_one_row_each(engine: Engine, group: list[Seen], header: str) -> bool:
    """Tell whether a column has another value on each row."""
    rows = distinct = 0
    for one in group:
        for piece in one.reading.pieces:
            place = piece.find(header)
            if place is not None:
                column = named(piece.columns[place])
                filled, different = engine.reader.con.execute(f"select count({column}), count(distinct {column}) from {piece.relation}").fetchone()
                rows, distinct = rows + filled, distinct + different
    return rows > 0 and distinct >= 0.99 * rows


def find_date_order(engine: Engine, group: list[Seen], header: str, ours: str, section: str) -> tuple[str | None, list[str]]:
    """Decide day-first or month-first over all files; when that cannot be, put the question into words."""
    pieces = [piece for one in group for piece in one.reading.pieces]
    source = Source(files=("x",), columns={ours: header})
    fields = [(piece, find_fields(piece, source, INPUT_COLUMNS[section])[0]) for piece in pieces]
    texts = [f"select {one.text} as raw from {piece.relation}" for piece, one in fields if one.has_text_dates]
    if not texts:
        return None, []
    facts = dates.survey(engine, texts)
    try:
        order, notes = dates.check_ambiguity(facts, source, ours, section)
    except ConfigurationError as question:
        return None, [str(question)]
    found = any(note.key == "date-order-found" for note in notes)
    return (order if found else None), [note.text for note in notes]


def list_values(engine: Engine, one: Seen, header: str, most: int) -> list[str]:
    """The different values of a column, if they are not too many, the most frequent first."""
    piece = one.reading.pieces[0]
    place = piece.find(header)
    column = named(piece.columns[place or 0])
    found = engine.reader.con.execute(
        f"select trim({column}::varchar) as v, count(*) from {piece.relation} where trim({column}::varchar) <> '' group by 1 order by 2 desc, 1 limit {most + 1}"
    ).fetchall()
    return [value for value, _ in found] if len(found) <= most else []
