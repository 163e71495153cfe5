"""Every word that people see, in their language; and numbers, dates and money the way that language writes them."""

import datetime as dt
import importlib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from analysis.errors import ConfigurationError

LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}

_MONEY = ("monetary", "mean_order_value", "m_value")
_LABELLED_BY = {"lifecycle_stage": "stage", "segment": "segment", "class8": "class8", "value_tier": "value-tier"}  # column -> kind of its keys
_OF_BUYERS = (*_LABELLED_BY, "cluster_name", "value_class", "behaviour")  # null where nobody has bought


def _speech() -> Any:
    """Import what fills sentences and writes numbers when the first is wanted: who makes tables alone says nothing."""
    return importlib.import_module("analysis.speech")


@cache
def _list_keys(lang: str) -> frozenset[str]:
    """List the messages by the beginnings of their lines: to know that there is one, it need not be understood."""
    folder = resources.files("analysis") / "texts" / lang
    return frozenset(key for file in folder.iterdir() for key in re.findall(r"^([a-zA-Z][\w-]*) *=", file.read_text(encoding="utf-8"), re.MULTILINE))


def list_labels(lang: str) -> frozenset[str]:
    """List the messages that take no values: names of keys, headings, plain sentences."""
    return _speech().list_labels(lang)


@dataclass(frozen=True)
class Texts:
    """The catalogue of one language.

    Parameters
    ----------
    lang : {"en", "zh"}
    currency : str
        ISO 4217 code of the report currency; "" writes money without a symbol.
    words : mapping of str to str
        Plain words that stand in for messages: what a segment map of one's own calls its segments, and the section `words` of a configuration.
    """

    lang: str
    currency: str = ""
    words: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if self.lang not in LOCALES:
            raise ConfigurationError(f"There is no catalogue for the language {self.lang!r}; there are: {', '.join(LOCALES)}.")

    @property
    def locale(self) -> str:
        """The locale: language, perhaps script, and country."""
        return LOCALES[self.lang]

    def has(self, key: str) -> bool:
        """Tell whether the catalogue knows a message."""
        return key in self.words or key in _list_keys(self.lang)

    def say(self, key: str, **values: object) -> str:
        """Fill a message with values. A missing message or a missing value is an error, never a hole in a sentence."""
        if key in self.words:
            return self.words[key]
        return _speech().fill(self.lang, self.locale, key, values)

    def label(self, kind: str, key: str | None) -> str:
        """Name a key: ``label("segment", "at_risk")`` reads the message ``segment-at-risk``."""
        return self.say(f"{kind}-{key or 'none'}".replace("_", "-"))

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number with the separators of the language; one that is withheld, because few customers stand behind it, as an asterisk."""
        if math.isnan(value):
            return self.say("withheld")
        return _speech().write_number(round(float(value), decimals), "#,##0" + ("." + "0" * decimals if decimals else ""), self.locale)

    def percent(self, share: float, decimals: int = 1) -> str:
        """Write a share (0.125) as a percentage (12.5 %)."""
        if math.isnan(share):
            return self.say("withheld")
        return _speech().write_number(float(share), "#,##0" + ("." + "0" * decimals if decimals else "") + "%", self.locale)

    def money(self, value: float) -> str:
        """Write an amount short enough to read: £8.91M, ¥891.1万."""
        value, large = float(value), abs(float(value))
        if math.isnan(value):
            return self.say("withheld")
        if self.lang == "zh":
            unit, name = (1e8, "亿") if large >= 1e8 else (1e4, "万") if large >= 1e4 else (1, "")
        else:
            unit, name = (1e9, "bn") if large >= 1e9 else (1e6, "M") if large >= 1e6 else (1e3, "k") if large >= 1e4 else (1, "")
        decimals = 2 if name in ("bn", "M", "亿") else 1 if name else 0 if large >= 1000 else 2
        symbol = _speech().find_symbol(self.currency, self.locale) if self.currency else ""
        sign = "-" if value < 0 else ""
        return f"{sign}{symbol}{self.number(large / unit, decimals)}{name}"

    def money_exact(self, value: float, decimals: int = 2) -> str:
        """Write an amount in full."""
        if math.isnan(value):
            return self.say("withheld")
        symbol = _speech().find_symbol(self.currency, self.locale) if self.currency else ""
        return f"{'-' if value < 0 else ''}{symbol}{self.number(abs(value), decimals)}"

    def rate(self, value: float) -> str:
        """Write a rate of exchange with four decimals, and one below one with as many as show five digits."""
        return self.number(value, max(4, 4 - math.floor(math.log10(value))) if value > 0 else 4)

    def name_currency(self) -> str:
        """Name the report currency by its sign and its code: £ (GBP)."""
        symbol = _speech().find_symbol(self.currency, self.locale)
        return self.currency if symbol == self.currency else self.say("rates-currency", symbol=symbol, code=self.currency)

    def date(self, day: dt.date) -> str:
        """Write a day: 9 Dec 2011, 2011年12月9日."""
        return _speech().write_day(day, "long" if self.lang == "zh" else "d MMM y", self.locale)

    def month(self, day: dt.date) -> str:
        """Write a month: Dec 2011, 2011年12月."""
        return _speech().write_day(day, "y年M月" if self.lang == "zh" else "MMM y", self.locale)

    def month_short(self, day: dt.date) -> str:
        """Write a month for an axis, without its year: Dec, 12月."""
        return _speech().write_day(day, "M月" if self.lang == "zh" else "MMM", self.locale)

    def day(self, day: dt.date) -> str:
        """Write a day without its year: 9 Dec, 12月9日."""
        return _speech().write_day(day, "M月d日" if self.lang == "zh" else "d MMM", self.locale)

    def join(self, parts: Iterable[str]) -> str:
        """Write an enumeration: a, b, c."""
        return self.say("list-separator").join(parts)

    def cluster(self, name: str | None) -> str:
        """Name a cluster from its key, ``recent_often_big``: a word a feature; with a number where two would be called the same."""
        words = (name or "unclassified").split("_")
        number = words.pop() if words[-1].isdigit() else ""
        text = self.say("cluster-separator").join(self._cluster_word(word) for word in words)
        text = text[:1].upper() + text[1:]
        return self.say("cluster-name-numbered", name=text, number=number) if number else text

    def _cluster_word(self, word: str) -> str:
        """Say one word of a cluster's name: ``often``, ``very-often``; ``high-tenure-days`` for a feature that has no words of its own."""
        side, _, feature = word.partition("-")
        called = self._cluster_word(feature) if side == "very" else self.feature(feature.replace("-", "_"))
        text = self.say(f"cluster-{side}-of", feature=called[:1].lower() + called[1:]) if feature else self.label("cluster", word)
        return text[:1].lower() + text[1:]

    def feature(self, column: str) -> str:
        """Name a column that customers are compared by: ours by its label, another as it is called."""
        key = f"column-{column}".replace("_", "-")
        return self.say(key) if self.has(key) else column.replace("_", " ")

    def quantity(self, column: str, value: float) -> str:
        """Write a value of such a column: money as money, days in whole, anything else as short as it can be read."""
        if column in _MONEY:
            return self.money(value)
        return self.number(value, 0 if column.endswith("_days") or abs(value) >= 100 else 1 if abs(value) >= 1 else 2)

    def column(self, name: str) -> str:
        """Name a column of the table of customers: ours by its label, a tag as its catalogue says, another as it is called."""
        tag = name.replace("_", "-")
        return self.say(tag) if name.startswith("tag_") and self.has(tag) else self.feature(name)

    def value(self, column: str, key: object) -> str:
        """Name a value of a column of text or yes-no: keys of ours by their label, anything else as it was told; where nothing was, it says so."""
        text = "" if key is None or key != key else str(key)  # noqa: PLR0124 - NaN is not itself
        if not text:
            return self.say("value-no-orders" if column in _OF_BUYERS else "value-unknown")
        if text.lower() in ("true", "false") and column.startswith("tag_"):
            return self.say("value-yes" if text.lower() == "true" else "value-no")
        if column == "cluster_name":
            return self.cluster(text)
        message = f"{_LABELLED_BY.get(column, f'class-{column}')}-{text}".replace("_", "-")
        return self.say(message) if self.has(message) else text
