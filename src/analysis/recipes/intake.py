"""What happened: cleaned lines, the ledger, orders, everybody known, and what a reader must know about the data."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.data import activity, cleaning, customers, examples, figures, ledger, orders, rates, sources
from analysis.data.returns import LINE
from analysis.errors import DataRefused
from analysis.models import rfm
from analysis.pseudonyms import name_all
from analysis.recipes.opened import Opened
from analysis.schemas import SCHEMAS


def _clean(opened: Opened) -> cleaning.Cleaned:
    told = opened.get("told")
    cleaned = cleaning.clean(opened.engine, told, opened.config, as_of=opened.as_of)
    if "told_by" not in told.columns:
        return cleaned
    return replace(
        cleaned,
        merged=int(opened.get("identities").filter(_.why != "guest").count().execute()),
        numbers=int(opened.intake.lines.customer_id.nunique().execute()),
    )


def _lines(opened: Opened) -> cleaning.Cleaned:
    """Keep the cleaned lines as a table: for who reads them often."""
    cleaned = opened.get("cleaned")
    return replace(cleaned, lines=opened.engine.materialize("lines_cleaned", cleaned.lines))


def _gathered(opened: Opened) -> Table:
    """Gather lines as they pass by; of the table where there is one, or where they are dear to clean twice."""
    in_passing = "lines" not in opened.built and opened.get("cleaned").by_line
    return opened.engine.materialize("gathered", orders.gather_lines(opened.get("cleaned" if in_passing else "lines").lines), loosely=True)


def _orders(opened: Opened) -> Table:
    made = orders.pick_orders(opened.get("gathered"))
    if not made.filter(_.counts).count().execute():
        took = ", ".join(f"{row.rule} {row.rows:,}" for row in opened.get("ledger_frame").itertuples() if row.rows and row.action not in ("input", "kept"))
        raise DataRefused(f"No order is left on {opened.as_of} after cleaning (rows taken: {took}). Look at the cleaning rules in the configuration.")
    return made


def _summed(opened: Opened) -> Table:
    """Sum up whom the transactions name; refused where no order is left."""
    opened.get("orders")
    steps, needed = opened.get("cleaned").steps, opened.config.scoring.ingredients
    nobody = [step.number for step in steps if step.rule.rule in customers.NOBODY]
    returned = [step.number for step in steps if step.rule.rule == "returns"]
    summed = customers.sum_customers(opened.get("gathered"), as_of=opened.as_of, nobody_at=nobody, returned_at=returned, order_days="order_days" in needed)
    if needed & {"gross", "cost"}:
        sums = customers.sum_lines(opened.get("lines").lines, gross="gross" in needed, cost="cost" in needed)
        summed = summed.left_join(sums, "customer_id").drop("customer_id_right")
    return opened.engine.materialize("summed", rfm.measure(summed, opened.config.scoring), loosely=True)


def _everybody(opened: Opened) -> Table:
    """Set beside whom the transactions name what they told us about themselves, and who is known from that alone."""
    summed, people = opened.get("summed"), opened.get("people")
    if people is None:
        return customers.join_master(summed, None)
    people = people.rename({f"own_{column}": column for column in people.columns if column in SCHEMAS["customers"].columns and column != "customer_id"})
    return opened.engine.materialize("everybody", customers.join_master(summed, people), loosely=True)


def _described(opened: Opened) -> Table:
    return opened.get("summed").filter(_.monetary.notnull()).drop("first_seen", "had_returns")


def _quarantine(opened: Opened) -> Table:
    rows = ledger.list_quarantine(opened.intake.lines, rule="unreadable")
    others = {"customer_master": opened.master} if opened.master else {}
    for rule, intake in (others | dict(opened.further)).items():
        rows = rows.union(ledger.list_quarantine(intake.lines, rule=rule))
    return rows


def _months(opened: Opened) -> pd.DataFrame:
    cleaned = opened.get("lines")
    unnamed = cleaned.lines.filter(_.left_at == cleaned.number_of("anonymous"))
    frame = (
        orders.sum_months(opened.get("orders"), unnamed)
        .mutate(monetary=_.monetary.cast("float64"), anonymous=_.anonymous.cast("float64"))
        .order_by("month")
        .execute()
    )
    frame["is_complete"] = [activity.is_over(activity.number_month(month), opened.as_of) for month in frame.month]
    return frame


def _period(opened: Opened) -> tuple[dt.date, dt.date]:
    """Give the day of the first order that counts, and the last day that does."""
    first = opened.get("orders").filter(_.counts).day.min().execute()
    return opened.as_of if pd.isna(first) else pd.Timestamp(first).date(), opened.as_of


def _examples(opened: Opened) -> pd.DataFrame:
    picked = examples.pick_examples(opened.get("lines"))
    return picked.assign(customer=name_all(picked.customer_id)).drop(columns="customer_id")


def _warnings(opened: Opened) -> tuple[sources.Note, ...]:
    """List what a reader of the numbers must know, then what was decided while reading."""
    steps = opened.get("ledger_frame").set_index("rule")
    limits = opened.config.limits
    found = []
    share = steps.rows.get("unreadable", 0) / steps.rows["input"]
    if share > limits.banner:
        found.append(sources.Note("quarantine", {"share": f"{share:.1%}", "limit": f"{limits.banner:.0%}"}))
    if opened.config.order == "id":
        kept = opened.get("told").semi_join(opened.get("lines").kept, LINE)  # as told: cleaned lines have an order key, not the id
        ids = orders.count_shared_ids(kept).execute().iloc[0]
        if ids.shared:
            found.append(sources.Note("shared-order-ids", {"shared": int(ids.shared), "ids": int(ids.ids)}))
    found += [sources.Note(key, values) for key, values in opened.get("map_choice").list_reasons()]
    found += opened.get("people_notes")
    return (*found, *opened.get("override_notes"), *opened.get("input_notes"), *opened.notes)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "cleaned": _clean,
    "lines": _lines,
    "gathered": _gathered,
    "ledger_frame": lambda o: ledger.write_ledger(o.get("lines"), note=rates.describe(o.get("currencies"), o.config.currency)),
    "currencies": lambda o: rates.count_currencies(o.intake.lines, as_of=o.as_of),
    "ledger": lambda o: o.get("ledger_frame"),
    "quarantine": _quarantine,
    "warnings": _warnings,
    "orders": _orders,
    "summed": _summed,
    "everybody": _everybody,
    "known": lambda o: o.get("everybody").drop(*o.get("described").columns[1:]),
    "described": _described,
    "buyers": lambda o: o.get("described").filter(_.frequency > 0),
    "months": _months,
    "period": _period,
    "examples": _examples,
    "key_series": lambda o: figures.count_key_series(o.get("orders"), as_of=o.as_of),
    "key_figures": lambda o: figures.pick_key_figures(o.get("key_series")),
}
