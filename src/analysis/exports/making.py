"""A list for another program: chosen, laid out, written, and entered in the ledger."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyarrow as pa
from ibis.expr.types import Table

from analysis.errors import ConfigurationError
from analysis.exports.choosing import Wanted, choose
from analysis.exports.ledger import enter_export
from analysis.exports.rows import stream
from analysis.exports.sealing import check_password
from analysis.exports.shapes import PLAIN, Layout, lay_out
from analysis.exports.writing import DATABASES, kind_of, write_file, write_table
from analysis.recipes.addresses import CONTACT
from analysis.run import Run


@dataclass(frozen=True)
class Order:
    """What is ordered.

    Parameters
    ----------
    target : Path
        The file; of a database, the file that holds it.
    shape : str
        ``plain``, or the name of a shape.
    columns : sequence of str
        Of the plain shape: these only.
    contact : bool
        Whether contact data go along; then the file is sealed.
    table : str
        Of a database.
    campaign : str
        With one, a share of the customers is held out by lot.
    holdout : float
    force : bool
        Whether to replace what is there.
    """

    target: Path
    shape: str = PLAIN
    columns: Sequence[str] = ()
    contact: bool = False
    table: str = "customers"
    campaign: str = ""
    holdout: float = 0.0
    force: bool = False


@dataclass(frozen=True)
class Made:
    """What was written: rows, how many of them are held out, the layout."""

    rows: int
    held_out: int
    layout: Layout


def make_list(run: Run, wanted: Wanted, order: Order, *, password: str = "", by: str, on: dt.date) -> Made:
    """Write a list and enter it in the ledger.

    Parameters
    ----------
    run : Run
        Open; its language is that of the words in the list.
    wanted : Wanted
    order : Order
    password : str
        Seals the file; contact data are not written without.
    by : str
        Who takes the list.
    on : datetime.date
        The day, for the ledger.

    Raises
    ------
    ConfigurationError
        When something asked for is not there, or contact data would lie open.
    PublishFailed
        When the disk says no.
    """
    _check(run, order, password)
    chosen = choose(run.opened, wanted)
    layout = lay_out(order.shape, chosen.columns, run.config.exports, contact=order.contact, only=order.columns)
    if set(CONTACT) & {column for _, column in layout.columns}:
        chosen = _add_contact(chosen, run)
    batches = stream(chosen, layout, run.texts, campaign=order.campaign, share=order.holdout, seed=run.config.seed)
    counted = _Counter(batches)
    if kind_of(order.target) in DATABASES:
        write_table(order.target, order.table, counted, counted.schema, force=order.force)
        digest = None
    else:
        digest = write_file(order.target, counted, counted.schema, password=password, force=order.force)
    enter_export(run.config.folder / "state", {
        "on": on, "by": by, "name": run.config.name, "as_of": run.as_of, "run": run.opened.id, "who": wanted.describe(), "shape": order.shape,
        "columns": [column for _, column in layout.columns], "rows": counted.rows, "contact": order.contact, "sealed": bool(password),
        "file": order.target.name, "sha256": digest, "campaign": order.campaign or None, "holdout": order.holdout if order.campaign else None,
        "held_out": counted.held_out if order.campaign else None,
    })  # fmt: skip
    return Made(counted.rows, counted.held_out, layout)


class _Counter:
    """Batches on their way to a file, counted as they pass."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self.rows = self.held_out = 0
        first = next((batch for batch in batches if batch.num_rows), None)
        if first is None:
            raise ConfigurationError("Nobody is on this list: no customer is all that was asked for. Nothing was written.")
        self.schema: pa.Schema = first.schema
        self._batches = chain([first], batches)

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            self.rows += batch.num_rows
            if batch.schema.names[-1] == "holdout":
                self.held_out += batch.column("holdout").true_count
            yield batch


def _check(run: Run, order: Order, password: str) -> None:
    kind = kind_of(order.target)
    sealable = kind == ".xlsx" or kind.endswith(".age")
    if order.contact and run.opened.master is None:
        raise ConfigurationError("There are no contact data: the configuration names no customer list ([inputs.customers]).")
    if order.contact and not sealable:
        raise ConfigurationError("Contact data are written encrypted only: give --to a name that ends in .xlsx (protected by a password) or .csv.age.")
    if (order.contact or kind.endswith(".age")) and not password:
        raise ConfigurationError(
            "A list that is encrypted needs a password: set WORKBOOK_EXPORT_PASSWORD, or run the command in a terminal, which asks for it."
        )
    if password and not sealable:
        raise ConfigurationError(f"A file that ends in {kind} cannot be encrypted: give --to a name that ends in .xlsx or .age.")
    if password:
        check_password(password)
    if bool(order.campaign) != bool(order.holdout):
        raise ConfigurationError("A hold-out needs both: --campaign NAME and --holdout 0.1 (the share of customers who are left alone).")
    if not 0 <= order.holdout < 1:
        raise ConfigurationError(f"--holdout is a share between 0 and 1, such as 0.1; got {order.holdout:g}.")


def _add_contact(chosen: Table, run: Run) -> Table:
    addresses = run.table("addresses").select("customer_id", *CONTACT)
    return chosen.left_join(addresses, "customer_id").drop("customer_id_right")
