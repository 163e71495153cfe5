"""The whole road as a scheduler walks it: the sample shop, the command, the real notebooks, the published report."""

import csv
import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from accessibility import WIDTHS, audit, listen, miss_without_scripts

from analysis.data.sample import make_shop
from analysis.schemas import SCHEMAS

AS_OF = "2025-12-31"
CHAPTERS = ("01_cleaning", "02_rfm", "03_clusters", "04_lifecycle", "05_value", "08_classification", "10_summary")


def workbook(shop: Path, *words: object) -> subprocess.CompletedProcess:
    """Call the command from the folder of the shop."""
    return subprocess.run([Path(sys.executable).with_name("workbook"), *map(str, words)], cwd=shop, capture_output=True, text=True, timeout=1200, check=False)


@pytest.fixture(scope="module")
def shop(root, tmp_path_factory) -> Path:
    """The sample shop in a folder of its own: what is remembered of this test's reports does not stay in the project."""
    folder = tmp_path_factory.mktemp("shop")
    shutil.copy(root / "workbook.toml", folder)
    shutil.copytree(root / "data/raw/sample", folder / "data/raw/sample")
    return folder


@pytest.fixture(scope="module")
def reports(shop, tmp_path_factory) -> Path:
    """A reports folder with the report of the sample shop."""
    folder = tmp_path_factory.mktemp("reports")
    done = workbook(shop, "run", "--as-of", AS_OF, "--reports", folder, "--profile")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"{AS_OF} published {folder / AS_OF}"
    (folder.parent / f"{folder.name}.said").write_text(done.stderr, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(reports) -> Path:
    """The published report."""
    return reports / AS_OF


def test_everything_that_was_promised_lies_there(report, reports):
    pages = {f"{lang}/{chapter}.html" for lang in ("en", "zh") for chapter in (*CHAPTERS, "glossary")} | {"index.html", "report.en.html", "report.zh.html"}
    notebooks = {f"notebooks/{chapter}.{lang}.ipynb" for lang in ("en", "zh") for chapter in CHAPTERS}
    tables = {f"tables/{name}.parquet" for name in SCHEMAS}
    found = {path.relative_to(report).as_posix() for path in report.rglob("*") if path.is_file()}
    assert found == pages | notebooks | tables | {"customers.xlsx", "manifest.json"}
    assert (reports / "index.html").is_file()
    assert all(path.stat().st_mode & 0o777 == 0o640 for path in report.rglob("*") if path.is_file())


def test_the_report_keeps_the_public_contract(report, root):
    checker = root.parent / "shared" / "check_report.py"
    if not checker.is_file():
        pytest.skip("needs ../shared/check_report.py")
    checked = subprocess.run([sys.executable, checker, report], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout.strip()) == (0, f"{report}: holds")


def test_the_summary_says_what_the_clean_shop_holds(report):
    """The sample knows its clean order lines: who bought and kept something, and for how much, without any of our cleaning."""
    lines = make_shop().transactions
    left = (lines.quantity * lines.unit_price).groupby(lines.customer_id).sum()
    buyers, money = int((left > 0).sum()), float(left.sum())
    page = html.unescape((report / "index.html").read_text(encoding="utf-8"))
    assert f"{buyers:,} customers and CN¥{money / 1e6:.2f}M of revenue" in page
    chinese = html.unescape((report / "zh" / "10_summary.html").read_text(encoding="utf-8"))
    assert f"¥{money / 1e4:.1f}万" in chinese


def test_the_manifest_tells_where_the_numbers_come_from(report, root):
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    assert {"config", "as_of", "time_zone", "languages", "inputs", "versions", "git_commit", "seed", "duration_s", "ledger", "warnings"} <= set(manifest)
    assert (manifest["as_of"], manifest["time_zone"], manifest["languages"]) == (AS_OF, "Asia/Shanghai", ["en", "zh"])
    files = {entry["name"]: entry["records"] for entry in manifest["inputs"]}
    lines, besides = ("transactions-2023", "transactions-2024", "transactions-2025"), ("customers", "feedback", "events")
    assert set(files) == {f"data/raw/sample/{name}.csv" for name in (*lines, *besides)}
    assert sum(files[f"data/raw/sample/{name}.csv"] for name in lines) == sum(step["rows"] for step in manifest["ledger"] if step["action"] == "input")


def test_no_page_names_a_person(report, root):
    """Names, phones, e-mails and addresses of the customer master are in no page, notebook or file of the report."""
    with (root / "data/raw/sample/customers.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    secrets = {person[column].strip() for person in people for column in ("姓名", "手机", "邮箱", "地址") if len(person[column].strip()) >= 6}
    assert len(secrets) > 2000
    for path in [*report.rglob("*.html"), *report.rglob("*.ipynb")]:
        text = html.unescape(path.read_text(encoding="utf-8"))
        assert not [secret for secret in secrets if secret in text], path.name


def test_a_repetition_writes_the_same_bytes(report, shop, tmp_path):
    code = f"from analysis.run import open_run; print(open_run('workbook.toml', as_of='{AS_OF}', lang='zh', run_dir=r'{tmp_path}').seal('again'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=shop, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [name for name in SCHEMAS if (tmp_path / "tables" / f"{name}.parquet").read_bytes() != (report / "tables" / f"{name}.parquet").read_bytes()] == []


def test_verify_finds_every_output_equal(reports, shop):
    done = workbook(shop, "verify", AS_OF, "--reports", reports)
    assert done.stdout.strip() == f"{AS_OF}: every output is equal"
    assert done.returncode == 0


def test_list_shows_it(reports, shop):
    assert workbook(shop, "list", "--reports", reports).stdout.startswith(f"{AS_OF}  sample-shop  en,zh")


def test_one_chapter_alone_publishes_nothing(reports, shop):
    before = sorted(path.as_posix() for path in reports.rglob("*"))
    done = workbook(shop, "run", "--as-of", AS_OF, "--reports", reports, "--lang", "zh", "--only", "04_lifecycle")
    assert done.returncode == 0, done.stderr
    page = Path(done.stdout.split()[-1])
    assert page.name == "04_lifecycle.html"
    assert 'lang="zh' in page.read_text(encoding="utf-8")
    assert sorted(path.as_posix() for path in reports.rglob("*")) == before


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_opens_quietly_in_chromium(width, browser, reports):
    noise, wide = [], []
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else noise.append(request.url))
    for path in sorted(reports.rglob("*.html")):
        page.goto(path.as_uri())
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path.name)
        if width == 390 and page.evaluate("[...document.querySelectorAll('table.cards')].some(table => table.getBoundingClientRect().right > innerWidth)"):
            wide.append(f"cards of {path.name}")
    page.close()
    assert (noise, wide) == ([], [])


