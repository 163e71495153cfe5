"""A rule as somebody wrote it: read, held to its limits, and the columns it names."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

import sqlglot
from sqlglot import Token, TokenType, exp
from sqlglot.errors import ParseError, SqlglotError

from analysis.errors import ConfigurationError

LONGEST, MOST_WORDS, DEEPEST = 4000, 1000, 30  # characters, words and signs, levels of nesting
DAY = "as_of"  # the word for the day of the report
DIALECT = "duckdb"
ALLOWED = (
    "=, <>, <, <=, >, >=, and, or, not, in (...), between ... and ..., is null, is not null, like, + - * / %, case when ... then ... else ... end, "
    "coalesce, lower, upper, length, abs, round, floor, least, greatest, cast(... as double, text or date), date '2024-12-31', as_of, "
    "a date less a date, date_diff('day', ..., ...)"
)
_NESTING = {TokenType.L_PAREN: 1, TokenType.CASE: 1, TokenType.R_PAREN: -1, TokenType.END: -1}
_SIGNS = (TokenType.NOT, TokenType.DASH, TokenType.PLUS)
_CHAINS = (exp.And, exp.Or)  # a and b and c is one level, however long
_REFUSED = {TokenType.SEMICOLON: "it is one expression, not several statements", TokenType.PARAMETER: "the sign @ means nothing in a rule"}


@dataclass(frozen=True)
class Rule:
    """An expression, read: its tree, its text, and whose it is."""

    tree: exp.Expr
    text: str
    origin: str

    def refuse(self, problem: str) -> NoReturn:
        """Say what is wrong with the rule."""
        refuse(problem, self.text, self.origin)


def refuse(problem: str, text: str, origin: str) -> NoReturn:
    """Say what is wrong with a rule, whose it is, and how it reads."""
    shown = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    raise ConfigurationError(f"The rule of {origin} cannot be used: {problem}. The rule: {shown[:200]}{'…' if len(shown) > 200 else ''}")


def read_expression(text: str, *, origin: str) -> Rule:
    """Read an expression; nothing is looked up and nothing is run.

    Raises
    ------
    ConfigurationError
        When it is empty, too long, too deep, several statements, or not an expression at all.
    """
    if not text.strip():
        refuse("it is empty", text, origin)
    if len(text) > LONGEST:
        refuse(f"it has {len(text):,} characters, more than {LONGEST:,}", text, origin)
    if strange := next((letter for letter in text if unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\r\n"), ""):
        refuse(f"it holds the control character U+{ord(strange):04X}", text, origin)
    try:
        tokens = sqlglot.tokenize(text, read=DIALECT)
        _check_tokens(tokens, text, origin)
        tree = sqlglot.parse_one(text, into=exp.Condition, dialect=DIALECT)
    except SqlglotError as error:
        place = error.errors[0].get("highlight", "") if isinstance(error, ParseError) and error.errors else ""
        refuse("it is not a complete expression" + (f"; reading stopped at {place[:60]!r}" if place else ""), text, origin)
    except RecursionError:
        refuse("it is nested too deeply", text, origin)
    if any(depth > DEEPEST for depth, _node in _levels(tree)):
        refuse(f"it is nested more than {DEEPEST} levels deep", text, origin)
    return Rule(tree, text, origin)


def _check_tokens(tokens: list[Token], text: str, origin: str) -> None:
    """Look at the words one by one: the parser calls itself once a level, and must not be sent too deep."""
    if len(tokens) > MOST_WORDS:
        refuse(f"it has {len(tokens):,} words and signs, more than {MOST_WORDS:,}", text, origin)
    depth = signs = 0
    for token in tokens:
        if token.comments:
            refuse("comments (-- and /*) have no place in a rule", text, origin)
        if problem := _REFUSED.get(token.token_type):
            refuse(problem, text, origin)
        depth += _NESTING.get(token.token_type, 0)
        signs = signs + 1 if token.token_type in _SIGNS else 0
        if depth + signs > DEEPEST // 2:
            refuse(f"it is nested more than {DEEPEST // 2} levels deep", text, origin)


def _levels(tree: exp.Expr) -> Iterator[tuple[int, exp.Expr]]:
    """Give every node with its level, without calling ourselves."""
    heap = [(0, tree)]
    while heap:
        depth, node = heap.pop()
        yield depth, node
        heap += [(depth + (not isinstance(child, _CHAINS) or type(child) is not type(node)), child) for child in node.iter_expressions()]


def columns_of(text: str, *, origin: str) -> frozenset[str]:
    """Name the columns that an expression reads, as it writes them; `as_of`, the day of the report, is none.

    Raises
    ------
    ConfigurationError
        When the expression cannot be read.
    """
    return frozenset(node.name for _depth, node in _levels(read_expression(text, origin=origin).tree) if isinstance(node, exp.Column)) - {DAY}
