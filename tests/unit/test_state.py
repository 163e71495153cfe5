"""What is remembered between runs: whole lines or none, the last word on each day, rulers that nothing overwrites, files that only their owner reads."""

import datetime as dt
import json
import os
import stat
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from analysis import keeping
from analysis.errors import ConfigurationError, Locked, PublishFailed
from analysis.rulers import find_ruler, list_rulers, save_ruler
from analysis.run import open_run, read_data
from analysis.state import KEPT, enter, read_journal, read_published, recall
from shops import configure, look, remember

DAY = dt.date(2024, 3, 31)
SAID = {"config": {"name": "shop"}, "ruler": {"r": [1]}, "clusters": None, "key_figures": [], "segments": [], "inputs": [], "ledger": []}
LINES = [
    ("a", "2024-01-05", "1", "p", 1, "10"),
    ("b", "2024-02-05", "2", "p", 2, "10"),
    ("c", "2024-02-20", "3", "p", 3, "10"),
    ("c", "2024-03-01", "4", "p", 1, "5"),
]


@pytest.fixture
def state(tmp_path):
    return tmp_path / "state"


@pytest.fixture
def customers(tmp_path):
    """A table of customers: two buyers and one who is not."""
    path = tmp_path / "customers.parquet"
    pq.write_table(pa.table({"customer_id": ["a", "b", "c"], "frequency": [1, 0, 2], "segment": ["new", None, "loyal"]}), path)
    return path


def tell(state, customers, day=DAY, run="1", **more):
    enter(state, day, run, SAID | more, customers)


def test_the_last_report_of_an_earlier_day_is_the_one_entered_last(state, customers):
    for day, run in (("2024-02-29", "1"), ("2024-03-31", "2"), ("2024-02-29", "3"), ("2024-01-31", "4")):
        tell(state, customers, dt.date.fromisoformat(day), run)
    found = {day: read_published(state, dt.date.fromisoformat(day)) for day in ("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-01")}
    assert {day: published and published.run for day, published in found.items()} == {
        "2024-01-31": None,
        "2024-02-29": "4",
        "2024-03-31": "3",
        "2024-04-01": "2",
    }


def test_labels_are_those_of_the_buyers_with_every_column(state, customers):
    tell(state, customers)
    labels = pq.read_table(read_published(state, dt.date(2024, 4, 1)).labels).to_pylist()
    assert [(row["customer_id"], row["frequency"], row["segment"], row["m_value"]) for row in labels] == [("a", 1, "new", None), ("c", 2, "loyal", None)]


def test_what_everybody_was_called_is_kept_buyers_or_not(state, tmp_path):
    path = tmp_path / "customers.parquet"
    pq.write_table(pa.table({
        "customer_id": ["a", "b"], "frequency": [2, 0], "monetary": [Decimal("3.50"), None], "need": ["basic", None], "tag_loyal": [True, False], "tag_visits": [1.5, None],
    }), path)  # fmt: skip
    tell(state, path)
    kept = pq.read_table(read_journal(state)[0].classified).to_pydict()
    assert kept == {
        "customer_id": ["a", "b"],
        "monetary": [Decimal("3.50"), None],
        "need": ["basic", None],
        "tag_loyal": [True, False],
        "tag_visits": [1.5, None],
    }


@pytest.mark.parametrize("torn", [b'{"as_of": "2024-03-', b'{"as_of": "2024-04-30"}', b"\xff\xfe", b" "])
def test_a_torn_last_line_is_passed_over_and_mended(state, customers, torn):
    tell(state, customers)
    path = state / "journal.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    assert [entry.run for entry in read_journal(state)] == ["1"]
    tell(state, customers, dt.date(2024, 4, 30), "2")
    assert [entry.run for entry in read_journal(state)] == ["1", "2"]
    assert path.read_bytes().startswith(whole + b'{"as_of": "2024-04-30", "run": "2"') and path.read_bytes().count(b"\n") == 2


def test_a_damaged_line_is_named(state, customers):
    tell(state, customers)
    path = state / "journal.jsonl"
    path.write_text("{}\n" + path.read_text())
    with pytest.raises(ConfigurationError, match=r"journal\.jsonl cannot be read: line 1 is not an entry\. Delete that line"):
        read_published(state, dt.date(2024, 4, 1))


