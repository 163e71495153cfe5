"""`workbook fetch`: a public data set from the network, the one command that goes there."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import out
from analysis.commands.progress import show_progress


def fetch(
    name: Annotated[str, typer.Argument(help="The data set; without a name: those there are.")] = "",
    to: Annotated[Path, typer.Option("--to", help="The folder for it.")] = Path("data/raw/public"),
) -> None:
    """Download a public data set, continue what broke off, and keep it only if its checksum is right. No other command asks anything of the network."""
    from analysis.data.fetching import DATA_SETS, fetch, find_data_set

    if not name:
        for each in DATA_SETS.values():
            out.print(f"{each.key}  {each.title}. {each.terms}", markup=False)
        return
    found = find_data_set(name)
    with show_progress(of_bytes=True) as on_progress:
        path = fetch(found, to, on_progress=on_progress)
    out.print(f"{path}  {found.title}. {found.terms}", markup=False)
    out.print(f"{found.note} Next: workbook init {path}".strip(), markup=False)
