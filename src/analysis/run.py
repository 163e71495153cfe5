"""One run: a configuration, an as-of day, an engine. Tables by name, built when asked for, once, and held against their contract.

Notebooks and the command line use the same calls::

    run = open_run("workbook.toml", as_of="latest", lang="en")
    run.frame("segments")          # a small table as pages may show it, as pandas: money as float
    run.exact("segments")          # the same with nothing withheld
    run.table("customers")         # any table as an Ibis expression: rows stay in the engine
"""

import datetime as dt
import json
import zoneinfo
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

import ibis
import pandas as pd
from ibis.expr.types import Table

from analysis.charts.card import list_card
from analysis.config import Config, load_config
from analysis.data import cleaning, sources
from analysis.display.table import Table as Listed
from analysis.errors import ConfigurationError, WorkbookError
from analysis.recipes.leaving import SHEETS_IN, leave, tell_all, to_plain
from analysis.recipes.maps import open_map
from analysis.recipes.opened import Opened
from analysis.recipes.proofs import explain
from analysis.recipes.reading import read_inputs
from analysis.recipes.retold import Retold, listen
from analysis.recipes.showing import fetch, show
from analysis.recipes.wording import date_texts, open_texts
from analysis.state import recall
from analysis.texts import Texts


@dataclass(frozen=True)
class Run:
    """A run in one language, as a notebook sees it."""

    opened: Opened
    texts: Texts
    run_dir: Path | None
    key: str = ""  # what it hangs on
    withheld: set[str] = field(default_factory=set)  # the tables of which this chapter got less than there is

    @property
    def config(self) -> Config:
        """The configuration."""
        return self.opened.config

    @property
    def as_of(self) -> dt.date:
        """The last local day that counts."""
        return self.opened.as_of

    @property
    def reported_on(self) -> dt.date | None:
        """The as-of of the last report, where it is still known what everybody was called in it."""
        published = self.opened.get("published")
        return published.as_of if published and published.classified.is_file() else None

    def table(self, name: str) -> Table:
        """Give a table as an Ibis expression.

        Parameters
        ----------
        name : str
            A table of `analysis.schemas.SCHEMAS`, or one on the way there: lines (cleaned), orders, months, states, spells.
        """
        found = self.opened.get(name)
        if isinstance(found, cleaning.Cleaned):
            found = found.lines
        if isinstance(found, pd.DataFrame):
            return ibis.memtable(found)
        return found

    def frame(self, name: str) -> pd.DataFrame:
        """Give a small table as pages may show it: pandas, money as float, NaN where a number stands for too few customers (`config.pages`).

        Parameters
        ----------
        name : str
            A table of `analysis.schemas.SCHEMAS` or one of:
            the data: months (revenue by month), examples (what each rule took, pseudonyms), policies (what other cleaning choices would change), currencies, key_figures;
            scores: grid (customers by R and F score), pareto, distributions, on_cuts (who is on the cuts of the eight classes), tie_blocks, certificate;
            segments: map_cells, sufficiency, crosswalk, agreement (with other maps), segment_rules, segment_reasons; cube, cube_edges, cube_codes, cube_steps;
            moves: movement (since the last report or month-end), movers (who moved most money, pseudonyms), ruler_effect (with one ruler and with two),
            restatement, restated_figures (what the last report said, and today's data);
            clusters: k_indices, k_reasons, cluster_profiles, passports, cluster_map, cluster_axes, cluster_drift, cluster_events, cross (by segment);
            people: attributes_known, by_attribute, identity_counts, biggest_accounts; classes, class_rules, class_by_segment, attribute_by_segment, loyalty_parts;
            tag_coverage, tag_overlap, tag_changes, tag_groups, tag_findings; tree, tree_about (its levels, and why these); override_counts.

        Raises
        ------
        WorkbookError
            When the table is too large to look at, or pages may not show it, or one of its columns.
        """
        seen = show(self.opened, name)
        self.withheld.update([name] if seen.withheld else [])
        return seen.frame.copy()

    def exact(self, name: str) -> pd.DataFrame:
        """Give a small table with its exact numbers, for work that no page shows."""
        return fetch(self.opened, name)

    def explain(self, customer: str) -> Listed:
        """Say why a customer has a label, what would move it, and what is at stake; the answer names the pseudonym only.

        Parameters
        ----------
        customer : str
            A customer number, or a pseudonym from a report made with the same key.

        Raises
        ------
        WorkbookError
            When there is no such buyer.
        """
        return list_card(*explain(self.opened, customer), texts=self.texts)

    @property
    def notes(self) -> tuple[sources.Note, ...]:
        """What a reader of the numbers must know, and what was decided while reading."""
        return self.opened.get("warnings")

    @property
    def facts(self) -> dict:
        """What a report's manifest says of the run: id, inputs, ledger, warnings, key figures; the ruler, the clusters, the hash of the state it read, and what people may change."""
        opened, clusters = self.opened, self.opened.get("cluster_model")
        return {
            "run": opened.id,
            "as_of": opened.as_of.isoformat(),
            "time_zone": opened.config.time_zone,
            "currency": opened.config.currency,
            "inputs": [asdict(file) for file in opened.inputs],
            "ledger": json.loads(json.dumps(opened.get("ledger_frame").to_dict("records"), default=to_plain)),
            "warnings": [note.text for note in opened.get("warnings")],
            "key_figures": json.loads(self.exact("key_figures").to_json(orient="records")),
            "shown_figures": json.loads(show(opened, "key_figures").frame.to_json(orient="records")),
            "ruler": opened.get("ruler").to_dict(),
            "clusters": clusters.to_dict() if hasattr(clusters, "to_dict") else None,
            "state_hash": opened.get("memory").hash,
            "editable": {column: {"kind": each.kind, "keys": each.keys} for column, each in opened.get("editable").items()},
        }

    def leave(self) -> None:
        """Write down everything that a scheduled run leaves for the press, as far as it is not there yet."""
        if self.run_dir:
            leave(self.opened, self.run_dir, lambda: self.facts)

    def tell(self) -> None:
        """Tell whoever writes the chapters what has been found out so far, with what every chapter needs."""
        if self.run_dir:
            tell_all(self.opened, self.run_dir, key=self.key)

    def seal(self, chapter: str) -> "Seal":
        """End a chapter: prove that nothing was lost, and, in a scheduled run, write the tables down.

        Raises
        ------
        WorkbookError
            When rows or money do not add up.
        """
        steps = self.opened.get("ledger_frame")
        first, last = steps.iloc[0], steps.iloc[-1]
        between = steps.iloc[1:-1]
        buyers_money = self.opened.get("money_with_customers")
        out = {"rows": int(between.rows.sum()), "money": sum(between.amount, Decimal(0))}
        conserved = int(first.rows) - out["rows"] == int(last.rows) and first.amount - out["money"] == last.amount == Decimal(str(buyers_money))
        if not conserved:
            raise WorkbookError(
                f"Rows or money do not add up: in {first.rows} rows and {first.amount}, out {out}, kept {last.rows} and {last.amount}, with customers {buyers_money}."
            )
        self.leave()
        return Seal({
            "chapter": chapter, "lang": self.texts.lang, "run": self.opened.id,
            "rows_in": int(first.rows), "rows_kept": int(last.rows), "rows_out": out["rows"],
            "money_in": f"{first.amount:f}", "money_kept": f"{last.amount:f}", "money_out": f"{out['money']:f}", "conserved": conserved, "withheld": bool(self.withheld),
        })  # fmt: skip


