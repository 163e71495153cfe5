"""What is computed is compiled for the warehouses that no test can run: each expression of a whole run, per dialect."""

import ibis
import ibis.expr.operations as ops
import pandas as pd
import pytest
import sqlglot.expressions as sge
from ibis.backends.duckdb import Backend
from recording import Heard, build, compile_to, find_wide_joins, list_global_windows, listen

from analysis.engines.warehouses import COMPILERS
from analysis.schemas import SCHEMAS
from shops import make_lines, open_shop

# what a shop of any size goes through, by the tables that hold it
MAIN = {
    "cleaning": "lines_cleaned", "netting": "netted", "orders": "gathered", "customers": "customers", "measures": "summed", "scores and segments": "labelled",
    "stages": "spells", "overdue index": "overdue", "P(alive)": "value_forecasts", "tags": "tags", "history": "states", "netted history": "states__netted_history",
    "migration": "ways", "cohorts": "active_months",
}  # fmt: skip
QUANTILES = (ops.Quantile, ops.MultiQuantile, ops.Median)
# the contrast of the certificate counts places as a naive recipe would, in a sample of 20,000 customers at most
BOUNDED = ("proof_ranked",)


@pytest.fixture(scope="module")
def heard(tmp_path_factory) -> Heard:
    """Every expression of a run over a shop of some hundred customers."""
    with listen(Backend) as heard:
        opened = open_shop(tmp_path_factory.mktemp("shop"), make_lines(7, customers=300, days=700))
        build(opened, [*SCHEMAS, "certificate", "pareto", "months", "cluster_profiles", "cube"])
    return heard


def test_the_whole_way_was_heard(heard):
    assert sorted(set(MAIN.values()) - set(heard.made)) == [], sorted(heard.made)
    assert len(heard.made) > 40
    assert len(heard.asked) > 60
    assert {type(node) for expr in heard.asked for node in expr.op().find(QUANTILES)} == set(QUANTILES)


@pytest.mark.parametrize("what", MAIN)
@pytest.mark.parametrize("dialect", sorted(COMPILERS))
def test_a_main_expression_compiles(heard, dialect, what):
    query = compile_to(heard.made[MAIN[what]], COMPILERS[dialect])
    assert isinstance(query, sge.Query)
    assert list_global_windows(query) == []


@pytest.mark.parametrize("dialect", sorted(COMPILERS))
def test_everything_compiles(heard, dialect):
    for expr in [*heard.made.values(), *heard.asked]:
        assert isinstance(compile_to(expr, COMPILERS[dialect]), sge.Query)


@pytest.mark.parametrize("dialect", ["bigquery", "trino"])
def test_the_quantiles_of_a_run_are_those_of_duckdb(heard, dialect):
    """Where no aggregate gives them, their SQL in the words of DuckDB finds what DuckDB's own aggregates find in the tables of the run."""
    fitted = [expr for expr in heard.asked if expr.op().find(QUANTILES)]
    assert len(fitted) > 5
    for expr in fitted:
        duckdb = expr.get_backend()
        duckdb.raw_sql("create or replace temp macro ieee_divide(a, b) as a / b")  # a function of BigQuery; nothing is divided by 0
        found, expected = (duckdb.con.execute(query).df() for query in (compile_to(expr, COMPILERS[dialect]).sql("duckdb"), duckdb.compile(expr)))
        found.columns = expected.columns  # BigQuery's are named in its own way
        pd.testing.assert_frame_equal(*(frame.sort_values(expected.columns[0], ignore_index=True) for frame in (found, expected)), rtol=1e-12)


def test_no_window_spans_all_rows_and_no_join_lacks_an_equality(heard):
    for name, expr in [*heard.made.items(), *(("asked", expr) for expr in heard.asked)]:
        query = compile_to(expr, COMPILERS["databricks"])
        if not name.startswith(BOUNDED):
            assert list_global_windows(query) == [], name
        assert find_wide_joins(expr) == [], name


def test_what_a_test_looks_for_is_found():
    """A window over everything and a cross join of two large tables are seen, and their harmless sisters are not."""
    lines = ibis.table({"customer_id": "string", "amount": "decimal(18,4)"}, name="lines")
    wide, own = lines.mutate(all=lines.amount.sum().over(ibis.window())), lines.mutate(own=lines.amount.sum().over(group_by="customer_id"))
    dialect = COMPILERS["databricks"]
    assert list_global_windows(compile_to(wide, dialect)) != []
    assert list_global_windows(compile_to(own, dialect)) == []
    few = ibis.memtable({"day": [1, 2]})
    assert find_wide_joins(lines.cross_join(lines.view())) != []
    assert find_wide_joins(lines.cross_join(few)) == []
    assert find_wide_joins(lines.join(lines.view(), "customer_id")) == []


@pytest.mark.parametrize(("dialect", "text"), [("bigquery", "TO_HEX(MD5("), ("snowflake", "MD5_HEX("), ("trino", "LOWER(TO_HEX(MD5("), ("databricks", "MD5(")])
def test_a_sample_is_drawn_by_the_same_digest(dialect, text):
    """32 small hexadecimal digits of MD5 everywhere: BigQuery and Trino give bytes."""
    lines = ibis.table({"customer_id": "string"}, name="lines")
    compiler = COMPILERS[dialect]
    assert text in compiler.to_sqlglot(lines.select(key=lines.customer_id.hexdigest("md5"))).sql(compiler.dialect).upper()
