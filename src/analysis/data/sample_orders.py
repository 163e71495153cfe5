"""What the made-up customers buy and bring back: seasons, baskets, returns."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.sample_people import DAYS, END, START, make_campaigns


@dataclass(frozen=True)
class Line:
    """One product in an order; money in fen (cents); `kind` says whether a perfect cleaning keeps the line (`clean`) or why it does not."""

    product: int
    quantity: int
    price: int
    off: int = 0
    kind: str = "clean"


@dataclass(frozen=True)
class Order:
    """An order or a return; `returns` is the order it brings back."""

    customer_id: str
    at: dt.datetime
    channel: str
    status: str
    lines: tuple[Line, ...]
    returns: "Order | None" = field(default=None, compare=False)
    order_id: str = ""  # empty: numbered by day


@dataclass(frozen=True)
class _Shopper:
    """What a customer is like in the shop: how much to spend on an order, where, how much each product is liked and which are for the feasts."""

    customer_id: str
    company: bool
    away: bool
    last_day: int
    basket: float
    channel: str
    taste: np.ndarray
    festive: np.ndarray


def make_products(words: dict) -> pd.DataFrame:
    """List the products: `product_id`, `product_name` (Chinese and English), `category`, `price` in CNY; the row number is the product's number."""
    rows = [(f"{chinese} {english}", category["name"], price) for category in words["categories"] for chinese, english, price in category["products"]]
    products = pd.DataFrame(rows, columns=["product_name", "category", "price"])
    products.insert(0, "product_id", [f"P{number + 1:03d}" for number in range(len(products))])
    return products


def make_orders(rng: np.random.Generator, words: dict, products: pd.DataFrame, truth: pd.DataFrame) -> tuple[list[Order], pd.DataFrame]:
    """Let every customer order and return, from the opening of the shop to its as-of date.

    Returns
    -------
    list of Order
        Purchases and returns, every one paid; each return after its purchase and never for more than was bought.
    DataFrame
        The campaigns (their lift is in the orders).
    """
    seasons = words["seasons"]
    weeks = {company: accumulate_season(seasons, seasons["company_week" if company else "person_week"]) for company in (True, False)}
    shoppers, days = {}, {}
    for person in truth[truth["kind"] != "prospect"].itertuples():
        shoppers[person.customer_id] = _meet(rng, words, products, person)
        days[person.customer_id] = _order_days(rng, person, weeks[shoppers[person.customer_id].company])
    campaigns = make_campaigns(rng, words, truth, days)
    lifts = {campaign["name"]: campaign["lift"] for campaign in words["campaigns"]}
    for row in campaigns[campaigns["group"] == "treated"].itertuples():
        extra = (dt.date.fromisoformat(row.started_at) - START).days + int(rng.integers(1, 31))
        if rng.random() < lifts[row.campaign] and extra <= shoppers[row.customer_id].last_day:
            days[row.customer_id] = sorted([*days[row.customer_id], extra])
    orders = [_place_order(rng, words, products, shoppers[customer], day) for customer, known in days.items() for day in known]
    orders = part_orders([*orders, *_wholesale(rng, orders, products)], set())
    gone = set(truth.loc[truth["kind"] == "cancelled_only", "customer_id"])
    returns = [_bring_back(rng, order, order.customer_id in gone) for order in orders if order.lines[0].kind == "clean"]
    return orders + [order for order in returns if order], campaigns


def part_orders(orders: list[Order], taken: set[tuple[str, dt.datetime]]) -> list[Order]:
    """Move orders to earlier minutes until no customer orders twice in the same one; `taken` grows by what is used."""
    parted = []
    for order in orders:
        while (order.customer_id, order.at) in taken:
            order = replace(order, at=order.at - dt.timedelta(minutes=1))
        taken.add((order.customer_id, order.at))
        parted.append(order)
    return parted


def accumulate_season(seasons: dict, week: list[float]) -> np.ndarray:
    """Accumulate the shop's busyness: entry d is the share of time passed before day d, in days of average busyness."""
    festivals = [dt.date.fromisoformat(day) for day in seasons["spring_festivals"]]
    weights = []
    for day in (START + dt.timedelta(days=number) for number in range(DAYS)):
        weight = seasons["months"][day.month - 1] * week[day.weekday()] * seasons["sales_days"].get(f"{day:%m-%d}", 1.0)
        distance = min(((day - festival).days for festival in festivals), key=abs)
        weights.append(weight * (0.35 if -2 <= distance <= 7 else 1.25 if -18 <= distance < -2 else 1.0))
    return np.concatenate([[0.0], np.cumsum(weights) / np.mean(weights)])


