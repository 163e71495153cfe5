"""A report is published, its Excel file edited in LibreOffice, imported, and the report made again: the edits have changed, and nothing else."""

import datetime as dt
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyarrow.parquet as pq
import pytest
from fake_shop import cell, prose, silent, write_notebooks
from nbformat.v4 import new_notebook

from analysis.config import load_config
from analysis.report.edited import read_edited
from analysis.report.importing import import_edits
from analysis.report.press import make_report
from analysis.texts import Texts
from shops import configure, make_lines

DAY, TODAY = dt.date(2023, 9, 30), dt.date(2023, 10, 3)
NOTE = "=cmd|' /C calc'!A0 <script> 😀 \u202eevil\n\"two\" lines " + "很长" * 2000
PEOPLE = [(f"c{n:03d}", ("Köln", "=1+1", "<b>Bonn</b>", "TRUE")[n % 4], ("enterprise", "individual")[n % 2]) for n in range(1, 40)]
SPACES = {"table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0", "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
          "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"}  # fmt: skip
OPEN = "from analysis.run import open_run\n\nrun = open_run(config_path, as_of=as_of, lang=lang, run_dir=run_dir)"


@pytest.fixture(scope="module")
def office(libreoffice, tmp_path_factory):
    """Save a file in another format with LibreOffice."""
    home = tmp_path_factory.mktemp("office")

    def save(path: Path, kind: str) -> Path:
        folder = home / f"{len(list(home.iterdir()))}"
        words = [libreoffice, "--headless", f"-env:UserInstallation=file://{home}/profile", "--convert-to", kind, "--outdir", folder, path]
        done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr
        return folder / f"{path.stem}.{kind}"

    return save


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A small shop with people of hostile cities."""
    folder = tmp_path_factory.mktemp("shop")
    lines = make_lines(7, customers=40)
    people_columns = {"customer_id": "who", "city": "city", "type": "type"}
    config = configure(folder, {"lines.csv": lines}, people=PEOPLE, people_columns=people_columns, languages=("zh", "en"))
    write_chapter(folder)
    return config


def write_chapter(folder: Path) -> None:
    """Write a chapter that seals: all tables, no drawings."""
    questions = [prose("en", "# What is there?\n\nEverything."), prose("zh", "# 有什么\n\n全部。")]
    parameters = 'config_path = "workbook.toml"\nas_of = "latest"\nlang = "en"\nrun_dir = ""'
    chapter = new_notebook(cells=[*questions, cell(parameters, "parameters"), cell(OPEN), cell('run.seal("10_summary")', "seal")])
    for number, each in enumerate(chapter.cells):
        each["id"] = f"cell-{number}"
    write_notebooks(folder / "notebooks", {"10_summary": chapter})


def publish(config, day=DAY) -> Path:
    """Make the report."""
    return make_report(
        config, day, languages=config.languages[:1], reports=config.folder / "reports", notebooks=config.folder / "notebooks", on_progress=silent
    )


def take(config, path, **options):
    """Import a file."""
    return import_edits(config, path, reports=config.folder / "reports", today=TODAY, reason="asked", author="Mei", **options)


def read(report: Path) -> pd.DataFrame:
    """Read the customers of a report, every missing value None."""
    frame = pq.read_table(report / "tables" / "customers.parquet").to_pandas(date_as_object=True).set_index("customer_id")
    return frame.astype(object).where(frame.notna(), None)


def name(kind: str, tag: str) -> str:
    """Name an element or attribute of a flat OpenDocument file."""
    return f"{{{SPACES[kind]}}}{tag}"


def spread(row: ET.Element) -> Iterator[ET.Element]:
    """Give the cells of a row by their columns, each standing for one."""
    for each in list(row):
        for _ in range(int(each.get(name("table", "number-columns-repeated"), 1))):
            yield each


def edit(path: Path, sheet: str, edits: dict[tuple[str, str], str]) -> None:
    """Write texts into cells of a flat OpenDocument file, by customer (in the first column) and title, as if typed."""
    for _, (prefix, space) in ET.iterparse(path, events=["start-ns"]):
        ET.register_namespace(prefix, space)  # LibreOffice knows the file by its prefixes
    tree = ET.parse(path)
    [table] = [each for each in tree.iter(name("table", "table")) if each.get(name("table", "name")) == sheet]
    rows = list(table.iter(name("table", "table-row")))
    titles = ["".join(each.itertext()).strip() for each in spread(rows[0])]
    done = set()
    for row in rows[1:]:
        cells = list(spread(row))
        who = "".join(cells[0].itertext()).strip() if cells else ""
        wanted = {titles.index(title): text for (customer, title), text in edits.items() if customer == who}
        if not wanted:
            continue
        for each in list(row):
            row.remove(each)
        for at, old in enumerate(cells[: len(titles)]):
            made = ET.SubElement(row, old.tag, {key: value for key, value in old.attrib.items() if key != name("table", "number-columns-repeated")})
            made.extend(list(old))
            if at in wanted:
                for key in [key for key in made.attrib if key.startswith((f"{{{SPACES['office']}}}", f"{{{SPACES['calcext']}}}"))]:
                    del made.attrib[key]
                for child in list(made):
                    made.remove(child)
                made.set(name("office", "value-type"), "string")
                for line in wanted[at].split("\n"):
                    ET.SubElement(made, name("text", "p")).text = line
                done.add((who, titles[at]))
    assert done == set(edits)
    tree.write(path, encoding="utf-8", xml_declaration=True)


@pytest.fixture(scope="module")
def told(shop, office, tmp_path_factory):
    """The whole way: a report, its file edited in LibreOffice, imported, and the report made again."""
    folder = tmp_path_factory.mktemp("edited")
    first = publish(shop)
    before = read(first)
    saved = {kind: take(shop, office(first / "customers.xlsx", kind)).taken for kind in ("xlsx", "ods")}  # saved, not edited
    zh = Texts("zh")
    one, two, three, four = before.index[before.need == "basic"][:4]
    wanted = {
        (one, "need"): ("high_end", zh.value("need", "high_end")),
        (two, "relationship"): ("prospect", zh.value("relationship", "prospect")),
        (one, "tag_win_back"): (not before.at[one, "tag_win_back"], "否" if before.at[one, "tag_win_back"] else "是"),
        (three, "tag_spending"): ("mid" if before.at[three, "tag_spending"] != "mid" else "low", ""),
        (three, "tag_orders_per_year"): (123.5, "123.5"),
        (four, "owner"): ("=1+1", "=1+1"),
        (four, "notes"): (NOTE, NOTE),
    }
    wanted[three, "tag_spending"] = (wanted[three, "tag_spending"][0], zh.value("tag_spending", wanted[three, "tag_spending"][0]))
    titles = read_edited(first / "customers.xlsx", shop).titles
    flat = office(first / "customers.xlsx", "fods")
    edit(flat, zh.say("sheet-customers"), {(who, titles[column]): text for (who, column), (_, text) in wanted.items()})
    path = office(flat, "xlsx").rename(folder / "mine.xlsx")
    done = take(shop, path)
    second = publish(shop)
    return SimpleNamespace(before=before, after=read(second), saved=saved, wanted=wanted, done=done, report=second)


def test_a_file_that_was_only_saved_has_no_edits(told):
    assert told.saved == {"xlsx": (), "ods": ()}


def test_what_was_edited_was_taken(told):
    assert {(each.customer_id, each.column) for each in told.done.taken} == set(told.wanted) and told.done.warnings == ()


def test_exactly_the_edits_changed_and_nothing_else(told):
    """Everything of everybody is compared: a cell may differ where somebody edited it, and `overridden` in these rows; the computed values are those of before."""
    before, after = told.before, told.after
    computed = {
        "need": "need_computed",
        "relationship": "relationship_computed",
        **{name: f"computed_{name}" for _, name in told.wanted if name.startswith("tag_")},
    }
    assert set(after) - set(before) == set(computed.values()) and set(before) <= set(after)
    expected = before.assign(**{beside: before[name] for name, beside in computed.items()})
    for (who, column), (value, _) in told.wanted.items():
        expected.at[who, column] = value
    for who in {who for who, _ in told.wanted}:
        names = [column for column in before if (who, column) in told.wanted and column not in ("owner", "notes")]
        expected.at[who, "overridden"] = ", ".join(names) or None
    different = [
        (who, name, expected.at[who, name], after.at[who, name]) for name in expected for who in expected.index if expected.at[who, name] != after.at[who, name]
    ]
    assert list(after.index) == list(before.index) and different == []


def test_the_new_file_shows_the_edits_and_has_none_itself(told, shop, office):
    again = office(told.report / "customers.xlsx", "xlsx")
    assert take(shop, again).taken == ()
    rows = read_edited(again, shop).rows.set_index("customer_id")
    [who] = [who for who, column in told.wanted if column == "notes"]
    assert rows.at[who, "notes"] == NOTE and rows.at[who, "owner"] == "=1+1"
    titles = read_edited(again, shop).titles
    [who] = [who for who, column in told.wanted if column == "relationship"]
    flat = office(told.report / "customers.xlsx", "fods")
    edit(flat, Texts("zh").say("sheet-customers"), {(who, titles["relationship"]): ""})
    back = take(shop, office(flat, "xlsx"), dry_run=True).taken
    assert [(each.customer_id, each.column, each.value) for each in back] == [(who, "relationship", None)]


def test_the_tables_of_tags_and_the_notes_follow(told):
    tags = pq.read_table(told.report / "tables" / "tags.parquet").to_pandas().set_index(["customer_id", "tag"]).value
    who = next(who for who, column in told.wanted if column == "tag_orders_per_year")
    assert float(tags[who, "orders_per_year"]) == 123.5


def test_the_file_of_the_sample_shop_saved_in_libreoffice_has_no_edits(root, office, tmp_path):
    """Answers, contacts, attributes, every tag and class there is: a cell that is not read as it was written would be an edit or a problem."""
    shutil.copy(root / "workbook.toml", tmp_path)
    shutil.copytree(root / "data/raw/sample", tmp_path / "data/raw/sample")
    write_chapter(tmp_path)
    config = load_config(tmp_path / "workbook.toml")
    report = publish(config, dt.date(2025, 12, 31))
    assert take(config, office(report / "customers.xlsx", "xlsx")).taken == ()
