"""Who moved between two days, and why: a replay in a fixed order, in which a mover counts under the last step that changed the label."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import CAUSES, NONE, SCHEMES
from analysis.models.rfm import SUM

# The steps of the replay, each with the cause of what it changes. `said` is what was said of the earlier day; `restated` takes today's data of that day, still
# with the rules and the ruler of then; `ruled` today's rules; `measured` today's ruler; `aged` lets the days pass without an order or a return; `now` is the
# later day.
SAID = "said"
STEPS = dict(zip(("restated", "ruled", "measured", "aged", "now"), reversed(CAUSES), strict=True))
EFFECT = ("customers", "changed", *CAUSES[:3])


def neighbours(snapshots: Sequence, /) -> Table:
    """Say what comes before and after each snapshot.

    Parameters
    ----------
    snapshots : sequence of datetime.date
        Ascending.

    Returns
    -------
    Table
        Grain: snapshot. previous_snapshot and next_snapshot (null at the ends), days (until the next; null at the end).
    """
    days = [*snapshots]
    rows = [(day, before, after, (after - day).days if after else None) for before, day, after in zip([None, *days], days, [*days[1:], None], strict=False)]
    schema = {"snapshot": "date", "previous_snapshot": "date", "next_snapshot": "date", "days": "int64"}
    return ibis.memtable(pd.DataFrame(rows, columns=list(schema)).astype({"days": "Int64"}), schema=schema)


def age(states: Table, days: ibis.Value | int) -> Table:
    """Let customers grow older by so many days in which they neither order nor return anything.

    Parameters
    ----------
    states : Table
        recency_days, r_value.
    days : integer value
    """
    return states.mutate(recency_days=states.recency_days + days, r_value=states.r_value + days)


def follow(before: Table, after: Table) -> Table:
    """Set everybody's labels of the later day beside those of each step of the replay.

    Parameters
    ----------
    before : Table
        Grain: from_as_of, to_as_of, customer_id; buyers at the earlier day in any step. monetary and, for each scheme, SCHEME_said, and of the steps of the
        replay those that can have changed something: SCHEME_restated, SCHEME_ruled, SCHEME_measured, SCHEME_aged; null for who is no buyer in that step.
    after : Table
        Grain: from_as_of, to_as_of, customer_id; buyers at the later day. monetary, and SCHEME_now.

    Returns
    -------
    Table
        Grain: from_as_of, to_as_of, customer_id; all the labels (`none` for who is no buyer), monetary: at the later day, or where nothing is left then, at
        the earlier.
    """
    grain = ["from_as_of", "to_as_of", "customer_id"]
    joined = before.outer_join(after, grain)
    labels = {name: joined[name].fill_null(NONE) for name in (*before.columns, *after.columns) if name not in (*grain, "monetary")}
    return joined.select(
        **{name: ibis.coalesce(joined[name], joined[f"{name}_right"]) for name in grain},
        monetary=ibis.coalesce(joined.monetary_right, joined.monetary).cast(SUM),
        **labels,
    )


def lay_out(steps: Mapping[str, Table]) -> Table:
    """Set everybody's labels of all steps of a replay side by side.

    Parameters
    ----------
    steps : mapping of str to Table
        SAID, then STEPS in their order, to a table of grain customer_id: the buyers in that step. monetary, and SCHEME_step for each scheme.

    Returns
    -------
    Table
        As from `follow`, without the days.
    """
    long = ibis.union(*[
        labelled.select("customer_id", monetary=labelled.monetary.cast(SUM), step=ibis.literal(step), **{scheme: labelled[f"{scheme}_{step}"] for scheme in SCHEMES})
        for step, labelled in steps.items()
    ])  # fmt: skip
    wide = long.group_by("customer_id").agg(
        **{f"{scheme}_{step}": long[scheme].max(where=long.step == step).fill_null(NONE) for step in steps for scheme in SCHEMES},
        **{f"monetary_{step}": long.monetary.max(where=long.step == step) for step in steps},
    )
    money = ibis.coalesce(*[wide[f"monetary_{step}"] for step in ("now", *[step for step in steps if step != "now"])])
    return wide.mutate(monetary=money).drop(*[f"monetary_{step}" for step in steps])


def find_cause(journeys: Table, scheme: str) -> ibis.Value:
    """Name the last step that changed a customer's label; null for who has the label that was said.

    Parameters
    ----------
    journeys : Table
        See `follow`.
    scheme : {"segment", "class8", "value_tier"}
    """
    steps = [step for step in (SAID, *STEPS) if f"{scheme}_{step}" in journeys.columns]
    last_first = [(journeys[f"{scheme}_{one}"] != journeys[f"{scheme}_{other}"], STEPS[other]) for one, other in reversed(list(pairwise(steps)))]
    stayed = journeys[f"{scheme}_{SAID}"] == journeys[f"{scheme}_now"]
    return ibis.cases((stayed, ibis.null("string")), *last_first, else_=ibis.null("string"))


def gather(journeys: Table) -> Table:
    """Count together who took the same way in all schemes: few rows, from which every scheme is counted.

    Parameters
    ----------
    journeys : Table
        See `follow`.
    """
    way = [name for name in journeys.columns if name not in ("customer_id", "monetary")]
    return journeys.group_by(way).agg(customers=_.count(), monetary=_.monetary.sum().cast(SUM))


def count_migration(ways: Table) -> Table:
    """Count who went from where to where, and why.

    Parameters
    ----------
    ways : Table
        See `gather`.

    Returns
    -------
    Table
        Grain: scheme, from_as_of, to_as_of, from_segment, to_segment (`none`: no buyer). customers, monetary (at the later day; of those who went to `none`
        at the earlier), bought, time_passed, threshold_moved, rule_changed, history_restated: customers by cause, which add up to all where the segments
        differ; who stayed has no cause.
    """
    parts = []
    for scheme in SCHEMES:
        told = ways.select(
            "from_as_of", "to_as_of", "customers", "monetary", from_segment=ways[f"{scheme}_{SAID}"], to_segment=ways[f"{scheme}_now"],
            cause=find_cause(ways, scheme),
        ).filter((_.from_segment != NONE) | (_.to_segment != NONE))  # fmt: skip
        counted = told.group_by("from_as_of", "to_as_of", "from_segment", "to_segment").agg(
            customers=_.customers.sum().cast("int64"), monetary=_.monetary.sum().cast(SUM),
            **{cause: told.customers.sum(where=told.cause == cause).fill_null(0).cast("int64") for cause in CAUSES},
        )  # fmt: skip
        parts.append(counted.mutate(scheme=ibis.literal(scheme)))
    return parts[0].union(*parts[1:])


def count_effect(before: Table, after: Table) -> dict[str, int]:
    """Count who changed segment between two days, and why, among those who were buyers on both.

    Parameters
    ----------
    before : Table
        Grain: customer_id. segment_said, and segment_measured and segment_aged.
    after : Table
        Grain: customer_id. segment_now.

    Returns
    -------
    dict of str to int
        customers, changed, and of these by cause: bought, time_passed, threshold_moved.
    """
    joined = before.inner_join(after.select("customer_id", "segment_now"), "customer_id")
    told = joined.mutate(cause=find_cause(joined, "segment"))
    causes = EFFECT[2:]
    found = told.agg(customers=told.count(), changed=told.cause.count(), **{cause: (told.cause == cause).sum() for cause in causes}).execute().iloc[0]
    return {name: 0 if pd.isna(found[name]) else int(found[name]) for name in EFFECT}


def find_direction(moves: pd.DataFrame) -> pd.Series:
    """Say of each move whether it went up, down, came (a new buyer), left (no longer one), or stayed."""
    up = moves["to_place"].astype(float) < moves["from_place"].astype(float)
    told = pd.Series("down", index=moves.index, dtype=object).mask(up, "up")
    told = told.mask(moves["from_segment"] == moves["to_segment"], "stayed")
    told = told.mask((moves["from_segment"] == NONE) & (moves["to_segment"] != NONE), "came")
    return told.mask((moves["to_segment"] == NONE) & (moves["from_segment"] != NONE), "left")


def sum_moves(movement: pd.DataFrame) -> pd.DataFrame:
    """Add the moves of one period up: who stayed, went up, went down, came and left.

    Parameters
    ----------
    movement : pandas.DataFrame
        Grain: scheme, from_segment, to_segment. from_as_of, to_as_of, from_place, to_place, customers, monetary and the causes.

    Returns
    -------
    pandas.DataFrame
        Grain: scheme, direction. from_as_of, to_as_of; customers, share (of all of the scheme), monetary, monetary_share, and the causes.
    """
    sums = ["customers", "monetary", *CAUSES]
    moves = movement.assign(direction=find_direction(movement), monetary=movement["monetary"].astype(float))
    totals = moves.groupby(["scheme", "from_as_of", "to_as_of", "direction"])[sums].sum().reset_index()
    whole = totals.groupby("scheme")[["customers", "monetary"]].transform("sum")
    totals["share"] = (totals["customers"] / whole["customers"].where(whole["customers"] > 0)).fillna(0.0)
    totals["monetary_share"] = (totals["monetary"] / whole["monetary"].where(whole["monetary"] > 0)).fillna(0.0)
    return totals[["scheme", "direction", "from_as_of", "to_as_of", "customers", "share", "monetary", "monetary_share", *CAUSES]]
