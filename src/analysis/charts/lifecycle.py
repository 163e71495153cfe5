"""Pictures of the lifecycle: who comes back, who comes anew, who falls silent."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.charts.basis import describe, last_day
from analysis.charts.cell import SIGNED, draw_cell
from analysis.columns import STAGES
from analysis.display.chart import Chart
from analysis.palette import INK, LIGHT, PALE, colour, fade
from analysis.texts import Texts
from analysis.theme import clear_axes, label_axis, name_axis, name_months, new_figure, theme

Measure = Literal["retention", "revenue_retention"]
_ABOVE = ("returning", "reactivated", "new")
_FAR = 12  # months after the first: as many as have room for their numbers
_STACK = ("active", "growing", "shrinking", "reactivated", "new", "at_risk", "dormant", "lost", "prospect", "cancelled_only")


def draw_retention(cohorts: pd.DataFrame, *, measure: Measure = "retention", most: int = 24, texts: Texts) -> Chart:
    """Show which share of the customers who began together bought again, month after month for a year, or which share of their first month's money they brought.

    Parameters
    ----------
    cohorts : pandas.DataFrame
        The table `cohorts`.
    measure : {"retention", "revenue_retention"}
    most : int
        At most so many cohorts, the latest.
    texts : Texts
    """
    rows = cohorts.assign(cohort=pd.to_datetime(cohorts["cohort"]))
    kept = np.sort(rows["cohort"].unique())[-most:]
    rows = rows[rows["cohort"].isin(kept) & (rows["period"] <= _FAR)]
    begun = set(rows.loc[rows["period"] > 0, "cohort"])  # who began this month has no later month yet
    sizes = rows.drop_duplicates("cohort").set_index("cohort")["customers"].sort_index()
    sizes = sizes[sizes.index.isin(begun)] if begun else sizes
    old = set(rows.loc[rows["from_before"].astype(bool), "cohort"])
    cells = rows[(rows["period"] > 0) & rows["cohort"].isin(sizes.index)]
    shares = cells[measure].astype(float)
    top = min(1.5, max(0.05, float(shares.max()))) if shares.notna().any() else 1.0
    far = int(cells["period"].max()) if len(cells) else 0
    lines = {cohort: i for i, cohort in enumerate(sizes.index)}
    with theme(texts.lang):
        figure = new_figure(0.9 + (0.3 if len(sizes) <= 14 else 0.22) * max(2, len(sizes)))
        axes = figure.subplots()
        for cohort, period, share, done in zip(cells["cohort"], cells["period"], shares, cells["is_complete"].astype(bool), strict=True):
            draw_cell(axes, period - 1, lines[cohort], share, top, is_complete=done, is_bare=far > SIGNED, texts=texts)
        axes.set_xlim(0, max(1, far))
        axes.set_ylim(max(1, len(sizes)), 0)
        name_axis(axes.xaxis, [period - 0.5 for period in range(1, far + 1)], [str(period) for period in range(1, far + 1)])
        named = [f"{_name_cohort(cohort, old, texts)}  ({texts.number(sizes[cohort])})" for cohort in sizes.index]
        name_axis(axes.yaxis, [i + 0.5 for i in range(len(sizes))], named)
        axes.xaxis.tick_top()
        axes.xaxis.set_label_position("top")
        axes.set_xlabel(texts.say("axis-months-since"))
        clear_axes(axes)
        if not cells["is_complete"].astype(bool).all():
            patch = Patch(facecolor=PALE, edgecolor="white", hatch="////")
            figure.legend([patch], [texts.say("incomplete-month")], loc="outside lower right", handlelength=1.2, handleheight=1.2)
    title = _retention_title(rows, measure, texts)
    data = cells.assign(cohort=cells["cohort"].dt.strftime("%Y-%m")).sort_values(["cohort", "period"], ascending=[False, True], kind="stable")
    alt = texts.say("alt-retention", title=title, cohorts=texts.number(len(sizes)), n=len(sizes))
    basis = describe(texts, customers=float(sizes.sum()), since=sizes.index.min().date() if len(sizes) else None, until=last_day(texts))
    return Chart(f"lifecycle-{measure.replace('_', '-')}", title, alt, data[["cohort", "period", "customers", "active", measure]], figure, basis)


def _name_cohort(month: pd.Timestamp, old: set, texts: Texts) -> str:
    """Name a cohort by its month; whoever is first seen where the data begin may have begun earlier."""
    return texts.say("cohort-or-earlier", month=texts.month(month)) if month in old else texts.month(month)


def _retention_title(rows: pd.DataFrame, measure: Measure, texts: Texts) -> str:
    """Sum up the cohorts whose beginning was seen, as far as their numbers may be told."""
    whole = rows[rows["is_complete"].astype(bool) & (rows["period"] > 0) & ~rows["from_before"].astype(bool)]
    if measure == "revenue_retention":
        begun = rows[rows["period"] == 0].set_index("cohort")["monetary"].astype(float)
        whole = whole.assign(active=whole["monetary"].astype(float), customers=whole["cohort"].map(begun))
    told = whole[whole["active"].notna() & whole["customers"].notna()]
    if told.empty and len(whole):
        return texts.say("chart-withheld")
    sums = told.groupby("period")[["active", "customers"]].sum()
    shares = (sums["active"] / sums["customers"])[sums["customers"] > 0]
    if 1 not in shares.index:
        return texts.say("chart-retention-short")
    far = max((period for period in shares.index if period <= 6), default=1)
    kind = "cohort-chart-revenue" if measure == "revenue_retention" else "chart-retention"
    words = {"first": texts.percent(shares[1])}
    if far <= 1:
        return texts.say(f"{kind}-one", **words)
    return texts.say(kind, **words, n=int(far), months=texts.number(far), later=texts.percent(shares[far]))


def draw_flows(flows: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show month by month who was active, and below the axis who fell silent.

    Parameters
    ----------
    flows : pandas.DataFrame
        The table `flows`.
    texts : Texts
    """
    data = flows.assign(month=pd.to_datetime(flows["month"])).sort_values("month").reset_index(drop=True)
    drawn = data[[*_ABOVE, "dormant"]].astype(float).fillna(0)  # of what is withheld there is no bar
    whole = data["is_complete"].astype(bool)
    with theme(texts.lang):
        figure = new_figure(3.3)
        axes = figure.subplots()
        bottom = np.zeros(len(data))
        for stage in _ABOVE:
            shades = [colour("stage", stage) if done else fade(colour("stage", stage)) for done in whole]
            axes.bar(data.index, drawn[stage], bottom=bottom, width=0.78, color=shades)
            bottom += drawn[stage].to_numpy()
        shades = [colour("stage", "dormant") if done else fade(colour("stage", "dormant")) for done in whole]
        axes.bar(data.index, -drawn["dormant"], width=0.78, color=shades)
        axes.axhline(0, color=INK, linewidth=0.8)
        axes.margins(x=0.01, y=0.08)
        clear_axes(axes)
        axes.grid(axis="y")
        label_axis(axes.yaxis, lambda value: texts.number(abs(value)), whole=True)
        name_months(axes.xaxis, data["month"], texts)
        axes.set_ylabel(texts.label("column", "customers"))
        _name_colours(figure, "flow", ("new", "reactivated", "returning", "dormant"), texts)
    title = _flows_title(data[whole], texts)
    alt = texts.say("alt-flows", title=title, months=texts.number(len(data)), n=len(data))
    shown = data.assign(month=data["month"].dt.strftime("%Y-%m"))[::-1].drop(columns="is_complete").reset_index(drop=True)
    basis = describe(texts, customers=float(data["new"].sum()) if data["new"].notna().all() else None)  # everybody is new once
    return Chart("lifecycle-flows", title, alt, shown, figure, basis)


