"""Every page in a real browser, on a desk and on a phone: silent console, nothing requested, nothing wider than the screen."""

import pytest


@pytest.mark.parametrize("width", [1440, 390])
def test_pages_are_quiet_and_fit_the_screen(width, browser, printed):
    page = browser.new_page(viewport={"width": width, "height": 900})
    noise = []
    page.on("console", lambda message: noise.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: noise.append(f"error: {error}"))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else noise.append(f"request: {request.url}"))
    paths = sorted(printed.report.parent.rglob("*.html"))
    assert len(paths) == 14
    for path in paths:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert page.evaluate("[...document.querySelectorAll('figure svg')].every(svg => svg.getBoundingClientRect().height > 40)"), path
        assert page.evaluate("[...document.querySelectorAll('[id]')].length === new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"), path
    page.close()
    assert noise == []


def test_the_keyboard_reaches_the_content_first(browser, printed):
    page = browser.new_page()
    page.goto((printed.report / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") == 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.close()


def test_text_has_enough_contrast(browser, printed):
    """WCAG 2.1, 1.4.3: at least 4.5 to 1 for every text of a page, measured against the nearest opaque background."""
    page = browser.new_page()
    script = """() => {
      const channel = v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 };
      const light = c => .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]);
      const read = c => c.match(/[\\d.]+/g).map(Number);
      const back = e => { for (; e; e = e.parentElement) { const c = read(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) return c } return [255, 255, 255] };
      return [...document.querySelectorAll('body *:not(svg *)')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => {
        const a = light(read(getComputedStyle(e).color)), b = light(back(e));
        return [e.tagName + '.' + e.className, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)] }).filter(x => x[1] < 4.5) }"""
    for name in ("index.html", "en/01_first.html", "../index.html"):
        page.goto((printed.report / name).resolve().as_uri())
        assert page.evaluate(script) == [], name
    page.close()


def test_printing_cuts_no_figure_and_hides_the_navigation(browser, printed):
    page = browser.new_page()
    page.goto((printed.report / "report.en.html").as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert page.evaluate("[...document.querySelectorAll('figure')].every(f => getComputedStyle(f).breakInside === 'avoid')")
    page.close()
