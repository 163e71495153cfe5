"""The rules of the house that a machine can hold: see CONTRIBUTING.md."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from analysis.recipes import book

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "analysis"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST = 300
# The only modules that may import inside a function, so that a command pays for nothing it does not use.
LAZY = {PACKAGE / "cli.py", *(PACKAGE / "commands").glob("*.py")}


def parse(path: Path) -> ast.Module:
    """Read a module as a tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    """Name a module as a person would."""
    return path.relative_to(ROOT).as_posix()


def test_there_is_a_house():
    assert {"cli.py", "run.py", "config.py", "errors.py"} <= {path.name for path in MODULES}


@pytest.mark.parametrize("contracts", ["as they are", "one exception less"])
def test_imports_keep_the_contracts(contracts, tmp_path):
    """The contracts hold; and taking away the permission for typer at the door breaks them, so they are looking."""
    text = (ROOT / "pyproject.toml").read_text()
    pardon = 'ignore_imports = ["analysis.cli -> typer", "analysis.commands.** -> typer"]'
    assert pardon in text
    config = tmp_path / "contracts.toml"
    config.write_text(text if contracts == "as they are" else text.replace(pardon, ""))
    status = lint_imports(config_filename=str(config), cache_dir=None, is_debug_mode=False, show_timings=False, verbose=False)
    assert (status == EXIT_STATUS_SUCCESS) == (contracts == "as they are")


def test_a_module_is_read_in_one_sitting():
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {module: lines for module, lines in lengths.items() if lines >= LONGEST} == {}


def test_a_file_has_a_name_of_its_own():
    assert [name(path) for path in [*MODULES, *TESTS] if path.stem in {"util", "utils", "helper", "helpers", "misc", "common", "base"}] == []


def test_a_package_says_nothing_of_itself():
    """But for the house: how often garbage is searched for while libraries are read has to be said before them."""
    assert [name(path) for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE and path.read_bytes()] == []


def test_every_module_says_what_it_is():
    assert [name(path) for path in MODULES if path.name != "__init__.py" and not ast.get_docstring(parse(path))] == []


def test_imports_stand_at_the_top():
    functions = [
        (path, node) for path in MODULES if path not in LAZY for node in ast.walk(parse(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert len(functions) > 100
    assert [f"{name(path)}:{inner.lineno}" for path, outer in functions for inner in ast.walk(outer) if isinstance(inner, ast.Import | ast.ImportFrom)] == []


def test_the_clock_is_read_once():
    """`latest` and `yesterday` are looked up in run, and nowhere else; a duration is measured by time.monotonic or perf_counter."""
    readings = [name(path) for path in MODULES for node in ast.walk(parse(path)) if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}]
    assert readings == ["src/analysis/run.py"]


def test_one_module_knows_the_network():
    """`workbook fetch` asks the network; nothing else has the means. Databases and clusters are reached by their own drivers, in `engines`."""
    means = {"urllib.request", "http", "socket", "ssl", "requests", "httpx", "aiohttp", "ftplib", "urllib3", "smtplib"}
    found = set()
    for path in MODULES:
        if path.parent.name == "engines":
            continue
        for node in ast.walk(parse(path)):
            modules = [each.name for each in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {name(path) for module in modules if module in means or module.split(".")[0] in means}
    assert found == {"src/analysis/data/fetching.py"}


def test_the_door_opens_without_the_furniture():
    """`workbook --help` answers at once: nothing heavy is imported before a command needs it."""
    probe = (
        "import sys, analysis.cli; print(*sorted({'ibis', 'duckdb', 'pandas', 'matplotlib', 'sklearn', 'scipy', 'papermill', 'nbconvert'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split() == []


def test_the_press_leaves_drawing_and_fitting_to_its_kernels():
    """The press starts while a kernel does: what only chapters use is read there."""
    probe = "import sys, analysis.run, analysis.report.press; print(*sorted({'matplotlib.figure', 'seaborn', 'sklearn', 'scipy', 'splink', 'IPython'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split() == []


def test_rules_of_the_linters_are_on():
    """A pyproject.toml without these sections would make `make lint` pass on anything."""
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    assert {"ruff", "mypy", "importlinter", "pytest"} <= set(tool)
    assert tool["pytest"]["ini_options"]["filterwarnings"][0] == "error"
    folders = {f"tests/{path.name}" for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.glob("test_*.py"))}
    assert folders <= set(tool["pytest"]["ini_options"]["testpaths"])


def test_no_two_recipes_make_a_thing_of_the_same_name():
    names = list(book.BOOK)
    assert len(names) > 50
    assert sorted({name for name in names if names.count(name) > 1}) == []
