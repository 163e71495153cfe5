"""The configuration, `workbook.toml`: every choice that changes a number, checked before anything runs."""

import hashlib
import json
import re
import tomllib
import zoneinfo
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, field_validator, model_validator

from analysis.columns import CUSTOMER_COLUMNS, TAKEN_NAMES, TRANSACTION_COLUMNS
from analysis.errors import ConfigurationError, shorten

Dates = Literal["iso", "day_first", "month_first", "year_first", "excel"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Strict):
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


class Inputs(_Strict):
    """The files: order lines, and perhaps a list of customers."""

    transactions: Transactions
    customers: Customers | None = None


# rule -> the actions it can take, the default first
ACTIONS = {
    "unreadable": ("quarantine",),
    "overlap": ("remove", "keep"),
    "after_as_of": ("remove",),
    "before_window": ("remove",),
    "excluded": ("remove",),
    "test_orders": ("remove", "keep"),
    "unpaid": ("remove", "keep"),
    "anonymous": ("anonymous",),
    "duplicates": ("flag", "remove", "keep"),
    "price": ("remove", "keep"),
    "returns": ("net", "remove", "keep"),
    "non_product": ("remove", "flag", "keep"),
    "outliers": ("flag", "keep"),
}
RuleName = Literal[tuple(ACTIONS)]  # type: ignore[valid-type]


class Rule(_Strict):
    """One step of the cleaning: what it looks for and what it does with the rows it finds.

    `column` with `values` or `pattern` (a regular expression over the whole value, case ignored) says which rows, for the rules that need to be told:
    excluded, test_orders, non_product; for unpaid, `values` are the statuses that count as paid. `limit` is for outliers: flagged above that many times
    the 99th percentile of the quantity.
    """

    rule: RuleName  # type: ignore[valid-type]
    action: str = ""
    column: str | None = None
    values: tuple[str, ...] = ()
    pattern: str | None = None
    limit: float | None = Field(default=None, gt=0)

    @model_validator(mode="before")
    @classmethod
    def _default_action(cls, given: dict) -> dict:
        if isinstance(given, dict) and given.get("rule") in ACTIONS and not given.get("action"):
            return given | {"action": ACTIONS[given["rule"]][0]}
        return given

    @model_validator(mode="after")
    def _sensible(self) -> "Rule":
        if self.action not in ACTIONS[self.rule]:
            raise ValueError(f"rule {self.rule!r} can {', '.join(ACTIONS[self.rule])}; got {self.action!r}")
        if self.rule in ("excluded", "test_orders", "non_product") and self.action != "keep" and not (self.column and (self.values or self.pattern)):
            raise ValueError(f"rule {self.rule!r} needs a column and values or a pattern")
        if self.rule == "unpaid" and self.action != "keep" and not self.values:
            raise ValueError("rule 'unpaid' needs values: the statuses that count as paid")
        if self.pattern:
            try:
                re.compile(self.pattern)
            except re.error as error:
                raise ValueError(f"pattern {self.pattern!r} is not a regular expression: {error}") from None
        return self


DEFAULT_CLEANING = tuple(
    Rule(rule=name) for name in ("unreadable", "overlap", "after_as_of", "before_window", "anonymous", "duplicates", "price", "returns", "outliers")
)


class Limits(_Strict):
    """How much may be wrong, and how large a file may be, before the workbook says no."""

    banner: Annotated[float, Field(ge=0, le=1)] = 0.05  # share of rows in quarantine
    refuse: Annotated[float, Field(ge=0, le=1)] = 0.20
    file_bytes: Annotated[int, Field(gt=0)] = 20 * 2**30  # of one file after decompression
    ratio: Annotated[int, Field(gt=1)] = 200  # of decompression
    buyers: Annotated[int, Field(ge=1)] = 30  # below that, labels are `unclassified`


class Scoring(_Strict):
    """How many scores a measure has, and the map that turns scores into segments."""

    bins: Literal[5] = 5
    map: str = "rf10"


class Clusters(_Strict):
    """k is chosen between these two from several indices; `k` fixes it."""

    k_min: Annotated[int, Field(ge=2, le=12)] = 3
    k_max: Annotated[int, Field(ge=2, le=12)] = 8
    k: Annotated[int, Field(ge=2, le=12)] | None = None
    sample: Annotated[int, Field(ge=100)] = 20_000

    @model_validator(mode="after")
    def _between(self) -> "Clusters":
        if self.k_min > self.k_max:
            raise ValueError(f"k_min is {self.k_min}, more than k_max, {self.k_max}")
        return self


