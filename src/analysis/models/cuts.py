"""Where the cut points lie: quantiles, natural breaks, mean, median, the best N per cent, or numbers of your own."""

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.breaks import natural_breaks
from analysis.models.cumulating import sum_above
from analysis.models.ruler import STEP, SUM, Cuts
from analysis.settings.scoring import Scale, Scoring

SHARES = (80, 95)  # per cent of the money: of the high customers, and of these with the mid ones
POINTS = 2_000  # of a measure with more values than this, natural breaks are sought among so many bins


def fit_cuts(buyers: Table, scoring: Scoring) -> tuple[dict[str, Cuts], dict[str, Decimal], tuple[Decimal, Decimal]]:
    """Find the cut points of every measure, where the eight classes are parted, and the least money of a mid and of a high customer.

    High are the customers who together make the first 80 % of revenue, largest first, mid the next 15 %. The cut lies on a value: who spent the same
    is in the same tier.

    Parameters
    ----------
    buyers : Table
        Grain: customer. r_value, f_value, m_value, monetary (decimal); at least one row, no nulls.
    scoring : Scoring

    Returns
    -------
    dict of str to Cuts
        Of r, f and m.
    dict of str to Decimal
        The lower median of each (of recency: of its days), or its mean.
    tuple of Decimal
        (mid, high): a customer is high from `high`, mid from `mid`, low below.

    Notes
    -----
    All is reckoned on values of which more is better: recency on minus its days. An order statistic is found by counting how many customers have each value: exact, and
    with neither a window over all customers nor all their values in one place.
    """
    scales: Mapping[str, Scale] = {"r": scoring.recency, "f": scoring.frequency, "m": scoring.money}
    values = buyers.select(r=-_.r_value, f=_.f_value, m=_.m_value, money=_.monetary)
    n = int(values.count().execute())
    bins = {name: scoring.bins_of(scale) for name, scale in scales.items()}
    places = {name: _places(scale, bins[name], n) | ({_middle(name, n)} if scoring.class8 == "median" else set()) for name, scale in scales.items()}
    at, tiers = _look_up(values, places, money="m" if scoring.money.measure == "net" else "money")
    means = _means(values, [name for name, scale in scales.items() if scale.method == "mean" or scoring.class8 == "mean"], n)
    cuts, splits = {}, {}
    for name, scale in scales.items():
        if scale.method == "fixed":
            found = [Fraction(cut) * (-1 if name == "r" else 1) for cut in scale.cuts]
        elif scale.method == "mean":
            found = [means[name]]
        elif scale.method == "jenks":
            found = _breaks(values[name], bins[name], scale)
        else:
            found = _quantiles(scale, bins[name], n, at[name])
        cuts[name] = Cuts(scale.measure, scale.method, scale.boundary, _in_unit(found, scale, reverse=name == "r"))  # type: ignore[attr-defined]
        split = at[name][_middle(name, n)] if scoring.class8 == "median" else means[name]
        splits[name] = _round(-split if name == "r" else split, up=False)
    return cuts, splits, tiers


def _middle(name: str, n: int) -> int:
    """Give the place of the median: the lower of two, in days as in orders and money, so that who is recent is not above it and who is high is."""
    return n // 2 if name == "r" else (n - 1) // 2


def _places(scale: Scale, bins: int, n: int) -> set[int]:
    """List the places in ascending order (0 is the least) whose values a method needs."""
    if scale.method == "top":
        return {_top(scale, n)}
    if scale.method in ("quantile", "median"):
        return {place for number in range(1, bins) for place in _around(number, bins, n)}
    return set()


def _around(number: int, bins: int, n: int) -> tuple[int, int]:
    """Give the two neighbours of a quantile (linear interpolation, type 7); they are one where it falls on a value."""
    low, rest = divmod((n - 1) * number, bins)
    return low, low + bool(rest)


def _top(scale: Scale, n: int) -> int:
    """Give the place of the cut under the best: exclusive, the best of the rest; inclusive, the last of the best."""
    best = Fraction(str(scale.top)) * n / 100
    return n - 1 - math.floor(best) if scale.boundary == "exclusive" else n - math.ceil(best)


def _quantiles(scale: Scale, bins: int, n: int, at: Mapping[int, Fraction]) -> list[Fraction]:
    if scale.method == "top":
        return [at[_top(scale, n)]]
    found = []
    for number in range(1, bins):
        low, high = _around(number, bins, n)
        between = at[low] + (at[high] - at[low]) * Fraction((n - 1) * number % bins, bins)
        found.append(between if scale.quantiles == "interpolated" else at[low] if scale.boundary == "exclusive" else at[high])
    return found


