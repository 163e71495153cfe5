"""What of a cell's HTML, Markdown and SVG may stand in a page: an allow-list; everything else stays text or goes."""

import html
import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

import nh3
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from analysis.errors import PublishFailed

_TAGS = set(
    "p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd strong em b i code pre span div blockquote sub sup abbr a table caption thead tbody tfoot tr th td details summary svg polyline circle".split()
)
_CLASSES = set(
    "reading warning number figures measure value change better worse note cards outline branch leaf head alerts urgent watch calm level where tiles title command lead spark sparks".split()
)
_INSIDE = re.compile(r"#[\w-]+|(\.\./)?(\w+/)?[\w.-]+\.html(#[\w-]+)?")  # links lead nowhere but to our own pages

_MANY = 5  # columns that do not stand side by side on a telephone

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold, and a label from a file may
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_SHAPES = set(
    "svg g defs clipPath path rect circle ellipse line polyline polygon use text tspan linearGradient radialGradient stop pattern marker mask image".split()
)
_PAINT = set(
    "id class d x y x1 x2 y1 y2 cx cy r rx ry dx dy width height points transform viewBox preserveAspectRatio style fill fill-opacity fill-rule stroke stroke-width "
    "stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray opacity clip-path clip-rule font-family font-size font-weight font-style text-anchor "
    "dominant-baseline offset stop-color stop-opacity gradientUnits gradientTransform patternUnits clipPathUnits refX refY markerWidth markerHeight orient mask".split()
)


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if word in _CLASSES) or None
    if name == "href":
        return value if _INSIDE.fullmatch(value) else None
    if name in ("points", "viewBox", "cx", "cy", "r", "stroke-width"):
        return value if re.fullmatch(r"[\d., -]*", value) else None
    if name in ("fill", "stroke", "role"):
        return value if value in ("none", "currentColor", "img") else None
    return value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={
        "*": {"class", "lang"},
        "th": {"scope", "colspan", "rowspan", "class"},
        "td": {"colspan", "rowspan", "class", "data-label"},
        "a": {"href"},
        "details": {"open"},
        "span": {"class", "data-label"},
        "abbr": {"title"},
        "svg": {"class", "viewBox", "role", "aria-label"},
        "polyline": {"points", "fill", "stroke", "stroke-width"},
        "circle": {"cx", "cy", "r", "fill"},
    },
    attribute_filter=_attribute,
    clean_content_tags={"script", "style"},
    link_rel=None,
)


def clean_html(fragment: str) -> str:
    """Keep tables, paragraphs and lists; drop scripts, styles, handlers, images, forms, frames and every link that leaves the report."""
    return _CLEANER.clean(fragment)


def clean_markdown(source: str) -> str:
    """Render Markdown; HTML inside it stays visible text."""
    return clean_html(MarkdownWithMath(renderer=IPythonRenderer(escape=True, exclude_anchor_links=True)).render(source))


def clean_svg(svg: str, *, prefix: str, alt: str) -> str:
    """Make a drawing part of a page: only shapes and text, ids of its own, a size that follows the page, a description for readers who cannot see it.

    Raises
    ------
    PublishFailed
        When it is not SVG.
    """
    try:
        root = ET.fromstring(_CONTROL.sub("\ufffd", svg))
    except ET.ParseError as error:
        raise PublishFailed(f"the chart {prefix} is not SVG: {error}") from None
    if root.tag != f"{{{_SVG}}}svg":
        raise PublishFailed(f"the chart {prefix} is not SVG but {root.tag!r}")
    wanted = set(re.findall(r"""url\(#([^)]+)\)|href=["']#([^"']+)["']""", svg))
    used = {one or other for one, other in wanted}
    _prune(root, used, prefix)
    if "viewBox" not in root.attrib:
        root.set("viewBox", f"0 0 {_length(root, 'width')} {_length(root, 'height')}")
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.set("preserveAspectRatio", "xMinYMin meet")  # where height is what limits it, on paper, it stays at the left edge
    root.set("role", "img")
    root.set("aria-label", alt)
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _prune(element: ET.Element, used: set[str], prefix: str) -> None:
    """Keep known shapes with known attributes, all the way down."""
    attributes = [_paint(element.tag, name, value, used, prefix) for name, value in element.attrib.items()]
    element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    element.attrib.clear()
    element.attrib.update(filter(None, attributes))
    for child in list(element):
        if isinstance(child.tag, str) and child.tag.startswith(f"{{{_SVG}}}") and child.tag.removeprefix(f"{{{_SVG}}}") in _SHAPES:
            _prune(child, used, prefix)
        else:
            element.remove(child)