def test_the_run_said_what_it_took(reports, shop):
    """14,126 lines are in the committed files of the shop; the parts add up to the whole; every chapter, its cells and its tables are there."""
    said = (reports.parent / f"{reports.name}.said").read_text(encoding="utf-8")
    assert re.search(r"14,126 order lines in [\d,.]+ s: [\d,]+ a second; peak memory [\d,]+ MB \([\d,]+ MB for the chapters and the engine, [\d,]+ MB", said)
    profile = json.loads((shop / "state" / f"profile-{AS_OF}.json").read_text(encoding="utf-8"))
    assert profile["rows"] == 14_126
    assert sum(part["whole"] for part in profile["parts"].values()) == pytest.approx(profile["seconds"], abs=0.01)
    assert {f"{chapter} ({lang})" for chapter in CHAPTERS for lang in ("en", "zh")} | {"pages", "publishing"} <= set(profile["parts"])
    assert all(100 * 2**20 < peak < 8 * 2**30 for peak in profile["peak_bytes"].values())
    tables = profile["tables"]
    assert set(SCHEMAS) - {"products", "feedback", "effects"} <= set(tables)
    assert tables["customers"]["rows"] == duckdb.sql(f"select count(*) from '{reports}/{AS_OF}/tables/customers.parquet'").fetchone()[0]
    assert sum(table["own"] for table in tables.values()) < profile["seconds"]


def test_customers_add_up_to_the_ledger(report):
    con = duckdb.connect()
    kept = con.execute(f"select amount_after from '{report}/tables/ledger.parquet' where action = 'kept'").fetchone()
    assert con.execute(f"select sum(monetary) from '{report}/tables/customers.parquet'").fetchone() == kept


def test_every_page_of_the_sample_is_for_every_reader(report, browser):
    """Axe-core finds nothing, the console is quiet, nothing is fetched or cut off, and all is there without scripts; the pages in one file on the phone alone."""
    paths = sorted(report.rglob("*.html"))
    chapters = [path for path in paths if not path.name.startswith("report.")]
    assert len(chapters) < len(paths)
    assert audit(browser, chapters, width=1440) == {}
    assert audit(browser, paths, width=390) == {}
    assert [noise for width in WIDTHS for noise in listen(browser, paths, width=width)] == []
    assert miss_without_scripts(browser, paths) == []
