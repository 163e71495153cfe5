"""The section `clusters`: what customers are compared by, how many groups there may be, and whether the accepted centres hold."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from analysis.settings.strict import Strict

K = Annotated[int, Field(ge=2, le=12)]


class Clusters(Strict):
    """k is chosen between `k_min` and `k_max` from several indices; `k` fixes it.

    `features` are numeric columns of the customers. `transform` takes the logarithm of all of them (`log`), of none (`none`), or of those that are skewed
    (`auto`). `outliers` is how many spreads from the median a customer may lie before being kept apart as cluster 0; 0 keeps everybody in. `smallest` is the
    least share of customers that a group may have. `centres = "accepted"` goes on with the centres of the last report until the drift index passes
    `drift_limit`; `refit` fits every time.
    """

    features: tuple[str, ...] = ("recency_days", "frequency", "monetary")
    transform: Literal["auto", "log", "none"] = "auto"
    outliers: Annotated[float, Field(ge=0, le=100)] = 6.0
    k_min: K = 3
    k_max: K = 8
    k: K | None = None
    smallest: Annotated[float, Field(ge=0, lt=0.5)] = 0.02
    sample: Annotated[int, Field(ge=100)] = 20_000
    centres: Literal["accepted", "refit"] = "accepted"
    drift_limit: Annotated[float, Field(gt=0)] = 0.25

    @model_validator(mode="after")
    def _sensible(self) -> "Clusters":
        if self.k_min > self.k_max:
            raise ValueError(f"k_min is {self.k_min}, more than k_max, {self.k_max}")
        if not 2 <= len(self.features) <= 8:
            raise ValueError(f"features are 2 to 8 columns to compare customers by; got {len(self.features)}")
        if twice := sorted({name for name in self.features if self.features.count(name) > 1}):
            raise ValueError(f"features names {twice[0]!r} twice")
        if 0 < self.outliers < 3:
            raise ValueError(f"outliers is at least 3 spreads from the median, or 0 to keep everybody in; got {self.outliers:g}")
        return self
