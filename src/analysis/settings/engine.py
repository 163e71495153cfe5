"""The section `engine`: where tables are computed. No choice here changes a number."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from analysis.settings.strict import Strict, written

Kind = Literal["duckdb", "postgres", "spark", "bigquery", "databricks", "snowflake", "trino"]

_AMOUNT = r"(\d*[1-9]\d*(\.\d+)?|\d+\.\d*[1-9]\d*)\s*(%|[KMGT]i?B)"  # more than 0
_MASTERS = 'as "local[2]", "spark://host:7077", "yarn", or "sc://host:15002" for Spark Connect'
_VARIABLE = 'as "WORKBOOK_DATABASE_URL", the name of an environment variable that holds the address, not the address itself'
_SECRET = re.compile(r"password|secret|token|credential|(access|account)[._-]?key", re.IGNORECASE)


class EngineSettings(Strict):
    """Where tables are computed, and what that may use.

    `url_env` names an environment variable that holds the address and the credentials of a database: they never stand in a file.
    """

    kind: Kind = "duckdb"
    memory_limit: Annotated[str, written(_AMOUNT, 'as "8GB" or "60%"')] | None = None  # without it 4 GiB at most
    threads: Annotated[int, Field(ge=1)] | None = None
    spill: str | None = None  # folder for what does not fit into memory, from where the configuration lies; default: beside the run's own scratch folder
    keep_parsed: bool = True  # whether what the input files gave is kept in state/parsed/, so that a file which has not changed is read once
    url_env: Annotated[str, written(r"[A-Za-z_][A-Za-z0-9_]*", _VARIABLE, repeat=False)] | None = None
    tables_in: Annotated[str, written(r"[a-z_][a-z0-9_]{0,40}", 'as "workbook", small letters, digits and _')] = "workbook"  # schema for tables of ours
    master: Annotated[str, written(r"local(\[[\d*, ]+\])?|yarn|(spark|sc|k8s)://\S+", _MASTERS, repeat=False)] = "local[*]"  # of Spark
    options: dict[str, str] = Field(default_factory=dict)  # of Spark: spark.executor.memory and the like; "env:NAME" is what that environment variable holds

    @model_validator(mode="after")
    def _without_secrets(self) -> "EngineSettings":
        if re.search(r"token=|//[^/]*@", self.master, re.IGNORECASE):
            raise ValueError("a token or password does not stand in master: put it into the environment variable SPARK_CONNECT_AUTHENTICATE_TOKEN")
        told = [key for key, value in self.options.items() if _SECRET.search(key) and not value.startswith("env:")]
        if told:
            raise ValueError(f'{", ".join(told)} under options: secrets do not stand in files. Put each into an environment variable and say "env:ITS_NAME"')
        return self

    @model_validator(mode="after")
    def _for_this_kind(self) -> "EngineSettings":
        spark, database = self.kind == "spark", self.kind not in ("duckdb", "spark")
        if (self.master != "local[*]" or self.options) and not spark:
            raise ValueError(f'master and options are those of Spark, and kind is "{self.kind}": say kind = "spark", or take them out')
        if self.url_env and not database:
            raise ValueError(f'url_env names a database, and kind is "{self.kind}": say kind = "postgres" or another database, or take it out')
        return self

    @model_validator(mode="after")
    def _reachable(self) -> "EngineSettings":
        if self.kind not in ("duckdb", "spark") and not self.url_env:
            raise ValueError(
                f'{self.kind} needs url_env: the name of the environment variable that holds the address of the database, as url_env = "WORKBOOK_DATABASE_URL"'
            )
        return self

    def beside(self, folder: Path) -> "EngineSettings":
        """Give the same with the folder `spill` as seen from the one where the configuration lies."""
        return self.model_copy(update={"spill": str(folder / self.spill)}) if self.spill else self
