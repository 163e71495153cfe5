"""The door: words from the command line, one call, an exit code."""

import sys
import time
import traceback
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from analysis.commands import compare, edits, fetch, lists, rulers, sample, standards, tags, who
from analysis.commands.options import DEFAULT, AsOf, ConfigPath, Reports, err, find_beside, find_reports, out
from analysis.commands.progress import show_progress
from analysis.config import load_config
from analysis.errors import ConfigurationError, WorkbookError, find_shortage

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="Customer Segmentation Workbook: raw sales files to a dated report."
)


@app.callback()
def _options(debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False) -> None:
    """Customer Segmentation Workbook: raw sales files to a dated report."""


@app.command()
def init(
    files: Annotated[list[Path], typer.Argument(help="Your files: order lines, and a customer list if you have one.")],
    config: ConfigPath = DEFAULT,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing configuration.")] = False,
) -> None:
    """Look at your files, guess which column is which, say so, and write workbook.toml."""
    from analysis.data.mapping import guess, write_config
    from analysis.engine import open_engine

    if config.exists() and not force:
        raise ConfigurationError(f"{config} exists. Give --force to replace it, or --config another name.")
    found = guess(open_engine(), files)
    write_config(found, config)
    for sentence in found.said:
        out.print(f"- {sentence}", markup=False)
    out.print(f"Wrote {config}. Read it, then: workbook check, workbook run.", markup=False)


