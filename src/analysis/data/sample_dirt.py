"""What goes wrong in real sales files, added to the made-up shop on purpose and counted."""

import csv
import datetime as dt
import io
from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.data.sample_orders import Line, Order, part_orders

OVERLAP_FROM = dt.datetime(2023, 12, 29)
HEADER = ["订单号", "下单时间", "客户编号", "商品编号", "商品名称", "类别", "数量", "单价", "优惠金额", "渠道", "订单状态"]
FIELDS = ["order_id", "ordered_at", "customer_id", "product_id", "product_name", "category", "quantity", "unit_price", "discount", "channel", "status"]
SPECIALS = [("POSTAGE", "邮费 POSTAGE", "其他", 60), ("F001", "运费 Delivery", "其他", 12), ("G001", "赠品试用装 Free sample", "其他", 0), ("ADJ", "账务调整 Adjustment", "其他", 0)]
CLEAN = ("clean", "wholesale")  # kinds of line that a perfect cleaning keeps

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
    "person under a second number": ("", "stays a second customer (who never bought): nobody is merged by name or phone"),
}


def add_dirty_orders(rng: np.random.Generator, orders: list[Order], products: pd.DataFrame) -> list[Order]:
    """Add the orders that a cleaning takes away again, and the lines for postage, fees and samples; the given orders stay as they are."""
    pool = [order for order in orders if order.returns is None and order.lines[0].kind == "clean" and not _overlaps(order)]
    copies = [pool[i] for i in rng.integers(0, len(pool), 2000)]
    special = {row.product_id: number for number, row in enumerate(products.itertuples())}
    last = sorted(pool, key=lambda order: (order.at, order.customer_id))[-6:]
    share = len(pool) / 100

    def spoil(count: float, kind: str, most: int = 9, **changes) -> list[Order]:
        taken = [copies.pop() for _ in range(min(max(1, round(count)), len(copies)))]
        return [replace(order, at=order.at.replace(minute=int(rng.integers(0, 60))), **changes, lines=tuple(replace(line, kind=kind) for line in order.lines[:most])) for order in taken]

    bought = {(order.customer_id, line.product) for order in orders for line in order.lines}
    stray = [replace(order, lines=(Line(next(p for p in range(special["POSTAGE"]) if (order.customer_id, p) not in bought), -1, 9900, kind="return without a purchase"),),
                     order_id=f"R2022{number:08d}") for number, order in enumerate(spoil(6, "clean", 1), 12110001)]  # fmt: skip
    dirty = [
        *spoil(2.5 * share, "cancelled order line", status="已取消"), *spoil(12, "pending order line", status="待付款"),
        *spoil(1.2 * share, "sale without customer", customer_id=""), *spoil(4, "test customer", customer_id="TEST001"),
        *(replace(order, order_id=f"TEST-{number:04d}") for number, order in enumerate(spoil(3, "test order"), 1)), *stray,
        *spoil(7, "ragged line", 1), *spoil(6, "unreadable date", 1), *spoil(4, "unreadable quantity", 1), *spoil(5, "unreadable price", 1),
        *(replace(order, at=dt.datetime(2026, 1, 1 + number, 15, 8), lines=tuple(replace(line, kind="row after 2025-12-31") for line in order.lines)) for number, order in enumerate(last)),
        *(replace(order, lines=(Line(special["ADJ"], 1, price, kind="negative adjustment"),)) for order, price in zip(spoil(2, "clean"), (-35000, -12850), strict=True)),
    ]  # fmt: skip
    extras = [("POSTAGE", "postage line", 6000, lambda order: order.status == "completed", 0.4), ("F001", "delivery fee line", 1200, lambda order: order.status != "completed", 0.02),
              ("G001", "free sample", 0, lambda _: True, 0.006)]  # fmt: skip
    chosen = {id(order): [Line(special[code], 1, price, kind=kind) for (code, kind, price, fits, chance), draw in zip(extras, rng.random(len(extras)), strict=True)
                          if fits(order) and draw < chance] for order in pool}  # fmt: skip
    kept = [replace(order, lines=(*order.lines, *chosen.get(id(order), ()))) for order in orders]
    return kept + part_orders(dirty, {(order.customer_id, order.at) for order in orders})


