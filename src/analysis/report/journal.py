"""Every published report is entered in the journal, sooner or later: after it was published, or, where a run died in between, by the next one."""

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.config import Config
from analysis.report.catalogue import Listed, list_reports
from analysis.state import RUN, enter, read_journal


def enter_reports(config: Config, reports: Path, *, published: Path | None = None) -> None:
    """Enter the reports of this configuration that lie in a folder and are not in the journal, oldest first.

    What the configuration's own folder holds is what was reported: where the journal's last word on a day is another run, its report is entered again. Of a
    report in another folder (`--reports`) it is enough that it was entered once; `published` is the one just made, there or here.

    Raises
    ------
    ConfigurationError
        When the journal cannot be read.
    Locked, PublishFailed
        When it cannot be written.
    """
    state = config.folder / "state"
    entered = [(entry.as_of, entry.run) for entry in read_journal(state) if entry.name == config.name]
    last = dict(entered)
    at_home = config.folder.joinpath(config.reports).resolve() == reports.resolve()
    for report in reversed(list_reports(reports)):
        counts = at_home or report.folder == published
        known = last.get(report.as_of) == report.run if counts else (report.as_of, report.run) in entered
        if report.name != config.name or known or not (said := _read(report)):
            continue
        enter(state, report.as_of, report.run, said, report.folder / "tables" / "customers.parquet")


def _read(report: Listed) -> dict:
    """Read what a report said; nothing, where it is not whole any more."""
    try:
        manifest = json.loads((report.folder / "manifest.json").read_text(encoding="utf-8"))
        segments = pq.read_table(report.folder / "tables" / "segments.parquet", columns=["scheme", "segment", "customers", "monetary"]).to_pylist()
        pq.read_metadata(report.folder / "tables" / "customers.parquet")
        said = {name: manifest[name] for name in ("config", "key_figures", "inputs", "ledger")}
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return {}
    if not re.fullmatch(RUN, report.run):
        return {}
    counted = [row | {"monetary": None if row["monetary"] is None else f"{row['monetary']:f}"} for row in segments]
    return said | {"ruler": manifest.get("ruler") or {}, "clusters": manifest.get("clusters"), "segments": counted}
