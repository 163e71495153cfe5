"""Sentences: the numbers in them are those of the tables, and they stay sentences on little data."""

import datetime as dt
import re
from types import SimpleNamespace

import pandas as pd
import pytest

import chart_frames as shop
from analysis.charts import summary as figures
from analysis.charts import tables
from analysis.settings.lifecycle import Lifecycle
from analysis.story import cleaning, lifecycle, rfm, summary
from analysis.texts import Texts

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
CONFIG = SimpleNamespace(order="id", window_months=None, time_zone="Asia/Shanghai", currency="GBP", cleaning=(), scoring=SimpleNamespace(map="rf10", bins=5))
FILES = [SimpleNamespace(name="sales.csv", records=1000, kept=999, rejected=1, encoding="gb18030")]
# name -> reading of a texts and a function that may thin the frames out
READINGS = {
    "inputs": lambda t, f: cleaning.tell_inputs(FILES, CONFIG, texts=t),
    "trust": lambda t, f: cleaning.tell_trust(shop.LEDGER, texts=t),
    "waterfall": lambda t, f: cleaning.tell_waterfall(shop.LEDGER, texts=t),
    "rules": lambda t, f: cleaning.tell_rules(shop.LEDGER, texts=t),
    "examples": lambda t, f: cleaning.tell_examples(f(shop.EXAMPLES), texts=t),
    "months": lambda t, f: cleaning.tell_months(f(shop.MONTHS), as_of=shop.AS_OF, texts=t),
    "distributions": lambda t, f: rfm.tell_distributions(f(shop.DISTRIBUTIONS), shop.ON_CUTS, texts=t),
    "thresholds": lambda t, f: rfm.tell_thresholds(f(shop.THRESHOLDS), f(shop.GRID), texts=t),
    "grid": lambda t, f: rfm.tell_grid(f(shop.GRID), texts=t),
    "segments": lambda t, f: rfm.tell_segments(f(shop.SEGMENT_TABLE), texts=t),
    "pareto": lambda t, f: rfm.tell_pareto(f(shop.SEGMENT_TABLE), texts=t),
    "importance": lambda t, f: rfm.tell_importance(f(shop.SEGMENT_TABLE), texts=t),
    "class8": lambda t, f: rfm.tell_class8(f(shop.SEGMENT_TABLE), f(shop.ON_CUTS), texts=t),
    "history": lambda t, f: rfm.tell_history(f(shop.HISTORY), texts=t),
    "retention": lambda t, f: lifecycle.tell_retention(f(shop.COHORTS), texts=t),
    "flows": lambda t, f: lifecycle.tell_flows(f(shop.FLOWS), texts=t),
    "stages": lambda t, f: lifecycle.tell_stages(f(shop.STAGES), texts=t),
    "entries": lambda t, f: lifecycle.tell_entries(f(shop.STAGES), Lifecycle(), pd.DataFrame({"is_known": [True]}), texts=t),
    "report": lambda t, f: summary.tell_report(shop.LEDGER, as_of=shop.AS_OF, texts=t),
}
SENTENCES = {
    "inputs": ("1,000 records were read from one file.", "Days are those of Asia/Shanghai; an order is a customer and an order number; all history counts."),
    "trust": (
        "The data can be trusted: 1.0% of the rows could not be read, and 9.0% of the money belongs to no customer.",
        "How we judge: trusted up to 1% unreadable rows and 10% of the money without a customer; with care up to 5% and 40%.",
    ),
    "waterfall": (
        "Apart from returns, most rows went at “No customer number”: 90 rows (9.0%) with £900.00. Sales nobody’s name is on. The money is real, but it belongs to no customer.",
        "20 return lines were matched with an earlier purchase; 5 lines (£50.00) have no purchase in the data and are not taken off other orders.",
    ),
    "rules": (
        "The ledger closes. Rows: 1,000 read = 140 taken out + 860 kept. Money: £10,000.00 = £950.00 + £9,050.00.",
        "5 rows were flagged but kept (“Exact duplicates”): look at them before relying on single figures.",
    ),
    "examples": (
        "The largest single line is -£50.00, at “Returns without a purchase”.",
        "Customers appear under pseudonyms that only the holder of the key can turn back.",
    ),
    "months": (
        "Nov 2011 brought £150.00 in 14 orders; there are 2 full months, and no month a year earlier to compare with.",
        "Dec 2011 is counted only until 9 Dec 2011; its shorter bar is not a fall.",
    ),
    "distributions": ("The customer in the middle ordered 30 days ago, has 2 orders and has spent £12.50.", "20 customers have ordered just once (40.0%)."),
    "thresholds": (
        "Customers with equal values always have equal scores, whatever the order of the rows in the file; so groups that should be equal in size are only about so.",
        "Days since the last order, Orders, Revenue: 5 groups of about equal size; a customer exactly on a cut gets the lower score.",
        "Nobody has the frequency scores 2, 4: 60.0% of customers share the lowest number of orders and therefore score 1.",
    ),
    "grid": (
        "10 customers have the best scores on both and bring 60.0% of revenue.",
        "30 customers have the lowest scores on both and have brought 30.0%.",
    ),
    "segments": (
        "The largest segment: Hibernating customers, 30 customers of 50 (60.0%).",
        "10 customers are slipping away (At risk): together they have brought £100.00, 10.0% of revenue.",
    ),
    "pareto": ("The 15 high-value customers bring £53.33 each on average.", "That is 9.3 times as much as each of the 35 others (£5.71)."),  # 800 / 15; 200 / 35
    "importance": (
        "The four important classes are 20 customers with 70.0% of revenue.",
        "5 of them (25.0%) have gone quiet: call those first.",
    ),
    "class8": (
        ("Recent means ordered within 30 days, frequent means more than 2 orders, and high means more than £12.50: each cut is the median, "
        "so that half of the customers lie on either side."),
        "Customers exactly on a cut: 3 by days (count as recent), 12 by orders (count as not frequent), 1 by money (count as not high).",
        "The means, for comparison: days 44.4, orders 3.1, revenue £20.00; a few very large customers pull a mean up.",
    ),
    "history": (
        "Since 30 Nov 2011 the number of customers went from 40 to 50.",
        "“At risk” gained most: 10 customers more, 10 now.",
        "“Hibernating” lost most: 2 customers fewer, 30 now.",
    ),
    "retention": (  # without the first cohort: everybody who had bought before the data begin
        "Best were those who began in Sept 2011: 40.0% of 10 customers bought again the month after; weakest Oct 2011 with 10.0%.",
        "The first row, Aug 2011, holds everybody who had bought before the data begin: it looks more loyal than it is.",
    ),
    "flows": (
        "In Nov 2011 the active base grew by 2: 6 came new or back, 4 fell silent.",
        "33.3% of those active in Nov 2011 bought for the first time.",
        "Dec 2011 is not over: its pale bar will still grow, and its silent customers may still order.",
    ),
    "stages": (
        "At the end of Nov 2011, 12 of 20 known customers (60.0%) were within their usual rhythm: new, active, growing, shrinking or reactivated.",
    ),
    "entries": (
        "3 customers became at risk in that month: a reminder works best now.",
        "2 customers came back after a silence.",
        (
            "A silence is measured against the customer’s own usual gap: at risk from 2 times as long, dormant from 3 times, lost from 5 times. "
            "Growing and shrinking compare the last 4 gaps with as many or more before: 2 times shorter or longer."
        ),
    ),
    "report": ("As of 9 Dec 2011: 50 customers and £9,050 of revenue, from 860 order lines (86.0% of the lines read).",),
}  # fmt: skip


