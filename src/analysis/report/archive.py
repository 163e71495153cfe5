"""The executed notebooks as they are kept: nothing of this machine, nothing of this moment, ready to be run again beside a `workbook.json`."""

import copy
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from papermill.translators import translate_parameters

from analysis.report.chapters import tags
from analysis.report.proof import Executed

CONFIG_FILE = "workbook.json"


def archive_name(executed: Executed) -> str:
    """Name the file of an executed chapter."""
    return f"{executed.chapter}.{executed.lang}.ipynb"


def archive_notebook(executed: Executed, parameters: dict[str, str]) -> NotebookNode:
    """Copy an executed notebook with the parameters a repetition needs: the configuration lies beside it, and no tables are written."""
    notebook = copy.deepcopy(executed.notebook)
    notebook.metadata = NotebookNode(
        kernelspec={"name": "python3", "display_name": "Python 3", "language": "python"}, language_info=NotebookNode(name="python"), workbook=executed.seal
    )
    again = {**parameters, "lang": executed.lang, "config_path": CONFIG_FILE, "run_dir": ""}
    for cell in notebook.cells:
        cell.metadata = NotebookNode(tags=tags(cell))
        if "injected-parameters" in tags(cell):
            cell.id = "injected-parameters"
            cell.source = translate_parameters("python3", "python", again, "Parameters")
    return notebook


def write_archive(run: list[Executed], folder: Path, parameters: dict[str, str]) -> None:
    """Write every executed notebook of a run into a folder."""
    folder.mkdir(exist_ok=True)
    for executed in run:
        nbformat.write(archive_notebook(executed, parameters), folder / archive_name(executed))
