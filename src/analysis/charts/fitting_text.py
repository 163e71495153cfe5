"""Text in a field of a picture: the longest of several wordings that fits, measured; or none."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.text import Text

_ROOM = 1.05  # the reader's fonts are not always ours


def fit_text(axes: Axes, left: float, middle: float, wordings: Sequence[str], width: float, **options: Any) -> Text | None:
    """Write the first of the wordings that is no wider than `width`; nothing where none is.

    Parameters
    ----------
    axes : Axes
    left, middle : float
        Where the text begins, and its middle height, in the units of the axes.
    wordings : sequence of str
        The best first.
    width : float
    **options
        Of the text.
    """
    text = axes.text(left, middle, "", **options)
    for wording in wordings:
        text.set_text(wording)
        low, high = axes.transData.inverted().transform(text.get_window_extent().get_points())[:, 0]
        if (high - low) * _ROOM <= width:
            return text
    text.remove()
    return None
