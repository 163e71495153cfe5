"""One level as areas: which group brings how much money, where a bar would make small shares all alike."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts.basis import describe
from analysis.charts.fitting_text import fit_text
from analysis.charts.withheld import shares, whole
from analysis.display.chart import Chart, quiet_letters
from analysis.palette import INK, PAPER, colour, edge, ink_on
from analysis.texts import Texts
from analysis.theme import WIDTH, break_line, theme

_HEIGHT, _LINE, _EDGE = 3.9, 0.18, 0.08  # inches
_BELOW = 0.22  # inches: a line below the areas, for a name that its area has no room for
_LETTERS = 12  # of a name in an inch
Box = tuple[float, float, float, float]  # left, top, width, height


def draw_treemap(segments: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Chart:
    """Show the groups of a scheme as areas of the money they bring.

    Parameters
    ----------
    segments : pandas.DataFrame
        The table `segments`: scheme, segment, customers, monetary.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    mine = segments[segments["scheme"] == scheme]
    mine = mine.assign(
        monetary=mine["monetary"].astype(float), share=shares(mine, "monetary", "monetary_pct"), people=shares(mine, "customers", "customers_pct")
    )
    rows = mine[mine["monetary"] > 0].sort_values(["monetary", "segment"], ascending=[False, True], ignore_index=True)
    with theme(texts.lang), quiet_letters():
        boxes = squarify(rows["monetary"].tolist(), (0.0, 0.0, WIDTH, _HEIGHT))
        unnamed = [place for place, row in enumerate(rows.itertuples()) if not _has_room(texts.label(scheme, row.segment), boxes[place])]
        tall = _HEIGHT + (_EDGE + _BELOW * -(-len(unnamed) // 2) if unnamed else 0)
        figure = Figure(figsize=(WIDTH, tall))
        axes = figure.add_axes((0.002, 0.005, 0.996, 0.99))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(tall, 0)
        axes.set_axis_off()
        for place, row in enumerate(rows.itertuples()):
            shade, (left, top, width, height) = colour(scheme, row.segment, texts), boxes[place]
            axes.add_patch(Rectangle((left, top), width, height, facecolor=shade, edgecolor=PAPER, linewidth=1.5))
            if place not in unnamed:
                _write_inside(axes, row, boxes[place], ink_on(shade), scheme, texts)
        for number, place in enumerate(unnamed):
            row, left, top = rows.loc[place], WIDTH / 2 * (number % 2), _HEIGHT + _EDGE + _BELOW * (number // 2)
            shade = colour(scheme, row["segment"], texts)
            axes.add_patch(Rectangle((left + 0.02, top + 0.04), 0.13, 0.13, facecolor=shade, edgecolor=edge(shade), linewidth=0.6))
            name = texts.say("tree-part", name=texts.label(scheme, row["segment"]), share=texts.percent(row["share"]))
            fit_text(axes, left + 0.22, top + 0.105, [name, texts.label(scheme, row["segment"])], WIDTH / 2 - 0.25, color=INK, va="center", fontsize=9)
    names = [texts.label(scheme, key) for key in rows["segment"]]
    half = rows["share"].sum() / 2
    if rows.empty:
        title = texts.say("treemap-title-none")
    else:
        n = next(place for place, share in enumerate(rows["share"].cumsum(), start=1) if share >= half)
        words = {"names": texts.join(names[:n]), "n": n, "groups": str(n)}
        title = texts.say("treemap-title", share=texts.percent(float(rows["share"][:n].sum())), **words)
    parts = texts.join(texts.say("tree-part", name=name, share=texts.percent(share)) for name, share in zip(names, rows["share"], strict=True))
    data = pd.DataFrame({scheme: rows["segment"], "customers": whole(rows["customers"]), "monetary": rows["monetary"], "monetary_pct": rows["share"]})
    basis = describe(texts, customers=mine["customers"].sum() if mine["customers"].notna().all() else None)
    return Chart(f"treemap-{scheme}".replace("_", "-"), title, texts.say("treemap-alt", title=title, parts=parts), data, figure, basis)


def _break_name(name: str, width: float) -> list[str]:
    return break_line(name, int((width - 2 * _EDGE) * _LETTERS)).splitlines()


def _has_room(name: str, box: Box) -> bool:
    """Tell whether a name can stand in an area, with a line for its share."""
    lines = _break_name(name, box[2])
    longest = max(sum(2 if letter > "\u2e80" else 1 for letter in line) for line in lines)
    return longest <= (box[2] - 2 * _EDGE) * _LETTERS and _EDGE + (len(lines) + 1) * _LINE <= box[3]


def _write_inside(axes: Axes, row: Any, box: Box, ink: str, scheme: str, texts: Texts) -> None:
    """Write into an area its name, its share of the money, and its share of the customers, as far as there is room."""
    left, top, width, height = box
    share, name = texts.percent(row.share), _break_name(texts.label(scheme, row.segment), width)
    further = (
        [texts.say("treemap-share", share=share, money=texts.money(row.monetary)), share],
        [texts.say("treemap-customers", share=texts.percent(row.people))],
    )
    for number, wordings in enumerate([*([line] for line in name), *further]):
        options = {"color": ink, "va": "center", "fontsize": 9.5, "weight": "bold" if number < len(name) else "normal"}
        low = _EDGE + (number + 1) * _LINE > height
        if low or not fit_text(axes, left + _EDGE, top + _EDGE + (number + 0.5) * _LINE, wordings, width - 2 * _EDGE, **options):
            break


def squarify(sizes: Sequence[float], box: Box) -> list[Box]:
    """Fill a box with areas in the proportion of the sizes, each as near to a square as the order allows.

    Parameters
    ----------
    sizes : sequence of float
        Above zero, falling.
    box : (left, top, width, height)

    Returns
    -------
    list of (left, top, width, height)
        In the order of the sizes.

    Notes
    -----
    Bruls, Huizing and van Wijk (2000), Squarified treemaps.
    """
    left, top, width, height = box
    rest = [size * width * height / sum(sizes) for size in sizes]
    boxes: list[Box] = []
    while rest:
        short = min(width, height)
        taken = next((n for n in range(1, len(rest)) if _worst(rest[: n + 1], short) > _worst(rest[:n], short)), len(rest))
        depth = sum(rest[:taken]) / short
        along = 0.0
        for area in rest[:taken]:
            boxes.append((left, top + along, depth, area / depth) if width >= height else (left + along, top, area / depth, depth))
            along += area / depth
        left, top, width, height = (left + depth, top, width - depth, height) if width >= height else (left, top + depth, width, height - depth)
        rest = rest[taken:]
    return boxes


def _worst(areas: Sequence[float], side: float) -> float:
    """Measure how far the worst field of a row is from a square."""
    whole = sum(areas)
    return max(max(side**2 * area / whole**2, whole**2 / (side**2 * area)) for area in areas)
