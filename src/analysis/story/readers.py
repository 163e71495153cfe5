"""What each reader of the report does with it."""

import pandas as pd

from analysis.display.cards import Card, Cards
from analysis.display.reading import Reading
from analysis.texts import Texts

READERS = ("marketing", "service", "product", "sales")


def list_views(views: pd.DataFrame, *, texts: Texts) -> Cards:
    """Tell marketing, service, product and sales whom to look after first, and the command that writes the list.

    Parameters
    ----------
    views : pandas.DataFrame
        The frame `reader_views`: reader, about, what, customers, monetary, choose. What is withheld is not told, and a reader with nothing to be told has no card.
    texts : Texts
    """
    known = views[views["customers"].notna() & views["monetary"].notna()]
    cards = []
    for reader in READERS:
        rows = known[known["reader"] == reader]
        told = tuple(
            texts.say(
                f"reader-story-{row.about}", n=int(row.customers), customers=texts.number(row.customers), money=texts.money(row.monetary), what=row.what or ""
            )
            for row in rows.itertuples()
        )
        if told:
            cards.append(Card(texts.label("reader", reader), told, tuple(f"workbook export {row.choose}" for row in rows.itertuples() if row.choose)))
    return Cards(tuple(cards))


def tell_views(views: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what the commands are for; where there is nobody to look after, that there is nobody.

    Parameters
    ----------
    views : pandas.DataFrame
        The frame `reader_views`.
    texts : Texts
    """
    return Reading((texts.say("reader-story-lists"),), "note") if len(views) else Reading((texts.say("reader-story-none"),))
