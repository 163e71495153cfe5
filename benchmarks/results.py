"""The results as a page: a median, and every run behind it."""

import os
import platform
import statistics
from importlib import metadata
from pathlib import Path

import psutil
from measure import Outcome

PACKAGES = ("ibis-framework", "duckdb", "pandas", "numpy", "papermill", "scikit-learn")


def write_results(path: Path, scoring: dict[int, tuple[dict[str, list[Outcome]], list[str]]], report: dict[str, list[Outcome]] | None, *, runs: int) -> None:
    """Write the page.

    Parameters
    ----------
    path : Path
    scoring : dict
        Million lines to the outcomes by program and the comparisons of their tables.
    report : dict or None
        Outcomes by program.
    runs : int
    """
    parts = [
        "# Results",
        "",
        "Written by `make bench`; [README.md](README.md) says what is measured and how.",
        "",
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, {psutil.virtual_memory().total / 2**30:.0f} GB; Python {platform.python_version()}; "
        + ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
        + f". {runs} rounds, interleaved; the median counts, every run is shown in the order of the rounds.",
    ]
    for millions, (outcomes, said) in scoring.items():
        parts += ["", f"## Scoring {millions} million lines", "", *_table(outcomes, together=False), "", *[f"- {line}" for line in said]]
    if report is not None:
        parts += ["", "## The whole report of Online Retail (541,909 lines)", "", *_table(report, together=True)]
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def compare_costs(outcomes: dict[str, list[Outcome]], ours: str, others: tuple[str, ...]) -> list[str]:
    """Say, in a line of Markdown for each, how many times the seconds and the memory of another program ours takes; nothing of a program that failed."""
    if not (own := _medians(outcomes.get(ours, []))):
        return []
    costs = {name: _medians(outcomes.get(name, [])) for name in others}
    return [
        f"{ours.capitalize()}, takes {own[0] / cost[0]:.1f} times the seconds and {own[1] / cost[1]:.1f} times the memory of {name} that scores once."
        for name, cost in costs.items()
        if cost
    ]


def _medians(runs: list[Outcome]) -> tuple[float, float] | None:
    """Give seconds and the memory of the largest process; None where a run failed."""
    if not runs or any(run.status for run in runs):
        return None
    return statistics.median(run.seconds for run in runs), statistics.median(run.largest for run in runs)


def _table(outcomes: dict[str, list[Outcome]], *, together: bool) -> list[str]:
    head = ["program", "seconds", "peak memory, MB", *(["largest process, MB"] if together else []), "every run: seconds", "every run: MB"]
    rows = ["| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 3) + "|---|---|"]
    for name, runs in outcomes.items():
        if any(run.status for run in runs):
            rows.append(f"| {name} | failed (exit {runs[-1].status}) |" + " |" * (len(head) - 2))
            continue
        memory = [(run.together if together else run.largest) / 2**20 for run in runs]
        cells = [name, f"{statistics.median(run.seconds for run in runs):.2f}", f"{statistics.median(memory):,.0f}"]
        cells += [f"{statistics.median(run.largest for run in runs) / 2**20:,.0f}"] if together else []
        cells += [" ".join(f"{run.seconds:.2f}" for run in runs), " ".join(f"{value:.0f}" for value in memory)]
        rows.append("| " + " | ".join(cells) + " |")
    return rows
