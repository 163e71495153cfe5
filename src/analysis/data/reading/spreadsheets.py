"""Excel workbooks, through a reader in Rust: every cell as text, every sheet that has the columns."""

import logging
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import pyarrow as pa

from analysis.data.reading.containers import check_archive, hash_file
from analysis.data.reading.dialect import header_place
from analysis.data.reading.intake import InputFile, Note, Piece, Reading, tidy
from analysis.engine import Engine
from analysis.errors import DataRefused
from analysis.settings.inputs import Source
from analysis.settings.limits import Limits

_DEPTH = 60  # rows in which a header is looked for


@dataclass(frozen=True)
class _Sheet:
    name: str
    cells: pa.Table
    header_at: int  # from 0
    headers: tuple[str, ...]


def read_spreadsheet(engine: Engine, path: Path, source: Source, limits: Limits, wanted: tuple[str, ...], name: str) -> Reading:
    """Load the sheets that have the wanted headers; without any wanted, those with the header of the first.

    Raises
    ------
    DataRefused
        When the workbook is damaged, locked, too large, or lacks a sheet that the configuration names.
    """
    check_archive(path, limits)
    try:
        logging.getLogger("fastexcel").setLevel(logging.ERROR)
        book = fastexcel.read_excel(path)
        names = list(source.sheets or book.sheet_names)
        if absent := [sheet for sheet in names if sheet not in book.sheet_names]:
            raise DataRefused(f"{path.name} has no sheet {', '.join(map(repr, absent))}; it has {', '.join(map(repr, book.sheet_names))}.")
        sheets = [_look(book, sheet, source, wanted) for sheet in names]
    except fastexcel.FastExcelError as error:
        reason = str(error).splitlines()[0][:200]
        hint = (
            "It is protected by a password: remove it."
            if "password" in str(error).lower() or "encrypt" in str(error).lower()
            else "Open it in a spreadsheet and save it again as .xlsx."
        )
        raise DataRefused(f"{path.name} cannot be read as an Excel workbook ({reason}). {hint}") from None
    filled = [sheet for sheet in sheets if sheet is not None]
    if not filled:
        raise DataRefused(f"{path.name} has no sheet with any cells. Export it again.")
    taken = [sheet for sheet in filled if _has(sheet, wanted)] if wanted and source.header else [sheet for sheet in filled if _same(sheet, filled[0])]
    taken = filled if source.sheets else taken or filled[:1]
    notes = []
    if len(names) > 1:
        notes.append(Note("sheets-taken", {"file": path.name, "taken": ", ".join(sheet.name for sheet in taken)}))
    if skipped := [sheet for sheet in names if sheet not in [one.name for one in taken]]:
        notes.append(Note("sheets-skipped", {"file": path.name, "skipped": ", ".join(skipped)}))
    pieces, rows = [], 0
    for number, sheet in enumerate(taken, 1):
        label = f"{path.name}[{sheet.name}]" if len(taken) > 1 else path.name
        piece, count = _load(engine, sheet, label, f"{name}_{number}")
        pieces.append(piece)
        rows += count
        if sheet.header_at > 0:
            notes.append(Note("title-rows", {"file": label, "row": sheet.header_at + 1}))
    about = InputFile(path.name, hash_file(path), path.stat().st_size, None, None, tuple(sheet.name for sheet in taken), rows, rows, 0)
    return Reading(tuple(pieces), about, tuple(notes))


def _look(book: fastexcel.ExcelReader, sheet: str, source: Source, wanted: tuple[str, ...]) -> _Sheet | None:
    loaded = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    if loaded.width == 0 or loaded.height == 0:
        return None
    cells = pa.table(loaded)
    if not source.header:
        return _Sheet(sheet, cells, -1, source.names or tuple(f"column_{number + 1}" for number in range(cells.num_columns)))
    top = [[cell or "" for cell in row.values()] for row in cells.slice(0, _DEPTH).to_pylist()]
    at = header_place(top, wanted)
    return _Sheet(sheet, cells, at, tuple(top[at]))


def _has(sheet: _Sheet, wanted: tuple[str, ...]) -> bool:
    there = {tidy(header).casefold() for header in sheet.headers}
    return all(tidy(header).casefold() in there for header in wanted)


def _same(sheet: _Sheet, first: _Sheet) -> bool:
    return [tidy(header) for header in sheet.headers] == [tidy(header) for header in first.headers]


def _load(engine: Engine, sheet: _Sheet, label: str, name: str) -> tuple[Piece, int]:
    start = sheet.header_at + 1
    body = sheet.cells.slice(start)
    columns = tuple(f"c{number}" for number in range(body.num_columns))
    numbered = body.rename_columns(list(columns)).append_column("source_row", pa.array(range(start + 1, start + 1 + body.num_rows), pa.int64()))
    con = engine.reader.con
    con.register(f"{name}_a", numbered)
    con.execute(
        f"create or replace temp table {name} as select * from {name}_a where coalesce({', '.join(f'nullif({column}, {chr(39) * 2})' for column in columns)}) is not null"
    )
    con.unregister(f"{name}_a")
    (rows,) = con.execute(f"select count(*) from {name}").fetchone()
    return Piece(label, name, "source_row", sheet.headers, columns[: len(sheet.headers)], ("VARCHAR",) * len(sheet.headers)), rows