ENTER = """
import os, shutil, signal, sys
from datetime import date
from pathlib import Path
from analysis import state as s

def deadly(call):
    def wrapped(*args, **kwargs):
        global calls
        calls += 1
        if calls == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **kwargs)
    return wrapped

folder, customers = map(Path, sys.argv[1:])
for fatal in range(1, 100):
    state, calls = folder / f"{fatal:02d}", 0
    shutil.copytree(folder / "begun", state)
    if not (child := os.fork()):
        for name in ("open", "fsync", "mkdir", "unlink", "rename", "fchmod", "pwrite", "ftruncate"):
            setattr(os, name, deadly(getattr(os, name)))
        s.enter(state, date(2024, 4, 30), "2", SAID, customers)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if status == 0:
        break
    assert os.WTERMSIG(status) == signal.SIGKILL, status
print(fatal - 1)
"""


def test_killed_at_every_step_leaves_a_journal_that_can_go_on(customers, tmp_path):
    tell(tmp_path / "begun", customers)
    told = subprocess.run([sys.executable, "-c", ENTER.replace("SAID", repr(SAID)), str(tmp_path), str(customers)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    seen = []
    for fatal in range(1, int(told.stdout) + 1):
        folder = tmp_path / f"{fatal:02d}"
        runs = [entry.run for entry in read_journal(folder)]
        assert all(entry.labels.is_file() for entry in read_journal(folder))  # labels are there before the line that speaks of them
        tell(folder, customers, dt.date(2024, 5, 31), "3")
        assert [entry.run for entry in read_journal(folder)] == [*runs, "3"]
        assert {path.name for path in (folder / "labels").iterdir()} == {entry.labels.name for entry in read_journal(folder)}
        seen.append(runs)
    assert len(seen) > 8 and seen == [["1"]] * seen.count(["1"]) + [["1", "2"]] * seen.count(["1", "2"]) and ["1", "2"] in seen


def test_two_runs_at_once_both_get_their_line(state, customers):
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=number) for number in range(8)]
    threads = [threading.Thread(target=tell, args=(state, customers, day, f"{number}")) for number, day in enumerate(days)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entry.as_of for entry in read_journal(state)) == days


def test_whoever_makes_a_folder_at_the_same_moment_gets_it(tmp_path):
    def make(folder):
        start.wait()
        made.append(keeping.make_folder(folder))

    made: list[Path] = []
    for number in range(100):
        start = threading.Barrier(4)
        threads = [threading.Thread(target=make, args=(tmp_path / str(number) / "state",)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(made) == 400
    assert all(folder.is_dir() for folder in made)


def test_who_cannot_get_the_lock_says_so(state, customers, monkeypatch):
    monkeypatch.setattr(keeping, "WAIT", 0.05)
    tell(state, customers)
    with FileLock(state / ".lock"), pytest.raises(Locked, match="Another run is writing to") as caught:
        tell(state, customers, run="2")
    assert caught.value.exit_code == 4


def test_a_state_that_cannot_be_written_is_said_to_be(state, customers):
    state.write_text("a file in the way")
    with pytest.raises(PublishFailed, match=r"state could not be written: .*the next run enters it") as caught:
        tell(state, customers)
    assert caught.value.exit_code == 5


def test_labels_are_kept_for_the_latest_days_of_each_name_and_lines_for_good(state, customers):
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=number) for number in range(KEPT + 3)]
    tell(state, customers, dt.date(2023, 1, 1), "x", config={"name": "other"})
    for day in reversed(days):
        tell(state, customers, day)
    tell(state, customers, days[-1], "2")  # made anew: the first labels of that day go
    (state / "labels" / "notes.txt").write_text("not ours")
    tell(state, customers, days[-1], "3")
    kept = {f"{day}-1.parquet" for day in days[3:-1]} | {f"{days[-1]}-3.parquet", "2023-01-01-x.parquet", "notes.txt"}
    assert {path.name for path in (state / "labels").iterdir()} == kept and len(kept) == KEPT + 2
    assert len(read_journal(state)) == KEPT + 3 + 1 + 2


