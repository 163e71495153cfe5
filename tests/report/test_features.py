"""Row by row, what people expect of classification sheets, tag sheets and classification diagrams, and where it is seen in the reports of the four cases.

A place is `page NAME` (the text of a chapter), `sheet N` (a sheet of customers.xlsx by its place: 0 Read me, 1 Customers, 2 Tags, 3 Tree, 4 Segments,
5 Thresholds, 6 Changes, 7 Dictionary), `titles N` (its first row), or `ledger` (the steps of the cleaning). What only a command shows has a test of its own below.
"""

import io
import stat
from zipfile import ZipFile

import msoffcrypto
import pandas as pd
import pytest
from told_cases import EARLIER
from typer.testing import CliRunner

from analysis.cli import app
from analysis.columns import CONTACT_COLUMNS

CLASSES = "page 08_classification"
PHRASE = "a long password 123"

# row of the list of capabilities, what it is, case, place, what a reader finds there
SEEN = [
    (1, "duplicates found by name and e-mail", "retailer", CLASSES, ["Who stands in the list twice?", "same name and e-mail"]),
    (1, "pseudonyms instead of names", "retailer", "page 01_cleaning", ["C-", "Customers appear under pseudonyms"]),
    (2, "industry, region, frequency and size", "manufacturer", "titles 1", ["Industry", "Region", "Company size", "Order frequency"]),
    (2, "crossed with segments", "manufacturer", CLASSES, ["And which attributes?"]),
    (3, "individual or enterprise", "retailer", "sheet 1", ["Individual", "Enterprise"]),
    (3, "branches with their parents", "manufacturer", CLASSES, ["Which accounts belong together?"]),
    (4, "need, inferred", "ecommerce", CLASSES, ["高端需求", "潜在需求", "基本需求", "推断"]),
    (5, "value by margin, high, mid, low", "manufacturer", CLASSES, ["High value", "Middle value", "Low value", "margin_place <= 80"]),
    (6, "new, old, lost", "education", "sheet 1", ["新学员", "在读学员", "已流失学员"]),
    (6, "coming and going", "retailer", "page 04_lifecycle", ["Lost"]),
    (7, "prospect, existing, key", "manufacturer", "sheet 1", ["Enquired only", "Account", "Key account"]),
    (8, "industry and size", "manufacturer", "sheet 1", ["Chemicals", "Machinery", "large", "sme", "self-employed"]),
    (9, "purchases as read", "retailer", "page 01_cleaning", ["till-2025.csv", "Rows read", "The ledger closes."]),
    (11, "high, mid, low frequency", "education", "sheet 1", ["高频", "中频", "低频"]),
    (11, "frozen numbers", "education", CLASSES, ["frequency >= 4", "frequency >= 2"]),
    (12, "amount, frequency, future value", "retailer", "titles 1", ["RFM", "Revenue", "Shopping trips", "Value expected in 365 days"]),
    (13, "loyalty and its three parts", "retailer", "titles 1", ["Loyalty", "Repeat orders", "Recommendation", "Satisfaction", "Loyalty index"]),
    (13, "apart, with intervals", "education", CLASSES, ["净推荐值", "95% 区间", "忠诚度指数"]),
    (14, "scores and status in the table", "education", "titles 1", ["R 分", "F 分", "M 分", "RFM", "阶段", "价值层级"]),
    (17, "much value, little satisfaction", "ecommerce", "sheet 2", ["高价值低满意", "应尽快联系"]),
    (21, "Excel, and files for BI", "retailer", "sheet 0", ["tables/customers.parquet"]),
    (22, "rules as they stand", "retailer", CLASSES, ["By which rules?", "revenue_place <= 50", "your configuration"]),
    (22, "cut points", "retailer", "titles 5", ["Measure", "Cut", "Value", "Fitted on"]),
    (23, "profile and interests", "ecommerce", "titles 1", ["偏好类目", "性别", "年龄段"]),
    (29, "who is called something else", "manufacturer", "titles 6", ["What changed", "Before", "Now"]),
    (41, "region, industry, behaviour", "manufacturer", "sheet 3", ["Region", "Industry", "Buying behaviour"]),
    (41, "drawn", "manufacturer", CLASSES, ["How does everybody fall into one tree?"]),
    (42, "domestic or international", "manufacturer", "sheet 1", ["Domestic", "International"]),
    (42, "as a tree of its own", "manufacturer", "sheet 3", ["Domestic", "International", "Market"]),
    (43, "tree as a sheet", "education", "titles 3", ["分支", "层级", "学员数"]),
    (44, "bars, a radar, a tree: each where it reads best", "retailer", CLASSES, ["How do valuable customers live differently?", "How does everybody fall into one tree?"]),
    (45, "what changed in the tree", "manufacturer", CLASSES, ["Since"]),
    (46, "four readers and their lists", "retailer", "page 10_summary", ["Who does what with it?", "Marketing", "Service", "Product", "Sales", "workbook export"]),
    (47, "groups over time", "retailer", "page 02_rfm", ["Are the segments growing or shrinking?", "Who went where?"]),
    (48, "named segments", "education", "sheet 4", ["核心学员", "长期学员", "新学员", "停课学员"]),
    (49, "kinds of tags", "ecommerce", "sheet 2", ["基本信息", "购买行为", "兴趣偏好", "客户价值", "生命周期", "风险预警"]),
    (50, "frequency, amount, browsing, clicks, questions, category", "ecommerce", "sheet 2", ["年均下单次数", "消费力", "browses >= 10", "clicks >= 5", "inquiries >= 1", "偏好品类"]),
    (51, "course, progress, feedback", "education", "sheet 2", ["主修科目", "学习进度", "已上课时", "满意学员", "不满意学员", "需要补课"]),
    (52, "short names, each explained", "retailer", CLASSES, ["What does each tag mean, and who looks after it?", "Garden department"]),
    (53, "number, text, yes or no, level", "retailer", "sheet 2", ["Number", "Text", "Yes or no", "Level"]),
    (53, "high, mid, low", "ecommerce", "sheet 2", ["高价位", "中价位", "低价位"]),
    (54, "groups built from tags", "manufacturer", CLASSES, ["Which groups are built from tags?", "Visits this quarter"]),
    (55, "who gained or lost a tag", "manufacturer", CLASSES, ["Who gained or lost a tag?"]),
    (56, "what may be written", "retailer", "titles 7", ["Yours to change", "What may be written"]),
    (57, "tags made by rules", "education", "sheet 2", ["progress < 0.4 and recency_days <= 180"]),
    (60, "what every column means, in both languages", "education", "titles 7", ["English", "中文", "Meaning", "含义", "单位"]),
]  # fmt: skip
# rows of which a test below is the proof: what a command writes, or what the files are like
COMMANDS = {21, 22, 29, 32, 40, 43, 45, 52, 54, 56, 58, 60}


