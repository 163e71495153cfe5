"""What the four cases have in common: people who buy by habit, some under two numbers, some dissatisfied; and what is true of them."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.data.cases.habits import Calendar


def share_orders(lines: pd.DataFrame, same: Mapping[str, str]) -> dict[int, str]:
    """Put every second order of a person with two numbers under the second one: place of the line -> number in the file."""
    second = {first: number for number, first in same.items()}
    written: dict[int, str] = {}
    for customer, part in lines[lines.customer_id.isin(second)].groupby("customer_id", sort=True):
        orders = list(dict.fromkeys(order.removeprefix("R") for order in part.order_id))
        later = set(orders[1::2])
        written |= {int(place): second[str(customer)] for place, order in part.order_id.items() if order.removeprefix("R") in later}
    return written


def tell_truth(people: pd.DataFrame, calendar: Calendar, lines: pd.DataFrame, **more: Mapping[str, object] | list[str]) -> pd.DataFrame:
    """Say what is true of every customer.

    Parameters
    ----------
    people : DataFrame
        `customer_id` and the columns of `draw_habits`.
    calendar : Calendar
    lines : DataFrame
    **more
        Further columns: customers of whom it is true (list), or values by customer (mapping).

    Returns
    -------
    DataFrame
        One row per customer: customer_id, kind (buyer, prospect), group, first_order_on, rhythm_days, dropped_out_on, discount_lover, and what else was given.
    """
    first = lines[~lines.is_return].groupby("customer_id").ordered_at.min().dt.date
    buys = people.customer_id.isin(first.index)
    truth = people[["customer_id", "group"]].assign(kind=np.where(buys, "buyer", "prospect"))
    truth["first_order_on"] = truth.customer_id.map(first)
    truth["rhythm_days"] = people.rhythm_days.where(buys)
    truth["dropped_out_on"] = [
        calendar.start + dt.timedelta(days=day) if buyer and day < calendar.days else None for day, buyer in zip(people.last_day, buys, strict=True)
    ]
    truth["discount_lover"] = people.lover & buys
    for name, known in more.items():
        truth[name] = truth.customer_id.map(known) if isinstance(known, Mapping) else truth.customer_id.isin(known)
    return truth
