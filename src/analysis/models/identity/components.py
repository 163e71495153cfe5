"""What hangs together: connected components of pairs, and the top of every chain of parents, in the engine."""

import ibis
from ibis import _
from ibis.expr.types import Table

from analysis.engine import Engine


def connect(engine: Engine, pairs: Table) -> Table:
    """Find the connected components of pairs.

    Parameters
    ----------
    engine : Engine
    pairs : Table
        customer_id, other: both ways.

    Returns
    -------
    Table
        Grain: customer_id (everybody in a pair). component (the smallest number in it).

    Notes
    -----
    Every component takes the smallest label next to it, then labels are followed to their end; so the components that are left are at most half as many each time
    (Shiloach and Vishkin 1982), and a long chain takes a few steps rather than one for each link.
    """
    edges = engine.materialize("identity_edges", pairs.select("customer_id", "other").distinct())
    labels = engine.materialize("identity_labels_0", edges.select("customer_id").distinct().mutate(component=_.customer_id))
    number = 0
    while True:
        left = edges.join(labels, "customer_id").select(other=_.other, mine=_.component)
        both = left.join(labels.select(other=_.customer_id, theirs=_.component), "other")
        hooks = both.filter(_.theirs < _.mine).group_by(customer_id=_.mine).agg(above=_.theirs.min())
        number += 1
        hooks = engine.materialize(f"identity_hooks_{number % 2}", hooks)
        if not hooks.count().execute():
            return labels
        tops = follow(engine, hooks, "identity_tops").select(mine=_.customer_id, above=_.top)
        moved = labels.left_join(tops, labels.component == tops.mine)
        labels = engine.materialize(f"identity_labels_{number % 2}", moved.select("customer_id", component=ibis.coalesce(moved.above, moved.component)))


def follow(engine: Engine, links: Table, name: str) -> Table:
    """Follow links upwards to their end, doubling the step each time.

    Parameters
    ----------
    engine : Engine
    links : Table
        Grain: customer_id; above (of another customer). Whoever is not there is an end.
    name : str
        For the tables made on the way.

    Returns
    -------
    Table
        Grain: customer_id (everybody with a link). top (the end of the chain), in_circle (bool: there is no end; then `top` is the smallest number of the circle).
    """
    steps = engine.materialize(f"{name}_0", links.select("customer_id", top=_.above, least=ibis.least(_.customer_id, _.above)))
    number, left = 0, int(links.count().execute())
    while left > 0:  # after as many doublings as the count has binary digits every chain has ended; what goes on is a circle
        further = steps.select(at=_.customer_id, far=_.top, least_far=_.least)
        joined = steps.left_join(further, steps.top == further.at)
        number += 1
        steps = engine.materialize(
            f"{name}_{number % 2}",
            joined.select(
                "customer_id", top=ibis.coalesce(joined.far, joined.top), least=ibis.least(joined.least, ibis.coalesce(joined.least_far, joined.least))
            ),
        )
        left //= 2
    ends = steps.select(end=_.customer_id, least_of_end=_.least)
    joined = steps.left_join(ends, steps.top == ends.end)
    return joined.select("customer_id", top=ibis.coalesce(joined.least_of_end, joined.top), in_circle=joined.end.notnull())
