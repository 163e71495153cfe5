"""`workbook import`: what people changed is found in any order and language, checked as a whole, and kept as a whole or not at all."""

import csv
import datetime as dt
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from analysis.errors import ConfigurationError, DataRefused
from analysis.overrides import read_overrides
from analysis.report import importing
from analysis.report.importing import import_edits
from shops import configure

DAY, TODAY = dt.date(2024, 3, 31), dt.date(2024, 4, 3)
CUSTOMERS = [  # customer_id, monetary, segment, need, need_computed, tag_loyal, tag_visits, tag_level, owner, notes, overridden, city, last_order_date
    ("00123", Decimal("7.5000"), "champions", "basic", "basic", True, 3.0, "gold", None, None, None, "Köln", dt.date(2024, 3, 1)),
    ("=1+1", Decimal("2.2500"), "new", "potential", "basic", False, 1 / 3, None, "Mei", "=cmd|' /C calc'!A0", "need", "", dt.date(2024, 2, 29)),
    ("c", None, None, None, None, None, None, "silver", None, "two\nlines", None, None, None),
    ("d", Decimal("0.1000"), "at_risk", "basic", "basic", False, 0.0, "gold", None, None, None, "TRUE", dt.date(2023, 1, 1)),
]  # fmt: skip
NAMES = ("customer_id monetary segment need need_computed tag_loyal tag_visits tag_level owner notes overridden city last_order_date").split()
EDITABLE = {
    "need": {"kind": "class", "keys": ["basic", "potential", "high_end"]}, "owner": {"kind": "text", "keys": []}, "notes": {"kind": "text", "keys": []},
    "tag_loyal": {"kind": "boolean", "keys": []}, "tag_visits": {"kind": "number", "keys": []}, "tag_level": {"kind": "level", "keys": ["gold", "silver"]},
}  # fmt: skip
TITLES = {
    "en": ["Customer", "Revenue", "Segment", "Need", "Need (computed)", "Loyal", "Visits", "Level", "Owner", "Notes", "Changed by hand", "city", "Last order"],
    "zh": ["客户", "收入", "客群", "需求", "需求(计算)", "忠诚", "到访", "级别", "负责人", "备注", "人工修改", "city", "最近下单"],
}
WORDS = {
    "en": {
        "champions": "Champions",
        "new": "New customers",
        "at_risk": "At risk",
        "basic": "Basic",
        "potential": "Potential",
        "high_end": "High-end",
        True: "Yes",
        False: "No",
    },
    "zh": {
        "champions": "冠军客户",
        "new": "新客户",
        "at_risk": "流失风险客户",
        "basic": "基本需求",
        "potential": "潜在需求",
        "high_end": "高端需求",
        True: "是",
        False: "否",
    },
}
KINDS = {"champions": "segment", "new": "segment", "at_risk": "segment", "basic": "class-need", "potential": "class-need", "high_end": "class-need"}
SHEETS = {"en": ("Read me", "Customers", "Dictionary"), "zh": ("说明", "客户", "字段说明")}


@pytest.fixture
def shop(tmp_path):
    """A configuration with one report, of 31 March, whose customers are written out above."""
    words = {lang: {f"{KINDS[key]}-{key}".replace("_", "-"): text for key, text in said.items() if key in KINDS} for lang, said in WORDS.items()}
    config = configure(tmp_path, {"lines.csv": [("d", "2024-01-05", "1", "p", 1, "10")]}, words=words)
    publish(tmp_path, DAY)
    return config