def test_files_are_for_owner_and_group_whatever_the_umask(state, customers):
    before = os.umask(0o077)
    try:
        tell(state, customers)
        save_ruler(state, "mine", {"r": [1]}, as_of=DAY, run="1")
    finally:
        os.umask(before)
    modes = {path.relative_to(state).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in [state, *state.rglob("*")]}
    files, folders = {"journal.jsonl", f"labels/{DAY}-1.parquet", f"classified/{DAY}-1.parquet", "rulers/mine.v1.json"}, {".", "labels", "classified", "rulers"}
    assert {name: mode for name, mode in modes.items() if name != ".lock"} == {**dict.fromkeys(files, 0o640), **dict.fromkeys(folders, 0o750)}
    assert not modes[".lock"] & 0o027


@pytest.mark.parametrize("link", ["journal.jsonl", "labels", "rulers", ".lock"])
def test_links_are_refused_and_what_they_point_to_is_untouched(link, state, customers, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("keep")
    state.mkdir()
    (state / link).symlink_to(elsewhere if link in ("labels", "rulers") else elsewhere / "precious")
    with pytest.raises(ConfigurationError, match=f"{link} is a link"):
        save_ruler(state, "mine", {}, as_of=DAY, run="1") if link == "rulers" else tell(state, customers)
    assert [path.name for path in elsewhere.iterdir()] == ["precious"] and (elsewhere / "precious").read_text() == "keep"


@pytest.mark.parametrize("run", ["../../x", "", "a/b", "a b", "x" * 65, "."])
def test_a_run_is_named_by_letters_and_digits(run, state, customers):
    with pytest.raises(ConfigurationError, match="is not the id of a run"):
        tell(state, customers, run=run)


def test_rulers_get_versions_and_nothing_is_overwritten(state):
    first = save_ruler(state, "mine", {"r": ["1.0"]}, as_of=DAY, run="1")
    kept = (state / "rulers" / "mine.v1.json").read_bytes()
    again = save_ruler(state, "mine", {"r": ["1.0"]}, as_of=dt.date(2024, 4, 30), run="2")
    assert again == first and first.version == 1  # equal: nothing to save
    second, back = (save_ruler(state, "mine", {"r": [cut]}, as_of=DAY, run="1") for cut in ("2.0", "1.0"))
    assert (second.version, back.version) == (2, 3)
    assert (state / "rulers" / "mine.v1.json").read_bytes() == kept
    (state / "rulers" / "mine.v9.json").write_bytes(kept)  # versions may have gaps
    assert save_ruler(state, "mine", {"r": ["3.0"]}, as_of=DAY, run="1").version == 10
    assert [named.version for named in list_rulers(state)] == [1, 2, 3, 9, 10]
    assert find_ruler(state, "mine").version == 10 and find_ruler(state, "mine@2").ruler == {"r": ["2.0"]}
    with pytest.raises(FileExistsError), keeping.create(state / "rulers" / "mine.v1.json") as file:
        file.write(b"other")
    assert (state / "rulers" / "mine.v1.json").read_bytes() == kept
    assert sorted(path.name for path in (state / "rulers").iterdir()) == [f"mine.v{number}.json" for number in (1, 10, 2, 3, 9)]


@pytest.mark.parametrize("name", ["", "../x", "a/b", "a.b", "a b", "x" * 41, "..", "a@2", "2024-03-31", "a\n", "a\x00", "-" * 41])
def test_hostile_names_are_refused(name, state):
    with pytest.raises(ConfigurationError, match="A ruler's name has 1 to 40 letters, digits, _ or -, and is not a date"):
        save_ruler(state, name, {}, as_of=DAY, run="1")
    assert not state.exists()


def test_a_name_may_be_chinese(state):
    save_ruler(state, "年初_标尺-1", {"r": []}, as_of=DAY, run="1")
    assert find_ruler(state, "年初_标尺-1@1").as_of == DAY


def test_a_ruler_that_is_not_there_lists_those_that_are(state):
    with pytest.raises(ConfigurationError, match=r"There is no ruler 'mine@2' in .*There is none yet\. `workbook ruler promote DATE --as mine`"):
        find_ruler(state, "mine@2")
    save_ruler(state, "mine", {}, as_of=DAY, run="1")
    with pytest.raises(ConfigurationError, match=r"There is no ruler 'mine@2' in .*There are: 'mine@1'\."):
        find_ruler(state, "mine@2")
    (state / "rulers" / "mine.v2.json").write_text("[]")
    with pytest.raises(ConfigurationError, match=r"mine\.v2\.json cannot be read as a ruler"):
        find_ruler(state, "mine")


def test_a_run_remembers_what_it_can_read_and_nothing_else(tmp_path):
    config = configure(tmp_path, {"lines.csv": LINES})
    assert recall(config, DAY).hash is None
    remember(read_data(config, "2024-02-29"))
    first = recall(config, DAY)
    assert first.published.as_of == dt.date(2024, 2, 29) and recall(config, dt.date(2024, 2, 29)).hash is None
    remember(read_data(config, str(DAY)))  # a report of the same day or a later one changes nothing
    save_ruler(tmp_path / "state", "unused", first.published.ruler, as_of=DAY, run="1")
    assert recall(config, DAY).hash == first.hash
    frozen = config.replace(scoring={"ruler": "frozen:unused"})
    one = recall(frozen, DAY).hash
    save_ruler(tmp_path / "state", "unused", first.published.ruler | {"fitted_on": "2024-01-01"}, as_of=DAY, run="1")
    assert len({one, recall(frozen, DAY).hash, first.hash}) == 3  # a new last version is another ruler
    assert recall(config.replace(scoring={"ruler": "frozen:unused@1"}), DAY).hash == one


def test_the_id_of_a_run_tells_what_it_remembered(tmp_path):
    config = configure(tmp_path, {"lines.csv": LINES})
    before = read_data(config, str(DAY)).id
    remember(read_data(config, "2024-02-29"))
    assert read_data(config, str(DAY)).id != before


def test_an_open_run_is_read_again_when_what_it_remembered_has_changed(tmp_path):
    config = configure(tmp_path, {"lines.csv": LINES})
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"folder": str(tmp_path), "config": config.model_dump(mode="json")}), encoding="utf-8")
    first = open_run(path, as_of=str(DAY))
    assert open_run(path, as_of=str(DAY)).opened is first.opened
    remember(read_data(config, "2024-02-29"))
    scheduled = open_run(path, as_of=str(DAY), run_dir=tmp_path)
    assert scheduled.opened is first.opened  # a scheduled run keeps the memory it began with
    assert open_run(path, as_of=str(DAY)).opened.get("published").as_of == dt.date(2024, 2, 29)


