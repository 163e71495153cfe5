"""The Excel file in LibreOffice: it opens, holds the same cells, keeps its lists and colours, and hostile text stays text."""

import csv
import re
import subprocess
from pathlib import Path

import fastexcel
import pytest
from excel_book import HOSTILE, name_sheets, read_part, write_book


def _convert(program: str, path: Path, to: str, folder: Path) -> Path:
    """Let LibreOffice open a file and save it as another."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    done = subprocess.run(
        [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder / "out"), str(path)],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert not re.search("error|repair|corrupt|could not", said, re.I), said
    return folder / "out"


def _cells(path: Path) -> dict[str, list[tuple]]:
    reader = fastexcel.read_excel(path)
    return {name: reader.load_sheet(name, header_row=None, dtypes="string").to_pandas().fillna("").to_numpy().tolist() for name in reader.sheet_names}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_libreoffice_saves_has_the_same_cells_lists_and_colours(lang, libreoffice, tmp_path):
    path = write_book(tmp_path, lang=lang)
    saved = _convert(libreoffice, path, "xlsx", tmp_path) / path.name
    ours, theirs = _cells(path), _cells(saved)
    assert list(theirs) == list(ours) == name_sheets(path)
    for name, rows in ours.items():
        assert [[_plain(value) for value in row] for row in theirs[name][: len(rows)]] == [[_plain(value) for value in row] for row in rows], name
        assert not any(any(row) for row in theirs[name][len(rows) :])
    before, after = (read_part(each, "xl/worksheets/sheet2.xml") for each in (path, saved))
    for what in ("<dataValidation ", "<conditionalFormatting", "<autoFilter"):
        assert before.count(what) == after.count(what) > 0, what
    assert "<f>" not in after
    assert "<f " not in after


def test_a_text_file_made_by_libreoffice_has_every_hostile_name_as_it_was(libreoffice, tmp_path):
    path = write_book(tmp_path)
    folder = _convert(libreoffice, path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", tmp_path)
    with next(folder.glob("*-Customers.csv")).open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    by_name = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert {who: _plain(row["Notes"]) for who, row in by_name.items() if who != "ann"} == {
        f"h{number:02d}": _plain(text) for number, text in enumerate(HOSTILE)
    }
    assert by_name["ann"]["Segment"] == "Champions"
    assert by_name["ann"]["Revenue"] == "1234.5"
    assert by_name["ann"]["First order"] == "2011-12-01"


def _plain(value: str) -> str:
    """Read a number as a number; a text as it is."""
    try:
        return f"{float(value):.10g}" if re.fullmatch(r"-?\d+\.\d+(e-?\d+)?|-?\d+", value) and not value.startswith("00") else value
    except ValueError:
        return value
