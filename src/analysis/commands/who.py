"""`workbook who`: the customer behind a pseudonym."""

import getpass
import os
from typing import Annotated

import typer

from analysis.commands.options import DEFAULT, AsOf, ConfigPath, Reports, find_reports, out
from analysis.config import load_config
from analysis.errors import ConfigurationError, shorten


def who(
    pseudonyms: Annotated[list[str], typer.Argument(help="As a report has them: C-0123456789.", metavar="PSEUDONYM...")],
    config: ConfigPath = DEFAULT,
    as_of: AsOf = "latest",
    reports: Reports = None,
) -> None:
    """Tell the customer numbers behind pseudonyms, to who holds the key; the question is entered in state/exports.jsonl."""
    from analysis.exports.naming import enter_look, find_customers
    from analysis.report.catalogue import list_reports
    from analysis.run import open_run, today

    settings = load_config(config)
    run = open_run(config, as_of=as_of)
    made = [report for report in list_reports(find_reports(reports, settings)) if report.name == settings.name]
    nearest = next((report for report in made if report.as_of == run.as_of), made[0] if made else None)
    found = find_customers(run, pseudonyms, manifest=nearest.folder / "manifest.json" if nearest else None)
    enter_look(run, list(found), by=os.environ.get("WORKBOOK_AUTHOR") or getpass.getuser(), on=today(settings.time_zone))
    for name, customer in found.items():
        out.print(f"{name}  {customer}", markup=False)
    if missing := [name for name in pseudonyms if name.strip().upper() not in found]:
        raise ConfigurationError(f"Nobody in the inputs is called {shorten(missing)}.")
