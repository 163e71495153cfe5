"""The configuration, `workbook.toml`: every choice that changes a number, checked before anything runs."""

import hashlib
import json
import tomllib
import zoneinfo
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, field_validator, model_validator

from analysis.errors import ConfigurationError
from analysis.settings.classes import Classes
from analysis.settings.cleaning import DEFAULT_CLEANING, Rule
from analysis.settings.clusters import Clusters
from analysis.settings.engine import EngineSettings
from analysis.settings.exports import Exports
from analysis.settings.identity import Identity
from analysis.settings.inputs import Inputs
from analysis.settings.lifecycle import Lifecycle
from analysis.settings.limits import Limits
from analysis.settings.maps import Name
from analysis.settings.pages import Pages
from analysis.settings.scoring import Scoring, Sufficiency
from analysis.settings.strict import Strict, check, written
from analysis.settings.tags import Tags
from analysis.settings.tree import Tree
from analysis.settings.value import Value
from analysis.settings.words import KINDS, Words
from analysis.texts import list_labels


class Config(Strict):
    """Everything a report depends on besides the data, as-of and the versions."""

    name: Name
    currency: Annotated[str, written(r"([A-Z]{3})?", 'as "EUR" or "CNY"')] = ""
    time_zone: str = "UTC"
    languages: tuple[Literal["en", "zh"], ...] = ("en", "zh")
    order: Literal["id", "day", "row"] = "id"
    window_months: Annotated[int, Field(ge=1)] | None = None
    history_months: Annotated[int, Field(ge=1, le=120)] = 24
    history_ruler: Literal["as_of", "each"] = "as_of"  # earlier month-ends are measured with the ruler of as-of, or each with its own
    seed: int = 1
    reports: str = "reports"
    inputs: Inputs
    engine: EngineSettings = EngineSettings()
    cleaning: tuple[Rule, ...] = DEFAULT_CLEANING
    scoring: Scoring = Scoring()
    sufficiency: Sufficiency = Sufficiency()
    clusters: Clusters = Clusters()
    lifecycle: Lifecycle = Lifecycle()
    value: Value = Value()
    identity: Identity = Identity()
    classes: Classes = Classes()
    tags: Tags = Tags()
    tree: Tree = Tree()
    exports: Exports = Exports()
    limits: Limits = Limits()
    pages: Pages = Pages()
    words: Words = Words()

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
        if "same_person" in rules:
            raise ValueError("cleaning needs no rule 'same_person': who is one person is said under [identity], and the ledger counts it after 'unreadable'")
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

    @model_validator(mode="after")
    def _in_an_engine(self) -> "Config":
        homeless = [name for name in type(self.inputs).model_fields if (source := getattr(self.inputs, name)) and source.in_engine]
        if homeless and self.engine.kind == "duckdb":
            raise ValueError(
                f'inputs.{homeless[0]} names a table, and nothing says where that is: name a database file or a database (database = "env:NAME"), or an engine '
                "that has the table under [engine]"
            )
        return self

    @model_validator(mode="after")
    def _converted(self) -> "Config":
        if self.inputs.rates and not self.currency:
            raise ValueError('there are rates, but nothing says which currency they lead to: write, at the top, the one of the report, as currency = "EUR"')
        return self

    @model_validator(mode="after")
    def _somebody(self) -> "Config":
        if "customer_id" not in self.inputs.transactions.columns and self.identity.guests != "by_contact":
            raise ValueError(
                'the transactions have no column for customer_id: map one under inputs.transactions.columns, or say guests = "by_contact" under [identity], '
                "and buyers are known by their e-mail or phone"
            )
        return self

    @model_validator(mode="after")
    def _measurable(self) -> "Config":
        if "cost" in self.scoring.ingredients and "cost" not in self.inputs.transactions.columns:
            raise ValueError(
                f"scoring.money.measure = {self.scoring.money.measure!r} needs what each line cost: map the column under inputs.transactions.columns, "
                'as cost = "THEIR NAME" (the cost of the whole line), or measure "net", "gross" or "mean"'
            )
        return self

    @model_validator(mode="after")
    def _worded(self) -> "Config":
        sources = [getattr(self.inputs, name) for name in type(self.inputs).model_fields]
        attributes = {f"column-{name}".replace("_", "-") for source in sources if source for name in source.attributes}
        faults = []
        for lang in type(self.words).model_fields:
            if not (spoken := self.words.spoken(lang)):
                continue  # reading a catalogue takes its time
            known = {key for key in list_labels(lang) if key.startswith(tuple(f"{kind}-" for kind in KINDS))} | attributes
            for key in spoken:
                if key not in known:
                    near = get_close_matches(key, sorted(known), 3, 0.5)
                    faults.append(f"words.{lang}: {key[:80]!r} is not a name that can be changed" + (f"; near it are {', '.join(near)}" if near else ""))
        if faults:
            raise ValueError(f"{'; '.join(faults)}. Names that can be changed begin with {', '.join(f'{kind}-' for kind in KINDS)}")
        return self

    def hash(self) -> str:
        """Identify the configuration, whatever the order and the comments in its file; where it is computed changes no number."""
        return hashlib.sha256(json.dumps(self.model_dump(mode="json", exclude={"engine"}), sort_keys=True).encode()).hexdigest()

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
    config = check(Config, values, origin)
    config._folder = folder  # noqa: SLF001 - not a key of the file, so not for its constructor
    return config


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
