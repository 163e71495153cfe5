"""What all commands share: where they speak, and the options that mean the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from analysis.config import Config

out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)

ConfigPath = Annotated[Path, typer.Option("--config", help="The configuration file.")]
AsOf = Annotated[str, typer.Option("--as-of", help="Last day that counts: a date like 2011-12-09, latest, or yesterday.")]
Reports = Annotated[Path | None, typer.Option("--reports", help="The folder of reports; default: as the configuration says.")]
Language = Annotated[str, typer.Option("--lang", help="en or zh; default: the first of the configuration.")]
DEFAULT = Path("workbook.toml")


def find_reports(reports: Path | None, config: Config | None) -> Path:
    """Say where the reports are: where the command line says, or the configuration."""
    return reports if reports or config is None else config.folder / config.reports  # type: ignore[return-value]


def find_beside(name: str) -> Path:
    """Find a folder that is no Python: inside an installed package, or at the root of a checkout."""
    package = Path(__file__).parents[1]
    return package / name if (package / name).is_dir() else package.parents[1] / name
