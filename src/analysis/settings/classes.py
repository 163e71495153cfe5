"""The section `classes`: rule tables that put customers into classes; each may be changed, switched off, or added."""

from typing import Annotated

from pydantic import ConfigDict, Field, model_validator

from analysis.settings.maps import Key, Words
from analysis.settings.strict import Strict


class ClassRule(Strict):
    """Who is in a class: ``{ class = "high_end", when = "price_level >= 0.6 and categories >= 2" }``."""

    model_config = ConfigDict(populate_by_name=True)

    key: Annotated[Key, Field(alias="class")]
    when: Annotated[str, Field(min_length=1, max_length=1000)]  # an SQL expression over the columns of a customer


class Dimension(Strict):
    """One way to classify customers: the first rule that is true decides.

    Parameters
    ----------
    rules : tuple of ClassRule
        None: those that the workbook brings for this dimension.
    otherwise : str, optional
        The class of everybody else of whom at least one column of the rules is known; without it they have none.
    off : bool
        Do without this dimension.
    name, words : Words, mapping of str to Words
        What the dimension and its classes are called.
    """

    rules: tuple[ClassRule, ...] = Field(default=(), max_length=50)
    otherwise: Key | None = None
    off: bool = False
    name: Words | None = None
    words: dict[Key, Words] = Field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        """List the classes in the order of the rules, the rest last."""
        return tuple(dict.fromkeys([*[rule.key for rule in self.rules], *([self.otherwise] if self.otherwise else [])]))

    @model_validator(mode="after")
    def _sensible(self) -> "Dimension":
        if self.otherwise and not self.rules:
            raise ValueError("otherwise goes with rules: it is the class of those whom no rule names")
        if self.rules and (idle := [key for key in self.words if key not in self.keys]):
            raise ValueError(f"words are given for {', '.join(idle)}, and no rule makes that class; there are: {', '.join(self.keys)}")
        return self


class Classes(Strict):
    """The rule tables by the name of their column: need, value_class, behaviour …, and any of your own."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Dimension] = Field(init=False)

    @property
    def dimensions(self) -> dict[str, Dimension]:
        """Give what is said of each dimension, by its name."""
        return dict(self.__pydantic_extra__ or {})

    @model_validator(mode="after")
    def _named(self) -> "Classes":
        for name in self.dimensions:
            if not (name.isascii() and name.replace("_", "a").isalnum() and name[0].isalpha() and name == name.lower() and len(name) <= 40):
                raise ValueError(f"{name!r} cannot be a column: use up to 40 lower-case letters, digits and underscores, a letter first")
        return self
