"""Files as people have them: each ends in rows with a reason, or in one clear sentence before anything is computed."""

import codecs
import datetime as dt
import gzip
import sqlite3
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import xlsxwriter

from analysis.config import Config, parse_config
from analysis.data.sources import input_paths, read_input, read_transactions
from analysis.engine import open_engine
from analysis.errors import ConfigurationError, DataRefused, WorkbookError

COLUMNS = {"customer_id": "customer", "ordered_at": "date", "order_id": "order", "quantity": "qty", "unit_price": "price"}
HEADER = "order,customer,date,qty,price\n"
THREE = "1,a,2024-01-01,2,1.50\n2,b,2024-01-02,1,10\n3,a,2024-01-03,4,0.25\n"  # 3 + 10 + 1 = 14


def configure(
    folder: Path, *files: str, columns: dict | None = None, currency: str = "", time_zone: str = "UTC", limits: dict | None = None, **source
) -> Config:
    place = {} if "database" in source else {"files": list(files)}
    columns = columns or COLUMNS
    return parse_config(
        {"name": "test", "currency": currency, "time_zone": time_zone, "order": "id" if "order_id" in columns else "day", "limits": limits or {},
         "inputs": {"transactions": place | {"columns": columns} | source}}, folder)  # fmt: skip


def read(folder: Path, *files: str, **options):
    engine = open_engine(folder / "scratch")
    intake = read_transactions(engine, configure(folder, *files, **options))
    rows = intake.lines.order_by(["source_order", "source_file", "source_row"]).to_pyarrow().to_pandas()
    for file in intake.inputs:
        assert file.records == file.kept + file.rejected
    assert len(rows) == sum(file.records for file in intake.inputs)
    return rows, intake


def write(folder: Path, content: str | bytes, name: str = "f.csv") -> str:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def total(rows) -> Decimal:
    return sum(rows.amount.dropna(), Decimal(0))


def refusal(folder: Path, content: str | bytes, name: str = "f.csv", kind: type[WorkbookError] = DataRefused, **options) -> str:
    with pytest.raises(kind) as caught:
        read(folder, write(folder, content, name), **options)
    return str(caught.value)


# --- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_chinese_in_every_encoding(tmp_path, encoding):
    text = "order,customer,date,qty,price,城市\n" + "".join(f"{n},客户{n},2024-01-0{n},1,2.5,北京\n" for n in range(1, 6))
    rows, intake = read(tmp_path, write(tmp_path, text.encode(encoding)), attributes={"city": "城市"})
    assert list(rows.customer_id) == [f"客户{n}" for n in range(1, 6)]
    assert set(rows.city) == {"北京"}
    assert total(rows) == Decimal("12.5")
    assert [note.key for note in intake.notes] == (["encoding-guessed"] if encoding.startswith("gb") else [])


def test_marked_utf16_without_ascii_header(tmp_path):
    rows, intake = read(tmp_path, write(tmp_path, codecs.BOM_UTF16_BE + (HEADER + THREE).encode("utf-16-be")))
    assert (len(rows), intake.inputs[0].encoding) == (3, "utf-16")


def test_western_text_is_not_taken_for_chinese(tmp_path):
    rows, intake = read(
        tmp_path, write(tmp_path, (HEADER + "1,Zoë Müller,2024-01-01,1,2\n2,ANDRÉ LEFÈVRE,2024-01-02,1,2\n3,GÖTZ £,2024-01-03,1,2\n").encode("cp1252"))
    )
    assert list(rows.customer_id) == ["Zoë Müller", "ANDRÉ LEFÈVRE", "GÖTZ £"]
    assert intake.notes[0].key == "encoding-guessed"


def test_a_configured_encoding_wins_and_is_held_strictly(tmp_path):
    rows, intake = read(tmp_path, write(tmp_path, (HEADER + "1,é,2024-01-01,1,2\n").encode("latin-1")), encoding="latin-1")
    assert list(rows.customer_id) == ["é"] and not intake.notes
    assert "not valid UTF-8" in refusal(tmp_path, (HEADER + "1,é,2024-01-01,1,2\n").encode("latin-1"), encoding="utf-8")
    assert "gb18030" in refusal(tmp_path, (HEADER + THREE).encode() + b"4,\xff\xff,2024-01-01,1,2\n", encoding="gb18030")
    assert "no encoding 'klingon'" in refusal(tmp_path, HEADER + THREE, kind=ConfigurationError, encoding="klingon")


