"""The classification tree as a picture: a column a level, a field a branch, as high as its share."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts.basis import describe
from analysis.charts.fitting_text import fit_text
from analysis.columns import PATH_SEPARATOR, TIERS
from analysis.display.chart import READER_FONTS, Chart, quiet_letters
from analysis.palette import COLOURS, GREY, INK, LIGHT, PALE, PAPER, colour, fade, ink_on
from analysis.texts import Texts
from analysis.theme import WIDTH, clear_axes, theme

_TINTS = (0.0, 0.5, 0.72, 0.85, 0.92)  # how much white a level has, the first none
_SLIDE = (13.333, 7.5)  # inches, 16:9
_LEAST, _LINE, _EDGE, _HEAD = 0.158, 0.17, 0.07, 0.34  # inches: a field for one line, a line of several, the space around it, the names of the levels
_SCHEMES = {"segment": "segment", "class8": "class8", "value_tier": "value_tier", "lifecycle_stage": "stage", "value_class": "value_tier"}


@dataclass(frozen=True)
class _Field:
    """A branch, or several too thin for a word, with its place: top and height as shares of the picture, and the columns it goes over."""

    name: str
    short: str  # of several: how many, where there is room for no more
    inside: str  # of several: each with its customers
    customers: float
    change: str
    level: int
    columns: int
    top: float
    height: float
    shade: str


def pick_tree(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give the nodes of one tree: of this name, or of the first there is."""
    wanted = name or (frame["tree"].iloc[0] if len(frame) else "")
    return frame[frame["tree"] == wanted].reset_index(drop=True)


def list_below(nodes: pd.DataFrame) -> dict[str, list[int]]:
    """Give the places of the branches of every parent, by the parent's path; nothing where the only branch is one of which nothing is known: it says no more."""
    below: dict[str, list[int]] = {}
    for at, path in nodes["path"].items():
        below.setdefault(path.rpartition(PATH_SEPARATOR)[0], []).append(at)
    unknown = nodes["key"].isna() & ~nodes["is_folded"]
    return {parent: found for parent, found in below.items() if len(found) > 1 or not parent or not unknown[found[0]]}


def name_node(row: pd.Series, texts: Texts) -> str:
    """Name a branch: what its key is called; how many stand together in a folded one."""
    if row["is_folded"]:
        return texts.say("tree-other", n=int(row["branches"]), branches=texts.number(row["branches"]))
    return texts.value(row["level_column"], row["key"])


def name_levels(nodes: pd.DataFrame, texts: Texts) -> list[str]:
    """Name the levels of a tree in order."""
    return [texts.column(column) for column in nodes.drop_duplicates("level").sort_values("level")["level_column"]]


def say_change(row: pd.Series, texts: Texts) -> str:
    """Write by how much a branch changed since the last report, with a triangle; empty where it did not, or hardly."""
    if not row["is_change"] or pd.isna(row["customers"]) or pd.isna(row["customers_before"]):
        return ""
    change, before = int(row["customers"]) - int(row["customers_before"]), int(row["customers_before"])
    mark, amount = "▲" if change > 0 else "▼", texts.number(abs(change))
    return texts.say("tree-change", mark=mark, change=amount, share=texts.percent(abs(change) / before)) if before else f"{mark} {amount}"


def draw_icicle(frame: pd.DataFrame, *, by: str = "", name: str = "", texts: Texts) -> Chart:
    """Draw a tree: levels from left to right, branches as high as their share of all; text only where it fits.

    Parameters
    ----------
    frame : pandas.DataFrame
        The frame `tree`: node; tree, path, level, level_column, key, customers, monetary, customers_before, is_folded, branches, is_change.
    by : {"", "customers", "money"}
        What the heights stand for; as in the frame's `by` without.
    name : str
        Of the tree; the first one without.
    texts : Texts
    """
    nodes = pick_tree(frame, name)
    leaves = int((nodes["level"] == nodes["level"].max()).sum())
    return _draw(nodes, by=by, size=(WIDTH, min(7.2, max(3.6, 0.17 * leaves + 1.2))), texts=texts)


def save_tree(frame: pd.DataFrame, path: Path, *, by: str = "", name: str = "", texts: Texts) -> None:
    """Write a tree as an image that fills a slide of 16:9, by the ending of the file's name: .svg (text stays text), .png or .pdf.

    Parameters
    ----------
    frame, by, name, texts
        As for `draw_icicle`.
    path : Path
    """
    chart = _draw(pick_tree(frame, name), by=by, size=_SLIDE, texts=texts, titled=True)
    about = {".svg": {"Date": None, "Creator": None}, ".pdf": {"CreationDate": None, "Creator": None, "Producer": None}, ".png": {"Software": None}}
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": chart.name, "text.parse_math": False}), quiet_letters():
        chart.figure.savefig(path, dpi=200, metadata=about[path.suffix.lower()])
    if path.suffix.lower() == ".svg":
        path.write_text(path.read_text(encoding="utf-8").replace("<svg ", f'<svg style="font-family: {READER_FONTS}" ', 1), encoding="utf-8")