def publish(folder: Path, day: dt.date, *, run="run1", customers=CUSTOMERS, **more):
    """Write what an import reads of a report."""
    report = folder / "reports" / str(day)
    (report / "tables").mkdir(parents=True, exist_ok=True)
    types = [pa.string(), pa.decimal128(38, 4), pa.string(), pa.string(), pa.string(), pa.bool_(), pa.float64(), *[pa.string()] * 5, pa.date32()]
    columns = [pa.array([row[at] for row in customers], kind) for at, kind in enumerate(types)]
    pq.write_table(pa.table(columns, names=NAMES), report / "tables" / "customers.parquet")
    manifest = {"config": {"name": "shop"}, "languages": ["en"], "run": run, "editable": EDITABLE} | more
    (report / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def show(value, lang):
    """Write a value as the file shows it."""
    return WORDS[lang].get(value, value) if isinstance(value, str | bool) else float(value) if isinstance(value, Decimal) else value


def write_file(path: Path, *edits, lang="en", rows=None, order=None, more=(), titles=None, about=None, drop=()) -> Path:
    """Write a customers.xlsx, with edits (row from 0, column, value), other columns `more` (title, values), and without the sheets in `drop`."""
    rows = [list(row) for row in (rows or CUSTOMERS)]
    for at, column, value in edits:
        rows[at][NAMES.index(column)] = value
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    made = {name: book.add_worksheet(name) for name in SHEETS[lang] if name not in drop}
    for part, name in zip(("about", "customers", "dictionary"), SHEETS[lang], strict=True):
        sheet = made.get(name)
        if sheet and part == "about":
            pairs = {"run": "run1", "as_of": "2024-03-31", "language": lang, "name": "shop"} | (about or {})
            _write_rows(sheet, [["A title"], [], *([key, value] for key, value in pairs.items() if value is not None)], day)
        elif sheet and part == "customers":
            header = [*(titles or TITLES[lang]), *(title for title, _ in more)]
            body = [[*(show(value, lang) for value in rows[at]), *(values[at] for _, values in more)] for at in order or range(len(rows))]
            _write_rows(sheet, [header, *body], day)
        elif sheet:
            words = [[SHEETS[lang][1], title, name, "", "", "", "", "", "", "yes"] for title, name in zip(TITLES[lang], NAMES, strict=True)]
            another = ["Segments", "Need", "customers"]  # another sheet may use the same title
            _write_rows(sheet, [["Sheet", "Column", "Name", "English", "中文", "Meaning", "含义", "Unit", "Source", "Editable"], *words, another], day)
    book.close()
    return path


def _write_rows(sheet, rows, day):
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(at, column, dt.datetime.combine(value, dt.time()), day)
            elif isinstance(value, str) and value:
                sheet.write_string(at, column, value)
            elif value not in (None, ""):
                sheet.write(at, column, value)


def take(config, path, **options):
    """Import a file: (customer, column, value) of what was taken."""
    options = {"reason": "asked them", "author": "Mei"} | options
    done = import_edits(config, path, reports=config.folder / "reports", today=TODAY, **options)
    return [(each.customer_id, each.column, each.value) for each in done.taken]


def refuse(config, path, **options):
    """Import a file that is refused as a whole: what is said of it, line by line."""
    before = read_overrides(config.folder / "state")
    with pytest.raises(DataRefused) as caught:
        take(config, path, **options)
    assert read_overrides(config.folder / "state") == before
    return [line.strip() for line in str(caught.value).splitlines()]


FOLLOWS = "it follows from the orders, and the totals of the report rest on it. Change a class, a tag, the owner or the notes instead, or the rules in the configuration."


# what is an edit


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("order", [None, [3, 1, 0, 2], [2]])
def test_a_file_that_nobody_edited_has_no_edits(shop, tmp_path, lang, order):
    assert take(shop, write_file(tmp_path / "e.xlsx", lang=lang, order=order), reason="") == []
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    ("edit", "taken"),
    [
        ((0, "need", "high_end"), ("00123", "need", "high_end")),
        ((0, "need", "Potential"), ("00123", "need", "potential")),
        ((0, "need", "高端需求"), ("00123", "need", "high_end")),  # in the language of the reader, whatever that of the file
        ((0, "need", " HIGH-END "), ("00123", "need", "high_end")),
        ((2, "need", "Basic"), ("c", "need", "basic")),
        ((0, "tag_loyal", "No"), ("00123", "tag_loyal", "false")),
        ((0, "tag_loyal", "否"), ("00123", "tag_loyal", "false")),
        ((1, "tag_loyal", True), ("=1+1", "tag_loyal", "true")),
        ((2, "tag_loyal", "yes"), ("c", "tag_loyal", "true")),
        ((0, "tag_visits", 4), ("00123", "tag_visits", "4.0")),
        ((1, "tag_visits", 0.3334), ("=1+1", "tag_visits", "0.3334")),
        ((3, "tag_level", "Silver"), ("d", "tag_level", "silver")),
        ((0, "owner", "王丽"), ("00123", "owner", "王丽")),
        ((0, "owner", "Unknown"), ("00123", "owner", "Unknown")),
        ((1, "owner", "mei"), ("=1+1", "owner", "mei")),
    ],
)
def test_an_edit_is_read_as_the_value_that_is_kept(shop, tmp_path, edit, taken):
    assert take(shop, write_file(tmp_path / "e.xlsx", edit)) == [taken]