def test_one_wrong_byte_far_down_is_found(tmp_path):
    text = (HEADER + THREE * 60_000).encode() + b"9,caf\xe9,2024-01-01,1,2\n"
    rows, intake = read(tmp_path, write(tmp_path, text))
    assert len(rows) == 180_001 and intake.inputs[0].encoding == "windows-1252"
    assert rows.customer_id.iloc[-1] == "café"


def test_damaged_utf8_is_not_taken_for_something_else(tmp_path):
    text = (HEADER + "1,Müller,2024-01-01,1,2\n2,Zoë,2024-01-01,1,2\n3,北京é".replace("北京", "北京路")).encode()
    assert "UTF-8, but damaged or cut off" in refusal(tmp_path, text[:-1])


# --- the shape of text files


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_recognised(tmp_path, delimiter):
    rows, intake = read(tmp_path, write(tmp_path, (HEADER + THREE).replace(",", delimiter)))
    assert total(rows) == 14 and intake.inputs[0].delimiter == delimiter


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path, end):
    rows, _ = read(tmp_path, write(tmp_path, (HEADER + THREE).replace("\n", end)))
    assert total(rows) == 14 and list(rows.source_row) == [2, 3, 4]


def test_mixed_line_ends(tmp_path):
    rows, _ = read(tmp_path, write(tmp_path, HEADER + THREE.replace("\n", "\r\n") + THREE))
    assert total(rows) == 28


def test_no_newline_at_the_end_and_many_at_the_end(tmp_path):
    assert len(read(tmp_path, write(tmp_path, HEADER + THREE.rstrip("\n")))[0]) == 3
    assert len(read(tmp_path, write(tmp_path, HEADER + THREE + "\n\n\r\n"))[0]) == 3


def test_whitespace_with_and_without_header(tmp_path):
    body = " 00001 19970101  1   11.77\n 00002 19970112  5   77.00\n"
    columns = {"customer_id": "id", "ordered_at": "day", "quantity": "n", "amount": "usd"}
    rows, _ = read(tmp_path, write(tmp_path, body), columns=columns, header=False, names=["id", "day", "n", "usd"])
    assert list(rows.customer_id) == ["00001", "00002"] and list(rows.source_row) == [1, 2]
    rows, _ = read(tmp_path, write(tmp_path, "id  day n usd\n" + body), columns=columns)
    assert total(rows) == Decimal("88.77") and list(rows.source_row) == [2, 3]
    assert list(rows.unit_price) == [Decimal("11.77"), Decimal("15.4")]


def test_ragged_rows_are_set_aside_with_their_numbers(tmp_path):
    rows, intake = read(tmp_path, write(tmp_path, HEADER + THREE + "4,a,2024-01-04,1\n5,b,2024-01-05,1,2,3\n6,c,2024-01-06,1,6\n"))
    assert list(rows.source_row) == [2, 3, 4, 5, 6, 7]
    assert rows.problem[3] == "4 values where the header has 5 columns" and rows.problem[4] == "6 values where the header has 5 columns"
    assert rows.raw[3] == "4,a,2024-01-04,1"
    assert list(rows.order_id[[0, 1, 2, 5]]) == ["1", "2", "3", "6"] and total(rows) == 20
    assert (intake.inputs[0].records, intake.inputs[0].rejected) == (6, 2)


def test_ragged_rows_after_line_breaks_inside_quotes(tmp_path):
    rows, _ = read(tmp_path, write(tmp_path, HEADER + '1,"a\nb",2024-01-01,1,2\n2,b,2024\n3,c,2024-01-03,1,5\n'))
    assert list(rows.source_row) == [2, 3, 4] and rows.customer_id[0] == "a\nb"
    assert rows.problem[1] == "3 values where the header has 5 columns" and total(rows) == 7


