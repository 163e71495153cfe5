"""Habits of customers by hand and by plain pandas: how dear, what, where, at a discount or not; what they answered by the definitions of the field."""

import datetime as dt
import random
from decimal import Decimal

import ibis
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.config import parse_config
from analysis.data import traits
from analysis.data.answers import ANSWER, CONTACT
from analysis.data.sample import make_shop, write_shop
from analysis.run import read_data
from shops import COLUMNS, look, make_lines, open_shop, table

MAPPED = COLUMNS | {"category": "category", "channel": "channel", "discount": "discount", "cost": "cost"}
LINES = [  # customer, at, order, product, quantity, price, category, channel, discount, cost, route
    ("a", "2024-01-01", "1", "A", 1, "10", "tea", "web", "0", "4", "r1"),
    ("a", "2024-01-01", "1", "B", 1, "20", "tea", "web", "2", "5", "r1"),
    ("a", "2024-02-01", "2", "C", 1, "5", "cups", "app", "0", "1", "r2"),
    ("a", "2024-03-01", "3", "C", 1, "5", "cups", "web", "0", "1", "r2"),
    ("b", "2024-01-05", "4", "A", 2, "10", "tea", "shop", "", "8", "r1"),
    ("b", "2024-03-05", "5", "D", 1, "15", "cups", "app", "0", "3", "r3"),
    ("c", "2024-03-06", "6", "E", 1, "30", "tea", "web", "3", "", "r9"),
    ("e", "2024-03-01", "7", "C", 1, "5", "cups", "shop", "1", "1", "r1"),
    ("e", "2024-03-02", "8", "C", -1, "5", "cups", "shop", "", "1", "r1"),
]
PEOPLE = [("a", "enterprise"), ("d", "individual")]


def row_of(frame, who):
    return frame.set_index("customer_id").loc[who]


@pytest.fixture(scope="module")
def habits(tmp_path_factory):
    opened = open_shop(
        tmp_path_factory.mktemp("shop"), LINES, columns=MAPPED, attributes={"route": "route"},
        people=PEOPLE, people_columns={"customer_id": "id", "type": "type"},
    )  # fmt: skip
    return look(opened, "traits")


def test_prices_are_ranked_within_their_category(habits):
    """Tea: 10, 10, 20, 30: mid-ranks 1/4, 5/8, 7/8. Cups (what came back does not count): 5, 5, 15: 1/3, 5/6."""
    expected = {"a": (1 / 4 + 5 / 8 + 1 / 3 + 1 / 3) / 4, "b": (1 / 4 + 5 / 6) / 2, "c": 7 / 8}
    assert {who: row_of(habits, who).price_level for who in expected} == pytest.approx(expected, abs=2e-6)


def test_what_is_bought_and_where(habits):
    """Of two that are equally usual (b) the later one counts."""
    columns = ["categories", "favourite_category", "favourite_category_share", "products", "main_channel", "channels", "channel_share", "route"]
    assert row_of(habits, "a")[columns].tolist() == [2, "cups", pytest.approx(2 / 3), 3, "web", 2, pytest.approx(2 / 3), "r2"]
    assert row_of(habits, "b")[columns].tolist() == [2, "cups", 0.5, 2, "app", 2, 0.5, "r3"]
    assert row_of(habits, "c")[columns].tolist() == [1, "tea", 1.0, 1, "web", 1, 1.0, "r9"]


def test_discounts_count_by_order_and_margin_is_money_less_cost(habits):
    found = habits.set_index("customer_id")
    assert found.discount_share[["a", "b", "c"]].tolist() == [pytest.approx(1 / 3), 0, 1]
    assert found.margin[["a", "b", "c"]].tolist() == [Decimal(40 - 11), Decimal(35 - 11), Decimal(30)]


def test_who_bought_nothing_that_stayed_has_no_habits(habits):
    assert sorted(habits.customer_id) == ["a", "b", "c", "d", "e"]
    for who in "de":
        assert row_of(habits, who).isna().all()


def test_three_columns_are_enough_and_tell_no_habits(tmp_path):
    opened = open_shop(
        tmp_path, [("a", "2024-01-01", "5"), ("a", "2024-02-01", "7"), ("b", "2024-01-02", "9")],
        columns={"customer_id": "customer", "ordered_at": "at", "amount": "amount"},
    )  # fmt: skip
    found = look(opened, "traits")
    assert sorted(found.customer_id) == ["a", "b"]
    assert found.drop(columns="customer_id").isna().all(axis=None)


