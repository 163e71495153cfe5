"""Tables and queries as inputs: of the engine, where rows stay, and of another PostgreSQL; the same rows give the same numbers as a file."""

import datetime as dt
import hashlib

import psycopg
import pytest
from comparing import compare_tables, fetch

from analysis.config import parse_config
from analysis.data import sources
from analysis.engine import open_engine
from analysis.errors import ConfigurationError, DataRefused
from analysis.report import verify
from analysis.run import Run, read_data
from analysis.texts import Texts
from shops import COLUMNS, ENOUGH, configure, make_lines

TABLES = ("ledger", "thresholds", "segments", "history", "migration", "cohorts")
MADE = 'customer text, at timestamp, "order" text, product text, quantity integer, price numeric(10, 2)'
PUT = 'insert into {} (customer, at, "order", product, quantity, price) values (%s, %s, %s, %s, %s, %s)'
ELSEWHERE = {"database": "env:WORKBOOK_TEST_DATABASE_URL"}


@pytest.fixture(scope="module")
def rows():
    return [[row[0] or None, *row[1:]] for row in make_lines(3)]


@pytest.fixture
def put(postgres):
    """Make tables in a schema that people use; they are gone afterwards."""
    postgres.do("create schema sales")

    def put(name, rows, columns=MADE):
        postgres.do(f"create table {name} ({columns})")
        with psycopg.connect(postgres.url()) as con:
            con.cursor().executemany(PUT.format(name), rows)

    yield put
    postgres.do("drop schema sales cascade")


def open_table(folder, source, engine=None, **choices):
    values = {"name": "shop", "order": "id", "sufficiency": ENOUGH, "inputs": {"transactions": {"columns": COLUMNS} | source}} | choices
    return Run(read_data(parse_config(values | ({"engine": engine} if engine else {}), folder), "latest"), Texts("en"), None)


def read(folder, source, engine=None, section="transactions", **choices):
    """Read an input alone: its lines as rows in the order of their numbers, and the files of the manifest."""
    values = {"name": "shop", "order": "id", "inputs": {"transactions": {"columns": COLUMNS} | source}} | choices
    config = parse_config(values | ({"engine": engine} if engine else {}), folder)
    opened = open_engine(folder / "scratch", config.engine)
    intake = sources.read_input(opened, config, section)
    return intake.lines.order_by("source_row").to_pyarrow().to_pylist(), intake.inputs


def test_a_table_of_the_engine_and_one_of_another_database_give_what_a_file_gives(tmp_path, rows, put, postgres_engine):
    """The table is in an order of its own; the file has the rows as they were made."""
    put("sales.lines", sorted(rows, key=lambda row: hashlib.sha256(repr(row).encode()).digest()))
    file = Run(
        read_data(configure(tmp_path, {"sales.lines": [[cell if cell is not None else "" for cell in row] for row in rows]}), "latest"), Texts("en"), None
    )
    inside = open_table(tmp_path, {"table": "sales.lines"}, postgres_engine)
    outside = open_table(tmp_path, {"table": "sales.lines"} | ELSEWHERE)
    compare_tables(file, inside, names=TABLES, frames=("key_figures",))
    compare_tables(file, outside, names=TABLES, frames=("key_figures",))


SPOILED = [
    [" c１ ", "2024-01-05", "o1", "A", 2, "3.50"],
    ["N/A", "2024-01-06", "o2", "A", 1, "1"],
    ["c2", "1969-12-31", "o3", "A", 1, "1"],
    ["c2", None, "o4", "A", None, "1"],
    ["c2", "2024-01-07", "1.2346E+04", "A", 1, "1"],
    ["c2", "2024-01-08", "o5", "A", 2147483647, "99999999.99"],
    ["\u3000\u200b", "2024-01-09", "null", "-", -1, None],
]
REASONS = [  # by hand, from what the workbook says of files
    None,
    None,
    "date impossible (before 1970 or after 2100)",
    "date missing; quantity missing",
    "order_id destroyed by a spreadsheet (like 1.2346E+04): its digits are lost",
    "amount too large",
    "unit_price missing",
]


