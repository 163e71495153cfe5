"""`workbook ruler`: saved cut points listed, shown, previewed and promoted."""

from typing import Annotated

import typer
from rich.table import Table

from analysis.commands.options import DEFAULT, AsOf, ConfigPath, out
from analysis.config import load_config

app = typer.Typer(no_args_is_help=True, help="Saved cut points: list, show, preview, promote.")


@app.command(name="list")
def list_rulers(config: ConfigPath = DEFAULT) -> None:
    """List the named rulers and those of the published reports, and who uses them."""
    from analysis.recipes.rulers import list_saved

    settings = load_config(config)
    saved = list_saved(settings)
    for each in saved:
        out.print(f"{each.label}  fitted on {each.ruler.fitted_on}  {each.ruler.id}  {', '.join(each.uses) or 'not used'}", markup=False)
    if not saved:
        out.print("There is no ruler yet. A report saves its own: workbook run, then workbook ruler promote DATE --as NAME.", markup=False)


@app.command()
def show(name: Annotated[str, typer.Argument(help="NAME, NAME@2, or the date of a report.")], config: ConfigPath = DEFAULT) -> None:
    """Show the cut points of a ruler."""
    from analysis.models.ruler import list_thresholds
    from analysis.recipes.rulers import find_saved

    saved = find_saved(load_config(config), name)
    table = Table(title=f"{saved.label}, fitted on {saved.ruler.fitted_on}, {saved.ruler.id}")
    for column in ("measure", "of", "method", "on the cut"):
        table.add_column(column, no_wrap=True)
    for column in ("cut", "value"):
        table.add_column(column, justify="right", no_wrap=True)
    for row in list_thresholds(saved.ruler).execute().itertuples():
        table.add_row(
            row.measure, row.measured, row.method, "the better score" if row.boundary == "inclusive" else "the lower score", str(row.cut), f"{row.value:,f}"
        )
    out.print(table)
    out.print(f"Used by: {', '.join(saved.uses) or 'nobody'}.", markup=False)


@app.command()
def promote(
    date: Annotated[str, typer.Argument(help="The as-of date of a published report.")],
    name: Annotated[str, typer.Option("--as", help="The name: letters, digits, _ and -.")],
    config: ConfigPath = DEFAULT,
) -> None:
    """Save the ruler of a published report as the next version of a name; nothing is overwritten."""
    from analysis.recipes.rulers import promote as save

    named = save(load_config(config), date, name)
    out.print(f'The ruler of the report of {date} is {named.name}@{named.version}. To measure with it: [scoring] ruler = "frozen:{named.name}"', markup=False)


@app.command()
def preview(name: Annotated[str, typer.Argument(help="NAME or NAME@2.")], config: ConfigPath = DEFAULT, as_of: AsOf = "latest") -> None:
    """Count who would move if a ruler were adopted; write nothing."""
    from analysis.recipes.rulers import find_saved
    from analysis.recipes.rulers import preview as count
    from analysis.run import open_run
    from analysis.story.restatement import name_group

    label = find_saved(load_config(config), name).label
    run = open_run(config, as_of=as_of)
    ways = count(run.opened, label)
    for scheme, rows in ways.groupby("scheme", sort=False):
        moved = rows[rows.from_segment != rows.to_segment]
        table = Table(title=f"{scheme} as of {run.as_of}, measured with {label} instead")
        for column, side in (("from", "left"), ("to", "left"), ("customers", "right"), ("money", "right")):
            table.add_column(column, justify=side, no_wrap=True)  # type: ignore[arg-type]
        for row in moved.itertuples():
            groups = (name_group(str(scheme), key, texts=run.texts) for key in (row.from_segment, row.to_segment))
            table.add_row(*groups, f"{row.customers:,}", f"{row.monetary:,.2f}")
        if len(moved):
            out.print(table)
        shares = f"{moved.customers.sum():,} of {rows.customers.sum():,} customers with {moved.monetary.sum():,.2f} of {rows.monetary.sum():,.2f}"
        out.print(f"{scheme}: {shares} would move.", markup=False)
