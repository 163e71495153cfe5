"""What customers began with: the dearest line of the first day, and who was seen again, counted by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from analysis.data.activity import list_active_months
from analysis.data.beginnings import count_cohorts_by, keep_largest, list_attributes, pick_occasion
from analysis.data.purchases import list_purchases
from analysis.errors import ConfigurationError
from shops import look, open_shop, table

# who, when, money, category, channel
LINES = [
    ("ann", (1, 3), "5", "tea", "web"), ("ann", (1, 3), "9", "pots", "web"), ("ann", (2, 1), "7", "tea", None), ("ann", (4, 9), "1", "cups", "till"),
    ("bob", (2, 5), "4", "tea", "till"), ("bob", (3, 5), "4", "tea", "till"), ("cid", (2, 5), "6", "pots", "till"), ("cid", (2, 5), "6", "cups", "till"),
    ("dee", (3, 20), "10", "tea", None), ("dee", (4, 1), "30", "tea", None),
]  # fmt: skip
END = dt.date(2024, 4, 30)
FEB, APR = 2024 * 12 + 1, 2024 * 12 + 3


@pytest.fixture(scope="module")
def shop():
    kept = [
        {
            "customer_id": who,
            "ordered_at": dt.datetime(2024, *day, 12),
            "amount_left": Decimal(money),
            "category": category,
            "channel": channel,
            "product_name": None,
        }
        for who, day, money, category, channel in LINES
    ]
    orders = [
        {"customer_id": who, "order_key": str(i), "day": dt.date(2024, *day), "amount": Decimal(money), "counts": True}
        for i, (who, day, money, *_) in enumerate(LINES)
    ]
    orders = table(orders, customer_id="string", order_key="string", day="date", amount="decimal(38,4)", counts="boolean")
    known = table(
        [{"customer_id": who, "country": "CN" if who < "c" else None} for who in ("ann", "bob", "cid", "dee")], customer_id="string", country="string"
    )
    lines = table(kept, customer_id="string", ordered_at="timestamp", amount_left="decimal(18,4)", category="string", channel="string", product_name="string")
    return lines, known, list_purchases(orders), list_active_months(orders)


def test_attributes_are_those_in_which_anything_stands(shop):
    lines, known, _purchases, _months = shop
    assert list_attributes(lines, known) == ["category", "channel", "country"]
    assert list_attributes(lines.mutate(product_name=lines.category).drop("category", "channel"), known.drop("country")) == ["product_name"]


def test_the_dearest_line_tells_what_a_day_was(shop):
    lines, known, purchases, _months = shop
    first = pick_occasion(lines, known, purchases.filter(purchases.number == 1), ["category", "channel", "country"]).execute().set_index("customer_id")
    assert first[["category", "channel", "country"]].T.to_dict("list") == {
        "ann": ["pots", "web", "CN"], "bob": ["tea", "till", "CN"], "cid": ["cups", "till", "untold"],  # two lines of 6: the first by its name
        "dee": ["tea", "untold", "untold"],
    }  # fmt: skip
    last = pick_occasion(lines, known, purchases.filter(purchases.next_day.isnull()), ["category"]).execute().set_index("customer_id")
    assert last.category.to_dict() == {"ann": "cups", "bob": "tea", "cid": "cups", "dee": "tea"}


@pytest.mark.parametrize(("most", "least", "values"), [(1, 1, {"other", "tea"}), (9, 1, {"cups", "pots", "tea"}), (9, 2, {"other", "tea"}), (9, 3, {"other"})])
def test_rare_values_stand_together(shop, most, least, values):
    lines, known, purchases, _months = shop
    first = pick_occasion(lines, known, purchases.filter(purchases.number == 1), ["category"])
    assert set(keep_largest(first, "category", most=most, least=least).execute().value) == values


def test_cohorts_by_what_they_began_with(shop):
    """From February on (ann burnt in). Tea: bob (Feb, back in March) and dee (March, back in April). Cups: cid (Feb, never back). All months to April are over."""
    lines, known, purchases, months = shop
    values = keep_largest(pick_occasion(lines, known, purchases.filter(purchases.number == 1), ["category"]), "category", most=9, least=1)
    found = count_cohorts_by(months, values, burn_in=FEB, last=APR, most=2)
    assert found[["value", "period", "size", "customers", "active", "monetary", "base"]].values.tolist() == [
        ["tea", 1, 2, 2, 2, 34.0, 14.0],  # 4 + 30 of 4 + 10
        ["tea", 2, 2, 1, 0, 0.0, 4.0],  # dee has no second month yet
        ["cups", 1, 1, 1, 0, 0.0, 12.0],
        ["cups", 2, 1, 1, 0, 0.0, 12.0],
    ]
    assert found.retention.tolist() == [1, 0, 0, 0]
    assert found.revenue_retention.tolist() == [pytest.approx(34 / 14), 0, 0, 0]
    assert found.is_complete.all()
    assert count_cohorts_by(months, values, burn_in=FEB, last=APR - 1, most=2).customers.tolist() == [1, 1]  # March over, April not
    assert count_cohorts_by(months, values, burn_in=APR + 1, last=APR).empty


ROWS = [[f"c{i}", f"2024-0{month}-05", f"o{i}{month}", "tea", 1, 2] for i in range(25) for month in (1, 2, 3, 4)[: 1 + i % 4]]
ROWS += [[f"d{i}", "2024-02-07", f"p{i}", "cup", 1, 3] for i in range(25)]


def test_a_run_follows_them_with_intervals(tmp_path):
    opened = open_shop(tmp_path, ROWS, lifecycle={"cohorts_by": ["product"], "burn_in_months": 0}, as_of="2024-04-30")
    found = look(opened, "cohorts_by").set_index(["value", "period"])
    # of 25 who began with tea in January those with two or more months (18) came in February: Wilson .524 to .857
    assert found.loc[("tea", 1), ["customers", "active"]].tolist() == [25, 18]
    assert (round(found.loc[("tea", 1), "low"], 3), round(found.loc[("tea", 1), "high"], 3)) == (0.524, 0.857)
    assert found.loc[("cup", 2), ["customers", "active"]].tolist() == [25, 0]
    burnt = open_shop(tmp_path, ROWS, lifecycle={"cohorts_by": ["product"]}, as_of="2024-04-30")
    assert set(look(burnt, "cohorts_by").value) == {"cup"}  # whoever was there in January may be an old customer


def test_an_attribute_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match=r"lifecycle\.cohorts_by names colour, size: no such column.*product"):
        open_shop(tmp_path, ROWS, lifecycle={"cohorts_by": ["product", "colour", "size"]}).get("cohorts_by")
