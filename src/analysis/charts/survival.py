"""Pictures of waiting: how long until the next order, and whether the second one comes less often than it did."""

import numpy as np
import pandas as pd

from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.texts import Texts
from analysis.theme import ACCENT, GREY, HEAT, clear_axes, label_axis, name_axis, new_figure, theme

_SHADES = [HEAT(share) for share in (1.0, 0.75, 0.52, 0.32)]


def draw_survival(survival: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show which share has bought again by which day after the first, the second, the third and later orders.

    Parameters
    ----------
    survival : pandas.DataFrame
        Grain: step, days; back, low, high, waiting.
    texts : Texts
    """
    curves = {int(step): rows.sort_values("days") for step, rows in survival.groupby("step")}
    reach = max([1, *survival["days"]])
    with theme(texts.lang):
        figure = new_figure(3.6)
        axes = figure.subplots()
        for (step, rows), shade in zip(curves.items(), _SHADES, strict=False):
            seen = _thin(rows)
            axes.fill_between(seen["days"], seen["low"], seen["high"], step="post", color=shade, alpha=0.15, linewidth=0)
            axes.step(seen["days"], seen["back"], where="post", color=shade)
            end = rows.iloc[-1]
            axes.annotate(
                texts.say("survival-step", step=step), (end["days"], end["back"]), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8.5
            )
        axes.set_xlim(0, reach * 1.22)
        axes.set_ylim(0, 1.04)
        clear_axes(axes, keep="left bottom")
        axes.grid(axis="y")
        label_axis(axes.xaxis, texts.number, whole=True, most=6)
        label_axis(axes.yaxis, lambda value: texts.percent(value, 0))
        axes.set_xlabel(texts.say("survival-axis-days"))
    title = _survival_title(curves.get(1), texts)
    shown = pd.concat([_thin(rows) for rows in curves.values()]) if curves else survival
    data = pd.DataFrame({
        texts.say("survival-column-step"): [texts.say("survival-step", step=int(step)) for step in shown["step"]],
        texts.say("survival-axis-days"): shown["days"].astype(int), texts.say("survival-column-back"): shown["back"].astype(float).round(4),
        texts.say("interval-low"): shown["low"].astype(float).round(4), texts.say("interval-high"): shown["high"].astype(float).round(4),
    })  # fmt: skip
    return Chart("lifecycle-survival", title, texts.say("survival-alt", title=title), data.reset_index(drop=True), figure)


def _thin(rows: pd.DataFrame, most: int = 80) -> pd.DataFrame:
    """Keep the first and the last point and at most so many evenly between: a picture does not show more."""
    return rows.iloc[np.unique(np.linspace(0, len(rows) - 1, min(most, len(rows))).round().astype(int))]


def _survival_title(first: pd.DataFrame | None, texts: Texts) -> str:
    if first is None or len(first) < 2:
        return texts.say("survival-chart-empty")
    days = next((day for day in (365, 180, 90, 30) if day <= first["days"].iloc[-1]), None)
    row = first[first["days"] <= days].iloc[-1] if days else first.iloc[-1]
    n = int(days or row["days"])
    return texts.say("survival-chart", share=texts.percent(row["back"]), n=n, days=texts.number(n))


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
    with theme(texts.lang):
        figure = new_figure(3.0)
        axes = figure.subplots()
        axes.vlines(rows.index, rows["low"].astype(float), rows["high"].astype(float), color=ACCENT, alpha=0.45, linewidth=2)
        axes.plot(rows.index, rows["back"].astype(float), "o-", color=ACCENT, markersize=6, linewidth=1)
        for i, row in rows.iterrows():
            axes.annotate(texts.number(row["customers"]), (i, row["high"]), xytext=(0, 3), textcoords="offset points", ha="center", fontsize=8, color=GREY)
        axes.set_ylim(0, min(1.05, 1.2 * max([0.1, *rows["high"].astype(float)])))
        axes.set_xlim(-0.5, max(1, len(rows)) - 0.5)
        clear_axes(axes, keep="bottom")
        axes.grid(axis="y")
        label_axis(axes.yaxis, lambda value: texts.percent(value, 0))
        name_axis(axes.xaxis, rows.index, [name_quarter(day, texts) for day in rows["quarter"]])
    if rows.empty:
        title = texts.say("survival-chart-no-trend")
    else:
        last = rows.iloc[-1]
        title = texts.say("survival-chart-trend", quarter=name_quarter(last["quarter"], texts), share=texts.percent(last["back"]))
    data = pd.DataFrame({
        texts.say("survival-column-quarter"): [name_quarter(day, texts) for day in rows["quarter"]], texts.label("column", "customers"): rows["customers"],
        texts.say("survival-column-back"): rows["back"].astype(float).round(4), texts.say("interval-low"): rows["low"].astype(float).round(4),
        texts.say("interval-high"): rows["high"].astype(float).round(4),
    })  # fmt: skip
    return Chart("lifecycle-trend", title, texts.say("survival-alt-trend", title=title), data, figure)


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
