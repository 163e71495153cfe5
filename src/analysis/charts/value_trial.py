"""Pictures of the trial on the past: how the forecast did on days it had not seen."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.texts import Texts
from analysis.theme import ACCENT, GREY, INK, LIGHT, LOSS, clear_axes, fade, label_axis, name_axis, new_figure, theme

LEAST = 10  # customers: what a smaller group ordered may give one of them away
FORECASTS = ("model", "last_year", "rfm_score")
_SHADES = {"model": ACCENT, "last_year": LOSS, "rfm_score": GREY}


def list_models(models: pd.DataFrame, *, texts: Texts) -> Table:
    """List the models that were fitted: parameters with standard errors, and orders expected and come in the held-out days.

    Parameters
    ----------
    models : pandas.DataFrame
        One row per model with `model`, `names`, `values`, `errors` (lists), `customers`, `actual`, `expected`, `mae` (null without held-out days).
    texts : Texts
    """
    rows = [
        (
            texts.label("value-model", row.model),
            texts.join(
                f"{name} {_short(value, texts)}" + (f" ± {_short(error, texts)}" if np.isfinite(error) else "")
                for name, value, error in zip(row.names, row.values_, row.errors, strict=True)
            ),
            texts.number(row.customers),
            texts.say("no-value") if pd.isna(row.expected) else texts.number(row.expected),
            texts.say("no-value") if pd.isna(row.actual) else texts.number(row.actual),
            texts.say("no-value") if pd.isna(row.mae) else texts.number(row.mae, 2),
        )
        for row in models.rename(columns={"values": "values_"}).itertuples()
    ]
    names = [texts.label("value-column", key) for key in ("model", "parameters", "customers", "expected", "actual", "mae")]
    return Table(pd.DataFrame(rows, columns=names), numeric=tuple(names[2:]), cards=True)


def _short(value: float, texts: Texts) -> str:
    return texts.number(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 3) if np.isfinite(value) else texts.say("no-value")


def draw_tracking(tracking: pd.DataFrame, *, texts: Texts) -> Chart:
    """Follow repeat orders week by week, and added up, as they came and as the model expected them from the first day.

    Parameters
    ----------
    tracking : pandas.DataFrame
        One row per `week` (its last day) with `actual`, `expected`, `actual_sum`, `expected_sum`, `is_held_out`; empty where no model was tried.
    texts : Texts
    """
    held = tracking["is_held_out"].astype(bool)
    with theme(texts.lang):
        figure = new_figure(4.6)
        for axes, (actual, expected, panel) in zip(
            figure.subplots(2, 1, sharex=True), (("actual", "expected", "weekly"), ("actual_sum", "expected_sum", "cumulated")), strict=True
        ):
            places = range(len(tracking))
            axes.plot(places, tracking[actual].astype(float), color=INK, linewidth=1.4, label=texts.say("value-came"))
            axes.plot(places, tracking[expected].astype(float), color=ACCENT, label=texts.say("value-expected"))
            if held.any():
                axes.axvspan(int(np.argmax(held)) - 0.5, len(tracking) - 0.5, color=fade(LIGHT, 0.6), linewidth=0)
            axes.set_ylim(bottom=0)
            clear_axes(axes, keep="bottom")
            axes.grid(axis="y")
            label_axis(axes.yaxis, texts.number, most=4, whole=True)
            axes.set_title(texts.say(f"value-panel-{panel}"))
            axes.legend(loc="upper left", ncols=2)
        step = max(1, -(-len(tracking) // 8))
        shown = range(0, len(tracking), step)
        days = pd.to_datetime(tracking["week"])
        name_axis(axes.xaxis, shown, [texts.month(days.iloc[place]) for place in shown])
    title = texts.say("chart-value-untried") if not held.any() else texts.say("chart-value-tracking", **_say_totals(tracking, texts))
    return Chart("value-tracking", title, texts.say("alt-value-tracking", title=title), tracking.reset_index(drop=True), figure)


def _say_totals(tracking: pd.DataFrame, texts: Texts) -> dict[str, object]:
    """Give what came and what was expected in the held-out weeks, as words for a sentence."""
    held = tracking[tracking["is_held_out"].astype(bool)]
    actual, expected = float(held["actual"].sum()), float(held["expected"].sum())
    off = (expected - actual) / actual if actual else 0.0
    return {
        "weeks": texts.number(len(held)), "w": len(held), "actual": texts.number(actual), "expected": texts.number(expected), "off": texts.percent(abs(off), 0),
        "sign": "more" if expected > actual else "fewer",
    }  # fmt: skip


def draw_frequencies(frequencies: pd.DataFrame, *, texts: Texts) -> Chart:
    """Set how often customers came again beside how often they should have under the model.

    Parameters
    ----------
    frequencies : pandas.DataFrame
        One row per number of repeat purchases `x` (the last: so many or more) with customers `actual` and `expected`.
    texts : Texts
    """
    return _draw_pairs(
        frequencies, "value-frequencies", "axis-value-repeats", texts.label("column", "customers"), texts.number, texts=texts,
        finding=lambda worst: texts.say(
            "chart-value-frequencies", n=int(frequencies["actual"].iloc[0]), actual=texts.number(frequencies["actual"].iloc[0]), expected=texts.number(frequencies["expected"].iloc[0])
        ),
    )  # fmt: skip


def draw_conditions(conditions: pd.DataFrame, *, texts: Texts) -> Chart:
    """Set the orders that came in the held-out days beside those expected, by how often customers had come before.

    Parameters
    ----------
    conditions : pandas.DataFrame
        One row per number of repeat purchases before, `x`, with `customers`, and means per customer `actual`, `error`, `expected`; fewer than ten are not drawn.
    texts : Texts
    """
    conditions = conditions[conditions["customers"] >= LEAST].reset_index(drop=True)

    def find(worst: pd.Series) -> str:
        who = texts.say("value-repeats-many" if worst["x"] >= conditions["x"].max() else "value-repeats", n=int(worst["x"]), times=texts.number(worst["x"]))
        return texts.say("chart-value-conditions", who=who, actual=texts.number(worst["actual"], 2), expected=texts.number(worst["expected"], 2))

    return _draw_pairs(conditions, "value-conditions", "axis-value-repeats", texts.say("axis-value-orders-each"), lambda value: texts.number(value, 1), texts=texts,
                       finding=find)  # fmt: skip


def _draw_pairs(
    frame: pd.DataFrame, name: str, below: str, beside: str, write: Callable[[float], str], *, texts: Texts, finding: Callable[[pd.Series], str]
) -> Chart:
    with theme(texts.lang):
        figure = new_figure(3.0)
        axes = figure.subplots()
        places = np.arange(len(frame))
        error = 1.96 * frame["error"].astype(float) if "error" in frame else None
        axes.bar(places - 0.2, frame["actual"].astype(float), width=0.38, color=LIGHT, yerr=error, ecolor=GREY, label=texts.say("value-came"))
        axes.bar(places + 0.2, frame["expected"].astype(float), width=0.38, color=ACCENT, label=texts.say("value-expected"))
        axes.margins(y=0.12)
        axes.set_ylim(bottom=0)
        clear_axes(axes, keep="bottom")
        axes.grid(axis="y")
        name_axis(axes.xaxis, range(len(frame)), _name_counts(frame["x"], texts))
        label_axis(axes.yaxis, write, most=4)
        axes.set_xlabel(texts.say(below))
        axes.set_ylabel(beside)
        axes.legend(loc="upper center", ncols=2)
    off = (frame["actual"] - frame["expected"]).astype(float).abs()
    title = texts.say("chart-value-untried") if frame.empty else finding(frame.loc[off.idxmax()])
    parts = [
        texts.say("alt-value-pair", x=label, actual=write(row.actual), expected=write(row.expected))
        for label, row in zip(_name_counts(frame["x"], texts), frame.itertuples(), strict=True)
    ]
    return Chart(name, title, texts.say("alt-list", title=title, parts=texts.join(parts)), frame.reset_index(drop=True), figure)


def _name_counts(counts: Sequence[int], texts: Texts) -> list[str]:
    return [texts.number(count) + ("+" if place and place == len(counts) - 1 else "") for place, count in enumerate(counts)]


def draw_lift(lift: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show which share of the held-out money came from the customers that each forecast named first.

    Parameters
    ----------
    lift : pandas.DataFrame
        One row per `forecast` (model, last_year, rfm_score) and `customers_share` (cumulated, best first) with `money_share`, `lift`.
    texts : Texts
    """
    with theme(texts.lang):
        figure = new_figure(3.2)
        axes = figure.subplots()
        for forecast in FORECASTS:
            curve = lift[lift["forecast"] == forecast]
            axes.plot(
                curve["customers_share"].astype(float), curve["money_share"].astype(float), color=_SHADES[forecast], marker="o", markersize=3.5,
                linewidth=2 if forecast == "model" else 1.3, label=texts.label("value-forecast", forecast),
            )  # fmt: skip
        axes.plot([0, 1], [0, 1], color=LIGHT, linewidth=1, linestyle=(0, (3, 2)))
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.03)
        clear_axes(axes, keep="bottom left")
        axes.grid()
        label_axis(axes.xaxis, lambda value: texts.percent(value, 0))
        label_axis(axes.yaxis, lambda value: texts.percent(value, 0))
        axes.set_xlabel(texts.say("axis-value-forecast-first"))
        axes.set_ylabel(texts.say("axis-value-money-came"))
        axes.legend(loc="lower right")
    at = lift[np.isclose(lift["customers_share"].astype(float), 0.2)].set_index("forecast")["money_share"]
    shares = {name: texts.percent(at[name]) for name in ("model", "last_year") if name in at.index}
    title = texts.say("chart-value-lift", **shares) if len(shares) == 2 else texts.say("chart-value-untried")
    return Chart("value-lift", title, texts.say("alt-value-lift", title=title), lift.reset_index(drop=True), figure)
