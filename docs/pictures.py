"""Photograph the summary page of a report in both languages, for the README.

usage: pictures.py REPORT
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"
WIDTH, HEIGHT = 1080, 1930


def take_pictures(report: Path) -> None:
    """Write images/summary-en.png and images/summary-zh.png."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Chromium is needed for pictures; on Debian and Ubuntu: sudo apt-get install chromium fonts-noto-cjk")
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for lang in ("en", "zh"):
            page.goto((report.resolve() / lang / "10_summary.html").as_uri())
            page.screenshot(path=IMAGES / f"summary-{lang}.png")
            print(IMAGES / f"summary-{lang}.png")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    take_pictures(Path(sys.argv[1]))
