"""What a published report would say today of its own day, and for each customer who is told otherwise, why."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import SCHEMES

SUM = "decimal(38,4)"
REASONS = (
    "customer_gone", "customer_appeared", "orders_added", "orders_withdrawn", "orders_corrected", "rules_changed", "map_changed", "cuts_moved",
)  # fmt: skip
ACTIVE_DAYS = 29  # recency of who ordered in the 30 days to the day


def compare_labels(said: Table, today: Table, seen: Table, *, rules_changed: bool, otherwise: str) -> Table:
    """Hold what was said of each buyer against what today's data and rules say of the same day.

    Parameters
    ----------
    said, today : Table
        Grain: buyer of that day. customer_id, recency_days, frequency, monetary and the columns of `SCHEMES`; then as published, now as seen from today.
    seen : Table
        Grain: customer_id, of whoever occurs in today's order lines, kept or not.
    rules_changed : bool
        Whether orders are read or cleaned by other rules than then: what is then not told apart from a change of the data counts as `rules_changed`.
    otherwise : {"rules_changed", "map_changed", "cuts_moved"}
        Why a label differs where the customer's orders do not.

    Returns
    -------
    Table
        Grain: customer_id. monetary_said, monetary_now, each scheme as `segment_said` and `segment_now` (null: no buyer on that day), and `reason`, null where
        nothing differs: the first of `REASONS` that applies, a number that is gone before orders before the rest.
    """
    columns = ("recency_days", "frequency", "monetary", *SCHEMES)
    before = said.select("customer_id", **{f"{name}_said": said[name] for name in columns})
    now = today.select(customer_now="customer_id", **{f"{name}_now": today[name] for name in columns})
    known = seen.select(customer_seen="customer_id").distinct()
    both = before.outer_join(now, before.customer_id == now.customer_now)
    both = both.mutate(customer_id=ibis.coalesce(both.customer_id, both.customer_now)).left_join(known, [_.customer_id == known.customer_seen])
    orders_said, orders_now = ibis.coalesce(both.frequency_said, 0), ibis.coalesce(both.frequency_now, 0)
    values_differ = (
        (orders_said != orders_now) | (both.recency_days_said != both.recency_days_now) | (both.monetary_said.cast(SUM) != both.monetary_now.cast(SUM))
    )
    labels_differ = ibis.or_(*[~both[f"{scheme}_said"].identical_to(both[f"{scheme}_now"]) for scheme in SCHEMES])
    reason = ibis.cases(
        (both.customer_now.isnull() & both.customer_seen.isnull(), "customer_gone"),
        (values_differ & ibis.literal(rules_changed), "rules_changed"),
        (orders_said == 0, "customer_appeared"),
        (orders_now > orders_said, "orders_added"),
        (orders_now < orders_said, "orders_withdrawn"),
        (values_differ, "orders_corrected"),
        (labels_differ, otherwise),
        else_=ibis.null("string"),
    )
    return both.select("customer_id", "monetary_said", "monetary_now", *[f"{scheme}_{when}" for scheme in SCHEMES for when in ("said", "now")], reason=reason)


def count_restated(compared: Table, groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Count each group as reported and as of today, and lay the difference out by its reasons.

    Parameters
    ----------
    compared : Table
        See `compare_labels`.
    groups : mapping of str to sequence of str
        Scheme to its groups of today, in order; groups that only the report had follow.

    Returns
    -------
    pandas.DataFrame
        Grain: scheme, segment. reported, today (customers), monetary_reported, monetary_today (float), left, joined (customers), and a column per reason:
        who joined less who left for it. The reasons add up to today - reported.
    """
    frames = []
    for scheme, keys in groups.items():
        ways = (
            compared.group_by(said=compared[f"{scheme}_said"], now=compared[f"{scheme}_now"], reason=compared.reason)
            .agg(customers=_.count(), monetary_said=_.monetary_said.cast(SUM).sum(), monetary_now=_.monetary_now.cast(SUM).sum())
            .order_by("said", "now", "reason")
            .execute()
        )
        moved = ways[ways["said"].fillna("") != ways["now"].fillna("")]
        for key in dict.fromkeys([*keys, *ways["said"].dropna()]):
            was, stands, left, joined = ways[ways["said"] == key], ways[ways["now"] == key], moved[moved["said"] == key], moved[moved["now"] == key]
            row: dict[str, object] = {"scheme": scheme, "segment": key, "reported": _count(was), "today": _count(stands)}
            row |= {"monetary_reported": _money(was["monetary_said"]), "monetary_today": _money(stands["monetary_now"])}
            row |= {"left": _count(left), "joined": _count(joined)}
            row |= {reason: _count(joined[joined["reason"] == reason]) - _count(left[left["reason"] == reason]) for reason in REASONS}
            frames.append(row)
    return pd.DataFrame(frames, columns=list(COLUMNS))


