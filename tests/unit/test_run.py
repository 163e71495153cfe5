"""A run: which day it is about, what is refused, what is said, when it is read again, and what it leaves behind."""

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import duckdb
import pandas as pd
import pytest

from analysis import run as running
from analysis.config import load_config
from analysis.errors import ConfigurationError, DataRefused, WorkbookError
from analysis.recipes import showing
from analysis.run import Run, open_run, parse_as_of, read_data, settle_as_of
from analysis.schemas import SCHEMAS
from shops import COLUMNS, configure, look, make_lines, open_shop, rules

LINES = [("a", "2024-01-05 10:00", "1", "p", 1, "10"), ("b", "2024-02-05 10:00", "2", "p", 2, "10"), ("c", "2024-03-05 23:59", "3", "q", 3, "10")]
TODAY = dt.date(2024, 2, 20)
TYPES = {"string": "VARCHAR", "int64": "BIGINT", "int8": "TINYINT", "float64": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN", "decimal(38,4)": "DECIMAL(38,4)"}


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(running, "today", lambda time_zone: TODAY)
    monkeypatch.setattr(running, "_last", {})


def written(folder, rows=LINES):
    """Write the shop and its workbook.toml."""
    configure(folder, {"lines.csv": rows})
    columns = "\n".join(f'{ours} = "{theirs}"' for ours, theirs in COLUMNS.items())
    path = folder / "workbook.toml"
    path.write_text(
        f'name = "shop"\ncurrency = "GBP"\n[sufficiency]\nleast = 2\nbuyers = 2\ndays = 0\norders = 1\n[inputs.transactions]\nfiles = ["lines.csv"]\n[inputs.transactions.columns]\n{columns}\n',
        "utf-8",
    )
    return path


def test_a_run_of_tables_reads_no_library_that_it_does_not_need(tmp_path):
    """Who asks for scores waits for DuckDB, Ibis and pandas, and not for what draws, fits, writes sentences or prints notebooks."""
    others = {
        "matplotlib",
        "seaborn",
        "sklearn",
        "scipy",
        "splink",
        "fluent",
        "babel",
        "papermill",
        "nbformat",
        "nbconvert",
        "jinja2",
        "xlsxwriter",
        "psycopg",
        "pyspark",
    }
    probe = f"""
import sys
from analysis.run import open_run
print(open_run({str(written(tmp_path))!r}, as_of="2024-03-05").table("scored").count().execute(), *sorted({others!r} & set(sys.modules)))
"""
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split() == ["3"]


@pytest.mark.parametrize(
    ("word", "day"),
    [("latest", "2024-02-05"), ("yesterday", "2024-02-19"), ("2024-03-05", "2024-03-05"), ("2030-01-01", "2030-01-01"), ("2024-01-05", "2024-01-05")],
)
def test_as_of_is_a_day(tmp_path, word, day):
    assert open_shop(tmp_path, LINES, as_of=word).as_of == dt.date.fromisoformat(day)
    config = configure(tmp_path, {"lines.csv": LINES})
    assert settle_as_of(config, word) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("word", ["tomorrow", "2024-02-30", "09/12/2011", ""])
def test_as_of_is_nothing_else(word):
    with pytest.raises(ConfigurationError, match="as_of is a date like 2011-12-09"):
        parse_as_of(word)


def test_where_all_orders_lie_ahead_latest_is_refused(tmp_path):
    with pytest.raises(DataRefused, match="All orders lie in the future"):
        open_shop(tmp_path, LINES[2:])


def test_before_the_first_order_there_is_nothing_to_say(tmp_path):
    with pytest.raises(DataRefused, match=r"no order on or before 2024-01-04\. The first order is of 2024-01-05\. Choose a later as-of"):
        open_shop(tmp_path, LINES, as_of="2024-01-04")


@pytest.mark.parametrize(("bad", "rows", "outcome"), [(21, 100, "refused"), (20, 100, "warned"), (6, 100, "warned"), (5, 100, "quiet")])
def test_how_much_may_be_unreadable(tmp_path, bad, rows, outcome):
    lines = [(f"c{number}", "2024-01-05", str(number), "p", 1, "ten" if number >= rows - bad else "10") for number in range(rows)]
    if outcome == "refused":
        with pytest.raises(
            DataRefused, match=r"21 of 100 rows \(21%\) cannot be read, more than the limit of 20%: unit_price unreadable \(21 rows\).*row 81 of lines\.csv"
        ):
            open_shop(tmp_path, lines)
        return
    keys = [note.key for note in open_shop(tmp_path, lines).get("warnings")]
    assert ("quarantine" in keys) == (outcome == "warned")


def test_where_cleaning_leaves_no_order_it_says_what_took_them(tmp_path):
    opened = open_shop(tmp_path, LINES[:2], cleaning=rules({"rule": "excluded", "column": "product_id", "values": ["p"]}))
    with pytest.raises(DataRefused, match=r"No order is left on 2024-02-05 after cleaning \(rows taken: excluded 2\)"):
        opened.get("customers")


def test_where_everything_came_back_it_says_so(tmp_path):
    opened = open_shop(tmp_path, [LINES[0], ("a", "2024-01-06", "9", "p", -1, "10")])
    with pytest.raises(DataRefused, match="returns_matched 1, returned_purchases 1"):
        opened.get("segments")


def test_order_numbers_of_several_customers_are_said_and_counted_apart(tmp_path):
    opened = open_shop(tmp_path, [*LINES[:2], ("z", "2024-02-05 10:00", "2", "p", 2, "10")])
    note = next(note for note in opened.get("warnings") if note.key == "shared-order-ids")
    assert note.values == {"shared": 1, "ids": 2}
    assert look(opened, "customers").frequency.tolist() == [1, 1, 1]


def test_an_order_number_shared_only_after_as_of_is_not_said_yet(tmp_path):
    """Customer b takes the number in February; in January nobody can know."""
    rows = [("a", "2024-01-05", "1", "p", 1, "2"), ("c", "2024-01-06", "2", "p", 1, "2"), ("b", "2024-02-05", "1", "p", 1, "3")]
    said = [[note.key for note in open_shop(tmp_path / day, rows, as_of=day).get("warnings")] for day in ("2024-01-31", "2024-02-29")]
    assert ["shared-order-ids" in keys for keys in said] == [False, True]


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory):
    """What a scheduled run of the made-up shop writes down, with the run."""
    folder = tmp_path_factory.mktemp("run")
    opened = open_shop(folder / "shop", make_lines(4), as_of="2023-09-17")
    made = Run(opened, running.Texts("en", "GBP"), folder)
    return made, made.seal("01_cleaning"), folder


