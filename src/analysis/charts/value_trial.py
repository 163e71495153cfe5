"""Pictures of the trial on the past: how the forecast did on days it had not seen."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.charts.basis import describe, say_error, say_interval
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.display.withheld import is_told
from analysis.palette import ACCENT, GREY, INK, LIGHT, LOSS, edge, fade
from analysis.texts import Texts
from analysis.theme import clear_axes, label_axis, name_axis, new_figure, theme

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
        step = max(1, -(-len(tracking) // 5))
        shown = range(0, len(tracking), step)
        days = pd.to_datetime(tracking["week"])
        name_axis(axes.xaxis, shown, [texts.month(days.iloc[place]) for place in shown])
    told = held.any() and tracking.loc[held, ["actual", "expected"]].notna().all(axis=None)
    title = texts.say("chart-value-tracking", **_say_totals(tracking, texts)) if told else texts.say("chart-withheld" if held.any() else "chart-value-untried")
    data = tracking.assign(week=days.dt.strftime("%Y-%m-%d")).drop(columns="is_held_out").reset_index(drop=True)
    columns = {"actual": "orders_actual", "expected": "orders_expected", "actual_sum": "orders_actual_sum", "expected_sum": "orders_expected_sum"}
    since, until = (days.iloc[place].date() for place in (0, -1)) if len(days) else (None, None)
    basis = describe(texts, since=since, until=until, further=[say_error(texts, _find_error(tracking))]) if held.any() else ""
    return Chart("value-tracking", title, texts.say("alt-value-tracking", title=title), data.rename(columns=columns), figure, basis)


def _find_error(tracking: pd.DataFrame) -> float:
    """Give by which share the orders of the held-out weeks were missed."""
    held = tracking[tracking["is_held_out"].astype(bool)]
    actual, expected = (float(held[name].astype(float).sum(skipna=False)) for name in ("actual", "expected"))
    return abs(expected - actual) / actual if actual > 0 else float("nan")


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

    def find(worst: pd.Series) -> str:
        none = frequencies.iloc[0]
        if is_told(none["actual"]):
            return texts.say("chart-value-frequencies", n=int(none["actual"]), actual=texts.number(none["actual"]), expected=texts.number(none["expected"]))
        words = {"actual": texts.number(worst["actual"]), "expected": texts.number(worst["expected"])}
        return texts.say("chart-value-frequencies-at", n=int(worst["actual"]), who=_say_repeaters(worst["x"], frequencies["x"].max(), texts), **words)

    customers = frequencies["actual"].astype(float).sum(skipna=False)
    return _draw_pairs(
        frequencies, "value-frequencies", "axis-value-repeats", texts.label("column", "customers"), texts.number, texts=texts, finding=find,
        numbers={"x": "repeats", "actual": "customers_actual", "expected": "customers_expected"}, basis=describe(texts, customers=customers) if len(frequencies) else "",
    )  # fmt: skip


def _say_repeaters(times: float, most: float, texts: Texts) -> str:
    return texts.say("value-repeats-many" if times >= most else "value-repeats", n=int(times), times=texts.number(times))


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
        who = _say_repeaters(worst["x"], conditions["x"].max(), texts)
        return texts.say("chart-value-conditions", who=who, actual=texts.number(worst["actual"], 2), expected=texts.number(worst["expected"], 2))

    return _draw_pairs(
        conditions, "value-conditions", "axis-value-repeats", texts.say("axis-value-orders-each"), lambda value: texts.number(value, 1), texts=texts, finding=find,
        numbers={"x": "repeats", "customers": "customers", "actual": "orders_each_actual", "error": "standard_error", "expected": "orders_each_expected"},
        basis=describe(texts, customers=conditions["customers"].sum(), further=[say_interval(texts)]) if len(conditions) else "",
    )  # fmt: skip


def _draw_pairs(
    frame: pd.DataFrame, name: str, below: str, beside: str, write: Callable[[float], str], *, texts: Texts, finding: Callable[[pd.Series], str],
    numbers: Mapping[str, str], basis: str,
) -> Chart:  # fmt: skip
    with theme(texts.lang):
        figure = new_figure(3.0)
        axes = figure.subplots()
        places = np.arange(len(frame))
        error = 1.96 * frame["error"].astype(float) if "error" in frame else None
        axes.bar(
            places - 0.2,
            frame["actual"].astype(float),
            width=0.38,
            color=LIGHT,
            edgecolor=edge(LIGHT),
            linewidth=0.6,
            yerr=error,
            ecolor=GREY,
            label=texts.say("value-came"),
        )
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
    off = off.dropna()
    title = texts.say("chart-value-untried") if frame.empty else finding(frame.loc[off.idxmax()]) if len(off) else texts.say("chart-withheld")
    parts = [
        texts.say("alt-value-pair", x=label, actual=write(row.actual), expected=write(row.expected))
        for label, row in zip(_name_counts(frame["x"], texts), frame.itertuples(), strict=True)
    ]
    data = frame[list(numbers)].reset_index(drop=True).rename(columns=dict(numbers))
    data["repeats"] = _name_counts(frame["x"], texts)
    return Chart(name, title, texts.say("alt-list", title=title, parts=texts.join(parts)), data, figure, basis)


def _name_counts(counts: Sequence[int], texts: Texts) -> list[str]:
    return [texts.number(count) + ("+" if place and place == len(counts) - 1 else "") for place, count in enumerate(counts)]


def draw_lift(lift: pd.DataFrame, errors: pd.DataFrame | None = None, *, texts: Texts) -> Chart:
    """Show which share of the held-out money came from the customers that each forecast named first.

    Parameters
    ----------
    lift : pandas.DataFrame
        One row per `forecast` (model, last_year, rfm_score) and `customers_share` (cumulated, best first) with `money_share`, `lift`.
    errors : pandas.DataFrame, optional
        The frame `value_forecast_errors`, for how many customers were held out.
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
    title = _lift_title(lift, texts)
    wide = lift.pivot(index="customers_share", columns="forecast", values="money_share").reindex(columns=list(FORECASTS)).astype(float).reset_index()
    data = wide.rename(columns={"customers_share": "best_customers_share", **{name: texts.label("value-forecast", name) for name in FORECASTS}})
    basis = describe(texts, customers=errors["customers"].max() if errors is not None and len(errors) else None)
    return Chart("value-lift", title, texts.say("alt-value-lift", title=title), data.rename_axis(columns=None), figure, basis)


def _lift_title(lift: pd.DataFrame, texts: Texts) -> str:
    """Compare the model with last year's spending at a fifth of the customers, or as near to it as both are told."""
    shares = lift.pivot(index="customers_share", columns="forecast", values="money_share").reindex(columns=list(FORECASTS)).astype(float)
    both = shares.loc[(shares.index > 0) & (shares.index < 1), ["model", "last_year"]].dropna()
    if both.empty:
        return texts.say("chart-value-untried")
    place = min(both.index, key=lambda share: (abs(float(share) - 0.2), share))
    words = {name: texts.percent(both.loc[place, name]) for name in both.columns}
    if np.isclose(float(place), 0.2):
        return texts.say("chart-value-lift", **words)
    return texts.say("chart-value-lift-at", customers=texts.percent(place), **words)
