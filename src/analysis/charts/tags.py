"""Pictures of tags: what they cover, how they overlap, who gained and lost them."""

import datetime as dt

import pandas as pd
from matplotlib.patches import Rectangle

from analysis.charts.basis import describe, last_day
from analysis.charts.cell import SIGNED, draw_cell
from analysis.charts.heat import name_columns
from analysis.display.chart import Chart
from analysis.palette import ACCENT, GREY, INK, LIGHT, LOSS, PALE, edge
from analysis.texts import Texts
from analysis.theme import break_line, clear_axes, label_axis, name_axis, new_figure, theme

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
        figure = new_figure(0.4 + 0.33 * max(2.0, at))
        axes = figure.subplots()
        top = max([0.05, *rows["share"], *rows["monetary_share"].dropna()])
        for offset, column, fill, message in ((-0.19, "share", LIGHT, "share-of-customers"), (0.19, "monetary_share", ACCENT, "share-of-revenue")):
            shades = [LOSS if fill == ACCENT and category == "risk" else fill for category in rows["category"]]
            rims = [edge(shade) for shade in shades]
            axes.barh([place + offset for place in places], rows[column].fillna(0), height=0.34, color=shades, edgecolor=rims, linewidth=0.6)
            for number, (place, share) in enumerate(zip(places, rows[column], strict=True)):
                text = texts.percent(share) if number else texts.say(message, share=texts.percent(share))
                axes.annotate(
                    text,
                    (0.0 if pd.isna(share) else max(share, 0.0), place + offset),
                    xytext=(3, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=8,
                    color=INK,
                )
        name_axis(axes.yaxis, [*places, *(place for place, _name in heads)], [*(break_line(name, 20) for name in names), *(name for _place, name in heads)])
        for label in axes.yaxis.get_ticklabels()[len(places) :]:
            label.set_fontweight("bold")
        axes.set_xlim(0, top * 1.35)
        axes.set_ylim(max(1.0, at) - 0.8, -0.4)
        clear_axes(axes)
        name_axis(axes.xaxis, [], [])
    told = rows[rows["monetary_share"].notna()]
    title = texts.say("tag-chart-coverage-none" if rows.empty else "chart-withheld")
    if len(told):
        first = told.loc[told["customers"].idxmax()]
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
        "tag": names, "tag_category": [texts.label("tag-category", key) for key in rows["category"]], "customers": rows["customers"],
        "customers_pct": rows["share"].astype(float).round(4), "monetary": rows["monetary"].astype(float).round(2),
        "monetary_pct": rows["monetary_share"].astype(float).round(4),
    })  # fmt: skip
    basis = describe(texts, customers=round(told["customers"].max() / told["share"].max()) if len(told) else None)
    return Chart("tag-coverage", title, texts.say("tag-chart-coverage-alt", title=title, parts=texts.join(parts)), data, figure, basis)


