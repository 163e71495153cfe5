"""One cell of a table of shares: shaded, with its number; pale where it may not be told, hatched where it may still grow."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.palette import GREY, PALE, ink_on
from analysis.texts import Texts
from analysis.theme import HEAT

_MOST = "999+"  # what has room
SIGNED = 10  # more cells in a line have no room for the sign of per cent


def draw_cell(axes: Axes, left: float, top: float, share: float, full: float, *, is_complete: bool = True, is_bare: bool = False, texts: Texts) -> None:
    """Draw a cell of one unit by one.

    Parameters
    ----------
    axes : Axes
    left, top : float
        In the units of the axes, which run downwards.
    share : float
        0-1, or more; NaN where it is withheld.
    full : float
        The share that has the darkest shade.
    is_complete : bool
        Otherwise it is hatched: it may still grow.
    is_bare : bool
        Without the sign of per cent, where there is no room for it.
    texts : Texts
    """
    withheld = pd.isna(share)
    is_plain = withheld or not is_complete
    shade = PALE if is_plain else HEAT(max(0.0, min(1.0, share / full)))
    axes.add_patch(Rectangle((left, top), 1, 1, facecolor=shade, edgecolor="white", linewidth=1, hatch=None if is_complete or withheld else "////"))
    text = (
        texts.say("withheld") if withheld else _MOST if is_bare and share * 100 >= 999.5 else texts.number(share * 100) if is_bare else texts.percent(share, 0)
    )
    axes.text(left + 0.5, top + 0.5, text, ha="center", va="center", fontsize=8.5 if len(text) < 4 else 7.5, color=GREY if is_plain else ink_on(shade))