COLUMNS = ("scheme", "segment", "reported", "today", "monetary_reported", "monetary_today", "left", "joined", *REASONS)


def count_published(published: Sequence[Mapping], today: Table, groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Count as `count_restated` does where the labels of the report are no longer kept: left, joined and the reasons are null.

    Parameters
    ----------
    published : sequence of mapping
        scheme, segment, customers, monetary (decimal as text), as reported.
    today : Table
        Buyers of that day as seen from today, classified.
    groups : mapping of str to sequence of str
    """
    rows = []
    for scheme, keys in groups.items():
        said = {row["segment"]: row for row in published if row["scheme"] == scheme}
        now = today.group_by(segment=today[scheme]).agg(customers=_.count(), monetary=_.monetary.cast(SUM).sum()).execute().set_index("segment")
        for key in dict.fromkeys([*keys, *(name for name, row in said.items() if row["customers"])]):
            was, stands = said.get(key), now.loc[key] if key in now.index else None
            rows.append({
                "scheme": scheme, "segment": key, "reported": int(was["customers"]) if was else 0, "today": 0 if stands is None else int(stands.customers),
                "monetary_reported": float(was["monetary"] or 0) if was else 0.0, "monetary_today": 0.0 if stands is None else float(stands.monetary),
            })  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def restate_figures(key_figures: Sequence[Mapping], counted: pd.DataFrame, today: Table) -> pd.DataFrame:
    """Count again the figures of a report that follow from its buyers.

    Parameters
    ----------
    key_figures : sequence of mapping
        measure and value, as reported.
    counted : pandas.DataFrame
        See `count_restated`.
    today : Table
        Grain: buyer of that day as seen from today; recency_days, frequency.

    Returns
    -------
    pandas.DataFrame
        measure (customers, monetary, and where it was reported active_customers, repeat_rate), reported, today, as floats.
    """
    tiers = counted[counted["scheme"] == "value_tier"]
    row = today.agg(buyers=_.count(), active=(_.recency_days <= ACTIVE_DAYS).sum(), repeat=(_.frequency > 1).sum()).execute().iloc[0].fillna(0)
    said = {figure["measure"]: figure["value"] for figure in key_figures}
    rows = [("customers", float(tiers["reported"].sum()), float(tiers["today"].sum()))]
    rows += [("monetary", float(tiers["monetary_reported"].sum()), float(tiers["monetary_today"].sum()))]
    now = {"active_customers": float(row.active), "repeat_rate": float(row["repeat"]) / float(row.buyers) if row.buyers else 0.0}
    rows += [(measure, float(said[measure]), value) for measure, value in now.items() if said.get(measure) is not None]
    return pd.DataFrame(rows, columns=["measure", "reported", "today"])


def _count(ways: pd.DataFrame) -> int:
    return int(ways["customers"].sum())


def _money(amounts: pd.Series) -> float:
    return float(sum((amount for amount in amounts if not pd.isna(amount)), Decimal(0)))
