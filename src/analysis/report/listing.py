"""The pages over all reports, one a language: which there are, their key figures with the change since the one before, and how those have moved."""

import html
from collections.abc import Sequence
from itertools import groupby, pairwise

from analysis.report.catalogue import Listed
from analysis.report.chapters import SUMMARY
from analysis.report.measures import name_measure, read_values, say_change, write_value
from analysis.report.pages import Link, Page, footnotes, html_lang, read_style, render
from analysis.texts import LANGUAGE_NAMES, LOCALES, Texts

_MOST_TRENDS = 36  # reports in a line
_PLAIN = "manager"  # a profile that is not worth a word


def write_listings(reports: Sequence[Listed]) -> dict[str, str]:
    """Write the pages of a reports folder.

    Parameters
    ----------
    reports : sequence of Listed
        Newest first. Reports of different names are listed apart.

    Returns
    -------
    dict of str to str
        File name to HTML: ``index.en.html``, ``index.zh.html``, and ``index.html``, which is that of the first language of the newest report.
    """
    first = next((lang for report in reports for lang in report.languages if lang in LOCALES), next(iter(LOCALES)))
    pages = {f"index.{lang}.html": _write(reports, lang) for lang in LOCALES}
    return {"index.html": pages[f"index.{first}.html"]} | pages


def _write(reports: Sequence[Listed], lang: str) -> str:
    texts = Texts(lang)
    groups = groupby(sorted(reports, key=lambda report: (report.name, -report.as_of.toordinal())), key=lambda report: report.name)
    sections = [_section(name, list(group), texts) for name, group in groups]
    title = texts.say("press-reports")
    body = f"<h1>{html.escape(title)}</h1>" + ("".join(sections) or f"<p>{html.escape(texts.say('press-no-reports'))}</p>")
    about = texts.say("listing-count", count=len(reports), reports=texts.number(len(reports))) if reports else ""
    others = [Link(LANGUAGE_NAMES[other], f"index.{other}.html", lang=html_lang(other)) for other in LOCALES if other != lang]
    notes = footnotes(texts, reports[0].run)[:1] if reports else []
    product = texts.say("press-product")
    return render(Page("listing", lang, f"{title} · {product}", product, about, body, others, notes=notes, style=read_style("overview.css")))


def _section(name: str, reports: list[Listed], texts: Texts) -> str:
    """Write the reports of one name: a line for each key figure, then a row for each report."""
    measures = list(dict.fromkeys(str(figure.get("measure")) for report in reports for figure in report.key_figures))
    trends = "".join(_trend(measure, reports[:_MOST_TRENDS], texts) for measure in measures)
    profiles = any(report.profile != _PLAIN for report in reports)
    heads = [texts.say("press-report"), *(name_measure(measure, texts) for measure in measures)]
    heads += [texts.say("listing-warnings"), *([texts.say("listing-profile")] if profiles else []), texts.say("press-read")]
    numeric = range(1, len(measures) + 2)
    head = "".join(f'<th scope="col"{_CLASS if place in numeric else ""}>{html.escape(label)}</th>' for place, label in enumerate(heads))
    rows = "".join(_row(report, before, measures, heads, texts, profiles=profiles) for report, before in pairwise([*reports, None]) if report)
    return (
        f"<h2>{html.escape(name)}</h2>" + (f'<div class="trends">{trends}</div>' if trends else "")
        + f'<div class="table" role="region" tabindex="0" aria-label="{html.escape(name)}"><table class="cards"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )  # fmt: skip


_CLASS = ' class="number"'


def _row(report: Listed, before: Listed | None, measures: list[str], heads: list[str], texts: Texts, *, profiles: bool) -> str:
    date, own = report.folder.name, Texts(texts.lang, report.currency)
    values, earlier = read_values(report), read_values(before) if before and before.currency == report.currency else {}
    told = []
    for measure in measures:
        change = say_change(measure, values.get(measure), earlier.get(measure), own)
        small = f' <span class="change">{html.escape(change)}</span>' if change else ""
        told.append(html.escape(write_value(measure, values.get(measure), own)) + small)
    told.append(html.escape(texts.number(len(report.warnings))))
    numbers = "".join(f'<td class="number" data-label="{html.escape(label)}">{cell}</td>' for label, cell in zip(heads[1:], told, strict=False))
    profile = f'<td data-label="{html.escape(texts.say("listing-profile"))}">{html.escape(texts.label("profile", report.profile))}</td>' if profiles else ""
    whole = " ".join(
        f'<a href="{date}/report.{lang}.html" lang="{html_lang(lang)}" hreflang="{html_lang(lang)}">{LANGUAGE_NAMES[lang]}</a>'
        for lang in report.languages
        if lang in LOCALES
    )
    first = next(iter(report.languages), "")
    place = f"{date}/{texts.lang}/{SUMMARY}.html" if texts.lang in report.languages and texts.lang != first else f"{date}/index.html"
    read = f'<td class="read" data-label="{html.escape(heads[-1])}">{whole}</td>'
    return f'<tr><th scope="row"><a href="{place}">{html.escape(texts.date(report.as_of))}</a></th>{numbers}{profile}{read}</tr>'


def _trend(measure: str, reports: list[Listed], texts: Texts) -> str:
    """Draw how a key figure moved over the reports in the currency of the newest; with one report there is a number and no line."""
    own = Texts(texts.lang, reports[0].currency)
    alike = [report for report in reversed(reports) if report.currency == reports[0].currency]
    points = [(report.as_of, value) for report in alike if (value := read_values(report).get(measure)) is not None]
    if not points:
        return ""
    name, (last, now) = name_measure(measure, texts), points[-1]
    line = ""
    if len(points) > 1:
        (first, then), values = points[0], [value for _, value in points]
        low, span, days = min(values), max(values) - min(values), max(1, (last - first).days)
        spots = [f"{2 + 196 * (day - first).days / days:.1f},{44 - 38 * (value - low) / span if span else 25:.1f}" for day, value in points]
        short = texts.month if (first.year, first.month) != (last.year, last.month) else texts.day
        ends = {"first": texts.date(first), "last": texts.date(last)}
        words = {"then": write_value(measure, then, own), "now": write_value(measure, now, own)}
        label = texts.say("listing-trend", measure=name, **ends, **words)
        line = (
            f'<svg viewBox="0 0 200 48" preserveAspectRatio="none" role="img" aria-label="{html.escape(label)}"><polyline points="{" ".join(spots)}" fill="none" '
            'stroke="#0b5878" stroke-width="2" stroke-linejoin="round" vector-effect="non-scaling-stroke"></polyline></svg>'
            f'<div class="ends">{_end(words["then"], short(first))}{_end(words["now"], short(last))}</div>'
        )
        change = say_change(measure, now, points[-2][1], own)
        line = f'<div class="change">{html.escape(texts.say("listing-since", change=change, date=texts.date(points[-2][0])))}</div>{line}' if change else line
    return f'<figure><figcaption>{html.escape(name)}</figcaption><div class="now">{html.escape(write_value(measure, now, own))}</div>{line}</figure>'


def _end(value: str, day: str) -> str:
    return f"<span><b>{html.escape(value)}</b> {html.escape(day)}</span>"
