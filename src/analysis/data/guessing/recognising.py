"""Which of a file's columns are ours: by preset, by the words in its headers, by what the cells hold."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from analysis.columns import INPUT_COLUMNS, TRANSACTION_COLUMNS
from analysis.data.guessing.profiles import Column, is_date, is_kind, is_number, plain
from analysis.data.reading.kinds import ANSWERS, CONTACTS, find_kind

_HOLDS = {"time": "dates", "number": "numbers"}


@dataclass(frozen=True)
class Match:
    """Our column names to theirs, and how that was found."""

    columns: dict[str, str]
    attributes: dict[str, str]
    said: tuple[str, ...]
    preset: dict[str, Any] | None = None


@cache
def knowledge() -> dict[str, Any]:
    """The presets and the synonyms, from `presets.toml`."""
    return tomllib.loads((resources.files("analysis.data") / "presets.toml").read_text(encoding="utf-8"))


def match_preset(columns: tuple[Column, ...], section: str = "transactions") -> Match | None:
    """Recognise a well-known export by its headers: one that holds this input."""
    there = {column.header.casefold(): column.header for column in columns}

    def first(names: list[str]) -> str | None:
        return next((there[name.casefold()] for name in names if name.casefold() in there), None)

    for preset in knowledge()["preset"]:
        if preset.get("input", "transactions") != section:
            continue
        found = {ours: first(names) for ours, names in preset["columns"].items()}
        if all(found.values()) and all(first([name]) for name in preset["signature"]):
            found |= {ours: theirs for ours, names in preset.get("optional", {}).items() if (theirs := first(names))}
            attributes = {ours: theirs for ours, names in preset.get("attributes", {}).items() if (theirs := first(names))}
            warned = " It was made from what is written about this export, not from a file: look whether it fits." if preset.get("documented") else ""
            said = (f"The headers are those of {preset['name']}: its preset is used.{warned}", *preset.get("says", ()))
            return Match({ours: str(theirs) for ours, theirs in found.items()}, attributes, said, preset)
    return None


def find_unfit(columns: tuple[Column, ...]) -> str | None:
    """Say what a file is that belongs to a well-known export and cannot be read by itself."""
    there = {column.header.casefold() for column in columns}
    known = (one for one in knowledge()["unfit"] if all(name.casefold() in there for name in one["signature"]))
    return next((f"{one['name']}: {one['says']}" for one in known), None)


def headerless_names(columns: tuple[Column, ...]) -> tuple[str, ...] | None:
    """Name the columns of a file without a header, when a preset knows their kinds."""
    for known in knowledge()["headerless"]:
        if len(known["kinds"]) == len(columns) and all(is_kind(column, kind) for column, kind in zip(columns, known["kinds"], strict=True)):
            return tuple(known["names"])
    return None


def match_transactions(columns: tuple[Column, ...]) -> Match:
    """Guess by headers and content; what is not found is left out."""
    found: dict[str, str] = {}
    said: list[str] = []
    fits = {
        "time": lambda column: is_date(column, named=True),
        "number": is_number,
        "identifier": lambda column: column.filled > 0,
        "text": lambda column: column.filled > 0,
    }
    for ours in TRANSACTION_COLUMNS:
        kind = TRANSACTION_COLUMNS[ours]
        for column in _by_name(columns, knowledge()["synonyms"].get(ours, [])):
            if column.header in found.values():
                continue
            if not fits[kind](column):
                said.append(f"{column.header!r} sounds like {ours}, but its cells do not hold {_HOLDS.get(kind, 'anything')}: left out.")
                continue
            if ours == "discount" and column.largest <= 1:
                said.append(f"{column.header!r} holds rates, not amounts: left out.")
                continue
            found[ours] = column.header
            said.append(f"{ours} is {column.header!r}: by its header.")
            break
    if "ordered_at" not in found and (dated := [column for column in columns if is_date(column)]):
        found["ordered_at"] = dated[0].header
        also = f" (so are those of {', '.join(repr(column.header) for column in dated[1:])}; change it if that is the one)" if dated[1:] else ""
        said.append(f"ordered_at is {dated[0].header!r}: its cells are dates{also}.")
    attributes: dict[str, str] = {}
    for ours, names in knowledge()["attributes"].items():
        for column in _by_name(columns, names):
            if column.header not in found.values() and column.header not in attributes.values() and not is_date(column):
                attributes[ours] = column.header
                said.append(f"The attribute {ours} is {column.header!r}: by its header.")
                break
    return Match(found, attributes, tuple(said))


def match_answers(columns: tuple[Column, ...]) -> Match | None:
    """Guess the columns of customers' answers; None when these are none."""
    names = knowledge()["feedback"]
    score = next((column for column in _by_name(columns, names["score"]) if is_number(column)), None)
    found = _further(columns, "feedback", {"score": score.header} if score else {})
    if score is None or not {"customer_id", "answered_at"} <= set(found):
        return None
    said = [f"{ours} of the answers is {theirs!r}: by its header." for ours, theirs in found.items()]
    if "kind" in found:
        return Match(found, {}, tuple(said))
    named = find_kind(score.header, ANSWERS)
    kind = named if named in ANSWERS else "nps" if score.largest > 7 else "csat"
    why = "by the name of the score" if named in ANSWERS else f"by its highest score, {score.largest:g}"
    said.append(f"What was asked is not said; {kind} is taken, {why}. Write nps, csat or ces as kind under [inputs.feedback].")
    return Match(found, {}, tuple(said), {"kind": kind})


