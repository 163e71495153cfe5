"""The section `value`: what future value is estimated from, with which model, and how it is tried on the past."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from analysis.settings.strict import Strict

Share = Annotated[float, Field(gt=0, le=0.6)]
Days = Annotated[int, Field(ge=1, le=3650)]


class Value(Strict):
    """How many orders, and how much money, each customer will still bring.

    `model` is a model by name, or `auto`: of the models that can be fitted, the one that told the held-out days best. `discount` is the yearly rate at which
    later money counts less. The last `holdout` of the history is held out (at most 365 days), or what comes after `holdout_from`. `horizons` are further numbers
    of days for which a column clv_DAYSd is added. `effort` says which share of the effort a segment gets today; where nothing is said, everybody gets the same.
    """

    model: Literal["auto", "bg_nbd", "mbg_nbd", "pareto_nbd"] = "auto"
    money: Literal["net", "margin"] = "net"
    discount: Annotated[float, Field(ge=0, lt=1)] = 0.10
    interval: Annotated[float, Field(ge=0.5, le=0.98)] = 0.80  # of predictive intervals
    holdout: Share = 0.25
    holdout_from: dt.date | None = None
    horizons: tuple[Days, ...] = ()
    effort: Mapping[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    correlation: Annotated[float, Field(gt=0, le=1)] = 0.3  # of orders and money per order, from which Gamma-Gamma is not used
    draws: Annotated[int, Field(ge=50, le=2000)] = 300  # of the bootstrap
    least_customers: Annotated[int, Field(ge=1)] = 100  # fewer buyers, buyers who came again, or days of history: no estimate
    least_repeaters: Annotated[int, Field(ge=1)] = 30
    least_days: Annotated[int, Field(ge=1)] = 90

    @model_validator(mode="after")
    def _told_apart(self) -> "Value":
        if len(set(self.horizons)) < len(self.horizons) or 365 in self.horizons:
            raise ValueError("horizons are days, each once; 365 is always there")
        return self
