"""Cells of a database's own types to ours, as expressions: what `analysis.data.reading.values` says for text of files, for every engine."""

import ibis
import ibis.expr.datatypes as types
from ibis.expr.types import BooleanValue, StringValue

from analysis.errors import ConfigurationError

_BLANKS = " \t\r\n\u00a0\u2007\u202f\u3000"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u00ad"
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_PLAIN = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
_ABSENT = ("", "NULL", "N/A", "NAN", "NONE", "-", "#N/A", "NA", "\\N", "<NA>", "NAT", "--")
_WHOLE = 2**53  # up to here a float64 holds every whole number


def tidy_text(cell: ibis.Value) -> StringValue:
    """Text without outer blanks of any kind and without invisible characters; nothing left is null."""
    text = cell.cast("string")
    return ibis.ifelse(_is_plain(text), text, _bare(text)).nullif("")


def identifier(cell: ibis.Value) -> StringValue:
    """An identifier as text: full-width letters and digits made plain, the many ways of writing "none" null; a whole number in a float without its ``.0``."""
    if cell.type().is_floating():
        whole = (cell == cell.floor()) & (cell.abs() < _WHOLE)
        return ibis.ifelse(whole, ibis.ifelse(whole, cell, ibis.null(cell.type())).cast("int64").cast("string"), cell.cast("string"))
    text = cell.cast("string")
    known = ibis.ifelse(_is_plain(text), text, _bare(text.translate(_WIDE, _PLAIN)))
    return ibis.ifelse((known.length() <= 4) & known.upper().isin(_ABSENT), ibis.null("string"), known)


def is_destroyed(text: StringValue) -> BooleanValue:
    """Whether a spreadsheet has turned an identifier into ``1.2346E+04``: the digits are lost."""
    return ibis.coalesce(text.contains("+") & text.re_search(r"^[0-9]([.,][0-9]+)?[eE][+][0-9]+$"), False)


def number(cell: ibis.Value, kind: str) -> ibis.Value:
    """A number as a decimal of this kind, rounded half away from zero; null where it is none or too large."""
    kept = types.dtype(kind)
    whole = 10 ** (kept.precision - kept.scale) - 1
    if cell.type().is_integer():
        return ibis.ifelse((cell <= whole) & (cell >= -whole), cell, ibis.null(cell.type())).cast(kind)
    return ibis.ifelse(cell.abs() < whole, cell, ibis.null(cell.type())).cast(kind)


def in_zone(cell: ibis.Value, backend: str, there: str, here: str) -> ibis.Value:
    """A time as the shop's clock showed it.

    Parameters
    ----------
    cell : ibis.Value
        A date, or a time with or without a zone.
    backend : str
        Name of the engine: each turns zones in its own words.
    there, here : str
        The zone of times that bear none, and the shop's.

    Raises
    ------
    ConfigurationError
        When the engine is one whose words for it are not known.
    """
    kind = cell.type()
    if kind.is_date() or (kind.timezone is None and there == here):
        return cell.cast("timestamp")
    if backend in ("postgres", "duckdb"):
        return _timezone(here, cell if kind.timezone else _moment(there, cell))
    if backend == "pyspark":
        return _convert("UTC", here, cell.cast("timestamp")) if kind.timezone else _convert(there, here, cell)
    raise ConfigurationError(f"Times with a zone are not turned in {backend}. Give a view in which they are the shop's own, without a zone.")


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", "timestamp('UTC')"), "timestamp"))
def _timezone(zone, moment):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """What the clock shows in a zone."""


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", "timestamp"), "timestamp('UTC')"))
def _moment(zone, clock):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """The moment at which a clock in a zone shows a time."""


@ibis.udf.scalar.builtin(name="convert_timezone", signature=(("string", "string", "timestamp"), "timestamp"))
def _convert(there, here, clock):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """What the clock shows here when it shows a time there."""


def _is_plain(text: StringValue) -> BooleanValue:
    """Whether nothing has to be tidied: printable ASCII without blanks at its ends."""
    return ~text.re_search("[^ -~]|^ | $")


def _bare(text: StringValue) -> StringValue:
    seen = text.translate(_INVISIBLE, "")
    return seen.re_replace(f"^[{_BLANKS}]+", "").re_replace(f"[{_BLANKS}]+$", "")
