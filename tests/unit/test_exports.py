"""Lists for other programs: who is on them, what stands in them, who may read them, and that the ledger knows."""

import csv
import datetime as dt
import io
import sqlite3
import stat
import zipfile
from decimal import Decimal

import duckdb
import fastexcel
import msoffcrypto
import pyarrow as pa
import pyarrow.parquet as pq
import pyrage
import pytest

from analysis.errors import ConfigurationError, PublishFailed
from analysis.exports.choosing import Wanted, choose
from analysis.exports.ledger import read_exports
from analysis.exports.lots import draw
from analysis.exports.making import Order, make_list
from analysis.exports.rows import guard
from analysis.exports.shapes import lay_out, list_shapes
from analysis.exports.writing import kind_of, write_table
from analysis.run import Run
from analysis.settings.exports import Exports
from analysis.texts import Texts
from shops import look, open_shop

PASSWORD = "four words will do"  # noqa: S105
TODAY = dt.date(2024, 5, 1)
CANARY = {"name": "Canary Quill", "phone": "13912345678", "email": "canary.quill@example.com", "address": "7 Canary Wharf Lane"}
HOSTILE = ["=cmd|' /C calc'!A0", "+1", "-1", "@sum", "\t=1", "\r=1", " =1", "\ufeff=1", "＝1", "＋1", "－1", "＠1"]
HARMLESS = ["a=1", "1+1", "", "c-1", "王 🎁", 'say "hi"', "two\nlines", "\u202eright to left"]
LINES = [
    *((f"c{n}", f"2024-04-{n:02d}", f"{n}-{k}", "p", 1, f"{n}.50") for n in range(1, 21) for k in range(n % 4 + 1)),
    ("=boss", "2024-04-30", "99", "p", 1, "1000"),
]
PEOPLE = [
    ("=boss", *CANARY.values(), "北京", "2024-01-01"),
    ("c1", "Ann", "1380000001", "ann@example.com", "1 Way", "=evil()", "2024-01-02"),
    ("c21", "Never Bought", "1380000021", "never@example.com", "2 Way", "上海", "2024-01-03"),
]
COLUMNS = {"customer_id": "id", "name": "name", "phone": "phone", "email": "email", "address": "address", "city": "city", "registered_at": "since"}
TAGS = {
    "packs": [],
    "own": [
        {"key": "rich", "en": "Rich", "zh": "大户", "category": "value", "type": "boolean", "rule": "monetary >= 60"},
        {"key": "size", "en": "Size", "zh": "规模", "category": "value", "type": "text", "rule": "case when monetary >= 60 then 'big' else 'small' end"},
        {"key": "orders", "en": "Orders", "zh": "订单", "category": "value", "type": "number", "rule": "frequency"},
    ],
    "groups": [{"key": "rich_few", "en": "Rich, few", "zh": "大户少单", "all": ["rich"], "none": []}],
}


@pytest.fixture
def run(tmp_path):
    opened = open_shop(tmp_path, LINES, people=PEOPLE, people_columns=COLUMNS, tags=TAGS)
    return Run(opened, Texts("en"), None)


def give(run, order, wanted=Wanted(), password=""):  # noqa: B008 - frozen
    return make_list(run, wanted, order, password=password, by="eve", on=TODAY)


