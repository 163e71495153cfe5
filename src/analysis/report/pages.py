"""From bodies to pages: header, navigation, footer, style and policy around what the chapters say. Every page is whole in itself."""

import datetime as dt
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.report import whatif
from analysis.report.chapters import GLOSSARY, SUMMARY
from analysis.report.export import Body
from analysis.report.markup import Twin, link_questions, list_questions, lower_headings
from analysis.report.paper import head_paper
from analysis.texts import LANGUAGE_NAMES, Texts

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_HTML_LANG = {"en": "en", "zh": "zh-Hans"}
_TEMPLATES = Path(__file__).parent / "template"
_LONG = 8  # questions: a chapter that has more begins with a list of them


@dataclass(frozen=True)
class Link:
    """Somewhere to go, as the reader sees it; `lang` where the label is in another language."""

    label: str
    href: str
    current: bool = False
    lang: str = ""


@dataclass(frozen=True)
class Page:
    """What the template needs to write one page."""

    kind: str
    lang: str
    title: str
    name: str
    about: str
    body: str
    others: Sequence[Link] = ()
    links: Sequence[Link] = ()
    contents: Sequence[Link] = ()  # the questions of this chapter
    previous: Link | None = None
    next: Link | None = None
    notes: Sequence[str] = ()
    further: Sequence[Link] = ()
    style: str = ""  # of this kind of page alone
    html_lang: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "html_lang", html_lang(self.lang))


def html_lang(lang: str) -> str:
    """Give the code of a language as HTML wants it."""
    return _HTML_LANG[lang]


