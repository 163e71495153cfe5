"""The whole job, as a table of contents: run the chapters, prove them, make pages and tables, look once more, publish."""

import datetime as dt
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from analysis.config import Config
from analysis.errors import ChapterFailed, ConfigurationError, shorten
from analysis.report.archive import CONFIG_FILE, write_archive
from analysis.report.card import keep_pages, write_card
from analysis.report.catalogue import list_reports
from analysis.report.chapters import Chapter, find_chapters
from analysis.report.clock import Clock
from analysis.report.desk import Desk
from analysis.report.excel.workbook import write_workbook
from analysis.report.execute import run_chapters
from analysis.report.gate import pass_gate
from analysis.report.glossary import find_map, write_glossary
from analysis.report.job import Progress
from analysis.report.journal import enter_reports
from analysis.report.kernel import WarmKernel, ended_by_sigterm
from analysis.report.listing import write_listings
from analysis.report.manifest import make_manifest, write_manifest
from analysis.report.pages import Edition, write_pages
from analysis.report.pdf import find_browser, print_reports
from analysis.report.proof import Executed
from analysis.report.publish import check_owner, locked, publish, repair, staging, write_beside
from analysis.report.watching import WATCHED, open_watch
from analysis.schemas import SCHEMAS
from analysis.scratch import holding_folder
from analysis.texts import LOCALES

_FACTS = ("run", "inputs", "ledger", "warnings", "key_figures")


def make_report(
    config: Config,
    as_of: dt.date,
    *,
    languages: Sequence[str],
    reports: Path,
    notebooks: Path,
    on_progress: Progress,
    pdf: bool = False,
    clock: Clock | None = None,
    kernel: WarmKernel | None = None,
) -> Path:
    """Make and publish the report of one day.

    Parameters
    ----------
    config : Config
    as_of : date
    languages : sequence of str
        The first one is that of `index.html` and of the Excel file.
    reports : Path
        The folder of all reports.
    notebooks : Path
        The folder of the chapters.
    on_progress : callable
        Called with cells done, cells in all, and the chapter in work; then with the parts of the work that follow, as 0 of 1.
    pdf : bool
        Print `report.<lang>.html` too; needs a Chromium.
    clock : Clock, optional
        Is shown what the chapters measured.
    kernel : WarmKernel, optional
        Started already, in the folder of the chapters.

    Returns
    -------
    Path
        The published folder, ``reports/2011-12-09``.

    Raises
    ------
    WorkbookError
        ChapterFailed, ConfigurationError, DataRefused, Locked or PublishFailed; nothing is published then, and an earlier report is untouched.
    """
    _check_languages(languages)
    outside = config.pages.profile == "external"
    if outside and pdf:
        raise ConfigurationError("A report for readers outside (profile external) is pages only: leave out --pdf.")
    browser = find_browser() if pdf else None
    chapters = find_chapters(notebooks)
    begun = time.monotonic()
    reports = reports.resolve()
    with ended_by_sigterm(), locked(reports):
        repair(reports)
        check_owner(reports, as_of, config.name, config.pages.profile)
        enter_reports(config, reports)
        with staging(reports, as_of) as stage, _open_desk(config, as_of, languages[0], stage) as desk:
            run = _execute(config, as_of, chapters, languages, stage, on_progress, desk, kernel)
            facts = _collect_facts(stage, run)
            if clock:
                clock.take(stage, facts["ledger"])
            on_progress(0, 1, "pages")
            _write_pages(config, as_of, languages, desk, run[0].seal["run"], stage)
            if outside:
                write_card(stage / "index.html", config, as_of, facts, languages=languages)
            else:
                on_progress(0, 1, "archive")
                write_archive(run, stage / "notebooks", {"as_of": as_of.isoformat()})
                write_manifest(make_manifest(config, as_of, facts, languages=languages, seconds=time.monotonic() - begun), stage / "manifest.json")
            on_progress(0, 1, "last look")
            pass_gate(
                stage,
                [
                    str(stage),
                    str(reports),
                    str(config.folder.resolve()),
                    sys.prefix,
                    *(f"{tempfile.gettempdir()}/{start}" for start in ("workbook-", "wb-kernel-")),
                    str(Path.home()),
                ],
                open_watch(config, run, stage / "sheets"),
            )
            shutil.rmtree(stage / "sheets")  # what only the press reads
            if outside:
                keep_pages(stage)
            on_progress(0, 1, "publishing")
            if browser:
                print_reports(browser, stage, as_of, languages)  # what has passed, and nothing else
            published = publish(stage, reports, as_of)
        enter_reports(config, reports, published=published)
        for name, page in write_listings(list_reports(reports)).items():
            write_beside(reports / name, page)
    return published


