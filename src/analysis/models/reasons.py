"""Why a label: the rule of a segment in days, orders and money, and the nearest way out of it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models import bands, moves
from analysis.models.rfm import SUM, Ruler
from analysis.settings.scoring import Scoring

PARTS = 3  # a rule of more parts is no rule any more
ORDERS = 10  # so many further orders are tried


@dataclass(frozen=True)
class Measure:
    """One measure of a customer: the value, its score, the values that have the same score, and what is missing to the next ones.

    Parameters
    ----------
    measure : {"r", "f", "m"}
    value : Decimal
        Days, orders or money.
    score : int
    low, high : Decimal or None
        Both have the same score; None where the band is open.
    to_better, to_worse : Decimal or None
        Difference to the nearest value with a better, a worse score; None where there is none.
    """

    measure: str
    value: Decimal
    score: int
    low: Decimal | None
    high: Decimal | None
    to_better: Decimal | None
    to_worse: Decimal | None


@dataclass(frozen=True)
class Why:
    """Why a customer has a segment, what would move them, and what is at stake.

    Parameters
    ----------
    segment : str
    measures : tuple of Measure
        Recency, frequency, money.
    orders, order_to : int, str
        So many orders of the usual size, the last of them today, bring another segment; None where none of the next ten does.
    days, silent_to : int, str
        So many more days without an order bring another segment; None where no silence does.
    monetary : Decimal
        Net money so far.
    """

    segment: str
    measures: tuple[Measure, ...]
    orders: int | None
    order_to: str | None
    days: int | None
    silent_to: str | None
    monetary: Decimal


def explain(buyer: Table, ruler: Ruler, scoring: Scoring, classify: moves.Classifier) -> Why:
    """Explain the label of one customer.

    Parameters
    ----------
    buyer : Table
        One row: customer_id, r_value, f_value, m_value, frequency, monetary.
    ruler : Ruler
    scoring : Scoring
    classify : callable
        Scores and classifies with that ruler and the map of the run.
    """
    edges = bands.list_bands(ruler)
    row = buyer.execute().iloc[0]
    later = sorted(int(low) - int(row.r_value) for low in edges[edges.measure == "r"].low if low is not None and low > int(row.r_value))
    cases = {
        "as_is": {},
        **{f"order_{number}": moves.after_order(buyer, scoring, orders=number) for number in range(1, ORDERS + 1)},
        **{f"silent_{days}": moves.after_silence(buyer, days) for days in later},
    }
    labels = moves.relabel(buyer, cases, classify).execute().iloc[0]
    orders = next((number for number in range(1, ORDERS + 1) if labels[f"order_{number}"] != labels["as_is"]), None)
    days = next((days for days in later if labels[f"silent_{days}"] != labels["as_is"]), None)
    return Why(
        segment=labels["as_is"],
        measures=tuple(_measure(edges, name, Decimal(str(row[f"{name}_value"])), ruler) for name in "rfm"),
        orders=orders,
        order_to=None if orders is None else labels[f"order_{orders}"],
        days=days,
        silent_to=None if days is None else labels[f"silent_{days}"],
        monetary=Decimal(row.monetary),
    )


def _measure(edges: pd.DataFrame, measure: str, value: Decimal, ruler: Ruler) -> Measure:
    score = int(bands.score_values(pd.DataFrame({"measure": [measure], "value": [value]}), ruler).score.iloc[0])
    band = edges[(edges.measure == measure) & (edges.score == score)].iloc[0]
    return Measure(measure, value, score, band.low, band.high, *bands.measure_distance(edges, measure, value, score))


def list_rules(ruler: Ruler, classify: moves.Classifier) -> pd.DataFrame:
    """Say in days, orders and money which customers a segment has.

    Every combination of scores that some value has is classified; what a segment holds is then covered with as few ranges as possible.

    Parameters
    ----------
    ruler : Ruler
    classify : callable

    Returns
    -------
    pandas.DataFrame
        Grain: segment, part. A customer who fits all ranges of a part is in the segment: r_low, r_high (days), f_low, f_high (orders), m_low, m_high (money), Decimal,
        both included; None where that side is open. exact: False where more than three parts would be needed; then there is one part, the ranges between which the
        segment lies, and others lie there too.
    """
    edges = bands.list_bands(ruler)
    ladders = {name: edges[edges.measure == name].sort_values("score").reset_index(drop=True) for name in "rfm"}
    grid = _label_grid(ladders, classify)
    rows = []
    for segment in dict.fromkeys(grid.ravel()):
        boxes = list(itertools.islice(_cover(grid == segment), PARTS + 1))
        exact = len(boxes) <= PARTS
        for part, box in enumerate(boxes if exact else [_hull(grid == segment)], start=1):
            rows.append((segment, part, exact, *itertools.chain.from_iterable(_range(ladders[name], *ends) for name, ends in zip("rfm", box, strict=True))))
    columns = ["segment", "part", "exact", *(f"{name}_{end}" for name in "rfm" for end in ("low", "high"))]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[3:], object))


def _label_grid(ladders: dict[str, pd.DataFrame], classify: moves.Classifier) -> np.ndarray:
    """Classify one customer for each combination of scores: an array of segments, R by F by M, the worst score first."""
    values = {name: [low if low is not None else high if high is not None else Decimal(1) for low, high in zip(ladder.low, ladder.high, strict=True)]
              for name, ladder in ladders.items()}  # fmt: skip
    rows = [(number, int(r), int(f), m, int(f), m) for number, (r, f, m) in enumerate(itertools.product(*values.values()))]
    schema = {"number": "int64", "r_value": "int64", "f_value": "int64", "m_value": SUM, "frequency": "int64", "monetary": SUM}
    labelled = classify(bands.lay_out(rows, schema)).select("number", "segment").execute().sort_values("number")
    return labelled.segment.to_numpy(dtype=object).reshape([len(ladder) for ladder in ladders.values()])


Box = tuple[tuple[int, int], ...]  # on each axis the first and the last place


def _cover(cells: np.ndarray) -> Iterator[Box]:
    """Cover cells with boxes that hold nothing else, the one that covers most first."""
    left = cells.copy()
    boxes = [box for box in itertools.product(*(_ranges(size) for size in cells.shape)) if cells[_inside(box)].all()]
    while left.any():
        best = max(boxes, key=lambda box: (int(left[_inside(box)].sum()), cells[_inside(box)].size))
        left[_inside(best)] = False
        yield best


def _ranges(size: int) -> list[tuple[int, int]]:
    return [(first, last) for first in range(size) for last in range(first, size)]


def _inside(box: Box) -> tuple[slice, ...]:
    return tuple(slice(first, last + 1) for first, last in box)


def _hull(cells: np.ndarray) -> Box:
    return tuple((int(places.min()), int(places.max())) for places in np.nonzero(cells))


def _range(ladder: pd.DataFrame, first: int, last: int) -> tuple[Decimal | None, Decimal | None]:
    """Give the values between two places of a ladder; nothing where it is the whole ladder."""
    if (first, last) == (0, len(ladder) - 1):
        return None, None
    ends = [edge for place in (first, last) for edge in (ladder.low[place], ladder.high[place])]
    lows, highs = (ends[0], ends[2]), (ends[1], ends[3])
    return None if None in lows else min(lows), None if None in highs else max(highs)


def count_reasons(moved: Table, groups: tuple[str, ...]) -> pd.DataFrame:
    """Count, segment by segment, who an order today would lift, and who falls within 7 and 30 days without one.

    Parameters
    ----------
    moved : Table
        Grain: customer_id; monetary, segment, order_today, silent_7, silent_30.
    groups : tuple of str
        The segments in the order of display.

    Returns
    -------
    pandas.DataFrame
        Grain: segment; segments without customers are left out. customers, monetary (float), lifted and lifted_to (customers whom an order today brings into another
        segment, and the commonest one), falls_7, money_7, falls_30, money_30 (customers who leave it unless they order, and what they have brought so far, float), falls_to
        (the commonest segment they are in after 30 days), falls_to_customers. Segments are null where nobody moves.
    """
    money = _.monetary.cast("float64")
    falls = {f"falls_{days}": (moved[f"silent_{days}"] != moved.segment) for days in (7, 30)}
    counted = moved.group_by("segment").agg(
        customers=_.count(), monetary=_.monetary.sum().cast("float64"), lifted=(_.order_today != _.segment).sum(),
        falls_7=falls["falls_7"].sum(), money_7=money.sum(where=falls["falls_7"]), falls_30=falls["falls_30"].sum(), money_30=money.sum(where=falls["falls_30"]),
    )  # fmt: skip
    frame = counted.execute().set_index("segment")
    for name, column in (("lifted_to", "order_today"), ("falls_to", "silent_30")):
        pairs = moved.filter(moved[column] != moved.segment).group_by("segment", to=moved[column]).agg(n=_.count()).order_by(ibis.desc("n"), "to").execute()
        first = pairs.drop_duplicates("segment").set_index("segment")
        frame[name] = first.to.reindex(frame.index).astype(object)
        frame[f"{name}_customers"] = first.n.reindex(frame.index).fillna(0).astype("int64")
    order = [key for key in groups if key in frame.index]
    frame = frame.reindex(order).fillna({"money_7": 0.0, "money_30": 0.0}).reset_index()
    return frame[[
        "segment", "customers", "monetary", "lifted", "lifted_to", "lifted_to_customers", "falls_7", "money_7", "falls_30", "money_30", "falls_to", "falls_to_customers",
    ]]  # fmt: skip
