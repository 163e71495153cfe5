"""What is known of a customer besides orders and money: habits from the order lines, answers, contacts."""

from collections.abc import Callable, Mapping
from typing import Any

import ibis
from ibis.expr.types import Table

from analysis.columns import CONTACT_COLUMNS
from analysis.data import traits
from analysis.data.learning import sum_lessons
from analysis.recipes.opened import Opened
from analysis.schemas import SCHEMAS

# the columns that are always there, null where nothing is known
COLUMNS = {
    "categories": "int64", "favourite_category": "string", "favourite_category_share": "float64", "products": "int64", "main_channel": "string",
    "channels": "int64", "channel_share": "float64", "price_level": "float64", "discount_share": "float64", "margin": traits.SUM, "nps": "float64",
    "csat": "float64", "ces": "float64", "browses": "int64", "clicks": "int64", "inquiries": "int64", "contacts": "int64", "last_contact_date": "date", "lessons": "int64", "progress": "float64",
}  # fmt: skip
COUNTED = ("browses", "clicks", "inquiries", "contacts")


def _items(opened: Opened) -> Table:
    return opened.engine.materialize("items", traits.list_items(opened.get("bought")))


def _bought(opened: Opened) -> Table:
    mapped = opened.config.inputs.transactions.columns
    return traits.find_bought(opened.get("lines").kept, priced="unit_price" in mapped or "quantity" in mapped)


def list_line_attributes(opened: Opened) -> dict[str, str]:
    """Name the attributes of the order lines that the customer master does not tell: column to be -> column of the lines.

    A name that the workbook uses itself is put behind `own_`, as that of the customer master is. Contact data stay behind.
    """
    known = set(opened.get("known").columns)
    ours = {*SCHEMAS["customers"].columns, *COLUMNS, *opened.get("dimensions_named")}
    named = {f"own_{name}" if name in ours else name: name for name in opened.config.inputs.transactions.attributes if name not in CONTACT_COLUMNS}
    return {column: name for column, name in named.items() if column not in known}


def _usual(opened: Opened, lines: Table, column: str) -> Table:
    return opened.engine.materialize(f"usual_{column}", traits.find_usual(lines, column))


def _traits(opened: Opened) -> Table:
    """Gather the parts, each computed once and small: a row a customer."""
    engine, mapped, people = opened.engine, opened.config.inputs.transactions.columns, opened.get("known").select("customer_id")
    bought, items = opened.get("bought"), opened.get("items")
    levels = engine.materialize("price_levels", traits.level_prices(items))
    parts = [engine.materialize("sums_of_items", traits.sum_items(items, levels, has_discount="discount" in mapped))]
    if "category" in mapped:
        usual = _usual(opened, items, "category")
        parts.append(usual.select("customer_id", categories="values", favourite_category="usual", in_category="in_orders"))
    if "channel" in mapped:
        usual = _usual(opened, bought, "channel")
        parts.append(usual.select("customer_id", channels="values", main_channel="usual", in_channel="in_orders"))
    if "cost" in mapped:
        parts.append(engine.materialize("margins", traits.sum_margins(opened.get("lines").kept)))
    answers, contacts = opened.get("answers"), opened.get("contacts")
    parts.append(engine.materialize("sums_of_answers", traits.sum_answers(answers, opened.get("satisfied"))))
    parts.append(engine.materialize("sums_of_contacts", traits.sum_contacts(contacts)))
    parts.append(opened.get("learners").select("customer_id", "lessons", "progress"))
    own = list_line_attributes(opened)
    parts += [_usual(opened, bought, name).select("customer_id", **{column: "usual"}) for column, name in own.items()]
    joined = traits.join_each(people, *parts)
    if bool(contacts.limit(1).count().execute()):  # somebody was heard of, so who was not has not been in touch
        joined = joined.mutate(**{name: joined[name].fill_null(0) for name in COUNTED})
    for share, orders in (("favourite_category_share", "in_category"), ("channel_share", "in_channel")):
        joined = joined.mutate(**{share: (joined[orders] / joined.orders).round(12)}) if orders in joined.columns else joined
    there = {name: joined[name].cast(kind) if name in joined.columns else ibis.null(kind) for name, kind in COLUMNS.items()}
    return engine.materialize("traits", joined.select("customer_id", **there, **{column: joined[column] for column in own}))


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "bought": _bought,
    "items": _items,
    "learners": lambda o: o.engine.materialize("learners", sum_lessons(o.get("contacts"))),
    "satisfied": lambda o: o.engine.materialize("satisfied", traits.count_satisfied(o.get("answers"))),
    "traits": _traits,
}
