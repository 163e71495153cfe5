"""Text files: the engine reads what is well-formed, the exact way takes over where the counts disagree."""

import codecs
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.data.reading import encodings
from analysis.data.reading.containers import Stream, read_head, refuse_foreign
from analysis.data.reading.dialect import WHITESPACE, Dialect, sniff, split_line
from analysis.data.reading.encodings import Census, take_census, transcode
from analysis.data.reading.intake import InputFile, Note, Piece, Reading
from analysis.data.reading.lines import RAGGED, plain_lines, read_records
from analysis.data.reading.values import quoted
from analysis.engine import Engine
from analysis.errors import DataRefused
from analysis.settings.inputs import Source
from analysis.settings.limits import Limits

_BATCH = 100_000
_LARGE = 2**28  # bytes of text
_SPOKEN = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}


@dataclass(frozen=True)
class _Loaded:
    relation: str
    row: str
    rejects: str | None
    rows: int
    rejected: int
    blank: int
    written: bool = False


Write = Callable[[Piece, str], int | None]


def read_delimited(engine: Engine, path: Path, source: Source, limits: Limits, wanted: tuple[str, ...], name: str, write: Write | None = None) -> Reading:
    """Load a text file into the engine, every field as text; or have its rows typed and written down while it is read.

    Parameters
    ----------
    wanted : tuple of str
        Headers that the configuration asks for.
    name : str
        Prefix for the tables made.
    write : callable, optional
        Given a piece whose rows are still in the file, and SQL of its first rows, writes them down and tells how many; None where something about them needs a
        closer look. The `row` of that piece is the number of the first one.

    Raises
    ------
    DataRefused
        When the file is damaged, too large, in an unknown encoding, or when its records cannot all be accounted for.
    """
    with ThreadPoolExecutor(1) as pool:
        head = read_head(path, limits)
        refuse_foreign(path.name, head)
        encoding = encodings.known(source.encoding) if source.encoding else encodings.marked(head) or "utf-8"
        if encoding in ("utf-8", "utf-8-sig"):
            dialect = _look(head, encoding, source, wanted)
            counting = pool.submit(_count, path, limits, engine)
            loaded = _load_beside(engine, path, dialect, name, counting, write) if dialect else None
            census = counting.result()
            if census.utf8 and dialect:
                return _finish(engine, path, path, census, dialect, loaded, encoding, limits, name, ())
            if source.encoding or encoding == "utf-8-sig":
                raise DataRefused(f"{path.name} is not valid UTF-8, although {'the configuration' if source.encoding else 'its first bytes'} says so.")
            encoding = encodings.guess_encoding(path, limits)
        scratch = engine.scratch / f"{name}.txt"
        scratch.parent.mkdir(parents=True, exist_ok=True)
        digest = transcode(path, scratch, encoding, limits)
        notes = (
            ()
            if source.encoding or encoding.startswith("utf")
            else (Note("encoding-guessed", {"file": path.name, "encoding": _SPOKEN.get(encoding, encoding)}),)
        )
        with scratch.open("rb") as file:
            dialect = _look(file.read(1 << 18), "utf-8", source, wanted)
        if dialect is None:
            raise DataRefused(f"{path.name} cannot be cut into rows. Save it as CSV in UTF-8.")
        counting = pool.submit(_count, scratch, limits, engine)
        loaded = _load_beside(engine, scratch, dialect, name, counting, write)
        census = counting.result()
        reading = _finish(engine, path, scratch, replace(census, sha256=digest), dialect, loaded, encoding, limits, name, notes)
        scratch.unlink()
        return reading


def _look(head: bytes, encoding: str, source: Source, wanted: tuple[str, ...]) -> Dialect | None:
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(head)
    except UnicodeDecodeError:
        return None
    return sniff(text, source, wanted)


def _count(path: Path, limits: Limits, engine: Engine) -> Census:
    try:
        return take_census(path, limits)
    except DataRefused:
        engine.reader.con.interrupt()  # whatever the engine is reading meanwhile is worth nothing
        raise


def _load_beside(engine: Engine, path: Path, dialect: Dialect, name: str, counting: Future[Census], write: Write | None) -> _Loaded | None:
    """Load while the file is being counted; a refusal by the counting thread interrupts whatever the engine is doing."""
    try:
        return _load(engine, path, dialect, name, write)
    except duckdb.InterruptException:
        counting.result()
        raise


