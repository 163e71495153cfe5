"""Who must not be named on a page: names, addresses, numbers and what people wrote, as keyed digests of their words, so that pages can be searched for them.

What the pages say is cut into words by the same rules in Python (`words_of`), so that equal text gives equal digests on both sides.
"""

import functools
import hashlib
import re

import ibis
from ibis import _
from ibis.expr.types import StringValue, Table

from analysis.data.contacts import plain_text

LONGEST = 8  # words of a name or an address that are looked for: of a longer one the first eight
LEAST = 6  # characters of a name or an address; of a digest in a script without blanks the beginning that is looked for first
LEAST_ID = 3  # characters of a customer's number with a letter in it; one of digits alone has eight
LEAST_DIGITS, MOST_DIGITS = 9, 15  # of a phone number
LEAST_SAID = 4  # words of a comment: shorter ones are said by everybody
LONGEST_RUN = 40  # characters of a text without blanks
DIGEST = 16  # hexadecimal digits: enough for a million people and a thousand pages

_DECIMAL = "([0-9])[.,]([0-9])"  # 1,234.5 is one word, and neither 1 nor 234
JOINT = "\ue000"  # what stands for the sign in it
_BETWEEN = r"[\x00-/:-@\[-`{-¿×÷" + "\u2000-\u206f\u2190-\u2bff\u3000-\u3004\u3008-\u3020\u3030-\u303f\u30fb\ufe10-\ufe6f\uff5f-\uff65\ufffd]+"
_UNSPACED = "[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"  # scripts that write without blanks
_FIRST_WORDS = f"^([^ ]+ ){{{LONGEST - 1}}}[^ ]+"
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys((0x3000, 0xA0, 0x2007, 0x202F), " ")
_GONE = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF, 0xAD))
_SAME = {ord("İ"): "i", ord("ß"): "ss", ord("ẞ"): "ss", ord("ς"): "σ"}
_PLAIN = {**_WIDE, **_GONE, **_SAME}
_is_between, _is_decimal = re.compile(_BETWEEN), re.compile(_DECIMAL)
is_unspaced = re.compile(_UNSPACED)


def to_words(text: StringValue) -> StringValue:
    """Give the words of a text in one spelling, a blank between any two; null where there are none."""
    plain = plain_text(text.replace("İ", "i").replace("ẞ", "ss")).replace("ß", "ss").replace("ς", "σ")
    joined = plain.re_replace(_DECIMAL, rf"\1{JOINT}\2").re_replace(_DECIMAL, rf"\1{JOINT}\2")
    return joined.re_replace(_BETWEEN, " ").strip().nullif("")


def words_of(text: str) -> str:
    """Do in Python what `to_words` does in the engine; nothing is the empty text."""
    plain = text.translate(_PLAIN).lower().replace("ς", "σ")
    joined = _is_decimal.sub(rf"\1{JOINT}\2", _is_decimal.sub(rf"\1{JOINT}\2", plain))
    return _is_between.sub(" ", joined).strip()


def derive_key(key: bytes) -> str:
    """Make the key of the digests from that of the pseudonyms: neither gives away the other."""
    return hashlib.sha256(b"watched" + key).hexdigest()


def digest(text: str, key: str) -> str:
    """Give the digest of some words."""
    return hashlib.sha256((key + text).encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]


def cut_words(values: Table) -> Table:
    """Cut into words what must not be shown; to be computed once, before digests are made of it.

    Parameters
    ----------
    values : Table
        Grain: any. kind (name, address, id, comment), value (string).

    Returns
    -------
    Table
        Grain: kind, words (see `to_words`; null where there are none). run (the same without blanks), unspaced (whether its script writes without blanks).
    """
    told = values.select("kind", words=to_words(_.value)).distinct()  # a filter here would cut everything twice
    return told.mutate(run=told.words.replace(" ", ""), unspaced=told.words.re_search(_UNSPACED))


def list_names(told: Table, key: str) -> Table:
    """Make digests of what must not be shown.

    Parameters
    ----------
    told : Table
        See `cut_words`.
    key : str
        See `derive_key`.

    Returns
    -------
    Table
        Grain: form, size, digest; kind. form is `words` (size of them, at most eight), `run` (a text without blanks, size in characters) or `start` (the first six
        characters of a run, by which it is looked for). No plain value.
    """
    told = told.mutate(letters=told.run.length(), count=told.words.length() - told.run.length() + 1)
    is_id, is_said = told.kind == "id", told.kind == "comment"
    long = ibis.ifelse(is_said, (told["count"] >= LEAST_SAID) | (told.unspaced & (told.letters >= 2 * LEAST_SAID)), told.words.length() >= LEAST)
    numbered = ibis.ifelse(told.run.re_search(f"[^0-9{JOINT}]"), told.letters >= LEAST_ID, told.letters >= 8)
    told = told.filter(ibis.ifelse(is_id, numbered, long))
    as_run = told.unspaced & (told.letters >= LEAST)
    spaced, runs = told.filter(~as_run), told.filter(as_run)
    first = ibis.ifelse(spaced["count"] > LONGEST, spaced.words.re_extract(_FIRST_WORDS, 0), spaced.words)
    parts = [
        _digests(spaced.select("kind", text=first, form=ibis.literal("words"), size=ibis.least(spaced["count"], LONGEST)), key),
        _digests(runs.select("kind", text=runs.run.substr(0, LONGEST_RUN), form=ibis.literal("run"), size=ibis.least(runs.letters, LONGEST_RUN)), key),
        _digests(runs.select("kind", text=runs.run.substr(0, LEAST), form=ibis.literal("start"), size=LEAST), key),
    ]
    return functools.reduce(Table.union, parts)


def list_phones(values: Table, key: str) -> Table:
    """Make digests of phone numbers: of their digits without leading zeros.

    Parameters
    ----------
    values : Table
        Grain: any. value (string).
    key : str

    Returns
    -------
    Table
        As `list_names`: form is `digits`, kind is `phone`.
    """
    digits = plain_text(values.value).re_replace("[^0-9]", "").re_replace("^0+", "")
    told = values.select(kind=ibis.literal("phone"), text=digits).filter(_.text.length().between(LEAST_DIGITS, MOST_DIGITS))
    return _digests(told.mutate(form=ibis.literal("digits"), size=told.text.length()), key)


def _digests(told: Table, key: str) -> Table:
    """Forget the text."""
    made = told.select("form", "kind", size=told["size"].cast("int16"), digest=(ibis.literal(key) + told.text).hexdigest("sha256").substr(0, DIGEST))
    return made.group_by("form", "size", "digest").agg(kind=_.kind.min())
