"""BigQuery, Databricks, Snowflake and Trino, through Ibis: what is computed there is compiled to their SQL and tested as text; nobody has run it yet.

Exact quantiles are no aggregate in BigQuery and Trino: what fits cut points or gives medians cannot be computed there.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import ibis
import pyarrow.parquet as pq
import sqlglot.expressions as sge
from ibis.backends.sql import SQLBackend
from ibis.backends.sql.compilers.base import SQLGlotCompiler
from ibis.backends.sql.compilers.bigquery import BigQueryCompiler
from ibis.backends.sql.compilers.snowflake import SnowflakeCompiler
from ibis.backends.sql.compilers.trino import TrinoCompiler
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


class _BigQuery(BigQueryCompiler):
    __slots__ = ()

    def visit_HexDigest(self, op: ops.HexDigest, *, arg: sge.Expression, how: str) -> sge.Expression:  # noqa: N802
        return self.f.to_hex(self.f.anon[how](arg))


class _Snowflake(SnowflakeCompiler):
    __slots__ = ()
    UNSUPPORTED_OPS = tuple(op for op in SnowflakeCompiler.UNSUPPORTED_OPS if op is not ops.MultiQuantile)

    def visit_HexDigest(self, op: ops.HexDigest, *, arg: sge.Expression, how: str) -> sge.Expression:  # noqa: N802
        return self.f.anon.md5_hex(arg) if how == "md5" else self.f.anon.sha2_hex(arg, int(how.removeprefix("sha")))

    def visit_MultiQuantile(self, op: ops.MultiQuantile, *, arg: sge.Expression, quantile: sge.Array, where: sge.Expression | None) -> sge.Expression:  # noqa: N802
        asked = [self.visit_Quantile(op, arg=arg, quantile=place, where=where) for place in quantile.expressions]
        return self.f.array_construct(*asked)


class _Trino(TrinoCompiler):
    __slots__ = ()

    def visit_HexDigest(self, op: ops.HexDigest, *, arg: sge.Expression, how: str) -> sge.Expression:  # noqa: N802
        return self.f.lower(self.f.to_hex(self.f.anon[how](self.f.to_utf8(arg))))


COMPILERS: Mapping[str, SQLGlotCompiler] = {"bigquery": _BigQuery(), "databricks": DatabricksSparkCompiler(), "snowflake": _Snowflake(), "trino": _Trino()}


def connect(settings: EngineSettings, scratch: Path) -> tuple[SQLBackend, Callable[[str, Path], Table]]:
    """Reach the warehouse that the environment variable names; our tables lie in the schema at the end of the address.

    Returns
    -------
    SQLBackend
    callable
        Brings a Parquet file there, under a name.

    Raises
    ------
    ConfigurationError
        When the variable is not set, or the warehouse cannot be reached; the address is never told.
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
        raise
    except Exception as error:  # noqa: BLE001 - every driver has its own, and its text may hold the address
        raise ConfigurationError(
            f"{kind} cannot be reached at the address in {variable} ({type(error).__name__}). Check host, user, password or token and schema in it, and the network."
        ) from None
    con.compiler = COMPILERS[kind]
    return con, lambda name, path: con.create_table(name, pq.read_table(path), overwrite=True)
