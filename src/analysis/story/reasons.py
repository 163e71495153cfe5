"""Sentences about what would move a label."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.display.withheld import is_told
from analysis.story.told import add_up, read
from analysis.texts import Texts


def tell_slipping(segment_reasons: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how many leave their segment within 7 and 30 days unless they order, and where most money is at stake.

    Parameters
    ----------
    segment_reasons : pandas.DataFrame
        One row per segment: `customers`, `falls_7`, `falls_30`, `money_30`, `falls_to`.
    texts : Texts
    """
    rows = segment_reasons[segment_reasons["segment"] != "unclassified"]
    if rows.empty:
        return Reading((texts.say("story-few-buyers"),))
    soon, later, total = (add_up(rows[column]) for column in ("falls_7", "falls_30", "customers"))
    sentences = []
    if is_told(soon, later, total):
        words = {"n": int(soon), "customers": texts.number(soon), "m": int(later), "later": texts.number(later), "share": texts.percent(later / total)}
        sentences.append(texts.say("story-slipping", **words))
    falling = rows[(rows["falls_30"] > 0) & rows["money_30"].notna()]
    if len(falling):
        most = falling.loc[falling["money_30"].idxmax()]
        n = int(most["falls_30"])
        names = {"segment": texts.label("segment", most["segment"]), "to": texts.label("segment", most["falls_to"])}
        sentences.append(texts.say("story-slipping-most", **names, n=n, customers=texts.number(n), money=texts.money(most["money_30"])))
    return Reading((*sentences, texts.say("story-slipping-assumed")))


def tell_reasons(segment_reasons: pd.DataFrame, *, texts: Texts) -> Reading:
    """Name the segment that one order would lift most customers out of.

    Parameters
    ----------
    segment_reasons : pandas.DataFrame
        One row per segment: `customers`, `lifted`, `lifted_to`, `lifted_to_customers`.
    texts : Texts
    """
    if segment_reasons["lifted_to_customers"].isna().all() and segment_reasons["lifted"].isna().any():
        return read((), texts)
    rows = segment_reasons[(segment_reasons["lifted"] > 0) & segment_reasons["lifted_to_customers"].notna()]
    if rows.empty:
        return Reading((texts.say("story-few-buyers" if set(segment_reasons["segment"]) <= {"unclassified"} else "story-reasons-none"),))
    most = rows.loc[rows["lifted_to_customers"].idxmax()]
    n = int(most["lifted_to_customers"])
    names = {"segment": texts.label("segment", most["segment"]), "to": texts.label("segment", most["lifted_to"])}
    return Reading((texts.say("story-reasons", **names, n=n, customers=texts.number(n)), texts.say("story-slipping-assumed")))
