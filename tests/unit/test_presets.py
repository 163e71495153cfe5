"""Exports of well-known shops and CRMs, written as their documentation says: a guess reads them whole, without editing.

The headers are the vendors'; the rows are made up. What the money must come to is added up by hand beside each file.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.config import Config, load_config
from analysis.data.mapping import Guess, guess, write_config
from analysis.data.sources import read_input, read_transactions
from analysis.engine import open_engine
from analysis.errors import DataRefused

SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,"
    "Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,"
    "Billing Country,Billing Phone,Notes,Cancelled at,Payment Method,Refunded Amount,Vendor,Id,Tags,Source,Lineitem discount\n"
)


def shopify(name, email, status, at, quantity, product, price, sku, city="", country="", phone=""):
    whole = f"{email},{status},{at},fulfilled,,no,{'EUR' if email else ''},,,,,,," if email else "," * 13
    address = f"A B,S 1,S 1,,,{city},'1000,,{country},{phone}"
    return f"{name},{whole},{at},{quantity},{product},{price},,{sku},true,true,fulfilled,{address},,,card,0.00,Tea Co,,,web,0.00\n"


SHOPIFY_ROWS = (
    # two products in one order, another the next night: 2 x 10.50 + 1 x 4.00 + 1 x 8.00 = 33.00; a pending one of 5.00
    shopify("#1001", "Ann@Example.org", "paid", "2024-03-01 23:30:00 +0100", 2, "Green tea", "10.50", "T-1", "Lyon", "FR", "'+33612345678")
    + shopify("#1001", "", "", "", 1, "Cup", "4.00", "C-1")
    + shopify("#1002", "bob@example.org", "partially_refunded", "2024-03-02 09:00:00 +0100", 1, "Black tea", "8.00", "T-2", "Rome", "IT")
    + shopify("#1003", "bob@example.org", "pending", "2024-03-03 09:00:00 +0100", 1, "Cup", "5.00", "C-1", "Rome", "IT")
)
ADVANCED = (
    '"Order Number","Order Status","Order Date","Customer Note","First Name (Billing)","Last Name (Billing)","Company (Billing)","Address 1&2 (Billing)",'
    '"City (Billing)","State Code (Billing)","Postcode (Billing)","Country Code (Billing)","Email (Billing)","Phone (Billing)","Payment Method Title",'
    '"Cart Discount Amount","Order Subtotal Amount","Order Refund Amount","Order Total Amount","SKU","Item #","Item Name","Quantity (- Refund)","Item Cost",'
    '"Coupon Code","Discount Amount"\n'
    # 3 x 2.50 + 1 x 6 = 13.50; the cancelled one does not count
    "501,Completed,2024-05-01 10:00,,A,B,,S 1,Berlin,BE,10115,DE,ann@example.org,+49301,Card,0,13.5,0,13.5,A-1,1,Pen,3,2.50,,0\n"
    "501,Completed,2024-05-01 10:00,,A,B,,S 1,Berlin,BE,10115,DE,ann@example.org,+49301,Card,0,13.5,0,13.5,A-2,2,Book,1,6,,0\n"
    "502,Cancelled,2024-05-02 10:00,,C,D,,S 2,Bonn,NW,53111,DE,carl@example.org,+49302,Card,0,6,0,6,A-2,1,Book,1,6,,0\n"
)
ANALYTICS = (
    'Date,"Order #","N. Revenue (formatted)",Status,Customer,"Customer type",Product(s),"Items sold",Coupon(s),"Net Sales",Attribution\n'
    # 1,012.50 + 20 - 5 paid back = 1,027.50
    '"2024-02-01 10:00:00",77,"$1,012.50",completed,"Ann Lee",new,"1× Desk",1,,1012.5,Direct\n'
    '"2024-02-02 10:00:00",78,$20.00,processing,"Bo Ray",new,"2× Pen",2,,20,Referral\n'
    '"2024-02-05 10:00:00",78,$-5.00,refunded,"Bo Ray",returning,"",-1,,-5,\n'
)
ZOHO_INVOICES = (
    "Record Id,Invoice Owner,Subject,Invoice Number,Invoice Date,Due Date,Sales Commission,Account Name,Contact Name,Status,Grand Total,Currency,Billing City,Billing Country\n"
    # 900 + 1,250.75 = 2,150.75
    "zcrm_1,Kim,Pumps,1001,2024-01-15,2024-02-15,0,Acme Ltd,Jo Day,Paid,900.00,USD,Austin,US\n"
    "zcrm_2,Kim,Valves,1002,2024-02-20,2024-03-20,0,Beta BV,Al Ito,Paid,1250.75,USD,Delft,NL\n"
    "zcrm_3,Kim,Seals,1003,2024-02-25,2024-03-25,0,Beta BV,Al Ito,Cancelled,10.00,USD,Delft,NL\n"
)
ZOHO_ORDERS = (
    "Record Id,Sales Order Owner,SO Number,Subject,Deal Name,Customer No,Due Date,Contact Name,Status,Account Name,Grand Total,Created Time,Billing City,Billing Country\n"
    "zcrm_1,Kim,1,Pumps,,C1,2024-02-15,Jo Day,Delivered,Acme Ltd,900.00,2024-01-15 10:00:00,Austin,US\n"
    "zcrm_2,Kim,2,Valves,,C2,2024-03-15,Al Ito,Delivered,Beta BV,100.25,2024-02-15 10:00:00,Delft,NL\n"
)
TAOBAO = (
    "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址,运送方式,"
    "联系电话,联系手机,订单创建时间,订单付款时间,宝贝标题,宝贝种类,物流单号,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,退款金额\n"
    # (99.00 - 0) + (120.50 - 20.50) = 199.00; closed and unpaid ones do not count
    '"=""2024000000000001""",tb_anna,a@example.com,99,0,0,99,0,99.00,0,交易成功,'
    ",王某,某路1号,快递,,'13800000001,2024-06-01 09:00:00,2024-06-01 09:01:00,茶杯,1,1,顺丰,,1,0,茶店,,0,0,,0.00\n"
    '"=""2024000000000002""",tb_bo,b@example.com,120.5,0,0,120.5,0,120.50,0,'
    '"卖家已发货，等待买家确认",,李某,某路2号,快递,,\'13800000002,2024-06-02 09:00:00,2024-06-02 09:01:00,茶壶,1,2,顺丰,,2,0,茶店,,0,0,,20.50\n'
    '"=""2024000000000003""",tb_bo,b@example.com,50,0,0,50,0,0.00,0,交易关闭,,李某,'
    "某路2号,快递,,'13800000002,2024-06-03 09:00:00,,茶壶,1,,,,1,0,茶店,买家未付款,0,0,,0.00\n"
    '"=""2024000000000004""",tb_cy,c@example.com,50,0,0,50,0,0.00,0,等待买家付款,,'
    "张某,某路3号,快递,,'13800000003,2024-06-03 09:00:00,,茶壶,1,,,,1,0,茶店,,0,0,,0.00\n"
)
YOUZAN = (
    "订单号,外部订单号,订单状态,订单创建时间,买家付款时间,交易成功时间,商品名称,商品类型,商品目录,商品规格,规格编码,商品编码,商品单价,商品优惠方式,商品优惠后价格,商品数量,商品金额小计,"
    "店铺优惠（分摊）,商品实际成交金额,商品抵用积分数,商品留言,买家手机号,收货人/提货人,收货人手机号/提货人手机号,收货人省份,收货人城市,收货人地区,详细收货地址/提货地址,商品退款状态,商品已退款金额\n"
    # 36.00 + (24.00 - 12.00) + 8.00 = 56.00
    "E1001,,交易成功,2024-07-01 10:00:00,2024-07-01 10:01:00,2024-07-05 10:00:00,"
    "绿茶,实物,茶叶,,,G1,20.00,满减,18.00,2,36.00,0,36.00,0,,13900000001,王某,13900000001,浙江省,杭州市,西湖区,某路1号,,0\n"
    "E1001,,交易成功,2024-07-01 10:00:00,2024-07-01 10:01:00,2024-07-05 10:00:00,"
    "茶杯,实物,茶具,,,G2,12.00,,12.00,2,24.00,0,24.00,0,,13900000001,王某,13900000001,浙江省,杭州市,西湖区,某路1号,部分退款,12.00\n"
    "E1002,,已完成,2024-07-02 10:00:00,2024-07-02 10:01:00,,红茶,实物,茶叶,,,G3,8.00,,8.00,1,8.00,0,8.00,0,,13900000002,李某,13900000002,江苏省,苏州市,姑苏区,某路2号,,0\n"
    "E1003,,已关闭,2024-07-03 10:00:00,,,红茶,实物,茶叶,,,G3,8.00,,8.00,1,8.00,0,8.00,0,,13900000002,李某,13900000002,江苏省,苏州市,姑苏区,某路2号,,0\n"
)


