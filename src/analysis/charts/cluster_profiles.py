"""What is typical of each cluster: as a heat map, as radars, as a snake."""

import math

import numpy as np
import pandas as pd
import seaborn as sns

from analysis.charts.basis import describe
from analysis.charts.clusters import count_grouped
from analysis.charts.radar import clear_panel, draw_reach
from analysis.display.chart import Chart
from analysis.palette import INK, LIGHT, PALE, colour, edge, ink_on
from analysis.texts import Texts
from analysis.theme import BALANCE, break_line, clear_axes, label_axis, name_axis, new_figure, theme

_EDGE = 2.0  # standard deviations at the edge of colours and radars
_MARKS = "osD^vPX*<>hp"  # beside the colour, for who cannot tell two colours apart


def _pivot(profiles: pd.DataFrame, column: str) -> pd.DataFrame:
    """Lay a column out as clusters x features, by number and in the order given."""
    if profiles.empty:
        return pd.DataFrame()
    return profiles.pivot(index="cluster", columns="feature", values=column)[list(profiles["feature"].unique())].sort_index()


def _good(places: pd.DataFrame) -> pd.DataFrame:
    """Turn the days since the last order round: outward and blue is good everywhere."""
    return places.assign(recency_days=-places["recency_days"]) if "recency_days" in places else places


def _names(profiles: pd.DataFrame, texts: Texts) -> dict[int, str]:
    return {int(row.cluster): texts.cluster(row.name) for row in profiles.drop_duplicates("cluster").itertuples(index=False)}


