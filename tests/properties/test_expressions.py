"""Any rule that can be said means what DuckDB understands when it is handed the same words."""

import contextlib
import datetime as dt
from decimal import Decimal

import duckdb
import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import ConfigurationError
from analysis.models.expressions import compile_expression

SCHEMA = pa.schema({"row": pa.int64(), "money": pa.decimal128(38, 4), "orders": pa.int64(), "few": pa.int32(), "share": pa.float64(), "day": pa.date32(),
                    "moment": pa.timestamp("us"), "place": pa.string(), "地 名": pa.string(), "yes": pa.bool_()})  # fmt: skip
# fractions of quarters: sums and products of them are the same in floats and in decimals
MONEY = [Decimal(text) for text in ("-3.25", "0", "0.5", "1", "99.75", "100", "12000.5")]
TEXTS = ["", "a", "A%", "b_c", "it's", 'q"q', "back\\slash", "华东", "é", "a b", "--", "/*", ";", "5", "2024-01-31"]
DAYS = [dt.date(2023, 12, 31), dt.date(2024, 1, 31), dt.date(2024, 2, 29), dt.date(2024, 3, 1)]


def _quote(text):
    return "'" + text.replace("'", "''") + "'"


def maybe(values):
    return st.none() | st.sampled_from(values)


rows = st.lists(
    st.tuples(
        maybe(MONEY), maybe([-1, 0, 1, 2, 3, 40]), maybe([0, 5]), maybe([-1.5, 0.0, 0.25, 1.0]), maybe(DAYS), maybe([dt.datetime(2024, 1, 31, 12), dt.datetime(2024, 3, 1)]),
        maybe(TEXTS), maybe(TEXTS), maybe([True, False]),
    ),
    min_size=1, max_size=12,
)  # fmt: skip

number_leaf = st.sampled_from(
    ["money", "orders", "few", "share", "0", "1", "2.5", "0.25", ".5", "100", "-3.25", "1e2", "length(place)", "day - date '2024-01-31'"]
)
text_leaf = st.sampled_from(["place", '"地 名"', *map(_quote, TEXTS)])
date_leaf = st.sampled_from(["day", "cast(moment as date)", *(f"date '{day}'" for day in DAYS)])
comparison = st.sampled_from(["=", "<>", "!=", "<", "<=", ">", ">=", "=="])


def _wrap(form, *parts):
    return st.tuples(*parts).map(lambda made: form.format(*made))


def _numbers(inner):
    operand = inner.map(lambda text: f"({text})")
    return st.one_of(
        _wrap("{} + {}", operand, operand), _wrap("{} - {}", operand, operand), _wrap("{} * {}", operand, operand), _wrap("- {}", operand), _wrap("abs({})", inner),
        _wrap("{} / 4", operand), _wrap("floor({})", inner), _wrap("round({}, 1)", inner), _wrap("coalesce({}, {})", inner, inner), _wrap("least({}, {})", inner, inner),
        _wrap("greatest({}, {}, {})", inner, inner, inner), _wrap("{} + 1 - {} * 2", operand, operand), _wrap("case when yes then {} else {} end", inner, inner),
        _wrap("case place when 'a' then {} end", inner), _wrap("cast({} as double)", inner),
    )  # fmt: skip


def _texts(inner):
    return st.one_of(
        _wrap("lower({})", inner),
        _wrap("upper({})", inner),
        _wrap("coalesce({}, {})", inner, inner),
        _wrap("case when yes then {} end", inner),
        _wrap("({})", inner),
    )


numbers = st.recursive(number_leaf, _numbers, max_leaves=4)
texts = st.recursive(text_leaf, _texts, max_leaves=3)
conditions_leaf = st.one_of(
    st.sampled_from(["yes", "true", "false", "yes is true", "yes is not false", "moment > '2024-02-01'"]),
    *(_wrap("{} {} {}", side, comparison, side) for side in (numbers, texts, date_leaf)),
    *(_wrap("({}) between {} and {}", side, side, side) for side in (numbers, texts, date_leaf)),
    *(_wrap("({}) not in ({}, {})", side, side, side) for side in (numbers, texts, date_leaf)),
    *(_wrap("({}) in ({})", side, side) for side in (numbers, texts, date_leaf)),
    *(_wrap("({}) is not null", side) for side in (numbers, texts, date_leaf)),
    *(_wrap("({}) is null", side) for side in (numbers, texts, date_leaf)),
    *(
        _wrap("({}) {} {}", texts, st.sampled_from(["like", "not like", "ilike"]), st.sampled_from(["'a%'", "'%'", "'_'", "''", "'%''s'", "'%_c'", "'b\\_%'"]))
        for _ in "1"
    ),
    _wrap("date_diff('day', {}, {}) > 5", date_leaf, date_leaf),
)
conditions = st.recursive(
    conditions_leaf,
    lambda inner: st.one_of(
        _wrap("{} and {}", inner, inner), _wrap("{} or {}", inner, inner), _wrap("not {}", inner), _wrap("({})", inner), _wrap("({}) = ({})", inner, inner),
        _wrap("coalesce({}, {})", inner, inner),
    ),
    max_leaves=6,
)  # fmt: skip


def evaluate(text, people):
    """Give what we make of a rule, and what DuckDB makes of it, row by row.

    There money is a float: of a decimal of 38 digits DuckDB's `coalesce(2.5, floor(money))` has no room for a fraction and rounds the 2.5 to 3, ours keeps it.
    """
    ours = people.select("row", x=compile_expression(text, people, origin="x")).to_pyarrow().sort_by("row")["x"].to_pylist()
    con = duckdb.connect()
    con.register("people", people.to_pyarrow())
    theirs = [found for (found,) in con.execute(f"select {text} from (select * replace (money::double as money) from people) order by row").fetchall()]
    return ours, theirs


def same(one, other):
    if isinstance(one, bool) or one is None or other is None or isinstance(one, str | dt.date):
        return one == other and type(one) is type(other)
    return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(other)))


def check(text, given_rows):
    people = ibis.memtable(pa.Table.from_pylist([dict(zip(SCHEMA.names, (n, *row), strict=True)) for n, row in enumerate(given_rows)], schema=SCHEMA))
    ours, theirs = evaluate(text, people)
    assert all(map(same, ours, theirs)), (text, given_rows, ours, theirs)


@given(conditions, rows)
@settings(max_examples=250, deadline=None)
def test_conditions(text, given_rows):
    check(text, given_rows)


@given(st.one_of(numbers, texts), rows)
@settings(max_examples=150, deadline=None)
def test_values(text, given_rows):
    check(text, given_rows)


@given(st.text(max_size=60) | st.lists(st.sampled_from(["money", "(", ")", "and", "not", "'", '"', "case", "when", "end", "in", "1", "=", ",", "is", "null", "--", "like", "x", ";",
                                                         "select", "from", "cast", "as", "date", "between", "%", "/*", "[", "{", "::", "->"]), max_size=12).map(" ".join))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_anything_at_all_is_translated_or_refused(text):
    people = ibis.memtable(SCHEMA.empty_table())
    with contextlib.suppress(ConfigurationError):
        people.select(x=compile_expression(text, people, origin="tag 'x'")).to_pyarrow()


def test_a_fraction_beside_whole_money_stays():
    people = ibis.memtable(pa.Table.from_pylist([{"row": 1, "money": None}], schema=SCHEMA))
    ours = people.select(x=compile_expression("coalesce(2.5, floor(money))", people, origin="x")).to_pyarrow()["x"].to_pylist()
    assert [float(each) for each in ours] == [2.5]
