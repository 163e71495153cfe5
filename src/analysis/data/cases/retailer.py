"""The retailer: shops with tills, member cards, seasons, returns, and tickets without a card."""

import numpy as np
import pandas as pd

from analysis.data.cases.buying import list_products, make_lines
from analysis.data.cases.files import Made
from analysis.data.cases.habits import any_of, draw_habits, end_with, open_calendar
from analysis.data.cases.making import share_orders, tell_truth
from analysis.data.cases.persons import invent_people, list_again
from analysis.data.cases.saying import EVENT, choose_dissatisfied, make_answers


def make_retailer(rng: np.random.Generator, words: dict, customers: int) -> Made:
    """Invent two and a half years of the retailer; each ticket carries the shop where it was printed."""
    calendar = open_calendar(words)
    habits = draw_habits(rng, words, calendar, customers)
    listed = invent_people(rng, words, calendar, habits, mark="C", chinese=False)
    people = habits.assign(customer_id=listed.customer_id)
    lines, liked = make_lines(rng, words, calendar, people, list_products(words))
    calendar = end_with(calendar, lines)
    near = {region: cities[0] for _weight, region, cities in words["people"]["places"]}
    home = {customer: near[region] for customer, region in zip(listed.customer_id, listed.region, strict=True)}
    shops = list(near.values())
    away = {order: any_of(rng, shops) for order in dict.fromkeys(lines.order_id.str.removeprefix("R")) if rng.random() < 0.08}
    lines["store"] = [away.get(order.removeprefix("R"), home[customer]) for order, customer in zip(lines.order_id, lines.customer_id, strict=True)]
    poor = choose_dissatisfied(rng, lines)
    listed, same = list_again(rng, listed, set(lines.customer_id), mark="C", count=max(3, customers // 60))
    truth = tell_truth(people, calendar, lines, dissatisfied=poor, likes=liked, second_number={first: second for second, first in same.items()})
    return Made(lines, listed, make_answers(rng, words, calendar, lines, poor), pd.DataFrame(columns=EVENT), truth, share_orders(lines, same))