def _draw(nodes: pd.DataFrame, *, by: str, size: tuple[float, float], texts: Texts, titled: bool = False) -> Chart:
    by = by or (str(nodes["by"].iloc[0]) if len(nodes) else "customers")
    title = _say_title(nodes, by, texts)
    levels = name_levels(nodes, texts)
    with theme(texts.lang), quiet_letters():
        figure = Figure(figsize=size)
        scale = 1.35 if titled else 1.0
        margin, above = (0.45, 1.0) if titled else (0.02, 0.02)
        width, height = size[0] - 2 * margin, size[1] - margin - above
        axes = figure.add_axes((margin / size[0], margin / size[1], width / size[0], height / size[1]))
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        axes.set_axis_off()
        clear_axes(axes)
        if titled:
            figure.text(margin / size[0], 1 - 0.5 / size[1], title, fontsize=18, weight="bold", va="center", color=INK)
        column = width / max(1, len(levels))
        for place, level in enumerate(levels):
            _write_head(axes, place * column, column, level, scale)
        total = nodes.loc[nodes["level"] == 1, "customers"].astype(float).sum(skipna=False) or 1.0
        first, whole = _HEAD * scale, height - _HEAD * scale
        for field in _place(nodes, by, _LEAST * scale / whole, texts):
            _fill(axes, field, column, (first, whole), total, scale, texts)
    top = nodes[nodes["level"] == 1]
    shares = top["customers"].astype(float) / total
    parts = texts.join(
        texts.say("tree-part", name=_cut(name_node(row, texts)), share=texts.percent(shares[at])) for at, row in top.iterrows() if pd.notna(shares[at])
    )
    alt = texts.say("tree-alt", title=title, levels=texts.say("tree-below").join(levels), parts=parts)
    heights = [texts.say("tree-by-money" if by == "money" else "tree-by-customers")]
    basis = describe(texts, customers=top["customers"].astype(float).sum(skipna=False) if len(top) else None, further=heights)
    return Chart("tree", title, alt, _list_data(nodes, texts), figure, basis)


def _say_title(nodes: pd.DataFrame, by: str, texts: Texts) -> str:
    """Say the finding: the largest branch of the first level with its share."""
    top = nodes[nodes["level"] == 1]
    if top.empty or not top["customers"].fillna(1).sum():
        return texts.say("tree-title-none")
    if top[["customers", "monetary"]].isna().to_numpy().any():
        return texts.say("chart-withheld")
    shares = {column: top[column].astype(float) / max(1e-9, float(top[column].astype(float).sum())) for column in ("customers", "monetary")}
    named = top[~top["is_folded"] & top["key"].notna()]
    largest = shares["monetary" if by == "money" else "customers"][(named if len(named) else top).index].idxmax()
    words = {"name": _cut(name_node(top.loc[largest], texts)), "customers": texts.percent(shares["customers"][largest])}
    return texts.say("tree-title-money" if by == "money" else "tree-title", money=texts.percent(shares["monetary"][largest]), **words)


def _cut(name: str, most: int = 40) -> str:
    name = " ".join(name.split())
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _place(nodes: pd.DataFrame, by: str, least: float, texts: Texts) -> Iterator[_Field]:
    """Give every branch that has a height its place and its colour, parents first; branches lower than `least` stand together after their siblings.

    What a branch has beyond those below it that may be told is one pale field with an asterisk.
    """
    sizes = nodes["monetary" if by == "money" else "customers"].astype(float).clip(lower=0)
    below = list_below(nodes[sizes > 0])
    depth = int(nodes["level"].max()) if len(nodes) else 0

    own = dict(zip(nodes["path"], sizes, strict=True))
    few = {path.rpartition(PATH_SEPARATOR)[0] for path in nodes.loc[sizes.isna(), "path"]}

    def place(parent: str, level: int, top: float, height: float, root: str) -> Iterator[_Field]:
        found = below.get(parent, [])
        known = float(sizes[found].sum())
        whole = max(known, own.get(parent, known)) if parent in few else known
        scale = height / whole if whole else 0.0
        thin = [at for at in found if sizes[at] * scale < least]
        thin = thin if len(thin) > 1 else []
        for at in (at for at in found if at not in thin):
            row, share = nodes.loc[at], sizes[at] * scale
            shade = root or _shade_first(nodes, row, texts)
            ends = row["path"] not in below
            tint = fade(shade, _TINTS[level - 1])
            yield _Field(
                name_node(row, texts), "", "", float(row["customers"]), say_change(row, texts), level, depth - level + 1 if ends else 1, top, share, tint
            )
            yield from place(row["path"], level + 1, top, share, shade)
            top += share
        if thin:
            n = int(nodes.loc[thin, "branches"].clip(lower=1).sum())
            name = texts.say("tree-smaller", n=n, branches=texts.number(n))
            tint = fade(root, _TINTS[-1]) if root else PALE
            parts = [texts.say("tree-inside", name=_cut(name_node(nodes.loc[at], texts), 20), customers=texts.number(nodes["customers"][at])) for at in thin]
            short, height = texts.say("tree-smaller-short", branches=texts.number(n)), float(sizes[thin].sum() * scale)
            yield _Field(name, short, texts.join(parts), float(nodes.loc[thin, "customers"].sum()), "", level, depth - level + 1, top, height, tint)
            top += height
        if whole > known:
            yield _Field(texts.say("withheld"), "", "", float("nan"), "", level, depth - level + 1, top, (whole - known) * scale, PALE)

    yield from place("", 1, 0.0, 1.0, "")


