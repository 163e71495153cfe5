"""Strings that try to be code, in every column of every input, in a report opened in a browser: nothing runs, nothing is asked for, and they can be read."""

import re
from html.parser import HTMLParser

import pytest

from planted_shop import HOSTILE

LOUD = """() => { window.ran = []; for (const name of ['alert', 'confirm', 'prompt', 'open', 'fetch', 'print'])
  window[name] = (...said) => { window.ran.push(name + ' ' + said) } }"""


@pytest.fixture(scope="module")
def seen(browser, planted):
    """Open every page, read it, unfold it, and tell what happened: noise, text, what stands in the document."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.set_default_timeout(60_000)
    noise, asked, told = [], [], {}
    page.on("console", lambda message: noise.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: noise.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.route("**/*", lambda route: (asked.append(route.request.url), route.continue_() if route.request.url.startswith("file:") else route.abort()))
    page.add_init_script(f"({LOUD})()")
    for path in sorted(planted.report.parent.rglob("*.html")):
        asked.clear()
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.mouse.move(300, 300)
        page.keyboard.press("Tab")
        told[path.relative_to(planted.report.parent).as_posix()] = page.evaluate(
            """() => ({ text: document.body.innerText, ran: window.ran, scripts: document.scripts.length, tags: [...new Set([...document.querySelectorAll('*')].map(e => e.localName))],
              handlers: [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => a.name.startsWith('on')).length,
              outside: [...document.querySelectorAll('[href], [src], [action]')].map(e => e.getAttribute('href') || e.getAttribute('src') || e.getAttribute('action'))
                .filter(a => !/^(#|data:|[\\w./-]+\\.html|\\.\\.)/.test(a)),
              ragged: [...document.querySelectorAll('table')].filter(t => new Set([...t.rows].map(r => [...r.cells].reduce((n, c) => n + c.colSpan, 0))).size > 1).length,
              tables: document.querySelectorAll('table').length, drawings: document.querySelectorAll('figure svg').length })"""
        ) | {"asked": [url for url in asked if url != path.as_uri()], "source": path.read_text(encoding="utf-8")}
    page.close()
    return noise, told


def test_nothing_runs_and_nothing_is_asked_for(seen):
    noise, told = seen
    assert noise == []
    assert len(told) > 10
    for name, page in told.items():
        assert (page["asked"], page["ran"], page["handlers"], page["outside"]) == ([], [], 0, []), name
        assert page["scripts"] <= 1, name  # ours, which the gate knows
        assert not set(page["tags"]) & {"iframe", "object", "embed", "form", "base", "math", "foreignobject"}, name


def test_what_was_in_the_files_is_read_as_it_was(seen):
    _, told = seen
    text = "\n".join(page["text"] for page in told.values())
    shown = [word for word in HOSTILE if " ".join(re.sub(r"[\x00-\x1f]", " ", word[:60]).split()) in " ".join(re.sub(r"[\x00-\x1f]", " ", text).split())]
    assert len(shown) > 6, shown  # a test of nothing would be quiet too
    assert "<script>fetch(" in text
    assert "{{7*7}}" in text


def test_tables_and_drawings_are_whole(seen):
    _, told = seen

    class Counted(HTMLParser):
        def __init__(self):
            super().__init__()
            self.tags = []

        def handle_starttag(self, tag, attributes):
            self.tags.append(tag)

    for name, page in told.items():
        counted = Counted()
        counted.feed(page["source"])
        assert page["ragged"] == 0, name
        if "data-cube" not in page["source"]:  # what a script of ours adds is not in the source
            assert page["tables"] == counted.tags.count("table"), name


def test_no_page_is_stretched_by_a_word_of_ten_thousand_letters(seen, planted):
    for path in planted.report.rglob("*.html"):
        assert path.stat().st_size < 2 * 2**20 or path.name.startswith("report."), path
    _, told = seen
    assert max((len(run) for page in told.values() for run in re.findall("x{100,}", page["text"])), default=0) <= 10_000
