"""Pictures of what is usual in a class: habits against the average, and the three parts of loyalty."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.basis import describe, say_interval
from analysis.charts.classes import LEAST, name_class, shade_class
from analysis.charts.radar import clear_panel, draw_shape, draw_wheel
from analysis.columns import TIERS
from analysis.display.chart import Chart
from analysis.palette import ACCENT, GREY, INK, LIGHT, PALE, PAPER, edge
from analysis.texts import Texts
from analysis.theme import break_line, clear_axes, name_axis, new_figure, theme

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
    told = profiles[(profiles["customers"] >= LEAST) & profiles["ratio"].notna()]
    ratios = told.pivot_table(index="key", columns="feature", values="ratio", sort=False)
    order = [key for key in TIERS if key in ratios.index] + [key for key in ratios.index if key not in TIERS]
    ratios = ratios.reindex(order)
    with theme(texts.lang):
        figure = new_figure(4.2)
        axes = figure.subplots()
        clear_panel(axes)
        if len(ratios):
            draw_wheel(axes, [texts.column(str(feature)) for feature in ratios.columns], letters=16, size=9)
            shapes = [
                draw_shape(axes, [min(ratio, 2) / 2 for ratio in row.fillna(0)], edge(shade_class(str(key), place)), filled=0.1)
                for place, (key, row) in enumerate(ratios.iterrows())
            ]
            names = [name_class(column, str(key), texts) for key in ratios.index]
            for radius, key in ((0.5, "class-radar-average"), (1.0, "class-radar-twice")):
                axes.text(
                    0.02,
                    radius,
                    texts.say(key),
                    ha="left",
                    va="bottom",
                    fontsize=7.5,
                    color=GREY,
                    bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 0.5},
                )
            figure.legend(shapes, names, loc="outside upper left", ncols=len(names), handlelength=1.6)
    parts = [texts.say("alt-class-radar-part", name=name_class(column, str(key), texts), values=say_ratios(row, texts)) for key, row in ratios.iterrows()]
    title = _radar_title(ratios, column, texts)
    data = pd.DataFrame({
        column: told["key"], "measure": [texts.column(feature) for feature in told["feature"]], "customers": told["customers"],
        "value": told["value"], "average": told["average"], "times_average": told["ratio"],
    }).reset_index(drop=True)  # fmt: skip
    sizes = told.drop_duplicates("key")["customers"]
    basis = describe(texts, customers=float(sizes.sum()) if len(sizes) else None)
    return Chart("classes-radar", title, texts.say("alt-class-radar", title=title, parts=texts.say("class-story-gap").join(parts)), data, figure, basis)


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
    enough = parts[(parts["n"] >= LEAST) & parts["value"].notna()]
    shown = [part for part in PARTS if (enough["part"] == part).any()]
    groups: list[str | None] = [None, *[segment for segment in segments if (enough["group"] == segment).any()]]
    with theme(texts.lang):
        figure = new_figure(0.6 + 0.27 * len(groups))
        panels = figure.subplots(1, max(1, len(shown)), sharey=True, squeeze=False)[0]
        for axes, part in zip(panels, shown, strict=False):
            _draw_part(axes, enough[enough["part"] == part], groups, part, texts)
        name_axis(panels[0].yaxis, range(len(groups)), [_name_group(group, texts) for group in groups])
        panels[0].set_ylim(len(groups) - 0.5, -0.5)
        if not shown:
            clear_axes(panels[0])
            name_axis(panels[0].xaxis, [], [])
    places = {part: place for place, part in enumerate(PARTS)}
    rows = enough.assign(place=enough["part"].map(places)).sort_values("place", kind="stable")
    data = pd.DataFrame({
        "loyalty_part": [texts.label("loyalty-part", part) for part in rows["part"]], "segment": [_name_group(group, texts, 99) for group in rows["group"]],
        "value": rows["value"], "n": rows["n"], "interval_low": rows["low"], "interval_high": rows["high"],
    }).reset_index(drop=True)  # fmt: skip
    title = _loyalty_title(enough, texts)
    whole = enough[enough["group"].isna() & (enough["part"] == "repurchase")]
    basis = describe(texts, customers=whole["n"].iloc[0] if len(whole) else None, further=[say_interval(texts)])
    return Chart("classes-loyalty", title, texts.say("alt-loyalty", title=title), data, figure, basis)


def _name_group(group: str | None, texts: Texts, width: int = 16) -> str:
    return texts.say("loyalty-group-all") if pd.isna(group) else break_line(texts.label("segment", group), width)


def _draw_part(axes: Axes, rows: pd.DataFrame, groups: Sequence[str | None], part: str, texts: Texts) -> None:
    """Draw the intervals in the left half of a panel, the values and how many they are told of in the right one."""
    is_score = part == "recommendation"
    low, high = (-100, 100) if is_score else (0, 1)
    axes.axhspan(-0.5, 0.5, color=PALE, linewidth=0)
    for row in rows.itertuples():
        place = groups.index(None if pd.isna(row.group) else row.group)
        axes.plot([row.low, row.high], [place, place], color=LIGHT if place else GREY, linewidth=4, solid_capstyle="butt")
        axes.plot([row.value], [place], "o", color=INK if place == 0 else ACCENT, markersize=5)
        text = say_score(row.value, texts) if is_score else texts.percent(row.value, 0)
        for at, word, shade in ((0.73, text, INK), (1.0, texts.number(row.n), GREY)):
            axes.text(at, place, word, transform=axes.get_yaxis_transform(), ha="right", va="center", fontsize=8, color=shade)
    axes.set_xlim(low - 0.06 * (high - low), high + 1.5 * (high - low))
    axes.set_title(texts.label("loyalty-part", part), fontsize=9)
    clear_axes(axes)
    name_axis(axes.xaxis, [low, high], [texts.number(low), texts.number(high)] if is_score else [texts.percent(low, 0), texts.percent(high, 0)])


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
