"""What was reported is entered in the journal: once, whatever happens in between, and read only by reports of later days."""

import datetime as dt
import json
import shutil
import stat

import duckdb
import pytest
from fake_shop import TABLE, cell, chapter, silent

from analysis.errors import ConfigurationError
from analysis.report.journal import enter_reports
from analysis.report.press import make_report
from analysis.report.verify import EQUAL, INPUTS_CHANGED, verify
from analysis.state import read_journal, read_published

NOV, DEC = dt.date(2011, 11, 30), dt.date(2011, 12, 9)


@pytest.fixture
def publish(config, write):
    """Publish the fake report of a day, into the folder of the configuration unless told otherwise."""
    notebooks = write({"10_summary": chapter("10_summary", cell(TABLE), save=True)})

    def run(as_of, *, settings=config, reports=None):
        return make_report(settings, as_of, languages=("en",), reports=reports or config.folder / "reports", notebooks=notebooks, on_progress=silent)

    return run


def lines(shop):
    return [json.loads(line) for line in (shop / "state" / "journal.jsonl").read_text().splitlines()]


def test_a_published_report_is_entered_with_what_it_said(publish, config, shop):
    publish(NOV)
    [entry] = read_journal(shop / "state")
    assert (entry.as_of, entry.name, entry.run) == (NOV, "Corner shop", config.hash()[:16])
    assert entry.segments == [{"scheme": "segment", "segment": "champions", "customers": 1, "monetary": "7.5000"}]
    assert entry.key_figures[0] == {"measure": "customers", "value": 3, "previous": 2}
    assert entry.inputs[0]["records"] == 5 and entry.ledger[0]["rule"] == "input" and entry.config["currency"] == "GBP"
    labels = duckdb.sql(f"from '{entry.labels}'")
    assert labels.columns == [
        "customer_id",
        "recency_days",
        "frequency",
        "monetary",
        "r_value",
        "f_value",
        "m_value",
        "segment",
        "class8",
        "value_tier",
        "cluster",
    ]
    assert [(row[0], str(row[3]), row[7]) for row in labels.fetchall()] == [
        ("00123", "7.5000", "champions"),
        ("=1+1", "2.5000", "new"),
    ]  # who bought nothing is nobody's


def test_what_is_kept_is_for_its_owner_and_group_only(publish, shop):
    publish(NOV)
    state = shop / "state"
    assert {stat.S_IMODE(path.stat().st_mode) for path in state.rglob("*") if path.is_file()} == {0o640}
    assert {stat.S_IMODE(path.stat().st_mode) for path in [state, state / "labels", state / "classified"]} == {0o750}
    assert sorted(path.name for path in state.iterdir()) == [".lock", "classified", "journal.jsonl", "labels"]


def test_a_report_remembers_the_day_before_and_not_itself(publish, shop):
    first, second = publish(NOV), publish(DEC)
    hashes = [json.loads((report / "manifest.json").read_text())["state_hash"] for report in (first, second)]
    assert hashes[0] is None and len(hashes[1]) == 64
    assert (read_published(shop / "state", NOV), read_published(shop / "state", DEC).as_of) == (None, NOV)
    before = {path: path.read_bytes() for path in second.rglob("*") if path.is_file() and path.name != "manifest.json"}
    publish(DEC)
    assert {path: path.read_bytes() for path in before} == before
    assert json.loads((second / "manifest.json").read_text())["state_hash"] == hashes[1]
    assert [entry["as_of"] for entry in lines(shop)] == ["2011-11-30", "2011-12-09"]  # the same run is entered once