def test_equally_usual_at_one_moment_is_the_first_by_the_alphabet():
    at = dt.datetime(2024, 1, 1)
    lines = table(
        [{"customer_id": "a", "order_key": str(n), "ordered_at": at, "channel": name} for n, name in enumerate(["web", "app", None])],
        customer_id="string", order_key="string", ordered_at="timestamp", channel="string",
    )  # fmt: skip
    found = traits.find_usual(lines, "channel").execute()
    assert found.values.tolist() == [["a", "app", 2, 1]]


def answers(*rows):
    made = [
        {"customer_id": who, "answered_at": dt.datetime(2024, 1, day), "kind": kind, "score": score, "scale_low": low, "scale_high": high, "topic": None, "comment": None}
        for who, day, kind, score, low, high in rows
    ]  # fmt: skip
    return table(made, **ANSWER)


def said(*rows):
    asked = answers(*rows)
    return traits.sum_answers(asked, traits.count_satisfied(asked)).execute().set_index("customer_id")


@pytest.mark.parametrize(
    ("score", "low", "high", "expected"),
    [(9, 0, 10, 9), (6, 0, 10, 6), (0, 0, 10, 0), (5, 1, 5, 10), (3, 1, 5, 5), (7, 1, 7, 10), (4, 1, 7, 5)],
)
def test_recommendation_is_brought_to_the_scale_from_0_to_10(score, low, high, expected):
    """So that 5 of 1-5 and 7 of 1-7 are promoters (9 or more), 3 of 1-5 and 4 of 1-7 detractors (6 or fewer)."""
    assert said(("a", 1, "nps", score, low, high)).nps.tolist() == [expected]


def test_the_last_recommendation_counts_and_of_one_moment_the_lowest():
    found = said(("a", 1, "nps", 10, 0, 10), ("a", 9, "nps", 6, 0, 10), ("b", 3, "nps", 9, 0, 10), ("b", 3, "nps", 7, 0, 10), ("c", 3, "csat", 5, 1, 5))
    assert found.nps[["a", "b"]].tolist() == [6, 7]
    assert pd.isna(found.nps["c"])


@pytest.mark.parametrize(("low", "high", "satisfied", "not_satisfied"), [(1, 5, 4, 3), (1, 7, 6, 5), (0, 10, 8, 7), (1, 10, 8, 7), (1, 3, 3, 2)])
def test_the_upper_quarter_of_a_scale_is_satisfied(low, high, satisfied, not_satisfied):
    found = said(
        ("a", 1, "csat", satisfied, low, high), ("b", 1, "csat", not_satisfied, low, high), ("c", 1, "csat", high, low, high), ("c", 2, "csat", low, low, high)
    )
    assert found.csat[["a", "b", "c"]].tolist() == [1, 0, 0.5]


def test_effort_is_the_mean_on_the_scale_from_1_to_7():
    found = said(("a", 1, "ces", 7, 1, 7), ("a", 2, "ces", 4, 1, 7), ("b", 1, "ces", 5, 1, 5), ("b", 2, "ces", 3, 1, 5))
    assert found.ces[["a", "b"]].tolist() == [5.5, 5.5]  # (7 + 4) / 2; 5 and 3 of 1-5 are 7 and 4 of 1-7


def test_contacts_are_counted_by_kind_in_both_languages():
    rows = [("a", 1, "browse", 3), ("a", 2, "浏览", 1), ("a", 5, "Click", 2), ("a", 4, "咨询", 1), ("b", 3, "visit to the office", 7)]
    made = [
        {"customer_id": who, "occurred_at": dt.datetime(2024, 1, day, 23), "kind": kind, "object": None, "count": count, "value": None}
        for who, day, kind, count in rows
    ]
    found = traits.sum_contacts(table(made, **CONTACT)).execute().set_index("customer_id")
    assert found.loc["a", ["browses", "clicks", "inquiries", "contacts"]].tolist() == [4, 2, 1, 7]
    assert found.loc["b", ["browses", "clicks", "inquiries", "contacts"]].tolist() == [0, 0, 0, 7]
    assert pd.Timestamp(found.last_contact_date["a"]).date() == dt.date(2024, 1, 5)


# -- against plain pandas ---------------------------------------------------------------------------------------------------------------------------------


