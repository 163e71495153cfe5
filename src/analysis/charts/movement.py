"""Pictures of who moved and why: the matrix, the causes, the money, and the list."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.patches import Rectangle

from analysis.charts.flow import name_group
from analysis.columns import CAUSES, NONE
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.texts import Texts
from analysis.theme import ACCENT, GREY, HEAT, INK, LIGHT, LOSS, PALE, bar_pairs, break_line, clear_axes, fade, ink_on, name_axis, new_figure, theme

DIRECTIONS = ("up", "down", "came", "left")
CAUSE_COLOURS = {"bought": ACCENT, "time_passed": "#8b9099", "threshold_moved": "#e69f00", "rule_changed": "#aa4499", "history_restated": LOSS}


def find_direction(moves: pd.DataFrame) -> pd.Series:
    """Say of each move whether it went up, down, came (a new buyer), left (no longer one), or stayed."""
    up = moves["to_place"].astype(float) < moves["from_place"].astype(float)
    told = pd.Series(np.where(up, "up", "down"), index=moves.index, dtype=object)
    told[moves["from_segment"] == moves["to_segment"]] = "stayed"
    told[(moves["from_segment"] == NONE) & (moves["to_segment"] != NONE)] = "came"
    told[(moves["to_segment"] == NONE) & (moves["from_segment"] != NONE)] = "left"
    return told


def draw_matrix(movement: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Chart:
    """Count who went from each segment to each other; who stayed stands in grey on the diagonal.

    Parameters
    ----------
    movement : pandas.DataFrame
        The frame `movement`: one period. scheme, from_as_of, from_segment, to_segment, from_place, to_place, customers.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = movement[(movement["scheme"] == scheme) & (movement["customers"] > 0)]
    places = {side: rows[[f"{side}_place", f"{side}_segment"]].drop_duplicates().sort_values(f"{side}_place") for side in ("from", "to")}
    keys = {side: places[side][f"{side}_segment"].tolist() for side in ("from", "to")}
    counts = rows.pivot_table(index="from_segment", columns="to_segment", values="customers", aggfunc="sum", fill_value=0)
    counts = counts.reindex(index=keys["from"], columns=keys["to"], fill_value=0).astype(int)
    stayed = np.array([[one == other for other in keys["to"]] for one in keys["from"]], dtype=bool).reshape(counts.shape)
    moved = counts.mask(stayed, 0)
    total = int(counts.to_numpy().sum())
    on_both = rows[(rows["from_segment"] != NONE) & (rows["to_segment"] != NONE)]
    both, n = int(on_both["customers"].sum()), int(on_both.loc[on_both["from_segment"] != on_both["to_segment"], "customers"].sum())
    with theme(texts.lang):
        figure = new_figure(1.3 + 0.36 * max(1, len(counts)))
        axes = figure.subplots()
        if total:
            top = max(1, moved.to_numpy().max())
            sns.heatmap(moved, ax=axes, cmap=HEAT, vmin=0, vmax=top, cbar=False, linewidths=1, linecolor="white", mask=stayed | (moved == 0).to_numpy())
            for y, x in np.argwhere(stayed):
                axes.add_patch(Rectangle((x, y), 1, 1, facecolor=PALE, edgecolor="white", linewidth=1))
            for y, x in np.argwhere(counts.to_numpy() > 0):
                value, ink = int(counts.iloc[y, x]), GREY if stayed[y, x] else ink_on(HEAT(counts.iloc[y, x] / top))
                axes.text(x + 0.5, y + 0.5, texts.number(value), ha="center", va="center", fontsize=8.5, color=ink)
            axes.xaxis.tick_top()
            axes.set_ylabel("")
            axes.set_xlabel("")
            names = [break_line(name_group(scheme, key, "to", texts), 16) for key in keys["to"]]
            axes.set_xticks([x + 0.5 for x in range(len(names))], labels=names, rotation=38, ha="left", rotation_mode="anchor", fontsize=8.5)
            axes.set_yticks([y + 0.5 for y in range(len(keys["from"]))], labels=[name_group(scheme, key, "from", texts) for key in keys["from"]], rotation=0)
        clear_axes(axes)
    if n:
        since = texts.date(pd.Timestamp(rows["from_as_of"].iloc[0]))
        title = texts.say("movement-matrix", n=n, customers=texts.number(n), b=both, total=texts.number(both), share=texts.percent(n / both), date=since)
    else:
        title = texts.say("movement-nobody" if total else "movement-short")
    data = counts.rename(index=lambda key: name_group(scheme, key, "from", texts), columns=lambda key: name_group(scheme, key, "to", texts))
    data.index.name = texts.label("column", "from_segment")
    data.columns.name = None
    alt = texts.say("movement-matrix-alt", title=title) if n else title
    return Chart(f"movement-matrix-{scheme.replace('_', '-')}", title, alt, data.reset_index(), figure)


