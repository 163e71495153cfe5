"""Cards and pictures of what would move a label: ranges in words at their edges, bars as long as the shares, both languages."""

from decimal import Decimal

import pandas as pd
import pytest

from analysis.charts import reasons as charts
from analysis.charts.card import list_card
from analysis.models.reasons import Measure, Why
from analysis.story import reasons as story
from analysis.texts import Texts

D = Decimal
ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
RULES = pd.DataFrame(
    [("champions", 1, True, 0.0, 13.0, 4.0, None, None, None), ("at_risk", 1, True, 71.0, None, 2.0, 2.0, None, 10.0), ("at_risk", 2, True, None, None, 3.0, 5.0, 10.0001, None),
     ("hibernating", 1, False, 71.0, None, 1.0, 2.0, None, None)],
    columns=["segment", "part", "exact", "r_low", "r_high", "f_low", "f_high", "m_low", "m_high"],
)  # fmt: skip
REASONS = pd.DataFrame(
    [("champions", 20, 600.0, 0, None, 0, 4, 90.0, 20, 600.0, "loyal", 20), ("at_risk", 5, 100.0, 5, "champions", 3, 0, 0.0, 1, 40.0, "hibernating", 1),
     ("hibernating", 25, 300.0, 25, "new", 24, 0, 0.0, 0, 0.0, None, 0)],
    columns=["segment", "customers", "monetary", "lifted", "lifted_to", "lifted_to_customers", "falls_7", "money_7", "falls_30", "money_30", "falls_to", "falls_to_customers"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("band", "english", "chinese"),
    [
        (("r", 0, 13), "at most 13 days since the last order", "距上次下单不超过 13 天"),
        (("r", 0, 1), "at most one day since the last order", "距上次下单不超过 1 天"),
        (("r", 0, 0), "an order on the last day", "最后一天下过单"),
        (("r", 14, 31), "14–31 days since the last order", "距上次下单 14–31 天"),
        (("r", 180, None), "at least 180 days since the last order", "距上次下单至少 180 天"),
        (("f", 1, 1), "one order", "1 单"),
        (("f", 1, 2), "at most 2 orders", "不超过 2 单"),
        (("f", 6, None), "at least 6 orders", "至少 6 单"),
        (("m", None, 244.41), "at most £244.41 of revenue", "消费不超过 £244.41"),
        (("m", 244.4101, 473.81), "£244.42 to £473.81 of revenue", "消费 £244.42 至 £473.81"),
        (("m", 10.0, 19.9999), "£10.00 to £19.99 of revenue", "消费 £10.00 至 £19.99"),
        (("m", None, None), "", ""),
    ],
)
def test_a_range_in_words(band, english, chinese):
    assert charts.say_band(*band, ENGLISH) == english
    assert charts.say_band(*band, CHINESE) == chinese


def test_segments_are_listed_with_their_reasons():
    shown = charts.list_reasons(REASONS, RULES, texts=ENGLISH).frame
    assert shown.values.tolist() == [
        ["Champions", "at most 13 days since the last order, at least 4 orders", "20", "£600.00", "all stay", "20 customers fall to “Loyal”"],
        ["At risk", "at least 71 days since the last order, 2 orders, at most £10.00 of revenue; or 3–5 orders, at least £10.01 of revenue", "5", "£100.00",
         "60% move to “Champions”", "one customer falls to “Hibernating”"],
        ["Hibernating", "by single scores, between: at least 71 days since the last order, at most 2 orders", "25", "£300.00", "96% move to “New”", "nobody falls"],
    ]  # fmt: skip
    assert charts.list_reasons(REASONS, RULES, texts=CHINESE).frame.iloc[0].tolist()[4:] == ["均不变", "20 位转为“忠诚客户”"]


def test_one_customer_on_a_card():
    why = Why(
        "at_risk",
        (Measure("r", D(80), 1, D(71), None, D(10), None), Measure("f", D(2), 2, D(2), D(3), D(2), D(1)), Measure("m", D("12.5"), 3, D("10.0001"), D(20), D("7.5001"), D("2.5"))),
        2, "champions", 1, "hibernating", D("12.5"),
    )  # fmt: skip
    card = list_card("C-0123456789", why, texts=ENGLISH)
    assert card.caption == "Why C-0123456789 is in “At risk”"
    assert card.frame.Answer.tolist() == [
        "80 days ago: score 1 (at least 71 days since the last order); 10 days more recent would score higher",
        "2 orders: score 2 (2–3 orders); 2 more orders would score higher; one order fewer would score lower",
        "£12.50: score 3 (£10.01 to £20.00 of revenue); £7.51 more would score higher; £2.50 less would score lower",
        "2 more orders → “Champions”",
        "One more day without an order → “Hibernating”",
        "£12.50 of revenue so far",
    ]
    nothing = list_card("C-1", Why("at_risk", (), None, None, None, None, D(0)), texts=CHINESE)
    assert nothing.frame["回答"].tolist() == ["再下单也不会改变。", "再沉默下去也不会改变。", "累计贡献 £0.00"]


def test_who_slips_is_drawn_by_money():
    chart = charts.draw_slipping(REASONS, texts=ENGLISH)
    axes = chart.figure.axes[0]
    assert [round(bar.get_width(), 6) for bar in axes.patches] == [0.4, 0.02, 0.6, 0.04]  # of 50 customers, then of 1,000 of money
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Champions → Loyal", "At risk → Hibernating"]
    assert chart.title == "Unless they order, 21 customers leave their segment within 30 days, with £640.00 of revenue so far"
    assert charts.draw_slipping(REASONS.iloc[2:], texts=ENGLISH).title == "Nobody changes segment within 30 days, even without an order"
    assert charts.draw_slipping(REASONS.iloc[:0], texts=CHINESE).title == "即使不下单，30 天内也没有客户的细分会改变"


def test_who_slips_is_told():
    assert story.tell_slipping(REASONS, texts=ENGLISH).sentences[:2] == (
        "Within seven days without an order 4 customers leave their segment; within 30 days 21 do (42.0%).",
        "Most money is at stake in “Champions”: 20 customers with £600.00 so far; most often they would be in “Loyal”.",
    )
    assert story.tell_slipping(REASONS, texts=CHINESE).sentences[0] == "若不下单，7 天内将有 4 位客户离开现有细分，30 天内有 21 位（42.0%）。"
    assert story.tell_reasons(REASONS, texts=ENGLISH).sentences[0] == "One order today would bring most customers from “Hibernating” to “New”: 24 of them."
    few = REASONS.iloc[:1].assign(segment="unclassified", lifted=0, falls_30=0)
    assert story.tell_slipping(few, texts=ENGLISH).sentences == (ENGLISH.say("story-few-buyers"),)
    assert story.tell_reasons(few, texts=CHINESE).sentences == (CHINESE.say("story-few-buyers"),)
    assert story.tell_reasons(REASONS.iloc[:1], texts=CHINESE).sentences == ("今天下一单，没有客户的细分会改变。",)
