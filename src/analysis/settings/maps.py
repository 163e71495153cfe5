"""A file of segments: ranges of scores or lists of codes, with names, actions and colours where it brings keys of its own."""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from analysis.columns import UNCLASSIFIED
from analysis.settings.strict import Strict, written

Scores = Annotated[int, Field(ge=1, le=9)]
# not {1,60}: sixty times all the letters there are take 20 ms to get ready
Name = Annotated[str, Field(max_length=60), written(r"[\w\- ]+", 'as "my-shop", letters, digits, spaces, - and _')]
Key = Annotated[str, written(r"[a-z][a-z0-9_]{0,39}", 'as "at_risk", small letters, digits and _')]
Sentence = Annotated[str, Field(min_length=1, max_length=400), written(r"[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*", "words in one line")]


class Words(Strict):
    """The same said in each language; where one is missing, the other serves."""

    en: Sentence | None = None
    zh: Sentence | None = None

    @model_validator(mode="after")
    def _said(self) -> "Words":
        if not (self.en or self.zh):
            raise ValueError("give en, zh or both")
        return self

    def say(self, lang: str) -> str:
        """Give the words of a language."""
        return getattr(self, lang, None) or self.en or self.zh or ""


class Ranges(Strict):
    """A block of cells: an inclusive range, or one score, for each axis named; an axis that is not named may have any score."""

    r: tuple[float, float] | None = None
    f: tuple[float, float] | None = None
    m: tuple[float, float] | None = None
    fm: tuple[float, float] | None = None

    @field_validator("r", "f", "m", "fm", mode="before")
    @classmethod
    def _one(cls, value: object) -> object:
        return (value, value) if isinstance(value, int | float) else value


class Segment(Strict):
    """One segment and its cells. Keys that the workbook does not know bring `label` and `action`."""

    key: Key
    cells: tuple[Ranges, ...] = Field(default=(), max_length=1000)
    codes: Annotated[str, Field(max_length=10_000), written(r"[1-9\s]*", 'as "555 554 455"')] = ""  # scores in the order R F or R F M: "555 554"
    label: Words | None = None
    who: Words | None = None  # the label as the subject of a sentence: "Customers at risk"; default: the label
    action: Words | None = None
    colour: Annotated[str, written(r"#[0-9a-fA-F]{6}", 'as "#0072B2"')] | None = None

    @field_validator("label", "who", "action", mode="before")
    @classmethod
    def _same(cls, value: object) -> object:
        return {"en": value, "zh": value} if isinstance(value, str) else value

    @field_validator("key")
    @classmethod
    def _free(cls, key: str) -> str:
        if key in (UNCLASSIFIED, "none"):
            raise ValueError(f"{key!r} is kept for customers who have no segment; choose another key")
        return key

    @field_validator("codes")
    @classmethod
    def _even(cls, codes: str) -> str:
        if odd := sorted({code for code in codes.split() if len(code) not in (2, 3)}):
            raise ValueError(f"a code has two digits (R F) or three (R F M); got {', '.join(odd[:5])}")
        return codes


class Change(Strict):
    """A cell in which a map departs from the table that is commonly copied: the segments that table names there, in its order, and the one chosen."""

    r: Scores
    fm: Scores
    named: tuple[Key, ...]
    chosen: Key


class MapRules(Strict):
    """A map as written down.

    `scores` is how many scores each measure has; `scoring` the settings of `[scoring]` that give them, used where the configuration says nothing else.
    With `first_match` segments may overlap and the first in the file wins. `fm_rounding` turns the mean of F and M into a score.
    """

    name: Name
    scores: Scores | dict[Literal["r", "f", "m"], Scores] = 5
    first_match: bool = False
    fm_rounding: Literal["none", "half_up", "down", "up"] = "none"
    scoring: dict[str, object] = Field(default_factory=dict)
    segment: Annotated[tuple[Segment, ...], Field(min_length=1, max_length=60)]
    change: tuple[Change, ...] = ()

    def scores_of(self, measure: str) -> int:
        """Tell how many scores a measure has."""
        return self.scores if isinstance(self.scores, int) else self.scores.get(measure, 5)  # type: ignore[call-overload]
