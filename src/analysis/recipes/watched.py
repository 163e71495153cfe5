"""Who is in the inputs and must not be named on a page, as keyed digests: what the last look before publishing searches for."""

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from analysis.columns import CONTACT_COLUMNS
from analysis.data.reading.casting import is_contact
from analysis.data.watched import cut_words, derive_key, list_names, list_phones
from analysis.pseudonyms import key_file, read_key
from analysis.recipes.opened import Opened

_KINDS = {
    "customer_id": "id",
    "parent_id": "id",
    "name": "name",
    "address": "address",
    "comment": "comment",
    "phone": "phone",
}  # an e-mail is known by its shape


def _list_columns(opened: Opened) -> Iterator[tuple[str, Table, str]]:
    """List the columns, of every input as it was read, that hold who somebody is: kind, table, column."""
    yield "id", opened.get("known"), "customer_id"
    sections = {"transactions": opened.intake, "customers": opened.master, **opened.further}
    for section, intake in sections.items():
        source = getattr(opened.config.inputs, section)
        if intake is None or source is None:
            continue
        mapped = {"customer_id", *source.columns, *source.attributes}
        yield from ((kind, intake.lines, column) for column, kind in _KINDS.items() if column in mapped)
        for column, header in source.attributes.items():
            if column not in CONTACT_COLUMNS and is_contact(header, column) and _is_personal(intake.lines, column):
                yield "name", intake.lines, column


def _is_personal(lines: Table, column: str) -> bool:
    """Tell whether most customers have a value of their own: a recipient has, the name of a store has not."""
    counts = lines.agg(values=lines[column].nunique(), customers=lines.customer_id.nunique()).execute().iloc[0]
    return bool(counts["values"] * 2 > counts.customers)


def _watched(opened: Opened) -> Table:
    found = list(_list_columns(opened))
    key = derive_key(read_key(key_file()))
    names = [table.select(kind=ibis.literal(kind), value=table[column]).distinct() for kind, table, column in found if kind != "phone"]
    phones = [table.select(value=table[column]).distinct() for kind, table, column in found if kind == "phone"]
    told = opened.engine.materialize("watched_words", cut_words(functools.reduce(Table.union, names)))
    parts = [list_names(told, key), *([list_phones(functools.reduce(Table.union, phones), key)] if phones else [])]
    return opened.engine.materialize("watched", functools.reduce(Table.union, parts))


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {"watched": _watched}
