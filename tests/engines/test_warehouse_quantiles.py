"""Quantiles as BigQuery and Trino are asked for them: their SQL in the words of DuckDB, run there, against NumPy."""

from collections.abc import Callable

import duckdb
import ibis
import numpy as np
import pandas as pd
import pytest
from ibis.expr.types import Expr
from recording import compile_to

from analysis.engines.warehouses import COMPILERS

LINES = ibis.table({"shop": "string", "value": "float64", "days": "int64", "paid": "decimal(18,4)", "counts": "boolean"}, name="lines")
# the values of each shop, and which of them count
SHOPS = {
    "many": ([7.25, None, -3.5, 0.1, 0.1, 12.0, 1e6, 0.1, None, 5.0], [True, True, False, True, True, True, False, True, False, None]),
    "two": ([2.0, 1.0], [True, True]),
    "one": ([4.75, None], [True, True]),
    "uncounted": ([3.0, 9.0], [False, None]),
    "unknown": ([None, None], [True, False]),
}
SHARES = [0.0, 0.1, 1 / 7, 0.25, 1 / 3, 0.5, 0.8, 0.99, 1.0]


@pytest.fixture(scope="module")
def run() -> Callable[[Expr, str], pd.DataFrame]:
    """Run an expression on the lines as a dialect writes it."""
    rows = [(shop, value, counts) for shop, (values, flags) in SHOPS.items() for value, counts in zip(values, flags, strict=True)]
    with duckdb.connect() as con:
        con.execute("create table lines (shop text, value double, days bigint, paid decimal(18,4), counts boolean)")
        con.executemany("insert into lines select $1, $2, $2 * 4, $2, $3", rows)
        yield lambda expr, dialect: con.execute(compile_to(expr, COMPILERS[dialect]).sql("duckdb")).df()


def list_known(shop: str, *, counted: bool = False) -> list[float]:
    return [value for value, counts in zip(*SHOPS[shop], strict=True) if value is not None and (counts or not counted)]


pytestmark = pytest.mark.parametrize("dialect", ["bigquery", "trino"])


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("counted", [False, True])
def test_a_quantile_of_each_group(run, dialect, share, counted):
    found = run(LINES.group_by("shop").agg(place=LINES.value.quantile(share, where=LINES.counts if counted else None)), dialect).set_index("shop").place
    assert set(found.index) == set(SHOPS)
    for shop in SHOPS:
        known = list_known(shop, counted=counted)
        if known:
            assert found[shop] == pytest.approx(np.quantile(known, share), rel=1e-12), shop
        else:
            assert pd.isna(found[shop]), shop


@pytest.mark.parametrize("counted", [False, True])
def test_several_quantiles_at_once(run, dialect, counted):
    found = run(LINES.group_by("shop").agg(places=LINES.value.quantile(SHARES, where=LINES.counts if counted else None)), dialect).set_index("shop").places
    for shop in SHOPS:
        known = list_known(shop, counted=counted)
        if known:
            assert list(found[shop]) == pytest.approx(list(np.quantile(known, SHARES)), rel=1e-12), shop
        else:  # no array, as in DuckDB, rather than one of nulls
            assert np.ndim(found[shop]) == 0 and pd.isna(found[shop]), shop


def test_medians_and_quantiles_of_everything(run, dialect):
    """Whole numbers and decimals too, within a larger expression, and beside other aggregates."""
    known, counted = ([value for shop in SHOPS for value in list_known(shop, counted=counted)] for counted in (False, True))
    days = [round(4 * value) for value in known]
    found = run(
        LINES.agg(
            n=LINES.value.count(), value=LINES.value.median(), days=10 - LINES.days.median() * 2, counted=LINES.days.median(where=LINES.counts),
            outer=LINES.value.median(where=(LINES.value < 0) | (LINES.value > 5)), paid=LINES.paid.quantile(0.8), several=LINES.days.quantile([0.2, 0.9]),
        ),
        dialect,
    ).iloc[0]  # fmt: skip
    assert found["n"] == len(known)
    assert found["value"] == pytest.approx(np.median(known), rel=1e-12)
    assert found["days"] == pytest.approx(10 - np.median(days) * 2, rel=1e-12)
    assert found["counted"] == pytest.approx(np.median([round(4 * value) for value in counted]), rel=1e-12)
    assert found["outer"] == pytest.approx(np.median([value for value in known if value < 0 or value > 5]), rel=1e-12)
    assert found["paid"] == pytest.approx(np.quantile(known, 0.8), rel=1e-12)
    assert list(found["several"]) == pytest.approx(list(np.quantile(days, [0.2, 0.9])), rel=1e-12)


