"""Other people's files, read right or refused: the door of this room's reading part."""

import glob
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from analysis.columns import CUSTOMER_COLUMNS, MONEY, TRANSACTION_COLUMNS
from analysis.config import Config
from analysis.data.reading import opening, values
from analysis.data.reading.casting import SQL_TYPES, Decisions, Field, check_one_currency, decide, find_fields, is_contact, raw_text, typed, union
from analysis.data.reading.intake import InputFile, Intake, Note, Piece, Reading
from analysis.engine import Engine
from analysis.errors import ConfigurationError, DataRefused
from analysis.settings.inputs import Source

_TOTAL = r"(^|\|)\s*((grand|sub)[ -]?)?totals?\s*:?\s*(\||$)|(^|\|)\s*(合计|总计|小计|总和)\s*[:：]?\s*(\||$)"

__all__ = ["InputFile", "Intake", "Note", "input_paths", "read_customers", "read_transactions"]


def input_paths(config: Config) -> list[Path]:
    """List the files that would be read: the inputs in their order, each pattern's files by name.

    Raises
    ------
    ConfigurationError
        When a file is missing or a pattern matches nothing; all of them at once.
    """
    sources = [config.inputs.transactions] + ([config.inputs.customers] if config.inputs.customers else [])
    return list(dict.fromkeys(path for source in sources for path in _paths(source, config.folder)))


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


def read_transactions(engine: Engine, config: Config) -> Intake:
    """Read the order lines, every record of every file.

    Returns
    -------
    Intake
        `lines`: one row per record; source_file, source_row, source_order (position of the file), the columns of `TRANSACTION_COLUMNS` (null where not
        mapped; times naive in the shop's zone, money decimal(18,4)), attributes (text), `problem` (why the row cannot be used, null where it can) and `raw`.

    Raises
    ------
    ConfigurationError
        When files are missing, or dates can be read in two ways.
    DataRefused
        When a file cannot be read right.
    """
    source = config.inputs.transactions
    readings, pieces, orders = _read(engine, config, source, "transactions")
    decisions = decide(engine, pieces, source, "transactions", config.time_zone)

    def select(piece: Piece, fields: tuple[Field, ...]) -> str:
        by_name = {field.name: field for field in fields}
        columns = _columns(by_name, TRANSACTION_COLUMNS, decisions, source, config)
        given = [
            f"({_given(by_name[name])}) as given_{name}" for name in ("ordered_at", "quantity", "unit_price", "amount", "cost", "discount") if name in by_name
        ]
        return ", ".join([*columns, *given, f"{_is_total(piece, by_name['ordered_at'])} as is_total", f"{raw_text(fields)} as raw"])

    mapped = set(source.columns)
    priced = {"quantity", "unit_price"} <= mapped
    quantity = "quantity" if "quantity" in mapped else "case when amount is not null then (case when amount < 0 then -1 else 1 end) end"
    quick = f"round(try_cast(quantity as decimal(9,4)) * try_cast(unit_price as decimal(9,4)), 4)::{MONEY}"  # fits in 64 bits; large numbers take the slow road
    amount = "amount" if "amount" in mapped else f"coalesce({quick}, try_cast(round(quantity::decimal(38,4) * unit_price, 4) as {MONEY}))"
    derived = f"case when quantity <> 0 then try_cast(round(amount / quantity, 4) as {MONEY}) end"
    price = (
        "unit_price"
        if priced and "amount" not in mapped
        else f"coalesce(unit_price, {derived})"
        if "quantity" in mapped
        else "coalesce(unit_price, abs(amount))"
    )
    problems = _time_problems("ordered_at", "date")
    problems += [_missing(name) for name in ("amount", "quantity") if name in mapped]
    problems += [_missing("unit_price") if "amount" not in mapped else _unreadable("unit_price")] if "unit_price" in mapped else []
    problems += [_unreadable(name) for name in ("cost", "discount") if name in mapped]
    if "amount" not in mapped:
        problems.append("case when quantity is not null and unit_price is not null and amount is null then 'amount too large' end")
    problems += [_destroyed(name) for name in ("customer_id", "order_id", "product_id") if name in mapped]
    found = f"case when ordered_at is null and is_total then 'a totals row' else concat_ws('; ', {', '.join(problems)}) end"
    fine = ["ordered_at >= timestamp '1970-01-01'", "ordered_at < timestamp '2101-01-01'", "amount is not null", "quantity is not null"]
    fine += [f"({name} is not null or not given_{name})" for name in ("unit_price", "cost", "discount") if name in mapped]
    fine += [f"coalesce(not contains({name}, '+'), true)" for name in ("customer_id", "order_id", "product_id") if name in mapped]
    # most rows are fine: one cheap look spares them the search for reasons
    problem = f"case when {' and '.join(fine)} then null else nullif({found}, '') end"
    attributes = [f'"{name}"' for name in source.attributes]  # quoted: "group" is a fine name
    keep = ["source_file", "source_row", "source_order", *TRANSACTION_COLUMNS, *attributes]
    computed = {"quantity": f"({quantity})::{MONEY}", "amount": f"({amount})::{MONEY}", "unit_price": f"({price})::{MONEY}"}
    inner = (
        f"select * replace ({', '.join(f'{sql} as {name}' for name, sql in computed.items() if name != 'unit_price')}) from ({union(pieces, orders, select)})"
    )
    inner = f"select * replace ({computed['unit_price']} as unit_price) from ({inner})"
    table = _materialize(engine, "transactions_lines", inner, keep, problem, pieces, orders, attributes, TRANSACTION_COLUMNS)
    if "currency" in mapped:
        check_one_currency(engine, table, config.currency)
    return _intake(engine, table, readings, decisions, "transactions")


