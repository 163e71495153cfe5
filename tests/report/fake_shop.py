"""A shop of three customers and chapters that only draw it: everything the press needs, without the analysis."""

import textwrap
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

SET_UP = """
import json, datetime as dt
from pathlib import Path
import duckdb
import ibis
import pandas as pd
from matplotlib.figure import Figure
from analysis.config import load_config
from analysis.data.watched import cut_words, derive_key, list_names, list_phones
from analysis.display.chart import Chart
from analysis.display.figures import Figures
from analysis.display.reading import Reading
from analysis.display.table import Table
from analysis.pseudonyms import key_file, read_key
from analysis.schemas import SCHEMAS

config = load_config(config_path)
run_id = config.hash()[:16]

class Seal:
    def __init__(self, chapter):
        self.chapter = chapter
    def __repr__(self):
        return "SEALED " + json.dumps({"chapter": self.chapter, "lang": lang, "run": run_id, "rows_in": 5, "rows_kept": 3, "rows_out": 2,
                                       "money_in": "12.50", "money_kept": "10.00", "money_out": "2.50", "conserved": True})

def save_everything():
    folder = Path(run_dir) / "tables"
    folder.mkdir(exist_ok=True)
    types = {"int64": "bigint", "int8": "tinyint", "float64": "double", "string": "varchar"}
    con = duckdb.connect()
    for name, schema in SCHEMAS.items():
        con.execute(f"create or replace table t ({', '.join(f'{chr(34)}{c}{chr(34)} {types.get(t, t)}' for c, t in schema.columns.items())})")
        if name == "customers":
            con.execute("insert into t (customer_id, monetary, frequency, recency_days, last_order_date, segment, value_tier, lifecycle_stage) values "
                        "('00123', 7.50, 2, 3, date '2011-12-06', 'champions', 'high', 'active'), ('=1+1', 2.50, 1, 9, date '2011-11-30', 'new', 'mid', 'new'), "
                        "('9', 0, 0, null, null, null, null, 'prospect')")
        if name == "segments":
            con.execute("insert into t (scheme, segment, customers, monetary, action) values ('segment', 'champions', 1, 7.5, 'champions')")
        con.execute(f"copy t to '{folder / name}.parquet' (format parquet)")
    sheets = Path(run_dir) / "sheets"
    sheets.mkdir(exist_ok=True)
    key, people = derive_key(read_key(key_file())), ibis.memtable({"kind": [kind for kind, _ in PEOPLE], "value": [value for _, value in PEOPLE]})
    phones = list_phones(people.filter(people.kind == "phone").select("value"), key)
    list_names(cut_words(people.filter(people.kind != "phone")), key).union(phones).to_parquet(sheets / "watched.parquet")
    facts = {"run": run_id, "inputs": [{"name": "sales.csv", "sha256": SHA, "bytes": 1, "records": 5, "kept": 3, "rejected": 2, "encoding": "utf-8"}],
             "ledger": [{"step": 0, "rule": "input", "action": "input", "rows": 5}], "warnings": ["Two rows cannot be read."],
             "key_figures": [{"measure": "customers", "value": 3, "previous": 2}, {"measure": "monetary", "value": "10.00", "previous": "8.00"}],
             "shown_figures": [{"measure": "customers", "value": None, "previous": None}, {"measure": "monetary", "value": "10.00", "previous": "8.00"}],
             "as_of": as_of, "time_zone": "UTC", "currency": "GBP"}
    (Path(run_dir) / "facts.json").write_text(json.dumps(facts))
"""
# who is in its inputs, as kind and value; the tables hold others
PEOPLE = (
    ("name", "Canary Quill"), ("name", "Champions"), ("name", "金丝雀贸易有限公司"),
    ("address", "7 Canary Wharf Lane, Old Mill, Upper Road, Shire"), ("id", "KX-00042"), ("id", "90817263"), ("id", "00123"),
    ("phone", "0171 55 66 77 88"), ("comment", "the teapot came broken twice"),
)  # fmt: skip
DRAW = """
figure = Figure(figsize=(8, 3.6))
axes = figure.subplots()
axes.bar(["Champions", "At risk", "New"], [7.5, 2.5, 1.25])
figure.subplots_adjust(bottom=.2)
Chart("fake-NAME", "Champions bring three quarters of the money" if lang == "en" else "冠军客户贡献了四分之三的收入", "Three bars, the first is the tallest",
      pd.DataFrame({"segment": ["Champions", "At risk", "New"], "money": [7.5, 2.5, 1.25]}), figure)
"""
TABLE = """
Table(pd.DataFrame({"Segment": ["Champions", "At risk"], "Customers": ["1", "2"], "Revenue": ["£7.50", "£2.50"]}), "Segments", ("Customers", "Revenue"))
"""
FIGURES = """
Figures((("Customers", "3", "1 more than a month before", "better"), ("Revenue", "£10.00", "£2.00 less than a month before", "worse"), ("Orders", "3", "", "")))
"""
PARAMETERS = 'config_path = "workbook.toml"\nas_of = "2011-12-09"\nlang = "en"\nrun_dir = ""'