def test_a_frozen_ruler_measures_later_data_with_earlier_cut_points(tmp_path):
    """The scores of January's orders are the same a month later, whoever came since; only the days have grown."""
    lines = [(f"c{n:02d}", f"2024-01-{n + 1:02d}", f"{n}-{k}", "p", k + 1, "10") for n in range(20) for k in range(n % 4 + 1)]
    config = configure(tmp_path, {"lines.csv": lines}, scoring={})
    january = read_data(config, "2024-01-31")
    remember(january)
    published = read_published(tmp_path / "state", dt.date(2024, 2, 1))
    save_ruler(tmp_path / "state", "january", published.ruler, as_of=published.as_of, run=published.run)
    grown = [*lines, *((f"n{n:02d}", "2024-02-01", f"n{n}", "p", 50, "10") for n in range(30))]  # thirty who spend far more
    configure(tmp_path, {"lines.csv": grown})
    frozen, fitted = (read_data(config.replace(scoring={"ruler": ruler}), "2024-02-01") for ruler in ("frozen:january", "fitted"))
    columns = ["customer_id", "f_score", "m_score", "value_tier"]
    then, now, moved = (look(opened, "customers")[columns] for opened in (january, frozen, fitted))
    old = now[~now.customer_id.str.startswith("n")].reset_index(drop=True)
    assert old.equals(then) and not moved[~moved.customer_id.str.startswith("n")].reset_index(drop=True).equals(then)
    assert frozen.get("ruler").id == january.get("ruler").id != fitted.get("ruler").id


def test_a_ruler_that_the_configuration_names_and_nobody_saved_stops_the_run(tmp_path):
    config = configure(tmp_path, {"lines.csv": LINES}, scoring={"ruler": "frozen:spring"})
    with pytest.raises(ConfigurationError, match=r"There is no ruler 'spring' in .*state\. There is none yet"):
        read_data(config, "2024-03-31")