@dataclass(frozen=True)
class Export:
    """One file, and what must come of it: rows, the paid ones' money, paid states, who buys, ids of orders."""

    preset: str
    text: str
    rows: int
    money: str
    paid: tuple[str, ...]
    buyers: list[str]
    orders: list[str]
    by: str = "customer_id"
    encoding: str = "utf-8"


EXPORTS = [
    Export("Shopify orders export", SHOPIFY + SHOPIFY_ROWS, 4, "33.00", ("paid", "partially_refunded"),
           ["Ann@Example.org", "Ann@Example.org", "bob@example.org", "bob@example.org"], ["#1001", "#1001", "#1002", "#1003"], "email"),
    Export("Advanced Order Export for WooCommerce", ADVANCED, 3, "13.50", ("Completed",),
           ["ann@example.org", "ann@example.org", "carl@example.org"], ["501", "501", "502"], "email"),
    Export("WooCommerce Analytics orders", ANALYTICS, 3, "1027.50", ("completed", "processing", "refunded"), ["Ann Lee", "Bo Ray", "Bo Ray"], ["77", "78", "78"]),
    Export("Zoho CRM invoices", ZOHO_INVOICES, 3, "2150.75", ("Paid",), ["Acme Ltd", "Beta BV", "Beta BV"], ["1001", "1002", "1003"]),
    Export("Zoho CRM sales orders", ZOHO_ORDERS, 2, "1000.25", ("Delivered",), ["Acme Ltd", "Beta BV"], ["1", "2"]),
    Export("Taobao/Tmall order report (订单报表)", TAOBAO, 4, "199.00", ("交易成功", "卖家已发货，等待买家确认"), ["tb_anna", "tb_bo", "tb_bo", "tb_cy"],
           [f"202400000000000{n}" for n in range(1, 5)], encoding="gbk"),
    Export("Youzan orders by product (有赞)", YOUZAN, 4, "56.00", ("交易成功", "已完成"), ["13900000001", "13900000001", "13900000002", "13900000002"],
           ["E1001", "E1001", "E1002", "E1003"], "phone", encoding="gbk"),
]  # fmt: skip
each = pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.preset)