def test_verify_finds_what_the_run_remembered_and_says_so_when_it_has_changed(publish, config, shop):
    report, path = (publish(NOV), publish(DEC))[1], shop / "state" / "journal.jsonl"
    shop.joinpath("sales.csv").write_bytes(b"")  # its hash is not that of the fake facts either way: look at the state alone
    manifest = json.loads((report / "manifest.json").read_text())
    manifest["inputs"] = [{"name": "sales.csv", "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]  # of nothing
    (report / "manifest.json").write_text(json.dumps(manifest))
    assert verify(report, shop / "workbook.toml").code == EQUAL
    publish_later = path.read_text()
    path.write_text(publish_later.replace('"champions", "customers": 1', '"champions", "customers": 2', 1))
    verdict = verify(report, shop / "workbook.toml")
    assert verdict.code == INPUTS_CHANGED
    assert "state is not what it was when the report was made: now the last report before it is that of 2011-11-30 (run " in verdict.findings[0]
    path.write_text("".join(line + "\n" for line in publish_later.splitlines()[1:]))
    assert verify(report, shop / "workbook.toml").findings[0].endswith("now the last report before it is none")
    path.write_text(publish_later)
    next((shop / "state" / "labels").glob("2011-11-30-*")).unlink()
    assert verify(report, shop / "workbook.toml").code == INPUTS_CHANGED


def test_a_run_killed_before_the_journal_is_entered_by_the_next(publish, shop, monkeypatch):
    class Killed(BaseException):
        pass

    calls = []

    def enter_or_die(*args, **kwargs):
        calls.append(kwargs)
        if len(calls) == 2:
            raise Killed
        return enter_reports(*args, **kwargs)

    monkeypatch.setattr("analysis.report.press.enter_reports", enter_or_die)
    with pytest.raises(Killed):
        publish(NOV)
    assert (shop / "reports" / "2011-11-30" / "manifest.json").is_file() and not (shop / "state" / "journal.jsonl").exists()
    second = publish(DEC)
    assert [entry["as_of"] for entry in lines(shop)] == ["2011-11-30", "2011-12-09"]
    assert json.loads((second / "manifest.json").read_text())["state_hash"]  # entered before the second began, so it was read


def test_a_report_made_anew_counts_with_its_last_run(publish, config, shop):
    other = config.replace(seed=2)
    publish(NOV), publish(NOV, settings=other), publish(NOV)
    runs = [entry["run"] for entry in lines(shop)]
    assert runs == [config.hash()[:16], other.hash()[:16], config.hash()[:16]]
    assert read_published(shop / "state", DEC).run == config.hash()[:16]
    assert [path.name for path in (shop / "state" / "labels").iterdir()] == [f"2011-11-30-{config.hash()[:16]}.parquet"]


def test_what_lies_in_the_folder_of_the_configuration_has_the_last_word(publish, config, shop, tmp_path):
    """A trial run into another folder is entered, and the next run at home puts the home report back on top."""
    home, trial = config.hash()[:16], config.replace(seed=2)
    publish(NOV)
    publish(NOV, settings=trial, reports=tmp_path / "trial")
    assert read_published(shop / "state", DEC).run == trial.hash()[:16]
    publish(DEC)
    assert read_published(shop / "state", DEC).run == home
    publish(DEC, reports=tmp_path / "trial")  # the trial of November was entered once: that is enough
    assert [(entry["as_of"][5:7], entry["run"]) for entry in lines(shop)] == [("11", home), ("11", trial.hash()[:16]), ("11", home), ("12", home)]


def test_another_configuration_in_the_same_folder_has_a_memory_of_its_own(publish, config, shop, tmp_path):
    publish(NOV, settings=config.replace(name="Other shop"), reports=tmp_path / "other")
    report = publish(DEC)
    assert json.loads((report / "manifest.json").read_text())["state_hash"] is None
    assert read_published(shop / "state", DEC, name="Other shop").as_of == NOV
    assert read_published(shop / "state", DEC, name="Corner shop") is None
    shutil.copytree(tmp_path / "other" / "2011-11-30", shop / "reports" / "2011-11-30")  # a stranger's report among ours
    publish(DEC)
    assert {entry["config"]["name"]: entry["as_of"] for entry in lines(shop)} == {"Other shop": "2011-11-30", "Corner shop": "2011-12-09"}


@pytest.mark.parametrize("spoil", ["tables/segments.parquet", "tables/customers.parquet", "manifest.json"])
def test_what_is_no_whole_report_is_passed_over(spoil, publish, shop):
    report = publish(NOV)
    shutil.rmtree(shop / "state")
    (report / spoil).write_text("{")
    publish(DEC)
    assert [entry["as_of"] for entry in lines(shop)] == ["2011-12-09"]


def test_the_name_of_a_run_is_no_way_out_of_the_folder(publish, shop):
    report = publish(NOV)
    shutil.rmtree(shop / "state")
    manifest = json.loads((report / "manifest.json").read_text())
    (report / "manifest.json").write_text(json.dumps(manifest | {"run": "x/../../../escaped"}))
    publish(DEC)
    assert [entry["as_of"] for entry in lines(shop)] == ["2011-12-09"]
    assert not list(shop.parent.rglob("*escaped*"))


def test_a_journal_that_cannot_be_read_stops_the_run_before_it_begins(publish, shop):
    publish(NOV)
    path = shop / "state" / "journal.jsonl"
    path.write_text(path.read_text() + "not json\n" + path.read_text())
    with pytest.raises(ConfigurationError, match=r"journal\.jsonl cannot be read: line 2 is not an entry\. Delete that line"):
        publish(DEC)
    assert not (shop / "reports" / "2011-12-09").exists()
