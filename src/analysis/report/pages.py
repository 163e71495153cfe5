"""From bodies to pages: header, navigation, footer, style and policy around what the chapters say. Every page is whole in itself."""

import datetime as dt
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.report.chapters import SUMMARY
from analysis.report.export import Body
from analysis.report.markup import list_questions, lower_headings
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
    next: Link | None = None
    notes: Sequence[str] = ()
    further: Sequence[Link] = ()
    html_lang: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "html_lang", _HTML_LANG[self.lang])


@dataclass(frozen=True)
class Edition:
    """A report before it is written: its chapters per language, in reading order, and what its header and footer say."""

    name: str
    as_of: dt.date
    currency: str
    run: str
    bodies: Mapping[str, Sequence[Body]]


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def render(page: Page) -> str:
    """Write a page as HTML."""
    style = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
    return _environment().get_template("page.html.j2").render(page=page, policy=POLICY, style=style, say=Texts(page.lang).say)


def write_pages(edition: Edition) -> dict[str, str]:
    """Write every page of a report.

    Returns
    -------
    dict of str to str
        Path inside the report (``index.html``, ``zh/02_rfm.html``, ``report.en.html``) to HTML.
    """
    first = next(iter(edition.bodies))
    pages = {}
    for lang in edition.bodies:
        order = _summary_first(edition.bodies[lang])
        for position, body in enumerate(order):
            after = order[position + 1] if position + 1 < len(order) else None
            pages[f"{lang}/{body.chapter}.html"] = _chapter(edition, body, after, f"{lang}/{body.chapter}.html")
        pages[f"report.{lang}.html"] = _whole(edition, order, lang)
        if lang == first:
            pages["index.html"] = _chapter(edition, order[0], order[1] if order[1:] else None, "index.html")
    return pages


def chapter_label(body: Body) -> str:
    """Name a chapter in two words; a chapter without an entry in the catalogue goes by its title."""
    texts, key = Texts(body.lang), f"chapter-{body.chapter}".replace("_", "-")
    return texts.say(key) if texts.has(key) else body.title


def _summary_first(bodies: Sequence[Body]) -> list[Body]:
    return sorted(bodies, key=lambda body: (body.chapter != SUMMARY, body.chapter))


def _place(edition: Edition, lang: str, chapter: str) -> str:
    """Tell where a chapter is read: the summary of the first language is the index."""
    first = next(iter(edition.bodies))
    return "index.html" if lang == first and chapter == _summary_first(edition.bodies[lang])[0].chapter else f"{lang}/{chapter}.html"


def _chapter(edition: Edition, body: Body, after: Body | None, path: str) -> str:
    lang = body.lang

    def to(place: str) -> str:
        return posixpath.relpath(place, posixpath.dirname(path) or ".")

    links = [
        Link(chapter_label(other), to(_place(edition, lang, other.chapter)), other.chapter == body.chapter) for other in _summary_first(edition.bodies[lang])
    ]
    others = [Link(LANGUAGE_NAMES[other], to(_place(edition, other, body.chapter)), lang=_HTML_LANG[other]) for other in edition.bodies if other != lang]
    texts = Texts(lang)
    further = [Link(texts.say("press-whole"), to(f"report.{lang}.html")), Link(texts.say("press-all-reports"), to("../index.html"))]
    title = f"{body.title} · {edition.name} · {edition.as_of}"
    return render(Page("chapter", lang, title, edition.name, texts.say("press-as-of", date=texts.date(edition.as_of)), _with_contents(body, texts), others, links,
                       Link(chapter_label(after), to(_place(edition, lang, after.chapter))) if after else None, footnotes(texts, edition.run), further))  # fmt: skip


def _with_contents(body: Body, texts: Texts) -> str:
    """Put the questions of a long chapter behind its opening, as links."""
    questions = list_questions(body.html)
    opening, mark, rest = body.html.partition("</p>")
    if len(questions) < _LONG or not mark:
        return body.html
    items = "".join(f'<li><a href="#{name}">{_escape(text)}</a></li>' for name, text in questions)
    return f'{opening}{mark}<nav class="contents" aria-label="{_escape(texts.say("press-contents"))}"><ol>{items}</ol></nav>{rest}'


def _whole(edition: Edition, order: Sequence[Body], lang: str) -> str:
    texts = Texts(lang)
    title = texts.say("press-report-title", name=edition.name)
    sections = [f'<section class="chapter" id="{body.chapter}">{lower_headings(body.html)}</section>' for body in order]
    links = [Link(chapter_label(body), f"#{body.chapter}") for body in order]
    others = [Link(LANGUAGE_NAMES[other], f"report.{other}.html", lang=_HTML_LANG[other]) for other in edition.bodies if other != lang]
    body = f"<h1>{_escape(title)}</h1>" + "\n".join(sections)
    about = texts.say("press-as-of", date=texts.date(edition.as_of))
    return render(Page("whole", lang, f"{title} · {edition.as_of}", edition.name, about, body, others, links, None, footnotes(texts, edition.run)))


def footnotes(texts: Texts, run: str) -> list[str]:
    """Say at the foot of a page what it was made by, and what it does not hold."""
    version = metadata.version("customer-segmentation-workbook")
    return [texts.say("press-privacy"), texts.say("press-made-by", version=version, run=run[:12])]


def _escape(text: str) -> str:
    return str(_environment().filters["escape"](text))