def test_an_unclosed_quote_costs_one_row(tmp_path):
    lines = [f'{n},"c{n}",2024-01-01,1,1' for n in range(1, 121)]
    lines[49] = '50,"c50,2024-01-01,1,1'
    rows, intake = read(tmp_path, write(tmp_path, HEADER + "\n".join(lines) + "\n"))
    assert len(rows) == 120 and intake.inputs[0].rejected == 1
    bad = rows[rows.problem.notna()]
    assert list(bad.source_row) == [51] and bad.problem.iloc[0] == "a quotation mark is opened and not closed"
    assert total(rows) == 119


@pytest.mark.parametrize("places", [(10, 11), (10, 40), (118, 119), (0, 119)])
def test_two_unclosed_quotes_cost_two_rows(tmp_path, places):
    lines = [f'{n},"c{n}",2024-01-01,1,1' for n in range(1, 121)]
    for place in places:
        lines[place] = f'{place + 1},"c,2024-01-01,1,1'
    rows, _intake = read(tmp_path, write(tmp_path, HEADER + "\n".join(lines) + "\n"))
    assert sorted(rows[rows.problem.notna()].source_row) == [place + 2 for place in places]
    assert total(rows) == 118


def test_quotes_inside_unquoted_fields_are_letters(tmp_path):
    rows, _ = read(tmp_path, write(tmp_path, "order\tcustomer\tdate\tqty\tprice\n" + '1\t5" pipe\t2024-01-01\t1\t2\n2\tb\t2024-01-01\t1\t3\n'))
    assert list(rows.customer_id) == ['5" pipe', "b"] and total(rows) == 5


def test_trailing_delimiters_do_not_shift_columns(tmp_path):
    rows, intake = read(tmp_path, write(tmp_path, HEADER + THREE.replace("\n", ",\n")))
    assert list(rows.order_id) == ["1", "2", "3"] and total(rows) == 14
    assert [note.key for note in intake.notes] == ["trailing-delimiters"]
    rows, _ = read(tmp_path, write(tmp_path, HEADER + THREE.replace("\n", ",\n") + "4,a,2024-01-04,1,1,surprise\n5,a,2024-01-04,1,1\n"))
    assert list(rows.problem.notna()) == [False, False, False, True, False] and total(rows) == 15


def test_blank_lines_keep_the_row_numbers_right(tmp_path):
    rows, _ = read(tmp_path, write(tmp_path, HEADER + "1,a,2024-01-01,1,1\n\n\n2,b,2024-01-02,1\n3,a,2024-01-01,1,1\n"))
    assert list(rows.source_row) == [2, 5, 6] and rows.problem.notna().tolist() == [False, True, False]


def test_rows_of_commas_are_blank(tmp_path):
    rows, intake = read(tmp_path, write(tmp_path, HEADER + "1,a,2024-01-01,1,1\n,,,,\n,,,,\n2,b,2024-01-02,1,1\n"))
    assert list(rows.source_row) == [2, 5] and intake.inputs[0].records == 2
    assert [(note.key, note.values["count"]) for note in intake.notes] == [("blank-rows", 2)]


def test_title_rows_and_totals(tmp_path):
    rows, intake = read(tmp_path, write(tmp_path, "Sales report\nMade on Monday\n\n" + HEADER + THREE + "Total,,,7,14\n"))
    assert list(rows.source_row) == [5, 6, 7, 8]
    assert rows.problem[3] == "a totals row" and "title-rows" in [note.key for note in intake.notes]


def test_a_file_that_does_not_fit_its_header_is_refused(tmp_path):
    assert "do not fit its header" in refusal(tmp_path, HEADER + "1,a,2024-01-01,1,1,x\n" * 20)


def test_duplicate_headers(tmp_path):
    text = "order,customer,date,qty,price,price\n1,a,2024-01-01,1,2,3\n"
    assert "'price' (for unit_price) occurs 2 times" in refusal(tmp_path, text)
    rows, intake = read(tmp_path, write(tmp_path, text.replace("price,price", "price,x,x").replace("2,3", "2,3,4")))
    assert total(rows) == 2 and [note.key for note in intake.notes] == ["duplicate-headers"]


def test_a_day_without_sales_among_others(tmp_path):
    write(tmp_path, HEADER, "1.csv")
    write(tmp_path, HEADER + THREE, "2.csv")
    rows, intake = read(tmp_path, "*.csv")
    assert total(rows) == 14 and [note.key for note in intake.notes] == ["file-empty"]