def cell(source: str, *tags: str):
    """Make a code cell."""
    return new_code_cell(textwrap.dedent(source).strip(), metadata={"tags": list(tags)})


def prose(lang: str, source: str):
    """Make a markdown cell of one language."""
    return new_markdown_cell(source, metadata={"tags": [f"lang-{lang}"]})


def chapter(name: str, *middle, save: bool = False, sha: str = "0" * 64):
    """Make a chapter around some cells."""
    cells = [
        prose("en", f"# What does {name} say?\n\nYou will learn who buys, and how we know."), prose("zh", f"# {name} 说明了什么?\n\n本章说明谁在购买,以及我们如何得知。"),
        cell(PARAMETERS, "parameters"), cell(f"SHA = {sha!r}\nPEOPLE = {PEOPLE!r}\n" + SET_UP), *middle,
        cell("if run_dir:\n    save_everything()" if save else "pass"), cell(f"Seal({name!r})", "seal"),
    ]  # fmt: skip
    notebook = new_notebook(cells=cells)
    for number, each in enumerate(notebook.cells):
        each["id"] = f"cell-{number}"
    return notebook


def make_shop(folder: Path) -> Path:
    """Make a folder with a configuration and its input."""
    folder.mkdir()
    (folder / "sales.csv").write_text("customer,when,amount\n1,2011-12-01,7.50\n")
    (folder / "workbook.toml").write_text(
        'name = "Corner shop"\ncurrency = "GBP"\norder = "day"\n[inputs.transactions]\nfiles = ["sales.csv"]\n'
        'columns = { customer_id = "customer", ordered_at = "when", amount = "amount" }\n'
    )
    return folder


def write_notebooks(folder: Path, notebooks: dict) -> Path:
    """Write notebooks into a folder."""
    folder.mkdir(exist_ok=True)
    for name, notebook in notebooks.items():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder


def three_chapters(sha: str) -> dict:
    """Make three good chapters, and a tour that would fail."""
    return {
        "00_start_here": chapter("00_start_here", cell("raise RuntimeError('the tour is not part of a report')")),
        "01_first": chapter("01_first", prose("en", "## How much?\n\nA question."), prose("zh", "## 有多少\n\n一个问题。"), cell(DRAW.replace("NAME", "one")), cell(TABLE),
                            cell('Reading(("Champions are 33% of customers and 75% of revenue.",))'), cell('Reading(("Two rows cannot be read.",), "warning")')),
        "02_second": chapter("02_second", cell(DRAW.replace("NAME", "two")), cell(DRAW.replace("NAME", "two"))),
        "10_summary": chapter("10_summary", cell(FIGURES), cell(DRAW.replace("NAME", "one")), cell(TABLE), save=True, sha=sha),
    }  # fmt: skip


def silent(done: int, total: int, chapter: str) -> None:
    """Show no progress."""