def test_a_seal_proves_that_nothing_was_lost(left_behind):
    run, seal, _folder = left_behind
    text = repr(seal)
    facts = json.loads(text.removeprefix("SEALED "))
    assert text.startswith("SEALED {") and facts == dict(seal.facts)
    assert facts["conserved"] is True and (facts["chapter"], facts["lang"], facts["run"]) == ("01_cleaning", "en", run.opened.id)
    assert facts["rows_in"] - facts["rows_out"] == facts["rows_kept"]
    assert Decimal(facts["money_in"]) - Decimal(facts["money_out"]) == Decimal(facts["money_kept"]) == look(run.opened, "customers").monetary.sum()


def test_every_table_is_written_with_its_columns_in_the_order_of_its_grain(left_behind):
    _run, _seal, folder = left_behind
    assert {path.stem for path in (folder / "tables").iterdir()} == set(SCHEMAS)
    con = duckdb.connect()
    for name, schema in SCHEMAS.items():
        found = con.sql(f"from '{folder / 'tables' / name}.parquet'")
        types = dict(zip(found.columns, map(str, found.types), strict=True))
        assert {column: types.get(column) for column in schema.columns} == {column: TYPES[kind] for column, kind in schema.columns.items()}, name
        keys = found.project(", ".join(f'"{column}"' for column in schema.grain)).fetchall()
        assert keys == sorted(keys) and len(set(keys)) == len(keys), name
    for name in ("ledger", "customers", "thresholds", "segments", "history", "clusters", "cohorts", "stages", "flows"):
        assert con.sql(f"from '{folder / 'tables' / name}.parquet'").fetchone(), name


