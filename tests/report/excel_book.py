"""An Excel file made from tables written out: customers with every kind of column, hostile names, an override, a list that is too long for its rule."""

import datetime as dt
import html
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd

from analysis.config import parse_config
from analysis.report.excel.workbook import write_workbook
from analysis.schemas import SCHEMAS

DAY = dt.date(2011, 12, 9)
HOSTILE = [
    "=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "https://example.org", "mailto:a@b.c", "internal:Customers!A1", "0012", "1e5", "TRUE", "是", "#REF!",
    "<script>alert(1)</script>", "<r><t>rich</t></r>", "<r>", "_x0041_", "a\nb", '"quoted", and more', "\u202eevil", "👩🏽‍🚀" * 40, "x" * 10_000, " leading and trailing ", "O'Neil & Sons",
]  # fmt: skip
EXTRA = {
    "region": "varchar", "need_computed": "varchar", "need": "varchar", "price_band": "varchar", "nps": "double", "margin": "decimal(38,4)", "tag_fan": "boolean",
    "tag_level": "varchar", "tag_orders_per_year": "double", "overridden": "varchar", "owner": "varchar", "notes": "varchar", "phone": "varchar",
}  # fmt: skip
LEVELS = ("low", "high, or so", "none")  # a comma cannot stand in a list inside a rule
KEYS = [("need", "class", "basic"), ("need", "class", "potential"), ("need", "class", "high_end"), ("owner", "text", None), ("notes", "text", None),
        ("tag_fan", "boolean", None), ("tag_orders_per_year", "number", None), *[("tag_level", "level", key) for key in LEVELS]]  # fmt: skip
_TYPES = {"int64": "bigint", "int8": "tinyint", "float64": "double", "string": "varchar"}


def ann() -> dict:
    """The customer of whom most is known, and whom somebody has corrected."""
    return {
        "customer_id": "ann", "monetary": Decimal("1234.5000"), "frequency": 3, "recency_days": 4, "first_order_date": dt.date(2011, 12, 1), "r_score": 5,
        "rfm_score": "555", "segment": "champions", "class8": "important_value", "value_tier": "high", "cluster": 2, "cluster_name": "recent_often_big",
        "lifecycle_stage": "at_risk", "p_alive": 0.25, "overdue_index": float("inf"), "clv_365d": 99.5, "region": "East", "need": "high_end",
        "need_computed": "basic", "nps": 8.0, "margin": Decimal("-3.2500"), "tag_fan": True, "tag_level": "high, or so", "tag_orders_per_year": 12.5,
        "overridden": "need, owner, tag_level", "notes": "call her", "phone": "+44 20 0000",
    }  # fmt: skip


def write_tables(folder: Path, people: list[dict]) -> Path:
    """Write the tables that the press reads."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as con:
        for name in ("customers", "segments", "thresholds", "tags"):
            columns = {column: _TYPES.get(kind, kind) for column, kind in SCHEMAS[name].columns.items()} | (EXTRA if name == "customers" else {})
            con.execute(f"create table {name} ({', '.join(f'{chr(34)}{column}{chr(34)} {kind}' for column, kind in columns.items())})")
        con.execute("insert into segments (scheme, segment, customers, customers_pct, monetary, action) values ('value_tier', 'high', 2, 0.5, 12.5, 'high'), "
                    "('segment', 'champions', 2, 0.5, 12.5, 'champions')")  # fmt: skip
        con.execute("insert into thresholds values ('r', 1, 30, date '2011-12-09', 'x'), ('tier', 1, 625.5, date '2011-12-09', 'x')")
        for row in people:
            names = ", ".join(f'"{name}"' for name in row)
            con.execute(f"insert into customers ({names}) values ({', '.join('?' * len(row))})", list(row.values()))
        for name in ("customers", "segments", "thresholds", "tags"):
            con.execute(f"copy {name} to '{folder / name}.parquet' (format parquet)")
    return folder


def write_sheets(folder: Path) -> Path:
    """Write what a run leaves for the file."""
    folder.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(KEYS, columns=["column", "kind", "key"], dtype="str").to_parquet(folder / "choices.parquet", index=False)
    node = {"tree": "main", "is_folded": False, "branches": 0, "place": 0, "monetary": Decimal(10), "monetary_before": Decimal(5), "path": ""}
    nodes = [
        node | {"level": 1, "level_column": "region", "key": "East", "customers": 6, "customers_before": 4},
        node | {"level": 2, "level_column": "need", "key": "high_end", "customers": 4, "customers_before": 5, "monetary": Decimal(8)},
        node
        | {"level": 2, "level_column": "need", "key": None, "customers": 2, "customers_before": 0, "is_folded": True, "branches": 3, "monetary": Decimal(2)},
        node | {"level": 1, "level_column": "region", "key": None, "customers": 2, "customers_before": 2},
    ]
    pd.DataFrame(nodes).to_parquet(folder / "tree.parquet", index=False)
    told = {"since": dt.date(2011, 11, 30), "in_all": 7000, "monetary": Decimal("1234.5")}
    changes = [
        told | {"customer_id": "=1+1", "column": "segment", "before": "new", "after": "champions"},
        told | {"customer_id": "ann", "column": "tag_fan", "before": "false", "after": "true"},
        told | {"customer_id": "eve", "column": "lifecycle_stage", "before": "none", "after": "new"},
        told | {"customer_id": "bob", "column": "segment", "before": "new", "after": None},
    ]
    pd.DataFrame(changes).to_parquet(folder / "changes.parquet", index=False)
    about = {"category": "behaviour", "type": "boolean", "customers": 1, "share": 0.5, "monetary": 10.0, "rule": "frequency >= 3"}
    pd.DataFrame([about | {"tag": "fan", "value": None}, about | {"tag": "loyal", "value": None}]).to_parquet(folder / "tag_coverage.parquet", index=False)
    return folder


def write_book(folder: Path, *, lang: str = "en", people: list[dict] | None = None, sheets: bool = True) -> Path:
    """Write the file; `people` beside Ann, by default one for each hostile name."""
    others = [{"customer_id": f"h{number:02d}", "monetary": Decimal(500 - number), "region": name, "notes": name} for number, name in enumerate(HOSTILE)]
    tables = write_tables(folder / "tables", [ann(), *(others if people is None else people)])
    transactions = {"files": ["sales.csv"], "columns": {"customer_id": "c", "ordered_at": "w", "amount": "a"}}
    config = parse_config({"name": "Corner shop", "currency": "GBP", "order": "day", "inputs": {"transactions": transactions}}, folder)
    target = folder / f"customers.{lang}.xlsx"
    write_workbook(config, DAY, tables, target, lang=lang, run="run1", sheets=write_sheets(folder / "sheets") if sheets else folder / "nothing")
    return target


def read_part(path: Path, part: str) -> str:
    """Read a part of the file as it is stored."""
    with zipfile.ZipFile(path) as book:
        return book.read(part).decode()


def name_sheets(path: Path) -> list[str]:
    """List the sheets in their order."""
    return [html.unescape(name) for name in re.findall(r'<sheet name="([^"]+)"', read_part(path, "xl/workbook.xml"))]
