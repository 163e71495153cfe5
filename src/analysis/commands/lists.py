"""`workbook export`: customers for another program."""

import getpass
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import DEFAULT, AsOf, ConfigPath, Language, out
from analysis.config import load_config

PASSWORD = "WORKBOOK_EXPORT_PASSWORD"  # noqa: S105 - the name of a variable


def export(
    to: Annotated[Path | None, typer.Option("--to", help="The file: .csv, .xlsx, .parquet, .csv.age (encrypted), .sqlite or .duckdb.")] = None,
    segment: Annotated[list[str] | None, typer.Option("--segment", help="Customers of this segment; several: of any of them.")] = None,
    stage: Annotated[list[str] | None, typer.Option("--stage", help="Customers of this lifecycle stage; several: of any of them.")] = None,
    class_: Annotated[list[str] | None, typer.Option("--class", help="Customers of this class, as need=high_end; several: of all of them.")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", help="Customers with this tag, or NAME=LEVEL; several: with all of them.")] = None,
    group: Annotated[list[str] | None, typer.Option("--group", help="Customers of this group of tags; several: of all of them.")] = None,
    where: Annotated[str, typer.Option("--where", help="A rule over the columns of the table of customers, as monetary > 1000.")] = "",
    shape: Annotated[str, typer.Option("--shape", help="plain, zoho, hubspot, salesforce, or one of the configuration's own.")] = "plain",
    columns: Annotated[str, typer.Option("--columns", help="Of the plain shape: these columns only, with commas between.")] = "",
    with_contact: Annotated[bool, typer.Option("--with-contact", help="Names, phones, e-mails and addresses as well; the file is then encrypted.")] = False,
    table: Annotated[str, typer.Option("--table", help="Of a database: the table.")] = "customers",
    campaign: Annotated[str, typer.Option("--campaign", help="The campaign for which a share of the customers is held out by lot.")] = "",
    holdout: Annotated[float, typer.Option("--holdout", help="That share, as 0.1.")] = 0.0,
    force: Annotated[bool, typer.Option("--force", help="Replace a file or a table that is there.")] = False,
    ledger: Annotated[bool, typer.Option("--ledger", help="List the exports there were; write nothing.")] = False,
    config: ConfigPath = DEFAULT,
    as_of: AsOf = "latest",
    lang: Language = "",
) -> None:
    """Write a list of customers for another program; contact data only on request, and then encrypted."""
    from analysis.errors import ConfigurationError
    from analysis.exports.choosing import Wanted
    from analysis.exports.ledger import read_exports
    from analysis.exports.making import Order, make_list
    from analysis.exports.sealing import check_password
    from analysis.run import open_run, today

    settings = load_config(config)
    if ledger:
        for entry in read_exports(settings.folder / "state"):
            if entry.get("kind") == "who":
                out.print(f"{entry['on']}  {entry['by']}  looked who is {', '.join(entry['pseudonyms'])}", markup=False)
                continue
            kinds = [word for word, true in (("contact data", entry["contact"]), ("encrypted", entry["sealed"])) if true]
            chosen = [f"{what}: {said if isinstance(said, str) else ', '.join(said)}" for what, said in entry["who"].items()] or ["everybody"]
            words = (entry["on"], entry["by"], f"{entry['rows']:,} customers", "; ".join(chosen), entry["shape"], entry["file"], ", ".join(kinds))
            out.print("  ".join(filter(None, words)), markup=False)
        return
    if to is None:
        raise ConfigurationError("Say where the list goes: --to customers.csv")
    order = Order(
        to, shape, tuple(filter(None, columns.replace(" ", "").split(","))), contact=with_contact, table=table, campaign=campaign, holdout=holdout, force=force
    )
    password = os.environ.get(PASSWORD, "") if with_contact or to.name.endswith(".age") else ""
    if not password and (with_contact or to.name.endswith(".age")) and sys.stdin.isatty():
        password = check_password(typer.prompt("Password for the file", hide_input=True, confirmation_prompt=True))
    wanted = Wanted(segment or (), stage or (), class_ or (), tag or (), group or (), where)
    run = open_run(config, as_of=as_of, lang=lang or settings.languages[0])
    made = make_list(run, wanted, order, password=password, by=os.environ.get("WORKBOOK_AUTHOR") or getpass.getuser(), on=today(settings.time_zone))
    held = f" {made.held_out:,} of them are held out of {campaign!r} ({made.held_out / made.rows:.1%})." if campaign else ""
    parts = f" {made.layout.title} takes at most {made.layout.most:,} rows at once." if made.layout.most and made.rows > made.layout.most else ""
    out.print(f"{made.rows:,} customers as of {run.as_of} written to {to}.{held}{parts} The list is entered in state/exports.jsonl.", markup=False)