def read_style(name: str) -> str:
    """Read a style of our own that not every page needs."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Edition:
    """A report before it is written: its chapters per language, in reading order, and what its header and footer say."""

    name: str
    as_of: dt.date
    currency: str
    run: str
    bodies: Mapping[str, Sequence[Body]]
    profile: str = "manager"
    least: int = 5  # customers that a number stands for


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def render(page: Page) -> str:
    """Write a page as HTML."""
    style = read_style("style.css") + head_paper(page.name, page.about) + page.style
    script, policy = (whatif.SCRIPT, POLICY + whatif.POLICY) if whatif.holds_cube(page.body) else ("", POLICY)
    style += whatif.STYLE if script else ""
    return _environment().get_template("page.html.j2").render(page=page, policy=policy, style=style, script=script, say=Texts(page.lang).say)


def write_pages(edition: Edition) -> dict[str, str]:
    """Write every page of a report.

    Returns
    -------
    dict of str to str
        Path inside the report (``index.html``, ``zh/02_rfm.html``, ``report.en.html``) to HTML.
    """
    pages = {}
    for lang in edition.bodies:
        order = _summary_first(edition.bodies[lang])
        for position, body in enumerate(order):
            path = f"{lang}/{body.chapter}.html"
            pages[path] = _chapter(edition, order, position, path)
        pages[f"report.{lang}.html"] = _whole(edition, order, lang)
    first = next(iter(edition.bodies))
    pages["index.html"] = _chapter(edition, _summary_first(edition.bodies[first]), 0, "index.html")
    return pages


def chapter_label(body: Body) -> str:
    """Name a chapter in two words; a chapter without an entry in the catalogue goes by its title."""
    texts, key = Texts(body.lang), f"chapter-{body.chapter}".replace("_", "-")
    return texts.say(key) if texts.has(key) else body.title


def _summary_first(bodies: Sequence[Body]) -> list[Body]:
    return sorted(bodies, key=lambda body: (body.chapter != SUMMARY, body.chapter == GLOSSARY, body.chapter))


def _place(edition: Edition, lang: str, chapter: str) -> str:
    """Tell where a chapter is read: the summary of the first language is the index."""
    first = next(iter(edition.bodies))
    return "index.html" if lang == first and chapter == _summary_first(edition.bodies[lang])[0].chapter else f"{lang}/{chapter}.html"


def _chapter(edition: Edition, order: Sequence[Body], position: int, path: str) -> str:
    body, lang = order[position], order[position].lang
    texts = Texts(lang)

    def to(place: str) -> str:
        return posixpath.relpath(place, posixpath.dirname(path) or ".")

    links = [Link(chapter_label(other), to(_place(edition, lang, other.chapter)), other.chapter == body.chapter) for other in order]
    twins = {other: to(_place(edition, other, body.chapter)) for other in edition.bodies if other != lang}
    questions = [Link(text, f"#{name}") for name, text in list_questions(body.html)]
    page = Page(
        kind="chapter", lang=lang, title=f"{body.title} · {edition.name} · {edition.as_of}", name=edition.name, about=_about(edition, texts),
        body=link_questions(_with_contents(body, texts), _find_twins(edition, body, twins)), others=_list_others(twins), links=links,
        contents=questions if len(questions) > 1 else [], previous=links[position - 1] if position else None,
        next=links[position + 1] if position + 1 < len(order) else None, notes=_notes(edition, texts),
        further=[Link(texts.say("press-whole"), to(f"report.{lang}.html")), Link(texts.say("press-all-reports"), to(f"../index.{lang}.html"))],
    )  # fmt: skip
    return render(page)


def _about(edition: Edition, texts: Texts) -> str:
    day = texts.say("press-as-of", date=texts.date(edition.as_of))
    told = texts.say("rates-header", day=day, currency=Texts(texts.lang, edition.currency).name_currency()) if edition.currency else day
    return texts.say("basis-separator").join([told, texts.say("profile-internal")]) if edition.profile == "analyst" else told


def _notes(edition: Edition, texts: Texts) -> list[str]:
    outside = [texts.say("profile-outside", n=edition.least, least=texts.number(edition.least))] if edition.profile == "external" else []
    return [*outside, *footnotes(texts, edition.run)]


def _list_others(twins: Mapping[str, str]) -> list[Link]:
    return [Link(LANGUAGE_NAMES[other], place, lang=_HTML_LANG[other]) for other, place in twins.items()]


def _find_twins(edition: Edition, body: Body, places: Mapping[str, str]) -> list[Twin]:
    """Find the other languages in which a chapter asks the same questions, so that a reader who changes the language stays where he is."""
    asked = [name for name, _ in list_questions(body.html)]
    return [
        Twin(_HTML_LANG[other], LANGUAGE_NAMES[other], place)
        for other, place in places.items()
        for each in edition.bodies[other]
        if each.chapter == body.chapter and [name for name, _ in list_questions(each.html)] == asked
    ]


def _with_contents(body: Body, texts: Texts) -> str:
    """Put the questions of a long chapter behind its opening, as links, for whoever has no room beside the text."""
    questions = list_questions(body.html)
    opening, mark, rest = body.html.partition("</p>")
    if len(questions) < _LONG or not mark:
        return body.html
    items = "".join(f'<li><a href="#{name}">{_escape(text)}</a></li>' for name, text in questions)
    name = _escape(texts.say("press-contents"))
    contents = f'<details class="contents"><summary>{name} <span>({len(questions)})</span></summary><nav aria-label="{name}"><ol>{items}</ol></nav></details>'
    return f"{opening}{mark}{contents}{rest}"


def _whole(edition: Edition, order: Sequence[Body], lang: str) -> str:
    texts, title = Texts(lang), Texts(lang).say("press-report-title", name=edition.name)
    twins = {other: f"report.{other}.html" for other in edition.bodies if other != lang}
    sections = [
        f'<section class="chapter" id="{body.chapter}">{lower_headings(link_questions(body.html, _find_twins(edition, body, twins)))}</section>'
        for body in order
    ]
    page = Page(
        kind="whole", lang=lang, title=f"{title} · {edition.as_of}", name=edition.name, about=_about(edition, texts),
        body=f"<h1>{_escape(title)}</h1><p>{_escape(_about(edition, texts))}</p>" + "\n".join(sections), others=_list_others(twins),
        links=[Link(chapter_label(body), f"#{body.chapter}") for body in order], notes=_notes(edition, texts),
    )  # fmt: skip
    return render(page)


def footnotes(texts: Texts, run: str) -> list[str]:
    """Say at the foot of a page what it was made by, and what it does not hold."""
    version = metadata.version("customer-segmentation-workbook")
    return [texts.say("press-privacy"), texts.say("press-made-by", version=version, run=run[:12])]


def _escape(text: str) -> str:
    return str(_environment().filters["escape"](text))
