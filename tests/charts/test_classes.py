"""Classes in pictures, tables and sentences: bars as long as the shares, cells with the right numbers, radars, intervals; both languages."""

from decimal import Decimal

import pandas as pd
import pytest

from analysis.charts import class_profiles, classes
from analysis.palette import colour
from analysis.story import classes as story
from analysis.texts import LOCALES, Texts

ENGLISH, CHINESE = Texts("en"), Texts("zh")
CLASSES = pd.DataFrame(
    [
        ("need", "high_end", 10, 0.1, 10, 0.125, Decimal(300), 0.3), ("need", "potential", 5, 0.05, 0, 0.0, Decimal(0), 0.0),
        ("need", "basic", 70, 0.7, 70, 0.875, Decimal(700), 0.7), ("need", None, 15, 0.15, 0, 0.0, Decimal(0), 0.0),
        ("relationship", "prospect", 20, 0.2, 0, 0.0, Decimal(0), 0.0), ("relationship", "key", 8, 0.08, 8, 0.1, Decimal(500), 0.5),
        ("relationship", "existing", 72, 0.72, 72, 0.9, Decimal(500), 0.5), ("behaviour", "lost", 0, 0.0, 0, 0.0, Decimal(0), 0.0),
    ],
    columns=["column", "key", "customers", "customers_pct", "buyers", "buyers_pct", "monetary", "monetary_pct"],
)  # fmt: skip
SEGMENTS = ("champions", "loyal", "at_risk")
CROSSED = pd.DataFrame(
    [
        ("value_class", "high", "champions", 90, 100, 0.9, 0.5, True, Decimal(1)), ("value_class", "low", "champions", 10, 100, 0.1, 0.5, True, Decimal(1)),
        ("value_class", "high", "at_risk", 10, 100, 0.1, 0.5, True, Decimal(1)), ("value_class", "low", "at_risk", 90, 100, 0.9, 0.5, True, Decimal(1)),
        ("value_class", "low", "loyal", 4, 4, 1.0, 0.5, False, Decimal(1)),
        ("behaviour", "regular", "champions", 100, 100, 1.0, 0.4, True, Decimal(1)), ("behaviour", "lost", "at_risk", 100, 100, 1.0, 0.6, True, Decimal(1)),
    ],
    columns=["column", "key", "segment", "customers", "size", "share", "overall", "differs", "monetary"],
)  # fmt: skip
KEYS = {"value_class": ("high", "mid", "low"), "behaviour": ("new", "regular", "lost")}
PROFILES = pd.DataFrame(
    [("high", "frequency", 20, 8.0, 4.0, 2.0), ("high", "price_level", 20, 0.6, 0.5, 1.2), ("high", "categories", 20, 6.0, 2.0, 3.0),
     ("low", "frequency", 80, 2.0, 4.0, 0.5), ("low", "price_level", 80, 0.4, 0.5, 0.8), ("low", "categories", 80, 1.0, 2.0, 0.5),
     ("mid", "frequency", 9, 4.0, 4.0, 1.0), ("mid", "price_level", 9, 0.5, 0.5, 1.0), ("mid", "categories", 9, 2.0, 2.0, 1.0)],
    columns=["key", "feature", "customers", "value", "average", "ratio"],
)  # fmt: skip
LOYALTY = pd.DataFrame(
    [("champions", "repurchase", 0.9, 50, 0.8, 0.95), ("loyal", "repurchase", 0.5, 4, 0.15, 0.85), (None, "repurchase", 0.655, 100, 0.55, 0.74),
     (None, "recommendation", -0.3, 40, -25.4, 24.8), (None, "satisfaction", 0.8, 1, 0.2, 0.99)],
    columns=["group", "part", "value", "n", "low", "high"],
)  # fmt: skip
RULES = pd.DataFrame(
    [("need", 1, "high_end", "price_level >= 0.6", True), ("care", 1, "gold", "frequency > 1", False), ("care", 2, "plain", None, False)],
    columns=["column", "place", "key", "rule", "is_ours"],
)


