"""The section `inputs`: where the files lie and how their columns are called there."""

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from analysis.columns import CUSTOMER_COLUMNS, EVENT_COLUMNS, FEEDBACK_COLUMNS, RATE_COLUMNS, TAKEN_NAMES, TRANSACTION_COLUMNS
from analysis.errors import shorten
from analysis.settings.strict import Strict

Dates = Literal["iso", "day_first", "month_first", "year_first", "excel"]
# of a scale: its highest answer, or its lowest and highest: 10, 0-10, 1到5, 5分制
SCALE = r"^(?:(-?\d+(?:\.\d+)?)\s*(?:-|–|—|~|to|至|到)\s*)?(\d+(?:\.\d+)?)\s*(?:points?|stars?|分制?|星)?$"


class Source(Strict):
    """Where an input lies and how its columns are called there.

    Either `files` (paths or globs, relative to the configuration file), or a `table` (or view), or a `query`: of the engine where nothing else is said, else of
    `database`: a SQLite or DuckDB file, or "env:NAME", the environment variable that holds the address of a PostgreSQL database.
    What is left out is decided from the file and said aloud.
    """

    files: tuple[str, ...] = ()
    database: str | None = None
    table: str | None = None
    query: str | None = None  # a select
    key: str | None = None  # a column of whole numbers that tells the rows of a table or query apart and orders them; without one their content does
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
        if sum(map(bool, (self.files, self.table, self.query))) != 1:
            raise ValueError("give one of files, table or query (a table of a database file: database and table)")
        if self.database and self.files:
            raise ValueError("database goes with table or query, not with files")
        if self.database and self.database.startswith("env:") and not re.fullmatch(r"env:[A-Za-z_][A-Za-z0-9_]*", self.database):
            raise ValueError(
                'database = "env:NAME" names an environment variable that holds the address of a PostgreSQL database; addresses do not stand in files'
            )
        if self.database and "://" in self.database:
            raise ValueError('the address of a database does not stand in a file: put it into an environment variable and say database = "env:ITS_NAME"')
        if self.database and not self.variable and not self.table:
            raise ValueError("a database file needs table")
        if self.key and not (self.in_engine or self.variable):
            raise ValueError("key is for tables and queries; the rows of files have numbers")
        return self

    @property
    def in_files(self) -> bool:
        """Whether the rows are in files, those of a database among them."""
        return not self.in_engine and not self.variable

    @property
    def in_engine(self) -> bool:
        """Whether the rows are where tables are computed."""
        return not self.files and not self.database

    @property
    def variable(self) -> str | None:
        """The environment variable with the address of the database that the rows are in."""
        return self.database.removeprefix("env:") if self.database and self.database.startswith("env:") else None


class Transactions(Source):
    """Order lines: needs customer_id (or the email or phone of the buyer), ordered_at and either amount or quantity and unit_price."""

    fill_down: tuple[str, ...] = ()  # columns of ours that stand only on the first row of an order: the next rows of the order get them too

    @model_validator(mode="after")
    def _enough(self) -> "Transactions":
        _known(self.columns, self.attributes, TRANSACTION_COLUMNS)
        missing = [] if {"customer_id", "email", "phone"} & set(self.columns) else ["customer_id (or the email or phone of the buyer)"]
        missing += ["ordered_at"] if "ordered_at" not in self.columns else []
        if "amount" not in self.columns and not {"quantity", "unit_price"} <= set(self.columns):
            missing.append("amount (or quantity and unit_price)")
        if missing:
            raise ValueError(f"columns lacks {', '.join(missing)}")
        return self

    @model_validator(mode="after")
    def _on_first_rows(self) -> "Transactions":
        if self.fill_down and "order_id" not in self.columns:
            raise ValueError("fill_down needs a column for order_id: it says which rows belong together")
        if self.fill_down and (self.in_engine or self.variable) and not self.key:
            raise ValueError("fill_down needs rows in an order, and those of a table have none: name the column that orders them as key")
        if money := [name for name in self.fill_down if TRANSACTION_COLUMNS.get(name) == "number" or name == "order_id"]:
            raise ValueError(f"fill_down cannot repeat {shorten(money)}: what stands once for an order would be counted on each of its rows")
        if unknown := [name for name in self.fill_down if name not in self.columns and name not in self.attributes]:
            raise ValueError(f"fill_down names {shorten(unknown)}, which are neither under columns nor under attributes")
        return self


