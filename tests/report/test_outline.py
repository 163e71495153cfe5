"""The outline in a real browser without scripts: it opens and closes by mouse and keyboard, is open on paper, and hostile names are text."""

import html

import pytest

from analysis.display.outline import Branch, Outline
from analysis.report.markup import clean_html, frame_tables
from analysis.report.pages import Page, render

HOSTILE = (
    "<script>document.title='x'</script>",
    "</summary></details><img src=x onerror=alert(1)>",
    '" onclick="alert(1)',
    "\u202egnihsift 🎁",
    "long" * 2500,
    "=1+1\n<b>&amp;",
)
OUTLINE = Outline(
    "Region › Industry",
    ("Customers", "Share of customers", "Revenue", "Share of revenue", "Since the last report"),
    tuple(
        Branch(name, ("1", "2.0%", "£3", "4.0%", "▲ 5"), (Branch("below " + name, ("1", "", "", "", ""), (Branch("deep", ("1", "", "", "", "")),)),))
        for name in HOSTILE
    ),
)


def test_the_outline_is_text_before_and_after_cleaning():
    written = OUTLINE._repr_mimebundle_()["text/html"]
    cleaned = frame_tables(clean_html(written))
    assert cleaned.count("<details") == written.count("<details") == 12 and cleaned.count("<summary>") == 12
    assert "<script" not in cleaned and "<img" not in cleaned and "<b>" not in cleaned
    assert html.escape(HOSTILE[0], quote=False) in cleaned
    assert clean_html('<details open onclick="a()" style="x"><summary id="a">b</summary></details>') == '<details open=""><summary>b</summary></details>'
    assert Outline("x", (), ())._repr_mimebundle_()["text/html"] == ""


@pytest.fixture(params=[1440, 390])
def page(request, browser, tmp_path):
    """The outline in a page of a report, in a browser that runs no scripts of the page."""
    body = "<h1>Tree</h1>" + clean_html(OUTLINE._repr_mimebundle_()["text/html"])
    (tmp_path / "page.html").write_text(render(Page("chapter", "en", "t", "Shop", "as of", body)), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False, viewport={"width": request.param, "height": 900})
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    yield page
    context.close()


def test_it_opens_and_closes_without_scripts(page):
    first, second = page.locator(".outline > ul > li").nth(0), page.locator(".outline > ul > li").nth(1)
    assert page.title() == "t"
    assert first.locator("details details > summary").is_visible()  # the first level stands open
    assert not first.get_by_text("deep", exact=True).is_visible()
    first.locator("details details > summary").click()
    assert first.get_by_text("deep", exact=True).is_visible()
    second.locator("> details > summary").focus()
    page.keyboard.press("Enter")
    assert not second.locator("details details > summary").is_visible()
    page.keyboard.press("Space")
    assert second.locator("details details > summary").is_visible()


def test_names_are_the_same_text_and_stay_inside_the_screen(page):
    names = page.locator(".outline > ul > li > details > summary > .branch")
    assert [names.nth(place).text_content() for place in range(len(HOSTILE))] == list(HOSTILE)
    width = page.viewport_size["width"]
    for place in range(page.locator(".outline .number, .outline .branch").count()):
        box = page.locator(".outline .number, .outline .branch").nth(place).bounding_box()
        assert box is None or box["x"] + box["width"] <= width + 1


def test_on_paper_everything_is_open(page):
    assert not page.get_by_text("deep", exact=True).first.is_visible()
    page.emulate_media(media="print")
    assert all(each.is_visible() for each in page.get_by_text("deep", exact=True).all())
