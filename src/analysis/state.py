"""What is remembered between runs, in `state/` beside the configuration: the journal of what was reported."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.config import Config
from analysis.errors import ConfigurationError
from analysis.keeping import append, create, make_folder, read_lines, writing
from analysis.overrides import Override, find_in_force, read_overrides
from analysis.rulers import Named, find_ruler

KEPT = 13  # days whose labels are kept: a year of monthly reports and the one before; lines of the journal stay for good
LABELS = pa.schema({
    "customer_id": pa.string(), "recency_days": pa.int64(), "frequency": pa.int64(), "monetary": pa.decimal128(38, 4), "r_value": pa.int64(),
    "f_value": pa.int64(), "m_value": pa.decimal128(38, 4), "segment": pa.string(), "class8": pa.string(), "value_tier": pa.string(), "cluster": pa.int64(),
})  # fmt: skip
_ENTRY = ("config", "ruler", "clusters", "key_figures", "segments", "inputs", "ledger")
_KINDS = ("labels", "classified")  # folders of what is kept of a report, a file a report
RUN = r"[0-9A-Za-z]{1,64}"


@dataclass(frozen=True)
class Published:
    """What one published report said.

    Parameters
    ----------
    as_of : datetime.date
    run : str
    config : dict
        The configuration as the manifest has it.
    ruler : dict
        `Ruler.to_dict()`; empty where the report did not record one.
    clusters : dict or None
        `ClusterModel.to_dict()`.
    key_figures, inputs, ledger : list of dict
        As in the manifest.
    segments : list of dict
        scheme, segment, customers, monetary (decimal as text).
    labels : Path
        Parquet, grain: buyer, in the order of customer_id; the columns of `LABELS`. Kept for the last `KEPT` days only: look whether it is there.
    classified : Path
        Parquet, grain: customer (buyers and others), in the order of customer_id; monetary, and what the customer was called: every column of text or yes and no
        of the table of customers, and every `tag_` column. Kept as long as `labels`; not there for reports of older versions.
    """

    as_of: dt.date
    run: str
    config: dict
    ruler: dict
    clusters: dict | None
    key_figures: list[dict]
    segments: list[dict]
    inputs: list[dict]
    ledger: list[dict]
    labels: Path
    classified: Path

    @property
    def name(self) -> str:
        """The name of the configuration that reported."""
        return str(self.config.get("name", ""))


@dataclass(frozen=True)
class Memory:
    """The part of the state that one run can read, and nothing else: `hash` identifies it, None where there is none; `overrides` are those in force."""

    published: Published | None
    ruler: Named | None
    hash: str | None
    overrides: tuple[Override, ...] = ()


def recall(config: Config, as_of: dt.date) -> Memory:
    """Read what a run of this configuration and day may know: the last report before it, the ruler that the configuration names, what people said of customers.

    Raises
    ------
    ConfigurationError
        When the state cannot be read, or has no such ruler.
    """
    state = config.folder / "state"
    published = read_published(state, as_of, name=config.name)
    ruler = find_ruler(state, config.scoring.ruler.removeprefix("frozen:")) if config.scoring.ruler != "fitted" else None
    overrides = find_in_force(read_overrides(state), as_of, name=config.name)
    parts: list[object] = []
    if published:
        kept = [hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "" for path in (published.labels, published.classified)]
        parts.append([published.as_of.isoformat(), published.run, *(getattr(published, name) for name in _ENTRY), *kept])
    if ruler:
        parts.append([ruler.name, ruler.version, ruler.ruler])
    if overrides:
        parts.append([said.to_dict() for said in overrides])
    return Memory(published, ruler, hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest() if parts else None, overrides)


def read_journal(state: Path) -> list[Published]:
    """List every report that was entered, in the order of entry; a last line that was torn off by a crash is passed over.

    Raises
    ------
    ConfigurationError
        When another line cannot be read.
    """
    say = "an entry. Delete that line; if the report it told of is still there, the next run enters it again."
    return read_lines(state / "journal.jsonl", partial(_parse, state), say=say)


def _parse(state: Path, entry: Mapping[str, Any]) -> Published:
    day, run = dt.date.fromisoformat(entry["as_of"]), entry["run"]
    labels, classified = (_kept(state, kind, day, run) for kind in _KINDS)
    return Published(day, run, **{name: entry[name] for name in _ENTRY}, labels=labels, classified=classified)


def read_published(state: Path, before: dt.date, *, name: str | None = None) -> Published | None:
    """Give the last report of an earlier day; of several for one day the one entered last counts.

    Parameters
    ----------
    state : Path
    before : datetime.date
    name : str, optional
        Only reports of the configuration of this name: several may share a folder.
    """
    earlier = [entry for entry in read_journal(state) if entry.as_of < before and name in (None, entry.name)]
    return max(enumerate(earlier), key=lambda pair: (pair[1].as_of, pair[0]))[1] if earlier else None


def enter(state: Path, as_of: dt.date, run: str, said: Mapping[str, object], customers: Path) -> None:
    """Enter a published report: its labels first, then, in one write, its line.

    Parameters
    ----------
    state : Path
    as_of : datetime.date
    run : str
    said : mapping
        config, ruler, clusters, key_figures, segments, inputs, ledger.
    customers : Path
        The table `customers` of the report.

    Raises
    ------
    Locked
        When another run holds the state for a minute.
    PublishFailed
        When the disk says no; the report is then entered by the next run.
    """
    entry = {"as_of": as_of.isoformat(), "run": run} | {name: said[name] for name in _ENTRY}
    line = json.dumps(entry, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    with writing(state):
        _write_labels(customers, _kept(state, "labels", as_of, run))
        _write_classified(customers, _kept(state, "classified", as_of, run))
        append(state / "journal.jsonl", line)
        _prune(state)


def _kept(state: Path, kind: str, as_of: dt.date, run: str) -> Path:
    if not re.fullmatch(RUN, run):
        raise ConfigurationError(f"{run[:80]!r} is not the id of a run.")
    return state / kind / f"{as_of.isoformat()}-{run}.parquet"


def _write_labels(customers: Path, path: Path) -> None:
    """Copy who is a buyer, batch by batch: a report may have more customers than fit into memory."""
    make_folder(path.parent)
    with create(path, replace=True) as file, pq.ParquetFile(customers) as source:
        there = [name for name in LABELS.names if name in source.schema_arrow.names]
        with pq.ParquetWriter(file, LABELS, compression="zstd") as writer:
            for batch in source.iter_batches(columns=there):
                rows = pa.Table.from_batches([batch])
                for name in LABELS.names:  # an older report may lack some
                    if name not in there:
                        rows = rows.append_column(name, pa.nulls(len(rows), LABELS.field(name).type))
                buyers = rows.filter(pc.greater(rows["frequency"], 0))
                writer.write_table(buyers.select(LABELS.names).cast(LABELS))


def _write_classified(customers: Path, path: Path) -> None:
    """Copy what everybody was called, batch by batch."""
    make_folder(path.parent)
    with create(path, replace=True) as file, pq.ParquetFile(customers) as source:
        said = [field.name for field in source.schema_arrow if field.name.startswith("tag_") or pa.types.is_boolean(field.type) or _is_text(field.type)]
        kept = pa.schema([field for field in source.schema_arrow if field.name in {*said, "customer_id", "monetary"}])
        with pq.ParquetWriter(file, kept, compression="zstd") as writer:
            for batch in source.iter_batches(columns=kept.names):
                writer.write_batch(batch.select(kept.names).cast(kept))


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _prune(state: Path) -> None:
    """Delete what no report to come will compare itself with."""
    last = {(entry.name, entry.as_of): entry.labels.name for entry in read_journal(state)}
    keep = {label for name in {name for name, _ in last} for _, label in sorted((day, label) for (whose, day), label in last.items() if whose == name)[-KEPT:]}
    for path in (path for kind in _KINDS if (state / kind).is_dir() for path in (state / kind).iterdir()):
        if re.fullmatch(rf"\.?\d{{4}}-\d\d-\d\d-{RUN}\.parquet", path.name) and path.name not in keep:
            path.unlink()
