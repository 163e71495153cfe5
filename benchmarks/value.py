"""Speed and memory of fitting models of buying: one million customers, beside the lifetimes package where that is installed.

usage: value.py [--customers 1000000] [--runs 5]
       value.py --program NAME --summary FILE      (what a run of its own is: one program, once)

Customers are made up from BG/NBD with a seed: x, t_x and T in days, two years. Every program reads the same Parquet file, of one row per customer, and fits. Seconds
and memory are those of the whole process; what the fit alone took, the program says itself. Results go to RESULTS-value.md beside this file.
"""

import argparse
import importlib.util
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
TRUTH = (0.25, 4.4, 0.8, 2.4)  # weeks, as at CDNOW
DAYS = 730


def make_summary(path: Path, customers: int, *, seed: int = 1) -> None:
    """Write made-up customers: customer_id, x, t_x, T (whole days), and money on repeat occasions."""
    rng, (r, alpha, a, b) = np.random.default_rng(seed), TRUTH
    rate, chance, end = rng.gamma(r, 1 / alpha / 7, customers), rng.beta(a, b, customers), rng.integers(1, DAYS, customers)
    now, x, last, buying = np.zeros(customers), np.zeros(customers, int), np.zeros(customers), np.ones(customers, bool)
    while buying.any():
        at = np.flatnonzero(buying)
        now[at] += 1 + rng.exponential(1, len(at)) / rate[at]
        at = at[now[at] <= end[at]]
        x[at] += 1
        last[at] = now[at]
        buying[:] = False
        buying[at[rng.random(len(at)) >= chance[at]]] = True
    frame = pd.DataFrame({"customer_id": np.arange(customers).astype(str), "x": x, "t_x": np.floor(last).astype(int), "T": end})
    frame["paid_x"], frame["paid"] = x, (rng.gamma(6.0 * np.maximum(x, 1e-9)) * rng.lognormal(1, 0.6, customers)).round(2)
    frame.to_parquet(path)


def _say(name: str, began: float, what: str = "") -> None:
    print(f"fit {time.perf_counter() - began:.3f} {name} {what}", flush=True)


def run_workbook(summary: Path, *, models: tuple[str, ...], assign: bool) -> None:
    """Count the states in the engine, fit, and give every customer a future where that is asked for."""
    from analysis.engine import open_engine  # noqa: PLC0415 - each program imports what it needs, and is measured with it
    from analysis.models.value import assigning, ladder, occasions  # noqa: PLC0415
    from analysis.models.value.fitting import fit_model  # noqa: PLC0415

    engine = open_engine()
    table = engine.con.read_parquet(summary)
    began = time.perf_counter()
    states = occasions.count_states(table)
    fits = [fit_model(name, states) for name in models]
    _say(", ".join(models), began, f"{len(states):,} states; " + "; ".join(f"{fit.loglik:.1f} {fit.trouble}" for fit in fits))
    if assign:
        began = time.perf_counter()
        money, _correlation, _bounds = ladder.price(occasions.count_spending(table), limit=1.0)
        engine.materialize("customer_value", assigning.assign(table, fits[0], money, engine=engine, rate=0.1))
        _say("money and futures", began)


def run_lifetimes(summary: Path, *, weighted: bool) -> None:
    """Fit with lifetimes, customer by customer or on different states with weights."""
    from lifetimes import BetaGeoFitter  # noqa: PLC0415

    frame = pd.read_parquet(summary, columns=["x", "t_x", "T"])
    began = time.perf_counter()
    weights = None
    if weighted:
        frame = frame.groupby(["x", "t_x", "T"], as_index=False).size()
        weights = frame["size"]
    fitter = BetaGeoFitter().fit(frame["x"], frame["t_x"] / 7, frame["T"] / 7, weights=weights)
    _say("lifetimes", began, f"{fitter.params_.to_dict()}")


PROGRAMS = {
    "workbook, BG/NBD": lambda file: run_workbook(file, models=("bg_nbd",), assign=False),
    "workbook, all three models": lambda file: run_workbook(file, models=("bg_nbd", "mbg_nbd", "pareto_nbd"), assign=False),
    "workbook, BG/NBD, Gamma-Gamma and every customer's future": lambda file: run_workbook(file, models=("bg_nbd",), assign=True),
    "lifetimes, customer by customer": lambda file: run_lifetimes(file, weighted=False),
    "lifetimes, different states with weights": lambda file: run_lifetimes(file, weighted=True),
}


def main() -> int:
    """Make the customers, run the programs by turns, write the page."""
    asked = argparse.ArgumentParser(description="Measure the fitting of models of buying.")
    asked.add_argument("--customers", type=int, default=1_000_000)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--program", choices=PROGRAMS)
    asked.add_argument("--summary", type=Path)
    given = asked.parse_args()
    if given.program:
        PROGRAMS[given.program](given.summary)
        return 0
    from measure import Outcome, interleave, run_once  # noqa: PLC0415 - needs psutil, which a program that is measured does not

    names = [name for name in PROGRAMS if not name.startswith("lifetimes") or importlib.util.find_spec("lifetimes")]
    with tempfile.TemporaryDirectory(prefix="workbook-bench-") as own:
        file = Path(own) / "summary.parquet"
        make_summary(file, given.customers)

        def run(name: str) -> Outcome:
            return run_once([sys.executable, HERE / "value.py", "--program", name, "--summary", file], log=Path(own) / "log")

        outcomes = interleave({name: lambda name=name: run(name) for name in names}, runs=given.runs)
    parts = [
        "# Results: fitting models of buying", "",
        f"Written by `benchmarks/value.py`: {given.customers:,} made-up customers. Rounds: {given.runs}, interleaved; the median counts, every run is shown.", "",
        "| program | seconds, whole process | peak memory, MB | every run: seconds | the last run said |", "|---|--:|--:|---|---|",
    ]  # fmt: skip
    for name, runs in outcomes.items():
        seconds, memory = [run.seconds for run in runs], [run.largest / 2**20 for run in runs]
        said = "failed" if any(run.status for run in runs) else "; ".join(runs[-1].said.splitlines())
        cells = [name, f"{statistics.median(seconds):.2f}", f"{statistics.median(memory):,.0f}", " ".join(f"{value:.2f}" for value in seconds), said]
        parts.append("| " + " | ".join(cells) + " |")
    if "lifetimes, customer by customer" not in outcomes:
        parts += ["", "The lifetimes package is not installed here, so nothing is set beside ours."]
    (HERE / "RESULTS-value.md").write_text("\n".join(parts) + "\n", encoding="utf-8")
    print("\n".join(parts))
    return int(any(run.status for runs in outcomes.values() for run in runs))


if __name__ == "__main__":
    sys.exit(main())
