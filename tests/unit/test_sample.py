"""The sample shop: the same bytes from the same seed, the dirt that its README counts, and truths that plain pandas finds again."""

import csv
import datetime as dt
import io
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import load_config
from analysis.data.cleaning import clean
from analysis.data.ledger import write_ledger
from analysis.data.sample import make_shop, write_shop
from analysis.data.sources import read_transactions
from analysis.engine import open_engine
from analysis.errors import ConfigurationError

PROJECT = Path(__file__).parents[2]
SAMPLE = PROJECT / "data" / "raw" / "sample"
ENCODINGS = {"transactions-2023.csv": "utf-8", "transactions-2024.csv": "utf-8-sig", "transactions-2025.csv": "gb18030"}
HEADER = ["订单号", "下单时间", "客户编号", "商品编号", "商品名称", "类别", "数量", "单价", "优惠金额", "渠道", "订单状态"]
OURS = ["order_id", "ordered_at", "customer_id", "product_id", "product_name", "category", "quantity", "unit_price", "discount", "channel", "status"]


@pytest.fixture(scope="module")
def shop():
    return make_shop()


@pytest.fixture(scope="module")
def records():
    """Every record of the committed transaction files as the csv module reads it, headers apart."""
    found = {}
    for name, encoding in ENCODINGS.items():
        header, *rows = csv.reader(io.StringIO((SAMPLE / name).read_bytes().decode(encoding), newline=""))
        assert header == HEADER
        found[name] = rows
    return found


@pytest.fixture(scope="module")
def purchases(shop):
    bought = shop.transactions[shop.transactions["quantity"] > 0]
    return bought.assign(money=(bought["quantity"] * bought["unit_price"]).astype(float))