def make_chapter(
    config: Config, as_of: dt.date, only: str, *, languages: Sequence[str], notebooks: Path, on_progress: Progress, kernel: WarmKernel | None = None
) -> Path:
    """Render one chapter into a folder of its own under the system's temporary one; publish nothing.

    Returns
    -------
    Path
        The page in the first language.
    """
    _check_languages(languages)
    chapters = find_chapters(notebooks, only)
    with ended_by_sigterm(), Desk(config) as desk:
        run = _execute(config, as_of, chapters, languages, None, on_progress, desk, kernel)
        on_progress(0, 1, "pages")
        scratch = Path(tempfile.mkdtemp(prefix="workbook-only-"))
        _write_pages(config, as_of, languages, desk, run[0].seal["run"], scratch)
    return scratch / languages[0] / f"{chapters[0].name}.html"


def _check_languages(languages: Sequence[str]) -> None:
    if not languages or len(set(languages)) < len(languages) or not set(languages) <= set(LOCALES):
        raise ConfigurationError(f"languages are one or more of {', '.join(LOCALES)}, each once; got {shorten(languages) or 'none'}.")


def _execute(
    config: Config,
    as_of: dt.date,
    chapters: Sequence[Chapter],
    languages: Sequence[str],
    run_dir: Path | None,
    on_progress: Progress,
    desk: Desk,
    kernel: WarmKernel | None,
) -> list[Executed]:
    """Run on a copy of the configuration as it stands now: the one that `verify` will find in the manifest."""
    with holding_folder("workbook-") as scratch:
        config_path = scratch / CONFIG_FILE
        config_path.write_text(json.dumps({"folder": str(config.folder.resolve()), "config": config.model_dump(mode="json")}), encoding="utf-8")
        parameters = {"config_path": str(config_path), "as_of": as_of.isoformat(), "run_dir": str(run_dir) if run_dir else ""}
        return run_chapters(chapters, languages=languages, parameters=parameters, on_progress=on_progress, on_finished=desk.take, kernel=kernel)


def _collect_facts(stage: Path, run: Sequence[Executed]) -> dict:
    """Take the facts the notebooks left, after looking that they left everything and speak of this run."""
    missing = [f"tables/{name}.parquet" for name in SCHEMAS if not (stage / "tables" / f"{name}.parquet").is_file()]
    missing += [] if (stage / "sheets" / WATCHED).is_file() else [f"sheets/{WATCHED}"]
    path = stage / "facts.json"
    if not path.is_file():
        missing.append("facts.json")
    if missing:
        raise ChapterFailed(f"The chapters ran, and left no {shorten(missing)}.")
    facts = json.loads(path.read_text(encoding="utf-8"))
    if absent := [key for key in _FACTS if key not in facts]:
        raise ChapterFailed(f"facts.json lacks {', '.join(absent)}.")
    if facts["run"] != run[0].seal["run"]:
        raise ChapterFailed(f"The tables are those of run {facts['run']}, the chapters those of run {run[0].seal['run']}.")
    path.unlink()
    return facts


def _open_desk(config: Config, as_of: dt.date, lang: str, stage: Path) -> Desk:
    """Open the desk where chapters become pages; the Excel file, which readers outside do not get, is written there too."""

    def write(run: str) -> None:
        write_workbook(config, as_of, stage / "tables", stage / "customers.xlsx", lang=lang, run=run, sheets=stage / "sheets")

    return Desk(config) if config.pages.profile == "external" else Desk(config, stage / "facts.json", write)


def _write_pages(config: Config, as_of: dt.date, languages: Sequence[str], desk: Desk, run: str, folder: Path) -> None:
    written, words = desk.hand_over()
    bodies = {lang: written[lang] for lang in languages}
    if (folder / "tables").is_dir():  # a whole report; a single chapter needs no glossary
        segment_map = find_map(config, folder / "tables")
        for lang, chapters in bodies.items():
            chapters.append(write_glossary(words, lang, config, segment_map))
    edition = Edition(config.name, as_of, config.currency, run, bodies, config.pages.profile, config.pages.least)
    for name, html in write_pages(edition).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
