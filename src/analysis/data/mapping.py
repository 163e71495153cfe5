"""Guess how a person's files map to ours: the door of this room's guessing part."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.columns import CUSTOMER_COLUMNS
from analysis.data.guessing.looking import Seen, describe, has_one_row_each, list_values, look
from analysis.data.guessing.orders import Guess, guess_orders, list_lacking, say_why_not
from analysis.data.guessing.recognising import Match, find_unfit, match_answers, match_contacts, match_customers, match_preset, match_rates, match_transactions
from analysis.data.guessing.writing import write_toml
from analysis.data.reading import opening
from analysis.data.reading.intake import tidy
from analysis.engine import Engine
from analysis.errors import ConfigurationError, DataRefused, shorten
from analysis.settings.limits import Limits

__all__ = ["Guess", "guess", "write_config"]

_Group = list[Seen]


def guess(engine: Engine, paths: list[Path], limits: Limits | None = None) -> Guess:
    """Look at files and guess a configuration: a preset by the headers, else column by column.

    Parameters
    ----------
    paths : list of Path
        The files of one shop: order lines, and perhaps a customer master, answers, and contacts outside buying.

    Raises
    ------
    DataRefused
        When a file cannot be read, or none of them holds order lines; the sentence says what is missing.
    ConfigurationError
        When a file does not exist.
    """
    if absent := [str(path) for path in paths if not path.is_file()]:
        raise ConfigurationError(f"There is no file {shorten(absent)}.")
    if not paths:
        raise ConfigurationError("Name at least one file: workbook init sales.csv")
    seen = [look(engine, path, limits or Limits(), number) for number, path in enumerate(paths, 1)]
    groups: dict[tuple[str, ...], _Group] = {}
    for one in seen:
        groups.setdefault(tuple(tidy(header) for header in one.reading.pieces[0].headers), []).append(one)
    orders = [(group, match_preset(group[0].columns) or match_transactions(group[0].columns)) for group in groups.values()]
    further = {id(group): told for group, match in orders if (told := _further(engine, group, match))}
    whole = [(group, match) for group, match in orders if id(group) not in further and not list_lacking(match) and not _is_master(engine, group, match)]
    if not whole:
        raise DataRefused(say_why_not(engine, *max(orders, key=lambda pair: len(pair[1].columns))))
    group, match = max(whole, key=lambda pair: (len({"order_id", "product_id", "quantity"} & set(pair[1].columns)), sum(one.rows for one in pair[0])))
    others = [other for other, _ in orders if other is not group]
    result, used = guess_orders(engine, group, match), [group]
    for other in others:
        section, found = further.get(id(other)) or ("customers", match_customers(other[0].columns))
        if not _fits(engine, other, found, section, result) or getattr(result, section) is not None:
            continue
        source, said = describe(engine, other, found.columns, section)
        source |= (found.preset or {} if section != "customers" else {}) | {"columns": found.columns, "attributes": found.attributes}
        if section == "customers":
            source["attributes"] = _attributes(other, found)
        if section == "rates":
            result = _name_home(engine, group, result, other, found)
        is_it = {
            "customers": "holds one row per customer: it is the customer master", "feedback": "holds what customers answered", "rates": "holds exchange rates",
        }  # fmt: skip
        sentence = f"{other[0].path.name} {is_it.get(section, 'holds what customers did besides buying')}."
        changes: dict[str, Any] = {section: source}
        result = replace(result, said=(*result.said, sentence, *found.said, *said), **changes)
        used.append(other)
    if unused := [other[0] for other in others if other not in used]:
        why = [one.path.name + (f" ({unfit})" if (unfit := find_unfit(one.columns)) else "") for one in unused]
        result = replace(
            result, said=(*result.said, f"Not used, neither order lines like the others nor a customer master, answers or contacts: {', '.join(why)}.")
        )
    for one in seen:
        for piece in one.reading.pieces:
            opening.forget(engine, piece)
    return result


def write_config(guessed: Guess, path: Path) -> None:
    """Write a guess as a commented `workbook.toml` that loads as it is."""
    path.write_text(write_toml(guessed, path.resolve().parent), encoding="utf-8")


def _further(engine: Engine, group: _Group, match: Match) -> tuple[str, Match] | None:
    """Tell whether files hold answers or contacts, unless they look like orders."""
    if match.preset or {"order_id", "quantity", "unit_price"} & set(match.columns):
        return None
    if "customer_id" not in match.columns and (rates := match_rates(group[0].columns)):
        return "rates", rates
    if answers := match_answers(group[0].columns):
        return "feedback", answers
    contacts = match_contacts(group[0].columns, lambda column: list_values(engine, group[0], column.header, 40))
    return ("events", contacts) if contacts else None


def _name_home(engine: Engine, orders: _Group, guessed: Guess, rates: _Group, match: Match) -> Guess:
    """Find the one currency that lines are paid in and that has no rate: the one that rates lead to."""
    paid = {code.upper() for one in orders for code in list_values(engine, one, guessed.transactions["columns"]["currency"], 200)}
    rated = {code.upper() for one in rates for code in list_values(engine, one, match.columns["currency"], 200)}
    homes = {code for code in paid - rated if re.fullmatch(r"[A-Z]{3}", code)}
    if len(homes) != 1:
        return guessed
    kept = (sentence for sentence in guessed.said if not sentence.startswith("The currency is not known"))
    return replace(guessed, currency=min(homes), said=(*kept, f"Lines are paid in several currencies; amounts are converted to {min(homes)}."))


def _fits(engine: Engine, group: _Group, match: Match, section: str, guessed: Guess) -> bool:
    """Tell whether files can be what they look like: rates are of use where lines say what they were paid in."""
    if section == "rates":
        return "currency" in guessed.transactions["columns"]
    return section != "customers" or _is_master(engine, group, match)


def _is_master(engine: Engine, group: _Group, match: Match) -> bool:
    """Tell whether there is one row per customer, and nothing was ordered."""
    if "customer_id" not in match.columns or {"order_id", "quantity", "product_id"} & set(match.columns):
        return False
    return {"amount", "ordered_at"} - set(match.columns) != set() and has_one_row_each(engine, group, match.columns["customer_id"])


def _attributes(group: _Group, match: Match) -> dict[str, str]:
    """Take further columns of a customer master that part the customers into a few."""
    taken: dict[str, str] = dict(match.attributes)
    for column in group[0].columns:
        name = _name(column.header)
        if name and 1 < column.distinct <= 30 and column.header not in {*match.columns.values(), *taken.values()} and name not in {*CUSTOMER_COLUMNS, *taken}:
            taken[name] = column.header
    return taken


def _name(header: str) -> str | None:
    """Make an attribute name of a header, where it has Latin letters."""
    name = re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_")[:40]
    return name if re.fullmatch(r"[a-z][a-z0-9_]*", name) else None
