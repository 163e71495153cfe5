"""Pictures of future value: what the base is worth, where it lies, and where the effort goes."""

import numpy as np
import pandas as pd

from analysis.charts.basis import describe
from analysis.charts.withheld import whole
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.palette import ACCENT, INK, PAPER, colour, contrast, edge, fade
from analysis.texts import Texts
from analysis.theme import break_line, clear_axes, label_axis, name_axis, new_figure, theme

GAP = 0.02  # of shares, from which effort and value are told apart
_MARKED = (0.1, 0.3)  # of the customers: points whose numbers stand in the picture
LEAST = 10  # customers: what a smaller group is worth may give one of them away


def draw_totals(totals: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Chart:
    """Show what each group is worth in the next year, with its interval, and how much of it hangs on customers who may be gone.

    Parameters
    ----------
    totals : pandas.DataFrame
        One row per `group` with `customers`, `value`, `low`, `high`, `at_risk`; groups of fewer than ten are not drawn.
    scheme : {"segment", "stage"}
    texts : Texts
    """
    rows = totals[(totals["value"] > 0) & (totals["customers"] >= LEAST)].sort_values(["value", "group"], ascending=[False, True]).reset_index(drop=True)
    with theme(texts.lang):
        figure = new_figure(0.4 + 0.38 * max(1, len(rows)))
        axes = figure.subplots()
        places, value = np.arange(len(rows)), rows["value"].astype(float)
        shades = [colour(scheme, key, texts) for key in rows["group"]]
        axes.barh(places, value, height=0.6, color=shades, edgecolor=[edge(shade) for shade in shades], linewidth=0.6)
        hatched = axes.barh(places, rows["at_risk"].astype(float).fillna(0.0), height=0.6, color="none", hatch="////", linewidth=0)
        for bar, shade in zip(hatched, shades, strict=True):
            bar.set_edgecolor(PAPER if contrast(shade) >= 2 else edge(shade))
        for place, row in enumerate(rows.itertuples()):
            axes.plot([row.low, row.high], [place, place], color=INK, linewidth=1.2)
            axes.annotate(
                texts.money(row.value), (max(row.high, row.value), place), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9, color=INK
            )
        axes.set_xlim(0, max([1.0, *rows["high"].astype(float)]) * 1.15)
        axes.set_ylim(max(1, len(rows)) - 0.5, -0.5)
        clear_axes(axes)
        name_axis(axes.xaxis, [], [])
        name_axis(axes.yaxis, range(len(rows)), [break_line(texts.label(scheme, key), 24) for key in rows["group"]])
    title = texts.say("chart-value-nothing")
    if len(rows):
        best = rows.iloc[0]
        words = {"money": texts.money(best["value"]), "low": texts.money(best["low"]), "high": texts.money(best["high"]), "n": int(best["customers"])}
        words |= {
            "who": texts.label(scheme, best["group"]),
            "share": texts.percent(best["value"] / totals["value"].sum(skipna=False)),
            "customers": texts.number(best["customers"]),
        }
        title = texts.say("chart-value-totals" if totals["value"].notna().all() else "chart-value-totals-alone", **words)
    parts = [
        texts.say("alt-value-total", name=texts.label(scheme, row.group), money=texts.money(row.value), low=texts.money(row.low), high=texts.money(row.high),
                  risk=texts.money(row.at_risk))
        for row in rows.itertuples()
    ]  # fmt: skip
    column = "lifecycle_stage" if scheme == "stage" else scheme
    data = pd.DataFrame({
        column: rows["group"], "customers": whole(rows["customers"]), "future_value": rows["value"], "future_value_low": rows["low"],
        "future_value_high": rows["high"], "future_value_at_risk": rows["at_risk"],
    }).round(2)  # fmt: skip
    customers = totals["customers"].sum() if len(totals) and totals["customers"].notna().all() else None
    basis = describe(texts, customers=customers, further=[texts.say("basis-value-interval")] if len(rows) else [])
    return Chart(f"value-{scheme}", title, texts.say("alt-list", title=title, parts=texts.join(parts)), data, figure, basis)


def draw_concentration(concentration: pd.DataFrame, base: pd.DataFrame | None = None, *, texts: Texts) -> Chart:
    """Show how few customers hold how much of the future.

    Parameters
    ----------
    concentration : pandas.DataFrame
        One row per `customers_share` (cumulated, the most valuable first) with `value_share`.
    base : pandas.DataFrame, optional
        The frame `value_base`, for how many customers there are.
    texts : Texts
    """
    customers = base["customers"].iloc[0] if base is not None and len(base) else None
    x, y = concentration["customers_share"].astype(float), concentration["value_share"].astype(float)
    with theme(texts.lang):
        figure = new_figure(2.8)
        axes = figure.subplots()
        axes.fill_between(x, 0, y, color=fade(ACCENT, 0.75), linewidth=0)
        axes.plot(x, y, color=ACCENT)
        for place, share in zip(x, y, strict=True):
            if share > 0 and any(np.isclose(place, tenth) for tenth in _MARKED):
                axes.plot([place], [share], "o", color=ACCENT, markersize=4.5)
                said = texts.say("value-concentration-point", customers=texts.percent(place, 0), share=texts.percent(share, 0))
                axes.annotate(said, (place, share), xytext=(5, -5), textcoords="offset points", ha="left", va="top", fontsize=9, color=INK)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.03)
        clear_axes(axes, keep="bottom left")
        label_axis(axes.xaxis, lambda value: texts.percent(value, 0))
        label_axis(axes.yaxis, lambda value: texts.percent(value, 0))
        axes.set_xlabel(texts.say("axis-customers-best-first"))
        axes.set_ylabel(texts.say("axis-value-share"))
    inner = concentration[(x > 0) & (x < 1) & y.notna()]
    if inner.empty or not float(y.max()) > 0:
        title = texts.say("chart-value-nothing")
    else:
        at = inner.loc[(inner["customers_share"].astype(float) - 0.1).abs().idxmin()]
        words = {"share": texts.percent(at["value_share"])}
        if np.isclose(float(at["customers_share"]), 0.1):
            title = texts.say("chart-value-concentration", **words)
        else:  # the tenth is withheld
            title = texts.say("chart-value-concentration-at", customers=texts.percent(at["customers_share"]), **words)
    data = concentration[["customers_share", "value_share"]].astype(float).reset_index(drop=True)
    return Chart("value-concentration", title, texts.say("alt-value-concentration", title=title), data, figure, describe(texts, customers=customers))


