"""What the customers of a case say and do besides buying: answers to questions, and contacts."""

import datetime as dt

import numpy as np
import pandas as pd

from analysis.data.cases.habits import Calendar, any_of, choose

ANSWER = ["customer_id", "answered_at", "kind", "score", "scale", "topic", "comment"]
EVENT = ["customer_id", "occurred_at", "kind", "object", "count", "value"]
SCALES = {"nps": (0, 10), "csat": (1, 5)}


def choose_dissatisfied(rng: np.random.Generator, lines: pd.DataFrame, *, best: float = 0.12, share: float = 0.35) -> list[str]:
    """Choose some of those who spend most to be dissatisfied: `share` of the `best` part of the buyers."""
    spent = (lines.quantity * lines.unit_price).groupby(lines.customer_id).sum().sort_values(ascending=False, kind="stable")
    top = list(spent.index[: max(3, round(len(spent) * best))])
    return sorted(top[place] for place in rng.permutation(len(top))[: max(2, round(len(top) * share))])


def make_answers(rng: np.random.Generator, words: dict, calendar: Calendar, lines: pd.DataFrame, dissatisfied: list[str]) -> pd.DataFrame:
    """Ask after some orders; whoever is dissatisfied says so every time, and was asked at least twice: once of each kind.

    Returns
    -------
    DataFrame
        One row per answer: the columns of the input `feedback`; kind nps (0-10) or csat (1-5).
    """
    orders = lines[~lines.is_return].drop_duplicates("order_id")
    asked = orders[rng.random(len(orders)) < words["habits"]["answers"]]
    last = orders[orders.customer_id.isin(dissatisfied)].drop_duplicates("customer_id", keep="last")
    twice = [(order, kind) for order in last.itertuples() for kind in SCALES]
    rows = []
    for order, kind in [*((order, str(rng.choice(list(SCALES), p=[0.35, 0.65]))) for order in asked.itertuples()), *twice]:
        at = min(order.ordered_at + dt.timedelta(days=int(rng.integers(1, 12)), minutes=int(rng.integers(0, 500))), _evening(calendar.end))
        bad = order.customer_id in dissatisfied
        low, high = SCALES[kind]
        pleased = rng.beta(1.3, 6) if bad else rng.beta(6, 1.4)
        score = min(round(low + float(pleased) * (high - low)), 2 if kind == "csat" else 5) if bad else round(low + float(pleased) * (high - low))
        comment = any_of(rng, words["words"]["poor" if pleased < 0.5 else "good"]) if rng.random() < 0.5 else ""
        rows.append((order.customer_id, at, kind, score, high, any_of(rng, words["words"]["topics"]), comment))
    return pd.DataFrame(rows, columns=ANSWER).sort_values(["answered_at", "customer_id", "kind"], ignore_index=True, kind="stable")


def make_contacts(
    rng: np.random.Generator, calendar: Calendar, lines: pd.DataFrame, people: pd.DataFrame, kinds: list[list], *, before: float, idle: float
) -> pd.DataFrame:
    """Look at products before buying them, and at some without buying anything.

    Parameters
    ----------
    rng : numpy.random.Generator
    calendar : Calendar
    lines, people : DataFrame
        As made for the case; prospects come `idle` times on average.
    kinds : list of [kind, weight]
        What people do: browse, click, inquiry.
    before : float
        Share of the lines with a contact before.
    idle : float

    Returns
    -------
    DataFrame
        One row per event: the columns of the input `events`; `value` is the money asked about, at an inquiry only.
    """
    rows: list[tuple] = []
    for line in lines[~lines.is_return].itertuples():
        if rng.random() < before:
            kind, at = choose(rng, kinds), line.ordered_at - dt.timedelta(minutes=int(rng.integers(5, 6000)))
            rows.append((line.customer_id, at, kind, line.product_id, int(rng.integers(1, 5)), line.quantity * line.unit_price if kind == "inquiry" else None))
    seen = lines.drop_duplicates("product_id").sort_values("product_id")
    products = list(zip(seen.product_id, seen.unit_price, strict=True))
    for person in people[people.kind == "prospect"].itertuples():
        for _ in range(int(rng.poisson(idle))):
            kind, (product, price) = choose(rng, kinds), any_of(rng, products)
            day = min(person.first_day + int(rng.integers(0, 90)), calendar.days - 1)
            quantity = int(rng.integers(1, 5))
            rows.append((person.customer_id, calendar.moment(rng, day), kind, product, quantity, price * quantity if kind == "inquiry" else None))
    rows = [row for row in rows if row[1].date() >= calendar.start]
    return pd.DataFrame(rows, columns=EVENT).sort_values(["occurred_at", "customer_id", "object"], ignore_index=True, kind="stable")


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 22, 0)
