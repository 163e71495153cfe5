"""Numbers that a page may not show come as NaN."""

import math


def is_told(*values: object) -> bool:
    """Tell whether all of these numbers may be shown."""
    return not any(math.isnan(float(value)) for value in values)  # type: ignore[arg-type]
