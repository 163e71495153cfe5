"""Rules written as SQL expressions, translated word by word into the engine's own: what is not on the list here cannot be said.

Nothing that somebody wrote is ever sent to the engine as text. So a rule can read columns and compare, and do nothing else.
"""

import datetime as dt
import difflib
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial, reduce
from typing import Literal

import ibis
from ibis.expr.types import Table, Value
from sqlglot import exp

from analysis.errors import shorten
from analysis.models import expression_terms as terms
from analysis.models.expression_terms import Mismatch, Term
from analysis.models.expression_text import ALLOWED, DAY, DIALECT, Rule, columns_of, read_expression

__all__ = ["columns_of", "compile_expression", "kind_of"]

_PREDICATES = (exp.Predicate, exp.Not, exp.And, exp.Or, exp.In, exp.Between, exp.Is)
_CASTS = {"DOUBLE": "number", "FLOAT": "number", "DECIMAL": "number", "TEXT": "text", "VARCHAR": "text", "DATE": "date"}
_PATTERN, _WILD = 200, 8  # of like: characters, and % signs

Expected = Literal["number", "text", "boolean", "date"]


@dataclass(frozen=True)
class _Scope:
    """What a rule may refer to."""

    rule: Rule
    table: Table
    day: dt.date | None


def compile_expression(text: str, table: Table, *, origin: str, expect: Expected | None = None, day: dt.date | None = None) -> Value:
    """Translate an SQL expression over the columns of a table.

    Null counts as in SQL: compared with anything it gives null, which a filter takes as no. Money is compared and added exactly, and multiplied exactly while the
    digits fit into a decimal; a quotient is a float, and null where the divisor is zero. A cast that fails gives null; `least` and `greatest` pass over nulls.

    Parameters
    ----------
    text : str
        As somebody wrote it in the configuration: ``frequency >= 3 and monetary > 1000``.
    table : Table
        Any grain.
    origin : str
        Whose rule it is, for messages: "tag 'loyal'".
    expect : {"number", "text", "boolean", "date"}, optional
        What it has to give.
    day : datetime.date, optional
        What the word `as_of` stands for.

    Returns
    -------
    ibis Value

    Raises
    ------
    ConfigurationError
        When it says anything that is not allowed, names an unknown column, or compares what cannot be compared.
    """
    rule = read_expression(text, origin=origin)
    scope = _Scope(rule, table, day)
    term = _translate(rule.tree, scope)
    if term.kind == "null" or (expect and term.kind != expect):
        rule.refuse(f"it gives {terms.say_kind(term)}" + (f" where {terms.KINDS[expect]} is needed" if expect else ""))
    return term.value


def kind_of(value: Value) -> str:
    """Tell what a translated expression gives: number, text, boolean, date or time."""
    return terms.take_column(value).kind


def _translate(node: exp.Expr, scope: _Scope) -> Term:
    handler = _HANDLERS.get(type(node))
    if handler is None:
        what = f"the function {node.sql_name().lower() if not isinstance(node, exp.Anonymous) else node.name}" if isinstance(node, exp.Func) else _show(node)
        scope.rule.refuse(f"{what} is not allowed in a rule. Allowed are: {ALLOWED}")
    name, known = handler
    if strange := sorted(key for key, value in node.args.items() if value and key not in known.split() and key != "ignore_nulls"):
        scope.rule.refuse(f"{_show(node)} says more than a rule can ({', '.join(strange)}). Allowed are: {ALLOWED}")
    try:
        return name(node, scope)
    except Mismatch as problem:
        scope.rule.refuse(f"in {_show(node)}, {problem}")


def _show(node: exp.Expr) -> str:
    text = node.sql(dialect=DIALECT, comments=False)
    return f"`{text[:80]}{'…' if len(text) > 80 else ''}`"


def _column(node: exp.Expr, scope: _Scope) -> Term:
    name, columns = node.name, list(scope.table.columns)
    if name == DAY and DAY not in columns:
        if scope.day is None:
            raise Mismatch("the day of the report is not known")
        return Term(ibis.literal(scope.day, "date"), "date")
    found = [column for column in columns if column == name] or [column for column in columns if column.lower() == name.lower()]
    if len(found) != 1:
        near = difflib.get_close_matches(name.lower(), [column.lower() for column in columns], n=3, cutoff=0.6)
        close = [column for column in columns if column.lower() in near]
        hint = f"the nearest are {shorten(close)}" if close else f"there are {shorten(sorted(columns), 12)}"
        scope.rule.refuse(f"there is no column {name[:80]!r}; {hint}. A text is written in single quotes")
    return terms.take_column(scope.table[found[0]])


def _literal(node: exp.Expr) -> Term:
    return terms.take_text(node.name) if node.is_string else terms.take_number(Decimal(node.name))


