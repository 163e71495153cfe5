"""What can be proved of simple conditions without looking at data: that nothing meets them, or that one of them includes another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlglot import exp

from analysis.models.expression_text import read_expression

_MIRRORED = {exp.LT: exp.GT, exp.GT: exp.LT, exp.LTE: exp.GTE, exp.GTE: exp.LTE, exp.EQ: exp.EQ}


@dataclass(frozen=True)
class Range:
    """Values that a column may have: numbers between two ends, of which some may be left out, or some texts."""

    low: Decimal = Decimal("-Infinity")
    high: Decimal = Decimal("Infinity")
    low_open: bool = False
    high_open: bool = False
    texts: frozenset[str] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no value is left."""
        return self.texts == frozenset() or self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def meet(self, other: "Range") -> "Range":
        """Give what both allow."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_shut = min((self.high, not self.high_open), (other.high, not other.high_open))
        texts = self.texts if other.texts is None else other.texts if self.texts is None else self.texts & other.texts
        return Range(low, high, low_open, not high_shut, texts)

    def includes(self, other: "Range") -> bool:
        """Tell whether it allows everything that the other does."""
        if (self.texts is None) != (other.texts is None):
            return False
        if self.texts is not None and other.texts is not None:
            return self.texts >= other.texts
        return self.meet(other) == replace(other)


def read_ranges(text: str, *, origin: str) -> tuple[dict[str, Range], bool]:
    """Read a condition as ranges of columns that have to be met together.

    Returns
    -------
    ranges : dict of str to Range
        By column in lower case: what a value must lie in for the condition to be true.
    is_whole : bool
        Whether the ranges say all of it; otherwise it says more, and the ranges are necessary and not enough.
    """
    ranges: dict[str, Range] = {}
    whole = True
    for part in _split(read_expression(text, origin=origin).tree):
        found = _read(part)
        if found is None:
            whole = False
            continue
        column, limits = found
        ranges[column] = ranges.get(column, Range()).meet(limits)
    return ranges, whole


def is_impossible(text: str, *, origin: str) -> bool:
    """Tell whether a condition contradicts itself: ``monetary > 100 and monetary < 50``."""
    return any(limits.is_empty for limits in read_ranges(text, origin=origin)[0].values())


def is_included(text: str, by: str, *, origin: str) -> bool:
    """Tell whether whoever meets a condition surely meets the other one too."""
    inner, _whole = read_ranges(text, origin=origin)
    outer, whole = read_ranges(by, origin=origin)
    return whole and bool(outer) and all(column in inner and limits.includes(inner[column]) for column, limits in outer.items())


def normalise(text: str, *, origin: str) -> str:
    """Write a rule so that two that differ in spaces, brackets, capitals of words and the order of `and` and `or` are written alike."""
    return _write(read_expression(text, origin=origin).tree)


def _write(node: exp.Expr) -> str:
    if isinstance(node, exp.Paren):
        return _write(node.this)
    if isinstance(node, exp.And | exp.Or):
        joint = "and" if isinstance(node, exp.And) else "or"
        return f"({f' {joint} '.join(sorted(_write(part) for part in node.flatten()))})"
    if isinstance(node, exp.Column):
        return f'"{node.name.lower()}"'
    copied = node.copy()
    for key, value in node.args.items():
        children = value if isinstance(value, list) else [value]
        written = [exp.Var(this=_write(child)) if isinstance(child, exp.Expr) else child for child in children]
        copied.set(key, written if isinstance(value, list) else written[0])
    return copied.sql(dialect="duckdb", comments=False)


def _split(node: exp.Expr) -> Iterator[exp.Expr]:
    if isinstance(node, exp.Paren):
        yield from _split(node.this)
    elif isinstance(node, exp.And):
        for part in node.flatten():
            yield from _split(part)
    else:
        yield node


def _read(node: exp.Expr) -> tuple[str, Range] | None:
    """Read one comparison of a column with what is written there."""
    if isinstance(node, exp.Between) and isinstance(node.this, exp.Column):
        ends = [_number(node.args[end]) for end in ("low", "high")]
        return None if None in ends else (node.this.name.lower(), Range(ends[0], ends[1]))  # type: ignore[arg-type]
    if isinstance(node, exp.In) and isinstance(node.this, exp.Column):
        listed = [value.name for value in node.expressions if isinstance(value, exp.Literal) and value.is_string]
        return (node.this.name.lower(), Range(texts=frozenset(listed))) if listed and len(listed) == len(node.expressions) else None
    kind = type(node)
    if kind not in _MIRRORED:
        return None
    column, value = node.this, node.expression
    if isinstance(value, exp.Column):
        column, value, kind = value, column, _MIRRORED[kind]
    if not isinstance(column, exp.Column):
        return None
    if isinstance(value, exp.Literal) and value.is_string:
        return (column.name.lower(), Range(texts=frozenset({value.name}))) if kind is exp.EQ else None
    number = _number(value)
    if number is None:
        return None
    low = {"low": number, "low_open": kind is exp.GT} if kind in (exp.GT, exp.GTE, exp.EQ) else {}
    high = {"high": number, "high_open": kind is exp.LT} if kind in (exp.LT, exp.LTE, exp.EQ) else {}
    return column.name.lower(), Range(**low, **high)  # type: ignore[arg-type]


def _number(node: exp.Expr) -> Decimal | None:
    if isinstance(node, exp.Paren):
        return _number(node.this)
    if isinstance(node, exp.Neg):
        inner = _number(node.this)
        return None if inner is None else -inner
    return Decimal(node.name) if isinstance(node, exp.Literal) and not node.is_string else None
