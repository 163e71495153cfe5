"""What a picture rests on: how many customers, orders or rows, over which time, and how sure that is."""

import datetime as dt
import math
from collections.abc import Sequence
from typing import TypeGuard

from analysis.texts import Texts

# Where a run writes down the time that its data cover, as ISO dates among the words of its catalogue.
SINCE, UNTIL = "period-since", "period-until"


def describe(
    texts: Texts,
    *,
    customers: float | None = None,
    orders: float | None = None,
    rows: float | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    further: Sequence[str] = (),
) -> str:
    """Say on what a picture rests, in one line: 1,096 customers · 1 Jan 2023 to 31 Dec 2025.

    Parameters
    ----------
    texts : Texts
        Its run's period stands where neither `since` nor `until` is given.
    customers, orders, rows : float, optional
        How many were counted; one that is not given, or withheld (NaN), is not spoken of.
    since, until : datetime.date, optional
        The first and the last day that count.
    further : sequence of str
        What else a reader should know, as finished phrases: `say_sample`, `say_interval`, `say_error`.
    """
    counts = (("basis-customers", customers), ("basis-orders", orders), ("basis-rows", rows))
    counted = [texts.say(message, n=int(count), count=texts.number(count)) for message, count in counts if _is_told(count)]
    if since is None and until is None:
        since, until = (dt.date.fromisoformat(texts.words[word]) if texts.words.get(word) else None for word in (SINCE, UNTIL))
    return texts.say("basis-separator").join([part for part in (*counted, say_period(texts, since, until), *further) if part])


def last_day(texts: Texts) -> dt.date | None:
    """Give the last day of the data, as the run has written it down."""
    return dt.date.fromisoformat(texts.words[UNTIL]) if texts.words.get(UNTIL) else None


def say_period(texts: Texts, since: dt.date | None, until: dt.date | None) -> str:
    """Write a period; one day alone, and where one end is open only the other."""
    if since and until:
        return texts.date(until) if since == until else texts.say("basis-period", since=texts.date(since), until=texts.date(until))
    if until:
        return texts.say("basis-until", until=texts.date(until))
    return texts.say("basis-since", since=texts.date(since)) if since else ""


def say_sample(texts: Texts, size: float, *, of: float | None = None) -> str:
    """Say that a picture shows a sample of customers; nothing where all of them are in it."""
    if not _is_told(size) or (of is not None and _is_told(of) and size >= of):
        return ""
    return texts.say("basis-sample", n=int(size), count=texts.number(size))


def say_interval(texts: Texts, low: str | None = None, high: str | None = None) -> str:
    """Say the 95 % interval of the number in the title, both ends written out; without them, that the drawing shows such intervals."""
    return texts.say("basis-interval", low=low, high=high) if low and high else texts.say("basis-intervals")


def say_error(texts: Texts, share: float) -> str:
    """Say by which share (0-1) a model erred on days that it had not seen."""
    return texts.say("basis-error", error=texts.percent(share, 0)) if _is_told(share) else ""


def _is_told(count: float | None) -> TypeGuard[float]:
    return count is not None and not math.isnan(count)
