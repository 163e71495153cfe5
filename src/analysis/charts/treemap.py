"""One level as areas: which group brings how much money, where a bar would make small shares all alike."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts.fitting_text import fit_text
from analysis.display.chart import Chart, quiet_letters
from analysis.texts import Texts
from analysis.theme import PAPER, WIDTH, break_line, colour, ink_on, theme

_HEIGHT, _LINE, _EDGE = 3.9, 0.18, 0.08  # inches
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
    rows = segments[(segments["scheme"] == scheme) & (segments["monetary"].astype(float) > 0)]
    rows = rows.assign(monetary=rows["monetary"].astype(float)).sort_values(["monetary", "segment"], ascending=[False, True], ignore_index=True)
    total, people = float(rows["monetary"].sum()), max(1, int(segments.loc[segments["scheme"] == scheme, "customers"].sum()))
    with theme(texts.lang), quiet_letters():
        figure = Figure(figsize=(WIDTH, _HEIGHT))
        axes = figure.add_axes((0.002, 0.005, 0.996, 0.99))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(_HEIGHT, 0)
        axes.set_axis_off()
        boxes = squarify(rows["monetary"].tolist(), (0.0, 0.0, WIDTH, _HEIGHT))
        for row, (left, top, width, height) in zip(rows.itertuples(), boxes, strict=True):
            shade = colour(scheme, row.segment, texts)
            axes.add_patch(Rectangle((left, top), width, height, facecolor=shade, edgecolor=PAPER, linewidth=1.5))
            share, money = texts.percent(row.monetary / total), texts.money(row.monetary)
            shares = (
                [texts.say("treemap-share", share=share, money=money), share],
                [texts.say("treemap-customers", share=texts.percent(row.customers / people))],
            )
            room, name = width - 2 * _EDGE, break_line(texts.label(scheme, row.segment), int((width - 2 * _EDGE) * _LETTERS))
            for number, wordings in enumerate([*([line] for line in name.splitlines()), *shares]):
                options = {"color": ink_on(shade), "va": "center", "fontsize": 9.5, "weight": "bold" if number <= name.count("\n") else "normal"}
                low = _EDGE + (number + 1) * _LINE > height
                if low or not fit_text(axes, left + _EDGE, top + _EDGE + (number + 0.5) * _LINE, wordings, room, **options):
                    break
    names = [texts.label(scheme, key) for key in rows["segment"]]
    if rows.empty:
        title = texts.say("treemap-title-none")
    else:
        n = next(place for place, money in enumerate(rows["monetary"].cumsum(), start=1) if money >= total / 2)
        words = {"names": texts.join(names[:n]), "n": n, "groups": str(n)}
        title = texts.say("treemap-title", share=texts.percent(float(rows["monetary"][:n].sum()) / total), **words)
    parts = texts.join(texts.say("tree-part", name=name, share=texts.percent(money / total)) for name, money in zip(names, rows["monetary"], strict=True))
    return Chart(
        f"treemap-{scheme}".replace("_", "-"), title, texts.say("treemap-alt", title=title, parts=parts), rows[["segment", "customers", "monetary"]], figure
    )


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