def _name_colours(figure: Figure, kind: str, keys: Sequence[str], texts: Texts) -> None:
    """Say above the picture which colour is which stage, or which flow."""
    patches, names = [Patch(color=colour("stage", key)) for key in keys], [texts.label(kind, key) for key in keys]
    figure.legend(patches, names, loc="outside upper left", ncols=5 if len(keys) > 4 else 4, handlelength=1, handleheight=1, columnspacing=1.4)


def _flows_title(whole: pd.DataFrame, texts: Texts) -> str:
    if whole.empty:
        return texts.say("chart-flows-empty")
    told = whole[whole[["active", *_ABOVE, "dormant"]].notna().all(axis=1)]
    if told.empty:
        return texts.say("chart-withheld")
    last = told.iloc[-1]
    words = {key: texts.number(last[key]) for key in ("active", "new", "returning", "reactivated", "dormant")}
    return texts.say("chart-flows", month=texts.month(last["month"]), n=int(last["active"]), s=int(last["dormant"]), **words)


def draw_stages(stages: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show how the known customers are spread over the lifecycle, month-end by month-end.

    Parameters
    ----------
    stages : pandas.DataFrame
        The table `stages`.
    texts : Texts
    """
    rows = stages.assign(month=pd.to_datetime(stages["month"]))
    table = rows.pivot(index="month", columns="stage", values="customers").sort_index()
    used = [stage for stage in STAGES if stage in table.columns and not (table[stage] == 0).all()]
    drawn = table.astype(float).fillna(0)
    whole = rows.groupby("month")["is_complete"].min().astype(bool).reindex(table.index)
    with theme(texts.lang):
        figure = new_figure(3.3)
        axes = figure.subplots()
        bottom = np.zeros(len(table))
        for stage in _STACK:
            if stage in used:
                shades = [colour("stage", stage) if done else fade(colour("stage", stage)) for done in whole]
                axes.bar(range(len(table)), drawn[stage], bottom=bottom, width=0.78, color=shades)
                bottom += drawn[stage].to_numpy()
        axes.margins(x=0.01, y=0.06)
        clear_axes(axes, keep="bottom")
        axes.spines["bottom"].set_color(LIGHT)
        axes.grid(axis="y")
        label_axis(axes.yaxis, texts.number, whole=True)
        name_months(axes.xaxis, table.index, texts)
        axes.set_ylabel(texts.label("column", "customers"))
        _name_colours(figure, "stage", used, texts)
    title = _stages_title(table[whole] if whole.any() else table, texts)
    data = table.loc[:, used].rename(columns=lambda stage: f"stage_{stage}").rename_axis(columns=None).reset_index()
    data = data.assign(month=data["month"].dt.strftime("%Y-%m"))[::-1].reset_index(drop=True)
    known = table.sum(axis=1, skipna=False)
    return Chart(
        "lifecycle-stages", title, texts.say("alt-stages", title=title), data, figure, describe(texts, customers=known.iloc[-1] if len(known) else None)
    )


def _stages_title(table: pd.DataFrame, texts: Texts) -> str:
    """Say which share of the customers was silent for long; only how many where the number of all may not be told."""
    silent = table.reindex(columns=["at_risk", "dormant", "lost"]).loc[:, lambda own: own.columns.isin(table.columns)]
    if not table.fillna(1).to_numpy().any() or table.iloc[-1].eq(0).all():
        return texts.say("chart-flows-empty")
    told = silent[silent.notna().all(axis=1)]
    if told.empty:
        return texts.say("chart-withheld")
    last, n = told.index[-1], int(told.iloc[-1].sum())
    known, words = table.loc[last].sum(skipna=False), {"month": texts.month(last)}
    if pd.isna(known):
        return texts.say("chart-stages-count", n=n, customers=texts.number(n), **words)
    return texts.say("chart-stages", share=texts.percent(n / known if known else 0), **words)
