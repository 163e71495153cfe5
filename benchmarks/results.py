"""The results: what was measured of each part, kept as JSON, and the page that is made of all parts, with every run and every aim."""

import json
import os
import platform
import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path

import psutil
from measure import Outcome

PACKAGES = ("ibis-framework", "duckdb", "pandas", "numpy", "pyarrow", "papermill", "scikit-learn", "pyspark")
MB = 2**20


@dataclass(frozen=True)
class Aim:
    """What was wanted: a figure of one program, at most so many times that of another, or at most so much.

    Parameters
    ----------
    ours : str
        A program.
    figure : {"seconds", "own seconds", "memory"}
        Of the whole process; without its start and imports; peak memory, of all processes together.
    most : float
        Times the other's figure; without another: seconds or MB.
    other : str, optional
    """

    ours: str
    figure: str
    most: float
    other: str = ""


@dataclass(frozen=True)
class Part:
    """One part of the benchmarks: outcomes by program, what else is to be said, and the aims."""

    name: str
    title: str
    outcomes: Mapping[str, Sequence[Outcome]]
    said: Sequence[str] = ()
    aims: Sequence[Aim] = ()


def figure(runs: Sequence[Outcome], what: str) -> float | None:
    """Give the median of what was measured, in seconds or MB; None where a run failed, or does not tell."""
    if not runs or any(run.status for run in runs):
        return None
    values = [{"seconds": run.seconds, "memory": run.together / MB}.get(what, own_seconds(run)) for run in runs]
    return None if None in values else statistics.median(values)


def own_seconds(run: Outcome) -> float | None:
    """Read the seconds that a program says it took itself, without the start of Python and the imports."""
    found = re.findall(r"(\d+(?:\.\d+)?) s\b", _last_line(run))
    return float(found[-1]) if found else None


def judge(aim: Aim, outcomes: Mapping[str, Sequence[Outcome]]) -> str:
    """Hold an aim against what was measured, in a line of Markdown."""
    ours, unit = figure(outcomes.get(aim.ours, ()), aim.figure), "MB" if aim.figure == "memory" else "s"
    named = {"own seconds": "seconds without start and imports"}.get(aim.figure, aim.figure)
    wanted = f"{aim.ours}, {named}: aim at most {aim.most:.4g} " + (f"times {aim.other}" if aim.other else unit)
    if ours is None:
        return f"{wanted}; not measured."
    if not aim.other:
        return f"{wanted}, measured {ours:,.4g}: {_verdict(ours <= aim.most)}"
    theirs = figure(outcomes.get(aim.other, ()), aim.figure)
    if theirs is None:
        return f"{wanted}; {aim.other} was not measured."
    return f"{wanted}, measured {ours / theirs:.3g} ({ours:,.4g} against {theirs:,.4g} {unit}): {_verdict(ours <= aim.most * theirs)}"


def keep_part(part: Part, folder: Path, *, runs: int) -> None:
    """Write a part down beside the others, with the machine it was measured on."""
    folder.mkdir(parents=True, exist_ok=True)
    there = [name for name in PACKAGES if _is_installed(name)]
    kept = {
        "title": part.title,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, {psutil.virtual_memory().total / 2**30:.0f} GB; "
        f"Python {platform.python_version()}; " + ", ".join(f"{name} {metadata.version(name)}" for name in there),
        "runs": runs,
        "outcomes": {name: [asdict(replace(run, said=_last_line(run))) for run in outcomes] for name, outcomes in part.outcomes.items()},
        "said": list(part.said),
        "aims": [asdict(aim) for aim in part.aims],
    }
    (folder / f"{part.name}.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_page(page: Path, folder: Path, order: Sequence[str]) -> None:
    """Write the page of all parts that were ever measured, in their order."""
    parts = [
        "# Results",
        "",
        "Written by `make bench`; [README.md](README.md) says what is measured and how. Fitting the models of buying has a page of its own, ",
    ]
    parts[-1] += (
        "[RESULTS-value.md](RESULTS-value.md), and so has the classification table of a million customers, [RESULTS-classification.md](RESULTS-classification.md)."
    )
    for name in order:
        if not (path := folder / f"{name}.json").is_file():
            continue
        kept = json.loads(path.read_text(encoding="utf-8"))
        outcomes = {program: [Outcome(**run) for run in runs] for program, runs in kept["outcomes"].items()}
        parts += ["", f"## {kept['title']}", "", f"{kept['machine']}. Rounds: {kept['runs']}, interleaved; the median counts, every run is shown.", ""]
        parts += [*_table(outcomes), "", *[f"- {line}" for line in kept["said"]], *[f"- {judge(Aim(**aim), outcomes)}" for aim in kept["aims"]]]
    page.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _table(outcomes: Mapping[str, Sequence[Outcome]]) -> list[str]:
    head = ["program", "seconds", "without start and imports", "peak memory, MB", "largest process, MB", "every run: seconds", "every run: MB"]
    rows = ["| " + " | ".join(head) + " |", "|---|--:|--:|--:|--:|---|---|"]
    for name, runs in outcomes.items():
        if not runs or any(run.status for run in runs):
            rows.append(f"| {name} | {'failed, exit ' + str(runs[-1].status) if runs else 'not run'} |" + " |" * (len(head) - 2))
            continue
        own = figure(runs, "own seconds")
        cells = [name, f"{figure(runs, 'seconds'):.2f}", "" if own is None else f"{own:.2f}", f"{figure(runs, 'memory'):,.0f}"]
        cells += [f"{statistics.median(run.largest for run in runs) / MB:,.0f}"]
        cells += [" ".join(f"{run.seconds:.2f}" for run in runs), " ".join(f"{run.together / MB:.0f}" for run in runs)]
        rows.append("| " + " | ".join(cells) + " |")
    return rows


def _last_line(run: Outcome) -> str:
    """Give the last line of what a program wrote; nothing where it names a place on this machine."""
    last = run.said.splitlines()[-1] if run.said else ""
    return "" if "/" in last else last


def _verdict(met: bool) -> str:
    return "met." if met else "**missed**."


def _is_installed(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False
