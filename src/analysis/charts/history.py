"""Pictures of the history: how groups grow and shrink."""

import pandas as pd

from analysis.display.chart import Chart
from analysis.texts import Texts
from analysis.theme import clear_axes, colour, fade, name_axis, new_figure, theme


def draw_history(history: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Chart:
    """Follow every group's share of the customers from month-end to month-end.

    Parameters
    ----------
    history : pandas.DataFrame
        The table `history`.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = history[history["scheme"] == scheme]
    table = rows.pivot_table(index="as_of", columns="segment", values="customers", aggfunc="sum", fill_value=0).sort_index()
    table.index = pd.to_datetime(table.index)
    shares = table.div(table.sum(axis=1).where(lambda total: total > 0), axis=0).dropna()
    order = shares.iloc[-1].sort_values(ascending=False, kind="stable").index.tolist() if len(shares) else []
    with theme(texts.lang):
        lines = max(1, -(-len(order) // 2))
        figure = new_figure(0.5 + 1.15 * lines, gap=0.1)
        panels = figure.subplots(lines, 2, sharex=True, sharey=True, squeeze=False)
        top = float(shares.to_numpy().max()) if len(shares) else 1.0
        for axes, key in zip(panels.flat, [*order, *[None] * (2 * lines - len(order))], strict=True):
            clear_axes(axes, keep="bottom" if key else "")
            name_axis(axes.yaxis, [], [])
            if key is None:
                axes.xaxis.set_visible(False)
                continue
            values, last = shares[key], len(shares) - 1
            axes.fill_between(range(len(values)), 0, values, color=fade(colour(scheme, key, texts), 0.75), linewidth=0)
            axes.plot(range(len(values)), values, color=colour(scheme, key, texts), marker="o" if last == 0 else None)
            axes.plot([last], [values.iloc[-1]], "o", color=colour(scheme, key, texts), markersize=4)
            axes.annotate(texts.percent(values.iloc[-1]), (last, values.iloc[-1]), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
            axes.set_ylim(-0.08 * top, top * 1.1)
            axes.set_xlim(-0.02 * max(1, last), max(1, last) * 1.17)
            axes.set_title(texts.label(scheme, key), fontsize=9.5)
            ends = sorted({0, last})
            name_axis(axes.xaxis, ends, [texts.month(shares.index[i]) for i in ends])
    title = _history_title(shares, texts)
    data = shares.round(6).rename(columns=lambda key: texts.label(scheme, key))
    data.insert(0, texts.label("column", "as_of"), data.index.strftime("%Y-%m-%d"))
    return Chart(f"rfm-history-{scheme.replace('_', '-')}", title, texts.say("alt-history", title=title), data.reset_index(drop=True), figure)


def _history_title(shares: pd.DataFrame, texts: Texts) -> str:
    if len(shares) == 0:
        return texts.say("chart-no-buyers")
    if len(shares) == 1:
        return texts.say("chart-history-one", date=texts.date(shares.index[0]))
    first = max(0, len(shares) - 4)  # three month-ends before
    moved = (shares.iloc[-1] - shares.iloc[first]).sort_index()
    key = moved.abs().idxmax()
    words = {
        "who": texts.label("who", key),
        "before": texts.percent(shares[key].iloc[first]),
        "now": texts.percent(shares[key].iloc[-1]),
        "date": texts.date(shares.index[first]),
    }
    if abs(moved[key]) < 0.0005:
        return texts.say("chart-history-same", date=words["date"])
    return texts.say("chart-history-up" if moved[key] > 0 else "chart-history-down", **words)
