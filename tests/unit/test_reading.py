"""The parts that reading is made of: values, dates, lines, bytes."""

import csv
import datetime as dt
import gzip
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.data.reading import containers, dates, values
from analysis.data.reading.dialect import sniff
from analysis.data.reading.encodings import take_census
from analysis.data.reading.intake import InputFile, Note, tidy
from analysis.data.reading.lines import plain_lines, read_records
from analysis.engine import open_engine
from analysis.errors import DataRefused
from analysis.settings.inputs import Source
from analysis.settings.limits import Limits


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return open_engine(tmp_path_factory.mktemp("scratch"))


def compute(engine, sql: str, text: str):
    return engine.reader.con.execute(f"select {sql} from (select $1::varchar as x)", [text]).fetchone()[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"), (" 12.50 ", "12.5"), ("1,234.50", "1234.5"), ("12,345,678", "12345678"), ("12,34,567", "1234567"), ("(1,234.50)", "-1234.5"), ("12-", "-12"),
        ("−12", "-12"), ("－12", "-12"), ("１２．５", "12.5"), ("$5", "5"), ("-$5.00", "-5"), ("US$ 5.20", "5.2"), ("¥1,000", "1000"), ("5 元", "5"), ("CNY 5", "5"),
        ("1 234.5", "1234.5"), ("1'234.5", "1234.5"), (".5", "0.5"), ("\u00a05\u200b", "5"), ("1.00005", "1.0001"), ("1.2E+04", "12000"),
        ("8.12.3", None), ("1,23", None), ("(5", None), ("5)", None), ("(-5)", None), ("-5-", None), ("", None), ("-", None), ("abc", None), ("nan", None), ("inf", None),
        ("1e30", None), ("10%", None), ("5 apples", None),
    ],
)  # fmt: skip
def test_numbers(engine, text, number):
    assert compute(engine, values.number("x"), text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "number"), [("1.234,50", "1234.5"), ("12,5", "12.5"), ("1.234", "1234"), ("1234", "1234"), ("1.23", None), ("(1.234,50)", "-1234.5")]
)
def test_numbers_with_a_decimal_comma(engine, text, number):
    assert compute(engine, values.number("x", decimal=","), text) == (None if number is None else Decimal(number))


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=4))
@settings(max_examples=60, deadline=None)
def test_numbers_survive_being_written_out(number):
    engine = _shared()
    for text in (f"{number}", f"{number:,}", f"({abs(number):,})" if number < 0 else f"${number:,}"):
        assert compute(engine, values.number("x"), text) == number


_ENGINES: list = []


def _shared():
    if not _ENGINES:
        _ENGINES.append(open_engine())
    return _ENGINES[0]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [("00123", "00123"), ("００１２３", "00123"), (" 12 3\u3000", "12 3"), ("1\u200b2", "12"), ("Ａ－１", "A-1"), ("张三", "张三"),
     ("NULL", None), ("n/a", None), ("NaN", None), ("none", None), ("-", None), ("\u00a0", None), ("", None)],
)  # fmt: skip
def test_identifiers(engine, text, identifier):
    assert compute(engine, values.identifier("x"), text) == identifier


@pytest.mark.parametrize(
    ("text", "destroyed"), [("1.2346E+04", True), ("1E+05", True), ("1,2346E+11", True), ("E+1", False), ("a+b", False), ("85123E", False)]
)
def test_destroyed_identifiers(engine, text, destroyed):
    assert compute(engine, values.is_destroyed("x"), text) is destroyed


