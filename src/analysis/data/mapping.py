"""Guess how a person's files map to ours: the door of this room's guessing part."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from analysis.columns import CUSTOMER_COLUMNS, TRANSACTION_COLUMNS
from analysis.data.guessing.profiles import Column, profile
from analysis.data.guessing.recognising import Match, divide_states, headerless_names, match_customers, match_preset, match_transactions
from analysis.data.guessing.writing import write_toml
from analysis.data.reading import dates, opening
from analysis.data.reading.casting import Decisions, find_fields, typed
from analysis.data.reading.intake import Reading, tidy
from analysis.engine import Engine
from analysis.errors import ConfigurationError, DataRefused, shorten
from analysis.settings.inputs import Source
from analysis.settings.limits import Limits

__all__ = ["Guess", "guess", "write_config"]

_RULES = ("unreadable", "overlap", "after_as_of", "before_window", "unpaid", "anonymous", "duplicates", "price", "returns", "non_product", "outliers")


@dataclass(frozen=True)
class Guess:
    """A configuration that was guessed from files.

    `transactions` and `customers` are sources as in the configuration, with absolute paths in `files`; `rules` the whole ordered list of the cleaning;
    `said` what was guessed and why, a sentence each.
    """

    name: str
    transactions: dict[str, Any]
    customers: dict[str, Any] | None
    order: str
    currency: str
    time_zone: str
    rules: tuple[dict[str, Any], ...]
    preset: str | None = None
    said: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class _Seen:
    """One file, looked at."""

    path: Path
    reading: Reading
    columns: tuple[Column, ...]
    source: dict[str, Any]
    rows: int


def guess(engine: Engine, paths: list[Path], limits: Limits | None = None) -> Guess:
    """Look at files and guess a configuration: a preset by the headers, else column by column.

    Parameters
    ----------
    paths : list of Path
        The files of one shop: order lines, and perhaps a customer master.

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
    seen = [_look(engine, path, limits or Limits(), number) for number, path in enumerate(paths, 1)]
    groups: dict[tuple[str, ...], list[_Seen]] = {}
    for one in seen:
        groups.setdefault(tuple(tidy(header) for header in one.reading.pieces[0].headers), []).append(one)
    orders = [(group, match_preset(group[0].columns) or match_transactions(group[0].columns)) for group in groups.values()]
    whole = [(group, match) for group, match in orders if not _lacking(match) and not _is_master(engine, group, match)]
    if not whole:
        raise DataRefused(_why_not(engine, *max(orders, key=lambda pair: len(pair[1].columns))))
    group, match = max(whole, key=lambda pair: (len({"order_id", "product_id", "quantity"} & set(pair[1].columns)), sum(one.rows for one in pair[0])))
    others = [other for other, _ in orders if other is not group]
    result = _transactions(engine, group, match)
    masters = [other for other in others if _is_master(engine, other, match_customers(other[0].columns))]
    if masters:
        customers = match_customers(masters[0][0].columns)
        source = {"files": [str(one.path.resolve()) for one in masters[0]]} | masters[0][0].source | {"columns": customers.columns}
        mapped = set(customers.columns.values())
        source["attributes"] = {
            name: column.header
            for column in masters[0][0].columns
            if column.header not in mapped and (name := _attribute(column.header)) and name not in CUSTOMER_COLUMNS and 1 < column.distinct <= 30
        }
        result = replace(
            result, customers=source, said=(*result.said, f"{masters[0][0].path.name} holds one row per customer: it is the customer master.", *customers.said)
        )
    if unused := [other[0].path.name for other in others if other not in masters]:
        result = replace(result, said=(*result.said, f"Not used, neither order lines like the others nor a customer master: {', '.join(unused)}."))
    for one in seen:
        for piece in one.reading.pieces:
            opening.forget(engine, piece)
    return result


def write_config(guessed: Guess, path: Path) -> None:
    """Write a guess as a commented `workbook.toml` that loads as it is."""
    path.write_text(write_toml(guessed, path.resolve().parent), encoding="utf-8")


def _look(engine: Engine, path: Path, limits: Limits, number: int) -> _Seen:
    """Load a file and find out how it was written."""
    source: dict[str, Any] = {}
    reading = opening.read_file(engine, path, Source(files=(path.name,)), limits, label=path.name, name=f"guess_{number}")
    if reading.input.delimiter and not any(re.search(r"[^\W\d_]", tidy(header)) for header in reading.pieces[0].headers):
        source["header"] = False  # no letter in the first row: it is data
        reading = opening.read_file(engine, path, Source(files=(path.name,), header=False), limits, label=path.name, name=f"guess_{number}")
        if names := headerless_names(profile(engine, reading.pieces[0])):
            source["names"] = list(names)
        else:
            source["names"] = list(reading.pieces[0].headers)
        reading = replace(reading, pieces=(replace(reading.pieces[0], headers=tuple(source["names"])),))
    about = reading.input
    if about.encoding and about.encoding != "utf-8":
        source["encoding"] = about.encoding
    if about.delimiter and about.delimiter != ",":
        source["delimiter"] = about.delimiter
    if about.sheets and any(note.key == "sheets-skipped" for note in reading.notes):
        source["sheets"] = list(about.sheets)
    return _Seen(path, reading, profile(engine, reading.pieces[0]), source, about.records)


