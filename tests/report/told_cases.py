"""The four cases, each made, written and published once for many tests to look at: two in English, two in Chinese."""

import html
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import fastexcel
import pandas as pd
import pyarrow.parquet as pq

from analysis.data.cases.case import Case, make_case

AS_OF = "2025-12-31"
LANGUAGES = {"retailer": "en", "ecommerce": "zh", "manufacturer": "en", "education": "zh"}
EARLIER = {"manufacturer": "2025-11-30"}  # a report before that one, to compare with
SIZES = {"retailer": 260, "ecommerce": 320, "manufacturer": 180, "education": 260}


def workbook(folder: Path, *words: object) -> str:
    """Call the command in a folder; what it said."""
    done = subprocess.run([Path(sys.executable).with_name("workbook"), *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass(frozen=True)
class Told:
    """A case, its folder as the command wrote it, and its published report."""

    name: str
    lang: str
    folder: Path
    report: Path
    case: Case

    def table(self, name: str) -> pd.DataFrame:
        """Read a published table; money stays decimal."""
        return pq.read_table(self.report / "tables" / f"{name}.parquet").to_pandas()

    def page(self, chapter: str) -> str:
        """Read what a person reads on a page: the text, without marks."""
        text = (self.report / self.lang / f"{chapter}.html").read_text(encoding="utf-8")
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style>.*?</style>", "", text))))

    @cached_property
    def sheets(self) -> dict[str, list[list[str]]]:
        """Read the sheets of customers.xlsx, every cell as text."""
        book = fastexcel.read_excel(str(self.report / "customers.xlsx"))
        return {
            name: [
                ["" if cell is None else cell for cell in row]
                for row in zip(*book.load_sheet(name, header_row=None, dtypes="string").to_arrow().to_pydict().values(), strict=True)
            ]
            for name in book.sheet_names
        }

    def sheet(self, place: int) -> list[list[str]]:
        """Give a sheet by its place: 0 Read me, 1 Customers, 2 Tags, in the order of the file."""
        return list(self.sheets.values())[place]

    @property
    def person(self) -> dict[str, str]:
        """Say whose number each number is."""
        again = self.case.made.truth.dropna(subset=["second_number"])
        own = {key: key for key in self.case.made.truth.customer_id}
        return own | dict(zip(again.second_number, again.customer_id, strict=True))


def tell(name: str, folder: Path) -> Told:
    """Write a case by the command, and publish its report in one language."""
    workbook(folder, "sample", "--case", name, "--customers", SIZES[name], name)
    case, lang = make_case(name, customers=SIZES[name]), LANGUAGES[name]
    assert {file: (folder / name / file).read_bytes() for file in case.files} == dict(case.files)
    if name in EARLIER:
        workbook(folder, "run", "--config", f"{name}/workbook.toml", "--as-of", EARLIER[name], "--lang", lang)
    said = workbook(folder, "run", "--config", f"{name}/workbook.toml", "--as-of", AS_OF, "--lang", lang)
    report = folder / name / "reports" / AS_OF
    assert said.strip().endswith(f"{AS_OF} published {report.relative_to(folder)}") or str(report) in said
    return Told(name, lang, folder / name, report, case)