def test_a_missing_column_is_named_with_those_there_are(tmp_path):
    message = refusal(tmp_path, HEADER.replace("customer", "Customer No").replace("price", "prize") + THREE)
    assert "'customer' (for customer_id)" in message and "perhaps 'prize'" in message and "'Customer No', 'date', 'qty', 'prize'" in message


def test_headers_match_despite_invisible_characters_and_case(tmp_path):
    rows, _ = read(tmp_path, write(tmp_path, "\ufefforder, Customer\u200b ,DATE,qty\u00a0,ｐｒｉｃｅ\n" + THREE))
    assert total(rows) == 14


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty (0 bytes)"),
        (HEADER.encode(), "a header and nothing below it"),
        (b"<!DOCTYPE html><html><body>Please log in</body></html>", "a web page"),
        (b"\r\n<html>\n<table><tr><td>order</td></tr></table>", "a web page"),
        (b'{"order": 1}', "JSON"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 broken", "damaged"),
        (bytes(range(256)) * 50, "binary"),
        (b"\x1f\x8b\x08\x00" + b"garbage" * 20, "damaged gzip"),
        (b"PAR1 and nothing", "Parquet"),
        (gzip.compress(b"", mtime=0), "nothing inside"),
        (gzip.compress(b"<html>login</html>", mtime=0), "a web page"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["f.csv", "f.xlsx"])
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path, content, words, name):
    message = refusal(tmp_path, content, name)
    assert words in message and len(message) < 700 and "Traceback" not in message


def test_truncated_gzip(tmp_path):
    whole = gzip.compress((HEADER + THREE * 5000).encode())
    assert "cut off" in refusal(tmp_path, whole[:-20], "f.csv.gz")


def test_gzip_members_one_after_the_other(tmp_path):
    rows, _ = read(tmp_path, write(tmp_path, gzip.compress((HEADER + THREE).encode()) + gzip.compress(THREE.encode()), "f.csv.gz"))
    assert total(rows) == 28


def test_bombs_are_refused(tmp_path):
    line = b"1,a,2024-01-01,1,1\n"
    assert "unpacks to more than 200 times" in refusal(tmp_path, gzip.compress(HEADER.encode() + line * 4_000_000), "f.csv.gz")
    assert "larger than 1,000 bytes" in refusal(tmp_path, HEADER.encode() + line * 100, limits={"file_bytes": 1000})
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    with pytest.raises(DataRefused, match="unpacks to more than"):
        read(tmp_path, "b.xlsx")


def test_wrong_extensions_are_seen_through(tmp_path):
    workbook(tmp_path / "real.xlsx", {"Sheet1": [HEADER.strip().split(","), ["1", "a", dt.datetime(2024, 1, 1), 2, 3]]})
    (tmp_path / "f.csv").write_bytes((tmp_path / "real.xlsx").read_bytes())
    rows, intake = read(tmp_path, "f.csv")
    assert total(rows) == 6 and intake.notes[0].key == "wrong-extension"
    rows, intake = read(tmp_path, write(tmp_path, HEADER + THREE, "g.xlsx"))
    assert total(rows) == 14 and "a text file" in intake.notes[0].text


def test_file_names_that_look_like_patterns(tmp_path):
    rows, _ = read(tmp_path, write(tmp_path, HEADER + THREE, "a[1] 'x'.csv"))
    assert total(rows) == 14 and set(rows.source_file) == {"a[1] 'x'.csv"}


def test_globs_in_order_and_missing_files(tmp_path):
    for name in ("b2.csv", "b1.csv", "a.csv"):
        write(tmp_path, HEADER + THREE, name)
    rows, _ = read(tmp_path, "b*.csv", "a.csv")
    assert list(dict.fromkeys(zip(rows.source_file, rows.source_order, strict=True))) == [("b1.csv", 1), ("b2.csv", 2), ("a.csv", 3)]
    with pytest.raises(ConfigurationError, match=r"'c\*.csv', 'd.csv'"):
        input_paths(configure(tmp_path, "a.csv", "c*.csv", "d.csv"))


