"""Pictures and sentences of future value: marks as large as the numbers, findings in both languages, and nothing breaks on little data."""

import datetime as dt
import re

import numpy as np
import pytest

from analysis.charts import value as charts
from analysis.charts import value_trial as trial
from analysis.story import value as story
from analysis.texts import Texts
from chart_frames import frame

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
TOTALS = frame(
    "group customers monetary orders_90d value low high at_risk p_alive",
    ("champions", 10, 600.0, 9.0, 800.0, 600.0, 1000.0, 80.0, 0.9),
    ("at_risk", 30, 300.0, 1.0, 200.0, 100.0, 300.0, 150.0, 0.25),
    ("new", 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, np.nan),
)
STAGES = TOTALS.assign(group=["new", "dormant", "prospect"])
BASE = frame(
    "group customers monetary orders_90d value low high at_risk p_alive rung model reason repeaters days money money_reason correlation correlation_low "
    "correlation_high discount interval held_out late split tried sampled",
    ("all", 40, 900.0, 10.0, 1000.0, 800.0, 1200.0, 230.0, 0.4, "mbg_nbd", "mbg_nbd", "holdout", 25, 364, "gamma_gamma", "", 0.1, 0.0, 0.2, 0.1, 0.8, 91, 5,
     dt.date(2011, 9, 9), 35, 1.0),
)  # fmt: skip
STEPS = frame("rung outcome reason", ("pareto_nbd", "rejected", "not_converged"), ("mbg_nbd", "taken", "holdout"))
MODELS = frame(
    "model names values errors loglik customers trouble score mae rmse actual expected",
    ("bg_nbd", ["r", "alpha"], [0.243, 4.414], [0.0126, np.inf], -9.0, 40, "", -1.0, 0.5, 0.6, 20.0, 18.0),
    ("pareto_nbd", ["r"], [np.nan], [np.inf], np.nan, 40, "not_converged", np.nan, np.nan, np.nan, np.nan, np.nan),
)
TRACKING = frame(
    "week actual expected actual_sum expected_sum is_held_out",
    (dt.date(2011, 9, 2), 4.0, 5.0, 4.0, 5.0, False), (dt.date(2011, 9, 9), 6.0, 5.0, 10.0, 10.0, False),
    (dt.date(2011, 9, 16), 10.0, 6.0, 20.0, 16.0, True), (dt.date(2011, 9, 23), 10.0, 9.0, 30.0, 25.0, True),
)  # fmt: skip
FREQUENCIES = frame("x actual expected", (0, 20.0, 22.0), (1, 12.0, 10.0), (2, 8.0, 8.0))
CONDITIONS = frame("x customers actual error expected", (0, 20, 0.5, 0.1, 0.6), (1, 12, 1.0, 0.2, 0.5), (2, 10, 3.0, 0.5, 3.1))
LIFT = frame(
    "forecast customers_share money_share lift",
    *[(name, share, money, np.nan) for name, top in (("model", 0.7), ("last_year", 0.6), ("rfm_score", 0.5)) for share, money in ((0.0, 0.0), (0.2, top), (1.0, 1.0))],
)  # fmt: skip
ERRORS = frame(
    "forecast customers mae rmse expected actual top_fifth lift inside",
    ("model", 40, 10.0, 12.0, 900.0, 1000.0, 0.7, 5.0, 0.85),
    ("last_year", 40, 20.0, 25.0, 1500.0, 1000.0, 0.6, 4.5, np.nan),
    ("rfm_score", 40, np.nan, np.nan, np.nan, 1000.0, 0.5, 4.0, np.nan),
)
CONCENTRATION = frame("customers_share value_share", (0.0, 0.0), (0.05, 0.4), (0.1, 0.6), (1.0, 1.0))
EFFORT = frame(
    "group customers effort_share value_share gap value_each", ("champions", 10, 0.25, 0.8, 0.55, 80.0), ("at_risk", 30, 0.75, 0.2, -0.55, 6.67),
)  # fmt: skip
CHARTS = {
    "totals": lambda t, f: charts.draw_totals(f(TOTALS), texts=t),
    "stages": lambda t, f: charts.draw_totals(f(STAGES), scheme="stage", texts=t),
    "concentration": lambda t, f: charts.draw_concentration(f(CONCENTRATION), texts=t),
    "tracking": lambda t, f: trial.draw_tracking(f(TRACKING), texts=t),
    "frequencies": lambda t, f: trial.draw_frequencies(f(FREQUENCIES), texts=t),
    "conditions": lambda t, f: trial.draw_conditions(f(CONDITIONS), texts=t),
    "lift": lambda t, f: trial.draw_lift(f(LIFT), texts=t),
}
TITLES = {
    "totals": "“Champions” (10 customers) hold 80.0% of future value: £800.00, probably £600.00 to £1,000",
    "stages": "“New” (10 customers) hold 80.0% of future value: £800.00, probably £600.00 to £1,000",
    "concentration": "The most valuable tenth of customers holds 60.0% of future value",
    "tracking": "In the 2 held-out weeks 15 repeat orders were expected and 20 came, 25% more",
    "frequencies": "20 customers did not come again in the time learned from; the model says 22",
    "conditions": "Furthest off are those with one repeat purchase. Orders per head: 1.00 came, 0.50 were expected",
    "lift": "The fifth of customers that the model named first brought 70.0% of the money; by last year’s spending it would have been 60.0%",
}
THIN = {"whole": lambda f: f, "empty": lambda f: f.iloc[:0], "one row": lambda f: f.iloc[:1]}


