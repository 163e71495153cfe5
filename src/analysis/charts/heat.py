"""A heat map of shares with the percentage in every cell: how the groups of one kind fall under those of another."""

import math
from collections.abc import Sequence

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.palette import GREY, PALE, ink_on
from analysis.texts import Texts
from analysis.theme import HEAT, break_line, clear_axes, name_axis

_SHOWN = 0.005  # a smaller share would be written as 0%
_UPRIGHT = 5  # columns whose names have room beside each other


def draw_shares(axes: Axes, shares: pd.DataFrame, rows: list[str], columns: list[str], *, texts: Texts) -> None:
    """Draw shares (0-1, one line per row) on axes, with the names of the rows at the left and those of the columns on top."""
    if shares.size:
        sns.heatmap(shares.to_numpy(), ax=axes, cmap=HEAT, vmin=0, vmax=1, cbar=False, linewidths=1.5, linecolor="white")
    for i, line in enumerate(shares.to_numpy()):
        for j, share in enumerate(line):
            if math.isnan(share):
                axes.add_patch(Rectangle((j, i), 1, 1, facecolor=PALE, edgecolor="white", linewidth=1.5))
                axes.text(j + 0.5, i + 0.5, texts.say("withheld"), ha="center", va="center", color=GREY, fontsize=9)
            elif share >= _SHOWN:
                axes.text(j + 0.5, i + 0.5, texts.percent(share, 0), ha="center", va="center", color=ink_on(HEAT(share)), fontsize=9)
    name_columns(axes, columns)
    name_axis(axes.yaxis, [i + 0.5 for i in range(len(rows))], [break_line(name, 20) for name in rows])
    axes.tick_params(axis="y", rotation=0)
    clear_axes(axes)


def name_columns(axes: Axes, names: Sequence[str]) -> None:
    """Write the names of columns above them, upright lines while they have the room, aslant when they are many."""
    axes.xaxis.tick_top()
    places = [j + 0.5 for j in range(len(names))]
    if len(names) > _UPRIGHT:
        axes.set_xticks(places, labels=list(names), rotation=45, ha="left", rotation_mode="anchor")
        return
    name_axis(axes.xaxis, places, [break_line(name, 72 // max(6, len(names))) for name in names])
    axes.tick_params(axis="x", rotation=0)
