"""Pictures of who moved and why: the matrix, the causes, the money, and the list."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.patches import Rectangle

from analysis.charts.basis import describe
from analysis.charts.flow import list_moves, name_group
from analysis.charts.heat import name_columns
from analysis.charts.withheld import lay_out, whole
from analysis.columns import CAUSES
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.display.withheld import is_told
from analysis.palette import ACCENT, GREY, INK, LIGHT, LOSS, PALE, fade, ink_on
from analysis.texts import Texts
from analysis.theme import HEAT, bar_pairs, break_line, clear_axes, name_axis, new_figure, theme

WAYS = ("stayed", "up", "down", "came", "left")
CAUSE_COLOURS = {"bought": ACCENT, "time_passed": "#8b9099", "threshold_moved": "#e69f00", "rule_changed": "#aa4499", "history_restated": LOSS}


def draw_matrix(movement: pd.DataFrame, totals: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Chart:
    """Count who went from each segment to each other; who stayed stands in grey on the diagonal.

    Parameters
    ----------
    movement : pandas.DataFrame
        The frame `movement`: one period. scheme, from_as_of, from_segment, to_segment, from_place, to_place, customers.
    totals : pandas.DataFrame
        The frame `movement_totals`: scheme, direction, customers.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = list_moves(movement, scheme)
    places = {side: rows[[f"{side}_place", f"{side}_segment"]].drop_duplicates().sort_values(f"{side}_place") for side in ("from", "to")}
    keys = {side: places[side][f"{side}_segment"].tolist() for side in ("from", "to")}
    counts = lay_out(rows, "from_segment", "to_segment", "customers").reindex(index=keys["from"], columns=keys["to"], fill_value=0)
    stayed = np.array([[one == other for other in keys["to"]] for one in keys["from"]], dtype=bool).reshape(counts.shape)
    moved = counts.mask(stayed, 0)
    with theme(texts.lang):
        figure = new_figure(1.3 + 0.32 * max(1, len(counts)))
        axes = figure.subplots()
        if len(rows):
            top = max(1.0, np.nanmax(moved.to_numpy(), initial=0.0))
            drawn = moved.to_numpy() > 0
            sns.heatmap(moved, ax=axes, cmap=HEAT, vmin=0, vmax=top, cbar=False, linewidths=1, linecolor="white", mask=stayed | ~drawn)
            for y, x in np.argwhere(stayed | counts.isna().to_numpy()):
                axes.add_patch(Rectangle((x, y), 1, 1, facecolor=PALE, edgecolor="white", linewidth=1))
            for y, x in np.argwhere(counts.to_numpy() != 0):
                value = counts.iloc[y, x]
                ink = ink_on(HEAT(value / top)) if drawn[y, x] else GREY
                axes.text(x + 0.5, y + 0.5, texts.number(value), ha="center", va="center", fontsize=8.5, color=ink)
            axes.set_ylabel("")
            axes.set_xlabel("")
            name_columns(axes, [name_group(scheme, key, "to", texts) for key in keys["to"]])
            axes.set_yticks([y + 0.5 for y in range(len(keys["from"]))], labels=[name_group(scheme, key, "from", texts) for key in keys["from"]], rotation=0)
        clear_axes(axes)
    sums = _sums(totals, scheme)["customers"]
    both, n = float(sums[["stayed", "up", "down"]].sum(skipna=False)), float(sums[["up", "down"]].sum(skipna=False))
    if n and is_told(n):
        since = texts.date(pd.Timestamp(rows["from_as_of"].iloc[0]))
        if is_told(both):
            words = {"b": int(both), "total": texts.number(both), "share": texts.percent(n / both)}
            title = texts.say("movement-matrix", n=int(n), customers=texts.number(n), date=since, **words)
        else:
            title = texts.say("movement-matrix-moved", n=int(n), customers=texts.number(n), date=since)
    else:
        title = texts.say("movement-short" if rows.empty else "chart-withheld" if not is_told(n) else "movement-nobody")
    data = counts.astype("Int64").rename(index=lambda key: name_group(scheme, key, "from", texts), columns=lambda key: name_group(scheme, key, "to", texts))
    data.index.name, data.columns.name = "from_segment", None
    alt = texts.say("movement-matrix-alt", title=title) if n else title
    return Chart(f"movement-matrix-{scheme.replace('_', '-')}", title, alt, data.reset_index(), figure, _basis(totals, scheme, texts))