@pytest.mark.parametrize("name", READINGS)
def test_the_sentence_holds_the_numbers(name):
    assert READINGS[name](ENGLISH, lambda frame: frame).sentences == SENTENCES[name]


@pytest.mark.parametrize("name", READINGS)
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("rows", [0, 1, None], ids=["empty", "one row", "whole"])
def test_it_is_a_sentence_whatever_there_is(name, texts, rows):
    reading = READINGS[name](texts, lambda frame: frame.iloc[:rows])
    assert reading.sentences
    for sentence in reading.sentences:
        assert sentence[-1] in ".。" or sentence.startswith(("There is", "No full", "尚无", "目前")), sentence
        assert not re.search(r"\bnan\b|\binf\b|None|_|\{|\}|  ", sentence), sentence


def _ledger(**changes: tuple[int, float]) -> pd.DataFrame:
    """Let a rule take other rows and money than in the shop."""
    steps = shop.LEDGER.set_index("rule", drop=False)
    for rule, (rows, amount) in changes.items():
        steps.loc[rule, ["rows", "amount"]] = rows, amount
    return steps.reset_index(drop=True)


@pytest.mark.parametrize(
    ("unreadable", "anonymous", "beginning", "tone"),
    [
        ((10, 1.0), (1, 1000.0), "The data can be trusted: 1.0%", "reading"),
        ((11, 1.0), (1, 1.0), "The data can be used with care: 1.1%", "reading"),
        ((1, 1.0), (500, 1001.0), "The data can be used with care: 0.1%", "reading"),
        ((50, 1.0), (1, 4000.0), "The data can be used with care: 5.0%", "reading"),
        ((51, 1.0), (1, 1.0), "The data cannot be trusted yet: 5.1%", "warning"),
        ((1, 1.0), (1, 4001.0), "The data cannot be trusted yet: 0.1%", "warning"),
    ],
)
def test_trust_follows_its_limits(unreadable, anonymous, beginning, tone):
    reading = cleaning.tell_trust(_ledger(unreadable=unreadable, anonymous=anonymous), texts=ENGLISH)
    assert reading.sentences[0].startswith(beginning)
    assert reading.tone == tone


