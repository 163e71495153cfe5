"""What goes wrong in real sales files, added to the made-up shop on purpose and counted."""

import csv
import datetime as dt
import io
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.sample_orders import Line, Order, part_orders

OVERLAP_FROM = dt.datetime(2023, 12, 29)
HEADER = ["订单号", "下单时间", "客户编号", "商品编号", "商品名称", "类别", "数量", "单价", "优惠金额", "渠道", "订单状态"]
FIELDS = ["order_id", "ordered_at", "customer_id", "product_id", "product_name", "category", "quantity", "unit_price", "discount", "channel", "status"]
ENCODINGS = {"transactions-2023.csv": "utf-8", "transactions-2024.csv": "utf-8-sig", "transactions-2025.csv": "gb18030"}
SPECIALS = [("POSTAGE", "邮费 POSTAGE"), ("F001", "运费 Delivery"), ("G001", "赠品试用装 Free sample"), ("ADJ", "账务调整 Adjustment")]
BAD = {"ordered_at": ["2024/2/30 10:15", "待确认", "2023/13/5 9:00"], "quantity": ["一打", "?"], "unit_price": ["面议", "待定"]}
CLEAN = ("clean", "wholesale outlier")  # kinds of line that a perfect cleaning keeps

# kind: (rule of the cleaning, what the workbook does)
WHAT = {
    "ragged line": ("unreadable", "quarantined: the line has one cell too many (a comma in a name without quotes)"),
    "unreadable date": ("unreadable", "quarantined with file, row and reason"),
    "unreadable quantity": ("unreadable", "quarantined with file, row and reason"),
    "unreadable price": ("unreadable", "quarantined with file, row and reason"),
    "line also in the next file": ("overlap", "counted once; the later file wins"),
    "line restated in the next file": ("overlap", "one of the lines above, with another quantity: the later file's quantity counts"),
    "row after 2025-12-31": ("after_as_of", "removed at as-of 2025-12-31"),
    "test customer": ("test_orders", "removed"),
    "test order": ("test_orders", "removed"),
    "cancelled order line": ("unpaid", "removed: never paid"),
    "pending order line": ("unpaid", "removed: not paid yet"),
    "sale without customer": ("anonymous", "revenue without a customer: reported, not lost, not given to anybody"),
    "exact duplicate line": ("duplicates", "removed: an order of this shop lists a product once, so an equal second line is a slip of the export"),
    "free sample": ("price", "removed: price 0"),
    "negative adjustment": ("price", "removed: price below 0"),
    "return without a purchase": ("returns", "removed as returns_unmatched: bought before the shop's records begin"),
    "postage line": ("non_product", "removed: not a product"),
    "delivery fee line": ("non_product", "removed: not a product"),
    "wholesale outlier": ("outliers", "kept and flagged"),
    "customer id with a no-break space": ("", "read as the same customer: spaces of every kind are trimmed from identifiers"),
    "customer id in full-width digits": ("", "read as the same customer: full-width characters are made plain"),
    "product name with a comma or line break": ("", "read as it is, being quoted"),
    "hostile product name": ("", "stays text: shown as written, never run, never a formula"),
    "customer listed twice": ("", "one of the rows counts; they differ at most in the phone number"),
    "person under a second number": ("", "one customer with the first number: the name is the same, and the e-mail or the phone"),
}


def add_dirty_orders(rng: np.random.Generator, orders: list[Order], products: pd.DataFrame) -> list[Order]:
    """Add the orders that a cleaning takes away again, and lines for postage, fees and samples; the lines that were there stay as they are."""
    pool = [order for order in orders if _spoilable(order)]
    special = {code: len(products) - len(SPECIALS) + number for number, (code, _) in enumerate(SPECIALS)}
    taken = {(order.customer_id, order.at) for order in orders}
    return [_add_extras(rng, order, special) if _spoilable(order) else order for order in orders] + part_orders(
        _dirty_orders(rng, orders, pool, special), taken
    )


