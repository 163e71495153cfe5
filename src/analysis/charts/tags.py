"""Pictures of tags: what they cover, how they overlap, who gained and lost them."""

import datetime as dt

import numpy as np
import pandas as pd

from analysis.display.chart import Chart
from analysis.texts import Texts
from analysis.theme import ACCENT, GREY, HEAT, INK, LIGHT, LOSS, PALE, break_line, clear_axes, ink_on, label_axis, name_axis, new_figure, theme

CATEGORIES = ("basic", "behaviour", "interest", "value", "lifecycle", "risk", "own")
MOST = 24  # bars that one can still read


def draw_coverage(coverage: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show for each yes-no tag which share of customers has it and which share of revenue they bring, category by category.

    Parameters
    ----------
    coverage : pandas.DataFrame
        The frame `tag_coverage`; of more than `MOST` tags those that most customers have.
    texts : Texts
    """
    rows = coverage[coverage["value"].isna() & (coverage["type"] == "boolean") & (coverage["customers"] > 0)]
    rows = rows.sort_values(["customers", "tag"], ascending=[False, True]).head(MOST)
    names = [texts.label("tag", key) for key in rows["tag"]]
    places: list[float] = []
    heads: list[tuple[float, str]] = []
    order: list[int] = []
    at = 0.0
    for category in CATEGORIES:
        inside = [place for place, own in enumerate(rows["category"]) if own == category]
        if inside:
            heads.append((at, texts.label("tag-category", category)))
            places += [at + 1 + step for step in range(len(inside))]
            order += inside
            at += len(inside) + 1.3
    rows, names = rows.iloc[order].reset_index(drop=True), [names[place] for place in order]
    with theme(texts.lang):
        figure = new_figure(0.6 + 0.36 * max(2.0, at))
        axes = figure.subplots()
        top = max([0.05, *rows["share"], *rows["monetary_share"]])
        for offset, column, fill, message in ((-0.19, "share", LIGHT, "share-of-customers"), (0.19, "monetary_share", ACCENT, "share-of-revenue")):
            shades = [LOSS if fill == ACCENT and category == "risk" else fill for category in rows["category"]]
            axes.barh([place + offset for place in places], rows[column], height=0.34, color=shades)
            for number, (place, share) in enumerate(zip(places, rows[column], strict=True)):
                text = texts.percent(share) if number else texts.say(message, share=texts.percent(share))
                axes.annotate(text, (max(share, 0), place + offset), xytext=(3, 0), textcoords="offset points", va="center", fontsize=8, color=INK)
        name_axis(axes.yaxis, [*places, *(place for place, _name in heads)], [*(break_line(name, 26) for name in names), *(name for _place, name in heads)])
        for label in axes.yaxis.get_ticklabels()[len(places) :]:
            label.set_color(GREY)
        axes.set_xlim(0, top * 1.3)
        axes.set_ylim(max(1.0, at) - 0.4, -0.6)
        clear_axes(axes)
        name_axis(axes.xaxis, [], [])
    title = texts.say("tag-chart-coverage-none")
    if len(rows):
        first = rows.loc[rows["customers"].idxmax()]
        n = int(first["customers"])
        title = texts.say(
            "tag-chart-coverage",
            n=n,
            customers=texts.number(n),
            tag=texts.label("tag", first["tag"]),
            share=texts.percent(first["share"]),
            money=texts.percent(first["monetary_share"]),
        )
    parts = [
        texts.say("tag-chart-coverage-part", tag=name, share=texts.percent(row.share), money=texts.percent(row.monetary_share))
        for name, row in zip(names, rows.itertuples(), strict=True)
    ]
    data = pd.DataFrame({
        texts.say("tag-column-name"): names, texts.say("tag-column-category"): [texts.label("tag-category", key) for key in rows["category"]],
        texts.label("column", "customers"): rows["customers"], texts.label("column", "customers_pct"): rows["share"].round(4),
        texts.label("column", "monetary"): rows["monetary"].round(2), texts.label("column", "monetary_pct"): rows["monetary_share"].round(4),
    })  # fmt: skip
    return Chart("tag-coverage", title, texts.say("tag-chart-coverage-alt", title=title, parts=texts.join(parts)), data, figure)


def draw_overlap(overlap: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show of the customers with one tag how many also have another.

    Parameters
    ----------
    overlap : pandas.DataFrame
        The frame `tag_overlap`: grain pair of tags; customers, customers_other, both, lift.
    texts : Texts
    """
    sizes = dict(zip(overlap["tag"], overlap["customers"], strict=True)) | dict(zip(overlap["other"], overlap["customers_other"], strict=True))
    keys = sorted(sizes, key=lambda key: (-sizes[key], key))
    shares = np.full((len(keys), len(keys)), np.nan)
    for row in overlap.itertuples():
        one, other = keys.index(row.tag), keys.index(row.other)
        shares[one, other], shares[other, one] = row.both / row.customers, row.both / row.customers_other
    names = [texts.label("tag", key) for key in keys]
    with theme(texts.lang):
        figure = new_figure(1.5 + 0.36 * max(2, len(keys)))
        axes = figure.subplots()
        if keys:
            axes.imshow(np.ma.masked_invalid(shares), cmap=HEAT, vmin=0, vmax=1, aspect="auto")
            axes.set_facecolor(PALE)
            for one, other in np.ndindex(shares.shape):
                if one != other:
                    share = float(shares[one, other])
                    axes.text(other, one, texts.percent(share, 0), ha="center", va="center", fontsize=7.5, color=ink_on(HEAT(share)))
        name_axis(axes.yaxis, range(len(keys)), [break_line(name, 26) for name in names])
        name_axis(axes.xaxis, range(len(keys)), [break_line(name, 12 if texts.lang == "en" else 8) for name in names])
        axes.xaxis.tick_top()
        axes.tick_params(axis="x", labelrotation=60 if texts.lang == "en" and len(keys) > 6 else 0, labelsize=7.5)
        axes.set_xlabel(texts.say("tag-chart-overlap-axis"))
        clear_axes(axes)
    together = overlap[overlap["both"] > 0]
    title = texts.say("tag-chart-overlap-none")
    if len(together):
        most = together.sort_values(["lift", "both", "tag", "other"], ascending=[False, False, True, True]).iloc[0]
        one, other = (most["tag"], most["other"]) if most["customers"] <= most["customers_other"] else (most["other"], most["tag"])
        title = texts.say(
            "tag-chart-overlap",
            tag=texts.label("tag", one),
            other=texts.label("tag", other),
            share=texts.percent(most["both"] / min(most["customers"], most["customers_other"]), 0),
            lift=texts.number(most["lift"], 1),
        )
    data = pd.DataFrame({
        texts.say("tag-column-name"): [texts.label("tag", key) for key in overlap["tag"]], texts.say("tag-column-other"): [texts.label("tag", key) for key in overlap["other"]],
        texts.say("tag-column-both"): overlap["both"], texts.say("tag-column-jaccard"): overlap["jaccard"].round(4), texts.say("tag-column-lift"): overlap["lift"].round(2),
    })  # fmt: skip
    return Chart("tag-overlap", title, texts.say("tag-chart-overlap-alt", title=title), data, figure)


def sum_changes(changes: pd.DataFrame) -> pd.DataFrame:
    """Add up who gained and who lost each tag; the tags that moved most customers first.

    Parameters
    ----------
    changes : pandas.DataFrame
        The frame `tag_changes`.

    Returns
    -------
    pandas.DataFrame
        Grain: tag; gained, lost, changed (customers).
    """
    if changes.empty:
        return pd.DataFrame(columns=["tag", "gained", "lost", "changed"])
    wide = changes.pivot_table(index="tag", columns="kind", values="customers", aggfunc="sum", fill_value=0).reindex(
        columns=["gained", "lost", "changed"], fill_value=0
    )
    wide = wide.astype(int).reset_index().rename_axis(columns=None)
    return wide.assign(moved=wide.gained + wide.lost).sort_values(["moved", "tag"], ascending=[False, True]).drop(columns="moved").reset_index(drop=True)


def draw_changes(changes: pd.DataFrame, since: dt.date | None, *, texts: Texts) -> Chart:
    """Show how many customers gained each tag since the last report (to the right), and how many lost it (to the left).

    Parameters
    ----------
    changes : pandas.DataFrame
        The frame `tag_changes`: grain tag and way; kind, customers.
    since : datetime.date, optional
        The day of the last report; None where there is none.
    texts : Texts
    """
    rows = sum_changes(changes)
    rows = rows[rows["gained"] + rows["lost"] > 0].head(MOST).reset_index(drop=True)
    names = [texts.label("tag", key) for key in rows["tag"]]
    with theme(texts.lang):
        figure = new_figure(0.8 + 0.32 * max(2, len(rows)))
        axes = figure.subplots()
        axes.barh(range(len(rows)), rows["gained"], height=0.6, color=ACCENT)
        axes.barh(range(len(rows)), -rows["lost"], height=0.6, color=LOSS)
        for place, row in enumerate(rows.itertuples()):
            for count, side in ((row.gained, 1), (row.lost, -1)):
                if count:
                    axes.annotate(
                        texts.number(count), (side * count, place), xytext=(3 * side, 0), textcoords="offset points", va="center",
                        ha="left" if side > 0 else "right", fontsize=8, color=INK,
                    )  # fmt: skip
        if len(rows):
            axes.axvline(0, color=GREY, linewidth=0.8)
        widest = max([1, *rows["gained"], *rows["lost"]])
        axes.set_xlim(-1.18 * max([widest * 0.15, *rows["lost"]]), 1.18 * max([widest * 0.15, *rows["gained"]]))
        axes.set_ylim(max(1, len(rows)) - 0.4, -0.6)
        name_axis(axes.yaxis, range(len(rows)), [break_line(name, 26) for name in names])
        clear_axes(axes)
        label_axis(axes.xaxis, lambda value: texts.number(abs(value)), whole=True)
        axes.set_xlabel(f"← {texts.say('tag-chart-lost')}    {texts.say('tag-chart-gained')} →")
        if rows.empty:
            axes.set_axis_off()
    parts = [
        texts.say("tag-chart-change-part", tag=name, gained=texts.number(row.gained), lost=texts.number(row.lost))
        for name, row in zip(names, rows.itertuples(), strict=True)
    ]
    title = _title_changes(rows, since, texts)
    data = pd.DataFrame({texts.say("tag-column-name"): names, texts.say("tag-chart-gained"): rows["gained"], texts.say("tag-chart-lost"): rows["lost"]})
    return Chart("tag-changes", title, texts.say("tag-chart-changes-alt", title=title, parts=texts.join(parts)), data, figure)


def _title_changes(rows: pd.DataFrame, since: dt.date | None, texts: Texts) -> str:
    if since is None:
        return texts.say("tag-chart-changes-first")
    if rows.empty:
        return texts.say("tag-chart-changes-none", date=texts.date(since))
    first = rows.iloc[0]
    words = {"gained": texts.number(first["gained"]), "lost": texts.number(first["lost"])}
    return texts.say("tag-chart-changes", date=texts.date(since), tag=texts.label("tag", first["tag"]), **words)
