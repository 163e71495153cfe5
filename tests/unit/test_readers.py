"""Four readers: whom each looks after, counted by hand in a shop of seven, and told in both languages."""

import pytest

from analysis.story.readers import list_views, tell_views
from analysis.texts import LOCALES, Texts
from chart_frames import frame
from shops import COLUMNS, open_shop

VIEWS = frame(
    "reader about what customers monetary choose",
    ("marketing", "late", None, 1, 50.0, "--stage at_risk --stage dormant"), ("marketing", "second", None, 2, 20.0, "--stage new"),
    ("service", "unhappy", None, 3, 90.0, '--where "nps <= 6"'), ("product", "favourite", "<b>Tea</b>", 4, 80.0, "x"), ("sales", "key", None, 1, 70.0, "y"),
)  # fmt: skip
# two buy every ten days until the end; "gone" bought as often and is silent for 80 days; "first" once, lately
LINES = [
    *((who, f"2024-0{1 + day // 30}-{1 + day % 30 % 28:02d}", f"{who}{day}", "tea" if who != "b" else "pot", 1, price, "Tea" if who != "b" else "Pots")
      for who, price, days in (("a", "10", range(0, 150, 10)), ("b", "30", range(5, 150, 10)), ("gone", "10", range(0, 70, 10))) for day in days),
    ("first", "2024-05-28", "f1", "tea", 1, "10", "Tea"),
]  # fmt: skip


def test_everybody_is_counted_for_whom_it_may_concern(tmp_path):
    opened = open_shop(
        tmp_path, LINES, columns=COLUMNS | {"category": "category"}, lifecycle={"by": "days", "days": {"at_risk": 60, "dormant": 120, "lost": 365}}
    )
    found = {row.about: (row.reader, row.what, row.customers, row.monetary) for row in opened.get("reader_views").itertuples()}
    # a: 15 orders of 10; b: 15 of 30 and half of all money; gone: 7 of 10; first: 1 of 10
    assert found == {
        "late": ("marketing", "", 1, 70.0),
        "second": ("marketing", "", 1, 10.0),
        "favourite": ("product", "Pots", 1, 450.0),
        "key": ("sales", "", 1, 450.0),
    }


def test_a_name_that_a_shell_would_understand_is_not_put_into_a_command(tmp_path):
    lines = [(*line[:6], "Pots\"; $(touch x) '" if line[6] == "Pots" else line[6]) for line in LINES]
    opened = open_shop(tmp_path, lines, columns=COLUMNS | {"category": "category"})
    favourite = opened.get("reader_views").set_index("about").loc["favourite"]
    assert (favourite.what, favourite.choose) == ("Pots\"; $(touch x) '", "")
    shown = list_views(opened.get("reader_views"), texts=Texts("en")).items
    assert "touch" not in "".join(command for card in shown for command in card.commands)


def test_a_shop_may_do_without_key_customers(tmp_path):
    opened = open_shop(tmp_path, LINES, columns=COLUMNS | {"category": "category"}, classes={"relationship": {"off": True}})
    assert "sales" not in set(opened.get("reader_views").reader)


def test_each_reader_has_a_card():
    cards = list_views(VIEWS, texts=Texts("en", "GBP")).items
    assert [(card.title, *card.sentences) for card in cards] == [
        ("Marketing", "One customer is silent for longer than usual, with £50.00 of revenue so far; remind them before they are lost.",
         "2 customers have placed a first order, worth £20.00; a second one makes a regular."),
        ("Service", "3 customers who brought £90.00 were not satisfied when asked; call the largest first."),
        ("Product", "“<b>Tea</b>” is what most money goes by; for 4 customers with £80.00 it is the favourite."),
        ("Sales", "One key customer brings £70.00; each should have somebody to turn to."),
    ]  # fmt: skip
    assert cards[0].commands == ("workbook export --stage at_risk --stage dormant", "workbook export --stage new")
    chinese = list_views(VIEWS, texts=Texts("zh", "GBP")).items[0]
    assert (chinese.title, chinese.sentences[0]) == ("市场", "有 1 位客户的沉默时间超过平常，累计贡献 £50.00；宜在流失之前提醒。")
    assert "<b>" not in list_views(VIEWS, texts=Texts("en"))._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("lang", LOCALES)
def test_nobody_to_look_after_is_said(lang):
    texts = Texts(lang)
    assert tell_views(VIEWS.iloc[:0], texts=texts).sentences == (texts.say("reader-story-none"),)
    assert list_views(VIEWS.iloc[:0], texts=texts)._repr_mimebundle_()["text/html"] == ""
