"""Pictures of silence: who is late by their own measure, and whether what was expected came true."""

import pandas as pd

from analysis.charts.basis import describe, say_interval
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.palette import ACCENT, INK, colour
from analysis.texts import Texts
from analysis.theme import bar_pairs, break_line, clear_axes, label_axis, name_axis, new_figure, theme


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
    rows = lateness[lateness["customers"] != 0].reset_index(drop=True)
    people, money = (_share(rows[name]) for name in ("customers", "year_monetary"))
    names = [name_band(row.low, row.high, texts) for row in rows.itertuples()]
    under = [
        texts.say("overdue-back", share=texts.percent(share, 0)) if pd.notna(share) else _count(n, texts)
        for share, n in zip(rows["return_90d"], rows["customers"], strict=True)
    ]
    with theme(texts.lang):
        figure = new_figure(0.5 + 0.6 * max(2, len(rows)))
        axes = figure.subplots()
        bar_pairs(axes, people.tolist(), money.tolist(), [colour("band", key) for key in rows["band"]], texts)
        name_axis(axes.yaxis, range(len(rows)), ["\n".join(filter(None, [break_line(name, 32), line])) for name, line in zip(names, under, strict=True)])
    title = _lateness_title(lateness, texts)
    data = pd.DataFrame({"silence_band": names, **{name: rows[name].astype(float) for name in ("customers", "year_monetary", "return_90d")}}).round(4)
    basis = describe(texts, customers=lateness["customers"].sum(skipna=False))
    return Chart("lifecycle-lateness", title, texts.say("overdue-alt-lateness", title=title), data, figure, basis)


def _count(n: float, texts: Texts) -> str:
    return "" if pd.isna(n) else texts.say("overdue-customers", n=int(n), customers=texts.number(n))


def _share(values: pd.Series) -> pd.Series:
    total = float(values.sum())
    return values.astype(float) / total if total else values.astype(float) * 0


def _lateness_title(lateness: pd.DataFrame, texts: Texts) -> str:
    if lateness["customers"].eq(0).all():
        return texts.say("overdue-chart-unknown")
    late = lateness[lateness["band"].isin(["at_risk", "dormant"])]
    n, money, total = late["customers"].sum(skipna=False), late["year_monetary"].sum(skipna=False), lateness["customers"].sum(skipna=False)
    if pd.isna(n) or pd.isna(money) or pd.isna(total):
        return texts.say("chart-withheld")
    words = {"customers": texts.number(n), "share": texts.percent(n / total), "money": texts.money(money)}
    return texts.say("overdue-chart-lateness", n=int(n), **words)


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
    rows = reliability.astype({"predicted": float, "observed": float, "low": float, "high": float}).sort_values("predicted", ascending=False, kind="stable")
    rows = rows.reset_index(drop=True)
    drawn = rows[rows["observed"].notna() & rows["predicted"].notna()]
    with theme(texts.lang):
        figure = new_figure(0.85 + 0.3 * max(2, len(rows)))
        axes = figure.subplots()
        interval = axes.hlines(drawn.index, drawn["low"], drawn["high"], color=ACCENT, alpha=0.35, linewidth=5)
        (expected,) = axes.plot(drawn["predicted"], drawn.index, "|", color=INK, markersize=13, markeredgewidth=1.6)
        (came,) = axes.plot(drawn["observed"], drawn.index, "o", color=ACCENT, markersize=6)
        axes.set_xlim(0, min(1.02, 1.08 * max([0.1, *drawn["predicted"], *drawn["high"]])))
        axes.set_ylim(max(1, len(rows)) - 0.4, -0.6)
        clear_axes(axes)
        axes.grid(axis="x")
        label_axis(axes.xaxis, lambda value: texts.percent(value, 0))
        name_axis(axes.yaxis, rows.index, [_name_group(n, texts) for n in rows["customers"]])
        if len(drawn):
            named = [(expected, "overdue-key-expected"), (came, "overdue-key-came"), (interval, "overdue-key-interval")]
            figure.legend(
                [mark for mark, _ in named], [texts.say(key) for _, key in named], loc="outside upper left", ncols=3, handlelength=1.2, columnspacing=1.2
            )
    if rows.empty:
        title = texts.say("overdue-chart-unproved")
    elif len(drawn) < len(rows):
        title = texts.say("chart-withheld")
    else:
        total, came_back = int(rows["customers"].sum()), int(rows["returned"].sum())
        due = round(float((rows["predicted"] * rows["customers"]).sum()))
        words = {"customers": texts.number(total), "expected": texts.number(due), "came": texts.number(came_back)}
        title = texts.say("overdue-chart-reliability", n=total, **words)
    data = pd.DataFrame({
        "expected_share": rows["predicted"].round(4), "observed_share": rows["observed"].round(4), "customers": rows["customers"],
        "interval_low": rows["low"].round(4), "interval_high": rows["high"].round(4),
    })  # fmt: skip
    basis = describe(texts, customers=rows["customers"].sum(skipna=False) if len(rows) else None, further=[say_interval(texts)])
    return Chart("lifecycle-reliability", title, texts.say("overdue-alt-reliability", title=title), data, figure, basis)


def _name_group(n: float, texts: Texts) -> str:
    return _count(n, texts) or texts.say("withheld")
