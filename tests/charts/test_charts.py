"""Charts: the marks have the size of the numbers, the title is the finding, and nothing breaks on little data."""

import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from matplotlib.patches import Rectangle

import chart_frames as shop
from analysis import theme
from analysis.charts import cleaning, distributions, history, lifecycle, rfm
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.texts import Texts

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
# name -> chart of a texts and a function that may thin the frames out
CHARTS = {
    "waterfall": lambda t, f: cleaning.draw_waterfall(shop.LEDGER, texts=t),
    "months": lambda t, f: cleaning.draw_months(f(shop.MONTHS), as_of=shop.AS_OF, texts=t),
    "grid": lambda t, f: rfm.draw_grid(f(shop.GRID), texts=t),
    "segments": lambda t, f: rfm.draw_segments(f(shop.SEGMENT_TABLE), texts=t),
    "class8": lambda t, f: rfm.draw_segments(f(shop.SEGMENT_TABLE), scheme="class8", texts=t),
    "pareto": lambda t, f: rfm.draw_pareto(f(shop.PARETO), f(shop.SEGMENT_TABLE), texts=t),
    "distributions": lambda t, f: distributions.draw_distributions(f(shop.DISTRIBUTIONS), f(shop.THRESHOLDS), texts=t),
    "history": lambda t, f: history.draw_history(f(shop.HISTORY), texts=t),
    "retention": lambda t, f: lifecycle.draw_retention(f(shop.COHORTS), texts=t),
    "flows": lambda t, f: lifecycle.draw_flows(f(shop.FLOWS), texts=t),
    "stages": lambda t, f: lifecycle.draw_stages(f(shop.STAGES), texts=t),
}
TITLES = {
    "waterfall": "Of 1,000 rows read, 860 remain: 86.0% of the rows, 90.5% of the money",
    "months": "Revenue was £150.00 in Nov 2011, 50.0% more than the month before",
    "grid": "20.0% of customers score 4 or 5 on both recency and frequency, 60.0% score 1 or 2 on both",
    "segments": "Champions are 20.0% of customers and bring 60.0% of revenue",
    "class8": "Important value customers are 30.0% of customers and bring 60.0% of revenue",
    "pareto": "30.0% of customers bring 80.0% of revenue",
    "distributions": "The top score takes an order in the last 9 days, at least 6 orders, or more than £100.00",
    "history": "Hibernating customers shrank from 90.0% to 60.0% of customers since 31 Oct 2011",
    "retention": "20.0% of new customers buy again in the month after, 20.0% in month 2",  # without August: (4 + 2) of 30, 2 of 10
    "flows": "Nov 2011: 12 active customers – 4 new, 6 returning, 2 reactivated – and 4 fell silent",
    "stages": "At the end of Nov 2011, 40.0% of all known customers were at risk, dormant or lost",  # (3 + 4 + 1) of 20
}


