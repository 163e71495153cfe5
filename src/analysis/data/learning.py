"""What lessons tell of a learner: how many, how far, and when the last one was."""

from ibis import _
from ibis.expr.types import Table


def sum_lessons(contacts: Table) -> Table:
    """Sum up each customer's lessons.

    Parameters
    ----------
    contacts : Table
        Grain: event; customer_id, occurred_at, kind, count, value: of a lesson the share of the course that is done by then.

    Returns
    -------
    Table
        Grain: customer_id. lessons (int64), last_lesson_date (date), progress (float64: the value of the last lesson that tells one; of several at one moment the
        highest).
    """
    lessons = contacts.filter(contacts.kind == "lesson")
    told = lessons.filter(lessons.value.notnull())
    last = told.group_by("customer_id").agg(at=_.occurred_at.max())
    at_last = told.join(last, [told.customer_id == last.customer_id, told.occurred_at == last.at])
    progress = at_last.group_by("customer_id").agg(progress=_.value.max())
    counted = lessons.group_by("customer_id").agg(lessons=_["count"].sum().cast("int64"), last_lesson_date=_.occurred_at.max().date())
    return counted.left_join(progress, "customer_id").drop("customer_id_right")
