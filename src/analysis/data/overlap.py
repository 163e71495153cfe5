"""Overlap between files: an order exported twice counts once, and the later file is right about it."""

from ibis import _
from ibis.expr.types import Table

from analysis.engine import Engine


def restated_orders(engine: Engine, lines: Table, *, by_day: bool) -> Table | None:
    """Find the orders of a file that a later file tells again.

    An order is a customer and an order key. Where two files share orders, their lines say which it is: if at least half of the shared
    orders have a line in common (as multisets of equal lines), the files are exports that overlap, and for every shared order the later file wins;
    otherwise one export was cut in pieces, and the lines belong together.

    Parameters
    ----------
    engine : Engine
    lines : Table
        Order lines with source_order (position of the file), customer_id, order_key and all content columns.
    by_day : bool
        Where each row is an order of its own, customer and day are compared.

    Returns
    -------
    Table or None
        Column `key` (customer, order key and source_order joined by the unit separator), one row per order that is told again later.
    """
    if lines.source_order.nunique().execute() < 2:
        return None
    content = [
        column
        for column in lines.columns
        if column not in ("source_file", "source_row", "source_order", "problem", "raw", "left_at") and not column.startswith(("flag_", "told_"))
    ]
    read = lines.filter(_.problem.isnull()).mutate(
        who=_.customer_id.fill_null(""),
        order_told=_.ordered_at.strftime("%Y-%m-%d") if by_day else _.order_key,
    )
    told = read.select("who", "order_told", "source_order").distinct()
    shared = told.group_by("who", "order_told").agg(files=_.count()).filter(_.files > 1)
    both = engine.materialize("told_twice", _pairs(told.semi_join(shared, ["who", "order_told"]), ["who", "order_told"]))
    text = [read[column].cast("string").fill_null("") for column in content if not (by_day and column == "order_key")]
    line = text[0]
    for part in text[1:]:
        line = line + "\x1f" + part
    same = read.mutate(line=line).semi_join(shared, ["who", "order_told"]).select("who", "order_told", "line", "source_order").distinct()
    alike = _pairs(same, ["who", "order_told", "line"]).select("who", "order_told", "earlier", "later").distinct()
    counts = both.group_by("earlier", "later").agg(orders=_.count()).left_join(alike.group_by("earlier", "later").agg(equal=_.count()), ["earlier", "later"])
    overlapping = counts.filter(_.equal.fill_null(0) * 2 >= _.orders).select("earlier", "later")
    key = _.who + "\x1f" + _.order_told + "\x1f" + _.earlier.cast("string")
    return engine.materialize("told_again", both.semi_join(overlapping, ["earlier", "later"]).select(key=key).distinct())


def _pairs(t: Table, key: list[str]) -> Table:
    other = t.view()
    joined = t.join(other, [*[t[name] == other[name] for name in key], t.source_order < other.source_order])
    return joined.select(*[t[name] for name in key], earlier=t.source_order, later=other.source_order)
