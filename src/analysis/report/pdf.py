"""The whole report on paper: a browser that is already there prints it, without a network, from a folder of its own."""

import datetime as dt
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from analysis.errors import ConfigurationError, PublishFailed
from analysis.scratch import holding_folder

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_LONGEST = 300  # seconds for one language
_QUIET = (
    "--headless --disable-gpu --no-first-run --no-default-browser-check --disable-extensions --disable-sync --disable-component-update --disable-default-apps "
    "--disable-background-networking --disable-domain-reliability --disable-breakpad --metrics-recording-only --no-pdf-header-footer"
).split()
_NOWHERE = ("--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9")  # no name is found, and what needs none meets a closed door


def find_browser() -> str:
    """Find the program that prints: the one that `WORKBOOK_CHROMIUM` names, or a Chromium or Chrome on the path.

    Raises
    ------
    ConfigurationError
        When there is none.
    """
    named = os.environ.get("WORKBOOK_CHROMIUM", "")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        where = f"WORKBOOK_CHROMIUM names {named!r}, which is no program here" if named else f"none of {', '.join(_NAMES)} is on the path"
        raise ConfigurationError(
            f"--pdf needs Chromium or Chrome, and {where}. Install one (on Debian and Ubuntu: sudo apt-get install chromium), "
            "or name it in WORKBOOK_CHROMIUM; or run without --pdf, and print report.en.html from any browser."
        )
    return found


def print_reports(browser: str, folder: Path, as_of: dt.date, languages: Sequence[str]) -> None:
    """Print `report.<lang>.html` in a folder to `report.<lang>.pdf` beside it, dated by the report, not by the clock.

    Raises
    ------
    PublishFailed
        When the browser does not make a PDF, or not in time.
    """
    for lang in languages:
        printed = _print(browser, (folder / f"report.{lang}.html").read_bytes(), lang)
        (folder / f"report.{lang}.pdf").write_bytes(_date(printed, as_of))


def _print(browser: str, page: bytes, lang: str) -> bytes:
    """Print a page from a folder that the browser has for itself: nothing of this machine is in its address or its profile."""
    with holding_folder("workbook-pdf-") as own:
        source, made = own / "report.html", own / "report.pdf"
        source.write_bytes(page)
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium will not start as root with it
        command = [browser, *_QUIET, *_NOWHERE, *sandbox, f"--user-data-dir={own}/profile", f"--print-to-pdf={made}", source.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_LONGEST, check=False)
        except subprocess.TimeoutExpired:
            raise PublishFailed(f"{browser} did not print the report ({lang}) within {_LONGEST} seconds. Nothing was published; run without --pdf.") from None
        except OSError as error:
            raise PublishFailed(f"{browser} cannot be started: {error.strerror or error}. Nothing was published; run without --pdf.") from None
        printed = made.read_bytes() if made.is_file() else b""
        if not printed.startswith(b"%PDF-"):
            said = ([line.strip() for line in done.stderr.splitlines() if line.strip()] or ["no word about why"])[-1][:200]
            raise PublishFailed(f"{browser} made no PDF of the report ({lang}): {said}. Nothing was published; run without --pdf.")
        return printed


def _date(printed: bytes, as_of: dt.date) -> bytes:
    """Write the day of the report where the clock was: of the same length, so that nothing in the file moves."""
    return re.sub(rb"/(CreationDate|ModDate) \(D:\d{14}", lambda found: b"/" + found[1] + f" (D:{as_of:%Y%m%d}000000".encode(), printed)
