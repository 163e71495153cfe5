"""How long things took, steps within steps, each with the time that was its own; and the most memory that was held."""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Step:
    """What was done under one name: `own` seconds without the steps inside it, `whole` seconds with them; how many times; rows of what came out, if counted."""

    own: float = 0.0
    whole: float = 0.0
    times: int = 0
    rows: int | None = None


@dataclass
class Times:
    """The steps of a run by name, in the order in which they ended."""

    steps: dict[str, Step] = field(default_factory=dict)
    _inside: list[float] = field(default_factory=list)  # of each step that is open: the seconds of those within it

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done inside; a step that fails is measured too."""
        began = time.perf_counter()
        self._inside.append(0.0)
        try:
            yield
        finally:
            seconds = time.perf_counter() - began
            self.add(name, seconds, within=self._inside.pop())
            if self._inside:
                self._inside[-1] += seconds

    def add(self, name: str, seconds: float, *, within: float = 0.0) -> None:
        """Enter what was measured elsewhere; `within` is the part of it that belongs to other steps."""
        step = self.steps.setdefault(name, Step())
        step.own += seconds - within
        step.whole += seconds
        step.times += 1

    def count(self, name: str, rows: int) -> None:
        """Enter how many rows came out of a step."""
        self.steps.setdefault(name, Step()).rows = rows

    def to_dict(self) -> dict[str, dict]:
        """Give the steps as JSON can hold them."""
        return {name: asdict(step) for name, step in self.steps.items()}


def measure_peak() -> int:
    """Give the most memory, in bytes, that this process and those that it started and that still run have held, each at its own peak.

    Linux tells it of every process. Elsewhere it is the peak of this process alone.
    """
    statuses = [_read_status(path) for path in Path("/proc").glob("[0-9]*/status")]
    held = {number: peak for number, _parent, peak in statuses}
    own = {Path("/proc/self").resolve().name} & set(held)
    if not own:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    while more := {number for number, parent, _peak in statuses if parent in own} - own:
        own |= more
    return sum(held[number] for number in own)


def _read_status(path: Path) -> tuple[str, str, int]:
    """Read the number of a process, that of its parent, and its peak in bytes; nothing of a process that has ended meanwhile."""
    try:
        said = dict(line.split(":", 1) for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if ":" in line)
        return path.parent.name, said["PPid"].strip(), int(said["VmHWM"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return "", "", 0
