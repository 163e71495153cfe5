"""The key figures of published reports: their names, their values, and how they changed."""

import math

from analysis.report.catalogue import Listed
from analysis.texts import Texts

_MONEY = ("revenue", "monetary", "mean_order_value")  # how such a measure begins
_SHARES = ("_rate", "_share", "retention")  # how such a measure ends


def read_values(report: Listed) -> dict[str, float]:
    """Read the key figures as numbers; what is none, or withheld, is left out."""
    found = {}
    for figure in report.key_figures:
        try:
            value = float(figure["value"])
        except (KeyError, TypeError, ValueError):
            continue
        if math.isfinite(value):
            found[str(figure["measure"])] = value
    return found


def name_measure(measure: str, texts: Texts) -> str:
    """Name a key figure; one that the catalogue does not know by its own name."""
    word = measure.replace("_", "-")
    known = [key for key in (f"trend-{word}", f"measure-{word}") if texts.has(key)]
    return texts.say(known[0]) if known else measure.replace("_", " ")


def is_share(measure: str) -> bool:
    """Tell whether a key figure is a share, which changes by points."""
    return measure.endswith(_SHARES)


def is_money(measure: str) -> bool:
    """Tell whether a key figure is money."""
    return measure.startswith(_MONEY)


def write_value(measure: str, value: float | None, texts: Texts) -> str:
    """Write a key figure as money, share or number; a dash where there is none."""
    if value is None:
        return texts.say("no-value")
    if is_money(measure):
        return texts.money(value)
    return texts.percent(value) if is_share(measure) else texts.number(value, 0 if value == int(value) else 1)


def say_change(measure: str, now: float | None, before: float | None, texts: Texts) -> str:
    """Say by how much a key figure changed, with its sign: a share by points, anything else in per cent; nothing where there is nothing to compare."""
    if now is None or before is None or (before == 0 and not is_share(measure)):
        return ""
    change = (now - before) * 100 if is_share(measure) else (now - before) / abs(before)
    if is_share(measure):
        points = round(change, 1)
        return texts.say("listing-points", change=f"{_sign(points)}{texts.number(abs(points), 1)}")
    return f"{_sign(round(change, 3))}{texts.percent(abs(change))}"


def _sign(change: float) -> str:
    return "+" if change > 0 else "−" if change < 0 else "±"
