"""The e-commerce platform: three channels, browsing, reviews, and guests who leave nothing but an e-mail address."""

import numpy as np

from analysis.data.cases.buying import list_products, make_lines
from analysis.data.cases.files import Made
from analysis.data.cases.habits import draw_habits, end_with, open_calendar
from analysis.data.cases.making import share_orders, tell_truth
from analysis.data.cases.persons import invent_people, list_again
from analysis.data.cases.saying import choose_dissatisfied, make_answers, make_contacts

KINDS = [["browse", 62], ["click", 28], ["inquiry", 10]]


def make_ecommerce(rng: np.random.Generator, words: dict, customers: int) -> Made:
    """Invent two years of the platform.

    Every order carries an e-mail address. Some members sometimes order without signing in (`guest_orders` of the truth), and some people never sign up
    (`is_guest`): the file has no customer number for either.
    """
    calendar = open_calendar(words)
    habits = draw_habits(rng, words, calendar, customers)
    listed = invent_people(rng, words, calendar, habits, mark="U", chinese=True)
    people = habits.assign(customer_id=listed.customer_id)
    lines, liked = make_lines(rng, words, calendar, people, list_products(words))
    calendar = end_with(calendar, lines)
    emails = dict(zip(listed.customer_id, listed.email, strict=True))
    lines["email"] = lines.customer_id.map(emails)
    poor = choose_dissatisfied(rng, lines)
    guests = {customer for customer in sorted(set(lines.customer_id)) if rng.random() < 0.05} - set(poor)
    forgetful = {customer for customer in sorted(set(lines.customer_id)) if rng.random() < 0.12} - guests
    unsigned = {order for order, customer in zip(lines.order_id, lines.customer_id, strict=True) if customer in forgetful and _second(order)}
    answers = make_answers(rng, words, calendar, lines[~lines.customer_id.isin(guests)], poor)
    contacts = make_contacts(rng, calendar, lines[~lines.customer_id.isin(guests)], people, KINDS, before=0.35, idle=5)
    listed = listed[~listed.customer_id.isin(guests)].reset_index(drop=True)
    listed, same = list_again(rng, listed, set(lines.customer_id) - forgetful, mark="U", count=max(3, customers // 60))
    nameless = lines.customer_id.isin(guests) | lines.order_id.isin(unsigned)
    written = share_orders(lines, same) | dict.fromkeys((int(place) for place in lines.index[nameless]), "")
    orders = lines[lines.order_id.isin(unsigned) & ~lines.is_return].groupby("customer_id").order_id.nunique()
    truth = tell_truth(
        people, calendar, lines, dissatisfied=poor, likes=liked, is_guest=sorted(guests), guest_orders=orders.to_dict(), email=emails,
        second_number={first: second for second, first in same.items()},
    )  # fmt: skip
    return Made(lines, listed, answers, contacts, truth, written)


def _second(order: str) -> bool:
    """Choose every second order by its number; a return goes with its purchase."""
    return int(order.removeprefix("R")) % 2 == 0
