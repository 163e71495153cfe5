"""`workbook tags`: the catalogue listed, and what is wrong with it."""

from typing import Annotated

import typer

from analysis.commands.options import DEFAULT, AsOf, ConfigPath, out

app = typer.Typer(no_args_is_help=True, help="The tags of customers: list, check.")
Lang = Annotated[str, typer.Option("--lang", help="In which language: en or zh.")]


@app.command(name="list")
def list_tags(config: ConfigPath = DEFAULT, as_of: AsOf = "latest", lang: Lang = "en") -> None:
    """List the tags in force, their rules, and how many customers have them; then the groups built from them."""
    from analysis.run import open_run

    run = open_run(config, as_of=as_of, lang=lang)
    texts, coverage, groups = run.texts, run.exact("tag_coverage"), run.exact("tag_groups")
    out.print(f"{run.config.name} as of {run.as_of}", markup=False)
    for row in coverage[coverage["value"].isna()].itertuples():
        kind = f"{texts.label('tag-category', row.category)}, {texts.label('tag-type', row.type)}"
        out.print(f"{row.tag}  {texts.label('tag', row.tag)}  ({kind})  {row.customers:,} ({row.share:.1%})\n    {row.rule}", markup=False)
    for row in groups.itertuples():
        out.print(f"group {row.group}  {texts.label('tag-group', row.group)}  {row.customers:,} ({row.share:.1%})\n    {row.rule}", markup=False)


@app.command()
def check(config: ConfigPath = DEFAULT, as_of: AsOf = "latest", lang: Lang = "en") -> None:
    """Say which tags need attention: given to nobody or to everybody, equal to each other, ended, or left out for want of data; write nothing."""
    from analysis.run import open_run
    from analysis.story.tags import tell_findings

    run = open_run(config, as_of=as_of, lang=lang)
    for sentence in tell_findings(run.exact("tag_findings"), texts=run.texts).sentences:
        out.print(f"- {sentence}", markup=False)
