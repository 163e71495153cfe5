"""Pictures of the cleaning: what each rule took, and what a month earned."""

import datetime as dt
from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.charts.basis import describe
from analysis.charts.withheld import whole
from analysis.display.chart import Chart
from analysis.palette import ACCENT, GREY, INK, LIGHT, LOSS, fade
from analysis.texts import Texts
from analysis.theme import break_line, clear_axes, label_axis, name_axis, name_months, new_figure, theme

_SHADES = {"input": GREY, "kept": ACCENT, "anonymous": "#e69f00", "quarantined": "#882255", "removed": LOSS}


def draw_waterfall(ledger: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show step by step how many rows and how much money remain.

    Parameters
    ----------
    ledger : pandas.DataFrame
        The table `ledger`: one row per step, in order, `input` first and `kept` last.
    texts : Texts
    """
    first, last = ledger.iloc[0], ledger.iloc[-1]
    took = (ledger["rows"] != 0) | (ledger["amount"].astype(float) != 0)
    steps = _join_steps(ledger[took & (ledger["action"] != "flagged") | ledger["action"].isin(["input", "kept"])])
    data = pd.DataFrame(
        {
            "rule": [texts.label("rule", rule) for rule in steps["rule"]],
            "action": steps["action"],
            "rows": whole(steps["rows"]),
            "rows_after": whole(steps["rows_after"]),
            "amount": steps["amount"].astype(float),
            "amount_after": steps["amount_after"].astype(float),
        }
    )
    with theme(texts.lang):
        figure = new_figure(0.6 + 0.31 * len(data))
        left, right = figure.subplots(1, 2, sharey=True)
        _fall(left, data, "rows", texts.number)
        _fall(right, data, "amount", texts.money)
        left.set_title(texts.label("column", "rows"))
        right.set_title(texts.label("column", "amount"))
        name_axis(left.yaxis, range(len(data)), [break_line(name, 26) for name in data["rule"]])
        left.set_ylim(len(data) - 0.4, -0.6)
    share = float(last["rows_after"]) / float(first["rows_after"]) if first["rows_after"] else None
    money = float(last["amount_after"]) / float(first["amount_after"]) if float(first["amount_after"]) > 0 else None
    words = {"input": texts.number(first["rows_after"]), "kept": texts.number(last["rows_after"]), "rows": int(first["rows_after"])}
    if share is None:
        title = texts.say("chart-waterfall-empty")
    elif money is None:
        title = texts.say("chart-waterfall-rows", **words, share=texts.percent(share))
    else:
        title = texts.say("chart-waterfall", **words, share=texts.percent(share), money=texts.percent(money))
    removed = data[~data["action"].isin(["input", "kept"])]
    listed = [texts.say("chart-waterfall-step", rule=row.rule, rows=texts.number(row.rows), amount=texts.money(row.amount)) for row in removed.itertuples()]
    data["action"] = [texts.label("ledger-action", action) for action in data["action"]]
    basis = describe(texts, rows=first["rows_after"])
    return Chart("cleaning-waterfall", title, texts.say("alt-list", title=title, parts=texts.join(listed)), data, figure, basis)


def _join_steps(steps: pd.DataFrame) -> pd.DataFrame:
    """Draw neighbouring steps of one name as one: a rule that looks at two columns is told once."""
    block = (steps["rule"] != steps["rule"].shift()).cumsum()
    return steps.groupby(block).agg(
        rule=("rule", "first"), action=("action", "first"), rows=("rows", "sum"), amount=("amount", "sum"), rows_after=("rows_after", "last"),
        amount_after=("amount_after", "last"),
    ).reset_index(drop=True)  # fmt: skip


def _fall(axes: Axes, data: pd.DataFrame, measure: str, write: Callable[[float], str]) -> None:
    after, gone = data[f"{measure}_after"].astype(float), data[measure].astype(float)
    whole = data["action"].isin(["input", "kept"])
    low = after.where(~whole, 0.0)
    width = gone.where(~whole, after)
    span = max(1e-9, (low + width).max() - min(0.0, low.min()))
    axes.barh(range(len(data)), width, left=low, height=0.62, color=[_SHADES.get(action, LOSS) for action in data["action"]])
    for row, (start, extent, total) in enumerate(zip(low, width, whole, strict=True)):
        text = write(extent) if total else ("−" if extent > 0 else "+") + write(abs(extent)) if round(extent, 2) else write(0)
        edges = sorted((start, start + extent))
        inside = edges[0] - min(0.0, low.min()) > 0.45 * span  # a bar far right carries its number on its left
        axes.annotate(
            text,
            (edges[0] if inside else edges[1], row),
            xytext=(-4 if inside else 4, 0),
            textcoords="offset points",
            ha="right" if inside else "left",
            va="center",
            color=INK,
            fontsize=9,
        )
        if row:
            axes.plot([after[row - 1]] * 2, [row - 1 + 0.31, row - 0.31], color=LIGHT, linewidth=0.8)
    clear_axes(axes)
    axes.set_xlim(min(0.0, low.min()) - (0.28 * span if low.min() < 0 else 0), (low + width).max() + 0.28 * span)
    name_axis(axes.xaxis, [], [])


def draw_months(months: pd.DataFrame, *, as_of: dt.date, texts: Texts) -> Chart:
    """Show revenue by month; a month that the data cut is hatched and says until when it goes.

    Parameters
    ----------
    months : pandas.DataFrame
        One row per month with `month` (first day), `monetary`, `orders`, `is_complete`, and `anonymous`, the revenue without a customer.
    as_of : datetime.date
    texts : Texts
    """
    data = months.sort_values("month").reset_index(drop=True)
    money = {"monetary": data["monetary"].astype(float), "anonymous": data["anonymous"].astype(float)}
    data = data.assign(month=pd.to_datetime(data["month"]), is_complete=data["is_complete"].astype(bool), **money)
    with theme(texts.lang):
        figure = new_figure(2.7)
        axes = figure.subplots()
        over = data["is_complete"]
        below = data["monetary"] * 0
        for column, shade in (("monetary", ACCENT), ("anonymous", _SHADES["anonymous"])):
            axes.bar(data.index[over], data[column][over], bottom=below[over], width=0.74, color=shade)
            axes.bar(data.index[~over], data[column][~over], bottom=below[~over], width=0.74, color=fade(shade), hatch="///", linewidth=0)
            below = below + data[column].fillna(0).clip(lower=0)
        if (data["anonymous"] != 0).any():
            names = {texts.label("column", "monetary"): ACCENT, texts.label("column", "anonymous"): _SHADES["anonymous"]}
            figure.legend([Patch(color=shade) for shade in names.values()], list(names), loc="outside upper left", ncols=2, handlelength=1, handleheight=1)
        for place in data.index[data["monetary"].isna()]:
            axes.annotate(texts.say("withheld"), (place, 0), xytext=(0, 3), textcoords="offset points", ha="center", color=GREY)
        axes.margins(x=0.01, y=0.14)
        clear_axes(axes, keep="bottom")
        axes.grid(axis="y")
        label_axis(axes.yaxis, texts.money, most=4)
        name_months(axes.xaxis, data["month"], texts)
        if len(data) and not over.iloc[-1]:  # beside the bar, where nothing else is
            last = len(data) - 1
            axes.set_xlim(-0.6, last + 0.45 + max(0.5, 0.075 * len(data)))
            axes.text(last + 0.5, max(0.0, below[last]) / 2, texts.say("until", date=texts.day(as_of)), va="center", color=GREY, fontsize=9)
        axes.set_ylabel(texts.label("column", "monetary"))
    title = _months_title(data, as_of, texts)
    alt = texts.say("alt-months", title=title, months=texts.number(len(data)), n=len(data))
    numbers = data.assign(month=data["month"].dt.strftime("%Y-%m"), orders=whole(data["orders"]))[["month", "monetary", "anonymous", "orders"]]
    numbers["month_over"] = [texts.say("value-yes" if over else "value-no") for over in data["is_complete"]]
    orders = data["orders"].astype(float).sum() if data["orders"].notna().all() else None
    basis = describe(texts, orders=orders, since=data["month"].iloc[0].date(), until=as_of) if len(data) else ""
    return Chart("cleaning-months", title, alt, numbers, figure, basis)


def _months_title(data: pd.DataFrame, as_of: dt.date, texts: Texts) -> str:
    told = data[data["monetary"].notna()]
    if told.empty:
        return texts.say("chart-months-empty")
    complete = told[told["is_complete"]]
    if complete.empty:
        return texts.say("chart-months-cut", date=texts.date(as_of), money=texts.money(told["monetary"].iloc[-1]))
    last = complete.iloc[-1]
    words = {"month": texts.month(last["month"]), "money": texts.money(last["monetary"])}
    before = float(data["monetary"].get(complete.index[-1] - 1, 0.0))
    if not before > 0:
        return texts.say("chart-months-one", **words)
    change = float(last["monetary"]) / before - 1
    months = data[data["is_complete"]]
    if len(months) == len(complete) > 2 and last["monetary"] >= complete["monetary"].max():
        return texts.say("chart-months-best", **words, count=texts.number(len(complete)))
    kind = "same" if abs(change) < 0.0005 else "up" if change > 0 else "down"
    return texts.say(f"chart-months-{kind}", **words, change=texts.percent(abs(change)))
