"""Pictures of the classes: how customers and money are spread over them, and which are frequent in which segment; and the table of their rules."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.charts.basis import describe
from analysis.charts.cell import draw_cell
from analysis.charts.heat import name_columns
from analysis.columns import TIERS
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.palette import INK, LIGHT, colour, edge
from analysis.texts import Texts
from analysis.theme import break_line, clear_axes, name_axis, new_figure, theme

LEAST = 10  # customers: of fewer no share is shown
_SIGNED = 7  # more segments beside each other have no room for the sign of per cent
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
    rows = classes[classes["customers"] != 0]
    names = list(dict.fromkeys(rows["column"]))
    panels = {name: rows[rows["column"] == name].reset_index(drop=True) for name in names}
    across = 2
    pairs = [names[start : start + across] for start in range(0, len(names), across)]
    heights = [max(len(panels[name]) for name in pair) for pair in pairs] or [1]
    widest = max([0.01, *rows["customers_pct"].dropna(), *rows["monetary_pct"].dropna()])
    with theme(texts.lang):
        figure = new_figure(0.45 + sum(0.4 + 0.36 * height for height in heights), gap=0.05)
        grid = figure.subplots(len(heights), across, squeeze=False, gridspec_kw={"height_ratios": [height + 1 for height in heights]})
        for axes, name in zip(grid.flat, [*names, *[None] * (grid.size - len(names))], strict=True):
            if name is None:
                axes.set_axis_off()
                continue
            panel = panels[name]
            shades = [shade_class(key, place) for place, key in enumerate(panel["key"])]
            _draw_bars(axes, panel, shades, texts)
            axes.set_xlim(0, widest * 1.5)  # the same scale everywhere, with room for the numbers
            axes.set_ylim(heights[names.index(name) // across] - 0.5, -0.5)  # bars of one row of panels are equally thick
            name_axis(axes.yaxis, range(len(panel)), [break_line(name_class(name, key, texts), 16) for key in panel["key"]])
            axes.set_title(texts.column(name), fontweight="bold")
        if names:
            marks = [Patch(facecolor=LIGHT, edgecolor=edge(LIGHT)), Patch(facecolor=colour("value_tier", "high"))]
            words = [texts.label("column", name) for name in ("customers_pct", "monetary_pct")]
            figure.legend(marks, words, loc="outside upper left", ncols=2, handlelength=1, handleheight=1)
    data = pd.DataFrame(
        {
            "class_dimension": [texts.column(name) for name in rows["column"]],
            "class_key": [name_class(column, key, texts) for column, key in zip(rows["column"], rows["key"], strict=True)],
            **{name: rows[name].to_numpy() for name in ("customers", "customers_pct", "monetary_pct")},
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
            if pd.notna(share) and pd.notna(money)
        ]
        said += [texts.say("class-story", dimension=texts.column(name), parts=texts.join(values))] if values else []
    basis = describe(texts, customers=count_all(rows, "column"))
    return Chart("classes-shares", title, texts.say("alt-classes", title=title, parts=texts.say("class-story-gap").join(said)), data, figure, basis)


def count_all(rows: pd.DataFrame, by: str, count: str = "customers") -> float | None:
    """Count all customers: the largest sum of the dimensions that tell all their numbers; None where none does."""
    return max((float(own[count].sum()) for _, own in rows.groupby(by) if own[count].notna().all()), default=None)


def _draw_bars(axes: Axes, panel: pd.DataFrame, shades: list[str], texts: Texts) -> None:
    """Draw two thin bars a class, each with its share at the end: customers in grey, revenue below them in colour."""
    for offset, column, fills in ((-0.19, "customers_pct", [LIGHT] * len(panel)), (0.19, "monetary_pct", shades)):
        shares = panel[column].astype(float)
        axes.barh([row + offset for row in panel.index], shares.fillna(0), height=0.34, color=fills, edgecolor=[edge(fill) for fill in fills], linewidth=0.6)
        for row, share in shares.items():
            place = (0.0 if pd.isna(share) else max(share, 0.0), row + offset)
            axes.annotate(texts.percent(share), place, xytext=(3, 0), textcoords="offset points", va="center", fontsize=8, color=INK)
    clear_axes(axes)
    name_axis(axes.xaxis, [], [])


def _classes_title(rows: pd.DataFrame, texts: Texts) -> str:
    """Name the class that brings most more than its share of customers."""
    known = rows[rows["key"].notna()]
    named = known[known[["customers_pct", "monetary_pct"]].notna().all(axis=1)]
    if named.empty:
        return texts.say("chart-classes-none" if known.empty else "chart-withheld")
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
    summed = renamed.groupby(["column", "key", "segment"], sort=False, as_index=False).agg({"customers": _add, "share": _add, "size": "max"})
    return summed.sort_values("key", key=lambda keys: keys.map({key: place for place, key in enumerate([*order, _OTHER])}), kind="stable")


def _add(own: pd.Series) -> float:
    return float(own.sum(skipna=False))  # what holds something withheld is withheld


def _find_difference(crossed: pd.DataFrame) -> pd.Series | None:
    """Find the class, or value, of which a segment of at least `LEAST` customers has most more than all have, by more than chance; None where none has."""
    rows = crossed[crossed["differs"].eq(True) & (crossed["size"] >= LEAST) & ~crossed["column"].isin(BY_SCORES) & crossed["share"].notna()]
    lead = (rows["share"] - rows["overall"]).astype(float).round(9)
    return rows.loc[lead.idxmax()] if len(rows) and lead.max() > 0 else None


def _draw_heat(
    crossed: pd.DataFrame, rows: list[tuple[str, str]], segments: Sequence[str], found: pd.Series | None, kind: str, texts: Texts
) -> Chart:  # fmt: skip
    columns = [segment for segment in segments if (crossed["segment"] == segment).any()]
    cells = crossed.set_index(["column", "key", "segment"])["share"].astype(float)
    sizes = crossed.groupby(["column", "segment"])["customers"].agg(_add)
    lines: list[tuple[str, str | None]] = []  # a dimension's name stands above its classes
    for column, key in rows:
        lines += [(column, key)] if lines and lines[-1][0] == column else [(column, None), (column, key)]
    with theme(texts.lang):
        figure = new_figure(1.3 + 0.25 * max(1, len(lines)))
        axes = figure.subplots()
        for i, (name, inside) in enumerate(lines):
            for j, segment in enumerate(columns if inside is not None else ()):
                if not sizes.get((name, segment), 0) < LEAST:  # where something is withheld, cells have an asterisk
                    draw_cell(axes, j, i, cells.get((name, inside, segment), 0.0), 1.0, is_bare=len(columns) > _SIGNED, texts=texts)
        axes.set_xlim(0, max(1, len(columns)))
        axes.set_ylim(max(1, len(lines)), 0)
        names = [texts.column(name) if inside is None else break_line(name_class(name, inside, texts), 22) for name, inside in lines]
        name_axis(axes.yaxis, [i + 0.5 for i in range(len(lines))], names)
        for label, (_name, inside) in zip(axes.get_yticklabels(), lines, strict=True):
            label.set_fontweight("bold" if inside is None else "normal")
        name_columns(axes, [texts.label("segment", segment) for segment in columns])
        clear_axes(axes)
    drawn = crossed[[(column, key) in set(rows) for column, key in zip(crossed["column"], crossed["key"], strict=True)]] if len(crossed) else crossed
    data = pd.DataFrame(
        {
            "class_dimension": [texts.column(column) for column in drawn["column"]],
            "class_key": [name_class(column, key, texts) for column, key in zip(drawn["column"], drawn["key"], strict=True)],
            "segment": drawn["segment"].to_numpy(), "customers": drawn["customers"].to_numpy(), "customers_pct": drawn["share"].to_numpy(),
        }
    )  # fmt: skip
    even = "chart-attribute-none" if crossed.empty and kind == "attribute" else f"chart-{kind}-heat-even"
    if found is None and crossed["share"].isna().any():
        even = "chart-withheld"
    title = texts.say(even) if found is None else texts.say(f"chart-{kind}-heat", **_say_difference(found, texts))
    basis = describe(texts, customers=count_all(crossed.drop_duplicates(["column", "segment"]), "column", "size"))
    return Chart(f"classes-{kind}-heat", title, texts.say(f"alt-{kind}-heat", title=title), data, figure, basis)


def _say_difference(found: pd.Series, texts: Texts) -> dict[str, str]:
    """Write what `_find_difference` found: segment, share, class, dimension, and the share among all."""
    return {
        "segment": texts.label("who", found["segment"]), "share": texts.percent(found["share"]), "name": name_class(found["column"], found["key"], texts),
        "dimension": texts.column(found["column"]), "all": texts.percent(found["overall"]),
    }  # fmt: skip


def list_rules(rules: pd.DataFrame, *, texts: Texts) -> Table:
    """List the rules in force: class, who is in it, the expression, and who set it where not all are ours.

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
    }
    if not rules["is_ours"].all():
        table[names["class_source"]] = [texts.say("class-source-ours" if is_ours else "class-source-own") for is_ours in rules["is_ours"]]
    return Table(pd.DataFrame(table), cards=True)


def _explain(row: Any, texts: Texts) -> str:
    if not isinstance(row.rule, str):
        return texts.say("class-rule-otherwise")
    message = f"class-rule-{row.column}-{row.key}".replace("_", "-")
    return texts.say(message if row.is_ours and texts.has(message) else "class-rule-own")
