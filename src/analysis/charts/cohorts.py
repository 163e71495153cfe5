"""Pictures of cohorts by what customers began with: who was seen again, and how much of the money."""

from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.charts.basis import describe
from analysis.charts.cell import SIGNED, draw_cell
from analysis.display.chart import Chart
from analysis.palette import PALE
from analysis.texts import Texts
from analysis.theme import break_line, clear_axes, name_axis, new_figure, theme

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
    heights = [1.4 + rows["value"].nunique() for rows in parts.values()] or [2.0]
    with theme(texts.lang):
        figure = new_figure(0.5 + 0.25 * sum(heights), gap=0.05)
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
        "began_with": [name_attribute(name, texts) for name in cohorts_by["attribute"]], "began_value": [name_value(name, texts) for name in cohorts_by["value"]],
        "period": cohorts_by["period"], "customers": cohorts_by["customers"], measure: cohorts_by[measure].astype(float).round(4),
    })  # fmt: skip
    sizes = [own["size"].sum() for _, own in cohorts_by.drop_duplicates(["attribute", "value"]).groupby("attribute") if own["size"].notna().all()]
    basis = describe(texts, customers=max(sizes, default=None))
    return Chart(f"lifecycle-by-{measure.replace('_', '-')}", title, texts.say("cohort-alt", title=title), data, figure, basis)


def _draw_part(axes: Axes, rows: pd.DataFrame, measure: Measure, top: float, texts: Texts) -> None:
    values = list(dict.fromkeys(rows["value"]))
    periods = range(1, int(rows["period"].max()) + 1)
    for row in rows.itertuples():
        withheld = pd.isna(row.customers) or pd.isna(row.active)
        if not withheld and pd.isna(getattr(row, measure)):
            continue  # a share of nothing
        draw_cell(
            axes,
            row.period - 1,
            values.index(row.value),
            float(getattr(row, measure)),
            top,
            is_complete=bool(row.is_complete),
            is_bare=len(periods) > SIGNED,
            texts=texts,
        )
    sizes = rows.drop_duplicates("value").set_index("value")["size"]
    axes.set_xlim(0, 12)
    axes.set_ylim(len(values), 0)
    names = [f"{break_line(name_value(value, texts), 18)}  ({texts.number(sizes[value])})" for value in values]
    name_axis(axes.yaxis, [i + 0.5 for i in range(len(values))], names)
    name_axis(axes.xaxis, [period - 0.5 for period in periods], [str(period) for period in periods])
    clear_axes(axes)


def _title(cohorts_by: pd.DataFrame, measure: Measure, texts: Texts) -> str:
    named = cohorts_by[(cohorts_by["period"] == 1) & ~cohorts_by["value"].isin(["other", "untold"]) & cohorts_by[measure].notna()]
    if named.empty:
        return texts.say("cohort-chart-empty")
    best = named.loc[named[measure].astype(float).idxmax()]
    return texts.say(f"cohort-chart-{measure}".replace("_", "-"), value=name_value(best["value"], texts), share=texts.percent(best[measure]))
