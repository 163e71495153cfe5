"""Pictures of the lifecycle: who comes back, who comes anew, who falls silent."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from analysis.columns import STAGES
from analysis.display.chart import Chart
from analysis.texts import Texts
from analysis.theme import GREY, HEAT, INK, LIGHT, PALE, clear_axes, colour, fade, ink_on, label_axis, name_axis, name_months, new_figure, theme

Measure = Literal["retention", "revenue_retention"]
_ABOVE = ("returning", "reactivated", "new")
_STACK = ("active", "growing", "shrinking", "reactivated", "new", "at_risk", "dormant", "lost", "prospect", "cancelled_only")


def draw_retention(cohorts: pd.DataFrame, *, measure: Measure = "retention", most: int = 24, texts: Texts) -> Chart:
    """Show which share of the customers who began together bought again, month after month, or which share of their first month's money they brought.

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
    rows = rows[rows["cohort"].isin(kept) & (rows["period"] < most)]
    retention = rows.pivot_table(index="cohort", columns="period", values=measure, dropna=False).sort_index()
    if len(retention.columns) > 1:
        retention = retention[retention.drop(columns=0, errors="ignore").notna().any(axis=1)]  # who began this month has no later month yet
    complete = rows.pivot_table(index="cohort", columns="period", values="is_complete", aggfunc="min").reindex_like(retention)
    sizes = rows.drop_duplicates("cohort").set_index("cohort")["customers"].reindex(retention.index)
    old = set(rows.loc[rows["from_before"].astype(bool), "cohort"])
    later = retention.drop(columns=0, errors="ignore")
    top = min(1.5, max(0.05, float(np.nanmax(later.to_numpy(dtype=float))))) if later.notna().to_numpy().any() else 1.0
    with theme(texts.lang):
        figure = new_figure(1.0 + (0.3 if len(retention) <= 14 else 0.2) * max(2, len(retention)))
        axes = figure.subplots()
        if later.size:
            sns.heatmap(
                later.to_numpy(dtype=float), ax=axes, cmap=HEAT, vmin=0, vmax=top, cbar=False, mask=later.isna().to_numpy(), linewidths=1, linecolor="white"
            )
        small = max(later.shape, default=0) <= 14
        for i, cohort in enumerate(later.index):
            for j, period in enumerate(later.columns):
                share = later.loc[cohort, period]
                if pd.isna(share):
                    continue
                if not complete.loc[cohort, period]:
                    axes.add_patch(Rectangle((j, i), 1, 1, facecolor=PALE, edgecolor="white", hatch="////", linewidth=1))
                if small:
                    ink = ink_on(HEAT(min(1.0, float(share) / top))) if complete.loc[cohort, period] else GREY
                    axes.text(j + 0.5, i + 0.5, texts.percent(share, 0), ha="center", va="center", fontsize=8.5, color=ink)
        step = 1 if small else 3
        name_axis(axes.xaxis, [j + 0.5 for j in range(0, later.shape[1], step)], [str(period) for period in later.columns[::step]])
        shown = range(0, len(later), 1 if len(later) <= 14 else 2)
        name_axis(axes.yaxis, [i + 0.5 for i in shown], [f"{_name_cohort(later.index[i], old, texts)}  ({texts.number(sizes.iloc[i])})" for i in shown])
        axes.xaxis.tick_top()
        axes.xaxis.set_label_position("top")
        axes.set_xlabel(texts.say("axis-months-since"))
        axes.tick_params(axis="both", rotation=0)
        clear_axes(axes)
        key = [] if small else [(Patch(facecolor=HEAT(share / top)), texts.percent(share, 0)) for share in (0.0, top / 2, top)]
        if not rows.loc[rows["period"] > 0, "is_complete"].astype(bool).all():
            key.append((Patch(facecolor=PALE, edgecolor="white", hatch="////"), texts.say("incomplete-month")))
        if key:
            axes.legend(*zip(*key, strict=True), loc="lower right", handlelength=1.2, handleheight=1.2)
    title = _retention_title(rows, measure, texts)
    data = rows.assign(cohort=rows["cohort"].dt.strftime("%Y-%m"))[["cohort", "period", "customers", "active", measure, "is_complete"]]
    data = data.rename(columns=lambda name: texts.label("column", name))
    return Chart(
        f"lifecycle-{measure.replace('_', '-')}",
        title,
        texts.say("alt-retention", title=title, cohorts=texts.number(len(retention)), n=len(retention)),
        data,
        figure,
    )


