"""Small shops for tests: lines written out or made up from a seed, the configuration that reads them, and returns netted by hand."""

import csv
import datetime as dt
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import ibis
import pandas as pd

from analysis.config import Config, parse_config
from analysis.run import Opened, read_data
from analysis.schemas import SCHEMAS
from analysis.state import enter

COLUMNS = {"customer_id": "customer", "ordered_at": "at", "order_id": "order", "product_id": "product", "quantity": "quantity", "unit_price": "price"}
RULES = ("unreadable", "overlap", "after_as_of", "before_window", "anonymous", "duplicates", "price", "returns", "outliers")
ENOUGH = {"buyers": 3, "days": 0, "recent_days": 9999, "orders": 1, "least": 3}
Rows = Sequence[Sequence[object]]


def rules(*more: dict, **actions: str) -> list[dict]:
    """List the default rules with other actions for some, and further rules after `anonymous`."""
    named = [{"rule": name} | ({"action": actions[name]} if name in actions else {}) for name in RULES]
    return [*named[:5], *more, *named[5:]]


def configure(folder: Path, files: Mapping[str, Rows], *, columns: Mapping[str, str] | None = None, attributes: Mapping[str, str] | None = None, people: Rows = (),
              people_columns: Mapping[str, str] | None = None, people_attributes: Mapping[str, str] | None = None, **choices) -> Config:  # fmt: skip
    """Write files of order lines (and a customer master), and configure a shop that reads them; three buyers are enough."""
    columns = columns or COLUMNS
    header = [*columns.values(), *(attributes or {}).values()]
    folder.mkdir(parents=True, exist_ok=True)
    inputs = {"transactions": {"files": list(files), "columns": dict(columns), "attributes": dict(attributes or {}), "dates": "iso"}}
    for name, rows in files.items():
        _write(folder / name, header, rows)
    if people_columns:
        _write(folder / "people.csv", [*people_columns.values(), *(people_attributes or {}).values()], people)
        inputs["customers"] = {"files": ["people.csv"], "columns": dict(people_columns), "attributes": dict(people_attributes or {}), "dates": "iso"}
    return parse_config(
        {
            "name": "shop",
            "inputs": inputs,
            "sufficiency": ENOUGH,
            "order": "id" if "order_id" in columns else "day",
        }
        | choices,
        folder,
    )


def open_shop(folder: Path, rows: Rows | Mapping[str, Rows], *, as_of: str = "latest", **choices) -> Opened:
    """Read a shop of these lines, in one file or in several."""
    return read_data(configure(folder, rows if isinstance(rows, Mapping) else {"lines.csv": rows}, **choices), as_of)


def _write(path: Path, header: Sequence[str], rows: Rows) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])


def look(opened: Opened, name: str) -> pd.DataFrame:
    """Give a table as pandas in the order of its grain; days as dates, money as Decimal, every missing value None."""
    made = opened.get(name)
    frame = made.copy() if isinstance(made, pd.DataFrame) else made.execute()
    if name in SCHEMAS:
        frame = frame.sort_values(list(SCHEMAS[name].grain), ignore_index=True)
    plain = {name: frame[name].dt.date.astype(object) if frame[name].dtype.kind == "M" else frame[name].astype(object) for name in frame}
    return pd.DataFrame(plain, columns=frame.columns, dtype=object).where(frame.notna(), None)


def by(opened: Opened, name: str, key: str, value: str) -> dict:
    """Give one column of a table by another."""
    frame = look(opened, name)
    return dict(zip(frame[key], frame[value], strict=True))


def steps(opened: Opened) -> dict[str, tuple[int, Decimal, int]]:
    """Give the ledger by rule: rows, amount, rows touched. A rule that stands there twice is summed."""
    summed = opened.get("ledger_frame").groupby("rule")[["rows", "amount", "rows_touched"]].sum()
    return {rule: (int(row.rows), Decimal(row.amount), int(row.rows_touched)) for rule, row in summed.iterrows()}


