"""The ledger: what each step of the cleaning took in rows and money, exact to the last decimal; and the quarantine."""

from decimal import Decimal

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.data.cleaning import Cleaned

LEDGER = ["step", "rule", "action", "rows", "amount", "rows_touched", "customers", "rows_after", "amount_after", "note"]


def write_ledger(cleaned: Cleaned, *, note: str = "") -> pd.DataFrame:
    """Count what left at each step.

    Parameters
    ----------
    cleaned : Cleaned
    note : str
        What there is to say of the input as a whole.

    Returns
    -------
    pandas.DataFrame
        One row per step: `input` first, `kept` last; columns as in the contract, money as Decimal.

    Notes
    -----
    A purchase that came back in part stays with the rest of its money: what it lost leaves at `returned_purchases`. A return that found only
    some of its units leaves at `returns_unmatched`, and its matched part at `returns_matched`. Amounts that nobody can read count as zero. Where numbers of one
    person were made one, nothing leaves: the rows touched are the lines with another number than they came with, the customers are the numbers that are no more.
    """
    lines = cleaned.lines.mutate(amount=_.amount.fill_null(0), amount_left=_.amount_left.fill_null(0), moved=(_.amount - _.amount_left).fill_null(0))
    by_step = lines.group_by("left_at").agg(rows=_.count(), money=_.amount_left.sum(), customers=_.customer_id.nunique()).execute()
    at = {None if pd.isna(row.left_at) else int(row.left_at): row for row in by_step.itertuples()}
    reduced = lines.filter(_.moved != 0).group_by(is_return=_.units < 0).agg(money=_.moved.sum(), rows=_.count(), customers=_.customer_id.nunique()).execute()
    moved = {bool(row.is_return): row for row in reduced.itertuples()}
    total = lines.agg(rows=_.count(), money=_.amount.sum(), customers=_.customer_id.nunique()).execute().iloc[0]
    unreadable = int(cleaned.lines.filter(_.amount.isnull()).count().execute())

    rows_after, amount_after = int(total.rows), _money(total.money)
    numbers = int(total.customers) if cleaned.numbers is None else cleaned.numbers
    ledger = [(1, "input", "input", rows_after, amount_after, rows_after, numbers, rows_after, amount_after, note)]
    for step in cleaned.steps:
        if step.action == "flagged":
            flagged = lines.filter(lines[f"flag_{step.number}"]).agg(rows=_.count(), customers=_.customer_id.nunique()).execute().iloc[0]
            ledger.append((step.number, step.name, step.action, 0, Decimal(0), int(flagged.rows), int(flagged.customers), rows_after, amount_after, step.note))
            continue
        if step.action == "changed":
            touched = int(lines.filter(_.told_by.notnull() & (_.left_at.isnull() | (_.left_at > step.number))).count().execute())
            ledger.append((step.number, step.name, step.action, 0, Decimal(0), touched, cleaned.merged, rows_after, amount_after, step.note))
            continue
        left = at.get(step.number)
        rows, amount, customers = (int(left.rows), _money(left.money), int(left.customers)) if left else (0, Decimal(0), 0)
        touched = rows
        taken = moved.get(step.name == "returns_matched") if step.name in ("returns_matched", "returned_purchases") else None
        if taken is not None:
            amount += _money(taken.money)
            if step.name == "returned_purchases":
                touched, customers = int(taken.rows), int(taken.customers)
        rows_after, amount_after = rows_after - rows, amount_after - amount
        note = f"{unreadable} amounts unreadable, counted as 0" if step.name == "unreadable" and unreadable else step.note
        ledger.append((step.number, step.name, step.action, rows, amount, touched, customers, rows_after, amount_after, note))
    kept = at.get(None)
    ledger.append((len(ledger) + 1, "kept", "kept", rows_after, amount_after, rows_after, int(kept.customers) if kept else 0, rows_after, amount_after, ""))
    return pd.DataFrame(ledger, columns=LEDGER)


def _money(value: object) -> Decimal:
    return Decimal(0) if value is None or pd.isna(value) else Decimal(str(value))


def list_quarantine(lines: Table, *, rule: str) -> Table:
    """List the rejected rows with file, row and reason.

    Parameters
    ----------
    lines : Table
        Lines as read (see `analysis.data.sources`), with `problem` and `raw`.
    rule : str
        What rejected them.

    Returns
    -------
    Table
        Grain: source_file, source_row. rule, reason, and the raw values as text, contact columns masked.
    """
    return lines.filter(_.problem.notnull()).select("source_file", "source_row", rule=ibis.literal(rule), reason=_.problem, raw=_.raw)