def _lacking(match: Match) -> list[str]:
    lacking = [words for name, words in (("customer_id", "who bought (customer_id)"), ("ordered_at", "when (ordered_at)")) if name not in match.columns]
    if "amount" not in match.columns and not {"quantity", "unit_price"} <= set(match.columns):
        lacking.append("how much (amount, or quantity and unit_price)")
    return lacking


def _is_master(engine: Engine, group: list[_Seen], match: Match) -> bool:
    """Tell whether there is one row per customer, and nothing was ordered."""
    if "customer_id" not in match.columns or {"order_id", "quantity", "product_id"} & set(match.columns):
        return False
    return {"amount", "ordered_at"} - set(match.columns) != set() and _one_each(engine, group, match.columns["customer_id"])


def _one_each(engine: Engine, group: list[_Seen], header: str) -> bool:
    rows = distinct = 0
    for one in group:
        for piece in one.reading.pieces:
            place = piece.find(header)
            if place is not None:
                column = '"' + piece.columns[place].replace('"', '""') + '"'
                filled, different = engine.con.con.execute(f"select count({column}), count(distinct {column}) from {piece.relation}").fetchone()
                rows, distinct = rows + filled, distinct + different
    return rows > 0 and distinct >= 0.99 * rows


def _why_not(engine: Engine, group: list[_Seen], match: Match) -> str:
    """Say why files are no order lines."""
    one = group[0]
    there = ", ".join(repr(column.header) for column in one.columns[:30]) + (f" and {len(one.columns) - 30} more" if len(one.columns) > 30 else "")
    lacking = _lacking(match)
    if "customer_id" in match.columns and _one_each(engine, group, match.columns["customer_id"]):
        header = match.columns["customer_id"]
        return (
            f"{one.path.name} has one row per customer ({one.rows:,} rows, each with another {header!r}), not one per order: there is no column for "
            f"{' and '.join(lacking) or 'single orders'}. Reports are made from order lines: who bought, when, how much. Export the orders, and give this file beside them as the customer master."
        )
    return (
        f"{one.path.name} does not look like order lines: no column was found for {' and '.join(lacking)}. Its headers are: {there}. "
        "If they are there under other names, copy an example workbook.toml and write the names under [inputs.transactions.columns]."
    )


def _transactions(engine: Engine, group: list[_Seen], match: Match) -> Guess:
    """Make the guess for the order lines from one group of files with the same headers."""
    first, preset = group[0], match.preset or {}
    said = list(match.said)
    columns, attributes = dict(match.columns), dict(match.attributes)
    source: dict[str, Any] = {"files": [str(one.path.resolve()) for one in group]}
    for key in ("header", "names", "delimiter", "sheets", "encoding"):
        values = [one.source.get(key) for one in group]
        if all(value == values[0] for value in values) and values[0] is not None:
            source[key] = values[0]
    said += [note.text for one in group for note in one.reading.notes]
    by_header = {column.header: column for column in first.columns}
    if any(by_header[theirs].commas > 0.05 for ours, theirs in columns.items() if TRANSACTION_COLUMNS[ours] == "number"):
        source["decimal"] = ","
        said.append("Numbers have a decimal comma.")
    if not preset and {"amount", "quantity", "unit_price", "order_id"} <= set(columns) and _repeats_totals(engine, group, columns, source.get("decimal", ".")):
        said.append(f"{columns.pop('amount')!r} repeats the total of the order on each of its rows: quantity times unit_price is used instead.")
    order, question = _date_order(engine, group, columns["ordered_at"])
    said += question
    if order:
        source["dates"] = order
    source |= {"columns": columns, "attributes": attributes}
    chinese = sum(bool(re.search(r"[\u4e00-\u9fff]", column.header)) for column in first.columns) > len(first.columns) / 2
    currency, zone = preset.get("currency", "CNY" if chinese else ""), preset.get("time_zone", "Asia/Shanghai" if chinese else "UTC")
    if "currency" in columns and len(codes := _values(engine, first, columns["currency"], 10)) == 1 and re.fullmatch(r"[A-Za-z]{3}", codes[0]):
        currency = codes[0].upper()
    said.append(f"Money is in {currency}." if currency else "The currency is not known: write it into the configuration to see its sign.")
    said.append(f"The time zone is {zone}.")
    grain = preset.get("order", "id" if "order_id" in columns else "day")
    if grain == "day":
        said.append("There is no order number: an order is what a customer buys in a day.")
    extra = {rule["rule"]: dict(rule) for rule in preset.get("rules", [])}
    if "status" in columns:
        rule, reason = _paid_rule(engine, group, columns)
        extra |= rule
        said.append(reason)
    rules = tuple(extra.get(name, {"rule": name}) for name in _RULES if name in extra or name not in ("unpaid", "non_product"))
    name = re.sub(r"[^\w\- ]+", " ", first.path.name.split(".")[0]).strip()[:60] or "shop"
    return Guess(name, source, None, grain, currency, zone, rules, preset.get("name"), tuple(said))


