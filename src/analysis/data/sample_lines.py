"""Order lines of the sample shop in any number: written chunk by chunk, so that a hundred million take no more memory than a million."""

import datetime as dt
import errno
import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.data.sample_dirt import HEADER, SPECIALS
from analysis.data.sample_orders import accumulate_season, make_products
from analysis.data.sample_people import DAYS, END, START
from analysis.errors import ConfigurationError

MOST = 100_000_000
CHUNK = 500_000
LINES_PER_CUSTOMER = 20
_BYTES = 20  # that a line takes on the disk, at most
_MONEY = pa.decimal128(12, 2)
_TEXT = pa.dictionary(pa.int32(), pa.string())
_TYPES = (_TEXT, pa.timestamp("s"), _TEXT, _TEXT, _TEXT, _TEXT, pa.int32(), _MONEY, _MONEY, _TEXT, _TEXT)
_SCHEMA = pa.schema(list(zip(HEADER, _TYPES, strict=True)))
_STATUSES = ("已完成", "completed", "已取消", "待付款", "已退款", "refunded")
_YEARS = (2023, 2024, 2025)
_BLOCK = 64  # customers who came together: a few of them buy most


@dataclass(frozen=True)
class _Shop:
    """What all chunks share: `season` is the time passed before each day, in days of average busyness."""

    seed: int
    rows: int
    customers: int
    chunks: int
    products: pd.DataFrame
    season: np.ndarray
    hours: np.ndarray
    sales_days: np.ndarray
    channels: list[str]