class Config(_Strict):
    """Everything a report depends on besides the data, as-of and the versions."""

    name: Annotated[str, Field(pattern=r"^[\w\- ]{1,60}$")]
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    time_zone: str = "UTC"
    languages: tuple[Literal["en", "zh"], ...] = ("en", "zh")
    order: Literal["id", "day", "row"] = "id"
    window_months: Annotated[int, Field(ge=1)] | None = None
    history_months: Annotated[int, Field(ge=1, le=120)] = 24
    seed: int = 1
    reports: str = "reports"
    inputs: Inputs
    cleaning: tuple[Rule, ...] = DEFAULT_CLEANING
    scoring: Scoring = Scoring()
    clusters: Clusters = Clusters()
    limits: Limits = Limits()

    _folder: Path = PrivateAttr(default=Path())

    @property
    def folder(self) -> Path:
        """The folder that relative paths start from: where the configuration file lies."""
        return self._folder

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, zone: str) -> str:
        if zone not in zoneinfo.available_timezones():
            raise ValueError(f"{zone!r} is not a time zone; an example is 'Asia/Shanghai'")
        return zone

    @model_validator(mode="after")
    def _ordered(self) -> "Config":
        if self.order == "id" and "order_id" not in self.inputs.transactions.columns:
            raise ValueError('there is no column for order_id: map one, or say order = "day" (an order is a customer and a day) or order = "row"')
        rules = [rule.rule for rule in self.cleaning]
        if missing := [name for name in ("unreadable", "after_as_of", "anonymous", "returns") if name not in rules]:
            raise ValueError(f"cleaning lacks the rules {', '.join(missing)}")
        if rules[0] != "unreadable":
            raise ValueError("the first rule of cleaning is 'unreadable'")
        if twice := sorted({name for name in rules if rules.count(name) > 1 and name not in ("excluded", "non_product", "test_orders")}):
            raise ValueError(f"cleaning has the rule {twice[0]!r} twice")
        for early in ("after_as_of", "anonymous"):
            if rules.index(early) > rules.index("returns"):
                raise ValueError(f"in cleaning, {early!r} comes before 'returns': a return is netted within one customer, up to as-of")
        return self

    def hash(self) -> str:
        """Identify the configuration, whatever the order and the comments in its file."""
        return hashlib.sha256(json.dumps(self.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()

    def replace(self, **changes: object) -> "Config":
        """Return the same configuration with some top-level values changed, checked again."""
        return parse_config(self.model_dump() | changes, self._folder)


def parse_config(values: dict, folder: Path, origin: str = "the configuration") -> Config:
    """Check a dictionary and make a `Config` of it.

    Raises
    ------
    ConfigurationError
        Naming every wrong or unknown key at once.
    """
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        raise ConfigurationError(_explain(error, origin)) from None
    config._folder = folder  # noqa: SLF001 - not a key of the file, so not for its constructor
    return config


def _explain(error: ValidationError, origin: str) -> str:
    lines = []
    for problem in error.errors():
        place = ".".join(str(part) for part in problem["loc"]) or "top level"
        text = "unknown key" if problem["type"] == "extra_forbidden" else problem["msg"].removeprefix("Value error, ")
        lines.append(f"{place}: {text}" + ("" if problem["type"] in ("extra_forbidden", "missing", "value_error") else f" (got {problem['input']!r})"))
    return f"{origin} cannot be used:\n  " + "\n  ".join(lines)


def load_config(path: str | Path) -> Config:
    """Read `workbook.toml`, or the `config` of a report's `manifest.json`.

    Raises
    ------
    ConfigurationError
        When the file is missing, is not TOML, or says something wrong.
    """
    path = Path(path)
    if not path.is_file():
        raise ConfigurationError(f"There is no configuration file {path}. `workbook init YOUR_FILE` writes one.")
    try:
        text = path.read_text(encoding="utf-8")
        values = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read as {path.suffix.lstrip('.').upper()}: {error}") from None
    folder = path.resolve().parent
    if path.suffix == ".json":
        folder, values = Path(values["folder"]), values["config"]
    return parse_config(values, folder, path.name)
