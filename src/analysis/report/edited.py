"""A file that people have edited: `customers.xlsx` of a report, or a plain list of what they decided."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.config import Config
from analysis.data.reading.containers import read_head, recognise
from analysis.data.reading.intake import tidy
from analysis.data.reading.opening import read_file
from analysis.data.reading.sheets import list_sheets, read_sheet
from analysis.engine import open_engine
from analysis.errors import DataRefused, shorten
from analysis.settings.inputs import Source
from analysis.texts import LOCALES, Texts

PLAIN = ("customer_id", "column", "value", "reason", "author", "expires_on")
_NEEDED = PLAIN[:3]
_BESIDE = ("reason", "author", "expires_on")  # columns that people may add to the sheet of customers
_ABOUT = ("run", "as_of", "language", "name")
_MOST_ROWS = 1_048_576  # of a sheet
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Edited:
    """What a file holds.

    Parameters
    ----------
    file, sheet : str
        As people call them; `sheet` is "" for a text file.
    rows : pandas.DataFrame
        Indexed by the number of the row in the file; every cell is text, "" where it is empty. Of a report's file: our names of the columns that were found.
        Of a plain list: the columns of `PLAIN`.
    about : mapping of str to str
        run, as_of, language and name of the report; empty for a plain list.
    titles : mapping of str to str
        Our name of a column -> what it is called in the file.
    strange : tuple of str
        Titles that mean nothing here.
    """

    file: str
    sheet: str
    rows: pd.DataFrame
    about: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    strange: tuple[str, ...] = ()

    def place(self, row: int, column: str = "") -> str:
        """Say where a cell is."""
        parts = [f"sheet {self.sheet}" if self.sheet else "", f"row {row}", f"column {self.titles.get(column, column)}" if column else ""]
        return ", ".join(filter(None, parts))


def settle(text: str) -> str:
    """Write a text as every file can hold it: line ends as one character, what no cell can hold replaced visibly."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text) if not text.isprintable() else text


def read_edited(path: Path, config: Config) -> Edited:
    """Read an edited file.

    Parameters
    ----------
    path : Path
        `customers.xlsx` of a report, saved by any spreadsheet, sorted and filtered as may be; or a text file or workbook with the columns of `PLAIN`.
    config : Config
        For its limits, and the words of its columns.

    Raises
    ------
    DataRefused
        When the file is neither.
    """
    if not path.is_file():
        raise DataRefused(f"There is no file {path}.")
    kind = recognise(path, read_head(path, config.limits))
    if kind == "excel":
        sheets = {tidy(name): name for name in list_sheets(path, config.limits)}
        found = {part: next((sheets[name] for name in _names(f"sheet-{part}") if name in sheets), None) for part in ("customers", "dictionary", "about")}
        if found["dictionary"] and not (found["customers"] and found["about"]):
            raise DataRefused(
                f"{path.name} lacks the sheet {' and '.join(_names(f'sheet-{part}')[0] for part in ('customers', 'about') if not found[part])}, without which nobody "
                "can tell which report it came from. Edit a fresh copy of the customers.xlsx of the report, and leave its sheets where they are."
            )
        if found["dictionary"]:
            return _read_report(path, config, str(found["customers"]), str(found["dictionary"]), str(found["about"]))
    if kind not in ("excel", "text", "gzip"):
        raise DataRefused(
            f"{path.name} is no file of edits. Give the edited customers.xlsx of a report, or a list (CSV, .xlsx) with the columns {', '.join(PLAIN)}."
        )
    return _read_plain(path, config)


def _names(key: str) -> list[str]:
    return [Texts(lang).say(key) for lang in LOCALES]


def _read_report(path: Path, config: Config, customers: str, dictionary: str, about: str) -> Edited:
    limits = config.limits
    pairs = read_sheet(path, about, limits)
    told = {str(key).strip(): str(value).strip() for key, value in pairs[[0, 1]].itertuples(index=False)} if pairs.shape[1] > 1 else {}
    if missing := [key for key in _ABOUT if not told.get(key)]:
        raise DataRefused(
            f"{path.name}, sheet {about}: the last lines no longer say {', '.join(missing)}, so nobody can tell which report was edited. "
            "Copy your edits into a fresh copy of the customers.xlsx of the report."
        )
    words = read_sheet(path, dictionary, limits)
    meant = {tidy(row[1]): row[2].strip() for row in words.itertuples(index=False, name=None) if len(row) > 2 and tidy(row[0]) == tidy(customers)}
    meant |= {tidy(name): key for key in _BESIDE for name in (key, *_names(f"overrides-{key}".replace("_", "-")))} | {"customer_id": "customer_id"}
    rows = read_sheet(path, customers, limits)
    if rows.empty or len(rows) > _MOST_ROWS:
        raise DataRefused(f"{path.name}, sheet {customers}: there are no rows. Edit a fresh copy of the customers.xlsx of the report.")
    header = {number: str(title).strip() for number, title in rows.iloc[0].items()}
    names = {number: meant[tidy(title)] for number, title in header.items() if tidy(title) in meant}
    if twice := sorted({header[number] for number, name in names.items() if list(names.values()).count(name) > 1}):
        raise DataRefused(f"{path.name}, sheet {customers}: the columns {shorten(twice)} are there twice. Keep one of each.")
    if "customer_id" not in names.values():
        raise DataRefused(f"{path.name}, sheet {customers}: the column of customer numbers is not in row 1. Put the row of titles back to the top.")
    body = rows.iloc[1:][list(names)].rename(columns=names).map(settle)
    body = body[(body != "").any(axis=1)]
    strange = tuple(title for number, title in header.items() if title and number not in names)
    return Edited(path.name, customers, body, {key: told[key] for key in _ABOUT}, {name: header[number] for number, name in names.items()}, strange)


def _read_plain(path: Path, config: Config) -> Edited:
    engine = open_engine()
    source = Source(files=(str(path),), columns={name: name for name in _NEEDED})
    reading = read_file(engine, path, source, config.limits, label=path.name, name="edits")
    piece = reading.pieces[0]
    at = {name: piece.find(name) for name in PLAIN}
    if missing := [name for name in _NEEDED if at[name] is None]:
        raise DataRefused(
            f"{path.name} lacks the columns {', '.join(missing)}; it has {shorten(piece.headers)}. A list of edits has the columns {', '.join(PLAIN)}. "
            "If it is the table of customers saved as text: save it as .xlsx, with all its sheets."
        )
    if reading.input.rejected:
        raise DataRefused(
            f"{path.name}: {reading.input.rejected:,} rows have more or fewer values than the header, or a quotation mark that is not closed. Mend them, or save it as .xlsx."
        )
    columns = ", ".join(f'cast("{piece.columns[place]}" as varchar) as {name}' if place is not None else f"'' as {name}" for name, place in at.items())
    frame = engine.reader.con.execute(f"select {piece.row} as row, {columns} from {piece.relation} order by 1").df().set_index("row").astype(object)
    rows = frame.where(frame.notna(), "").map(settle)
    return Edited(path.name, "", rows[(rows != "").any(axis=1)], strange=tuple(name for name in piece.headers if name and tidy(name).casefold() not in PLAIN))