def test_two_runs_write_the_same_bytes(left_behind, tmp_path):
    _run, _seal, folder = left_behind
    again = Run(open_shop(tmp_path / "shop", make_lines(4), as_of="2023-09-17"), running.Texts("zh", "GBP"), tmp_path)
    again.seal("02_rfm")
    for name in SCHEMAS:
        assert (tmp_path / "tables" / f"{name}.parquet").read_bytes() == (folder / "tables" / f"{name}.parquet").read_bytes(), name


def test_facts_say_what_a_manifest_needs(left_behind):
    run, _seal, folder = left_behind
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    assert (facts["run"], facts["as_of"], facts["time_zone"]) == (run.opened.id, "2023-09-17", "UTC")
    assert [step["rule"] for step in facts["ledger"]][:2] == ["input", "unreadable"]
    assert facts["ledger"][0]["amount"] == str(sum(int(line[4]) * Decimal(line[5]) for line in make_lines(4)).quantize(Decimal("0.0001")))
    assert facts["inputs"][0]["records"] == facts["ledger"][0]["rows"]
    assert next(row["measure"] for row in facts["key_figures"]) == "active_customers"


@pytest.mark.parametrize(("column", "value"), [("rows", 1), ("amount", Decimal("0.0001"))])
def test_a_ledger_that_does_not_add_up_breaks_the_seal(tmp_path, column, value):
    opened = open_shop(tmp_path, LINES[:2])
    broken = opened.get("ledger_frame").copy()
    broken.at[3, column] += value
    opened.built["ledger_frame"] = broken
    with pytest.raises(WorkbookError, match="do not add up"):
        Run(opened, running.Texts("en", ""), None).seal("01_cleaning")


def test_money_that_the_customers_do_not_have_breaks_the_seal(tmp_path):
    opened = open_shop(tmp_path, LINES[:2])
    opened.built["scored"] = opened.get("scored").filter(lambda t: t.customer_id != "a")
    with pytest.raises(WorkbookError, match="do not add up"):
        Run(opened, running.Texts("en", ""), None).seal("01_cleaning")


def test_money_that_the_table_of_customers_does_not_have_is_not_left(tmp_path):
    opened = open_shop(tmp_path / "shop", make_lines(4), as_of="2023-09-17")
    named = opened.get("customers").customer_id.min().execute()
    opened.built["customers"] = opened.get("customers").filter(lambda t: t.customer_id != named)
    with pytest.raises(WorkbookError, match="does not add up: kept .*, in the table of customers"):
        Run(opened, running.Texts("en", ""), tmp_path).leave()
    assert not (tmp_path / "facts.json").exists()


def test_who_settles_the_day_keeps_no_engine_open(tmp_path, monkeypatch):
    """A cluster may have no workers for a second one: the chapters have their own."""
    closed = []

    def watch(*words, **named):
        opened = read_data(*words, **named)
        return replace(opened, engine=replace(opened.engine, close=lambda: closed.append(opened.as_of)))

    monkeypatch.setattr(running, "read_data", watch)
    assert settle_as_of(load_config(written(tmp_path)), "latest") == dt.date(2024, 2, 5)
    assert closed == [dt.date(2024, 2, 5)]


def test_the_open_run_goes_on_until_something_changes(tmp_path):
    path = written(tmp_path)
    first = open_run(path, lang="en")
    assert open_run(path, lang="zh").opened is first.opened
    other = open_run(path, as_of="2024-03-05")
    assert other.opened is not first.opened and other.exact("customers").customer_id.tolist() == ["a", "b", "c"]
    again = open_run(path)
    data = tmp_path / "lines.csv"
    stamp = data.stat()
    data.write_text(data.read_text(encoding="utf-8") + "d,2024-02-06,9,p,1,10\n", encoding="utf-8")
    os.utime(data, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))  # the size alone tells
    grown = open_run(path)
    assert grown.opened is not again.opened and grown.as_of == dt.date(2024, 2, 6)
    assert grown.opened.id != again.opened.id
    path.write_text(path.read_text(encoding="utf-8").replace("GBP", "EUR"), encoding="utf-8")
    assert open_run(path).opened.id != grown.opened.id


