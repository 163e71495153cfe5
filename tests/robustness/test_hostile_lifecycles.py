"""Shops whose customers make no sense as customers: the chapter on the lifecycle says so in sentences, and never breaks."""

import datetime as dt
import re

import pytest

from analysis.charts import cohorts, leaving, lifecycle, overdue, survival, tables
from analysis.run import Run
from analysis.story import cohorts as beginnings
from analysis.story import leaving as fates
from analysis.story import lifecycle as story
from analysis.story import overdue as lateness
from analysis.story import survival as waiting
from analysis.texts import Texts
from shops import open_shop, rules

START = dt.date(2021, 1, 1)


def orders(days_of):
    return [(who, START + dt.timedelta(days=day), f"{who}-{i}", "tea", 1, money) for who, days in days_of.items() for i, (day, money) in enumerate(days)]


SHOPS = {
    "one order": orders({"a": [(0, 5)]}),
    "one customer": orders({"a": [(day * 7, 5) for day in range(160)]}),
    "all bought once": orders({f"c{i}": [(i % 400, 5)] for i in range(300)}),
    "all on one day": orders({f"c{i}": [(0, 5), (0, 6)] for i in range(80)}),
    "everyone every day": orders({f"c{i}": [(day, 5) for day in range(200)] for i in range(40)}),
    "one buyer of very many": orders({"a": [(order // 8, 5) for order in range(6000)], **{f"c{i}": [(i, 5)] for i in range(60)}}),
    "nothing paid": orders({f"c{i}": [(i, 0), (i + 40, 0), (i + 300, 0)] for i in range(80)}),
    "two worlds": orders({f"c{i}": [(0, 5), (1200, 5)] for i in range(80)}),
}
KNOWN = {"one customer", "everyone every day", "one buyer of very many", "nothing paid", "two worlds"}  # enough repeated purchases to speak of a usual gap


@pytest.fixture(scope="module", params=SHOPS)
def shop(request, tmp_path_factory):
    rows = [(who, day.isoformat(), order, product, units, money) for who, day, order, product, units, money in SHOPS[request.param]]
    return request.param, open_shop(
        tmp_path_factory.mktemp("hostile"), rows, lifecycle={"cohorts_by": ["product"]}, sufficiency={"least": 1}, cleaning=rules(price="keep")
    )


def tell(run):
    """Show the whole chapter."""
    texts, frame = run.texts, run.frame
    yield lifecycle.draw_stages(frame("stages"), texts=texts)
    yield story.tell_stages(frame("stages"), texts=texts)
    yield tables.list_stages(frame("stages"), texts=texts)
    yield story.tell_entries(frame("stages"), run.config.lifecycle, frame("rhythm"), texts=texts)
    yield lifecycle.draw_flows(frame("flows"), texts=texts)
    yield story.tell_flows(frame("flows"), texts=texts)
    yield overdue.draw_lateness(frame("lateness"), texts=texts)
    yield lateness.tell_lateness(frame("lateness"), frame("rhythm"), texts=texts)
    yield overdue.list_calls(frame("calls"), texts=texts)
    yield lateness.tell_calls(frame("calls"), texts=texts)
    yield overdue.draw_reliability(frame("reliability"), texts=texts)
    yield lateness.tell_reliability(frame("reliability"), as_of=run.as_of, texts=texts)
    yield survival.draw_survival(frame("survival"), texts=texts)
    yield waiting.tell_survival(frame("survival"), texts=texts)
    yield survival.list_no_return(frame("no_return"), texts=texts)
    yield waiting.tell_no_return(frame("no_return"), texts=texts)
    yield survival.draw_trend(frame("trend"), texts=texts)
    yield waiting.tell_trend(frame("trend"), texts=texts)
    yield survival.list_point(frame("point"), texts=texts)
    yield waiting.tell_point(frame("point"), texts=texts)
    for measure in ("retention", "revenue_retention"):
        yield lifecycle.draw_retention(frame("cohorts"), measure=measure, texts=texts)
        yield cohorts.draw_cohorts_by(frame("cohorts_by"), measure=measure, texts=texts)
    yield story.tell_retention(frame("cohorts"), texts=texts)
    yield story.tell_revenue_retention(frame("cohorts"), texts=texts)
    yield beginnings.tell_cohorts_by(frame("cohorts_by"), burn_in=1, texts=texts)
    yield leaving.draw_fates(frame("fates"), texts=texts)
    yield fates.tell_fates(frame("fates"), texts=texts)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_chapter_is_shown(shop, lang):
    name, opened = shop
    shown = list(tell(Run(opened, Texts(lang, "CNY"), None)))
    words = " ".join(str(item) for item in shown) + " ".join(getattr(item, "title", "") for item in shown)
    bundles = [item._repr_mimebundle_() for item in shown]
    assert len(bundles) == 29
    assert not re.search(r"\b(nan|inf|None|NaT|Infinity)\b|\{|\}", words), name


def test_every_buyer_has_a_stage_and_the_months_add_up(shop):
    _name, opened = shop
    frame = opened.get("stages").execute()
    wide = frame.pivot_table(index="month", columns="stage", values=["customers", "entered", "left"], aggfunc="first")
    assert (wide.customers.shift(1, fill_value=0) + wide.entered - wide.left == wide.customers).all(axis=None)
    customers = opened.get("customers").execute()
    assert not customers.lifecycle_stage.isna().any()
    assert len(customers) == wide.customers.iloc[-1].sum()


def test_an_index_is_told_only_where_there_is_a_rhythm(shop):
    name, opened = shop
    found = opened.get("overdue").execute()
    assert found.overdue_index.notna().all() == (name in KNOWN)
    assert found.overdue_index.notna().any() == (name in KNOWN)
    if name == "everyone every day":
        assert found.usual_gap_days.tolist() == pytest.approx([1] * 40, rel=0.02)
        assert (found.overdue_index == 0).all()
    if name == "one customer":
        assert found.usual_gap_days.tolist() == pytest.approx([7], rel=0.02)


def test_the_rhythm_says_how_many_gaps_there_are(shop):
    name, opened = shop
    days = {(who, day) for who, day, *_ in SHOPS[name]}
    assert opened.get("rhythm").gaps.tolist() == [len(days) - len({who for who, _ in days})]
