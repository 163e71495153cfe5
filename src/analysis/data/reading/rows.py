"""The rows of one file as SQL: typed, completed, judged, and the records that are no row."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.columns import CONTACT_COLUMNS, INPUT_COLUMNS
from analysis.data.reading import values
from analysis.data.reading.casting import SQL_TYPES, is_contact, raw_text, typed
from analysis.data.reading.dates import DateFacts
from analysis.data.reading.evidence import Decisions, Evidence, Mapped, is_plain
from analysis.data.reading.fields import Field
from analysis.data.reading.intake import Piece
from analysis.data.reading.judging import Given, judge
from analysis.settings.inputs import Source

_TOTAL = r"(^|\|)\s*((grand|sub)[ -]?)?totals?\s*:?\s*(\||$)|(^|\|)\s*(合计|总计|小计|总和)\s*[:：]?\s*(\||$)"


@dataclass(frozen=True)
class Asked:
    """What is asked of every file of an input.

    Parameters
    ----------
    section : str
    source : Source
    time_zone : str
        Of the shop.
    keep_raw : bool
        Whether `raw` stays with every row, because it is not yet known which can be used.
    """

    section: str
    source: Source
    time_zone: str
    keep_raw: bool

    @property
    def types(self) -> dict[str, str]:
        """The columns of the rows, with the place and the verdict left out: name (SQL) -> type."""
        kinds = {name: SQL_TYPES[kind] for name, kind in INPUT_COLUMNS[self.section].items()}
        return kinds | judge(self.source).adds | {f'"{name}"': "varchar" for name in self.source.attributes}

    @property
    def told(self) -> list[str]:
        """Those of the columns that the source says something about, by what is mapped or what follows from it; the others are null in every row."""
        steps = {f'"{name}"' for step in judge(self.source).steps for name in step}
        mapped = {f'"{name}"' for name in (*self.source.columns, *self.source.attributes)}
        return [name for name in self.types if f'"{name.strip(chr(34))}"' in steps | mapped]


def select_rows(pieces: Mapped, evidence: Evidence, decisions: Decisions, asked: Asked) -> str:
    """Write the select of the rows of a file.

    Returns
    -------
    str
        SQL; one row per record: source_file, source_row, the columns of `Asked.told`, problem, raw.
    """
    parts = []
    for piece, fields in pieces:
        parts.append(_select(piece, fields, evidence, decisions, asked))
        if piece.rejects:
            private = any(is_contact(header) for header in piece.headers) or any(field.name in CONTACT_COLUMNS for field in fields)
            nulls = ", ".join(f"null::{asked.types[name]} as {name}" for name in asked.told)
            text = "'***'" if private else "left(raw, 500)"
            parts.append(f"select {values.quoted(piece.label)} as source_file, source_row, {nulls}, problem, {text} as raw from {piece.rejects}")
    return " union all ".join(parts)


def select_plain(piece: Piece, fields: tuple[Field, ...], asked: Asked) -> str:
    """Write the select of the rows of a text file that needs no decision: it fails at the first one whose numbers or times are not plain, or that is empty.

    Identifiers are taken as they stand: it has to be looked at later whether they are tidy.

    Returns
    -------
    str
        SQL; rows like those of `select_rows`.
    """
    times = [field.name for field in fields if field.kind == "time"]
    evidence = Evidence(tidy=tuple(field.name for field in fields if field.kind == "identifier"), dates={name: DateFacts(*[0] * 11) for name in times})
    decisions = Decisions(orders=dict.fromkeys(times, "year_first"))
    source = asked.source.model_copy(update={"dates": "iso"})
    return _select(piece, fields, evidence, decisions, replace(asked, source=source), only_plain=True)


def _select(piece: Piece, fields: tuple[Field, ...], evidence: Evidence, decisions: Decisions, asked: Asked, *, only_plain: bool = False) -> str:
    kinds, source = INPUT_COLUMNS[asked.section], asked.source
    # what is seldom needed is computed from the cells where it is needed; they come along under names that no attribute has
    names = {column: f"given_{number}" for number, column in enumerate(piece.columns)}
    cells = ", ".join(f"{values.named(column)} as {name}" for column, name in names.items())
    carried = tuple(replace(field, column=names[field.column]) for field in fields)
    judgement = judge(
        source, Given({field.name: _is_given(field) for field in carried}, _is_total(piece, carried, names, source), decisions.trusted.union(evidence.tidy))
    )
    inner = (
        f"select {values.quoted(piece.label)} as source_file, ({piece.row})::bigint as source_row, 0 as source_order, "
        f"{', '.join(_columns(fields, kinds, evidence, decisions, asked))}, {cells} from {piece.relation}"
    )
    if only_plain:
        inner = f"select * from ({inner}) where case when coalesce({', '.join(names.values())}) is not null and {is_plain(carried, source)} then true else error('not plain') end"
    there = {*kinds, *source.attributes}
    for step in judgement.steps:
        replaced = ", ".join(f'{sql} as "{name}"' for name, sql in step.items() if name in there)
        added = "".join(f', {sql} as "{name}"' for name, sql in step.items() if name not in there)
        inner = f"select *{f' replace ({replaced})' if replaced else ''}{added} from ({inner})"
        there |= set(step)
    raw = raw_text(carried) if asked.keep_raw else f"case when problem is not null then {raw_text(carried)} end"
    return f"select source_file, source_row, {', '.join(asked.told)}, problem, {raw} as raw from (select *, {judgement.problem} as problem from ({inner}))"


def _columns(fields: tuple[Field, ...], kinds: Mapping[str, str], evidence: Evidence, decisions: Decisions, asked: Asked) -> list[str]:
    """Write (SQL) our columns, null where nothing is mapped, then the attributes."""
    cells = {field.name: typed(field, evidence, decisions, asked.source, asked.time_zone) for field in fields}
    ours = [f"{cells.get(name, f'null::{SQL_TYPES[kind]}')} as {name}" for name, kind in kinds.items()]
    return ours + [f'{cells[name]} as "{name}"' for name in asked.source.attributes]


def _is_given(field: Field) -> str:
    """Tell (SQL) whether there is anything in the cell."""
    return f"{values.word(field.raw)} is not null" if field.is_text else f"{field.raw} is not null"


def _is_total(piece: Piece, carried: tuple[Field, ...], names: Mapping[str, str], source: Source) -> str:
    """Tell (SQL) whether a row without a date says "Total" somewhere."""
    moment = judge(source).moment
    date = next((field for field in carried if field.name == moment), None)
    if date is None or not date.is_text:
        return "false"
    texts = [names[column] for column, kind in zip(piece.columns, piece.types, strict=True) if kind == "VARCHAR"]
    return (
        f"case when substr(trim({date.raw}), 1, 1) between '0' and '9' then false else regexp_matches(concat_ws('|', {', '.join(texts)}), '{_TOTAL}', 'i') end"
    )
