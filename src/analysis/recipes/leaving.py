"""What a scheduled run leaves for the press: the tables, what the press alone reads, the facts of the manifest, and what everything took."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pandas as pd

from analysis.recipes.opened import Opened
from analysis.recipes.sheets import SHEETS
from analysis.schemas import SCHEMAS
from analysis.timing import measure_peak

TIMES = "times.json"  # seconds by step, and the most memory that the process of the chapters held


def leave(opened: Opened, run_dir: Path, facts: Callable[[], dict]) -> None:
    """Write down what is not there yet; the times, which grow from chapter to chapter, always.

    Parameters
    ----------
    opened : Opened
    run_dir : Path
        Gets ``tables/``, ``sheets/`` (for this user only, never published) and ``facts.json``.
    facts : callable
        Gives what a manifest says of the run.
    """
    with opened.times.step("writing tables"):
        folder = run_dir / "tables"
        folder.mkdir(exist_ok=True)
        for name, schema in SCHEMAS.items():
            if not (path := folder / f"{name}.parquet").exists():
                opened.get(name).order_by(list(schema.grain)).to_parquet(path)
        sheets = run_dir / "sheets"
        sheets.mkdir(mode=0o700, exist_ok=True)
        for name in SHEETS:
            if name in opened.book and not (path := sheets / f"{name}.parquet").exists():
                found = opened.get(name)
                found.to_parquet(path, index=False) if isinstance(found, pd.DataFrame) else found.to_parquet(path)
                path.chmod(0o600)
        if not (run_dir / "facts.json").exists():
            (run_dir / "facts.json").write_text(json.dumps(facts(), ensure_ascii=False, default=to_plain), encoding="utf-8")
    times = {"steps": opened.times.to_dict(), "peak": measure_peak()}
    (sheets / TIMES).write_text(json.dumps(times), encoding="utf-8")


def to_plain(value: object) -> object:
    """Turn a value into what JSON holds."""
    return f"{value:f}" if isinstance(value, Decimal) else value.item() if hasattr(value, "item") else str(value)