def test_columns_may_lie_in_another_order_in_each_file(tmp_path):
    write(tmp_path, HEADER + THREE, "1.csv")
    write(tmp_path, "price;qty;date;extra;customer;order\n5;2;2024-02-01;x;a;9\n", "2.csv")
    rows, _ = read(tmp_path, "*.csv")
    assert total(rows) == 24


# --- Excel


def workbook(path: Path, sheets: dict[str, list[list]]) -> None:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, place, cell)
    book.close()


def test_excel_sheets_titles_totals_and_types(tmp_path):
    head = ["order", "customer", "date", "qty", "price"]
    january = [
        ["Sales 2024"],
        [],
        head,
        ["1", "00123", dt.datetime(2024, 1, 1, 12, 30), 2, 0.1],
        ["2", 17850, dt.datetime(2024, 1, 2), 3, 0.2],
        [],
        ["Total", None, None, 5, 0.8],
    ]
    february = [head, ["3", "c", dt.datetime(2024, 2, 1), 1, 19.99]]
    workbook(tmp_path / "f.xlsx", {"Jan": january, "Feb": february, "Notes": [["remember the milk"]]})
    rows, intake = read(tmp_path, "f.xlsx")
    assert list(rows.source_file) == ["f.xlsx[Feb]"] + ["f.xlsx[Jan]"] * 3 and list(rows.source_row) == [2, 4, 5, 7]
    good = rows[rows.problem.isna()]
    assert total(good) == Decimal("20.79") and set(good.customer_id) == {"c", "00123", "17850"}
    assert rows.problem.iloc[3] == "a totals row"
    assert good.ordered_at.iloc[1] == dt.datetime(2024, 1, 1, 12, 30)
    assert intake.inputs[0].sheets == ("Jan", "Feb") and {note.key for note in intake.notes} == {"sheets-taken", "sheets-skipped", "title-rows"}
    rows, _ = read(tmp_path, "f.xlsx", sheets=["Feb"])
    assert list(rows.source_file) == ["f.xlsx"] and total(rows) == Decimal("19.99")
    with pytest.raises(DataRefused, match="no sheet 'Mar'"):
        read(tmp_path, "f.xlsx", sheets=["Mar"])


def test_excel_serials_in_cells_without_a_date_format(tmp_path):
    workbook(tmp_path / "f.xlsx", {"S": [["order", "customer", "date", "qty", "price"], ["1", "a", 40886.5, 1, 1], ["2", "a", 40887, 1, 1]]})
    rows, intake = read(tmp_path, "f.xlsx")
    assert list(rows.ordered_at) == [dt.datetime(2011, 12, 9, 12), dt.datetime(2011, 12, 10)]
    assert "date-serials" in [note.key for note in intake.notes]


# --- tables with types


def test_parquet_keeps_its_types(tmp_path):
    duckdb.sql(
        "copy (select 1::bigint as \"order\", 17850.0::double as customer, timestamp '2024-01-01 10:00:00' as date, 3 as qty, 0.1::double as price "
        f"union all select 2, null, timestamp '1960-01-01', 1, 2.55) to '{tmp_path}/f.parquet'"
    )
    rows, intake = read(tmp_path, "f.parquet")
    assert rows.customer_id[0] == "17850" and rows.order_id[0] == "1" and total(rows) == Decimal("2.85")
    assert rows.problem[0] is None or rows.problem.isna()[0]
    assert "impossible" in rows.problem[1] and intake.inputs[0].records == 2


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_databases(tmp_path, kind):
    make = 'create table "sales 1" ("order" text, customer text, date text, qty integer, price real)'
    fill = "insert into \"sales 1\" values ('1','00123','2024-01-01',2,0.1),('2',null,'2024-01-02',1,2.55)"
    con = sqlite3.connect(tmp_path / "shop.db") if kind == "sqlite" else duckdb.connect(str(tmp_path / "shop.db"))
    con.execute(make)
    con.execute(fill)
    if kind == "sqlite":
        con.commit()
    con.close()
    rows, intake = read(tmp_path, database="shop.db", table="sales 1")
    assert list(rows.customer_id.fillna("-")) == ["00123", "-"] and total(rows) == Decimal("2.75")
    assert list(rows.source_row) == [1, 2] and intake.inputs[0].name == "shop.db:sales 1"
    with pytest.raises(DataRefused, match=r"no table 'sale'.*'sales 1'"):
        read(tmp_path, database="shop.db", table="sale")