class Customers(Source):
    """The customer master: needs customer_id."""

    @model_validator(mode="after")
    def _enough(self) -> "Customers":
        _known(self.columns, self.attributes, CUSTOMER_COLUMNS)
        if "customer_id" not in self.columns:
            raise ValueError("columns lacks customer_id")
        return self


class Feedback(Source):
    """Answers to questions: needs customer_id, answered_at and score, and kind as a column or once for all rows.

    `scale` is a column or said once: the highest answer there was (10, 5, 7), or both ends ("0-10"). Where neither is given, the usual one of the kind counts:
    nps 0-10, csat 1-5, ces 1-7.
    """

    kind: Literal["nps", "csat", "ces"] | None = None  # of rows that do not say
    scale: int | str | None = None  # of rows that do not say
    ces_high_is_good: bool = True  # the question of 2013: agree is good; false: a high score means much effort

    @field_validator("scale")
    @classmethod
    def _ends(cls, scale: int | str | None) -> int | str | None:
        if scale is not None and not re.match(SCALE, str(scale)):
            raise ValueError(f'scale is the highest answer there was, or the lowest and the highest: 5 or "1-5"; got {scale!r}')
        return scale

    @model_validator(mode="after")
    def _enough(self) -> "Feedback":
        _known(self.columns, self.attributes, FEEDBACK_COLUMNS)
        missing = [name for name in ("customer_id", "answered_at", "score") if name not in self.columns]
        if "kind" not in self.columns and self.kind is None:
            missing.append('kind (or, above the columns, kind = "nps", "csat" or "ces" for the whole file)')
        if missing:
            raise ValueError(f"columns lacks {', '.join(missing)}")
        return self


class Events(Source):
    """Contacts outside buying: needs customer_id and occurred_at, and kind as a column or once for all rows."""

    kind: str | None = None  # of rows that do not say

    @model_validator(mode="after")
    def _enough(self) -> "Events":
        _known(self.columns, self.attributes, EVENT_COLUMNS)
        missing = [name for name in ("customer_id", "occurred_at") if name not in self.columns]
        if "kind" not in self.columns and not self.kind:
            missing.append('kind (or, above the columns, kind = "browse" for the whole file)')
        if missing:
            raise ValueError(f"columns lacks {', '.join(missing)}")
        return self


class Rates(Source):
    """What a unit of each currency is worth in the report currency, day by day: needs date, currency (ISO 4217) and rate.

    A day without a rate (a weekend) takes the last one before, when it is at most `max_age_days` old.
    """

    max_age_days: Annotated[int, Field(ge=0, le=366)] = 7

    @model_validator(mode="after")
    def _enough(self) -> "Rates":
        _known(self.columns, self.attributes, RATE_COLUMNS)
        if missing := [name for name in RATE_COLUMNS if name not in self.columns]:
            raise ValueError(f"columns lacks {', '.join(missing)}")
        return self


def _known(columns: dict[str, str], attributes: dict[str, str], allowed: dict[str, str]) -> None:
    if ours := [name for name in attributes if name in allowed]:
        raise ValueError(f"{shorten(ours)} is a column of ours: map it under columns, not under attributes")
    if unknown := [name for name in columns if name not in allowed]:
        raise ValueError(f"unknown columns {shorten(unknown)}; known are {', '.join(allowed)}; anything else goes under attributes")


class Inputs(Strict):
    """The files: order lines, and perhaps a list of customers, their answers, what they did besides buying, and what currencies were worth."""

    transactions: Transactions
    customers: Customers | None = None
    feedback: Feedback | None = None
    events: Events | None = None
    rates: Rates | None = None

    @model_validator(mode="after")
    def _paid_in(self) -> "Inputs":
        if self.rates and "currency" not in self.transactions.columns:
            raise ValueError('rates need to know what each line was paid in: map the column under inputs.transactions.columns, as currency = "THEIR NAME"')
        return self