@pytest.mark.parametrize("name", CHARTS)
def test_the_title_is_the_finding(name):
    assert CHARTS[name](ENGLISH, THIN["whole"]).title == TITLES[name]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("thin", THIN)
def test_it_draws_whatever_there_is(name, texts, thin):
    chart = CHARTS[name](texts, THIN[thin])
    assert chart.alt.startswith(chart.title)
    assert "<svg" in chart._repr_mimebundle_()[0]["image/svg+xml"]
    assert not re.search(r"\bnan\b|\binf\b|None|_|\{|\}", chart.title + chart.alt)
    if texts is CHINESE:
        assert re.search(r"[\u4e00-\u9fff]", chart.title) and not re.search(r"customers|orders|value", chart.title + chart.alt)


def test_bars_are_as_long_as_the_value_and_lines_as_the_interval():
    axes = CHARTS["totals"](ENGLISH, THIN["whole"]).figure.axes[0]
    assert [bar.get_width() for bar in axes.patches] == [800, 200, 80, 150]  # value, then what is at risk; the empty group is left out
    assert [list(line.get_xdata()) for line in axes.lines] == [[600, 1000], [100, 300]]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Champions", "At risk"]


def test_what_came_stands_beside_what_was_expected():
    axes = CHARTS["conditions"](ENGLISH, THIN["whole"]).figure.axes[0]
    assert [bar.get_height() for bar in axes.patches] == [0.5, 1.0, 3.0, 0.6, 0.5, 3.1]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0", "1", "2+"]


def test_the_held_out_weeks_are_shaded():
    upper, lower = CHARTS["tracking"](ENGLISH, THIN["whole"]).figure.axes
    shade = upper.patches[0]
    assert (shade.get_x(), shade.get_width()) == (1.5, 2)
    assert [list(line.get_ydata()) for line in lower.lines] == [[4, 10, 20, 30], [5, 10, 16, 25]]


def test_models_and_effort_are_tables_in_words():
    table = trial.list_models(MODELS, texts=ENGLISH).frame
    assert table.iloc[0].tolist() == ["BG/NBD", "r 0.243 ± 0.013, alpha 4.414", "40", "18", "20", "0.50"]
    assert table.iloc[1].tolist() == ["Pareto/NBD", "r –", "40", "–", "–", "–"]
    effort = charts.list_effort(EFFORT, texts=ENGLISH).frame
    assert effort.iloc[0].tolist() == ["Champions", "10", "25.0%", "80.0%", "£80.00", "Holds more of the future than it gets"]
    assert effort.iloc[1, -1] == "Gets more than it holds"


