"""The certificate drawn and told: bars as long as the shares, blocks that nobody can be found by, sentences in both languages."""

import pandas as pd
import pytest

from analysis.charts import certificate as charts
from analysis.story import certificate as story
from analysis.texts import Texts

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
BLOCKS = pd.DataFrame(
    [("r", 1.0, 12, 0.24, 5, None, 3.0), ("f", 1.0, 25, 0.5, 1, 1.0, None), ("f", 3.0, 10, 0.2, 3, 2.0, 1.0), ("m", 7.5, 9, 0.18, 1, 2.5, None)],
    columns=["measure", "value", "customers", "share", "score", "to_better", "to_worse"],
)
CHECKS = pd.DataFrame(
    [("one_order", 4, 50, 0.08, "firm", 1), ("order_today", 40, 50, 0.8, "meant", 1), ("seven_days", 1, 50, 0.02, "firm", 1),
     ("one_order_or_seven_days", 5, 50, 0.1, "fair", 1), ("method_jenks", 20, 50, 0.4, "differ", 1), ("method_interpolated", 3, 50, 0.06, "agree", 1),
     ("shuffle", 0, 50, 0.0, "proved", 3), ("rank_first", 12, 50, 0.24, "contrast", 3)],
    columns=["check", "customers", "n", "value", "verdict", "times"],
)  # fmt: skip


def test_blocks_of_fewer_than_ten_are_not_shown():
    chart = charts.draw_ties(BLOCKS, texts=ENGLISH)
    axes = chart.figure.axes[0]
    assert [bar.get_width() for bar in axes.patches] == [0.5, 0.2, 0.24]  # orders first, then days
    assert [label.get_text() for label in axes.get_yticklabels()] == ["One order", "3 orders", "Ordered a day ago"]
    assert [text.get_text() for text in axes.texts] == [
        "50.0% · score 1\nnext score in one order", "20.0% · score 3\nnext score in 2 orders", "24.0% · score 5, the best",
    ]  # fmt: skip
    assert "7.5" not in chart.data.to_csv()
    assert chart.title == "50.0% of customers ordered exactly once, so they share one score"
    assert charts.draw_ties(BLOCKS, texts=CHINESE).title == "50.0% 的客户都恰好有 1 单，因此得分相同"


@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_nothing_to_show_is_said(texts):
    none = BLOCKS[BLOCKS.measure == "m"]
    assert charts.draw_ties(none, texts=texts).title == texts.say("chart-ties-none")
    assert story.tell_ties(none, texts=texts).sentences == (texts.say("chart-ties-none"),)
    assert story.tell_certificate(CHECKS.iloc[:0], texts=texts).sentences == (texts.say("story-few-buyers"),)
    assert charts.list_checks(CHECKS.iloc[:0], texts=texts).frame.empty


def test_the_checks_are_a_table_in_words():
    shown = charts.list_checks(CHECKS, texts=ENGLISH).frame
    assert shown.iloc[6].tolist() == [
        "Rows shuffled and customers renumbered, 3 times", "50", "0", "0.0%", "Proved: no label depends on the order of the rows or on customer numbers.",
    ]  # fmt: skip
    assert charts.list_checks(CHECKS, texts=CHINESE).frame.iloc[1].tolist() == ["今天多下一单", "50", "40", "80.0%", "理应如此：标签本就该随订单而变。"]


def test_the_certificate_is_told():
    assert story.tell_certificate(CHECKS, texts=ENGLISH).sentences == (
        "5 customers (10.0%) stand near a border: one more order, or seven more days of silence, would bring another segment.",
        "With cut points found in another way, so many customers would be in another segment: natural breaks 40.0%, interpolated quantiles 6.0%.",
        "50 customers were shuffled and renumbered 3 times: not one label changed. Under the widely copied recipe 24.0% of segments would have changed by chance.",
    )
    assert story.tell_certificate(CHECKS, texts=CHINESE).sentences[0] == "5 位客户（10.0%）处在分界边缘：多下一单，或再沉默 7 天，细分就会改变。"
    assert story.tell_ties(BLOCKS, texts=ENGLISH).sentences == (
        "The largest block of equals: 25 customers (50.0%) who ordered exactly once. No method can part them fairly, so they share score 1.",
    )
