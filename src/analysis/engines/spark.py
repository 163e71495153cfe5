"""Apache Spark: inside this process for one machine, or a running cluster by its master URL or through Spark Connect."""

from collections.abc import Callable
from pathlib import Path

import ibis
from ibis.backends.pyspark import Backend
from ibis.expr.types import Table
from pyspark.sql import SparkSession

from analysis.settings.engine import EngineSettings


def connect(settings: EngineSettings, scratch: Path) -> tuple[Backend, Callable[[str, Path], Table]]:
    """Start or reach Spark.

    Returns
    -------
    Backend
    callable
        Brings a Parquet file there, under a name.
    """
    builder = SparkSession.builder.appName("customer-segmentation-workbook")
    builder = builder.remote(settings.master) if settings.master.startswith("sc://") else builder.master(settings.master)
    own = {
        "spark.sql.warehouse.dir": str(scratch / "tables"), "spark.sql.session.timeZone": "UTC", "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
    }  # fmt: skip
    for key, value in (own | settings.options).items():
        builder = builder.config(key, value)
    con = ibis.pyspark.connect(builder.getOrCreate())
    return con, lambda name, path: con.read_parquet(path, table_name=name)
