"""The scores that the R package rfm publishes for its own orders, as a configuration: quantile + 1, lower <= value < upper, recency reversed."""

import csv
import datetime as dt
from collections import defaultdict
from fractions import Fraction

import pytest

from analysis.config import parse_config
from analysis.run import read_data
from shops import look, rules

SCALE = {"method": "quantile", "quantiles": "interpolated", "offset": 1}
SCORING = {"bins": 5, "recency": SCALE | {"boundary": "exclusive"}, "frequency": SCALE | {"boundary": "inclusive"}, "money": SCALE | {"boundary": "inclusive"}}
PUBLISHED = {"Abbey O'Reilly": "343", "Add Senger": "412", "Aden Lesch": "323", "Aden Murphy": "544", "Admiral Senger": "433"}
DAY = dt.date(2006, 12, 31)


@pytest.fixture(scope="module")
def run(shared_data):
    source = {"files": ["rfm_data_orders.csv"], "columns": {"customer_id": "customer_id", "ordered_at": "order_date", "amount": "revenue"}, "dates": "iso"}
    values = {"name": "rfm", "order": "row", "cleaning": rules(price="keep"), "scoring": SCORING, "inputs": {"transactions": source}}
    return read_data(parse_config(values, shared_data / "rfm_r"), DAY.isoformat())


@pytest.fixture(scope="module")
def buyers(run):
    return look(run, "labelled_buyers").set_index("customer_id")


def test_the_published_scores_come_out(buyers):
    assert len(buyers) == 995
    assert {name: buyers.rfm_score[name] for name in PUBLISHED} == PUBLISHED


def test_the_cut_points_are_quantiles_of_type_seven_plus_one(shared_data, run, buyers):
    """Worked out in fractions from the file; and each of the 995 customers is where plain Python puts them."""
    days, orders, money = {}, defaultdict(int), defaultdict(int)
    with (shared_data / "rfm_r" / "rfm_data_orders.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            who = row["customer_id"].strip()
            days[who] = min(days.get(who, 99_999), (DAY - dt.date.fromisoformat(row["order_date"][:10])).days)
            orders[who] += 1
            money[who] += int(row["revenue"])
    thresholds = look(run, "thresholds")
    for name, values, score in (("r", days, "r_score"), ("f", orders, "f_score"), ("m", money, "m_score")):
        ordered = sorted(values.values())
        edges = []
        for fifth in (1, 2, 3, 4):
            place = Fraction(fifth * (len(ordered) - 1), 5)
            low = ordered[int(place)]
            edges.append(low + (ordered[min(int(place) + 1, len(ordered) - 1)] - low) * (place - int(place)) + 1)
        assert [Fraction(value) for value in thresholds[thresholds.measure == name].value] == edges
        passed = {who: 1 + sum(value >= edge for edge in edges) for who, value in values.items()}
        assert buyers[score].to_dict() == {who: 6 - place if name == "r" else place for who, place in passed.items()}
