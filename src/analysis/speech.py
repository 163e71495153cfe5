"""Sentences filled with values, numbers and dates as a language writes them: what `texts` opens when the first one is wanted."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib import resources

from babel import Locale, dates, numbers
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Message, MessageReference, Placeable

_LONGEST = 1000  # characters: the catalogue takes no more for one value


@cache
def _bundle(lang: str, locale: str) -> FluentBundle:
    bundle = FluentBundle([locale.replace("_", "-")], use_isolating=False)
    folder = resources.files("analysis") / "texts" / lang
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


@cache
def list_labels(lang: str) -> frozenset[str]:
    """List the messages that take no values: names of keys, headings, plain sentences."""
    folder = resources.files("analysis") / "texts" / lang
    entries = [entry for file in folder.iterdir() for entry in FluentResource(file.read_text(encoding="utf-8")).body]
    return frozenset(entry.id.name for entry in entries if isinstance(entry, Message) and not _takes_values(entry))


def _takes_values(message: Message) -> bool:
    parts = message.value.elements if message.value else []
    return any(isinstance(part, Placeable) and not isinstance(part.expression, MessageReference) for part in parts)


def fill(lang: str, locale: str, key: str, values: Mapping[str, object]) -> str:
    """Fill a message with values; a missing message or a missing value is a KeyError."""
    bundle = _bundle(lang, locale)
    pattern = bundle.get_message(key).value if bundle.has_message(key) else None
    if pattern is None:
        raise KeyError(f"texts/{lang}: no message {key!r}")
    text, errors = bundle.format_pattern(pattern, {name: _cut(value) for name, value in values.items()})
    if errors:
        raise KeyError(f"texts/{lang}: message {key!r}: {errors[0]}")
    return str(text)


def _cut(value: object) -> object:
    """Cut a text that no sentence can hold: a cell of a file may have any length."""
    return f"{value[: _LONGEST - 1]}…" if isinstance(value, str) and len(value) > _LONGEST else value


def write_number(value: float, pattern: str, locale: str) -> str:
    """Write a number by a pattern of Unicode's (CLDR), a share as a percentage where that ends in %."""
    write = numbers.format_percent if pattern.endswith("%") else numbers.format_decimal
    return str(write(value, format=pattern, locale=_locale(locale)))


def write_day(day: dt.date, pattern: str, locale: str) -> str:
    """Write a day by a pattern of Unicode's, or ``long``."""
    return dates.format_date(day, format=pattern, locale=_locale(locale))


def find_symbol(currency: str, locale: str) -> str:
    """Give the sign of a currency, or its code where it has none."""
    return numbers.get_currency_symbol(currency, locale=_locale(locale))


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)
