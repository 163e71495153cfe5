"""The derived classes of every customer, and how customers and money are spread over them."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from ibis.expr.types import Table

from analysis.models import class_counts, classes, loyalty, places
from analysis.recipes.opened import Opened
from analysis.recipes.traits import list_line_attributes

MEASURES = ("revenue_place", "margin_place", "repurchase", "recommendation", "satisfaction", "loyalty_index")  # what the rules go by besides traits
NO_ATTRIBUTES = ("customer_id", "parent_id")
NOTED = ("favourite_category", "main_channel")


def _measured(opened: Opened) -> Table:
    """Set traits beside the labels, and add what the rules go by: places in revenue and margin, and loyalty."""
    traits = opened.get("traits")
    joined = opened.get("valued").left_join(traits, "customer_id").drop("customer_id_right")
    buys = joined.frequency > 0
    shares = {"revenue_place": joined.monetary, "margin_place": joined.margin}
    amounts = joined.select("customer_id", **{name: buys.ifelse(amount, None) for name, amount in shares.items()})
    cuts = {name: places.fit_places(amounts, name) for name in shares}
    placed = joined.mutate(**{name: places.assign_places(buys.ifelse(amount, None), cuts[name]) for name, amount in shares.items()})
    return opened.engine.materialize("measured_classes", loyalty.measure_loyalty(placed))


def _classified(opened: Opened) -> Table:
    return opened.engine.materialize("classified", classes.classify(opened.get("measured_classes"), opened.get("dimensions")))


def _class_keys(opened: Opened) -> dict[str, tuple[str, ...]]:
    dimensions = opened.get("dimensions")
    known = classes.find_known(opened.get("classified"), [one.name for one in dimensions])
    return {one.name: one.keys for one in dimensions if one.name in known}


def _rules(opened: Opened) -> pd.DataFrame:
    dimensions = [one for one in opened.get("dimensions") if one.name in opened.get("class_keys")]
    classified, counted = opened.get("classified"), opened.get("classes")
    asked = sorted({name for one in dimensions for name in classes.list_columns(one)})
    held = {(row.column, row.key) for row in counted[counted["customers"] > 0].itertuples()}
    return classes.list_rules(dimensions, classes.find_known(classified, asked), held)


def _attributes(opened: Opened) -> list[str]:
    """Name the attributes that may be set against the segments: what the master and the lines tell, and habits; of two to twelve values."""
    known = [name for name in opened.get("known").columns if name not in NO_ATTRIBUTES]
    names = dict.fromkeys([*known, *list_line_attributes(opened), *NOTED])
    return class_counts.list_countable(opened.get("customers"), [name for name in names if name in opened.get("customers").columns])


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "dimensions": lambda o: classes.settle_dimensions(o.config.classes),
    "dimensions_named": lambda o: (*MEASURES, *[one.name for one in o.get("dimensions")]),
    "measured_classes": _measured,
    "classified": _classified,
    "class_keys": _class_keys,
    "class_rules": _rules,
    "classes": lambda o: class_counts.count_classes(o.get("customers"), o.get("class_keys")),
    "class_by_segment": lambda o: class_counts.cross_each(o.get("customers"), list(o.get("class_keys"))),
    "attribute_names": _attributes,
    "attribute_by_segment": lambda o: class_counts.cross_each(o.get("customers"), o.get("attribute_names")),
    "loyalty_parts": lambda o: loyalty.count_loyalty(o.get("customers"), o.get("satisfied")),
    "class_profiles": lambda o: class_counts.describe_classes(o.get("customers"), "value_class" if "value_class" in o.get("class_keys") else "value_tier"),
}