def look(folder: Path, **files: tuple[str, str] | str) -> tuple[Guess, Config]:
    for name, content in files.items():
        text, encoding = content if isinstance(content, tuple) else (content, "utf-8")
        (folder / f"{name}.csv").write_text(text, encoding=encoding)
    guessed = guess(open_engine(folder / "scratch"), [folder / f"{name}.csv" for name in files])
    write_config(guessed, folder / "workbook.toml")
    return guessed, load_config(folder / "workbook.toml")


@each
def test_a_documented_export_is_read_as_it_is(export, tmp_path):
    guessed, config = look(tmp_path, orders=(export.text, export.encoding))
    assert guessed.preset == export.preset
    rows = read_transactions(open_engine(tmp_path / "s"), config).lines.order_by("source_row").to_pyarrow().to_pandas()
    assert len(rows) == export.rows and rows.problem.isna().all(), rows.problem.tolist()
    paid = next(rule.values for rule in config.cleaning if rule.rule == "unpaid")
    assert tuple(sorted(paid)) == tuple(sorted(export.paid))
    assert sum(rows.amount[rows.status.isin(paid)], Decimal(0)) == Decimal(export.money)
    assert (rows[export.by].tolist(), rows.order_id.tolist()) == (export.buyers, export.orders)
    assert config.identity.guests == ("anonymous" if export.by == "customer_id" else "by_contact")


@each
def test_who_uses_a_documented_preset_is_told_to_look(export, tmp_path):
    guessed, _ = look(tmp_path, orders=(export.text, export.encoding))
    assert any("made from what is written about this export, not from a file" in sentence for sentence in guessed.said)
    assert "not from a file" in (tmp_path / "workbook.toml").read_text(encoding="utf-8")


def test_what_stands_on_the_first_row_of_an_order_counts_for_its_next_rows(tmp_path):
    _, config = look(tmp_path, orders=SHOPIFY + SHOPIFY_ROWS)
    assert config.inputs.transactions.fill_down == ("email", "phone", "ordered_at", "status", "currency", "channel", "country", "province", "city")
    rows = read_transactions(open_engine(tmp_path / "s"), config.replace(time_zone="Europe/Paris")).lines.order_by("source_row").to_pyarrow().to_pandas()
    assert rows.city.tolist() == ["Lyon", "Lyon", "Rome", "Rome"] and rows.status.tolist()[:2] == ["paid", "paid"]
    assert [str(day) for day in rows.ordered_at.dt.date] == ["2024-03-01", "2024-03-01", "2024-03-02", "2024-03-03"]
    assert rows.phone.dropna().to_dict() == dict.fromkeys((0, 1), "'+33612345678")  # never from another order


def test_what_was_paid_back_is_taken_off_its_row(tmp_path):
    _, config = look(tmp_path, orders=(YOUZAN, "gbk"))
    rows = read_transactions(open_engine(tmp_path / "s"), config).lines.order_by("source_row").to_pyarrow().to_pandas()
    assert rows.amount.tolist() == [Decimal(36), Decimal(12), Decimal(8), Decimal(8)] and rows.unit_price[1] == Decimal(6)
    _, config = look(tmp_path, orders=(YOUZAN.replace(",部分退款,12.00", ",部分退款,24.01"), "gbk"))
    rows = read_transactions(open_engine(tmp_path / "s"), config).lines.order_by("source_row").to_pyarrow().to_pandas()
    assert rows.problem.dropna().to_dict() == {1: "refund larger than what was paid"}


