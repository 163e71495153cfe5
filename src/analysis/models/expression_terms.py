"""Parts of a rule with their kind: what can be compared with what, and numbers that stay exact as long as their digits fit."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

import ibis
from ibis.expr.types import Value

KINDS = {"number": "a number", "text": "a text", "boolean": "yes or no", "date": "a date", "time": "a time", "null": "nothing (null)"}
WHOLE = 24  # digits before the point that a sum of money can have: lines are decimal(18,4), and there are fewer than 10^10 of them
INTEGER = 18  # digits that an int64 surely holds
_WIDEST = 38


@dataclass(frozen=True)
class Term:
    """A part of a rule.

    Parameters
    ----------
    value : ibis Value
        An integer, a decimal or a float for numbers.
    kind : str
        A key of `KINDS`.
    digits : tuple of int, optional
        Of an exact number: digits before and behind the point. None is a float.
    said : int, Decimal or str, optional
        What a literal says.
    """

    value: Value
    kind: str
    digits: tuple[int, int] | None = None
    said: Decimal | str | None = None


class Mismatch(Exception):
    """Two parts that cannot stand together."""


def say_kind(term: Term) -> str:
    """Name the kind of a part."""
    return KINDS[term.kind]


def take_column(column: Value) -> Term:
    """Take a column as it is in the table.

    Raises
    ------
    Mismatch
        When it holds something that rules cannot read: lists, intervals, times of day.
    """
    kind = column.type()
    if kind.is_integer():
        return Term(column, "number", (INTEGER, 0))
    if kind.is_decimal():
        scale = kind.scale or 0
        return Term(column, "number", (min((kind.precision or _WIDEST) - scale, WHOLE), scale))
    named = {"number": kind.is_floating(), "text": kind.is_string(), "boolean": kind.is_boolean(), "date": kind.is_date(), "time": kind.is_timestamp()}
    for name, fits in named.items():
        if fits:
            return Term(column, name)
    raise Mismatch(f"a column of type {kind}")


def take_number(said: Decimal) -> Term:
    """Take a number as written: 12, 0.5, 1e3."""
    _sign, digits, exponent = said.as_tuple()
    scale = max(0, -int(exponent))
    whole = max(1, len(digits) + int(exponent))
    if whole > INTEGER or scale > 10:
        raise Mismatch(f"{said} is too long: a number has at most {INTEGER} digits before the point and 10 behind it")
    literal = ibis.literal(int(said), "int64") if not scale else ibis.literal(said, f"decimal({whole + scale},{scale})")
    return Term(literal, "number", (whole, scale), said)


def take_text(said: str) -> Term:
    """Take a text as written."""
    return Term(ibis.literal(said, "string"), "text", said=said)


def as_exact(term: Term, scale: int) -> Value:
    """Give an exact number as a decimal with so many digits behind the point."""
    return term.value.cast(f"decimal({_WIDEST},{scale})")


def as_float(term: Term) -> Value:
    """Give a number as a float; a literal becomes the float nearest to it."""
    return ibis.literal(float(term.said), "float64") if isinstance(term.said, Decimal) else term.value.cast("float64")


def exact(value: Value, digits: tuple[int, int]) -> Term:
    """Give what was computed exactly, in a type of its own: int64 where that holds it."""
    whole, scale = digits
    return Term(value.cast("int64" if not scale and whole <= INTEGER else f"decimal({_WIDEST},{scale})"), "number", digits)


def align(terms: Sequence[Term]) -> list[Term]:
    """Bring parts that stand side by side to one type: numbers exactly where their digits fit, texts that say a day to a day.

    Raises
    ------
    Mismatch
        When they are of kinds that cannot be compared.
    """
    kinds = {term.kind for term in terms} - {"null"}
    if kinds == {"number"}:
        return _align_numbers(terms)
    if kinds & {"date", "time"} and kinds <= {"date", "time", "text"}:
        target = "time" if "time" in kinds else "date"
        return [_as_day(term, target) for term in terms]
    if len(kinds) > 1:
        refuse_kinds([term for term in terms if term.kind != "null"])
    kind = next(iter(kinds), "null")
    plain = {"text": "string", "boolean": "boolean"}.get(kind)
    return [Term(ibis.null(plain), kind) if term.kind == "null" and plain else term for term in terms]


def refuse_kinds(terms: Sequence[Term]) -> NoReturn:
    """Say that parts are of different kinds."""
    names = list(dict.fromkeys(say_kind(term) for term in terms))
    raise Mismatch(f"{names[0]} does not go together with {names[1]}")


def _align_numbers(terms: Sequence[Term]) -> list[Term]:
    known = [term.digits for term in terms if term.kind != "null"]
    digits = [each for each in known if each]
    whole, scale = (max(each[place] for each in digits) if digits else 0 for place in (0, 1))
    if len(digits) < len(known) or whole + scale > _WIDEST:
        return [Term(ibis.null("float64") if term.kind == "null" else as_float(term), "number") for term in terms]
    kind = "int64" if not scale and whole <= INTEGER else f"decimal({_WIDEST},{scale})"
    return [Term(ibis.null(kind) if term.kind == "null" else term.value.cast(kind), "number", (whole, scale)) for term in terms]


def _as_day(term: Term, target: str) -> Term:
    kind = "date" if target == "date" else "timestamp"
    if term.kind == "null":
        return Term(ibis.null(kind), target)
    if term.kind == "text":
        if not isinstance(term.said, str):
            raise Mismatch("a text does not go together with a date; write cast(... as date)")
        return take_day(term.said, target)
    return Term(term.value.cast(kind) if term.kind != target else term.value, target)


def take_day(said: str, target: str = "date") -> Term:
    """Take a day as written, '2024-12-31'."""
    try:
        day = dt.date.fromisoformat(said)
    except ValueError:
        raise Mismatch(f"{said[:40]!r} is not a date; a date is written date '2024-12-31'") from None
    moment = ibis.literal(dt.datetime.combine(day, dt.time()), "timestamp")
    return Term(ibis.literal(day, "date") if target == "date" else moment, target)


def add(left: Term, right: Term, sign: int) -> Term:
    """Add or subtract numbers; a date less a date is the days between them.

    Raises
    ------
    Mismatch
    """
    if {left.kind, right.kind} & {"date", "time"} and sign < 0:
        earlier, later = align([right, left])
        if earlier.kind in ("date", "time"):
            return Term(later.value.cast("date").delta(earlier.value.cast("date"), unit="day"), "number", (INTEGER, 0))
    if {left.kind, right.kind} & {"date", "time"}:
        raise Mismatch("with dates, one can only take one from another, which gives days: as_of - last_order_date > 30")
    _numbers(left, right)
    one, other = align([left, right])
    if not one.digits:
        return Term(one.value + other.value if sign > 0 else one.value - other.value, "number")
    whole, scale = one.digits
    if whole + 1 + scale > _WIDEST:
        return Term(as_float(left) + as_float(right) * sign, "number")
    if not scale and whole + 1 > INTEGER:  # beyond an int64
        one, other = (Term(as_exact(term, 0), "number", (whole, 0)) for term in (one, other))
    return exact(one.value + other.value if sign > 0 else one.value - other.value, (whole + 1, scale))


def multiply(left: Term, right: Term) -> Term:
    """Multiply, exactly where the digits fit into a decimal.

    Raises
    ------
    Mismatch
    """
    _numbers(left, right)
    if left.digits and right.digits:
        whole, scale = (a + b for a, b in zip(left.digits, right.digits, strict=True))
        if whole + scale <= _WIDEST:
            return exact(as_exact(left, left.digits[1]) * as_exact(right, right.digits[1]), (whole, scale))
    return Term(as_float(left) * as_float(right), "number")


def divide(left: Term, right: Term) -> Term:
    """Divide, in floats; by zero is null.

    Raises
    ------
    Mismatch
    """
    _numbers(left, right)
    return Term(as_float(left) / as_float(right).nullif(0.0), "number")


def remain(left: Term, right: Term) -> Term:
    """Give the remainder of a division; by zero is null.

    Raises
    ------
    Mismatch
    """
    _numbers(left, right)
    one, other = align([left, right])
    nothing = ibis.literal(0, other.value.type())
    return Term(one.value % other.value.nullif(nothing), "number", one.digits)


def _numbers(*terms: Term) -> None:
    for term in terms:
        if term.kind != "number":
            raise Mismatch(f"one can reckon with numbers only, and this is {say_kind(term)}")


def turn(term: Term, step: Callable[[Value], Value]) -> Term:
    """Change the sign of a number, or take it away.

    Raises
    ------
    Mismatch
    """
    _numbers(term)
    return exact(step(exact(term.value, term.digits).value), term.digits) if term.digits else Term(step(term.value), "number")


def round_to(term: Term, step: Callable[[Value], Value], places: int) -> Term:
    """Round or floor: exact numbers stay exact; a float too large to have a fraction stays as it is."""
    _numbers(term)
    if term.digits:
        whole, scale = term.digits
        return term if scale <= places else exact(step(term.value), (min(whole + 1, _WIDEST - places), places))
    rounded = step(term.value)
    return Term(ibis.cases((term.value.abs() < float(2**52), rounded.cast("float64")), else_=term.value), "number")