def _shade_first(nodes: pd.DataFrame, row: pd.Series, texts: Texts) -> str:
    """Colour a branch of the first level: as in all charts where its key has a colour; else by its name among the others; grey for unknown and folded."""
    if row["is_folded"] or not isinstance(row["key"], str):
        return LIGHT
    scheme = _SCHEMES.get(row["level_column"])
    if scheme and (scheme == "segment" or row["key"] in COLOURS[scheme]):
        return colour(scheme, row["key"], texts)
    keys = sorted(key for key in nodes.loc[nodes["level"] == 1, "key"] if isinstance(key, str))
    if set(keys) <= set(TIERS):
        return colour("value_tier", row["key"])
    return colour("branch", keys.index(row["key"]) + 1)


def _write_head(axes: Axes, left: float, width: float, level: str, scale: float) -> None:
    options = {"fontsize": 9.5 * scale, "color": GREY, "va": "center", "weight": "bold"}
    fit_text(axes, left + 0.02, _HEAD * scale / 2 - 0.02, [level, _cut(level, 16), _cut(level, 8)], width - 0.1, **options)


def _fill(axes: Axes, field: _Field, column: float, frame: tuple[float, float], total: float, scale: float, texts: Texts) -> None:
    """Draw one branch and write into it what fits."""
    first, whole = frame
    left, top, height = column * (field.level - 1), first + field.top * whole, field.height * whole
    axes.add_patch(Rectangle((left, top), column * field.columns, height, facecolor=field.shade, edgecolor=PAPER, linewidth=min(0.8, height * 72 * 0.3)))
    line, edge = _LINE * scale, _EDGE * scale
    lines = max(int((height - 0.07) / line), int(height >= _LEAST * scale))
    if not lines:
        return
    room, name, change = column * field.columns - 2 * edge, _cut(field.name), field.change
    count, share = texts.number(field.customers), texts.percent(field.customers / total)
    counted = texts.say("tree-count", customers=count, share=share) if pd.notna(total) else count
    if pd.isna(field.customers):
        fit_text(axes, left + edge, top + height / 2, [name], room, color=GREY, va="center", fontsize=9 * scale)
        return
    options = {"color": ink_on(field.shade), "va": "center", "fontsize": 9 * scale}
    if lines == 1:
        short = change.split(" (")[0].split("（")[0]
        wanted = [field.inside] if field.inside else [f"{name}  {counted}  {change}".strip()]
        wanted += [f"{name}  {count}  {short}"] if short else []
        wanted += [f"{name}  {counted}", f"{name}  {share}  {short}".strip(), f"{name}  {short}".strip(), name, *_shorten(field)]
        fit_text(axes, left + edge, top + height / 2, wanted, room, **options)
        return
    rows = [[*filter(None, [field.inside]), name, *_shorten(field)], *([[f"{counted}  {change}", change]] if lines == 2 and change else [[counted, share]])]
    if lines > 2 and change:
        rows.append([change])
    start = top + (height - line * len(rows)) / 2 if lines <= len(rows) + 1 else top + edge
    for number, wanted in enumerate(rows):
        weight = "bold" if field.level == 1 and number == 0 else "normal"
        fit_text(axes, left + edge, start + line * (number + 0.5), wanted, room, weight=weight, **options)


def _shorten(field: _Field) -> list[str]:
    name = _cut(field.name)
    return [field.short] if field.short else [_cut(name, most) for most in (28, 22, 17, 13, 10, 7) if most < len(name)]


def _list_data(nodes: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    names = {row["path"]: name_node(row, texts) for _, row in nodes.iterrows()}
    keys = [path.split(PATH_SEPARATOR) for path in nodes["path"]]
    below = texts.say("tree-below")
    data = pd.DataFrame({
        "branch": [below.join(names[PATH_SEPARATOR.join(key[: end + 1])] for end in range(len(key))) for key in keys],
        "customers": nodes["customers"].astype(float), "monetary": nodes["monetary"].astype(float).round(2),
    })  # fmt: skip
    return data.assign(customers_before=nodes["customers_before"].astype(float)) if nodes["customers_before"].notna().any() else data
