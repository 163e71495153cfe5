"""The rows of a list, a batch at a time: words instead of keys, the lot of a campaign, and nothing that a spreadsheet would take for a formula."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table

from analysis.exports.lots import draw
from analysis.exports.shapes import Layout
from analysis.formulas import FORMULA, TABS
from analysis.texts import Texts

BATCH = 50_000


def stream(chosen: Table, layout: Layout, texts: Texts, *, campaign: str = "", share: float = 0.0, seed: int = 0) -> Iterator[pa.RecordBatch]:
    """Give the rows of a list, the customers who brought most first.

    Parameters
    ----------
    chosen : Table
        Grain: customer_id; with the columns of the layout.
    layout : Layout
    texts : Texts
        In whose language keys are said.
    campaign : str
        With one, a column `holdout` says who is held out.
    share, seed : float, int
        See `analysis.exports.lots.draw`.

    Yields
    ------
    pyarrow.RecordBatch
    """
    ordered = chosen.order_by(chosen.monetary.desc(nulls_first=False), chosen.customer_id)
    picked = ordered.select(**{f"c{place}": ordered[column] for place, (_, column) in enumerate(layout.columns)}, who=ordered.customer_id)
    headers = [header for header, _ in layout.columns]
    for batch in picked.to_pyarrow_batches(chunk_size=BATCH):
        columns = list(batch.columns[:-1])
        if layout.in_words:
            columns = [_say(column, name, texts) for column, (_, name) in zip(columns, layout.columns, strict=True)]
        if campaign:
            columns.append(pa.array(draw(batch.column("who").to_pylist(), campaign=campaign, share=share, seed=seed)))
        yield pa.RecordBatch.from_arrays(columns, names=[*headers, "holdout"] if campaign else headers)


def guard(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Put an apostrophe before every text that a spreadsheet would compute; numbers are numbers and stay."""
    columns = []
    for column in batch.columns:
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            risky = pc.fill_null(pc.or_(pc.match_substring_regex(column, FORMULA), pc.match_substring_regex(column, TABS)), False)
            column = pc.if_else(risky, pc.binary_join_element_wise(pa.scalar("'", column.type), column, pa.scalar("", column.type)), column)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _say(column: pa.Array, name: str, texts: Texts) -> pa.Array:
    """Say the keys of a column in words; every key is looked up once."""
    if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
        return column
    keys = pc.dictionary_encode(column)
    words = pa.array([texts.value(name, key) for key in keys.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(keys.indices, words).cast(pa.string())
