"""What lessons tell of a learner: how many, how far, and when the last one was."""

import ibis
from ibis import _
from ibis.expr.types import Table

TRIALS = ("trial", "trial lesson", "trial class", "试听", "试听课", "体验课")


def sum_lessons(contacts: Table) -> Table:
    """Sum up each customer's lessons.

    Parameters
    ----------
    contacts : Table
        Grain: event; customer_id, occurred_at, kind, count, value: of a lesson the share of the course that is done by then.

    Returns
    -------
    Table
        Grain: customer_id. lessons, trials (int64), last_lesson_date (date), progress (float64: the value of the last lesson that tells one; of several at one moment the
        highest).
    """
    kind = contacts.kind.strip().lower()
    learnt = contacts.mutate(is_lesson=kind == "lesson").filter(kind.isin(("lesson", *TRIALS)))
    told = learnt.filter(learnt.is_lesson, learnt.value.notnull())
    last = told.group_by("customer_id").agg(at=_.occurred_at.max())
    at_last = told.join(last, [told.customer_id == last.customer_id, told.occurred_at == last.at])
    progress = at_last.group_by("customer_id").agg(progress=_.value.max())
    times = ibis.coalesce(learnt["count"], 1)
    counted = learnt.group_by("customer_id").agg(
        lessons=times.sum(where=learnt.is_lesson).fill_null(0).cast("int64"),
        trials=times.sum(where=~learnt.is_lesson).fill_null(0).cast("int64"),
        last_lesson_date=learnt.occurred_at.max(where=learnt.is_lesson).date(),
    )
    return counted.left_join(progress, "customer_id").drop("customer_id_right")
