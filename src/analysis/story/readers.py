"""What each reader of the report does with it."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts


def tell_views(views: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say for each reader where to begin: with the group that brings most.

    Parameters
    ----------
    views : pandas.DataFrame
        The frame `reader_views`: reader, about, what, customers, monetary.
    texts : Texts
    """
    first = views.sort_values(["monetary", "about"], ascending=[False, True]).drop_duplicates("reader")
    sentences = [
        texts.say(f"reader-story-{row.about}", n=row.customers, customers=texts.number(row.customers), money=texts.money(row.monetary), what=row.what or "")
        for row in first.sort_index().itertuples()
    ]
    return Reading(tuple(sentences) or (texts.say("reader-story-none"),))
