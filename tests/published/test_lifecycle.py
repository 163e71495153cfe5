"""Silences on real and on made-up shops: UCI Online Retail against plain pandas, the sample shop against its hidden truth."""

import datetime as dt
import tomllib

import numpy as np
import pandas as pd
import pytest

from analysis.config import parse_config
from analysis.data.sample import make_shop, write_shop
from analysis.run import read_data
from shops import look

COLUMNS = {
    "customer_id": "CustomerID", "ordered_at": "InvoiceDate", "order_id": "InvoiceNo", "product_id": "StockCode", "product_name": "Description",
    "quantity": "Quantity", "unit_price": "UnitPrice",
}  # fmt: skip
LAST = pd.Timestamp(2011, 12, 9)


@pytest.fixture(scope="module")
def retail(shared_data):
    values = {
        "name": "online-retail", "currency": "GBP", "time_zone": "Europe/London",
        "inputs": {"transactions": {"files": ["online_retail.csv.gz"], "columns": COLUMNS, "attributes": {"country": "Country"}}},
    }  # fmt: skip
    return read_data(parse_config(values, shared_data / "online_retail"), "latest")


@pytest.fixture(scope="module")
def days(retail):
    """The different purchase days, from the orders, in pandas: customer_id, day, money, number, next, first."""
    orders = look(retail, "orders")
    orders = orders[orders.counts].assign(day=lambda rows: pd.to_datetime(rows.day), amount=lambda rows: rows.amount.astype(float))
    found = orders.groupby(["customer_id", "day"], as_index=False).amount.sum().sort_values(["customer_id", "day"], ignore_index=True)
    own = found.groupby("customer_id").day
    return found.assign(number=own.cumcount(), first=own.transform("min"), next=own.shift(-1))


def at(days, day):
    """Everybody's last purchase until a day."""
    return days[(days.day <= day) & ~(days.next <= day)]


def test_every_silence_is_what_pandas_says(retail, days):
    rhythm = retail.get("clockwork").rhythm
    found = look(retail, "overdue").set_index("customer_id").sort_index().astype(float)
    now = at(days, LAST).set_index("customer_id").sort_index()
    assert found.index.tolist() == now.index.tolist()
    usual = (rhythm.scale + (now.day - now["first"]).dt.days) / (rhythm.shape + now.number)
    np.testing.assert_allclose(found.usual_gap_days, usual, atol=1e-6)
    np.testing.assert_allclose(found.overdue_index, (LAST - now.day).dt.days / usual, atol=1e-6)
    year = days.merge(now.day.rename("last"), left_on="customer_id", right_index=True)
    spent = year[year.day > year["last"] - pd.Timedelta(days=365)].groupby("customer_id").amount.sum()
    np.testing.assert_allclose(found.year_monetary.astype(float), spent.sort_index(), atol=1e-6)


def test_shares_of_return_are_those_of_past_month_ends(retail, days):
    """Counted again outside the engine: nine month-ends, December 2010 to August 2011, have ninety days after them before the data end."""
    rhythm = retail.get("clockwork").rhythm
    ends = pd.date_range("2010-12-31", LAST - pd.Timedelta(days=90), freq="ME")
    assert len(ends) == 9
    parts = []
    for end in ends:
        part = at(days, end)
        usual = (rhythm.scale + (part.day - part["first"]).dt.days) / (rhythm.shape + part.number)
        index = (end - part.day).dt.days / usual
        parts.append(pd.DataFrame({
            "bin": sum((index >= edge).astype(int) for edge in (0.5, 1, 1.5, 2, 3, 5)), "times": (part.number >= 1) * 1 + (part.number >= 4) * 1,
            "pace": (usual > 90) * 1, "back": part.next <= end + pd.Timedelta(days=90),
        }))  # fmt: skip
    seen = pd.concat(parts)
    overall = seen.back.mean()
    found = look(retail, "overdue").set_index("customer_id").sort_index().astype(float)
    now = at(days, LAST).set_index("customer_id").sort_index()
    index = found.overdue_index
    for times, low, high in ((0, 0, 1), (1, 1, 4), (2, 4, 10**6)):
        for pace in (0, 1):
            mine = seen[(seen.times == times) & (seen.pace == pace)]
            share = (mine.back.sum() + 25 * overall) / (len(mine) + 25)
            for late, (above, below) in enumerate(((0, 0.5), (0.5, 1), (1, 1.5), (1.5, 2), (2, 3), (3, 5), (5, np.inf))):
                cell = mine[mine.bin == late].back
                share = (cell.sum() + 25 * share) / (len(cell) + 25)
                who = (now.number >= low) & (now.number < high) & ((found.usual_gap_days > 90) == pace) & (index >= above) & (index < below)
                np.testing.assert_allclose(found.return_90d[who], share, atol=1e-9)


