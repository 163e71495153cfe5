"""The press from end to end, with small chapters: what comes out, and that nothing comes out when something is wrong."""

import datetime as dt
import errno
import json
import re
import stat
import time
import zipfile
from pathlib import Path

import duckdb
import nbformat
import pytest
from fake_shop import TABLE, cell, chapter, silent

from analysis.errors import ChapterFailed, ConfigurationError, DataRefused, Locked, PublishFailed
from analysis.report.catalogue import list_reports
from analysis.report.chapters import check_parameters, find_chapters
from analysis.report.execute import run_chapters
from analysis.report.press import make_chapter, make_report
from analysis.report.publish import locked
from analysis.schemas import SCHEMAS

DAY = dt.date(2011, 12, 9)


def run(config, notebooks, tmp_path, languages=("en",)):
    return make_report(config, DAY, languages=languages, reports=tmp_path / "reports", notebooks=notebooks, on_progress=silent)


def left_in(reports):
    return sorted(path.name for path in reports.iterdir() if path.name != ".lock")


def test_the_report_has_every_file_of_the_contract_and_no_other(printed):
    names = {str(path.relative_to(printed.report)) for path in printed.report.rglob("*") if path.is_file()}
    pages = {f"{lang}/{name}.html" for lang in ("en", "zh") for name in ("01_first", "02_second", "10_summary", "glossary")}
    kept = {f"notebooks/{name}.{lang}.ipynb" for lang in ("en", "zh") for name in ("01_first", "02_second", "10_summary")}
    tables = {f"tables/{name}.parquet" for name in SCHEMAS}
    assert names == {"index.html", "report.en.html", "report.zh.html", "customers.xlsx", "manifest.json"} | pages | kept | tables
    assert left_in(printed.report.parent) == ["2011-12-09", "index.en.html", "index.html", "index.zh.html"]


def test_files_are_for_the_group_only(printed):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in printed.report.rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in [printed.report, *printed.report.rglob("*")] if path.is_dir()}
    assert (modes, folders) == ({0o640}, {0o750})


def test_progress_counts_every_code_cell_once(printed):
    steps = [step for step in printed.progress if step[0]]
    total = steps[-1][1]
    code = sum(
        each.cell_type == "code"
        for path in printed.notebooks.glob("[01][0-9]_*.ipynb")
        if not path.name.startswith("00")
        for each in nbformat.read(path, 4).cells
    )
    assert total == 2 * (code + 3)  # two languages; one injected cell in each of the three chapters
    assert sorted({done for done, *_ in steps}) == list(range(1, total + 1))
    assert {name for *_, name in steps} <= {f"{name} ({lang})" for name in ("01_first", "02_second", "10_summary") for lang in ("en", "zh")} | {"reckoning"}


def test_pages_speak_their_language_and_only_that(printed):
    english, chinese = ((printed.report / lang / "01_first.html").read_text() for lang in ("en", "zh"))
    assert '<html lang="en">' in english
    assert "How much?" in english
    assert "有多少" not in english
    assert '<html lang="zh-Hans">' in chinese
    assert "有多少" in chinese
    assert "How much?" not in chinese


def test_pages_show_no_code_no_seal_and_no_number_of_a_cell(printed):
    for page in printed.report.rglob("*.html"):
        text = page.read_text()
        assert not re.search(r"SEALED|import pandas|config_path|In \[|Out\[|&lt;chart", text), page


def test_index_is_the_summary_in_the_first_language(printed):
    index = (printed.report / "index.html").read_text()
    assert "What does 10_summary say?" in index
    assert 'href="en/01_first.html"' in index
    assert 'href="zh/10_summary.html"' in index
    for address in re.findall(r'<a[^>]* href="(?!data:text/csv)([^"#]+)"', index):
        assert (printed.report / address).exists(), address


def test_every_link_of_every_page_leads_somewhere(printed):
    for page in printed.report.parent.rglob("*.html"):
        text = page.read_text()
        ids = set(re.findall(r' id="([^"]+)"', text))
        for address in re.findall(r'<a[^>]* href="(?!data:text/csv)([^"]+)"', text):
            place, _, anchor = address.partition("#")
            assert (page.parent / place).exists(), (page, address)
            assert place or anchor in ids, (page, address)
        assert not re.search(r'href="[^"]*(xlsx|parquet|ipynb|json)', text)


