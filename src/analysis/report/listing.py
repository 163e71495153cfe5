"""The page over all reports: which there are, their key figures, and how those have moved. Both languages stand side by side."""

import html
from collections.abc import Mapping, Sequence
from itertools import groupby

from analysis.report.catalogue import Listed
from analysis.report.pages import Page, footnotes, render
from analysis.texts import LANGUAGE_NAMES, LOCALES, Texts

_MONEY = ("revenue", "monetary", "mean_order_value")  # how such a measure begins
_SHARES = ("_rate", "_share", "retention")  # how such a measure ends
_MOST_TRENDS = 36


def write_listing(reports: Sequence[Listed]) -> str:
    """Write `reports/index.html`.

    Parameters
    ----------
    reports : sequence of Listed
        Newest first. Reports of different names are listed apart.
    """
    groups = groupby(sorted(reports, key=lambda report: (report.name, -report.as_of.toordinal())), key=lambda report: report.name)
    sections = [_section(name, list(group)) for name, group in groups]
    title = _both("press-reports", plain=True)
    body = f"<h1>{_both('press-reports')}</h1>" + ("".join(sections) or f"<p>{_both('press-no-reports')}</p>")
    notes = [line for lang in LOCALES for line in footnotes(Texts(lang), reports[0].run if reports else "-")[:1]]
    return render(Page("listing", "en", title, _both("press-product", plain=True), "", body, notes=notes))


def _section(name: str, reports: list[Listed]) -> str:
    measures = list(dict.fromkeys(str(figure.get("measure")) for report in reports for figure in report.key_figures))
    trends = "".join(_trend(measure, reports[:_MOST_TRENDS]) for measure in measures)
    head = "".join(f'<th scope="col" class="number">{_measure(measure)}</th>' for measure in measures)
    rows = "".join(_row(report, measures) for report in reports)
    return (
        f"<h2>{html.escape(name)}</h2>" + (f'<div class="trends">{trends}</div>' if trends else "")
        + f'<div class="table" role="region" tabindex="0" aria-label="{html.escape(name)}"><table><thead><tr><th scope="col">{_both("press-report")}</th>{head}'
        + f'<th scope="col">{_both("press-read")}</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )  # fmt: skip


def _row(report: Listed, measures: list[str]) -> str:
    texts = Texts("en", report.currency)
    values = _values(report)
    cells = "".join(f'<td class="number">{html.escape(_format(texts, measure, values.get(measure)))}</td>' for measure in measures)
    date = report.folder.name
    pages = " ".join(
        f'<a href="{date}/report.{lang}.html" lang="{lang}" hreflang="{lang}">{LANGUAGE_NAMES[lang]}</a>' for lang in report.languages if lang in LOCALES
    )
    return f'<tr><th scope="row"><a href="{date}/index.html">{date}</a></th>{cells}<td>{pages}</td></tr>'


def _trend(measure: str, reports: list[Listed]) -> str:
    """Draw how a key figure moved; with one report there is a number and no line."""
    points = [(report, value) for report in reversed(reports) if (value := _values(report).get(measure)) is not None]
    if not points:
        return ""
    latest, value = points[-1]
    now = html.escape(_format(Texts("en", latest.currency), measure, value))
    line = ""
    if len(points) > 1:
        values = [value for _, value in points]
        low, span = min(values), (max(values) - min(values)) or 1
        first, last = points[0][0].as_of, latest.as_of
        days = max(1, (last - first).days)
        spots = [f"{2 + 196 * (report.as_of - first).days / days:.1f},{44 - 38 * (value - low) / span:.1f}" for report, value in points]
        label = " · ".join(
            Texts(lang).say("press-trend", measure=_name(lang, measure), first=Texts(lang).date(first), last=Texts(lang).date(last)) for lang in LOCALES
        )
        line = (
            f'<svg viewBox="0 0 200 48" preserveAspectRatio="none" role="img" aria-label="{html.escape(label)}"><polyline points="{" ".join(spots)}" fill="none" '
            'stroke="#0b5878" stroke-width="2" stroke-linejoin="round" vector-effect="non-scaling-stroke"></polyline></svg>'
        )
    return f'<figure><figcaption>{_measure(measure)}</figcaption><div class="now">{now}</div>{line}</figure>'


def _values(report: Listed) -> dict[str, float]:
    """Read the key figures as numbers; what is none is left out."""
    found = {}
    for figure in report.key_figures:
        try:
            found[str(figure["measure"])] = float(figure["value"])
        except (KeyError, TypeError, ValueError):
            continue
    return found


def _format(texts: Texts, measure: str, value: float | None) -> str:
    if value is None:
        return "–"
    if measure.startswith(_MONEY):
        return texts.money(value)
    if measure.endswith(_SHARES):
        return texts.percent(value)
    return texts.number(value, 0 if value == int(value) else 1)


def _name(lang: str, measure: str) -> str:
    texts, word = Texts(lang), measure.replace("_", "-")
    known = [key for key in (f"trend-{word}", f"measure-{word}") if texts.has(key)]
    return texts.say(known[0]) if known else measure.replace("_", " ")


def _measure(measure: str) -> str:
    return _pair({lang: _name(lang, measure) for lang in LOCALES})


def _both(key: str, *, plain: bool = False) -> str:
    words = {lang: Texts(lang).say(key) for lang in LOCALES}
    return " · ".join(words.values()) if plain else _pair(words)


def _pair(words: Mapping[str, str]) -> str:
    return " ".join(f'<span lang="{lang}">{html.escape(text)}</span>' for lang, text in words.items())