def _paint(tag: str, name: str, value: str, used: set[str], prefix: str) -> tuple[str, str] | None:
    """Decide on one attribute of a drawing: ids get the drawing's prefix, and nothing points out of it."""
    if name in (f"{{{_XLINK}}}href", "href"):
        if value.startswith("#"):
            return "href", f"#{prefix}-{value[1:]}"
        picture = tag == f"{{{_SVG}}}image" and re.fullmatch(r"data:image/(png|jpeg);base64,[\w+/=\s]+", value)
        return ("href", value) if picture else None
    if name == "id":
        return ("id", f"{prefix}-{value}") if value in used else None
    value = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", value)
    if name not in _PAINT or re.search(r"url\((?!#)|@import|expression|javascript|\\", value, re.I):
        return None
    return name, value


def _length(root: ET.Element, name: str) -> str:
    found = re.match(r"[\d.]+", root.get(name, ""))
    return found.group() if found else "100"


def frame_tables(fragment: str, *, label: str = "", stacked: bool = True) -> str:
    """Give every table a box in which it scrolls on a narrow screen, reachable by keyboard; sentences in it keep a width in which they can be read.

    With `stacked`, a table of five columns or more carries the heading of its column in each cell: on a telephone a row is then read from top to bottom.
    """

    def wrap(found: re.Match) -> str:
        caption = re.search(r"<caption[^>]*>(.*?)</caption>", found.group(), re.S)
        name = plain(caption.group(1)) if caption else label
        called = f' aria-label="{html.escape(name, quote=True)}"' if name else ""
        table = re.sub(r"<td>(?=[^<]{36})", '<td class="long">', found.group())
        return f'<div class="table" role="group" tabindex="0"{called}>{_stack(table) if stacked else table}</div>'

    return re.sub(r"<table\b.*?</table>", wrap, fragment, flags=re.S)


def _stack(table: str) -> str:
    names = [plain(text) for text in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table, re.S)]
    if len(names) < _MANY or not table.startswith("<table>"):
        return table

    def name_cells(row: re.Match) -> str:
        places = itertools.count()

        def name_cell(cell: re.Match) -> str:
            place = next(places)
            return cell.group() if cell.group(1) == "th" or place >= len(names) else f'<td data-label="{html.escape(names[place])}"{cell.group(2)}>'

        return re.sub(r"<(t[dh])\b([^>]*)>", name_cell, row.group())

    head, mark, body = table.partition("<tbody>")
    return head.replace("<table>", '<table class="stacked">', 1) + mark + re.sub(r"<tr>.*?</tr>", name_cells, body, flags=re.S)


def anchor_headings(body: str, prefix: str) -> str:
    """Number the headings so that each can be linked to: ``02_rfm-3`` is the third of chapter 02."""
    count = 0

    def anchor(found: re.Match) -> str:
        nonlocal count
        count += 1
        return f'<h{found.group(1)} id="{prefix}-{count}"'

    return re.sub(r"<h([1-6])(?=[ >])", anchor, body)


def list_questions(body: str) -> list[tuple[str, str]]:
    """List the second-level headings of a chapter: id and text."""
    return [(name, plain(text)) for name, text in re.findall(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', body, re.S)]


@dataclass(frozen=True)
class Twin:
    """A chapter in another language: how the language is called, and where its page lies."""

    lang: str
    language: str
    href: str


def link_questions(body: str, twins: Sequence[Twin]) -> str:
    """Put before each second-level heading the way to the same place in the other languages."""

    def link(found: re.Match) -> str:
        name, text = found.group(1), plain(found.group(2))
        links = (
            f'<a class="twin" href="{html.escape(twin.href)}#{name}" hreflang="{twin.lang}" aria-label="{html.escape(f"{twin.language}: {text}")}">'
            f'<span lang="{twin.lang}">{html.escape(twin.language)}</span></a>'
            for twin in twins
        )
        return "".join(links) + found.group()

    return re.sub(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', link, body, flags=re.S)


def lower_headings(body: str) -> str:
    """Move every heading one level down, for a page whose first level is the report itself."""
    return re.sub(r"<(/?)h([1-6])(?=[ >])", lambda found: f"<{found.group(1)}h{min(6, int(found.group(2)) + 1)}", body)


def plain(fragment: str) -> str:
    """Take the tags out of HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", fragment)).strip()
