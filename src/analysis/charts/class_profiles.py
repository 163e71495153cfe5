"""Pictures of what is usual in a class: habits against the average, and the three parts of loyalty."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.classes import LEAST, name_class, shade_class
from analysis.charts.radar import clear_panel, draw_reach
from analysis.columns import TIERS
from analysis.display.chart import Chart
from analysis.texts import Texts
from analysis.theme import ACCENT, GREY, INK, LIGHT, PALE, break_line, clear_axes, name_axis, new_figure, theme

PARTS = ("repurchase", "recommendation", "satisfaction")


def draw_value_radar(profiles: pd.DataFrame, *, column: str = "value_class", texts: Texts) -> Chart:
    """Draw the habits of each value class against the average buyer: every habit is a direction, the dashed ring is the average, the edge is twice the average.

    Parameters
    ----------
    profiles : pandas.DataFrame
        Grain: key, feature. customers, value, average, ratio (value / average).
    column : str
        The dimension of the keys.
    texts : Texts
    """
    ratios = profiles[profiles["customers"] >= LEAST].pivot_table(index="key", columns="feature", values="ratio", sort=False)
    order = [key for key in TIERS if key in ratios.index] + [key for key in ratios.index if key not in TIERS]
    ratios = ratios.reindex(order)
    with theme(texts.lang):
        figure = new_figure(2.6)
        panels = list(figure.subplots(1, max(1, len(ratios)), squeeze=False).flat)
        for axes in panels:
            clear_panel(axes)
        for place, (axes, (key, row)) in enumerate(zip(panels, ratios.iterrows(), strict=False)):
            draw_reach(
                axes, [min(ratio, 2) / 2 for ratio in row.fillna(0)], [texts.column(str(feature)) for feature in row.index], shade_class(str(key), place)
            )
            axes.set_title(name_class(column, str(key), texts), loc="center")
    parts = [texts.say("alt-class-radar-part", name=name_class(column, str(key), texts), values=say_ratios(row, texts)) for key, row in ratios.iterrows()]
    title = _radar_title(ratios, column, texts)
    data = pd.DataFrame(
        {
            texts.label("column", "class_key"): [name_class(column, key, texts) for key in profiles["key"]],
            texts.label("column", "measure"): [texts.column(feature) for feature in profiles["feature"]],
            texts.label("column", "customers"): profiles["customers"].to_numpy(),
            texts.label("column", "value"): profiles["value"].to_numpy(),
            "ratio": profiles["ratio"].to_numpy(),
        }
    )
    return Chart("classes-radar", title, texts.say("alt-class-radar", title=title, parts=texts.say("class-story-gap").join(parts)), data, figure)


def say_ratios(row: pd.Series, texts: Texts) -> str:
    """Write how many times the average each habit is."""
    return texts.join(
        texts.say("class-radar-value", feature=texts.column(str(feature)), ratio=texts.number(ratio, 1)) for feature, ratio in row.dropna().items()
    )


def _radar_title(ratios: pd.DataFrame, column: str, texts: Texts) -> str:
    flat = ratios.stack().dropna() if ratios.size else pd.Series(dtype=float)
    if flat.empty or flat.max() < 1.05:
        return texts.say("chart-class-radar-even")
    key, feature = flat.idxmax()
    return texts.say("chart-class-radar", name=name_class(column, str(key), texts), feature=texts.column(str(feature)), times=texts.number(flat.max(), 1))


def draw_loyalty(parts: pd.DataFrame, segments: Sequence[str], *, texts: Texts) -> Chart:
    """Show the three parts of loyalty segment by segment, each with its interval and the number of those it is told of.

    Parameters
    ----------
    parts : pandas.DataFrame
        Grain: group (None: all buyers), part (repurchase, recommendation, satisfaction). value, n, low, high (shares 0-1; the score -100 to 100).
    segments : sequence of str
        In the order of display; of fewer than ten nothing is shown.
    texts : Texts
    """
    enough = parts[parts["n"] >= LEAST]
    shown = [part for part in PARTS if (enough["part"] == part).any()]
    groups: list[str | None] = [None, *[segment for segment in segments if (enough["group"] == segment).any()]]
    with theme(texts.lang):
        figure = new_figure(0.9 + 0.3 * len(groups))
        panels = figure.subplots(1, max(1, len(shown)), sharey=True, squeeze=False)[0]
        for axes, part in zip(panels, shown, strict=False):
            _draw_part(axes, enough[enough["part"] == part], groups, part, texts)
        name_axis(panels[0].yaxis, range(len(groups)), [_name_group(group, texts) for group in groups])
        panels[0].set_ylim(len(groups) - 0.5, -0.5)
        if not shown:
            clear_axes(panels[0])
            name_axis(panels[0].xaxis, [], [])
    data = pd.DataFrame(
        {
            texts.label("column", "segment"): [_name_group(group, texts) for group in enough["group"]],
            texts.label("column", "measure"): [texts.label("loyalty-part", part) for part in enough["part"]],
            **{name: enough[name].to_numpy() for name in ("value", "n", "low", "high")},
        }
    )
    title = _loyalty_title(enough, texts)
    return Chart("classes-loyalty", title, texts.say("alt-loyalty", title=title), data, figure)


def _name_group(group: str | None, texts: Texts) -> str:
    return texts.say("loyalty-group-all") if pd.isna(group) else break_line(texts.label("segment", group), 22)


def _draw_part(axes: Axes, rows: pd.DataFrame, groups: Sequence[str | None], part: str, texts: Texts) -> None:
    is_score = part == "recommendation"
    axes.axhspan(-0.5, 0.5, color=PALE, linewidth=0)
    for row in rows.itertuples():
        place = groups.index(None if pd.isna(row.group) else row.group)
        axes.plot([row.low, row.high], [place, place], color=LIGHT, linewidth=4, solid_capstyle="butt")
        axes.plot([row.value], [place], "o", color=INK if place == 0 else ACCENT, markersize=6)
        text = say_score(row.value, texts) if is_score else texts.percent(row.value, 0)
        axes.annotate(text, (row.value, place), xytext=(0, 5), textcoords="offset points", ha="center", va="bottom", fontsize=7.5, color=INK)
        axes.annotate(
            texts.say("loyalty-n", n=texts.number(row.n)), (1.0, place), xycoords=("axes fraction", "data"), ha="right", va="center", fontsize=7, color=GREY
        )
    axes.set_xlim((-100, 160) if is_score else (0, 1.3))
    axes.set_title(texts.label("loyalty-part", part))
    clear_axes(axes)
    axes.grid(axis="x")
    if is_score:
        name_axis(axes.xaxis, [-100, 0, 100], [texts.number(value) for value in (-100, 0, 100)])
    else:
        name_axis(axes.xaxis, [0, 0.5, 1], [texts.percent(value, 0) for value in (0, 0.5, 1)])


def _loyalty_title(parts: pd.DataFrame, texts: Texts) -> str:
    whole = parts[parts["group"].isna()].set_index("part")
    if "repurchase" not in whole.index:
        return texts.say("chart-loyalty-none")
    again = whole.loc["repurchase"]
    if "recommendation" not in whole.index:
        return texts.say("chart-loyalty-repurchase", share=texts.percent(again["value"]), n=int(again["n"]), customers=texts.number(again["n"]))
    score = whole.loc["recommendation"]
    ends = {name: say_score(score[name], texts) for name in ("low", "high")}
    return texts.say("chart-loyalty-all", share=texts.percent(again["value"]), score=say_score(score["value"], texts), **ends)


def say_score(value: float, texts: Texts) -> str:
    """Write a Net Promoter Score in whole points; no minus before a zero."""
    return texts.number(round(value) or 0)
