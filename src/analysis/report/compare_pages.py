"""Two reports compared, as pages beside the reports: complete when mailed alone, with the numbers of few customers withheld."""

import html
from pathlib import Path

from analysis.recipes.wording import open_texts
from analysis.report.compare import Comparison, withhold_few
from analysis.report.compare_words import list_tables, tell_comparison
from analysis.report.gate import pass_gate
from analysis.report.markup import frame_tables
from analysis.report.pages import Link, Page, footnotes, html_lang, read_style, render
from analysis.report.publish import write_beside
from analysis.report.sides import Side
from analysis.scratch import holding_folder
from analysis.texts import LANGUAGE_NAMES, LOCALES, Texts


def publish_comparison(found: Comparison, reports: Path) -> list[Path]:
    """Write the pages of a comparison into the folder of all reports, one a language, and look at them as at any page first.

    Returns
    -------
    list of Path
        ``compare-2025-11-30-2025-12-31.en.html`` and its twin in the other language.

    Raises
    ------
    PublishFailed
        When a page holds what it must not, or the disk says no.
    """
    shown = withhold_few(found)
    pages = {name_page(found, lang): write_page(shown, lang) for lang in LOCALES}
    with holding_folder("workbook-") as scratch:
        for name, page in pages.items():
            (scratch / name).write_text(page, encoding="utf-8")
        hidden = {str(path) for path in (reports.resolve(), found.before.listed.folder, found.after.listed.folder, Path.home())}
        pass_gate(scratch, sorted(hidden))
    for name, page in pages.items():
        write_beside(reports / name, page)
    return [reports / name for name in pages]


def name_page(found: Comparison, lang: str) -> str:
    """Name the file of a comparison."""
    return f"compare-{found.before.as_of}-{found.after.as_of}.{lang}.html"


def write_page(shown: Comparison, lang: str) -> str:
    """Write a comparison as a page.

    Parameters
    ----------
    shown : Comparison
        With the numbers of few customers withheld.
    lang : {"en", "zh"}
    """
    texts = open_words(shown.after, lang)
    title = texts.say("compare-title")
    lead, *others = tell_comparison(shown, texts=texts) or ("",)
    told = f'<p class="lead">{html.escape(lead)}</p>' + "".join(f"<p>{html.escape(sentence)}</p>" for sentence in others)
    parts = [
        f"<section><h2>{html.escape(texts.say(f'compare-{name}'))}</h2>{frame_tables(table._repr_mimebundle_()['text/html'], label=texts.say(f'compare-{name}'))}</section>"
        for name, table in list_tables(shown, texts=texts)
    ]
    sides = "".join(_side(side, texts) for side in (shown.before, shown.after))
    withheld = shown.segments.isna().to_numpy().any() or shown.moves.isna().to_numpy().any()
    note = f'<p class="note">{html.escape(texts.say("withheld-note", n=shown.least, least=texts.number(shown.least)))}</p>' if withheld else ""
    body = f'<h1>{html.escape(title)}</h1><ul class="sides">{sides}</ul>{told}{"".join(parts)}{note}'
    days = texts.say("rates-days", first=texts.date(shown.before.as_of), last=texts.date(shown.after.as_of))
    twins = [Link(LANGUAGE_NAMES[other], name_page(shown, other), lang=html_lang(other)) for other in LOCALES if other != lang]
    further = [Link(texts.say("press-all-reports"), f"index.{lang}.html")]
    name = shown.after.listed.name
    return render(
        Page("compare", lang, f"{title} · {name} · {shown.before.as_of} · {shown.after.as_of}", name, days, body, twins, notes=footnotes(texts, shown.after.listed.run)[:1],
             further=further, style=read_style("overview.css"))
    )  # fmt: skip


def _side(side: Side, texts: Texts) -> str:
    """Name a report, with a link to it where it lies beside the page."""
    listed = side.listed
    day = html.escape(texts.date(side.as_of))
    about = [listed.name, listed.currency, texts.say("compare-warnings", n=len(listed.warnings), warnings=texts.number(len(listed.warnings)))]
    return f'<li><b><a href="{listed.folder.name}/index.html">{day}</a></b>{html.escape(" · ".join(filter(None, about)))}</li>'


def open_words(side: Side, lang: str) -> Texts:
    """Open the catalogue in the words of a report's configuration."""
    return open_texts(side.config, lang)
