"""The report for its readers: a row for each group of customers that somebody looks after."""

import pandas as pd

from analysis.display.table import Table
from analysis.texts import Texts


def list_views(views: pd.DataFrame, *, texts: Texts) -> Table:
    """List whom marketing, service, product and sales look after first, and how to get the list.

    Parameters
    ----------
    views : pandas.DataFrame
        The frame `reader_views`: reader, about, what, customers, monetary, choose.
    texts : Texts
    """
    columns = {
        texts.say("reader-column"): [texts.label("reader", row.reader) for row in views.itertuples()],
        texts.say("reader-whom"): [texts.say(f"reader-{row.about}", what=row.what or "") for row in views.itertuples()],
        texts.label("column", "customers"): [texts.number(row.customers) for row in views.itertuples()],
        texts.label("column", "monetary"): [texts.money(row.monetary) for row in views.itertuples()],
        texts.say("reader-list"): [f"workbook export {row.choose}" if row.choose else "–" for row in views.itertuples()],
    }
    return Table(pd.DataFrame(columns), numeric=tuple(list(columns)[2:4]))