HOSTILE = ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "<script>alert(1)</script>", "😀 👩‍👩‍👧", "\u202eevil", "a\tb", "'quoted", '"', "two\nlines", " outer ", "_x0041_", "x" * 10_000,
           "TRUE", "1.0", "nan", "NULL", "a\u2028b"]  # fmt: skip


def test_hostile_notes_are_kept_as_the_same_text(shop, tmp_path):
    rows = [(f"{number}", *CUSTOMERS[0][1:]) for number in range(len(HOSTILE))]
    publish(tmp_path, DAY, customers=rows)
    edits = [(number, "notes", text) for number, text in enumerate(HOSTILE)]
    assert take(shop, write_file(tmp_path / "e.xlsx", *edits, rows=rows)) == [(f"{number}", "notes", text) for number, text in enumerate(HOSTILE)]
    assert [each.value for each in read_overrides(tmp_path / "state")] == HOSTILE


def test_what_no_file_can_hold_is_replaced_visibly_and_line_ends_are_one_character(shop, tmp_path):
    path = write_list(tmp_path, ("00123", "notes", "a\x07b\r\nc\rd\x9b"))
    assert take(shop, path) == [("00123", "notes", "a\ufffdb\nc\nd\ufffd")]


def test_an_edit_remembers_who_why_when_and_what_the_workbook_said(shop, tmp_path):
    take(shop, write_file(tmp_path / "e.xlsx", (0, "need", "high_end"), (1, "need", "high_end")), expires="2024/12/31")
    first, second = read_overrides(tmp_path / "state")
    told = {
        "name": "shop",
        "reason": "asked them",
        "author": "Mei",
        "entered_at": TODAY,
        "valid_from": DAY,
        "expires_on": dt.date(2024, 12, 31),
        "from_run": "run1",
    }
    assert told.items() <= vars(first).items() and (first.computed, second.computed) == ("basic", "basic")


def test_a_row_may_say_its_own_reason_end_and_author(shop, tmp_path):
    more = [("原因", ["visited", "", "", ""]), ("Expires on", ["2024-06-30", "", dt.date(2024, 7, 1), ""]), ("author", ["Li", "", "", ""])]
    path = write_file(tmp_path / "e.xlsx", (0, "need", "high_end"), (1, "owner", "Li"), (2, "owner", "Li"), more=more)
    assert len(take(shop, path, expires="2024-12-31")) == 3
    said = [(each.reason, each.expires_on, each.author) for each in sorted(read_overrides(tmp_path / "state"), key=lambda each: each.customer_id)]
    assert said == [("visited", dt.date(2024, 6, 30), "Li"), ("asked them", dt.date(2024, 12, 31), "Mei"), ("asked them", dt.date(2024, 7, 1), "Mei")]


def test_columns_and_rows_may_be_moved_and_taken_out(shop, tmp_path):
    path = tmp_path / "e.xlsx"
    book = xlsxwriter.Workbook(path)
    about, customers, words = (book.add_worksheet(name) for name in SHEETS["en"])
    about.write_column(0, 0, ["run", "as_of", "language", "name"])
    about.write_column(0, 1, ["run1", "2024-03-31", "en", "shop"])
    customers.write_row(0, 0, ["my own column", "Need", "", "Customer"])
    customers.write_row(1, 0, ["x", "High-end", "", "d"])
    customers.write_row(3, 0, ["", "Basic", "", "00123"])  # an empty row between them
    words.write_row(0, 0, ["Sheet"])
    words.write_row(1, 0, ["Customers", "Need", "need"])
    words.write_row(2, 0, ["Customers", "Customer", "customer_id"])
    book.close()
    done = import_edits(shop, path, reports=tmp_path / "reports", today=TODAY, reason="x")
    assert [(each.customer_id, each.value) for each in done.taken] == [("d", "high_end")]
    assert done.warnings == ("Columns that mean nothing here were passed over: 'my own column'.",)