def draw_causes(movement: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Chart:
    """Stack the causes of the moves: up, down, new buyers, no longer buyers.

    Parameters
    ----------
    movement : pandas.DataFrame
        The frame `movement`: one period, with its causes.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = movement[(movement["scheme"] == scheme) & (movement["from_segment"] != movement["to_segment"])]
    causes = rows.assign(direction=find_direction(rows)).groupby("direction")[list(CAUSES)].sum()
    causes = causes.reindex([name for name in DIRECTIONS if name in causes.index]).astype(int)
    totals = causes.sum()
    shown = [cause for cause in CAUSES if totals[cause]]
    with theme(texts.lang):
        figure = new_figure(0.75 + 0.46 * max(1, len(causes)))
        axes = figure.subplots()
        left, most = pd.Series(0, index=causes.index), max(1, int(causes.sum(axis=1).max() or 0)) if len(causes) else 1
        for cause in shown:
            widths = causes[cause]
            axes.barh(range(len(causes)), widths, left=left, height=0.62, color=CAUSE_COLOURS[cause], label=texts.label("column", cause))
            for row, (start, width) in enumerate(zip(left, widths, strict=True)):
                if width >= 0.05 * most:
                    axes.text(start + width / 2, row, texts.number(width), ha="center", va="center", fontsize=9, color=ink_on(CAUSE_COLOURS[cause]))
            left = left + widths
        for row, whole in enumerate(left):
            axes.annotate(texts.number(whole), (whole, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9, color=INK)
        axes.set_ylim(max(1, len(causes)) - 0.5, -0.5)
        axes.set_xlim(0, most * 1.1)
        clear_axes(axes)
        name_axis(axes.xaxis, [], [])
        name_axis(axes.yaxis, range(len(causes)), [break_line(texts.say(f"movement-{name}"), 26) for name in causes.index])
        if shown:
            figure.legend(loc="outside upper left", ncols=len(shown), handlelength=1, handleheight=1)
    n = int(totals.sum())
    if n:
        main = max(shown, key=lambda cause: (totals[cause], -CAUSES.index(cause)))
        title = texts.say(f"movement-why-{main.replace('_', '-')}", share=texts.percent(totals[main] / n), n=n, customers=texts.number(n))
    else:
        title = texts.say("movement-nobody" if len(movement) else "movement-short")
    data = causes.rename(index=lambda name: texts.say(f"movement-{name}"), columns=lambda cause: texts.label("column", cause))
    data.index.name = texts.label("column", "event")
    alt = texts.say("alt-list", title=title, parts=texts.join(_tell_causes(totals, texts))) if n else title
    return Chart(f"movement-causes-{scheme.replace('_', '-')}", title, alt, data.reset_index(), figure)


def _tell_causes(totals: pd.Series, texts: Texts) -> list[str]:
    return [texts.say("movement-cause-part", cause=texts.label("column", cause), customers=texts.number(totals[cause])) for cause in CAUSES if totals[cause]]


def draw_money(movement: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Chart:
    """Set the share of customers that stayed, rose, fell, came and left beside the share of money that they have brought.

    Parameters
    ----------
    movement : pandas.DataFrame
        The frame `movement`: one period.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = movement[movement["scheme"] == scheme]
    sums = rows.assign(direction=find_direction(rows), monetary=rows["monetary"].astype(float)).groupby("direction")[["customers", "monetary"]].sum()
    sums = sums.reindex([name for name in ("stayed", *DIRECTIONS) if name in sums.index])
    shades = {"stayed": LIGHT, "up": ACCENT, "down": LOSS, "came": fade(ACCENT, 0.5), "left": fade(LOSS, 0.5)}
    revenue = sums["monetary"].sum()
    shares = pd.DataFrame({"customers": sums["customers"] / max(1, sums["customers"].sum()), "monetary": sums["monetary"] / revenue if revenue > 0 else 0.0})
    with theme(texts.lang):
        figure = new_figure(0.75 + 0.46 * max(1, len(sums)))
        axes = figure.subplots()
        bar_pairs(axes, shares["customers"].tolist(), shares["monetary"].tolist(), [shades[name] for name in sums.index], texts)
        name_axis(axes.yaxis, range(len(sums)), [break_line(texts.say(f"movement-{name}"), 26) for name in sums.index])
    if revenue > 0:
        up, down = (float(sums["monetary"].get(name, 0.0)) for name in ("up", "down"))
        title = texts.say("movement-money", up=texts.money(up), down=texts.money(down))
    else:
        title = texts.say("movement-nobody" if len(rows) else "movement-short")
    data = pd.DataFrame({
        texts.label("column", "event"): [texts.say(f"movement-{name}") for name in sums.index],
        texts.label("column", "customers"): sums["customers"].astype(int).tolist(),
        texts.label("column", "monetary"): sums["monetary"].round(2).tolist(),
    })  # fmt: skip
    parts = [
        texts.say("alt-segment", name=texts.say(f"movement-{row.Index}"), customers=texts.percent(row.customers), money=texts.percent(row.monetary))
        for row in shares.itertuples()
    ]
    alt = texts.say("alt-list", title=title, parts=texts.join(parts)) if parts else title
    return Chart(f"movement-money-{scheme.replace('_', '-')}", title, alt, data, figure)


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