def read_customers(engine: Engine, config: Config) -> Intake | None:
    """Read the customer master; None when the configuration names none.

    Returns
    -------
    Intake
        `lines` as in `read_transactions`, with the columns of `CUSTOMER_COLUMNS`. A row without customer_id is a problem, and so is one whose customer_id
        comes again later: the last row counts.
    """
    source = config.inputs.customers
    if source is None:
        return None
    readings, pieces, orders = _read(engine, config, source, "customers")
    decisions = decide(engine, pieces, source, "customers", config.time_zone)

    def select(_: Piece, fields: tuple[Field, ...]) -> str:
        columns = _columns({field.name: field for field in fields}, CUSTOMER_COLUMNS, decisions, source, config)
        return ", ".join([*columns, f"{raw_text(fields)} as raw"])

    attributes = [f'"{name}"' for name in source.attributes]  # quoted: "group" is a fine name
    keep = ["source_file", "source_row", "source_order", *CUSTOMER_COLUMNS, *attributes]
    inner = f"select *, row_number() over (partition by customer_id order by source_order desc, source_file desc, source_row desc) as place from ({union(pieces, orders, select)})"
    lost = _destroyed("customer_id")
    problem = (
        f"case when customer_id is null then 'customer_id missing' when place > 1 then 'customer_id comes again later; the last row counts' else {lost} end"
    )
    table = _materialize(engine, "customers_lines", inner, keep, problem, pieces, orders, attributes, CUSTOMER_COLUMNS)
    return _intake(engine, table, readings, decisions, "customers")


def _read(engine: Engine, config: Config, source: Source, section: str) -> tuple[list[Reading], list[tuple[Piece, tuple[Field, ...]]], list[int]]:
    """Load every file; find the mapped columns in each."""
    kinds = TRANSACTION_COLUMNS if section == "transactions" else CUSTOMER_COLUMNS
    readings, pieces, orders = [], [], []
    for number, path in enumerate(_paths(source, config.folder), 1):
        label = path.relative_to(config.folder).as_posix() if path.is_relative_to(config.folder) else path.name
        reading = opening.read_file(engine, path, source, config.limits, label=label, name=f"{section}_{number}")
        if not reading.input.records:
            reading = replace(reading, notes=(*reading.notes, Note("file-empty", {"file": label})))
        readings.append(reading)
        for piece in reading.pieces:
            pieces.append((piece, find_fields(piece, source, kinds)))
            orders.append(number)
    if not sum(reading.input.records for reading in readings):
        names = ", ".join(reading.input.name for reading in readings[:5])
        raise DataRefused(f"There are no rows in {names}: a header and nothing below it. Export the data again.")
    return readings, pieces, orders


