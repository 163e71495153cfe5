"""What is known of customers, drawn and told: bars worked out by hand, words in both languages, nothing of groups too small."""

import pandas as pd
import pytest

from analysis.charts import people as charts
from analysis.story import people as story
from analysis.texts import Texts

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
BY = pd.DataFrame(
    [
        ("type", "value", "individual", 1, 80, 2000.0, 0.8, 0.2),
        ("type", "value", "enterprise", 1, 20, 8000.0, 0.2, 0.8),
        ("city", "value", "Bath", 1, 50, 5000.0, 0.5, 0.5),
        ("city", "value", "<b>Wells</b>", 1, 30, 3000.0, 0.3, 0.3),
        ("city", "other", None, 7, 9, 900.0, 0.09, 0.09),
        ("city", "unknown", None, 0, 11, 1100.0, 0.11, 0.11),
    ],
    columns=["attribute", "kind", "value", "values", "customers", "monetary", "share", "money_share"],
)
KNOWN = pd.DataFrame([("type", 100, 1.0, 2), ("industry", 25, 0.25, 4)], columns=["attribute", "customers", "share", "distinct"])
COUNTS = pd.DataFrame(
    [("email", "merged", 3, 2, 30.0), ("phone", "merged", 1, 1, 5.0), ("guest_known", "merged", 1, 1, 8.0), ("guest_new", "merged", 2, 3, 9.0),
     ("parent", "merged", 2, 5, 1000.0), ("shared", "listed", 1, 4, 7.0), ("near", "listed", 2, 2, 3.0)],
    columns=["key", "action", "numbers", "orders", "monetary"],
)  # fmt: skip
PARTS = "3: same name and e-mail, 1: same name and phone"
ACCOUNTS = pd.DataFrame(
    [("C-1", 1, 1, 64, 1260.0, 0.42), ("C-2", 4, 5, 96, 900.0, 0.3)], columns=["account", "branches", "customers", "orders", "monetary", "share"]
)


def test_customers_stand_beside_their_money():
    chart = charts.draw_attribute(BY, texts=ENGLISH)
    axes = chart.figure.axes[0]
    assert [round(bar.get_width(), 6) for bar in axes.patches] == [0.8, 0.2, 0.2, 0.8]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Individual", "Enterprise"]
    assert chart.title == "Type: “Enterprise” is 20.0% of customers and 80.0% of revenue"
    assert charts.draw_attribute(BY, texts=CHINESE).title == "客户类型：“企业”占客户 20.0%，占收入 80.0%"


def test_groups_of_fewer_than_ten_are_not_drawn_and_strange_values_stay_text():
    chart = charts.draw_attribute(BY, attribute="city", texts=ENGLISH)
    assert chart.data["group"].tolist() == ["Bath", "<b>Wells</b>", "Unknown"] and chart.name == "people-city"
    shown = chart._repr_mimebundle_()[0]["text/html"]
    assert "<b>Wells" not in shown and "&lt;b&gt;Wells" in shown
    more = charts.draw_attribute(BY.assign(customers=BY.customers * 2), attribute="city", texts=ENGLISH)
    assert more.data["group"].tolist()[2] == "Other (7 values)"


@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_nothing_known_is_no_mistake(texts):
    assert charts.draw_attribute(BY[:0], texts=texts).title == texts.say("chart-people-none")
    assert len(story.tell_attributes(KNOWN[:0], texts=texts).sentences) == 1
    assert len(story.tell_accounts(ACCOUNTS[:0], texts=texts).sentences) == 1
    assert story.tell_identities(COUNTS[:0], texts=texts).sentences == (texts.say("people-all-one"),)
    assert charts.list_identities(COUNTS[:0], texts=texts).frame.empty


def test_what_was_found_is_told_in_whole_sentences():
    assert story.tell_identities(COUNTS, texts=ENGLISH).sentences == (
        f"4 numbers turned out to be second numbers of customers already known ({PARTS}). 3 orders under them, worth £35.00, now count with the customer they belong to.",
        "2 customers are so like somebody else that they may be the same person, and count apart.",
        "One guest is a known customer by e-mail or phone; one order worth £8.00 now counts with them.",
        "2 guests are told apart by e-mail or phone and are now customers, with 3 orders worth £9.00.",
        "2 branches count with their parents: 5 orders worth £1,000.",
        "One customer shares an e-mail or a phone with somebody of another name. They stay apart: families and colleagues do that.",
    )
    one = COUNTS[:1].assign(numbers=1, orders=0, monetary=0.0)
    assert story.tell_identities(one, texts=ENGLISH).sentences == (
        "One number turned out to be a second number of somebody already known (1: same name and e-mail). Nothing had been bought under it.",
    )
    listed = COUNTS[:1].assign(action="listed")
    assert story.tell_identities(listed, texts=CHINESE).sentences == (
        "有 3 个客户编号看来属于已有客户（姓名和邮箱相同 3 个）；按配置不作合并，仍各算一位客户。",
    )


def test_who_brings_more_than_their_part_is_told():
    assert story.tell_attribute(BY, texts=ENGLISH).sentences == (
        "“Enterprise” brings more than its part: 20.0% of customers, 80.0% of revenue.",
        "“Individual” brings less than its part: 80.0% of customers, 20.0% of revenue.",
    )
    assert story.tell_attribute(BY, attribute="city", texts=CHINESE).sentences == ("按“城市”划分，各类的收入占比与客户占比大致相当。",)


def test_attributes_and_accounts_are_told_and_listed():
    assert story.tell_attributes(KNOWN, texts=ENGLISH).sentences == ("Known of nearly everybody: Type.", "Least often told: Industry, by 25.0% of customers.")
    assert charts.list_attributes(KNOWN[::-1], texts=ENGLISH).frame.values.tolist() == [["Type", "100", "100.0%", "2"], ["Industry", "25", "25.0%", "4"]]
    assert story.tell_accounts(ACCOUNTS, texts=ENGLISH).sentences == (
        "The biggest account is C-1 with one branch: £1,260, 42.0% of revenue.", "The 2 accounts listed bring £2,160 together, 72.0% of revenue.",
    )  # fmt: skip
    assert charts.list_accounts(ACCOUNTS, texts=CHINESE).frame.iloc[0].tolist() == ["C-1", "1", "1", "64", "£1,260", "42.0%"]
    assert charts.list_identities(COUNTS, texts=ENGLISH).frame.iloc[0].tolist() == ["same name and e-mail", "made one", "3", "2", "£30.00"]
    pairs = pd.DataFrame([("C-1", "C-2", 0.975, 12.0)], columns=["customer", "other", "chance", "monetary"])
    assert charts.list_duplicates(pairs, texts=ENGLISH).frame.values.tolist() == [["C-1", "C-2", "97.5%", "£12.00"]]
