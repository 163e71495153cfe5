"""Run a published report again and compare every output."""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from analysis.config import Config, load_config, parse_config
from analysis.data.reading.containers import hash_file
from analysis.data.sources import input_paths
from analysis.errors import ConfigurationError, DataRefused
from analysis.pseudonyms import key_file, key_id, read_key
from analysis.report.archive import CONFIG_FILE
from analysis.report.manifest import list_versions, name_commit
from analysis.report.proof import describe_cell
from analysis.run import read_data
from analysis.scratch import clear_folders, holding_folder
from analysis.state import recall

EQUAL, DIFFERENT, INPUTS_CHANGED = 0, 1, 3


@dataclass(frozen=True)
class Verdict:
    """What a repetition found: `code` is the exit code, `findings` say where."""

    code: int
    findings: tuple[str, ...] = ()


def verify(report: Path, config_path: Path, *, cell_seconds: int = 1800) -> Verdict:
    """Compare the inputs, then re-execute the archived notebooks in fresh kernels and compare every output.

    The configuration is the one the report was made with; only the place of the files comes from `config_path`.

    Parameters
    ----------
    report : Path
        A published report.
    config_path : Path
        The `workbook.toml` whose folder the inputs are found from.
    cell_seconds : int
        How long one cell may take.

    Raises
    ------
    ConfigurationError
        When the folder is not a complete report.
    """
    if not (report / "manifest.json").exists() and (report / "index.html").is_file():
        raise ConfigurationError(
            f"{report} has pages only, as a report for readers outside does: there is nothing in it to run again. Make the same day for a manager and verify that one."
        )
    try:
        manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
        archived = sorted((report / "notebooks").glob("*.ipynb"))
        recorded = {entry["sha256"]: entry["name"] for entry in manifest["inputs"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{report} is not a report of this workbook: its manifest.json cannot be read ({error}).") from None
    if not archived:
        raise ConfigurationError(f"{report} has no notebooks to run again.")
    config = parse_config(manifest["config"], load_config(config_path).folder, "the configuration in manifest.json")
    if changed := _compare_inputs(config, recorded, str(manifest.get("as_of", "latest"))) + _compare_state(config, report, manifest):
        return Verdict(INPUTS_CHANGED, tuple(changed))
    with holding_folder("workbook-verify-") as scratch:
        for notebook in archived:
            shutil.copy(notebook, scratch)
        (scratch / CONFIG_FILE).write_text(json.dumps({"folder": str(config.folder.resolve()), "config": manifest["config"]}), encoding="utf-8")
        different = _repeat(scratch, [notebook.name for notebook in archived], cell_seconds)
    if spill := config.engine.beside(config.folder).spill:
        clear_folders("workbook-", Path(spill))  # of kernels that were ended
    return Verdict(DIFFERENT, (*different, *_compare_making(manifest))) if different else Verdict(EQUAL)


def _compare_inputs(config: Config, recorded: dict[str, str], as_of: str) -> list[str]:
    inputs = [source for name in type(config.inputs).model_fields if (source := getattr(config.inputs, name))]
    try:
        here = all(source.in_files for source in inputs)  # the digest of a table is made where it is
        now = dict([(hash_file(path), path.name) for path in input_paths(config)] if here else _list_read(config, as_of))
    except (ConfigurationError, DataRefused) as error:
        return [str(error)]
    gone = [f"{name} is not what it was, or not there" for digest, name in recorded.items() if digest not in now]
    return gone + [f"{name} was not part of the report, or not in this form" for digest, name in now.items() if digest not in recorded]


def _list_read(config: Config, as_of: str) -> list[tuple[str, str]]:
    opened = read_data(config, as_of)
    opened.engine.close()  # the chapters have kernels of their own
    return [(file.sha256, file.name) for file in opened.inputs]


def _compare_state(config: Config, report: Path, manifest: dict) -> list[str]:
    """Say whether the part of the state that the run could read is what it was: the last report before, the ruler it was told to use, what people said."""
    try:
        memory = recall(config, dt.date.fromisoformat(manifest["as_of"]))
    except ConfigurationError as error:
        return [str(error)]
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{report} is not a report of this workbook: its manifest.json has no as_of ({error}).") from None
    if memory.hash == manifest.get("state_hash"):
        return []
    before = f"that of {memory.published.as_of} (run {memory.published.run})" if memory.published else "none"
    ruler = f", the ruler it is told to use {memory.ruler.name}@{memory.ruler.version}" if memory.ruler else ""
    words = f", and people's edits in force are {len(memory.overrides):,}" if memory.overrides else ""
    return [f"{config.folder / 'state'} is not what it was when the report was made: now the last report before it is {before}{ruler}{words}"]


def _compare_making(manifest: dict) -> list[str]:
    """Say what is not as it was when the report was made: the likely reason of a difference."""
    then, now = manifest.get("versions", {}), list_versions()
    changed = [f"{name} {then.get(name)} then, {now.get(name)} now" for name in sorted({*then, *now}) if then.get(name) != now.get(name)]
    if manifest.get("git_commit") != (commit := name_commit()):
        changed.append(f"code at {manifest.get('git_commit')} then, {commit} now")
    made = [f"made with other versions: {'; '.join(changed)}"] if changed else []
    if manifest.get("pseudonym_key") != key_id(read_key(key_file())):
        made.append(f"made with another pseudonym key than the one in {key_file()}: every pseudonym differs")
    return made


def _repeat(folder: Path, names: Sequence[str], cell_seconds: int) -> list[str]:
    """Run nbval over the notebooks in a folder and say in words what it found."""
    result = folder / "result.xml"
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")  # of nobody else's configuration above
    home = folder / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    environment |= {
        "IPYTHONDIR": str(home),
        "JUPYTER_RUNTIME_DIR": str(home),
        "TMPDIR": str(home),
        "PYTHONHASHSEED": "0",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    words = [
        "-p",
        "nbval.plugin",
        "--nbval",
        "--nbval-current-env",
        f"--nbval-cell-timeout={cell_seconds}",
        "-p",
        "no:cacheprovider",
        "-q",
        f"--junitxml={result.name}",
        *names,
    ]
    done = subprocess.run([sys.executable, "-m", "pytest", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not result.is_file():
        return [f"the notebooks could not be run again: {(done.stderr or done.stdout).strip().splitlines()[-1:]}"]
    cases = list(ET.parse(result).iter("testcase"))
    found = [_describe(case, folder) for case in cases if case.find("failure") is not None or case.find("error") is not None]
    ran = {Path(case.get("classname", "")).name or case.get("classname", "") for case in cases}
    if done.returncode == 0 and (not cases or any(case.find("skipped") is not None for case in cases)):
        found.append(f"not every cell was compared: {len(ran)} notebooks of {len(names)}")
    return found


def _describe(case: ET.Element, folder: Path) -> str:
    place = f"{case.get('classname', '')} {case.get('name', '')}"
    names = [path for path in sorted(folder.glob("*.ipynb")) if path.stem in place or path.stem.replace(".", "/") in place]
    number = re.search(r"Cell (\d+)", place)
    if not names or not number:
        return place
    notebook = nbformat.read(names[0], as_version=4)
    code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    return f"{names[0].stem}: {describe_cell(notebook, code[int(number.group(1))])} shows something else than in the report"