def test_the_whole_report_has_the_summary_first_and_one_main_heading(printed):
    text = (printed.report / "report.en.html").read_text()
    assert re.findall(r'<section class="chapter" id="([^"]+)"', text) == ["10_summary", "01_first", "02_second", "glossary"]
    assert len(re.findall("<h1", text)) == 1
    assert text.count("<figure>") == 4


def test_charts_carry_their_finding_and_their_description(printed):
    text = (printed.report / "en" / "01_first.html").read_text()
    assert "<figcaption>Champions bring three quarters of the money</figcaption>" in text
    assert re.search(r'<svg [^>]*role="img" aria-label="Three bars, the first is the tallest"', text)


def test_archived_notebooks_name_no_place_and_run_beside_a_configuration(printed):
    for path in (printed.report / "notebooks").glob("*.ipynb"):
        text = path.read_text()
        assert str(printed.report.parents[1]) not in text
        assert "/tmp" not in text
        cells = nbformat.read(path, 4).cells
        injected = [each.source for each in cells if "injected-parameters" in each.metadata.tags]
        assert injected == [f'# Parameters\nconfig_path = "workbook.json"\nas_of = "2011-12-09"\nrun_dir = ""\nlang = "{path.name.split(".")[1]}"\n'] or set(
            injected[0].split("\n")
        ) >= {'config_path = "workbook.json"', 'as_of = "2011-12-09"', 'run_dir = ""', f'lang = "{path.name.split(".")[1]}"'}
        assert not any(output.output_type == "error" or output.get("name") == "stderr" for each in cells for output in each.get("outputs", ()))


def test_the_manifest_says_what_the_report_depends_on(printed):
    manifest = json.loads((printed.report / "manifest.json").read_text())
    assert set(
        "config config_hash state_hash as_of time_zone languages inputs versions git_commit seed duration_s ledger warnings key_figures run".split()
    ) <= set(manifest)
    assert manifest["as_of"] == "2011-12-09"
    assert manifest["languages"] == ["en", "zh"]
    assert manifest["config"]["name"] == "Corner shop"
    assert manifest["warnings"] == ["Two rows cannot be read."]
    assert manifest["versions"]["duckdb"] == duckdb.__version__
    assert not (printed.report / "facts.json").exists()


def test_the_list_of_reports_tells_key_figures(printed):
    [listed] = list_reports(printed.report.parent)
    assert (listed.as_of, listed.name, listed.languages) == (DAY, "Corner shop", ("en", "zh"))
    text = (printed.report.parent / "index.html").read_text()
    assert "£10.00" in text
    assert 'href="2011-12-09/index.html"' in text
    assert 'href="2011-12-09/report.zh.html"' in text


def test_two_runs_give_the_same_bytes_but_for_the_time_it_took(config, write, tmp_path):
    notebooks = write({"10_summary": chapter("10_summary", cell(TABLE), save=True)})
    report = run(config, notebooks, tmp_path)
    first = {path.relative_to(report): path.read_bytes() for path in report.rglob("*") if path.is_file()}
    report = run(config, notebooks, tmp_path)  # in the place of the first one
    second = {path.relative_to(report): path.read_bytes() for path in report.rglob("*") if path.is_file()}
    assert {str(name) for name in first if first[name] != second.get(name)} <= {"manifest.json"}
    assert first.keys() == second.keys()
    assert left_in(report.parent) == ["2011-12-09", "index.en.html", "index.html", "index.zh.html"]


def test_two_kernels_serve_all_chapters_and_forget_in_between(config, write, tmp_path):
    look = cell("import os; leaked = 'secret' in globals(); secret = 1; print(os.getpid(), leaked)")
    notebooks = write({"01_first": chapter("01_first", look), "10_summary": chapter("10_summary", look, save=True)})
    report = run(config, notebooks, tmp_path, ("en", "zh"))
    executed = [[each for each in nbformat.read(path, 4).cells if each.cell_type == "code"] for path in sorted((report / "notebooks").iterdir())]
    assert [[each.execution_count for each in cells] for cells in executed] == [[1, 2, 3, 4, 5, 6]] * 4
    said = [output.text.split() for cells in executed for each in cells for output in each.outputs if "text" in output]
    assert [leaked for _, leaked in said] == ["False"] * 4
    processes = {process for process, _ in said}
    assert len(processes) <= 2
    assert not any(Path(f"/proc/{process}").exists() for process in processes)


