"""The picture of those who left: how many of those alike in something did not come back, beside the share of all."""

import pandas as pd

from analysis.charts.basis import describe, say_interval
from analysis.charts.cohorts import name_value
from analysis.display.chart import Chart
from analysis.palette import ACCENT, GREY, LIGHT, LOSS
from analysis.texts import Texts
from analysis.theme import clear_axes, label_axis, name_axis, new_figure, theme

_STEPS = ("one", "two_to_four", "more", "none", "some", "low", "middle", "high")
_OURS = ("orders", "returns", "price_level")


def name_feature(feature: str, texts: Texts) -> str:
    """Name what customers are compared by."""
    key = f"leaving-by-{feature}".replace("_", "-")
    return texts.say(key) if texts.has(key) else feature


def name_alike(feature: str, value: str, texts: Texts) -> str:
    """Name what customers are alike in."""
    return texts.say(f"leaving-{feature}-{value}".replace("_", "-")) if feature in _OURS else name_value(value, texts)


def draw_fates(fates: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show for every value the share of customers who left, with its interval, against the share of all.

    Parameters
    ----------
    fates : pandas.DataFrame
        Grain: feature, value; left, customers, share, low, high, overall, differs, horizon.
    texts : Texts
    """
    rows = _order(fates)
    told = rows["share"].notna()
    begins = [i for i in rows.index if not i or rows["feature"][i] != rows["feature"][i - 1]]
    places = [i + 0.9 * sum(begin <= i for begin in begins) for i in rows.index]
    with theme(texts.lang):
        figure = new_figure(0.6 + 0.23 * max(6.0, (places or [0])[-1]))
        axes = figure.subplots()
        for place, row in zip(places, rows.itertuples(), strict=True):
            shade = GREY if not row.differs else LOSS if row.share > row.overall else ACCENT
            if pd.isna(row.share):
                axes.text(0, place, texts.say("withheld"), va="center", fontsize=8.5, color=GREY)
                continue
            axes.hlines(place, row.low, row.high, color=shade, alpha=0.5, linewidth=2)
            axes.plot([row.share], [place], "o", color=shade, markersize=5.5)
            axes.annotate(texts.percent(row.share, 0), (row.high, place), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8.5)
        if len(rows):
            axes.axvline(float(rows["overall"].iloc[0]), color=LIGHT, linewidth=1, zorder=0)
        axes.set_ylim((places or [1])[-1] + 0.7, -0.4)
        axes.set_xlim(0, min(1.1, 1.15 * max([0.1, *rows.loc[told, "high"].astype(float)])))
        clear_axes(axes)
        label_axis(axes.xaxis, lambda value: texts.percent(value, 0))
        heads = [(places[i] - 0.9, name_feature(rows["feature"][i], texts)) for i in begins]
        names = [
            (place, f"{name_alike(row.feature, row.value, texts)}  ({texts.number(row.customers)})")
            for place, row in zip(places, rows.itertuples(), strict=True)
        ]
        ticks = sorted(heads + names)
        name_axis(axes.yaxis, [place for place, _ in ticks], [name for _, name in ticks])
        for label, (tick, _name) in zip(axes.get_yticklabels(), ticks, strict=True):
            if tick in {place for place, _ in heads}:
                label.set_fontweight("bold")
    title = _title(rows, texts)
    data = pd.DataFrame({
        "alike_feature": [name_feature(name, texts) for name in rows["feature"]], "alike_value": [name_alike(row.feature, row.value, texts) for row in rows.itertuples()],
        "customers": rows["customers"], "left_share": rows["share"].astype(float).round(4),
        "interval_low": rows["low"].astype(float).round(4), "interval_high": rows["high"].astype(float).round(4),
    })  # fmt: skip
    compared = max((own["customers"].sum() for _, own in rows.groupby("feature") if own["customers"].notna().all()), default=None)
    basis = describe(texts, customers=compared, further=[say_interval(texts)])
    return Chart("lifecycle-leaving", title, texts.say("leaving-alt", title=title), data, figure, basis)


def _order(fates: pd.DataFrame) -> pd.DataFrame:
    """Put what has an order of its own into it, and leave the rest as it is, the largest first."""
    steps, features = list(_STEPS), list(dict.fromkeys(fates["feature"]))
    places = [
        (features.index(row.feature), steps.index(row.value) if row.feature in _OURS and row.value in steps else 0, at)
        for at, row in enumerate(fates.itertuples())
    ]
    return fates.iloc[[at for *_, at in sorted(places)]].reset_index(drop=True)


def _title(rows: pd.DataFrame, texts: Texts) -> str:
    if rows.empty or pd.isna(rows["overall"].iloc[0]):
        return texts.say("leaving-chart-empty" if rows.empty else "chart-withheld")
    days = int(rows["horizon"].iloc[0])
    return texts.say("leaving-chart", share=texts.percent(rows["overall"].iloc[0]), n=days, days=texts.number(days))
