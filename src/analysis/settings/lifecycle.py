"""The section `lifecycle`: when silence means something, what growing and shrinking are, and who is followed from where."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from analysis.settings.strict import Strict

Positive = Annotated[float, Field(gt=0)]


class Silence(Strict):
    """Three limits, each longer than the one before: from here on a silent customer is at risk, dormant, lost."""

    at_risk: Positive
    dormant: Positive
    lost: Positive

    @model_validator(mode="after")
    def _ascending(self) -> "Silence":
        if not self.at_risk < self.dormant < self.lost:
            raise ValueError(f"at_risk, dormant and lost have to follow each other upwards; got {self.at_risk:g}, {self.dormant:g}, {self.lost:g}")
        return self


class Lifecycle(Strict):
    """The stages of a customer, and what the chapter on the lifecycle counts.

    `by = "rhythm"` measures a silence against the customer's own usual gap between purchase days (`times`: as many times later than usual); `by = "days"`, or data
    with fewer repeated purchases than `least_gaps`, measures it in days (`days`). Growing and shrinking: the last `recent_gaps` gaps against as many or more
    earlier ones of the same customer, `change` times shorter or longer.
    """

    by: Literal["rhythm", "days"] = "rhythm"
    times: Silence = Silence(at_risk=2, dormant=3, lost=5)
    days: Silence = Silence(at_risk=90, dormant=180, lost=365)
    recent_gaps: Annotated[int, Field(ge=1, le=50)] = 4
    change: Annotated[float, Field(gt=1)] = 2.0
    season: Literal["auto", "off"] = "auto"  # auto: time is counted by how busy the months are, from two whole years of data on
    least_gaps: Annotated[int, Field(ge=10)] = 50  # repeated purchases that it takes to speak of a usual gap
    burn_in_months: Annotated[int, Field(ge=0, le=24)] = 1  # whoever is first seen in so many first months of the data may be an old customer
    cohorts_by: tuple[str, ...] | None = None  # columns of the order lines or the customer master; none: category (or product), channel, country
    most_values: Annotated[int, Field(ge=2, le=20)] = 8  # of an attribute, the most frequent; the rest stand together
