"""How the process of the chapters ends."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from jupyter_core.utils import run_sync

from analysis.report.kernel import WarmKernel
from analysis.scratch import claim_folder

TIDY = "import atexit, os, pathlib; atexit.register(pathlib.Path({note!r}).touch); pathlib.Path({pid!r}).write_text(str(os.getpid()))"


def run_until_it_ends(folder: Path, *, patience: float, fails: bool = False) -> bool:
    """Run a kernel that notes its end when it is left the time for it; tell whether it did."""
    note, pid = folder / "note", folder / "pid"
    with contextlib.suppress(ZeroDivisionError), WarmKernel(folder, "sys", patience=patience) as kernel:
        run_sync(kernel.client(60).execute_interactive)(TIDY.format(note=str(note), pid=str(pid)))
        assert 1 / (not fails)
    assert not Path(f"/proc/{pid.read_text()}").exists()
    return note.exists()


def test_a_kernel_with_patience_tidies_up_before_it_ends(tmp_path):
    assert run_until_it_ends(tmp_path, patience=60)


@pytest.mark.parametrize(("patience", "fails"), [(0, False), (60, True)], ids=["no patience", "a failure"])
def test_without_patience_or_after_a_failure_it_just_ends(tmp_path, patience, fails):
    assert not run_until_it_ends(tmp_path, patience=patience, fails=fails)


def test_what_its_engine_spilled_goes_with_it(tmp_path):
    disk = tmp_path / "disk"
    used, release = claim_folder("workbook-", disk)
    code = f"from analysis.scratch import claim_folder; from pathlib import Path; own, _ = claim_folder('workbook-', Path({str(disk)!r})); (own / 'tables').touch()"
    with WarmKernel(tmp_path, "sys", spill=disk) as kernel:
        assert run_sync(kernel.client(60).execute_interactive)(code)["content"]["status"] == "ok"
        assert len(list(disk.glob("*/tables"))) == 1
    assert sorted(disk.iterdir()) == [used, used.with_suffix(".lock")]
    release()


def test_a_long_name_of_the_folder_for_temporary_files_leaves_room_for_sockets(tmp_path, monkeypatch):
    deep = tmp_path / ("long" * 20) / ("longer" * 10)
    deep.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with WarmKernel(tmp_path, "sys") as kernel:
        told = run_sync(kernel.client(60).execute_interactive)(f"import tempfile; assert tempfile.gettempdir().startswith({str(deep)!r})")
        assert told["content"]["status"] == "ok"
        sockets = Path(kernel.manager().connection_file).parent
        assert sockets.stat().st_mode & 0o777 == 0o700
    assert list(deep.iterdir()) == []
    assert not sockets.exists()
