"""How the parts of a chapter stand together: a section for each question, and beside a picture what there is to say of it."""

import html
import re

from analysis.report.markup import plain

_FIGURE = r"<figure\b(?:(?!</figure>).)*</figure>\s*"
_ASIDE = r'((?:<p class="(?:how|basis)">(?:(?!</p>).)*</p>\s*)*)'
_NUMBERS = r'(<details class="numbers">(?:(?!</details>).)*</details>\s*)?'
_READINGS = r'((?:<p class="reading">(?:(?!</p>).)*</p>\s*)*)'
_PICTURE = re.compile(f"({_FIGURE}){_ASIDE}{_NUMBERS}{_READINGS}", re.S)
_TABLE = re.compile(r'(<div class="table"(?:(?!</div>).)*</div>\s*)((?:<p class="reading">(?:(?!</p>).)*</p>\s*)+)', re.S)
_PROSE = '<div class="prose">'
_NARROW = 5  # columns: a table that has no more leaves room for its reading


def arrange(body: str) -> str:
    """Put a chapter that was written one thing after the other into sections and pairs.

    Parameters
    ----------
    body : str
        What the notebook's cells show, in their order, cleaned: prose in ``<div class="prose">``, pictures as ``<figure>`` followed by what explains them,
        tables in ``<div class="table">``, readings as ``<p class="reading">``.

    Returns
    -------
    str
        The same, in ``<section>``: a heading begins one. A picture and its explanation, or a narrow table and its reading, are an ``exhibit``.
    """
    before, *parts = body.split(_PROSE)
    sections = [before] if before.strip() else []
    for part in parts:
        if not sections or re.match(r"\s*<h[12]\b", part):
            sections.append("")
        sections[-1] += _PROSE + part
    return "\n".join(_section(_pair(_name_tables(section))) for section in sections)


def _section(inner: str) -> str:
    kind = "opening" if "<h1" in inner else "triad"
    return f'<section class="{kind}">{inner.strip()}</section>'


def _name_tables(section: str) -> str:
    """Call a table that has no caption as its question, so that whoever comes to it by keyboard hears where it belongs."""
    heading = re.search(r"<h[12]\b[^>]*>(.*?)</h[12]>", section, re.S)
    name = html.escape(plain(heading.group(1))) if heading else ""
    return (
        section.replace('<div class="table" role="group" tabindex="0">', f'<div class="table" role="group" tabindex="0" aria-label="{name}">')
        if name
        else section
    )


def _pair(section: str) -> str:
    return _TABLE.sub(_beside_table, _PICTURE.sub(_beside_picture, section))


def _beside_picture(found: re.Match) -> str:
    figure, aside, numbers, readings = (part or "" for part in found.groups())
    beside = (readings + aside).strip()
    told = f'<div class="beside">{beside}</div>' if beside else ""
    return f'<div class="exhibit">{figure.strip()}{told}{numbers.strip()}</div>\n'


def _beside_table(found: re.Match) -> str:
    table, readings = found.groups()
    if table.count('scope="col"') > _NARROW or 'class="long"' in table:
        return found.group()
    return f'<div class="exhibit tabular">{table.strip()}<div class="beside">{readings.strip()}</div></div>\n'
