"""Text files that are read, typed and written down in one go; where a row needs a closer look, the file gives what it would have given with one from the start."""

import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.config import parse_config
from analysis.data import sources
from analysis.data.reading import parsing
from analysis.data.sources import read_transactions
from analysis.engine import open_engine
from analysis.errors import WorkbookError
from analysis.settings.engine import EngineSettings

COLUMNS = {"customer_id": "customer", "ordered_at": "date", "order_id": "order", "product_name": "product", "quantity": "qty", "unit_price": "price"}
HEADER = "order,customer,date,product,qty,price\n"
MANY = 70_000  # rows before what is odd: more than are looked at in advance, and more than are written at once


@pytest.fixture
def careful(monkeypatch):
    """The files that were written down only after a closer look."""
    names: list[str] = []
    write = parsing._write

    def note(engine, file, *args):
        names.append(file.label)
        return write(engine, file, *args)

    monkeypatch.setattr(parsing, "_write", note)
    return names


def read(folder, text: str | None = None, **source):
    if text is not None:
        (folder / "f.csv").write_bytes(text.encode())
    said = {"files": ["*.csv"], "columns": COLUMNS} | source
    config = parse_config({"name": "shop", "time_zone": "Asia/Shanghai", "inputs": {"transactions": said}}, folder)
    intake = read_transactions(open_engine(), config)
    rows = intake.lines.order_by(["source_order", "source_row"]).to_pyarrow().to_pandas().astype(object)
    return rows.where(rows.notna(), None), intake


def plain_row(number: int) -> str:
    """Row `number` of the file, as a spreadsheet counts: so many pieces at a quarter each."""
    return f"{number},c{number % 7},2024-01-05 10:00:00,Tea,{number},0.25\n"


def test_rows_are_typed_and_numbered(tmp_path, careful):
    cells = [
        '1,a,2024-01-05 10:00:00," Two\nlines ",2,1.50\n',
        '2,,2024-01-06,"He said ""no""",-1,10\n',
        "3,b,2024/1/7 9:05,,0.5,0.3333\n",
        "4,张三,,Tea,1,1\n",
    ]
    rows, intake = read(tmp_path, HEADER + "".join(cells))
    assert careful == []
    assert rows.source_row.tolist() == [2, 3, 4, 5]
    assert rows.customer_id.tolist() == ["a", None, "b", "张三"]
    assert rows.ordered_at.tolist()[:3] == [dt.datetime(2024, 1, 5, 10), dt.datetime(2024, 1, 6), dt.datetime(2024, 1, 7, 9, 5)]
    assert rows.product_name.tolist() == ["Two\nlines", 'He said "no"', None, "Tea"]
    assert rows.amount.tolist() == [Decimal(3), Decimal(-10), Decimal("0.1667"), Decimal(1)]  # 0.5 * 0.3333 = 0.16665
    assert rows.problem.tolist() == [None, None, None, "date missing"]
    assert rows.raw.tolist()[3] == "customer=张三; date=; order=4; product=Tea; qty=1; price=1"
    assert set(rows.source_file) == {"f.csv"}
    assert rows[["category", "channel", "currency", "cost"]].isna().all(axis=None)
    assert (intake.inputs[0].records, intake.inputs[0].kept, intake.notes) == (4, 4, ())


def test_a_row_that_cannot_be_used_costs_no_closer_look(tmp_path, careful):
    odd = ["8,c1,2024-01-05,Tea,oops,2\n", "9,c1,2024-01-05,Tea,1,\n"]
    rows, _ = read(tmp_path, HEADER + "".join(map(plain_row, range(2, MANY))) + odd[0] + odd[1] + plain_row(MANY + 2))
    assert careful == []
    bad = rows[rows.problem.notna()]
    assert bad.source_row.tolist() == [MANY, MANY + 1]
    assert bad.problem.tolist() == ["quantity unreadable", "unit_price missing"]
    assert bad.raw.tolist()[0] == "customer=c1; date=2024-01-05; order=8; product=Tea; qty=oops; price=2"
    numbers = [*range(2, MANY), MANY + 2]
    assert sum(rows.amount.dropna()) == Decimal(sum(numbers)) / 4
    assert rows.order_id[rows.problem.isna()].astype(int).tolist() == numbers


