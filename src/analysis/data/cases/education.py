"""The education institution: enrolments in courses, lessons with learning progress, satisfaction."""

import datetime as dt

import numpy as np
import pandas as pd

from analysis.data.cases.buying import list_products, make_lines
from analysis.data.cases.files import Made
from analysis.data.cases.habits import Calendar, choose, draw_habits, end_with, open_calendar
from analysis.data.cases.making import share_orders, tell_truth
from analysis.data.cases.persons import invent_people, list_again
from analysis.data.cases.saying import EVENT, choose_dissatisfied, make_answers


def make_education(rng: np.random.Generator, words: dict, customers: int) -> Made:
    """Invent three years of the institution; the truth knows how far each student came in the course of the last lesson."""
    calendar = open_calendar(words)
    habits = draw_habits(rng, words, calendar, customers)
    listed = invent_people(rng, words, calendar, habits, mark="S", chinese=True)
    listed["grade"] = [choose(rng, words["words"]["grades"]) if kind == "individual" else "" for kind in listed.type]
    listed["birth_date"] = [_birthday(rng, words, calendar, grade) if born else "" for born, grade in zip(listed.birth_date, listed.grade, strict=True)]
    people = habits.assign(customer_id=listed.customer_id)
    lines, liked = make_lines(rng, words, calendar, people, list_products(words))
    calendar = end_with(calendar, lines)
    poor = choose_dissatisfied(rng, lines)
    lessons = _make_lessons(rng, calendar, lines, people)
    inquiries = _make_inquiries(rng, calendar, people)
    events = pd.concat([lessons.astype(object), inquiries.astype(object)], ignore_index=True)
    events = events.sort_values(["occurred_at", "customer_id", "object"], ignore_index=True, kind="stable")
    last = lessons.drop_duplicates("customer_id", keep="last")
    listed, same = list_again(rng, listed, set(lines.customer_id), mark="S", count=max(3, customers // 60))
    truth = tell_truth(
        people, calendar, lines, dissatisfied=poor, likes=liked, progress=dict(zip(last.customer_id, last.value, strict=True)),
        lessons=lessons.groupby("customer_id")["count"].sum().to_dict(), second_number={first: second for second, first in same.items()},
    )  # fmt: skip
    return Made(lines, listed, make_answers(rng, words, calendar, lines, poor), events, truth, share_orders(lines, same))


def _birthday(rng: np.random.Generator, words: dict, calendar: Calendar, grade: str) -> str:
    """Choose a day on which somebody of a grade may have been born."""
    youngest, oldest = words["words"]["ages"][grade]
    return (calendar.end - dt.timedelta(days=int(rng.integers(youngest * 366, oldest * 365)))).isoformat()


def _make_lessons(rng: np.random.Generator, calendar: Calendar, lines: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Report each course in up to five steps: `count` lessons since the step before, `value` the share of the course that is done by then."""
    shares = np.where(rng.random(len(people)) < 0.25, rng.beta(2, 3, len(people)), rng.beta(12, 1, len(people)))  # some fall behind, most get through
    diligence = dict(zip(people.customer_id, shares, strict=True))
    back = set(lines.loc[lines.is_return, "order_id"].str.removeprefix("R"))
    rows = []
    for line in lines[~lines.is_return & ~lines.order_id.isin(back)].itertuples():
        done = round(min(1.0, diligence[line.customer_id] + float(rng.normal(0.03, 0.08))), 2)
        steps = sorted({round(done * step / 5, 2) for step in range(1, 6)} - {0.0})
        at, before = line.ordered_at, 0.0
        for share in steps if done > 0 else []:
            at += dt.timedelta(days=int(rng.integers(7, 21)), minutes=int(rng.integers(0, 60)))
            if at.date() <= calendar.end:
                rows.append((line.customer_id, at, "lesson", line.product_id, max(1, round((share - before) * 24)), share))
            before = share
    return pd.DataFrame(rows, columns=EVENT).sort_values(["occurred_at", "customer_id", "object"], ignore_index=True, kind="stable")


def _make_inquiries(rng: np.random.Generator, calendar: Calendar, people: pd.DataFrame) -> pd.DataFrame:
    """Let those who have not enrolled ask, or come to a trial lesson."""
    rows = []
    for person in people[people.kind == "prospect"].itertuples():
        for _ in range(int(rng.poisson(1.6))):
            day = min(person.first_day + int(rng.integers(0, 60)), calendar.days - 1)
            rows.append((person.customer_id, calendar.moment(rng, day), choose(rng, [["inquiry", 70], ["trial", 30]]), "", 1, None))
    return pd.DataFrame(rows, columns=EVENT)
