"""Other people's files, read right or refused: the door of this room's reading part."""

import datetime as dt
import glob
from dataclasses import replace
from pathlib import Path

import ibis
from ibis import _
from ibis.expr.types import Table

from analysis.columns import INPUT_COLUMNS
from analysis.config import Config
from analysis.data import copies, rates, relations
from analysis.data.reading import values
from analysis.data.reading.casting import check_one_currency
from analysis.data.reading.evidence import Decisions, decide, gather
from analysis.data.reading.fields import find_fields
from analysis.data.reading.intake import InputFile, Intake, Note
from analysis.data.reading.judging import judge
from analysis.data.reading.kept import Shelf
from analysis.data.reading.parsing import Parsed, parse, settle, unite
from analysis.data.reading.rows import Asked
from analysis.engine import Engine, open_database
from analysis.errors import ConfigurationError, DataRefused
from analysis.settings.inputs import Source
from analysis.settings.limits import Limits

__all__ = ["InputFile", "Intake", "Note", "Shelf", "are_tidy", "input_paths", "read_further", "read_input", "read_transactions", "refuse_many"]


def input_paths(config: Config) -> list[Path]:
    """List the files that would be read: the inputs in their order, each pattern's files by name.

    Raises
    ------
    ConfigurationError
        When a file is missing or a pattern matches nothing; all of them at once.
    """
    sources = [getattr(config.inputs, section) for section in INPUT_COLUMNS]
    return list(dict.fromkeys(path for source in sources if source and source.in_files for path in _paths(source, config.folder)))


def _paths(source: Source, folder: Path) -> list[Path]:
    paths, missing = [], []
    for pattern in (source.database,) if source.database else source.files:
        if (folder / pattern).is_file():
            paths.append(folder / pattern)
            continue
        # not Path.glob: a pattern may be absolute or climb with ".."
        found = sorted(Path(name) for name in glob.glob(pattern, root_dir=folder, recursive=True))  # noqa: PTH207
        found = [folder / name for name in found if (folder / name).is_file()]
        paths += found
        if not found:
            missing.append(pattern)
    if missing:
        raise ConfigurationError(f"There is no file {', '.join(map(repr, missing))} in {folder}. Correct files under [inputs] in the configuration.")
    return list(dict.fromkeys(paths))


def read_transactions(engine: Engine, config: Config, *, until: dt.date | None = None, trust: bool = False, shelf: Shelf | None = None) -> Intake:
    """Read the order lines, the one input that is always there: see `read_input`. Where there are rates, their money is in the report currency.

    Parameters
    ----------
    until : datetime.date, optional
        The last day that can count: later lines need no rate.
    trust : bool
        Whether the numbers of customers and orders in files that carry their types may be taken as they stand, to be looked at in fewer rows: see `are_tidy`.
    shelf : Shelf, optional
        Where files that have been read before are found.
    """
    may_trust = frozenset({"customer_id", *(["order_id"] if config.order == "id" else [])}) if trust else frozenset()
    intake = _read_source(engine, config, config.inputs.transactions, "transactions", shelf, may_trust)
    if config.inputs.rates is None:
        return intake
    read = rates.check_rates(_read_source(engine, config, config.inputs.rates, "rates", shelf), config.currency)
    return rates.convert_lines(engine, intake, read, home=config.currency, max_age=config.inputs.rates.max_age_days, until=until)


def are_tidy(engine: Engine, table: Table, column: str) -> bool:
    """Tell whether identifiers that were taken as they stand are what would have been read.

    Parameters
    ----------
    table : Table
        Of the engine that reads: at least one row for each identifier.
    column : str
    """
    return not engine.reader.con.execute(f"select count(*) from {table.get_name()} where {values.is_untidy(column)}").fetchone()[0]


def read_input(engine: Engine, config: Config, section: str, shelf: Shelf | None = None) -> Intake | None:
    """Read an input, every record of every file; None when the configuration names none.

    Parameters
    ----------
    section : {"transactions", "customers", "feedback", "events", "rates"}
        Of `[inputs]`.
    shelf : Shelf, optional
        Where files that have been read before are found.

    Returns
    -------
    Intake
        `lines`: one row per record; source_file, source_row, source_order (position of the file), the columns of `INPUT_COLUMNS` (null where not mapped; times
        naive in the shop's zone, numbers decimal(18,4)), of feedback scale_low and scale_high (double) too, attributes (text), `problem` (why the row cannot
        be used, null where it can) and `raw`.

    Raises
    ------
    ConfigurationError
        When files are missing, or dates can be read in two ways.
    DataRefused
        When a file cannot be read right.
    """
    source: Source | None = getattr(config.inputs, section)
    return _read_source(engine, config, source, section, shelf) if source else None


