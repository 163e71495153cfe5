"""Who reads a report: outside, pages and nothing else; inside, what the contract says; neither replaces the other."""

import datetime as dt
import json
import re
from html import unescape

import pytest
from fake_shop import silent, three_chapters, write_notebooks

from analysis.errors import ConfigurationError
from analysis.report.catalogue import list_reports
from analysis.report.journal import enter_reports
from analysis.report.press import make_report
from analysis.report.verify import verify
from analysis.state import read_journal

DAY = dt.date(2011, 12, 9)


@pytest.fixture
def publish(config, tmp_path):
    """Publish the report of the fake shop for a kind of reader."""
    notebooks = write_notebooks(tmp_path / "notebooks", three_chapters("0" * 64))

    def make(profile, *, reports=tmp_path / "reports", **more):
        settled = config.replace(pages={"profile": profile})
        return make_report(settled, DAY, languages=("en", "zh"), reports=reports, notebooks=notebooks, on_progress=silent, **more)

    return make


def test_readers_outside_get_pages_and_nothing_else(publish, config, tmp_path):
    report = publish("external")
    files = sorted(str(path.relative_to(report)) for path in report.rglob("*") if path.is_file())
    assert files and {name.rpartition(".")[2] for name in files} == {"html"}
    assert {path.name for path in report.iterdir()} == {"en", "zh", "index.html", "report.en.html", "report.zh.html"}
    card = json.loads(unescape(re.search(r'<meta name="workbook-report" content="([^"]*)">', (report / "index.html").read_text())[1]))
    assert card["key_figures"] == [{"measure": "customers", "value": None, "previous": None}, {"measure": "monetary", "value": "10.00", "previous": "8.00"}]
    assert {key: card[key] for key in ("name", "as_of", "languages", "currency", "profile")} == {
        "name": "Corner shop", "as_of": "2011-12-09", "languages": ["en", "zh"], "currency": "GBP", "profile": "external",
    }  # fmt: skip
    assert "sales.csv" not in json.dumps(card) and "sha256" not in json.dumps(card)
    listed = list_reports(report.parent)
    assert [(each.as_of, each.name, each.profile, tuple(each.languages)) for each in listed] == [(DAY, "Corner shop", "external", ("en", "zh"))]
    assert "Corner shop" in (report.parent / "index.html").read_text()
    assert not read_journal(config.folder / "state"), "what was given away is not what was reported"
    enter_reports(config, report.parent)
    assert not read_journal(config.folder / "state")
    with pytest.raises(ConfigurationError, match=r"has pages only.*nothing in it to run again"):
        verify(report, config.folder / "workbook.toml")


def test_pages_say_for_whom_they_are(publish, tmp_path):
    outside = (publish("external") / "en" / "01_first.html").read_text()
    assert "Written for readers outside: numbers that stand for fewer than 10 customers are withheld" in outside and "not to be forwarded" not in outside
    within = publish("analyst", reports=tmp_path / "within")
    assert "internal: not to be forwarded" in (within / "en" / "01_first.html").read_text()
    assert "内部资料，请勿转发" in (within / "report.zh.html").read_text()
    assert (within / "manifest.json").is_file() and list_reports(within.parent)[0].profile == "analyst"


@pytest.mark.parametrize(("first", "second"), [("manager", "external"), ("external", "manager"), ("analyst", "manager")])
def test_a_report_for_some_readers_never_replaces_one_for_others(publish, first, second):
    report = publish(first)
    before = (report / "index.html").read_bytes()
    with pytest.raises(ConfigurationError, match=rf"is a report for the profile '{first}', this one would be for '{second}'.*--reports"):
        publish(second)
    assert (report / "index.html").read_bytes() == before
    assert publish(first) == report, "the same readers get the new one"


def test_a_report_for_readers_outside_is_not_printed(publish, tmp_path):
    with pytest.raises(ConfigurationError, match=r"pages only: leave out --pdf"):
        publish("external", pdf=True)
    assert not (tmp_path / "reports").exists()
