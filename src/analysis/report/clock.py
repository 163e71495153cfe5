"""Where the time of a run goes: listens to its progress, reads what the chapters measured, and tells it in a line or in full."""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq

from analysis.keeping import create, writing
from analysis.recipes.leaving import PEAK, SHEETS_IN, TIMES
from analysis.timing import Times, measure_peak

MOST = 25  # tables and cells that are listed on a screen; the file has all of them


class Clock:
    """A listener to the progress of a run, which it passes on: every call ends a cell, or begins another part of the work.

    Parameters
    ----------
    on_progress : callable
        Called on with cells done, cells in all, and the chapter or the part in work.
    clock : callable
        Gives seconds.
    began : float, optional
        When it all began, by that clock; default: now.
    """

    def __init__(self, on_progress: Callable[[int, int, str], None], *, clock: Callable[[], float] = time.perf_counter, began: float | None = None) -> None:
        self._on_progress, self._clock = on_progress, clock
        self._began = self._last = clock() if began is None else began
        self._part, self._done, self._cell = "starting", 0, 0
        self.parts, self.cells = Times(), Times()
        self.tables: dict[str, dict] = {}
        self.rows, self.chapters_peak = 0, 0

    def __call__(self, done: int, total: int, name: str) -> None:
        """Hear of progress."""
        seconds, self._last = self._pass()
        if done > self._done:
            self._cell += 1  # as the archived notebook counts it
            self.cells.add(f"{name} In [{self._cell}]", seconds)
            self.parts.add(name, seconds)
        else:
            self.parts.add(self._part, seconds)
        if name != self._part:
            self._cell = 0
        self._part, self._done = name, max(done, self._done)
        self._on_progress(done, total, name)

    def take(self, stage: Path, ledger: list[dict]) -> None:
        """Read what the chapters left: what each table took, the memory of their process, and how many rows went in."""
        self.rows = int(ledger[0]["rows"])
        path, beside = (stage / SHEETS_IN / name for name in (TIMES, PEAK))
        if path.is_file():
            said = json.loads(path.read_text(encoding="utf-8"))
            self.tables, self.chapters_peak = said["steps"], said["peak"] + (json.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else 0)
        for table in (stage / "tables").glob("*.parquet"):
            if table.stem in self.tables:
                self.tables[table.stem]["rows"] = pq.read_metadata(table).num_rows

    def stop(self) -> dict:
        """End the last part and give everything that was measured.

        Returns
        -------
        dict
            seconds; rows of the order lines and rows a second; peak_bytes of the chapters and of the rest, each at its own peak; parts, cells and tables: by name,
            own and whole seconds, times, and rows where they were counted.
        """
        seconds, self._last = self._pass()
        self.parts.add(self._part, seconds)
        whole = self._last - self._began
        return {
            "seconds": round(whole, 3),
            "rows": self.rows,
            "rows_per_second": round(self.rows / whole) if whole else 0,
            "peak_bytes": {"chapters": self.chapters_peak, "press": measure_peak()},
            "parts": self.parts.to_dict(),
            "cells": self.cells.to_dict(),
            "tables": self.tables,
        }

    def _pass(self) -> tuple[float, float]:
        now = self._clock()
        return now - self._last, now


def tell_speed(measured: dict) -> str:
    """Say in a line how fast a run was and what memory it took."""
    chapters, press = (measured["peak_bytes"][who] / 2**20 for who in ("chapters", "press"))
    took = f"{measured['seconds']:,.1f} s"
    if not measured["rows"]:
        return f"Took {took}."
    return (
        f"{measured['rows']:,} order lines in {took}: {measured['rows_per_second']:,} a second; "
        f"peak memory {chapters + press:,.0f} MB ({chapters:,.0f} MB for the chapters and the engine, {press:,.0f} MB for the press)."
    )


def list_profile(measured: dict) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Lay out where the time went, as titles and rows of text: parts in their order, then the cells and the tables that took most.

    Yields
    ------
    str
    list of tuple of str
        A heading, then rows.
    """
    parts = [(name, _seconds(step["whole"]), _share(step["whole"], measured["seconds"])) for name, step in measured["parts"].items()]
    yield "Where the time went", [("part", "seconds", "share"), *parts]
    cells = sorted(measured["cells"].items(), key=lambda pair: -pair[1]["whole"])[:MOST]
    yield "Cells that took longest", [("cell", "seconds"), *((name, _seconds(step["whole"])) for name, step in cells)]
    tables = sorted(measured["tables"].items(), key=lambda pair: -pair[1]["own"])[:MOST]
    if tables:
        rows = [
            (name, _seconds(step["own"]), _seconds(step["whole"]), "" if step["rows"] is None else f"{step['rows']:,}", str(step["times"]))
            for name, step in tables
        ]
        yield "Tables that took longest", [("table", "own seconds", "with what they needed", "rows", "built"), *rows]


def keep_profile(measured: dict, folder: Path, as_of: dt.date) -> Path:
    """Write everything that was measured to a folder, as profile-2011-12-09.json, and say where."""
    path = folder / f"profile-{as_of}.json"
    with writing(folder), create(path, replace=True) as file:
        file.write(json.dumps({"as_of": as_of.isoformat()} | measured, indent=1).encode())
    return path


def _seconds(value: float) -> str:
    return f"{value:,.2f}"


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else ""