def test_a_word_is_taken_back_by_emptying_the_cell_or_writing_what_is_computed(shop, tmp_path):
    assert take(shop, write_file(tmp_path / "e.xlsx", (0, "need", "high_end"), (1, "owner", "Li"))) == [("00123", "need", "high_end"), ("=1+1", "owner", "Li")]
    rows = [list(row) for row in CUSTOMERS]
    rows[0][NAMES.index("need")], rows[0][NAMES.index("overridden")], rows[1][NAMES.index("owner")] = "high_end", "need", "Li"
    publish(tmp_path, DAY, run="run2", customers=rows)
    write = lambda *edits: write_file(tmp_path / "e.xlsx", *edits, rows=rows, about={"run": "run2"})  # noqa: E731
    assert take(shop, write((0, "need", None), (1, "owner", None)), dry_run=True) == [("00123", "need", None), ("=1+1", "owner", None)]
    assert take(shop, write((0, "need", "Basic"))) == [("00123", "need", None)]
    assert [each.value for each in read_overrides(tmp_path / "state")] == ["high_end", "Li", None]


def test_the_same_file_twice_says_nothing_new(shop, tmp_path):
    path = write_file(tmp_path / "e.xlsx", (0, "need", "high_end"))
    assert len(take(shop, path)) == 1
    again = import_edits(shop, path, reports=tmp_path / "reports", today=TODAY, reason="once more")
    assert (again.taken, again.known) == ((), 1) and again.tell() == "There is no new edit. 1 had been said before."


def test_a_dry_run_writes_nothing(shop, tmp_path):
    done = import_edits(shop, write_file(tmp_path / "e.xlsx", (0, "need", "high_end")), reports=tmp_path / "reports", today=TODAY, reason="x", dry_run=True)
    assert done.tell(dry_run=True) == "  00123, need: 'basic' -> 'high_end'\nWould take 1 edit: need 1. Nothing was written."
    assert not (tmp_path / "state").exists()


# what is refused


def test_everything_that_is_wrong_is_said_at_once_with_its_place_and_nothing_is_taken(shop, tmp_path):
    rows = [*CUSTOMERS, ("nobody", *CUSTOMERS[0][1:]), ("", *CUSTOMERS[0][1:])]
    edits = [
        (0, "need", "huge"),
        (1, "tag_loyal", "perhaps"),
        (2, "tag_visits", "many"),
        (3, "need", "high_end"),
        (3, "segment", "Champions"),
        (0, "monetary", Decimal(99)),
    ]
    told = refuse(shop, write_file(tmp_path / "e.xlsx", *edits, rows=rows, more=[("Expires on", ["", "", "", "someday", "", ""])]), reason="")
    assert told[0] == "e.xlsx was not taken; 9 problems:"
    assert told[-1] == "Nothing was changed. Mend these and import the file again."
    places = {line.split(": ")[0]: line.split(": ", 1)[1] for line in told[1:-1]}
    assert places["sheet Customers, row 2, column Revenue"].startswith("'99' cannot be taken: it is measured")
    assert "'huge' is not one of 'Basic', 'Potential', 'High-end'." in told[2] + told[3]
    assert places["sheet Customers, row 3, column Loyal"] == "'perhaps' is not one of 'Yes', 'No'."
    assert places["sheet Customers, row 4, column Visits"] == "'many' is not a number like 12.5."
    assert places["sheet Customers, row 5, column Segment"].startswith("'Champions' cannot be taken: it follows from the orders")
    assert "sheet Customers, row 5, column Need: 'someday' is not a day. Write it as 2026-12-31." in told
    assert "sheet Customers, row 5, column Need: there is no reason. Give one for all with --reason, or for each in a column Reason." in told
    assert places["sheet Customers, row 6, column Customer"].startswith("there is no customer 'nobody' in this report.")
    assert places["sheet Customers, row 7"].startswith("there is no customer number.")