def test_expectations_on_online_retail_are_near_what_came(retail, days):
    """Nobody can know the autumn from one year; still no group is further off than ten points, and who orders most surely is told from who hardly will."""
    frame = retail.get("reliability")
    before = at(days, LAST - pd.Timedelta(days=90))
    assert frame.customers.sum() == len(before)
    assert frame.returned.sum() == (before.next <= LAST).sum()
    assert (frame.predicted - frame.observed).abs().max() < 0.1
    assert frame.observed.iloc[-1] > 2.5 * frame.observed.iloc[0]


@pytest.fixture(scope="module")
def sample(root, tmp_path_factory):
    """The sample shop from another seed than the one it was looked at with, under the configuration that comes with it."""
    folder, shop = tmp_path_factory.mktemp("sample"), make_shop(seed=11, customers=2500)
    write_shop(shop, folder)
    values = tomllib.loads((root / "workbook.toml").read_text(encoding="utf-8"))
    for name, source in values["inputs"].items():
        source["files"] = ["transactions-*.csv" if name == "transactions" else f"{name}.csv"]
    return read_data(parse_config(values, folder), "2025-12-31"), shop.truth.set_index("customer_id")


def test_seasons_of_the_sample_shop_are_those_it_was_made_with(sample, root):
    """Relative busyness of months as in its recipe; sales days and feasts come on top there, so near is enough."""
    words = tomllib.loads((root / "src" / "analysis" / "data" / "sample_names.toml").read_text(encoding="utf-8"))
    found = sample[0].get("clockwork").season
    assert found.is_known
    assert np.corrcoef(found.months, words["seasons"]["months"])[0, 1] > 0.75


def test_the_later_the_more_have_really_gone(sample):
    """The index knows nothing of the day on which a customer dropped out; among the latest nearly all have, among the punctual nearly none."""
    opened, truth = sample
    found = look(opened, "overdue").set_index("customer_id").join(truth, how="inner")
    gone = pd.to_datetime(found.dropped_out_on, errors="coerce") <= pd.Timestamp(2025, 12, 31)
    shares = gone.groupby(pd.cut(found.overdue_index, [-1, 0.5, 1, 2, 3, 5, 1000])).mean()
    assert shares.is_monotonic_increasing
    assert shares.iloc[0] < 0.06
    assert shares.iloc[-1] > 0.9


def test_expectations_on_the_sample_shop_come_true(sample):
    frame = sample[0].get("reliability")
    assert len(frame) >= 6
    assert frame.returned.sum() == pytest.approx((frame.predicted * frame.customers).sum(), rel=0.12)
    assert ((frame.predicted - frame.observed).abs() * frame.customers).sum() / frame.customers.sum() < 0.05


def test_the_clock_stands_at_as_of(retail):
    clockwork = retail.get("clockwork")
    assert clockwork.reading == (dt.date(2011, 12, 9) - dt.date(2010, 12, 1)).days
    assert clockwork.ahead == 90