def test_the_banner_of_the_configuration_makes_a_warning():
    assert cleaning.tell_trust(shop.LEDGER, banner=0.005, texts=ENGLISH).tone == "warning"


def test_a_ledger_of_nothing_is_not_trusted():
    nothing = shop.LEDGER.iloc[[0, -1]].assign(rows=0, rows_after=0, amount=0.0, amount_after=0.0)
    assert cleaning.tell_trust(nothing, texts=ENGLISH).sentences[0].startswith("The data cannot be trusted yet")
    assert cleaning.tell_waterfall(nothing, texts=ENGLISH).sentences == ("There was nothing to clean: no row was read.",)


def test_a_year_is_compared_with_the_same_month():
    months = shop.frame(
        "month customers orders monetary anonymous is_complete", (dt.date(2010, 11, 1), 9, 9, 200.0, 0.0, True), (dt.date(2011, 11, 1), 9, 1, 150.0, 0.0, True)
    )
    assert cleaning.tell_months(months, as_of=dt.date(2011, 11, 30), texts=ENGLISH).sentences == (
        "Nov 2011 brought £150.00 in one order, 25.0% less than the same month a year before.",
    )


def test_notes_on_contact_columns_are_not_told():
    notes = [SimpleNamespace(key="date-serials", values={"column": "birth_date", "count": 3, "sample": "31415"}),
             SimpleNamespace(key="date-serials", values={"column": "ordered_at", "count": 3, "sample": "40886"})]  # fmt: skip
    told = cleaning.tell_notes(notes, texts=ENGLISH).sentences
    assert len(told) == 1
    assert "40886" in told[0]


def test_unclassified_buyers_are_said_to_be_too_few():
    few = shop.frame(
        " ".join(shop.SEGMENT_TABLE.columns),
        *[(scheme, "unclassified", 3, 1.0, 30.0, 1.0, 5.0, 1.0, 10.0, None) for scheme in ("segment", "class8", "value_tier")],
    )
    for tell in (rfm.tell_segments, rfm.tell_importance):
        assert tell(few, texts=ENGLISH).sentences == ("There are too few customers to tell groups apart; nobody is classified yet.",)


