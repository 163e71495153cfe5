"""Every expression that a run hands to its engine, by the name of the table it makes; `asked` what it only asks for."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import ibis.expr.operations as ops
import pytest
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.base import SQLGlotCompiler
from ibis.expr.types import Expr

from analysis.recipes.opened import Opened

SMALL = 1_000  # rows of a table that may be joined with everything


@dataclass(frozen=True)
class Heard:
    """What was handed over: tables by name, and questions."""

    made: dict[str, Expr] = field(default_factory=dict)
    asked: list[Expr] = field(default_factory=list)


@contextmanager
def listen(backend: type) -> Iterator[Heard]:
    """Write down what a kind of engine is told to make and asked for."""
    heard = Heard()
    make, ask = backend.create_table, backend.execute

    def create_table(self, name, /, obj=None, **options):
        if isinstance(obj, Expr):
            heard.made[name] = obj
        return make(self, name, obj, **options)

    def execute(self, expr, /, **options):
        heard.asked.append(expr)
        return ask(self, expr, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backend, "create_table", create_table)
        patch.setattr(backend, "execute", execute)
        yield heard


def build(opened: Opened, names: Iterable[str]) -> None:
    """Build things of a run; tables need not be looked at."""
    for name in names:
        opened.get(name)


def compile_to(expr: Expr, compiler: SQLGlotCompiler) -> sge.Expression:
    """Compile an expression as if its tables were there, and read the text again."""
    query = compiler.to_sqlglot(expr.as_table().unbind()).transform(_spell_out)
    return sg.parse_one(query.sql(compiler.dialect), dialect=compiler.dialect)


def _spell_out(part: sge.Expression) -> sge.Expression:
    """Put what BigQuery's `WITH(name AS value, result)` names in the place of the name: sqlglot does not read this expression."""
    if not isinstance(part, sge.Anonymous) or part.name != "WITH":
        return part
    named, result = part.expressions
    return sge.paren(result.transform(lambda inside: named.args["alias"].copy() if inside == named.this else inside))


def list_global_windows(query: sge.Expression) -> list[str]:
    """Name the windows over everything."""
    return [window.sql() for window in query.find_all(sge.Window) if not window.args.get("partition_by")]


def find_wide_joins(expr: Expr) -> list[str]:
    """Name the joins without an equality of which no side is small: a table in memory, one row, or what is counted by a few groups."""
    found = []
    for chain in expr.op().find(ops.JoinChain):
        sides = [chain.first, *(link.table for link in chain.rest)]
        for link in chain.rest:
            equal = any(isinstance(part, ops.Equals | ops.IdenticalTo) for part in link.predicates)
            if not equal and not any(_is_small(side) for side in (link.table, sides[0])):
                found.append(str(link.table)[:300])
    return found


def _is_small(relation: ops.Relation) -> bool:
    """Tell whether a relation is small by the way it is made."""
    while not isinstance(relation, ops.InMemoryTable | ops.DummyTable | ops.Aggregate | ops.Limit | ops.Distinct | ops.Set):
        inside = relation.args[0] if relation.args else None
        if not isinstance(inside, ops.Relation):
            return False
        relation = inside
    if isinstance(relation, ops.Aggregate):
        return not relation.groups or set(relation.groups) <= {"block", "end", "snapshot", "as_of"}
    return isinstance(relation, ops.InMemoryTable | ops.DummyTable | ops.Limit)
