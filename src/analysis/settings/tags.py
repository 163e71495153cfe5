"""The section `tags`: packs of tags, tags of one's own, and groups built from tags."""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from analysis.settings.maps import Key, Sentence, Words
from analysis.settings.strict import Strict

Pack = Literal["core", "retail", "ecommerce", "manufacturing", "education"]
Category = Literal["basic", "behaviour", "interest", "value", "lifecycle", "risk", "own"]
Kind = Literal["boolean", "number", "text", "level"]
Rule = Annotated[str, Field(min_length=1, max_length=4000)]
LONGEST = {"en": 24, "zh": 12}  # characters of a name: it stands in a column, a chart and a sentence
_CONDITION = re.compile(r"(?P<tag>[a-z][a-z0-9_]{0,39})\s*(?:(?P<sign><=|>=|<>|=|<|>)\s*(?P<value>\S.*))?", re.S)


class TagLevel(Strict):
    """One level of a tag: its key, its words, and, where the tag has no rule for all levels, when it is given."""

    key: Key
    when: Rule | None = None
    en: Sentence | None = None
    zh: Sentence | None = None


class TagRule(Strict):
    """What makes a tag.

    Parameters
    ----------
    rule : str
        An SQL expression over the columns of a customer. A tag of levels has either one that gives the key of a level, or a `when` for each level: the first that is
        true decides.
    levels : tuple of TagLevel
        In order, the highest or most urgent first.
    exclusive : bool
        The conditions of the levels are meant to exclude each other: where two are true at once, that is a finding.
    since, valid_days : str, int
        A date expression, and for how many days from then the tag holds.
    valid_until : datetime.date
        The last day on which the tag is given.
    any_of : tuple of str
        Columns of which one that is known is enough; without it a pack's tag needs all columns it names.
    """

    key: Key
    category: Category = "own"
    type: Kind = "boolean"
    rule: Rule | None = None
    levels: tuple[TagLevel, ...] = Field(default=(), max_length=12)
    exclusive: bool = False
    since: Rule | None = None
    valid_days: Annotated[int, Field(ge=1, le=36_500)] | None = None
    valid_until: dt.date | None = None
    any_of: tuple[str, ...] = ()
    owner: Annotated[str, Field(max_length=80)] = ""

    @field_validator("key")
    @classmethod
    def _free(cls, key: str) -> str:
        if key.split("_", maxsplit=1)[0] in ("about", "category", "chart", "column", "finding", "group", "story", "type", "alt"):
            raise ValueError(f"{key!r} begins like the workbook's own names; choose another key")
        return key

    @model_validator(mode="after")
    def _whole(self) -> "TagRule":
        steps = [level.when is not None for level in self.levels]
        if self.type != "level" and self.levels:
            raise ValueError(f"the tag {self.key!r} has levels, so its type is level")
        if self.type == "level" and not self.levels:
            raise ValueError(f"the tag {self.key!r} is of type level and has no levels")
        if len({level.key for level in self.levels}) < len(self.levels):
            raise ValueError(f"the tag {self.key!r} has two levels of one key")
        if any(steps) and (self.rule or not all(steps)):
            raise ValueError(f"the tag {self.key!r} has either a rule that gives the key of a level, or `when` for every level")
        if not any(steps) and not self.rule:
            raise ValueError(f"the tag {self.key!r} has no rule")
        if (self.valid_days is None) != (self.since is None):
            raise ValueError(f"the tag {self.key!r}: valid_days and since go together; since is a date, such as last_order_date")
        return self

    @property
    def expression(self) -> str:
        """The rule as one expression."""
        return self.rule or "case " + " ".join(f"when {level.when} then '{level.key}'" for level in self.levels) + " end"


class OwnTag(TagRule):
    """A tag of one's own: what it is called, and what it means."""

    en: Sentence | None = None
    zh: Sentence | None = None
    about: Words | None = None

    @field_validator("about", mode="before")
    @classmethod
    def _same(cls, value: object) -> object:
        return {"en": value, "zh": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _named(self) -> "OwnTag":
        if not (self.en or self.zh):
            raise ValueError(f"the tag {self.key!r} has no name: give en, zh or both")
        for lang, most in LONGEST.items():
            if len(name := getattr(self, lang) or "") > most:
                raise ValueError(f"the tag {self.key!r} is called {name[:60]!r} in {lang}: at most {most} characters; say the rest in about")
        return self

    def say(self, lang: str) -> str:
        """Name the tag in a language."""
        return (self.en if lang == "en" else self.zh) or self.en or self.zh or ""


class Group(Strict):
    """Customers by their tags: those with all, with at least one of any, and with none of these.

    A condition is the key of a tag, ``loyal``, or its value, ``price_class = premium``, ``orders_per_year >= 4``.
    """

    key: Key
    en: Sentence | None = None
    zh: Sentence | None = None
    all: tuple[str, ...] = Field(default=(), max_length=30)
    any: tuple[str, ...] = Field(default=(), max_length=30)
    none: tuple[str, ...] = Field(default=(), max_length=30)

    @field_validator("all", "any", "none")
    @classmethod
    def _readable(cls, conditions: tuple[str, ...]) -> tuple[str, ...]:
        for condition in conditions:
            split_condition(condition)
        return conditions

    @model_validator(mode="after")
    def _whole(self) -> "Group":
        if not (self.all or self.any or self.none):
            raise ValueError(f"the group {self.key!r} has no conditions: give all, any or none")
        if not (self.en or self.zh):
            raise ValueError(f"the group {self.key!r} has no name: give en, zh or both")
        return self

    def say(self, lang: str) -> str:
        """Name the group in a language."""
        return (self.en if lang == "en" else self.zh) or self.en or self.zh or ""


def split_condition(condition: str) -> tuple[str, str, str]:
    """Read a condition of a group: the tag, the sign and the value, both empty where the tag alone is asked for.

    Raises
    ------
    ValueError
    """
    found = _CONDITION.fullmatch(condition.strip())
    if found is None:
        raise ValueError(f"{condition[:80]!r} is neither the key of a tag nor a comparison such as price_class = premium")
    return found["tag"], found["sign"] or "", (found["value"] or "").strip()


class Tags(Strict):
    """The catalogue of tags; a tag of one's own replaces one of a pack that has its key."""

    packs: tuple[Pack, ...] = ("core",)
    without: tuple[Key, ...] = ()  # tags of the packs to do without
    own: tuple[OwnTag, ...] = Field(default=(), max_length=200)
    groups: tuple[Group, ...] = Field(default=(), max_length=60)

    @model_validator(mode="after")
    def _once(self) -> "Tags":
        named: dict[str, list[str]] = {"tags": [tag.key for tag in self.own], "groups": [group.key for group in self.groups], "packs": list(self.packs)}
        for what, keys in named.items():
            if twice := sorted({key for key in keys if keys.count(key) > 1}):
                raise ValueError(f"several {what} have the key {twice[0]!r}")
        return self
