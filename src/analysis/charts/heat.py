"""A heat map of shares with the percentage in every cell: how the groups of one kind fall under those of another."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from analysis.texts import Texts
from analysis.theme import HEAT, break_line, clear_axes, ink_on, name_axis

_SHOWN = 0.005  # a smaller share would be written as 0%


def draw_shares(axes: Axes, shares: pd.DataFrame, rows: list[str], columns: list[str], *, texts: Texts) -> None:
    """Draw shares (0-1, one line per row) on axes, with the names of the rows at the left and those of the columns on top."""
    if shares.size:
        sns.heatmap(shares.to_numpy(), ax=axes, cmap=HEAT, vmin=0, vmax=1, cbar=False, linewidths=1.5, linecolor="white")
    for i, line in enumerate(shares.to_numpy()):
        for j, share in enumerate(line):
            if share >= _SHOWN:
                axes.text(j + 0.5, i + 0.5, texts.percent(share, 0), ha="center", va="center", color=ink_on(HEAT(share)), fontsize=9)
    name_axis(axes.xaxis, [j + 0.5 for j in range(len(columns))], [break_line(name, 9) for name in columns])
    name_axis(axes.yaxis, [i + 0.5 for i in range(len(rows))], [break_line(name, 20) for name in rows])
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", rotation=0, labelsize=7.5 if len(columns) > 8 else 8 if len(columns) > 6 else 9)
    axes.tick_params(axis="y", rotation=0)
    clear_axes(axes)