@pytest.fixture(scope="module")
def truth(shop):
    return shop.truth.set_index("customer_id")


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path):
    for folder, seed in (("one", 7), ("two", 7), ("other", 8)):
        write_shop(make_shop(seed, customers=120), tmp_path / folder)
    one, two, other = ({path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("one", "two", "other"))
    assert one == two
    assert {name for name in one if one[name] == other[name]} == set()


def test_the_committed_files_are_those_of_the_default_shop(shop, tmp_path):
    written = {path.name: path.read_bytes() for path in write_shop(shop, tmp_path / "new" / "folder")}
    assert written == {path.name: path.read_bytes() for path in SAMPLE.iterdir()}
    assert sum(map(len, written.values())) < 2_500_000


@pytest.mark.parametrize("seed", range(5))
def test_the_smallest_shop_is_whole(seed):
    shop = make_shop(seed, customers=50)
    assert len(shop.truth) == len(shop.customers) == 50
    assert shop.transactions["customer_id"].nunique() == (shop.truth["kind"] != "prospect").sum()


def test_too_few_customers_are_refused():
    with pytest.raises(ConfigurationError, match="at least 50 customers; got 49"):
        make_shop(customers=49)


def _parse_time(text):
    try:
        return dt.datetime.strptime(text, "%Y/%m/%d %H:%M")
    except ValueError:
        return None


def _plain_id(text):
    return text.replace("\u00a0", "").translate({0xFF10 + digit: str(digit) for digit in range(10)})


def _count_dirt(records):
    """Count what is wrong with nothing but the csv module: the definitions of the README, written a second time."""
    counts = Counter()
    whole = {name: [dict(zip(OURS, row, strict=True)) for row in rows if len(row) == 11] for name, rows in records.items()}
    every = [row for rows in whole.values() for row in rows]
    earlier = Counter((row["order_id"], row["product_id"], row["quantity"]) for row in whole["transactions-2023.csv"])
    earlier_orders = {row["order_id"] for row in whole["transactions-2023.csv"]}
    bought = {(_plain_id(row["customer_id"]), row["product_id"]) for row in every if not row["quantity"].startswith("-")}
    quantities = pd.Series([int(row["quantity"]) for row in every if row["quantity"].isdigit()])
    for name, rows in records.items():
        counts["ragged line", name] += sum(len(row) != 11 for row in rows)
        counts["exact duplicate line", name] += len(rows) - len(set(map(tuple, rows)))
        for row in whole[name]:
            at = _parse_time(row["ordered_at"])
            shared = name == "transactions-2024.csv" and row["order_id"] in earlier_orders
            number = re.fullmatch(r"-?\d+", row["quantity"])
            price = re.fullmatch(r"-?\d+\.\d\d", row["unit_price"])
            for kind, wrong in {
                "unreadable date": at is None,
                "unreadable quantity": not number,
                "unreadable price": not price,
                "line also in the next file": shared,
                "line restated in the next file": shared and not earlier[row["order_id"], row["product_id"], row["quantity"]],
                "row after 2025-12-31": at is not None and at.date() > dt.date(2025, 12, 31),
                "test customer": row["customer_id"] == "TEST001",
                "test order": row["order_id"].startswith("TEST-"),
                "cancelled order line": row["status"] == "已取消",
                "pending order line": row["status"] == "待付款",
                "sale without customer": row["customer_id"] == "",
                "free sample": price and Decimal(row["unit_price"]) == 0,
                "negative adjustment": price and Decimal(row["unit_price"]) < 0,
                "return without a purchase": row["quantity"].startswith("-") and (_plain_id(row["customer_id"]), row["product_id"]) not in bought,
                "postage line": row["product_id"] == "POSTAGE",
                "delivery fee line": "运费" in row["product_name"],
                "wholesale outlier": number and int(row["quantity"]) > 10 * quantities.quantile(0.99),
                "customer id with a no-break space": "\u00a0" in row["customer_id"],
                "customer id in full-width digits": re.search("[\uff10-\uff19]", row["customer_id"]),
                "product name with a comma or line break": "," in row["product_name"] or "\n" in row["product_name"],
                "hostile product name": row["product_name"][0] in "=<$",
            }.items():
                counts[kind, name] += bool(wrong)
    people = pd.read_csv(SAMPLE / "customers.csv", dtype=str, keep_default_na=False)
    counts["customer listed twice", "customers.csv"] = int(people["客户编号"].duplicated().sum())
    once = people.drop_duplicates("客户编号")
    counts["person under a second number", "customers.csv"] = int(once.duplicated(["姓名", "手机", "地址"]).sum())
    return {key: count for key, count in counts.items() if count}


def test_the_readme_counts_what_is_in_the_files(shop, records):
    lines = re.findall(r"^\| ([^|]+) \| (\S+\.csv) \| (\d+) \| (\S+) \|", (SAMPLE / "README.md").read_text(encoding="utf-8"), flags=re.M)
    written = {(kind, file): int(count) for kind, file, count, _ in lines}
    assert len(written) == len(lines) == len(shop.dirt)
    assert written == _count_dirt(records)
    assert {kind for kind, _ in written} == set(shop.dirt["kind"]) and len(set(shop.dirt["kind"])) == 25


def test_a_cleaning_by_hand_ends_at_the_clean_shop(shop, records):
    """The rules of workbook.toml, applied in plain Python to the committed files, leave exactly `shop.transactions`."""
    orders, doubled = {}, Counter()
    for name, rows in records.items():
        in_file = {}
        for row in rows:
            values = dict(zip(OURS, row, strict=False))
            readable = len(row) == 11 and _parse_time(row[1]) and re.fullmatch(r"-?\d+", row[6]) and re.fullmatch(r"-?\d+\.\d\d", row[7])
            if not readable or values["order_id"].startswith("TEST-") or values["customer_id"] in ("", "TEST001"):
                continue
            if _parse_time(row[1]).year == 2026 or values["status"] in ("已取消", "待付款") or Decimal(values["unit_price"]) <= 0:
                continue
            if values["product_id"] == "POSTAGE" or "运费" in values["product_name"] or values["order_id"].startswith("R2022"):
                continue
            row = (values["order_id"], _parse_time(row[1]), _plain_id(row[2]), *row[3:6], int(row[6]), Decimal(row[7]), Decimal(row[8]), *row[9:])
            lines = in_file.setdefault(row[0], [])
            doubled[name] += row in lines
            lines.extend([row] if row not in lines else [])
        orders |= in_file
    kept = Counter(row for lines in orders.values() for row in lines)
    assert kept == Counter(shop.transactions[OURS].itertuples(index=False, name=None))
    assert sum(doubled.values()) == shop.dirt.loc[shop.dirt["kind"] == "exact duplicate line", "count"].sum()


def test_the_readme_gives_the_clean_total(shop):
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    lines, revenue, customers = re.search(r"files, ([\d,]+) remain .*?worth ([\d,.]+) CNY, of ([\d,]+) customers", text, flags=re.S).groups()
    money = sum((quantity * price for quantity, price in zip(shop.transactions["quantity"], shop.transactions["unit_price"], strict=True)), Decimal(0))
    assert (int(lines.replace(",", "")), Decimal(revenue.replace(",", ""))) == (len(shop.transactions), money)
    assert int(customers.replace(",", "")) == (shop.truth["kind"] != "prospect").sum()


def test_the_ledger_takes_what_the_readme_counts(shop):
    """The workbook's own reading and cleaning agree with the README: rows per rule, money kept, kinds of customers."""
    engine, config = open_engine(), load_config(PROJECT / "workbook.toml")
    cleaned = clean(engine, read_transactions(engine, config).lines, config, as_of=dt.date(2025, 12, 31))
    ledger = write_ledger(cleaned)
    taken = ledger.assign(rule=ledger["rule"].replace("returns_unmatched", "returns")).groupby("rule")["rows_touched"].sum()
    counted = shop.dirt[(shop.dirt["rule"] != "") & (shop.dirt["kind"] != "line restated in the next file")].groupby("rule")["count"].sum()
    assert taken.reindex(counted.index).to_dict() == counted.to_dict()
    goods = shop.transactions
    assert ledger.iloc[-1]["amount_after"] == sum(quantity * price for quantity, price in zip(goods["quantity"], goods["unit_price"], strict=True))
    assert ledger.iloc[-1]["customers"] == (shop.truth["kind"] == "buyer").sum()
    matched = ledger.set_index("rule").loc["returns_matched"]
    assert matched["rows"] == (goods["quantity"] < 0).sum()


def test_the_configuration_fits_the_files():
    config = load_config(PROJECT / "workbook.toml")
    assert config.name == "sample-shop" and config.currency == "CNY" and config.time_zone == "Asia/Shanghai"
    assert sorted(config.inputs.transactions.columns) == sorted(OURS)
    assert set(config.inputs.transactions.columns.values()) == set(HEADER)
    header = (SAMPLE / "customers.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert set(config.inputs.customers.columns.values()) == set(header)
    assert len(list(config.folder.glob(config.inputs.transactions.files[0]))) == 3


def test_every_dirty_kind_has_a_rule_in_the_configuration_or_needs_none(shop):
    rules = [rule.rule for rule in load_config(PROJECT / "workbook.toml").cleaning]
    assert set(shop.dirt["rule"]) - {""} == set(rules) - {"before_window"}
    assert rules.index("unreadable") == 0 and rules.index("overlap") < rules.index("duplicates") < rules.index("returns")


def test_returns_never_exceed_what_was_bought_before(shop):
    moves = shop.transactions.sort_values("ordered_at", kind="stable")
    in_hand = moves.groupby(["customer_id", "product_id", "unit_price"])["quantity"].cumsum()
    assert in_hand.min() >= 0
    assert 0.02 < (moves["quantity"] < 0).mean() < 0.06
    returns = shop.transactions[shop.transactions["quantity"] < 0]
    assert returns["order_id"].str.startswith("R").all() and returns["order_id"].str[1:].isin(shop.transactions["order_id"]).all()


def test_kinds_of_customers(shop, truth):
    left = shop.transactions.groupby("customer_id")["quantity"].sum()
    assert (left.reindex(truth.index[truth["kind"] == "buyer"]) > 0).all()
    assert (left.reindex(truth.index[truth["kind"] == "cancelled_only"]) == 0).all()
    assert not truth.index[truth["kind"] == "prospect"].isin(left.index).any()
    assert truth["kind"].value_counts().gt([1000, 50, 10]).all()
    assert truth.loc[truth["kind"] == "prospect", ["first_order_on", "rhythm_days", "dropped_out_on", "value_group"]].isna().all(axis=None)


def test_first_order_and_drop_out_hold(purchases, truth):
    days = purchases.assign(day=purchases["ordered_at"].dt.date).groupby("customer_id")["day"].agg(["min", "max"])
    assert (days["min"] == truth["first_order_on"].reindex(days.index)).all()
    gone = truth["dropped_out_on"].dropna()
    assert len(gone) > 300
    assert (days["max"].reindex(gone.index) <= gone).all()


def test_rhythm_is_recovered_from_the_gaps(purchases, truth):
    orders = purchases.drop_duplicates("order_id").groupby("customer_id")["ordered_at"].agg(["min", "max", "count"])
    orders = orders[orders["count"] >= 8]
    gap = (orders["max"] - orders["min"]).dt.total_seconds() / 86400 / (orders["count"] - 1)
    rhythm = truth["rhythm_days"].reindex(gap.index).astype(float)
    assert len(gap) > 150
    assert gap.corr(rhythm, method="spearman") > 0.8
    assert 0.8 < (gap / rhythm).median() < 1.2


def test_value_groups_order_the_mean_order_value(purchases, truth):
    usual = purchases[purchases["quantity"] < 1000]
    order = usual.groupby(["customer_id", "order_id"])["money"].sum().groupby("customer_id").mean()
    means = order.groupby(truth["value_group"].reindex(order.index)).median()
    assert means["high"] > 2 * means["mid"] > 3 * means["low"]
    assert order.corr(truth["mean_basket"].reindex(order.index).astype(float), method="spearman") > 0.8


def test_the_base_grows_and_spending_is_heavy_tailed(purchases, truth):
    first = pd.to_datetime(truth["first_order_on"].dropna()).dt.year.value_counts()
    assert first[2023] < first[2024] < first[2025]
    spent = purchases.groupby("customer_id")["money"].sum().sort_values(ascending=False)
    assert 0.55 < spent.head(len(spent) // 5).sum() / spent.sum() < 0.9
    orders = purchases.groupby("customer_id")["order_id"].nunique()
    assert orders.median() <= 4 and orders.max() > 40


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_seasons(purchases, year):
    days = purchases[purchases["ordered_at"].dt.year == year].drop_duplicates("order_id").groupby(purchases["ordered_at"].dt.normalize()).size()
    months = days.groupby(days.index.month).sum()
    assert min(months[11], months[12]) > months.mean()
    assert days.loc[f"{year}-11-11"] > 2 * days.loc[f"{year}-11"].median()
    individuals = purchases[~purchases["customer_id"].str.startswith("E")].drop_duplicates("order_id")["ordered_at"].dt.day_of_week
    assert (individuals >= 5).mean() > 2 / 7


def test_spring_festival_is_quiet(purchases):
    orders = purchases.drop_duplicates("order_id")["ordered_at"]
    for festival in map(pd.Timestamp, ["2024-02-10", "2025-01-29"]):
        weeks = [orders.between(festival + pd.Timedelta(days=shift), festival + pd.Timedelta(days=shift + 7)).sum() for shift in (-9, 0)]
        assert weeks[1] < 0.6 * weeks[0]


def test_the_autumn_campaign_lifted_orders(shop, purchases):
    campaign = shop.campaigns[shop.campaigns["campaign"] == "2025-秋季焕新"]
    start = pd.Timestamp(campaign["started_at"].iloc[0])
    active = set(purchases.loc[purchases["ordered_at"].between(start, start + pd.Timedelta(days=31)), "customer_id"])
    bought = campaign["customer_id"].isin(active).groupby(campaign["group"]).mean()
    assert campaign["group"].value_counts().to_dict() == {"control": 150, "treated": 150}
    assert bought["treated"] > bought["control"] + 0.08


def test_shape_of_the_shop(shop):
    assert 12_000 <= len(shop.transactions) <= 18_000
    assert 6 <= shop.transactions["category"].nunique() <= 8 and shop.transactions["product_id"].nunique() >= 110
    assert shop.customers["type"].eq("individual").mean() == pytest.approx(0.8, abs=0.03)
    assert {"中国", "中国香港", "英国"} < set(shop.customers["country"])
    heads = set(shop.customers["parent_id"]) - {""}
    assert heads and heads <= set(shop.customers["customer_id"])
    assert set(shop.feedback["kind"]) == {"nps", "csat", "ces"} and set(shop.events["kind"]) == {"browse", "click", "inquiry"}
    known = set(shop.customers["customer_id"])
    assert all(set(table["customer_id"]) <= known for table in (shop.transactions, shop.feedback, shop.events, shop.campaigns))


def test_contact_data_are_made_up(shop):
    assert shop.customers["phone"].str.fullmatch(r"1380000\d{4}").all()
    assert shop.customers["email"].str.fullmatch(r"([a-z0-9.]+@example\.com)?").all()