def make_lines(seed: int, *, customers: int = 60, start: dt.date = dt.date(2023, 1, 10), days: int = 260) -> list[list[object]]:
    """Make up order lines: several products at two prices, orders over midnight, ties, returns early, late, too large and of nothing; no two lines are equal."""
    rng = random.Random(seed)  # noqa: S311
    rows: list[list[object]] = []
    for person in range(customers):
        who = f"c{person:03d}" if person % 20 else f"o'{person}\"; 王 🎁"
        bought: list[tuple[dt.datetime, str, str, int, str]] = []
        for _order in range(1 + int(rng.expovariate(0.3))):
            at = dt.datetime.combine(start, dt.time(rng.choice((0, 10, 23)), rng.choice((0, 59)))) + dt.timedelta(days=rng.randrange(days))
            number = f"{len(rows) + 1:05d}"
            for product in rng.sample("ABCDEFG", rng.randint(1, 4)):
                late = at + dt.timedelta(minutes=rng.choice((0, 0, 0, 2)))
                line = (late, number, product, rng.randint(1, 9), rng.choice(("1.25", "2.50", "19.99")))
                bought.append(line)
                rows.append([who if rng.random() > 0.03 else "", *_told(line)])
        for at, _number, product, pieces, price in bought:
            if rng.random() < 0.15:
                back = at + rng.choice((dt.timedelta(0), dt.timedelta(days=rng.randint(1, 70)), dt.timedelta(days=-3)))
                back = max(min(back, dt.datetime.combine(start + dt.timedelta(days=days), dt.time(12))), dt.datetime.combine(start, dt.time(0)))
                line = (back, f"R{len(rows) + 1:05d}", product, -rng.choice((1, pieces, pieces + 2)), rng.choice((price, price, "2.50")))
                rows.append([who, *_told(line)])
    return rows


def _told(line: tuple[dt.datetime, str, str, int, str]) -> list[object]:
    at, number, product, pieces, price = line
    return [at.strftime("%Y-%m-%d %H:%M"), number, product, pieces, price]


def net_by_hand(lines: Iterable[tuple]) -> dict:
    """Net returns with stacks, line by line, for one customer and product.

    `lines` are (name, at, order, price, units). Gives what is left of each: of a purchase the units that stay, of a return the units that found nothing. Within an
    instant purchases come first, the dearer below the cheaper.
    """
    queue = sorted(lines, key=lambda line: (line[1], line[4] < 0, -line[3], line[2], line[4], line[0]))
    left = {name: abs(units) for name, _at, _order, _price, units in queue}
    for alike in (lambda price: price, lambda _price: None):
        stacks: dict[object, list] = {}
        for name, _at, _order, price, units in queue:
            stack = stacks.setdefault(alike(price), [])
            if units >= 0:
                stack.append(name)
                continue
            while stack and left[name]:
                taken = min(left[name], left[stack[-1]])
                left[name] -= taken
                left[stack[-1]] -= taken
                if not left[stack[-1]]:
                    stack.pop()
    return left


def table(rows: Sequence[Mapping[str, object]], **types: str) -> ibis.Table:
    """Make an Ibis table of rows written out."""
    return ibis.memtable(pd.DataFrame(rows, columns=list(types)), schema=types)


def remember(opened: Opened) -> None:
    """Enter the report of a run in the journal beside its configuration, as the press would after publishing it."""
    folder = opened.config.folder
    opened.get("customers").order_by("customer_id").to_parquet(folder / "customers.parquet")
    segments = look(opened, "segments")[["scheme", "segment", "customers", "monetary"]].to_dict("records")
    said = {
        "config": opened.config.model_dump(mode="json"),
        "ruler": opened.get("ruler").to_dict(),
        "clusters": None,
        "key_figures": json.loads(opened.get("key_figures").to_json(orient="records")),
        "segments": [row | {"monetary": str(row["monetary"])} for row in segments],
        "inputs": [],
        "ledger": [],
    }
    enter(folder / "state", opened.as_of, opened.id, said, folder / "customers.parquet")
    (folder / "customers.parquet").unlink()
