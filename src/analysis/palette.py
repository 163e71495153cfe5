"""One colour per label everywhere: in pictures, on pages and in Excel; quiet greys, and enough contrast to read."""

import zlib
from functools import cache

from analysis.columns import UNCLASSIFIED
from analysis.texts import Texts

Shade = str | tuple[float, float, float] | tuple[float, float, float, float]

INK, GREY, LIGHT, PALE, PAPER = "#2b2f36", "#606770", "#c9cdd3", "#eceef1", "#ffffff"
ACCENT, LOSS = "#0072b2", "#b5522d"

# Nine hues of Paul Tol's "muted" scheme, made for colour-blind readers, a grey, and a brown for the lost.
_SEGMENT = {
    "champions": "#117733", "loyal": "#44aa99", "potential_loyalist": "#88ccee", "new": "#332288", "promising": "#ddcc77",
    "need_attention": "#999933", "about_to_sleep": "#aa4499", "at_risk": "#cc6677", "cant_lose": "#882255", "hibernating": "#6b7078",
    "lost": "#4a3728",
}  # fmt: skip
# Important classes are dark, general ones the same hue made pale.
_CLASS8 = {
    "important_value": "#0b4f7d", "important_develop": "#1b7f5c", "important_keep": "#b0630a", "important_winback": "#8f2f5c",
    "general_value": "#8cc0e6", "general_develop": "#8fd6ba", "general_keep": "#f2bf7a", "general_winback": "#deaccb",
}  # fmt: skip
_TIER = {"high": "#0b4f7d", "mid": "#4f9acb", "low": "#bcd9ee"}
_STAGE = {
    "new": "#56b4e9", "active": "#0b4f7d", "growing": "#1b9e77", "shrinking": "#9b8ac4", "reactivated": "#e69f00", "at_risk": "#f0d9a0", "dormant": "#b5522d",
    "lost": "#8b9099", "prospect": "#c9cdd3", "cancelled_only": "#b89b8c", "returning": "#123f66",
}  # fmt: skip
_BAND = {"within": "#0b4f7d", "late": "#6fb0da", "at_risk": "#e0a83c", "dormant": "#b5522d", "lost": "#8b9099"}
_CLUSTER = (
    "#332288", "#ddcc77", "#117733", "#cc6677", "#88ccee", "#882255", "#44aa99", "#999933", "#aa4499", "#0072b2", "#e69f00", "#56534e",
)  # fmt: skip
# For segments that others define: each differs from the others and from ours, for every eye.
_OWN = (
    "#e69f00", "#0072b2", "#f0e442", "#d55e00", "#56b4e9", "#8c564b", "#6a3d9a", "#00bcd4", "#1b4d3e", "#7fc97f", "#e377c2", "#ff9f80", "#bcbd22", "#5e2a5a",
    "#a63603", "#3f51b5", "#004c6d", "#7f0000", "#fb8072", "#d81b60",
)  # fmt: skip
# The first level of a tree, the lighter levels below are mixed from these; told apart by name and white lines too.
_BRANCH = ("#0b5878", "#c98b2b", "#3f8f7d", "#a2546b", "#7f9ac4", "#7a5c3e", "#8b8b30", "#5f4b8b")
COLOURS = {"segment": _SEGMENT | _CLASS8, "class8": _CLASS8, "value_tier": _TIER, "stage": _STAGE, "band": _BAND}


def colour(kind: str, key: str | int, texts: Texts | None = None) -> str:
    """Give the one colour of a segment, class, tier, stage, cluster number or number of a branch; what has no colour of its own is a light grey.

    A segment that the workbook does not know has the colour that its map gives it, or one of those kept for such segments; `texts` knows the map.
    """
    if kind in ("cluster", "branch"):
        numbered = _CLUSTER if kind == "cluster" else _BRANCH
        return numbered[(int(key) - 1) % len(numbered)] if int(key) > 0 else LIGHT
    if kind != "segment" or key in (UNCLASSIFIED, "none"):
        return COLOURS[kind].get(str(key), LIGHT)
    words = texts.words if texts else {}
    known = words.get(f"colour-{key}") or COLOURS[kind].get(str(key))
    return known or _place_own(words.get("own-segments", "")).get(str(key)) or _place_own(str(key))[str(key)]


@cache
def _place_own(keys: str) -> dict[str, str]:
    """Give each key a colour that follows from its name, and the next one that is free where two names ask for the same."""
    placed: dict[str, int] = {}
    for key in keys.split():
        wanted = zlib.crc32(key.encode()) % len(_OWN)
        ring = [(wanted + step) % len(_OWN) for step in range(len(_OWN))]
        placed[key] = next((place for place in ring if place not in placed.values()), wanted)
    return {key: _OWN[place] for key, place in placed.items()}


def luminance(shade: Shade) -> float:
    """Measure how light a colour is, 0 to 1 (WCAG 2, relative luminance)."""
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _parts(shade))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Shade, other: Shade = PAPER) -> float:
    """Measure how well two colours are told apart, 1 to 21 (WCAG 2, contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(shade: Shade) -> str:
    """Choose dark or white text for a background: the one with more contrast; black where that is too little to read (WCAG 2, 1.4.3: 4.5 to one)."""
    best = PAPER if contrast(shade) > contrast(shade, INK) else INK
    return best if contrast(shade, best) >= 4.5 else "#000000"


def edge(shade: str) -> str:
    """Give the colour for the rim of a mark, or for a line: its own, as dark as it takes to be seen on white (WCAG 2, 1.4.11: three to one)."""
    red, green, blue = _parts(shade)
    darker = ((red * part, green * part, blue * part) for part in (1 - step * 0.025 for step in range(41)))
    return _write(next(found for found in darker if contrast(found) >= 3.02))


def fade(shade: str, share: float = 0.55) -> str:
    """Mix a colour with white."""
    red, green, blue = (value + (1 - value) * share for value in _parts(shade))
    return _write((red, green, blue))


def _parts(shade: Shade) -> tuple[float, ...]:
    """Give red, green and blue, 0 to 1, of a colour written as #rrggbb or given as such."""
    return tuple(int(shade[place : place + 2], 16) / 255 for place in (1, 3, 5)) if isinstance(shade, str) else shade[:3]


def _write(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