@pytest.mark.parametrize(
    ("odd", "seen"),
    [
        ("9,c1,31/12/2023 08:30,Tea,1,2\n", {"ordered_at": dt.datetime(2023, 12, 31, 8, 30)}),
        ("9,c1,2023-12-31T20:00:00Z,Tea,1,2\n", {"ordered_at": dt.datetime(2024, 1, 1, 4)}),
        ("9,c1,24-01-05,Tea,1,2\n", {"ordered_at": dt.datetime(2005, 1, 24)}),  # two digits are no year in front: day first, as where nothing tells
        ("9,c1,20240105,Tea,1,2\n", {"ordered_at": dt.datetime(2024, 1, 5)}),
        ("9,c1,n/a,Tea,1,2\n", {"problem": "date unreadable"}),
        ("9,c1,2024-02-30,Tea,1,2\n", {"problem": "date unreadable"}),
        ('9,"=""c1""",2024-01-05,Tea,1,2\n', {"customer_id": "c1"}),
        ("9, c1 ,2024-01-05,Tea,1,2\n", {"customer_id": "c1"}),
        ("9,NULL,2024-01-05,Tea,1,2\n", {"customer_id": None}),
        ("1.2346E+04,c1,2024-01-05,Tea,1,2\n", {"problem": "order_id destroyed by a spreadsheet (like 1.2346E+04): its digits are lost"}),
        ("9,c1,2024-01-05,Tea,1,0.00005\n", {"unit_price": Decimal("0.0001")}),
        ('9,c1,2024-01-05,Tea,1,"2,5"\n', {"problem": "unit_price unreadable"}),
        ("9,c1,2024-01-05,Tea,1\n", {"problem": "5 values where the header has 6 columns"}),
        ('9,c1,2024-01-05,T"ea"x,1,2,3\n', {"problem": "7 values where the header has 6 columns"}),
    ],
)  # fmt: skip
def test_what_is_odd_deep_in_a_file_is_looked_at_closely(tmp_path, careful, odd, seen):
    rows, intake = read(tmp_path, HEADER + "".join(map(plain_row, range(2, MANY))) + odd + plain_row(MANY + 1))
    assert careful == ["f.csv"]
    row = rows[rows.source_row == MANY].iloc[0]
    assert {name: row[name] for name in seen} == seen
    others = rows[rows.source_row != MANY]
    assert others.order_id.astype(int).tolist() == others.source_row.tolist()
    assert sum(others.amount) == Decimal(sum([*range(2, MANY), MANY + 1])) / 4
    assert intake.inputs[0].records == MANY


@pytest.mark.parametrize("between", ["\n", ",,,,,\n"])
def test_rows_below_an_empty_one_keep_their_numbers(tmp_path, careful, between):
    rows, intake = read(tmp_path, HEADER + "".join(map(plain_row, range(2, MANY))) + between + plain_row(MANY + 1))
    assert rows.order_id.astype(int).tolist() == rows.source_row.tolist() == [*range(2, MANY), MANY + 1]
    assert (intake.inputs[0].records, len(careful)) == (MANY - 1, 1)


def test_a_quotation_mark_that_is_never_closed_costs_one_row(tmp_path):
    rows, intake = read(tmp_path, HEADER + "".join(map(plain_row, range(2, MANY))) + '9,c1,2024-01-05,"Tea,1,2\n' + plain_row(MANY + 1))
    assert (intake.inputs[0].records, intake.inputs[0].rejected) == (MANY, 1)
    assert rows.source_row[rows.problem.notna()].tolist() == [MANY]


def test_a_format_that_was_given_is_what_counts(tmp_path):
    rows, _ = read(tmp_path, HEADER + "1,a,2024-01-05,Tea,1,2\n", dates="%Y-%d-%m")
    assert rows.ordered_at.tolist() == [dt.datetime(2024, 5, 1)]


def test_times_of_another_zone_are_moved(tmp_path, careful):
    rows, _ = read(tmp_path, HEADER + "1,a,2024-01-05 20:00:00,Tea,1,2\n", time_zone="UTC")
    assert (rows.ordered_at.tolist(), careful) == ([dt.datetime(2024, 1, 6, 4)], [])


def test_plain_rows_wait_for_no_other_file(tmp_path, careful):
    (tmp_path / "a.csv").write_text(HEADER + "1,a,2024-01-05,Tea,1,2\n")
    (tmp_path / "b.csv").write_text(HEADER + "2,a,01/02/2024,Tea,1,2\n")
    (tmp_path / "c.csv").write_text(HEADER + "3,a,12/31/2024,Tea,1,2\n")
    rows, _ = read(tmp_path)
    assert [moment.strftime("%m-%d") for moment in rows.ordered_at] == ["01-05", "01-02", "12-31"]
    assert "a.csv" not in careful


