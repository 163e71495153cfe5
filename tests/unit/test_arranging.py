"""A chapter in sections and pairs: nothing is lost, nothing changes its order but what stands beside a picture."""

import re

from analysis.report.arranging import arrange

PROSE = '<div class="prose"><h2 id="a-{0}">Q{0}?</h2>\n<p>Text.</p></div>\n'
FIGURE = '<figure><figcaption>Found {0}</figcaption><div class="drawing"><svg><g></g></svg></div></figure>'
ASIDE = (
    '<p class="how">How {0}</p><p class="basis">Basis {0}</p><details class="numbers"><summary>N</summary><div class="table"><table></table></div></details>\n'
)
READING = '<p class="reading">Said {0}</p>'


def table(columns, kind=""):
    head = '<th scope="col">c</th>' * columns
    return f'<div class="table" role="group" tabindex="0"><table{kind}><thead><tr>{head}</tr></thead></table></div>\n'


def test_a_heading_begins_a_section_and_prose_without_one_stays_in_it():
    body = '<div class="prose"><h1 id="a-1">T</h1></div>' + PROSE.format(2) + '<div class="prose"><p>More.</p></div>' + PROSE.format(3)
    sections = re.findall(r'<section class="(\w+)">(.*?)</section>', arrange(body), re.S)
    assert [kind for kind, _ in sections] == ["opening", "triad", "triad"]
    assert "More." in sections[1][1]


def test_what_explains_a_picture_stands_beside_it_its_reading_first_and_its_numbers_below():
    written = arrange(PROSE.format(2) + FIGURE.format(1) + ASIDE.format(1) + READING.format("a") + READING.format("b") + FIGURE.format(2) + PROSE.format(3))
    first, second = re.findall(r'<div class="exhibit">(.*?)(?=<div class="exhibit">|</section>)', written, re.S)
    assert re.findall(r"Found 1|Said [ab]|How 1|Basis 1|<summary>|class=\"beside\"", first) == [
        "Found 1", 'class="beside"', "Said a", "Said b", "How 1", "Basis 1", "<summary>",
    ]  # fmt: skip
    assert "Found 2" in second and "beside" not in second


def test_a_narrow_table_has_its_reading_beside_it_and_a_wide_one_below():
    pairs = {(columns, kind): 'class="exhibit tabular"' in arrange(PROSE.format(2) + table(columns, kind) + READING.format(1))
             for columns, kind in ((4, ""), (5, ' class="stacked"'), (6, ' class="stacked"'), (4, ' class="cards"'))}  # fmt: skip
    assert pairs == {(4, ""): True, (5, ' class="stacked"'): True, (6, ' class="stacked"'): False, (4, ' class="cards"'): True}
    long = table(2).replace("</thead>", '</thead><tbody><tr><td class="long">a sentence</td></tr></tbody>')
    assert "exhibit" not in arrange(PROSE.format(2) + long + READING.format(1))
    assert "exhibit" not in arrange(PROSE.format(2) + table(3))  # nothing to stand beside it


def test_no_word_is_lost():
    body = (
        "<p>before</p>"
        + PROSE.format(1)
        + FIGURE.format(1)
        + ASIDE.format(1)
        + "<pre>x</pre>"
        + READING.format(1)
        + table(3)
        + READING.format(2)
        + table(9)
        + READING.format(3)
    )
    words = re.compile(r">([^<>]+)<")
    assert sorted(filter(str.strip, words.findall(body))) == sorted(filter(str.strip, words.findall(arrange(body))))


def test_a_table_without_a_caption_is_called_as_its_question():
    captioned = table(3).replace('tabindex="0"', 'tabindex="0" aria-label="Own"')
    names = re.findall(r'aria-label="([^"]*)"', arrange('<div class="prose"><h2 id="a-2">Who &amp; <em>"why"</em>?</h2></div>' + table(9) + captioned))
    assert names == ["Who &amp; &quot;why&quot;?", "Own"]