def _data(profiles: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    columns = {
        "cluster_name": profiles["name"],
        "cluster_feature": [texts.feature(feature) for feature in profiles["feature"]],
        "cluster_value": profiles["value"].astype(float),
        "cluster_place": profiles["place"].astype(float),
    }
    return pd.DataFrame({name: list(values) for name, values in columns.items()})


def draw_heat(profiles: pd.DataFrame, clusters: pd.DataFrame | None = None, *, texts: Texts) -> Chart:
    """Set the clusters' centres side by side: the colour compares, the number says it in its own unit.

    Parameters
    ----------
    profiles : pandas.DataFrame
        Grain: cluster x feature. name, value, place (standard deviations from the middle).
    clusters : pandas.DataFrame, optional
        The table `clusters`, for how many customers were grouped.
    texts : Texts
    """
    places, values, names = _good(_pivot(profiles, "place")), _pivot(profiles, "value"), _names(profiles, texts)
    with theme(texts.lang):
        figure = new_figure(0.8 + 0.5 * max(1, len(places)))
        axes = figure.subplots()
        axes.set_facecolor(PALE)  # where a number is withheld
        if places.size:
            sns.heatmap(places.to_numpy(), ax=axes, cmap=BALANCE, vmin=-_EDGE, vmax=_EDGE, cbar=False, linewidths=2, linecolor="white")
        for i, j in np.ndindex(places.shape):
            place = places.iloc[i, j]
            ink = INK if np.isnan(place) else ink_on(BALANCE((np.clip(place, -_EDGE, _EDGE) + _EDGE) / (2 * _EDGE)))
            axes.text(j + 0.5, i + 0.5, texts.quantity(places.columns[j], values.iloc[i, j]), ha="center", va="center", color=ink, fontsize=10)
        name_axis(axes.xaxis, [j + 0.5 for j in range(len(places.columns))], [break_line(texts.feature(feature), 16) for feature in places.columns])
        name_axis(axes.yaxis, [i + 0.5 for i in range(len(places))], [break_line(names[cluster], 30) for cluster in places.index])
        axes.xaxis.tick_top()
        axes.tick_params(axis="y", rotation=0)
        clear_axes(axes)
    if places.isna().all(axis=None):
        title = texts.say("chart-clusters-none" if places.empty else "chart-withheld")
    else:
        far = profiles.loc[profiles["place"].abs().idxmax()]
        title = texts.say(
            "cluster-heat", name=texts.cluster(far["name"]), feature=texts.feature(far["feature"]), value=texts.quantity(far["feature"], far["value"])
        )
    return Chart(
        "clusters-profiles",
        title,
        texts.say("cluster-alt-heat", title=title),
        _data(profiles, texts),
        figure,
        describe(texts, customers=count_grouped(clusters)),
    )


def draw_radar(profiles: pd.DataFrame, clusters: pd.DataFrame | None = None, *, texts: Texts) -> Chart:
    """Draw the shape of each cluster: every feature is a direction, the dashed ring is the middle of all customers.

    Parameters
    ----------
    profiles : pandas.DataFrame
        As for `draw_heat`.
    clusters : pandas.DataFrame, optional
        The table `clusters`, for how many customers were grouped.
    texts : Texts
    """
    places, names = _good(_pivot(profiles, "place")), _names(profiles, texts)
    places = places.dropna()
    across = min(3 if len(places) in (3, 5, 6, 9) else 2, max(1, len(places)))
    down = max(1, math.ceil(len(places) / across))
    with theme(texts.lang):
        figure = new_figure(0.1 + (1.75 if across == 3 else 1.95 if len(places.columns) == 3 else 2.3) * down)
        panels = list(figure.subplots(down, across, squeeze=False).flat)
        for axes in panels:
            clear_panel(axes)
        for axes, (cluster, row) in zip(panels, places.iterrows(), strict=False):
            words = [texts.say("cluster-recent-outward") if feature == "recency_days" else texts.feature(str(feature)) for feature in row.index]
            draw_reach(axes, [(np.clip(place, -_EDGE, _EDGE) + _EDGE) / (2 * _EDGE) for place in row], words, colour("cluster", int(cluster)))
            axes.set_title(break_line(names[int(cluster)], 34 if across < 3 else 22), fontsize=9.5, loc="center")
    pair = find_alike(profiles)
    if pair is None:
        title = texts.say("chart-clusters-none" if places.empty else "cluster-radar-one")
    else:
        title = texts.say("cluster-radar", one=texts.cluster(pair[0]), other=texts.cluster(pair[1]), distance=texts.number(pair[2], 1))
    return Chart(
        "clusters-radar", title, texts.say("cluster-alt-radar", title=title), _data(profiles, texts), figure, describe(texts, customers=count_grouped(clusters))
    )


def find_alike(profiles: pd.DataFrame) -> tuple[str, str, float] | None:
    """Find the two clusters whose centres are nearest: their names and the distance in standard deviations; None with fewer than two."""
    places = _pivot(profiles, "place").dropna()
    if len(places) < 2:
        return None
    called = dict(zip(profiles["cluster"], profiles["name"], strict=True))
    pairs = [(one, other) for i, one in enumerate(places.index) for other in places.index[i + 1 :]]
    apart = {(one, other): float(np.sqrt(((places.loc[one] - places.loc[other]) ** 2).sum())) for one, other in pairs}
    one, other = min(apart, key=lambda pair: apart[pair])
    return called[one], called[other], apart[one, other]


def draw_snake(profiles: pd.DataFrame, clusters: pd.DataFrame | None = None, *, texts: Texts) -> Chart:
    """Draw a line per cluster over the features, in standard deviations from the middle of all customers.

    Parameters
    ----------
    profiles : pandas.DataFrame
        As for `draw_heat`.
    clusters : pandas.DataFrame, optional
        The table `clusters`, for how many customers were grouped.
    texts : Texts
    """
    places, values, names = _pivot(profiles, "place"), _pivot(profiles, "value"), _names(profiles, texts)
    with theme(texts.lang):
        figure = new_figure(3.5)
        axes = figure.subplots()
        axes.axhline(0, color=LIGHT, linewidth=1)
        for i, (cluster, row) in enumerate(places.iterrows()):
            if row.isna().all():
                continue
            shade = colour("cluster", int(cluster))
            axes.plot(range(len(row)), row, color=edge(shade), markerfacecolor=shade, marker=_MARKS[i % len(_MARKS)], markersize=6, label=names[int(cluster)])
        axes.margins(x=0.06, y=0.1)
        clear_axes(axes, keep="bottom")
        axes.grid(axis="y")
        label_axis(axes.yaxis, lambda value: texts.number(value, 1))
        axes.set_ylabel(texts.say("cluster-place"))
        name_axis(axes.xaxis, range(len(places.columns)), [break_line(texts.feature(feature), 18) for feature in places.columns])
        if places.notna().any(axis=None):
            figure.legend(loc="outside lower center", ncols=2)
    if places.isna().all(axis=None):
        title = texts.say("chart-clusters-none" if places.empty else "chart-withheld")
    else:
        wide = (places.max() - places.min()).idxmax()
        low, high = values[wide].min(), values[wide].max()
        words = {"low": texts.quantity(wide, low), "high": texts.quantity(wide, high)}
        title = texts.say("cluster-snake", feature=texts.feature(wide), **words) if len(places) > 1 else texts.say("cluster-radar-one")
    return Chart(
        "clusters-snake", title, texts.say("cluster-alt-snake", title=title), _data(profiles, texts), figure, describe(texts, customers=count_grouped(clusters))
    )