BROKEN = {
    "a failing cell": (chapter("01_bad", cell("1 / 0")), r"01_bad \(en\), code cell 3 \(1 / 0\): ZeroDivisionError: division by zero"),
    "a quiet exit": (chapter("01_bad", cell("import sys\nsys.exit(0)")), r"01_bad \(en\), code cell 3 \(import sys\): SystemExit: 0"),
    "a dead kernel": (chapter("01_bad", cell("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")), r"01_bad \(en\), code cell 3 .*the kernel died"),
    "a warning": (chapter("01_bad", cell("import warnings; warnings.warn('mind the gap')")), r"code cell 3 .*wrote a warning.*"),
    "a seal that does not add up": (chapter("01_bad", cell("Seal.__repr__ = lambda self: 'SEALED ' + json.dumps({'chapter': '01_bad', 'lang': 'en', 'run': '1', 'rows_in': 5, "
                                                           "'rows_kept': 3, 'rows_out': 1, 'money_in': '1', 'money_kept': '1', 'money_out': '0', 'conserved': True})")),
                                    "what went in is not what was kept plus what was taken out"),
    "the seal of another chapter": (chapter("01_bad", cell("_Seal = Seal; Seal = lambda name: _Seal('02_other')")), "the seal is that of 02_other"),
    "a seal unsaid": (chapter("01_bad", cell("Seal.__repr__ = lambda self: 'done'")), "ended without its seal"),
    "another run": (chapter("01_bad", cell("run_id = 'another'")), "speaks of another run"),
    "no tables": (chapter("01_bad"), "left no 'tables/"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_chapter_publishes_nothing(what, config, write, tmp_path):
    notebook, message = BROKEN[what]
    summary = {"10_summary": chapter("10_summary", save=what != "no tables")}
    with pytest.raises(ChapterFailed, match=message) as caught:
        run(config, write({"01_bad": notebook, **summary}), tmp_path)
    assert caught.value.exit_code == 1
    assert "\n" not in str(caught.value)
    assert left_in(tmp_path / "reports") == []


def _without(notebook, tag):
    for each in notebook.cells:
        if tag in each.metadata.get("tags", ()):
            each.metadata["tags"] = []
    return notebook


@pytest.mark.parametrize(
    ("notebook", "message"),
    [
        (_without(chapter("01_bad"), "parameters"), "carries the tag `parameters`"),
        (_without(chapter("01_bad"), "seal"), "carries the tag `seal`"),
        (nbformat.v4.new_notebook(cells=[cell("as_of = ''", "parameters"), cell("1", "seal")]), "the parameters cell sets 'as_of'"),
    ],
)
def test_a_notebook_that_is_no_chapter_is_refused_before_a_kernel_starts(notebook, message, config, write, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.report.kernel.WarmKernel.manager", lambda self: pytest.fail("a kernel was started"))
    with pytest.raises(ChapterFailed, match=message):
        run(config, write({"01_bad": notebook}), tmp_path)


def test_a_refusal_inside_a_cell_comes_out_as_itself(config, write, tmp_path):
    notebook = chapter("01_bad", cell("from analysis.errors import DataRefused\nraise DataRefused('sales.csv: row 7 has no date.')"))
    with pytest.raises(DataRefused, match="^sales.csv: row 7 has no date.$") as caught:
        run(config, write({"01_bad": notebook}), tmp_path)
    assert caught.value.exit_code == 3


def test_a_shortage_inside_a_cell_is_no_defect_of_a_chapter(config, write, tmp_path):
    short = "import duckdb\nraise duckdb.OutOfMemoryException('Out of Memory Error: failed to pin block of size 256.0 KiB (3.7 GiB/3.7 GiB used)')"
    with pytest.raises(ConfigurationError, match=r"^The memory that tables may use is too little .*memory_limit under \[engine\]") as caught:
        run(config, write({"01_big": chapter("01_big", cell(short))}), tmp_path)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"as_off": "2011-12-09"}, "unknown parameter 'as_off'"),
        ({"__import__('os').system('true')\nx": ""}, "unknown parameter"),
        ({"as_of": DAY}, "as_of is text"),
        ({"as_of": "09.12.2011"}, "as_of is a date"),
        ({"lang": "xx"}, "lang is one of en, zh"),
    ],
)
def test_parameters_are_checked_against_what_notebooks_take(parameters, message):
    with pytest.raises(ConfigurationError, match=message):
        check_parameters({"config_path": "w.toml", "as_of": "2011-12-09", "lang": "en", "run_dir": ""} | parameters)


