"""How firmly the labels stand: the certificate, the ties, who is near a border and what would move them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.errors import WorkbookError
from analysis.models import bands, certificate, moves, reasons, rfm
from analysis.pseudonyms import key_file, pseudonym, read_key
from analysis.recipes.opened import Opened
from analysis.recipes.scoring import classify


def _moves(opened: Opened) -> Table:
    return opened.engine.materialize("moves", moves.list_moves(opened.get("buyers"), opened.get("scoring"), partial(classify, opened)))


def _certificate(opened: Opened) -> pd.DataFrame:
    if not opened.get("enough"):
        return pd.DataFrame(columns=["check", "customers", "n", "value", "verdict", "times"])
    scoring, ruler, segment_map = opened.get("scoring"), opened.get("ruler"), opened.get("map")
    buyers = opened.get("moves").select("customer_id", *moves.MEASURED, "segment")
    others = {
        name: rfm.fit_ruler(opened.get("buyers"), other, fitted_on=ruler.fitted_on) for name, other in certificate.list_alternatives(scoring).items()
    }  # fmt: skip
    return certificate.write_certificate(
        certificate.count_near(opened.get("moves")),
        certificate.compare_methods(buyers, others, segment_map),
        certificate.prove_by_shuffling(opened.engine, buyers.drop("segment"), scoring, segment_map, ruler=ruler, seed=opened.config.seed),
    )


def _tie_blocks(opened: Opened) -> pd.DataFrame:
    blocks = bands.count_ties(opened.get("buyers"), opened.get("ruler"))
    money = {column: [None if value is None else float(value) for value in blocks[column]] for column in ("value", "to_better", "to_worse")}
    return blocks.assign(**{column: pd.Series(values, dtype="float64") for column, values in money.items()})


def _rules(opened: Opened) -> pd.DataFrame:
    if not opened.get("enough"):
        return pd.DataFrame(columns=["segment", "part", "exact", *(f"{name}_{end}" for name in "rfm" for end in ("low", "high"))])
    rules = reasons.list_rules(opened.get("ruler"), partial(classify, opened))
    rules = rules.sort_values("segment", key=lambda keys: keys.map(opened.get("groups")["segment"].index), kind="stable", ignore_index=True)
    edges = [column for column in rules.columns if column.endswith(("_low", "_high"))]
    return rules.assign(**{column: pd.Series([None if edge is None else float(edge) for edge in rules[column]], dtype="float64") for column in edges})


def explain(opened: Opened, customer: str) -> tuple[str, reasons.Why]:
    """Find a customer by number or pseudonym, and explain the label.

    Returns
    -------
    str
        The pseudonym.
    Why

    Raises
    ------
    WorkbookError
        When there is no such buyer.
    """
    buyers, key = opened.get("buyers").select("customer_id", *moves.MEASURED), read_key(key_file())
    found = buyers.filter(_.customer_id == customer)
    if not found.count().execute():
        batches = buyers.select("customer_id").to_pyarrow_batches()  # turning a pseudonym back takes every number: a hash cannot be undone
        who = next((one for batch in batches for one in batch["customer_id"].to_pylist() if pseudonym(one, key) == customer), None)
        if who is None:
            raise WorkbookError(_say_unknown(opened, customer))
        found = buyers.filter(_.customer_id == who)
    who = found.customer_id.execute()[0]
    why = reasons.explain(found, opened.get("ruler"), opened.get("scoring"), partial(classify, opened))
    return pseudonym(who, key), why


def _say_unknown(opened: Opened, customer: str) -> str:
    known = opened.get("known")
    if known.filter(_.customer_id == customer).count().execute():
        return f"The customer {customer!r} has no order that is left on {opened.as_of} after returns, and so has no segment to explain."
    return (
        f"There is no customer {customer!r} on {opened.as_of}. Give a customer number as it stands in the data (text, with its leading zeros), or a pseudonym "
        "like C-0123456789 from a report made with the same key."
    )


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "moves": _moves,
    "certificate": _certificate,
    "tie_blocks": _tie_blocks,
    "segment_rules": _rules,
    "segment_reasons": lambda o: reasons.count_reasons(o.get("moves"), o.get("groups")["segment"]),
}
