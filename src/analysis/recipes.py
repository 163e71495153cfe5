"""How each table is made from the others: built by name when first asked for, held against its contract, kept."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import metadata
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table

from analysis.columns import UNCLASSIFIED
from analysis.config import Config
from analysis.data import activity, cleaning, customers, examples, figures, history, ledger, orders, sources
from analysis.data.returns import LINE
from analysis.engine import Engine
from analysis.errors import ConfigurationError, DataRefused
from analysis.models import clusters, distributions, rfm, segments
from analysis.pseudonyms import key_file, pseudonym, read_key
from analysis.schemas import SCHEMAS, check_schema


@dataclass(frozen=True)
class Opened:
    """What all languages of a run share: the data as read, and everything built from them so far."""

    config: Config
    as_of: dt.date
    engine: Engine
    intake: sources.Intake
    master: sources.Intake | None
    built: dict[str, object] = field(default_factory=dict, repr=False)

    def get(self, name: str) -> Any:
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


def _build(opened: Opened, name: str) -> Any:
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
    rows = ledger.list_quarantine(opened.intake.lines, rule="unreadable")
    return rows.union(ledger.list_quarantine(opened.master.lines, rule="customer_master")) if opened.master else rows


def _months(opened: Opened) -> pd.DataFrame:
    cleaned = opened.get("lines")
    unnamed = cleaned.lines.filter(_.left_at == cleaned.number_of("anonymous"))
    frame = orders.sum_months(opened.get("orders"), unnamed).mutate(monetary=_.monetary.cast("float64"), anonymous=_.anonymous.cast("float64")).execute()
    frame["is_complete"] = [activity.is_over(activity.number_month(month), opened.as_of) for month in frame.month]
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
        kept = opened.intake.lines.semi_join(opened.get("lines").kept, LINE)  # as told: cleaned lines have an order key, not the id
        ids = orders.count_shared_ids(kept).execute().iloc[0]
        if ids.shared:
            found.append(sources.Note("shared-order-ids", {"shared": int(ids.shared), "ids": int(ids.ids)}))
    if not opened.get("enough"):
        found.append(sources.Note("few-buyers", {"buyers": int(opened.get("buyers").count().execute()), "limit": limits.buyers}))
    return (*found, *opened.notes)


def _empty(name: str, _opened: Opened) -> pd.DataFrame:
    return pd.DataFrame(columns=list(SCHEMAS[name].columns))


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
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
