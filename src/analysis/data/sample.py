"""A made-up shop to try the workbook on: realistic, dirty on purpose, with its truths known."""

import csv
import datetime as dt
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.data.sample_dirt import CLEAN, ENCODINGS, FIELDS, SPECIALS, WHAT, add_dirty_orders, clock, number_lines, spoil_lines
from analysis.data.sample_orders import make_orders, make_products
from analysis.data.sample_people import DAYS, END, START, make_people, slashes
from analysis.errors import ConfigurationError

_CUSTOMER_HEADER = [
    "客户编号", "姓名", "手机", "邮箱", "地址", "客户类型", "行业", "企业规模", "国家", "省份", "城市", "性别", "生日", "注册时间", "来源", "上级客户",
]  # fmt: skip
_FEWEST = 50


@dataclass(frozen=True)
class Shop:
    """The shop as it truly is, and its files as a workbook gets them.

    `transactions` (order line: the columns of the input of that name; quantity int, unit_price and discount Decimal in CNY, a return has a negative quantity),
    `customers`, `feedback`, `events`, `campaigns` (the columns of the inputs) and `truth` (customer: kind, first_order_on, rhythm_days, dropped_out_on,
    value_group, mean_basket) are clean. `dirt` says what is wrong in the files: kind, rule, file, count, workbook (what it does about it).
    `files` maps file names to contents.
    """

    transactions: pd.DataFrame
    customers: pd.DataFrame
    feedback: pd.DataFrame
    events: pd.DataFrame
    campaigns: pd.DataFrame
    truth: pd.DataFrame
    dirt: pd.DataFrame
    files: Mapping[str, bytes]


def make_shop(seed: int = 1, customers: int = 1200) -> Shop:
    """Invent three years of a Chinese-British home and kitchen shop; the same arguments give the same shop, byte for byte.

    Raises
    ------
    ConfigurationError
        When so few customers are asked for that there would be no shop.
    """
    if customers < _FEWEST:
        raise ConfigurationError(f"The sample shop needs at least {_FEWEST} customers; got {customers}.")
    rng = np.random.default_rng(seed)
    words = tomllib.loads((Path(__file__).parent / "sample_names.toml").read_text(encoding="utf-8"))
    people, habits = make_people(rng, words, customers)
    products = make_products(words)
    orders, campaigns = make_orders(rng, words, products, habits)
    specials = pd.DataFrame(SPECIALS, columns=["product_id", "product_name"]).assign(category="其他", price=0)
    products = pd.concat([products, specials], ignore_index=True)
    lines = number_lines(add_dirty_orders(rng, orders, products), products)
    files, counts = spoil_lines(rng, lines)
    transactions = _tidy(lines[lines["kind"].isin(CLEAN)])
    truth = _truth(habits, transactions)
    feedback, events = _feedback(rng, words, transactions, truth), _events(rng, transactions, people, truth)
    listed, more = _list_twice(rng, people, truth)
    counts = sorted(counts + more, key=lambda row: (list(WHAT).index(row[0]), row[1]))
    dirt = pd.DataFrame(
        [(kind, WHAT[kind][0], file, count, WHAT[kind][1]) for kind, file, count in counts], columns=["kind", "rule", "file", "count", "workbook"]
    )
    tables = {"customers": listed.set_axis(_CUSTOMER_HEADER, axis=1), "feedback": feedback, "events": events, "campaigns": campaigns, "truth": truth}
    files |= {f"{name}.csv": _csv(table) for name, table in tables.items()}
    files["README.md"] = _readme(seed, customers, transactions, dirt, truth, files).encode()
    return Shop(transactions, people, feedback, events, campaigns, truth, dirt, files)


