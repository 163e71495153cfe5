"""The section `exports`: shapes of lists for programs of one's own."""

from typing import Annotated

from pydantic import Field

from analysis.settings.strict import Strict, written


class Shape(Strict):
    """What a program expects of a file: their header = our column."""

    columns: Annotated[dict[str, str], Field(min_length=1)]
    title: str = ""
    source: str = ""  # where the headers were found
    most: Annotated[int, Field(gt=0)] | None = None  # rows that the program takes at once


class Exports(Strict):
    """What lists for other programs hold: shapes by name, beside those that come with the workbook (zoho, hubspot, salesforce)."""

    shapes: dict[Annotated[str, written(r"[a-z][a-z0-9_]{0,30}", 'as "my_crm", small letters, digits and _')], Shape] = Field(default_factory=dict)
