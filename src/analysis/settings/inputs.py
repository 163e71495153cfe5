"""The section `inputs`: where the files lie and how their columns are called there."""

import re
from typing import Literal

from pydantic import Field, field_validator, model_validator

from analysis.columns import CUSTOMER_COLUMNS, TAKEN_NAMES, TRANSACTION_COLUMNS
from analysis.errors import shorten
from analysis.settings.strict import Strict

Dates = Literal["iso", "day_first", "month_first", "year_first", "excel"]


class Source(Strict):
    """Where an input lies and how its columns are called there.

    Either `files` (paths or globs, relative to the configuration file) or `database` (a SQLite or DuckDB file) with `table`.
    What is left out is decided from the file and said aloud.
    """

    files: tuple[str, ...] = ()
    database: str | None = None
    table: str | None = None
    encoding: str | None = None
    delimiter: str | None = None  # "," ";" "|" "\t" or "whitespace"
    header: bool = True
    names: tuple[str, ...] = ()  # of the columns of a file without a header
    sheets: tuple[str, ...] = ()  # of an Excel file; default: all sheets with the header of the first
    dates: Dates | str | None = None  # or a strptime format
    decimal: Literal[".", ","] = "."
    time_zone: str | None = None  # of the time stamps in the file; default: the shop's
    columns: dict[str, str] = Field(default_factory=dict)  # ours -> theirs
    attributes: dict[str, str] = Field(default_factory=dict)  # any further column: our name -> theirs

    @field_validator("attributes")
    @classmethod
    def _attribute_names(cls, attributes: dict[str, str]) -> dict[str, str]:
        if wrong := [name for name in attributes if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", name)]:
            raise ValueError(f"attribute names are lower-case letters, digits and underscores; got {shorten(wrong)}")
        if taken := [name for name in attributes if name in TAKEN_NAMES or name.startswith(("given_", "flag_"))]:
            raise ValueError(f"the workbook uses the names {shorten(taken)} itself; call the attributes something else, for example my_{taken[0]}")
        return attributes

    @model_validator(mode="after")
    def _one_place(self) -> "Source":
        if bool(self.files) == bool(self.database):
            raise ValueError("give either files or database")
        if bool(self.database) != bool(self.table):
            raise ValueError("database and table go together")
        return self


class Transactions(Source):
    """Order lines: needs customer_id, ordered_at and either amount or quantity and unit_price."""

    @model_validator(mode="after")
    def _enough(self) -> "Transactions":
        _known(self.columns, self.attributes, TRANSACTION_COLUMNS)
        missing = [name for name in ("customer_id", "ordered_at") if name not in self.columns]
        if "amount" not in self.columns and not {"quantity", "unit_price"} <= set(self.columns):
            missing.append("amount (or quantity and unit_price)")
        if missing:
            raise ValueError(f"columns lacks {', '.join(missing)}")
        return self


class Customers(Source):
    """The customer master: needs customer_id."""

    @model_validator(mode="after")
    def _enough(self) -> "Customers":
        _known(self.columns, self.attributes, CUSTOMER_COLUMNS)
        if "customer_id" not in self.columns:
            raise ValueError("columns lacks customer_id")
        return self


def _known(columns: dict[str, str], attributes: dict[str, str], allowed: dict[str, str]) -> None:
    if ours := [name for name in attributes if name in allowed]:
        raise ValueError(f"{shorten(ours)} is a column of ours: map it under columns, not under attributes")
    if unknown := [name for name in columns if name not in allowed]:
        raise ValueError(f"unknown columns {shorten(unknown)}; known are {', '.join(allowed)}; anything else goes under attributes")


class Inputs(Strict):
    """The files: order lines, and perhaps a list of customers."""

    transactions: Transactions
    customers: Customers | None = None
