"""The report on paper: its name and day on every sheet, in both scripts, dated by the report; without a browser a sentence before any work."""

import datetime as dt
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from fake_shop import TABLE, cell, chapter, silent
from test_cli import call, lines  # noqa: F401 - fixtures

from analysis.errors import ConfigurationError, PublishFailed
from analysis.report import pdf
from analysis.report.pages import Page, render
from analysis.report.pdf import find_browser, print_reports
from analysis.report.press import make_report

DAY = dt.date(2011, 12, 9)
HOSTILE = "\"; } body { display: none } </style><b>\\ 'Ünï' 客户 (url) @import"


@pytest.fixture(scope="module")
def papers(chromium, printed, tmp_path_factory) -> Path:
    """The report of the fake shop, printed in both languages, and a page whose report has a hostile name."""
    folder = tmp_path_factory.mktemp("papers")
    for lang in ("en", "zh"):
        shutil.copy(printed.report / f"report.{lang}.html", folder)
    print_reports(chromium, folder, DAY, ["en", "zh"])
    (folder / "hostile").mkdir()
    page = Page("whole", "en", "t", HOSTILE, "as of today", "<h1>Still here</h1>" + "<p>Text.</p>" * 90)
    (folder / "hostile" / "report.en.html").write_text(render(page), encoding="utf-8")
    print_reports(chromium, folder / "hostile", DAY, ["en"])
    return folder


def read_sheets(program: str, paper: Path) -> list[str]:
    """Read the text of each sheet."""
    text = subprocess.run([program, "-layout", "-enc", "UTF-8", paper, "-"], capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


@pytest.mark.parametrize(("lang", "day", "said"), [("en", "Customers as of 9 Dec 2011", "Champions"), ("zh", "客户状况截至2011年12月9日", "冠军客户")])
def test_every_sheet_says_whose_report_it_is_of_which_day_and_which_sheet(lang, day, said, papers, pdftotext):
    sheets = read_sheets(pdftotext, papers / f"report.{lang}.pdf")
    assert 4 <= len(sheets) <= 14  # three short chapters, each on a sheet of its own, and the glossary
    for number, sheet in enumerate(sheets, start=1):
        first, *_, last = [line for line in sheet.splitlines() if line.strip()]
        assert first.split()[: 2 + len(day.split())] == ["Corner", "shop", *day.split()], number
        assert "".join(last.split()) == f"{number}/{len(sheets)}"
    assert said in sheets[0]  # the summary comes first
    assert not re.search("Skip to the content|Previous:|跳到正文|上一章", "".join(sheets))


def test_a_hostile_name_is_the_head_of_every_sheet_and_hides_nothing(papers, pdftotext):
    sheets = read_sheets(pdftotext, papers / "hostile" / "report.en.pdf")
    assert len(sheets) > 1
    assert "Still here" in sheets[0]
    wanted = HOSTILE.replace("\\", " ＼ ").split()  # where a line of the head may end
    assert all(word in sheet for sheet in sheets for word in wanted)


def test_the_letters_of_both_scripts_are_in_the_file(papers, pdftotext):
    program = Path(pdftotext).with_name("pdffonts")
    rows = subprocess.run([program, papers / "report.zh.pdf"], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert rows and all(re.search(r" (yes|no) +(yes|no) +(yes|no) +\d+ +\d+$", row)[1] == "yes" for row in rows)


def test_it_is_dated_by_the_report_and_the_same_when_printed_again(papers, chromium, tmp_path):
    shutil.copy(papers / "report.zh.html", tmp_path)
    print_reports(chromium, tmp_path, DAY, ["zh"])
    printed = (tmp_path / "report.zh.pdf").read_bytes()
    assert printed == (papers / "report.zh.pdf").read_bytes()
    assert {found[:8] for found in re.findall(rb"/(?:Creation|Mod)Date \(D:(\d+)", printed)} == {b"20111209"}
    assert b"file:" not in printed and str(tmp_path).encode() not in printed and b"workbook-pdf" not in printed


def test_it_is_published_with_the_report_and_for_the_group_only(chromium, config, write, tmp_path):
    notebooks = write({"10_summary": chapter("10_summary", cell(TABLE), save=True)})
    report = make_report(config, DAY, languages=("en",), reports=tmp_path / "reports", notebooks=notebooks, on_progress=silent, pdf=True)
    assert stat.S_IMODE((report / "report.en.pdf").stat().st_mode) == 0o640
    assert not (report / "report.zh.pdf").exists()


def test_without_a_browser_it_says_so_before_any_work(call, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.setenv("WORKBOOK_CHROMIUM", str(tmp_path / "no-such-browser"))
    code, _, said = call("run", "--pdf")  # there is not even a configuration to read
    assert code == 2
    assert "--pdf needs Chromium or Chrome" in " ".join(said.split()) and "no-such-browser" in said
    monkeypatch.delenv("WORKBOOK_CHROMIUM")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigurationError, match="none of chromium, chromium-browser, google-chrome"):
        find_browser()


def test_pdf_is_for_the_whole_report(call):  # noqa: F811
    code, _, said = call("run", "--pdf", "--only", "02")
    assert code == 2 and "give one of the two" in said


@pytest.mark.parametrize(("program", "said"), [("echo out of ink >&2", "made no PDF of the report (en): out of ink."), ("sleep 60", "did not print")])
def test_a_browser_that_fails_publishes_nothing(program, said, config, write, tmp_path, monkeypatch):
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\nexec {program}\n" if "sleep" in program else f"#!/bin/sh\n{program}\n")
    browser.chmod(0o755)
    monkeypatch.setenv("WORKBOOK_CHROMIUM", str(browser))
    monkeypatch.setattr(pdf, "_LONGEST", 2)
    notebooks = write({"10_summary": chapter("10_summary", cell(TABLE), save=True)})
    with pytest.raises(PublishFailed, match=re.escape(said)):
        make_report(config, DAY, languages=("en",), reports=tmp_path / "reports", notebooks=notebooks, on_progress=silent, pdf=True)
    assert [path.name for path in (tmp_path / "reports").iterdir() if path.name != ".lock"] == []