def list_effort(effort: pd.DataFrame, *, texts: Texts) -> Table:
    """List each segment's share of the effort beside its share of future value, where the gap is widest first.

    Parameters
    ----------
    effort : pandas.DataFrame
        One row per `group` with `customers`, `effort_share`, `value_share`, `gap`, `value_each`; what a group of fewer than ten holds is not shown.
    texts : Texts
    """
    rows = effort.sort_values(["gap", "group"], ascending=[False, True])
    known, hidden = rows["customers"] >= LEAST, texts.say("no-value")
    columns = {
        "group": [texts.label("segment", key) for key in rows["group"]],
        "customers": [texts.number(value) for value in rows["customers"]],
        "effort_share": [texts.percent(value) for value in rows["effort_share"]],
        "value_share": [texts.percent(value) if shown else hidden for value, shown in zip(rows["value_share"], known, strict=True)],
        "value_each": [texts.money(value) if shown else hidden for value, shown in zip(rows["value_each"], known, strict=True)],
        "advice": [
            texts.label("value-advice", "more" if gap > GAP else "less" if gap < -GAP else "same") if shown and not np.isnan(gap) else hidden
            for gap, shown in zip(rows["gap"], known, strict=True)
        ],
    }
    frame = pd.DataFrame(columns).rename(columns={key: texts.label("value-column", key) for key in columns})
    return Table(frame, numeric=tuple(texts.label("value-column", key) for key in ("customers", "effort_share", "value_share", "value_each")), cards=True)
