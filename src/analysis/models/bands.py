"""Which values have which score: found by asking the ruler, so that it holds for every method and boundary."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import ibis
import pandas as pd
from ibis.expr.types import Table

from analysis.models import rfm
from analysis.models.rfm import SUM, Ruler

STEP = {"r": Decimal(1), "f": Decimal(1), "m": Decimal("0.0001")}  # the smallest difference there is: a day, an order, the last digit of money
_LEAST = {"r": Decimal(0), "f": Decimal(1), "m": None}  # an order may be of today; a buyer has one


def list_bands(ruler: Ruler) -> pd.DataFrame:
    """List the scores of each measure with the values that have them.

    Parameters
    ----------
    ruler : Ruler

    Returns
    -------
    pandas.DataFrame
        Grain: measure (r, f, m), score, for scores that some value has. low, high (Decimal, in days, orders or money, both included; None where the band is open).
    """
    thresholds = rfm.list_thresholds(ruler).execute()
    asked = [(measure, value) for measure in "rfm" for value in _around(thresholds.value[thresholds.measure == measure], measure)]
    scored = _score(asked, ruler)
    rows = []
    for measure, values in scored.groupby("measure", sort=False):
        ordered = values.sort_values("value", key=lambda column: column.map(Decimal))
        first, last = ordered.score.iloc[0], ordered.score.iloc[-1]
        for score, band in ordered.groupby("score"):
            low = band.value.iloc[0] if score != first else _LEAST[measure]
            rows.append((measure, int(score), low, band.value.iloc[-1] if score != last else None))
    return pd.DataFrame(rows, columns=["measure", "score", "low", "high"]).astype({"low": object, "high": object})


def _around(cuts: pd.Series, measure: str) -> list[Decimal]:
    """Give the values at which a score may change: on both sides of every cut, and on it."""
    step, least = STEP[measure], _LEAST[measure]
    found = {least if least is not None else Decimal(0)}
    for cut in map(Decimal, cuts):
        whole = {(cut / step).to_integral_value(rounding=way) * step for way in (ROUND_FLOOR, ROUND_CEILING)}
        found |= {value + shift for value in whole for shift in (-step, Decimal(0), step)}
    return sorted(value for value in found if least is None or value >= least)


def score_values(values: pd.DataFrame, ruler: Ruler) -> pd.DataFrame:
    """Add `score` to rows of measure (r, f, m) and value (Decimal)."""
    return _score(list(zip(values.measure, values.value, strict=True)), ruler)


def _score(asked: list[tuple[str, Decimal]], ruler: Ruler) -> pd.DataFrame:
    """Score single values: each in a row of its own, the other measures at one."""
    one = Decimal(1)
    rows = [
        (number, measure, value, *(int(value if measure == name else one) for name in "rf"), value if measure == "m" else one)
        for number, (measure, value) in enumerate(asked)
    ]
    schema = {"number": "int64", "measure": "string", "value": SUM, "r_value": "int64", "f_value": "int64", "m_value": SUM}
    scored = rfm.score(lay_out(rows, schema), ruler).order_by("number").execute()
    found = [int(row[f"{row.measure}_score"]) for _, row in scored.iterrows()]
    return pd.DataFrame({"measure": [measure for measure, _ in asked], "value": pd.Series([value for _, value in asked], dtype=object), "score": found})


def lay_out(rows: list[tuple], schema: dict[str, str]) -> Table:
    """Make a small table of rows written out."""
    return ibis.memtable(pd.DataFrame(rows, columns=list(schema)), schema=schema)


def count_ties(buyers: Table, ruler: Ruler, *, most: int = 3) -> pd.DataFrame:
    """List the largest blocks of customers with one and the same value, and how far each is from the next score.

    Parameters
    ----------
    buyers : Table
        Grain: customer. r_value, f_value, m_value.
    ruler : Ruler
    most : int
        Blocks for each measure; a block has at least two customers.

    Returns
    -------
    pandas.DataFrame
        Grain: measure, value, the largest first. value (Decimal), customers, share (of all buyers, 0-1), score, to_better and to_worse (Decimal: what is missing to
        a better score, what is left before a worse one, in days, orders or money; None where there is none).
    """
    total = int(buyers.count().execute())
    frames = []
    for measure in "rfm":
        counted = buyers.group_by(value=buyers[f"{measure}_value"].cast(SUM)).agg(customers=ibis._.count())
        largest = counted.filter(counted.customers > 1).order_by(ibis.desc("customers"), "value").limit(most).execute()
        frames.append(largest.assign(measure=measure))
    blocks = pd.concat(frames, ignore_index=True)
    blocks["value"] = pd.Series([Decimal(value) for value in blocks.value], dtype=object)
    blocks["score"] = score_values(blocks, ruler).score.astype("int64")
    bands = list_bands(ruler)
    away = [measure_distance(bands, row.measure, row.value, row.score) for row in blocks.itertuples()]
    blocks["to_better"] = pd.Series([better for better, _ in away], dtype=object)
    blocks["to_worse"] = pd.Series([worse for _, worse in away], dtype=object)
    blocks["share"] = blocks.customers / max(1, total)
    return blocks[["measure", "value", "customers", "share", "score", "to_better", "to_worse"]]


def measure_distance(bands: pd.DataFrame, measure: str, value: Decimal, score: int) -> tuple[Decimal | None, Decimal | None]:
    """Tell how far a value is from the nearest value with a better, and with a worse score."""
    rows = bands[bands.measure == measure]
    sign = -1 if measure == "r" else 1  # fewer days are better
    near = {"better": "high" if sign < 0 else "low", "worse": "low" if sign < 0 else "high"}
    better = [abs(edge - value) for edge in rows.loc[rows.score > score, near["better"]] if edge is not None]
    worse = [abs(value - edge) for edge in rows.loc[rows.score < score, near["worse"]] if edge is not None]
    return min(better, default=None), min(worse, default=None)
