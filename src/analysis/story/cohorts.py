"""Sentences about cohorts by what customers began with."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts


def tell_cohorts_by(cohorts_by: pd.DataFrame, *, burn_in: int, texts: Texts) -> Reading:
    """Say for each attribute who came back most and least in the month after, and whether the difference can be chance.

    Parameters
    ----------
    cohorts_by : pandas.DataFrame
        Grain: attribute, value, period; size, customers, active, retention, is_complete, low, high.
    burn_in : int
        First months of the data whose newcomers are left out.
    texts : Texts
    """
    first = cohorts_by[
        (cohorts_by["period"] == 1) & ~cohorts_by["value"].isin(["other", "untold"]) & cohorts_by[["retention", "customers"]].notna().all(axis=1)
    ]
    sentences = []
    for attribute, rows in first.groupby("attribute", sort=False):
        if len(rows) < 2:
            continue
        best, worst = rows.loc[rows["retention"].idxmax()], rows.loc[rows["retention"].idxmin()]
        key = f"cohort-by-{attribute}".replace("_", "-")
        words = {
            "attribute": texts.say(key) if texts.has(key) else attribute, "best": best["value"], "high": texts.percent(best["retention"]),
            "worst": worst["value"], "low": texts.percent(worst["retention"]), "n": int(best["customers"]), "size": texts.number(best["customers"]),
            "m": int(worst["customers"]), "least": texts.number(worst["customers"]),
        }  # fmt: skip
        sentences.append(texts.say("cohort-story-apart" if best["low"] > worst["high"] else "cohort-story-overlap", **words))
    if not sentences:
        return Reading((texts.say("cohort-story-empty"),))
    sentences.append(texts.say("cohort-story-no-cause"))
    if burn_in:
        sentences.append(texts.say("cohort-story-burn-in", n=burn_in, months=texts.number(burn_in)))
    return Reading(tuple(sentences))