@pytest.mark.parametrize(
    ("edit", "column", "why"),
    [
        ((0, "need_computed", "Potential"), "Need (computed)", "it is what the workbook notes down itself."),
        ((0, "city", "Bonn"), "city", "it comes from the list of customers. Correct it there."),
        ((2, "last_order_date", dt.date(2024, 3, 30)), "Last order", "it is measured or comes from your data."),
        ((0, "monetary", None), "Revenue", "it is measured or comes from your data."),
    ],
)
def test_columns_that_nobody_may_change_are_told_why(shop, tmp_path, edit, column, why):
    [_, line, _] = refuse(shop, write_file(tmp_path / "e.xlsx", edit))
    assert f"column {column}: " in line and why in line


def test_a_class_cannot_be_emptied_unless_a_person_set_it(shop, tmp_path):
    [_, line, _] = refuse(shop, write_file(tmp_path / "e.xlsx", (0, "need", None)))
    assert (
        line
        == "sheet Customers, row 2, column Need: the cell is empty, and there is no word of a person to take back. Put back what stood there, or choose another."
    )


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2024-03-30", "2024-03-30 has passed: the last report is of 2024-03-31. Give a later day, or none."),
        ("31/12/2024", "'31/12/2024' is not a day."),
        ("2024-02-30", "'2024-02-30' is not a day."),
    ],
)
def test_an_end_that_has_passed_or_is_no_day_is_refused(shop, tmp_path, until, said):
    assert said in refuse(shop, write_file(tmp_path / "e.xlsx", (0, "need", "high_end")), expires=until)[1]


def test_a_newer_edit_of_somebody_else_is_a_conflict_told_with_who_and_when(shop, tmp_path):
    old = write_file(tmp_path / "old.xlsx", (0, "need", "high_end"), (3, "owner", "Li"))
    take(shop, write_list(tmp_path, ("00123", "need", "potential")), author="Wang", reason="phoned them")
    [_, line, _] = refuse(shop, old)
    assert line == (
        "sheet Customers, row 2, column Need: Wang set it to 'potential' on 2024-04-03 (phoned them), after this file was made; here it is 'high_end'. "
        "Agree on one, and edit the newest customers.xlsx."
    )


def test_what_the_file_showed_is_no_conflict(shop, tmp_path):
    """The need of =1+1 was set to potential before the report, d's was set and taken back: both are to be seen in it, and may be changed."""
    take(shop, write_list(tmp_path, ("=1+1", "need", "potential"), ("d", "need", "high_end")))
    take(shop, write_list(tmp_path, ("d", "need", "")))
    assert len(take(shop, write_file(tmp_path / "e.xlsx", (1, "need", "high_end"), (3, "need", "potential")))) == 2


def test_what_had_ended_before_the_file_was_made_is_no_conflict(shop, tmp_path):
    publish(tmp_path, dt.date(2024, 1, 31), run="run0")
    early = write_file(tmp_path / "j.xlsx", (0, "need", "potential"), about={"run": "run0", "as_of": "2024-01-31"})
    (tmp_path / "reports/2024-03-31").rename(tmp_path / "aside")
    take(shop, early, expires="2024-02-15")
    (tmp_path / "aside").rename(tmp_path / "reports/2024-03-31")
    assert take(shop, write_file(tmp_path / "e.xlsx", (0, "need", "high_end"))) == [("00123", "need", "high_end")]


def test_a_customer_twice_with_two_values_is_a_conflict_and_with_one_is_not(shop, tmp_path):
    rows = [*CUSTOMERS, CUSTOMERS[0]]
    [_, line, _] = refuse(shop, write_file(tmp_path / "e.xlsx", (0, "need", "high_end"), rows=rows))
    assert line == "sheet Customers, row 2, column Need: customer '00123' stands in the rows 2, 6 with 'High-end', 'Basic'. Keep one."
    assert take(shop, write_file(tmp_path / "e.xlsx", (0, "need", "high_end"), (4, "need", "high_end"), rows=rows)) == [("00123", "need", "high_end")]


def test_a_note_that_is_too_long_is_refused(shop, tmp_path):
    assert "10,001 characters are too many: 10,000 at most." in refuse(shop, write_file(tmp_path / "e.xlsx", (0, "notes", "x" * 10_001)))[1]