@pytest.mark.parametrize("where", ["engine", "elsewhere"])
def test_what_cannot_be_used_is_told_in_the_words_of_files(tmp_path, put, postgres_engine, where):
    put("sales.lines", SPOILED)
    source, engine = ({"table": "sales.lines"}, postgres_engine) if where == "engine" else ({"table": "sales.lines"} | ELSEWHERE, None)
    lines, _inputs = read(tmp_path, source, engine)
    assert sorted(line["problem"] or "" for line in lines) == sorted(reason or "" for reason in REASONS)
    good = next(line for line in lines if line["order_id"] == "o1")
    assert (good["customer_id"], good["ordered_at"], str(good["amount"]), str(good["quantity"])) == ("c1", dt.datetime(2024, 1, 5), "7.0000", "2.0000")
    assert next(line for line in lines if line["order_id"] == "o2")["customer_id"] is None
    last = next(line for line in lines if line["problem"] == "unit_price missing")
    assert (last["customer_id"], last["order_id"], last["product_id"]) == (None, None, None)
    assert "order=1.2346E+04" in next(line["raw"] for line in lines if "destroyed" in (line["problem"] or ""))
    assert good["raw"] is None and {line["source_file"] for line in lines} == {"sales.lines"}


@pytest.mark.parametrize("where", [{}, ELSEWHERE], ids=["engine", "elsewhere"])
def test_a_row_keeps_its_number_however_the_table_lies(tmp_path, rows, put, postgres, postgres_engine, where):
    """Equal rows (here each of the first hundred twice) are told apart; one changed cell changes the digest of the manifest."""
    engine = None if where else postgres_engine
    put("sales.one", rows + rows[:100])
    put("sales.two", (rows + rows[:100])[::-1])
    (one, inputs), (two, others) = (read(tmp_path, {"query": f"select * from sales.{name}"} | where, engine) for name in ("one", "two"))
    assert one == two and len({line["source_row"] for line in one}) == len(rows) + 100
    assert inputs == others and inputs[0].records == len(rows) + 100
    postgres.do("update sales.two set price = price + 0.01 where ctid = (select min(ctid) from sales.two)")
    assert read(tmp_path, {"query": "select * from sales.two"} | where, engine)[1][0].sha256 != inputs[0].sha256


def test_a_key_numbers_the_rows_and_says_which_comes_last(tmp_path, put, postgres, postgres_engine):
    postgres.do(
        "create table sales.people (id bigint, who text, town text)",
        "insert into sales.people values (20, 'a', 'new'), (3, 'a', 'old'), (7, 'b', 'other'), (8, null, 'nowhere')",
    )
    put("sales.lines", SPOILED)
    people = {"table": "sales.people", "key": "id", "columns": {"customer_id": "who", "city": "town"}}
    inputs = {"transactions": {"table": "sales.lines", "columns": COLUMNS}, "customers": people}
    lines, _inputs = read(tmp_path, {}, postgres_engine, "customers", inputs=inputs)
    assert [(line["source_row"], line["city"], line["problem"]) for line in lines] == [
        (3, "old", "customer_id comes again later; the last row counts"), (7, "other", None), (8, "nowhere", "customer_id missing"), (20, "new", None),
    ]  # fmt: skip
    postgres.do("update sales.people set id = 7 where id = 8")
    with pytest.raises(ConfigurationError, match="has to tell every row apart"):
        read(tmp_path, {}, postgres_engine, "customers", inputs=inputs)


@pytest.mark.parametrize("where", [{}, ELSEWHERE], ids=["engine", "elsewhere"])
def test_times_are_the_shops_own(tmp_path, put, postgres, postgres_engine, where):
    """20:30 UTC on New Year's Eve is half past four on New Year's Day in Shanghai; a time without a zone is of the zone that the source names."""
    postgres.do(
        f"create table sales.lines ({MADE.replace('at timestamp', 'at timestamptz')})",
        "insert into sales.lines values ('a', '2023-12-31 20:30+00', 'o', 'p', 1, 1)",
    )
    put("sales.naive", [["a", "2023-12-31 20:30", "o", "p", 1, 1]])
    put("sales.days", [["a", "2023-12-31", "o", "p", 1, 1]], MADE.replace("at timestamp", "at date"))
    engine = None if where else postgres_engine

    def when(table, **source):
        return read(tmp_path, {"table": f"sales.{table}"} | source | where, engine, time_zone="Asia/Shanghai")[0][0]["ordered_at"]

    assert when("lines") == dt.datetime(2024, 1, 1, 4, 30)
    assert when("naive", time_zone="UTC") == dt.datetime(2024, 1, 1, 4, 30)
    assert when("naive") == dt.datetime(2023, 12, 31, 20, 30)
    assert when("days", time_zone="UTC") == dt.datetime(2023, 12, 31)


