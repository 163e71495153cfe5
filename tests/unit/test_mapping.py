"""A guess must load as it is written, and bring in what the data are known to hold."""

from decimal import Decimal
from pathlib import Path

import pytest

from analysis.config import load_config
from analysis.data.mapping import Guess, guess, write_config
from analysis.data.sources import read_input, read_transactions
from analysis.engine import open_engine
from analysis.errors import ConfigurationError, DataRefused

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the real data are not here")

HEADER = "order_no,client id,order date,sku,item,qty,price\n"


def look(folder: Path, *files: Path) -> tuple[Guess, object]:
    guessed = guess(open_engine(folder / "scratch"), list(files))
    write_config(guessed, folder / "workbook.toml")
    return guessed, load_config(folder / "workbook.toml")


def guess_text(folder: Path, **files: str) -> tuple[Guess, object]:
    paths = []
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
        paths.append(folder / f"{name}.csv")
    return look(folder, *paths)


# totals, rows and customers as counted in the README beside each file
@real
@pytest.mark.parametrize(
    ("file", "rows", "amount", "customers", "preset"),
    [
        ("online_retail/online_retail.csv.gz", 541_909, "9747747.934", 4_372, "UCI Online Retail"),
        ("cdnow/CDNOW_master.txt", 69_659, "2500315.630", 23_570, "CDNOW"),
        ("cdnow/CDNOW_sample.txt", 6_919, None, 2_357, "CDNOW"),
        ("superstore/Sample - Superstore.csv", 10_194, "2326534.354", 804, "Tableau Superstore"),
        ("superstore/Sample - Superstore.xls", 10_194, "2326534.354", 804, "Tableau Superstore"),
        ("mall_sales_cn/商城详细销售数据.csv", 9_959, "16068954.125", 790, "Tableau Superstore (Chinese)"),
        ("mall_sales_cn/sales_data_utf8.csv", 9_959, "16068954.125", 790, "Tableau Superstore (Chinese)"),
        ("rfm_r/rfm_data_orders.csv", 4_906, "464158.000", 995, None),
    ],
)
def test_real_files_come_in_whole_without_editing(tmp_path, file, rows, amount, customers, preset):
    guessed, config = look(tmp_path, DATA / file)
    assert guessed.preset == preset
    intake = read_transactions(open_engine(tmp_path / "s"), config)
    found = intake.lines.aggregate(
        rows=intake.lines.count(), problems=intake.lines.problem.count(), customers=intake.lines.customer_id.nunique(), amount=intake.lines.amount.sum()
    ).to_pyarrow().to_pylist()[0]  # fmt: skip
    assert (found["rows"], found["problems"], found["customers"]) == (rows, 0, customers)
    assert amount is None or round(found["amount"], 3) == Decimal(amount)
    assert sum(file.records for file in intake.inputs) == rows


@real
def test_superstore_dates_are_those_of_the_workbook_for_every_row(tmp_path):
    days = {}
    for suffix in ("csv", "xls"):
        _, config = look(tmp_path, DATA / "superstore" / f"Sample - Superstore.{suffix}")
        config = config.replace(inputs={"transactions": config.inputs.transactions.model_dump() | {"attributes": {"row": "Row ID"}}})
        lines = read_transactions(open_engine(tmp_path / "s"), config).lines
        days[suffix] = dict(zip(*lines.select("row", "ordered_at").to_pyarrow().to_pydict().values(), strict=True))
    assert len(days["csv"]) == 10_194 and days["csv"] == days["xls"]


@real
def test_presets_bring_their_rules(tmp_path):
    guessed, config = look(tmp_path, DATA / "online_retail/online_retail.csv.gz")
    assert [rule.rule for rule in config.cleaning][-3:] == ["returns", "non_product", "outliers"]
    assert {"POST", "BANK CHARGES", "m"} <= set(config.cleaning[-2].values) and config.cleaning[-2].pattern == "gift_.*"
    assert (config.currency, config.time_zone, config.order) == ("GBP", "Europe/London", "id")
    guessed, config = look(tmp_path, DATA / "cdnow/CDNOW_sample.txt")
    assert config.order == "day" and next(rule.action for rule in config.cleaning if rule.rule == "price") == "keep"
    assert guessed.transactions["header"] is False