def write_shop(shop: Shop, folder: Path) -> list[Path]:
    """Write the files of the shop, its README among them, and say which."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in sorted(shop.files)]
    for path in paths:
        path.write_bytes(shop.files[path.name])
    return paths


def _tidy(lines: pd.DataFrame) -> pd.DataFrame:
    money = {name: [Decimal(value) for value in lines[name]] for name in ("unit_price", "discount")}
    return lines.assign(ordered_at=lines["at"], quantity=lines["quantity"].astype("int64"), **money)[FIELDS].reset_index(drop=True)


def _truth(habits: pd.DataFrame, transactions: pd.DataFrame) -> pd.DataFrame:
    """Turn day numbers into dates; prospects have no habits, and who kept nothing is `cancelled_only`."""
    first = transactions[transactions["quantity"] > 0].groupby("customer_id")["ordered_at"].min().dt.date
    left = transactions.groupby("customer_id")["quantity"].sum()
    truth = habits[["customer_id"]].copy()
    truth["kind"] = ["prospect" if customer not in left.index else "cancelled_only" if left[customer] == 0 else "buyer" for customer in truth["customer_id"]]
    buys = truth["kind"] != "prospect"
    truth["first_order_on"] = truth["customer_id"].map(first)
    truth["rhythm_days"] = habits["rhythm_days"].round(1).where(buys)
    truth["dropped_out_on"] = [START + dt.timedelta(days=day) if bought and day < DAYS else None for day, bought in zip(habits["last_day"], buys, strict=True)]
    truth["value_group"] = habits["value_group"].where(buys)
    truth["mean_basket"] = habits["basket"].round(2).where(buys)
    return truth


def _feedback(rng: np.random.Generator, words: dict, transactions: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Answers some days after an order; those about to leave are less pleased."""
    scales = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
    gone = dict(zip(truth["customer_id"], truth["dropped_out_on"], strict=True))
    orders = transactions[transactions["quantity"] > 0].drop_duplicates("order_id")
    rows = []
    for order in orders.iloc[np.sort(rng.permutation(len(orders))[: len(orders) // 7])].itertuples():
        at = order.ordered_at + dt.timedelta(days=int(rng.integers(1, 15)), minutes=int(rng.integers(0, 600)))
        leaving = gone[order.customer_id] is not None and (gone[order.customer_id] - order.ordered_at.date()).days < 60
        kind = str(rng.choice(list(scales)))
        pleased = rng.beta(2.2, 2.2) if leaving else rng.beta(5, 1.6)
        low, high = scales[kind]
        tone = "good" if pleased > 0.75 else "fair" if pleased > 0.45 else "poor"
        comment = words["words"][tone][int(rng.integers(0, len(words["words"][tone])))] if rng.random() < 0.5 else ""
        topic = str(rng.choice(words["words"]["topics"]))
        if at.date() <= END:
            rows.append((order.customer_id, clock(at), kind, round(low + float(pleased) * (high - low)), high, topic, comment))
    return pd.DataFrame(rows, columns=["customer_id", "answered_at", "kind", "score", "scale", "topic", "comment"])


def _events(rng: np.random.Generator, transactions: pd.DataFrame, people: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Contacts outside buying: a look at a product before an order, and the visits of those who never bought."""
    bought = transactions[transactions["quantity"] > 0].sort_values(["ordered_at", "customer_id", "product_id"])
    rows = []
    for line in bought.iloc[np.sort(rng.permutation(len(bought))[: len(bought) // 6])].itertuples():
        kind = str(rng.choice(["browse", "click", "inquiry"], p=[0.6, 0.3, 0.1]))
        at = line.ordered_at - dt.timedelta(minutes=int(rng.integers(5, 5000)))
        rows.append((line.customer_id, at, kind, line.product_id, int(rng.integers(1, 6)), line.quantity * line.unit_price if kind == "inquiry" else ""))
    products = sorted(set(bought["product_id"]))
    registered = dict(zip(people["customer_id"], people["registered_at"], strict=True))
    for customer in truth.loc[truth["kind"] == "prospect", "customer_id"]:
        since = dt.datetime.strptime(registered[customer], "%Y/%m/%d")
        for _ in range(int(rng.poisson(2))):
            at = since + dt.timedelta(days=int(rng.integers(0, 60)), minutes=int(rng.integers(500, 1400)))
            rows.append((customer, at, "browse", products[int(rng.integers(0, len(products)))], int(rng.integers(1, 4)), ""))
    rows = sorted((row for row in rows if START <= row[1].date() <= END), key=lambda row: (row[1], row[0], row[3]))
    events = pd.DataFrame(rows, columns=["customer_id", "occurred_at", "kind", "object", "count", "value"])
    return events.assign(occurred_at=[clock(at) for at in events["occurred_at"]])


def _list_twice(rng: np.random.Generator, people: pd.DataFrame, truth: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[str, str, int]]]:
    """Add rows to the customer list: the same customer again, some with a newer phone number, and the same person under another number."""
    buyers = people[people["customer_id"].isin(truth.loc[truth["kind"] == "buyer", "customer_id"])]
    chosen = buyers.iloc[rng.permutation(len(buyers))[:14]]
    again, second = chosen[:8].copy(), chosen[8:].copy()
    again.iloc[5:, again.columns.get_loc("phone")] = [f"1380000{number:04d}" for number in rng.integers(0, 10000, len(again[5:]))]
    second["customer_id"] = [f"N{number:04d}" for number in range(1, len(second) + 1)]
    second["registered_at"] = slashes(END)
    counts = [("customer listed twice", "customers.csv", len(again)), ("person under a second number", "customers.csv", len(second))]
    return pd.concat([people, again, second], ignore_index=True), counts


def _csv(table: pd.DataFrame) -> bytes:
    out = io.StringIO()
    table.to_csv(out, index=False, lineterminator="\n", na_rep="")
    return out.getvalue().encode()


def _readme(seed: int, customers: int, transactions: pd.DataFrame, dirt: pd.DataFrame, truth: pd.DataFrame, files: Mapping[str, bytes]) -> str:
    text = (Path(__file__).parent / "sample_readme.md").read_text(encoding="utf-8")
    columns = ["kind", "file", "count", "rule", "workbook"]
    listing = "\n".join("| " + " | ".join(str(cell) or "-" for cell in row) + " |" for row in dirt[columns].itertuples(index=False))
    records = [len(list(csv.reader(io.StringIO(files[name].decode(encoding), newline="")))) - 1 for name, encoding in ENCODINGS.items()]
    revenue = sum(quantity * price for quantity, price in zip(transactions["quantity"], transactions["unit_price"], strict=True))
    kinds = truth["kind"].value_counts().reindex(["buyer", "cancelled_only", "prospect"], fill_value=0)
    return text.format(
        seed=seed, customers=customers, dirt=listing, records=records, total=sum(records), lines=len(transactions), revenue=revenue,
        people=transactions["customer_id"].nunique(), kinds=kinds, known=len(truth),
    )  # fmt: skip
