"""Tables of standards that are tried: from what to what, and who moves most money."""

import pandas as pd

from analysis.display.table import Table
from analysis.texts import Texts


def list_trial(moves: pd.DataFrame, *, most: int = 5, texts: Texts) -> Table:
    """List the ways that customers would go, of each classification those with most customers.

    Parameters
    ----------
    moves : pandas.DataFrame
        Grain: column, from_key, to_key; customers, monetary, is_move.
    most : int
        Ways a classification.
    texts : Texts
    """
    total = moves.groupby("column")["customers"].sum()
    ordered = moves.assign(place=moves["column"].map({column: place for place, column in enumerate(dict.fromkeys(moves["column"]))}))
    ordered = ordered[ordered["is_move"]].sort_values(["place", "customers"], ascending=[True, False], kind="stable")
    rows = [row for _, row in ordered.groupby("place", sort=True).head(most).iterrows()]
    columns = {
        texts.say("trial-column"): [texts.column(row["column"]) for row in rows],
        texts.say("trial-from"): [_name(row["column"], row["from_key"], texts) for row in rows],
        texts.say("trial-to"): [_name(row["column"], row["to_key"], texts) for row in rows],
        texts.label("column", "customers"): [texts.number(row["customers"]) for row in rows],
        texts.label("column", "customers_pct"): [texts.percent(row["customers"] / max(1, total[row["column"]])) for row in rows],
        texts.label("column", "monetary"): [texts.money(row["monetary"]) for row in rows],
    }
    return Table(pd.DataFrame(columns), texts.say("trial-ways"), tuple(columns)[3:])


def list_examples(movers: pd.DataFrame, *, texts: Texts) -> Table:
    """List who would move with most money, under pseudonyms.

    Parameters
    ----------
    movers : pandas.DataFrame
        Grain: column, customer; from_key, to_key, monetary.
    texts : Texts
    """
    columns = {
        texts.say("trial-column"): [texts.column(column) for column in movers["column"]],
        texts.label("column", "customer"): list(movers["customer"]),
        texts.say("trial-from"): [_name(row.column, row.from_key, texts) for row in movers.itertuples()],
        texts.say("trial-to"): [_name(row.column, row.to_key, texts) for row in movers.itertuples()],
        texts.label("column", "monetary"): [texts.money(money) for money in movers["monetary"]],
    }
    return Table(pd.DataFrame(columns), texts.say("trial-examples"), tuple(columns)[4:])


def _name(column: str, key: str | None, texts: Texts) -> str:
    special = f"trial-{key}"
    return texts.say(special) if key in ("absent", "number", "higher", "lower") else texts.value(column, key)