def _load(engine: Engine, path: Path, dialect: Dialect, name: str, write: Write | None) -> _Loaded | None:
    """Let the engine read the file; None where it cannot, or where its row numbers would not be certain."""
    if dialect.delimiter == WHITESPACE or not dialect.headers:
        return None
    con = engine.reader.con
    if any(char in str(path) for char in "*?[]{}"):  # the engine would take the name for a pattern
        link = engine.scratch / f"{name}.link"
        link.unlink(missing_ok=True)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path.resolve())
        path, packed = link, path.suffix == ".gz"
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    place = _place(path, packed=packed)
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(dialect.width))
    reading = (
        f"read_csv({quoted(str(path))}, auto_detect=false, columns={{{columns}}}, delim={quoted(dialect.delimiter)}, "
        f"quote='\"', escape='\"', header=false, skip={dialect.skip}, compression='{'gzip' if packed else 'none'}', encoding='utf-8'"
    )
    first = dialect.header_row + 1
    if write and not dialect.extra and (rows := write(_piece(path.name, f"{reading})", str(first), dialect), _head(dialect))) is not None:
        return _Loaded(name, f"rowid + {first}", None, rows, 0, 0, written=True)
    con.execute(f"drop table if exists {name}_e; drop table if exists {name}_s")
    try:
        con.execute(
            f"create or replace {place} {name} as select * from {reading}, store_rejects=true, rejects_table='{name}_e', rejects_scan='{name}_s', rejects_limit=0)"
        )
    except duckdb.InterruptException:
        raise
    except duckdb.Error:
        return None
    (rows,) = con.execute(f"select count(*) from {name}").fetchone()
    bad = con.execute(f"select line, any_value(csv_line) from {name}_e group by line order by line").fetchall()
    kinds = {kind for (kind,) in con.execute(f"select distinct error_type::varchar from {name}_e").fetchall()}
    if bad and (dialect.extra or not kinds <= {"MISSING COLUMNS", "TOO MANY COLUMNS"}):
        return None
    cells = [f"c{number}" for number in range(dialect.width)]
    (blank, stray) = con.execute(f"select count(*) filter (coalesce({', '.join(cells)}) is null), count({cells[-1]}) from {name}").fetchone()
    if dialect.extra and stray:
        return None
    rejects = [(line - dialect.skip - 1 + first, _ragged(text, dialect), text.strip("\r\n")) for line, text in bad]
    relation, row = (name, f"rowid + {first}")
    if bad or blank:
        before = {line - dialect.skip - 1 - number: number + 1 for number, (line, _) in enumerate(bad)}  # rows loaded before it -> rejects up to it
        shifts = pa.table({"loaded": pa.array(before.keys(), pa.int64()), "number": pa.array(before.values(), pa.int64())})
        con.register(f"{name}_b", shifts)
        con.execute(
            f"create or replace {place} {name}_n as select t.*, t.rowid + {first} + coalesce(b.number, 0) as source_row "
            f"from {name} t asof left join {name}_b b on t.rowid >= b.loaded where coalesce({', '.join(cells)}) is not null"
        )
        con.unregister(f"{name}_b")
        con.execute(f"drop table {name}")
        relation, row = f"{name}_n", "source_row"
    return _Loaded(relation, row, _keep_rejects(engine, rejects, name), rows - blank, len(bad), blank)


def _head(dialect: Dialect) -> str:
    """Write the first rows of a file as SQL, and an empty one: there may be no other."""
    rows = [("",) * dialect.width, *(row for row in dialect.sample[:20] if len(row) == dialect.width)]
    cells = ", ".join(f"({', '.join(quoted(cell) if cell else 'null::varchar' for cell in row)})" for row in rows)
    return f"(values {cells}) as head({', '.join(f'c{number}' for number in range(dialect.width))})"


def _place(path: Path, *, packed: bool = False) -> str:
    """Keep the raw rows of a file in memory, unless it is large."""
    return "temp table" if path.stat().st_size * (10 if packed else 1) < _LARGE else "table"


def _ragged(text: str, dialect: Dialect) -> str:
    return RAGGED.format(found=len(split_line(text.strip("\r\n"), dialect.delimiter)), width=len(dialect.headers))


def _keep_rejects(engine: Engine, rejects: list[tuple[int, str, str]], name: str) -> str | None:
    if not rejects:
        return None
    rows, problems, texts = zip(*rejects, strict=True)
    engine.reader.con.register(
        f"{name}_a", pa.table({"source_row": pa.array(rows, pa.int64()), "problem": pa.array(problems, pa.string()), "raw": pa.array(texts, pa.string())})
    )
    engine.reader.con.execute(f"create or replace temp table {name}_r as select * from {name}_a")
    engine.reader.con.unregister(f"{name}_a")
    return f"{name}_r"