def _yes(node: exp.Expr, scope: _Scope) -> Value:
    """Translate what has to be yes or no."""
    term = _translate(node, scope)
    if term.kind != "boolean":
        raise Mismatch(f"{_show(node)} is {terms.say_kind(term)}, where yes or no is needed")
    return term.value


def _connect(node: exp.Expr, scope: _Scope, join: Callable[[Value, Value], Value]) -> Term:
    """Join a chain of conditions, as a tree that is as flat as can be."""
    values = [_yes(part, scope) for part in node.flatten(unnest=False)]
    while len(values) > 1:
        values = [reduce(join, values[place : place + 2]) for place in range(0, len(values), 2)]
    return Term(values[0], "boolean")


def _not(node: exp.Expr, scope: _Scope) -> Term:
    return Term(~_yes(node.this, scope), "boolean")


def _bare(node: exp.Expr, scope: _Scope) -> Term:
    """Translate one side of a comparison; another comparison needs brackets there, because people and programs read `a = b is null` differently."""
    if isinstance(node, _PREDICATES):
        raise Mismatch(f"put brackets round {_show(node)}")
    return _translate(node, scope)


def _sides(parts: Sequence[exp.Expr], scope: _Scope) -> list[Value]:
    sides = [_bare(part, scope) for part in parts]
    if any(side.kind == "null" for side in sides):
        raise Mismatch("nothing is equal to null, not even null: write `is null` or `is not null`")
    return [term.value for term in terms.align(sides)]


def _compare(node: exp.Expr, scope: _Scope, compare: Callable[[Value, Value], Value]) -> Term:
    return Term(compare(*_sides([node.this, node.expression], scope)), "boolean")


def _in(node: exp.Expr, scope: _Scope) -> Term:
    if not node.expressions:
        raise Mismatch("the list is empty, or not a list of values in brackets")
    value, *listed = _sides([node.this, *node.expressions], scope)
    return Term(value.isin(listed), "boolean")


def _between(node: exp.Expr, scope: _Scope) -> Term:
    value, low, high = _sides([node.this, node.args["low"], node.args["high"]], scope)
    return Term((value >= low) & (value <= high), "boolean")


def _is(node: exp.Expr, scope: _Scope) -> Term:
    term, wanted = _bare(node.this, scope), node.expression
    if isinstance(wanted, exp.Null):
        return Term(term.value.isnull(), "boolean")
    if not isinstance(wanted, exp.Boolean) or term.kind != "boolean":
        raise Mismatch("only null, true and false can stand behind `is`, the last two for what is yes or no")
    return Term((term.value if wanted.this else ~term.value).fill_null(False), "boolean")


def _like(node: exp.Expr, scope: _Scope, *, fold: bool = False) -> Term:
    term, pattern = _bare(node.this, scope), node.expression
    if term.kind != "text" or not (isinstance(pattern, exp.Literal) and pattern.is_string):
        raise Mismatch("`like` compares a text with a pattern in single quotes")
    if len(pattern.name) > _PATTERN or pattern.name.count("%") > _WILD:
        raise Mismatch(f"a pattern has at most {_PATTERN} characters and {_WILD} signs %")
    found = term.value.ilike(pattern.name) if fold else term.value.like(pattern.name)
    return Term(~found if node.args.get("negate") else found, "boolean")


def _reckon(node: exp.Expr, scope: _Scope, work: Callable[[Term, Term], Term]) -> Term:
    return work(_translate(node.this, scope), _translate(node.expression, scope))


def _negative(node: exp.Expr, scope: _Scope) -> Term:
    term = _translate(node.this, scope)
    return terms.take_number(-term.said) if isinstance(term.said, Decimal) else terms.turn(term, lambda value: -value)


def _case(node: exp.Expr, scope: _Scope) -> Term:
    branches = node.args["ifs"]
    tests = [exp.EQ(this=node.this, expression=branch.this) if node.this else branch.this for branch in branches]
    conditions = [_yes(test, scope) for test in tests]
    default = node.args.get("default")
    results = [_translate(branch.args["true"], scope) for branch in branches] + [_translate(default, scope) if default else Term(ibis.null(), "null")]
    *given, otherwise = terms.align(results)
    if otherwise.kind == "null":
        raise Mismatch("every branch gives null")
    value = ibis.cases(*zip(conditions, [term.value for term in given], strict=True), else_=otherwise.value)
    return Term(value, otherwise.kind, otherwise.digits)


def _choose(node: exp.Expr, scope: _Scope, pick: Callable[..., Value]) -> Term:
    given = terms.align([_translate(part, scope) for part in (node.this, *node.expressions)])
    if given[0].kind == "null" or (pick is not ibis.coalesce and given[0].kind == "boolean"):
        raise Mismatch(f"this does not work with {terms.say_kind(given[0])}")
    return Term(pick(*(term.value for term in given)) if len(given) > 1 else given[0].value, given[0].kind, given[0].digits)


