"""What all sections of the configuration share: an unknown key is an error, and nothing changes after reading."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A section that refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)
