"""Lateness, the call list and reliability: the marks, the words, both languages, and little data."""

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

import chart_frames as shop
from analysis.charts import cohorts, leaving, lifecycle, overdue, survival
from analysis.display.chart import Chart
from analysis.story import cohorts as beginnings
from analysis.story import leaving as fates
from analysis.story import lifecycle as stages
from analysis.story import overdue as story
from analysis.story import survival as waiting
from analysis.texts import Texts

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
AS_OF = dt.date(2011, 12, 9)


def frame(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split())


INF, NAN = float("inf"), float("nan")
LATENESS = frame(
    "band low high customers year_monetary return_90d",
    ("within", 0.0, 1.0, 50, 700.0, 0.8), ("late", 1.0, 2.0, 20, 100.0, 0.5), ("at_risk", 2.0, 3.0, 10, 80.0, 0.25), ("dormant", 3.0, 5.0, 5, 20.0, 0.1),
    ("lost", 5.0, INF, 15, 100.0, 0.02),
)  # fmt: skip
RHYTHM = frame(
    "is_known gaps least_gaps sampled shape first_gap_days season_known busiest quietest busy quiet",
    (True, 400, 50, 1.0, 0.8, 66.9, True, 12, 2, 1.5, 0.77),
)
CALLS = frame(
    "customer silence_days usual_gap_days overdue_index return_90d year_monetary",
    ("C-0123456789", 101, 42.1, 2.4, 0.08, 1200.0), ("C-9876543210", 1, 0.4, 2.5, NAN, 10.0),
)  # fmt: skip
RELIABILITY = frame(
    "group predicted observed customers returned low high",
    (0, 0.1, 0.125, 80, 10, 0.07, 0.215), (1, 0.5, 0.8, 20, 16, 0.584, 0.919),
)  # fmt: skip
SURVIVAL = frame(
    "step days back low high waiting",
    (1, 0, 0.0, 0.0, 0.0, 100), (1, 40, 0.3, 0.2, 0.4, 100), (1, 95, 0.55, 0.45, 0.65, 60), (2, 0, 0.0, 0.0, 0.0, 50), (2, 40, 0.4, 0.3, 0.5, 50),
    (3, 0, 0.0, 0.0, 0.0, 30), (3, 50, 0.7, 0.6, 0.8, 30), (4, 0, 0.0, 0.0, 0.0, 30), (4, 60, 0.9, 0.8, 0.95, 30),
)  # fmt: skip
NO_RETURN = frame("share days horizon", (0.5, 30, 365), (0.25, 90, 365), (0.1, 200, 365), (0.05, None, 365)).astype({"days": "Int64"})
TREND = frame(
    "quarter customers returned back low high",
    (dt.date(2010, 7, 1), 100, 55, 0.55, 0.452, 0.644), (dt.date(2011, 4, 1), 50, 20, 0.4, 0.28, 0.54), (dt.date(2011, 7, 1), 100, 30, 0.3, 0.219, 0.396),
)  # fmt: skip
POINT = frame("customers returned mean deviation newcomers horizon share worth low high", (1000, 400, 120.0, 50.0, 250, 365, 0.4, 300.0, 287.75, 312.25))
COHORTS_BY = frame(
    "attribute value period size customers active retention revenue_retention is_complete low high",
    ("category", "tea", 1, 100, 90, 27, 0.3, 0.4, True, 0.2, 0.4), ("category", "tea", 2, 100, 40, 4, 0.1, 0.1, False, 0.04, 0.23),
    ("category", "other", 1, 30, 30, 6, 0.2, NAN, True, 0.1, 0.37), ("category", "other", 2, 30, 30, 3, 0.1, 0.1, True, 0.03, 0.26),
    ("size", "large", 1, 40, 40, 20, 0.5, 0.5, True, 0.35, 0.65), ("size", "small", 1, 40, 40, 4, 0.1, 0.2, True, 0.04, 0.23),
)  # fmt: skip
FATES = frame(
    "feature value left customers share low high overall differs horizon",
    ("orders", "one", 80, 100, 0.8, 0.71, 0.87, 0.5, True, 365), ("orders", "more", 20, 100, 0.2, 0.13, 0.29, 0.5, True, 365),
    ("category", "tea", 60, 110, 0.545, 0.45, 0.64, 0.5, False, 365), ("category", "other", 40, 90, 0.444, 0.35, 0.55, 0.5, False, 365),
)  # fmt: skip
CHARTS = {
    "fates": lambda t, f: leaving.draw_fates(f(FATES), texts=t),
    "cohorts": lambda t, f: cohorts.draw_cohorts_by(f(COHORTS_BY), texts=t),
    "revenue": lambda t, f: lifecycle.draw_retention(f(shop.COHORTS), measure="revenue_retention", texts=t),
    "survival": lambda t, f: survival.draw_survival(f(SURVIVAL), texts=t),
    "trend": lambda t, f: survival.draw_trend(f(TREND), texts=t),
    "lateness": lambda t, f: overdue.draw_lateness(f(LATENESS), texts=t),
    "reliability": lambda t, f: overdue.draw_reliability(f(RELIABILITY), texts=t),
}
TITLES = {
    "fates": "50.0% of customers did not come back in the 365 days after their order",
    "cohorts": "Of those who began with “large”, 50.0% bought in the month after, the most",
    "revenue": "New customers bring 20.0% of their first month’s money in the month after, 20.0% in month 2",
    "survival": "30.0% of customers have bought a second time 90 days after the first order",  # the step of day 40 holds to day 95
    "trend": "Of the new customers of Q3 2011, 30.0% bought again within 90 days",
    "lateness": "15 customers (15.0%) are overdue but not lost: £100.00 of revenue in the year to their last order",  # 10 + 5 of 100
    "reliability": "Of 100 customers, 18 were expected to order within 90 days; 26 did",  # 8 + 10
}
READINGS = {
    "fates": lambda t, f: fates.tell_fates(f(FATES), texts=t),
    "cohorts": lambda t, f: beginnings.tell_cohorts_by(f(COHORTS_BY), burn_in=1, texts=t),
    "revenue": lambda t, f: stages.tell_revenue_retention(f(shop.COHORTS), texts=t),
    "survival": lambda t, f: waiting.tell_survival(f(SURVIVAL), texts=t),
    "no return": lambda t, f: waiting.tell_no_return(f(NO_RETURN), texts=t),
    "trend": lambda t, f: waiting.tell_trend(f(TREND), texts=t),
    "point": lambda t, f: waiting.tell_point(POINT, texts=t),
    "lateness": lambda t, f: story.tell_lateness(f(LATENESS), RHYTHM, texts=t),
    "calls": lambda t, f: story.tell_calls(f(CALLS), texts=t),
    "reliability": lambda t, f: story.tell_reliability(f(RELIABILITY), as_of=AS_OF, texts=t),
}
SENTENCES = {
    "fates": (
        "Orders until then – one: 80% of 100 customers did not come back, against 50% of all.",
        "Orders until then – five or more: only 20% of 100 customers did not come back, against 50% of all.",
        "Compared is one order of each of 200 customers, chosen so that everybody had 365 days to come back.",
        "These things go together; none of them is shown to be the reason, and of many comparisons one in twenty stands out by chance.",
    ),
    "cohorts": (
        "size: most often “large” (50.0% of 40 customers bought in the month after), least “small” (10.0% of 40 customers); the intervals do not meet.",
        "What somebody began with goes along with coming back; it need not be the reason.",
        "Whoever was first seen in the first month of the data is left out: many of them had bought before.",
    ),
    "revenue": ("In the 2 months after the first, new customers brought 60.0% of their first month’s money once more: of every £100.00 at the start, £160.00 in all.",),
    "survival": (
        "After order 1, half have bought again by day 95.",
        "After order 2, fewer than half have bought again as far as the data reach (40.0% by day 40).",
        ("Not back after 40 days: 70% after the first order, 60% after the second, 100% after the third, 100% after later ones. "
        "Whoever still waits at as-of is counted as waiting, not as gone."),
    ),
    "no return": (
        ("Of those who have been silent for 200 days, at most 10% still order within the next 365 days. "
        "That is a limit for all together; the overdue index above has one for each customer."),
    ),
    "trend": (
        "It has got worse: 30.0% against 55.0% before, and the intervals do not meet.",
        "The comparison is with the same quarter of the year before, so the season is the same.",
    ),
    "point": (
        "One point more of the 250 new customers within 365 days would be 2.5 more who come back, worth £300.00 in as many days after their first order.",
        "This is arithmetic, not a forecast: it assumes that those won would spend like those who came back by themselves.",
    ),
    "lateness": (
        (
            "Everybody is measured against their own gaps between purchases. A customer with a single purchase is given the usual gap of all, 67 days; "
            "with each further purchase their own gaps count for more."
        ),
        "10 customers are 2 to 3 times as long silent as usual; 25% of such silences end with an order within 90 days.",
        "15 customers are silent more than 5 times as long as usual; 2% of such silences end within 90 days.",
        "Time is counted by how busy the months are: Dec is 1.50 times as busy as the average month, Feb 0.77 times. So nobody is called late for a quiet season.",
    ),
    "calls": (
        "First on the list: C-0123456789, silent for 101 days, 2.4 times as long as usual; 8% of such silences end with an order within 90 days.",
        "The list runs by the revenue of the year to the last order: what would be missing next year if the silence stays.",
    ),
    # apart: (.025 x 80 + .3 x 20) / 100 = 8 points; 26 against 18 is 44 % more
    "reliability": (
        (
            "For this test the clock was turned back to 10 Sept 2011: what was known then made the expectation, and the 90 days after it gave the answer. "
            "In 1 of 2 groups the expectation lies within the interval of what came; on average the two are 8.0 points apart."
        ),
        "In all, 44% more customers ordered than expected: take the shares as cautious.",
    ),
}  # fmt: skip
THIN = {"whole": lambda rows: rows, "empty": lambda rows: rows.iloc[:0], "one row": lambda rows: rows.iloc[:1]}


