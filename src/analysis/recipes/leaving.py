"""What a scheduled run leaves for the press: the tables, what the press alone reads, the facts of the manifest, and what everything took; and for its chapters."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pandas as pd

from analysis.errors import WorkbookError
from analysis.recipes.opened import Opened
from analysis.recipes.retold import Retold, tell
from analysis.recipes.sheets import SHEETS
from analysis.schemas import SCHEMAS
from analysis.timing import measure_peak

SHEETS_IN = "sheets"  # for this user only, and gone when the report is published
TIMES = "times.json"  # seconds by step, and the most memory that the process of the chapters held
PEAK = "peak.json"  # the most memory of the process that writes them from what it is told
_ALWAYS = ("period", "warnings", "published", "ledger_frame", "money_with_customers")  # what a chapter in any language asks for besides what it names


def leave(opened: Opened, run_dir: Path, facts: Callable[[], dict]) -> None:
    """Write down what is not there yet, and the times, which grow; a process that was only told of the run has nothing to leave but how much memory it took.

    Parameters
    ----------
    opened : Opened
    run_dir : Path
        Gets ``tables/``, ``sheets/`` (for this user only, never published) and ``facts.json``.
    facts : callable
        Gives what a manifest says of the run.

    Raises
    ------
    WorkbookError
        When the money of the customers is not what was kept of the lines.
    """
    sheets = run_dir / SHEETS_IN
    if isinstance(opened, Retold):
        (sheets / PEAK).write_text(json.dumps(measure_peak()), encoding="utf-8")
        return
    with opened.times.step("writing tables"):
        folder = run_dir / "tables"
        folder.mkdir(exist_ok=True)
        for name, schema in SCHEMAS.items():
            if not (path := folder / f"{name}.parquet").exists():
                opened.get(name).order_by(list(schema.grain)).to_parquet(path)
        _check_money(opened, folder / "customers.parquet")
        sheets.mkdir(mode=0o700, exist_ok=True)
        for name in SHEETS:
            if name in opened.book and not (path := sheets / f"{name}.parquet").exists():
                found = opened.get(name)
                found.to_parquet(path, index=False) if isinstance(found, pd.DataFrame) else found.to_parquet(path)
                path.chmod(0o600)
        if not (run_dir / "facts.json").exists():
            (run_dir / "facts.json").write_text(json.dumps(facts(), ensure_ascii=False, default=to_plain), encoding="utf-8")
    _keep_times(opened, sheets)


def _check_money(opened: Opened, customers: Path) -> None:
    """Refuse a table of customers that has another sum of money than what was kept of the lines: it goes through scores, classes and what people decided."""
    (left,) = opened.engine.reader.con.execute("select coalesce(sum(monetary), 0) from read_parquet(?)", [str(customers)]).fetchone()
    kept = opened.get("ledger_frame").amount.iloc[-1]
    if left != kept:
        raise WorkbookError(f"Money does not add up: kept {kept}, in the table of customers {left}.")


def tell_all(opened: Opened, run_dir: Path, *, key: str) -> None:
    """Tell what has been found out so far to the process that writes the chapters.

    Parameters
    ----------
    opened : Opened
    run_dir : Path
    key : str
        What the run hangs on (see `analysis.recipes.retold`).
    """
    sheets = run_dir / SHEETS_IN
    sheets.mkdir(mode=0o700, exist_ok=True)
    for name in _ALWAYS:
        opened.get(name)
    tell(opened, sheets, key)
    _keep_times(opened, sheets)


def _keep_times(opened: Opened, sheets: Path) -> None:
    (sheets / TIMES).write_text(json.dumps({"steps": opened.times.to_dict(), "peak": measure_peak()}), encoding="utf-8")


def to_plain(value: object) -> object:
    """Turn a value into what JSON holds."""
    return f"{value:f}" if isinstance(value, Decimal) else value.item() if hasattr(value, "item") else str(value)