def _look_up(values: Table, places: Mapping[str, set[int]], *, money: str) -> tuple[dict[str, dict[int, Fraction]], tuple[Decimal, Decimal]]:
    """Ask the engine for the values at these places of the ascending order, where a value has the places of the customers who are not above it, and for the tiers."""
    names = [*(name for name, wanted in places.items() if wanted or name == money), *([] if money in places else [money])]
    counted = [
        values.group_by(value=values[name].cast(SUM)).agg(customers=_.count(), money=_.money.sum().cast(SUM)).mutate(measure=ibis.literal(name))
        for name in names
    ]
    ranked = sum_above(ibis.union(*counted), "value", "customers", "money", each="measure")
    upto = ranked.all_customers - ranked.above_customers
    at = {f"{name}{place}": ranked.value.min(where=(ranked.measure == name) & (upto > place)) for name, wanted in places.items() for place in sorted(wanted)}
    paid = ranked.measure == money
    high, mid = (ranked.value.min(where=paid & (ranked.above_money * 100 < ranked.all_money * share)) for share in SHARES)
    found = ranked.agg(**at, mid=mid, high=high, most=ranked.value.max(where=paid)).execute().iloc[0]
    nobody = _exact(found.most) + 1  # where nobody has spent anything, everybody is low
    tiers = [_round(nobody if value is None or pd.isna(value) else _exact(value), up=False) for value in (found.mid, found.high)]
    return {name: {place: _exact(found[f"{name}{place}"]) for place in wanted} for name, wanted in places.items()}, (tiers[0], tiers[1])


def _exact(value: object) -> Fraction:
    return Fraction(str(value))


def _means(values: Table, names: list[str], n: int) -> dict[str, Fraction]:
    if not names:
        return {}
    sums = values.agg(**{name: values[name].sum() for name in names}).execute().iloc[0]
    return {name: _exact(sums[name]) / n for name in names}


def _breaks(column: ibis.Value, bins: int, scale: Scale) -> list[Fraction]:
    """Part the values at natural breaks; where there are fewer values than scores, cuts coincide at the lowest."""
    counted = _count_values(column)
    firsts = natural_breaks(counted["mean"].tolist(), counted["customers"].tolist(), bins)
    lows, highs = [_exact(value) for value in counted["low"]], [_exact(value) for value in counted["high"]]
    found = [lows[first] if scale.boundary == "inclusive" else highs[first - 1] for first in firsts] or [lows[0]]
    return [found[0]] * (bins - 1 - len(found)) + found


def _count_values(column: ibis.Value) -> pd.DataFrame:
    """Count the customers at each value; of very many values, in bins that are narrow where the values are small and customers many.

    Returns
    -------
    pandas.DataFrame
        Ascending. low, high (the least and the largest value in the bin), mean (float), customers.
    """
    table = column.as_table()
    value = table[column.get_name()]
    facts = table.agg(different=value.nunique(), least=value.cast("float64").min(), most=value.cast("float64").max()).execute().iloc[0]
    if facts.different <= POINTS:
        counted = table.group_by(low=value).agg(customers=_.count()).execute().sort_values("low")
        return counted.assign(high=counted["low"], mean=counted["low"].astype(float))
    place = ((value.cast("float64") - float(facts.least)) / float(facts.most - facts.least)).sqrt() * POINTS
    binned = table.group_by(bin=place.floor().cast("int64")).agg(low=value.min(), high=value.max(), mean=value.cast("float64").mean(), customers=_.count())
    return binned.execute().sort_values("bin")


def _in_unit(found: list[Fraction], scale: Scale, *, reverse: bool) -> tuple[Decimal, ...]:
    """Give cuts in the unit of the measure, ascending, on the step that parts the same values."""
    sign = -1 if reverse else 1
    up = (scale.boundary == "inclusive") != reverse  # exclusive: what is above a cut is above the step below it
    return tuple(sorted(_round(sign * cut + Fraction(scale.offset), up=up) for cut in found))


def _round(value: Fraction, *, up: bool) -> Decimal:
    steps = value / Fraction(STEP)
    return Decimal(math.ceil(steps) if up else math.floor(steps)) * STEP
