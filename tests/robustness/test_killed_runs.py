"""Runs that are killed, at any moment: a reader finds the old report or the new one, and the next run clears up."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from analysis.errors import Locked
from analysis.report.publish import locked, publish, repair, staging, write_beside
from analysis.scratch import claim_folder

DAY = date(2011, 12, 9)
FILES = ["index.html", "en/01.html", "tables/customers.parquet", "manifest.json"]

PUBLISH = """
import os, shutil, signal, sys
from datetime import date
from pathlib import Path
from analysis.report import publish as p

reports, word, fatal = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
calls = 0

def deadly(call):
    def wrapped(*args, **kwargs):
        global calls
        calls += 1
        if calls == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **kwargs)
    return wrapped

for name in ("rename", "fsync", "mkdir", "unlink", "rmdir", "chmod"):
    setattr(os, name, deadly(getattr(os, name)))

day = date(2011, 12, 9)
with p.locked(reports):
    p.repair(reports)
    with p.staging(reports, day) as stage:
        for name in FILES:
            (stage / name).parent.mkdir(exist_ok=True)
            (stage / name).write_text(word)
        p.publish(stage, reports, day)
    p.write_beside(reports / "index.html", word)
print(calls)
"""


def _publish(reports, word, fatal=0):
    script = PUBLISH.replace("FILES", repr(FILES))
    return subprocess.run([sys.executable, "-c", script, str(reports), word, str(fatal)], capture_output=True, text=True, check=False)


def _content(reports):
    place = reports / DAY.isoformat()
    return {name: (place / name).read_text() if (place / name).is_file() else None for name in FILES}


def test_killed_at_every_step_leaves_the_old_or_the_new_report(tmp_path):
    _publish(tmp_path, "old")
    steps = int(_publish(tmp_path, "old").stdout)
    assert steps > 15
    seen = set()
    for fatal in range(1, steps + 1):
        killed = _publish(tmp_path, "new", fatal)
        assert killed.returncode == -signal.SIGKILL, (fatal, killed.stderr)
        visible = set(_content(tmp_path).values())
        assert visible in ({"old"}, {"new"}, {None}), fatal  # never a mixture; None only between the two renames
        with locked(tmp_path):
            repair(tmp_path)
        assert set(_content(tmp_path).values()) in ({"old"}, {"new"}), fatal
        seen |= set(_content(tmp_path).values())
        assert sorted(path.name for path in tmp_path.iterdir() if path.name != ".lock") == ["2011-12-09", "index.html"], fatal
        assert (tmp_path / "index.html").read_text() in ("old", "new")
        assert _publish(tmp_path, "old").returncode == 0
    assert seen == {"old", "new"}


def test_a_lock_dies_with_its_process(tmp_path):
    hold = "import sys, time; from pathlib import Path; from analysis.report.publish import locked\nwith locked(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Locked), locked(tmp_path):
            pass
        holder.kill()
    with locked(tmp_path):
        pass


def test_links_are_not_followed(tmp_path):
    elsewhere, reports = tmp_path / "elsewhere", tmp_path / "reports"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("keep")
    with locked(reports):
        (reports / ".staging-2011-12-08").symlink_to(elsewhere)
        (reports / ".old-2011-12-08").symlink_to(elsewhere)
        (reports / "index.html").symlink_to(elsewhere / "precious")
        (reports / "2011-12-08").mkdir()
        repair(reports)
        write_beside(reports / "index.html", "list")
        with staging(reports, DAY) as stage:
            (stage / "index.html").symlink_to(elsewhere / "precious")
            with pytest.raises(Exception, match="is a link; a report holds only files"):
                publish(stage, reports, DAY)
    assert (elsewhere / "precious").read_text() == "keep"
    assert sorted(path.name for path in elsewhere.iterdir()) == ["precious"]
    assert not (reports / "index.html").is_symlink()
    assert not (reports / DAY.isoformat()).exists()


SLOW = """
import datetime as dt, json, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that a shell started in the background have it ignored
from pathlib import Path
import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from analysis.config import parse_config
from analysis.report.press import make_report
folder = Path(sys.argv[1])
def cell(source, tag):
    return new_code_cell(source, metadata={"tags": [tag]})
nbformat.write(new_notebook(cells=[
    cell('config_path = ""; as_of = ""; lang = ""; run_dir = ""', "parameters"),
    cell("import os, time\\nfrom pathlib import Path\\nPath(run_dir, '../pid').write_text(str(os.getpid())); time.sleep(60)", "x"), cell("1", "seal")]), folder / "01_slow.ipynb")
transactions = {"files": ["sales.csv"], "columns": {"customer_id": "c", "ordered_at": "w", "amount": "a"}}
config = parse_config({"name": "Shop", "order": "day", "inputs": {"transactions": transactions}}, folder)
make_report(config, dt.date(2011, 12, 9), languages=("en",), reports=folder / "reports", notebooks=folder, on_progress=lambda *_: None)
"""


def end_slow_run(folder: Path, sign: signal.Signals, seconds: int = 5, **environment: str) -> int:
    """Start a run, end it in the middle of a chapter, and tell its exit code when its kernel is gone, too, which may take so long."""
    pid = folder / "reports" / "pid"
    with subprocess.Popen([sys.executable, "-c", SLOW, str(folder)], stderr=subprocess.DEVNULL, env=os.environ | environment) as run:
        for _ in range(600):
            if (pid.is_file() and pid.read_text()) or run.poll() is not None:
                break
            time.sleep(0.1)
        kernel = int(pid.read_text())
        run.send_signal(sign)
        code = run.wait(timeout=20)
    for _ in range(10 * seconds):
        if not Path(f"/proc/{kernel}").exists():
            return code
        time.sleep(0.1)
    pytest.fail("its kernel goes on")


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, -signal.SIGINT)])
def test_a_run_that_is_asked_to_stop_takes_its_kernel_and_its_folders_along(sign, code, tmp_path):
    assert end_slow_run(tmp_path, sign) == code
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == [".lock", "pid"]


def test_what_a_killed_run_left_among_temporary_files_goes_with_the_next(tmp_path):
    place = tmp_path / "t"
    place.mkdir()
    # nobody ends the kernel then: it looks from time to time whether it is still wanted
    assert end_slow_run(tmp_path, signal.SIGKILL, seconds=20, TMPDIR=str(place)) == -signal.SIGKILL
    assert {path.name.rsplit("-", 1)[0] for path in place.iterdir()} == {"workbook", "wb-kernel"}
    for begin in ("workbook-", "wb-kernel-"):
        own, release = claim_folder(begin, place)
        assert [path for path in place.glob(f"{begin}*") if path.stem != own.name] == []
        release()
    assert list(place.iterdir()) == []
