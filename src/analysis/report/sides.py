"""A published report opened again, to stand beside another one."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from analysis.config import Config, parse_config
from analysis.errors import ConfigurationError, shorten
from analysis.report.catalogue import Listed, list_reports, read_report

NEEDED = ("customers", "segments", "thresholds")


@dataclass(frozen=True)
class Side:
    """One of two reports: what it says of itself, its configuration, and the small tables that are compared.

    Parameters
    ----------
    listed : Listed
    config : Config
    manifest : mapping
    segments : pandas.DataFrame
        segment, customers, monetary.
    thresholds : pandas.DataFrame
        measure, cut, value, measured.
    """

    listed: Listed
    config: Config
    manifest: Mapping
    segments: pd.DataFrame
    thresholds: pd.DataFrame

    @property
    def as_of(self) -> dt.date:
        """The last day that counted."""
        return self.listed.as_of

    @property
    def customers(self) -> Path:
        """The table of customers: for programs, not for pages."""
        return self.listed.folder / "tables" / "customers.parquet"


def open_side(word: str, reports: Path) -> Side:
    """Open a report by its date, or by the path of its folder.

    Raises
    ------
    ConfigurationError
        When there is none, or it has pages only.
    """
    folder = reports / word
    if not folder.is_dir() and Path(word).is_dir():
        folder = Path(word).resolve()
    try:
        listed = read_report(folder)
    except (OSError, ValueError, KeyError, TypeError):
        there = [report.folder.name for report in list_reports(reports)]
        known = f"There are: {shorten(there)}" if there else f"There are no reports in {reports}"
        raise ConfigurationError(f"There is no report {word!r} in {reports}. {known}. Give the dates of two reports, or the paths of their folders.") from None
    tables = folder / "tables"
    if missing := [f"{name}.parquet" for name in NEEDED if not (tables / f"{name}.parquet").is_file()]:
        pages = "it was made for readers outside and has pages only" if listed.profile == "external" else f"its folder tables lacks {', '.join(missing)}"
        raise ConfigurationError(f"The report {word} cannot be compared: {pages}.")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    config = parse_config(manifest["config"], folder, f"the configuration of the report {word}")
    return Side(
        listed, config, manifest,
        _ask("select segment, customers, monetary::double as monetary from {} where scheme = 'segment' order by segment", tables / "segments.parquet"),
        _ask("select measure, cut, value::double as value, measured from {} order by measure, cut", tables / "thresholds.parquet"),
    )  # fmt: skip


def count_moves(before: Side, after: Side) -> pd.DataFrame:
    """Count the buyers of two reports by their segments in both: from_segment, to_segment (`none` for who was, or is, no buyer), customers."""
    side = "(select customer_id, coalesce(segment, 'unclassified') as segment from {} where frequency > 0)"
    return _ask(
        f"select coalesce(a.segment, 'none') as from_segment, coalesce(b.segment, 'none') as to_segment, count(*)::bigint as customers from {side} a "
        f"full join {side} b using (customer_id) group by all order by all",
        before.customers,
        after.customers,
    )


def _ask(question: str, *paths: Path) -> pd.DataFrame:
    """Ask files: ``{}`` stands for each in turn."""
    with duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False, "threads": 1}) as con:
        return con.execute(question.format(*("read_parquet(?)" for _ in paths)), [str(path) for path in paths]).df()