def test_key_figures_say_how_they_changed():
    assert figures.list_figures(shop.KEY_FIGURES, texts=ENGLISH).items == (
        ("Customers who ordered, last 30 days", "110", "10.0% more than a month before", "better"),
        ("Revenue, last 30 days", "£900.00", "10.0% less than a month before", "worse"),
        ("Average order, last 30 days", "£20.00", "unchanged in a month", ""),
        ("New customers, last 30 days", "5", "no month before to compare", ""),
        ("Customers who bought more than once", "65.5%", "0.5 points more than a month before", "better"),
    )


def test_thresholds_say_which_values_have_a_score():
    table = tables.list_thresholds(shop.THRESHOLDS, texts=ENGLISH).frame
    assert table.to_numpy().tolist() == [
        ["Days since the last order", "100 or more", "50 to 99", "20 to 49", "10 to 19", "up to 9"],
        ["Orders", "up to 1", "–", "2", "3 to 5", "6 or more"],
        ["Revenue", "up to £5.00", "over £5.00 to £10.00", "over £10.00 to £20.00", "over £20.00 to £100.00", "over £100.00"],
    ]


def rescaled(*changes):
    """The same cut points under other measures, methods and boundaries: (measure, column, value)."""
    frame = shop.THRESHOLDS.copy()
    for measure, column, value in changes:
        frame.loc[frame.measure == measure, column] = value
    return frame


def test_thresholds_say_which_values_have_a_score_on_other_scales():
    """Inclusive: 10 days are already few, an order on the cut is already many; cuts between two values; three scores beside five."""
    frame = rescaled(*[(measure, "boundary", "inclusive") for measure in "rfm"], ("f", "measured", "days"), ("m", "measured", "mean_margin"))
    frame = frame[~((frame.measure == "f") & (frame.cut > 2))]
    frame.loc[frame.measure == "f", "value"] = [1.5, 4.0]
    assert tables.list_thresholds(frame, texts=ENGLISH).frame.to_numpy().tolist() == [
        ["Days since the last order", "101 or more", "51 to 100", "21 to 50", "11 to 20", "up to 10"],
        ["Days with an order", "up to 1", "2 to 3", "4 or more", "–", "–"],
        ["Margin per order", "less than £5.00", "£5.00 to less than £10.00", "£10.00 to less than £20.00", "£20.00 to less than £100.00", "£100.00 or more"],
    ]


def test_how_each_measure_is_cut_is_said():
    frame = rescaled(("m", "method", "jenks"), ("f", "method", "median"), ("f", "boundary", "inclusive"))
    said = rfm.tell_thresholds(frame, shop.GRID, texts=ENGLISH).sentences[1:4]
    assert said == (
        "Days since the last order: 5 groups of about equal size; a customer exactly on a cut gets the lower score.",
        "Orders: parted at the median; a customer exactly on a cut gets the higher score.",
        "Revenue: 5 groups at natural breaks, where the values lie closest together within each group; a customer exactly on a cut gets the lower score.",
    )
    assert rfm.tell_thresholds(frame, shop.GRID, texts=CHINESE).sentences[2] == "订单数：以中位数分为高低两组；恰好等于分界值的客户得较高分。"


def test_other_measures_and_the_mean_are_called_what_they_are():
    cuts = shop.ON_CUTS.assign(measured=["days", "days", "margin"], split="mean", cut=[44.4, 3.1, 20.0])
    told = rfm.tell_class8(shop.SEGMENT_TABLE, cuts, texts=ENGLISH).sentences
    assert told[0] == (
        "The eight classes are parted at the mean. High is: Days since the last order 44.4, Days with an order 3.1, Margin £20.00; "
        "recency counts as high at or below its cut, the others above theirs."
    )
    assert told[2] == "At the median the cuts would have been: Days since the last order 30, Days with an order 2, Margin £12.50."
    assert rfm.tell_distributions(shop.DISTRIBUTIONS, cuts, texts=ENGLISH).sentences == (
        "The customer in the middle has: Days since the last order 30, Days with an order 2, Margin £12.50.",
    )


