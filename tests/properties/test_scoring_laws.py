"""The laws of scoring, for every method, boundary and number of scores, on made-up customers: order, scale, shift, monotony, equal treatment."""

import datetime as dt
from decimal import Decimal

import ibis
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.models.rfm import fit_ruler, measure, score
from analysis.models.ruler import Ruler
from analysis.settings.scoring import Scoring

DAY = dt.date(2024, 1, 31)
TYPES = {"customer_id": "string", "recency_days": "int64", "frequency": "int64", "monetary": "decimal(38,4)"}
SCORES = ["r_score", "f_score", "m_score"]
FEW = settings(max_examples=4, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])

PENCE = st.integers(-2_000, 200_000)
CUSTOMER = st.tuples(st.integers(0, 40), st.sampled_from((1, 1, 1, 2, 3, 4, 7, 30)), st.one_of(st.sampled_from((100, 100, 995, 5_000)), PENCE))
CUSTOMERS = st.lists(CUSTOMER, min_size=1, max_size=40)  # days, orders, hundredths: with many ties
SCALES = [
    {"method": method, "boundary": boundary} | more
    for boundary in ("exclusive", "inclusive")
    for method, more in (
        ("quantile", {"bins": 2}), ("quantile", {"bins": 5}), ("quantile", {"bins": 9}), ("quantile", {"bins": 5, "quantiles": "interpolated"}),
        ("quantile", {"bins": 7, "quantiles": "interpolated"}), ("median", {}), ("median", {"quantiles": "interpolated"}), ("mean", {}), ("top", {"top": 12.5}),
        ("jenks", {"bins": 2}), ("jenks", {"bins": 5}), ("fixed", {"cuts": (3, 9, 20)}),
    )
]  # fmt: skip
every_scale = pytest.mark.parametrize("scale", SCALES, ids=lambda scale: "-".join(map(str, scale.values())))
every_method = pytest.mark.parametrize("method", ["quantile", "median", "mean", "top", "jenks", "fixed"])


def a_scale(method):
    """Draw a boundary and a number of scores."""
    return st.sampled_from([scale for scale in SCALES if scale["method"] == method])


def scoring_of(scale):
    return Scoring(recency=scale, frequency=scale, money=scale)


def measured(customers, scoring):
    frame = pd.DataFrame([(str(number), days, orders, Decimal(pence) / 100) for number, (days, orders, pence) in enumerate(customers)], columns=list(TYPES))
    return measure(ibis.memtable(frame, schema=TYPES), scoring)


def scored(customers, scale, ruler=None):
    """Score customers, in the order in which they are given."""
    scoring = scoring_of(scale)
    table = measured(customers, scoring)
    ruler = ruler or fit_ruler(table, scoring, fitted_on=DAY)
    frame = score(table, ruler).execute().sort_values("customer_id", key=lambda ids: ids.astype(int), ignore_index=True)
    return frame, ruler


def points(frame):
    return frame[SCORES].astype(int).to_numpy().tolist()


@every_method
@FEW
@given(customers=CUSTOMERS, data=st.data())
def test_neither_the_order_of_rows_nor_the_number_of_a_customer_matters(method, customers, data):
    scale = data.draw(a_scale(method))
    order = data.draw(st.permutations(range(len(customers))))
    straight, ruler = scored(customers, scale)
    mixed, same = scored([customers[place] for place in order], scale)
    assert same.id == ruler.id
    assert points(mixed) == [points(straight)[place] for place in order]


@every_scale
@FEW
@given(customers=CUSTOMERS)
def test_equal_value_equal_score_and_better_value_never_a_lower_one(scale, customers):
    frame, ruler = scored(customers, scale)
    for value, name, better, cuts in (("r_value", "r_score", -1, ruler.r), ("f_value", "f_score", 1, ruler.f), ("m_value", "m_score", 1, ruler.m)):
        by_value = frame.groupby(value)[name].agg(set).sort_index()
        assert all(len(found) == 1 for found in by_value)
        upward = [found.pop() for found in by_value][::better]
        assert upward == sorted(upward)
        assert upward[0] >= 1 and upward[-1] <= cuts.scores == scoring_of(scale).bins_of(scoring_of(scale).money)
        assert list(cuts.values) == sorted(cuts.values)
    assert frame.rfm_score.tolist() == ["".join(map(str, row)) for row in points(frame)]


@every_method
@FEW
@given(customers=CUSTOMERS, times=st.sampled_from((2, 7, 100)), data=st.data())
def test_money_in_another_currency_changes_no_score(method, customers, times, data):
    scale = data.draw(a_scale(method))
    own = {"cuts": tuple(cut * times for cut in scale["cuts"])} if scale["method"] == "fixed" else {}  # cuts of one's own are in one's own currency
    one, _ruler = scored(customers, scale)
    dear = [(days, orders, pence * times) for days, orders, pence in customers]
    scoring = Scoring(recency=scale, frequency=scale, money=scale | own)
    table = measured(dear, scoring)
    two, _ruler = scored(dear, scale, fit_ruler(table, scoring, fitted_on=DAY))
    assert points(two) == points(one)


@every_method
@FEW
@given(customers=CUSTOMERS, days=st.integers(1, 4_000), data=st.data())
def test_as_many_days_more_for_everybody_change_no_score(method, customers, days, data):
    scale = data.draw(a_scale(method))
    one, _ruler = scored(customers, scale)
    later = [(recency + days, orders, pence) for recency, orders, pence in customers]
    if scale["method"] == "fixed":
        scale = scale | {"cuts": tuple(cut + days for cut in scale["cuts"])}
    two, _ruler = scored(later, scale)
    assert two.r_score.tolist() == one.r_score.tolist()


@every_method
@FEW
@given(customers=CUSTOMERS, others=CUSTOMERS, data=st.data())
def test_a_saved_ruler_scores_each_customer_alone(method, customers, others, data):
    """Who else is there does not matter once the cut points are saved; and written and read they are the same."""
    scale = data.draw(a_scale(method))
    alone, ruler = scored(customers, scale)
    among, _ruler = scored([*customers, *others], scale, Ruler.from_dict(ruler.to_dict()))
    assert points(among)[: len(customers)] == points(alone)


@FEW
@given(customers=CUSTOMERS)
def test_the_boundary_is_a_mirror(customers):
    """Turned round, with the other boundary, everybody has the score from the other end: high is judged as low would be."""
    for scale in ({"method": "quantile", "bins": 5}, {"method": "quantile", "bins": 4, "quantiles": "interpolated"}, {"method": "mean"}):
        one, ruler = scored(customers, scale)
        turned, _ruler = scored([(days, orders, -pence) for days, orders, pence in customers], scale | {"boundary": "inclusive"})
        assert turned.m_score.astype(int).tolist() == [ruler.m.scores + 1 - number for number in one.m_score.astype(int)]
