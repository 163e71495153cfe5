"""Who left and who stayed: the same time for everybody, counted by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from analysis.data.beginnings import list_returned_days
from analysis.data.purchases import list_purchases
from analysis.data.waits import part_fates
from analysis.models.profiles import count_fates, level_prices
from shops import look, open_shop, table

# purchase days after 1 January 2024; as-of is day 200, the horizon 90: the window is days 21 to 110
PEOPLE = {
    "ann": (0, 30, 100, 190),  # the 100th: back after 90 days
    "bob": (0, 110, 201),  # 91 days later: too late
    "cid": (20, 150),  # nothing in the window
    "dee": (21,),
    "eve": (1, 2, 3, 4, 60, 111),
}
AS_OF = dt.date(2024, 1, 1) + dt.timedelta(days=200)


def at(number):
    return dt.date(2024, 1, 1) + dt.timedelta(days=number)


@pytest.fixture(scope="module")
def parted():
    rows = [
        {"customer_id": who, "order_key": str(day), "day": at(day), "amount": Decimal(day + 1), "counts": True} for who, days in PEOPLE.items() for day in days
    ]
    purchases = list_purchases(table(rows, customer_id="string", order_key="string", day="date", amount="decimal(38,4)", counts="boolean"))
    return part_fates(purchases, as_of=AS_OF, horizon=90)


def test_everybody_had_the_same_time_to_come_back(parted):
    found = parted.execute().set_index("customer_id").sort_index()
    assert {who: (row.amount, row.orders, row.gone) for who, row in found.iterrows()} == {
        "ann": (101, "two_to_four", False), "bob": (111, "two_to_four", True), "dee": (22, "one", True), "eve": (61, "more", False),
    }  # fmt: skip


def test_prices_are_parted_in_thirds_of_values(parted):
    """22, 61, 101, 111: the thirds are cut at 61 and 101."""
    found = level_prices(parted).execute().set_index("customer_id").price_level.to_dict()
    assert found == {"dee": "low", "eve": "low", "ann": "middle", "bob": "high"}


def test_fates_are_counted_by_feature():
    rows = [("a", 12, 3), ("b", 8, 7), ("c", 1, 1)]
    people = [{"customer_id": f"{value}{i}", "gone": i < left, "kind": value, "same": "x"} for value, left, stayed in rows for i in range(left + stayed)]
    parted = table(people, customer_id="string", gone="boolean", kind="string", same="string")
    found = count_fates(parted, ["same", "kind"], least=5)
    assert found[["feature", "value", "left", "customers"]].values.tolist() == [["kind", "a", 12, 15], ["kind", "b", 8, 15]]
    assert found.overall.tolist() == [21 / 32] * 2
    # Wilson: 12 of 15 .548 to .930, 8 of 15 .301 to .752; both hold .656
    assert found[["low", "high"]].round(3).values.tolist() == [[0.548, 0.930], [0.301, 0.752]]
    assert not found.differs.any()
    assert count_fates(parted.filter(parted.kind == "z"), ["kind"]).empty


def test_an_order_of_which_something_came_back(tmp_path):
    rows = [
        ["ann", "2024-01-05", "1", "tea", 3, 2], ["ann", "2024-02-01", "2", "tea", -1, 2], ["bob", "2024-01-05", "3", "tea", 1, 2], ["cid", "2024-01-06", "4", "tea", 1, 2],
    ]  # fmt: skip
    found = list_returned_days(open_shop(tmp_path, rows).get("lines").lines).execute()
    assert [(row.customer_id, row.day.date() if hasattr(row.day, "date") else row.day) for row in found.itertuples()] == [("ann", dt.date(2024, 1, 5))]


@pytest.mark.parametrize("count", [1, 40])
def test_a_run_compares_what_can_be_compared(tmp_path, count):
    """Tea leaves, cups stay; of forty each there is something to say, of one nothing."""
    rows = [["z", "2024-02-01", "z", "cup", 1, 3], ["z", "2024-08-01", "y", "cup", 1, 3]]  # the window is 4 February to 3 May
    rows += [[f"t{i}", "2024-03-01", f"t{i}", "tea", 1, 2] for i in range(count)]
    rows += [[f"c{i}", day, f"c{i}{day}", "cup", 1, 3] for i in range(count) for day in ("2024-03-02", "2024-05-20")]
    found = look(open_shop(tmp_path, rows, lifecycle={"cohorts_by": ["product"]}), "fates")
    if count == 1:
        assert found.empty
        return
    told = {(row.feature, row.value): (row.left, row.customers, row.differs) for row in found.itertuples()}
    assert told[("product", "tea")] == (40, 40, True)
    assert told[("product", "cup")] == (0, 40, True)
    assert set(found.horizon) == {90}