def test_a_cell_that_hangs_is_stopped(write):
    notebooks = write({"01_slow": chapter("01_slow", cell("import time; time.sleep(60)"))})
    parameters = {"config_path": "w.toml", "as_of": "2011-12-09", "run_dir": ""}
    notebook = nbformat.read(notebooks / "01_slow.ipynb", 4)
    notebook.cells = [each for each in notebook.cells if "SCHEMAS" not in each.source]  # no set-up: nothing slow but the sleep
    nbformat.write(notebook, notebooks / "01_slow.ipynb")
    with pytest.raises(ChapterFailed, match="code cell 2 .*took too long"):
        run_chapters(find_chapters(notebooks), languages=["en"], parameters=parameters, on_progress=silent, cell_seconds=2)


def test_a_run_out_of_time_begins_no_chapter(write, monkeypatch):
    monkeypatch.setattr("analysis.report.kernel.WarmKernel.manager", lambda self: pytest.fail("a kernel was started"))
    parameters = {"config_path": "w.toml", "as_of": "2011-12-09", "run_dir": ""}
    with pytest.raises(ChapterFailed, match=r"01_late \(en\) was not begun: the time for the whole report, -1 s, is used up"):
        run_chapters(find_chapters(write({"01_late": chapter("01_late")})), languages=["en"], parameters=parameters, on_progress=silent, all_seconds=-1)


def in_languages(shop, tmp_path, notebooks, told=None):
    """Run chapters in two languages that leave something behind."""
    parameters = {"config_path": str(shop / "workbook.toml"), "as_of": "2011-12-09", "run_dir": str(tmp_path)}
    return run_chapters(find_chapters(notebooks), languages=["en", "zh"], parameters=parameters, on_progress=told or silent)


NOTE = 'import os\nwith open(os.path.join(run_dir, "order.txt"), "a") as file:\n    print(lang, SHA[0], os.getpid(), file=file)'
ASK = 'from analysis.run import open_run\nrun = open_run(config_path, as_of=as_of, lang=lang, run_dir=run_dir)\nmine = run.opened.get("{name}")'


def test_chapters_come_sorted_by_language_whoever_wrote_them_and_every_cell_is_counted_once(shop, write, tmp_path):
    steps = []
    notebooks = write({f"0{number}_some": chapter(f"0{number}_some", cell(NOTE), sha=str(number) * 64) for number in (1, 2, 3)})
    finished = in_languages(shop, tmp_path, notebooks, told=lambda *step: steps.append(step))
    assert [(one.chapter, one.lang) for one in finished] == [(f"0{number}_some", lang) for lang in ("en", "zh") for number in (1, 2, 3)]
    notes = [line.split() for line in (tmp_path / "order.txt").read_text().splitlines()]
    assert sorted(note[:2] for note in notes) == sorted([lang, number] for lang in ("en", "zh") for number in "123")
    assert len({pid for *_, pid in notes}) <= 2
    assert sorted({done for done, *_ in steps} - {0}) == list(range(1, steps[-1][1] + 1))


def test_what_chapters_ask_for_is_reckoned_in_one_kernel_and_told_to_the_other(shop, write, tmp_path):
    look = cell(f"{ASK.format(name='period')}\nprint(type(run.opened).__name__, len(mine))")
    wait = cell("import time\nfrom pathlib import Path\nwhile not Path(run_dir, 'facts.json').is_file():\n    time.sleep(.1)")  # for the first kernel
    finished = in_languages(shop, tmp_path, write({"01_some": chapter("01_some", look, wait), "02_some": chapter("02_some", look)}))
    said = [
        (one.chapter, one.lang, output.text.split())
        for one in finished
        for each in one.notebook.cells
        for output in each.get("outputs", ())
        if "text" in output
    ]
    assert ("01_some", "en", ["Retold", "2"]) in said
    assert len(said) == 4
    assert {what for *_, (what, _length) in said} <= {"Retold", "Opened"}
    assert (tmp_path / "tables" / "customers.parquet").is_file()


def test_what_cannot_be_reckoned_is_said_with_what_was_asked(shop, write, tmp_path):
    with pytest.raises(ConfigurationError, match="There is no table 'no_such'"):
        in_languages(shop, tmp_path, write({"01_some": chapter("01_some", cell(ASK.format(name="no_such")))}))
    broken = 'run = open_run(config_path)\nrun.frame("no_such")'
    with pytest.raises(
        ChapterFailed, match=r"01_some \(reckoning\), code cell 4 \(_ = run.frame\('no_such'\)\): WorkbookError: The table no_such is not among"
    ):
        in_languages(shop, tmp_path, write({"01_some": chapter("01_some", cell(broken))}))