@app.command()
def check(config: ConfigPath = DEFAULT, as_of: AsOf = "latest") -> None:
    """Read configuration, segment map and data, report what was found, write nothing."""
    from analysis.models.maps import examine_map, prove_map, read_map
    from analysis.recipes.tags import list_findings
    from analysis.report.map_picture import draw_map
    from analysis.run import open_run
    from analysis.texts import Texts

    settings = load_config(config)
    if (proof := examine_map(read_map(settings.scoring.map, settings.folder))).faults:
        out.print(*draw_map(proof, texts=Texts("en", words=settings.words.spoken("en"))), sep="\n")
        prove_map(proof.rules)
    run = open_run(config, as_of=as_of)
    steps = run.exact("ledger")
    table = Table(title=f"{run.config.name} as of {run.as_of}")
    table.add_column("rule", overflow="fold")
    table.add_column("action", no_wrap=True, min_width=11)
    for name in ("rows", "amount", "rows after", "amount after"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in steps.itertuples():
        table.add_row(row.rule, row.action, f"{row.rows:,}", f"{row.amount:,.2f}", f"{row.rows_after:,}", f"{row.amount_after:,.2f}")
    out.print(table, *draw_map(run.opened.get("map"), texts=run.texts), sep="\n")
    for row in run.table("quarantine").limit(5).execute().itertuples():
        out.print(f"quarantine: {row.source_file} row {row.source_row}: {row.reason}", markup=False)
    for note in run.notes:
        out.print(f"- {note.text}", markup=False)
    for sentence in list_findings(run.opened):
        out.print(f"- {sentence}", markup=False)
    out.print(f"{int(steps.iloc[-1].customers):,} customers have lines left. Ready: workbook run.", markup=False)


@app.command()
def run(
    config: ConfigPath = DEFAULT,
    as_of: AsOf = "latest",
    lang: Annotated[str, typer.Option("--lang", help="Languages, the first is that of the summary: en,zh. Default: as the configuration says.")] = "",
    reports: Reports = None,
    only: Annotated[str, typer.Option("--only", help="Render one chapter into a scratch folder; publish nothing.")] = "",
    readers: Annotated[str, typer.Option("--for", help="Who will read it: manager, analyst or external. Default: as the configuration says.")] = "",
    pdf: Annotated[bool, typer.Option("--pdf", help="Print the whole report to report.<lang>.pdf too; needs Chromium or Chrome.")] = False,
    profile: Annotated[bool, typer.Option("--profile", help="Show what every step took, and keep it as state/profile-DATE.json.")] = False,
) -> None:
    """Make the report of one day and publish it."""
    began = time.perf_counter()
    from analysis.report.kernel import WarmKernel, ended_by_sigterm
    from analysis.report.pdf import find_browser

    if only and pdf:
        raise ConfigurationError("--pdf prints the whole report, --only renders one chapter: give one of the two.")
    if pdf:
        find_browser()  # before anything is read
    settings = load_config(config)
    if readers:
        settings = settings.replace(pages=settings.pages.for_readers(readers).model_dump())
    languages = tuple(word.strip() for word in lang.split(",")) if lang else settings.languages
    notebooks, patience = find_beside("notebooks"), 0 if settings.engine.kind == "duckdb" else 60  # of another engine its kernel drops our tables
    spill = settings.engine.beside(settings.folder).spill
    with show_progress() as bar, ended_by_sigterm(), WarmKernel(notebooks.resolve(), patience=patience, spill=Path(spill) if spill else None) as kernel:
        kernel.start()  # it reads its libraries while we read ours, and the data
        from analysis.recipes.lettering import list_missing_fonts
        from analysis.report.clock import Clock, keep_profile, list_profile, tell_speed
        from analysis.report.press import make_chapter, make_report
        from analysis.run import settle_as_of

        clock = on_progress = Clock(bar, began=began)
        on_progress(0, 1, "reading")
        day = settle_as_of(settings, as_of, keep=not only)
        if only:
            where = make_chapter(settings, day, only, languages=languages, notebooks=notebooks, on_progress=on_progress, kernel=kernel)
        else:
            where = make_report(
                settings,
                day,
                languages=languages,
                reports=find_reports(reports, settings),
                notebooks=notebooks,
                on_progress=on_progress,
                pdf=pdf,
                clock=clock,
                kernel=kernel,
            )
    for note in list_missing_fonts(languages):
        err.print(note.text, markup=False)
    measured = clock.stop()
    if profile:
        for title, (head, *rows) in list_profile(measured):
            table = Table(*head, title=title)
            for row in rows:
                table.add_row(*row)
            err.print(table)
        err.print(f"Every step: {keep_profile(measured, where.parent if only else settings.folder / 'state', day)}", markup=False)
    err.print(tell_speed(measured), markup=False)
    out.print(f"{day} {'rendered' if only else 'published'} {where}", markup=False)


@app.command(name="list")
def list_(config: ConfigPath = DEFAULT, reports: Reports = None) -> None:
    """List the reports there are."""
    from analysis.report.catalogue import list_reports

    for report in list_reports(find_reports(reports, None if reports else load_config(config))):
        out.print(
            f"{report.as_of}  {report.name}  {','.join(report.languages)}  run {report.run}  {len(report.warnings)} warnings  {report.folder}", markup=False
        )


@app.command()
def verify(date: Annotated[str, typer.Argument(help="The as-of date of the report.")], config: ConfigPath = DEFAULT, reports: Reports = None) -> None:
    """Run the archived notebooks of a report again and compare every output: 0 equal, 1 different, 3 the inputs have changed."""
    from analysis.report.verify import verify as repeat

    verdict = repeat(find_reports(reports, None if reports else load_config(config)) / date, config)
    for finding in verdict.findings or ("every output is equal",):
        out.print(f"{date}: {finding}", markup=False)
    raise typer.Exit(verdict.code)


app.command()(compare.compare)
app.command(name="export")(lists.export)
app.command()(fetch.fetch)
app.command(name="import")(edits.import_)
app.command()(sample.sample)
app.command()(standards.tree)
app.command()(who.who)
app.command(name="try")(standards.try_)
app.add_typer(rulers.app, name="ruler")
app.add_typer(tags.app, name="tags")


def main() -> None:
    """Run the command line; an error is one paragraph and an exit code, with --debug also its traceback."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # JupyterLab's, for schemas: no notebook has what it checks, and reading it takes a second
    if debug := "--debug" in sys.argv:
        sys.argv.remove("--debug")  # understood anywhere on the line
    try:
        app()
    except Exception as error:  # noqa: BLE001 - what is neither told in our words nor a shortage is a defect of ours: say so, and where to look
        if debug:
            traceback.print_exc()
        if told := error if isinstance(error, WorkbookError) else find_shortage(type(error).__name__, str(error)):
            err.print(str(told), markup=False)
            sys.exit(told.exit_code)
        err.print(f"This should not happen: {type(error).__name__}: {error}. Run again with --debug and report it.", markup=False)
        sys.exit(1)
