"""The notebooks as they lie on disk: which there are, which of their cells a language needs, which parameters they take."""

import ast
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis.errors import ChapterFailed, ConfigurationError, shorten
from analysis.texts import LOCALES

PARAMETERS = ("config_path", "as_of", "lang", "run_dir")
SUMMARY = "10_summary"
GLOSSARY = "glossary"  # no notebook: the press writes it
_TOUR = "00_start_here"
_ASKING = ("run.frame", "run.opened.get")  # how notebooks ask for tables that are told from kernel to kernel


@dataclass(frozen=True)
class Chapter:
    """A notebook of the report: `name` is the file's name without its ending."""

    name: str
    path: Path


def find_chapters(notebooks: Path, only: str | None = None) -> list[Chapter]:
    """List the chapters of a report in reading order; `only` picks one by its name, its number or its words.

    Raises
    ------
    ConfigurationError
        When there are none, or none is called like that.
    """
    every = [Chapter(path.stem, path) for path in sorted(notebooks.glob("*.ipynb")) if re.match(r"\d\d_", path.name)]
    if only is None:
        chosen = [chapter for chapter in every if chapter.name != _TOUR]
    else:
        chosen = [chapter for chapter in every if only.removesuffix(".ipynb") in (chapter.name, chapter.name[:2], chapter.name[3:])]
    if not chosen:
        names = ", ".join(chapter.name for chapter in every) or "none"
        raise ConfigurationError(f"There is no notebook {only or 'of the form NN_name.ipynb'} in {notebooks}; there are: {names}.")
    return chosen


def check_parameters(parameters: Mapping[str, object]) -> None:
    """Hold parameters against what notebooks take, before a kernel starts: names are code to the machinery below us, and types change silently.

    Raises
    ------
    ConfigurationError
        Naming every unknown, missing or wrong one at once.
    """
    wrong = [f"unknown parameter {name!r}; a notebook takes {', '.join(PARAMETERS)}" for name in parameters if name not in PARAMETERS]
    wrong += [f"{name} is missing" for name in PARAMETERS if name not in parameters]
    wrong += [f"{name} is text; got {value!r}" for name, value in parameters.items() if name in PARAMETERS and not isinstance(value, str)]
    if not wrong:
        try:
            dt.date.fromisoformat(str(parameters["as_of"]))
        except ValueError:
            wrong.append(f"as_of is a date like 2011-12-09; got {parameters['as_of']!r}")
        if parameters["lang"] not in LOCALES:
            wrong.append(f"lang is one of {', '.join(LOCALES)}; got {parameters['lang']!r}")
    if wrong:
        raise ConfigurationError("Notebook parameters: " + "; ".join(wrong) + ".")


def open_chapter(chapter: Chapter, lang: str) -> NotebookNode:
    """Read a notebook without the cells of the other languages.

    Raises
    ------
    ChapterFailed
        When it is not built as a chapter is: unreadable, a `parameters` cell that lost its tag or its names, no `seal` at the end.
    """
    try:
        notebook = nbformat.read(chapter.path, as_version=4)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        raise ChapterFailed(f"{chapter.name} cannot be read as a notebook: {str(error).splitlines()[0]}") from None
    others = {f"lang-{other}" for other in LOCALES} - {f"lang-{lang}"}
    notebook.cells = [cell for cell in notebook.cells if not others & set(tags(cell))]
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not code or [cell for cell in code if "parameters" in tags(cell)] != code[:1]:
        raise ChapterFailed(
            f"{chapter.name}: its first code cell, and no other, carries the tag `parameters`. Without it the notebook would run on its own defaults."
        )
    if "injected-parameters" in [tag for cell in code for tag in tags(cell)]:
        raise ChapterFailed(f"{chapter.name} holds parameters of an earlier run: remove the cell tagged `injected-parameters`.")
    given = _assigned(code[0].source)
    if set(given) != set(PARAMETERS):
        raise ChapterFailed(f"{chapter.name}: the parameters cell sets {shorten(given)}; it has to set {', '.join(PARAMETERS)}.")
    if [cell for cell in code if "seal" in tags(cell)] != code[-1:]:
        raise ChapterFailed(f"{chapter.name}: its last code cell, and no other, carries the tag `seal`.")
    return notebook


def list_asked(notebook: NotebookNode) -> list[str]:
    """List what a chapter asks of its run by name, as code: ``_ = run.frame('segments')``, each once, in the order of the chapter."""
    asked: dict[str, None] = {}
    for cell in notebook.cells:
        for node in ast.walk(_parse(cell.source)) if cell.cell_type == "code" else ():
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _ASKING and len(node.args) == 1 and isinstance(node.args[0], ast.Constant):
                asked[f"_ = {ast.unparse(node)}"] = None
    return list(asked)


def tags(cell: NotebookNode) -> list[str]:
    """Read the tags of a cell."""
    return list(cell.metadata.get("tags", ()))


def code_number(cells: Iterable[NotebookNode], index: int) -> int:
    """Count a cell as its author does: the how-manieth code cell of the notebook, the injected one apart."""
    return sum(cell.cell_type == "code" and "injected-parameters" not in tags(cell) for cell in list(cells)[: index + 1])


def _assigned(source: str) -> list[str]:
    tree = _parse(source)
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in tree.body if isinstance(node, ast.AnnAssign)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _parse(source: str) -> ast.Module:
    """Read code; what is none, as a magic of IPython, says nothing."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module([], [])
