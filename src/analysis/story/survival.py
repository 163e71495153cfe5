"""Sentences about waiting: how long, after how many orders, since when, and what a point is worth."""

import numpy as np
import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts


def tell_survival(survival: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say by when half of the customers have bought again, and after which order fewer are lost.

    Parameters
    ----------
    survival : pandas.DataFrame
        Grain: step, days; back, low, high, waiting.
    texts : Texts
    """
    curves = {int(step): rows.sort_values("days") for step, rows in survival.dropna(subset="back").groupby("step")}
    if 1 not in curves or len(curves[1]) < 2:
        return Reading((texts.say("survival-story-empty"),))
    sentences = []
    for step in (1, 2):
        if step in curves and len(curves[step]) > 1:
            half = curves[step][curves[step]["back"] >= 0.5]
            n = int(half["days"].iloc[0]) if len(half) else int(curves[step]["days"].iloc[-1])
            kind = "half" if len(half) else "not-half"
            sentences.append(texts.say(f"survival-story-{kind}", step=step, n=n, days=texts.number(n), share=texts.percent(curves[step]["back"].iloc[-1])))
    reach = min(365, *(int(rows["days"].iloc[-1]) for rows in curves.values()))
    gone = [1 - rows[rows["days"] <= reach]["back"].iloc[-1] for rows in curves.values() if rows["days"].iloc[0] <= reach]
    if len(gone) == 4 and reach >= 30:
        words = {key: texts.percent(share, 0) for key, share in zip(("one", "two", "three", "more"), gone, strict=True)}
        sentences.append(texts.say("survival-story-steps", n=reach, days=texts.number(reach), **words))
    return Reading(tuple(sentences))


def tell_no_return(no_return: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how the table is to be read, or that the data do not reach far enough.

    Parameters
    ----------
    no_return : pandas.DataFrame
        Grain: share; days (null: not within the reach of the data), horizon.
    texts : Texts
    """
    if no_return.empty:
        return Reading((texts.say("survival-story-no-reach"),))
    horizon = int(no_return["horizon"].iloc[0])
    words = {"h": horizon, "horizon": texts.number(horizon)}
    known = no_return[no_return["days"].notna()]
    if known.empty:
        return Reading((texts.say("survival-story-all-return", **words),))
    last = known.iloc[-1]
    n = int(last["days"])
    return Reading((texts.say("survival-story-no-return", n=n, days=texts.number(n), share=texts.percent(last["share"], 0), **words),))


def tell_trend(trend: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say whether fewer new customers come back than a quarter and a year before.

    Parameters
    ----------
    trend : pandas.DataFrame
        Grain: quarter; customers, back, low, high.
    texts : Texts
    """
    rows = trend.assign(quarter=pd.to_datetime(trend["quarter"])).dropna(subset="back").reset_index(drop=True)
    if len(rows) < 2:
        return Reading((texts.say("survival-story-no-trend"),))
    last = rows.iloc[-1]
    year = rows[rows["quarter"] == last["quarter"] - pd.DateOffset(years=1)]
    other, against = (year.iloc[0], "year") if len(year) else (rows.iloc[-2], "quarter")
    kind = "less" if last["high"] < other["low"] else "more" if last["low"] > other["high"] else "same"
    words = {"share": texts.percent(last["back"]), "before": texts.percent(other["back"])}
    sentences = [texts.say(f"survival-story-trend-{kind}", **words), texts.say(f"survival-story-against-{against}")]
    return Reading(tuple(sentences))


def tell_point(point: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what one point of retention is worth, and what this is not.

    Parameters
    ----------
    point : pandas.DataFrame
        One row: newcomers, customers, returned, share, mean, worth, low, high, horizon.
    texts : Texts
    """
    row = point.iloc[0]
    if pd.isna(row["worth"]) or not row["newcomers"] > 0:
        return Reading((texts.say("survival-story-no-point"),))
    more = float(np.round(row["newcomers"] * 0.01, 1))
    words = {"newcomers": texts.number(row["newcomers"]), "more": texts.number(more, 0 if more.is_integer() else 1), "worth": texts.money(row["worth"])}
    return Reading(
        (
            texts.say("survival-story-point", n=int(row["newcomers"]), d=int(row["horizon"]), days=texts.number(row["horizon"]), **words),
            texts.say("survival-story-point-is"),
        )
    )
