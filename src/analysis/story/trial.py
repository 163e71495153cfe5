"""What to say of standards that are tried: who would move, and where nothing would change."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts

ABSENT = "absent"  # a key: the other configuration has the column, this one has not


def tell_trial(moves: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say for every classification how many would move, with how much money, and which way most would go; those without a move in one sentence.

    Parameters
    ----------
    moves : pandas.DataFrame
        Grain: column, from_key, to_key; customers, monetary, is_move.
    texts : Texts
    """
    sentences, quiet = [], []
    for column, ways in moves.groupby("column", sort=False):
        moved = ways[ways["is_move"]]
        if moved.empty:
            quiet.append(texts.column(str(column)))
        else:
            sentences.append(_tell_column(str(column), ways, moved, texts))
    if quiet and not sentences:
        return Reading((texts.say("trial-nothing"),))
    if quiet:
        sentences.append(texts.say("trial-quiet", columns=texts.join(quiet)))
    return Reading(tuple(sentences))


def _tell_column(column: str, ways: pd.DataFrame, moved: pd.DataFrame, texts: Texts) -> str:
    n, total, money = int(moved["customers"].sum()), int(ways["customers"].sum()), float(moved["monetary"].astype(float).sum())
    words = {"n": n, "customers": texts.number(n), "share": texts.percent(n / total), "money": texts.money(money), "column": texts.column(column)}
    if (ways["from_key"] == ABSENT).all():
        return texts.say("trial-new", **words)
    if (ways["to_key"] == ABSENT).all():
        return texts.say("trial-gone", **words)
    most = moved.loc[moved["customers"].astype(int).idxmax()]
    names = {side: name_key(column, most[f"{side}_key"], texts) for side in ("from", "to")}
    m = int(most["customers"])
    way = texts.say("trial-one-way", m=m, most=texts.number(m), **names)
    return texts.say("trial-moved", total=texts.number(total), way=way, **words)


def name_key(column: str, key: str | None, texts: Texts) -> str:
    """Name where customers come from or go to."""
    if key in (ABSENT, "number", "higher", "lower"):
        return texts.say(f"trial-{key}")
    return texts.value(column, key)