def _paid_rule(engine: Engine, group: list[_Seen], columns: dict[str, str]) -> tuple[dict[str, dict[str, Any]], str]:
    """Guess which states of an order count as paid, and say so."""
    header = columns["status"]
    states = divide_states(_values(engine, group[0], header, 40))
    if states is None:
        return {}, f"The values of {header!r} are not known states of orders: every order counts."
    paid, others, also = states["paid"], states["others"], ""
    if states["refunded"]:
        listed = ", ".join(map(repr, states["refunded"]))
        if _negative(engine, group, columns, states["refunded"]):
            paid, also = paid + states["refunded"], f" Rows that are {listed} are returns (negative) and are netted."
        else:
            others, also = others + states["refunded"], f" Orders that are {listed} were paid back whole: they do not count."
    not_paid = ", ".join(map(repr, others)) or "anything else"
    return {
        "unpaid": {"rule": "unpaid", "values": list(paid)}
    }, f"Orders count as paid when {header!r} is {', '.join(map(repr, paid))}; not when it is {not_paid}.{also}"


def _negative(engine: Engine, group: list[_Seen], columns: dict[str, str], states: tuple[str, ...]) -> bool:
    """Tell whether most rows with these states are negative."""
    piece = group[0].reading.pieces[0]
    measure = next(name for name in ("quantity", "amount") if name in columns)
    source = Source(files=("x",), columns={"status": columns["status"], measure: columns[measure]})
    sql = {one.name: typed(one, Decisions(frozenset(), {}, {}, ()), source, "UTC") for one in find_fields(piece, source, TRANSACTION_COLUMNS)}
    rows, negative = engine.con.con.execute(
        f"select count(*), count(*) filter ({sql[measure]} < 0) from {piece.relation} where list_contains($states, {sql['status']})", {"states": list(states)}
    ).fetchone()
    return negative > rows / 2


def _date_order(engine: Engine, group: list[_Seen], header: str) -> tuple[str | None, list[str]]:
    """Decide day-first or month-first over all files; when that cannot be, put the question into words."""
    pieces = [piece for one in group for piece in one.reading.pieces]
    source = Source(files=("x",), columns={"ordered_at": header})
    fields = [(piece, find_fields(piece, source, TRANSACTION_COLUMNS)[0]) for piece in pieces]
    texts = [f"select {one.text} as raw from {piece.relation}" for piece, one in fields if one.has_text_dates]
    if not texts:
        return None, []
    facts = dates.survey(engine, texts)
    try:
        order, notes = dates.check_ambiguity(facts, source, "ordered_at", "transactions")
    except ConfigurationError as question:
        return None, [str(question)]
    found = any(note.key == "date-order-found" for note in notes)
    return (order if found else None), [note.text for note in notes]


def _values(engine: Engine, one: _Seen, header: str, most: int) -> list[str]:
    """The different values of a column, if they are not too many, the most frequent first."""
    piece = one.reading.pieces[0]
    place = piece.find(header)
    column = '"' + piece.columns[place or 0].replace('"', '""') + '"'
    found = engine.con.con.execute(
        f"select trim({column}::varchar) as v, count(*) from {piece.relation} where trim({column}::varchar) <> '' group by 1 order by 2 desc, 1 limit {most + 1}"
    ).fetchall()
    return [value for value, _ in found] if len(found) <= most else []


def _repeats_totals(engine: Engine, group: list[_Seen], columns: dict[str, str], decimal: Literal[".", ","]) -> bool:
    """Tell whether the amount is that of the whole order, repeated on each of its rows."""
    piece = group[0].reading.pieces[0]
    source = Source(files=("x",), decimal=decimal, columns={name: columns[name] for name in ("order_id", "quantity", "unit_price", "amount")})
    sql = {one.name: typed(one, Decisions(frozenset(), {}, {}, ()), source, "UTC") for one in find_fields(piece, source, TRANSACTION_COLUMNS)}
    orders, totals = engine.con.con.execute(
        f"select count(*), count(*) filter (low = high and abs(low - sum) <= 0.01 * abs(sum) + 0.01) from (select min({sql['amount']}) as low, max({sql['amount']}) as high, "
        f"sum(({sql['quantity']})::decimal(38,4) * {sql['unit_price']}) as sum from {piece.relation} where {sql['order_id']} is not null group by {sql['order_id']} having count(*) > 1)"
    ).fetchone()
    return orders >= 2 and totals >= 0.8 * orders


def _attribute(header: str) -> str | None:
    """Make an attribute name of a header, where it has Latin letters."""
    name = re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_")[:40]
    return name if re.fullmatch(r"[a-z][a-z0-9_]*", name) else None
