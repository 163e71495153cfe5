"""Every picture that a chapter shows says how it is read, and its numbers have headings, in every language."""

import ast
import json
import re
from pathlib import Path

import pytest

from analysis.texts import LOCALES, Texts

ROOT = Path(__file__).resolve().parents[2]
CHARTS = ROOT / "src" / "analysis" / "charts"
CHAPTERS = ("01_cleaning", "02_rfm", "03_clusters", "05_value")
SCHEMES = ("segment", "class8", "value-tier", "stage")


def _list_names(function: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> set[str]:
    """Read the names that a function gives its pictures; where it draws through another one of its module, the name is among the arguments."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "Chart":
                name = node.args[0]
                found |= {name.value} if isinstance(name, ast.Constant) else {_spell(name)} if not isinstance(name, ast.Name) else set()
            elif node.func.id in functions and node.func.id != function.name and node.func.id.startswith("_draw"):
                found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant) and re.fullmatch(r"value-[a-z]+", str(arg.value))}
    return found


def _spell(name: ast.expr) -> str:
    """Put a star for what is filled in: rfm-*."""
    joined = next(node for node in ast.walk(name) if isinstance(node, ast.JoinedStr))
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in joined.values)


def list_shown() -> list[tuple[str, str]]:
    """List the pictures of these chapters by the calls in their notebooks: chapter and name."""
    shown = []
    for chapter in CHAPTERS:
        cells = json.loads((ROOT / "notebooks" / f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]
        source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        modules = {}
        for found in re.finditer(r"from analysis\.charts import (.+)", source):
            for word in found[1].split(", "):
                name, _, alias = word.partition(" as ")
                modules[alias or name] = name
        for alias, function, rest in re.findall(r"(\w+)\.(draw_\w+)\((.*)\)", source):
            tree = ast.parse((CHARTS / f"{modules[alias]}.py").read_text(encoding="utf-8"))
            functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
            names = _list_names(functions[function], functions)
            assert names, (alias, function)
            scheme = (re.search(r'scheme="(\w+)"', rest) or ["", "segment"])[1].replace("_", "-")
            shown += [(chapter, name.replace("*", scheme)) for name in names]
    return shown


SHOWN = list_shown()


def test_the_chapters_show_their_pictures():
    """Counted in the notebooks by hand: three of cleaning, fourteen of scores and moves, seven of clusters, seven of value."""
    assert [sum(chapter == name for chapter, _ in SHOWN) for name in CHAPTERS] == [3, 14, 7, 7]


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("name", [name for _, name in SHOWN])
def test_each_says_how_it_is_read_in_a_line(lang, name):
    texts = Texts(lang)
    assert texts.has(f"how-{name}")
    said = texts.say(f"how-{name}")
    assert said[-1] in ".。" and 20 <= len(said) <= 260 and "\n" not in said


def test_no_reading_help_is_for_a_picture_that_nobody_draws():
    lines = (ROOT / "src/analysis/texts/en/how_scores.ftl").read_text(encoding="utf-8")
    told = set(re.findall(r"^how-([a-z0-9-]+) =", lines, flags=re.M))
    stems = {re.sub(rf"-({'|'.join(SCHEMES)})$", "", name) for _, name in SHOWN} | {"treemap", "rfm", "rfm-history"}
    assert not {name for name in told if name not in {each for _, each in SHOWN} and re.sub(rf"-({'|'.join(SCHEMES)})$", "", name) not in stems}
