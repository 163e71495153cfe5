"""CDNOW, the 1/10 sample: parameters and log-likelihoods as published, from the published summary and from the log through our own preparation."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from analysis.models.value import occasions
from analysis.models.value.fitting import fit_model, fit_spending
from analysis.models.value.models import MODELS
from shops import open_shop, rules

END = dt.date(1997, 9, 30)
# Fader, Hardie and Lee 2005; Schmittlein, Morrison and Colombo 1987 as in Fader and Hardie 2005; Batislam, Denizel and Filiztekin 2007; Fader and Hardie 2013
PUBLISHED = {
    "bg_nbd": ((0.24259, 4.41353, 0.79289, 2.42575), -9582.4256),
    "pareto_nbd": ((0.55328, 10.57761, 0.60621, 11.66792), -9594.974),
    "mbg_nbd": ((0.52484, 6.18299, 0.89136, 1.61400), -9582.133),
}
SPENDING = ((6.2488, 3.7446, 15.4477), -4055.923)


@pytest.fixture(scope="module")
def published(shared_data):
    return pd.read_csv(shared_data / "cdnow" / "cdnow_customers_summary_with_transactions.csv")


@pytest.fixture(scope="module")
def states_published(published):
    """In days; the published weeks are rounded to hundredths, so the days are exact."""
    frame = pd.DataFrame({"x": published["x"], "t_x": (published["t_x"] * 7).round(), "T": (published["T"] * 7).round(), "n": 1})
    return frame.groupby(["x", "t_x", "T"], as_index=False)["n"].sum()


@pytest.fixture(scope="module")
def lines(shared_data):
    """Customer, day, dollars of the sample."""
    text = (shared_data / "cdnow" / "CDNOW_sample.txt").read_text(encoding="ascii").split("\n")
    rows = [line.split() for line in text if line.strip()]
    return [(sample, dt.date(int(day[:4]), int(day[4:6]), int(day[6:])), Decimal(money)) for _master, sample, day, _cds, money in rows]


@pytest.fixture(scope="module")
def summary(lines, tmp_path_factory):
    columns = {"customer_id": "customer", "ordered_at": "day", "amount": "dollars"}
    opened = open_shop(tmp_path_factory.mktemp("cdnow"), lines, columns=columns, cleaning=rules(price="keep"))
    return opened.engine.materialize("summary", occasions.summarise(occasions.list_occasions(opened.get("orders")), end=END))


def test_our_preparation_gives_the_published_summary(summary, published):
    ours = summary.execute().sort_values("customer_id").reset_index(drop=True)
    assert len(ours) == 2357
    assert ours.x.tolist() == published.x.tolist()
    assert (ours.t_x / 7 - published.t_x).abs().max() < 0.006
    assert (ours["T"] / 7 - published["T"]).abs().max() < 0.006
    spent = ours.paid_x > 0
    means = ours.paid.astype(float)[spent] / ours.paid_x[spent]
    assert (means - published.zbar[spent]).abs().max() < 0.006
    assert (published.zbar[~spent] == 0).all()


def test_our_preparation_is_that_of_plain_python(summary, lines):
    """Rule by rule: days merged, the first one never paid, days without money counted and never paid for."""
    days = defaultdict(lambda: defaultdict(Decimal))
    for who, day, money in lines:
        if day <= END:
            days[who][day] += money
    expected = {}
    for who, by_day in days.items():
        first, *later = sorted(by_day)
        paid = [by_day[day] for day in later if by_day[day] > 0]
        last = max(by_day)
        expected[who] = (len(later), (last - first).days, (END - first).days, len(paid), sum(paid, Decimal(0)))
    ours = {row.customer_id: (row.x, row.t_x, row.T, row.paid_x, row.paid) for row in summary.execute().itertuples()}
    assert ours == expected


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("source", ["published summary", "log"])
def test_parameters_and_likelihood_are_the_published_ones(name, source, states_published, request):
    frame = states_published if source == "published summary" else occasions.count_states(request.getfixturevalue("summary"))
    values, loglik = PUBLISHED[name]
    fit = fit_model(name, frame)
    assert (fit.trouble, fit.customers, fit.unit) == ("", 2357, 7.0)
    assert fit.values == pytest.approx(values, rel=1e-3)
    assert fit.loglik == pytest.approx(loglik, abs=1e-2)


@pytest.mark.parametrize("source", ["published summary", "log"])
def test_money_is_the_published_one(source, published, request):
    some = published[published.zbar > 0]
    frame = some.groupby(["x", "zbar"], as_index=False).size().set_axis(["paid_x", "mean", "n"], axis=1)
    fit = fit_spending(frame if source == "published summary" else occasions.count_spending(request.getfixturevalue("summary")))
    assert (fit.trouble, fit.customers) == ("", 946)
    assert fit.values == pytest.approx(SPENDING[0], rel=1e-3)
    assert fit.loglik == pytest.approx(SPENDING[1], abs=1e-2)


def test_the_first_customer_is_expected_as_published(states_published):
    fit, model = fit_model("bg_nbd", states_published), MODELS["bg_nbd"]
    x, t, end = np.array([2.0]), np.array([30.43]), np.array([38.86])
    expected = model.measure_alive(fit.values, x, t, end) * model.expect(fit.values, x, end, 39.0)
    assert expected[0] == pytest.approx(1.22591, abs=5e-6)


def test_without_the_eight_who_never_paid_the_likelihood_is_the_other_one(shared_data, lines, tmp_path):
    """Days without money count by default; a shop that drops them has 2,349 customers."""
    columns = {"customer_id": "customer", "ordered_at": "day", "amount": "dollars"}
    opened = open_shop(tmp_path, lines, columns=columns)
    summary = occasions.summarise(occasions.list_occasions(opened.get("orders")), end=END)
    fit = fit_model("bg_nbd", occasions.count_states(summary))
    assert fit.customers == 2349
    assert fit.loglik == pytest.approx(-9578.20, abs=1e-2)


def test_whole_weeks_give_other_parameters(states_published):
    """What a rounding to weeks would cost: this test fails if somebody brings it back."""
    weeks = states_published.assign(t_x=(states_published.t_x // 7) * 7, T=(states_published["T"] // 7) * 7)
    assert abs(fit_model("bg_nbd", weeks).values[1] / 4.41353 - 1) > 1e-3
