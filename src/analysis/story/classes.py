"""Sentences about the classes: how customers are spread over them, what stands out in segments, and loyalty in its three parts."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts

LEAST = 10  # customers: of fewer nothing is said
BY_SCORES = ("behaviour", "frequency_band", "loyalty")  # what the segments are made of says nothing new about them


def tell_classes(classes: pd.DataFrame, *, columns: Sequence[str] = (), texts: Texts) -> Reading:
    """Say of each dimension how many customers are in each class and what they bring.

    Parameters
    ----------
    classes : pandas.DataFrame
        Grain: column, key (None: without a class). customers, customers_pct, monetary_pct.
    columns : sequence of str
        The dimensions to speak of; all by default.
    texts : Texts
    """
    wanted = classes[classes["column"].isin(list(columns))] if columns else classes
    rows = wanted[(wanted["customers"] > 0) & wanted["monetary_pct"].notna()]  # what is withheld is not told
    sentences = []
    for column, own in rows[rows["key"].notna()].groupby("column", sort=False):
        parts = [_count(row._asdict(), texts) for row in own.itertuples()]
        sentences.append(texts.say("class-story", dimension=texts.column(str(column)), parts=texts.join(parts)))
    unknown = int(rows.loc[rows["key"].isna(), "customers"].max()) if rows["key"].isna().any() else 0
    if sentences and unknown:
        sentences.append(texts.say("class-story-unknown", n=unknown, customers=texts.number(unknown)))
    return Reading(tuple(sentences) or (texts.say("story-withheld" if wanted["customers"].isna().any() else "class-story-none"),))


def _count(row: Mapping, texts: Texts) -> str:
    words = {"name": texts.value(row["column"], row["key"]), "customers": texts.number(row["customers"]), "share": texts.percent(row["customers_pct"])}
    if not row["monetary_pct"]:
        return texts.say("class-story-part-free", **words)
    return texts.say("class-story-part", **words, money=texts.percent(row["monetary_pct"]))


def tell_need(classes: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say that needs are inferred, how many seem to look for high-end goods, and how many asked without buying.

    Parameters
    ----------
    classes : pandas.DataFrame
        As for `tell_classes`.
    texts : Texts
    """
    rows = classes[(classes["column"] == "need") & classes["key"].notna()].set_index("key")
    if rows.empty or "high_end" not in rows.index or rows["customers"].isna().any() or not rows["customers"].sum():
        return Reading(())
    judged, money = rows["customers"].sum(), rows["monetary"].astype(float).sum()
    n = int(rows.loc["high_end", "customers"])
    share = float(rows.loc["high_end", "monetary"]) / money if money > 0 else 0.0
    sentences = [texts.say("class-story-need", n=n, customers=texts.number(n), share=texts.percent(n / judged), money=texts.percent(share))]
    if asked := int(rows["customers"].get("potential", 0)):
        sentences.append(texts.say("class-story-potential", n=asked, customers=texts.number(asked)))
    return Reading(tuple(sentences))


def tell_differences(crossed: pd.DataFrame, *, kind: str = "class", most: int = 3, texts: Texts) -> Reading:
    """Name the classes, or values of attributes, that are most more frequent in a segment than among all customers, a segment each.

    Parameters
    ----------
    crossed : pandas.DataFrame
        Grain: column, key, segment. customers, size (of the segment), share, overall (among all), differs (bool: by more than chance).
    kind : {"class", "attribute"}
    most : int
    texts : Texts
    """
    if crossed.empty:
        return Reading((texts.say("class-story-none" if kind == "class" else "chart-attribute-none"),))
    rows = crossed[crossed["differs"].eq(True) & (crossed["size"] >= LEAST) & ~crossed["column"].isin(BY_SCORES) & crossed["share"].notna()]
    rows = rows.assign(lead=(rows["share"] - rows["overall"]).astype(float).round(9))
    rows = rows[rows["lead"] >= 0.05].sort_values(["lead", "column", "key", "segment"], ascending=[False, True, True, True])
    rows = rows.drop_duplicates("segment").drop_duplicates(["column", "key"]).head(most)
    message = "class-story-heat" if kind == "class" else "class-story-attribute"
    said = [
        texts.say(
            message, segment=texts.label("who", row["segment"]), share=texts.percent(row["share"]), name=texts.value(row["column"], row["key"]),
            dimension=texts.column(row["column"]), all=texts.percent(row["overall"]),
        )
        for _place, row in rows.iterrows()
    ]  # fmt: skip
    return Reading(tuple(said) or (texts.say("story-withheld" if crossed["share"].isna().any() else f"chart-{kind}-heat-even"),))


def tell_profiles(profiles: pd.DataFrame, *, column: str = "value_class", texts: Texts) -> Reading:
    """Set the habits of the high class against the average buyer.

    Parameters
    ----------
    profiles : pandas.DataFrame
        Grain: key, feature. customers, ratio.
    column : str
    texts : Texts
    """
    rows = profiles[(profiles["key"] == "high") & (profiles["customers"] >= LEAST) & profiles["ratio"].notna()]
    if rows.empty:
        return Reading(())
    values = [texts.say("class-radar-value", feature=texts.column(row.feature), ratio=texts.number(row.ratio, 1)) for row in rows.itertuples()]
    return Reading(
        (texts.say("class-story-radar", name=texts.value(column, "high"), customers=texts.number(rows["customers"].iloc[0]), values=texts.join(values)),)
    )


def tell_loyalty(parts: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say the three parts of loyalty of all buyers, with intervals; nothing of fewer than ten answers.

    Parameters
    ----------
    parts : pandas.DataFrame
        Grain: group (None: all), part. value, n, low, high.
    texts : Texts
    """
    whole = parts[parts["group"].isna() & (parts["n"] >= LEAST) & parts["value"].notna()].set_index("part")
    if "repurchase" not in whole.index:
        return Reading((texts.say("chart-loyalty-none"),))
    again = whole.loc["repurchase"]
    n = int(again["n"])
    sentences = [texts.say("class-story-repurchase", n=n, buyers=texts.number(n), share=texts.percent(again["value"]), **_ends(again, texts))]
    if "recommendation" in whole.index:
        score = whole.loc["recommendation"]
        said = {name: texts.number(round(score[name]) or 0) for name in ("value", "low", "high")}
        n = int(score["n"])
        sentences.append(texts.say("class-story-recommendation", score=said.pop("value"), n=n, customers=texts.number(n), **said))
    if "satisfaction" in whole.index:
        share = whole.loc["satisfaction"]
        n = int(share["n"])
        sentences.append(texts.say("class-story-satisfaction", share=texts.percent(share["value"]), n=n, answers=texts.number(n), **_ends(share, texts)))
    sentences.append(texts.say("class-story-loyalty-apart" if len(whole) > 1 else "class-story-unasked"))
    return Reading(tuple(sentences))


def _ends(row: pd.Series, texts: Texts) -> dict[str, str]:
    return {name: texts.percent(row[name]) for name in ("low", "high")}