# --- values


def test_values_that_cannot_be_read_are_set_aside_with_every_reason(tmp_path):
    text = HEADER + "1,a,2024-01-01,1,8.12.3\n2,b,2024-02-30,2,5\n3,c,,x,5\n4,d,0001-01-01,1,1\n5,1.2346E+04,2024-01-05,1,1\n6,,2024-01-06,1,1\n" + THREE * 5
    rows, _ = read(tmp_path, write(tmp_path, text))
    problems = dict(zip(rows.source_row, rows.problem, strict=True))
    assert problems[2] == "unit_price unreadable" and problems[3] == "date unreadable" and problems[4] == "date missing; quantity unreadable"
    assert problems[5].startswith("date impossible") and problems[6].startswith("customer_id destroyed by a spreadsheet")
    assert problems[7] is None or problems[7] != problems[7]
    assert rows.amount[1] == 10  # money of a row with a bad date is known to the ledger
    assert rows.raw[0] == "customer=a; date=2024-01-01; order=1; qty=1; price=8.12.3"


def test_identifiers_stay_text(tmp_path):
    rows, _ = read(
        tmp_path,
        write(
            tmp_path,
            HEADER
            + "１,00123,2024-01-01,1,1\n2, 123\u00a0,2024-01-01,1,1\n3,１２３\u200b,2024-01-01,1,1\n4,NULL,2024-01-01,1,1\n5,90071992547409931,2024-01-01,1,1\n6,7.0,2024-01-01,1,1\n",
        ),
    )
    assert list(rows.customer_id.fillna("-")) == ["00123", "123", "123", "-", "90071992547409931", "7.0"] and rows.order_id[0] == "1"
    rows, intake = read(tmp_path, write(tmp_path, HEADER + "1,17850.0,2024-01-01,1,1\n2,,2024-01-01,1,1\n3,12346.0,2024-01-01,1,1\n"))
    assert list(rows.customer_id.fillna("-")) == ["17850", "-", "12346"] and intake.notes[0].key == "float-identifiers"


def test_money_is_exact(tmp_path):
    rows, intake = read(
        tmp_path,
        write(
            tmp_path,
            HEADER
            + '1,a,2024-01-01,3,0.1\n2,a,2024-01-01,1,"1,234.50"\n3,a,2024-01-01,1,"(1,234.50)"\n4,a,2024-01-01,1,£7.10\n5,a,2024-01-01,1,5-\n6,a,2024-01-01,1,1.00005\n',
        ),
    )
    assert [str(amount) for amount in rows.amount] == ["0.3000", "1234.5000", "-1234.5000", "7.1000", "-5.0000", "1.0001"]
    assert [(note.key, note.values["count"]) for note in intake.notes] == [("rounded", 1)]


def test_large_and_too_large_amounts(tmp_path):
    rows, _ = read(tmp_path, write(tmp_path, HEADER + "1,a,2024-01-01,1000,25000000\n2,a,2024-01-01,99999999999999,99999999999999\n3,a,2024-01-01,1e30,1\n"))
    assert rows.amount[0] == 25_000_000_000
    assert rows.problem[1] == "amount too large" and rows.problem[2] == "quantity unreadable"


def test_decimal_comma_is_asked_for_and_understood(tmp_path):
    text = "order;customer;date;qty;price\n1;a;2024-01-01;2;1.234,50\n2;a;2024-01-02;1;0,99\n"
    assert 'decimal = ","' in refusal(tmp_path, text, kind=ConfigurationError)
    rows, _ = read(tmp_path, "f.csv", decimal=",")
    assert total(rows) == Decimal("2469.99")


