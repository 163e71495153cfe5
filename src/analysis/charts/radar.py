"""A radar: one shape, a direction a feature, the average as a dashed ring half-way out."""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.palette import GREY, INK, LIGHT, PALE
from analysis.theme import break_line, clear_axes, name_axis


def clear_panel(axes: Axes) -> None:
    """Make room for a radar and its words, without an axis."""
    axes.set_aspect("equal")
    axes.set_xlim(-1.75, 1.75)
    axes.set_ylim(-1.45, 1.5)
    clear_axes(axes)
    name_axis(axes.xaxis, [], [])
    name_axis(axes.yaxis, [], [])


def draw_reach(axes: Axes, reach: Sequence[float], words: Sequence[str], shade: str) -> None:
    """Draw a shape that reaches so far (0: the middle, 1: the rim) in the direction of each word; the first word is on top."""
    draw_wheel(axes, words, letters=10, size=7.5)
    draw_shape(axes, reach, shade)


def draw_wheel(axes: Axes, words: Sequence[str], *, letters: int, size: float) -> None:
    """Draw the rings, and a line in the direction of each word, broken into lines of so many letters."""
    directions = _list_directions(len(words))
    axes.set_ylim(min(-0.6, *(y for _, y in directions)) * 1.22 - 0.2, 1.5)  # no empty room below a triangle
    for radius, shown, style in ((0.5, GREY, "--"), (1.0, LIGHT, "-")):
        ring = [(radius * x, radius * y) for x, y in [*directions, directions[0]]]
        axes.plot(*zip(*ring, strict=True), color=shown, linewidth=0.8, linestyle=style)
    for (x, y), word in zip(directions, words, strict=True):
        axes.plot([0, x], [0, y], color=PALE, linewidth=0.8)
        side = "center" if abs(x) < 0.3 else "left" if x > 0 else "right"
        axes.text(x * 1.08, y * 1.22, break_line(word, letters), ha=side, va="center", fontsize=size, color=INK)


def draw_shape(axes: Axes, reach: Sequence[float], shade: str, *, filled: float = 0.35) -> Line2D:
    """Draw a shape that reaches so far in each direction; give its outline."""
    shape = [(x * far, y * far) for (x, y), far in zip(_list_directions(len(reach)), reach, strict=True)]
    axes.fill(*zip(*shape, strict=True), color=shade, alpha=filled)
    return axes.plot(*zip(*[*shape, shape[0]], strict=True), color=shade, linewidth=1.8)[0]


def _list_directions(count: int) -> list[tuple[float, float]]:
    angles = [math.pi / 2 - 2 * math.pi * i / count for i in range(count)]
    return [(math.cos(angle), math.sin(angle)) for angle in angles]
