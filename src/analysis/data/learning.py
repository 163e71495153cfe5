"""What lessons tell of a learner: how many, how far, and when the last one was."""

import ibis
from ibis import _
from ibis.expr.types import Table

LESSONS = ("lesson", "class", "上课", "听课", "学习")
TRIALS = ("trial", "trial lesson", "trial class", "试听", "试听课", "体验课")


def sum_lessons(contacts: Table) -> Table:
    """Sum up each learner's lessons.

    Parameters
    ----------
    contacts : Table
        Grain: event; customer_id, occurred_at, kind, object, count, value: of a lesson the share of the course that is done by then.

    Returns
    -------
    Table
        Grain: customer_id, of those who had a lesson or a trial. lessons (int64: null where there were only trials), trials (int64), last_lesson_date (date), progress
        (float64): the value of the last lesson that tells one; of several at one moment that of the object that comes last in the alphabet, then the highest.
    """
    kind = contacts.kind.strip().lower()
    learnt = contacts.mutate(is_lesson=kind.isin(LESSONS)).filter(kind.isin((*LESSONS, *TRIALS)))
    counted = learnt.group_by("customer_id").agg(
        lessons=learnt["count"].sum(where=learnt.is_lesson).cast("int64"),
        trials=learnt["count"].sum(where=~learnt.is_lesson).fill_null(0).cast("int64"),
        last_lesson_date=learnt.occurred_at.max(where=learnt.is_lesson).date(),
    )
    latest = ibis.window(group_by="customer_id", order_by=[ibis.desc("occurred_at"), ibis.desc("object"), ibis.desc("value")])
    told = learnt.filter(learnt.is_lesson, learnt.value.notnull()).mutate(place=ibis.row_number().over(latest))
    last = told.filter(_.place == 0).select("customer_id", progress="value")
    return counted.left_join(last, "customer_id").drop("customer_id_right")