def test_amount_and_quantity_fill_each_other(tmp_path):
    columns = {"customer_id": "customer", "ordered_at": "date", "amount": "price"}
    rows, _ = read(tmp_path, write(tmp_path, HEADER + "1,a,2024-01-01,3,6\n2,a,2024-01-01,0,-5\n3,a,2024-01-01,1,0\n"), columns=columns)
    assert list(rows.quantity) == [1, -1, 1]
    rows, _ = read(tmp_path, "f.csv", columns=columns | {"quantity": "qty"})
    assert rows.unit_price[0] == 2 and rows.unit_price.isna()[1] and rows.unit_price[2] == 0


def test_currencies_are_never_mixed(tmp_path):
    text = HEADER.replace("\n", ",cur\n") + "1,a,2024-01-01,1,1,USD\n2,a,2024-01-01,1,1,usd\n3,a,2024-01-01,1,1,EUR\n"
    assert "USD (2 rows), EUR (1 rows)" in refusal(tmp_path, text, columns=COLUMNS | {"currency": "cur"})
    assert "currency = 'GBP'" in refusal(tmp_path, text.replace("EUR", "USD"), columns=COLUMNS | {"currency": "cur"}, currency="GBP")


# --- dates


def dates_of(folder: Path, *dates: str, **options):
    rows, intake = read(folder, write(folder, HEADER + "".join(f'{n},a,"{date}",1,1\n' for n, date in enumerate(dates, 1))), **options)
    return [None if pd.isna(day) else day.to_pydatetime() for day in rows.ordered_at], intake, rows


def test_day_first_and_month_first_are_decided_from_the_whole_column(tmp_path):
    days, intake, _ = dates_of(tmp_path, "03/01/19", "13/01/19", "05/02/19")
    assert days == [dt.datetime(2019, 1, 3), dt.datetime(2019, 1, 13), dt.datetime(2019, 2, 5)]
    assert intake.notes[-1].values["order"] == "day-first" and "13/01/19" in intake.notes[-1].text
    days, *_ = dates_of(tmp_path, "1/3/2019 14:05", "1/13/2019 2:05 PM", "2/5/2019 12:00 AM")
    assert days == [dt.datetime(2019, 1, 3, 14, 5), dt.datetime(2019, 1, 13, 14, 5), dt.datetime(2019, 2, 5)]


def test_the_evidence_may_lie_in_another_file(tmp_path):
    write(tmp_path, HEADER + "1,a,03/04/2024,1,1\n", "1.csv")
    write(tmp_path, HEADER + "2,a,25/04/2024,1,1\n", "2.csv")
    rows, _ = read(tmp_path, "*.csv")
    assert rows.ordered_at[0] == dt.datetime(2024, 4, 3)


def test_undecidable_dates_ask(tmp_path):
    message = refusal(tmp_path, HEADER + "1,a,03/04/2024,1,1\n2,a,05/06/2024,1,1\n3,a,07/08/2024,1,1\n", kind=ConfigurationError)
    assert all(
        words in message for words in ("'03/04/2024', '05/06/2024', '07/08/2024'", 'dates = "day_first"', 'dates = "month_first"', "[inputs.transactions]")
    )
    rows, _ = read(tmp_path, "f.csv", dates="month_first")
    assert rows.ordered_at[0] == dt.datetime(2024, 3, 4)
    rows, _ = read(tmp_path, "f.csv", dates="%d/%m/%Y")
    assert rows.ordered_at[0] == dt.datetime(2024, 4, 3)


def test_contradictory_dates(tmp_path):
    many = [f"{day:02}/01/2024" for day in range(13, 32)] * 3
    days, intake, rows = dates_of(tmp_path, *many, "01/25/2024")
    assert days[-1] is None and rows.problem.iloc[-1] == "date unreadable" and intake.notes[-1].key == "date-order-minority"
    with pytest.raises(DataRefused, match="contradict each other"):
        dates_of(tmp_path, "25/01/2024", "01/25/2024", "26/01/2024")


def test_every_way_of_writing_a_date(tmp_path):
    texts = [
        "2024-04-27",
        "2024-04-27T13:05:06",
        "2024/4/27 13:05",
        "2024.04.27",
        "20240427",
        "2024年4月27日",
        "27/04/2024",
        "27.04.24",
        "45409",
        "45409.5",
        "27 Apr 2024",
        "Apr 27, 2024",
        "2024-04-27T13:05:06.789",
    ]
    days, *_ = dates_of(tmp_path, *texts)
    assert {day.date() for day in days} == {dt.date(2024, 4, 27)}
    assert days[1].time() == dt.time(13, 5, 6) and days[9].time() == dt.time(12)


