"""The summary in words: each sentence with its number, in both languages, for one and for many, for nobody, and where numbers are withheld."""

import datetime as dt
import math
import re
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.charts import summary as charts
from analysis.report.markup import clean_html
from analysis.story import alerts, changes, news, readers, summary
from analysis.texts import LOCALES, Texts
from chart_frames import AS_OF, LEDGER, SEGMENT_TABLE, frame

EN, ZH, NAN = Texts("en", "GBP"), Texts("zh", "GBP"), float("nan")
SINCE = dt.date(2025, 11, 30)


def series(active, revenue):
    """Write two series of the thirteen months to December 2025."""
    days = [day.date() for day in pd.date_range("2024-12-31", periods=13, freq="ME")]
    rows = [
        (measure, day, value, True)
        for measure, values in (("active_customers", active), ("revenue_30d", revenue))
        for day, value in zip(days[-len(values) :], values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["measure", "day", "value", "is_known"])


def people(*rows):
    return frame("kind level customers money", *rows) if rows else pd.DataFrame(columns=["kind", "level", "customers", "money"])


ACTIONS = frame(
    "scheme segment customers stake reachable undecided stake_share effort days reason concerned others",
    ("segment", "loyal", 30, 5000.0, 0, 9, 0.5, 0.42, 9.0, "late", 12.0, 18.0), ("segment", "new", 12, 100.0, 0, 1, 0.01, 0.08, 9.0, "once", 12.0, 0.0),
    ("segment", "champions", 10, 4900.0, 0, 0, 0.49, 0.5, 9.0, "money", NAN, NAN),
)  # fmt: skip
FIRST = (
    "To do first (Marketing): win back the 40 high-value customers who are silent for longer than usual; in the year up to their last order they spent £900.00."
)
FALL = frame(
    "level segment customers customers_before money money_before against since",
    ("watch", "loyal", 30, 60, 480.0, 1000.0, "year", SINCE), ("urgent", "champions", 30, 29, 700.0, 1000.0, "window", SINCE),
)  # fmt: skip
QUIET = FALL.iloc[:0]
SLIPPING, UNHAPPY = ("slipping", "urgent", 40, 900.0), ("unhappy", "watch", 1, 800.0)


def test_the_headline_has_three_sentences():
    told = summary.tell_headline(
        series([150.0] + [200.0] * 11 + [266.0], [500.0] + [800.0] * 11 + [1000.0]), people(SLIPPING, UNHAPPY), QUIET, ACTIONS, texts=EN
    )
    assert told.sentences == (
        "266 customers ordered in the last 30 days, 66 more than a month before.",
        "Revenue in these days was £1,000, 25.0% more than a month before (100.0% more than a year before).",
        FIRST,
    )
    chinese = summary.tell_headline(series([150.0] + [200.0] * 11 + [190.0], [500.0] + [800.0] * 11 + [400.0]), people(), QUIET, ACTIONS, texts=ZH)
    assert chinese.sentences == (
        "最近 30 天有 190 位客户下单，比一个月前少 10 位。",
        "同期收入 £400.00，比一个月前下降 50.0%，同比下降 20.0%。",
        "首要任务（市场）：“忠诚客户” 30 位客户，在最后一单之前的一年里消费了 £5,000。推荐更高一档：套装、大规格或会员权益。",
    )


@pytest.mark.parametrize(
    ("active", "revenue", "said"),
    [
        ([1.0, 1.0], [5.0, 5.0], ("One customer ordered in the last 30 days, as many as a month before.", "Revenue in these days was £5.00, the same as a month before.")),
        ([NAN, 0.0], [NAN, 0.0], ("Nobody ordered in the last 30 days.", "Revenue in these days was £0.00.")),
        ([4.0, NAN], [4.0, NAN], ("So few customers ordered in the last 30 days that their number is not shown.",)),
        ([NAN, 9.0], [NAN, 7.0], ("9 customers ordered in the last 30 days.", "Revenue in these days was £7.00.")),
        ([3.0, 2.0], [-5.0, 7.0], ("2 customers ordered in the last 30 days, 1 fewer than a month before.", "Revenue in these days was £7.00.")),
    ],
)  # fmt: skip
def test_what_is_not_known_is_not_compared(active, revenue, said):
    assert summary.tell_headline(series(active, revenue), people(), QUIET, ACTIONS.iloc[:0], texts=EN).sentences == said


def test_the_first_thing_to_do_is_where_most_money_is():
    def first(told, listed=ACTIONS, falls=QUIET, texts=EN):
        return summary.tell_headline(series([9.0], [9.0]), told, falls, listed, texts=texts).sentences[-1]

    assert first(people(SLIPPING, UNHAPPY)) == FIRST
    richer = people(SLIPPING, ("unhappy", "urgent", 1, 1000.0))
    assert (
        first(richer)
        == "To do first (Service): call the high-value customer who said that they are not satisfied; in the year up to the last order they spent £1,000."
    )
    assert first(people(UNHAPPY), falls=FALL) == "To do first (Sales): find out why “Champions” brings £300.00 less than before (30.0% less)."
    assert first(people(SLIPPING), falls=FALL) == FIRST and first(people(UNHAPPY), falls=FALL.iloc[:1]).startswith("To do first (Service): call")
    assert first(people(), falls=FALL.iloc[:1], texts=ZH) == "首要任务（市场）：查明“忠诚客户”的收入为何比以前少 £520.00（下降 52.0%）。"
    assert first(people(("slipping", "urgent", NAN, NAN))).startswith("To do first (Marketing): “Loyal”, 30 customers who spent £5,000 in the year")
    assert first(people(), ACTIONS.assign(customers=[NAN, 12, 10])).startswith("To do first (Service): “New”, 12 customers who spent £100.00")
    assert first(people(), ACTIONS.assign(segment="unclassified")).startswith("There are too few customers to tell groups apart")
    assert first(richer, texts=ZH) == "首要任务（客服）：联系 1 位表示不满意的高价值客户，他们在最后一单之前的一年里消费了 £1,000。"


def test_an_owner_may_be_called_otherwise():
    told = summary.tell_headline(series([9.0], [9.0]), people(SLIPPING), QUIET, ACTIONS, texts=Texts("en", "GBP", words={"owner-slipping": "Ms. Li"}))
    assert told.sentences[-1].startswith("To do first (Ms. Li): win back")


def test_who_earns_most_and_whether_to_trust_it():
    told = summary.tell_standing(SEGMENT_TABLE, LEDGER, as_of=AS_OF, texts=EN).sentences
    assert told[0] == "Champions bring most: £600.00 so far, 60.0% of all revenue, from 10 customers (20.0% of all)."
    assert told[1] == "The data can be trusted: 1.0% of the rows could not be read, and 9.0% of the money belongs to no customer."
    best = SEGMENT_TABLE.segment == "champions"
    hidden = SEGMENT_TABLE.assign(monetary=SEGMENT_TABLE.monetary.mask(best))
    assert summary.tell_standing(hidden, LEDGER, as_of=AS_OF, texts=EN).sentences == told[1:]  # 60 % is not shown: nobody can say who brings most
    small = hidden.assign(monetary_pct=hidden.monetary_pct.mask(hidden.segment == "hibernating", 0.6).mask(best))
    said = summary.tell_standing(small, LEDGER, as_of=AS_OF, texts=ZH).sentences[0]
    assert said == "休眠客户贡献最多：累计 £300.00，占全部收入的 60.0%，来自 30 位客户（占客户数的 60.0%）。"
    assert summary.tell_standing(SEGMENT_TABLE.iloc[:0], LEDGER.assign(customers=NAN), as_of=AS_OF, texts=EN).sentences == told[1:2]


DOUBT = frame("kind level days share money", ("stale", "urgent", 12, NAN, NAN), ("nobody", "watch", 0, 0.2, 700.0), ("unread", "watch", 0, 0.03, 10.0))
NOTE = SimpleNamespace(key="quarantine", values={"share": "7.0%", "limit": "5%"})


def test_alerts_stand_in_the_order_of_urgency_and_money():
    listed = alerts.list_alerts(people(SLIPPING, UNHAPPY), FALL, DOUBT, texts=EN).items
    assert [(alert.level, alert.word) for alert in listed] == [
        ("urgent", "Act now · Marketing"), ("urgent", "Act now · Sales"), ("urgent", "Act now"), ("watch", "Keep an eye on · Service"),
        ("watch", "Keep an eye on"), ("watch", "Keep an eye on · Marketing"), ("watch", "Keep an eye on"),
    ]  # fmt: skip
    assert [alert.text for alert in listed] == [
        "40 high-value customers are silent for longer than usual and may be lost; in the year up to their last order they spent £900.00.",
        "“Champions” brings 30.0% less money: £700.00 since 1 Dec 2025, against £1,000 in as many days before; each of its customers spends less.",
        "No order has come in for 12 days, longer than ever in the year before: are the data complete?",
        "One high-value customer said that they are not satisfied; in the year up to the last order they spent £800.00.",
        "20.0% of the money (£700.00) belongs to no customer: counts of customers are too low.",
        ("“Loyal” brings 52.0% less money: £480.00 since 1 Dec 2025, against £1,000 in the same days a year before; "
         "it had fewer customers at the beginning (30 instead of 60)."),
        "3.0% of the rows could not be read; £10.00 is missing with them.",
    ]  # fmt: skip
    assert [alert.where for alert in listed][:2] == ["See “Coming and going”.", "See “Who they are”."]


def test_alerts_are_natural_in_chinese():
    listed = alerts.list_alerts(people(SLIPPING), FALL.iloc[:1], DOUBT.iloc[:1], texts=ZH).items
    assert [f"{alert.word}：{alert.text}{alert.where}" for alert in listed] == [
        "立即处理 · 市场：40 位高价值客户的沉默时间超过平常，可能流失；他们在最后一单之前的一年里消费了 £900.00。详见“新增与流失”。",
        "立即处理：已有 12 天没有订单，超过此前一年中最长的间隔：数据是否完整？详见“数据质量”。",
        "需要留意 · 市场：“忠诚客户”的收入减少 52.0%：2025年12月1日以来为 £480.00，去年同期为 £1,000；原因是期初客户变少（30 位，此前 60 位）。详见“客户构成”。",
    ]


def test_doubtful_data_are_told_once():
    """The banner of the quarantine says what the share of unread rows would say again."""
    listed = alerts.list_alerts(people(), FALL.iloc[:0], DOUBT.iloc[2:], notes=[NOTE, SimpleNamespace(key="encoding-guessed", values={})], texts=EN).items
    assert len(listed) == 1 and "7.0%" in listed[0].text and listed[0].where == "See “The data”."


@pytest.mark.parametrize("texts", [EN, ZH], ids=LOCALES)
def test_nothing_alarming_is_said_and_withheld_numbers_are_not(texts):
    quiet = alerts.list_alerts(people(), FALL.iloc[:0], DOUBT.iloc[:0], texts=texts).items
    assert [(alert.level, alert.text) for alert in quiet] == [("calm", texts.say("alert-none"))]
    few = alerts.list_alerts(
        people(("slipping", "urgent", NAN, NAN), ("unhappy", "watch", NAN, NAN)), FALL.assign(money=NAN), DOUBT.iloc[:0], texts=texts
    ).items
    assert [alert.text for alert in few] == [texts.say("alert-slipping-few"), texts.say("alert-unhappy-few")]
    assert alerts.tell_rules(people(SLIPPING), texts=texts).sentences == (texts.say("alerts-rule"),)
    assert alerts.tell_rules(people(SLIPPING, UNHAPPY), texts=texts).sentences[1:] == (texts.say("alerts-overlap"),)


SHIFTS = frame(
    "scheme segment before now why_came why_gone",
    ("segment", "loyal", 10, 13, "bought", "time_passed"), ("segment", "at_risk", 20, 19, "time_passed", "bought"), ("segment", "new", 7, 7, "", ""),
)  # fmt: skip
TOTALS = frame(
    "scheme from_as_of to_as_of direction customers monetary threshold_moved rule_changed history_restated",
    ("segment", SINCE, AS_OF, "up", 5, 100.0, 0, 0, 0), ("segment", SINCE, AS_OF, "down", 1, 40.0, 1, 0, 0), ("segment", SINCE, AS_OF, "stayed", 30, 900.0, 0, 0, 0),
    ("segment", SINCE, AS_OF, "left", 0, 0.0, 0, 0, 0), ("value_tier", SINCE, AS_OF, "down", 99, 1.0, 9, 9, 9),
)  # fmt: skip
FLOWS = frame(
    "month active new returning reactivated dormant is_complete",
    (dt.date(2025, 11, 1), 10, 5, 4, 1, 1, True), (dt.date(2025, 12, 1), 9, 1, 4, 0, 3, True), (dt.date(2026, 1, 1), 1, 1, 1, 1, 1, False),
)  # fmt: skip
EVENTS = frame("event cluster", ("kept", 1), ("split", 2), ("split", 3))


def test_what_changed_is_told_with_its_causes():
    assert changes.tell_changes(SHIFTS, TOTALS, FLOWS, EVENTS, texts=EN).sentences == (
        "Since 30 Nov 2025, more customers have risen to a better segment (5) than fallen to a weaker one (1).",
        "“Loyal” gained most: 3 customers more, 13 now; mostly through new orders.",
        "“At risk” lost most: one customer fewer, 19 now; mostly through orders or returns.",
        "In Dec 2025, one customer was new and nobody came back, while 3 fell silent.",
        "One of these moves is not the customers’ own: cut points, rules or earlier data have changed.",
        "The groups of similar customers are no longer those of the last report: 2 from a split.",
    )
    assert changes.tell_changes(SHIFTS, TOTALS, FLOWS, EVENTS, texts=ZH).sentences[:4] == (
        "自2025年11月30日以来，升级的客户（5 位）多于降级的客户（1 位）。",
        "“忠诚客户”增加最多：多了 3 位，现有 13 位；主要因为新下订单。",
        "“流失风险客户”减少最多：少了 1 位，现有 19 位；主要因为下单或退货。",
        "2025年12月，新客户 1 位，召回 0 位，陷入沉默 3 位。",
    )


@pytest.mark.parametrize(
    ("up", "down", "said"),
    [(1, 1, "Since 30 Nov 2025, one customer has risen to a better segment, and one has fallen to a weaker one."),
     (0, 0, "Since 30 Nov 2025, nobody has risen to a better segment or fallen to a weaker one."),
     (2, 2, "Since 30 Nov 2025, 2 customers have risen to a better segment, and as many have fallen to a weaker one."),
     (2, 9, "Since 30 Nov 2025, more customers have fallen to a weaker segment (9) than risen to a better one (2).")],
)  # fmt: skip
def test_rising_and_falling(up, down, said):
    totals = TOTALS.iloc[:2].assign(customers=[up, down])
    assert changes.tell_changes(SHIFTS, totals, FLOWS, EVENTS, texts=EN).sentences[0] == said
    if not down:
        assert changes.tell_changes(SHIFTS, totals.iloc[2:0], FLOWS, EVENTS.iloc[:0], texts=EN).sentences[0].startswith("This is the first date")


def test_a_withheld_number_takes_its_sentence_with_it():
    hidden = SHIFTS.assign(now=[NAN, 19, 7])
    told = changes.tell_changes(hidden, TOTALS.assign(customers=NAN, threshold_moved=NAN), FLOWS.assign(dormant=NAN), EVENTS.iloc[:0], texts=EN).sentences
    assert told == ("“At risk” lost: one customer fewer, 19 now; mostly through orders or returns.",)  # and not: no segment has grown
    nothing = changes.tell_changes(SHIFTS.assign(now=NAN), TOTALS.assign(customers=NAN, threshold_moved=NAN), FLOWS.iloc[2:], EVENTS.iloc[:0], texts=EN)
    assert nothing.sentences == ("So few customers moved that no numbers are shown.",)


def test_a_still_base_is_told_as_such_and_the_first_day_has_no_past():
    still = changes.tell_changes(SHIFTS.iloc[2:], TOTALS.iloc[2:3], FLOWS.iloc[:0], EVENTS.iloc[:0], texts=EN).sentences
    assert still[1:] == ("No segment has grown since 30 Nov 2025.", "No segment has shrunk since 30 Nov 2025.")
    assert changes.tell_changes(SHIFTS.iloc[:0], TOTALS.iloc[:0], FLOWS.iloc[:0], EVENTS.iloc[:0], texts=EN).sentences[0].startswith("This is the first date")


def test_the_strip_of_changes_leaves_out_what_is_nothing_or_withheld():
    items = charts.list_shifts(pd.concat([TOTALS.iloc[:3].assign(customers=[5, NAN, 30]), TOTALS.iloc[3:]]), texts=EN).items
    assert items == (("Rose to a better segment", "5", "£100.00 so far", ""), ("Stayed in their segment", "30", "£900.00 so far", ""))


def chosen(key, reason, score=2.34, measured=3):
    keys = ["months", "flows", "lateness"]
    return pd.DataFrame({
        "candidate": keys, "month": [pd.Timestamp("2025-12-01")] * 3, "score": [score if place < measured else NAN for place in range(3)],
        "is_chosen": [each == key for each in keys], "reason": reason,
    })  # fmt: skip


def test_why_this_picture():
    assert news.tell_choice(chosen("flows", "most"), texts=EN).sentences == (
        ("Chosen by rule: in Dec 2025, the number of active customers moved 2.3 times as far from its average of the last twelve months as it usually does, "
         "further than each of the 2 others."),
    )  # fmt: skip
    assert news.tell_choice(chosen("months", "most", measured=2), texts=EN).sentences[0].endswith("further than the other measure.")
    assert news.tell_choice(chosen("months", "calm"), texts=ZH).sentences == ("按规则选出：2025年12月没有明显偏离近十二个月的指标，因此展示逐月收入。",)
    short = chosen("months", "short", measured=0).assign(month=None)
    assert news.tell_choice(short, texts=EN).sentences[0].startswith("Chosen by rule: there are too few full months")


def test_beside_the_flows_stands_revenue():
    frames = {"months": frame("month monetary orders is_complete", (dt.date(2025, 12, 1), 9.0, 3, True)), "flows": FLOWS}
    assert news.tell_balance(chosen("flows", "most"), frames.get, as_of=AS_OF, texts=EN).sentences[0].startswith("Dec 2025 brought £9.00 in 3 orders")
    assert news.tell_balance(chosen("months", "calm"), frames.get, as_of=AS_OF, texts=EN).sentences[0].startswith("In Dec 2025 the active base")


def test_actions_say_why_now_for_whom_and_who():
    shown = charts.list_actions(ACTIONS, texts=EN)
    assert list(shown.frame.columns) == ["Segment", "Customers", "Worth a year", "Share of effort", "Why now", "What to do", "Owner"]
    assert shown.frame.to_numpy().tolist() == [
        ["Loyal", "30", "£5,000", "42%", "12 of them are silent for longer than usual: start there.", "Offer the next step up: sets, larger sizes, a loyalty benefit.", "Marketing"],
        ["New", "12", "£100.00", "8.0%", "All of them have bought only once: the second order decides.",
         "Welcome them within the first two weeks and make the second order easy.", "Service"],
        ["Champions", "10", "£4,900", "50%", "They make up 49% of what all customers spend a year: keep them.",
         "Thank them and show new products first. Ask for a review or a referral; no discounts.", "Sales"],
    ]  # fmt: skip
    hidden = charts.list_actions(ACTIONS.assign(customers=NAN, stake=NAN, effort=NAN, stake_share=NAN, concerned=NAN, others=NAN), texts=ZH).frame
    assert hidden.iloc[0].tolist() == [
        "忠诚客户",
        "*",
        "*",
        "*",
        "其中一部分人的沉默时间超过平常，请从他们开始。",
        "推荐更高一档：套装、大规格或会员权益。",
        "市场",
    ]
    others = charts.list_actions(ACTIONS.assign(reason=["fading", "quiet", "fading"], days=[433.0, 9.0, NAN]), texts=EN).frame
    assert others["Why now"].tolist() == [
        "Half of them have not ordered for 433 days or longer.", "They order too seldom or too little for more than a light touch.",
        "They have not ordered for some time.",
    ]  # fmt: skip
    assert summary.tell_actions(ACTIONS.iloc[:0], texts=EN).sentences == ("There are no buyers yet, so there is nothing to do for anybody.",)


BASE = frame("rung customers value low high split", ("last_year", 100, 1000.0, 900.0, 1100.0, dt.date(2025, 4, 2)))
ERRORS = frame("forecast expected actual", ("model", 50.0, 100.0), ("last_year", 81.0, 100.0))


@pytest.mark.parametrize(
    ("base", "errors", "said"),
    [
        (BASE, ERRORS, ("What is to come is an estimate: the 100 customers are expected to bring £1,000 in the next 365 days, probably £900.00 to £1,100.",
                        "The method was tried on what came after 2 Apr 2025, which it had not seen: it expected 19% less money than came.")),
        (BASE.assign(rung="pareto_nbd"), ERRORS.assign(expected=[104.0, 0.0]), (None, "… it expected about the money that came.")),
        (BASE.assign(rung="pareto_nbd"), ERRORS.assign(expected=[150.0, 0.0]), (None, "… it expected 50% more money than came.")),
        (BASE, ERRORS.iloc[:0], (None, "There is too little history to try the estimate on days it has not seen: take it as a rough guide.")),
        (BASE.assign(rung="declined"), ERRORS, ("There is too little history for a forecast, so none is used here.",)),
        (BASE.assign(value=NAN), ERRORS, ("There is too little history for a forecast, so none is used here.",)),
    ],
)  # fmt: skip
def test_what_is_estimated_is_said_with_its_error(base, errors, said):
    told = summary.tell_sureness(base, errors, texts=EN).sentences
    assert len(told) == 3 + len(said)
    for sentence, expected in zip(told[1:], said, strict=False):
        assert expected is None or sentence == expected or (expected[0] == "…" and sentence.endswith(expected[1:]))
    assert told[-1] == "More: “The data” on what was read and left out, “Future value” on the forecast."


def test_of_what_value_customers_are():
    tiers = frame("scheme segment customers customers_pct monetary_pct", ("value_tier", "high", 1, 0.25, 0.8), ("segment", "loyal", 9, 0.5, 0.5))
    assert summary.tell_tiers(tiers, texts=EN).sentences == ("One customer is of high value (25.0% of all) and brings 80.0% of revenue; alarms speak of them.",)
    assert summary.tell_tiers(tiers.assign(customers=NAN), texts=EN).sentences == (EN.say("story-few-buyers"),)


def test_views_are_short_and_nobody_is_told_what_is_withheld():
    views = frame(
        "reader about what customers monetary choose",
        ("marketing", "late", "", 1, 50.0, "--stage dormant"), ("marketing", "second", "", NAN, NAN, "--stage new"), ("service", "unhappy", "", NAN, NAN, "x"),
        ("sales", "key", "", 2, 70.0, ""),
    )  # fmt: skip
    cards = readers.list_views(views, texts=EN).items
    assert [(card.title, card.sentences, card.commands) for card in cards] == [
        (
            "Marketing",
            ("One customer is silent for longer than usual, with £50.00 of revenue so far; remind them before they are lost.",),
            ("workbook export --stage dormant",),
        ),
        ("Sales", ("2 key customers bring £70.00; each should have somebody to turn to.",), ()),
    ]
    assert all(len(card.sentences) <= 2 for card in cards)


KEYS = frame("measure value previous", ("active_customers", 266.0, 235.0), ("revenue_30d", NAN, 9.0), ("mean_order_value_30d", NAN, NAN))
LINES = pd.concat([
    series([NAN] * 3 + [1.0] * 8 + [235.0, 266.0], [9.0] * 12 + [NAN]),
    pd.DataFrame({"measure": "mean_order_value_30d", "day": [dt.date(2025, 11, 30), dt.date(2025, 12, 31)], "value": NAN, "is_known": [False, True]}),
])  # fmt: skip


def test_figures_have_lines_and_say_what_is_withheld():
    figures = charts.list_figures(KEYS, LINES, texts=EN)
    assert [item[1:3] for item in figures.items] == [
        ("266", "13.2% more than a month before"),
        ("*", "the month before is not shown"),
        ("–", "no month before to compare"),
    ]
    first, second, third = figures.sparks
    assert len(first.values) == 10 and third is None and math.isnan(second.values[-1])
    assert first.label == "Customers who ordered, last 30 days, month by month: 1 on 31 Mar 2025, 266 on 31 Dec 2025"
    assert second.label == "Revenue, last 30 days, month by month: £9.00 on 31 Dec 2024, £9.00 on 30 Nov 2025"


def test_a_line_is_broken_where_a_value_is_missing_and_survives_the_press():
    figures = charts.list_figures(KEYS.iloc[:1], series([1.0, NAN, 3.0, 5.0], [1.0]), lead=summary.tell_actions(ACTIONS.iloc[:0], texts=EN), texts=EN)
    told = clean_html(figures._repr_mimebundle_()["text/html"])
    # 120 by 30 with an edge of 3: four places 38 apart; 1 at the bottom, 5 at the top, 3 halfway
    assert re.findall(r'points="([^"]*)"', told) == ["3.0,27.0 3.0,27.0", "79.0,15.0 117.0,3.0"]
    assert re.search(r'<circle cx="117.0" cy="3.0"', told) and 'role="img" aria-label="Customers who ordered' in told
    assert told.startswith('<p class="lead">There are no buyers yet')
    assert "<svg" not in charts.list_figures(KEYS, texts=EN)._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("attack", ['<svg onload="x()"></svg>', '<svg viewBox="0 0 1 1"><script>x()</script></svg>', '<polyline points="1,1 url(x)"></polyline>',
                                    '<svg><a href="https://x.example">y</a></svg>', '<svg fill="url(https://x.example)"></svg>', '<circle r="1" style="x"></circle>'])  # fmt: skip
def test_a_line_may_be_drawn_but_nothing_else(attack):
    assert not re.search(r"onload|script|url|https|style", clean_html(attack))


def test_alerts_and_cards_are_text():
    hostile = "<img src=x onerror=alert(1)>"
    texts = Texts("en", "GBP", words={"segment-loyal": hostile, "reader-sales": hostile})
    views = frame("reader about what customers monetary choose", ("sales", "favourite", hostile, 2, 70.0, hostile))
    for shown in (alerts.list_alerts(people(SLIPPING), FALL, DOUBT, texts=texts), readers.list_views(views, texts=texts)):
        told = shown._repr_mimebundle_()["text/html"]
        assert "<img" not in told and "&lt;img" in told and clean_html(told).count("<li") == told.count("<li")
