"""The section `limits`: how much may be wrong, and how large a file may be."""

from typing import Annotated

from pydantic import Field

from analysis.settings.strict import Strict


class Limits(Strict):
    """How much may be wrong, and how large a file may be, before the workbook says no."""

    banner: Annotated[float, Field(ge=0, le=1)] = 0.05  # share of rows in quarantine
    refuse: Annotated[float, Field(ge=0, le=1)] = 0.20
    file_bytes: Annotated[int, Field(gt=0)] = 20 * 2**30  # of one file after decompression
    ratio: Annotated[int, Field(gt=1)] = 200  # of decompression
