"""Shops that break models of buying: an honest word for each, and never an exception."""

import datetime as dt
import math

import pytest

from analysis.story import value as story
from analysis.texts import Texts
from shops import look, open_shop, rules

START = dt.date(2023, 1, 1)
COLUMNS = {"customer_id": "customer", "ordered_at": "day", "amount": "money"}
MODELS = {"bg_nbd", "mbg_nbd", "pareto_nbd"}
FRAMES = (
    "value_models", "value_steps", "value_base", "value_totals", "value_stages", "value_concentration", "value_effort", "value_tracking",
    "value_frequencies", "value_conditions", "value_lift", "value_forecast_errors",
)  # fmt: skip


def _days(*numbers: int) -> list[dt.date]:
    return [START + dt.timedelta(days=number) for number in numbers]


def _mixed(person: int) -> list[dt.date]:
    """Days of somebody in an ordinary shop: some once, some often, by a fixed pattern."""
    first, gap, times = person * 7 % 200, 11 + person * 13 % 50, person * 5 % 9
    return _days(first, *(first + gap * k for k in range(1, times + 1) if first + gap * k <= 364))


def _rows(days_of: dict[str, list[dt.date]], money=lambda who, place: 10 + place % 7) -> list[tuple]:
    return [(who, day, f"{money(who, place):.2f}") for who, days in days_of.items() for place, day in enumerate(days)]


CROWD = {f"p{person:03d}": _mixed(person) for person in range(180)}
SHOPS = {
    "one customer": _rows({"a": _days(0, 30, 364)}),
    "all bought once": _rows({f"c{n}": _days(n * 2) for n in range(180)}),
    "all on one day": _rows({f"c{n}": _days(5) for n in range(180)}),
    "everyone every day": _rows({f"c{n}": _days(*range(120)) for n in range(120)}),
    "a buyer with 100,000 orders": _rows(CROWD) + [("whale", day, "3.00") for day in _days(*(number % 365 for number in range(100_000)))],
    "orders of nothing": _rows(CROWD, money=lambda who, place: 0),
    "equal amounts": _rows(CROWD, money=lambda who, place: 25),
    "everybody twice, a day apart": _rows({f"c{n}": _days(n % 300, n % 300 + 1) for n in range(180)}),
}
RUNGS = {
    "one customer": {"declined"},
    "all bought once": {"declined"},
    "all on one day": {"declined"},
    "everyone every day": MODELS | {"cohort_average", "last_year"},
    "a buyer with 100,000 orders": MODELS | {"last_year"},
    "orders of nothing": MODELS | {"last_year"},
    "equal amounts": MODELS | {"last_year"},
    "everybody twice, a day apart": MODELS | {"cohort_average", "last_year"},
}


@pytest.mark.parametrize("name", SHOPS)
def test_there_is_an_honest_word_and_no_exception(name, tmp_path):
    opened = open_shop(tmp_path, SHOPS[name], columns=COLUMNS, order="row", cleaning=rules(price="keep"))
    frames = {key: look(opened, key) for key in FRAMES}
    customers = look(opened, "customer_value")
    assert len(customers) == len({row[0] for row in SHOPS[name]})
    assert set(customers.rung) <= RUNGS[name]
    numbers = customers.drop(columns=["customer_id", "rung"])
    if set(customers.rung) == {"declined"}:
        assert numbers.isna().all().all()
    else:
        found = numbers.drop(columns=["p_alive", "clv_low", "clv_high", "clv_spread"]) if "cohort_average" in set(customers.rung) else numbers
        assert found.notna().all().all()
        assert all(math.isfinite(value) and value >= 0 for value in found.astype(float).to_numpy().ravel())
        chances = [column for column in found if column.startswith(("p_alive", "p_order"))]
        assert found[chances].astype(float).max().max() <= 1
    for lang in ("en", "zh"):
        texts = Texts(lang, "EUR")
        said = story.tell_base(frames["value_base"], texts=texts).sentences
        assert said and all(sentence.strip() for sentence in said)
        assert not [sentence for sentence in said if "nan" in sentence.lower() or "inf" in sentence.lower().split()]
        assert story.tell_ladder(frames["value_steps"], frames["value_base"], texts=texts).sentences