@pytest.mark.parametrize("threads", [1, 4])
def test_rows_are_in_order_whoever_reads_them(tmp_path, careful, threads):
    count = 400_000
    padding = "x" * 120  # 60 MB: several pieces are read at once
    with (tmp_path / "f.csv").open("w") as file:
        file.write(HEADER)
        file.writelines(f"{number},c{number % 9},2024-01-05,{padding},1,{number % 50}\n" for number in range(2, count + 2))
    config = parse_config({"name": "shop", "inputs": {"transactions": {"files": ["f.csv"], "columns": COLUMNS}}}, tmp_path)
    lines = read_transactions(open_engine(settings=EngineSettings(threads=threads)), config).lines
    off = lines.filter(lines.source_row != lines.order_id.cast("int64"))
    assert (lines.count().execute(), off.count().execute(), careful) == (count, 0, [])
    assert lines.source_row.min().execute() == 2
    assert lines.filter(lines.order_id == "399999").source_row.execute().tolist() == [399_999]


CELLS = {
    "order": ["1", "0012", "2.0", "'3", "-", "C4", "1E+05", "５"],
    "customer": ["a", "", " b", "NULL", "7.0", "8.0", '="9"', "客"],
    "date": ["2024-01-05", "2024-01-05 10:00:00", "2024/1/5 9:05", "", " 2024-01-05", "2024-01-05 ", "2024-01-05T10:00:00Z", "2024-01-05 10:00:00 +02:00", "2024-01-05T10:00:00Z ",
             "24-01-05", "05/13/2024", "13/05/2024", "12-  -02-2024", "  12-31-24 10:20:30", "epoch", "infinity", "12024-01-01", "0999-01-01", "2024 01 05", "2024-01-05 24:00",
             "40886.5", "1714212000", "20240105", "2024-01-05 10:00:5Z", "2024-02-30", "2024-01-05 10:00:00.123", "May 3, 2024", "1/4/-2024"],
    "product": ["Tea", " Tea ", "", "\u200b", "Total", '"Tea\n"'],
    "qty": ["1", "-2", "", "1,5", "1.234", "1.00005", "x", "(3)", "0,25", "9" * 16],
    "price": ["2.50", "0", "", "1.23456", "£2", "1,234.50", "10%", "1e3"],
}  # fmt: skip
ROWS = st.lists(st.fixed_dictionaries({name: st.sampled_from(cells) | st.just(cells[0]) for name, cells in CELLS.items()}), min_size=1, max_size=4)


def both_ways(folder, text: str, **source) -> list:
    """All that reading gives: in one go where that is possible, and with a closer look from the start."""
    found = []
    settle = sources.settle
    for possible in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            seen: list = []
            patch.setattr(sources, "settle", lambda *args, seen=seen: (seen.append(args[3].evidence), settle(*args))[1])
            if not possible:
                patch.setattr(parsing, "_may_be_plain", lambda _source: False)
            try:
                rows, intake = read(folder, text, **source)
                found.append((rows, intake.inputs, intake.notes, seen))
            except WorkbookError as error:
                found.append((type(error), str(error)))
    return found


@given(rows=ROWS, dates=st.sampled_from([None, "iso", "month_first", "year_first"]), decimal=st.sampled_from(".,"))
@example(rows=[{name: cells[0] for name, cells in CELLS.items()}], dates=None, decimal=".")
@settings(max_examples=30, deadline=None)
def test_both_ways_lead_to_the_same(tmp_path_factory, rows, dates, decimal):
    lines = [",".join(f'"{cell}"' if "," in cell else cell.replace('="9"', '"=""9"""') for cell in row.values()) + "\n" for row in rows]
    quick, slow = both_ways(tmp_path_factory.mktemp("shop"), HEADER + "".join(lines), dates=dates, decimal=decimal)
    if isinstance(slow[0], pd.DataFrame):
        pd.testing.assert_frame_equal(quick[0], slow[0])
        assert quick[1:] == slow[1:]
    else:
        assert quick == slow


@pytest.mark.parametrize("cell", CELLS["date"])
@pytest.mark.parametrize("other", ["2024-03-04", "25/12/2023"])
def test_a_time_is_read_as_it_would_be_with_a_closer_look(tmp_path, cell, other):
    quick, slow = both_ways(tmp_path, HEADER + f'1,a,"{cell}",Tea,1,2\n2,a,{other},Tea,1,2\n')
    assert str(quick) == str(slow)
