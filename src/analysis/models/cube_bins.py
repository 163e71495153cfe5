"""Where the cut points might lie instead: a few round places of each measure, the cuts in force among them, and the buyers counted between them."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.maps import MEASURES, SegmentMap
from analysis.models.rfm import score
from analysis.models.ruler import STEP, SUM, Ruler
from analysis.models.tree import UNKNOWN, write_key

PLACES = {"r": 18, "f": 10, "m": 18}  # quantiles of each measure that a cut may be moved to, besides the cuts in force
FEW_ORDERS = range(1, 9)  # so many orders are told apart one by one
NEAR = Decimal("0.08")  # of its value: what lies nearer to a cut in force is no other place
Edges = Mapping[str, tuple[Decimal, ...]]


def choose_edges(buyers: Table, ruler: Ruler) -> dict[str, tuple[Decimal, ...]]:
    """Choose the places that a cut may be moved to: round numbers near quantiles, so that they are nobody's own value, and the cuts in force.

    Parameters
    ----------
    buyers : Table
        Grain: customer. r_value (days), f_value, m_value (decimal).
    ruler : Ruler

    Returns
    -------
    dict of str to tuple of Decimal
        For r, f and m, ascending, in the unit of the measure.
    """
    shares = {name: [step / (count + 1) for step in range(1, count + 1)] for name, count in PLACES.items()}
    found = buyers.agg(
        **{name: buyers[f"{name}_value"].cast("float64").quantile(wanted) for name, wanted in shares.items()}, most=_.f_value.max()
    ).execute().iloc[0]  # fmt: skip
    few = [orders for orders in FEW_ORDERS if orders < int(found.most)]
    wanted = {name: _round_between(found[name]) for name in MEASURES}
    wanted["f"] = [*map(Decimal, few), *(value for value in wanted["f"] if value > FEW_ORDERS[-1])]
    places = {}
    for name in MEASURES:
        cuts = {cut.quantize(STEP) for cut in getattr(ruler, name).values}
        free = {value.quantize(STEP) for value in wanted[name]} - cuts
        places[name] = tuple(sorted(cuts | {value for value in free if name == "f" or all(abs(value - cut) > value * NEAR for cut in cuts)}))
    return places


def _round_between(quantiles: list[float]) -> list[Decimal]:
    """Give for each quantile the roundest number that is nearer to it than to its neighbours."""
    values = sorted({Decimal(str(value)).quantize(STEP) for value in quantiles})
    limits = [(low + high) / 2 for low, high in pairwise(values)]
    lows = [values[0] - abs(values[0]) / 4 - 1, *limits] if values else []
    highs = [*limits, values[-1] + abs(values[-1]) / 4 + 1] if values else []
    return [_roundest(low, high) for low, high in zip(lows, highs, strict=True)]


def _roundest(low: Decimal, high: Decimal) -> Decimal:
    """Find the number above `low` and not above `high` with the fewest digits: of the coarsest step, the one nearest to the middle."""
    for power in range(12, -5, -1):
        for digit in (5, 2, 1):
            step = Decimal(digit).scaleb(power)
            first, last = (low / step).to_integral_value(ROUND_FLOOR) + 1, (high / step).to_integral_value(ROUND_FLOOR)
            if first <= last:
                middle = ((low + high) / 2 / step).to_integral_value(ROUND_CEILING)
                return min(max(first, middle), last) * step
    return high


def count_bins(buyers: Table, ruler: Ruler, edges: Edges, *, attribute: str) -> pd.DataFrame:
    """Count buyers by where they lie between the edges.

    Parameters
    ----------
    buyers : Table
        Grain: customer. r_value, f_value, m_value, monetary (decimal), and the attribute.
    ruler : Ruler
        Says on which side of an edge a value on it lies.
    edges : mapping of str to tuple of Decimal
    attribute : str
        A column of text or yes-no; "" for none.

    Returns
    -------
    pandas.DataFrame
        Grain: value (of the attribute; `UNKNOWN` where nothing is said), r, f, m (edges passed towards the better score). customers, monetary (Decimal);
        in no order.
    """
    fine = replace(ruler, **{name: replace(getattr(ruler, name), values=edges[name]) for name in MEASURES})
    value = write_key(buyers, attribute) if attribute else ibis.literal(UNKNOWN)
    placed = score(buyers.select("r_value", "f_value", "m_value", "monetary", value=value), fine)
    keys = {name: (placed[f"{name}_score"] - 1).cast("int64") for name in MEASURES}
    counted = placed.group_by(value=placed.value, **keys).agg(customers=_.count(), monetary=_.monetary.sum().cast(SUM))
    return counted.execute()


def list_edges(ruler: Ruler, edges: Edges) -> pd.DataFrame:
    """List the places of every measure from the poorest to the best.

    Returns
    -------
    pandas.DataFrame
        Grain: measure (r, f, m), place (0, 1, ...: who has passed more than `place` edges lies beyond it). value (float, in the unit of the measure), cuts (how
        many of the cuts in force lie there), measured (days, orders, net ...), boundary (inclusive, exclusive).
    """
    rows = []
    for name in MEASURES:
        cuts, values = getattr(ruler, name), sorted(edges[name], reverse=name == "r")
        rows += [(name, place, float(value), cuts.values.count(value), cuts.measure, cuts.boundary) for place, value in enumerate(values)]
    return pd.DataFrame(rows, columns=["measure", "place", "value", "cuts", "measured", "boundary"])


def list_codes(maps: list[SegmentMap]) -> pd.DataFrame:
    """List what every map makes of every combination of scores, the map in force first.

    Returns
    -------
    pandas.DataFrame
        Grain: map, code (scores of r and f, and of m where the map looks at money). segment, place (of the segment in the order of display).
    """
    rows = [(each.name, "".join(map(str, cell)), key, each.keys.index(key)) for each in maps for cell, key in each.cells.items()]
    return pd.DataFrame(rows, columns=["map", "code", "segment", "place"])
