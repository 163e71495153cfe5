"""UCI Online Retail, a report a week later: what did not change is not restated, and two customers made one are found among four thousand."""

import csv
import datetime as dt
import gzip

import pytest

from analysis.config import parse_config
from analysis.run import read_data
from shops import look, remember

COLUMNS = {
    "customer_id": "CustomerID", "ordered_at": "InvoiceDate", "order_id": "InvoiceNo", "product_id": "StockCode", "product_name": "Description",
    "quantity": "Quantity", "unit_price": "UnitPrice",
}  # fmt: skip
GONE, STAYS = "12347", "12348"


@pytest.fixture(scope="module")
def shop(shared_data, tmp_path_factory):
    """Read the shop from a file, with a state of its own: the configuration for a path."""
    folder = tmp_path_factory.mktemp("retail")

    def configure(path):
        values = {
            "name": "online-retail",
            "currency": "GBP",
            "time_zone": "Europe/London",
            "inputs": {"transactions": {"files": [str(path)], "columns": COLUMNS}},
        }
        return parse_config(values, folder)

    original = shared_data / "online_retail" / "online_retail.csv.gz"
    remember(read_data(configure(original), "2011-11-30"))
    merged = folder / "merged.csv"
    with gzip.open(original, "rt", encoding="utf-8", newline="") as source, merged.open("w", encoding="utf-8", newline="") as target:
        rows = csv.DictReader(source)
        writer = csv.DictWriter(target, rows.fieldnames)
        writer.writeheader()
        writer.writerows(row | {"CustomerID": STAYS if row["CustomerID"] == GONE else row["CustomerID"]} for row in rows)
    return {"as it was": configure(original), "merged": configure(merged)}


def test_what_did_not_change_is_not_restated(shop):
    """December brings orders and returns; the last day of November is seen by the time machine as that day's own report saw it."""
    opened = read_data(shop["as it was"], "2011-12-09")
    compared = look(opened, "compared")
    assert len(compared) > 4000 and compared.reason.isna().all()
    frame = look(opened, "restatement")
    assert (frame.reported == frame.today).all() and frame.reported.sum() == 3 * len(compared) and set(frame["as_of"]) == {dt.date(2011, 11, 30)}


def test_two_customers_made_one_are_found(shop):
    compared = look(read_data(shop["merged"], "2011-12-09"), "compared").set_index("customer_id")
    assert compared.reason.dropna()[lambda reason: reason != "cuts_moved"].to_dict() == {GONE: "customer_gone", STAYS: "orders_added"}
    money = compared.loc[[GONE, STAYS], ["monetary_said", "monetary_now"]]
    assert money.loc[GONE, "monetary_now"] is None
    assert money.loc[STAYS, "monetary_now"] == money.loc[GONE, "monetary_said"] + money.loc[STAYS, "monetary_said"]
