"""What makes a row of a table of the engine unusable, as expressions: `analysis.data.reading.judging` says the same of files, in the same words."""

import datetime as dt
from collections.abc import Iterable

import ibis
from ibis.expr.types import Table

from analysis.columns import MONEY
from analysis.data.cells import is_destroyed, number
from analysis.settings.inputs import Source, Transactions

_FIRST, _LAST = dt.datetime(1970, 1, 1), dt.datetime(2101, 1, 1)


def judge_transactions(rows: Table, source: Source) -> Table:
    """Complete order lines from what is told, and say of each why it cannot be used.

    Parameters
    ----------
    rows : Table
        Typed cells, null where nothing is mapped; `given_x` for each number and time: whether the cell holds anything.
    source : Transactions

    Returns
    -------
    Table
        The same with amount, quantity and unit_price derived where they are not mapped, refunds taken off, the currency as three letters, and `problem`.
    """
    mapped = set(source.columns)
    for name in source.fill_down if isinstance(source, Transactions) else ():
        rows = rows.mutate(**{name: _from_above(rows, name)})
    paid = number(rows.quantity * rows.unit_price, MONEY) if "amount" not in mapped else rows.amount
    signs = ibis.ifelse(rows.amount < 0, -1, 1)
    pieces = rows.quantity if "quantity" in mapped else ibis.ifelse(rows.amount.notnull(), signs, ibis.null("int8")).cast(MONEY)
    rows = rows.mutate(amount=paid.cast(MONEY), quantity=pieces.cast(MONEY), **({"currency": _code(rows.currency)} if "currency" in mapped else {}))
    if "refund" in mapped:
        rows = rows.mutate(amount=(rows.amount - rows.refund.fill_null(0)).cast(MONEY))
    if not ({"quantity", "unit_price"} <= mapped and "amount" not in mapped):
        share = (rows.amount.cast("float64") / rows.quantity.cast("float64").nullif(0)).round(4)
        derived = number(share, MONEY) if "quantity" in mapped else rows.amount.abs()
        rows = rows.mutate(unit_price=ibis.coalesce(rows.unit_price, derived).cast(MONEY))
    told = {name: rows[f"given_{name}"] for name in mapped if f"given_{name}" in rows.columns}
    problems = [_time_problem(rows.ordered_at, told["ordered_at"])]
    problems += [_missing(rows[name], told[name], name) for name in ("amount", "quantity") if name in mapped]
    if "unit_price" in mapped:
        price = rows.unit_price
        problems.append(_missing(price, told["unit_price"], "unit_price") if "amount" not in mapped else _unreadable(price, told["unit_price"], "unit_price"))
    problems += [_unreadable(rows[name], told[name], name) for name in ("cost", "discount", "refund") if name in mapped]
    if "refund" in mapped:
        problems.append(ibis.cases(((rows.refund > 0) & (rows.amount < 0), "refund larger than what was paid")))
    if "amount" not in mapped:
        problems.append(ibis.cases((rows.quantity.notnull() & rows.unit_price.notnull() & rows.amount.isnull(), "amount too large")))
    problems += [_destroyed(rows, name) for name in ("customer_id", "order_id", "product_id") if name in mapped]
    return rows.mutate(problem=_reasons(problems))


def judge_customers(rows: Table) -> Table:
    """Say of each row of a list of customers why it cannot be used, in `problem`: of several of one customer the last counts."""
    last = ibis.row_number().over(ibis.window(group_by="customer_id", order_by=ibis.desc("source_row")))
    rows = rows.mutate(place=last)
    problem = ibis.cases(
        (rows.customer_id.isnull(), "customer_id missing"),
        (rows.place > 0, "customer_id comes again later; the last row counts"),
        (is_destroyed(rows.customer_id), _lost("customer_id")),
    )
    return rows.mutate(problem=problem)


def _from_above(rows: Table, name: str) -> ibis.Value:
    """The value of the rows above of the same order, where the cell is empty."""
    above = ibis.window(group_by="order_id", order_by="source_row", preceding=(None, 0))
    counted = rows[name].count().over(above)  # equal for a value and the empty cells below it
    filled = rows[name].max().over(ibis.window(group_by=["order_id", counted]))
    return ibis.ifelse(rows[name].notnull() | rows.order_id.isnull(), rows[name], filled)


def _code(told: ibis.Value) -> ibis.Value:
    plain = told.upper()
    return ibis.ifelse(plain.isin(["RMB", "人民币"]), "CNY", plain)


def _reasons(problems: Iterable[ibis.Value]) -> ibis.Value:
    return ibis.literal("; ").join(list(problems)).nullif("")


def _missing(cell: ibis.Value, given: ibis.Value, name: str) -> ibis.Value:
    return ibis.cases((cell.isnull() & given, f"{name} unreadable"), (cell.isnull(), f"{name} missing"))


def _unreadable(cell: ibis.Value, given: ibis.Value, name: str) -> ibis.Value:
    return ibis.cases((cell.isnull() & given, f"{name} unreadable"))


def _destroyed(rows: Table, name: str) -> ibis.Value:
    return ibis.cases((is_destroyed(rows[name]), _lost(name)))


def _lost(name: str) -> str:
    return f"{name} destroyed by a spreadsheet (like 1.2346E+04): its digits are lost"


def _time_problem(at: ibis.Value, given: ibis.Value) -> ibis.Value:
    return ibis.cases(
        (at.isnull() & given, "date unreadable"),
        (at.isnull(), "date missing"),
        ((at < ibis.timestamp(_FIRST)) | (at >= ibis.timestamp(_LAST)), "date impossible (before 1970 or after 2100)"),
    )
