"""Tables in Spark: what goes in and comes out as Arrow, with the types and the missing values that other engines give."""

import shutil
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.expr import operations as ops
from ibis.expr.types import Expr, Table
from ibis.formats.pandas import PandasData
from ibis.formats.pyarrow import PyArrowData
from pyspark.sql import DataFrame

from analysis.engines.spark_sql import SparkCompiler

with warnings.catch_warnings():
    # nothing here goes through pandas, which is all that this warns of
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    from ibis.backends.pyspark import Backend
    from ibis.backends.pyspark.datatypes import PySparkSchema

BATCH = 100_000  # rows


class SparkTables(Backend):
    """The Spark of Ibis, with Arrow on both sides.

    Numbers keep their types and missing values stay missing (through pandas an integer with a gap is a float, and NaN is not null); a table is written to one file
    piece by piece; a table may be made anew from what it held.

    Attributes
    ----------
    folder : Path or None
        Where tables pass on their way to a file: a folder that the workers of Spark see as well; None where there is none.
    """

    compiler = SparkCompiler()
    folder: Path | None = None

    def create_table(self, name: str, /, obj: Any = None, **options: Any) -> Table:
        """Make a table; Spark itself refuses to write to a table that it reads from."""
        if not isinstance(obj, Expr) or name not in {table.name for table in obj.op().find(ops.DatabaseTable)}:
            return super().create_table(name, obj, **options)
        made = f"{name}_anew"
        super().create_table(made, obj, **options)
        self.raw_sql(f"drop table {self._quote(name)}")
        self.raw_sql(f"alter table {self._quote(made)} rename to {self._quote(name)}")
        return self.table(name)

    def _quote(self, name: str) -> str:
        return f"`{name}`"

    def _register_in_memory_table(self, op: ops.InMemoryTable) -> None:
        rows = op.data.to_pyarrow(op.schema)
        self._session.createDataFrame(rows, schema=PySparkSchema.from_ibis(op.schema)).createOrReplaceTempView(op.name)

    def _query(self, expr: Expr, params: Any, limit: Any, options: dict[str, Any]) -> DataFrame:
        self._run_pre_execute_hooks(expr)
        return self._session.sql(self.compile(expr.as_table(), params=params, limit=limit, **options))

    def to_pyarrow(self, expr: Expr, /, *, params: Any = None, limit: Any = None, **options: Any) -> Any:
        """Give the rows as Arrow, all at once."""
        found = self._query(expr, params, limit, options).toArrow()
        return expr.__pyarrow_result__(PyArrowData.convert_table(found, expr.as_table().schema()))

    def execute(self, expr: Expr, /, *, params: Any = None, limit: Any = None, **options: Any) -> Any:
        """Give the rows as pandas, as the embedded engine does."""
        found = self._query(expr, params, limit, options).toArrow()
        frame = pd.DataFrame({
            name: column.to_pylist() if pa.types.is_nested(column.type) or column.null_count else column.to_pandas()
            for name, column in zip(found.column_names, found.columns, strict=True)
        })  # fmt: skip
        return expr.__pandas_result__(PandasData.convert_table(frame, expr.as_table().schema()))

    def to_pyarrow_batches(self, expr: Expr, /, *, params: Any = None, limit: Any = None, chunk_size: int = BATCH, **options: Any) -> pa.RecordBatchReader:
        """Give the rows in their order, a batch at a time; never more than one of them is here."""
        query, schema = self._query(expr, params, limit, options), expr.as_table().schema().to_pyarrow()
        found = self._batches(query, chunk_size) if self.folder else _from_rows(query, schema, chunk_size)
        return pa.RecordBatchReader.from_batches(schema, (batch.cast(schema) for batch in found))

    def to_parquet(self, expr: Expr, /, path: Any, *, params: Any = None, **options: Any) -> None:
        """Write one file, as other engines do, where Spark would leave a folder."""
        batches = self.to_pyarrow_batches(expr, params=params)
        with pq.ParquetWriter(path, batches.schema, **options) as writer:
            for batch in batches:
                writer.write_batch(batch)

    def _batches(self, query: DataFrame, size: int) -> Iterator[pa.RecordBatch]:
        """Let the workers write, in the order of their parts, and read it back."""
        passing = Path(self.folder or ".") / f"passing-{uuid.uuid4().hex[:8]}"
        try:
            query.write.parquet(passing.as_uri())
            for part in sorted(passing.glob("part-*.parquet")):
                yield from pq.ParquetFile(part).iter_batches(batch_size=size)
        finally:
            shutil.rmtree(passing, ignore_errors=True)


def _from_rows(query: DataFrame, schema: pa.Schema, size: int) -> Iterator[pa.RecordBatch]:
    """Fetch part by part, row by row: slow, and possible everywhere."""
    rows: list[dict] = []
    for row in query.toLocalIterator():
        rows.append(row.asDict())
        if len(rows) == size:
            yield pa.RecordBatch.from_pylist(rows, schema=schema)
            rows = []
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema=schema)