def test_what_goes_wrong_in_one_language_is_said(shop, write, tmp_path):
    notebooks = write({"01_some": chapter("01_some", cell("assert lang == 'en', 'not in Chinese'")), "02_some": chapter("02_some")})
    with pytest.raises(ChapterFailed, match=r"01_some \(zh\), code cell .*AssertionError: not in Chinese"):
        in_languages(shop, tmp_path, notebooks)


def test_one_kernel_ends_when_the_other_fails(shop, write, tmp_path):
    wait = "import os, time\nfrom pathlib import Path\npid = Path(run_dir, 'pid')\n"
    slow = cell(wait + "if lang == 'zh':\n    pid.write_text(str(os.getpid()))\n    time.sleep(600)")
    broken = cell(wait + "while not (pid.is_file() and pid.read_text()):\n    time.sleep(.1)\n1 / 0")
    began = time.monotonic()
    with pytest.raises(ChapterFailed, match=r"02_broken \((en|zh)\), code cell .*ZeroDivisionError"):
        in_languages(shop, tmp_path, write({"01_slow": chapter("01_slow", slow), "02_broken": chapter("02_broken", broken)}))
    assert time.monotonic() - began < 120
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text()}").exists()


def test_an_earlier_report_survives_a_failed_run(config, write, tmp_path):
    report = run(config, write({"10_summary": chapter("10_summary", save=True)}), tmp_path)
    before = (report / "index.html").read_bytes()
    with pytest.raises(ChapterFailed):
        run(config, write({"10_summary": chapter("10_summary", cell("1 / 0"), save=True)}), tmp_path)
    assert (report / "index.html").read_bytes() == before


def test_the_report_of_another_shop_is_not_replaced(config, write, tmp_path):
    notebooks = write({"10_summary": chapter("10_summary", save=True)})
    run(config, notebooks, tmp_path)
    with pytest.raises(ConfigurationError, match=r"is a report of 'Corner shop'; this configuration is called 'Other shop'. Use --reports"):
        run(config.replace(name="Other shop"), notebooks, tmp_path)
    (tmp_path / "reports" / "2011-12-10").mkdir()
    with pytest.raises(ConfigurationError, match="was not made by this workbook"):
        make_report(config, dt.date(2011, 12, 10), languages=("en",), reports=tmp_path / "reports", notebooks=notebooks, on_progress=silent)


def test_a_second_run_at_once_is_told_so(config, write, tmp_path):
    with locked(tmp_path / "reports"), pytest.raises(Locked, match="Another run is writing to") as caught:
        run(config, write({"10_summary": chapter("10_summary", save=True)}), tmp_path)
    assert caught.value.exit_code == 4


def test_a_folder_that_cannot_be_written_is_said_to_be(config, write, tmp_path):
    (tmp_path / "reports").write_text("a file in the way")
    with pytest.raises(PublishFailed, match="cannot be written") as caught:
        run(config, write({"10_summary": chapter("10_summary", save=True)}), tmp_path)
    assert caught.value.exit_code == 5


def test_a_full_disk_publishes_nothing_and_is_said(config, write, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("analysis.report.press.write_manifest", full)
    with pytest.raises(PublishFailed, match=r"could not be written: No space left on device\. Nothing was published\.") as caught:
        run(config, write({"10_summary": chapter("10_summary", save=True)}), tmp_path)
    assert caught.value.exit_code == 5
    assert left_in(tmp_path / "reports") == []


@pytest.mark.parametrize("only", ["01_first", "01", "first"])
def test_one_chapter_can_be_looked_at_without_publishing(only, config, printed):
    found = [each.name for each in find_chapters(printed.notebooks, only)]
    assert found == ["01_first"]


def test_one_chapter_is_rendered_into_a_folder_of_its_own(config, printed, tmp_path):
    page = make_chapter(config, DAY, "first", languages=("zh",), notebooks=printed.notebooks, on_progress=silent)
    assert page.name == "01_first.html"
    assert "冠军客户" in page.read_text()
    assert not (tmp_path / "reports").exists()
    with pytest.raises(ConfigurationError, match="There is no notebook third"):
        make_chapter(config, DAY, "third", languages=("zh",), notebooks=printed.notebooks, on_progress=silent)


def test_the_excel_file_has_its_sheets(printed):
    with zipfile.ZipFile(printed.report / "customers.xlsx") as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert names == ["Read me", "Customers", "Tags", "Tree", "Segments", "Thresholds", "Changes", "Dictionary"]
