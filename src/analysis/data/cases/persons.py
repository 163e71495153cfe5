"""Who the customers of a case are: invented people and firms, each with a phone number and an e-mail address of its own."""

import datetime as dt

import numpy as np
import pandas as pd

from analysis.data.cases.habits import Calendar, any_of, choose

PERSON = ["customer_id", "name", "phone", "email", "address", "type", "industry", "company_size", "country", "region", "city", "gender", "birth_date", "registered_at",
          "source", "parent_id"]  # fmt: skip


def invent_people(rng: np.random.Generator, words: dict, calendar: Calendar, habits: pd.DataFrame, *, mark: str, chinese: bool) -> pd.DataFrame:
    """Invent a person for each habit, or a firm where its group is "enterprise".

    Parameters
    ----------
    rng : numpy.random.Generator
    words : dict
        `people`: places, first, last, genders, sources, firms, industries.
    calendar : Calendar
    habits : DataFrame
        As `draw_habits` makes it.
    mark : str
        How a customer number begins.
    chinese : bool
        Family name first; else a British telephone number.

    Returns
    -------
    DataFrame
        One row per customer: the columns of the input `customers`, as text. No two of one name live in one city.
    """
    said, taken, rows = words["people"], set(), []
    phones = [
        f"1380000{digits:04d}" if chinese else f"07700 900{digits:03d}" for digits in rng.permutation(10_000 if chinese else 1_000)
    ]  # kept for inventions
    for number, habit in enumerate(habits.itertuples(), 1):
        region, cities = choose(rng, [[(region, cities), weight] for weight, region, cities in said["places"]])
        city, key = any_of(rng, cities), f"{mark}{number:05d}"
        firm = habit.group == "enterprise"
        industry = any_of(rng, list(said["industries"])) if firm else ""
        name = ""
        while not name or (name, city) in taken:
            name = _firm_name(rng, said, industry, chinese) if firm else _person_name(rng, said, chinese)
        taken.add((name, city))
        born = dt.date(1955, 1, 1) + dt.timedelta(days=int(rng.integers(0, 18_000)))
        since = calendar.date(max(0, habit.first_day - int(rng.integers(0, 15))))
        rows.append({
            "customer_id": key, "name": name, "phone": phones[number - 1] if number <= len(phones) else "", "email": f"{mark.lower()}{number:05d}@example.com",
            "address": f"{city}示例路{number}号" if chinese else f"{number} Example Street, {city}", "type": "enterprise" if firm else "individual", "industry": industry,
            "company_size": any_of(rng, ["1-49", "50-299"]) if firm else "", "country": said["country"], "region": region, "city": city,
            "gender": "" if firm else choose(rng, said["genders"]), "birth_date": "" if firm or rng.random() < 0.25 else born.isoformat(),
            "registered_at": since.isoformat(), "source": choose(rng, said["sources"]), "parent_id": "",
        })  # fmt: skip
    return pd.DataFrame(rows, columns=PERSON)


def _person_name(rng: np.random.Generator, said: dict, chinese: bool) -> str:
    first, last = any_of(rng, said["first"]), any_of(rng, said["last"])
    if chinese:
        return last + first + (any_of(rng, [name for name in said["first"] if len(name) == 1]) if len(first) == 1 and rng.random() < 0.6 else "")
    return f"{first} {last}"


def _firm_name(rng: np.random.Generator, said: dict, industry: str, chinese: bool) -> str:
    front, second = any_of(rng, said["firms"]), any_of(rng, said["firms"])
    return f"{front}{second if second != front else ''}{said['industries'][industry]}" if chinese else f"{front} {second} {said['industries'][industry]}"


def list_again(rng: np.random.Generator, people: pd.DataFrame, buyers: set[str], *, mark: str, count: int) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give some buyers a second number, as happens at a counter: the phone number written otherwise, the e-mail in capitals.

    Returns
    -------
    people : DataFrame
        With the second rows at the end.
    same : dict of str to str
        Second number -> the number of the same person.
    """
    pool = people[people.customer_id.isin(buyers) & (people.parent_id == "") & (people.phone != "")]
    chosen = pool.iloc[np.sort(rng.permutation(len(pool))[:count])]
    second = chosen.assign(
        customer_id=[f"{mark}{90000 + place}" for place in range(1, len(chosen) + 1)],
        phone=[_other_way(phone) for phone in chosen.phone],
        email=[email.upper() if place % 2 else email for place, email in enumerate(chosen.email)],
    )
    return pd.concat([people, second], ignore_index=True), dict(zip(second.customer_id, chosen.customer_id, strict=True))


def _other_way(phone: str) -> str:
    if phone.startswith("1"):
        return f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}"
    return f"+{49 if phone.startswith('030') else 44} {phone[1:].replace(' ', '-')}"