def usual(lines, column):
    """The most usual value by orders, then the latest, then the alphabet; with different values and orders."""
    told = lines.dropna(subset=[column]).groupby(["customer_id", column]).agg(orders=("order_key", "nunique"), at=("ordered_at", "max")).reset_index()
    told = told.sort_values(["orders", "at"], ascending=False, kind="stable").sort_values("customer_id", kind="stable")
    best = {}
    for who, own in told.groupby("customer_id"):
        top = own[(own.orders == own.orders.max())]
        top = top[top["at"] == top["at"].max()]
        best[who] = (min(top[column]), len(own), int(own.orders.max()))
    return best


def check_against_pandas(opened, *, category=True, channel=False, attributes=()):
    kept = opened.get("lines").kept.execute()
    kept = kept[kept.units_left.astype(float) > 0]
    found = opened.get("traits").execute().set_index("customer_id")
    orders = kept.groupby("customer_id").order_key.nunique()
    items = kept.drop_duplicates(["customer_id", "order_key", "product", "category", "unit_price"]).copy()
    price = items.unit_price.astype(float)
    by = items.category.fillna("") if category else pd.Series("", index=items.index)
    items["level"] = (price.groupby(by).rank(method="average") - 0.5) / price.groupby(by).transform("size")
    levels = items.groupby("customer_id")["level"].mean()
    assert len(levels) > 50
    assert found.price_level[levels.index].astype(float).to_numpy() == pytest.approx(levels.to_numpy(), abs=2e-6)
    assert found.products[levels.index].astype(int).tolist() == items.groupby("customer_id")["product"].nunique().tolist()
    for column, names in (
        ("category", ("favourite_category", "categories", "favourite_category_share")),
        ("channel", ("main_channel", "channels", "channel_share")),
    ):
        if not (category if column == "category" else channel):
            assert found[list(names)].isna().all(axis=None)
            continue
        expected = usual(kept, column)
        shown = {who: (row[names[0]], int(row[names[1]])) for who, row in found.iterrows() if isinstance(row[names[0]], str)}
        assert shown == {who: value[:2] for who, value in expected.items()}
        shares = {who: value[2] / orders[who] for who, value in expected.items()}
        assert found[names[2]].dropna().to_dict() == pytest.approx(shares)
    for name in attributes:
        assert {who: value for who, value in found[name].items() if isinstance(value, str)} == {who: value[0] for who, value in usual(kept, name).items()}


def test_the_sample_shop_by_plain_pandas(tmp_path):
    write_shop(make_shop(3, 150), tmp_path)
    mapped = {
        "customer_id": "客户编号", "ordered_at": "下单时间", "order_id": "订单号", "product_id": "商品编号", "product_name": "商品名称", "category": "类别",
        "quantity": "数量", "unit_price": "单价", "discount": "优惠金额", "channel": "渠道", "status": "订单状态",
    }  # fmt: skip
    config = parse_config({
        "name": "sample", "time_zone": "Asia/Shanghai",
        "inputs": {
            "transactions": {"files": ["transactions-*.csv"], "columns": mapped},
            "customers": {"files": ["customers.csv"], "columns": {"customer_id": "客户编号", "type": "客户类型"}},
            "feedback": {"files": ["feedback.csv"], "columns": {name: name for name in ("customer_id", "answered_at", "kind", "score", "scale")}},
            "events": {"files": ["events.csv"], "columns": {name: name for name in ("customer_id", "occurred_at", "kind", "count")}},
        },
    }, tmp_path)  # fmt: skip
    opened = read_data(config, "2025-06-30")
    check_against_pandas(opened, channel=True)
    found = opened.get("traits").execute().set_index("customer_id")
    kept = opened.get("lines").kept.execute()
    kept = kept[kept.units_left.astype(float) > 0].assign(off=lambda lines: lines.discount.fillna(0).astype(float) != 0)
    share = kept.groupby(["customer_id", "order_key"]).off.any().groupby("customer_id").mean()
    assert 0 < share.mean() < 1
    assert found.discount_share[share.index].to_numpy() == pytest.approx(share.to_numpy())
    feedback = opened.get("answers").execute()
    csat = feedback[feedback.kind == "csat"]
    satisfied = (csat.score >= 4).groupby(csat.customer_id).mean()  # on a scale of 1-5
    assert set(csat.scale_high) == {5} and len(satisfied) > 10
    assert found.csat.dropna().to_dict() == pytest.approx(satisfied[satisfied.index.isin(found.index)].to_dict())
    nps = feedback[feedback.kind == "nps"].sort_values(["answered_at", "score"], ascending=[True, False]).groupby("customer_id").score.last()
    assert found.nps.dropna().to_dict() == pytest.approx(nps[nps.index.isin(found.index)].to_dict())
    events = opened.get("contacts").execute()
    counts = events.pivot_table(index="customer_id", columns="kind", values="count", aggfunc="sum", fill_value=0)
    for name, kind in (("browses", "browse"), ("clicks", "click"), ("inquiries", "inquiry")):
        assert found[name].to_dict() == {who: int(counts[kind].get(who, 0)) for who in found.index}, "who was never heard of has nought where others were"
    assert found.contacts.sum() == events[events.customer_id.isin(found.index)]["count"].sum()