def _sums(totals: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """Give the sums of one scheme by direction; a direction in which nobody went is zero."""
    rows = totals[totals["scheme"] == scheme].set_index("direction").drop(columns=["scheme", "from_as_of", "to_as_of"]).astype(float)
    return rows.reindex([*WAYS, *[way for way in rows.index if way not in WAYS]], fill_value=0.0)


def _basis(totals: pd.DataFrame, scheme: str, texts: Texts) -> str:
    rows = totals[totals["scheme"] == scheme]
    if rows.empty:
        return ""
    since, until = (pd.Timestamp(rows[f"{side}_as_of"].iloc[0]).date() for side in ("from", "to"))
    return describe(texts, customers=rows["customers"].sum(skipna=False), since=since, until=until)


def draw_causes(totals: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Chart:
    """Stack the causes of the moves: up, down, new buyers, no longer buyers.

    Parameters
    ----------
    totals : pandas.DataFrame
        The frame `movement_totals`: one period, with its causes.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    sums = _sums(totals, scheme)
    sums = sums[(sums["customers"] != 0) & (sums.index != "stayed")]
    causes = sums[list(CAUSES)]
    shown = [cause for cause in CAUSES if causes[cause].sum()]
    wide = sums["customers"].fillna(causes.sum(axis=1))
    most = max(1.0, float(wide.max())) if len(wide) else 1.0
    with theme(texts.lang):
        figure = new_figure(0.55 + 0.42 * max(1, len(causes)))
        axes = figure.subplots()
        left = wide * 0
        for cause in shown:
            widths = causes[cause].fillna(0.0)
            axes.barh(range(len(causes)), widths, left=left, height=0.62, color=CAUSE_COLOURS[cause], label=texts.label("column", cause))
            for row, (start, width) in enumerate(zip(left, widths, strict=True)):
                if 0.08 * most <= width < wide.iloc[row]:  # a bar of one cause has its number at its end
                    axes.text(start + width / 2, row, texts.number(width), ha="center", va="center", fontsize=9, color=ink_on(CAUSE_COLOURS[cause]))
            left = left + widths
        rest = (sums["customers"] - left).clip(lower=0).fillna(0.0)  # whose cause is withheld
        unsaid = [row for row, width in enumerate(rest) if width]
        axes.barh(unsaid, rest.iloc[unsaid], left=left.iloc[unsaid], height=0.62, color=PALE, edgecolor=LIGHT, linewidth=0.8)
        for row, (start, width) in enumerate(zip(left, rest, strict=True)):
            if width >= 0.04 * most:
                axes.text(start + width / 2, row, texts.say("withheld"), ha="center", va="center", fontsize=9, color=GREY)
        for row, (end, number) in enumerate(zip(left + rest, sums["customers"], strict=True)):
            axes.annotate(texts.number(number), (end, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9, color=INK)
        axes.set_ylim(max(1, len(causes)) - 0.5, -0.5)
        axes.set_xlim(0, most * 1.1)
        clear_axes(axes)
        name_axis(axes.xaxis, [], [])
        name_axis(axes.yaxis, range(len(causes)), [break_line(texts.say(f"movement-{name}"), 26) for name in causes.index])
        if shown:
            figure.legend(loc="outside upper left", ncols=2 if len(shown) > 3 else len(shown), handlelength=1, handleheight=1)
    told = causes.sum(skipna=False).dropna()
    n = float(sums["customers"].sum(skipna=False))
    main = max(told.index, key=lambda cause: (told[cause], -CAUSES.index(cause)), default=None)
    if causes.empty:
        title = texts.say("movement-short" if totals.empty else "movement-nobody")
    elif main is None or not is_told(n) or len(told) < len(CAUSES):  # of the sums no share can be told: the largest cell is
        title = _say_largest(causes, sums["customers"], texts)
    else:
        title = texts.say(f"movement-why-{main.replace('_', '-')}", share=texts.percent(told[main] / n), n=int(n), customers=texts.number(n))
    data = causes.astype("Int64").rename(index=lambda name: texts.say(f"movement-{name}"))
    data.index.name = "event"
    alt = texts.say("alt-list", title=title, parts=texts.join(_tell_causes(told, texts))) if len(told) and len(causes) else title
    return Chart(f"movement-causes-{scheme.replace('_', '-')}", title, alt, data.reset_index(), figure, _basis(totals, scheme, texts))


def _say_largest(causes: pd.DataFrame, customers: pd.Series, texts: Texts) -> str:
    """Say of the largest number that is told where those customers went, and why."""
    cells = causes.stack().dropna().rename_axis(["way", "cause"])
    cells = cells[(cells > 0) & customers.reindex(cells.index.get_level_values("way")).notna().to_numpy()]
    if cells.empty:
        return texts.say("chart-withheld")
    way, cause = cells.idxmax()
    words = {"part": texts.number(cells.max()), "customers": texts.number(customers[way]), "n": int(customers[way])}
    return texts.say("movement-why-cell", **words, direction=texts.say(f"movement-{way}"), cause=texts.label("column", cause))


def _tell_causes(totals: pd.Series, texts: Texts) -> list[str]:
    return [
        texts.say("movement-cause-part", cause=texts.label("column", cause), customers=texts.number(totals[cause])) for cause in totals.index if totals[cause]
    ]


def draw_money(totals: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Chart:
    """Set the share of customers that stayed, rose, fell, came and left beside the share of money that they have brought.

    Parameters
    ----------
    totals : pandas.DataFrame
        The frame `movement_totals`: one period.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    sums = _sums(totals, scheme)
    sums = sums[sums["customers"] != 0]
    shades = {"stayed": LIGHT, "up": ACCENT, "down": LOSS, "came": fade(ACCENT, 0.5), "left": fade(LOSS, 0.5)}
    with theme(texts.lang):
        figure = new_figure(0.4 + 0.43 * max(1, len(sums)))
        axes = figure.subplots()
        bar_pairs(axes, sums["share"].tolist(), sums["monetary_share"].tolist(), [shades[name] for name in sums.index], texts)
        name_axis(axes.yaxis, range(len(sums)), [break_line(texts.say(f"movement-{name}"), 26) for name in sums.index])
    ways = {name: float(sums["monetary"].get(name, 0.0)) for name in ("up", "down")}
    if sums.empty or not sums["monetary"].sum() > 0:
        title = texts.say("movement-nobody" if len(sums) else "movement-short")
    elif all(map(is_told, ways.values())):
        title = texts.say("movement-money", **{name: texts.money(money) for name, money in ways.items()})
    else:
        title = texts.say("chart-withheld")
    data = pd.DataFrame({
        "event": [texts.say(f"movement-{name}") for name in sums.index], "customers": whole(sums["customers"]).array, "customers_pct": sums["share"].array,
        "monetary": sums["monetary"].round(2).array, "monetary_pct": sums["monetary_share"].array,
    })  # fmt: skip
    parts = [
        texts.say("alt-segment", name=texts.say(f"movement-{row.Index}"), customers=texts.percent(row.share), money=texts.percent(row.monetary_share))
        for row in sums.itertuples()
    ]
    alt = texts.say("alt-list", title=title, parts=texts.join(parts)) if parts else title
    return Chart(f"movement-money-{scheme.replace('_', '-')}", title, alt, data, figure, _basis(totals, scheme, texts))


def list_movers(movers: pd.DataFrame, *, texts: Texts) -> Table:
    """List who moved, the most money first.

    Parameters
    ----------
    movers : pandas.DataFrame
        The frame `movers`: customer (a pseudonym), from_segment, to_segment, cause, days_then, days_now, orders_then, orders_now, monetary.
    texts : Texts
    """
    rows = list(movers.itertuples())
    columns = {
        texts.label("column", "customer"): [row.customer for row in rows],
        texts.label("column", "from_segment"): [name_group("segment", row.from_segment, "from", texts) for row in rows],
        texts.label("column", "to_segment"): [name_group("segment", row.to_segment, "to", texts) for row in rows],
        texts.say("movement-cause"): [texts.label("column", row.cause) for row in rows],
        texts.label("column", "recency_days"): [_then_now(row.days_then, row.days_now, texts) for row in rows],
        texts.label("column", "frequency"): [_then_now(row.orders_then, row.orders_now, texts) for row in rows],
        texts.label("column", "monetary"): [texts.money(row.monetary) for row in rows],
    }
    numeric = tuple(texts.label("column", name) for name in ("recency_days", "frequency", "monetary"))
    return Table(pd.DataFrame(columns), texts.say("movement-list-caption") if rows else "", numeric, cards=True)


def _then_now(then: float, now: float, texts: Texts) -> str:
    return " → ".join(texts.say("no-value") if pd.isna(value) else texts.number(value) for value in (then, now))