def test_time_zones(tmp_path):
    days, intake, _ = dates_of(tmp_path, "2024-07-01T20:00:00Z", "2024-07-01T20:00:00-04:00", "2024-07-01 20:00:00", time_zone="Asia/Shanghai")
    assert days == [dt.datetime(2024, 7, 2, 4), dt.datetime(2024, 7, 2, 8), dt.datetime(2024, 7, 1, 20)]
    assert [(note.key, note.values["count"]) for note in intake.notes] == [("date-offsets", 2)]
    days, *_ = dates_of(tmp_path, "2024-07-01 20:00:00", "2024-01-01 20:00:00", time_zone="Asia/Shanghai")
    rows, _ = read(tmp_path, "f.csv", time_zone="Asia/Shanghai", columns=COLUMNS)
    assert rows.ordered_at[0] == dt.datetime(2024, 7, 1, 20)
    config = configure(tmp_path, "f.csv", time_zone="Asia/Shanghai")
    config = config.replace(inputs={"transactions": config.inputs.transactions.model_dump() | {"time_zone": "Europe/London"}})
    lines = read_transactions(open_engine(tmp_path / "s"), config).lines.order_by("source_row").to_pyarrow().to_pandas()
    assert list(lines.ordered_at) == [dt.datetime(2024, 7, 2, 3), dt.datetime(2024, 1, 2, 4)]  # BST and GMT


@pytest.mark.parametrize("offset", ["-04:00", "-0400", " -0400", " -04:00", "-04"])
def test_offsets_in_every_spelling(tmp_path, offset):
    days, *_ = dates_of(tmp_path, f"2024-07-01 20:00:00{offset}", "2024-07-02 00:00:00 UTC", "2024-07-02T00:00:00Z")
    assert days == [dt.datetime(2024, 7, 2)] * 3


# --- customers


def test_customers(tmp_path):
    write(tmp_path, HEADER + THREE)
    write(tmp_path, "id,full name,joined,level\na,Ann,2020-01-01,gold\nb,Bob,x,gold\na,Anna,2020-01-01,silver\n,Nobody,,\n", "c.csv")
    config = configure(tmp_path, "f.csv")
    assert read_input(open_engine(tmp_path / "s"), config, "customers") is None
    customers = {"files": ["c.csv"], "columns": {"customer_id": "id", "name": "full name", "registered_at": "joined"}, "attributes": {"level": "level"}}
    config = config.replace(inputs={"transactions": config.inputs.transactions.model_dump(), "customers": customers})
    rows = read_input(open_engine(tmp_path / "s"), config, "customers").lines.order_by("source_row").to_pyarrow().to_pandas()
    assert rows.problem.notna().tolist() == [True, False, False, True] and rows.level[2] == "silver"
    assert rows.registered_at.isna().tolist() == [False, True, False, True]
    assert "Ann" not in rows.raw[0] and "full name=***" in rows.raw[0]


def test_ragged_rows_of_files_with_contact_columns_are_masked(tmp_path):
    rows, _ = read(tmp_path, write(tmp_path, HEADER.replace("\n", ",E-mail\n") + THREE.replace("\n", ",x@example.org\n") + "4,a,2024-01-01,y@example.org\n"))
    assert rows.raw[3] == "***" and "example" not in "".join(rows.raw.dropna())


def test_rows_are_the_same_however_files_are_cut(tmp_path):
    body = [f"{n},c{n % 7},2024-01-{n % 28 + 1:02},{n % 5},{n}.{n % 10}" for n in range(500)]
    write(tmp_path, HEADER + "\n".join(body) + "\n", "whole.csv")
    write(tmp_path, HEADER + "\n".join(body[:123]) + "\n", "p1.csv")
    write(tmp_path, HEADER + "\n".join(body[123:]) + "\n", "p2.csv")
    whole, parts = (read(tmp_path, name)[0].drop(columns=["source_file", "source_row", "source_order"]) for name in ("whole.csv", "p*.csv"))
    assert whole.equals(parts)
