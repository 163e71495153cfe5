"""All features on one picture: where customers lie, counted in cells, in the colour of the cluster that prevails there."""

import math

import numpy as np
import pandas as pd
from matplotlib.colors import to_hex, to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.charts.basis import describe
from analysis.charts.withheld import whole
from analysis.display.chart import Chart
from analysis.palette import colour, edge
from analysis.texts import Texts
from analysis.theme import clear_axes, name_axis, new_figure, theme

CLEAR = 0.8  # share of a cell's customers from which its cluster prevails clearly
_HEAVY = 0.3  # loading from which a feature is named beside an axis


def draw_map(cells: pd.DataFrame, axes_frame: pd.DataFrame, *, texts: Texts) -> Chart:
    """Draw a square per cell: the colour is the cluster most common there, deep where there are many customers, pale where there are few.

    Parameters
    ----------
    cells : pandas.DataFrame
        Grain: cell with at least five customers. x, y, customers, cluster, cluster_name, share (of that cluster in the cell). A row without a place sums up
        the customers of smaller cells.
    axes_frame : pandas.DataFrame
        Grain: axis (x, y) x feature. loading, explained.
    texts : Texts
    """
    shown = cells[cells["x"].notna() & cells["customers"].notna() & cells["share"].notna()].reset_index(drop=True)
    numbers = {int(row.cluster): texts.cluster(row.cluster_name) for row in shown.sort_values("cluster").drop_duplicates("cluster").itertuples(index=False)}
    with theme(texts.lang):
        figure = new_figure(4.6)
        axes = figure.subplots()
        wide, high = (_step(shown[name]) for name in "xy")
        most = float(shown["customers"].max()) if len(shown) else 1.0
        for row in shown.itertuples(index=False):
            deep = 0.25 + 0.75 * math.log1p(row.customers) / math.log1p(most)
            axes.add_patch(Rectangle((row.x - wide / 2, row.y - high / 2), wide, high, facecolor=_mix(colour("cluster", int(row.cluster)), deep), linewidth=0))
        if len(shown):
            axes.set_xlim(shown["x"].min() - wide, shown["x"].max() + wide)
            axes.set_ylim(shown["y"].min() - high, shown["y"].max() + high)
        clear_axes(axes, keep="left bottom")
        name_axis(axes.xaxis, [], [])
        name_axis(axes.yaxis, [], [])
        axes.set_xlabel(_say_axis(axes_frame, "x", texts))
        axes.set_ylabel(_say_axis(axes_frame, "y", texts))
        if numbers:
            marks = [
                Line2D([], [], marker="s", linestyle="", markersize=8, color=colour("cluster", number), markeredgecolor=edge(colour("cluster", number)))
                for number in numbers
            ]
            figure.legend(marks, list(numbers.values()), loc="outside lower center", ncols=2)
    if shown.empty:
        title = texts.say("chart-clusters-none" if cells.empty else "cluster-map-small")
    else:
        clear = shown["customers"][shown["share"] >= CLEAR].sum() / shown["customers"].sum()
        title = texts.say("cluster-map", share=texts.percent(clear), limit=texts.percent(CLEAR, 0))
    data = pd.DataFrame(
        {
            "map_right": shown["x"].astype(float).round(2),
            "map_up": shown["y"].astype(float).round(2),
            "customers": whole(shown["customers"]),
            "cluster_name": shown["cluster_name"],
            "cluster_cell_share": shown["share"].astype(float),
        }
    ).sort_values("customers", ascending=False, kind="stable", ignore_index=True)
    everybody = cells["customers"].sum() if len(cells) and cells["customers"].notna().all() else None
    return Chart("clusters-map", title, texts.say("cluster-alt-map", title=title), data, figure, describe(texts, customers=everybody))


def _step(middles: pd.Series) -> float:
    """Find how wide a cell is: the smallest distance between two middles."""
    apart = np.diff(np.sort(middles.astype(float).unique()))
    return float(apart.min()) if len(apart) else 1.0


def _mix(shade: str, deep: float) -> str:
    red, green, blue = (1 - (1 - value) * deep for value in to_rgb(shade))
    return to_hex((red, green, blue))


def _say_axis(axes_frame: pd.DataFrame, axis: str, texts: Texts) -> str:
    """Say what grows along an axis (arrow up) and what shrinks (arrow down), the heaviest first."""
    rows = axes_frame[(axes_frame["axis"] == axis) & (axes_frame["loading"].abs() >= _HEAVY)]
    rows = rows.assign(weight=rows["loading"].abs()).sort_values("weight", ascending=False, kind="stable")
    return texts.join(("↑" if row.loading > 0 else "↓") + " " + texts.feature(row.feature) for row in rows.itertuples(index=False)) + (
        " →" if len(rows) else ""
    )
