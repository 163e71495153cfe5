"""What a report says about itself: everything it depends on, and what it counted."""

import datetime as dt
import json
import platform
import shutil
import subprocess
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from analysis.config import Config
from analysis.pseudonyms import key_file, key_id, read_key
from analysis.recipes.lettering import list_missing_fonts
from analysis.state import recall

_PACKAGES = (
    "customer-segmentation-workbook",
    "duckdb",
    "ibis-framework",
    "matplotlib",
    "nbconvert",
    "numpy",
    "pandas",
    "papermill",
    "pyarrow",
    "scikit-learn",
    "scipy",
)


def make_manifest(config: Config, as_of: dt.date, facts: dict, *, languages: Sequence[str], seconds: float) -> dict:
    """Gather what the contract of a published report asks for.

    Parameters
    ----------
    config : Config
    as_of : date
    facts : dict
        What the run counted and fitted: run, inputs, ledger, warnings, key_figures, shown_figures (as pages show them); ruler, clusters, the hash of the state that it read,
        and which columns people may change to what.
    languages : sequence of str
        The first one is that of `index.html` and `customers.xlsx`.
    seconds : float
        How long the run took.
    """
    return {
        "name": config.name, "as_of": as_of.isoformat(), "run": facts["run"], "languages": list(languages), "time_zone": config.time_zone, "currency": config.currency,
        "seed": config.seed, "config": config.model_dump(mode="json"), "config_hash": config.hash(), "state_hash": facts["state_hash"] if "state_hash" in facts else recall(config, as_of).hash,
        "git_commit": name_commit(), "versions": list_versions(), "pseudonym_key": key_id(read_key(key_file())),
        "duration_s": round(seconds, 1), "inputs": facts["inputs"], "ledger": facts["ledger"],
        "warnings": [*facts["warnings"], *(note.text for note in list_missing_fonts(languages))], "key_figures": facts["key_figures"],
        "shown_figures": facts.get("shown_figures", facts["key_figures"]),
        "ruler": facts.get("ruler"), "clusters": facts.get("clusters"), "editable": facts.get("editable", {}),
    }  # fmt: skip


def write_manifest(manifest: dict, path: Path) -> None:
    """Write a manifest in the form in which a person can read it and a program can compare it."""
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=False) + "\n", encoding="utf-8")


def list_versions() -> dict[str, str]:
    """List what numbers and pictures depend on besides our own code."""
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in _PACKAGES}}


def name_commit() -> str | None:
    """Name the commit of the code that runs, with `-dirty` where it was changed; None where it is no working copy."""
    here, program = Path(__file__), shutil.which("git")

    def git(*words: str) -> str | None:
        try:
            done = subprocess.run([program or "git", "-C", str(here.parent), *words], capture_output=True, text=True, timeout=20, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    if git("ls-files", "--error-unmatch", here.name) is None:
        return None
    return git("describe", "--always", "--abbrev=40", "--dirty", "--exclude=*")