def read_csv(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def chosen(run, **wanted):
    return sorted(choose(run.opened, Wanted(**wanted)).customer_id.execute())


def test_who_is_on_a_list(run):
    table = look(run.opened, "customers")

    def where(condition):
        return sorted(table.customer_id[condition])

    segment = table.segment.dropna().iloc[0]
    two = list(table.segment.dropna().unique()[:2])
    assert chosen(run) == where(table.customer_id.notna())
    assert chosen(run, segments=[segment]) == where(table.segment == segment) != []
    assert chosen(run, segments=two) == where(table.segment.isin(two))
    assert chosen(run, stages=["prospect"]) == ["c21"]
    assert chosen(run, classes=["relationship=prospect"]) == ["c21"]
    rich = where(table.monetary >= 60)
    assert len(rich) > 1
    assert chosen(run, tags=["rich"]) == chosen(run, groups=["rich_few"]) == chosen(run, tags=["size=big"]) == rich
    assert chosen(run, tags=["rich=false", "orders"]) == where(table.monetary < 60)
    assert chosen(run, rule="frequency >= 2 and customer_id <> 'c3'") == where((table.frequency >= 2) & (table.customer_id != "c3"))
    assert chosen(run, segments=[segment], rule="1 = 0") == []


def test_everything_that_there_is_not_is_named_at_once(run):
    wanted = Wanted(
        segments=["champion"], stages=["gone"], classes=["need=hungry", "mood=good"], tags=["rihc", "size", "orders=3", "rich=maybe"], groups=["none"]
    )
    with pytest.raises(ConfigurationError) as refused:
        choose(run.opened, wanted)
    said = str(refused.value)
    for word in ("'champion'", "'champions'", "'gone'", "'hungry'", "'mood'", "'rihc'", "'rich'", "'maybe'", "tag 'orders' holds numbers", "group 'none'"):
        assert word in said, word
    with pytest.raises(ConfigurationError, match="the rule of the list"):
        choose(run.opened, Wanted(rule="read_csv('/etc/passwd')"))


def test_the_lot_is_the_same_for_the_same_customer_and_campaign():
    ids = [f"c{n}" for n in range(20_000)]
    spring = draw(ids, campaign="spring", share=0.1, seed=1)
    assert 1850 < sum(spring) < 2150  # 2,000 expected, standard deviation 42
    assert draw(reversed(ids), campaign="spring", share=0.1, seed=1) == spring[::-1]
    assert draw(ids[:50], campaign="spring", share=0.1, seed=1) == spring[:50]
    more = draw(ids, campaign="spring", share=0.3, seed=1)
    assert all(later for earlier, later in zip(spring, more, strict=True) if earlier)
    autumn = draw(ids, campaign="autumn", share=0.1, seed=1)
    both = sum(one and other for one, other in zip(spring, autumn, strict=True))
    assert 140 < both < 262  # independent lots: 200 expected, standard deviation 14
    assert draw(ids, campaign="spring", share=0.1, seed=2) != spring
    assert not any(draw(ids, campaign="spring", share=0.0, seed=1))


def test_a_formula_becomes_text_and_nothing_else_changes():
    batch = pa.RecordBatch.from_pydict({"text": [*HOSTILE, *HARMLESS, None], "number": [-1.0] * (len(HOSTILE) + len(HARMLESS) + 1)})
    safe = guard(batch).to_pydict()
    assert safe["text"] == [*(f"'{text}" for text in HOSTILE), *HARMLESS, None]
    assert set(safe["number"]) == {-1.0}


def test_a_csv_tells_what_the_table_says(run, tmp_path):
    made = give(run, Order(tmp_path / "list.csv"))
    table = look(run.opened, "customers").set_index("customer_id")
    rows = read_csv(tmp_path / "list.csv")
    assert made.rows == len(rows) == len(table) == 22
    assert rows[0]["customer_id"] == "'=boss"  # who brought most comes first
    assert list(rows[0]) == list(run.table("customers").columns)
    for row in rows:
        known = table.loc[row["customer_id"].removeprefix("'")]
        assert Decimal(row["monetary"]) == known.monetary
        assert row["segment"] == (known.segment or "")
        assert row["tag_rich"] == ("" if known.tag_rich is None else str(known.tag_rich).lower())
    assert {row["city"] for row in rows} == {"北京", "'=evil()", "上海", ""}
    assert not any(word in (tmp_path / "list.csv").read_text(encoding="utf-8-sig") for word in CANARY.values())
    assert stat.S_IMODE((tmp_path / "list.csv").stat().st_mode) == 0o600


def test_only_some_columns(run, tmp_path):
    give(run, Order(tmp_path / "list.parquet", columns=("segment", "tag_rich")))
    assert pq.read_schema(tmp_path / "list.parquet").names == ["customer_id", "segment", "tag_rich"]
    with pytest.raises(ConfigurationError, match="no column 'monetry'"):
        give(run, Order(tmp_path / "other.csv", columns=("monetry",)))
    with pytest.raises(ConfigurationError, match="--with-contact"):
        give(run, Order(tmp_path / "other.csv", columns=("email",)))


@pytest.mark.parametrize("shape", ["zoho", "hubspot", "salesforce"])
def test_what_other_programs_import(shape, run, tmp_path):
    give(run, Order(tmp_path / "open.csv", shape=shape))
    headers = list(read_csv(tmp_path / "open.csv")[0])
    known = list_shapes(Exports())[shape].columns
    assert headers == [header for header, column in known.items() if column in run.table("customers").columns]
    assert not {header for header, column in known.items() if column in CANARY} & set(headers)
    said = {row[header] for row in read_csv(tmp_path / "open.csv") for header, column in known.items() if column == "lifecycle_stage"}
    assert "Prospect" in said  # in words
    assert "prospect" not in said
    assert lay_out(shape, run.table("customers").columns, Exports(), contact=True).columns[1][1] == "name"


def test_a_shape_of_ones_own(run, tmp_path):
    own = Exports(shapes={"till": {"columns": {"卡号": "customer_id", "级别": "segment"}}})
    assert lay_out("till", ["customer_id", "segment"], own, contact=False).columns == (("卡号", "customer_id"), ("级别", "segment"))
    with pytest.raises(ConfigurationError, match=r"\[exports.shapes.till\] names 'segment'"):
        lay_out("till", ["customer_id"], own, contact=False)
    with pytest.raises(ConfigurationError, match="no shape 'tile'; there are: plain, zoho, hubspot, salesforce, till"):
        lay_out("tile", ["customer_id"], own, contact=False)


def test_contact_data_are_sealed_in_excel(run, tmp_path):
    path = tmp_path / "list.xlsx"
    give(run, Order(path, contact=True, shape="zoho"), password=PASSWORD)
    assert not any(word.encode(code) in path.read_bytes() for word in CANARY.values() for code in ("utf-8", "utf-16-le"))
    with path.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        assert office.is_encrypted()
        office.load_key(password=PASSWORD)
        opened = io.BytesIO()
        office.decrypt(opened)
        with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
            office.load_key(password="another password", verify_password=True)  # noqa: S106
    rows = fastexcel.read_excel(opened.getvalue()).load_sheet(0).to_arrow().to_pylist()
    assert {name: rows[0][name] for name in ("Last Name", "Phone", "Email", "Mailing Street")} == dict(
        zip(("Last Name", "Phone", "Email", "Mailing Street"), CANARY.values(), strict=True)
    )
    sheet = zipfile.ZipFile(opened).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert rows[0]["Customer ID"] == "=boss"  # in a cell of text nothing is computed


def test_contact_data_are_sealed_with_age(run, tmp_path):
    path = tmp_path / "list.csv.age"
    give(run, Order(path, contact=True), password=PASSWORD)
    assert not any(word.encode() in path.read_bytes() for word in CANARY.values())
    rows = list(csv.DictReader(io.StringIO(pyrage.passphrase.decrypt(path.read_bytes(), PASSWORD).decode("utf-8-sig"))))
    assert {name: rows[0][name] for name in CANARY} == CANARY
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(path.read_bytes(), "another password")


@pytest.mark.parametrize(
    ("order", "password", "said"),
    [
        ({"target": "list.csv", "contact": True}, PASSWORD, "encrypted only"),
        ({"target": "list.sqlite", "contact": True}, PASSWORD, "encrypted only"),
        ({"target": "list.xlsx", "contact": True}, "", "WORKBOOK_EXPORT_PASSWORD"),
        ({"target": "list.csv.age"}, "", "WORKBOOK_EXPORT_PASSWORD"),
        ({"target": "list.xlsx", "contact": True}, "short", "at least 12 characters"),
        ({"target": "list.csv"}, PASSWORD, "cannot be encrypted"),
        ({"target": "list.txt"}, "", "ends in one of .csv"),
        ({"target": "list.csv", "campaign": "spring"}, "", "needs both"),
        ({"target": "list.csv", "holdout": 0.1}, "", "needs both"),
        ({"target": "list.csv", "campaign": "spring", "holdout": 1.5}, "", "between 0 and 1"),
        ({"target": "list.csv", "shape": "zoho", "columns": ("city",)}, "", "has its own columns"),
    ],
)
def test_what_is_refused_leaves_nothing(order, password, said, run, tmp_path):
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ConfigurationError, match=said):
        give(run, Order(**(order | {"target": tmp_path / order["target"]})), password=password)
    assert sorted(tmp_path.iterdir()) == before


