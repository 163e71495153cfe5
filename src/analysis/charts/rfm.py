"""Pictures of recency, frequency and money: who the customers are, and what they bring."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from analysis.charts.basis import describe
from analysis.charts.withheld import shares, whole
from analysis.display.chart import Chart
from analysis.palette import INK, PALE, colour, ink_on
from analysis.texts import Texts
from analysis.theme import HEAT, bar_pairs, break_line, clear_axes, label_axis, name_axis, new_figure, theme


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
    customers = grid.groupby(["r_score", "f_score"])["customers"].sum(min_count=1).astype(float)
    whose = {cell: set(keys.dropna()) for cell, keys in grid.groupby(["r_score", "f_score"])["segment"]}
    alone = all(len(keys) < 2 for keys in whose.values())
    segments: list[list[str | None]] = [[next(iter(whose.get((r, f), ())), None) if alone else None for f in columns] for r in reversed(rows)]
    counts = np.array([[customers.get((r, f), 0.0) for f in columns] for r in reversed(rows)], dtype=float)
    total = int(np.nansum(counts))
    with theme(texts.lang):
        figure = new_figure(4.2)
        axes = figure.subplots()
        top = max(1.0, np.nanmax(counts, initial=0.0))
        axes.set_facecolor(PALE)  # where a number is withheld
        sns.heatmap(counts, ax=axes, cmap=HEAT, vmin=0, vmax=top, cbar=False)
        named: set[str] = set()
        for row, line in enumerate(counts):
            for column, number in enumerate(line):
                segment, ink = segments[row][column], INK if np.isnan(number) else ink_on(HEAT(number / top))
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
    data = grid.assign(segment=grid["segment"].fillna(""), customers=whole(grid["customers"])).sort_values(["r_score", "f_score"], ascending=[False, True])
    title = _grid_title(customers, len(rows), len(columns), texts) if total else texts.say("chart-no-buyers")
    everybody = None if np.isnan(counts).any() else total
    alt = texts.say("alt-grid", title=title, customers=texts.number(total), n=total, rows=str(len(rows)), columns=str(len(columns)))
    return Chart("rfm-grid", title, alt, data, figure, describe(texts, customers=everybody))


def _grid_title(customers: pd.Series, rows: int, columns: int, texts: Texts) -> str:
    """Say how many stand in the better half of both scores, and how many in the worse; of an odd number of scores the middle one is in neither.

    Where a cell is withheld, its half is not counted: the fullest cell is told.
    """
    if customers.isna().any():
        most = customers.sort_index(ascending=False).idxmax()
        return texts.say("chart-grid-cell", n=int(customers[most]), customers=texts.number(customers[most]), r=str(most[0]), f=str(most[1]))
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
    rows = segments[(segments["scheme"] == scheme) & (segments["customers"] != 0)]
    money = rows["monetary"].astype(float)
    revenue = money.sum()
    data = pd.DataFrame(
        {
            "key": rows["segment"],
            "group": [texts.label(scheme, key) for key in rows["segment"]],
            "customers": whole(rows["customers"]),
            "customers_pct": shares(rows, "customers", "customers_pct"),
            "monetary": money,
            "monetary_pct": shares(rows, "monetary", "monetary_pct") if revenue > 0 else money * 0,
        }
    )
    data = data.sort_values(["monetary_pct", "customers_pct", "key"], ascending=[False, False, True]).reset_index(drop=True)
    with theme(texts.lang):
        figure = new_figure(0.4 + 0.43 * max(1, len(data)))
        axes = figure.subplots()
        bar_pairs(axes, data["customers_pct"], data["monetary_pct"], [colour(scheme, key, texts) for key in data["key"]], texts)
        name_axis(axes.yaxis, range(len(data)), [break_line(name, 24) for name in data["group"]])
    if data["customers_pct"].isna().all():
        title = texts.say("chart-no-buyers" if data.empty else "chart-withheld")
    else:
        best = data[data["customers_pct"].notna()].iloc[0]
        words = {"who": texts.label("who", best["key"]), "customers": texts.percent(best["customers_pct"]), "money": texts.percent(best["monetary_pct"])}
        title = texts.say("chart-segments" if revenue > 0 else "chart-segments-free", **words)
    parts = [
        texts.say("alt-segment", name=row.group, customers=texts.percent(row.customers_pct), money=texts.percent(row.monetary_pct)) for row in data.itertuples()
    ]
    numbers = data.drop(columns="group").rename(columns={"key": scheme})
    basis = describe(texts, customers=data["customers"].sum() if data["customers"].notna().all() else None)
    return Chart(f"rfm-{scheme.replace('_', '-')}", title, texts.say("alt-list", title=title, parts=texts.join(parts)), numbers, figure, basis)


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
        if key in tiers.index and total and revenue > 0 and tiers["customers"].notna().all() and tiers["monetary"].notna().all():
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
                    break_line(texts.say("pareto-point", **words), 20),
                    (end, share),
                    xytext=(6, -5),
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
    inner = curve[(curve["customers_share"] > 0) & (curve["customers_share"] < 1) & curve["revenue_share"].notna()]
    end = share = float("nan")
    if cuts:
        _, _, end, share = cuts[0]
    elif len(inner):  # the tiers are withheld: the point nearest to a fifth
        end, share = inner.loc[(inner["customers_share"] - 0.2).abs().idxmin(), ["customers_share", "revenue_share"]]
    title = texts.say("chart-pareto-empty") if np.isnan(end) else texts.say("chart-pareto", customers=texts.percent(end), money=texts.percent(share))
    basis = describe(texts, customers=total if tiers["customers"].notna().all() and total else None)
    return Chart("rfm-pareto", title, texts.say("alt-pareto", title=title), curve, figure, basis)
