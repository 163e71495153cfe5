"""BigQuery, Databricks, Snowflake and Trino, through Ibis: what is computed there is compiled to their SQL and tested as text; nobody has run it yet.

Exact quantiles are no aggregate in BigQuery and Trino. There the values of a group are collected into one ordered array and read at their places: the array lies on one
worker, with 8 bytes a value, and BigQuery takes no row of more than 100 MB.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet as pq
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql import SQLBackend
from ibis.backends.sql.compilers.base import NULL, SQLGlotCompiler
from ibis.backends.sql.compilers.bigquery import BigQueryCompiler
from ibis.backends.sql.compilers.snowflake import SnowflakeCompiler
from ibis.backends.sql.compilers.trino import TrinoCompiler
from ibis.expr import datatypes as dt
from ibis.expr import operations as ops
from ibis.expr.types import Table

from analysis.engines.spark_sql import DatabricksSparkCompiler
from analysis.errors import ConfigurationError
from analysis.settings.engine import EngineSettings

_EXAMPLES = {
    "bigquery": "bigquery://PROJECT/DATASET",
    "databricks": "databricks://token:TOKEN@HOST/CATALOG/SCHEMA?http_path=PATH",
    "snowflake": "snowflake://USER:PASSWORD@ACCOUNT/DATABASE/SCHEMA?warehouse=NAME",
    "trino": "trino://USER:PASSWORD@HOST:443/CATALOG/SCHEMA",
}
_ORDERED = sg.column("ordered")
_COUNT = sge.ArraySize(this=_ORDERED)


class _OrderedArrays:
    """Quantiles read from the ordered array of a group's values, which has a name so that it is collected once, however many places are asked for."""

    __slots__ = ()
    cast: Any
    f: Any
    if_: Any

    def visit_Median(self, op: ops.Median, *, arg: sge.Expression, where: sge.Expression | None) -> sge.Expression:  # noqa: N802
        return self.visit_Quantile(op, arg=arg, quantile=self.cast(0.5, dt.float64), where=where)

    def visit_Quantile(self, op: ops.Value, *, arg: sge.Expression, quantile: sge.Expression, where: sge.Expression | None) -> sge.Expression:  # noqa: N802
        return self._read(op, arg, where, self._interpolate(quantile))

    def visit_MultiQuantile(self, op: ops.MultiQuantile, *, arg: sge.Expression, quantile: sge.Array, where: sge.Expression | None) -> sge.Expression:  # noqa: N802
        asked = self.f.array(*(self._interpolate(share) for share in quantile.expressions))
        # BigQuery returns no array with a null inside; without a value there is no array in DuckDB either
        return self._read(op, arg, where, self.if_(_COUNT > 0, asked, NULL))

    def _interpolate(self, share: sge.Expression) -> sge.Expression:
        place = (_COUNT - 1) * share
        floor, ceiling = self.f.floor(place.copy()), self.f.ceil(place.copy())
        low, high = self._pick(floor.copy()), self._pick(ceiling)
        return low + (high - low) * (place - floor)  # between equal values exactly that value, which two weights would miss by a last digit

    def _read(self, op: ops.Value, arg: sge.Expression, where: sge.Expression | None, result: sge.Expression) -> sge.Expression:
        values = arg if op.arg.dtype.is_float64() else self.cast(arg, dt.float64)
        return self._name(self._collect(values, where), result)

    def _collect(self, values: sge.Expression, where: sge.Expression | None) -> sge.Expression:
        """Write the ordered array of the values that are no null."""
        raise NotImplementedError

    def _name(self, ordered: sge.Expression, result: sge.Expression) -> sge.Expression:
        """Give an array the name by which the result refers to it."""
        raise NotImplementedError

    def _pick(self, place: sge.Expression) -> sge.Expression:
        """Read the value at a place, which counts from 0."""
        raise NotImplementedError


class _BigQuery(_OrderedArrays, BigQueryCompiler):
    __slots__ = ()
    UNSUPPORTED_OPS = tuple(op for op in BigQueryCompiler.UNSUPPORTED_OPS if op is not ops.Median)

    def visit_HexDigest(self, op: ops.HexDigest, *, arg: sge.Expression, how: str) -> sge.Expression:  # noqa: N802
        return self.f.to_hex(self.f.anon[how](arg))

    def _collect(self, values: sge.Expression, where: sge.Expression | None) -> sge.Expression:
        chosen = values.copy() if where is None else self.if_(where, values.copy(), NULL)
        order = sge.Order(this=chosen, expressions=[sge.Ordered(this=values, nulls_first=True)])
        return self.f.array_agg(sge.IgnoreNulls(this=order))

    def _name(self, ordered: sge.Expression, result: sge.Expression) -> sge.Expression:
        return self.f.anon["WITH"](sge.Alias(this=_ORDERED.copy(), alias=ordered), result)  # the name stands before what it names

    def _pick(self, place: sge.Expression) -> sge.Expression:
        return _ORDERED.copy()[self.f.safe_offset(self.cast(place, dt.int64))]


