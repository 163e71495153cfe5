"""Why this is the picture of the month, and what the one beside it says."""

import datetime as dt
from collections.abc import Callable

import pandas as pd

from analysis.display.reading import Reading
from analysis.story import cleaning, lifecycle
from analysis.texts import Texts


def tell_choice(news: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say by which rule the picture was chosen.

    Parameters
    ----------
    news : pandas.DataFrame
        The frame `news`: candidate, month, score, is_chosen, reason.
    texts : Texts
    """
    chosen = news[news["is_chosen"]].iloc[0]
    others = int(news["score"].notna().sum()) - 1
    if chosen["reason"] == "short" or (chosen["reason"] == "most" and others < 1):
        return Reading((texts.say("summary-news-short"),))
    month = texts.month(pd.Timestamp(news["month"].dropna().max()))
    words = {"what": texts.say(f"summary-news-{chosen['candidate']}"), "times": texts.number(chosen["score"], 1), "n": others, "others": texts.number(others)}
    return Reading((texts.say("summary-news-most", month=month, **words) if chosen["reason"] == "most" else texts.say("summary-news-calm", month=month),))


def tell_balance(news: pd.DataFrame, frame: Callable[[str], pd.DataFrame], *, as_of: dt.date, texts: Texts) -> Reading:
    """Say what the flows say; where they are the picture of the month already, what the months say.

    Parameters
    ----------
    news : pandas.DataFrame
        The frame `news`.
    frame : callable
        Gives a table by its name.
    as_of : datetime.date
    texts : Texts
    """
    if bool(news.loc[news["candidate"] == "flows", "is_chosen"].any()):
        return cleaning.tell_months(frame("months"), as_of=as_of, texts=texts)
    return lifecycle.tell_flows(frame("flows"), texts=texts)
