"""How firmly the labels stand: the certificate, the ties, who is near a border and what would move them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd
from ibis.expr.types import Table

from analysis.models import bands, certificate, moves, rfm
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


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "moves": _moves,
    "certificate": _certificate,
    "tie_blocks": _tie_blocks,
}