def look(told, place: str) -> str:
    """Give what a reader finds at a place."""
    kind, _, name = place.partition(" ")
    if kind == "page":
        return told.page(name)
    rows = told.sheet(int(name))
    return "\n".join("\t".join(row) for row in (rows if kind == "sheet" else rows[:1]))


@pytest.mark.parametrize(("row", "what", "case", "place", "found"), SEEN, ids=[f"{row}-{what}" for row, what, *_ in SEEN])
def test_it_is_seen(row, what, case, place, found, told_case):
    text = look(told_case(case), place)
    assert [part for part in found if part not in text] == []


@pytest.fixture
def command(told_case, monkeypatch):
    """Call a command in the folder of a case, in this process: what it said, and its exit code."""

    def call(case: str, *words: object, **env: str) -> tuple[str, int]:
        monkeypatch.chdir(told_case(case).folder)
        done = CliRunner().invoke(app, [str(word) for word in words], env=env)
        return done.output + (str(done.exception) if done.exception else ""), done.exit_code

    return call


def test_row_14_status_and_scores_are_columns_of_the_table(told_case):
    for case in ("retailer", "education"):
        table = told_case(case).table("customers")
        buyers = table[table.frequency > 0]
        for column in ("r_score", "f_score", "m_score", "rfm_score", "segment", "class8", "value_tier", "lifecycle_stage", "need", "behaviour", "relationship"):
            assert buyers[column].notna().all(), column


def test_row_29_what_changed_is_what_two_reports_differ_in(told_case):
    """Counted from the two published tables of customers, without the workbook."""
    told = told_case("manufacturer")
    before = pd.read_parquet(told.report.parent / EARLIER["manufacturer"] / "tables" / "customers.parquet").set_index("customer_id")
    now = told.table("customers").set_index("customer_id")
    both = before.index.intersection(now.index)
    moved = (before.loc[both, "segment"].fillna("") != now.loc[both, "segment"].fillna("")).sum()
    title = told.sheet(1)[0][[row[2] for row in told.sheet(7) if row[0] == told.sheet(7)[1][0]].index("segment")]
    assert moved >= 3
    assert sum(row[1] == title for row in told.sheet(6)[1:]) >= moved


