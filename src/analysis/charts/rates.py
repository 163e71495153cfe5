"""The table of currencies: what was paid in each, what it is in the report currency, and at which rates."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from analysis.display.table import Table
from analysis.texts import Texts


def list_currencies(currencies: pd.DataFrame, *, texts: Texts) -> Table:
    """List the currencies with their lines, their money before and after, and the rates used.

    Parameters
    ----------
    currencies : pandas.DataFrame
        The frame `currencies`: a row per currency, the most money first; no rows where everything is in one.
    texts : Texts
    """
    plain = currencies["first_on"].isna()  # the report currency, and one without any rate
    unused = currencies["lines"] == 0
    say = {name: texts.say(f"rates-column-{name}") for name in ("currency", "lines", "paid", "low", "mean", "high", "days", "without")}
    columns = {
        say["currency"]: list(currencies["currency"]),
        say["lines"]: [texts.number(count) for count in currencies["lines"]],
        say["paid"]: _write(currencies["paid_amount"], unused, lambda value: texts.number(float(value), 2), texts),
        texts.say("rates-column-amount", currency=texts.currency): _write(currencies["amount"], unused, lambda value: texts.number(float(value), 2), texts),
        **{say[name]: _write(currencies[f"rate_{name}"], plain, texts.rate, texts) for name in ("low", "mean", "high")},
        say["days"]: _write(zip(currencies["first_on"], currencies["last_on"], strict=True), plain, lambda days: _write_days(days, texts), texts),
        say["without"]: [texts.number(count) for count in currencies["lines_without"]],
    }
    numeric = tuple(name for name in columns if name not in (say["currency"], say["days"]))
    return Table(pd.DataFrame(columns), numeric=numeric, cards=True)


def _write(values: Iterable, nothing: Iterable[bool], write: Callable[[Any], str], texts: Texts) -> list[str]:
    return [texts.say("no-value") if none else write(value) for none, value in zip(nothing, values, strict=True)]


def _write_days(days: tuple, texts: Texts) -> str:
    first, last = (texts.date(pd.Timestamp(day)) for day in days)
    return first if first == last else texts.say("rates-days", first=first, last=last)
