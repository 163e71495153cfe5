"""Sums over all values from the largest down, without a window over everything: within blocks of neighbouring values, and over the blocks."""

import ibis
from ibis import _
from ibis.expr.types import Table

STEPS = 12  # blocks to a factor of e: the values of one lie within 9 per cent of each other
LEAST, MOST = -9 * STEPS, 40 * STEPS  # what is smaller or larger shares a block; so there are never a thousand


def sum_above(values: Table, by: str, *amounts: str, each: str = "") -> Table:
    """Add what the larger values amount to, and what all do.

    Parameters
    ----------
    values : Table
        Grain: the column `by` (decimal, no nulls), and `each`. The columns `amounts` (numbers, no nulls).
    by : str
    amounts : str
    each : str
        A column, where the rows of each of its values are added up by themselves.

    Returns
    -------
    Table
        The same rows, with `above_<amount>` (of the rows with a larger value; 0 for the largest) and `all_<amount>`.

    Notes
    -----
    A window over all rows would bring them to one worker. The blocks are few, so they are added up pair by pair; within a block the window is of that block. Into which
    block a value falls changes no sum, as long as a larger value is never in a lower block.
    """
    number, own = values[by].cast("float64"), [each] if each else []
    step = (ibis.greatest(number, 1e-4).ln() * STEPS).floor().cast("int64")
    placed = values.mutate(block=ibis.ifelse(number > 0, ibis.least(ibis.greatest(step, LEAST), MOST), LEAST - 1))
    blocks = placed.group_by(*own, "block").agg(**{name: placed[name].sum().cast(placed[name].type()) for name in amounts})
    others = blocks.select(*own, other="block", **{f"other_{name}": blocks[name] for name in amounts})
    pairs = blocks.join(others, own) if each else blocks.cross_join(others)
    sums = pairs.group_by(*own, "block").agg(
        **{f"over_{name}": pairs[f"other_{name}"].sum(where=pairs.other > pairs.block).fill_null(0) for name in amounts},
        **{f"all_{name}": pairs[f"other_{name}"].sum() for name in amounts},
    )
    before = ibis.window(group_by=[*own, "block"], order_by=ibis.desc(by), preceding=(None, 1))
    joined = placed.join(sums, [*own, "block"])
    added = {f"above_{name}": (joined[name].sum().over(before).fill_null(0) + joined[f"over_{name}"]).cast(placed[name].type()) for name in amounts}
    return joined.mutate(**added).select(*values.columns, *[_[f"{kind}_{name}"] for kind in ("above", "all") for name in amounts])
