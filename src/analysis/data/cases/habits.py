"""When the customers of a case come and buy: arrivals, rhythms, seasons and goodbyes."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Calendar:
    """The days of a case; `busy` is the share of time passed before each day, in days of average busyness."""

    start: dt.date
    end: dt.date
    hours: tuple[int, int]
    busy: np.ndarray

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.end - self.start).days + 1

    def date(self, day: int) -> dt.date:
        """Tell the date of a day by its number."""
        return self.start + dt.timedelta(days=int(day))

    def moment(self, rng: np.random.Generator, day: int) -> dt.datetime:
        """Choose a minute of a day while the shop is open."""
        date, minute = self.date(day), int(rng.integers(self.hours[0] * 60, self.hours[1] * 60))
        return dt.datetime(date.year, date.month, date.day, minute // 60, minute % 60)


def open_calendar(words: dict) -> Calendar:
    """Open the calendar of a case from the section `calendar` of its words."""
    said = words["calendar"]
    start, end = dt.date.fromisoformat(said["start"]), dt.date.fromisoformat(said["end"])
    dates = [start + dt.timedelta(days=number) for number in range((end - start).days + 1)]
    weights = np.array([said["months"][day.month - 1] * said["week"][day.weekday()] for day in dates])
    return Calendar(start, end, tuple(said["hours"]), np.concatenate([[0.0], np.cumsum(weights) / weights.mean()]))


def end_with(calendar: Calendar, lines: pd.DataFrame) -> Calendar:
    """End a calendar on the day of the last order: nothing is known of later days."""
    return replace(calendar, end=lines.ordered_at.max().date())


def draw_habits(rng: np.random.Generator, words: dict, calendar: Calendar, count: int) -> pd.DataFrame:
    """Draw how each customer buys.

    Returns
    -------
    DataFrame
        One row per customer in the order of arrival: `group` (of the words), `kind` (buyer or prospect), `first_day`, `last_day` (gone after it), `rhythm_days`
        (mean days between orders), `lines` and `quantity` (means of the group), `level` (0-1: how dear the goods are that the customer likes), `lover`
        (buys what is reduced). Rates of ordering and of leaving are gamma mixtures (Pareto/NBD).
    """
    said = words["habits"]
    shares = np.array([group["share"] for group in said["groups"]], dtype=float)
    growth = np.cumsum(np.linspace(1, 2, calendar.days))
    rows = []
    for first in np.sort(np.searchsorted(growth / growth[-1], rng.random(count))):
        group = said["groups"][int(rng.choice(len(shares), p=shares / shares.sum()))]
        rhythm = max(1 / rng.gamma(group["shape"], 1 / group["gap"] / group["shape"]), 4.0)
        life = rng.exponential(1 / max(rng.gamma(1.5, 1 / group["life"] / 1.5), 1e-5))
        rows.append({
            "group": group["name"], "kind": "prospect" if rng.random() < said["prospects"] else "buyer", "first_day": int(first),
            "last_day": int(first + min(life, 10 * calendar.days)), "rhythm_days": round(float(rhythm), 1), "lines": group["lines"], "quantity": group["quantity"],
            "level": float(rng.beta(1.6, 1.8)), "lover": bool(rng.random() < said["lovers"]),
        })  # fmt: skip
    return pd.DataFrame(rows)


def order_days(rng: np.random.Generator, calendar: Calendar, habit: Any) -> list[int]:
    """Let a customer come: exponential gaps in busy time, from the first day on until the last."""
    days: list[int] = []
    clock = calendar.busy[habit.first_day]
    while (day := int(np.searchsorted(calendar.busy, clock, side="right")) - 1) < calendar.days and (not days or day <= habit.last_day):
        days.append(day)
        clock += rng.exponential(habit.rhythm_days)
    return sorted(set(days))


def choose(rng: np.random.Generator, weighted: list[list]) -> Any:
    """Choose one of some values with their weights: ``[["shop", 80], ["web", 20]]``."""
    weights = np.array([weight for _value, weight in weighted], dtype=float)
    return weighted[int(rng.choice(len(weights), p=weights / weights.sum()))][0]


def any_of(rng: np.random.Generator, values: list) -> Any:
    """Choose one of some values, each as likely."""
    return values[int(rng.integers(0, len(values)))]
