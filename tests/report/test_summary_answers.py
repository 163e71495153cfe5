"""Five people ask their question of the summary alone, in both languages; each answer stands in its first part and is what plain pandas counts in the shop's own lines."""

import csv
import datetime as dt
import html
import re
import shutil

import pandas as pd
import pytest

from analysis.config import load_config
from analysis.data.sample import make_shop
from analysis.report.press import make_chapter
from analysis.run import open_run
from analysis.texts import Texts
from shops import net_by_hand

AS_OF = dt.date(2025, 12, 31)
END_OF_FIRST_PART = {"en": "Who brings the money?", "zh": "收入来自谁"}  # the last question that the first part answers stands before this one


@pytest.fixture(scope="module")
def shop(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked")
    shutil.copy(root / "workbook.toml", folder)
    shutil.copytree(root / "data/raw/sample", folder / "data/raw/sample")
    return folder


@pytest.fixture(scope="module")
def pages(shop, root):
    """The first part of the page as people read it, by language."""
    made = make_chapter(
        load_config(shop / "workbook.toml"), AS_OF, "10_summary", languages=("en", "zh"), notebooks=root / "notebooks", on_progress=lambda *_: None
    )
    folder, texts = made.parent.parent, {}
    for lang, end in END_OF_FIRST_PART.items():
        page = (folder / lang / "10_summary.html").read_text(encoding="utf-8").partition("<main")[2]
        told = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))
        texts[lang] = told[: told.rindex(end)]
    shutil.rmtree(folder)
    return texts


@pytest.fixture(scope="module")
def lines():
    """What is left of each line of the clean shop after returns, netted line by line: customer, order, day, money."""
    told = make_shop().transactions
    told = told[told.ordered_at.astype(str) < "2026"].reset_index(drop=True)
    left: dict = {}
    for _key, rows in told.groupby(["customer_id", "product_id"]):
        left |= net_by_hand([(row.Index, row.ordered_at, row.order_id, row.unit_price, row.quantity) for row in rows.itertuples()])
    bought = told[told.quantity > 0]
    kept = bought.assign(units=[left[place] for place in bought.index], day=pd.to_datetime(bought.ordered_at).dt.normalize())
    kept = kept[kept.units > 0]
    return kept.assign(money=kept.units * kept.unit_price.astype(float))


@pytest.fixture(scope="module")
def customers(shop):
    """Who is called what: the labels, from the table that programs read."""
    table = open_run(shop / "workbook.toml", as_of=AS_OF.isoformat()).table("customers")
    return table.mutate(monetary=table.monetary.cast("float64")).execute()


def money(value):
    return {lang: Texts(lang, "CNY").money(value) for lang in ("en", "zh")}


def month_to(lines, day):
    """Take the lines of the thirty days to a day."""
    end = pd.Timestamp(day)
    return lines[(lines.day <= end) & (lines.day > end - pd.Timedelta(days=30))]


def test_how_many_active_customers_and_more_or_fewer(pages, lines):
    now, before = month_to(lines, "2025-12-31"), month_to(lines, "2025-11-30")
    n, more = now.customer_id.nunique(), now.customer_id.nunique() - before.customer_id.nunique()
    assert more > 0
    assert f"{n} customers ordered in the last 30 days, {more} more than a month before." in pages["en"]
    assert f"最近 30 天有 {n} 位客户下单，比一个月前多 {more} 位。" in pages["zh"]
    told, change = money(now.money.sum()), f"{100 * (now.money.sum() / before.money.sum() - 1):.1f}%"
    assert f"Revenue in these days was {told['en']}, {change} more than a month before" in pages["en"]
    assert f"同期收入 {told['zh']}，比一个月前增长 {change}" in pages["zh"]


def test_which_segment_earns_most(pages, lines, customers):
    """Each customer's own lines, by the segment of the customer."""
    spent = lines.groupby("customer_id").money.sum()
    buyers = customers[customers.frequency > 0].assign(spent=lambda table: table.customer_id.map(spent))
    sums = buyers.groupby("segment").spent.agg(["sum", "size"]).sort_values("sum")
    best, share = sums.index[-1], f"{100 * sums['sum'].iloc[-1] / sums['sum'].sum():.1f}%"
    told, size = money(sums["sum"].iloc[-1]), sums["size"].iloc[-1]
    assert f"{Texts('en').label('who', best)} bring most: {told['en']} so far, {share} of all revenue, from {size} customers" in pages["en"]
    assert f"{Texts('zh').label('who', best)}贡献最多：累计 {told['zh']}，占全部收入的 {share}，来自 {size} 位客户" in pages["zh"]


