"""What the customers of a case buy and bring back: baskets by taste, level and season, at full price or reduced."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.cases.habits import Calendar, choose, order_days

LINE = ["order_id", "ordered_at", "customer_id", "product_id", "product_name", "category", "quantity", "unit_price", "discount", "cost", "channel", "status"]


def list_products(words: dict) -> pd.DataFrame:
    """List the products: `product_id`, `product_name`, `category`, `price` and `cost` in cents, `place` (0-1: how dear among its category)."""
    rows = [(name, section["name"], price * 100, share) for section in words["categories"] for name, price, share in section["products"]]
    products = pd.DataFrame(rows, columns=["product_name", "category", "price", "share"])
    products.insert(0, "product_id", [f"P{number:03d}" for number in range(1, len(products) + 1)])
    by_category = products.groupby("category").price
    products["place"] = (by_category.rank() - 1) / (by_category.transform("count") - 1)
    products["cost"] = (products.price * products.pop("share")).round().astype(int)
    return products


def make_lines(rng: np.random.Generator, words: dict, calendar: Calendar, people: pd.DataFrame, products: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Let everybody order and return.

    Parameters
    ----------
    rng : numpy.random.Generator
    words : dict
        The words of the case.
    calendar : Calendar
    people : DataFrame
        `customer_id` and the columns of `draw_habits`.
    products : DataFrame
        As `list_products` makes it.

    Returns
    -------
    lines : DataFrame
        One row per order line: the columns of the input `transactions`; ordered_at a time, quantity int (negative: a return), money Decimal: unit_price what was
        paid for a piece, discount what was taken off the line, cost that of the whole line; `is_return`.
    liked : dict of str to str
        The category that each buyer likes most.
    """
    seasons = np.array([{section["name"]: section.get("season", [1.0] * 12) for section in words["categories"]}[name] for name in products.category])
    rows: list[tuple] = []
    liked = {}
    names = list(dict.fromkeys(products.category))
    number = 0
    for habit in people[people.kind == "buyer"].itertuples():
        liking = dict(zip(names, rng.gamma(0.35, 1.0, len(names)) + 0.02, strict=True))
        liked[habit.customer_id] = max(liking, key=lambda name: liking[name])
        taste = np.array([liking[name] for name in products.category]) * np.exp(-((products.place.to_numpy() - habit.level) ** 2) / 0.08)
        channel, had = choose(rng, words["words"]["channels"]), np.zeros(len(products), dtype=bool)
        for day in order_days(rng, calendar, habit):
            at, number = calendar.moment(rng, day), number + 1
            basket = list(_fill(rng, words, habit, taste * seasons[:, at.month - 1] * ~had, products))
            if words["habits"].get("once"):
                had[[product for product, *_rest in basket]] = True
            where = channel if rng.random() < 0.78 else choose(rng, words["words"]["channels"])
            rows += [(number, at, habit.customer_id, product, quantity, paid, off, where, False) for product, quantity, paid, off in basket]
            if basket and rng.random() < words["habits"]["returns"]:
                product, quantity, paid, _off = basket[int(rng.integers(0, len(basket)))]
                back = at + dt.timedelta(days=int(rng.integers(2, 20)))
                rows += (
                    [(number, back, habit.customer_id, product, -int(rng.integers(1, quantity + 1)), paid, 0, where, True)]
                    if back.date() <= calendar.end
                    else []
                )
    return _lay_out(rows, products), liked


def _fill(rng: np.random.Generator, words: dict, habit: Any, weights: np.ndarray, products: pd.DataFrame) -> Iterator[tuple[int, int, int, int]]:
    """Choose products that are not yet in the basket; a line is reduced or not."""
    said = words["habits"]
    wanted = min(1 + int(rng.poisson(habit.lines)), int((weights > 0).sum()), 6)
    if not wanted:
        return
    for product in np.sort(rng.choice(len(weights), size=wanted, replace=False, p=weights / weights.sum())):
        quantity = 1 + int(rng.poisson(habit.quantity - 1)) if habit.quantity > 1 else 1
        price = int(products.price.iloc[product])
        cut = float(rng.choice(said["cuts"])) if rng.random() < (said["lover_cut"] if habit.lover else said["usual_cut"]) else 0.0
        paid = round(price * (1 - cut))
        yield int(product), quantity, paid, (price - paid) * quantity


def _lay_out(rows: list[tuple], products: pd.DataFrame) -> pd.DataFrame:
    """Name the columns, number the orders by time, and give each line its product and cost."""
    lines = pd.DataFrame(rows, columns=["number", "ordered_at", "customer_id", "product", "quantity", "paid", "off", "channel", "is_return"])
    lines = lines.sort_values(["ordered_at", "customer_id", "number", "product"], ignore_index=True)
    orders = {number: f"{100000 + place}" for place, number in enumerate(dict.fromkeys(lines.loc[~lines.is_return, "number"]), 1)}
    lines["order_id"] = [("R" if back else "") + orders[number] for number, back in zip(lines.number, lines.is_return, strict=True)]
    bought = products.iloc[lines["product"].to_numpy()].reset_index(drop=True)
    lines = lines.assign(product_id=bought.product_id, product_name=bought.product_name, category=bought.category)
    lines["unit_price"], lines["discount"] = ([Decimal(int(cents)) / 100 for cents in lines[name]] for name in ("paid", "off"))
    lines["cost"] = [Decimal(int(cost) * int(quantity)) / 100 for cost, quantity in zip(bought.cost, lines.quantity, strict=True)]
    return lines.assign(status=["returned" if back else "paid" for back in lines.is_return])[[*LINE, "is_return"]]
