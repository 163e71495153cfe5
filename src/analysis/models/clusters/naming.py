"""Plain names for clusters: what sets each apart from the others, in words."""

from collections.abc import Sequence

import numpy as np

APART = 0.5  # standard deviations from the middle from which a feature sets a cluster apart
VERY = 1.5  # standard deviations from which it does so very much
MOST = 3  # words in a name
# little, in the middle, much; other features are called low-NAME, mid-NAME, high-NAME
_WORDS = {
    "recency_days": ("recent", "fading", "silent"),
    "frequency": ("seldom", "sometimes", "often"),
    "monetary": ("small", "medium", "big"),
    "mean_order_value": ("smallorders", "midorders", "bigorders"),
    "tenure_days": ("newer", "settled", "longtime"),
}


def name_clusters(features: Sequence[str], centres: np.ndarray, values: np.ndarray, *, taken: Sequence[str] = ()) -> tuple[str, ...]:
    """Name clusters, each differently.

    Parameters
    ----------
    features : sequence of str
    centres, values : numpy.ndarray
        Clusters x features: coordinates (standard deviations from the middle), and in their units.
    taken : sequence of str
        Names that others have already.

    Returns
    -------
    tuple of str
        Words joined by "_", such as "recent_often_big": the at most three features half a standard deviation or more from the middle, in the order of the
        features; "typical" where there is none. Clusters that would be called the same are told by all their features, those 1.5 standard
        deviations away with "very", and then by a number.
    """
    short = [_say(features, centre, value, apart=True) for centre, value in zip(centres, values, strict=True)]
    full = [_say(features, centre, value, apart=False) for centre, value in zip(centres, values, strict=True)]
    chosen = [full[i] if short.count(name) > 1 or name in taken else name for i, name in enumerate(short)]
    names: list[str] = []
    for name in chosen:
        number, free = 2, name
        while free in names or free in taken:
            free, number = f"{name}_{number}", number + 1
        names.append(free)
    return tuple(names)


def _say(features: Sequence[str], centre: np.ndarray, value: np.ndarray, *, apart: bool) -> str:
    order = np.argsort(-np.abs(centre), kind="stable")[:MOST]
    told = [i for i in sorted(order) if not apart or abs(centre[i]) >= APART]
    very = ["very-" if not apart and abs(centre[i]) >= VERY and features[i] != "recency_days" else "" for i in told]  # "very recent" would promise too much
    return "_".join(more + _word(features[i], centre[i], value[i]) for more, i in zip(very, told, strict=True)) or "typical"


def _word(feature: str, place: float, value: float) -> str:
    side = 0 if place <= -APART else 2 if place >= APART else 1
    if feature == "frequency" and side < 2 and value < 1.5:
        return "once"
    words = _WORDS.get(feature)
    return words[side] if words else f"{('low', 'mid', 'high')[side]}-{feature.replace('_', '-')}"
