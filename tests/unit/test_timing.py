"""What is measured: own time and the time of what is inside, the highest memory, and what a clock makes of a run's progress."""

import contextlib
import datetime as dt
import json
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis import timing
from analysis.recipes.leaving import TIMES
from analysis.report.clock import Clock, keep_profile, list_profile, tell_speed
from analysis.timing import Times, measure_peak


@pytest.fixture
def hands(monkeypatch):
    """A clock whose hands the test moves: ``hands.move(2)``."""

    class Hands:
        at = 100.0

        def move(self, seconds):
            self.at += seconds

    hands = Hands()
    monkeypatch.setattr(timing.time, "perf_counter", lambda: hands.at)
    return hands


def test_a_step_has_its_own_seconds_and_those_of_what_it_needed(hands):
    times = Times()
    with times.step("segments"):
        hands.move(1)
        with times.step("customers"):
            hands.move(4)
            with times.step("orders"):
                hands.move(16)
        hands.move(2)
        with times.step("orders"):
            hands.move(32)
    steps = {name: (step.own, step.whole, step.times) for name, step in times.steps.items()}
    assert steps == {"orders": (48, 48, 2), "customers": (4, 20, 1), "segments": (3, 55, 1)}
    assert sum(own for own, *_ in steps.values()) == 55


def test_a_step_that_fails_is_measured_and_leaves_no_trace_on_the_next(hands):
    times = Times()
    with contextlib.suppress(ValueError), times.step("bad"):
        hands.move(3)
        raise ValueError
    with times.step("good"):
        hands.move(5)
    assert {name: step.own for name, step in times.steps.items()} == {"bad": 3, "good": 5}


def test_the_peak_is_that_of_this_process_and_of_what_it_started():
    """150 MB held by a child count while it runs, and after this process has let 150 MB go they still count."""
    probe = """
import subprocess, sys
from analysis.timing import measure_peak
before = measure_peak()
block = bytearray(150 * 2**20); del block
after = measure_peak()
child = subprocess.Popen([sys.executable, "-c", "block = bytearray(150 * 2**20); print(1, flush=True); input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.readline()
both = measure_peak()
child.communicate(b"\\n")
print(before, after, both)
"""
    before, after, both = map(int, subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split())
    mb = 2**20
    assert 5 * mb < before < 140 * mb
    assert 140 * mb < after - before < 160 * mb
    assert 150 * mb < both - after < 200 * mb
    assert measure_peak() > before


def play(hands, clock):
    """One chapter of two cells (2 s and 3 s) after 5 s of reading and 1 s of starting, then a second one of 8 s, then 10 s of pages."""
    clock(0, 1, "reading")
    hands.move(5)
    clock(0, 3, "01_first (en)")
    hands.move(2)
    clock(1, 3, "01_first (en)")
    hands.move(3)
    clock(2, 3, "01_first (en)")
    hands.move(1)
    clock(2, 3, "02_second (en)")
    hands.move(8)
    clock(3, 3, "02_second (en)")
    clock(0, 1, "pages")
    hands.move(10)


def test_a_clock_says_where_the_time_went_and_passes_progress_on(hands, tmp_path):
    heard = []
    clock = Clock(lambda *step: heard.append(step), clock=lambda: hands.at)
    hands.move(1)
    play(hands, clock)
    (tmp_path / "sheets").mkdir()
    (tmp_path / "tables").mkdir()
    pq.write_table(pa.table({"customer_id": ["a", "b", "c"]}), tmp_path / "tables" / "customers.parquet")
    step = {"own": 6.0, "whole": 9.0, "times": 1, "rows": None}
    (tmp_path / "sheets" / TIMES).write_text(json.dumps({"steps": {"customers": dict(step), "orders": step | {"own": 3.0, "whole": 3.0}}, "peak": 700 * 2**20}))
    clock.take(tmp_path, [{"step": 0, "rows": 6000}, {"step": 1, "rows": 5}])
    measured = clock.stop()
    assert heard[0] == (0, 1, "reading") and heard[-1] == (0, 1, "pages") and len(heard) == 7
    assert {name: step["whole"] for name, step in measured["parts"].items()} == {
        "starting": 1, "reading": 5, "01_first (en)": 6, "02_second (en)": 8, "pages": 10,
    }  # fmt: skip
    assert {name: step["whole"] for name, step in measured["cells"].items()} == {
        "01_first (en) In [1]": 2, "01_first (en) In [2]": 3, "02_second (en) In [1]": 8,
    }  # fmt: skip
    assert (measured["seconds"], measured["rows"], measured["rows_per_second"]) == (30, 6000, 200)
    assert (measured["tables"]["customers"]["rows"], measured["tables"]["orders"]["rows"]) == (3, None)
    said = tell_speed(measured | {"peak_bytes": {"chapters": 700 * 2**20, "press": 300 * 2**20}})
    assert said == "6,000 order lines in 30.0 s: 200 a second; peak memory 1,000 MB (700 MB for the chapters and the engine, 300 MB for the press)."
    tables = dict(list_profile(measured))
    assert tables["Where the time went"][2:4] == [("reading", "5.00", "17%"), ("01_first (en)", "6.00", "20%")]
    assert tables["Cells that took longest"][1] == ("02_second (en) In [1]", "8.00")
    assert tables["Tables that took longest"][1:] == [("customers", "6.00", "9.00", "3", "1"), ("orders", "3.00", "3.00", "", "1")]
    path = keep_profile(measured, tmp_path / "state", dt.date(2025, 12, 31))
    assert path.name == "profile-2025-12-31.json"
    assert json.loads(path.read_text())["tables"]["customers"]["own"] == 6.0


def test_one_chapter_alone_knows_no_rows(hands):
    clock = Clock(lambda *_: None, clock=lambda: hands.at)
    play(hands, clock)
    measured = clock.stop()
    assert tell_speed(measured) == "Took 29.0 s."
    assert [title for title, _rows in list_profile(measured)] == ["Where the time went", "Cells that took longest"]