def test_the_ladder_is_told_rung_by_rung():
    said = story.tell_ladder(STEPS, BASE, texts=ENGLISH).sentences
    assert said[0].startswith("The forecast learns from 40 customers, 25 of whom came again, over 364 days")
    assert said[1] == "MBG/NBD forecasts the orders: of the models that could be fitted it told the 91 held-out days best."
    assert said[2] == "Pareto/NBD was set aside: the search for its parameters found no end."
    assert "(correlation 0.10, 95% interval 0.00 to 0.20)" in said[3]
    drawn = story.tell_ladder(STEPS, BASE.assign(sampled=0.0396), texts=ENGLISH).sentences
    assert [*said[:1], *said[1:]] == [*drawn[:1], *drawn[2:]]
    assert drawn[1].startswith("There are so many that the models are fitted on a sample of 4.0% of them")
    declined = frame("rung outcome reason", ("declined", "taken", "few_repeaters"))
    alone = BASE.assign(customers=1, repeaters=0)
    assert story.tell_ladder(declined, alone, texts=ENGLISH).sentences == ("There is no forecast: of one customer nobody came again, too few to see a rhythm.",)


def test_every_reason_has_its_sentence():
    """All keys that the models and the ladder can give, in both languages."""
    for texts in (ENGLISH, CHINESE):
        for reason in ("few_customers", "few_repeaters", "few_days"):
            assert story.tell_ladder(frame("rung outcome reason", ("declined", "taken", reason)), BASE, texts=texts).sentences
        for reason in ("holdout", "likelihood", "configured", "fallback", "boundary"):
            assert story.tell_ladder(frame("rung outcome reason", ("bg_nbd", "taken", reason)), BASE, texts=texts).sentences
        assert story.tell_ladder(frame("rung outcome reason", ("cohort_average", "taken", "no_model")), BASE, texts=texts).sentences
        for reason in ("not_converged", "not_finite"):
            steps = frame("rung outcome reason", ("bg_nbd", "rejected", reason), ("mbg_nbd", "taken", "fallback"))
            assert len(story.tell_ladder(steps, BASE, texts=texts).sentences) == 4
        for reason in ("few_spenders", "correlated", "boundary", "no_mean", "not_converged", "not_finite"):
            assert story.tell_ladder(STEPS, BASE.assign(money="own_mean", money_reason=reason), texts=texts).sentences


def test_models_that_see_nobody_leave_are_told_apart():
    sure = BASE.assign(p_alive=0.999)
    assert "cannot be told" in " ".join(story.tell_ladder(STEPS, sure, texts=ENGLISH).sentences)
    assert "cannot be told" in " ".join(story.tell_risk(STAGES, sure, texts=ENGLISH).sentences)
    once = story.tell_ladder(frame("rung outcome reason", ("bg_nbd", "taken", "holdout")), BASE, texts=ENGLISH).sentences
    assert "who bought once counts as a customer with certainty" in " ".join(once)


def test_the_trial_is_told_with_its_numbers():
    said = story.tell_tracking(TRACKING, BASE, texts=ENGLISH).sentences
    assert said[0] == (
        "The model learned from 35 customers until 9 Sept 2011 and saw nothing after. 5 customers came first after that day and are no part of the trial."
    )
    assert said[1].startswith("The sum is 25% too low.")  # 15 of 20
    assert story.tell_tracking(TRACKING.assign(actual=15 / 2), BASE, texts=ENGLISH).sentences[1].startswith("The sum is 0% off")
    assert story.tell_frequencies(FREQUENCIES, texts=ENGLISH).sentences == ("The model puts 5.0% of 40 customers into a wrong class, net.",)  # 2 of 40
    assert story.tell_conditions(CONDITIONS, texts=ENGLISH).sentences == (
        "20 customers had bought once. Orders per head: 0.50 came, 0.60 were expected.",
        "In 2 of 3 classes the forecast lies within the 95% interval of what came.",
    )


@pytest.mark.parametrize(
    ("mae", "top", "rung", "word"),
    [(10.0, 0.7, "mbg_nbd", "beats last year’s spending in both"), (30.0, 0.7, "mbg_nbd", "in one of the two"), (30.0, 0.5, "last_year", "does not beat")],
)
def test_the_verdict_follows_the_figures(mae, top, rung, word):
    errors = ERRORS.assign(mae=[mae, 20.0, np.nan], top_fifth=[top, 0.6, 0.5])
    assert word in " ".join(story.tell_comparison(errors, BASE.assign(rung=rung), texts=ENGLISH).sentences)