@dataclass(frozen=True)
class Seal:
    """The last line of a chapter, which the press reads back."""

    facts: Mapping[str, object]

    def __repr__(self) -> str:
        return "SEALED " + json.dumps(self.facts)


_last: dict[str, Opened] = {}  # the run that is open in this process: the next chapter and the next language go on with it


def open_run(config_path: str | Path, *, as_of: str = "latest", lang: str = "en", run_dir: str | Path = "") -> Run:
    """Open a run, or go on with the one that is open when nothing has changed since.

    Parameters
    ----------
    config_path : path
        `workbook.toml`.
    as_of : str
        ISO date, ``latest`` (the last order day not after today) or ``yesterday``.
    lang : {"en", "zh"}
    run_dir : path, optional
        Where a scheduled run leaves its tables; nothing is written without it.

    Raises
    ------
    ConfigurationError, DataRefused
    """
    config = load_config(config_path)
    segment_map = open_map(config)
    texts = open_texts(config, lang)
    parse_as_of(as_of)
    stamps = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in sources.input_paths(config)]
    key = json.dumps([config.hash(), config.engine.model_dump(), segment_map.hash, str(config.folder), as_of, stamps])
    if run_dir and (key not in _last or isinstance(_last[key], Retold)):  # by the kernel that reckons, as far as that has come
        before = _last.get(key)
        told = listen(Path(run_dir) / SHEETS_IN, key, before.open if isinstance(before, Retold) else lambda: read_data(config, as_of))
        _last.update({key: told} if told else {})
    if key not in _last or (not run_dir and _last[key].get("memory").hash != recall(config, _last[key].as_of).hash):  # a scheduled run has one memory
        _last.clear()
        _last[key] = read_data(config, as_of, keep=bool(run_dir))
    return Run(_last[key], date_texts(texts, *_last[key].get("period")), Path(run_dir) if run_dir else None, key)


def parse_as_of(text: str) -> dt.date | Literal["latest", "yesterday"]:
    """Read an as-of word: an ISO date, ``latest`` or ``yesterday``."""
    if text in ("latest", "yesterday"):
        return text  # type: ignore[return-value]
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(f"as_of is a date like 2011-12-09, or latest, or yesterday; got {text!r}.") from None


def today(time_zone: str) -> dt.date:
    """Read the clock: the only place that does."""
    return dt.datetime.now(zoneinfo.ZoneInfo(time_zone)).date()


def settle_as_of(config: Config, as_of: str, *, keep: bool = False) -> dt.date:
    """Turn an as-of word into a day; the data are read for ``latest`` only, and kept as `read_data` says.

    Raises
    ------
    ConfigurationError, DataRefused
    """
    word = parse_as_of(as_of)
    if word == "yesterday":
        return today(config.time_zone) - dt.timedelta(days=1)
    if word != "latest":
        return word
    opened = read_data(config, as_of, keep=keep)
    opened.engine.close()  # another process makes the report
    return opened.as_of


def read_data(config: Config, as_of: str, *, keep: bool = False) -> Opened:
    """Read the inputs and what is remembered, refuse what cannot be used, and settle as-of.

    Parameters
    ----------
    config : Config
    as_of : str
    keep : bool
        Whether what the files gave may be kept in `state/parsed/`, for the next run: only what makes a report writes.

    Raises
    ------
    ConfigurationError
        When the ruler that the configuration names is not there.
    DataRefused
        When too many rows are unreadable, or no order lies on or before as-of.
    """
    latest = as_of == "latest"
    return read_inputs(config, today(config.time_zone) if latest else settle_as_of(config, as_of), latest=latest, keep=keep)