def match_contacts(columns: tuple[Column, ...], words: Callable[[Column], list[str]]) -> Match | None:
    """Guess the columns of contacts outside buying; None when these are none.

    Parameters
    ----------
    words : callable
        Gives the different values of a column, if they are few.
    """
    found = _further(columns, "events", {})
    if not {"customer_id", "occurred_at", "kind"} <= set(found):
        return None
    kinds = words(next(column for column in columns if column.header == found["kind"]))
    if sum(find_kind(word, CONTACTS) in CONTACTS for word in kinds) * 2 < max(len(kinds), 1) or not kinds:
        return None
    return Match(found, {}, tuple(f"{ours} of the contacts is {theirs!r}: by its header." for ours, theirs in found.items()))


def match_rates(columns: tuple[Column, ...]) -> Match | None:
    """Guess the columns of exchange rates; None when these are none."""
    found = _further(columns, "rates", {})
    if set(found) != set(INPUT_COLUMNS["rates"]):
        return None
    return Match(found, {}, tuple(f"{ours} of the rates is {theirs!r}: by its header." for ours, theirs in found.items()))


def _further(columns: tuple[Column, ...], section: str, found: dict[str, str]) -> dict[str, str]:
    """Find the columns of answers or contacts by their headers, each column once."""
    for ours, kind in INPUT_COLUMNS[section].items():
        names = knowledge()["synonyms"]["customer_id"] if ours == "customer_id" else knowledge()[section][ours]
        for column in _by_name(columns, names):
            fits = is_date(column, named=True) if kind == "time" else is_number(column) or not column.filled if kind in ("number", "rate") else True
            if column.header not in found.values() and fits:
                found.setdefault(ours, column.header)
    return {ours: found[ours] for ours in INPUT_COLUMNS[section] if ours in found}


def match_customers(columns: tuple[Column, ...]) -> Match:
    """Guess the columns of a customer master: by preset, else by their headers."""
    if preset := match_preset(columns, "customers"):
        return preset
    found: dict[str, str] = {}
    lists = {"customer_id": knowledge()["synonyms"]["customer_id"]} | knowledge()["customers"]
    for ours, names in lists.items():
        dated = ours in ("birth_date", "registered_at")
        for column in _by_name(columns, names):
            if column.header not in found.values() and column.filled > 0 and (not dated or is_date(column, named=True)):
                found[ours] = column.header
                break
    said = tuple(f"{ours} of the customers is {theirs!r}: by its header." for ours, theirs in found.items())
    return Match(found, {}, said)


def _by_name(columns: tuple[Column, ...], names: list[str]) -> list[Column]:
    """The columns that bear one of the names, the likeliest name first."""
    return [column for name in names for column in columns if column.key == plain(name)]


def divide_states(values: list[str]) -> dict[str, tuple[str, ...]] | None:
    """Divide the states of orders into paid, refunded and others; None when they do not look like states of orders."""
    words = {state: {plain(word) for word in known} for state, known in knowledge()["status"].items()}
    states = {state: tuple(value for value in values if plain(value) in words[state]) for state in words}
    known = {value for group in states.values() for value in group}
    if not states["paid"] or (states["paid"] == tuple(known) and len(known) < len(values)):
        return None
    return {
        "paid": states["paid"],
        "refunded": states["refunded"],
        "others": tuple(value for value in values if value not in states["paid"] + states["refunded"]),
    }