@real
def test_a_file_without_orders_is_refused(tmp_path):
    with pytest.raises(DataRefused, match=r"one row per customer \(7,043 rows.*when \(ordered_at\) and how much"):
        look(tmp_path, DATA / "telco_churn/Telco-Customer-Churn.csv")


def test_uci_second_edition_headers(tmp_path):
    guessed, _ = guess_text(
        tmp_path, f="Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n1,2,x,1,2009-12-01 07:45:00,1.5,13085,UK\n"
    )
    assert guessed.preset == "UCI Online Retail" and guessed.transactions["columns"]["unit_price"] == "Price"


def test_english_headers(tmp_path):
    guessed, config = guess_text(tmp_path, f=HEADER + "1,0012,25/12/2024,A1,Tea,2,1.5\n2,0013,26/12/2024,A1,Tea,2,1.5\n")
    assert guessed.transactions["columns"] == {
        "customer_id": "client id", "ordered_at": "order date", "order_id": "order_no", "product_id": "sku", "product_name": "item", "quantity": "qty", "unit_price": "price",
    }  # fmt: skip
    assert config.inputs.transactions.dates == "day_first" and guessed.transactions["files"] == [str(tmp_path / "f.csv")]
    assert config.inputs.transactions.files == ("f.csv",)
    assert any("day-first" in sentence for sentence in guessed.said)


def test_chinese_headers(tmp_path):
    text = (
        "订单号,下单时间,会员号,商品名称,数量,单价,实付金额,订单状态,渠道,手机号\n"
        "1,2024-05-01 10:00,007,茶,2,10,18,交易成功,微信,13800000000\n2,2024-05-02 10:00,008,茶,1,10,10,待付款,微信,13800000000\n"
    )
    guessed, config = guess_text(tmp_path, f=text)
    columns = guessed.transactions["columns"]
    assert (columns["customer_id"], columns["ordered_at"], columns["amount"], columns["status"]) == ("会员号", "下单时间", "实付金额", "订单状态")
    assert "手机号" not in [*columns.values(), *guessed.transactions["attributes"].values()]
    assert (config.currency, config.time_zone) == ("CNY", "Asia/Shanghai")
    assert next(rule.values for rule in config.cleaning if rule.rule == "unpaid") == ("交易成功",)
    assert [rule.rule for rule in config.cleaning].index("unpaid") < [rule.rule for rule in config.cleaning].index("anonymous")


def test_refunds_that_are_return_rows_still_count(tmp_path):
    head = HEADER.replace("\n", ",status\n")
    returns, _ = guess_text(tmp_path, f=head + "1,a,2024-01-01,A,Tea,2,1,completed\n2,a,2024-01-02,A,Tea,-2,1,refunded\n3,a,2024-01-02,A,Tea,1,1,cancelled\n")
    assert next(rule["values"] for rule in returns.rules if rule["rule"] == "unpaid") == ["completed", "refunded"]
    whole, _ = guess_text(tmp_path, f=head + "1,a,2024-01-01,A,Tea,2,1,completed\n2,a,2024-01-02,A,Tea,2,1,refunded\n3,a,2024-01-02,A,Tea,1,1,cancelled\n")
    assert next(rule["values"] for rule in whole.rules if rule["rule"] == "unpaid") == ["completed"]


def test_dates_are_found_by_content(tmp_path):
    guessed, _ = guess_text(tmp_path, f="customer,when,amount\n" + "".join(f"{n},2024-01-{n:02},5\n" for n in range(1, 20)))
    assert guessed.transactions["columns"]["ordered_at"] == "when" and guessed.order == "day"