def test_a_run_is_named_by_what_decides_it(tmp_path):
    one, same = (open_shop(tmp_path / name, LINES) for name in "xy")
    assert one.id == same.id
    assert one.id != open_shop(tmp_path / "z", LINES, as_of="2024-02-06").id
    assert one.id != open_shop(tmp_path / "w", LINES, seed=2).id


def test_unknown_tables_languages_and_missing_files_are_mistakes_of_usage(tmp_path):
    path = written(tmp_path)
    with pytest.raises(ConfigurationError, match="no table 'custmers'; there are: .*customers"):
        open_run(path).table("custmers")
    with pytest.raises(ConfigurationError):
        open_run(path, lang="fr")
    with pytest.raises(ConfigurationError, match="as_of"):
        open_run(path, as_of="soon")
    (tmp_path / "lines.csv").unlink()
    with pytest.raises(ConfigurationError, match=r"lines\.csv"):
        open_run(path)


def test_tables_too_large_for_a_page_stay_in_the_engine(tmp_path, monkeypatch):
    run = open_run(written(tmp_path))
    monkeypatch.setattr(showing, "SMALL", 1)
    with pytest.raises(WorkbookError, match=r"2 rows, more than fit on a page\. Use run\.table\('customers'\)"):
        run.exact("customers")
    assert run.table("customers").count().execute() == 2
    assert run.table("lines").count().execute() == 3


def test_a_frame_is_ready_to_draw(tmp_path):
    run = open_run(written(tmp_path))
    frame = run.exact("customers").set_index("customer_id")
    assert frame.monetary.dtype == float and frame.monetary.to_dict() == {"a": 10.0, "b": 20.0}
    frame = run.exact("months")
    frame["monetary"] = 0
    assert run.exact("months").monetary.sum() == 30, "a copy"
    assert run.exact("months").is_complete.tolist() == [True, False]


def test_one_single_day_and_one_single_buyer(tmp_path):
    opened = open_shop(tmp_path, [("a", "2024-01-31", "1", "p", 1, "10")], sufficiency={"least": 1})
    customers = look(opened, "customers")
    assert customers[["rfm_score", "lifecycle_stage", "value_tier", "class8", "segment"]].values.tolist() == [
        ["111", "new", "high", "general_develop", "hibernating"]
    ]
    assert look(opened, "history")["as_of"].unique().tolist() == [dt.date(2024, 1, 31)]
    for name in SCHEMAS:
        assert opened.get(name).count().execute() >= 0


def test_examples_show_pseudonyms_and_never_an_id(tmp_path):
    rows = [*LINES[:2], ("Ann-Miller", "2024-02-05", "7", "p", 1, "0"), ("", "2024-02-05", "8", "p", 5, "3")]
    frame = Run(open_shop(tmp_path, rows), running.Texts("en", ""), None).frame("examples")
    assert "Ann-Miller" not in frame.to_csv()
    price = frame[frame.rule == "price"].iloc[0]
    assert price.customer.startswith("C-") and len(price.customer) == 12
    anonymous = frame[frame.rule == "anonymous"].iloc[0]
    assert pd.isna(anonymous.customer) and anonymous.amount == 15


def test_read_data_closes_its_words_over_the_shops_own_days(tmp_path):
    """23:30 UTC on the 5th is the 6th in Shanghai."""
    config = configure(tmp_path, {"lines.csv": [("a", "2024-02-05 23:30", "1", "p", 1, "10")]}, time_zone="Asia/Shanghai")
    source = config.inputs.transactions.model_copy(update={"time_zone": "UTC"})
    moved = config.model_copy(update={"inputs": config.inputs.model_copy(update={"transactions": source})})
    assert read_data(config, "latest").as_of == dt.date(2024, 2, 5)
    moved._folder = config.folder
    assert read_data(moved, "latest").as_of == dt.date(2024, 2, 6)
