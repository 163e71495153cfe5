"""Pictures, tables and sentences of tags: bars, cells and words from a handful of tags, in both languages."""

import datetime as dt

import matplotlib.colors
import pandas as pd
import pytest

from analysis.charts.tag_tables import list_catalogue, list_changes, list_groups, list_values
from analysis.charts.tags import MOST, draw_changes, draw_coverage, draw_overlap, sum_changes
from analysis.palette import ACCENT, LIGHT, LOSS
from analysis.story.tags import tell_catalogue, tell_changes, tell_findings, tell_groups, tell_overlap
from analysis.texts import Texts
from chart_frames import frame

SINCE = dt.date(2011, 11, 9)
COVERAGE = frame(
    "tag value category type customers share monetary monetary_share rule owner valid_days valid_until source",
    ("loyal", None, "behaviour", "boolean", 10, 0.2, 600.0, 0.6, "frequency >= 4", None, None, None, "core"),
    ("overdue", None, "risk", "boolean", 20, 0.4, 100.0, 0.1, "x", "Ann", 30, None, "core"),
    ("interested", None, "interest", "boolean", 0, 0.0, 0.0, 0.0, "x", None, None, dt.date(2012, 1, 31), "core"),
    ("high_value_unhappy", None, "risk", "boolean", 1, 0.02, 90.0, 0.09, "x", None, None, None, "core"),
    ("spending", None, "value", "level", 50, 1.0, 1000.0, 1.0, "x", None, None, None, "core"),
    ("spending", "high", "value", "level", 5, 0.1, 500.0, 0.5, "x", None, None, None, "core"),
    ("favourite", "<b>Tea</b>", "interest", "text", 30, 0.6, 400.0, 0.4, "x", None, None, None, "core"),
)
OVERLAP = frame(
    "tag other customers customers_other both jaccard lift",
    ("overdue", "loyal", 20, 10, 4, 4 / 26, 1.0), ("overdue", "recent", 20, 12, 0, 0.0, 0.0), ("loyal", "recent", 10, 12, 10, 10 / 12, 4.1667),
)  # fmt: skip
CHANGES = frame(
    "tag kind before after customers newcomers",
    ("loyal", "gained", None, None, 3, 1), ("loyal", "lost", None, None, 5, 0), ("overdue", "lost", None, None, 2, 0), ("spending", "changed", "mid", "high", 4, 0),
    ("spending", "changed", "low", "mid", 1, 0),
)  # fmt: skip
FINDINGS = frame(
    "tag finding other customers",
    ("promoter", "wanting", "nps", 0),
    ("price_class", "level_overlap", "premium / budget", 1),
    ("loyal", "ended", "2011-12-01", 0),
)
NOTHING = FINDINGS.iloc[:0]
LANGS = pytest.mark.parametrize("lang", ["en", "zh"])


def texts(lang="en"):
    return Texts(lang, "GBP")


def bars(chart):
    return [
        (round(patch.get_y() + patch.get_height() / 2, 2), round(patch.get_width(), 4), matplotlib.colors.to_hex(patch.get_facecolor()))
        for patch in chart.figure.axes[0].patches
    ]


@LANGS
def test_coverage_stands_by_category(lang):
    """Behaviour: heading at 0, loyal at 1; then, 1.3 further, risk at 2.3: overdue at 3.3, the alert at 4.3; who nobody has is not drawn, nor are levels."""
    chart = draw_coverage(COVERAGE, texts=texts(lang))
    assert bars(chart) == [
        (0.81, 0.2, LIGHT), (3.11, 0.4, LIGHT), (4.11, 0.02, LIGHT), (1.19, 0.6, ACCENT), (3.49, 0.1, LOSS), (4.49, 0.09, LOSS),
    ]  # fmt: skip
    assert (
        chart.title
        == {
            "en": "20 customers have the tag “Overdue”: 40.0% of all, with 10.0% of revenue",
            "zh": "标签“逾期未购”覆盖 20 位客户（40.0%），占收入的 10.0%",
        }[lang]
    )
    labels = [label.get_text() for label in chart.figure.axes[0].get_yticklabels()]
    assert (
        labels
        == {
            "en": ["Loyal repeat buyer", "Overdue", "High value, unhappy", "Behaviour", "Risk"],
            "zh": ["忠诚复购", "逾期未购", "高价值低满意", "购买行为", "风险预警"],
        }[lang]
    )
    assert "10.0%" in chart.alt


@LANGS
def test_overlap_is_read_by_row(lang):
    """Of 10 loyal all are recent, of 12 recent 10 are loyal; the order is by size: overdue, recent, loyal."""
    chart = draw_overlap(OVERLAP, texts=texts(lang))
    cells = {(int(text.get_position()[1]), int(text.get_position()[0])): text.get_text() for text in chart.figure.axes[0].texts}
    assert cells == {(0, 1): "0%", (0, 2): "20%", (1, 0): "0%", (1, 2): "83%", (2, 0): "40%", (2, 1): "100%"}
    assert (
        chart.title
        == {
            "en": "Of those with “Loyal repeat buyer”, 100% also have “Bought lately”: 4.2 times as many as by chance",
            "zh": "带有“忠诚复购”标签的客户中，100% 同时带有“近期购买”，是随机情况的 4.2 倍",
        }[lang]
    )
    assert chart.data["both"].tolist() == [10, 4, 0]  # the most telling pair first


