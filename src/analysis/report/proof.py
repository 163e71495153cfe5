"""Did a notebook really run? Neither its exit status nor its metadata tells: only its cells and its seal do."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from nbformat import NotebookNode

from analysis.errors import ChapterFailed
from analysis.report.chapters import code_number, tags

_SEAL = re.compile(r"^SEALED (\{.*\})$", re.M)
_SEAL_KEYS = {"chapter", "lang", "run", "rows_in", "rows_kept", "rows_out", "money_in", "money_kept", "money_out", "conserved"}


@dataclass(frozen=True)
class Executed:
    """A chapter that ran to its end in one language, and what it swore to there."""

    chapter: str
    lang: str
    notebook: NotebookNode
    seal: dict


def prove(notebook: NotebookNode, chapter: str, lang: str) -> Executed:
    """Accept an executed notebook, or say why not.

    Raises
    ------
    ChapterFailed
        When a cell did not run, failed, wrote to stderr, when the parameters were not injected where they belong, or when the seal is missing, says
        something else than was run, or does not add up.
    """
    prove_cells(notebook, f"{chapter} ({lang})")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    at = [position for position, cell in enumerate(code) if "parameters" in tags(cell)]
    injected = [position for position, cell in enumerate(code) if "injected-parameters" in tags(cell)]
    if at != [0] or injected != [1]:
        raise ChapterFailed(f"{chapter} ({lang}): the parameters of this run are not right after the parameters cell.")
    return Executed(chapter, lang, notebook, _check_seal(code[-1], chapter, lang))


def prove_cells(notebook: NotebookNode, title: str) -> None:
    """Look that every cell of a notebook ran, and had nothing to complain of.

    Raises
    ------
    ChapterFailed
        When a cell did not run, failed, or wrote to stderr.
    """
    code = [(index, cell) for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    for index, cell in code:
        place = f"{title}, {describe_cell(notebook, index)}"
        for output in cell.outputs:
            if output.output_type == "error":
                raise ChapterFailed(f"{place}: {output.ename}: {output.evalue}")
            if output.output_type == "stream" and output.name == "stderr":
                raise ChapterFailed(f"{place} wrote a warning, which a report may not hide: {_last_line(output.text)}")
        if cell.execution_count is None:
            raise ChapterFailed(f"{place} did not run.")


def prove_together(run: Sequence[Executed]) -> None:
    """Hold the seals of all chapters against each other: they must speak of one and the same run.

    Raises
    ------
    ChapterFailed
        Naming the first chapter that differs.
    """
    first = run[0]
    for other in run[1:]:
        for key in sorted(_SEAL_KEYS - {"chapter", "lang"}):
            if other.seal[key] != first.seal[key]:
                raise ChapterFailed(
                    f"{other.chapter} ({other.lang}) speaks of another run than {first.chapter} ({first.lang}): {key} is {other.seal[key]}, not {first.seal[key]}."
                )


def describe_cell(notebook: NotebookNode, index: int) -> str:
    """Name a cell so that its author finds it: its number and its first line."""
    lines = [line.strip() for line in notebook.cells[index].source.splitlines() if line.strip()] or [""]
    return f"code cell {code_number(notebook.cells, index)} ({lines[0][:80]})"


def _check_seal(cell: NotebookNode, chapter: str, lang: str) -> dict:
    texts = [output.text if output.output_type == "stream" else output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    found = [line for text in texts for line in _SEAL.findall(text)]
    if len(found) != 1:
        raise ChapterFailed(f"{chapter} ({lang}) ended without its seal: the last cell has to end with one line `SEALED {{…}}`.")
    try:
        seal = json.loads(found[0])
    except json.JSONDecodeError:
        raise ChapterFailed(f"{chapter} ({lang}): the seal cannot be read: {found[0][:200]}") from None
    if missing := sorted(_SEAL_KEYS - set(seal)):
        raise ChapterFailed(f"{chapter} ({lang}): the seal lacks {', '.join(missing)}.")
    if (seal["chapter"], seal["lang"]) != (chapter, lang):
        raise ChapterFailed(f"{chapter} ({lang}): the seal is that of {seal['chapter']} ({seal['lang']}).")
    if seal["conserved"] is not True or not _adds_up(seal):
        raise ChapterFailed(f"{chapter} ({lang}): what went in is not what was kept plus what was taken out: {json.dumps(seal)}")
    return seal


def _adds_up(seal: dict) -> bool:
    try:
        rows = int(seal["rows_in"]) == int(seal["rows_kept"]) + int(seal["rows_out"])
        return rows and Decimal(seal["money_in"]) == Decimal(seal["money_kept"]) + Decimal(seal["money_out"])
    except (InvalidOperation, TypeError, ValueError):
        return False


def _last_line(text: str) -> str:
    return ([line.strip() for line in text.splitlines() if line.strip()] or [""])[-1][:200]
