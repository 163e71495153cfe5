"""One program run once: seconds and memory of the whole process, interpreter start and imports included.

usage: measure.py LOG COMMAND…      (what `run_once` starts: a small process of its own, because Linux counts the memory of a parent as its child's)
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

UNIT = 1024  # of ru_maxrss on Linux, in bytes


@dataclass(frozen=True)
class Outcome:
    """What one run took.

    Parameters
    ----------
    seconds : float
        From start to end, by the clock on the wall.
    largest : int
        Peak resident memory of the largest process, in bytes, as the kernel of the operating system counts it.
    together : int
        Peak of the resident memory of the program and everything it started, added up every tenth of a second; pages that they share count twice.
    status : int
        Exit status, negative where a signal ended it.
    said : str
        The end of what it wrote.
    """

    seconds: float
    largest: int
    together: int
    status: int
    said: str


def run_once(command: Sequence[str | Path], *, log: Path, env: Mapping[str, str] | None = None) -> Outcome:
    """Run a program to its end and say what it took.

    Parameters
    ----------
    command : sequence of str or Path
    log : Path
        Where its output goes.
    env : mapping, optional
        Variables beside those of this process. Bytecode is kept whatever that one says: what is measured is installed, and compiled once.
    """
    kept = {"PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        [sys.executable, __file__, str(log), *map(str, command)], env=os.environ | kept | dict(env or {}), stdout=subprocess.PIPE, check=True, text=True
    )
    return Outcome(**json.loads(done.stdout))


def interleave(programs: Mapping[str, Callable[[], Outcome]], *, runs: int) -> dict[str, list[Outcome]]:
    """Run every program once per round, each round beginning with another one; who fails is not asked again.

    Parameters
    ----------
    programs : mapping of str to callable
    runs : int
        Rounds.
    """
    outcomes: dict[str, list[Outcome]] = {name: [] for name in programs}
    names = list(programs)
    for number in range(runs):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            if outcomes[name] and outcomes[name][-1].status:
                continue
            outcome = programs[name]()
            outcomes[name].append(outcome)
            failed = f", exit {outcome.status}" if outcome.status else ""
            print(f"  {number + 1}/{runs} {name}: {outcome.seconds:.1f} s, {outcome.together / 2**20:,.0f} MB{failed}", flush=True)
            if outcome.status:
                print(outcome.said, flush=True)
    return outcomes


def _measure(log: Path, command: list[str]) -> Outcome:
    with log.open("wb") as out:
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        watch = _Watch(child.pid)
        watch.start()
        _pid, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        watch.ended.set()
        watch.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    largest = usage.ru_maxrss * UNIT
    said = log.read_text(encoding="utf-8", errors="replace").strip()[-2000:]
    return Outcome(seconds, largest, max(watch.peak, largest), child.returncode, said)


class _Watch(threading.Thread):
    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.process, self.peak, self.ended = psutil.Process(pid), 0, threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.1):
            with contextlib.suppress(psutil.Error):
                self.peak = max(self.peak, sum(map(_resident, [self.process, *self.process.children(recursive=True)])))


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


if __name__ == "__main__":
    print(json.dumps(asdict(_measure(Path(sys.argv[1]), sys.argv[2:]))))
