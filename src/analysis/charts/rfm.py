"""Pictures of recency, frequency and money: who the customers are, and what they bring."""

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from analysis.charts.scores import read_bands
from analysis.display.chart import Chart
from analysis.texts import Texts
from analysis.theme import (
    ACCENT,
    GREY,
    HEAT,
    INK,
    PALE,
    bar_pairs,
    break_line,
    clear_axes,
    colour,
    fade,
    ink_on,
    label_axis,
    name_axis,
    new_figure,
    shorten_number,
    theme,
)

_USUAL = {"r": "r-days", "f": "f-orders", "m": "m-net"}  # what is measured unless the configuration says otherwise


def draw_grid(grid: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show how many customers stand at each recency and frequency score, and which segment that is.

    Parameters
    ----------
    grid : pandas.DataFrame
        One row per cell, or per cell and segment, with `r_score`, `f_score`, `customers`, `monetary`, `segment` (null where nobody stands). Segments are named where
        each cell has one.
    texts : Texts
    """
    rows, columns = (range(1, int(max(grid[score], default=5)) + 1) for score in ("r_score", "f_score"))
    customers = grid.groupby(["r_score", "f_score"])["customers"].sum()
    whose = {cell: set(keys.dropna()) for cell, keys in grid.groupby(["r_score", "f_score"])["segment"]}
    alone = all(len(keys) < 2 for keys in whose.values())
    segments: list[list[str | None]] = [[next(iter(whose.get((r, f), ())), None) if alone else None for f in columns] for r in reversed(rows)]
    counts = np.array([[int(customers.get((r, f), 0)) for f in columns] for r in reversed(rows)])
    total = int(counts.sum())
    with theme(texts.lang):
        figure = new_figure(4.3)
        axes = figure.subplots()
        top = max(1, counts.max())
        sns.heatmap(counts, ax=axes, cmap=HEAT, vmin=0, vmax=top, cbar=False)
        named: set[str] = set()
        for row, line in enumerate(counts):
            for column, number in enumerate(line):
                segment, ink = segments[row][column], ink_on(HEAT(number / top))
                axes.text(column + 0.5, row + 0.6, texts.number(number), ha="center", va="center", color=ink, fontsize=11)
                if segment and segment not in named:
                    axes.text(
                        column + 0.06, row + 0.08, break_line(texts.label("segment", segment), 18), ha="left", va="top", color=ink, fontsize=8.5, weight="bold"
                    )
                    named.add(segment)
        if alone:
            _outline(axes, segments)
        name_axis(axes.xaxis, [i + 0.5 for i in range(len(columns))], [str(f) for f in columns])
        name_axis(axes.yaxis, [i + 0.5 for i in range(len(rows))], [str(r) for r in reversed(rows)])
        axes.tick_params(axis="y", rotation=0)
        axes.set_xlabel(texts.say("axis-f-score", best=str(columns[-1])))
        axes.set_ylabel(texts.say("axis-r-score", best=str(rows[-1])))
    data = grid.assign(segment=[texts.label("segment", segment) if isinstance(segment, str) else "" for segment in grid["segment"]])
    title = _grid_title(customers, len(rows), len(columns), texts) if total else texts.say("chart-no-buyers")
    alt = texts.say("alt-grid", title=title, customers=texts.number(total), n=total, rows=str(len(rows)), columns=str(len(columns)))
    return Chart("rfm-grid", title, alt, data, figure)


def _grid_title(customers: pd.Series, rows: int, columns: int, texts: Texts) -> str:
    """Say how many stand in the better half of both scores, and how many in the worse; of an odd number of scores the middle one is in neither."""
    r, f = (customers.index.get_level_values(score) for score in ("r_score", "f_score"))
    good = customers[(r > rows - rows // 2) & (f > columns - columns // 2)].sum() / customers.sum()
    poor = customers[(r <= rows // 2) & (f <= columns // 2)].sum() / customers.sum()
    half = rows // 2 if rows == columns else 0
    high, low = (texts.say("scores-high"), texts.say("scores-low")) if not half else (_list_scores(rows - half + 1, rows, texts), _list_scores(1, half, texts))
    return texts.say("chart-grid", good=texts.percent(good), poor=texts.percent(poor), high=high, low=low)


def _list_scores(first: int, last: int, texts: Texts) -> str:
    if first == last:
        return str(first)
    return texts.say("scores-either" if last == first + 1 else "scores-between", first=str(first), last=str(last))


def _outline(axes: Axes, segments: list[list[str | None]]) -> None:
    """Draw a white seam between neighbours of one segment and a dark one between segments."""
    last_row, last_column = len(segments) - 1, len(segments[0]) - 1
    for row, line in enumerate(segments):
        for column, segment in enumerate(line):
            if column < last_column:
                same = segment == line[column + 1]
                axes.plot([column + 1] * 2, [row, row + 1], color=PALE if same else INK, linewidth=0.8 if same else 1.4, solid_capstyle="butt")
            if row < last_row:
                same = segment == segments[row + 1][column]
                axes.plot([column, column + 1], [row + 1] * 2, color=PALE if same else INK, linewidth=0.8 if same else 1.4, solid_capstyle="butt")


def draw_segments(segments: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Chart:
    """Set the share of customers beside the share of revenue, group by group.

    Parameters
    ----------
    segments : pandas.DataFrame
        The table `segments`; groups without customers are left out.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = segments[(segments["scheme"] == scheme) & (segments["customers"] > 0)]
    revenue = rows["monetary"].astype(float).sum()
    customers_pct = rows["customers"] / max(1, rows["customers"].sum())
    monetary_pct = rows["monetary"].astype(float) / revenue if revenue > 0 else rows["monetary"].astype(float) * 0
    data = pd.DataFrame(
        {
            "key": rows["segment"],
            "group": [texts.label(scheme, key) for key in rows["segment"]],
            "customers": rows["customers"],
            "customers_pct": customers_pct,
            "monetary_pct": monetary_pct,
        }
    )
    data = data.sort_values(["monetary_pct", "customers_pct", "key"], ascending=[False, False, True]).reset_index(drop=True)
    with theme(texts.lang):
        figure = new_figure(0.75 + 0.46 * max(1, len(data)))
        axes = figure.subplots()
        bar_pairs(axes, data["customers_pct"], data["monetary_pct"], [colour(scheme, key, texts) for key in data["key"]], texts)
        name_axis(axes.yaxis, range(len(data)), [break_line(name, 24) for name in data["group"]])
    if data.empty:
        title = texts.say("chart-no-buyers")
    else:
        best = data.iloc[0]
        words = {"who": texts.label("who", best["key"]), "customers": texts.percent(best["customers_pct"]), "money": texts.percent(best["monetary_pct"])}
        title = texts.say("chart-segments" if revenue > 0 else "chart-segments-free", **words)
    parts = [
        texts.say("alt-segment", name=row.group, customers=texts.percent(row.customers_pct), money=texts.percent(row.monetary_pct)) for row in data.itertuples()
    ]
    return Chart(f"rfm-{scheme.replace('_', '-')}", title, texts.say("alt-list", title=title, parts=texts.join(parts)), data.drop(columns="key"), figure)


def draw_pareto(pareto: pd.DataFrame, segments: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show how much of the revenue the best customers bring, and where the value tiers begin.

    Parameters
    ----------
    pareto : pandas.DataFrame
        Points of the curve, the best customers first: `customers_share`, `revenue_share`, both cumulated, 0 to 1.
    segments : pandas.DataFrame
        The table `segments`, for the rows of scheme `value_tier`.
    texts : Texts
    """
    start = pd.DataFrame({"customers_share": [0.0], "revenue_share": [0.0]})
    curve = (
        pd.concat([start, pareto[["customers_share", "revenue_share"]].astype(float)]).drop_duplicates().sort_values("customers_share").reset_index(drop=True)
    )
    tiers = segments[segments["scheme"] == "value_tier"].set_index("segment")
    total, revenue = tiers["customers"].sum(), tiers["monetary"].astype(float).sum()
    cuts, customers, money = [], 0, 0.0
    for key in ("high", "mid", "low"):
        if key in tiers.index and total and revenue > 0:
            start, customers, money = customers / total, customers + int(tiers.loc[key, "customers"]), money + float(tiers.loc[key, "monetary"])
            cuts.append((key, start, customers / total, money / revenue))
    with theme(texts.lang):
        figure = new_figure(3.2)
        axes = figure.subplots()
        for key, start, end, _ in cuts:
            inside = curve[(curve["customers_share"] >= start) & (curve["customers_share"] <= end)]
            ends = np.interp([start, end], curve["customers_share"], curve["revenue_share"])
            x, y = np.r_[start, inside["customers_share"], end], np.r_[ends[0], inside["revenue_share"], ends[1]]
            axes.fill_between(x, 0, y, color=colour("value_tier", key), linewidth=0)
            if end - start > 0.13:
                shade = colour("value_tier", key)
                axes.text((start + end) / 2, 0.06, break_line(texts.label("value_tier", key), 8), ha="center", va="bottom", color=ink_on(shade), fontsize=9)
        axes.plot(curve["customers_share"], curve["revenue_share"], color=INK)
        for key, _, end, share in cuts[:2]:
            if end < 1:
                axes.plot([end], [share], "o", color=INK, markersize=5)
                words = {"customers": texts.percent(end), "money": texts.percent(share)}
                axes.annotate(
                    texts.say("pareto-point", **words),
                    (end, share),
                    xytext=(7, -6),
                    textcoords="offset points",
                    ha="left",
                    va="top",
                    fontsize=9,
                    color=ink_on(colour("value_tier", "mid" if key == "high" else "low")),
                )
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.03)
        clear_axes(axes, keep="bottom left")
        label_axis(axes.xaxis, lambda value: texts.percent(value, 0))
        label_axis(axes.yaxis, lambda value: texts.percent(value, 0))
        axes.set_xlabel(texts.say("axis-customers-best-first"))
        axes.set_ylabel(texts.label("column", "monetary_pct"))
    if cuts:
        _, _, end, share = cuts[0]
        title = texts.say("chart-pareto", customers=texts.percent(end), money=texts.percent(share))
    else:
        title = texts.say("chart-pareto-empty")
    return Chart("rfm-pareto", title, texts.say("alt-pareto", title=title), curve, figure)


def draw_distributions(distributions: pd.DataFrame, thresholds: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show how recency, frequency and money are spread, and where the scores change.

    Parameters
    ----------
    distributions : pandas.DataFrame
        Bins in order: `measure` (r, f, m), `left` (included), `right` (excluded; may be infinite), `customers`. They may differ in width.
    thresholds : pandas.DataFrame
        The table `thresholds`.
    texts : Texts
    """
    write = {"r": texts.number, "f": texts.number, "m": texts.money}
    scales = read_bands(thresholds)
    measured = {measure: texts.label("measured", scales[measure].name if measure in scales else usual) for measure, usual in _USUAL.items()}
    with theme(texts.lang):
        figure = new_figure(5.4)
        for axes, measure in zip(figure.subplots(3, 1), "rfm", strict=True):
            bins = _fill_gaps(distributions[distributions["measure"] == measure])
            axes.bar(bins.index + 0.5, bins["customers"], width=0.92, color=fade(ACCENT, 0.25))
            edges = [*bins["left"].astype(float), float(bins["right"].iloc[-1])] if len(bins) else [0.0, 1.0]
            if measure == "f":  # a bin is one number of orders, and the last is open
                names = [
                    texts.number(row.left) + ("" if row.right - row.left <= 1 else "+" if math.isinf(row.right) else "–" + texts.number(row.right - 1))
                    for row in bins.itertuples()
                ]
                name_axis(axes.xaxis, [i + 0.5 for i in range(len(names))], names)
            else:
                round_ones = (
                    [i for i, edge in enumerate(edges) if edge > 0 and abs(math.log10(edge) - round(math.log10(edge))) < 1e-6] if measure == "m" else []
                )
                shown = round_ones if len(round_ones) > 2 else range(0, len(edges), max(1, -(-len(edges) // 9)))
                name_axis(axes.xaxis, list(shown), [shorten_number(write[measure](edges[i])) for i in shown])
            axes.set_xlim(0, max(1, len(bins)))
            axes.margins(y=0.3)
            finite = [edge for edge in edges if math.isfinite(edge)]
            band = scales.get(measure)
            cuts = sorted(set(band.cuts)) if band else []
            places = [band.first_above(cut) if band and measure != "m" else cut for cut in cuts]  # where the first value beyond the cut stands
            borders = [float(np.interp(place, finite, range(len(finite)))) for place in places]
            for border in borders:
                axes.axvline(border, color=INK, linewidth=1, linestyle=(0, (3, 2)))
            if band and len(cuts) == len(band.cuts):  # no two cuts are one: every band has its score
                ends = [0.0, *borders, float(len(bins))]
                for place, (start, end) in enumerate(pairwise(ends)):
                    if end - start >= 0.4:
                        axes.text(
                            (start + end) / 2,
                            0.99,
                            str(band.score_of(place)),
                            transform=axes.get_xaxis_transform(),
                            ha="center",
                            va="top",
                            fontsize=9,
                            weight="bold",
                            color=GREY,
                        )
            clear_axes(axes, keep="bottom")
            axes.grid(axis="y")
            label_axis(axes.yaxis, texts.number, most=3, whole=True)
            axes.set_title(measured[measure], pad=9)
        figure.supylabel(texts.label("column", "customers"), color=GREY, fontsize=9.5)
    title = _distributions_title(thresholds, texts)
    alt = texts.say("alt-distributions", title=title, measures=texts.join(measured.values()))
    return Chart("rfm-distributions", title, alt, distributions.reset_index(drop=True), figure)


def _fill_gaps(bins: pd.DataFrame) -> pd.DataFrame:
    """Put an empty bin wherever one ends before the next begins."""
    bins = bins.sort_values("left")[["left", "right", "customers"]].reset_index(drop=True)
    starts, ends = bins["right"].iloc[:-1].to_numpy(float), bins["left"].iloc[1:].to_numpy(float)
    gaps = pd.DataFrame({"left": starts, "right": ends, "customers": 0})[ends - starts > 1e-6 * np.maximum(1, ends)]
    return pd.concat([bins, gaps]).sort_values("left").reset_index(drop=True) if len(gaps) else bins


def _distributions_title(thresholds: pd.DataFrame, texts: Texts) -> str:
    scales = read_bands(thresholds)
    if len(scales) < 3:
        return texts.say("chart-distributions-empty")
    if {measure: scale.name for measure, scale in scales.items()} != _USUAL or scales["m"].from_cut:
        return texts.say("chart-distributions-cuts")
    days, orders, money = scales["r"].first_above(scales["r"].cuts[0]) - 1, scales["f"].first_above(scales["f"].cuts[-1]), scales["m"].cuts[-1]
    if days < 0:
        return texts.say("chart-distributions-tied")
    return texts.say("chart-distributions", d=days, days=texts.number(days), o=orders, orders=texts.number(orders), money=texts.money(money))