def _dirty_orders(rng: np.random.Generator, orders: list[Order], pool: list[Order], special: dict[str, int]) -> list[Order]:
    """Copy real orders, on their day and for their customer, and spoil the copies."""

    def copies(count: float, kind: str, most: int = 9, **changes: Any) -> list[Order]:
        models = [pool[i] for i in rng.integers(0, len(pool), max(1, round(count)))]
        return [replace(_relabel(order, kind, most), at=order.at.replace(minute=int(rng.integers(0, 60))), **changes) for order in models]

    bought = {(order.customer_id, line.product) for order in orders for line in order.lines}
    unbought = {customer: next(product for product in range(special["POSTAGE"]) if (customer, product) not in bought) for customer, _ in sorted(bought)}
    latest = sorted(pool, key=lambda order: (order.at, order.customer_id))[-6:]
    return [
        *copies(0.025 * len(pool), "cancelled order line", status="已取消"),
        *copies(12, "pending order line", status="待付款"),
        *copies(0.012 * len(pool), "sale without customer", customer_id=""),
        *copies(4, "test customer", customer_id="TEST001"),
        *(replace(order, order_id=f"TEST-{number:04d}") for number, order in enumerate(copies(3, "test order"), 1)),
        *copies(7, "ragged line", 1),
        *copies(6, "unreadable date", 1),
        *copies(4, "unreadable quantity", 1),
        *copies(5, "unreadable price", 1),
        *(replace(_relabel(order, "row after 2025-12-31"), at=dt.datetime(2026, 1, day, 15, 8)) for day, order in enumerate(latest, 1)),
        *(
            replace(order, order_id=f"R2022121{number}0007", lines=(Line(unbought[order.customer_id], -1, 9900, kind="return without a purchase"),))
            for number, order in enumerate(copies(6, "clean", 1, status="已退款"))
        ),
        *(
            replace(order, lines=(Line(special["ADJ"], 1, price, kind="negative adjustment"),))
            for order, price in zip(copies(2, "clean"), (-35000, -12850), strict=True)
        ),
    ]


def _relabel(order: Order, kind: str, most: int = 9) -> Order:
    return replace(order, lines=tuple(replace(line, kind=kind) for line in order.lines[:most]))


def _add_extras(rng: np.random.Generator, order: Order, special: dict[str, int]) -> Order:
    """Put postage on orders sent abroad, a delivery fee on some others, and a free sample into a few."""
    abroad = order.status == "completed"
    postage, fee, sample = rng.random(3)
    extras = [
        Line(special["POSTAGE"], 1, 6000, kind="postage line") if abroad and postage < 0.4 else None,
        Line(special["F001"], 1, 1200, kind="delivery fee line") if not abroad and fee < 0.02 else None,
        Line(special["G001"], 1, 0, kind="free sample") if sample < 0.006 else None,
    ]
    return replace(order, lines=(*order.lines, *(line for line in extras if line)))


def number_lines(orders: list[Order], products: pd.DataFrame) -> pd.DataFrame:
    """Give every order its number and lay its lines out as text.

    Returns
    -------
    DataFrame
        One row per order line in the order of the files: `kind`, `file`, `at`, and the columns of the input `transactions` as text.
    """
    numbers: dict[tuple, str] = {}
    per_day: Counter[dt.date] = Counter()
    table = products[["product_id", "product_name", "category"]].to_numpy().tolist()
    for order in sorted((order for order in orders if order.returns is None), key=_place):
        per_day[order.at.date()] += 1
        numbers[_place(order)[:2]] = order.order_id or f"{order.at:%Y%m%d}{per_day[order.at.date()]:04d}"
    rows = []
    for order in sorted(orders, key=_place):
        number = numbers[_place(order)[:2]] if order.returns is None else "R" + numbers[_place(order.returns)[:2]]
        start = [f"transactions-{min(order.at.year, 2025)}.csv", order.at, number, clock(order.at), order.customer_id]
        for line in order.lines:
            money = [str(line.quantity), _yuan(line.price), _yuan(line.off)]
            rows.append([line.kind, *start, *table[line.product], *money, order.channel, order.status])
    return pd.DataFrame(rows, columns=["kind", "file", "at", *FIELDS])


