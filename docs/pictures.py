"""Photograph a report for the README: the summary in both languages on a desk and on a telephone, and a question with its picture.

usage: pictures.py REPORT
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parent / "images"
DESK, TELEPHONE = (1440, 1640), (390, 844)
PICTURES = (  # name, page, size, and the question it begins at; "" is the top of the page
    ("summary-en", "en/10_summary.html", DESK, ""),
    ("summary-zh", "zh/10_summary.html", DESK, ""),
    ("segments-en", "en/02_rfm.html", (1440, 960), "02_rfm-6"),
    ("telephone-zh", "zh/10_summary.html", TELEPHONE, ""),
    ("telephone-en", "en/02_rfm.html", TELEPHONE, "02_rfm-6"),
)


def take_pictures(report: Path) -> None:
    """Write the pictures into images/."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Chromium is needed for pictures; on Debian and Ubuntu: sudo apt-get install chromium fonts-noto-cjk")
    if missing := [page for _, page, _, _ in PICTURES if not (report / page).is_file()]:
        sys.exit(f"{report} has no {', '.join(dict.fromkeys(missing))}: the pictures are taken of a report in English and Chinese.")
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, page, size, place in PICTURES:
            _take(browser, (report.resolve() / page).as_uri() + (f"#{place}" if place else ""), size, IMAGES / f"{name}.png")
        browser.close()


def _take(browser: Browser, address: str, size: tuple[int, int], path: Path) -> None:
    """Write one picture; a telephone has twice as many points on the same width."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=2 if size == TELEPHONE else 1, reduced_motion="reduce")
    page.goto(address)
    page.screenshot(path=path)
    page.close()
    print(path)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    take_pictures(Path(sys.argv[1]))
