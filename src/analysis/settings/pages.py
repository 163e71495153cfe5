"""The section `pages`: who will read the pages, and what they may see of few customers."""

from typing import Annotated, Literal

from pydantic import Field

from analysis.settings.strict import Strict


class Pages(Strict):
    """Who reads the pages, and how many customers a number must stand for."""

    profile: Literal["manager", "analyst", "external"] = "manager"
    small_cells: Annotated[int, Field(ge=1)] | None = None  # numbers of fewer customers are withheld; nothing said: 5, for readers outside 10
    what_if: str | None = None  # the attribute that the what-if can be filtered by; nothing said: the first with few values
    allowed: tuple[str, ...] = ()  # words that may stand on pages although a customer is called so

    @property
    def least(self) -> int:
        """How many customers a number on a page must stand for."""
        return self.small_cells or (10 if self.profile == "external" else 5)
