"""Segments, classes and tiers: every buyer in exactly one of each, by rules that are data."""

import itertools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import CLASS8, SCHEMES, TIERS, UNCLASSIFIED
from analysis.errors import ConfigurationError, shorten
from analysis.models.rfm import SUM, Ruler

CELLS = tuple(itertools.product(range(1, 6), range(1, 6)))  # (r, f)


@dataclass(frozen=True)
class SegmentMap:
    """A proved map: every pair of an R and an F score has exactly one segment.

    Parameters
    ----------
    name : str
    keys : tuple of str
        The segments in the order of display.
    cells : mapping of (int, int) to str
        (R score, F score) to segment.
    """

    name: str
    keys: tuple[str, ...]
    cells: Mapping[tuple[int, int], str]


def load_map(name: str) -> SegmentMap:
    """Read a map and prove it: total, disjoint, every segment reachable.

    Raises
    ------
    ConfigurationError
        Naming the cells with no segment or with several, and the segments without a cell.
    """
    folder = resources.files("analysis.models") / "maps"
    file = folder / f"{name}.toml"
    if not file.is_file():
        known = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir())
        raise ConfigurationError(f"There is no segment map {name!r}; there are: {', '.join(known)}.")
    return prove_map(tomllib.loads(file.read_text(encoding="utf-8")))


def prove_map(rules: dict) -> SegmentMap:
    """Turn the ranges of a map into cells, and refuse a map with holes, overlaps or unreachable segments.

    Parameters
    ----------
    rules : dict
        name, and `segment`: a list of {key, cells}, each cell a pair of inclusive ranges {r = [low, high], f = [low, high]}.
    """
    found: dict[tuple[int, int], list[str]] = {cell: [] for cell in CELLS}
    for segment in rules["segment"]:
        for ranges in segment["cells"]:
            for r, f in CELLS:
                if ranges["r"][0] <= r <= ranges["r"][1] and ranges["f"][0] <= f <= ranges["f"][1]:
                    found[r, f].append(segment["key"])
    keys = tuple(segment["key"] for segment in rules["segment"])
    holes = [f"R{r} F{f}" for (r, f), names in found.items() if not names]
    double = [f"R{r} F{f} ({' and '.join(names)})" for (r, f), names in found.items() if len(names) > 1]
    unreachable = [key for key in keys if not any(key in names for names in found.values())]
    faults = [
        f"{what}: {shorten(cells)}" for what, cells in (("no segment for", holes), ("several segments for", double), ("never reached", unreachable)) if cells
    ]
    if faults:
        raise ConfigurationError(
            f"The segment map {rules['name']!r} is unsound: {'; '.join(faults)}. Mend the ranges so that each score pair has exactly one segment."
        )
    return SegmentMap(rules["name"], keys, {cell: names[0] for cell, names in found.items()})


def keys_of(segment_map: SegmentMap) -> dict[str, tuple[str, ...]]:
    """List the groups of each scheme in the order of display."""
    return dict(zip(SCHEMES, (segment_map.keys, CLASS8, TIERS), strict=True))


