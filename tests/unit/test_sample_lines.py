"""Order lines in any number: the columns of the sample shop, the same bytes from the same seed, flat in memory, and read as clean as they are made dirty."""

import errno
import shutil
import subprocess
import sys
from collections import namedtuple

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis.data import sample_lines
from analysis.data.sample_lines import write_lines
from analysis.errors import ConfigurationError
from analysis.run import open_run

HEADER = ["订单号", "下单时间", "客户编号", "商品编号", "商品名称", "类别", "数量", "单价", "优惠金额", "渠道", "订单状态"]
FILES = ["transactions-2023.parquet", "transactions-2024.parquet", "transactions-2025.parquet", "workbook.toml"]
ROWS, DAY = 30_000, "2025-12-31"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Thirty thousand lines in three chunks."""
    folder = tmp_path_factory.mktemp("large")
    write_lines(folder, ROWS, chunk=12_000)
    return folder


@pytest.fixture(scope="module")
def lines(folder):
    """The lines as plain pandas reads them."""
    found = pd.concat([pq.read_table(folder / name).to_pandas() for name in FILES[:3]], ignore_index=True)
    found["year"] = found["下单时间"].dt.year
    return found


@pytest.fixture(scope="module")
def run(folder):
    return open_run(folder / "workbook.toml", as_of=DAY)


def test_as_many_lines_as_asked_for_a_file_a_year_with_the_headers_of_the_shop(folder, lines):
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert pq.read_schema(folder / FILES[0]).names == HEADER
    assert [str(kind) for kind in pq.read_schema(folder / FILES[0]).types] == [
        "string", "timestamp[ms]", "string", "string", "string", "string", "int32", "decimal128(12, 2)", "decimal128(12, 2)", "string", "string",
    ]  # fmt: skip
    assert len(lines) == ROWS
    assert set(pq.read_table(folder / FILES[0])["下单时间"].to_pandas().dt.year) == {2023}
    assert lines["year"].max() == 2026 and (lines["year"] == 2026).sum() < 100
    assert 1_000 < lines["客户编号"].nunique() < 1_600


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others(tmp_path):
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        write_lines(tmp_path / name, 2_500, seed=seed, chunk=1_000)
    one, two, other = ({path: (tmp_path / folder / path).read_bytes() for path in FILES} for folder in ("one", "two", "other"))
    assert one == two
    assert all(one[path] != other[path] for path in FILES)


def test_an_order_is_of_one_customer_and_moment_and_lists_a_product_once(lines):
    bought = lines[lines["数量"] > 0].drop_duplicates()
    assert len(lines[lines["数量"] > 0]) - len(bought) == 6 + 6 + 3  # half a line in a thousand of each chunk is exported twice
    orders = bought.groupby("订单号")
    assert orders["客户编号"].nunique().max() == 1 and orders["下单时间"].nunique().max() == 1
    assert not bought.duplicated(["订单号", "商品编号"]).any()


def test_what_comes_back_was_bought_before_at_that_price_and_never_more_of_it(lines):
    bought = lines[lines["数量"] > 0].drop_duplicates().set_index(["订单号", "商品编号"])
    back = lines[lines["数量"] < 0]
    assert len(back) == 900
    assert back["订单号"].str.startswith("R").all() and back["订单状态"].isin(["已退款", "refunded"]).all()
    of = bought.loc[list(zip(back["订单号"].str[1:], back["商品编号"], strict=True))]
    assert (of["客户编号"].to_numpy() == back["客户编号"].to_numpy()).all() and (of["单价"].to_numpy() == back["单价"].to_numpy()).all()
    assert (of["数量"].to_numpy() >= -back["数量"].to_numpy()).all() and (of["下单时间"].to_numpy() < back["下单时间"].to_numpy()).all()


def test_the_ledger_finds_the_dirt_and_nothing_else(run, lines):
    """Rule by rule in the order of the configuration, counted by hand in pandas."""
    assert run.exact("quarantine").empty
    left, expected = lines, {}

    def take(rule, mask):
        nonlocal left
        expected[rule] = expected.get(rule, 0) + int(mask.sum())
        left = left[~mask]

    take("after_as_of", left["year"] == 2026)
    take("test_orders", left["客户编号"].eq("TEST001"))
    take("test_orders", left["订单号"].str.startswith("TEST-"))
    take("unpaid", left["订单状态"].isin(["已取消", "待付款"]))
    take("anonymous", left["客户编号"].isna())
    take("duplicates", left.duplicated())
    take("price", left["单价"] <= 0)
    ledger = run.exact("ledger")
    found = ledger.groupby("rule")["rows"].sum()
    assert {rule: int(found[rule]) for rule in expected} == expected
    assert all(expected.values())
    money = lambda rows: float((rows["数量"] * rows["单价"]).sum())  # noqa: E731
    goods = left[~left["商品编号"].isin(["POSTAGE", "F001"])]
    assert float(ledger.iloc[-1]["amount_after"]) == pytest.approx(money(goods), abs=1e-6)  # what came back is netted to the last cent
    customers = run.table("customers")
    assert int(customers.filter(customers.frequency > 0).count().execute()) == int((goods.groupby("客户编号")["数量"].sum() > 0).sum())


def test_all_segments_are_there_and_history_goes_back_two_years(run):
    assert set(run.exact("segments").query("scheme == 'segment'")["segment"]) >= {"champions", "hibernating", "at_risk", "new"}
    assert run.exact("history")["as_of"].nunique() == 25


def test_memory_does_not_grow_with_the_number_of_lines(tmp_path):
    probe = """
import resource, sys
from pathlib import Path
from analysis.data.sample_lines import write_lines
from analysis.timing import measure_peak
write_lines(Path(sys.argv[1]), int(sys.argv[2]), chunk=50_000)
print(measure_peak())
"""
    few, many = (
        int(subprocess.run([sys.executable, "-c", probe, tmp_path / str(rows), str(rows)], capture_output=True, text=True, check=True).stdout)
        for rows in (300_000, 2_400_000)  # enough that what the allocator keeps is small beside it
    )
    shutil.rmtree(tmp_path)
    assert many < few * 1.1  # eight times the lines, which would be 240 MB more


def test_a_disk_that_is_too_small_is_said_before_anything_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: namedtuple("Usage", "total used free")(10**12, 10**12, 10**9))  # noqa: PYI024
    with pytest.raises(ConfigurationError, match=r"100,000,000 lines may take 2\.0 GB, and .* has 1\.0 GB left"):
        write_lines(tmp_path, 100_000_000)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_keeps_nothing_half(monkeypatch, tmp_path):
    write, written = pq.ParquetWriter.write_table, []

    def fill_up(self, table, **more):
        written.append(table)
        if len(written) > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, table, **more)

    monkeypatch.setattr(sample_lines.pq.ParquetWriter, "write_table", fill_up)
    with pytest.raises(ConfigurationError, match="was full before all lines were written"):
        write_lines(tmp_path, 10_000, chunk=1_000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("rows", [999, 100_000_001])
def test_too_few_and_too_many_are_refused(rows, tmp_path):
    with pytest.raises(ConfigurationError, match="from 1,000 to 100,000,000"):
        write_lines(tmp_path, rows)