def test_a_total_of_the_order_on_every_row_is_not_added_up(tmp_path):
    rows = "1,a,2024-01-01,A,Tea,2,1,5\n1,a,2024-01-01,B,Cup,1,3,5\n2,b,2024-01-02,A,Tea,1,1,4\n2,b,2024-01-02,B,Cup,1,3,4\n"
    guessed, _ = guess_text(tmp_path, f=HEADER.replace("\n", ",order total\n") + rows)
    assert "amount" not in guessed.transactions["columns"] and any("repeats the total" in sentence for sentence in guessed.said)
    guessed, _ = guess_text(
        tmp_path,
        f=HEADER.replace("\n", ",amount\n")
        + "1,a,2024-01-01,A,Tea,2,1,2\n1,a,2024-01-01,B,Cup,1,3,3\n2,b,2024-01-02,A,Tea,1,1,1\n2,b,2024-01-02,B,Cup,1,3,3\n",
    )
    assert guessed.transactions["columns"]["amount"] == "amount"


def test_a_decimal_comma_is_seen(tmp_path):
    guessed, config = guess_text(tmp_path, f="kunde;date;customer;amount\n1;25.12.2024;a;1,50\n1;26.12.2024;a;2,50\n")
    assert config.inputs.transactions.decimal == "," and config.inputs.transactions.delimiter == ";"
    lines = read_transactions(open_engine(tmp_path / "s"), config).lines
    assert lines.amount.sum().as_scalar().to_pyarrow().as_py() == 4
    assert guessed.order == "day"


def test_ambiguous_dates_are_a_question_in_the_file(tmp_path):
    guessed, config = guess_text(tmp_path, f=HEADER + "1,a,03/04/2024,A,Tea,1,1\n2,b,05/06/2024,A,Tea,1,1\n")
    assert config.inputs.transactions.dates is None
    assert any('dates = "month_first"' in sentence for sentence in guessed.said)
    with pytest.raises(ConfigurationError, match="day or month first"):
        read_transactions(open_engine(tmp_path / "s"), config)


def test_a_customer_master_beside_the_orders(tmp_path):
    orders = HEADER + "1,a,2024-01-01,A,Tea,1,1\n2,b,2024-01-02,A,Tea,1,1\n3,a,2024-01-03,A,Tea,1,1\n"
    master = "Client ID,Full name,E-mail,City,Tier,Registered\na,Ann,a@example.org,Rome,gold,2020-01-01\nb,Bob,b@example.org,Oslo,silver,2021-01-01\n"
    guessed, config = guess_text(tmp_path, master=master, orders=orders)
    assert guessed.customers["columns"] == {"customer_id": "Client ID", "name": "Full name", "email": "E-mail", "city": "City", "registered_at": "Registered"}
    assert guessed.customers["attributes"] == {"tier": "Tier"}
    assert config.inputs.transactions.files == ("orders.csv",)
    rows = read_input(open_engine(tmp_path / "s"), config, "customers").lines.order_by("customer_id").to_pyarrow().to_pylist()
    assert [(row["customer_id"], row["tier"], row["problem"]) for row in rows] == [("a", "gold", None), ("b", "silver", None)]


def test_several_files_with_the_same_header_are_one_input(tmp_path):
    guessed, config = guess_text(tmp_path, y2=HEADER + "3,c,2024-02-01,A,Tea,1,1\n", y1=HEADER + "1,a,2024-01-01,A,Tea,1,1\n")
    assert config.inputs.transactions.files == ("y2.csv", "y1.csv")
    assert "overlap" in [rule["rule"] for rule in guessed.rules]


def test_hostile_headers_and_names_are_written_as_strings(tmp_path):
    text = 'customer,order date,amount,"country"\n' + '"a""]\n[x]",2024-01-01,1,"x"\n' * 3
    folder = tmp_path / 'o"dd'
    folder.mkdir()
    _, config = guess_text(folder, **{"a'] = 1 #": text})
    assert config.inputs.transactions.files == ("a'] = 1 #.csv",)


def test_what_is_missing_is_named(tmp_path):
    with pytest.raises(DataRefused, match=r"no column was found for when \(ordered_at\).*'customer', 'amount'"):
        guess_text(tmp_path, f="customer,amount\na,1\na,2\n")
    with pytest.raises(ConfigurationError, match="There is no file"):
        look(tmp_path, tmp_path / "absent.csv")