def number_lines(orders: list[Order], products: pd.DataFrame) -> pd.DataFrame:
    """Give every order its number and lay its lines out as text.

    Returns
    -------
    DataFrame
        One row per order line in the order of the files: `kind`, `file`, `at`, and the columns of the input `transactions` as text.
    """
    numbers, per_day, table = {}, Counter(), products[["product_id", "product_name", "category"]].to_numpy().tolist()
    for order in sorted((order for order in orders if order.returns is None), key=_place):
        per_day[order.at.date()] += 1
        numbers[_place(order)[:2]] = order.order_id or f"{order.at:%Y%m%d}{per_day[order.at.date()]:04d}"
    rows = []
    for order in sorted(orders, key=_place):
        number = numbers[_place(order)[:2]] if order.returns is None else "R" + numbers[_place(order.returns)[:2]]
        file = f"transactions-{min(order.at.year, 2025)}.csv"
        rows += [(line.kind, file, order.at, number, clock(order.at), order.customer_id, *table[line.product], str(line.quantity), _yuan(line.price), _yuan(line.off),
                  order.channel, order.status) for line in order.lines]  # fmt: skip
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
    lines, counts = lines.copy(), Counter()
    plain = lines.index[(lines["kind"] == "clean") & ~lines["order_id"].str.startswith("R") & ~lines["at"].between(OVERLAP_FROM, dt.datetime(2024, 1, 1))]
    mixed = [int(i) for i in rng.permutation(plain)[:90]]
    doubled, spaced, wide = set(mixed[:28]), mixed[28:58], mixed[58:90]
    for number, i in enumerate(spaced):
        lines.loc[i, ["kind", "customer_id"]] = "customer id with a no-break space", f"\u00a0{lines.at[i, 'customer_id']}" if number % 2 else f"{lines.at[i, 'customer_id']}\u00a0"
    for i in wide:
        lines.loc[i, ["kind", "customer_id"]] = "customer id in full-width digits", lines.at[i, "customer_id"].translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    for kind, column, bad in (("unreadable date", "ordered_at", ["2024/2/30 10:15", "待确认", "2023/13/5 9:00"]), ("unreadable quantity", "quantity", ["一打", "?"]),
                              ("unreadable price", "unit_price", ["面议", "待定"])):  # fmt: skip
        where = lines.index[lines["kind"] == kind]
        lines.loc[where, column] = [bad[number % len(bad)] for number in range(len(where))]
    counts.update((row.kind, row.file) for row in lines.itertuples() if row.kind != "clean")
    texts = {}
    repeated = lines[lines["at"].between(OVERLAP_FROM, dt.datetime(2024, 1, 1), inclusive="left")]
    returned = set(lines.loc[lines["order_id"].str.startswith("R"), "order_id"].str[1:])
    restated = list(repeated.index[~repeated["order_id"].isin(returned) & (repeated["kind"] == "clean") & ~repeated["order_id"].str.startswith("R")][:13:3])
    older = lines.copy()
    older.loc[restated, "quantity"] = [str(int(quantity) + 1) for quantity in older.loc[restated, "quantity"]]
    for file, part in older.groupby("file"):
        if file == "transactions-2024.csv":
            counts.update({("line also in the next file", file): len(repeated), ("line restated in the next file", file): len(restated)})
            part = pd.concat([repeated, part])
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n" if "2023" in file else "\r\n")
        writer.writerow(HEADER)
        for row in part.itertuples():
            cells = [getattr(row, name) for name in FIELDS]
            if row.kind == "ragged line":
                cells[4] = cells[4].replace(",", "").replace("\n", "").replace('"', "").replace(" ", ",", 1)
                out.write(",".join(cells) + writer.dialect.lineterminator)
                continue
            writer.writerow(cells)
            counts["product name with a comma or line break", file] += "," in cells[4] or "\n" in cells[4]
            counts["hostile product name", file] += cells[4].startswith(("=", "<", "$"))
            if row.Index in doubled:
                writer.writerow(cells)
                counts["exact duplicate line", file] += 1
        texts[file] = out.getvalue().encode({"transactions-2024.csv": "utf-8-sig", "transactions-2025.csv": "gb18030"}.get(file, "utf-8"))
    return texts, [(kind, file, count) for (kind, file), count in counts.items() if count]


def clock(at: dt.datetime) -> str:
    """Write a time as the shop's system does: 2023/1/5 9:07."""
    return f"{at.year}/{at.month}/{at.day} {at.hour}:{at.minute:02d}"


def _place(order: Order) -> tuple:
    return order.at, order.customer_id, order.order_id, tuple((line.product, line.quantity, line.kind) for line in order.lines)


def _overlaps(order: Order) -> bool:
    return OVERLAP_FROM.date() <= order.at.date() < dt.date(2024, 1, 1)


def _yuan(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
