"""The head of a printed sheet: any name is text there, whatever it is made of. Read back by a small reader of CSS strings, written here."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report.paper import head_paper, quote

HOSTILE = [
    'a"b',
    "a'b",
    "</style><script>alert(1)</script>",
    'x"; } body { display: none } "',
    "url(http://example.org)",
    "@import 'x'",
    "expression(1)",
    "\\",
    "a\nb",
]


def read_back(css):
    """Read strings beside each other, as CSS does: no escapes, either kind of quote, nothing else between them but blanks."""
    text, rest = "", css
    while rest:
        found = re.match(r"""(?:"([^"\\\n]*)"|'([^'\\\n]*)')(?: |$)""", rest)
        assert found, rest
        text, rest = text + (found[1] or found[2] or ""), rest[found.end() :]
    return text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_inside_its_string(name):
    assert read_back(quote(name)) == name.replace("\n", " ").replace("\\", "＼")
    written = head_paper(name, "Customers as of 9 Dec 2011")
    assert not re.search(r"</|<!|url\(|@import|expression\(|\\", written)


@given(st.text(max_size=200))
def test_any_text_is_read_back_but_for_what_cannot_be_seen(text):
    told = read_back(quote(text))
    assert len(told) <= 90
    if text.isprintable() and "\\" not in text and len(text) <= 90:
        assert told == text


def test_a_long_name_ends_before_the_day_begins():
    assert read_back(quote("x" * 300)) == "x" * 89 + "…"


def test_the_sheet_has_name_day_and_number():
    written = head_paper("客户 Shop", "as of today")
    assert re.search(r'@top-left \{ content: "客户 Shop";.*@top-right \{ content: "as of today";.*@bottom-right \{ content: counter\(page\)', written)