def _trusted(loaded: _Loaded, census: Census, dialect: Dialect) -> bool:
    """Tell whether the engine's reading accounts for every record, and its row numbers are certain."""
    if census.blank_lines or not census.balanced:
        return False
    if loaded.rejected and census.quoted_newlines:
        return False
    return loaded.rows + loaded.blank + loaded.rejected == census.records - dialect.header_row


def _load_exactly(engine: Engine, path: Path, encoding: str, dialect: Dialect, limits: Limits, name: str) -> _Loaded:
    """Read the file record by record."""
    rejects: list[tuple[int, str, str]] = []
    counts = {"rows": 0, "blank": 0}
    lines = plain_lines(_decoded(path, encoding, limits))
    for _ in range(dialect.skip):
        next(lines, None)
    schema = pa.schema([(f"c{number}", pa.string()) for number in range(dialect.width)] + [("source_row", pa.int64())])

    def batches() -> Iterator[pa.RecordBatch]:
        records = read_records(lines, dialect.delimiter, dialect.width, first_row=dialect.header_row + 1, extra=dialect.extra)
        while some := list(islice(records, _BATCH)):
            good = []
            for record in some:
                if record.fields is None:
                    rejects.append((record.row, record.problem or "", record.text or ""))
                elif any(field.strip() for field in record.fields):
                    good.append((*(field or None for field in record.fields), record.row))
                else:
                    counts["blank"] += 1
            counts["rows"] += len(good)
            if good:
                yield pa.record_batch([pa.array(column, kind.type) for column, kind in zip(zip(*good, strict=True), schema, strict=True)], schema=schema)

    con = engine.reader.con
    con.register(f"{name}_a", pa.RecordBatchReader.from_batches(schema, batches()))
    con.execute(f"create or replace {_place(path)} {name} as select * from {name}_a")
    con.unregister(f"{name}_a")
    return _Loaded(name, "source_row", _keep_rejects(engine, rejects, name), counts["rows"], len(rejects), counts["blank"])


def _decoded(path: Path, encoding: str, limits: Limits) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for chunk in Stream(path, limits):
        yield decoder.decode(chunk)


def _finish(engine: Engine, path: Path, text: Path, census: Census, dialect: Dialect, loaded: _Loaded | None, encoding: str, limits: Limits,
            name: str, notes: tuple[Note, ...]) -> Reading:  # fmt: skip
    """Hold the counts against each other and describe the file."""
    if loaded is None or not _trusted(loaded, census, dialect):
        loaded = _load_exactly(engine, text, "utf-8-sig" if encoding == "utf-8-sig" and text == path else "utf-8", dialect, limits, name)
        records = loaded.rows + loaded.rejected
    else:
        records = census.records - dialect.header_row - loaded.blank
    if dialect.header_row > 1:
        notes += (Note("title-rows", {"file": path.name, "row": dialect.header_row}),)
    if dialect.extra:
        notes += (Note("trailing-delimiters", {"file": path.name, "delimiter": repr(dialect.delimiter)}),)
    if loaded.blank:
        notes += (Note("blank-rows", {"file": path.name, "count": loaded.blank}),)
    if loaded.rejected > loaded.rows and loaded.rejected >= 5:
        raise DataRefused(_unfit(engine, path, loaded, dialect))
    about = InputFile(
        path.name, census.sha256, path.stat().st_size, _SPOKEN.get(encoding, encoding), dialect.delimiter, (), records, loaded.rows, loaded.rejected
    )
    return Reading((_piece(path.name, loaded.relation, loaded.row, dialect, loaded.rejects),), about, notes, loaded.written)


def _piece(label: str, relation: str, row: str, dialect: Dialect, rejects: str | None = None) -> Piece:
    columns = tuple(f"c{number}" for number in range(len(dialect.headers)))
    return Piece(label, relation, row, dialect.headers, columns, ("VARCHAR",) * len(columns), rejects)


def _unfit(engine: Engine, path: Path, loaded: _Loaded, dialect: Dialect) -> str:
    row, problem = engine.reader.con.execute(f"select source_row, problem from {loaded.rejects} order by source_row limit 1").fetchone()
    return (
        f"{path.name} cannot be cut into rows: {loaded.rejected:,} of {loaded.rejected + loaded.rows:,} records do not fit its header (row {row:,}: {problem}). "
        f"Columns are divided by {dialect.delimiter!r} here; give the delimiter in the configuration if that is wrong, or export the file again."
    )