def test_a_tag_inside_another_is_no_finding_where_there_is_another():
    """Whoever is promoter is recent, by 3 to 1; of the 10 loyal, half are high value, twice as many as by chance."""
    rows = frame(" ".join(OVERLAP.columns), ("recent", "promoter", 12, 5, 5, 5 / 12, 3.0), ("loyal", "high_value", 10, 20, 5, 0.2, 2.0))
    assert draw_overlap(rows, texts=texts()).title == "Of those with “Loyal repeat buyer”, 50% also have “High value”: 2.0 times as many as by chance"


@LANGS
def test_gains_go_right_and_losses_left(lang):
    chart = draw_changes(CHANGES, SINCE, texts=texts(lang))
    assert bars(chart) == [(0.0, 3.0, ACCENT), (1.0, 0.0, ACCENT), (0.0, -5.0, LOSS), (1.0, -2.0, LOSS)]
    assert (
        chart.title
        == {
            "en": "Since 9 Nov 2011, “Loyal repeat buyer” was gained by 3 and lost by 5",
            "zh": "自 2011年11月9日 以来，“忠诚复购”新打标 3 位，掉标 5 位",
        }[lang]
    )
    assert sum_changes(CHANGES).to_dict("list") == {"tag": ["loyal", "overdue", "spending"], "gained": [3, 0, 0], "lost": [5, 2, 0], "changed": [0, 0, 5]}


@LANGS
def test_where_there_is_nothing_the_pictures_say_so(lang):
    said = texts(lang)
    charts = [
        draw_coverage(COVERAGE.iloc[:0], texts=said), draw_coverage(COVERAGE.iloc[2:3], texts=said), draw_overlap(OVERLAP.iloc[:0], texts=said),
        draw_overlap(OVERLAP.iloc[1:2], texts=said), draw_changes(CHANGES.iloc[:0], None, texts=said), draw_changes(CHANGES.iloc[:0], SINCE, texts=said),
        draw_changes(CHANGES.iloc[3:], SINCE, texts=said),
    ]  # fmt: skip
    for chart in charts:
        assert "svg" in chart._repr_mimebundle_()[0]["image/svg+xml"]
    assert charts[4].title == {"en": "First report: there are no earlier tags to compare with", "zh": "首份报告：暂无更早的标签可比较"}[lang]
    assert (
        charts[5].title == charts[6].title == {"en": "No customer gained or lost a tag since 9 Nov 2011", "zh": "自 2011年11月9日 以来没有客户打标或掉标"}[lang]
    )


def test_of_very_many_tags_the_largest_are_drawn():
    rows = [(f"t{n}", None, "own", "boolean", n, n / 100, 1.0, 0.01, "x", None, None, None, "own") for n in range(1, MOST + 6)]
    said = Texts("en", words={f"tag-t{n}": f"T{n}" for n in range(1, MOST + 6)})
    chart = draw_coverage(frame(" ".join(COVERAGE.columns), *rows), texts=said)
    assert chart.data.iloc[:, 0].tolist() == [f"T{n}" for n in range(MOST + 5, 5, -1)]


def test_the_catalogue_is_a_table():
    shown = list_catalogue(COVERAGE, texts=texts()).frame
    assert shown["Tag"].tolist() == ["Loyal repeat buyer", "Overdue", "Interested, not bought", "High value, unhappy", "Spending"]
    assert shown["Validity"].tolist() == ["Always", "30 days after the date of the rule", "Until 31 Jan 2012", "Always", "Always"]
    assert shown["Owner"].tolist() == ["–", "Ann", "–", "–", "–"]
    assert shown["Customers with it"].tolist()[:2] == ["10", "20"] and shown["Share of customers"].tolist()[0] == "20.0%"
    assert list_catalogue(COVERAGE.iloc[:1], texts=texts()).frame.columns.tolist() == ["Tag", "Category", "Meaning", "Customers with it", "Share of customers"]
    assert list_catalogue(COVERAGE, texts=texts("zh")).frame["有效期"].tolist()[1:3] == ["规则日期后 30 天内", "至 2012年1月31日"]


