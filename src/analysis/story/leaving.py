"""Sentences about those who left: in what they differ from those who stayed, and why that says nothing about the reason."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts

_OURS = ("orders", "returns", "price_level")


def tell_fates(fates: pd.DataFrame, *, texts: Texts) -> Reading:
    """Name the values whose share stands out clearly, the furthest first, and what the comparison is.

    Parameters
    ----------
    fates : pandas.DataFrame
        Grain: feature, value; left, customers, share, low, high, overall, differs, horizon.
    texts : Texts
    """
    if fates.empty:
        return Reading((texts.say("leaving-story-empty"),))
    clear = fates[fates["differs"].fillna(False).astype(bool) & fates["share"].notna() & fates["overall"].notna()]
    far = (clear["share"] - clear["overall"]).abs()
    first = clear.loc[far.sort_values(ascending=False, kind="stable").index[:4]]
    sentences = [_tell(row, texts) for _, row in first.iterrows()] or [texts.say("leaving-story-alike")]
    days = int(fates["horizon"].iloc[0])
    compared = max((rows["customers"].sum() for _, rows in fates.groupby("feature") if rows["customers"].notna().all()), default=0)
    words = {"n": int(compared), "customers": texts.number(compared), "d": days, "days": texts.number(days)}
    how = [texts.say("leaving-story-how", **words)] if compared else []
    return Reading((*sentences, *how, texts.say("leaving-story-no-cause")))


def _tell(row: pd.Series, texts: Texts) -> str:
    feature, value = row["feature"], row["value"]
    if feature in _OURS:
        value = texts.say(f"leaving-{feature}-{value}".replace("_", "-"))
    elif value in ("other", "untold"):
        value = texts.say(f"cohort-{value}")
    key = f"leaving-by-{feature}".replace("_", "-")
    name = texts.say(key) if texts.has(key) else feature
    words = {
        "share": texts.percent(row["share"], 0),
        "overall": texts.percent(row["overall"], 0),
        "n": int(row["customers"]),
        "customers": texts.number(row["customers"]),
    }
    return texts.say("leaving-story-more" if row["share"] > row["overall"] else "leaving-story-fewer", feature=name, value=value, **words)