def words(chart: Chart) -> list[str]:
    bundle, _ = chart._repr_mimebundle_()
    return ["".join(node.itertext()) for node in ET.fromstring(bundle["image/svg+xml"]).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("name", CHARTS)
def test_the_title_is_the_finding(name):
    assert CHARTS[name](ENGLISH, THIN["whole"]).title == TITLES[name]


@pytest.mark.parametrize("name", READINGS)
def test_the_reading_has_the_numbers(name):
    assert READINGS[name](ENGLISH, THIN["whole"]).sentences == SENTENCES[name]


@pytest.mark.parametrize("name", [*CHARTS, *READINGS])
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("thin", THIN)
def test_in_both_languages_whatever_there_is(name, texts, thin):
    said = []
    if name in CHARTS:
        chart = CHARTS[name](texts, THIN[thin])
        assert chart.title and chart.alt.startswith(chart.title)
        said += [chart.title, chart.alt, *words(chart), *map(texts.column, chart.data.columns), chart.basis]
        assert all(texts.has(f"column-{name}".replace("_", "-")) for name in chart.data.columns)
        assert texts.has(f"how-{chart.name}")
    if name in READINGS:
        said += READINGS[name](texts, THIN[thin]).sentences
    assert said
    assert not [text for text in said if re.search(r"\bnan\b|\binf\b|None|_|\{|\}", text)]
    if texts is CHINESE:
        assert re.search(r"[\u4e00-\u9fff]", said[0])
        assert not re.search(r"customers|revenue|month|gap", " ".join(said))


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_numbers_give_the_same_picture(name):
    bundles = [CHARTS[name](ENGLISH, THIN["whole"])._repr_mimebundle_() for _ in range(2)]
    assert bundles[0] == bundles[1]
    assert len(bundles[0][0]["image/svg+xml"]) < 60_000


def test_bars_are_shares_of_customers_and_of_their_money():
    axes = overdue.draw_lateness(LATENESS, texts=ENGLISH).figure.axes[0]
    assert [round(bar.get_width(), 6) for bar in axes.patches] == [0.5, 0.2, 0.1, 0.05, 0.15, 0.7, 0.1, 0.08, 0.02, 0.1]
    assert [label.get_text() for label in axes.get_yticklabels()][1] == "1 to 2 times the usual gap\n50% are back within 90 days"
    assert axes.get_yticklabels()[0].get_text().startswith("Within the usual gap")


def test_a_row_a_group_with_what_was_expected_and_what_came():
    """The surest group is on top: 20 customers, half of them expected."""
    chart = overdue.draw_reliability(RELIABILITY, texts=ENGLISH)
    expected, came = chart.figure.axes[0].lines
    assert (list(expected.get_xdata()), list(expected.get_ydata())) == ([0.5, 0.1], [0, 1])
    assert (list(came.get_xdata()), list(came.get_ydata())) == ([0.8, 0.125], [0, 1])
    assert [label.get_text() for label in chart.figure.axes[0].get_yticklabels()] == ["20 customers", "80 customers"]
    assert chart.basis == "100 customers · with 95% intervals"


def test_the_call_list_shows_pseudonyms_and_finished_text():
    table = overdue.list_calls(CALLS, texts=ENGLISH).frame
    assert table.to_numpy().tolist() == [
        ["C-0123456789", "£1,200", "101", "42", "2.4 times", "8%"],
        ["C-9876543210", "£10.00", "1", "0", "2.5 times", "–"],
    ]


@pytest.mark.parametrize(
    ("gaps", "said"), [(0, "Nobody has bought on a second day"), (1, "came back only once"), (30, "came back only 30 times in all; it takes 50")]
)
def test_too_few_repeated_purchases_are_told(gaps, said):
    told = story.tell_lateness(LATENESS.iloc[:0], RHYTHM.assign(is_known=False, gaps=gaps), texts=ENGLISH).sentences
    assert len(told) == 1
    assert said in told[0]


def test_a_sample_is_told_where_the_usual_gap_was_learned_from_it():
    told = story.tell_lateness(LATENESS, RHYTHM.assign(sampled=0.125), texts=ENGLISH).sentences
    assert "a sample of 12.5% of them" in told[1]
    assert not any("sample" in sentence for sentence in story.tell_lateness(LATENESS, RHYTHM, texts=ENGLISH).sentences)


def test_curves_rise_in_steps_and_bear_their_names():
    axes = survival.draw_survival(SURVIVAL, texts=ENGLISH).figure.axes[0]
    assert [list(line.get_ydata()) for line in axes.lines[:4]] == [[0, 0.3, 0.55], [0, 0.4], [0, 0.7], [0, 0.9]]
    names = [(text.get_text(), round(text.get_position()[1], 3)) for text in axes.texts]
    assert names == [
        ("after order 2", 0.4),
        ("after order 1", 0.55),
        ("after order 3", 0.7),
        ("after order 4 and later", 0.9),
    ]  # beside the ends of their curves


def test_names_of_curves_that_end_together_stand_apart():
    """Four curves that end at 96 to 99 per cent: 6.5 points from name to name, and none above the picture."""
    close = SURVIVAL.groupby("step").tail(1).assign(back=[0.96, 0.97, 0.98, 0.99])
    axes = survival.draw_survival(pd.concat([SURVIVAL.groupby("step").head(1), close]).sort_values(["step", "days"]), texts=ENGLISH).figure.axes[0]
    heights = sorted(text.get_position()[1] for text in axes.texts)
    assert heights == pytest.approx([0.805, 0.87, 0.935, 1.0])


def test_silences_of_no_return_and_those_beyond_the_data():
    table = survival.list_no_return(NO_RETURN, texts=ENGLISH).frame
    assert table.to_numpy().tolist() == [["50%", "30"], ["25%", "90"], ["10%", "200"], ["5%", "further than the data reach"]]


def test_the_table_of_a_point_multiplies_out():
    """250 newcomers, a hundredth of them at £120 each: £300."""
    table = survival.list_point(POINT, texts=ENGLISH).frame
    assert table.iloc[:, 1].tolist() == ["250", "40.0%", "£120.00", "£300.00", "£287.75 to £312.25"]
    unknown = POINT.assign(share=NAN, mean=NAN, worth=NAN, low=NAN, high=NAN, newcomers=0)
    assert survival.list_point(unknown, texts=ENGLISH).frame.iloc[:, 1].tolist() == ["0", "–", "–", "–", "–"]
    assert waiting.tell_point(unknown, texts=ENGLISH).sentences == ("There are too few new customers with enough time behind them to put a price on a point.",)


def test_a_quarter_is_compared_with_the_one_before_for_want_of_a_year():
    told = waiting.tell_trend(TREND.iloc[1:], texts=ENGLISH).sentences
    assert told == (
        "No clear change: 30.0% against 40.0% before; the intervals overlap.",
        "The comparison is with the quarter before, for want of a year: a season may be in it.",
    )


def test_retention_of_money_leaves_out_whoever_may_be_an_old_customer():
    """September and October brought 40 + 20 of 100 + 200 the month after, September 20 of 100 in the second; August may be older."""
    chart = lifecycle.draw_retention(shop.COHORTS, measure="revenue_retention", texts=ENGLISH)
    assert chart.title == "New customers bring 20.0% of their first month’s money in the month after, 20.0% in month 2"
    assert chart.figure.axes[0].get_yticklabels()[0].get_text() == "Aug 2011 or earlier  (10)"
    told = stages.tell_revenue_retention(shop.COHORTS, texts=ENGLISH).sentences
    # as far as September reaches, two months: 40 + 20 of its 100
    assert told == (
        "In the 2 months after the first, new customers brought 60.0% of their first month’s money once more: of every £100.00 at the start, £160.00 in all.",
    )


def test_cohorts_that_hardly_anybody_has_reached_are_hatched():
    axes = cohorts.draw_cohorts_by(COHORTS_BY, texts=ENGLISH).figure.axes
    assert [panel.get_title(loc="left") for panel in axes] == ["First category", "size"]
    assert [patch.get_hatch() for patch in axes[0].patches] == [None, "////", None, None]
    assert [label.get_text() for label in axes[0].get_yticklabels()] == ["tea  (100)", "other  (30)"]
    assert [text.get_text() for text in axes[1].texts] == ["50%", "10%"]


def test_those_who_left_are_beside_those_who_stayed():
    axes = leaving.draw_fates(FATES, texts=ENGLISH).figure.axes[0]
    assert [float(line.get_xdata()[0]) for line in axes.lines] == [0.8, 0.2, 0.545, 0.444, 0.5]  # the last is the share of all
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "Orders until then", "one  (100)", "five or more  (100)", "Category of that order", "tea  (110)", "other  (90)",
    ]  # fmt: skip
    alike = fates.tell_fates(FATES.assign(differs=False), texts=ENGLISH).sentences
    assert alike[0] == "In nothing that is compared here do those who left differ clearly from those who stayed."