def test_values_groups_and_changes_are_tables():
    values = list_values(COVERAGE, texts=texts())
    assert values.frame.iloc[:, :3].to_numpy().tolist() == [["Spending", "High", "5"], ["Favourite category", "<b>Tea</b>", "30"]]
    assert "<b>Tea" not in values._repr_mimebundle_()["text/html"]
    groups = frame("group customers share monetary monetary_share rule", ("calls", 3, 0.06, 120.0, 0.12, "x"))
    assert list_groups(groups, texts=Texts("zh", "GBP", {"tag-group-calls": "本周致电"})).frame.iloc[0].tolist() == [
        "本周致电",
        "3",
        "6.0%",
        "£120.00",
        "12.0%",
    ]
    assert list_changes(CHANGES, texts=texts()).frame.iloc[3].tolist() == ["Spending", "Changed", "Middle", "High", "4", "0"]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", (
            "5 tags are in force: behaviour 1, interest 1, value 1, risk 2.",
            "The most frequent yes-or-no tag is “Overdue”: 40.0% of customers, with 10.0% of revenue.",
            "Head for head, “High value, unhappy” is worth most: 2.0% of customers bring 9.0% of revenue.",
            "1 customer of high value is unhappy, with £90.00 of revenue so far: call them first.",
            "One more tag of the packs is left out for want of data: Promoter.",
        )),
        ("zh", (
            "目前启用 5 个标签：购买行为 1 个、兴趣偏好 1 个、客户价值 1 个、风险预警 2 个。",
            "覆盖最广的是否类标签是“逾期未购”：占客户的 40.0%，贡献收入的 10.0%。",
            "按人均价值，“高价值低满意”最高：2.0% 的客户贡献了 9.0% 的收入。",
            "有 1 位高价值客户满意度低，累计收入 £90.00，应优先联系。",
            "标签包中另有 1 个标签因缺少数据未启用：推荐者。",
        )),
    ],
)  # fmt: skip
def test_what_is_said_of_the_catalogue(lang, expected):
    assert tell_catalogue(COVERAGE, FINDINGS, texts=texts(lang)).sentences == expected


def test_what_is_said_of_overlap():
    assert tell_overlap(OVERLAP, texts=texts()).sentences == (
        "“Loyal repeat buyer” and “Bought lately” overlap most: 10 have both, 83% of those who have either.",
    )
    more = pd.concat([OVERLAP, frame(" ".join(OVERLAP.columns), ("loyal", "promoter", 100, 20, 19, 19 / 101, 9.5), ("loyal", "overdue", 3, 3, 2, 0.5, 99.0))])
    assert tell_overlap(more, texts=texts("zh")).sentences[1] == "“忠诚复购”与“推荐者”同时出现的频率是随机情况的 9.5 倍。"
    assert tell_overlap(OVERLAP.iloc[:0], texts=texts()).sentences == ("No two tags are given to the same customers.",)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", (
            "Since the report of 9 Nov 2011, tags were gained 3 times and lost 7 times, 1 of the gains by customers who are new since then.",
            "“Loyal repeat buyer” moved most: 3 gained it, 5 lost it.",
            "5 customers changed level, most often in “Spending” from Middle to High.",
        )),
        ("zh", (
            "自 2011年11月9日 的报告以来，共打标 3 次、掉标 7 次，其中 1 次打标来自新增客户。",
            "变化最大的是“忠诚复购”：3 位打标，5 位掉标。",
            "5 位客户的等级发生变更，最常见的是“消费力”由中变为高。",
        )),
    ],
)  # fmt: skip
def test_what_is_said_of_changes(lang, expected):
    assert tell_changes(CHANGES, SINCE, texts=texts(lang)).sentences == expected
    assert tell_changes(CHANGES.iloc[3:], SINCE, texts=texts(lang)).sentences[-1] == expected[-1]


def test_the_first_report_and_a_quiet_month_are_told():
    assert tell_changes(CHANGES.iloc[:0], None, texts=texts()).sentences[0].startswith("This is the first report")
    assert tell_changes(CHANGES.iloc[:0], SINCE, texts=texts("zh")).sentences == ("自 2011年11月9日 的报告以来，没有客户打标或掉标。",)
    assert tell_catalogue(COVERAGE.iloc[:0], NOTHING, texts=texts()).sentences == ("No tags are in force.",)


def test_findings_are_told():
    assert tell_findings(NOTHING, texts=texts()).sentences == ("No tag needs attention.",)
    assert tell_findings(FINDINGS, texts=texts()).sentences[1:] == (
        "1 customer meets the conditions of two levels of the tag “Price class” at once: Premium / Budget. The first one counts; if the levels should exclude each other, change the rules.",
        "The tag “Loyal repeat buyer” ended on 1 Dec 2011 and is not given any more. Give it a new end, or take it out.",
    )


GROUPS = frame(
    "group customers share monetary monetary_share",
    ("party", 1, 0.1, 300.0, 0.3), ("club", 0, 0.0, 0.0, 0.0), ("few", 4, 0.4, 200.0, 0.2),
)  # fmt: skip


def test_groups_are_told_the_richest_first_and_empty_ones_by_name():
    named = {"tag-group-party": "Party", "tag-group-club": "Club", "tag-group-few": "Few"}
    texts = Texts("en", "GBP", named)
    assert tell_groups(GROUPS, texts=texts).sentences == (
        "The group “Party” brings most: one customer (10.0% of all) with 30.0% of revenue. Every group can be written as a list: workbook export --group.",
        "Nobody is in the group Club.",
    )
    assert tell_groups(GROUPS.iloc[1:2], texts=texts).sentences == ("Nobody is in the group Club.",)
    assert tell_groups(GROUPS.iloc[:0], texts=texts).sentences == (texts.say("tag-story-groups-none"),)
