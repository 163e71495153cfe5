"""The section `identity`: who is one and the same person or company, and whose account belongs to whose."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from analysis.settings.strict import Strict, written

Country = Annotated[str, Field(min_length=1)]


class Identity(Strict):
    """Who is one and the same person or company, and whose account belongs to whose.

    `merge`: "exact" takes customers of the same name and e-mail, or the same name and phone, for one; "near" those as well whose names, contacts and cities are
    so alike that the chance of being one is at least `threshold`; "none" merges nobody and only counts. `accounts`: every customer on its own ("own"), or each
    account with its topmost parent ("parent"). `guests`: lines without a customer number stay nobody's ("anonymous"), or go by their e-mail or phone
    ("by_contact"). `phone_country` is the country code that numbers at home may or may not begin with. `home` names the country or countries that are not
    international, as they are written in the data; none: the country of most customers. `age_bands` are the ages at which a band begins.
    """

    merge: Literal["exact", "near", "none"] = "exact"
    threshold: Annotated[float, Field(ge=0.5, lt=1)] = 0.95
    accounts: Literal["own", "parent"] = "own"
    guests: Literal["anonymous", "by_contact"] = "anonymous"
    phone_country: Annotated[str, written(r"[1-9]\d{0,2}", 'as "86" or "44"')] = "86"
    home: tuple[Country, ...] = ()
    age_bands: Annotated[tuple[Annotated[int, Field(ge=1, le=120)], ...], Field(min_length=1)] = (18, 25, 35, 45, 55, 65)

    @field_validator("home", mode="before")
    @classmethod
    def _one_or_several(cls, given: object) -> object:
        return (given,) if isinstance(given, str) else given

    @field_validator("age_bands")
    @classmethod
    def _ascending(cls, bands: tuple[int, ...]) -> tuple[int, ...]:
        if list(bands) != sorted(set(bands)):
            raise ValueError(f"age_bands ascend, each age once; got {list(bands)}")
        return bands
