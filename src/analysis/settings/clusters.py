"""The section `clusters`: what customers are compared by, and how many groups there may be."""

from typing import Annotated

from pydantic import Field, model_validator

from analysis.settings.strict import Strict

K = Annotated[int, Field(ge=2, le=12)]


class Clusters(Strict):
    """k is chosen between these two from several indices; `k` fixes it."""

    k_min: K = 3
    k_max: K = 8
    k: K | None = None
    sample: Annotated[int, Field(ge=100)] = 20_000

    @model_validator(mode="after")
    def _between(self) -> "Clusters":
        if self.k_min > self.k_max:
            raise ValueError(f"k_min is {self.k_min}, more than k_max, {self.k_max}")
        return self