@pytest.mark.parametrize(
    ("text", "order", "moment"),
    [
        ("2024-04-27", "day_first", (2024, 4, 27)), ("2024/4/7 9:05", "day_first", (2024, 4, 7, 9, 5)), ("27.04.2024 15:05:06", "day_first", (2024, 4, 27, 15, 5, 6)),
        ("04/03/2024", "day_first", (2024, 3, 4)), ("04/03/2024", "month_first", (2024, 4, 3)), ("24-04-27", "year_first", (2024, 4, 27)),
        ("4/27/24 3:05 PM", "month_first", (2024, 4, 27, 15, 5)), ("4/27/24 12:00 AM", "month_first", (2024, 4, 27)), ("4/27/24 12:30 p.m.", "month_first", (2024, 4, 27, 12, 30)),
        ("2024年4月27日 下午3:05", "day_first", (2024, 4, 27, 15, 5)), ("2024年4月27日15时05分", "day_first", (2024, 4, 27, 15, 5)), ("20240427101112", "day_first", (2024, 4, 27, 10, 11, 12)),
        ("40886.5", "day_first", (2011, 12, 9, 12)), ("03-May-24", "day_first", (2024, 5, 3)), ("May 3, 2024 14:30", "day_first", (2024, 5, 3, 14, 30)),
        ("1714212000", "day_first", (2024, 4, 27, 10)), ("1714212000000", "day_first", (2024, 4, 27, 10)), ("31/12/69", "day_first", (1969, 12, 31)), ("31/12/68", "day_first", (2068, 12, 31)),
        ("2024-02-30", "day_first", None), ("31/04/2024", "day_first", None), ("27/04/2024", "month_first", None), ("27/04/024", "day_first", None), ("tomorrow", "day_first", None),
        ("2024-04-27 25:00", "day_first", None), ("27/04/2024 noon", "day_first", None),
    ],
)  # fmt: skip
def test_moments(engine, text, order, moment):
    facts = dates.survey(engine, [f"select '{text}' as raw"])
    assert compute(engine, dates.moment("x", facts, order, style=None, here="UTC", there="UTC"), text) == (dt.datetime(*moment) if moment else None)


def test_iso_means_iso(engine):
    facts = dates.survey(engine, ["select '27/04/2024' as raw"])
    assert compute(engine, dates.moment("x", facts, "day_first", style="iso", here="UTC", there="UTC"), "27/04/2024") is None


@given(
    rows=st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=("Cs",)), max_size=6), min_size=3, max_size=3),
        min_size=1,
        max_size=12,
    ),
    delimiter=st.sampled_from(",;\t|"),
)
@settings(max_examples=150, deadline=None)
def test_records_are_those_that_were_written(rows, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    records = list(read_records(plain_lines([out.getvalue()]), delimiter, 3, first_row=2))
    assert [record.fields for record in records] == rows
    assert [record.row for record in records] == list(range(2, len(rows) + 2))


@given(st.text("ab\r\n", max_size=30), st.integers(1, 5))
def test_lines_do_not_depend_on_the_chunks(text, size):
    chunks = [text[start : start + size] for start in range(0, len(text), size)]
    expected = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert list(plain_lines(chunks)) == (expected[:-1] if not expected[-1] else expected)


@given(rows=st.lists(st.lists(st.text('ab"\né', max_size=5), min_size=2, max_size=2), min_size=1, max_size=10), size=st.integers(1, 9))
@settings(max_examples=100, deadline=None)
def test_the_census_does_not_depend_on_the_chunks(tmp_path_factory, rows, size):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    path = tmp_path_factory.mktemp("census") / "f.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(containers, "_CHUNK", size)
        census = take_census(path, Limits())
    assert (census.records, census.quoted_newlines) == (len(rows), sum(field.count("\n") for row in rows for field in row))
    assert census.utf8 and census.balanced


def test_the_hash_is_that_of_the_file_on_disk(tmp_path):
    path = tmp_path / "f.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert take_census(path, Limits()).sha256 == containers.hash_file(path)


@pytest.mark.parametrize(
    ("text", "delimiter", "headers", "row"),
    [
        ("a,b,c\n1,2,3\n", ",", ("a", "b", "c"), 1),
        ("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", ";", ("a", "b", "c"), 1),
        ("Report\n\na|b\n1|2\n3|4\n", "|", ("a", "b"), 3),
        ('"a\nb",c\n1,2\n', ",", ("a\nb", "c"), 1),
        (" a  b\n 1  2\n", "whitespace", ("a", "b"), 1),
    ],
)
def test_dialects(text, delimiter, headers, row):
    dialect = sniff(text, Source(files=("x",)))
    assert (dialect.delimiter, dialect.headers, dialect.header_row) == (delimiter, headers, row)


def test_records_are_accounted_for():
    with pytest.raises(DataRefused, match="10 records were counted, but 8 rows were read and 1 rejected"):
        InputFile("f.csv", "", 0, None, None, (), 10, 8, 1)


def test_every_note_has_a_sentence():
    assert Note("blank-rows", {"file": "f.csv", "count": 1234}).text == "f.csv: 1,234 blank rows were passed over."


def test_headers_are_tidied():
    assert tidy("\ufeff Ｏｒｄｅｒ\u00a0  ID\u200b ") == "Order ID"
