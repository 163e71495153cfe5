"""UCI Online Retail: what other cleaning choices do to the segments, beside plain Python and pandas."""

from collections import defaultdict
from decimal import Decimal
from itertools import product

import pandas as pd
import pytest

from analysis.config import parse_config
from analysis.run import read_data
from shops import look, net_by_hand, rules

COLUMNS = {
    "customer_id": "CustomerID", "ordered_at": "InvoiceDate", "order_id": "InvoiceNo", "product_id": "StockCode", "product_name": "Description",
    "quantity": "Quantity", "unit_price": "UnitPrice",
}  # fmt: skip
SERVICES = ("post", "dot", "m", "c2", "d", "s", "bank charges", "amazonfee", "cruk", "pads", "b")
NON_PRODUCT = {"rule": "non_product", "column": "product_id", "values": SERVICES, "pattern": "gift_0001_.*"}
MAP = {  # R, F: the ten segments of the map in circulation
    **dict.fromkeys(product((1, 2), (1, 2)), "hibernating"), **dict.fromkeys(product((1, 2), (3, 4)), "at_risk"), **dict.fromkeys(product((1, 2), (5,)), "cant_lose"),
    **dict.fromkeys(product((3,), (1, 2)), "about_to_sleep"), (3, 3): "need_attention", **dict.fromkeys(product((3, 4), (4, 5)), "loyal"), (4, 1): "promising",
    (5, 1): "new", **dict.fromkeys(product((4, 5), (2, 3)), "potential_loyalist"), **dict.fromkeys(product((5,), (4, 5)), "champions"),
}  # fmt: skip


@pytest.fixture(scope="module")
def policies(shared_data):
    values = {
        "name": "online-retail", "currency": "GBP", "time_zone": "Europe/London", "cleaning": [*rules(), NON_PRODUCT],
        "inputs": {"transactions": {"files": ["online_retail.csv.gz"], "columns": COLUMNS}},
    }  # fmt: skip
    return look(read_data(parse_config(values, shared_data / "online_retail"), "latest"), "policies").set_index(["rule", "alternative"])


@pytest.fixture(scope="module")
def raw(shared_data):
    frame = pd.read_csv(shared_data / "online_retail" / "online_retail.csv.gz", dtype=str, keep_default_na=False, encoding="utf-8")
    frame = frame[frame.CustomerID != ""]
    frame["cents"] = [int(Decimal(price).scaleb(3)) for price in frame.UnitPrice]  # tenths of a penny
    frame["units"] = frame.Quantity.astype(int)
    frame["at"] = pd.to_datetime(frame.InvoiceDate).dt.tz_localize(None)
    frame["goods"] = ~(frame.StockCode.str.lower().isin(SERVICES) | frame.StockCode.str.lower().str.startswith("gift_0001_"))
    return frame


def net(lines):
    """What is left of each line after returns, with stacks."""
    left = lines.units.abs().to_dict()
    returned = set(zip(lines.CustomerID[lines.units < 0], lines.StockCode[lines.units < 0], strict=True))
    queues = defaultdict(list)
    for row in lines.itertuples():
        if (row.CustomerID, row.StockCode) in returned:
            queues[row.CustomerID, row.StockCode].append((row.Index, row.at, row.InvoiceNo, row.cents, row.units))
    for queue in queues.values():
        left |= net_by_hand(queue)
    lines = lines.assign(left=pd.Series(left))
    return lines[(lines.units > 0) & (lines.left > 0)]


def label(lines, order="InvoiceNo"):
    """Days, orders and money of every customer; scores cut at the lower value of each fifth; the segment."""
    lines = lines.assign(money=lines.left * lines.cents, day=lines["at"].dt.date)
    people = pd.DataFrame({"last": lines.groupby("CustomerID").day.max(), "orders": lines.groupby("CustomerID")[order].nunique(),
                           "money": lines.groupby("CustomerID").money.sum() / 1000})  # fmt: skip
    scores = {}
    for name, values in (("r", people["last"].map(lambda day: day.toordinal())), ("f", people.orders)):
        ordered = sorted(values)
        cuts = [ordered[(len(ordered) - 1) * fifth // 5] for fifth in (1, 2, 3, 4)]
        scores[name] = [1 + sum(cut < value for cut in cuts) for value in values]
    return people.assign(segment=[MAP[cell] for cell in zip(scores["r"], scores["f"], strict=True)])


@pytest.fixture(scope="module")
def netted(raw):
    return net(raw[raw.cents > 0])


@pytest.fixture(scope="module")
def usual(netted):
    return label(netted[netted.goods])


def compare(usual, other):
    both = usual.join(other.add_suffix("_after"), how="outer")
    moved = both.segment.fillna("") != both.segment_after.fillna("")
    money = both.money.fillna(both.money_after)
    return len(both), int(moved.sum()), money[moved].sum(), usual.money.sum(), other.money.sum()


@pytest.mark.parametrize(
    ("choice", "take"),
    [
        (("returns", "remove"), lambda raw, _netted: label(raw[(raw.cents > 0) & (raw.units > 0) & raw.goods].assign(left=lambda lines: lines.units))),
        (("duplicates", "remove"), lambda raw, _netted: label(net(raw[(raw.cents > 0) & ~raw.duplicated(list(COLUMNS.values()))]).query("goods"))),
        (("non_product", "keep"), lambda _raw, netted: label(netted)),
        (("order", "day"), lambda _raw, netted: label(netted[netted.goods].assign(date=lambda lines: lines["at"].dt.date), order="date")),
    ],
    ids=["returns removed", "duplicates removed", "services kept", "an order a day"],
)  # fmt: skip
def test_each_choice_moves_whom_pandas_says(policies, usual, raw, netted, choice, take):
    found = policies.loc[choice]
    customers, moved, money, before, after = compare(usual, take(raw, netted))
    assert (found.customers, found.customers_changed) == (customers, moved)
    assert found.money_moved == pytest.approx(money, abs=0.01)
    assert (found.revenue_before, found.revenue_after) == (pytest.approx(before, abs=0.01), pytest.approx(after, abs=0.01))
    assert found.sampled == 1


def test_what_found_nothing_is_not_asked(policies):
    assert set(policies.index) == {
        ("duplicates", "remove"),
        ("price", "keep"),
        ("returns", "remove"),
        ("returns", "keep"),
        ("non_product", "keep"),
        ("order", "day"),
    }