def test_nobody_on_the_list_is_said(run, tmp_path):
    with pytest.raises(ConfigurationError, match="Nobody is on this list"):
        give(run, Order(tmp_path / "list.csv"), Wanted(rule="monetary < 0"))
    assert not (tmp_path / "list.csv").exists()


def test_without_a_customer_list_there_are_no_contact_data(tmp_path):
    run = Run(open_shop(tmp_path, LINES), Texts("en"), None)
    with pytest.raises(ConfigurationError, match="There are no contact data"):
        give(run, Order(tmp_path / "list.xlsx", contact=True), password=PASSWORD)


def test_a_file_that_is_there_stays_unless_it_is_forced_and_links_are_never_followed(run, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("mine")
    with pytest.raises(ConfigurationError, match="there already"):
        give(run, Order(path))
    assert path.read_text() == "mine"
    give(run, Order(path, force=True))
    assert len(read_csv(path)) == 22
    (tmp_path / "secret").write_text("keep")
    (tmp_path / "link.csv").symlink_to(tmp_path / "secret")
    with pytest.raises(ConfigurationError, match="is a link"):
        give(run, Order(tmp_path / "link.csv", force=True))
    assert (tmp_path / "secret").read_text() == "keep"


@pytest.mark.parametrize("ending", ["sqlite", "duckdb"])
def test_a_table_of_a_database(ending, run, tmp_path):
    path = tmp_path / f"shop.{ending}"
    ask = _ask_sqlite if ending == "sqlite" else _ask_duckdb
    give(run, Order(path, table="first"))
    give(run, Order(path, table="champions", columns=("segment", "monetary", "last_order_date", "tag_rich")), Wanted(rule="frequency >= 3"))
    table = look(run.opened, "customers")
    expected = sorted((row.customer_id, row.segment, float(row.monetary), str(row.last_order_date)) for row in table[table.frequency >= 3].itertuples())
    found = ask(path, "select customer_id, segment, cast(monetary as double), cast(last_order_date as varchar) from champions")
    assert sorted(found) == expected
    assert ask(path, "select count(*) from first") == [(22,)]
    with pytest.raises(ConfigurationError, match="a table 'first' already"):
        give(run, Order(path, table="first"))
    give(run, Order(path, table="first", force=True), Wanted(rule="frequency >= 3"))
    assert ask(path, "select count(*) from first") == [(len(expected),)]
    with pytest.raises(ConfigurationError, match="no name for a table"):
        give(run, Order(path, table='x"; drop table champions; --'))
    assert len(ask(path, "select * from champions")) == len(expected)


@pytest.mark.parametrize("ending", ["sqlite", "duckdb"])
def test_a_table_is_whole_or_as_it_was(ending, tmp_path):
    path, schema = tmp_path / f"shop.{ending}", pa.schema({"a": pa.string()})
    ask = _ask_sqlite if ending == "sqlite" else _ask_duckdb
    write_table(path, "t", [pa.record_batch({"a": ["old"]}, schema)], schema)

    def torn():
        yield pa.record_batch({"a": ["new"]}, schema)
        raise OSError(5, "the disk is gone")

    with pytest.raises(PublishFailed):
        write_table(path, "t", torn(), schema, force=True)
    assert ask(path, "select a from t") == [("old",)]


def _ask_sqlite(path, question):
    con = sqlite3.connect(path)
    try:
        return con.execute(question).fetchall()
    finally:
        con.close()


def _ask_duckdb(path, question):
    with duckdb.connect(str(path)) as con:
        return con.execute(question).fetchall()


def test_a_hold_out_stands_in_the_list_and_the_ledger_knows(run, tmp_path):
    made = give(run, Order(tmp_path / "list.csv", campaign="spring", holdout=0.4), Wanted(rule="frequency >= 1"))
    rows = read_csv(tmp_path / "list.csv")
    ids = [row["customer_id"].removeprefix("'") for row in rows]
    lots = draw(ids, campaign="spring", share=0.4, seed=run.config.seed)
    assert [row["holdout"] == "true" for row in rows] == lots
    assert made.held_out == sum(lots) > 0
    entry = read_exports(tmp_path / "state")[-1]
    assert entry["on"] == "2024-05-01"
    assert entry["by"] == "eve"
    assert (entry["rows"], entry["held_out"], entry["campaign"]) == (21, sum(lots), "spring")
    assert entry["who"] == {"rule": "frequency >= 1"}
    assert entry["contact"] is entry["sealed"] is False
    give(run, Order(tmp_path / "sealed.xlsx", contact=True), Wanted(stages=["prospect"]), password=PASSWORD)
    assert [(each["file"], each["contact"], each["sealed"]) for each in read_exports(tmp_path / "state")] == [
        ("list.csv", False, False),
        ("sealed.xlsx", True, True),
    ]
    text = (tmp_path / "state" / "exports.jsonl").read_text(encoding="utf-8")
    assert not any(word in text for word in (*CANARY.values(), PASSWORD))
    assert stat.S_IMODE((tmp_path / "state" / "exports.jsonl").stat().st_mode) == 0o640


def test_the_ledger_passes_over_a_torn_last_line_and_names_another(run, tmp_path):
    give(run, Order(tmp_path / "list.csv"))
    ledger = tmp_path / "state" / "exports.jsonl"
    whole = ledger.read_bytes()
    ledger.write_bytes(whole + b'{"on": "2024')
    assert len(read_exports(tmp_path / "state")) == 1
    ledger.write_bytes(b"{torn\n" + whole)
    with pytest.raises(ConfigurationError, match="line 1 is not an entry"):
        read_exports(tmp_path / "state")


def test_a_person_under_two_numbers_is_reached_by_what_either_says(tmp_path):
    people = [("a", "Ann Li", "", "ann@example.com", "", "", "2024-01-01"), ("b", "Ann Li", "13800000001", "ann@example.com", "5 Way", "", "2024-02-01")]
    lines = [("a", "2024-03-01", "1", "p", 1, "5"), ("b", "2024-03-02", "2", "p", 1, "5"), ("c", "2024-03-02", "3", "p", 1, "5")]
    run = Run(open_shop(tmp_path, lines, people=people, people_columns=COLUMNS), Texts("en"), None)
    found = {row["customer_id"]: row for row in run.table("addresses").execute().to_dict("records")}
    assert list(found) == ["a"]
    assert (found["a"]["phone"], found["a"]["email"], found["a"]["address"]) == ("13800000001", "ann@example.com", "5 Way")


def test_a_name_tells_what_is_written(tmp_path):
    assert kind_of(tmp_path / "List.CSV.age") == ".csv.age"
    assert kind_of(tmp_path / "a.b.parquet") == ".parquet"
