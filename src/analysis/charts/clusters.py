"""Pictures of the clusters: how many, what they are like, how they lie across the segments."""

import numpy as np
import pandas as pd
import seaborn as sns

from analysis.display import Chart
from analysis.texts import Texts
from analysis.theme import ACCENT, BALANCE, GREY, HEAT, LOSS, bar_pairs, break_line, clear_axes, colour, ink_on, label_axis, name_axis, new_figure, theme

_INDICES = ("silhouette", "calinski_harabasz", "davies_bouldin", "inertia")
_CENTRES = ("centre_recency_days", "centre_frequency", "centre_monetary")


def draw_indices(indices: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show what each index says for each number of clusters, and the number taken.

    Parameters
    ----------
    indices : pandas.DataFrame
        One row per `k` with `silhouette`, `calinski_harabasz`, `davies_bouldin`, `inertia`, `chosen`; no rows where there are too few customers.
    texts : Texts
    """
    data = indices[["k", *_INDICES, "chosen"]].astype(dict.fromkeys(_INDICES, float)).sort_values("k").reset_index(drop=True)
    at = data[data["chosen"].astype(bool)]
    with theme(texts.lang):
        figure = new_figure(3.6)
        for axes, index in zip(figure.subplots(2, 2, sharex=True).flat, _INDICES, strict=True):
            axes.plot(data["k"], data[index], color=ACCENT, marker="o", markersize=4)
            axes.plot(at["k"], at[index], "o", color=LOSS, markersize=8)
            axes.margins(x=0.06, y=0.18)
            clear_axes(axes, keep="bottom")
            axes.grid(axis="y")
            size = float(data[index].abs().max()) if len(data) else 1.0
            label_axis(axes.yaxis, (lambda value: texts.number(value, 3)) if size < 10 else texts.number, most=3)
            name_axis(axes.xaxis, data["k"].tolist(), [str(k) for k in data["k"]])
            axes.set_title(texts.say(f"panel-{index}".replace("_", "-")), fontsize=9.5)
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
    return Chart("clusters-k", title, texts.say("alt-indices", title=title), data, figure)


def draw_profiles(clusters: pd.DataFrame, *, texts: Texts) -> Chart:
    """Set the clusters' centres side by side: the colour compares, the number says it in days, orders and money.

    Parameters
    ----------
    clusters : pandas.DataFrame
        The table `clusters`, one row each, outliers (0) included or not.
    texts : Texts
    """
    rows = clusters.sort_values("cluster").reset_index(drop=True)
    centres = rows[list(_CENTRES)].astype(float)
    logs = np.log1p(centres.clip(lower=0))
    scaled = ((logs - logs.mean()) / logs.std(ddof=0).replace(0, np.nan)).fillna(0.0)
    scaled["centre_recency_days"] *= -1  # blue is good everywhere: recent, often, much
    with theme(texts.lang):
        figure = new_figure(0.7 + 0.5 * max(1, len(rows)))
        axes = figure.subplots()
        if len(rows):
            sns.heatmap(scaled.to_numpy(), ax=axes, cmap=BALANCE, vmin=-1.8, vmax=1.8, cbar=False, linewidths=2, linecolor="white")
        for i, row in centres.iterrows():
            words = (texts.number(row.iloc[0]), texts.number(row.iloc[1], 1), texts.money(row.iloc[2]))
            for j, text in enumerate(words):
                ink = ink_on(BALANCE((np.clip(scaled.iloc[i, j], -1.8, 1.8) + 1.8) / 3.6))
                axes.text(j + 0.5, i + 0.5, text, ha="center", va="center", color=ink, fontsize=10)
        name_axis(axes.xaxis, [0.5, 1.5, 2.5], [break_line(texts.label("column", centre), 16) for centre in _CENTRES])
        name_axis(axes.yaxis, [i + 0.5 for i in range(len(rows))], [break_line(texts.cluster(name), 34) for name in rows["name"]])
        axes.xaxis.tick_top()
        axes.tick_params(axis="y", rotation=0)
        clear_axes(axes)
    if rows.empty:
        title = texts.say("chart-clusters-none")
    else:
        best = rows.loc[centres["centre_monetary"].idxmax()]
        days, orders = round(float(best["centre_recency_days"])), float(best["centre_frequency"])
        title = texts.say(
            "chart-profiles",
            name=texts.cluster(best["name"]),
            money=texts.money(best["centre_monetary"]),
            o=orders if orders != 1 else 1,
            orders=texts.number(orders, 0 if orders == round(orders) else 1),
            d=days,
            days=texts.number(days),
        )
    data = centres.assign(name=[texts.cluster(name) for name in rows["name"]], customers=rows["customers"])[["name", "customers", *_CENTRES]]
    return Chart("clusters-profiles", title, texts.say("alt-profiles", title=title, k=len(rows), clusters=texts.number(len(rows))), data, figure)


def draw_sizes(clusters: pd.DataFrame, *, texts: Texts) -> Chart:
    """Set each cluster's share of customers beside its share of revenue.

    Parameters
    ----------
    clusters : pandas.DataFrame
        The table `clusters`.
    texts : Texts
    """
    rows = clusters.sort_values("cluster")
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
        if shares.size:
            sns.heatmap(shares.to_numpy(), ax=axes, cmap=HEAT, vmin=0, vmax=1, cbar=False, linewidths=1.5, linecolor="white")
        for i, row in enumerate(shares.to_numpy()):
            for j, share in enumerate(row):
                if share >= 0.005:
                    axes.text(j + 0.5, i + 0.5, texts.percent(share, 0), ha="center", va="center", color=ink_on(HEAT(share)), fontsize=9)
        segments = [break_line(texts.label("segment", segment), 9) for segment in shares.columns]
        name_axis(axes.xaxis, [j + 0.5 for j in range(len(segments))], segments)
        name_axis(axes.yaxis, [i + 0.5 for i in range(len(names))], [break_line(name, 20) for name in names])
        axes.xaxis.tick_top()
        axes.tick_params(axis="x", rotation=0, labelsize=8 if len(segments) > 6 else 9)
        axes.tick_params(axis="y", rotation=0)
        clear_axes(axes)
    if shares.size == 0:
        title = texts.say("chart-clusters-none")
    else:
        i, j = divmod(int(shares.to_numpy().argmax()), shares.shape[1])
        title = texts.say("chart-cross", share=texts.percent(shares.iloc[i, j]), name=names[i], segment=texts.label("segment", shares.columns[j]))
    data = table.rename(columns=lambda key: texts.label("segment", key)).reset_index(drop=True)
    data.insert(0, texts.label("column", "cluster"), names)
    return Chart("clusters-segments", title, texts.say("alt-cross", title=title), data, figure)
