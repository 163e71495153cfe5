"""Every customer's future from a fitted model: closed forms in the engine, the rest over different states, joined back on whole days."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.expr.types import Table

from analysis.engine import Engine
from analysis.models.value.fitting import Fit
from analysis.models.value.models import MODELS
from analysis.models.value.ranges import spread_out

YEAR = 365
HORIZONS = (30, 60, 90)
BATCH = 100_000  # states that are told of at once
_ROOTS, _WEIGHTS = np.polynomial.legendre.leggauss(5)
COLUMNS = ("p_alive", *(f"expected_orders_{days}d" for days in HORIZONS), *(f"p_order_{days}d" for days in HORIZONS), "clv_365d", "clv_low", "clv_high")


@dataclass(frozen=True)
class Money:
    """What an order of a customer is expected to bring: (own sum + `prior`) x `factor` / (own paid occasions + `weight`).

    Under Gamma-Gamma the mean of who pays much is drawn to that of all, the more so the fewer orders there are. `fit` is None where the assumption does not
    hold: then own means are drawn to the mean by one order's weight.
    """

    fit: Fit | None
    mean: float  # of a repeat order, over all
    reason: str = ""

    def express(self, summary: Table) -> tuple[ibis.Value, ibis.Value]:
        """Give the expected money on an order, and the unit in which ranges of money are told, as expressions."""
        paid, bought = summary["paid"].cast("float64"), summary["paid_x"].cast("float64")
        if self.fit is None:
            each = (paid + self.mean) / (bought + 1)
            return each, each
        p, q, v = self.fit.values
        return (paid + v) * p / (bought * p + (q - 1)), paid + v


def discount_orders(fit: Fit, x: np.ndarray, end: np.ndarray, *, days: int, rate: float) -> np.ndarray:
    """Give the orders expected in so many days by who is alive, each counted less the later it comes.

    Notes
    -----
    The integral of exp(-d u) over the expected orders, by parts: exp(-d H) E(H) + d times the integral of exp(-d u) E(u), which five nodes give to many digits.
    """
    model, force = MODELS[fit.model], np.log1p(rate) / YEAR
    total = np.exp(-force * days) * model.expect(fit.values, x, end / fit.unit, days / fit.unit)
    if force == 0:
        return total
    for root, weight in zip(_ROOTS, _WEIGHTS, strict=True):
        at = (root + 1) / 2 * days
        total = total + force * days * weight / 2 * np.exp(-force * at) * model.expect(fit.values, x, end / fit.unit, at / fit.unit)
    return total


def assign(
    summary: Table, fit: Fit, money: Money, *, engine: Engine, rate: float, days: int = YEAR, interval: float = 0.8, horizons: tuple[int, ...] = (),
    orders_days: tuple[int, ...] = HORIZONS, seed: int = 1,
) -> Table:  # fmt: skip
    """Give each customer what a model expects of them.

    Parameters
    ----------
    summary : Table
        From `occasions.summarise`.
    fit : Fit
    money : Money
    engine : Engine
        Where what is told of states is put, a batch at a time.
    rate : float
        Yearly discount.
    days : int
        How far ahead money is expected, with its interval.
    interval : float
        The share of futures that lie between clv_low and clv_high.
    horizons : tuple of int
        Further days for which there is a column clv_DAYSd.
    orders_days : tuple of int
        Days for which orders are expected.
    seed : int

    Returns
    -------
    Table
        Grain: customer_id. p_alive, expected_orders_DAYSd, p_order_DAYSd, clv_DAYSd, clv_low, clv_high (money in `days` days, discounted), clv_spread
        (standard deviation of it). The interval reaches to the expectation where that lies outside (most such customers bring nothing, a few much).
    """
    alive = _join_alive(summary, fit, engine)

    def tell(pairs: pd.DataFrame) -> pd.DataFrame:
        return _tell_pairs(pairs, fit, rate=rate, days=days, horizons=(days, *horizons), orders_days=orders_days)

    joined = _join(alive, _tell(engine, "value_pairs", summary, ["x", "T"], tell), ["x", "T"])
    each, unit = money.express(joined)
    ranged, ranges = spread_out(joined.mutate(_each=each, _unit=unit), fit, money.fit, days=days, interval=interval, seed=seed)
    wide = _join(ranged, ibis.memtable(ranges, schema=_kinds(ranges, ["_x", "_T", "_p"])), ["_x", "_T", "_p"])
    scale, worth = wide["_unit"] * wide["_discounted"], {length: wide.p_alive * wide[f"_paid{length}"] * wide["_each"] for length in (days, *horizons)}
    return wide.select(
        "customer_id",
        "p_alive",
        **{f"expected_orders_{length}d": wide.p_alive * wide[f"_orders{length}"] for length in orders_days},
        **{f"p_order_{length}d": wide.p_alive * wide[f"_any{length}"] for length in orders_days},
        clv_low=ibis.least(scale * wide["_low"], worth[days]),
        clv_high=ibis.greatest(scale * wide["_high"], worth[days]),
        clv_spread=scale * wide["_sd"],
        **{f"clv_{length}d": value for length, value in worth.items()},
    )


def _join_alive(summary: Table, fit: Fit, engine: Engine) -> Table:
    model = MODELS[fit.model]
    if model.express_alive is not None:
        return summary.mutate(p_alive=model.express_alive(fit.values, summary, unit=fit.unit))

    def tell(states: pd.DataFrame) -> pd.DataFrame:
        x, last, end = (states[name].to_numpy(float) for name in ("x", "t_x", "T"))
        return states.assign(p_alive=model.measure_alive(fit.values, x, last / fit.unit, end / fit.unit))

    return _join(summary, _tell(engine, "value_alive", summary, ["x", "t_x", "T"], tell), ["x", "t_x", "T"])


def _tell_pairs(pairs: pd.DataFrame, fit: Fit, *, rate: float, days: int, horizons: tuple[int, ...], orders_days: tuple[int, ...]) -> pd.DataFrame:
    """Tell what depends on x and T only, for who is alive: neither of it contains t_x."""
    model = MODELS[fit.model]
    x, end = pairs["x"].to_numpy(float), pairs["T"].to_numpy(float)
    told = {f"_orders{length}": model.expect(fit.values, x, end / fit.unit, length / fit.unit) for length in orders_days}
    told |= {f"_any{length}": model.exceed(fit.values, 1.0, x, end / fit.unit, length / fit.unit) for length in orders_days}
    told |= {f"_paid{length}": discount_orders(fit, x, end, days=length, rate=rate) for length in horizons}
    plain = model.expect(fit.values, x, end / fit.unit, days / fit.unit)
    told["_discounted"] = np.divide(told[f"_paid{days}"], plain, out=np.ones_like(plain), where=plain > 0)
    return pairs.assign(**told)


def _tell(engine: Engine, name: str, summary: Table, keys: list[str], tell: Callable[[pd.DataFrame], pd.DataFrame]) -> Table:
    """Tell of each different state what the engine cannot reckon; however many there are, only a batch of them is here."""
    states = summary.select(keys).distinct().order_by(keys).to_pyarrow_batches(chunk_size=BATCH)
    nothing = tell(states.schema.empty_table().to_pandas())
    schema = ibis.schema(_kinds(nothing, keys)).to_pyarrow()
    path = Path(tempfile.mkdtemp(dir=engine.scratch)) / f"{name}.parquet"  # never over another: DuckDB remembers what stood in a file
    with states, pq.ParquetWriter(path, schema) as file:
        for batch in states:
            file.write_table(pa.Table.from_pandas(tell(batch.to_pandas()), schema=schema, preserve_index=False))
    return engine.load(engine.prefix + name, path)


def _kinds(frame: pd.DataFrame, keys: list[str]) -> dict[str, str]:
    return {name: "int64" if name in keys else "float64" for name in frame.columns}


def _join(table: Table, told: Table, keys: list[str]) -> Table:
    return table.left_join(told, keys).drop(*[f"{key}_right" for key in keys])


def label_rung(assigned: Table, rung: str) -> Table:
    """Name the way by which the numbers came about; what it cannot tell is null."""
    told = {name: assigned[name] if name in assigned.columns else ibis.null("float64") for name in (*COLUMNS, "clv_spread")}
    more = {name: assigned[name] for name in assigned.columns if name not in {"customer_id", *told}}
    return assigned.select("customer_id", **told, rung=ibis.literal(rung), **more)