def write_lines(
    folder: Path, rows: int, *, seed: int = 1, customers: int | None = None, chunk: int = CHUNK, on_progress: Callable[[int, int, str], None] = lambda *_: None
) -> list[Path]:
    """Write order lines as Parquet, a file a year, and the `workbook.toml` that reads them.

    Grain: order line; the headers of the sample shop, money in decimals. As dirty as lines with types can be: cancelled and pending orders, test orders, sales without
    a customer, lines exported twice, free samples, postage, corrections, returns of what was bought before, a few orders after 2025-12-31.

    Parameters
    ----------
    folder : Path
    rows : int
        Lines, up to 100 million.
    seed : int
        The same rows, seed, customers and chunk give the same bytes.
    customers : int, optional
        About so many; by default one for 20 lines.
    chunk : int
        Lines that are held in memory at a time.
    on_progress : callable
        Called with lines written, lines in all, and what is written.

    Raises
    ------
    ConfigurationError
        When too many or too few lines are asked for, or the disk has no place for them; no file is left half written then.
    """
    if not 1000 <= rows <= MOST:
        raise ConfigurationError(f"--rows is a number from 1,000 to {MOST:,}; got {rows:,}.")
    folder.mkdir(parents=True, exist_ok=True)
    if (free := shutil.disk_usage(folder).free) < rows * _BYTES:
        raise ConfigurationError(
            f"{rows:,} lines may take {_size(rows * _BYTES)}, and {folder} has {_size(free)} left. Give fewer --rows, or a folder elsewhere."
        )
    shop = _open(rows, seed, customers or max(rows // LINES_PER_CUSTOMER, _BLOCK), -(-rows // chunk))
    paths = [folder / f"transactions-{year}.parquet" for year in _YEARS]
    with _writing(folder, paths) as writers:
        for number in range(shop.chunks):
            on_progress(number * chunk, rows, "order lines")
            at, table = _make_chunk(shop, number, min(chunk, rows - number * chunk))
            years = np.minimum(at.astype("datetime64[Y]").astype(int) + 1970, END.year)
            for year, writer in zip(_YEARS, writers, strict=True):
                if (here := years == year).any():
                    writer.write_table(table.filter(pa.array(here)))
    on_progress(rows, rows, "order lines")
    words = (Path(__file__).parent / "sample_lines.toml").read_text(encoding="utf-8")
    for name, value in {"{rows}": rows, "{seed}": seed, "{customers}": shop.customers}.items():
        words = words.replace(name, str(value))
    (folder / "workbook.toml").write_text(words, encoding="utf-8")
    return [*paths, folder / "workbook.toml"]


@contextmanager
def _writing(folder: Path, paths: list[Path]) -> Iterator[list[pq.ParquetWriter]]:
    """Open files that get their names when all of them are whole; what is half written is removed."""
    halves = [path.with_suffix(".part") for path in paths]
    try:
        with ExitStack() as files:
            yield [files.enter_context(pq.ParquetWriter(half, _SCHEMA, compression="zstd", store_schema=False)) for half in halves]
        for half, path in zip(halves, paths, strict=True):
            half.replace(path)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise ConfigurationError(f"The disk of {folder} was full before all lines were written; what was written is removed. Give fewer --rows.") from None
    finally:
        for half in halves:
            half.unlink(missing_ok=True)


def _open(rows: int, seed: int, customers: int, chunks: int) -> _Shop:
    words = tomllib.loads((Path(__file__).parent / "sample_names.toml").read_text(encoding="utf-8"))
    specials = pd.DataFrame(SPECIALS, columns=["product_id", "product_name"]).assign(category="其他", price=[60, 12, 0, -128])
    days = [START + dt.timedelta(days=number) for number in range(DAYS)]
    return _Shop(
        seed, rows, customers, chunks,
        products=pd.concat([make_products(words), specials], ignore_index=True),
        season=accumulate_season(words["seasons"], words["seasons"]["person_week"]),
        hours=np.cumsum(words["seasons"]["hours"]),
        sales_days=np.array([f"{day:%m-%d}" in words["seasons"]["sales_days"] for day in days]),
        channels=words["words"]["channels"],
    )  # fmt: skip


def _make_chunk(shop: _Shop, number: int, size: int) -> tuple[np.ndarray, pa.Table]:
    """Make the lines of one stretch of time: purchases, then what is brought back of them, then what is exported twice."""
    rng = np.random.default_rng([shop.seed, number])
    back, twice = int(size * 0.03), int(size * 0.0005)
    base = size - back - twice
    wanted = 1 + np.minimum(rng.poisson(1.0, base), 5)  # lines of an order
    of = np.repeat(np.arange(base), wanted)[:base]
    orders = of[-1] + 1
    place = np.arange(base) - np.searchsorted(of, np.arange(orders))[of]  # of a line in its order
    day, at = _choose_times(shop, number, orders, rng)
    who = _choose_customers(shop, day, rng)
    status = np.select([rng.random(orders) < 0.025, rng.random(orders) < 0.002], [2, 3], np.where(who % 25 == 0, 1, 0)).astype(np.int32)
    nobody, tested = rng.random(orders) < 0.012, rng.random(orders) < 0.0003

    ordinary = len(shop.products) - len(SPECIALS)
    start, stride = (ordinary * rng.random(orders) ** 1.5).astype(int), rng.integers(1, 20, orders)
    what = (start[of] + place * stride[of]) % ordinary  # no order lists a product twice
    extra, kind = (place == 1) & (rng.random(base) < 0.05), np.searchsorted([0.7, 0.85, 0.99], rng.random(base))
    what = np.where(extra, ordinary + kind, what)
    quantity = np.where(extra, 1, rng.geometric(0.5, base) * np.where(rng.random(base) < 0.02, 12, 1)).astype(np.int32)
    dearer = np.array([100, 103, 105])[np.minimum(at.astype("datetime64[Y]").astype(int) - 53, 2)]
    full = shop.products["price"].to_numpy()[what] * np.where(extra, 100, dearer[of])
    cut = np.where(shop.sales_days[np.minimum(day, DAYS - 1)], 15, np.where(rng.random(orders) < 0.12, 10, 0))
    paid = np.where(extra, full, full * (100 - cut[of]) // 100)

    bought = np.flatnonzero(~extra & (status[of] < 2) & ~nobody[of] & ~tested[of] & (day[of] < DAYS - 21))
    pick = np.sort(rng.choice(bought, min(back, len(bought)), replace=False)) if back else bought[:0]
    again = np.sort(rng.choice(base, size - base - len(pick), replace=False))
    lines = np.concatenate([np.arange(base), pick, again])
    returned = np.zeros(len(lines), bool)
    returned[base : base + len(pick)] = True
    of, quantity, paid = of[lines], quantity[lines], paid[lines]
    off = np.where(returned, 0, (full[lines] - paid) * quantity)
    quantity = np.where(returned, -np.ceil(quantity * rng.choice([0.5, 1.0], len(lines), p=[0.3, 0.7])).astype(np.int32), quantity)
    moment = at[of] + np.where(returned, rng.integers(2, 20, len(lines)), 0) * np.timedelta64(86_400, "s")

    numbers = [f"{'TEST-' if test else ''}{stamp}{number:03d}{order:07d}" for order, (test, stamp) in enumerate(zip(tested, _stamp(at), strict=True))]
    everybody, whose = np.unique(np.where(tested & (rng.random(orders) < 0.5), -1, who), return_inverse=True)
    names = ["TEST001" if each < 0 else f"C{each:08d}" for each in everybody.tolist()]
    products = shop.products
    columns = [
        pa.DictionaryArray.from_arrays(pa.array(of + orders * returned, pa.int32()), [*numbers, *(f"R{each}" for each in numbers)]),
        pa.array(moment),
        pa.DictionaryArray.from_arrays(pa.array(whose[of], pa.int32(), mask=nobody[of]), names),
        *(_choose(products[name], what[lines]) for name in ("product_id", "product_name", "category")),
        pa.array(quantity, pa.int32()),
        _money(paid),
        _money(off),
        pa.DictionaryArray.from_arrays(pa.array(rng.integers(0, len(shop.channels), orders)[of], pa.int32()), shop.channels),
        pa.DictionaryArray.from_arrays(pa.array(status[of] + 4 * returned, pa.int32()), list(_STATUSES)),
    ]
    return moment, pa.Table.from_arrays(columns, schema=_SCHEMA)


def _choose_times(shop: _Shop, number: int, orders: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Give day numbers and moments within the chunk's stretch of seasonal time; of the last chunk a few after the end."""
    clock = shop.season[-1] * (number + np.sort(rng.random(orders))) / shop.chunks
    day = np.searchsorted(shop.season, clock, side="right") - 1
    if number == shop.chunks - 1:
        day[-max(orders // 1000, 1) :] = DAYS + 3
    seconds = np.searchsorted(shop.hours, rng.random(orders) * shop.hours[-1], side="right") * 3600 + rng.integers(0, 60, orders) * 60
    return day, np.datetime64(START, "s") + (day * 86_400 + seconds) * np.timedelta64(1, "s")


def _choose_customers(shop: _Shop, day: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Give customers as numbers in the order in which they came: most orders are of those who came not long ago, and of a few of each block."""
    came = shop.customers * (0.1 + 0.9 * day / DAYS)
    who = (came - rng.exponential(0.15 * shop.customers, len(day))) % came
    block = who.astype(int) // _BLOCK * _BLOCK
    return np.minimum(block + (_BLOCK * rng.random(len(day)) ** 3).astype(int), shop.customers - 1)


def _choose(values: pd.Series, which: np.ndarray) -> pa.Array:
    """Give values by their row number. Each stands in the dictionary once: where one stood twice the file would not always be the same."""
    codes, names = pd.factorize(values)
    return pa.DictionaryArray.from_arrays(pa.array(codes[which], pa.int32()), list(names))


def _stamp(at: np.ndarray) -> list[str]:
    return [text.replace("-", "") for text in at.astype("datetime64[D]").astype(str).tolist()]


def _money(fen: np.ndarray) -> pa.Array:
    """Turn fen into decimals with two places: whole numbers of 128 bits, the low half first."""
    low = fen.astype(np.int64)
    return pa.Array.from_buffers(_MONEY, len(low), [None, pa.py_buffer(np.ascontiguousarray(np.column_stack([low, low >> 63])))])


def _size(count: float) -> str:
    return f"{count / 1e9:,.1f} GB" if count >= 1e9 else f"{count / 1e6:,.0f} MB"