def _name_cohort(month: pd.Timestamp, old: set, texts: Texts) -> str:
    """Name a cohort by its month; whoever is first seen where the data begin may have begun earlier."""
    return texts.say("cohort-or-earlier", month=texts.month(month)) if month in old else texts.month(month)


def _retention_title(rows: pd.DataFrame, measure: Measure, texts: Texts) -> str:
    """Sum up the cohorts whose beginning was seen."""
    whole = rows[rows["is_complete"].astype(bool) & (rows["period"] > 0) & ~rows["from_before"].astype(bool)]
    if measure == "revenue_retention":
        begun = rows[rows["period"] == 0].set_index("cohort")["monetary"].astype(float)
        whole = whole.assign(active=whole["monetary"].astype(float), customers=whole["cohort"].map(begun))
    sums = whole.groupby("period")[["active", "customers"]].sum()
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
    whole = data["is_complete"].astype(bool)
    with theme(texts.lang):
        figure = new_figure(3.3)
        axes = figure.subplots()
        bottom = np.zeros(len(data))
        for stage in _ABOVE:
            shades = [colour("stage", stage) if done else fade(colour("stage", stage)) for done in whole]
            axes.bar(data.index, data[stage], bottom=bottom, width=0.78, color=shades)
            bottom += data[stage].to_numpy(dtype=float)
        shades = [colour("stage", "dormant") if done else fade(colour("stage", "dormant")) for done in whole]
        axes.bar(data.index, -data["dormant"], width=0.78, color=shades)
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
    return Chart("lifecycle-flows", title, alt, data.assign(month=data["month"].dt.strftime("%Y-%m")), figure)


def _name_colours(figure: Figure, kind: str, keys: Sequence[str], texts: Texts) -> None:
    """Say above the picture which colour is which stage, or which flow."""
    patches, names = [Patch(color=colour("stage", key)) for key in keys], [texts.label(kind, key) for key in keys]
    figure.legend(patches, names, loc="outside upper left", ncols=5 if len(keys) > 4 else 4, handlelength=1, handleheight=1, columnspacing=1.4)


def _flows_title(whole: pd.DataFrame, texts: Texts) -> str:
    if whole.empty:
        return texts.say("chart-flows-empty")
    last = whole.iloc[-1]
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
    table = rows.pivot_table(index="month", columns="stage", values="customers", aggfunc="sum", fill_value=0).sort_index()
    used = [stage for stage in STAGES if stage in table.columns and table[stage].sum() > 0]
    whole = rows.groupby("month")["is_complete"].min().astype(bool).reindex(table.index)
    with theme(texts.lang):
        figure = new_figure(3.3)
        axes = figure.subplots()
        bottom = np.zeros(len(table))
        for stage in _STACK:
            if stage in used:
                shades = [colour("stage", stage) if done else fade(colour("stage", stage)) for done in whole]
                axes.bar(range(len(table)), table[stage], bottom=bottom, width=0.78, color=shades)
                bottom += table[stage].to_numpy(dtype=float)
        axes.margins(x=0.01, y=0.06)
        clear_axes(axes, keep="bottom")
        axes.spines["bottom"].set_color(LIGHT)
        axes.grid(axis="y")
        label_axis(axes.yaxis, texts.number, whole=True)
        name_months(axes.xaxis, table.index, texts)
        axes.set_ylabel(texts.label("column", "customers"))
        _name_colours(figure, "stage", used, texts)
    known = table.loc[:, used].sum(axis=1)
    if table.empty or known.iloc[-1] == 0:
        title = texts.say("chart-flows-empty")
    else:
        last = table.index[whole][-1] if whole.any() else table.index[-1]
        silent = sum(table.loc[last, stage] for stage in ("at_risk", "dormant", "lost") if stage in table.columns)
        title = texts.say("chart-stages", month=texts.month(last), share=texts.percent(silent / known[last] if known[last] else 0))
    data = table.loc[:, used].rename(columns=lambda stage: texts.label("stage", stage)).reset_index(drop=True)
    data.insert(0, texts.label("column", "month"), table.index.strftime("%Y-%m"))
    return Chart("lifecycle-stages", title, texts.say("alt-stages", title=title), data, figure)
