"""Speed and memory beside what a user would take instead: plain pandas, hand-written SQL, naive notebooks.

usage: bench.py [--millions 1 10 30] [--runs 5] [--only scoring|report]

The programs to compare with are found in the folder named by WORKBOOK_BASELINES (by default ../shared/baselines), the shop for the report in the folder
named by WORKBOOK_BENCH_DATA (by default ../shared/data); they are run unchanged. Results go to RESULTS.md beside this file.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from agreement import compare_tables
from lines import AS_OF, write_lines
from measure import Outcome, run_once
from results import compare_costs, write_results

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
BIN = Path(sys.executable).parent
BASELINES = Path(os.environ.get("WORKBOOK_BASELINES", PROJECT.parent / "shared" / "baselines"))
DATA = Path(os.environ.get("WORKBOOK_BENCH_DATA", PROJECT.parent / "shared" / "data"))
RETAIL = Path("online_retail") / "online_retail.csv.gz"

WITH_HISTORY = "workbook, with 24 month-ends"

RETAIL_CONFIG = """
name = "online-retail"
currency = "GBP"
time_zone = "Europe/London"
[inputs.transactions]
files = ['{file}']
[inputs.transactions.columns]
customer_id = "CustomerID"
ordered_at = "InvoiceDate"
order_id = "InvoiceNo"
product_id = "StockCode"
product_name = "Description"
quantity = "Quantity"
unit_price = "UnitPrice"
"""


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
            print(
                f"  {number + 1}/{runs} {name}: {outcome.seconds:.1f} s, {outcome.together / 2**20:,.0f} MB"
                + (f", exit {outcome.status}" if outcome.status else ""),
                flush=True,
            )
            if outcome.status:
                print(outcome.said, flush=True)
    return outcomes


def bench_scoring(folder: Path, millions: int, *, runs: int) -> tuple[dict[str, list[Outcome]], list[str]]:
    """Score the same lines with every program, ours also with history and migration, and compare the tables they leave."""
    lines = folder / f"lines_{millions}m.parquet"
    if not lines.exists():
        print(f"writing {millions} million lines", flush=True)
        write_lines(lines, millions * 1_000_000)
    scripts = {
        "workbook": HERE / "score_workbook.py",
        WITH_HISTORY: HERE / "history_workbook.py",
        "plain pandas": BASELINES / "score_pandas.py",
        "plain SQL": BASELINES / "score_duckdb.py",
    }
    tables = {name: folder / f"{name.split()[-1]}_{millions}m.parquet" for name in scripts}
    for table in tables.values():
        table.unlink(missing_ok=True)
    outcomes = interleave(
        {name: lambda name=name: run_once([sys.executable, scripts[name], lines, AS_OF, tables[name]], log=folder / "log.txt") for name in scripts}, runs=runs
    )
    said = [
        compare_tables(tables["workbook"], tables[name], name)
        for name in scripts
        if name not in ("workbook", WITH_HISTORY) and tables[name].exists() and tables["workbook"].exists()
    ]
    return outcomes, [*said, *compare_costs(outcomes, WITH_HISTORY, ("plain pandas", "plain SQL"))]


def bench_report(folder: Path, *, runs: int) -> dict[str, list[Outcome]]:
    """Make the whole report of Online Retail in one language, in two, and as the naive notebooks."""
    config = folder / "workbook.toml"
    config.write_text(RETAIL_CONFIG.format(file=(DATA / RETAIL).resolve()), encoding="utf-8")
    env = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "WORKBOOK_KEY_FILE": str(folder / "key")}

    def workbook(languages: str) -> Callable[[], Outcome]:
        command = [BIN / "workbook", "run", "--config", config, "--as-of", "2011-12-09", "--lang", languages, "--reports", folder / f"reports-{languages}"]
        return lambda: run_once(command, log=folder / "log.txt", env=env)

    naive = [sys.executable, BASELINES / "naive_report.py", DATA / RETAIL, folder / "naive"]
    programs = {
        "workbook, one language": workbook("en"),
        "workbook, two languages": workbook("en,zh"),
        "naive notebooks": lambda: run_once(naive, log=folder / "log.txt", env=env),
    }
    return interleave(programs, runs=runs)


def find_missing(only: str) -> list[str]:
    """Say what has to be there and is not."""
    wanted = [BASELINES / name for name in ("score_pandas.py", "score_duckdb.py", "naive_report.py")] + ([DATA / RETAIL] if only != "scoring" else [])
    return [str(path) for path in wanted if not path.is_file()]


def main() -> int:
    """Run what was asked for."""
    asked = argparse.ArgumentParser(description="Measure speed and memory beside plain pandas, plain SQL and naive notebooks.")
    asked.add_argument("--millions", type=int, nargs="+", default=[1, 10, 30], help="sizes, in million lines")
    asked.add_argument("--runs", type=int, default=5, help="rounds; the median counts")
    asked.add_argument("--only", choices=("scoring", "report"), default="", help="one of the two parts")
    asked.add_argument("--folder", type=Path, help="where the lines go (30 million take 200 MB); kept, where by default they go with the run")
    given = asked.parse_args()
    if missing := find_missing(given.only):
        print(
            f"Not there: {', '.join(missing)}. The programs to compare with are no part of this project: name their folder in WORKBOOK_BASELINES, "
            "and the folder that holds online_retail/ in WORKBOOK_BENCH_DATA.",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory(prefix="workbook-bench-") as own:
        folder = given.folder or Path(own)
        folder.mkdir(parents=True, exist_ok=True)
        scoring, report = {}, None
        if given.only != "report":
            for millions in given.millions:
                print(f"scoring {millions} million lines", flush=True)
                scoring[millions] = bench_scoring(folder, millions, runs=given.runs)
        if given.only != "scoring":
            print("report of Online Retail", flush=True)
            report = bench_report(folder, runs=given.runs)
    write_results(HERE / "RESULTS.md", scoring, report, runs=given.runs)
    print(f"written: {HERE / 'RESULTS.md'}")
    everything = [outcome for outcomes, _said in scoring.values() for runs in outcomes.values() for outcome in runs] + [
        o for runs in (report or {}).values() for o in runs
    ]
    return int(any(outcome.status for outcome in everything))


if __name__ == "__main__":
    sys.exit(main())
