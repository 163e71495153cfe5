"""What the cells of a file look like, seen before any is typed; and what follows from all files of an input together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.data.reading import values
from analysis.data.reading.dates import DateFacts, add_up, check_ambiguity, is_clear, survey
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

    floats: tuple[str, ...] = ()  # identifiers with cells like 17850.0
    whole: tuple[str, ...] = ()  # identifiers of which some cell is unlike that
    marked: tuple[str, ...] = ()  # identifiers with marks that keep spreadsheets away from their digits
    tidy: tuple[str, ...] = ()  # identifiers of which each cell is what is read from it
    rounded: Mapping[str, int] = field(default_factory=dict)  # numbers: cells with more decimals than are kept
    strange: tuple[Strange, ...] = ()
    dates: Mapping[str, DateFacts] = field(default_factory=dict)


@dataclass(frozen=True)
class Decisions:
    """What was decided from whole columns, over all files of an input."""

    float_ids: frozenset[str] = frozenset()
    orders: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    trusted: frozenset[str] = frozenset()  # identifiers that are taken as they stand: they will be looked at later


_SPELLINGS = {
    "floats": values.is_float_like,
    "whole": lambda raw: f"{values.identifier(raw)} is not null and not {values.is_float_like(raw)}",
    "marked": values.is_marked,
    "untidy": values.is_untidy,
}


def gather(engine: Engine, pieces: Mapped, source: Source, trusted: frozenset[str] = frozenset()) -> Evidence:
    """Look at the columns of one file, but for identifiers that are trusted."""
    con = engine.reader.con
    spelled: dict[str, set[str]] = {kind: set() for kind in _SPELLINGS}
    looked: set[str] = set()
    rounded: dict[str, int] = {}
    strange = []
    for piece, fields in pieces:
        for one in fields:
            if one.kind == "identifier" and one.name not in trusted:
                tests = ", ".join(f"count(*) filter ({tell(one.text)})" for tell in _SPELLINGS.values())  # of each spelling, not of each row
                found = con.execute(f"select {tests} from (select distinct {one.raw} from {piece.relation})").fetchone()
                looked |= {one.name} if one.is_text else set()
                for kind, cells in zip(_SPELLINGS, found, strict=True):
                    spelled[kind] |= {one.name} if cells and (one.is_text or kind == "whole") else set()
        numbers = [one for one in fields if one.kind in ("number", "rate") and one.is_text]
        fine = [one for one in numbers if one.kind == "number" and source.decimal == "."]
        odd = {one.name: _is_strange(one, source) for one in numbers}
        told = [f"count(*) filter ({values.has_more_decimals(one.raw)})" for one in fine]
        told += [part for one in numbers for part in (f"count({one.raw})", f"count(*) filter ({odd[one.name]})", f"min({one.raw}) filter ({odd[one.name]})")]
        if told:
            found = con.execute(f"select {', '.join(told)} from {piece.relation}").fetchone()
            for one, count in zip(fine, found, strict=False):
                rounded |= {one.name: rounded.get(one.name, 0) + count} if count else {}
            for place, one in enumerate(numbers):
                known, unlike, sample = found[len(fine) + 3 * place :][:3]
                strange += [Strange(piece.label, one.header, known, unlike, sample)] if unlike else []
    texts: dict[str, list[str]] = {}
    for piece, fields in pieces:
        for one in fields:
            if one.has_text_dates:
                texts.setdefault(one.name, []).append(f"select {one.text} as raw from {piece.relation}")
    seen = {name: survey(engine, selects) for name, selects in texts.items()}
    floats, whole, marked, tidy = (tuple(sorted(names)) for names in (spelled["floats"], spelled["whole"], spelled["marked"], looked - spelled["untidy"]))
    return Evidence(floats, whole, marked, tidy, rounded, tuple(strange), seen)


def is_plain(fields: Sequence[Field], source: Source) -> str:
    """Tell (SQL) whether no number or time of a row is evidence of anything: cells as text, and under our names the times that were read in them."""
    tests = []
    for one in fields:
        if one.kind in ("number", "rate"):
            tests.append(f"not {_is_strange(one, source)}")
        if one.kind == "number" and source.decimal == ".":
            tests.append(f"not {values.has_more_decimals(one.raw)}")
        if one.kind == "time":
            tests.append(is_clear(one.raw, one.name))
    return " and ".join(tests) or "true"


def gather_plain(engine: Engine, written: Piece, fields: Sequence[Field], source: Source) -> Evidence:
    """Look at a file whose numbers and times are all plain, in its typed rows: there, identifiers stand under our names as they stood in the file."""
    seen = gather(engine, [(written, tuple(replace(one, column=one.name) for one in fields if one.kind == "identifier"))], source)
    times = [one.name for one in fields if one.kind == "time"]
    counts = engine.reader.con.execute(f"select {', '.join([f'count({name})' for name in times] or ['0'])} from {written.relation}").fetchone()
    return replace(seen, dates={name: DateFacts(count, count, *[0] * 9) for name, count in zip(times, counts, strict=False)})


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

    floats = sorted({name for one in files for name in one.floats} - {name for one in files for name in one.whole})
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
