"""Pictures of segment maps: which scores make which segment, and how the customers of one map fall under another."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from analysis.charts.basis import describe
from analysis.charts.heat import draw_shares
from analysis.charts.withheld import lay_out
from analysis.display.chart import Chart
from analysis.palette import PAPER, colour, ink_on
from analysis.texts import Texts
from analysis.theme import break_line, clear_axes, name_axis, new_figure, theme

_NAMED = 5  # scores; in a finer grid, or in several, names stand in a legend


def draw_map(cells: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show which segment each combination of scores belongs to, in the colour that it has in every chart.

    Parameters
    ----------
    cells : pandas.DataFrame
        Grain: panel (money score; 0 where there is one panel), r, across. `axis` (f, or fm), `segment`.
    texts : Texts
    """
    keys = list(dict.fromkeys(cells.sort_values(["r", "across", "panel"], ascending=False)["segment"]))
    panels = [(int(panel), frame) for panel, frame in cells.groupby("panel")]
    rows, columns = cells["r"].nunique(), cells["across"].nunique()
    legend = len(panels) > 1 or max(rows, columns) > _NAMED
    with theme(texts.lang):
        figure = new_figure(1.1 + (0.28 * rows + 0.25 * len(keys) / 3 if legend else 0.62 * rows))
        grid = figure.subplots(1, len(panels), squeeze=False, sharey=True)[0]
        for axes, (panel, frame) in zip(grid, panels, strict=True):
            _fill(axes, frame, rows, columns, texts=texts, named=not legend)
            axes.set_xlabel(texts.say("axis-map-fm" if frame["axis"].iloc[0] == "fm" else "axis-map-f"))
            axes.set_title(texts.say("axis-map-m", score=panel) if panel else "")
        grid[0].set_ylabel(texts.say("axis-map-r"))
        if legend:
            patches = [Patch(color=colour("segment", key, texts)) for key in keys]
            figure.legend(patches, [texts.label("segment", key) for key in keys], loc="outside lower center", ncols=3, handlelength=1, handleheight=1)
    kind = "fm" if cells["axis"].iloc[0] == "fm" else "rfm" if len(panels) > 1 else "rf"
    title = texts.say("chart-map", groups=len(keys), axes=kind)
    names = {"r": "r_score", "across": f"{cells['axis'].iloc[0]}_score", "panel": "m_score"}
    data = cells[["r", "across", *(["panel"] if len(panels) > 1 else []), "segment"]].sort_values(["r", "across"], ascending=[False, True], kind="stable")
    groups = texts.join(texts.label("segment", key) for key in keys)
    return Chart("segment-map", title, texts.say("alt-map", title=title, groups=groups), data.rename(columns=names), figure, texts.say("basis-rule"))


def _fill(axes: Axes, frame: pd.DataFrame, rows: int, columns: int, *, texts: Texts, named: bool) -> None:
    for row in frame.itertuples():
        shade = colour("segment", row.segment, texts)
        axes.add_patch(Rectangle((row.across - 0.5, row.r - 0.5), 1, 1, facecolor=shade, edgecolor=PAPER, linewidth=1.2))
        if named:
            name = break_line(texts.label("segment", row.segment), 13)
            axes.text(row.across, row.r, name, ha="center", va="center", color=ink_on(shade), fontsize=8.5)
    axes.set_xlim(0.5, columns + 0.5)
    axes.set_ylim(0.5, rows + 0.5)
    clear_axes(axes)
    name_axis(axes.xaxis, range(1, columns + 1), [str(score) for score in range(1, columns + 1)])
    name_axis(axes.yaxis, range(1, rows + 1), [str(score) for score in range(1, rows + 1)])


def name_map(name: str, texts: Texts) -> str:
    """Name a map: ours in words, another by its own name."""
    return texts.label("map", name) if texts.has(f"map-{name}") else name


def draw_crosswalk(crosswalk: pd.DataFrame, agreement: pd.DataFrame, *, other: str = "", texts: Texts) -> Chart:
    """Show where the customers of each of our segments would stand under another map.

    Parameters
    ----------
    crosswalk : pandas.DataFrame
        Grain: map, segment, other_segment. `customers`.
    agreement : pandas.DataFrame
        Grain: map. `rand_adjusted`.
    other : str
        The other map; default: the one that agrees least.
    texts : Texts
    """
    other = other or (agreement.sort_values(["rand_adjusted", "map"])["map"].iloc[0] if len(agreement) else "")
    rows = crosswalk[crosswalk["map"] == other]
    table = lay_out(rows, "segment", "other_segment", "customers")
    table = table.loc[(table != 0).any(axis=1), (table != 0).any()]
    whole = table.sum(axis=1)
    known = lay_out(rows, "segment", "other_segment", "share").reindex(index=table.index, columns=table.columns) if "share" in rows else None
    parts = table.div(whole.where(whole > 0), axis=0) if known is None else known
    ours, theirs = ([texts.label("segment", key) for key in keys] for keys in (table.index, table.columns))
    with theme(texts.lang):
        figure = new_figure(1.3 + 0.34 * max(1, len(table)))
        axes = figure.subplots()
        draw_shares(axes, parts, ours, theirs, texts=texts)
    title = _cross_title(rows[rows["customers"] > 0], parts, texts) if (rows["customers"] > 0).any() else texts.say("chart-crosswalk-none")
    data = table.astype("Int64").set_axis(theirs, axis=1).reset_index(drop=True)
    data.insert(0, "segment", list(table.index))
    everybody = agreement.loc[agreement["map"] == other, "customers"].tolist() if "customers" in agreement else []
    basis = describe(texts, customers=everybody[0] if everybody else None)
    return Chart("crosswalk", title, texts.say("alt-crosswalk", title=title), data, figure, basis)


def _cross_title(rows: pd.DataFrame, parts: pd.DataFrame, texts: Texts) -> str:
    """Name the largest group that would bear another name; where none would, the largest that stays together."""
    moved = rows[rows["segment"] != rows["other_segment"]]
    largest = (moved if len(moved) else rows).sort_values(["customers", "segment", "other_segment"], ascending=[False, True, True]).iloc[0]
    share = float(parts.loc[largest["segment"], largest["other_segment"]])
    return texts.say(
        "chart-crosswalk",
        share=texts.percent(share),
        segment=texts.label("segment", largest["segment"]),
        other=texts.label("segment", largest["other_segment"]),
        map=name_map(largest["map"], texts),
    )
