"""A long chapter begins with its questions as links; a short one does not."""

import datetime as dt
import re

import pytest

from analysis.report.export import Body
from analysis.report.pages import Edition, write_pages


def chapter(questions):
    body = '<h1 id="02_rfm-1">Who?</h1><p>About.</p>' + "".join(
        f'<h2 id="02_rfm-{i}">What &amp; why {i} &lt;b&gt;?</h2><p>Text.</p>' for i in range(2, questions + 2)
    )
    return write_pages(Edition("Shop", dt.date(2011, 12, 9), "GBP", "run", {"en": [Body("02_rfm", "en", "Who?", body)]}))


@pytest.mark.parametrize(("questions", "listed"), [(7, False), (8, True)])
def test_the_questions_of_a_long_chapter_are_links_behind_its_opening(questions, listed):
    pages = chapter(questions)
    opening = pages["en/02_rfm.html"].partition("About.</p>")[2].partition("<h2")[0]
    links = re.findall(r'<li><a href="#(02_rfm-\d+)">(.*?)</a>', opening)
    assert links == ([(f"02_rfm-{i}", f"What &amp; why {i} &lt;b&gt;?") for i in range(2, 10)] if listed else [])
    assert ('class="contents"' in opening) == listed
    assert 'class="contents"' not in pages["report.en.html"].partition("</style>")[2]


def test_the_questions_of_every_chapter_stand_below_it_among_the_chapters():
    page = chapter(3)["en/02_rfm.html"]
    for name in ("menu", "side"):
        current = page.partition(f'class="{name}"')[2].partition('aria-current="page"')[2].partition("</nav>")[0]
        assert re.findall(r'href="#(02_rfm-\d+)"', current) == ["02_rfm-2", "02_rfm-3", "02_rfm-4"]


def two_languages(english, chinese, *chapters):
    bodies = {"en": [Body(name, "en", name, english) for name in chapters], "zh": [Body(name, "zh", name, chinese) for name in chapters]}
    return write_pages(Edition("Shop", dt.date(2011, 12, 9), "GBP", "run", bodies))


def test_each_question_leads_to_itself_in_the_other_language():
    english, chinese = '<h2 id="a-2">Who &amp; why?</h2><h2 id="a-3">How?</h2>', '<h2 id="a-2">是谁？</h2><h2 id="a-3">“如何”？</h2>'
    pages = two_languages(english, chinese, "a")
    found = re.findall(
        r'<a class="twin" href="(.*?)" hreflang="(.*?)" aria-label="(.*?)"><span lang="(.*?)">(.*?)</span></a><h2 id="(.*?)"', pages["en/a.html"]
    )
    hans = "zh-Hans"
    assert found == [("../zh/a.html#a-2", hans, "中文: Who &amp; why?", hans, "中文", "a-2"), ("../zh/a.html#a-3", hans, "中文: How?", hans, "中文", "a-3")]
    assert re.findall(r'class="twin" href="(.*?)"', pages["zh/a.html"]) == ["../index.html#a-2", "../index.html#a-3"]
    assert re.findall(r'class="twin" href="(.*?)"', pages["report.zh.html"]) == ["report.en.html#a-2", "report.en.html#a-3"]
    assert 'class="twin"' not in two_languages(english, '<h2 id="a-2">是谁？</h2>', "a")["en/a.html"]


def test_each_chapter_leads_to_its_neighbours_above_and_below():
    pages = two_languages("<h1>x</h1>", "<h1>x</h1>", "10_summary", "01_a", "02_b")
    for name, previous, after in (
        ("index.html", [], ["en/01_a.html"]),
        ("en/01_a.html", ["../index.html"], ["02_b.html"]),
        ("zh/02_b.html", ["01_a.html"], []),
    ):
        assert re.findall(r'<a class="previous" href="(.*?)"', pages[name]) == previous * 2
        assert re.findall(r'<a class="next" href="(.*?)"', pages[name]) == after * 2
