"""A workbook that people have edited: every sheet as text, from its first row on."""

import logging
from pathlib import Path

import fastexcel
import pandas as pd
import pyarrow as pa

from analysis.data.reading.containers import check_archive
from analysis.errors import DataRefused
from analysis.settings.limits import Limits

MOST_BYTES = 2 * 2**30  # unpacked: twenty times what the workbook itself writes


def list_sheets(path: Path, limits: Limits) -> list[str]:
    """Name the sheets of a workbook; it is looked at for its size before it is opened.

    Raises
    ------
    DataRefused
        When it is damaged, locked or too large.
    """
    return _open(path, limits).sheet_names


def read_sheet(path: Path, sheet: str, limits: Limits) -> pd.DataFrame:
    """Read a sheet.

    Returns
    -------
    pandas.DataFrame
        Grain: row, indexed as the sheet numbers its rows, from 1; columns 0, 1 …; every cell is text, "" where it is empty. Numbers have at most nine decimals.

    Raises
    ------
    DataRefused
    """
    loaded = _open(path, limits).load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    if loaded.width == 0 or loaded.height == 0:
        return pd.DataFrame()
    cells = pa.table(loaded)
    frame = cells.rename_columns([str(number) for number in range(cells.num_columns)]).to_pandas().astype(object)
    frame.columns, frame.index = pd.RangeIndex(frame.shape[1]), pd.RangeIndex(1, len(frame) + 1)
    return frame.where(frame.notna(), "")


def _open(path: Path, limits: Limits) -> fastexcel.ExcelReader:
    check_archive(path, limits.model_copy(update={"file_bytes": min(limits.file_bytes, MOST_BYTES)}))
    logging.getLogger("fastexcel").setLevel(logging.ERROR)
    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        reason = str(error).splitlines()[0][:200]
        locked = "password" in reason.lower() or "encrypt" in reason.lower()
        hint = "It is protected by a password: remove it." if locked else "Open it in a spreadsheet and save it again as .xlsx."
        raise DataRefused(f"{path.name} cannot be read as an Excel workbook ({reason}). {hint}") from None
