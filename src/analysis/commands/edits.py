"""`workbook import`: what people changed in a list comes back."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import DEFAULT, ConfigPath, Reports, err, find_reports, out
from analysis.config import load_config


def import_(
    file: Annotated[Path, typer.Argument(help="The edited customers.xlsx of a report, or a list: customer_id, column, value, reason, author, expires_on.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, for edits that do not say it themselves.")] = "",
    expires: Annotated[str, typer.Option("--expires", help="The last day for which they hold, like 2026-12-31.")] = "",
    author: Annotated[str, typer.Option("--author", help="Who decided.", envvar=["WORKBOOK_AUTHOR", "USER"], show_envvar=True)] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be taken; write nothing.")] = False,
    config: ConfigPath = DEFAULT,
    reports: Reports = None,
) -> None:
    """Take classes, tags, owners and notes that people changed: all of them or, where something is wrong, none."""
    from analysis.report.importing import import_edits
    from analysis.run import today

    settings = load_config(config)
    done = import_edits(
        settings, file, reports=find_reports(reports, settings), today=today(settings.time_zone), reason=reason, expires=expires, author=author, dry_run=dry_run
    )
    for warning in done.warnings:
        err.print(warning, markup=False)
    out.print(done.tell(dry_run=dry_run), markup=False)
