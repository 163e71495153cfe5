"""Pictures of the history: how groups grow and shrink."""

import pandas as pd

from analysis.charts.basis import describe
from analysis.charts.withheld import lay_out
from analysis.display.chart import Chart
from analysis.palette import colour, edge, fade
from analysis.texts import Texts
from analysis.theme import clear_axes, name_axis, new_figure, theme


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
    table = lay_out(rows, "as_of", "segment", "customers").sort_index()
    table.index = pd.to_datetime(table.index)
    whole = table.sum(axis=1)
    known = lay_out(rows, "as_of", "segment", "customers_pct").sort_index().set_axis(table.index) if "customers_pct" in rows else None
    shares = (table.div(whole.where(whole > 0), axis=0) if known is None else known)[whole > 0]
    order = shares.iloc[-1].sort_values(ascending=False, kind="stable").index.tolist() if len(shares) else []
    with theme(texts.lang):
        lines = max(1, -(-len(order) // 2))
        figure = new_figure(0.4 + 1.05 * lines, gap=0.1)
        panels = figure.subplots(lines, 2, sharex=True, sharey=True, squeeze=False)
        top = float(shares.max().max()) if shares.notna().any(axis=None) else 1.0
        for axes, key in zip(panels.flat, [*order, *[None] * (2 * lines - len(order))], strict=True):
            clear_axes(axes, keep="bottom" if key else "")
            name_axis(axes.yaxis, [], [])
            if key is None:
                axes.xaxis.set_visible(False)
                continue
            values, last, shade = shares[key], len(shares) - 1, colour(scheme, key, texts)
            end = values.iloc[-1] if values.notna().iloc[-1] else 0.0
            axes.fill_between(range(len(values)), 0, values, color=fade(shade, 0.75), linewidth=0)
            axes.plot(range(len(values)), values, color=edge(shade), marker="o" if last == 0 else None)
            axes.plot([last], [values.iloc[-1]], "o", color=edge(shade), markersize=4)
            axes.annotate(texts.percent(values.iloc[-1]), (last, end), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
            axes.set_ylim(-0.08 * top, top * 1.1)
            axes.set_xlim(-0.02 * max(1, last), max(1, last) * 1.17)
            axes.set_title(texts.label(scheme, key), fontsize=9.5)
            ends = sorted({0, last})
            name_axis(axes.xaxis, ends, [texts.month(shares.index[i]) for i in ends])
    title = _history_title(shares, texts)
    data = shares.round(6).rename(columns=lambda key: texts.label(scheme, key))[[texts.label(scheme, key) for key in order]]
    data.insert(0, "as_of", data.index.strftime("%Y-%m-%d"))
    days = [day.date() for day in shares.index[[0, -1]]] if len(shares) else [None, None]
    told = len(shares) and table.loc[shares.index[-1]].notna().all()
    basis = describe(texts, customers=whole[shares.index[-1]] if told else None, since=days[0], until=days[1])
    return Chart(f"rfm-history-{scheme.replace('_', '-')}", title, texts.say("alt-history", title=title), data.reset_index(drop=True), figure, basis)


def _history_title(shares: pd.DataFrame, texts: Texts) -> str:
    if len(shares) == 0:
        return texts.say("chart-no-buyers")
    if len(shares) == 1:
        return texts.say("chart-history-one", date=texts.date(shares.index[0]))
    first = max(0, len(shares) - 4)  # three month-ends before
    moved = (shares.iloc[-1] - shares.iloc[first]).dropna().sort_index()
    if moved.empty:
        return texts.say("chart-withheld")
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
