"""Pictures of silence: who is late by their own measure, and whether what was expected came true."""

import pandas as pd

from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.texts import Texts
from analysis.theme import ACCENT, GREY, LIGHT, bar_pairs, clear_axes, colour, label_axis, name_axis, new_figure, theme


def name_band(low: float, high: float, texts: Texts) -> str:
    """Say which values of the index a band has: 2 to 3 times the usual gap."""
    words = {"low": _times(low, texts), "high": _times(high, texts) if high != float("inf") else ""}
    if not low and high == 1:
        return texts.say("overdue-band-usual")
    return texts.say("overdue-band-under" if not low else "overdue-band-over" if not words["high"] else "overdue-band-between", **words)


def _times(value: float, texts: Texts) -> str:
    return texts.number(value, 0 if float(value).is_integer() else 1)


def draw_lateness(lateness: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show how many customers are how late, and how much money they brought in the year to their last purchase.

    Parameters
    ----------
    lateness : pandas.DataFrame
        Grain: band; low, high (of the index), customers, year_monetary, return_90d.
    texts : Texts
    """
    rows = lateness[lateness["customers"] > 0].reset_index(drop=True)
    people, money = (_share(rows[name]) for name in ("customers", "year_monetary"))
    names = [name_band(row.low, row.high, texts) for row in rows.itertuples()]
    under = [
        texts.say("overdue-back", share=texts.percent(share, 0)) if pd.notna(share) else texts.say("overdue-customers", n=n, customers=texts.number(n))
        for share, n in zip(rows["return_90d"], rows["customers"], strict=True)
    ]
    with theme(texts.lang):
        figure = new_figure(0.5 + 0.6 * max(2, len(rows)))
        axes = figure.subplots()
        bar_pairs(axes, people.tolist(), money.tolist(), [colour("band", key) for key in rows["band"]], texts)
        name_axis(axes.yaxis, range(len(rows)), [f"{name}\n{line}" for name, line in zip(names, under, strict=True)])
    title = _lateness_title(lateness, texts)
    data = pd.DataFrame({
        texts.say("overdue-column-band"): names, texts.label("column", "customers"): rows["customers"],
        texts.say("overdue-column-year"): rows["year_monetary"].round(2), texts.say("overdue-column-return"): rows["return_90d"].round(4),
    })  # fmt: skip
    return Chart("lifecycle-lateness", title, texts.say("overdue-alt-lateness", title=title), data, figure)


def _share(values: pd.Series) -> pd.Series:
    total = float(values.sum())
    return values.astype(float) / total if total else values.astype(float) * 0


def _lateness_title(lateness: pd.DataFrame, texts: Texts) -> str:
    total = int(lateness["customers"].sum())
    if not total:
        return texts.say("overdue-chart-unknown")
    late = lateness[lateness["band"].isin(["at_risk", "dormant"])]
    n = int(late["customers"].sum())
    words = {"customers": texts.number(n), "share": texts.percent(n / total), "money": texts.money(late["year_monetary"].sum())}
    return texts.say("overdue-chart-lateness", n=n, **words)


def list_calls(calls: pd.DataFrame, *, texts: Texts) -> Table:
    """List whom to call first.

    Parameters
    ----------
    calls : pandas.DataFrame
        customer (pseudonym), silence_days, usual_gap_days, overdue_index, return_90d, year_monetary; the most money first.
    texts : Texts
    """
    columns = {
        texts.label("column", "customer"): calls["customer"].tolist(),
        texts.say("overdue-column-year"): [texts.money(value) for value in calls["year_monetary"]],
        texts.say("overdue-column-silence"): [texts.number(value) for value in calls["silence_days"]],
        texts.say("overdue-column-usual"): [texts.number(value) for value in calls["usual_gap_days"]],
        texts.say("overdue-column-index"): [texts.say("overdue-times", times=texts.number(value, 1)) for value in calls["overdue_index"]],
        texts.say("overdue-column-return"): ["–" if pd.isna(value) else texts.percent(value, 0) for value in calls["return_90d"]],
    }
    return Table(pd.DataFrame(columns), numeric=tuple(list(columns)[1:]), cards=True)


def draw_reliability(reliability: pd.DataFrame, *, texts: Texts) -> Chart:
    """Hold expected shares of returning customers against those that came, group by group; on the line is right.

    Parameters
    ----------
    reliability : pandas.DataFrame
        Grain: group; predicted, observed, low, high (shares), customers, returned.
    texts : Texts
    """
    rows = reliability.astype({"predicted": float, "observed": float, "low": float, "high": float})
    with theme(texts.lang):
        figure = new_figure(3.6)
        axes = figure.subplots()
        top = min(1.0, 1.12 * max([0.1, *rows["predicted"], *rows["high"]]))
        axes.plot([0, top], [0, top], color=LIGHT, linewidth=1.2, zorder=1)
        axes.vlines(rows["predicted"], rows["low"], rows["high"], color=ACCENT, alpha=0.45, linewidth=2, zorder=2)
        axes.plot(rows["predicted"], rows["observed"], "o", color=ACCENT, markersize=6, zorder=3)
        for row in rows.itertuples():
            axes.annotate(
                texts.number(row.customers), (row.predicted, row.high), xytext=(0, 3), textcoords="offset points", ha="center", fontsize=8, color=GREY
            )
        axes.set_xlim(0, top)
        axes.set_ylim(0, min(1.08, top * 1.06))
        clear_axes(axes, keep="left bottom")
        label_axis(axes.xaxis, lambda value: texts.percent(value, 0))
        label_axis(axes.yaxis, lambda value: texts.percent(value, 0))
        axes.set_xlabel(texts.say("overdue-axis-expected"))
        axes.set_ylabel(texts.say("overdue-axis-came"))
    if rows.empty:
        title = texts.say("overdue-chart-unproved")
    else:
        total, came = int(rows["customers"].sum()), int(rows["returned"].sum())
        due = round(float((rows["predicted"] * rows["customers"]).sum()))
        words = {"customers": texts.number(total), "expected": texts.number(due), "came": texts.number(came)}
        title = texts.say("overdue-chart-reliability", n=total, **words)
    data = pd.DataFrame({
        texts.say("overdue-axis-expected"): rows["predicted"].round(4), texts.say("overdue-axis-came"): rows["observed"].round(4),
        texts.label("column", "customers"): rows["customers"], texts.say("interval-low"): rows["low"].round(4), texts.say("interval-high"): rows["high"].round(4),
    })  # fmt: skip
    return Chart("lifecycle-reliability", title, texts.say("overdue-alt-reliability", title=title), data, figure)
