"""Sentences about currencies: what was converted, at which rates, and what could not be."""

import math

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts

_NAMED = 1  # currency gets a sentence: the table has them all


def tell_currencies(currencies: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how much was paid in other currencies, what these were worth, and what has no rate.

    Parameters
    ----------
    currencies : pandas.DataFrame
        The frame `currencies`: a row per currency, the most money first; no rows where everything is in one.
    texts : Texts
    """
    foreign = currencies[currencies["currency"] != texts.currency]
    used, home = foreign[foreign["lines"] > 0], texts.currency
    if foreign.empty:
        return Reading((texts.say("rates-one", currency=home or "none"),))
    sentences = []
    count, lines = float(foreign["lines"].sum(skipna=False)), float(currencies["lines"].sum(skipna=False))
    money, whole = (float(frame["amount"].astype(float).sum(skipna=False)) for frame in (used, currencies[currencies["lines"] > 0]))
    if count > 0 and not math.isnan(lines):
        words = {"count": int(count), "lines": texts.number(count), "currency": home, "share": texts.percent(count / lines)}
        plain = whole > 0 and 0 <= money <= whole
        sentences.append(texts.say("rates-shares", **words, money=texts.percent(money / whole)) if plain else texts.say("rates-shares-lines", **words))
    for row in used.head(_NAMED).itertuples():
        if math.isnan(row.rate_mean):
            continue
        rates = {name: texts.rate(getattr(row, f"rate_{name}")) for name in ("low", "mean", "high")}
        key = "rates-constant" if rates["low"] == rates["high"] else "rates-between"
        sentences.append(texts.say(key, code=row.currency, currency=home, **({"low": rates["low"]} if key == "rates-constant" else rates)))
    if len(used):
        sentences.append(texts.say("rates-returns", currency=home))
    without = foreign["lines_without"].sum(skipna=False)
    if without > 0:
        sentences.append(texts.say("rates-without", count=int(without), lines=texts.number(without)))
    return Reading(tuple(sentences) or (texts.say("rates-withheld"),))
