"""Pictures of the clusters: how many, how large, how they lie across the segments."""

import pandas as pd

from analysis.charts.basis import describe
from analysis.charts.heat import draw_shares
from analysis.charts.withheld import lay_out, shares, whole
from analysis.display.chart import Chart
from analysis.palette import ACCENT, GREY, LOSS, PAPER, colour
from analysis.texts import Texts
from analysis.theme import bar_pairs, break_line, clear_axes, label_axis, name_axis, new_figure, theme

_INDICES = ("silhouette", "calinski_harabasz", "davies_bouldin", "stability", "smallest", "bic")


def count_grouped(clusters: pd.DataFrame | None) -> float | None:
    """Count the customers of all clusters; nothing where one of them is withheld."""
    return None if clusters is None or clusters.empty or clusters["customers"].isna().any() else float(clusters["customers"].sum())


def draw_indices(indices: pd.DataFrame, clusters: pd.DataFrame | None = None, *, texts: Texts) -> Chart:
    """Show what each index says for each number of clusters, and the number taken.

    Parameters
    ----------
    indices : pandas.DataFrame
        One row per `k` with `silhouette`, `calinski_harabasz`, `davies_bouldin`, `stability`, `smallest`, `bic`, `excluded`, `chosen`; no rows where there are
        too few customers.
    clusters : pandas.DataFrame, optional
        The table `clusters`, for how many customers were grouped.
    texts : Texts
    """
    data = indices[["k", *_INDICES, "excluded", "chosen"]].astype(dict.fromkeys(_INDICES, float)).sort_values("k").reset_index(drop=True)
    at, out = data[data["chosen"].astype(bool)], data[data["excluded"].astype(str) != ""]
    with theme(texts.lang):
        figure = new_figure(5.0, gap=0.07)
        for axes, index in zip(figure.subplots(3, 2, sharex=True).flat, _INDICES, strict=True):
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
            axes.set_title(break_line(texts.say(f"panel-{index}".replace("_", "-")), 30), fontsize=9)
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
    numbers = data.drop(columns=["excluded", "chosen"]).rename(columns={"smallest": "smallest_share"})
    numbers["is_taken"] = [texts.say("value-yes" if chosen else "value-no") for chosen in data["chosen"]]
    return Chart("clusters-k", title, texts.say("alt-indices", title=title), numbers, figure, describe(texts, customers=count_grouped(clusters)))


def draw_sizes(clusters: pd.DataFrame, *, texts: Texts) -> Chart:
    """Set each cluster's share of customers beside its share of revenue.

    Parameters
    ----------
    clusters : pandas.DataFrame
        The frame `passports`: cluster, name, customers, customers_pct, monetary, monetary_pct.
    texts : Texts
    """
    rows = clusters[clusters["customers"] != 0].sort_values("cluster")
    money = rows["monetary"].astype(float)
    data = pd.DataFrame(
        {
            "cluster": rows["cluster"],
            "cluster_name": rows["name"],
            "customers": whole(rows["customers"]),
            "customers_pct": shares(rows, "customers", "customers_pct"),
            "monetary": money,
            "monetary_pct": shares(rows, "monetary", "monetary_pct"),
        }
    )
    data = data.sort_values(["monetary_pct", "customers_pct", "cluster"], ascending=[False, False, True]).reset_index(drop=True)
    names = [texts.cluster(name) for name in data["cluster_name"]]
    with theme(texts.lang):
        figure = new_figure(0.4 + 0.43 * max(1, len(data)))
        axes = figure.subplots()
        bar_pairs(axes, data["customers_pct"].tolist(), data["monetary_pct"].tolist(), [colour("cluster", cluster) for cluster in data["cluster"]], texts)
        name_axis(axes.yaxis, range(len(data)), [break_line(name, 20) for name in names])
    if data["customers_pct"].isna().all():
        title = texts.say("chart-clusters-none" if data.empty else "chart-withheld")
    else:
        best = data[data["customers_pct"].notna()].iloc[0]
        words = {"name": texts.cluster(best["cluster_name"]), "customers": texts.percent(best["customers_pct"]), "money": texts.percent(best["monetary_pct"])}
        title = texts.say("chart-sizes" if money.sum() > 0 else "chart-sizes-free", **words)
    parts = [
        texts.say("alt-segment", name=name, customers=texts.percent(row.customers_pct), money=texts.percent(row.monetary_pct))
        for name, row in zip(names, data.itertuples(index=False), strict=True)
    ]
    basis = describe(texts, customers=data["customers"].sum() if data["customers"].notna().all() else None)
    return Chart("clusters-sizes", title, texts.say("alt-list", title=title, parts=texts.join(parts)), data.drop(columns="cluster"), figure, basis)


def draw_cross(cross: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show into which segments the customers of each cluster fall.

    Parameters
    ----------
    cross : pandas.DataFrame
        One row per pair with `cluster`, `cluster_name`, `segment`, `customers`.
    texts : Texts
    """
    table = lay_out(cross, "cluster", "segment", "customers").sort_index()
    table = table.loc[(table != 0).any(axis=1), table.sum().sort_index().sort_values(ascending=False, kind="stable").index]
    whole_cluster = table.sum(axis=1)
    parts = table.div(whole_cluster.where(whole_cluster > 0), axis=0)
    if "share" in cross:
        parts = lay_out(cross, "cluster", "segment", "share").reindex(index=table.index, columns=table.columns)
    keys = cross.drop_duplicates("cluster").set_index("cluster")["cluster_name"].reindex(table.index).tolist()
    names = [texts.cluster(key) for key in keys]
    with theme(texts.lang):
        figure = new_figure((1.3 if len(table.columns) > 5 else 0.8) + 0.42 * max(1, len(table)))
        axes = figure.subplots()
        draw_shares(axes, parts, names, [texts.label("segment", segment) for segment in parts.columns], texts=texts)
    if parts.size == 0 or parts.isna().all(axis=None):
        title = texts.say("chart-clusters-none" if parts.size == 0 else "chart-withheld")
    else:
        i, j = divmod(int(parts.fillna(-1.0).to_numpy().argmax()), parts.shape[1])
        title = texts.say("chart-cross", share=texts.percent(parts.iloc[i, j]), name=names[i], segment=texts.label("segment", parts.columns[j]))
    data = table.astype("Int64").rename(columns=lambda key: texts.label("segment", key)).reset_index(drop=True)
    data.insert(0, "cluster_name", keys)
    basis = describe(texts, customers=table.to_numpy().sum() if table.notna().all(axis=None) else None)
    return Chart("clusters-segments", title, texts.say("alt-cross", title=title), data, figure, basis)