def test_many_problems_are_counted(shop, tmp_path):
    path = write_list(tmp_path, *((f"nobody{number}", "need", "basic") for number in range(60)))
    told = refuse(shop, path)
    assert told[0].endswith("60 problems:") and told[-2] == "and 10 more" and len(told) == 53


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"about": {"name": "other"}}, "came from a report of 'other'; this configuration is 'shop'."),
        ({"about": {"as_of": "2024-02-29"}}, "came from the report of 2024-02-29, which is not in"),
        ({"about": {"run": None}}, "sheet Read me: the last lines no longer say run"),
        ({"drop": ["Read me"]}, "lacks the sheet Read me"),
        ({"drop": ["Customers"]}, "lacks the sheet Customers"),
        ({"titles": ["Somebody", *TITLES["en"][1:]]}, "the column of customer numbers is not in row 1."),
        ({"titles": [*TITLES["en"][:-1], "Need"]}, "the columns 'Need' are there twice."),
        ({"drop": ["Dictionary"]}, "lacks the columns customer_id, column, value"),
    ],
)
def test_a_file_that_is_not_that_of_a_report_is_refused_with_what_to_do(shop, tmp_path, options, said):
    assert said in " ".join(refuse(shop, write_file(tmp_path / "e.xlsx", (0, "need", "high_end"), **options)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"), (b"PK\x03\x04broken", "damaged"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cannot be read as an Excel workbook"),
        (b"%PDF-1.7", "a PDF document"), (b"SQLite format 3\0" + b"\0" * 100, "is no file of edits"), (b"customer,need\n1,basic\n", "lacks the columns customer_id, column, value"),
        (b"customer_id,column,value\n1,need\n", "more or fewer values"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(shop, tmp_path, content, said):
    (tmp_path / "e.xlsx").write_bytes(content)
    assert said in " ".join(refuse(shop, tmp_path / "e.xlsx"))


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_opened(shop, tmp_path):
    config = shop.replace(limits={"file_bytes": 1000})
    assert "is larger than 1,000 bytes once unpacked" in refuse(config, write_file(tmp_path / "e.xlsx", (0, "need", "high_end")))[0]


def test_without_a_report_there_is_nothing_to_correct(shop, tmp_path):
    (tmp_path / "reports").rename(tmp_path / "elsewhere")
    assert "There is no report of 'shop'" in refuse(shop, write_list(tmp_path, ("d", "need", "basic")))[0]
    publish(tmp_path, DAY, editable=None)
    assert "Make it again: workbook run --as-of 2024-03-31." in refuse(shop, write_list(tmp_path, ("d", "need", "basic")))[0]


def test_a_report_that_was_made_again_is_the_measure_and_that_is_said(shop, tmp_path):
    path = write_file(tmp_path / "e.xlsx", (0, "need", "high_end"))
    rows = [list(row) for row in CUSTOMERS]
    rows[3][NAMES.index("segment")] = "champions"  # the data changed: nobody's edit
    publish(tmp_path, DAY, run="run2", customers=rows)
    done = import_edits(shop, path, reports=tmp_path / "reports", today=TODAY, reason="x")
    assert [(each.customer_id, each.value, each.from_run) for each in done.taken] == [("00123", "high_end", "run1")]
    assert done.warnings[0].startswith("e.xlsx was made before the report of 2024-03-31 was made again.")


def test_an_import_in_between_stops_the_other(shop, tmp_path, monkeypatch):
    real = importing.read_overrides

    def meanwhile(state):
        said = real(state)
        monkeypatch.setattr(importing, "read_overrides", real)
        take(shop, write_list(tmp_path, ("d", "need", "potential")))
        return said

    monkeypatch.setattr(importing, "read_overrides", meanwhile)
    with pytest.raises(Exception, match="Another import came in between"):
        take(shop, write_file(tmp_path / "e.xlsx", (0, "need", "high_end")))
    assert [each.value for each in read_overrides(tmp_path / "state")] == ["potential"]


# plain lists


def write_list(folder, *rows, header=("customer_id", "column", "value", "reason", "author", "expires_on"), name="edits.csv", encoding="utf-8"):
    """Write a plain list of edits."""
    with (folder / name).open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows([header[: max(len(row) for row in rows)], *rows])
    return folder / name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_plain_list_is_taken_in_any_encoding_and_language(shop, tmp_path, encoding):
    path = write_list(
        tmp_path,
        ("00123", "Needs", "高端需求", "电话确认", "王丽", "2024-12-31"),
        encoding=encoding,
        header=("Customer_ID", "column", "value", "reason", "author", "expires_on"),
    )
    path.write_bytes(path.read_bytes().replace(b"Needs", b"need"))
    assert take(shop, path, reason="", author="") == [("00123", "need", "high_end")]
    [said] = read_overrides(tmp_path / "state")
    assert (said.reason, said.author, said.expires_on, said.computed) == ("电话确认", "王丽", dt.date(2024, 12, 31), "basic")


def test_a_plain_list_may_be_a_spreadsheet_and_renew_what_was_said(shop, tmp_path):
    path = tmp_path / "edits.xlsx"
    for until in ("2024-06-30", "2024-12-31"):
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["customer_id", "column", "value", "expires_on"])
        sheet.write_row(1, 0, ["00123", "tag_loyal", "no"])
        sheet.write_datetime(1, 3, dt.datetime.fromisoformat(until), book.add_format({"num_format": "yyyy-mm-dd"}))
        book.close()
        assert take(shop, path) == [("00123", "tag_loyal", "false")]
    assert [str(each.expires_on) for each in read_overrides(tmp_path / "state")] == ["2024-06-30", "2024-12-31"]
    assert take(shop, path) == []


def test_a_plain_list_is_checked_like_a_sheet(shop, tmp_path):
    rows = [("nobody", "need", "basic"), ("d", "segment", "new"), ("d", "colour", "red"), ("d", "need", "huge"), ("d", "owner", "Mei"), ("d", "owner", "Li")]
    told = refuse(shop, write_list(tmp_path, *rows))
    assert told[1:-1] == [
        "row 2, column customer_id: there is no customer 'nobody' in the last report.",
        f"row 3, column column: 'segment' cannot be taken: {FOLLOWS}",
        "row 4, column column: 'colour' cannot be taken: there is no such column. People may change need, owner, notes, tag_loyal, tag_visits, tag_level.",
        "row 5, column value: 'huge' is not one of 'Basic', 'Potential', 'High-end'.",
        "row 7: customer 'd' has another value for owner in row 6. Keep one.",
    ]


def test_a_plain_list_takes_words_back_and_passes_over_what_was_never_said(shop, tmp_path):
    take(shop, write_list(tmp_path, ("d", "need", "high_end")))
    done = import_edits(shop, write_list(tmp_path, ("d", "need", ""), ("00123", "need", "")), reports=tmp_path / "reports", today=TODAY, reason="x")
    assert [(each.customer_id, each.value) for each in done.taken] == [("d", None)] and done.known == 1


# the command


def call(folder, *words):
    done = subprocess.run([Path(sys.executable).with_name("workbook"), "import", *words], cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def test_the_command_says_what_it_took_and_refuses_with_exit_code_3(shop, tmp_path):
    (tmp_path / "workbook.json").write_text(json.dumps({"folder": str(tmp_path), "config": shop.model_dump(mode="json")}), encoding="utf-8")
    path = write_file(tmp_path / "e.xlsx", (0, "need", "high_end"), (1, "need", "high_end"), (0, "notes", "hi"))
    words = (path.name, "--config", "workbook.json", "--author", "Mei")
    code, _, error = call(tmp_path, *words)
    assert code == 3 and "there is no reason" in error and not (tmp_path / "state").exists()
    assert call(tmp_path, *words, "--reason", "r", "--dry-run")[1].endswith("Would take 3 edits: need 2, notes 1. Nothing was written.")
    code, said, _ = call(tmp_path, *words, "--reason", "r")
    assert (code, said) == (0, "Took 3 edits: need 2, notes 1. They hold from the report of 2024-03-31 on; the next `workbook run` shows them.")
    assert call(tmp_path, "gone.xlsx", "--config", "workbook.json")[0] == 3
    assert len(read_overrides(tmp_path / "state")) == 3


def test_a_damaged_file_of_overrides_stops_the_import(shop, tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state/overrides.jsonl").write_text("x\n")
    with pytest.raises(ConfigurationError, match="line 1 is not an import"):
        take(shop, write_file(tmp_path / "e.xlsx", (0, "need", "high_end")))
