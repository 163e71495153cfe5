"""Pictures of the classes: how customers and money are spread over them, and which are frequent in which segment; and the table of their rules."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.columns import TIERS
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.texts import Texts
from analysis.theme import GREY, HEAT, LIGHT, bar_pairs, break_line, clear_axes, colour, ink_on, name_axis, new_figure, theme

LEAST = 10  # customers: of fewer no share is shown
_LONGEST = 28  # letters of a value as it came
_OTHER = "\x1f"  # the values that stand together
BY_SCORES = ("behaviour", "frequency_band", "loyalty")  # what the segments are made of says nothing new about them
# One scale from high to low, the same wherever there is one; what is no step of it has the colour of its stage.
_SHADES = {
    **{key: ("value_tier", key) for key in TIERS}, "high_end": ("value_tier", "high"), "potential": ("stage", "prospect"), "basic": ("value_tier", "low"),
    "new": ("stage", "new"), "regular": ("stage", "active"), "lost": ("stage", "lost"), "prospect": ("stage", "prospect"), "key": ("value_tier", "high"),
    "existing": ("value_tier", "mid"), "none": ("stage", "prospect"), "single": ("value_tier", "mid"), "mixed": ("value_tier", "high"),
}  # fmt: skip


def shade_class(key: str | None, place: int) -> str:
    """Give a class its colour; one that the workbook does not know by its place."""
    if pd.isna(key):
        return LIGHT
    return colour(*_SHADES[key]) if key in _SHADES else colour("cluster", place + 1)


def name_class(column: str, key: str | None, texts: Texts) -> str:
    """Name a class, or a value as the data say it, not longer than there is room for."""
    text = texts.say("class-other") if key == _OTHER else texts.value(column, key)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def draw_classes(classes: pd.DataFrame, *, texts: Texts) -> Chart:
    """Set the share of customers beside the share of revenue, class by class, a panel for each dimension.

    Parameters
    ----------
    classes : pandas.DataFrame
        Grain: column, key (None: without a class). customers, customers_pct, monetary_pct; classes without customers are left out.
    texts : Texts
    """
    rows = classes[classes["customers"] > 0]
    names = list(dict.fromkeys(rows["column"]))
    panels = {name: rows[rows["column"] == name].reset_index(drop=True) for name in names}
    across = 2
    pairs = [names[start : start + across] for start in range(0, len(names), across)]
    heights = [max(len(panels[name]) for name in pair) for pair in pairs] or [1]
    with theme(texts.lang):
        figure = new_figure(0.2 + sum(0.45 + 0.42 * height for height in heights), gap=0.06)
        grid = figure.subplots(len(heights), across, squeeze=False, gridspec_kw={"height_ratios": [height + 1 for height in heights]})
        for axes, name in zip(grid.flat, [*names, *[None] * (grid.size - len(names))], strict=True):
            if name is None:
                axes.set_axis_off()
                continue
            panel = panels[name]
            shades = [shade_class(key, place) for place, key in enumerate(panel["key"])]
            bar_pairs(axes, panel["customers_pct"], panel["monetary_pct"], shades, texts)
            axes.set_xlim(axes.get_xlim()[0], max(axes.get_xlim()[1], 1.0) * 1.3)  # room for the words at the end of the first pair
            axes.set_ylim(heights[names.index(name) // across] - 0.5, -0.5)  # bars of one row of panels are equally thick
            name_axis(axes.yaxis, range(len(panel)), [break_line(name_class(name, key, texts), 16) for key in panel["key"]])
            axes.set_title(texts.column(name))
    data = pd.DataFrame(
        {
            texts.label("column", "class_dimension"): [texts.column(name) for name in rows["column"]],
            texts.label("column", "class_key"): [name_class(column, key, texts) for column, key in zip(rows["column"], rows["key"], strict=True)],
            texts.label("column", "customers"): rows["customers"].to_numpy(),
            texts.label("column", "customers_pct"): rows["customers_pct"].to_numpy(),
            texts.label("column", "monetary_pct"): rows["monetary_pct"].to_numpy(),
        }
    )
    title = _classes_title(rows, texts)
    said = []
    for name in names:
        panel = panels[name]
        shares = zip(panel["key"], panel["customers_pct"], panel["monetary_pct"], strict=True)
        values = [
            texts.say("alt-class-value", name=name_class(name, key, texts), customers=texts.percent(share), money=texts.percent(money))
            for key, share, money in shares
        ]
        said.append(texts.say("class-story", dimension=texts.column(name), parts=texts.join(values)))
    return Chart("classes-shares", title, texts.say("alt-classes", title=title, parts=texts.say("class-story-gap").join(said)), data, figure)


def _classes_title(rows: pd.DataFrame, texts: Texts) -> str:
    """Name the class that brings most more than its share of customers."""
    named = rows[rows["key"].notna()]
    if named.empty:
        return texts.say("chart-classes-none")
    lead = (named["monetary_pct"] - named["customers_pct"]).round(9)
    best = named.loc[lead.idxmax()] if lead.max() > 0 else named.loc[named["customers_pct"].idxmax()]
    words = {
        "dimension": texts.column(best["column"]),
        "name": name_class(best["column"], best["key"], texts),
        "customers": texts.percent(best["customers_pct"]),
    }
    return texts.say("chart-classes", **words, money=texts.percent(best["monetary_pct"])) if lead.max() > 0 else texts.say("chart-classes-free", **words)


def draw_class_heat(crossed: pd.DataFrame, keys: Mapping[str, Sequence[str]], segments: Sequence[str], *, texts: Texts) -> Chart:
    """Show which share of each segment is in each class.

    Parameters
    ----------
    crossed : pandas.DataFrame
        Grain: column, key, segment. customers, size (of the segment), share, overall (among all), differs (bool).
    keys : mapping of str to sequence of str
        Dimension to its classes in the order of display.
    segments : sequence of str
        In the order of display.
    texts : Texts
    """
    rows = [(column, key) for column, order in keys.items() for key in order if ((crossed["column"] == column) & (crossed["key"] == key)).any()]
    return _draw_heat(crossed, rows, segments, _find_difference(crossed), "class", texts)


def draw_attribute_heat(crossed: pd.DataFrame, segments: Sequence[str], *, most: tuple[int, int] = (6, 6), texts: Texts) -> Chart:
    """Show which share of each segment has each value of the attributes.

    Parameters
    ----------
    crossed : pandas.DataFrame
        Grain: column, key (as the data say it), segment. customers, size, share, overall, differs.
    segments : sequence of str
    most : tuple of int
        Attributes, the first ones, and values of each, the most frequent ones; the rest of the values stand together.
    texts : Texts
    """
    attributes = list(dict.fromkeys(crossed["column"]))[: most[0]]
    parts = [_keep_largest(crossed[crossed["column"] == column], most[1]) for column in attributes]
    shown = pd.concat(parts, ignore_index=True) if parts else crossed
    kept = set(zip(shown["column"], shown["key"], strict=True))
    is_drawn = pd.Series([cell in kept for cell in zip(crossed["column"], crossed["key"], strict=True)], index=crossed.index, dtype=bool)
    return _draw_heat(
        shown, list(dict.fromkeys(zip(shown["column"], shown["key"], strict=True))), segments, _find_difference(crossed[is_drawn]), "attribute", texts
    )


def _keep_largest(own: pd.DataFrame, most: int) -> pd.DataFrame:
    """Keep the most frequent values of an attribute, the largest first (ages by age), and sum up the rest."""
    sums = own.groupby("key")["customers"].sum().sort_index().sort_values(ascending=False, kind="stable")
    kept = list(sums.index) if len(sums) <= most else list(sums.index[: most - 1])
    order = sorted(kept) if (own["column"] == "age_band").all() else kept
    renamed = own.assign(key=own["key"].where(own["key"].isin(kept), _OTHER))
    summed = renamed.groupby(["column", "key", "segment"], sort=False, as_index=False)[["customers", "share"]].sum()
    return summed.sort_values("key", key=lambda keys: keys.map({key: place for place, key in enumerate([*order, _OTHER])}), kind="stable")


def _find_difference(crossed: pd.DataFrame) -> pd.Series | None:
    """Find the class, or value, of which a segment of at least `LEAST` customers has most more than all have, by more than chance; None where none has."""
    rows = crossed[crossed["differs"].astype(bool) & (crossed["size"] >= LEAST) & ~crossed["column"].isin(BY_SCORES)]
    lead = (rows["share"] - rows["overall"]).astype(float).round(9)
    return rows.loc[lead.idxmax()] if len(rows) and lead.max() > 0 else None


def _draw_heat(
    crossed: pd.DataFrame, rows: list[tuple[str, str]], segments: Sequence[str], found: pd.Series | None, kind: str, texts: Texts
) -> Chart:  # fmt: skip
    columns = [segment for segment in segments if (crossed["segment"] == segment).any()]
    cells = crossed.set_index(["column", "key", "segment"])
    sizes = crossed.groupby(["column", "segment"])["customers"].sum()
    with theme(texts.lang):
        figure = new_figure(1.0 + 0.3 * max(1, len(rows)))
        axes = figure.subplots()
        shares = np.full((max(1, len(rows)), max(1, len(columns))), np.nan)
        for i, (column, key) in enumerate(rows):
            for j, segment in enumerate(columns):
                if sizes.get((column, segment), 0) >= LEAST:
                    shares[i, j] = cells["share"].get((column, key, segment), 0.0)
                    axes.text(j, i, texts.percent(shares[i, j], 0), ha="center", va="center", fontsize=8.5, color=ink_on(HEAT(shares[i, j])))
        axes.imshow(shares, cmap=HEAT, vmin=0, vmax=1, aspect="auto")
        for i in range(1, len(rows)):
            axes.axhline(i - 0.5, color="white", linewidth=5 if rows[i][0] != rows[i - 1][0] else 0.8)
        for j in range(1, len(columns)):
            axes.axvline(j - 0.5, color="white", linewidth=0.8)
        starts = [i == 0 or rows[i][0] != rows[i - 1][0] for i in range(len(rows))]
        for i, (column, _key) in enumerate(rows):
            if starts[i]:
                axes.annotate(
                    break_line(texts.column(column), 16), (-0.17, i), xycoords=("axes fraction", "data"), ha="right", va="center", fontsize=9, color=GREY
                )
        name_axis(axes.yaxis, range(len(rows)), [break_line(name_class(column, key, texts), 22) for column, key in rows])
        name_axis(axes.xaxis, range(len(columns)), [break_line(texts.label("segment", segment), 9) for segment in columns])
        axes.xaxis.tick_top()
        clear_axes(axes)
    data = pd.DataFrame(
        {
            texts.label("column", "class_dimension"): [texts.column(column) for column in crossed["column"]],
            texts.label("column", "class_key"): [name_class(column, key, texts) for column, key in zip(crossed["column"], crossed["key"], strict=True)],
            texts.label("column", "segment"): [texts.label("segment", segment) for segment in crossed["segment"]],
            texts.label("column", "customers"): crossed["customers"].to_numpy(),
            texts.label("column", "customers_pct"): crossed["share"].to_numpy(),
        }
    )
    even = texts.say("chart-attribute-none" if crossed.empty and kind == "attribute" else f"chart-{kind}-heat-even")
    title = even if found is None else texts.say(f"chart-{kind}-heat", **_say_difference(found, texts))
    return Chart(f"classes-{kind}-heat", title, texts.say(f"alt-{kind}-heat", title=title), data, figure)


def _say_difference(found: pd.Series, texts: Texts) -> dict[str, str]:
    """Write what `_find_difference` found: segment, share, class, dimension, and the share among all."""
    return {
        "segment": texts.label("who", found["segment"]), "share": texts.percent(found["share"]), "name": name_class(found["column"], found["key"], texts),
        "dimension": texts.column(found["column"]), "all": texts.percent(found["overall"]),
    }  # fmt: skip


def list_rules(rules: pd.DataFrame, *, texts: Texts) -> Table:
    """List the rules in force: class, who is in it, the expression, and who set it.

    Parameters
    ----------
    rules : pandas.DataFrame
        Grain: column, place. key, rule (None for the rest), is_ours.
    texts : Texts
    """
    names = {name: texts.label("column", name) for name in ("class_dimension", "class_key", "class_rule", "class_expression", "class_source")}
    table = {
        names["class_dimension"]: [texts.column(column) for column in rules["column"]],
        names["class_key"]: [name_class(column, key, texts) for column, key in zip(rules["column"], rules["key"], strict=True)],
        names["class_rule"]: [_explain(row, texts) for row in rules.itertuples()],
        names["class_expression"]: [rule if isinstance(rule, str) else texts.say("no-value") for rule in rules["rule"]],
        names["class_source"]: [texts.say("class-source-ours" if is_ours else "class-source-own") for is_ours in rules["is_ours"]],
    }
    return Table(pd.DataFrame(table), cards=True)


def _explain(row: Any, texts: Texts) -> str:
    if not isinstance(row.rule, str):
        return texts.say("class-rule-otherwise")
    message = f"class-rule-{row.column}-{row.key}".replace("_", "-")
    return texts.say(message if row.is_ours and texts.has(message) else "class-rule-own")