def read_further(engine: Engine, config: Config, shelf: Shelf | None = None) -> dict[str, Intake]:
    """Read what customers said and did besides buying: the inputs of that kind there are, by section.

    Raises
    ------
    ConfigurationError, DataRefused
        As for `read_input`, and when too many rows of one of them are unreadable.
    """
    found = {section: intake for section in ("feedback", "events") if (intake := read_input(engine, config, section, shelf))}
    for section, intake in found.items():
        seen = intake.lines.agg(rows=_.count(), bad=_.problem.count()).execute().iloc[0]
        refuse_many(intake, config.limits, section, rows=int(seen.rows), bad=int(seen.bad))
    return found


def refuse_many(intake: Intake, limits: Limits, section: str = "", *, rows: int, bad: int) -> None:
    """Refuse an input of which too many rows are unreadable.

    Raises
    ------
    DataRefused
        With the most frequent reasons, and where the first such row is.
    """
    if not rows or bad / rows <= limits.refuse:
        return
    wrong = intake.lines.filter(_.problem.notnull())
    reasons = wrong.group_by("problem").agg(n=_.count()).order_by(ibis.desc("n"), "problem").limit(3).execute()
    first = wrong.order_by("source_order", "source_file", "source_row").limit(1).execute().iloc[0]
    why = "; ".join(f"{row.problem} ({row.n:,} rows)" for row in reasons.itertuples())
    raise DataRefused(
        f"{bad:,} of {rows:,} rows{section and f' of {section}'} ({bad / rows:.0%}) cannot be read, more than the limit of {limits.refuse:.0%}: {why}. "
        f"The first is row {first.source_row} of {first.source_file}. Check the columns and formats in the configuration, or the file."
    )


def _read_source(engine: Engine, config: Config, source: Source, section: str, shelf: Shelf | None = None,
                 may_trust: frozenset[str] = frozenset()) -> Intake:  # fmt: skip
    if source.in_engine and section in relations.TYPED_HERE:
        return relations.read_relation(engine, config, source, section)
    # with rates, whether a row can be used is not yet known; nor where the rows of all files have to be seen
    judgement = judge(source)
    asked = Asked(
        section, source, config.time_zone, keep_raw=judgement.problem_of_all is not None or (section == "transactions" and config.inputs.rates is not None)
    )
    files = parse(engine, config, asked, _paths(source, config.folder), shelf) if source.in_files else [_copy(engine, config, source, section)]
    if not judgement.may_be_empty and not sum(file.input.records for file in files):
        names = ", ".join(file.input.name for file in files[:5])
        raise DataRefused(f"There are no rows in {names}: a header and nothing below it. Export the data again.")
    trusted = may_trust if all(file.rows is None for file in files) else frozenset()
    files = [replace(file, evidence=gather(engine, file.pieces, source, trusted)) if file.rows is None else file for file in files]
    decisions = decide([file.evidence for file in files], source, section, config.time_zone, trusted)
    files = [settle(engine, config, asked, file, decisions, shelf) for file in files]
    table = unite(engine, asked, files, decisions, judgement.problem_of_all)
    if section == "transactions" and "currency" in source.columns and not config.inputs.rates:
        check_one_currency(engine, table, config.currency)
    return _intake(engine, table, files, decisions, section)


def _copy(engine: Engine, config: Config, source: Source, section: str) -> Parsed:
    """Bring the rows of a database to the reader, as if they were a file."""
    path, reading = copies.copy_rows(engine, open_database(source.variable) if source.variable else engine.con, source, config.limits, section=section)
    pieces = [(piece, find_fields(piece, source, INPUT_COLUMNS[section])) for piece in reading.pieces]
    return Parsed(1, path, reading.input.name, reading.input, reading.notes, pieces)


def _intake(engine: Engine, table: str, files: list[Parsed], decisions: Decisions, section: str) -> Intake:
    """Hold what arrived against what was counted."""
    written = [file for file in files if file.rows]  # what stays where it is was not carried over
    if written:
        (rows,) = engine.reader.con.execute(
            f"select count(*) from {table} where source_order in ({', '.join(str(file.number) for file in written)})"
        ).fetchone()
        if rows != (records := sum(file.input.records for file in written)):
            raise DataRefused(f"The {section} hold {records:,} records, but {rows:,} arrived. This must not happen; nothing was computed.")
    notes = tuple(note for file in files for note in file.notes) + decisions.notes
    return Intake(engine.take_over(table, engine.reader.table(table)), tuple(file.input for file in files), notes, decisions.trusted)
