"""Pictures of the clusters: how many, how large, how they lie across the segments."""

import pandas as pd

from analysis.charts.heat import draw_shares
from analysis.display.chart import Chart
from analysis.texts import Texts
from analysis.theme import ACCENT, GREY, LOSS, PAPER, bar_pairs, break_line, clear_axes, colour, label_axis, name_axis, new_figure, theme

_INDICES = ("silhouette", "calinski_harabasz", "davies_bouldin", "stability", "smallest", "bic")


def draw_indices(indices: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show what each index says for each number of clusters, and the number taken.

    Parameters
    ----------
    indices : pandas.DataFrame
        One row per `k` with `silhouette`, `calinski_harabasz`, `davies_bouldin`, `stability`, `smallest`, `bic`, `excluded`, `chosen`; no rows where there are
        too few customers.
    texts : Texts
    """
    data = indices[["k", *_INDICES, "excluded", "chosen"]].astype(dict.fromkeys(_INDICES, float)).sort_values("k").reset_index(drop=True)
    at, out = data[data["chosen"].astype(bool)], data[data["excluded"].astype(str) != ""]
    with theme(texts.lang):
        figure = new_figure(3.9)
        for axes, index in zip(figure.subplots(2, 3, sharex=True).flat, _INDICES, strict=True):
            axes.plot(data["k"], data[index], color=ACCENT, marker="o", markersize=4)
            axes.plot(out["k"], out[index], "o", color=PAPER, markeredgecolor=ACCENT, markersize=5)
            axes.plot(at["k"], at[index], "o", color=LOSS, markersize=8)
            axes.margins(x=0.06, y=0.18)
            clear_axes(axes, keep="bottom")
            axes.grid(axis="y")
            size = float(data[index].abs().max()) if len(data) else 1.0
            write = (lambda value: texts.percent(value, 1)) if index == "smallest" else (lambda value: texts.number(value, 3)) if size < 10 else texts.number
            label_axis(axes.yaxis, write, most=3)
            name_axis(axes.xaxis, data["k"].tolist(), [str(k) for k in data["k"]])
            axes.set_title(break_line(texts.say(f"panel-{index}".replace("_", "-")), 34), fontsize=9)
        figure.supxlabel(texts.label("column", "k"), color=GREY, fontsize=9.5)
    if at.empty:
        title = texts.say("chart-indices-none")
    else:
        k, silhouette = int(at["k"].iloc[0]), float(at["silhouette"].iloc[0])
        words = {"k": k, "clusters": str(k)}
        known = data.dropna(subset="silhouette")
        if pd.isna(silhouette) or len(known) < 2:
            title = texts.say("chart-indices-plain", **words)
        else:
            best = known.loc[known["silhouette"].idxmax()]
            words |= {"silhouette": texts.number(silhouette, 2), "low": str(data["k"].min()), "high": str(data["k"].max())}
            words |= {"other": str(int(best["k"])), "best": texts.number(best["silhouette"], 2)}
            title = texts.say("chart-indices-best" if int(best["k"]) == k else "chart-indices", **words)
    return Chart("clusters-k", title, texts.say("alt-indices", title=title), data.drop(columns="excluded"), figure)


def draw_sizes(clusters: pd.DataFrame, *, texts: Texts) -> Chart:
    """Set each cluster's share of customers beside its share of revenue.

    Parameters
    ----------
    clusters : pandas.DataFrame
        The table `clusters`.
    texts : Texts
    """
    rows = clusters[clusters["customers"] > 0].sort_values("cluster")
    customers, money = rows["customers"].astype(float), rows["monetary"].astype(float)
    data = pd.DataFrame(
        {
            "cluster": rows["cluster"],
            "name": [texts.cluster(name) for name in rows["name"]],
            "customers_pct": customers / max(1, customers.sum()),
            "monetary_pct": money / money.sum() if money.sum() > 0 else money * 0,
        }
    )
    data = data.sort_values(["monetary_pct", "customers_pct", "cluster"], ascending=[False, False, True]).reset_index(drop=True)
    with theme(texts.lang):
        figure = new_figure(0.75 + 0.46 * max(1, len(data)))
        axes = figure.subplots()
        bar_pairs(axes, data["customers_pct"], data["monetary_pct"], [colour("cluster", cluster) for cluster in data["cluster"]], texts)
        name_axis(axes.yaxis, range(len(data)), [break_line(name, 20) for name in data["name"]])
    if data.empty:
        title = texts.say("chart-clusters-none")
    else:
        best = data.iloc[0]
        words = {"name": best["name"], "customers": texts.percent(best["customers_pct"]), "money": texts.percent(best["monetary_pct"])}
        title = texts.say("chart-sizes" if money.sum() > 0 else "chart-sizes-free", **words)
    parts = [
        texts.say("alt-segment", name=row.name, customers=texts.percent(row.customers_pct), money=texts.percent(row.monetary_pct))
        for row in data.itertuples(index=False)
    ]
    return Chart("clusters-sizes", title, texts.say("alt-list", title=title, parts=texts.join(parts)), data.drop(columns="cluster"), figure)


def draw_cross(cross: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show into which segments the customers of each cluster fall.

    Parameters
    ----------
    cross : pandas.DataFrame
        One row per pair with `cluster`, `cluster_name`, `segment`, `customers`.
    texts : Texts
    """
    table = cross.pivot_table(index="cluster", columns="segment", values="customers", aggfunc="sum", fill_value=0).sort_index()
    table = table.loc[table.sum(axis=1) > 0, table.sum().sort_values(ascending=False, kind="stable").index[: len(table.columns)]]
    names = [texts.cluster(name) for name in cross.drop_duplicates("cluster").set_index("cluster")["cluster_name"].reindex(table.index)]
    shares = table.div(table.sum(axis=1), axis=0)
    with theme(texts.lang):
        figure = new_figure(1.25 + 0.44 * max(1, len(table)))
        axes = figure.subplots()
        draw_shares(axes, shares, names, [texts.label("segment", segment) for segment in shares.columns], texts=texts)
    if shares.size == 0:
        title = texts.say("chart-clusters-none")
    else:
        i, j = divmod(int(shares.to_numpy().argmax()), shares.shape[1])
        title = texts.say("chart-cross", share=texts.percent(shares.iloc[i, j]), name=names[i], segment=texts.label("segment", shares.columns[j]))
    data = table.rename(columns=lambda key: texts.label("segment", key)).reset_index(drop=True)
    data.insert(0, texts.label("column", "cluster"), names)
    return Chart("clusters-segments", title, texts.say("alt-cross", title=title), data, figure)