def test_the_comparison_is_told_with_its_numbers():
    assert story.tell_comparison(ERRORS, BASE, texts=ENGLISH).sentences == (
        "The best fifth by forecast brought 70.0% of the money; by last year’s spending 60.0%, by RFM score 50.0%.",
        "The best tenth brought 5.0 times as much as customers do on average; by last year’s spending 4.5 times, by RFM score 4.0 times.",
        "Per customer the model was off by £10.00 on average, last year’s spending (for as many days) by £20.00.",
        "In all, £1,000 came; the model had expected £900.00.",
        "The model beats last year’s spending in both, order and error, so the report uses it.",
        "85% of customers brought money within their 80% interval.",
    )


def test_where_money_is_not_the_models_that_is_said():
    assert "last year’s spending" in story.tell_base(BASE.assign(rung="last_year"), texts=ENGLISH).sentences[-1]
    assert "No model could be fitted" in story.tell_base(BASE.assign(rung="cohort_average"), texts=ENGLISH).sentences[-1]


def test_value_risk_concentration_and_effort_are_told():
    assert story.tell_base(BASE, texts=ENGLISH).sentences[0] == (
        "The 40 customers we have are worth £1,000 in the next 365 days, probably £800.00 to £1,200 (90% interval; later money discounted at 10% a year): £25.00 each on average."
    )
    assert story.tell_risk(STAGES, BASE, texts=ENGLISH).sentences == (
        "£230.00 of it, 23.0%, hangs on customers who may be gone already (value times the chance of loss; hatched).",
        "Most of that lies in the stage “Dormant”: £150.00, 65.2%.",
    )
    assert story.tell_concentration(CONCENTRATION, texts=ENGLISH).sentences == ("The most valuable 10% of customers hold 60.0% of the future.",)
    said = story.tell_effort(EFFORT, texts=ENGLISH).sentences
    assert said[1:3] == (
        "Champions hold 80.0% of the future and get 25.0% of the effort.",
        "Customers at risk get 75.0% of the effort and hold 20.0% of the future.",
    )
    assert len(story.tell_effort(EFFORT, equal=False, texts=ENGLISH).sentences) == 3


@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_where_there_is_nothing_that_is_said(texts):
    none = BASE.assign(rung="declined", value=0.0, at_risk=0.0)
    readings = [
        story.tell_tracking(TRACKING.iloc[:0], none, texts=texts), story.tell_frequencies(FREQUENCIES.iloc[:0], texts=texts),
        story.tell_conditions(CONDITIONS.iloc[:0], texts=texts), story.tell_comparison(ERRORS.iloc[:0], none, texts=texts), story.tell_base(none, texts=texts),
        story.tell_risk(STAGES, none, texts=texts), story.tell_concentration(CONCENTRATION.iloc[:0], texts=texts), story.tell_effort(EFFORT.iloc[:0], texts=texts),
    ]  # fmt: skip
    assert all(len(reading.sentences) == 1 and reading.sentences[0] for reading in readings)
    assert trial.list_models(MODELS.iloc[:0], texts=texts).frame.empty


def test_of_fewer_than_ten_no_money_is_told():
    few = TOTALS.assign(customers=[9, 30, 0])
    chart = charts.draw_totals(few, texts=ENGLISH)
    assert chart.data.segment.tolist() == ["at_risk"] and "Champions" not in chart.alt
    assert "20.0% of future value" in chart.title  # of the whole, the small group included
    table = charts.list_effort(EFFORT.assign(customers=[9, 30]), texts=ENGLISH).frame
    assert table.iloc[0].tolist() == ["Champions", "9", "25.0%", "–", "–", "–"]
    assert not [sentence for sentence in story.tell_effort(EFFORT.assign(customers=[9, 30]), texts=ENGLISH).sentences if "Champions" in sentence]
    risky = story.tell_risk(STAGES.assign(customers=[10, 9, 0]), BASE, texts=ENGLISH).sentences
    assert risky[1] == "Most of that lies in the stage “New”: £80.00, 34.8%."
    assert trial.draw_conditions(CONDITIONS.assign(customers=[20, 9, 10]), texts=ENGLISH).data.repeats.tolist() == ["0", "2+"]