def test_the_eight_classes_are_explained():
    table = tables.list_segments(shop.SEGMENT_TABLE, scheme="class8", texts=CHINESE).frame
    assert table.iloc[:, :2].replace("\u00a0", " ", regex=True).to_numpy().tolist() == [
        ["重要价值客户", "高 · 高 · 高"],
        ["重要保持客户", "低 · 高 · 高"],
        ["一般挽留客户", "低 · 低 · 低"],
    ]


def test_examples_are_text_and_empty_cells_a_dash():
    table = tables.list_examples(shop.EXAMPLES, texts=ENGLISH)
    assert table.frame.to_numpy().tolist() == [
        ["No customer number", "–", "2 Nov 2011", "<b>$\\frac{$ cup", "2", "£12.50"],
        ["Returns without a purchase", "C-0123456789", "–", "–", "-1", "-£50.00"],
    ]
    assert "<b>" not in table._repr_mimebundle_()["text/html"]


def test_stages_are_those_of_the_last_full_month():
    table = tables.list_stages(shop.STAGES, texts=ENGLISH)
    assert table.caption == "At the end of Nov 2011"
    assert table.frame.iloc[:2, 2:].to_numpy().tolist() == [["4", "4", "9"], ["5", "4", "1"]]


def test_settings_tell_what_changes_numbers():
    rule = SimpleNamespace(rule="excluded", column="region", values=("staff", "store 9"), pattern=None, limit=None)
    table = tables.list_settings(SimpleNamespace(**{**vars(CONFIG), "cleaning": (rule,), "window_months": 24}), texts=ENGLISH).frame
    told = dict(table.to_numpy().tolist())
    assert told["History used"] == "the last 24 months"
    assert told["Excluded by configuration"] == "region · staff, store 9"
    assert told["Time zone of the shop"] == "Asia/Shanghai"


@pytest.mark.parametrize("column", ["customer_id", "email", "phone"])
def test_settings_count_the_people_whom_a_rule_names(column):
    rule = SimpleNamespace(rule="excluded", column=column, values=("ann@example.org", "13912345678"), pattern="canary.*", limit=None)
    table = tables.list_settings(SimpleNamespace(**{**vars(CONFIG), "cleaning": (rule,)}), texts=ENGLISH).frame
    assert dict(table.to_numpy().tolist())["Excluded by configuration"] == f"{column} · (3)"


def test_files_are_named_without_their_folder():
    table = tables.list_inputs([SimpleNamespace(name="data/raw/sales.csv", records=3, kept=2, rejected=1, encoding=None)], texts=ENGLISH).frame
    assert table.to_numpy().tolist() == [["sales.csv", "3", "2", "1", "–"]]


def test_a_long_history_speaks_of_the_cohorts_that_the_chart_shows():
    months = pd.date_range("2010-01-01", periods=30, freq="MS")
    rows = [(month.date(), 1, 10, 9 if i < 6 else 2 + i % 2, 0.0, 1.0, True, 0.0, i == 0) for i, month in enumerate(months)]
    told = lifecycle.tell_retention(pd.DataFrame(rows, columns=shop.COHORTS.columns), texts=ENGLISH).sentences
    assert told == ("Best were those who began in Aug 2010: 30.0% of 10 customers bought again the month after; weakest Jul 2010 with 20.0%.",)


def test_doubtful_data_are_a_banner_on_the_summary():
    """Seven rows of a hundred in quarantine, at a limit of 5 %: the summary itself says so, in the tone of a warning."""
    note = SimpleNamespace(key="quarantine", values={"share": "7.0%", "limit": "5%"})
    told = summary.tell_report(shop.LEDGER, as_of=shop.AS_OF, notes=[note], texts=Texts("en"))
    assert told.tone == "warning"
    assert told.sentences[-1].startswith("7.0% of the rows could not be read and are in quarantine, more than the 5%")
    assert summary.tell_report(shop.LEDGER, as_of=shop.AS_OF, texts=Texts("en")).tone == "reading"
