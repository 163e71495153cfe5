"""The manufacturer: firms with their branches at home and abroad, few and large orders, contracts, known costs, enquiries."""

import datetime as dt

import numpy as np
import pandas as pd

from analysis.data.cases.buying import list_products, make_lines
from analysis.data.cases.files import Made
from analysis.data.cases.habits import Calendar, any_of, choose, draw_habits, end_with, open_calendar
from analysis.data.cases.making import share_orders, tell_truth
from analysis.data.cases.persons import PERSON, list_again
from analysis.data.cases.saying import choose_dissatisfied, make_answers, make_contacts


def make_manufacturer(rng: np.random.Generator, words: dict, customers: int) -> Made:
    """Invent three years of the manufacturer; an order line is bought under a frame contract or on the spot."""
    calendar = open_calendar(words)
    habits = draw_habits(rng, words, calendar, customers)
    listed = _invent_firms(rng, words, calendar, habits)
    people = habits.assign(customer_id=listed.customer_id)
    lines, liked = make_lines(rng, words, calendar, people, list_products(words))
    calendar = end_with(calendar, lines)
    framed = {firm for firm, group in zip(people.customer_id, people.group, strict=True) if rng.random() < {"large": 0.7, "sme": 0.25}.get(group, 0.0)}
    lines["contract"] = ["frame" if firm in framed else "spot" for firm in lines.customer_id]
    poor = choose_dissatisfied(rng, lines)
    contacts = make_contacts(rng, calendar, lines, people, [["inquiry", 75], ["visit", 25]], before=0.2, idle=2.5)
    parents = dict(zip(listed.customer_id, listed.parent_id.where(listed.parent_id != "", listed.customer_id), strict=True))
    listed, same = list_again(rng, listed, set(lines.customer_id), mark="A", count=max(2, customers // 80))
    truth = tell_truth(
        people, calendar, lines, dissatisfied=poor, likes=liked, head=parents, frame_contract=sorted(framed),
        second_number={first: second for second, first in same.items()},
    )  # fmt: skip
    return Made(lines, listed, make_answers(rng, words, calendar, lines, poor), contacts, truth, share_orders(lines, same))


def _invent_firms(rng: np.random.Generator, words: dict, calendar: Calendar, habits: pd.DataFrame) -> pd.DataFrame:
    """Invent a firm for each habit; some are branches of a firm that came before, in its industry, under their own town."""
    said, taken = words["firms"], set[str]()
    rows: list[dict[str, str]] = []
    phones = rng.permutation(1_000)  # +49 30 23125: numbers kept for inventions
    for number, habit in enumerate(habits.itertuples(), 1):
        country, region, cities = choose(rng, [[(country, region, cities), weight] for weight, country, region, cities in said["places"]])
        city, key = any_of(rng, cities), f"A{number:05d}"
        heads = [row for row in rows if not row["parent_id"] and row["company_size"] == "large" and row["city"] != city]
        heads = [row for row in heads if f"{row['name']}, {city}" not in taken]
        head = any_of(rng, heads) if heads and habit.group != "self-employed" and rng.random() < said["parents"] else None
        industry = head["industry"] if head else any_of(rng, list(said["industries"]))
        name = f"{head['name']}, {city}" if head else ""
        while not name or (not head and name in taken):
            name = f"{any_of(rng, said['front'])} {any_of(rng, said['front'])[:5]} {said['industries'][industry]} {said['forms'][habit.group]}"
        taken.add(name)
        since = calendar.start + dt.timedelta(days=max(0, habit.first_day - int(rng.integers(0, 60))))
        home = country == said["home"] and number <= len(phones)
        rows.append(dict.fromkeys(PERSON, "") | {
            "customer_id": key, "name": name, "phone": f"030 23125 {phones[number - 1]:03d}" if home else "", "email": f"purchasing.{number:05d}@example.com",
            "address": f"Example Road {number}, {city}", "type": "enterprise", "industry": industry, "company_size": habit.group, "country": country, "region": region,
            "city": city, "registered_at": since.strftime("%d.%m.%Y"), "source": choose(rng, said["sources"]), "parent_id": head["customer_id"] if head else "",
        })  # fmt: skip
    return pd.DataFrame(rows, columns=PERSON)
