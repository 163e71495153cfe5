"""Pictures of waiting: how long until the next order, and whether the second one comes less often than it did."""

import numpy as np
import pandas as pd

from analysis.charts.basis import describe, say_interval
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.palette import ACCENT, GREY
from analysis.texts import Texts
from analysis.theme import HEAT, clear_axes, label_axis, name_axis, new_figure, theme

_SHADES = [HEAT(share) for share in (1.0, 0.75, 0.52, 0.32)]


def draw_survival(survival: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show which share has bought again by which day after the first, the second, the third and later orders.

    Parameters
    ----------
    survival : pandas.DataFrame
        Grain: step, days; back, low, high, waiting.
    texts : Texts
    """
    survival = survival.dropna(subset="back")
    curves = {int(step): rows.sort_values("days") for step, rows in survival.groupby("step")}
    reach = max([1, *survival["days"]])
    with theme(texts.lang):
        figure = new_figure(3.6)
        axes = figure.subplots()
        for rows, shade in zip(curves.values(), _SHADES, strict=False):
            seen = _thin(rows)
            axes.fill_between(seen["days"], seen["low"], seen["high"], step="post", color=shade, alpha=0.15, linewidth=0)
            axes.step(seen["days"], seen["back"], where="post", color=shade)
        ends = sorted((float(rows["back"].iloc[-1]), step) for step, rows in curves.items())
        for (at, step), height in zip(ends, _spread([at for at, _ in ends]), strict=True):
            shade = _SHADES[min(step, len(_SHADES)) - 1]
            far = float(curves[step]["days"].iloc[-1])
            axes.plot([far, reach * 1.02, reach * 1.05], [at, height, height], color=shade, linewidth=0.8, clip_on=False)
            axes.text(reach * 1.06, height, texts.say("survival-step", step=step), va="center", fontsize=8.5)
        axes.set_xlim(0, reach * (1.42 if texts.lang == "en" else 1.32))
        axes.set_ylim(0, 1.04)
        clear_axes(axes, keep="left bottom")
        axes.grid(axis="y")
        label_axis(axes.xaxis, texts.number, whole=True, most=6)
        label_axis(axes.yaxis, lambda value: texts.percent(value, 0))
        axes.set_xlabel(texts.say("survival-axis-days"))
    title, interval = _survival_title(curves.get(1), texts)
    shown = pd.concat([_thin(rows) for rows in curves.values()]) if curves else survival
    data = pd.DataFrame({
        "survival_step": [texts.say("survival-step", step=int(step)) for step in shown["step"]], "survival_days": shown["days"].astype(int),
        "back": shown["back"].astype(float).round(4), "interval_low": shown["low"].astype(float).round(4), "interval_high": shown["high"].astype(float).round(4),
    }).reset_index(drop=True)  # fmt: skip
    first = curves[1]["waiting"].iloc[0] if 1 in curves and "waiting" in curves[1] else None
    basis = describe(texts, customers=first, further=[interval])
    return Chart("lifecycle-survival", title, texts.say("survival-alt", title=title), data, figure, basis)


def _spread(heights: list[float], gap: float = 0.065) -> list[float]:
    """Move rising heights apart so that words beside them do not meet, and none is above the picture."""
    placed: list[float] = []
    for at in heights:
        placed.append(max(at, placed[-1] + gap) if placed else at)
    over = max(0.0, placed[-1] - 1.0) if placed else 0.0
    for place in range(len(placed) - 1, -1, -1):
        limit = placed[place + 1] - gap if place + 1 < len(placed) else placed[place] - over
        placed[place] = min(placed[place], limit)
    return placed


def _thin(rows: pd.DataFrame, most: int = 80) -> pd.DataFrame:
    """Keep the first and the last point and at most so many evenly between: a picture does not show more."""
    return rows.iloc[np.unique(np.linspace(0, len(rows) - 1, min(most, len(rows))).round().astype(int))]


def _survival_title(first: pd.DataFrame | None, texts: Texts) -> tuple[str, str]:
    """Give the title, and the interval of the share in it."""
    if first is None or len(first) < 2:
        return texts.say("survival-chart-empty"), ""
    days = next((day for day in (365, 180, 90, 30) if day <= first["days"].iloc[-1]), None)
    row = first[first["days"] <= days].iloc[-1] if days and days >= first["days"].iloc[0] else first.iloc[-1]
    n = int(days or row["days"])
    title = texts.say("survival-chart", share=texts.percent(row["back"]), n=n, days=texts.number(n))
    return title, say_interval(texts, texts.percent(row["low"]), texts.percent(row["high"]))


def list_no_return(no_return: pd.DataFrame, *, texts: Texts) -> Table:
    """List after how long a silence only a certain share still comes back.

    Parameters
    ----------
    no_return : pandas.DataFrame
        Grain: share; days (null: not within the reach of the data), horizon.
    texts : Texts
    """
    columns = {
        texts.say("survival-column-share"): [texts.percent(share, 0) for share in no_return["share"]],
        texts.say("survival-column-silence"): [texts.say("survival-beyond") if pd.isna(days) else texts.number(days) for days in no_return["days"]],
    }
    return Table(pd.DataFrame(columns), numeric=tuple(columns))


def draw_trend(trend: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show for each quarter the share of its new customers who bought again within ninety days, with its interval.

    Parameters
    ----------
    trend : pandas.DataFrame
        Grain: quarter; customers, back, low, high.
    texts : Texts
    """
    rows = trend.assign(quarter=pd.to_datetime(trend["quarter"])).tail(12).reset_index(drop=True)
    drawn = rows.astype({"back": float, "low": float, "high": float})
    with theme(texts.lang):
        figure = new_figure(2.9)
        axes = figure.subplots()
        axes.vlines(drawn.index, drawn["low"], drawn["high"], color=ACCENT, alpha=0.45, linewidth=2)
        axes.plot(drawn.index, drawn["back"], "o-", color=ACCENT, markersize=6, linewidth=1)
        for i, row in drawn[drawn["high"].notna()].iterrows():
            axes.annotate(texts.number(row["customers"]), (i, row["high"]), xytext=(0, 3), textcoords="offset points", ha="center", fontsize=8, color=GREY)
        axes.set_ylim(0, min(1.05, 1.2 * max([0.1, *drawn["high"].dropna()])))
        axes.set_xlim(-0.5, max(1, len(rows)) - 0.5)
        clear_axes(axes, keep="bottom")
        axes.grid(axis="y")
        label_axis(axes.yaxis, lambda value: texts.percent(value, 0))
        name_axis(axes.xaxis, rows.index, _name_ticks(list(rows["quarter"]), texts))
    told, interval = drawn[drawn["back"].notna()], ""
    if rows.empty or told.empty:
        title = texts.say("survival-chart-no-trend" if rows.empty else "chart-withheld")
    else:
        last = told.iloc[-1]
        title = texts.say("survival-chart-trend", quarter=name_quarter(last["quarter"], texts), share=texts.percent(last["back"]))
        interval = say_interval(texts, texts.percent(last["low"]), texts.percent(last["high"]))
    data = pd.DataFrame({
        "quarter": [name_quarter(day, texts) for day in rows["quarter"]], "customers": rows["customers"], "back": drawn["back"].round(4),
        "interval_low": drawn["low"].round(4), "interval_high": drawn["high"].round(4),
    })[::-1].reset_index(drop=True)  # fmt: skip
    basis = describe(texts, customers=rows["customers"].sum(skipna=False) if len(rows) else None, further=[interval])
    return Chart("lifecycle-trend", title, texts.say("survival-alt-trend", title=title), data, figure, basis)


def _name_ticks(quarters: list[pd.Timestamp], texts: Texts) -> list[str]:
    """Name quarters under each other: the year only where it begins."""
    short = [texts.say("survival-quarter-short", quarter=str((day.month - 1) // 3 + 1)) for day in quarters]
    begins = [not i or quarters[i].year != quarters[i - 1].year for i in range(len(quarters))]
    return [f"{name}\n{day.year}" if begin else name for name, day, begin in zip(short, quarters, begins, strict=True)]


def name_quarter(day: pd.Timestamp, texts: Texts) -> str:
    """Name a quarter: Q3 2011."""
    return texts.say("survival-quarter", year=str(day.year), quarter=str((day.month - 1) // 3 + 1))


def list_point(point: pd.DataFrame, *, texts: Texts) -> Table:
    """List what one point of retention is made of.

    Parameters
    ----------
    point : pandas.DataFrame
        One row: newcomers, customers, returned, share, mean, worth, low, high, horizon; empty values where there is nothing to reckon with.
    texts : Texts
    """
    row = point.iloc[0]
    known = pd.notna(row["worth"])
    lines = {
        "newcomers": texts.number(row["newcomers"]),
        "share": texts.percent(row["share"]) if pd.notna(row["share"]) else "–",
        "mean": texts.money(row["mean"]) if known else "–",
        "worth": texts.money(row["worth"]) if known else "–",
        "range": texts.say("survival-range", low=texts.money(row["low"]), high=texts.money(row["high"])) if pd.notna(row["low"]) else "–",
    }
    columns = {
        texts.label("column", "measure"): [texts.say(f"survival-point-{key}", d=int(row["horizon"]), days=texts.number(row["horizon"])) for key in lines],
        texts.say("survival-value"): list(lines.values()),
    }
    return Table(pd.DataFrame(columns), numeric=(texts.say("survival-value"),))