def spoil_lines(rng: np.random.Generator, lines: pd.DataFrame) -> tuple[dict[str, bytes], list[tuple[str, str, int]]]:
    """Write the transaction files with everything that is wrong inside them.

    Returns
    -------
    dict of str to bytes
        File name to content: UTF-8, UTF-8 with a byte order mark, GB18030.
    list of (kind, file, count)
        What was done, counted while doing it.
    """
    lines, files = lines.copy(), {}
    bought = (lines["kind"] == "clean") & ~lines["order_id"].str.startswith("R")
    twice = lines["at"].between(OVERLAP_FROM, dt.datetime(2024, 1, 1), inclusive="left")
    mixed = [int(i) for i in rng.permutation(lines.index[bought & ~twice])[:90]]
    doubled = mixed[:28]
    _disguise(lines, mixed[28:58], mixed[58:])
    for column, bad in BAD.items():
        where = lines.index[lines["kind"] == f"unreadable {column.removeprefix('unit_').replace('ordered_at', 'date')}"]
        lines.loc[where, column] = [bad[number % len(bad)] for number in range(len(where))]
    came_back = lines["order_id"].isin(lines.loc[lines["order_id"].str.startswith("R"), "order_id"].str[1:])
    restated = lines.index[bought & twice & ~came_back][:13:3]
    older = lines.copy()
    older.loc[restated, "quantity"] = [str(int(quantity) + 1) for quantity in older.loc[restated, "quantity"]]
    counts = Counter((row.kind, row.file) for row in lines.itertuples() if row.kind != "clean")
    counts.update(("exact duplicate line", lines.at[i, "file"]) for i in doubled)
    for file, part in older.groupby("file"):
        if file == "transactions-2024.csv":
            counts.update({("line also in the next file", file): int(twice.sum()), ("line restated in the next file", file): len(restated)})
            part = pd.concat([lines[twice], part])
        part = part.loc[[i for i in part.index for _ in range(1 + (i in doubled))]]
        whole = part.loc[part["kind"] != "ragged line", "product_name"]
        counts["product name with a comma or line break", file] += int(whole.str.contains("[,\n]").sum())
        counts["hostile product name", file] += int(whole.str.match("[=<$]").sum())
        files[file] = _write(part, "\n" if "2023" in file else "\r\n").encode(ENCODINGS[file])
    return files, [(kind, file, count) for (kind, file), count in counts.items() if count]


def _disguise(lines: pd.DataFrame, spaced: list[int], wide: list[int]) -> None:
    """Write some customer ids with a no-break space or in full-width digits, in place."""
    full_width = {ord("0") + digit: ord("０") + digit for digit in range(10)}
    lines.loc[spaced, "kind"] = "customer id with a no-break space"
    lines.loc[spaced[::2], "customer_id"] += "\u00a0"
    lines.loc[spaced[1::2], "customer_id"] = "\u00a0" + lines.loc[spaced[1::2], "customer_id"]
    lines.loc[wide, "kind"] = "customer id in full-width digits"
    lines.loc[wide, "customer_id"] = lines.loc[wide, "customer_id"].str.translate(full_width)


def _write(part: pd.DataFrame, line_end: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(HEADER)
    for kind, *cells in part[["kind", *FIELDS]].itertuples(index=False):
        if kind == "ragged line":
            cells[4] = re.sub('[,"\n]', "", cells[4]).replace(" ", ",", 1)
            out.write(",".join(cells) + line_end)
        else:
            writer.writerow(cells)
    return out.getvalue()


def clock(at: dt.datetime) -> str:
    """Write a time as the shop's system does: 2023/1/5 9:07."""
    return f"{at.year}/{at.month}/{at.day} {at.hour}:{at.minute:02d}"


def _place(order: Order) -> tuple:
    return order.at, order.customer_id, order.order_id, tuple((line.product, line.quantity, line.kind) for line in order.lines)


def _spoilable(order: Order) -> bool:
    """Purchases of the usual size outside the days that two files share: so that no line is wrong in two ways."""
    return order.returns is None and order.lines[0].kind == "clean" and not OVERLAP_FROM <= order.at < dt.datetime(2024, 1, 1)


def _yuan(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
