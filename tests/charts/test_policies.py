"""The tornado drawn and told: the largest first, customers beside money, in both languages."""

import pandas as pd
import pytest

from analysis.charts import policies as charts
from analysis.story import policies as story
from analysis.texts import Texts

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
POLICIES = pd.DataFrame(
    [("duplicates", "flag", "remove", 50, 0, 0.0, 0.0, 0.0, 50, 50, 1000.0, 980.0, 1.0), ("returns", "net", "remove", 52, 13, 0.25, 300.0, 0.3, 50, 52, 1000.0, 1250.0, 1.0),
     ("order", "id", "day", 50, 1, 0.02, 400.0, 0.4, 50, 50, 1000.0, 1000.0, 1.0)],
    columns=["rule", "action", "alternative", "customers", "customers_changed", "share", "money_moved", "money_share", "buyers_before", "buyers_after", "revenue_before",
             "revenue_after", "sampled"],
)  # fmt: skip


def test_the_choice_that_moves_most_stands_first():
    chart = charts.draw_policies(POLICIES, texts=ENGLISH)
    axes = chart.figure.axes[0]
    assert [round(bar.get_width(), 6) for bar in axes.patches] == [0.25, 0.02, 0, 0.3, 0.4, 0]  # customers, then their money
    assert [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()] == [
        "Returns: removed instead of netted", "What an order is: a customer’s day instead of an order number", "Exact duplicates: removed instead of kept (flagged)",
    ]  # fmt: skip
    assert chart.title == "25.0% of customers would change segment under another choice – Returns: removed instead of netted"
    assert charts.draw_policies(POLICIES, texts=CHINESE).title == "换一种方式（退货：由“与原订单冲抵”改为“剔除”），25.0% 的客户会改变细分"


def test_the_tornado_is_told():
    assert story.tell_policies(POLICIES, texts=ENGLISH).sentences == (
        "The choice that matters most: “Returns: removed instead of netted”. 13 customers of 52 (25.0%) would be in another segment, with £300.00 of revenue.",
        "Revenue would change most with “Returns: removed instead of netted”: £250.00 more.",
        "It makes no difference to the segments: Exact duplicates: removed instead of kept (flagged).",
    )
    sampled = story.tell_policies(POLICIES.assign(sampled=0.125), texts=CHINESE).sentences
    assert sampled[-1] == "以上按抽样的 12.5% 客户计算，每位客户的全部明细均计入。"


@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_nothing_to_compare_and_nothing_that_matters(texts):
    assert charts.draw_policies(POLICIES.iloc[:0], texts=texts).title == texts.say("chart-policies-empty")
    assert story.tell_policies(POLICIES.iloc[:0], texts=texts).sentences == (texts.say("story-policies-empty"),)
    assert charts.draw_policies(POLICIES.iloc[:1], texts=texts).title == texts.say("chart-policies-none")
    assert story.tell_policies(POLICIES.iloc[:1], texts=texts).sentences[0] == texts.say("story-policies-none")
