"""The SQL of Spark and of Databricks, written so that it is read as it was meant."""

import re

import sqlglot.expressions as sge
from ibis.backends.sql.compilers.databricks import DatabricksCompiler
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.backends.sql.dialects import PySpark
from ibis.expr import operations as ops
from sqlglot.dialects import Databricks

_ESCAPES = {
    letter: f"\\u{ord(letter):04x}" for letter in "\a\b\f\v"
}  # a backslash before one of a, f, v is the letter itself: blanks at the ends would take letters along


class SparkText(PySpark):
    """Texts as Spark reads them."""


class DatabricksText(Databricks):
    """Texts as Databricks reads them."""


SparkText.ESCAPED_SEQUENCES = PySpark.ESCAPED_SEQUENCES | _ESCAPES
DatabricksText.ESCAPED_SEQUENCES = Databricks.ESCAPED_SEQUENCES | _ESCAPES


class _Patterns:
    """Groups of a pattern are pointed to as Java does, by a dollar."""

    __slots__ = ()

    def visit_RegexReplace(self, op: ops.RegexReplace, *, arg: sge.Expression, pattern: sge.Expression, replacement: sge.Expression) -> sge.Func:  # noqa: N802
        told = op.replacement
        into = sge.convert(re.sub(r"\\(\d)", r"$\1", told.value.replace("$", r"\$"))) if isinstance(told, ops.Literal) else replacement
        return sge.func("regexp_replace", arg, pattern, into)


class SparkCompiler(_Patterns, PySparkCompiler):
    """Expressions for Spark."""

    __slots__ = ()
    dialect = SparkText


class DatabricksSparkCompiler(_Patterns, DatabricksCompiler):
    """Expressions for Databricks."""

    __slots__ = ()
    dialect = DatabricksText
