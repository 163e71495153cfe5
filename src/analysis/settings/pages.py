"""The section `pages`: who will read the pages, and what they may see of few customers."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analysis.settings.strict import Strict, check

LEAST, LEAST_OUTSIDE = 5, 10  # customers that a number stands for, where nothing else is said; LEAST also where something is


class Pages(Strict):
    """Who reads the pages, and how many customers a number must stand for."""

    profile: Literal["manager", "analyst", "external"] = "manager"
    small_cells: Annotated[int, Field(ge=1)] | None = None  # numbers of fewer customers are withheld; nothing said: 5, for readers outside 10
    what_if: str | None = None  # the attribute that the what-if can be filtered by; nothing said: the first with few values
    allowed: tuple[str, ...] = ()  # words that may stand on pages although a customer is called so

    @model_validator(mode="after")
    def _check_small_cells(self) -> Self:
        if self.small_cells is not None and self.small_cells < LEAST and self.profile != "analyst":
            raise ValueError(
                f"small_cells = {self.small_cells} would show numbers of so few customers to the profile {self.profile!r}: say {LEAST} or more, or nothing. "
                "Only the profile 'analyst' may go below, for eyes within the house."
            )
        return self

    def for_readers(self, profile: str) -> "Pages":
        """Give the same section for other readers; a number that only analysts may set is left behind.

        Raises
        ------
        ConfigurationError
            When there is no such profile.
        """
        small_cells = self.small_cells if self.small_cells is not None and self.small_cells >= LEAST else None
        return check(Pages, {**self.model_dump(), "profile": profile, "small_cells": small_cells}, "--for")

    @property
    def least(self) -> int:
        """How many customers a number on a page must stand for."""
        return self.small_cells or (LEAST_OUTSIDE if self.profile == "external" else LEAST)
