"""`workbook tree`: how customers are classified, as a diagram; `workbook try`: who would be called something else under changed standards."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from analysis.commands.options import DEFAULT, AsOf, ConfigPath, Language, out
from analysis.config import load_config
from analysis.errors import ConfigurationError


def tree(
    config: ConfigPath = DEFAULT,
    as_of: AsOf = "latest",
    to: Annotated[Path | None, typer.Option("--to", help="Write an image for a slide instead: a file that ends in .svg, .png or .pdf.")] = None,
    levels: Annotated[str, typer.Option("--levels", help="Other levels than the configuration's, two to five columns: region,industry,behaviour.")] = "",
    name: Annotated[str, typer.Option("--name", help="Which tree of the configuration; default: the first.")] = "",
    lang: Language = "",
) -> None:
    """Show the classification tree, or write it as an image."""
    from analysis.charts.outline import list_outline
    from analysis.charts.tree import save_tree
    from analysis.recipes.tree import plant
    from analysis.run import open_run

    settings = load_config(config)
    names = ["main", *(each.name for each in settings.tree.also)]
    if name and name not in names:
        raise ConfigurationError(f"There is no tree {name!r}; there are: {', '.join(names)}.")
    if to and (to.suffix.lower() not in (".svg", ".png", ".pdf") or not to.parent.is_dir()):
        raise ConfigurationError(f"{to} cannot be written: the name ends in .svg, .png or .pdf, in a folder that is there.")
    run = open_run(config, as_of=as_of, lang=lang or settings.languages[0])
    frame = plant(run.opened, [level.strip() for level in levels.split(",")]) if levels else run.exact("tree")
    if to:
        save_tree(frame, to, by=settings.tree.by, name="" if levels else name, texts=run.texts)
        out.print(f"Wrote {to}.", markup=False)
        return
    outline = list_outline(frame, name="" if levels else name, texts=run.texts)
    shown = Tree(Text(f"{outline.caption}  ({run.as_of})"), guide_style="dim")
    above = [shown]
    for depth, branch in outline.walk():
        line = Text.assemble((branch.name, "bold" if depth == 0 else ""), "  ", " · ".join(filter(None, branch.cells)))
        above[depth + 1 :] = [above[depth].add(line)]
    out.print(shown)


def try_(
    new: Annotated[Path, typer.Argument(help="A copy of the configuration with other standards, beside it.")],
    config: ConfigPath = DEFAULT,
    as_of: AsOf = "latest",
    lang: Language = "",
) -> None:
    """Count who would be called something else under changed standards; nothing is stored."""
    from analysis.charts.trial import list_examples, list_trial
    from analysis.recipes.trial import try_standards
    from analysis.recipes.wording import open_texts
    from analysis.run import open_run
    from analysis.story.trial import tell_trial

    other = load_config(new)
    run = open_run(config, as_of=as_of, lang=lang or load_config(config).languages[0])
    trial = try_standards(run.opened, other)
    texts = open_texts(other, run.texts.lang)  # it has words for its own classes
    for sentence in tell_trial(trial.moves, texts=texts).sentences:
        out.print(f"- {sentence}", markup=False)
    for listed in (list_trial(trial.moves, texts=texts), list_examples(trial.movers, texts=texts)):
        if not listed.frame.empty:
            shown = Table(title=Text(listed.caption))
            for column in listed.frame.columns:
                shown.add_column(Text(column), justify="right" if column in listed.numeric else "left")
            for row in listed.frame.itertuples(index=False):
                shown.add_row(*(Text(str(cell)) for cell in row))
            out.print(shown)
    out.print(texts.say("trial-stored", file=new.name), markup=False)
