"""Speed and memory beside what a user would take instead: pandas, hand-written SQL, other packages, naive notebooks; and beside itself, ten times larger.

usage: bench.py [--only scoring growth excel gzip report spark] [--runs 5] [--millions 30] [--growth 10 100] [--folder FOLDER]

The programs to compare with are found in the folder named by WORKBOOK_BASELINES (by default ../shared/baselines) and run unchanged; Online Retail in the folder named by
WORKBOOK_BENCH_DATA (by default ../shared/data); other packages by the Python that WORKBOOK_PEERS names. What is not there is not measured, and it is said. Results go to
results/PART.json and, all parts together, to RESULTS.md beside this file.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from agreement import compare_tables
from as_excel import write_excel
from lines import AS_OF, write_lines
from measure import Outcome, interleave, run_once
from read_workbook import CONFIG
from results import Aim, Part, keep_part, write_page
from two_years import write_two_years

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
BIN = Path(sys.executable).parent
BASELINES = Path(os.environ.get("WORKBOOK_BASELINES", PROJECT.parent / "shared" / "baselines"))
RETAIL = Path(os.environ.get("WORKBOOK_BENCH_DATA", PROJECT.parent / "shared" / "data")) / "online_retail" / "online_retail.csv.gz"
PEERS = os.environ.get("WORKBOOK_PEERS", "")
PACKAGES = {"openretailscience": "openretailscience", "pymc-marketing": "pymc_marketing"}

# minutes on two cores with five rounds
MINUTES = {"scoring": 15, "growth": 75, "excel": 8, "gzip": 3, "report": 15, "spark": 40}


def bench_scoring(folder: Path, given: argparse.Namespace) -> Part:
    """Clean and score the same lines with every program, and compare the tables they leave."""
    lines, said = _make_lines(folder, given.millions), []
    programs = {name: [sys.executable, script] for name, script in _scorers().items()}
    for name, package in PACKAGES.items():
        if _has(package):
            programs[name] = [PEERS, HERE / "score_peer.py", name]
        else:
            said.append(f"{name} is not installed where WORKBOOK_PEERS points, and was not measured.")
    tables = {name: folder / f"{name.split()[-1]}.parquet" for name in programs}
    outcomes = _run_all({name: [*command, lines, AS_OF, tables[name]] for name, command in programs.items()}, folder, given.runs)
    said += [compare_tables(tables["workbook"], tables[name], name) for name in ("plain pandas", "plain SQL") if tables[name].exists()]
    aims = [
        *[Aim("workbook", what, 1.25, "plain SQL") for what in ("own seconds", "seconds")],
        Aim("workbook", "seconds", 1 / 3, "plain pandas"), Aim("workbook", "memory", 1 / 6, "plain pandas"),
        *[Aim("workbook", "seconds", 1, name) for name in PACKAGES],
    ]  # fmt: skip
    return Part("scoring", f"Cleaning and scoring {given.millions:g} million order lines", outcomes, said, aims)


def bench_growth(folder: Path, given: argparse.Namespace) -> Part:
    """Make every table, history and migration of 24 month-ends too, of some lines and of ten times as many; 20 lines a customer."""
    # of so many names, four or five of nine come to buy
    small, large = (f"{size:g} million lines" for size in given.growth)
    commands = {
        f"{size:g} million lines": [sys.executable, HERE / "tables_workbook.py", _make_lines(folder, size, size / 9), AS_OF, folder / f"tables_{size:g}m"]
        for size in given.growth
    }
    aims = [Aim(large, "seconds", 11, small), Aim(large, "memory", 3, small), Aim(large, "memory", 8192)]
    return Part("growth", "All tables, with history and migration of 24 month-ends", _run_all(commands, folder, given.runs), (), aims)


def bench_excel(folder: Path, given: argparse.Namespace) -> Part:
    """Read Online Retail as the Excel file that it was published as."""
    file, said = folder / "online_retail.xlsx", []
    if not file.exists():
        print("writing online_retail.xlsx", flush=True)
        write_excel(RETAIL, file)
    commands = {"workbook": [sys.executable, HERE / "read_workbook.py", file]}
    if _has("openpyxl"):
        commands["pandas and openpyxl"] = [PEERS, HERE / "read_openpyxl.py", file]
    else:
        said.append("openpyxl is not installed where WORKBOOK_PEERS points, and was not measured.")
    outcomes = _run_all(commands, folder, given.runs)
    aims = [Aim("workbook", what, 1 / 8, "pandas and openpyxl") for what in ("own seconds", "seconds")]
    return Part("excel", "Reading an .xlsx file of 541,909 lines", outcomes, [*said, *_last_words(outcomes)], aims)


def bench_gzip(folder: Path, given: argparse.Namespace) -> Part:
    """Read a million lines of CSV, compressed."""
    file = _make_two_years(folder)
    sniffed = [sys.executable, HERE / "read_sniffed.py", file]
    others = {"DuckDB's own reader, into memory": sniffed, "DuckDB's own reader, into a file": [*sniffed, "file"]}
    outcomes = _run_all({"workbook": [sys.executable, HERE / "read_workbook.py", file]} | others, folder, given.runs)
    aims = [Aim("workbook", what, 1.5, name) for what in ("own seconds", "seconds") for name in others]
    return Part("gzip", "Reading a .csv.gz file of 1,083,818 lines", outcomes, _last_words(outcomes), aims)


def bench_report(folder: Path, given: argparse.Namespace) -> Part:
    """Make the whole report of a million real lines in both languages, and the naive notebooks in one. Nothing is remembered from round to round."""
    file = _make_two_years(folder)
    env = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "WORKBOOK_KEY_FILE": str(folder / "key")}

    def workbook(languages: str) -> Outcome:
        own = Path(tempfile.mkdtemp(prefix="shop-", dir=folder))
        (own / "workbook.toml").write_text(CONFIG.format(file=file.resolve()), encoding="utf-8")
        words = ["--config", own / "workbook.toml", "--as-of", "2011-12-09", "--lang", languages]
        return run_once([BIN / "workbook", "run", *words], log=folder / "log.txt", env=env)

    naive = [sys.executable, BASELINES / "naive_report.py", file, folder / "naive"]
    programs: dict[str, Callable[[], Outcome]] = {
        "workbook, two languages": lambda: workbook("en,zh"),
        "workbook, one language": lambda: workbook("en"),
        "naive notebooks": lambda: run_once(naive, log=folder / "log.txt", env=env),
    }
    aims = [Aim("workbook, two languages", "seconds", 1, "naive notebooks")]
    return Part("report", "The whole report of Online Retail twice (1,083,818 lines)", interleave(programs, runs=given.runs), (), aims)


def bench_spark(folder: Path, given: argparse.Namespace) -> Part:
    """Score the same lines with Spark on two cores, on one, and with DuckDB; compare the tables."""
    lines = _make_lines(folder, given.millions)
    engines = {"DuckDB": [], "Spark local[2]": ["local[2]"], "Spark local[1]": ["local[1]"]}
    tables = {name: folder / f"engine_{number}.parquet" for number, name in enumerate(engines)}
    commands = {name: [sys.executable, HERE / "score_workbook.py", lines, AS_OF, tables[name], *master] for name, master in engines.items()}
    outcomes = _run_all(commands, folder, given.runs)
    said = [compare_tables(tables["DuckDB"], tables[name], name) for name in engines if name != "DuckDB" and tables[name].exists()]
    return Part("spark", f"The workbook on other engines: scoring {given.millions:g} million order lines", outcomes, said)


PARTS = {"scoring": bench_scoring, "growth": bench_growth, "excel": bench_excel, "gzip": bench_gzip, "report": bench_report, "spark": bench_spark}


def _scorers() -> dict[str, Path]:
    return {"workbook": HERE / "score_workbook.py", "plain pandas": BASELINES / "score_pandas.py", "plain SQL": BASELINES / "score_duckdb.py"}


def _run_all(commands: dict[str, list], folder: Path, runs: int) -> dict[str, list[Outcome]]:
    env = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYSPARK_PYTHON": sys.executable}
    return interleave({name: lambda command=command: run_once(command, log=folder / "log.txt", env=env) for name, command in commands.items()}, runs=runs)


def _make_lines(folder: Path, millions: float, names: float = 0) -> Path:
    path = folder / f"lines_{millions:g}m{'_many' if names else ''}.parquet"
    if not path.exists():
        print(f"writing {millions:g} million lines", flush=True)
        write_lines(path, int(millions * 1e6), customers=int(names * 1e6))
    return path


def _make_two_years(folder: Path) -> Path:
    path = folder / "two_years.csv.gz"
    if not path.exists():
        print("writing Online Retail twice", flush=True)
        write_two_years(RETAIL, path)
    return path


def _has(package: str) -> bool:
    """Tell whether the other environment has a package."""
    looked = [PEERS, "-c", f"import importlib.util, sys; sys.exit(importlib.util.find_spec('{package}') is None)"]
    return bool(PEERS) and subprocess.run(looked, check=False).returncode == 0


def _last_words(outcomes: dict[str, list[Outcome]]) -> list[str]:
    return [f"{name} said: {runs[-1].said.splitlines()[-1]}." for name, runs in outcomes.items() if runs and runs[-1].said]


def main() -> int:
    """Run the parts that were asked for, one after the other; each is written down when it is done."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="parts; default: all")
    asked.add_argument("--millions", type=float, default=30, help="lines of the parts scoring and spark, in millions")
    asked.add_argument("--growth", type=float, nargs=2, default=[10, 100], help="lines of the part growth, in millions")
    asked.add_argument("--runs", type=int, default=5, help="rounds; the median counts")
    asked.add_argument("--folder", type=Path, help="where made-up data go (1.5 GB); kept, where by default they go with the run")
    asked.add_argument("--results", type=Path, default=HERE / "results", help="folder for the results of each part; RESULTS.md lies beside it")
    given = asked.parse_args()
    needed = [*_scorers().values(), BASELINES / "naive_report.py", RETAIL]
    if missing := [str(path) for path in needed if not path.is_file()]:
        print(f"Not there: {', '.join(missing)}. Name the folders in WORKBOOK_BASELINES and WORKBOOK_BENCH_DATA: see benchmarks/README.md.", file=sys.stderr)
        return 2
    print(
        f"{', '.join(given.only)}: about {sum(MINUTES[name] for name in given.only) * given.runs / 5:.0f} minutes on two cores at the usual sizes", flush=True
    )
    failed = 0
    with tempfile.TemporaryDirectory(prefix="workbook-bench-") as own:
        folder = (given.folder or Path(own)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        for name in given.only:
            began = time.monotonic()
            print(name, flush=True)
            part = PARTS[name](folder, given)
            keep_part(part, given.results, runs=given.runs)
            write_page(given.results.parent / "RESULTS.md", given.results, list(PARTS))
            failed |= any(run.status for runs in part.outcomes.values() for run in runs)
            print(f"{name}: {(time.monotonic() - began) / 60:.1f} minutes; written to {given.results.parent / 'RESULTS.md'}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
