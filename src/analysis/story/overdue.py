"""Sentences about silence: what is usual, who is late, how such silences end, and how sure that is."""

import datetime as dt
from typing import Any

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts


def tell_lateness(lateness: pd.DataFrame, rhythm: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what the usual gap is, how many are late, and how the very late end.

    Parameters
    ----------
    lateness : pandas.DataFrame
        Grain: band; low, high, customers, year_monetary, return_90d.
    rhythm : pandas.DataFrame
        One row: is_known, gaps, least_gaps, sampled (the share of the buyers whose gaps were looked at), first_gap_days, season_known, busiest, quietest (month
        numbers), busy, quiet (times the average).
    texts : Texts
    """
    model = rhythm.iloc[0]
    if not model["is_known"] or lateness.empty:
        return Reading((texts.say("overdue-story-unknown", n=int(model["gaps"]), gaps=texts.number(model["gaps"]), least=texts.number(model["least_gaps"])),))
    days = max(1, round(model["first_gap_days"]))
    sentences = [texts.say("overdue-story-usual", n=days, days=texts.number(days))]
    if float(model["sampled"]) < 1:
        sentences.append(texts.say("overdue-story-sample", share=texts.percent(model["sampled"])))
    sentences += [_tell_band(row, texts) for row in lateness.itertuples() if row.band in ("at_risk", "lost") and row.customers > 0 and pd.notna(row.return_90d)]
    if model["season_known"]:
        month = {key: texts.month_short(dt.date(2000, int(model[key]), 1)) for key in ("busiest", "quietest")}
        sentences.append(texts.say("overdue-story-season", **month, busy=texts.number(model["busy"], 2), quiet=texts.number(model["quiet"], 2)))
    else:
        sentences.append(texts.say("overdue-story-no-season"))
    return Reading(tuple(sentences))


def _tell_band(row: Any, texts: Texts) -> str:
    words = {
        "customers": texts.number(row.customers),
        "share": texts.percent(row.return_90d, 0),
        "low": texts.number(row.low, 0 if float(row.low).is_integer() else 1),
    }
    if row.band == "lost":
        return texts.say("overdue-story-lost", n=int(row.customers), **words)
    return texts.say("overdue-story-late", n=int(row.customers), high=texts.number(row.high, 0 if float(row.high).is_integer() else 1), **words)


def tell_calls(calls: pd.DataFrame, *, is_shown: bool = True, texts: Texts) -> Reading:
    """Say how to read the first line of the call list.

    Parameters
    ----------
    calls : pandas.DataFrame
        customer (pseudonym), silence_days, usual_gap_days, overdue_index, return_90d, year_monetary; the most money first.
    is_shown : bool
        Whether these readers are shown single customers at all.
    texts : Texts
    """
    if calls.empty:
        return Reading((texts.say("overdue-story-no-calls" if is_shown else "story-no-single"),))
    first = calls.iloc[0]
    words = {
        "customer": first["customer"],
        "n": int(first["silence_days"]),
        "days": texts.number(first["silence_days"]),
        "times": texts.number(first["overdue_index"], 1),
    }
    if pd.isna(first["return_90d"]):
        return Reading((texts.say("overdue-story-call-plain", **words), texts.say("overdue-story-ranking")))
    return Reading((texts.say("overdue-story-call", share=texts.percent(first["return_90d"], 0), **words), texts.say("overdue-story-ranking")))


def tell_reliability(reliability: pd.DataFrame, *, as_of: dt.date, texts: Texts) -> Reading:
    """Say in how many groups what came agrees with what was expected, and to which side the rest fell.

    Parameters
    ----------
    reliability : pandas.DataFrame
        Grain: group; predicted, observed, low, high (shares), customers, returned.
    as_of : datetime.date
    texts : Texts
    """
    if reliability.empty:
        return Reading((texts.say("overdue-story-unproved"),))
    if reliability[["predicted", "observed", "customers", "returned"]].isna().to_numpy().any():
        return Reading((texts.say("story-withheld"),))
    inside = (reliability["predicted"] >= reliability["low"]) & (reliability["predicted"] <= reliability["high"])
    due, came = float((reliability["predicted"] * reliability["customers"]).sum()), int(reliability["returned"].sum())
    apart = ((reliability["predicted"] - reliability["observed"]).abs() * reliability["customers"]).sum() / reliability["customers"].sum()
    words = {
        "date": texts.date(as_of - dt.timedelta(days=90)), "g": len(reliability), "groups": texts.number(len(reliability)), "inside": texts.number(inside.sum()),
        "points": texts.number(float(apart) * 100, 1),
    }  # fmt: skip
    sentences = [texts.say("overdue-story-reliability", **words)]
    if not due:
        return Reading(tuple(sentences))
    off = came / due - 1
    kind = "even" if abs(off) < 0.05 else "more" if off > 0 else "fewer"
    return Reading((*sentences, texts.say(f"overdue-story-{kind}", share=texts.percent(abs(off), 0))))