def test_row_32_four_cases_are_published(told_case):
    for case in ("retailer", "ecommerce", "manufacturer", "education"):
        assert (told_case(case).report / "index.html").is_file() and (told_case(case).report / "customers.xlsx").is_file()


def test_row_40_a_report_is_for_its_readers_only_and_holds_no_contact_data(told_case):
    told = told_case("retailer")
    assert {stat.S_IMODE(path.stat().st_mode) for path in told.report.rglob("*") if path.is_file()} == {0o640}
    assert not set(CONTACT_COLUMNS) & set(told.table("customers").columns)
    people = told.case.made.customers
    assert not set(people.email) & {cell for rows in told.sheets.values() for row in rows for cell in row}


def test_row_40_and_1_contact_data_leave_only_under_a_password_and_are_entered(command, told_case, tmp_path):
    target, people = tmp_path / "call.xlsx", told_case("manufacturer").case.made.customers
    said, code = command("manufacturer", "export", "--group", "visit_list", "--with-contact", "--to", target, WORKBOOK_EXPORT_PASSWORD="")
    assert code != 0 and not target.exists()
    said, code = command("manufacturer", "export", "--group", "visit_list", "--with-contact", "--to", target, WORKBOOK_EXPORT_PASSWORD=PHRASE)
    assert code == 0, said
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    sealed = msoffcrypto.OfficeFile(io.BytesIO(target.read_bytes()))
    assert sealed.is_encrypted()
    sealed.load_key(password=PHRASE)
    opened = io.BytesIO()
    sealed.decrypt(opened)
    with ZipFile(opened) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert sum(email in text for email in people.email) >= 3
    assert "call.xlsx  contact data, encrypted" in command("manufacturer", "export", "--ledger")[0]


def test_rows_24_54_and_58_a_group_of_tags_becomes_a_list_for_the_crm(command, tmp_path):
    target = tmp_path / "zoho.csv"
    said, code = command("manufacturer", "export", "--group", "visit_list", "--shape", "zoho", "--to", target)
    assert code == 0, said
    rows = pd.read_csv(target, dtype=str)
    assert len(rows) >= 3 and len(rows.columns) >= 3
    assert f"{len(rows)}" in said


def test_row_43_the_tree_is_an_image_for_a_slide(command, tmp_path):
    for kind, begins in (("svg", b"<?xml"), ("png", b"\x89PNG")):
        said, code = command("manufacturer", "tree", "--to", tmp_path / f"tree.{kind}")
        assert code == 0, said
        assert (tmp_path / f"tree.{kind}").read_bytes().startswith(begins)


def test_row_45_other_levels_are_tried_without_touching_the_configuration(command):
    said, code = command("manufacturer", "tree", "--levels", "market,company_size,behaviour")
    assert code == 0, said
    assert "International" in said and "Germany" not in said


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (('en = "Enquired, no order"', 'en = "Has sent us an enquiry and has not ordered anything"'), "enquiry_open"),
        (('rule = "inquiries > 0 and frequency = 0"', 'rule = "inquirys > 0"'), "inquiries"),
        (('rule = "inquiries > 0 and frequency = 0"', "rule = \"read_csv('/etc/passwd')\""), "enquiry_open"),
    ],
)
def test_rows_22_and_52_a_tag_that_is_not_sound_is_named(change, named, command, told_case):
    folder = told_case("manufacturer").folder
    text = (folder / "workbook.toml").read_text(encoding="utf-8")
    assert change[0] in text
    (folder / "changed.toml").write_text(text.replace(*change), encoding="utf-8")
    said, code = command("manufacturer", "tags", "check", "--config", "changed.toml")
    assert code != 0
    assert named in said


def test_rows_56_and_60_the_table_is_easy_to_fill_and_to_read(told_case):
    """Filters, a row of titles that stays, lists of what may be written."""
    with ZipFile(told_case("retailer").report / "customers.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert "<autoFilter" in sheet and 'state="frozen"' in sheet and '<dataValidation type="list"' in sheet


def test_every_row_that_is_due_has_its_place():
    due = {*range(1, 10), *range(11, 15), 17, *range(21, 24), 29, 32, *range(40, 59), 60}
    assert due - {row for row, *_ in SEEN} - COMMANDS == set()
