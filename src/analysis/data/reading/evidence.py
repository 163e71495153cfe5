"""What the cells of a file look like, seen before any is typed; and what follows from all files of an input together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.data.reading import values
from analysis.data.reading.dates import DateFacts, add_up, check_ambiguity, survey
from analysis.data.reading.fields import Field
from analysis.data.reading.intake import Note, Piece
from analysis.engine import Engine
from analysis.errors import ConfigurationError
from analysis.settings.inputs import Source

Mapped = Sequence[tuple[Piece, tuple[Field, ...]]]


@dataclass(frozen=True)
class Strange:
    """Numbers of one column that only make sense with the other decimal sign."""

    label: str
    header: str
    known: int
    strange: int
    sample: str


@dataclass(frozen=True)
class Evidence:
    """What the columns of one file hold, by our names, as far as typing depends on it."""

    floats: Mapping[str, int] = field(default_factory=dict)  # identifiers: cells like 17850.0
    whole: tuple[str, ...] = ()  # identifiers of which some cell is unlike that
    marked: tuple[str, ...] = ()  # identifiers with marks that keep spreadsheets away from their digits
    rounded: Mapping[str, int] = field(default_factory=dict)  # numbers: cells with more decimals than are kept
    strange: tuple[Strange, ...] = ()
    dates: Mapping[str, DateFacts] = field(default_factory=dict)


@dataclass(frozen=True)
class Decisions:
    """What was decided from whole columns, over all files of an input."""

    float_ids: frozenset[str] = frozenset()
    orders: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    trusted: frozenset[str] = frozenset()  # identifiers that are taken as they stand


def gather(engine: Engine, pieces: Mapped, source: Source, trusted: frozenset[str] = frozenset()) -> Evidence:
    """Look at the columns of one file, but for identifiers that are trusted."""
    con = engine.reader.con
    counts: dict[tuple[str, str], int] = {}
    whole, strange = set(), []
    for piece, fields in pieces:
        numbers = [one for one in fields if one.kind in ("number", "rate") and one.is_text]
        identifiers = [one for one in fields if one.kind == "identifier" and one.name not in trusted]
        asked = {("floats", one.name): values.is_float_like(one.raw) for one in identifiers if one.is_text}
        asked |= {("marked", one.name): values.is_marked(one.raw) for one in identifiers if one.is_text}
        asked |= {("rounded", one.name): values.has_more_decimals(one.raw) for one in numbers if one.kind == "number" and source.decimal == "."}
        odd = {one.name: _is_strange(one, source) for one in numbers}
        told = [f"count(*) filter ({test})" for test in asked.values()]
        told += [part for one in numbers for part in (f"count({one.raw})", f"count(*) filter ({odd[one.name]})", f"min({one.raw}) filter ({odd[one.name]})")]
        if told:
            found = con.execute(f"select {', '.join(told)} from {piece.relation}").fetchone()
            for check, count in zip(asked, found, strict=False):
                counts[check] = counts.get(check, 0) + count
            for place, one in enumerate(numbers):
                known, unlike, sample = found[len(asked) + 3 * place :][:3]
                strange += [Strange(piece.label, one.header, known, unlike, sample)] if unlike else []
        for one in identifiers:
            text = values.identifier(one.text)
            other = f"select 1 from {piece.relation} where {text} is not null and not {values.is_float_like(one.text)} limit 1"
            whole |= {one.name} if one.name not in whole and con.execute(other).fetchone() else set()

    def pick(kind: str) -> dict[str, int]:
        return {name: count for (check, name), count in counts.items() if check == kind and count}

    texts: dict[str, list[str]] = {}
    for piece, fields in pieces:
        for one in fields:
            if one.has_text_dates:
                texts.setdefault(one.name, []).append(f"select {one.text} as raw from {piece.relation}")
    seen = {name: survey(engine, selects) for name, selects in texts.items()}
    return Evidence(pick("floats"), tuple(sorted(whole)), tuple(pick("marked")), pick("rounded"), tuple(strange), seen)


def _is_strange(one: Field, source: Source) -> str:
    other = "," if source.decimal == "." else "."
    shape = rf"^-?0[{other}]\d+$|^-?(\d+|\d{{1,3}}([{source.decimal}]\d{{3}})+)[{other}](\d{{1,2}}|\d{{4,}})$"
    return values.when(f"contains({one.raw}, '{other}')", f"regexp_matches({values.word(one.raw)}, '{shape}')")


def decide(files: Sequence[Evidence], source: Source, section: str, zone: str, trusted: frozenset[str] = frozenset()) -> Decisions:
    """Look at all files: which identifiers went through floats, the order of days and months, numbers that are cut.

    Raises
    ------
    ConfigurationError, DataRefused
        When dates allow two orders, or contradict each other; when many numbers only make sense with the other decimal sign.
    """

    def add(counted: Sequence[Mapping[str, int]]) -> dict[str, int]:
        names = dict.fromkeys(name for one in counted for name in one)
        return {name: sum(one.get(name, 0) for one in counted) for name in source.columns if name in names}

    floats = sorted(name for name in add([one.floats for one in files]) if not any(name in one.whole for one in files))
    notes = [Note("float-identifiers", {"column": name}) for name in floats]
    notes += [Note("rounded", {"column": name, "count": count}) for name, count in add([one.rounded for one in files]).items()]
    for strange in (strange for one in files for strange in one.strange):
        _check_decimal(strange, source, section)
    orders = {}
    for name in dict.fromkeys(name for one in files for name in one.dates):
        facts = add_up(one.dates[name] for one in files if name in one.dates)
        orders[name], said = check_ambiguity(facts, source, name, section)
        notes += said
        if facts.offsets:
            notes.append(Note("date-offsets", {"column": name, "count": facts.offsets, "zone": zone}))
    return Decisions(frozenset(floats), orders, tuple(notes), trusted)


def _check_decimal(seen: Strange, source: Source, section: str) -> None:
    """Ask when many numbers only make sense with the other decimal sign."""
    other = "," if source.decimal == "." else "."
    if seen.strange > 0.05 * seen.known:
        raise ConfigurationError(
            f"{seen.label}: {seen.strange:,} of {seen.known:,} values of {seen.header!r} look like {seen.sample!r}: numbers with a decimal {'comma' if other == ',' else 'point'}. "
            f'Write into workbook.toml under [inputs.{section}] the line\n  decimal = "{other}"'
        )
