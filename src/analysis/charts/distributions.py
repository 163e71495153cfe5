"""The spread of recency, frequency and money, and where the scores change."""

import math
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from analysis.charts.basis import describe
from analysis.charts.scores import read_bands
from analysis.charts.withheld import whole
from analysis.display.chart import Chart
from analysis.palette import ACCENT, GREY, INK, fade
from analysis.texts import Texts
from analysis.theme import clear_axes, label_axis, name_axis, new_figure, shorten_number, theme

_USUAL = {"r": "r-days", "f": "f-orders", "m": "m-net"}  # what is measured unless the configuration says otherwise


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
                if len(round_ones) > 2 or measure == "m":
                    shown = round_ones if len(round_ones) > 2 else range(0, len(edges), max(1, -(-len(edges) // 6)))
                    name_axis(axes.xaxis, list(shown), [shorten_number(write[measure](edges[i])) for i in shown])
                else:  # round numbers of days, wherever bins begin
                    ends = [edge for edge in edges if math.isfinite(edge)]
                    days = [day for day in MaxNLocator(6, integer=True).tick_values(ends[0], ends[-1]) if ends[0] <= day <= ends[-1]]
                    name_axis(axes.xaxis, [float(np.interp(day, ends, range(len(ends)))) for day in days], [texts.number(day) for day in days])
            for place in bins.index[bins["customers"].isna()]:
                axes.annotate(texts.say("withheld"), (place + 0.5, 0), xytext=(0, 1), textcoords="offset points", ha="center", color=GREY)
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
                    if end - start >= 0.035 * max(1, len(bins)):
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
    counts = distributions.loc[distributions["measure"] == "r", "customers"].astype(float)
    data = pd.DataFrame({
        "measure": [measured[measure] for measure in distributions["measure"]], "bin_from": distributions["left"].astype(float),
        "bin_below": distributions["right"].astype(float), "customers": whole(distributions["customers"]),
    })  # fmt: skip
    basis = describe(texts, customers=counts.sum() if len(counts) and counts.notna().all() else None)
    return Chart("rfm-distributions", title, alt, data, figure, basis)


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