def _columns(fields: Mapping[str, Field], kinds: Mapping[str, str], decisions: Decisions, source: Source, config: Config) -> list[str]:
    """Write (SQL) our columns, null where nothing is mapped, then the attributes."""

    def cell(name: str) -> str:
        return typed(fields[name], decisions, source, config.time_zone)

    ours = [f"{cell(name) if name in fields else f'null::{SQL_TYPES[kind]}'} as {name}" for name, kind in kinds.items()]
    return ours + [f'{cell(name)} as "{name}"' for name in source.attributes]


def _given(field: Field) -> str:
    """Tell (SQL) whether there is anything in the cell."""
    return f"{values.word(field.raw)} is not null" if field.is_text else f"{field.raw} is not null"


def _missing(name: str) -> str:
    return f"case when {name} is null then (case when given_{name} then '{name} unreadable' else '{name} missing' end) end"


def _unreadable(name: str) -> str:
    return f"case when {name} is null and given_{name} then '{name} unreadable' end"


def _destroyed(name: str) -> str:
    return f"case when {values.is_destroyed(name)} then '{name} destroyed by a spreadsheet (like 1.2346E+04): its digits are lost' end"


def _is_total(piece: Piece, date: Field) -> str:
    """Tell (SQL) whether a row without a date says "Total" somewhere."""
    texts = ['"' + column.replace('"', '""') + '"' for column, kind in zip(piece.columns, piece.types, strict=True) if kind == "VARCHAR"]
    if not date.is_text:
        return "false"
    return (
        f"case when substr(trim({date.raw}), 1, 1) between '0' and '9' then false else regexp_matches(concat_ws('|', {', '.join(texts)}), '{_TOTAL}', 'i') end"
    )


def _time_problems(name: str, word: str) -> list[str]:
    sql = (
        f"case when {name} is null then (case when given_{name} then '{word} unreadable' else '{word} missing' end) "
        f"when {name} < timestamp '1970-01-01' or {name} >= timestamp '2101-01-01' then '{word} impossible (before 1970 or after 2100)' end"
    )
    return [sql]


def _materialize(
    engine: Engine,
    table: str,
    inner: str,
    keep: list[str],
    problem: str,
    pieces: list[tuple[Piece, tuple[Field, ...]]],
    orders: list[int],
    attributes: list[str],
    kinds: dict[str, str],
) -> str:
    """Compute all rows once, good ones and bad ones, and the records that are no row."""
    con = engine.con.con
    rows = f"select {', '.join(keep)}, {problem} as problem, raw from ({inner})"
    nulls = ", ".join([f"null::{SQL_TYPES[kind]} as {name}" for name, kind in kinds.items()] + [f"null::varchar as {name}" for name in attributes])
    parts = [f"select * replace (case when problem is not null then raw end as raw) from ({rows})"]
    for (piece, _), order in zip(pieces, orders, strict=True):
        if piece.rejects:
            label = piece.label.replace("'", "''")
            text = "'***'" if any(is_contact(header) for header in piece.headers) else "left(raw, 500)"
            parts.append(f"select '{label}', source_row, {order}::bigint, {nulls}, problem, {text} from {piece.rejects}")
    rows_of_all = " union all ".join(parts)
    if all(piece.typed for piece, _ in pieces):  # casting again is cheaper than a second copy of the file
        con.execute(f"create or replace view {table}_seen as {rows_of_all}")
        return f"{table}_seen"
    con.execute(f"create or replace table {table} as {rows_of_all}")
    for piece, _ in pieces:
        opening.forget(engine, piece)
    return table


def _intake(engine: Engine, table: str, readings: list[Reading], decisions: Decisions, section: str) -> Intake:
    records = sum(reading.input.records for reading in readings)
    stays = all(piece.typed for reading in readings for piece in reading.pieces)  # a view over the files: nothing was carried over
    (rows,) = (records,) if stays else engine.con.con.execute(f"select count(*) from {table}").fetchone()
    if rows != records:
        raise DataRefused(f"The {section} hold {records:,} records, but {rows:,} arrived. This must not happen; nothing was computed.")
    notes = tuple(note for reading in readings for note in reading.notes) + decisions.notes
    return Intake(engine.con.table(table), tuple(reading.input for reading in readings), notes)