def test_superstore_by_plain_pandas(tmp_path, shared_data):
    attributes = {"type": "Segment", "region": "Region", "state": "State/Province"}
    columns = {"customer_id": "Customer ID", "ordered_at": "Order Date", "order_id": "Order ID", "product_id": "Product ID", "category": "Category"}
    columns |= {"quantity": "Quantity", "amount": "Sales"}
    source = {"files": [str(shared_data / "superstore" / "Sample - Superstore.csv")], "columns": columns, "attributes": attributes, "dates": "day_first"}
    opened = read_data(parse_config({"name": "superstore", "inputs": {"transactions": source}}, tmp_path), "latest")
    check_against_pandas(opened, attributes=tuple(attributes))


def test_a_chinese_shop_by_plain_pandas(tmp_path, shared_data):
    columns = {"customer_id": "customer_id", "ordered_at": "order_date", "order_id": "order_id", "product_id": "product_id", "category": "category"}
    columns |= {"quantity": "quantity", "amount": "sales"}
    source = {"files": [str(shared_data / "mall_sales_cn" / "sales_data_utf8.csv")], "columns": columns, "attributes": {"type": "细分", "region": "地区"}}
    opened = read_data(parse_config({"name": "mall", "inputs": {"transactions": source}}, tmp_path), "latest")
    check_against_pandas(opened, attributes=("type", "region"))


def test_neither_the_order_of_rows_nor_lines_split_in_two_change_anything(tmp_path):
    def furnish(lines):
        return [[*line, "AB" if line[3] in "AB" else "rest", ("web", "app")[int(str(line[2]).lstrip("R")) % 2]] for line in lines]

    columns = COLUMNS | {"category": "category", "channel": "channel"}
    lines = furnish(make_lines(4))
    mixed = [[*line[:4], part, *line[5:]] for line in lines for part in ((line[4] - np.sign(line[4]), np.sign(line[4])) if abs(line[4]) > 1 else (line[4],))]
    random.Random(2).shuffle(mixed)  # noqa: S311
    one, two = (look(open_shop(tmp_path / name, rows, columns=columns), "traits") for name, rows in (("one", lines), ("two", mixed)))
    order = {"by": "customer_id", "ignore_index": True}
    assert one.price_level.notna().sum() > 30 and set(one.channels.dropna()) == {1, 2}
    assert_frame_equal(one.sort_values(**order), two.sort_values(**order), check_exact=True)


def test_an_attribute_gives_way_to_a_column_of_ours_and_to_the_customer_list(tmp_path):
    """`segment` is ours, so the shop's own is own_segment; the type of the list counts, not that of the lines; names stay behind."""
    lines = [("a", "2024-01-01", "5", "gold", "person", "Ann"), ("b", "2024-01-02", "9", "blue", "firm", "Bob"), ("c", "2024-01-03", "9", "", "firm", "Cid")]
    opened = open_shop(
        tmp_path, lines, columns={"customer_id": "customer", "ordered_at": "at", "amount": "amount"},
        attributes={"segment": "theirs", "type": "kind", "name": "who"}, people=[("a", "enterprise")], people_columns={"customer_id": "id", "type": "type"},
    )  # fmt: skip
    found = look(opened, "traits").set_index("customer_id")
    assert found.own_segment[["a", "b"]].tolist() == ["gold", "blue"]
    assert not {"type", "name", "segment"} & set(found.columns)
    assert isinstance(opened.get("traits"), ibis.Table)
