"""One customer's reasons as a card, in words alone: nothing is drawn here."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import pandas as pd

from analysis.display.table import Table
from analysis.texts import Texts

_CENT = Decimal("0.01")


def list_card(customer: str, why: Any, *, texts: Texts) -> Table:
    """Answer for one customer: why this label, what would move it, what is at stake.

    Parameters
    ----------
    customer : str
        A pseudonym.
    why : Why
        See `analysis.models.reasons.explain`.
    texts : Texts
    """
    answers = [(texts.say(f"card-{found.measure}"), _say_measure(found, texts)) for found in why.measures]
    up = texts.say("card-up-none")
    if why.orders is not None:
        up = texts.say("card-up-answer", n=why.orders, orders=texts.number(why.orders), segment=texts.label("segment", why.order_to))
    down = texts.say("card-down-none")
    if why.days is not None:
        down = texts.say("card-down-answer", n=why.days, days=texts.number(why.days), segment=texts.label("segment", why.silent_to))
    answers += [(texts.say("card-up"), up), (texts.say("card-down"), down)]
    answers += [(texts.say("card-stake"), texts.say("card-stake-answer", money=texts.money_exact(float(why.monetary))))]
    frame = pd.DataFrame(answers, columns=[texts.label("column", "card_question"), texts.label("column", "card_answer")])
    return Table(frame, caption=texts.say("card-caption", customer=customer, segment=texts.label("segment", why.segment)))


def _say_measure(found: Any, texts: Texts) -> str:
    name, value = found.measure, found.value
    written = {
        "r": lambda: texts.say("card-days", n=int(value), days=texts.number(value)),
        "f": lambda: texts.say("card-orders", n=int(value), orders=texts.number(value)),
        "m": lambda: texts.money_exact(float(value)),
    }[name]()
    answer = texts.say("card-answer", value=written, score=str(found.score), band=say_band(name, found.low, found.high, texts))
    for kind, away in (("better", found.to_better), ("worse", found.to_worse)):
        if away is None:
            continue
        edge = texts.money_exact(float(away.quantize(_CENT, ROUND_CEILING))) if name == "m" else texts.number(away)
        answer += texts.say(f"card-{kind}-{name}", edge=edge, **({} if name == "m" else {"n": int(away)}))
    return answer


def say_band(measure: str, low: Any, high: Any, texts: Texts) -> str:
    """Write a range of days, orders or money; both ends are included, an open one is null."""
    low, high = (None if edge is None or pd.isna(edge) else Decimal(str(edge)) for edge in (low, high))
    write: Callable[..., str] = texts.number
    if measure == "m":  # cuts lie between two cents: more than 10.00 begins at 10.0001
        low, high = None if low is None else low.quantize(_CENT, ROUND_CEILING), None if high is None else high.quantize(_CENT, ROUND_FLOOR)
        write = texts.money_exact
    if measure == "r" and low == 0:
        low = None
    if measure == "f" and low == 1 and high is not None and high > 1:
        low = None
    if low is None and high is None:
        return ""
    kind = "at-least" if high is None else "at-most" if low is None else "exactly" if low == high else "between"
    words = {"low": "" if low is None else write(low), "high": "" if high is None else write(high)}
    edge = low if high is None else high
    if measure == "m":
        return texts.say(f"reasons-m-{kind}", **words)
    return texts.say(f"reasons-{measure}-{kind}", **words, n=int(edge))
