"""Rows of a database, brought to where files are read: piece by piece, only the columns that are asked for, in an order that is the same every time."""

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import ibis
import ibis.expr.datatypes as types
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from analysis.data.reading.intake import Reading, tidy
from analysis.data.reading.tables import read_parquet
from analysis.data.relations import open_relation
from analysis.engine import Engine
from analysis.settings.inputs import Source
from analysis.settings.limits import Limits

_BATCH = 50_000
_FIRST, _LAST = "0001-01-01", "9999-12-31"  # what calendars besides PostgreSQL's know


def copy_rows(engine: Engine, con: BaseBackend, source: Source, limits: Limits, *, section: str) -> tuple[Path, Reading]:
    """Copy the mapped columns of a table or query to a Parquet file of the reader.

    Parameters
    ----------
    engine : Engine
    con : BaseBackend
        Where the rows are.
    source : Source
        With `table` or `query`.
    limits : Limits
    section : str
        Of `[inputs]`.

    Returns
    -------
    path
    Reading
        As of that file. Rows stand in the order of the key, or of all their cells: equal rows are interchangeable, so a row has the same number in every run. The
        digest in the manifest is of the cells in this order.

    Raises
    ------
    ConfigurationError, DataRefused
        When there is no such table, it may not be read, or it is larger than the limits.
    """
    found = open_relation(con, source, section)
    asked = {tidy(header) for header in (*source.columns.values(), *source.attributes.values(), *filter(None, [source.key]))}
    folded = {name.casefold() for name in asked}
    wanted = [column for column in found.rows.columns if tidy(column) in asked or tidy(column).casefold() in folded]
    rows = _plain(found.rows, wanted or found.rows.columns[:1])
    ordered = rows.order_by(sorted(rows.columns, key=lambda name: name != source.key))
    path, digest, size = engine.scratch / f"{section}_copied.parquet", hashlib.sha256(), 0
    with con.to_pyarrow_batches(ordered, chunk_size=_BATCH) as batches, pq.ParquetWriter(path, batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
            text = io.BytesIO()
            pa_csv.write_csv(batch, text, pa_csv.WriteOptions(include_header=False))
            digest.update(text.getbuffer())
            size += text.tell()
    reading = read_parquet(engine, path, limits, f"{section}_copied")
    about = replace(reading.input, name=found.label, sha256=digest.hexdigest(), bytes=size)
    return path, Reading(tuple(replace(piece, label=found.label) for piece in reading.pieces), about, reading.notes)


def _plain(rows: Table, columns: list[str]) -> Table:
    """Leave what files have too, and make text of everything else: numbers of any length, networks, lists."""
    cells = {}
    for name in columns:
        cell = rows[name]
        kind = cell.type()
        if kind.is_temporal() and not kind.is_time():
            inside = (cell.cast("date") >= ibis.date(_FIRST)) & (cell.cast("date") <= ibis.date(_LAST))
            cells[name] = ibis.ifelse(inside, cell, ibis.null(kind))
        elif isinstance(kind, types.Decimal) and kind.precision is not None and kind.precision <= 38:
            cells[name] = ibis.ifelse(cell.cast("float64").isnan(), ibis.null(kind), cell)
        elif kind.is_boolean() or kind.is_integer() or kind.is_floating() or kind.is_string():
            cells[name] = cell
        else:
            cells[name] = cell.cast("string")
    return rows.select(**cells)