class _Snowflake(SnowflakeCompiler):
    __slots__ = ()
    UNSUPPORTED_OPS = tuple(op for op in SnowflakeCompiler.UNSUPPORTED_OPS if op is not ops.MultiQuantile)

    def visit_HexDigest(self, op: ops.HexDigest, *, arg: sge.Expression, how: str) -> sge.Expression:  # noqa: N802
        return self.f.anon.md5_hex(arg) if how == "md5" else self.f.anon.sha2_hex(arg, int(how.removeprefix("sha")))

    def visit_MultiQuantile(self, op: ops.MultiQuantile, *, arg: sge.Expression, quantile: sge.Array, where: sge.Expression | None) -> sge.Expression:  # noqa: N802
        asked = [self.visit_Quantile(op, arg=arg, quantile=place, where=where) for place in quantile.expressions]
        return self.f.array_construct(*asked)


class _Trino(_OrderedArrays, TrinoCompiler):
    __slots__ = ()
    UNSUPPORTED_OPS = tuple(op for op in TrinoCompiler.UNSUPPORTED_OPS if op is not ops.Median)

    def visit_HexDigest(self, op: ops.HexDigest, *, arg: sge.Expression, how: str) -> sge.Expression:  # noqa: N802
        return self.f.lower(self.f.to_hex(self.f.anon[how](self.f.to_utf8(arg))))

    def _collect(self, values: sge.Expression, where: sge.Expression | None) -> sge.Expression:
        known = values.copy().is_(sg.not_(NULL))
        # ordered while it is collected: otherwise workers would send parts of the array to one another, which go as rows of 16 MB at most
        return self.agg.array_agg(values, where=known if where is None else sg.and_(known, where), order_by=[sge.Ordered(this=values.copy())])

    def _name(self, ordered: sge.Expression, result: sge.Expression) -> sge.Expression:
        # nothing but the parameter of a function has a name inside an expression
        return self.f.element_at(self.f.transform(self.f.array(ordered), sge.Lambda(this=result, expressions=[_ORDERED.this.copy()])), 1)

    def _pick(self, place: sge.Expression) -> sge.Expression:
        return self.f.element_at(_ORDERED.copy(), self.cast(place, dt.int64) + 1)


COMPILERS: Mapping[str, SQLGlotCompiler] = {"bigquery": _BigQuery(), "databricks": DatabricksSparkCompiler(), "snowflake": _Snowflake(), "trino": _Trino()}


def connect(settings: EngineSettings, scratch: Path) -> tuple[SQLBackend, Callable[[str, Path], Table], Callable[[], object]]:
    """Reach the warehouse that the environment variable names; our tables lie in the schema at the end of the address.

    Returns
    -------
    SQLBackend
    callable
        Brings a Parquet file there, under a name.
    callable
        Ends the connection.

    Raises
    ------
    ConfigurationError
        When the variable is not set, or the warehouse cannot be reached; the address is never told.
    ImportError
        When what speaks to it is not installed.
    """
    variable, kind = str(settings.url_env), settings.kind
    address = os.environ.get(variable, "").strip()
    if not address.startswith(f"{kind}://"):
        raise ConfigurationError(
            f"The environment variable {variable}, which the configuration names, {'holds no address of ' + kind if address else 'is not set'}. "
            f"Set it, as {_EXAMPLES[kind]}, and run again. The last part is the schema for our own tables."
        )
    try:
        con = ibis.connect(address)
    except ImportError:
        raise  # whoever asked names the extra
    except Exception as error:  # noqa: BLE001 - every driver has its own, and its text may hold the address
        raise ConfigurationError(
            f"{kind} cannot be reached at the address in {variable} ({type(error).__name__}). Check host, user, password or token and schema in it, and the network."
        ) from None
    con.compiler = COMPILERS[kind]
    return con, lambda name, path: con.create_table(name, pq.read_table(path), overwrite=True), con.disconnect