def draw_overlap(overlap: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show of the customers with one tag how many also have another.

    Parameters
    ----------
    overlap : pandas.DataFrame
        The frame `tag_overlap`: grain pair of tags; customers, customers_other, both, lift.
    texts : Texts
    """
    sizes = dict(zip(overlap["tag"], overlap["customers"], strict=True)) | dict(zip(overlap["other"], overlap["customers_other"], strict=True))
    keys = sorted(sizes, key=lambda key: (-sizes[key] if pd.notna(sizes[key]) else 0, key))
    with theme(texts.lang):
        figure = new_figure(1.3 + 0.28 * max(2, len(keys)))
        axes = figure.subplots()
        for one in range(len(keys)):
            axes.add_patch(Rectangle((one, one), 1, 1, facecolor=PALE, edgecolor="white"))
        for row in overlap.itertuples():
            one, other = keys.index(row.tag), keys.index(row.other)
            for left, top, size in ((other, one, row.customers), (one, other, row.customers_other)):
                draw_cell(axes, left, top, float(row.both) / size if size else 0.0, 1.0, is_bare=len(keys) > SIGNED, texts=texts)
        axes.set_xlim(0, max(1, len(keys)))
        axes.set_ylim(max(1, len(keys)), 0)
        names = [texts.label("tag", key) for key in keys]
        name_axis(axes.yaxis, [place + 0.5 for place in range(len(keys))], [break_line(name, 24) for name in names])
        name_columns(axes, names)
        axes.set_xlabel(texts.say("tag-chart-overlap-axis"))
        clear_axes(axes)
    together = overlap[overlap["both"] > 0]
    title = texts.say("chart-withheld" if overlap["both"].isna().any() else "tag-chart-overlap-none")
    together = together[together[["lift", "customers", "customers_other"]].notna().all(axis=1)]
    if len(together):
        inside = together["both"] >= together[["customers", "customers_other"]].min(axis=1)  # who has one has the other: a matter of rules
        telling = together[~inside & (together["lift"] > 1)]
        most = (telling if len(telling) else together).sort_values(["lift", "both", "tag", "other"], ascending=[False, False, True, True]).iloc[0]
        one, other = (most["tag"], most["other"]) if most["customers"] <= most["customers_other"] else (most["other"], most["tag"])
        title = texts.say(
            "tag-chart-overlap",
            tag=texts.label("tag", one),
            other=texts.label("tag", other),
            share=texts.percent(most["both"] / min(most["customers"], most["customers_other"]), 0),
            lift=texts.number(most["lift"], 1),
        )
    shown = overlap.sort_values("lift", ascending=False, kind="stable")
    data = pd.DataFrame({
        "tag": [texts.label("tag", key) for key in shown["tag"]], "tag_other": [texts.label("tag", key) for key in shown["other"]], "both": shown["both"],
        "overlap": shown["jaccard"].astype(float).round(4), "lift": shown["lift"].astype(float).round(2),
    }).reset_index(drop=True)  # fmt: skip
    return Chart("tag-overlap", title, texts.say("tag-chart-overlap-alt", title=title), data, figure, describe(texts))


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
    sums = changes.groupby(["tag", "kind"])["customers"].agg(lambda own: own.sum(skipna=False))
    wide = sums.unstack(fill_value=0).reindex(columns=["gained", "lost", "changed"], fill_value=0).reset_index().rename_axis(columns=None)
    return (
        wide.assign(moved=wide.gained.fillna(0) + wide.lost.fillna(0))
        .sort_values(["moved", "tag"], ascending=[False, True])
        .drop(columns="moved")
        .reset_index(drop=True)
    )


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
    rows = rows[~(rows["gained"] + rows["lost"] == 0)].head(MOST).reset_index(drop=True)
    drawn = rows[["gained", "lost"]].astype(float).fillna(0)
    names = [texts.label("tag", key) for key in rows["tag"]]
    with theme(texts.lang):
        figure = new_figure(0.8 + 0.32 * max(2, len(rows)))
        axes = figure.subplots()
        axes.barh(range(len(rows)), drawn["gained"], height=0.6, color=ACCENT)
        axes.barh(range(len(rows)), -drawn["lost"], height=0.6, color=LOSS)
        for place, row in enumerate(rows.itertuples()):
            for count, side in ((row.gained, 1), (row.lost, -1)):
                if count:
                    axes.annotate(
                        texts.number(count), (side * (0.0 if pd.isna(count) else count), place), xytext=(3 * side, 0), textcoords="offset points", va="center",
                        ha="left" if side > 0 else "right", fontsize=8, color=INK,
                    )  # fmt: skip
        if len(rows):
            axes.axvline(0, color=GREY, linewidth=0.8)
        widest = max([1.0, *drawn["gained"], *drawn["lost"]])
        axes.set_xlim(-1.18 * max([widest * 0.15, *drawn["lost"]]), 1.18 * max([widest * 0.15, *drawn["gained"]]))
        axes.set_ylim(max(1, len(rows)) - 0.4, -0.6)
        name_axis(axes.yaxis, range(len(rows)), [break_line(name, 26) for name in names])
        clear_axes(axes)
        label_axis(axes.xaxis, lambda value: texts.number(abs(value)), whole=True)
        for side, key in ((-1, "lost"), (1, "gained")):
            if len(rows):
                word = f"← {texts.column(key)}" if side < 0 else f"{texts.column(key)} →"
                axes.annotate(word, (0, -0.5), xytext=(4 * side, 2), textcoords="offset points", ha="left" if side > 0 else "right", va="bottom", color=GREY)
        if rows.empty:
            axes.set_axis_off()
    parts = [
        texts.say("tag-chart-change-part", tag=name, gained=texts.number(row.gained), lost=texts.number(row.lost))
        for name, row in zip(names, rows.itertuples(), strict=True)
        if pd.notna(row.gained) and pd.notna(row.lost)
    ]
    title = _title_changes(rows, since, texts)
    data = pd.DataFrame({"tag": names, "gained": rows["gained"], "lost": rows["lost"]})
    alt = texts.say("tag-chart-changes-alt", title=title, parts=texts.join(parts))
    return Chart("tag-changes", title, alt, data, figure, describe(texts, since=since, until=last_day(texts)) if since else "")


def _title_changes(rows: pd.DataFrame, since: dt.date | None, texts: Texts) -> str:
    if since is None:
        return texts.say("tag-chart-changes-first")
    if rows.empty:
        return texts.say("tag-chart-changes-none", date=texts.date(since))
    told = rows[rows[["gained", "lost"]].notna().all(axis=1)]
    if told.empty:
        return texts.say("chart-withheld")
    first = told.iloc[0]
    words = {"gained": texts.number(first["gained"]), "lost": texts.number(first["lost"])}
    return texts.say("tag-chart-changes", date=texts.date(since), tag=texts.label("tag", first["tag"]), **words)
