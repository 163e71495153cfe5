"""What a page owes to every reader, measured in Chromium: rules of WCAG 2.2 AA by axe-core, a quiet console, nothing fetched, no sideways scrolling, whole without scripts."""

from collections.abc import Iterable
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, Page

WIDTHS = (1440, 390)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# A drawing is one picture with a text of its own; the shapes in it are no elements for anybody, and there are ten thousands of them.
_ASK = """rules => axe.run({exclude: [['.drawing svg > *']]}, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
  .then(found => found.violations.flatMap(each => each.nodes.map(node => `${each.id}: ${node.target.join(' ')}: ${node.failureSummary}`.slice(0, 300))))"""
# What is cut off at the right edge without being inside something that scrolls and can be reached; boxes for screen readers alone are a pixel wide.
_WIDE = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
  const box = e.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1 || e.closest('.skip, svg svg, defs')) return false;
  const scroller = e.closest('[tabindex="0"]');
  return !(scroller && getComputedStyle(scroller).overflowX === 'auto' && scroller.getBoundingClientRect().right <= innerWidth + 1);
}).map(e => e.tagName + '.' + (e.getAttribute('class') || '')).slice(0, 5)"""


def audit(browser: Browser, paths: Iterable[Path], *, width: int) -> dict[str, list[str]]:
    """Ask axe-core about pages; give what it finds by page: empty for good ones. It is put into the page, which our policy forbids: only here that is passed by."""
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce")
    page, found = context.new_page(), {}
    for path in paths:
        page.goto(path.as_uri())
        if not path.name.startswith("report."):  # the numbers that are folded are judged too, once: in the chapters
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = !each.matches('.menu'))")
        page.evaluate(_AXE)
        if violations := page.evaluate(_ASK, RULES):
            found[f"{path.parent.name}/{path.name}"] = violations
    context.close()
    return found


def listen(browser: Browser, paths: Iterable[Path], *, width: int) -> list[str]:
    """Open pages as a reader does; give every word on the console, every request, and everything that is wider than the screen."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page, noise = context.new_page(), []
    page.on("console", lambda message: noise.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: noise.append(f"error: {error}"))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else noise.append(f"request: {request.url}"))
    for path in paths:
        page.goto(path.as_uri())
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            noise.append(f"{path}: scrolls sideways")
        noise += [f"{path}: {each} is cut off" for each in page.evaluate(_WIDE)]
    context.close()
    return noise


def miss_without_scripts(browser: Browser, paths: Iterable[Path]) -> list[str]:
    """Open pages with scripts switched off; give every part of them that shows nothing."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False)
    page, missing = context.new_page(), []
    for path in paths:
        page.goto(path.as_uri())
        missing += [f"{path}: {part}" for part in _list_hidden(page)]
    context.close()
    return missing


def _list_hidden(page: Page) -> list[str]:
    return page.evaluate("""() => [...document.querySelectorAll('main :is(h1, h2, h3, figure, .exhibit, .table, .reading, .figures)')]
      .filter(e => !e.closest('details:not([open])') && e.getBoundingClientRect().height < 8).map(e => e.tagName + ' ' + e.textContent.slice(0, 40))""")