@pytest.mark.parametrize("where", [{}, ELSEWHERE], ids=["engine", "elsewhere"])
@pytest.mark.parametrize(
    ("source", "error", "said"),
    [
        ({"table": "sales.line"}, ConfigurationError, 'relation "sales.line" does not exist'),
        ({"query": "select customer from sales.lines"}, DataRefused, "'order' (for order_id)"),
        ({"query": "selec 1"}, ConfigurationError, "one SELECT that changes nothing"),
        ({"query": "select 1; drop table sales.lines"}, ConfigurationError, "one SELECT that changes nothing"),
        ({"query": "with gone as (delete from sales.lines returning *) select * from gone"}, ConfigurationError, "one SELECT that changes nothing"),
        ({"query": "select *, 1 as customer from sales.lines"}, ConfigurationError, "several columns of the name 'customer'"),
        ({"query": "select * from sales.lines where false"}, DataRefused, "There are no rows in"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_said_and_nothing_is_changed(tmp_path, put, postgres, postgres_engine, where, source, error, said):
    put("sales.lines", SPOILED)
    with pytest.raises(error) as caught:
        read(tmp_path, source | where, None if where else postgres_engine)
    assert said in str(caught.value)
    assert postgres.ask("select count(*) from sales.lines") == [(len(SPOILED),)]


def test_text_where_numbers_are_needed_is_refused_in_the_engine_and_read_from_elsewhere(tmp_path, put, postgres_engine):
    put("sales.lines", SPOILED[:1])
    query = {"query": 'select customer, at::text as at, "order", product, quantity::text as quantity, price from sales.lines'}
    with pytest.raises(DataRefused, match="'at' .* is string, and times are needed; 'quantity' .* numbers are needed. Cast it in a view"):
        read(tmp_path, query, postgres_engine)
    assert read(tmp_path, query | ELSEWHERE)[0][0]["ordered_at"] == dt.datetime(2024, 1, 5)


def test_a_user_who_may_not_read_is_told_what_to_ask_for(tmp_path, put, postgres, monkeypatch):
    put("sales.lines", SPOILED)
    if not postgres.ask("select 1 from pg_roles where rolname = 'guest'"):
        postgres.do("create role guest login password 'guest'")
    monkeypatch.setenv("SHOP_URL", postgres.url(user="guest", password="guest"))  # noqa: S106
    with pytest.raises(ConfigurationError, match="GRANT SELECT"):
        read(tmp_path, {"table": "sales.lines", "database": "env:SHOP_URL"})


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ({"table": "sales.lines"}, "nothing says where that is"),
        ({"table": "sales.lines", "query": "select 1"}, "give one of files, table or query"),
        ({"table": "t", "database": "postgresql://u:s3cret@h/d"}, "does not stand in a file"),
        ({"table": "t", "database": "env:not a name"}, "names an environment variable"),
        ({"files": ["a.csv"], "key": "id"}, "key is for tables and queries"),
        ({"table": "t", "database": "env:X", "fill_down": ["customer_id"]}, "name the column that orders them as key"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_is_refused(tmp_path, source, said):
    with pytest.raises(ConfigurationError, match=said) as caught:
        open_table(tmp_path, source)
    assert "s3cret" not in str(caught.value)


def test_the_quarantine_of_a_table_is_the_same_in_every_run(tmp_path, put, postgres_engine):
    put("sales.lines", SPOILED)
    one, two = (fetch(open_table(tmp_path / name, {"table": "sales.lines"}, postgres_engine, limits={"refuse": 1}), "quarantine") for name in "ab")
    assert one.to_dict() == two.to_dict() and len(one) == 5


@pytest.mark.parametrize("where", [{}, ELSEWHERE], ids=["engine", "elsewhere"])
def test_a_report_is_only_verified_while_its_table_is_what_it_was(tmp_path, put, postgres, postgres_engine, where):
    put("sales.lines", SPOILED[:2])
    values = {"name": "shop", "order": "id", "inputs": {"transactions": {"columns": COLUMNS, "table": "sales.lines"} | where}}
    config = parse_config(values | ({} if where else {"engine": postgres_engine}), tmp_path)
    recorded = {file.sha256: file.name for file in read_data(config, "latest").inputs}
    assert verify._compare_inputs(config, recorded, "latest") == []
    postgres.do("update sales.lines set quantity = 3 where quantity = 2")
    assert verify._compare_inputs(config, recorded, "latest") == [
        "sales.lines is not what it was, or not there", "sales.lines was not part of the report, or not in this form",
    ]  # fmt: skip