def test_bars_are_as_long_as_the_shares():
    chart = classes.draw_classes(CLASSES, texts=ENGLISH)
    need, relationship = (axes for axes in chart.figure.axes if axes.patches)
    assert [axes.get_title(loc="left") for axes in (need, relationship)] == ["Need (inferred)", "Relationship"]
    assert [bar.get_width() for bar in need.patches] == [
        0.1,
        0.05,
        0.7,
        0.15,
        0.3,
        0,
        0.7,
        0,
    ]  # customers, then revenue; classes without customers are left out
    assert [text.get_text() for text in relationship.get_yticklabels()] == ["Prospect", "Key customer", "Existing\ncustomer"]
    high = colour("value_tier", "high")
    assert need.patches[4].get_facecolor()[:3] == pytest.approx([int(high[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    assert chart.title == "Relationship: the class “Key customer” is 8.0% of customers and brings 50.0% of revenue"
    assert "Need (inferred): High-end need 10.0% and 30.0%, Potential need 5.0% and 0.0%" in chart.alt and "Unknown 15.0% and 0.0%." in chart.alt
    assert chart.data.iloc[0].tolist() == ["Need (inferred)", "High-end need", 10, 0.1, 0.3]


def test_shares_in_chinese_and_without_anything():
    assert classes.draw_classes(CLASSES, texts=CHINESE).title == "客户关系：“重点客户”占客户的 8.0%，贡献 50.0% 的收入"
    for lang in LOCALES:
        empty = classes.draw_classes(CLASSES.head(0), texts=Texts(lang))
        assert empty.title == Texts(lang).say("chart-classes-none") and repr(empty)


def test_where_nobody_has_spent_anything_customers_are_named():
    free = CLASSES.assign(monetary=Decimal(0), monetary_pct=0.0)
    assert classes.draw_classes(free, texts=ENGLISH).title == "Relationship: 72.0% of customers are in the class “Existing customer”"


def test_a_cell_is_a_share_of_the_segment_and_few_are_left_out():
    chart = classes.draw_class_heat(CROSSED, KEYS, SEGMENTS, texts=ENGLISH)
    (axes,) = chart.figure.axes
    assert [text.get_text() for text in axes.get_xticklabels()] == ["Champions", "Loyal", "At risk"]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["Value", "High value", "Low value", "Behaviour", "Regular", "Lost"]
    drawn = {(int(text.get_position()[1]), int(text.get_position()[0])): text.get_text() for text in axes.texts if text.get_text().endswith("%")}
    # below the name of each dimension its classes; loyal are four
    assert drawn == {(1, 0): "90%", (1, 2): "10%", (2, 0): "10%", (2, 2): "90%", (4, 0): "100%", (4, 2): "0%", (5, 0): "0%", (5, 2): "100%"}
    assert chart.title == "Champions: 90.0% are in the class “High value” (Value), of all customers 50.0%"  # not the stage, which segments are made of
    assert classes.draw_class_heat(CROSSED, KEYS, SEGMENTS, texts=CHINESE).title == "冠军客户中 90.0% 属于“高价值”（价值等级），全部客户中为 50.0%"
    even = classes.draw_class_heat(CROSSED.assign(differs=False), KEYS, SEGMENTS, texts=ENGLISH)
    assert even.title == "The classes are spread alike over all segments"


def test_rare_values_of_an_attribute_stand_together_and_hostile_ones_are_short():
    hostile = "<script>$\\frac{$" + "x" * 10_000
    rows = [("city", f"c{n}", "champions", 30 - n, 200, (30 - n) / 200, 0.1, False, 0) for n in range(8)] + [
        ("city", hostile, "champions", 50, 200, 0.25, 0.1, True, 0)
    ]
    chart = classes.draw_attribute_heat(pd.DataFrame(rows, columns=CROSSED.columns), SEGMENTS, most=(1, 4), texts=ENGLISH)
    (axes,) = chart.figure.axes
    labels = [text.get_text().replace("\n", "") for text in axes.get_yticklabels()]
    assert labels[2:] == ["c0", "c1", "Others"] and labels[1].startswith("<script>$") and len(labels[1]) <= 28
    shown = [text.get_text() for text in axes.texts if text.get_text().endswith("%")]
    assert shown == ["25%", "15%", "14%", "76%"]  # 50, 30 and 29 of 200; the rest 28 + 27 + 26 + 25 + 24 + 23 = 153
    assert "<script>" in chart.title and len(chart.title) < 120
    assert "$" in chart._repr_mimebundle_()[0]["image/svg+xml"] and "<script>" not in chart._repr_mimebundle_()[0]["image/svg+xml"]
    assert classes.draw_attribute_heat(CROSSED.head(0), SEGMENTS, texts=ENGLISH).title == "No attribute with two to twelve values is known"


def test_a_radar_reaches_its_edge_at_twice_the_average():
    chart = class_profiles.draw_value_radar(PROFILES, texts=ENGLISH)
    (axes,) = chart.figure.axes
    assert [text.get_text() for text in chart.figure.legends[0].get_texts()] == ["High value", "Low value"]  # nine are too few to show
    high, low = ((line.get_xydata() ** 2).sum(axis=1) ** 0.5 for line in axes.lines[-2:])
    # twice as many orders: the edge; 1.2 of 2; three times: not beyond the edge; and back to the first
    assert high == pytest.approx([1, 0.6, 1, 1]) and low == pytest.approx([0.25, 0.4, 0.25, 0.25])
    assert {"average", "twice the average"} <= {text.get_text() for text in axes.texts}
    assert chart.data["value_class"].tolist() == ["high"] * 3 + ["low"] * 3 and chart.basis == "100 customers"
    assert chart.title == "High value: Categories bought at 3.0 times the average"
    assert class_profiles.draw_value_radar(PROFILES, texts=CHINESE).title == "高价值客户的购买品类数是平均水平的 3.0 倍"
    assert "Low value: Orders 0.5×, Price level 0.8×, Categories bought 0.5×." in chart.alt
    assert class_profiles.draw_value_radar(PROFILES.head(0), texts=ENGLISH).title == "The value classes hardly differ in their habits"


def test_loyalty_has_intervals_and_the_number_of_answers():
    chart = class_profiles.draw_loyalty(LOYALTY, SEGMENTS, texts=ENGLISH)
    again, score = chart.figure.axes
    assert [axes.get_title(loc="left") for axes in (again, score)] == ["Ordered again", "Net Promoter Score"]  # one answer on satisfaction is not shown
    assert [text.get_text() for text in again.get_yticklabels()] == ["All", "Champions"]  # nor four loyal customers
    bars = [line.get_xdata().tolist() for line in again.lines if len(line.get_xdata()) == 2]
    assert sorted(bars) == [[0.55, 0.74], [0.8, 0.95]]
    assert {text.get_text() for text in again.texts} == {"66%", "90%", "100", "50"}
    assert {text.get_text() for text in score.texts} == {"0", "40"}  # -0.3 is no "-0"
    assert chart.title == "65.5% of buyers have ordered again, and the recommendation score is 0 (between -25 and 25)"
    alone = class_profiles.draw_loyalty(LOYALTY[LOYALTY.part == "repurchase"], SEGMENTS, texts=ENGLISH)
    assert alone.title == "65.5% of 100 buyers have ordered again"
    assert class_profiles.draw_loyalty(LOYALTY.head(0), SEGMENTS, texts=CHINESE).title == "目前没有关于忠诚度的信息"


def test_rules_are_listed_with_who_set_them():
    texts = Texts("en", "", {"column-care": "Care", "class-care-gold": "Gold", "class-care-plain": "Plain"})
    shown = classes.list_rules(RULES, texts=texts).frame
    assert shown.columns.tolist() == ["Classification", "Class", "Who is in it", "Rule", "Set by"]
    assert shown.iloc[0, 3:].tolist() == ["price_level >= 0.6", "the workbook"] and "Inferred" in shown.iloc[0, 2]
    assert shown.iloc[1].tolist() == ["Care", "Gold", "As the rule says.", "frequency > 1", "your configuration"]
    assert shown.iloc[2, 1:3].tolist() == ["Plain", "Everybody else of whom something is known."]


def test_sentences_count_every_class_and_those_without_one():
    english = story.tell_classes(CLASSES, texts=ENGLISH).sentences
    assert english[1] == (
        "Relationship: Prospect 20 (20.0% of customers), Key customer 8 (8.0% of customers, 50.0% of revenue), Existing customer 72 (72.0% of customers, 50.0% of revenue)."
    )
    assert english[-1].startswith("Up to 15 customers have no class in some of these") and len(english) == 3
    assert story.tell_classes(CLASSES, columns=["relationship"], texts=CHINESE).sentences == (
        "客户关系：潜在客户 20 位（占客户 20.0%）、重点客户 8 位（占客户 8.0%，收入 50.0%）、现有客户 72 位（占客户 72.0%，收入 50.0%）。",
    )
    assert story.tell_classes(CLASSES.head(0), texts=ENGLISH).sentences == ("Nothing is known yet that customers could be classified by.",)


def test_needs_are_said_to_be_inferred():
    said = story.tell_need(CLASSES, texts=ENGLISH).sentences
    assert said[0].startswith(
        "Needs are inferred from prices, breadth and contacts; nobody was asked. 10 customers buy in the upper price range (11.8% of those who can be judged)"
    )
    assert said[0].endswith("bring 30.0% of their revenue.") and said[1] == "5 people have been in touch and not bought yet."
    assert "推断" in story.tell_need(CLASSES, texts=CHINESE).sentences[0]
    assert story.tell_need(CLASSES[CLASSES["column"] != "need"], texts=ENGLISH).sentences == ()


def test_only_differences_beyond_chance_are_told():
    assert (
        story.tell_differences(CROSSED, texts=ENGLISH).sentences
        == (
            "Customers at risk: 90.0% are in the class “Low value” (Value), against 50.0% of all customers.",
            "Champions: 90.0% are in the class “High value” (Value), against 50.0% of all customers.",
        )[::-1]
    )
    assert story.tell_differences(CROSSED.assign(differs=False), texts=ENGLISH).sentences == ("The classes are spread alike over all segments",)
    assert story.tell_differences(CROSSED.head(0), kind="attribute", texts=CHINESE).sentences == ("没有取值在 2 至 12 种之间的属性",)


def test_the_high_class_is_set_against_the_average():
    assert story.tell_profiles(PROFILES, texts=ENGLISH).sentences == (
        "Customers of the class “High value” (20) compared with the average buyer: Orders 2.0×, Price level 1.2×, Categories bought 3.0×.",
    )
    assert story.tell_profiles(PROFILES[PROFILES.customers < 10], texts=ENGLISH).sentences == ()


def test_the_parts_of_loyalty_are_told_apart():
    said = story.tell_loyalty(LOYALTY, texts=ENGLISH).sentences
    assert said[0] == "65.5% of 100 buyers have ordered again (95% interval 55.0% to 74.0%)."
    assert said[1].startswith("Net Promoter Score 0 (95% interval -25 to 25), from the last answers of 40 customers")
    assert "shown apart" in said[2] and len(said) == 3  # of one answer on satisfaction nothing is said
    more = story.tell_loyalty(LOYALTY.assign(n=20), texts=ENGLISH).sentences
    assert more[2] == "80.0% of 20 answers on satisfaction were satisfied (95% interval 20.0% to 99.0%); that is 4 or 5 on a scale of 1–5."
    assert story.tell_loyalty(LOYALTY[LOYALTY.part == "repurchase"], texts=CHINESE).sentences[-1] == "没有客户评价数据，忠诚度仅依据复购。"
    assert story.tell_loyalty(LOYALTY.head(0), texts=ENGLISH).sentences == ("Nothing is known of loyalty yet",)
