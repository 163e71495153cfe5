"""Every page for every reader: axe-core finds nothing on a desk and on a phone, the keyboard reaches everything, nothing moves that should not."""

import pytest
from accessibility import RULES, WIDTHS, audit, listen, miss_without_scripts

from analysis.report.pages import Page, render


@pytest.fixture(scope="module")
def pages(printed):
    """Every page of a small report, and the page over all reports."""
    return sorted(printed.report.parent.rglob("*.html"))


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(width, browser, pages):
    assert len(pages) > 10
    assert audit(browser, pages, width=width) == {}


def test_axe_would_find_something(browser, tmp_path):
    """A heading left out, pale letters, a table without headings, a word-less link: each is seen, so the audit looks."""
    body = '<h1>One</h1><h3>Three</h3><p style="color: #ccc">pale</p><svg role="img"></svg><a href="#main"></a>'
    (tmp_path / "page.html").write_text(render(Page("chapter", "en", "t", "Shop", "as of", body)), encoding="utf-8")
    found = {line.partition(":")[0] for line in audit(browser, [tmp_path / "page.html"], width=390)[f"{tmp_path.name}/page.html"]}
    assert {"heading-order", "color-contrast", "svg-img-alt", "link-name"} <= found
    assert "best-practice" in RULES


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_quiet_and_nothing_is_cut_off(width, browser, pages):
    assert listen(browser, pages, width=width) == []


def test_what_is_cut_off_would_be_seen(browser, tmp_path):
    body = '<h1>One</h1><p style="width: 60rem">wide</p><script>console.log(1)</script>'
    (tmp_path / "page.html").write_text(render(Page("chapter", "en", "t", "Shop", "as of", body)), encoding="utf-8")
    noise = " ".join(listen(browser, [tmp_path / "page.html"], width=390))
    assert "scrolls sideways" in noise and "is cut off" in noise and "console: " in noise


def test_pages_are_whole_without_scripts(browser, pages):
    assert miss_without_scripts(browser, pages) == []


def test_the_chapters_are_always_in_reach(browser, printed):
    """On a desk they stand beside the text wherever one reads, on a phone one touch away, and the keyboard gets there."""
    page = browser.new_page(viewport={"width": 1440, "height": 700})
    page.goto((printed.report / "en" / "glossary.html").as_uri())
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    page.wait_for_timeout(300)
    assert page.locator(".side a[aria-current=page]").bounding_box()["y"] < 700
    assert not page.locator(".menu > summary").is_visible()
    page.set_viewport_size({"width": 390, "height": 700})
    assert not page.locator(".side").is_visible()
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    page.wait_for_timeout(300)
    page.locator(".menu > summary").focus()
    page.keyboard.press("Enter")
    box = page.locator(".menu nav a").first.bounding_box()
    assert 0 <= box["y"] < 700 and box["height"] >= 24
    page.close()


def test_what_is_touched_is_large_enough(browser, pages):
    """WCAG 2.2, 2.5.8: 24 pixels, but for links inside a sentence."""
    page = browser.new_page(viewport={"width": 390, "height": 900})
    for path in pages:
        page.goto(path.as_uri())
        small = page.evaluate("""() => [...document.querySelectorAll('a, summary, button, select, input')].filter(e => {
          const box = e.getBoundingClientRect();
          return box.height && !e.closest('.skip') && getComputedStyle(e).display !== 'inline' && box.height < 24 }).map(e => e.outerHTML.slice(0, 90))""")
        assert small == [], path
    page.close()


def test_nothing_moves_for_those_who_asked_for_that(browser, printed):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto((printed.report / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0 })"
    assert page.evaluate(moving + ".length") == 0
    context.close()


def test_words_in_another_language_say_so(browser, printed):
    """Letters of the other script stand under a lang of their own: read aloud, they would be noise."""
    page = browser.new_page()
    for lang, foreign in (("en", r"/[\u4e00-\u9fff]/"), ("zh", r"/^English$/")):
        page.goto((printed.report / lang / "glossary.html").as_uri())
        unmarked = page.evaluate(f"""() => {{
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
          while (walker.nextNode()) if ({foreign}.test(walker.currentNode.data.trim()) && !walker.currentNode.parentElement.closest('body [lang]')) found.push(walker.currentNode.data);
          return found }}""")
        assert unmarked == [], lang
    page.close()
