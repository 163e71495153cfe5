"""The section `tree`: the levels of the classification tree, and which branches stand under their own name."""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from analysis.settings.maps import Key
from analysis.settings.strict import Strict

MAIN = "main"  # the name of the tree that every report has

Words = Annotated[str, Field(min_length=1, max_length=60)]


def _refuse_wrong(levels: tuple[str, ...]) -> tuple[str, ...]:
    if not 2 <= len(levels) <= 5:
        raise ValueError(f'a tree has 2 to 5 levels, as ["region", "industry", "behaviour"]; got {len(levels)}')
    if twice := sorted({level for level in levels if levels.count(level) > 1}):
        raise ValueError(f"the level {twice[0]!r} stands there twice; within one of its branches everybody has the same value")
    return levels


class NamedTree(Strict):
    """A further tree: a short name for commands, what people read above it, and its levels."""

    name: Key
    en: Words
    zh: Words
    levels: tuple[str, ...]

    @field_validator("levels")
    @classmethod
    def _sound(cls, levels: tuple[str, ...]) -> tuple[str, ...]:
        return _refuse_wrong(levels)


class Tree(Strict):
    """The classification tree.

    `levels` are columns of text or yes-no of the table of customers, the broadest first; without them they are chosen from what is known. Branches that hold less
    than `least` of their parent, and those beyond the `most` largest, stand together as "other"; what is measured for that is `by`.
    """

    levels: tuple[str, ...] | None = None
    least: Annotated[float, Field(ge=0, lt=0.5)] = 0.02
    most: Annotated[int, Field(ge=2, le=20)] = 8  # branches of one parent, "other" among them
    by: Literal["customers", "money"] = "customers"
    also: tuple[NamedTree, ...] = ()

    @field_validator("levels")
    @classmethod
    def _sound(cls, levels: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return _refuse_wrong(levels) if levels is not None else None

    @model_validator(mode="after")
    def _told_apart(self) -> "Tree":
        names = [MAIN, *(tree.name for tree in self.also)]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"there are two trees of the name {twice[0]!r}" + (f"; {MAIN!r} is the tree of [tree] levels" if twice[0] == MAIN else ""))
        return self