def classify(scored: Table, ruler: Ruler, segment_map: SegmentMap, *, enough: bool = True) -> Table:
    """Give every buyer a segment, one of the eight classes and a value tier.

    Parameters
    ----------
    scored : Table
        Scored customers (see `analysis.models.rfm.score`).
    ruler : Ruler
    segment_map : SegmentMap
    enough : bool
        False where there are too few buyers to tell groups apart: all are `unclassified`.

    Returns
    -------
    Table
        The same rows with segment, class8, value_tier (text; null for who is not a buyer).

    Notes
    -----
    Eight classes: high is above the median; recent is at or below the median of days. important <=> money high; value, develop, keep,
    winback <=> (recent, frequent) = (yes, yes), (yes, no), (no, yes), (no, no).
    """
    buys = scored.frequency > 0
    none = ibis.null("string")
    if not enough:
        label = ibis.ifelse(buys, ibis.literal(UNCLASSIFIED), none)
        return scored.mutate(segment=label, class8=label, value_tier=label)
    cells = pd.DataFrame([(r, f, segment) for (r, f), segment in segment_map.cells.items()], columns=["_r", "_f", "segment"])
    table = ibis.memtable(cells, schema={"_r": "int8", "_f": "int8", "segment": "string"})
    joined = scored.left_join(table, [scored.r_score == table["_r"], scored.f_score == table["_f"]]).drop("_r", "_f")
    recent = joined.r_value <= ruler.r_median
    frequent = joined.f_value > ruler.f_median
    important = joined.m_value > ibis.literal(ruler.m_median, SUM)
    pair = ibis.cases((recent & frequent, "value"), (recent & ~frequent, "develop"), (~recent & frequent, "keep"), else_="winback")
    mid, high = (ibis.literal(cut, SUM) for cut in ruler.tiers)
    return joined.mutate(
        class8=ibis.ifelse(buys, ibis.ifelse(important, "important_", "general_") + pair, none),
        value_tier=ibis.ifelse(buys, ibis.cases((joined.monetary >= high, "high"), (joined.monetary >= mid, "mid"), else_="low"), none),
    )


def count_segments(buyers: Table, groups: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """Count each scheme's groups, empty ones included.

    Parameters
    ----------
    buyers : Table
        Grain: customer; segment, class8, value_tier, recency_days, frequency, monetary.
    groups : dict of str to tuple of str
        Scheme to its groups in order.

    Returns
    -------
    pandas.DataFrame
        Grain: scheme, segment. customers, customers_pct (0-1), monetary (Decimal), monetary_pct (0-1), median_recency_days, median_frequency,
        median_monetary (null where empty), action (key in the catalogue; null where the scheme has no actions).
    """
    frames = []
    for scheme, keys in groups.items():
        counted = buyers.group_by(segment=buyers[scheme]).agg(
            customers=_.count(), monetary=_.monetary.sum(), median_recency_days=_.recency_days.cast("float64").median(),
            median_frequency=_.frequency.cast("float64").median(), median_monetary=_.monetary.cast("float64").median(),
        ).execute()  # fmt: skip
        order = list(dict.fromkeys([*keys, *([UNCLASSIFIED] if UNCLASSIFIED in set(counted.segment) else [])]))
        frame = counted.set_index("segment").reindex(order).rename_axis("segment").reset_index()
        frame.insert(0, "scheme", scheme)
        frame["action"] = frame.segment if scheme == "segment" else None
        frames.append(frame)
    frame = pd.concat(frames, ignore_index=True)
    frame["customers"] = frame.customers.fillna(0).astype("int64")
    frame["monetary"] = [Decimal(0) if pd.isna(value) else value for value in frame.monetary]
    totals = frame.groupby("scheme")[["customers", "monetary"]].transform("sum")
    frame["customers_pct"] = frame.customers / totals.customers
    frame["monetary_pct"] = [float(part) / float(whole) if whole else 0.0 for part, whole in zip(frame.monetary, totals.monetary, strict=True)]
    return frame


def count_history(states: Table, groups: dict[str, tuple[str, ...]]) -> Table:
    """Count each scheme's groups at each snapshot, empty ones included.

    Parameters
    ----------
    states : Table
        Grain: snapshot, customer; buyers only, classified.

    Returns
    -------
    Table
        Grain: as_of, scheme, segment. customers, monetary.
    """
    days = states.select(as_of=states.snapshot).distinct()
    parts = []
    for scheme, keys in groups.items():
        counted = states.group_by(as_of=states.snapshot, segment=states[scheme]).agg(customers=_.count(), monetary=_.monetary.sum().cast(SUM))
        labels = ibis.memtable(pd.DataFrame({"segment": [*keys]}), schema={"segment": "string"})
        every = days.cross_join(labels).union(counted.select("as_of", "segment"), distinct=True)
        joined = every.left_join(counted, ["as_of", "segment"])
        parts.append(joined.select(
            as_of=every.as_of, scheme=ibis.literal(scheme), segment=every.segment, customers=joined.customers.fill_null(0), monetary=joined.monetary.fill_null(0).cast(SUM)
        ))  # fmt: skip
    return parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]