def _all(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


def _none(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[:0]


def _first(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[:1]


def _svg(chart: Chart) -> str:
    bundle, _ = chart._repr_mimebundle_()
    return bundle["image/svg+xml"]


def _words(chart: Chart) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(_svg(chart)).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("name", CHARTS)
def test_the_title_is_the_finding(name):
    assert CHARTS[name](ENGLISH, _all).title == TITLES[name]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("thin", [_all, _none, _first], ids=["whole", "empty", "one row"])
def test_it_draws_in_both_languages_whatever_there_is(name, texts, thin):
    chart = CHARTS[name](texts, thin)
    words = [chart.title, chart.alt, *_words(chart)]
    assert chart.title and chart.alt.startswith(chart.title)
    assert not [text for text in words if re.search(r"\bnan\b|\binf\b|None|_|\{|\}", text)]
    if texts is CHINESE:
        assert re.search(r"[\u4e00-\u9fff]", chart.title)
        assert not re.search(r"customers|revenue|month", " ".join(words))


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_numbers_give_the_same_picture(name):
    once, twice = CHARTS[name](ENGLISH, _all), CHARTS[name](ENGLISH, _all)
    assert repr(once) == repr(twice)
    assert _svg(once) == _svg(twice)


@pytest.mark.parametrize("name", CHARTS)
def test_the_frames_stay_as_they_were(name):
    frames = {key: value.copy() for key, value in vars(shop).items() if isinstance(value, pd.DataFrame)}
    CHARTS[name](ENGLISH, _all)
    for key, before in frames.items():
        pd.testing.assert_frame_equal(getattr(shop, key), before)


@pytest.mark.parametrize("name", CHARTS)
def test_a_machine_without_chinese_fonts_draws_without_a_warning(name, monkeypatch):
    monkeypatch.setattr(theme, "find_fonts", lambda lang: ("DejaVu Sans",))
    assert any(re.search(r"[\u4e00-\u9fff]", word) for word in _words(CHARTS[name](CHINESE, _all)))  # warnings are errors here


def test_names_are_unique_and_pictures_small():
    charts = [draw(ENGLISH, _all) for draw in CHARTS.values()]
    assert len({chart.name for chart in charts}) == len(charts)
    assert max(len(_svg(chart)) for chart in charts) < 60_000


def test_a_drawing_styles_only_itself():
    svg = _svg(CHARTS["months"](ENGLISH, _all))
    assert "<style" not in svg
    ids = re.findall(r' id="([^"]+)"', svg)
    assert ids  # of the hatches
    assert all(f"#{name}" in svg for name in ids)


def test_the_waterfall_steps_down_from_input_to_kept():
    left, right = CHARTS["waterfall"](ENGLISH, _all).figure.axes
    assert [(bar.get_x(), bar.get_width()) for bar in left.patches] == [(0, 1000), (990, 10), (900, 90), (880, 20), (865, 15), (860, 5), (0, 860)]
    ends = [sorted((bar.get_x(), bar.get_x() + bar.get_width())) for bar in right.patches]
    assert ends == [[0, 10000], [9900, 10000], [9000, 9900], [9000, 9400], [9000, 9400], [9000, 9050], [0, 9050]]


def test_the_waterfall_writes_what_was_taken_and_what_was_given_back():
    words = _words(CHARTS["waterfall"](ENGLISH, _all))
    assert {"−90", "−£900.00", "+£400.00", "−£400.00", "£9,050"} <= set(words)
    assert "Exact duplicates" not in words  # flagged, nothing went


def test_a_cut_month_is_hatched_and_says_until_when():
    chart = CHARTS["months"](ENGLISH, _all)
    bars = [patch for patch in chart.figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert sorted(bar.get_height() for bar in bars if bar.get_hatch()) == [5, 40]
    assert sorted(bar.get_height() for bar in bars if not bar.get_hatch()) == [0, 10, 100, 150]
    assert {"until", "9 Dec"} <= set(_words(chart))


def test_the_grid_counts_every_cell_and_names_every_segment_once():
    words = _words(CHARTS["grid"](ENGLISH, _all))
    assert sorted(word for word in words if word in ("10", "30", "0")) == ["0"] * 22 + ["10", "10", "30"]
    assert [words.count(name) for name in ("Champions", "At risk", "Hibernating")] == [1, 1, 1]


def test_shares_of_customers_and_revenue_stand_together():
    axes = CHARTS["segments"](ENGLISH, _all).figure.axes[0]
    bars = [round(bar.get_width(), 6) for bar in axes.patches]
    assert bars == [0.2, 0.6, 0.2, 0.6, 0.3, 0.1]  # customers, then revenue; champions, hibernating, at risk
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Champions", "Hibernating", "At risk"]
    assert {"20.0% of customers", "60.0% of revenue"} <= set(_words(CHARTS["segments"](ENGLISH, _all)))


def test_scores_stand_between_the_cut_points():
    axes = CHARTS["distributions"](ENGLISH, _all).figure.axes
    days = [line.get_xdata()[0] for line in axes[0].lines]
    assert days == [1, 2, 4, 4]  # 10, 20, 50 and 100 days among bins 0-10, 10-20, (nothing) 20-40, 40-50
    orders = [line.get_xdata()[0] for line in axes[1].lines]
    assert orders[:2] == [1, 2]  # scores change above one order and above two


def test_cut_points_of_another_kind_are_drawn_where_the_score_changes():
    """Inclusive, 10 days have the better score and the first worse day is the 11th; orders from the cut on score higher; cuts of 1.5 and 4 orders."""
    frame = shop.THRESHOLDS.assign(boundary="inclusive")
    frame = frame[~((frame.measure == "f") & (frame.cut > 2))]
    frame.loc[frame.measure == "f", "value"] = [1.5, 4.0]
    chart = distributions.draw_distributions(shop.DISTRIBUTIONS, frame, texts=ENGLISH)
    days, orders = ([line.get_xdata()[0] for line in axes.lines] for axes in chart.figure.axes[:2])
    assert days[0] == pytest.approx(1.1)
    assert orders[0] == 1  # two orders and more
    assert chart.title == "Dashed lines show where the score changes"


def test_dormant_customers_hang_below_the_axis():
    axes = CHARTS["flows"](ENGLISH, _all).figure.axes[0]
    heights = [bar.get_height() for bar in axes.patches]
    assert heights == [0, 6, 2, 0, 2, 0, 10, 4, 1, 0, -4, -10]  # returning, reactivated, new, dormant
    tops = [bar.get_y() + bar.get_height() for bar in axes.patches[6:9]]
    assert tops == [10, 12, 3]  # stacked: the active customers of each month


def test_a_month_that_is_not_over_is_pale():
    axes = CHARTS["flows"](ENGLISH, _all).figure.axes[0]
    shades = [bar.get_facecolor() for bar in axes.patches[6:9]]
    assert shades[0] == shades[1]
    assert sum(shades[2][:3]) > sum(shades[1][:3])


def test_incomplete_cells_of_the_retention_are_hatched():
    axes = CHARTS["retention"](ENGLISH, _all).figure.axes[0]
    cells = [patch for patch in axes.patches if patch.get_hatch()]
    assert sorted((patch.get_x(), patch.get_y()) for patch in cells) == [(1, 2), (2, 1), (3, 0)]
    assert {"60%", "40%", "10%", "5%"} <= set(_words(CHARTS["retention"](ENGLISH, _all)))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Aug 2011 or earlier  (10)", "Sept 2011  (10)", "Oct 2011  (20)"]


def test_a_large_retention_shows_a_year_with_bare_numbers():
    """Of 20 cohorts 19 have a later month: 12 months of the first 8, then 11, 10 ... 1: 8 x 12 + 66 cells."""
    months = pd.date_range("2010-01-01", periods=20, freq="MS")
    cells = [(month.date(), period, 10, 5, 0.5, 1.0, True, 0.5, False) for i, month in enumerate(months) for period in range(20 - i)]
    chart = lifecycle.draw_retention(pd.DataFrame(cells, columns=shop.COHORTS.columns), texts=ENGLISH)
    assert _words(chart).count("50") == len(chart.data) == 8 * 12 + 66
    assert "50%" not in _words(chart)  # no room for the sign beside eleven others


def test_hostile_words_are_drawn_as_they_are(monkeypatch):
    monkeypatch.setattr(Texts, "label", lambda self, kind, key: "$\\frac{$ <script>alert(1)</script> & ]]>")
    assert any("<script>" in word for word in _words(CHARTS["segments"](ENGLISH, _all)))
    assert "<script" not in _svg(CHARTS["segments"](ENGLISH, _all))


def test_a_long_retention_shows_the_latest_two_years():
    months = pd.date_range("2010-01-01", periods=30, freq="MS")
    cells = [(month.date(), period, 10, 4, 0.4, 1.0, True, 0.4, False) for i, month in enumerate(months) for period in range(30 - i)]
    chart = lifecycle.draw_retention(pd.DataFrame(cells, columns=shop.COHORTS.columns), texts=ENGLISH)
    assert "Jul 2010  (10)" in _words(chart)  # the latest 24 cohorts
    assert "Jan 2010  (10)" not in _words(chart)


def test_jupyterlab_shows_the_title_as_text():
    chart = CHARTS["months"](ENGLISH, _all)
    hostile = Chart(chart.name, "<script>alert(1)</script>", chart.alt, chart.data, chart.figure)
    shown = hostile._repr_mimebundle_()[0]["text/html"]
    assert shown.startswith("<p><strong>&lt;script&gt;alert(1)&lt;/script&gt;</strong></p><svg")
    assert "<script" not in shown


def test_cards_carry_their_labels_as_text():
    """On a telephone a cell stands alone, so it brings the name of its column; a name is text like any other."""
    shown = Table(pd.DataFrame({"who": ["a"], '"><b>n': ["1"]}), numeric=('"><b>n',), cards=True)._repr_mimebundle_()["text/html"]
    assert '<table class="cards">' in shown
    assert '<td class="number" data-label="&quot;&gt;&lt;b&gt;n">1</td>' in shown
    assert "data-label" not in Table(pd.DataFrame({"who": ["a"], "n": ["1"]}))._repr_mimebundle_()["text/html"]
