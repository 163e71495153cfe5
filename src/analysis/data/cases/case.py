"""The four cases by name: made, and written into a folder with the configuration that belongs to them."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.data.cases.ecommerce import make_ecommerce
from analysis.data.cases.education import make_education
from analysis.data.cases.files import Made, write_files
from analysis.data.cases.manufacturer import make_manufacturer
from analysis.data.cases.retailer import make_retailer
from analysis.errors import ConfigurationError

_MAKERS: Mapping[str, tuple[Callable[[np.random.Generator, dict, int], Made], int]] = {
    "retailer": (make_retailer, 900),
    "ecommerce": (make_ecommerce, 1200),
    "manufacturer": (make_manufacturer, 320),
    "education": (make_education, 800),
}
CASES = tuple(_MAKERS)
_FEWEST = 50


@dataclass(frozen=True)
class Case:
    """A case as it truly is (`made`), its files as a workbook gets them (name -> contents), and what is wrong in them (kind, file, count)."""

    name: str
    made: Made
    files: Mapping[str, bytes]
    dirt: pd.DataFrame


def make_case(name: str, *, seed: int = 1, customers: int | None = None) -> Case:
    """Invent a case; the same arguments give the same bytes.

    Raises
    ------
    ConfigurationError
        When there is no case of that name, or too few customers are asked for.
    """
    if name not in _MAKERS:
        raise ConfigurationError(f"There is no case {name!r}; there are: {', '.join(CASES)}.")
    make, usual = _MAKERS[name]
    if customers is not None and customers < _FEWEST:
        raise ConfigurationError(f"A case needs at least {_FEWEST} customers; got {customers}.")
    rng = np.random.default_rng([seed, CASES.index(name)])
    words = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
    made = make(rng, words, customers or usual)
    files, dirt = write_files(rng, words, made)
    return Case(name, made, files | {"README.md": _readme(name, words, made, dirt, seed)}, dirt)


def write_case(case: Case, folder: Path, *, configurations: Path) -> list[Path]:
    """Write the files of a case, and its configuration beside them.

    Parameters
    ----------
    case : Case
    folder : Path
    configurations : Path
        Where the configurations of the cases lie: NAME/workbook.toml.

    Raises
    ------
    ConfigurationError
        When there is a configuration of somebody's own in the folder.
    """
    config = (configurations / case.name / "workbook.toml").read_bytes()
    target = folder / "workbook.toml"
    if target.is_file() and target.read_bytes() != config:
        raise ConfigurationError(f"{target} exists and is not the configuration of this case. Choose another folder, or move it away.")
    folder.mkdir(parents=True, exist_ok=True)
    for name, contents in sorted(case.files.items()):
        (folder / name).write_bytes(contents)
    target.write_bytes(config)
    return [*(folder / name for name in sorted(case.files)), target]


def _readme(name: str, words: dict, made: Made, dirt: pd.DataFrame, seed: int) -> bytes:
    rows = "\n".join(
        f"| {row.kind} | {row.file} | {row.count} |"
        for row in dirt.rename(columns={"count": "n"}).set_axis(["kind", "file", "count"], axis=1).itertuples(index=False)
    )
    return (
        f"# {name}: {words['title']}\n\nMade up by `workbook sample --case {name} --seed {seed}`: no person, firm, number or address in it is real.\n"
        f"{made.truth.customer_id.nunique():,} customers, {made.lines.order_id.nunique():,} orders and returns, {len(made.lines):,} lines that a perfect cleaning keeps, "
        f"from {made.lines.ordered_at.min():%Y-%m-%d} to {made.lines.ordered_at.max():%Y-%m-%d}. `truth.csv` says what is true of each customer; the workbook does not read it.\n\n"
        f"    workbook run --config workbook.toml\n\nWhat is wrong in the files, on purpose:\n\n| what | file | how often |\n| --- | --- | ---: |\n{rows}\n"
    ).encode()
