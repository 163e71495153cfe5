"""PostgreSQL as the engine: the same tables as the embedded DuckDB, row for row."""

from comparing import compare_tables


def test_the_sample_gives_the_same_tables_in_postgres(sample, postgres_engine):
    compare_tables(sample.open(), sample.open(postgres_engine))


def test_online_retail_gives_the_same_tables_in_postgres(retail, postgres_engine):
    compare_tables(retail.open(), retail.open(postgres_engine))
