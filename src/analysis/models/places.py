"""Where customers stand in what all of them bring: the first per cents are made by the largest."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.cumulating import sum_above

SUM = "decimal(38,4)"
PLACES = 100


def fit_places(customers: Table, measure: str) -> list[Decimal | None]:
    """Find the least amount of those who together make the first 1, 2, ... 99 per cent of a measure, largest first.

    The same law as that of the value tiers (`analysis.models.cuts.fit_cuts`): a customer belongs to the first N per cent when those with more than theirs make
    less than N per cent. So the cuts lie on values, and equals stand together.

    Parameters
    ----------
    customers : Table
        Grain: customer. The measure (decimal, may be negative), null for who is not counted.
    measure : str

    Returns
    -------
    list of Decimal or None
        99 amounts that do not rise; None where nobody is (there is nothing to share).
    """
    values = customers.filter(customers[measure].notnull()).group_by(value=customers[measure].cast(SUM)).agg(total=_.count())
    values = values.mutate(total=(values["value"] * values.total.cast("decimal(18,0)")).cast(SUM))
    ranked = sum_above(values, "value", "total")
    cuts = {f"p{place}": _["value"].min(where=_["above_total"] * PLACES < _["all_total"] * place) for place in range(1, PLACES)}
    found = ranked.agg(**cuts).execute().iloc[0]
    return [None if pd.isna(found[name]) else Decimal(str(found[name])) for name in cuts]


def assign_places(value: ibis.Value, cuts: Sequence[Decimal | None]) -> ibis.Value:
    """Say in which per cent, counted from the largest, a value lies: 1 to 100 (int64); null stays null."""
    missed = Counter(cuts)  # a value misses all places whose cut it does not reach; equal cuts are asked once
    place = ibis.literal(1 + missed.pop(None, 0), "int64")
    for cut, count in sorted(missed.items(), reverse=True):
        place = place + ibis.ifelse(value.cast(SUM) < ibis.literal(cut, SUM), ibis.literal(count, "int64"), ibis.literal(0, "int64"))
    return ibis.ifelse(value.notnull(), place, ibis.null("int64"))
