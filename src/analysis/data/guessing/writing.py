"""A guess as a `workbook.toml` that a person can read and change."""

import os
from pathlib import Path
from typing import Any, Protocol

import tomlkit
from tomlkit.items import Table

_RULE_COMMENTS = {
    "unreadable": "rows without a readable date or amount go to quarantine, with the reason",
    "overlap": "the same order in two files counts once; the later file wins",
    "after_as_of": "nothing after the day of the report is seen",
    "before_window": "only with window_months: older rows are left out",
    "excluded": "rows that are none of your business",
    "test_orders": "orders that were only tests",
    "unpaid": "only these states count as paid",
    "anonymous": "revenue without a customer is reported, not lost",
    "duplicates": "equal rows in one file: flag (two equal lines can be two purchases), remove or keep",
    "price": "rows with a price of zero or below: remove or keep",
    "returns": "net: a return reduces the customer's earlier purchases; or remove, or keep",
    "non_product": "postage, fees, corrections: no products",
    "outliers": "very large quantities: flag or keep",
}
_IDENTITY_COMMENTS = {"guests": "buyers without a customer number are known by their e-mail or phone"}
_EXAMPLES = """
Further rules you may need; put them between before_window and anonymous:
[[cleaning]]
rule = "excluded"
column = "channel"            # any column of ours, or an attribute
values = ["staff"]
[[cleaning]]
rule = "test_orders"
column = "product_name"
pattern = ".*test.*"
"""


class Guessed(Protocol):
    """What is written: see `analysis.data.guessing.orders.Guess`."""

    @property
    def name(self) -> str: ...
    @property
    def transactions(self) -> dict[str, Any]: ...
    @property
    def customers(self) -> dict[str, Any] | None: ...
    @property
    def feedback(self) -> dict[str, Any] | None: ...
    @property
    def events(self) -> dict[str, Any] | None: ...
    @property
    def rates(self) -> dict[str, Any] | None: ...
    @property
    def identity(self) -> dict[str, str]: ...
    @property
    def order(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def time_zone(self) -> str: ...
    @property
    def rules(self) -> tuple[dict[str, Any], ...]: ...
    @property
    def said(self) -> tuple[str, ...]: ...


def write_toml(guessed: Guessed, folder: Path) -> str:
    """Write the configuration as text, its paths relative to a folder."""
    document = tomlkit.document()
    document.add(tomlkit.comment("Configuration of the Customer Segmentation Workbook, guessed from your files. Change what is wrong; `workbook check` tells."))
    document.add(tomlkit.comment("What was guessed, and why:"))
    for sentence in guessed.said:
        for line in sentence.splitlines():
            document.add(tomlkit.comment("  " + "".join(char if char.isprintable() else " " for char in line)))
    document.add(tomlkit.nl())
    for key, value, comment in (
        ("name", guessed.name, "a report of another name is never overwritten"),
        ("currency", guessed.currency, "ISO code; an empty one shows no sign"),
        ("time_zone", guessed.time_zone, "of the shop: where its days begin"),
        ("order", guessed.order, 'an order is: "id" (customer and order_id), "day" (customer and day) or "row"'),
    ):
        document.add(key, tomlkit.item(value).comment(comment))
    document.add(tomlkit.comment("window_months = 24     only the last months; all history when left out"))
    document.add(tomlkit.nl())
    inputs = tomlkit.table(is_super_table=True)
    inputs.add("transactions", _source(guessed.transactions, folder))
    for section in ("customers", "feedback", "events", "rates"):
        if found := getattr(guessed, section):
            inputs.add(section, _source(found, folder))
    document.add("inputs", inputs)
    if guessed.identity:
        document.add(tomlkit.nl())
        identity = tomlkit.table()
        for key, value in guessed.identity.items():
            identity.add(key, tomlkit.item(value).comment(_IDENTITY_COMMENTS[key]))
        document.add("identity", identity)
    document.add(tomlkit.nl())
    document.add(tomlkit.comment("The cleaning: rules in this order, each with what it does; every one is a line in the ledger."))
    rules = tomlkit.aot()
    for rule in guessed.rules:
        table = tomlkit.table()
        table.add("rule", tomlkit.item(rule["rule"]).comment(_RULE_COMMENTS[rule["rule"]]))
        for key in ("action", "column", "values", "pattern", "limit"):
            if key in rule:
                table.add(key, rule[key])
        rules.append(table)
    document.add("cleaning", rules)
    document.add(tomlkit.nl())
    for line in _EXAMPLES.strip().splitlines():
        document.add(tomlkit.comment(line))
    return tomlkit.dumps(document)


def _source(source: dict[str, Any], folder: Path) -> Table:
    table = tomlkit.table()
    table.add("files", [Path(os.path.relpath(file, folder)).as_posix() for file in source["files"]])
    for key in ("encoding", "delimiter", "header", "names", "sheets", "dates", "decimal", "time_zone", "kind", "fill_down"):
        if key in source:
            table.add(key, source[key])
    for key, comment in (("columns", "our name = yours"), ("attributes", "any further column you want to see")):
        if source.get(key):
            part = tomlkit.table()
            part.comment(comment)
            for ours, theirs in source[key].items():
                part.add(ours, theirs)
            table.add(key, part)
    return table
