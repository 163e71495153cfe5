"""The picture of the month, and the one that always stands beside it."""

import datetime as dt
from collections.abc import Callable

import pandas as pd

from analysis.charts import cleaning, history, lifecycle, movement, overdue
from analysis.display.chart import Chart
from analysis.texts import Texts

Frame = Callable[[str], pd.DataFrame]


def draw_news(news: pd.DataFrame, frame: Frame, *, as_of: dt.date, texts: Texts) -> Chart:
    """Draw the picture that was chosen.

    Parameters
    ----------
    news : pandas.DataFrame
        The frame `news`: candidate, is_chosen.
    frame : callable
        Gives a table by its name; only what is drawn is asked for.
    as_of : datetime.date
    texts : Texts
    """
    draw = {
        "months": lambda: cleaning.draw_months(frame("months"), as_of=as_of, texts=texts),
        "flows": lambda: lifecycle.draw_flows(frame("flows"), texts=texts),
        "history": lambda: history.draw_history(frame("history"), texts=texts),
        "causes": lambda: movement.draw_causes(frame("movement_totals"), texts=texts),
        "lateness": lambda: overdue.draw_lateness(frame("lateness"), texts=texts),
    }
    return draw[news.loc[news["is_chosen"], "candidate"].iloc[0]]()


def draw_balance(news: pd.DataFrame, frame: Frame, *, as_of: dt.date, texts: Texts) -> Chart:
    """Draw who came and who fell silent; where that is the picture of the month already, revenue by month.

    Parameters
    ----------
    news, frame, as_of, texts
        As for `draw_news`.
    """
    if bool(news.loc[news["candidate"] == "flows", "is_chosen"].any()):
        return cleaning.draw_months(frame("months"), as_of=as_of, texts=texts)
    return lifecycle.draw_flows(frame("flows"), texts=texts)
