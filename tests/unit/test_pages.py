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
    page = pages["en/02_rfm.html"]
    links = re.findall(r'<li><a href="#(02_rfm-\d+)">(.*?)</a>', page)
    assert links == ([(f"02_rfm-{i}", f"What &amp; why {i} &lt;b&gt;?") for i in range(2, 10)] if listed else [])
    assert ('class="contents"' in page.partition("About.</p>")[2].partition("<h2")[0]) == listed
    assert 'class="contents"' not in pages["report.en.html"].partition("</style>")[2]
