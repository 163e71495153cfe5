"""Pictures of cohorts by what customers began with: who was seen again, and how much of the money."""

from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from analysis.display.chart import Chart
from analysis.texts import Texts
from analysis.theme import GREY, HEAT, PALE, clear_axes, ink_on, name_axis, new_figure, theme

Measure = Literal["retention", "revenue_retention"]
_LONGEST = 24  # letters of a value


def name_attribute(attribute: str, texts: Texts) -> str:
    """Name a column of the data: ours by our word, theirs by their own."""
    key = f"cohort-by-{attribute}".replace("_", "-")
    return texts.say(key) if texts.has(key) else attribute


def name_value(value: str, texts: Texts) -> str:
    """Name what customers began with; long names are cut."""
    if value in ("other", "untold"):
        return texts.say(f"cohort-{value}")
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"


def draw_cohorts_by(cohorts_by: pd.DataFrame, *, measure: Measure = "retention", texts: Texts) -> Chart:
    """Show for each attribute who was seen again in the months after, by what they began with.

    Parameters
    ----------
    cohorts_by : pandas.DataFrame
        Grain: attribute, value, period; size, customers, active, retention, revenue_retention, is_complete, low, high.
    measure : {"retention", "revenue_retention"}
        The share of customers, or of the money of their first month.
    texts : Texts
    """
    parts = {name: cohorts_by[cohorts_by["attribute"] == name] for name in dict.fromkeys(cohorts_by["attribute"])}
    top = float(np.nanmax([0.05, *cohorts_by[measure].astype(float).clip(upper=1)]))
    heights = [1.2 + rows["value"].nunique() for rows in parts.values()] or [2.0]
    with theme(texts.lang):
        figure = new_figure(0.5 + 0.26 * sum(heights), gap=0.06)
        panels = figure.subplots(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0]
        for axes in panels[len(parts) :]:
            clear_axes(axes)
        for axes, (attribute, rows) in zip(panels, parts.items(), strict=False):
            _draw_part(axes, rows, measure, top, texts)
            axes.set_title(name_attribute(attribute, texts))
        if parts:
            panels[-1].set_xlabel(texts.say("axis-months-since"))
        if not cohorts_by["is_complete"].astype(bool).all():
            patch = Patch(facecolor=PALE, edgecolor="white", hatch="////")
            figure.legend([patch], [texts.say("cohort-partial")], loc="outside upper right", handlelength=1.2, handleheight=1.2)
    title = _title(cohorts_by, measure, texts)
    data = pd.DataFrame({
        texts.say("cohort-column-attribute"): [name_attribute(name, texts) for name in cohorts_by["attribute"]],
        texts.say("cohort-column-value"): [name_value(name, texts) for name in cohorts_by["value"]],
        texts.label("column", "period"): cohorts_by["period"], texts.label("column", "customers"): cohorts_by["customers"],
        texts.label("column", measure): cohorts_by[measure].astype(float).round(4),
    })  # fmt: skip
    return Chart(f"lifecycle-by-{measure.replace('_', '-')}", title, texts.say("cohort-alt", title=title), data, figure)


def _draw_part(axes: Axes, rows: pd.DataFrame, measure: Measure, top: float, texts: Texts) -> None:
    values = list(dict.fromkeys(rows["value"]))
    periods = range(1, int(rows["period"].max()) + 1)
    for row in rows.itertuples():
        share, place = getattr(row, measure), (row.period - 1, values.index(row.value))
        if pd.isna(share):
            continue
        shade = HEAT(min(float(share), top) / top)
        axes.add_patch(
            Rectangle(place, 1, 1, facecolor=shade if row.is_complete else PALE, edgecolor="white", linewidth=1, hatch=None if row.is_complete else "////")
        )
        ink = ink_on(shade) if row.is_complete else GREY
        axes.text(place[0] + 0.5, place[1] + 0.5, texts.percent(share, 0), ha="center", va="center", fontsize=8.5, color=ink)
    sizes = rows.drop_duplicates("value").set_index("value")["size"]
    axes.set_xlim(0, 12)
    axes.set_ylim(len(values), 0)
    name_axis(axes.yaxis, [i + 0.5 for i in range(len(values))], [f"{name_value(value, texts)}  ({texts.number(sizes[value])})" for value in values])
    name_axis(axes.xaxis, [period - 0.5 for period in periods], [str(period) for period in periods])
    clear_axes(axes)


def _title(cohorts_by: pd.DataFrame, measure: Measure, texts: Texts) -> str:
    named = cohorts_by[(cohorts_by["period"] == 1) & ~cohorts_by["value"].isin(["other", "untold"]) & cohorts_by[measure].notna()]
    if named.empty:
        return texts.say("cohort-chart-empty")
    best = named.loc[named[measure].astype(float).idxmax()]
    return texts.say(f"cohort-chart-{measure}".replace("_", "-"), value=name_value(best["value"], texts), share=texts.percent(best[measure]))
