"""`workbook sample`: made-up data, from a small shop to a hundred million order lines."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import find_beside, out
from analysis.commands.progress import show_progress
from analysis.errors import ConfigurationError

_SMALL = (50, 20_000)  # customers of the small shops


def sample(
    folder: Annotated[Path | None, typer.Argument(help="Where to write it; default: data/raw/ and sample, large, or the name of the case.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
    customers: Annotated[int | None, typer.Option(help="Customers; default: 1,200, as many as the case has, or one for 20 --rows.", min=1)] = None,
    case: Annotated[str, typer.Option("--case", help="One of the cases, with its configuration: retailer, ecommerce, manufacturer, education.")] = "",
    rows: Annotated[int | None, typer.Option("--rows", help="So many order lines, 1,000 to 100 million, as Parquet with their configuration.")] = None,
) -> None:
    """Write the synthetic shop, or a case: order lines, customers, feedback, events, as dirty as real files are. With --rows: order lines in any number."""
    if rows is not None and case:
        raise ConfigurationError("--rows writes order lines in any number, --case one of the small cases: give one of the two.")
    if rows is None and customers is not None and not _SMALL[0] <= customers <= _SMALL[1]:
        raise ConfigurationError(
            f"--customers of a small shop is a number from {_SMALL[0]} to {_SMALL[1]:,}; got {customers:,}. With --rows there may be more."
        )
    target = folder or Path("data/raw") / (case or ("sample" if rows is None else "large"))
    for path in _write_large(target, rows, seed, customers) if rows is not None else _write_small(target, case, seed, customers):
        out.print(str(path), markup=False)
    if rows is not None:
        out.print(f"{rows:,} order lines. Their report: workbook run --config {target / 'workbook.toml'}", markup=False)


def _write_small(target: Path, case: str, seed: int, customers: int | None) -> list[Path]:
    from analysis.data.cases.case import make_case, write_case
    from analysis.data.sample import make_shop, write_shop

    if not case:
        return write_shop(make_shop(seed, customers or 1200), target)
    return write_case(make_case(case, seed=seed, customers=customers), target, configurations=find_beside("cases"))


def _write_large(target: Path, rows: int, seed: int, customers: int | None) -> list[Path]:
    from analysis.data.sample_lines import write_lines

    with show_progress() as on_progress:
        return write_lines(target, rows, seed=seed, customers=customers, on_progress=on_progress)