def test_shopify_customers_beside_their_orders(tmp_path):
    customers = (
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address City,"
        "Default Address Province Code,Default Address Country Code,Default Address Zip,Phone,Total Spent,Total Orders,Note,Tax Exempt,Tags\n"
        "'6001,Ann,Lee,ann@example.org,yes,,S 1,Lyon,,FR,'69001,'+33612345678,25.00,1,,no,\n"
        "'6002,Bo,Ray,bob@example.org,no,,S 2,Rome,RM,IT,'00100,,8.00,1,,no,\n"
    )
    guessed, config = look(tmp_path, customers=customers, orders=SHOPIFY + SHOPIFY_ROWS)
    assert guessed.preset == "Shopify orders export" and guessed.customers["columns"]["customer_id"] == "Customer ID"
    rows = read_input(open_engine(tmp_path / "s"), config, "customers").lines.order_by("source_row").to_pyarrow().to_pandas()
    assert rows.customer_id.tolist() == ["6001", "6002"] and rows.country.tolist() == ["FR", "IT"] and rows.accepts_marketing.tolist() == ["yes", "no"]
    assert rows.problem.isna().all()


def test_zoho_accounts_beside_their_invoices(tmp_path):
    accounts = (
        "Record Id,Account Owner,Account Name,Phone,Parent Account,Industry,Employees,Account Type,Rating,Ownership,Billing City,Billing State,Billing Country,Created Time\n"
        "zcrm_9,Kim,Acme Ltd,555,Acme Group,Chemicals,120,Customer,,,Austin,TX,US,2020-01-01 10:00:00\n"
        "zcrm_8,Kim,Beta BV,556,,Food,8,Customer,,,Delft,,NL,2021-01-01 10:00:00\n"
    )
    _, config = look(tmp_path, accounts=accounts, invoices=ZOHO_INVOICES)
    rows = read_input(open_engine(tmp_path / "s"), config, "customers").lines.order_by("source_row").to_pyarrow().to_pandas()
    found = rows[["customer_id", "industry", "company_size", "parent_id"]].astype(object).where(rows.notna(), None).to_numpy().tolist()
    assert found == [["Acme Ltd", "Chemicals", "120", "Acme Group"], ["Beta BV", "Food", "8", None]]
    assert config.inputs.customers.attributes["account_type"] == "Account Type"


def test_a_report_without_buyers_says_which_one_to_take(tmp_path):
    detail = "子订单编号,主订单编号,商品标题,商品价格,购买数量,外部系统编号,商品属性,订单状态,商家编码,买家实际支付金额,退款金额,订单创建时间\n1,1,茶杯,9,1,,白,交易成功,A,9,0,2024-06-01 09:00:00\n"
    with pytest.raises(DataRefused, match="does not say who bought: give the report of orders"):
        look(tmp_path, detail=detail)
    guessed, _ = look(tmp_path, detail=detail, orders=(TAOBAO, "gbk"))
    assert any("Not used" in sentence and "订单报表" in sentence for sentence in guessed.said)


@pytest.mark.parametrize(
    ("told", "plain"),
    [('"=""0012"""', "0012"), ("'0012", "0012"), ("0012\t", "0012"), ("o'brien", "o'brien"), ("'", None), ("=1+1", "=1+1")],
)
def test_marks_that_keep_digits_from_spreadsheets_are_no_part_of_an_identifier(told, plain, tmp_path):
    _, config = look(tmp_path, f=f"customer id,order date,amount\n{told},2024-01-01,5\nx,2024-01-02,5\n")
    rows = read_transactions(open_engine(tmp_path / "s"), config).lines.order_by("source_row").to_pyarrow().to_pylist()
    assert rows[0]["customer_id"] == plain


def test_several_orders_share_nothing(tmp_path):
    """An order that is told without an e-mail gets none from the order above it, nor from the same number in another file."""
    more = shopify("#2001", "", "", "2024-03-05 10:00:00 +0100", 1, "Cup", "4.00", "C-1") * 5
    more += shopify("#1001", "", "", "2024-03-05 10:00:00 +0100", 1, "Cup", "4.00", "C-1")
    (tmp_path / "later.csv").write_text(SHOPIFY + more, encoding="utf-8")
    _, config = look(tmp_path, orders=SHOPIFY + SHOPIFY_ROWS)
    config = config.replace(inputs={"transactions": config.inputs.transactions.model_dump() | {"files": ("orders.csv", "later.csv")}})
    rows = read_transactions(open_engine(tmp_path / "s"), config).lines.filter(lambda t: t.source_file == "later.csv").to_pyarrow().to_pylist()
    assert [row["email"] for row in rows] == [None] * 6
