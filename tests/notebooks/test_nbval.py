"""Every notebook runs alone, top to bottom, in a fresh kernel, as JupyterLab would run it."""

import subprocess
import sys

import pytest

NAMES = ("00_start_here", "01_cleaning", "02_rfm", "03_clusters", "04_lifecycle", "05_value", "08_classification", "10_summary")


def test_these_are_all(root):
    assert tuple(sorted(path.stem for path in (root / "notebooks").glob("*.ipynb"))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_runs_from_a_fresh_kernel(name, root):
    words = [
        "--nbval-lax",
        "--nbval-current-env",
        "--nbval-cell-timeout=300",
        "-q",
        "-p",
        "no:cacheprovider",
        "--override-ini=addopts=",
        "--override-ini=filterwarnings=",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, root / "notebooks" / f"{name}.ipynb"], cwd=root, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout
