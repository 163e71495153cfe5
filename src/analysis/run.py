"""One run: a configuration, an as-of day, an engine. Tables by name, built when asked for, once, and held against their contract.

Notebooks and the command line use the same two calls::

    run = open_run("workbook.toml", as_of="latest", lang="en")
    run.frame("segments")          # a small table as pandas: money as float, ready to draw
    run.table("customers")         # any table as an Ibis expression: rows stay in the engine
"""

import datetime as dt
import hashlib
import json
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import partial
from importlib import metadata
from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table

from analysis.columns import UNCLASSIFIED
from analysis.config import Config, load_config, parse_as_of
from analysis.data import activity, cleaning, customers, examples, figures, history, ledger, orders, sources
from analysis.engine import Engine, open_engine
from analysis.errors import ConfigurationError, DataRefused, WorkbookError
from analysis.models import clusters, distributions, rfm, segments
from analysis.pseudonyms import key_file, pseudonym, read_key
from analysis.schemas import SCHEMAS, check_schema
from analysis.texts import Texts

SMALL = 100_000  # rows: what may become a pandas frame


@dataclass(frozen=True)
class Opened:
    """What all languages of a run share: the data as read, and everything built from them so far."""

    config: Config
    as_of: dt.date
    engine: Engine
    intake: sources.Intake
    master: sources.Intake | None
    built: dict[str, object] = field(default_factory=dict, repr=False)

    def get(self, name: str):
        """Build a thing by name unless it is there."""
        if name not in self.built:
            self.built[name] = _build(self, name)
        return self.built[name]

    @property
    def inputs(self) -> tuple[sources.InputFile, ...]:
        """List the files read."""
        return self.intake.inputs + (self.master.inputs if self.master else ())

    @property
    def notes(self) -> tuple[sources.Note, ...]:
        """List what was decided while reading."""
        return self.intake.notes + (self.master.notes if self.master else ())

    @property
    def id(self) -> str:
        """Name the run by what determines it: configuration, as-of, inputs and the version of the workbook."""
        parts = [self.config.hash(), self.as_of.isoformat(), metadata.version("customer-segmentation-workbook"), *(file.sha256 for file in self.inputs)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Run:
    """A run in one language, as a notebook sees it."""

    opened: Opened
    texts: Texts
    run_dir: Path | None

    @property
    def config(self) -> Config:
        """The configuration."""
        return self.opened.config

    @property
    def as_of(self) -> dt.date:
        """The last local day that counts."""
        return self.opened.as_of

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
        """Give a small table as pandas, money as float.

        Parameters
        ----------
        name : str
            A table of `analysis.schemas.SCHEMAS` or one of: months (monthly revenue), grid (customers by R and F score), pareto, distributions, on_cuts
            (customers on the cuts of the eight classes), k_indices, cross (clusters by segment), examples (what each rule took, pseudonyms), key_figures.

        Raises
        ------
        WorkbookError
            When the table is too large to look at: use `table`, filter it, and call `.execute()`.
        """
        found = self.opened.get(name)
        if isinstance(found, pd.DataFrame):
            return found.copy()
        rows = int(found.count().execute())
        if rows > SMALL:
            raise WorkbookError(f"{name} has {rows:,} rows, more than fit on a page. Use run.table({name!r}), filter it, and call .execute().")
        numbers = {column: found[column].cast("float64") for column, kind in found.schema().items() if kind.is_decimal()}
        return (found.mutate(**numbers) if numbers else found).execute()

    @property
    def notes(self) -> tuple[sources.Note, ...]:
        """What a reader of the numbers must know, and what was decided while reading."""
        return self.opened.get("warnings")

    @property
    def facts(self) -> dict:
        """What a report's manifest says of the run: id, inputs, ledger, warnings, key figures."""
        opened = self.opened
        return {
            "run": opened.id,
            "as_of": opened.as_of.isoformat(),
            "time_zone": opened.config.time_zone,
            "currency": opened.config.currency,
            "inputs": [asdict(file) for file in opened.inputs],
            "ledger": json.loads(json.dumps(opened.get("ledger_frame").to_dict("records"), default=_plain)),
            "warnings": [note.text for note in opened.get("warnings")],
            "key_figures": json.loads(self.frame("key_figures").to_json(orient="records")),
        }

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
        buyers_money = self.opened.get("customers").monetary.sum().execute() or Decimal(0)
        out = {"rows": int(between.rows.sum()), "money": sum(between.amount, Decimal(0))}
        conserved = int(first.rows) - out["rows"] == int(last.rows) and first.amount - out["money"] == last.amount == Decimal(str(buyers_money))
        if not conserved:
            raise WorkbookError(f"Rows or money do not add up: in {first.rows} rows and {first.amount}, out {out}, kept {last.rows} and {last.amount}, with customers {buyers_money}.")
        if self.run_dir:
            self._write_down()
        return Seal({
            "chapter": chapter, "lang": self.texts.lang, "run": self.opened.id,
            "rows_in": int(first.rows), "rows_kept": int(last.rows), "rows_out": out["rows"],
            "money_in": f"{first.amount:f}", "money_kept": f"{last.amount:f}", "money_out": f"{out['money']:f}", "conserved": conserved,
        })  # fmt: skip

    def _write_down(self) -> None:
        folder = Path(self.run_dir) / "tables"  # type: ignore[arg-type]
        folder.mkdir(exist_ok=True)
        for name, schema in SCHEMAS.items():
            if not (path := folder / f"{name}.parquet").exists():
                self.opened.get(name).order_by(list(schema.grain)).to_parquet(path)
        facts = folder.parent / "facts.json"
        if not facts.exists():
            facts.write_text(json.dumps(self.facts, ensure_ascii=False, default=_plain), encoding="utf-8")


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
    texts = Texts(lang, config.currency)
    parse_as_of(as_of)
    stamps = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in sources.input_paths(config)]
    key = json.dumps([config.hash(), str(config.folder), as_of, stamps])
    if key not in _last:
        _last.clear()
        _last[key] = read_data(config, as_of)
    return Run(_last[key], texts, Path(run_dir) if run_dir else None)


def today(time_zone: str) -> dt.date:
    """Read the clock: the only place that does."""
    return dt.datetime.now(zoneinfo.ZoneInfo(time_zone)).date()


def settle_as_of(config: Config, as_of: str) -> dt.date:
    """Turn an as-of word into a day; the data are read for ``latest`` only.

    Raises
    ------
    ConfigurationError, DataRefused
    """
    word = parse_as_of(as_of)
    if word == "yesterday":
        return today(config.time_zone) - dt.timedelta(days=1)
    return read_data(config, as_of).as_of if word == "latest" else word


def read_data(config: Config, as_of: str) -> Opened:
    """Read the inputs, refuse what cannot be used, and settle as-of.

    Raises
    ------
    DataRefused
        When too many rows are unreadable, or no order lies on or before as-of.
    """
    engine = open_engine()
    intake = sources.read_transactions(engine, config)
    _refuse_many(intake, config)
    master = sources.read_customers(engine, config)
    days = intake.lines.filter(_.problem.isnull()).select(day=_.ordered_at.date())
    if as_of == "latest":
        latest = days.filter(_.day <= ibis.date(today(config.time_zone))).day.max().execute()
        if latest is None or pd.isna(latest):
            raise DataRefused("All orders lie in the future. Look at the dates of the file, or give --as-of a date.")
        day = pd.Timestamp(latest).date()
    else:
        day = settle_as_of(config, as_of)
    first = days.day.min().execute()
    if pd.isna(first) or pd.Timestamp(first).date() > day:
        found = "" if pd.isna(first) else f" The first order is of {pd.Timestamp(first).date()}."
        raise DataRefused(f"There is no order on or before {day}.{found} Choose a later as-of.")
    return Opened(config, day, engine, intake, master)


def _refuse_many(intake: sources.Intake, config: Config) -> None:
    counted = intake.lines.agg(rows=_.count(), bad=_.problem.notnull().sum()).execute().iloc[0]
    rows, bad = int(counted.rows), int(counted.bad or 0)
    if rows and bad / rows > config.limits.refuse:
        reasons = intake.lines.filter(_.problem.notnull()).group_by("problem").agg(n=_.count()).order_by(ibis.desc("n"), "problem").limit(3).execute()
        first = intake.lines.filter(_.problem.notnull()).order_by("source_order", "source_file", "source_row").limit(1).execute().iloc[0]
        why = "; ".join(f"{row.problem} ({row.n:,} rows)" for row in reasons.itertuples())
        raise DataRefused(
            f"{bad:,} of {rows:,} rows ({bad / rows:.0%}) cannot be read, more than the limit of {config.limits.refuse:.0%}: {why}. "
            f"The first is row {first.source_row} of {first.source_file}. Check the columns and formats in the configuration, or the file."
        )


def _build(opened: Opened, name: str) -> object:
    """Build one thing; a table of the contract is cast, checked and kept in the engine."""
    if name not in BUILDERS:
        raise ConfigurationError(f"There is no table {name!r}; there are: {', '.join(sorted(BUILDERS))}.")
    made = BUILDERS[name](opened)
    if name not in SCHEMAS:
        return made
    schema = SCHEMAS[name]
    if isinstance(made, pd.DataFrame):
        types = ibis.schema({column: schema.columns[column] for column in schema.columns if column in made.columns}).to_pyarrow()
        made = ibis.memtable(pa.Table.from_pandas(made[list(types.names)], schema=types, preserve_index=False))
    expression = made.select(
        **{column: made[column].cast(kind) for column, kind in schema.columns.items() if column in made.columns},
        **{column: made[column] for column in made.columns if column not in schema.columns},
    )
    table = opened.engine.materialize(name, expression)
    check_schema(name, {column: str(kind).lstrip("!").replace(", ", ",") for column, kind in table.schema().items()})
    return table


def _clean(opened: Opened) -> cleaning.Cleaned:
    return cleaning.clean(opened.engine, opened.intake.lines, opened.config, as_of=opened.as_of)


def _orders(opened: Opened) -> Table:
    made = opened.engine.materialize("orders", orders.make_orders(opened.get("lines").kept))
    if not made.filter(_.counts).count().execute():
        took = ", ".join(f"{row.rule} {row.rows:,}" for row in opened.get("ledger_frame").itertuples() if row.rows and row.action not in ("input", "kept"))
        raise DataRefused(f"No order is left on {opened.as_of} after cleaning (rows taken: {took}). Look at the cleaning rules in the configuration.")
    return made


def _known(opened: Opened) -> Table:
    cleaned = opened.get("lines")
    nobody = [step.number for step in cleaned.steps if step.rule.rule in customers.NOBODY]
    returned = [step.number for step in cleaned.steps if step.rule.rule == "returns"]
    known = customers.list_known(cleaned.lines, nobody_at=nobody, returned_at=returned)
    master = opened.master.lines if opened.master else None
    if master is not None:
        master = master.rename({f"own_{column}": column for column in master.columns if column in SCHEMAS["customers"].columns and column != "customer_id"})
    return opened.engine.materialize("known", customers.join_master(known, master, as_of=opened.as_of))


def _described(opened: Opened) -> Table:
    return opened.engine.materialize("described", customers.describe_customers(opened.get("orders"), as_of=opened.as_of))


def _buyers(opened: Opened) -> Table:
    return opened.get("described").filter(_.frequency > 0)


def _ruler(opened: Opened) -> rfm.Ruler:
    return rfm.fit_ruler(opened.get("buyers"), fitted_on=opened.as_of, bins=opened.config.scoring.bins)


def _enough(opened: Opened) -> bool:
    return int(opened.get("buyers").count().execute()) >= opened.config.limits.buyers


def _cluster_model(opened: Opened) -> clusters.ClusterModel | None:
    chosen = opened.config.clusters
    if not opened.get("enough"):
        return None
    return clusters.fit_clusters(opened.get("buyers"), k_min=chosen.k_min, k_max=chosen.k_max, k=chosen.k, sample=chosen.sample, seed=opened.config.seed)


def _classified(opened: Opened, described: Table) -> Table:
    return segments.classify(rfm.score(described, opened.get("ruler")), opened.get("ruler"), opened.get("map"), enough=opened.get("enough"))


def _customers(opened: Opened) -> Table:
    known, described = opened.get("known"), opened.get("described")
    joined = known.left_join(described, "customer_id").drop("customer_id_right")
    everybody = joined.mutate(frequency=_.frequency.fill_null(0), monetary=_.monetary.fill_null(0).cast(rfm.SUM))
    labelled = clusters.assign_clusters(_classified(opened, everybody), opened.get("cluster_model"))
    stages = activity.stage_at(opened.get("spells"), as_of=opened.as_of)
    staged = labelled.left_join(stages, "customer_id").drop("customer_id_right")
    later = {column: ibis.null("float64") for column in ("overdue_index", "p_alive", "expected_orders_90d", "clv_365d")}
    return staged.mutate(**later).drop("first_seen", "had_returns")


def _states(opened: Opened) -> Table:
    first = pd.Timestamp(opened.get("orders").filter(_.counts).day.min().execute()).date()
    snapshots = history.list_snapshots(first, opened.as_of, months=opened.config.history_months)
    netting = any(rule.rule == "returns" and rule.action == "net" for rule in opened.config.cleaning)
    return opened.engine.materialize("states", history.replay(opened.engine, opened.get("lines").lines, snapshots, netting=netting))


def _groups(opened: Opened) -> dict[str, tuple[str, ...]]:
    groups = segments.keys_of(opened.get("map"))
    return groups if opened.get("enough") else dict.fromkeys(groups, (UNCLASSIFIED,))


def _quarantine(opened: Opened) -> Table:
    rows = ledger.list_quarantine(opened.get("lines"))
    if opened.master is None:
        return rows
    people = opened.master.lines.filter(_.problem.notnull())
    return rows.union(people.select("source_file", "source_row", rule=ibis.literal("customer_master"), reason=_.problem, raw=_.raw))


def _months(opened: Opened) -> pd.DataFrame:
    cleaned = opened.get("lines")
    unnamed = cleaned.lines.filter(_.left_at == cleaned.number_of("anonymous"))
    frame = orders.sum_months(opened.get("orders"), unnamed).mutate(monetary=_.monetary.cast("float64"), anonymous=_.anonymous.cast("float64")).execute()
    frame["is_complete"] = [pd.Timestamp(month).date() < opened.as_of.replace(day=1) or activity.is_month_end(opened.as_of) for month in frame.month]
    return frame


def _on_cuts(opened: Opened) -> pd.DataFrame:
    ruler = opened.get("ruler")
    return distributions.count_on_cuts(opened.get("buyers"), {"recency_days": ruler.r_median, "frequency": ruler.f_median, "monetary": ruler.m_median})


def _examples(opened: Opened) -> pd.DataFrame:
    picked = examples.pick_examples(opened.get("lines"))
    key = read_key(key_file())
    return picked.assign(customer=[None if pd.isna(who) else pseudonym(who, key) for who in picked.customer_id]).drop(columns="customer_id")


def _k_indices(opened: Opened) -> pd.DataFrame:
    model = opened.get("cluster_model")
    return model.indices if model else pd.DataFrame(columns=["k", "silhouette", "calinski_harabasz", "davies_bouldin", "inertia", "rank_sum", "chosen"])


def _warnings(opened: Opened) -> tuple[sources.Note, ...]:
    """List what a reader of the numbers must know, then what was decided while reading."""
    steps = opened.get("ledger_frame").set_index("rule")
    limits = opened.config.limits
    found = []
    share = steps.rows.get("unreadable", 0) / steps.rows["input"]
    if share > limits.banner:
        found.append(sources.Note("quarantine", {"share": f"{share:.1%}", "limit": f"{limits.banner:.0%}"}))
    if opened.config.order == "id":
        ids = orders.count_shared_ids(opened.get("lines").kept).execute().iloc[0]
        if ids.shared:
            found.append(sources.Note("shared-order-ids", {"shared": int(ids.shared), "ids": int(ids.ids)}))
    if not opened.get("enough"):
        found.append(sources.Note("few-buyers", {"buyers": int(opened.get("buyers").count().execute()), "limit": limits.buyers}))
    return (*found, *opened.notes)


def _empty(name: str, opened: Opened) -> pd.DataFrame:
    return pd.DataFrame(columns=list(SCHEMAS[name].columns))


BUILDERS: Mapping[str, Callable[[Opened], object]] = {
    "lines": _clean,
    "ledger_frame": lambda o: ledger.write_ledger(o.get("lines")),
    "ledger": lambda o: o.get("ledger_frame"),
    "quarantine": _quarantine,
    "warnings": _warnings,
    "orders": _orders,
    "known": _known,
    "described": _described,
    "buyers": _buyers,
    "enough": _enough,
    "ruler": _ruler,
    "map": lambda o: segments.load_map(o.config.scoring.map),
    "groups": _groups,
    "cluster_model": _cluster_model,
    "customers": _customers,
    "labelled_buyers": lambda o: o.get("customers").filter(_.frequency > 0),
    "thresholds": lambda o: rfm.list_thresholds(o.get("ruler")),
    "segments": lambda o: segments.count_segments(o.get("labelled_buyers"), o.get("groups")),
    "states": _states,
    "history": lambda o: segments.count_history(_classified(o, o.get("states")), o.get("groups")),
    "clusters": lambda o: clusters.count_clusters(o.get("customers"), o.get("cluster_model")),
    "active_months": lambda o: o.engine.materialize("active_months", activity.list_active_months(o.get("orders"))),
    "spells": lambda o: o.engine.materialize("spells", activity.list_spells(o.get("active_months"), o.get("known"), as_of=o.as_of)),
    "cohorts": lambda o: activity.count_cohorts(o.get("active_months"), as_of=o.as_of),
    "stages": lambda o: activity.count_stages(o.get("spells"), as_of=o.as_of),
    "flows": lambda o: activity.count_flows(o.get("active_months"), as_of=o.as_of),
    "months": _months,
    "grid": lambda o: distributions.count_grid(o.get("labelled_buyers")),
    "pareto": lambda o: distributions.draw_pareto(o.get("buyers")),
    "distributions": lambda o: distributions.count_bins(o.get("buyers")),
    "on_cuts": _on_cuts,
    "k_indices": _k_indices,
    "cross": lambda o: clusters.cross_clusters(o.get("customers"), by="segment"),
    "examples": _examples,
    "key_figures": lambda o: figures.count_key_figures(o.get("orders"), as_of=o.as_of),
    # filled by chapters to come: the contract stands, the rows do not
    **{name: partial(_empty, name) for name in ("migration", "products", "feedback", "tags", "effects")},
}


def _plain(value: object) -> object:
    return f"{value:f}" if isinstance(value, Decimal) else value.item() if hasattr(value, "item") else str(value)
