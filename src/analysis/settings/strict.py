"""What all sections of the configuration share: an unknown key is an error, and nothing changes after reading."""

from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from analysis.errors import ConfigurationError


class Strict(BaseModel):
    """A section that refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def written(pattern: str, like: str, *, repeat: bool = True) -> AfterValidator:
    """Check how a text is written; whoever wrote it otherwise is shown an example rather than the pattern, and what was written where that may be repeated.

    Pydantic does the matching: to Python, the marks above and below the letters of Thai, Hindi or a name as macOS writes it belong to no word.
    """
    matching = TypeAdapter(Annotated[str, Field(pattern=f"^(?:{pattern})$")])

    def check_text(value: str) -> str:
        try:
            return matching.validate_python(value)
        except ValidationError:
            raise ValueError(f"{repr(value[:80]) if repeat else 'what stands there'} is not written as it has to be: {like}") from None

    return AfterValidator(check_text)


Section = TypeVar("Section", bound=Strict)


def check(section: type[Section], values: Mapping[str, object], origin: str) -> Section:
    """Check what was read from a file and make a section of it.

    Raises
    ------
    ConfigurationError
        Naming everything that is wrong at once, each with its place.
    """
    try:
        return section.model_validate(values)
    except ValidationError as error:
        raise ConfigurationError(_explain(error, origin)) from None


def _explain(error: ValidationError, origin: str) -> str:
    lines = []
    for problem in error.errors():
        place = ".".join(str(part) for part in problem["loc"]) or "top level"
        text = "unknown key" if problem["type"] == "extra_forbidden" else problem["msg"].removeprefix("Value error, ")
        lines.append(f"{place}: {text}" + ("" if problem["type"] in ("extra_forbidden", "missing", "value_error") else f" (got {problem['input']!r:.200})"))
    return f"{origin} cannot be used:\n  " + "\n  ".join(lines)
