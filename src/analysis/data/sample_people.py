"""The made-up customers of the sample shop: who they are, and the hidden truth of how each of them buys."""

import datetime as dt
from decimal import Decimal
from typing import TypeVar

import numpy as np
import pandas as pd

T = TypeVar("T")
START, END = dt.date(2023, 1, 1), dt.date(2025, 12, 31)
DAYS = (END - START).days + 1
VALUE_LIMITS = {"high": 500, "mid": 180, "low": 0}  # CNY that a customer means to spend on an order


def make_people(rng: np.random.Generator, words: dict, count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Invent the customers.

    Parameters
    ----------
    rng : numpy.random.Generator
    words : dict
        The contents of `sample_names.toml`.
    count : int
        Customers to make; some 8 % of them register and never buy.

    Returns
    -------
    customers : DataFrame
        One row per customer, sorted by `customer_id`; the columns of the input `customers`, all text.
    truth : DataFrame
        The same rows: `kind`, `first_day` (days since the shop opened), `rhythm_days` (mean days between orders), `last_day` (the customer is gone after it),
        `basket` (mean order value in CNY), `value_group`, `away` (lives outside the mainland).
    """
    first_days = _first_days(rng, count)
    customers: list[dict] = []
    truth: list[dict] = []
    companies: list[dict] = []
    for first_day in first_days:
        company = rng.random() < 0.2
        person = _company(rng, words, companies) if company else _individual(rng, words, len(customers) - len(companies))
        if company:
            companies.append(person)
            first_day -= 2 if (START + dt.timedelta(days=first_day)).weekday() > 4 and first_day > 1 else 0
        registered = START + dt.timedelta(days=int(first_day) - int(rng.integers(0, 20)))
        person |= {"registered_at": slashes(registered), "source": _pick(rng, words["words"]["sources"]), "phone": f"1380000{rng.integers(0, 10000):04d}"}
        customers.append(person)
        truth.append({"customer_id": person["customer_id"], "away": person["country"] != "中国"} | _habit(rng, company, int(first_day)))
    order = ["customer_id", "name", "phone", "email", "address", "type", "industry", "company_size", "country", "region", "city", "gender", "birth_date",
             "registered_at", "source", "parent_id"]  # fmt: skip
    by_id = {"by": "customer_id", "ignore_index": True}
    return pd.DataFrame(customers)[order].sort_values(**by_id), pd.DataFrame(truth).sort_values(**by_id)


def slashes(day: dt.date) -> str:
    """Write a day as the shop's system does: 2023/1/5."""
    return f"{day.year}/{day.month}/{day.day}"


def _first_days(rng: np.random.Generator, count: int) -> list[int]:
    """Arrivals grow by a constant amount per day: twice as many a day at the end as at the start."""
    growth = np.cumsum(np.linspace(1, 2, DAYS))
    return sorted(int(day) for day in np.searchsorted(growth / growth[-1], rng.random(count)))


def _habit(rng: np.random.Generator, company: bool, first_day: int) -> dict:
    """Gamma-mixed order rates and gamma-mixed drop-out rates (Pareto/NBD): a few buy very often, many hardly ever."""
    shape, mean_rate, mean_drop = (2.0, 1 / 45, 1 / 800) if company else (1.1, 1 / 80, 1 / 400)
    rhythm = max(1 / rng.gamma(shape, mean_rate / shape), 4.0)
    lifetime = rng.exponential(1 / max(rng.gamma(1.5, mean_drop / 1.5), 1e-5))
    basket = float(np.exp(rng.normal(np.log(1000 if company else 160), 0.6)))
    kind = _pick(rng, ["prospect", "cancelled_only", "buyer"], [8, 1.5, 90.5])
    if kind == "cancelled_only":
        first_day, lifetime = min(first_day, DAYS - 30), 0.0
    group = next(name for name, limit in VALUE_LIMITS.items() if basket >= limit)
    last_day = int(first_day + min(lifetime, 10 * DAYS))
    return {"kind": kind, "first_day": first_day, "rhythm_days": rhythm, "last_day": last_day, "basket": basket, "value_group": group}


def _individual(rng: np.random.Generator, words: dict, number: int) -> dict:
    people, place = words["people"], _place(rng, words)
    abroad = place["country"] not in ("中国", "中国香港")
    first, last = ("first_names", "last_names") if abroad else ("given", "surnames")
    name = f"{_pick(rng, people[first])} {_pick(rng, people[last])}" if abroad else _pick(rng, people[last]) + _pick(rng, people[first])
    birthday = dt.date(1950, 1, 1) + dt.timedelta(days=int(rng.integers(0, 20000)))
    own = {"customer_id": f"{number + 1:05d}", "name": name, "type": "individual", "gender": _pick(rng, ["female", "male", ""], [55, 35, 10])}
    own["email"] = f"user{number + 1:05d}@example.com" if rng.random() < 0.8 else ""
    own["birth_date"] = slashes(birthday) if rng.random() < 0.7 else ""
    return place | own | {"industry": "", "company_size": "", "parent_id": ""}


def _company(rng: np.random.Generator, words: dict, companies: list[dict]) -> dict:
    place = _place(rng, words)
    code = f"E{len(companies) + 1:04d}"
    heads = [company for company in companies if not company["parent_id"] and company["country"] == place["country"]]
    own = {"customer_id": code, "email": f"buying.{code.lower()}@example.com", "type": "enterprise", "gender": "", "birth_date": ""}
    if heads and rng.random() < 0.25:
        head = heads[int(rng.integers(0, len(heads)))]
        branch = f"{place['city']}分公司" if place["country"] == "中国" else f" ({place['city']} branch)"
        inherited = {"industry": head["industry"], "company_size": head["company_size"], "parent_id": head["customer_id"]}
        return place | own | inherited | {"name": head["name"] + branch}
    industries = words["companies"]["industries"]
    industry = _pick(rng, list(industries))
    chinese = place["country"] in ("中国", "中国香港")
    front = _pick(rng, words["companies"]["front" if chinese else "english_front"])
    name = (place["city"] + front + industries[industry][0]) if chinese else f"{front} {industries[industry][1]}"
    return place | own | {"name": name, "industry": industry, "company_size": _pick(rng, words["companies"]["sizes"], [60, 30, 10]), "parent_id": ""}


def _place(rng: np.random.Generator, words: dict) -> dict:
    places = words["places"]["list"]
    _, country, region, cities = places[_draw(rng, [place[0] for place in places])]
    number = int(rng.integers(1, 400))
    address = f"示例路{number}号" if country.startswith("中国") else f"{number} Sample Street"
    return {"country": country, "region": region, "city": _pick(rng, cities), "address": address}


def _draw(rng: np.random.Generator, weights: list[float]) -> int:
    total = np.cumsum(weights)
    return int(np.searchsorted(total, rng.random() * total[-1], side="right"))


def _pick(rng: np.random.Generator, values: list[T], weights: list[float] | None = None) -> T:
    return values[_draw(rng, weights) if weights else int(rng.integers(0, len(values)))]


def make_campaigns(rng: np.random.Generator, words: dict, truth: pd.DataFrame, last_orders: dict[str, list[int]]) -> pd.DataFrame:
    """Draw the customers of each campaign from those who bought in the year before it, half of them (by lot) the control group.

    Returns
    -------
    DataFrame
        One row per campaign and customer: `campaign`, `customer_id`, `group`, `started_at`, `cost`.
    """
    rows = []
    for campaign in words["campaigns"]:
        start = (dt.date.fromisoformat(campaign["start"]) - START).days
        known = [customer for customer in truth["customer_id"] if any(start - 365 <= day < start for day in last_orders.get(customer, ()))]
        chosen = sorted(known[i] for i in rng.permutation(len(known))[: campaign["size"]])
        groups = rng.permutation(["treated", "control"] * ((len(chosen) + 1) // 2))
        rows += [(campaign["name"], customer, str(group), campaign["start"], Decimal(campaign["cost"]) if group == "treated" else Decimal("0.00"))
                 for customer, group in zip(chosen, groups, strict=False)]  # fmt: skip
    return pd.DataFrame(rows, columns=["campaign", "customer_id", "group", "started_at", "cost"])