def test_nothing_has_no_quantile(run, dialect):
    none = LINES.filter(LINES.shop == "closed")
    found = run(none.agg(median=none.value.median(), place=none.paid.quantile(0.3), places=none.value.quantile([0.0, 0.5])), dialect)
    assert len(found) == 1
    assert found.iloc[0].isna().all()


@pytest.mark.parametrize("value", [0.1, 0.7, 1234.5678, 1e-9])
def test_between_equal_values_lies_exactly_that_value(run, dialect, value):
    """A cut point is compared with the values, so that a last digit more or less would move everybody who has the value."""
    same = LINES.mutate(value=ibis.literal(value))
    places = run(same.agg(places=same.value.quantile([number / 97 for number in range(98)])), dialect).places[0]
    assert set(places) == {value}


@pytest.mark.parametrize("rows", [2, 3, 10, 1_000, 4_999])
def test_many_random_values(dialect, rows):
    rng = np.random.default_rng(rows)
    values = np.where(rng.random(rows) < 0.3, rng.integers(0, 5, rows), rng.lognormal(3, 2, rows))
    table = ibis.table({"value": "float64"}, name="random_values")
    query = compile_to(table.agg(places=table.value.quantile(SHARES)), COMPILERS[dialect]).sql("duckdb")
    with duckdb.connect() as con:
        con.register("random_values", pd.DataFrame({"value": pd.array([None, *values, None], dtype="Float64")}))
        assert con.execute(query).fetchone()[0] == pytest.approx(list(np.quantile(values, SHARES)), rel=1e-12)


def test_a_group_is_collected_once_however_many_places_are_asked_for(dialect):
    compiler = COMPILERS[dialect]
    text = compiler.to_sqlglot(LINES.group_by("shop").agg(places=LINES.value.quantile(SHARES, where=LINES.counts))).sql(compiler.dialect)
    assert text.upper().count("ARRAY_AGG(") == 1


def test_the_values_are_collected_without_nulls_in_order_and_under_a_name(dialect):
    compiler = COMPILERS[dialect]
    text = " ".join(compiler.to_sqlglot(LINES.agg(place=LINES.days.quantile(0.3, where=LINES.counts))).sql(compiler.dialect).split())
    expected = {
        "bigquery": (
            "WITH(ordered AS ARRAY_AGG(IF(`t0`.`counts`, CAST(`t0`.`days` AS FLOAT64), NULL) IGNORE NULLS ORDER BY CAST(`t0`.`days` AS FLOAT64)), ordered[",
            "ordered[safe_offset(CAST(FLOOR((ARRAY_LENGTH(ordered) - 1) * 0.3) AS INT64))]",
        ),
        "trino": (
            'TRANSFORM(ARRAY[ARRAY_AGG(CAST("t0"."days" AS DOUBLE) ORDER BY CAST("t0"."days" AS DOUBLE)) FILTER(WHERE ',
            'FILTER(WHERE CAST("t0"."days" AS DOUBLE) IS NOT NULL AND "t0"."counts")], ordered -> ELEMENT_AT(',
            "ELEMENT_AT(ordered, CAST(FLOOR((CARDINALITY(ordered) - 1) * CAST(0.3 AS DOUBLE)) AS BIGINT) + 1)",
        ),
    }
    for part in expected[dialect]:
        assert part in text