def _text(node: exp.Expr, scope: _Scope, make: Callable[[Value], Value], kind: str) -> Term:
    term = _translate(node.this, scope)
    if term.kind != "text":
        raise Mismatch(f"this needs a text, not {terms.say_kind(term)}")
    return Term(make(term.value), "text") if kind == "text" else Term(make(term.value).cast("int64"), "number", (terms.INTEGER, 0))


def _abs(node: exp.Expr, scope: _Scope) -> Term:
    return terms.turn(_translate(node.this, scope), lambda value: value.abs())


def _round(node: exp.Expr, scope: _Scope) -> Term:
    said = node.args.get("decimals")
    if said is not None and not (isinstance(said, exp.Literal) and not said.is_string and said.name in "0123456789"):
        raise Mismatch("the places to round to are a number from 0 to 9")
    places = int(said.name) if said is not None else 0
    return terms.round_to(_translate(node.this, scope), lambda value: value.round(places) if places else value.round(), places)


def _cast(node: exp.Expr, scope: _Scope) -> Term:
    target = _CASTS.get(node.args["to"].this.name)
    if target is None:
        raise Mismatch("a value can be cast to double, text or date only")
    if target == "date" and isinstance(node.this, exp.Literal) and node.this.is_string:
        return terms.take_day(node.this.name)
    term = _translate(node.this, scope)
    if (target, term.kind) not in {("number", "number"), ("number", "text"), ("date", "date"), ("date", "time"), ("date", "text")} and target != "text":
        raise Mismatch(f"{terms.say_kind(term)} cannot be made {terms.KINDS[target]}")
    if target == "number":
        return Term(terms.as_float(term) if term.kind == "number" else term.value.try_cast("float64"), "number")
    if target == "text":
        return Term(term.value.cast("string"), "text")
    return Term(term.value.try_cast("date") if term.kind == "text" else term.value.cast("date"), "date")


def _date_diff(node: exp.Expr, scope: _Scope) -> Term:
    if str(node.args.get("unit") or "").upper() != "DAY":
        raise Mismatch("days are counted only: date_diff('day', earlier, later)")
    later, earlier = (_translate(part, scope) for part in (node.this, node.expression))
    return terms.add(later, earlier, -1)


_BINARY = "this expression"
_HANDLERS: dict[type, tuple[Callable[[exp.Expr, _Scope], Term], str]] = {
    exp.Column: (_column, "this"),
    exp.Literal: (lambda node, scope: _literal(node), "this is_string"),
    exp.Boolean: (lambda node, scope: Term(ibis.literal(bool(node.this), "boolean"), "boolean"), "this"),
    exp.Null: (lambda node, scope: Term(ibis.null(), "null"), ""),
    exp.Paren: (lambda node, scope: _translate(node.this, scope), "this"),
    exp.And: (partial(_connect, join=operator.and_), _BINARY),
    exp.Or: (partial(_connect, join=operator.or_), _BINARY),
    exp.Not: (_not, "this"),
    **{kind: (partial(_compare, compare=compare), _BINARY) for kind, compare in (
        (exp.EQ, operator.eq), (exp.NEQ, operator.ne), (exp.LT, operator.lt), (exp.LTE, operator.le), (exp.GT, operator.gt), (exp.GTE, operator.ge),
    )},
    exp.In: (_in, "this expressions"),
    exp.Between: (_between, "this low high"),
    exp.Is: (_is, _BINARY),
    exp.Like: (_like, "this expression negate"),
    exp.ILike: (partial(_like, fold=True), "this expression negate"),
    **{kind: (partial(_reckon, work=work), _BINARY) for kind, work in (
        (exp.Add, partial(terms.add, sign=1)), (exp.Sub, partial(terms.add, sign=-1)), (exp.Mul, terms.multiply), (exp.Div, terms.divide), (exp.Mod, terms.remain),
    )},
    exp.Neg: (_negative, "this"),
    exp.Case: (_case, "this ifs default"),
    exp.Coalesce: (partial(_choose, pick=ibis.coalesce), "this expressions"),
    exp.Least: (partial(_choose, pick=ibis.least), "this expressions"),
    exp.Greatest: (partial(_choose, pick=ibis.greatest), "this expressions"),
    exp.Lower: (partial(_text, make=lambda text: text.lower(), kind="text"), "this"),
    exp.Upper: (partial(_text, make=lambda text: text.upper(), kind="text"), "this"),
    exp.Length: (partial(_text, make=lambda text: text.length(), kind="number"), "this"),
    exp.Abs: (_abs, "this"),
    exp.Round: (_round, "this decimals"),
    exp.Floor: (lambda node, scope: terms.round_to(_translate(node.this, scope), lambda value: value.floor(), 0), "this"),
    exp.Cast: (_cast, "this to"),
    exp.TryCast: (_cast, "this to safe"),
    exp.DateDiff: (_date_diff, "this expression unit"),
}  # fmt: skip