@pytest.fixture(scope="module")
def yearly(lines):
    """What each customer spent in the 365 days to the last order."""
    dated = lines.assign(last=lines.groupby("customer_id").day.transform("max"))
    return dated[dated.day > dated["last"] - pd.Timedelta(days=365)].groupby("customer_id").money.sum()


def precious(customers):
    return (customers.value_tier == "high") | (customers.relationship == "key")


def test_who_is_slipping_away_and_what_is_it_worth(pages, customers, yearly):
    late = customers[precious(customers) & customers.lifecycle_stage.isin(["at_risk", "dormant"])]
    told = money(late.customer_id.map(yearly).sum())
    assert (
        f"{len(late)} high-value customers are silent for longer than usual and may be lost; in the year up to their last order they spent {told['en']}."
        in pages["en"]
    )
    assert f"{len(late)} 位高价值客户的沉默时间超过平常，可能流失；他们在最后一单之前的一年里消费了 {told['zh']}。" in pages["zh"]


def test_what_should_marketing_do_first(pages, customers, yearly):
    """The first thing of all is where most money is at stake; the first alert for marketing says what marketing does first, and its card whom to write to."""
    unhappy = customers[precious(customers) & ((customers.nps <= 6) | (customers.csat < 0.5)).fillna(value=False).astype(bool)]
    late = customers[customers.lifecycle_stage.isin(["at_risk", "dormant"])]
    high = late[precious(late)]
    first, other = (("Service", "客服"), unhappy), (("Marketing", "市场"), high)
    assert first[1].customer_id.map(yearly).sum() > other[1].customer_id.map(yearly).sum()
    assert re.search(rf"To do first \(Service\): call the {len(unhappy)} high-value customers", pages["en"])
    assert re.search(rf"首要任务（客服）：联系 {len(unhappy)} 位", pages["zh"])
    assert re.search(rf"Act now · Marketing {len(high)} high-value customers are silent", pages["en"])
    assert re.search(rf"立即处理 · 市场 {len(high)} 位高价值客户的沉默时间", pages["zh"])
    told = money(late.monetary.sum())
    assert (
        f"Marketing {len(late)} customers are silent for longer than usual, with {told['en']} of revenue so far; remind them before they are lost."
        in pages["en"]
    )
    assert f"市场 有 {len(late)} 位客户的沉默时间超过平常，累计贡献 {told['zh']}；宜在流失之前提醒。" in pages["zh"]


def test_can_i_trust_the_numbers(pages, shop, customers):
    """Of the records in the files: how many could not be read; of the money, how much has no customer number; how many customers the rest is of."""
    records = sum(_count_records(path) for path in sorted((shop / "data/raw/sample").glob("transactions-*")))
    ledger = open_run(shop / "workbook.toml", as_of=AS_OF.isoformat()).exact("ledger")
    unread = int(ledger[ledger.action == "quarantined"].rows.sum())
    nobody = float(ledger[ledger.action == "anonymous"].amount.astype(float).sum() / float(ledger.amount_after.iloc[0]))
    shares = f"{100 * unread / records:.1f}%", f"{100 * nobody:.1f}%"
    assert f"The data can be trusted: {shares[0]} of the rows could not be read, and {shares[1]} of the money belongs to no customer." in pages["en"]
    assert f"数据可以信任：{shares[0]} 的行无法读取，{shares[1]} 的金额没有对应客户。" in pages["zh"]
    n = int((customers.frequency > 0).sum())
    assert f"{n:,} customers and {money(customers.monetary.sum())['en']} of revenue" in pages["en"]


def _count_records(path):
    """Count the rows below the header that hold anything."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding, newline="") as file:
                return sum(any(cell.strip() for cell in row) for row in csv.reader(file)) - 1
        except UnicodeDecodeError:
            continue
    raise AssertionError(path)


def test_no_sentence_has_a_hole(pages):
    for text in pages.values():
        assert not re.search(r"\bnan\b|\bNone\b|\{|\}|\b1 (customers|orders|days)\b", text)