def _order_days(rng: np.random.Generator, person: Any, season: np.ndarray) -> list[int]:
    """A Poisson process in seasonal time: exponential gaps, more orders on busy days."""
    days: list[int] = []
    clock = season[person.first_day]
    while (day := int(np.searchsorted(season, clock, side="right")) - 1) < DAYS and (not days or day <= person.last_day):
        days.append(day)
        clock += rng.exponential(person.rhythm_days)
    return days[:1] if person.kind == "cancelled_only" else days


def _meet(rng: np.random.Generator, words: dict, products: pd.DataFrame, person: Any) -> _Shopper:
    """Find out what a customer likes."""
    channel = _any(rng, words["words"]["channels"])
    names = list(dict.fromkeys(products["category"]))
    liking = dict(zip(names, rng.gamma(0.8, 1.0, len(names)) + 0.05, strict=True))
    taste = np.array([liking[name] for name in products["category"]])
    company = person.customer_id.startswith("E")
    return _Shopper(person.customer_id, company, person.away, person.last_day, person.basket, channel, taste, (products["category"] == "节庆礼品").to_numpy())


def _place_order(rng: np.random.Generator, words: dict, products: pd.DataFrame, shopper: _Shopper, day: int) -> Order:
    """Choose the time, the channel and the discount, and fill the basket."""
    seasons, date = words["seasons"], START + dt.timedelta(days=day)
    hours = np.cumsum(seasons["hours"])
    hour = int(np.searchsorted(hours, rng.random() * hours[-1], side="right"))
    at = dt.datetime(date.year, date.month, date.day, hour, int(rng.integers(0, 60)))
    channel = shopper.channel if rng.random() < 0.75 else _any(rng, words["words"]["channels"])
    cut = 0.15 if f"{date:%m-%d}" in seasons["sales_days"] else 0.10 if rng.random() < 0.12 else 0.0
    status = "completed" if shopper.away else "已完成"
    return Order(shopper.customer_id, at, channel, status, _fill(rng, products, shopper, date, cut))


def _fill(rng: np.random.Generator, products: pd.DataFrame, shopper: _Shopper, date: dt.date, cut: float) -> tuple[Line, ...]:
    """Fill a basket of about the meant value with products of about the right price; companies buy by the dozen."""
    prices = products["price"].to_numpy()
    count = 1 + min(int(rng.poisson(1.6 if shopper.company else 1.0)), 5)
    share = shopper.basket * float(np.exp(rng.normal(-0.08, 0.4))) / count
    wish = np.log(share / 8 if shopper.company else min(share, 600))
    season = np.where(shopper.festive, 2.0 if date.month in (12, 1) else 0.7, 1.0)
    weights = np.cumsum(shopper.taste * season * np.exp(-((np.log(prices) - wish) ** 2) / 1.2) + 1e-12)
    lines = {}
    for draw in rng.random(count):
        product = int(np.searchsorted(weights, draw * weights[-1], side="right"))
        price = round(float(prices[product]) * (1, 1.03, 1.05)[date.year - START.year]) * 100
        quantity = max(1, round(share * 100 / price))
        paid = round(price * (1 - cut))
        lines[product] = Line(product, quantity, paid, (price - paid) * quantity)
    return tuple(lines.values())


def _any(rng: np.random.Generator, values: list[str]) -> str:
    return values[int(rng.integers(0, len(values)))]


def _wholesale(rng: np.random.Generator, orders: list[Order], products: pd.DataFrame) -> list[Order]:
    """One order of a size that a home shop does not see twice: 1,200 mugs for a company that buys anyway."""
    models = sorted((order for order in orders if order.customer_id.startswith("E") and order.at.month == 9), key=lambda order: (order.at, order.customer_id))
    if not models:
        return []
    mug = int(products.index[products["product_name"] == "马克杯 Mug"][0])
    at = models[-1].at.replace(hour=10, minute=int(rng.integers(0, 60)))
    return [replace(models[-1], at=at, lines=(Line(mug, 1200, 2900, 10 * 120000, "wholesale outlier"),))]


def _bring_back(rng: np.random.Generator, order: Order, always: bool) -> Order | None:
    """Return some orders whole, some in part, two to twenty days later, at the price that was paid."""
    later = order.at + dt.timedelta(days=int(rng.integers(2, 21)))
    wanted, whole, pick, part = rng.random(4)
    if not always and (wanted > 0.045 or later.date() > END):
        return None
    lines = order.lines
    if not always and whole > 0.6:
        chosen = lines[int(pick * len(lines))]
        lines = (replace(chosen, quantity=1 + int(part * chosen.quantity)),)
    back = tuple(replace(line, quantity=-line.quantity, off=0) for line in lines)
    return replace(order, at=later.replace(hour=11), status="refunded" if order.status == "completed" else "已退款", lines=back, returns=order)
