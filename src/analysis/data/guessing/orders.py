"""Order lines, guessed: which columns, which dates and money, which orders count as paid."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from analysis.columns import TRANSACTION_COLUMNS
from analysis.data.guessing.looking import Seen, describe, has_one_row_each, list_values
from analysis.data.guessing.recognising import Match, divide_states, find_unfit
from analysis.data.reading.casting import typed
from analysis.data.reading.evidence import Decisions, Evidence
from analysis.data.reading.fields import find_fields
from analysis.engine import Engine
from analysis.settings.inputs import Source

_RULES = ("unreadable", "overlap", "after_as_of", "before_window", "unpaid", "anonymous", "duplicates", "price", "returns", "non_product", "outliers")
_CONTACTS = ("email", "phone")


@dataclass(frozen=True)
class Guess:
    """A configuration that was guessed from files.

    `transactions`, `customers`, `feedback`, `events` and `rates` are sources as in the configuration, with absolute paths in `files`; `rules` the whole ordered list
    of the cleaning; `identity` what that section must say; `said` what was guessed and why, a sentence each.
    """

    name: str
    transactions: dict[str, Any]
    customers: dict[str, Any] | None
    order: str
    currency: str
    time_zone: str
    rules: tuple[dict[str, Any], ...]
    preset: str | None = None
    said: tuple[str, ...] = ()
    feedback: dict[str, Any] | None = None
    events: dict[str, Any] | None = None
    rates: dict[str, Any] | None = None
    identity: dict[str, str] = field(default_factory=dict)


def list_lacking(match: Match) -> list[str]:
    """List, in words, what order lines need and were not found to have."""
    lacking = [] if {"customer_id", *_CONTACTS} & set(match.columns) else ["who bought (customer_id)"]
    lacking += [] if "ordered_at" in match.columns else ["when (ordered_at)"]
    if "amount" not in match.columns and not {"quantity", "unit_price"} <= set(match.columns):
        lacking.append("how much (amount, or quantity and unit_price)")
    return lacking


def say_why_not(engine: Engine, group: list[Seen], match: Match) -> str:
    """Say why files are no order lines."""
    one = group[0]
    there = ", ".join(repr(column.header) for column in one.columns[:30]) + (f" and {len(one.columns) - 30} more" if len(one.columns) > 30 else "")
    lacking = list_lacking(match)
    if unfit := find_unfit(one.columns):
        return f"{one.path.name} holds {unfit}."
    if "customer_id" in match.columns and has_one_row_each(engine, group, match.columns["customer_id"]):
        header = match.columns["customer_id"]
        return (
            f"{one.path.name} has one row per customer ({one.rows:,} rows, each with another {header!r}), not one per order: there is no column for "
            f"{' and '.join(lacking) or 'single orders'}. Reports are made from order lines: who bought, when, how much. Export the orders, and give this file beside them as the customer master."
        )
    return (
        f"{one.path.name} does not look like order lines: no column was found for {' and '.join(lacking)}. Its headers are: {there}. "
        "If they are there under other names, copy an example workbook.toml and write the names under [inputs.transactions.columns]."
    )


def guess_orders(engine: Engine, group: list[Seen], match: Match) -> Guess:
    """Make the guess for the order lines from one group of files with the same headers."""
    first, preset = group[0], match.preset or {}
    said = list(match.said)
    columns, attributes = dict(match.columns), dict(match.attributes)
    source, found = describe(engine, group, columns, "transactions")
    said += found
    if not preset and {"amount", "quantity", "unit_price", "order_id"} <= set(columns) and _repeats_totals(engine, group, columns, source.get("decimal", ".")):
        said.append(f"{columns.pop('amount')!r} repeats the total of the order on each of its rows: quantity times unit_price is used instead.")
    source |= {"columns": columns, "attributes": attributes}
    if fill_down := [name for name in preset.get("fill_down", ()) if name in columns or name in attributes]:
        source["fill_down"] = fill_down
        said.append("What stands only on the first row of an order counts for its next rows too.")
    chinese = sum(bool(re.search(r"[\u4e00-\u9fff]", column.header)) for column in first.columns) > len(first.columns) / 2
    currency, zone = preset.get("currency", "CNY" if chinese else ""), preset.get("time_zone", "Asia/Shanghai" if chinese else "UTC")
    if "currency" in columns and len(codes := list_values(engine, first, columns["currency"], 10)) == 1 and re.fullmatch(r"[A-Za-z]{3}", codes[0]):
        currency = codes[0].upper()
    said.append(f"Money is in {currency}." if currency else "The currency is not known: write it into the configuration to see its sign.")
    said.append(f"The time zone is {zone}.")
    grain = preset.get("order", "id" if "order_id" in columns else "day")
    if grain == "day":
        said.append("There is no order number: an order is what a customer buys in a day.")
    identity = {"guests": preset["guests"]} if "guests" in preset else {}
    if identity:
        said.append("There is no customer number: buyers are known by their e-mail or phone.")
    extra = {rule["rule"]: dict(rule) for rule in preset.get("rules", [])}
    if "status" in columns:
        rule, reason = _paid_rule(engine, group, columns)
        extra |= rule
        said.append(reason)
    rules = tuple(extra.get(name, {"rule": name}) for name in _RULES if name in extra or name not in ("unpaid", "non_product"))
    name = re.sub(r"[^\w\- ]+", " ", first.path.name.split(".")[0]).strip()[:60] or "shop"
    return Guess(name, source, None, grain, currency, zone, rules, preset.get("name"), tuple(said), identity=identity)


def _paid_rule(engine: Engine, group: list[Seen], columns: dict[str, str]) -> tuple[dict[str, dict[str, Any]], str]:
    """Guess which states of an order count as paid, and say so."""
    header = columns["status"]
    states = divide_states(list_values(engine, group[0], header, 40))
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


def _negative(engine: Engine, group: list[Seen], columns: dict[str, str], states: tuple[str, ...]) -> bool:
    """Tell whether most rows with these states are negative."""
    piece = group[0].reading.pieces[0]
    measure = next(name for name in ("quantity", "amount") if name in columns)
    source = Source(files=("x",), columns={"status": columns["status"], measure: columns[measure]})
    sql = {one.name: typed(one, Evidence(), Decisions(), source, "UTC") for one in find_fields(piece, source, TRANSACTION_COLUMNS)}
    rows, negative = engine.reader.con.execute(
        f"select count(*), count(*) filter ({sql[measure]} < 0) from {piece.relation} where list_contains($states, {sql['status']})", {"states": list(states)}
    ).fetchone()
    return negative > rows / 2


def _repeats_totals(engine: Engine, group: list[Seen], columns: dict[str, str], decimal: Literal[".", ","]) -> bool:
    """Tell whether the amount is that of the whole order, repeated on each of its rows."""
    piece = group[0].reading.pieces[0]
    source = Source(files=("x",), decimal=decimal, columns={name: columns[name] for name in ("order_id", "quantity", "unit_price", "amount")})
    sql = {one.name: typed(one, Evidence(), Decisions(), source, "UTC") for one in find_fields(piece, source, TRANSACTION_COLUMNS)}
    orders, totals = engine.reader.con.execute(
        f"select count(*), count(*) filter (low = high and abs(low - sum) <= 0.01 * abs(sum) + 0.01) from (select min({sql['amount']}) as low, max({sql['amount']}) as high, "
        f"sum(({sql['quantity']})::decimal(38,4) * {sql['unit_price']}) as sum from {piece.relation} where {sql['order_id']} is not null group by {sql['order_id']} having count(*) > 1)"
    ).fetchone()
    return orders >= 2 and totals >= 0.8 * orders
