"""What customers are compared by: drawn from the engine, logarithms where skewed, on one scale, the outlying ones told apart."""

import math
import sys
from dataclasses import dataclass
from functools import reduce
from operator import or_

import ibis
import numpy as np
from ibis import _
from ibis.expr.types import Table, Value

from analysis.errors import ConfigurationError, shorten

DIGITS = 12  # of fitted numbers: what is beyond differs between machines
SKEWED = 1.0  # skewness from which a feature is called skewed (Bulmer 1979: "highly")
FEWEST = 100  # customers from which some can be called outlying
_CENTRAL, _WIDTH = 0.99, 5.1517  # the middle 99 % of a normal distribution is 5.1517 standard deviations wide
_MAD = 1.4826  # of a normal distribution: standard deviation by median absolute deviation


@dataclass(frozen=True)
class Scaling:
    """How features become coordinates: which on the log scale, from where outlying, mean and standard deviation of the others.

    Parameters
    ----------
    features : tuple of str
    logs : tuple of bool
    low, high : tuple of float or None
        In the unit of the feature: a customer below or above in any of them is an outlier. None where there is no limit.
    mean, scale : tuple of float
        After the transform, of those who are not outliers.
    """

    features: tuple[str, ...]
    logs: tuple[bool, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]

    def transform(self, points: np.ndarray) -> np.ndarray:
        """Put values on the log scale where the feature is."""
        return np.where(self.logs, log_signed(points), points)

    def place(self, points: np.ndarray) -> np.ndarray:
        """Turn values (customers x features) into coordinates; a missing value lies in the middle."""
        return np.nan_to_num((self.transform(points) - np.array(self.mean)) / np.array(self.scale), nan=0.0)

    def value(self, places: np.ndarray) -> np.ndarray:
        """Turn coordinates back into values."""
        moved = np.asarray(places) * np.array(self.scale) + np.array(self.mean)
        return np.where(self.logs, np.sign(moved) * np.expm1(np.abs(np.where(self.logs, moved, 0.0))), moved)

    def outlying(self, points: np.ndarray) -> np.ndarray:
        """Tell which rows are outliers."""
        low = np.array([-np.inf if bound is None else bound for bound in self.low])
        high = np.array([np.inf if bound is None else bound for bound in self.high])
        return np.asarray(((points < low) | (points > high)).any(axis=1))


def log_signed(values: np.ndarray) -> np.ndarray:
    """Take log(1 + x), and for what is below nothing the same with a minus: order is kept, nothing breaks."""
    return np.sign(values) * np.log1p(np.abs(values))


def check_features(buyers: Table, features: tuple[str, ...]) -> None:
    """Hold the features against the columns there are.

    Raises
    ------
    ConfigurationError
        Naming every column that is missing or holds no numbers, and those that could be taken.
    """
    kinds = buyers.schema()
    numeric = sorted(name for name, kind in kinds.items() if kind.is_numeric() and not kind.is_boolean())
    wrong = [f"{shorten([name])} {'holds no numbers' if name in kinds else 'is not there'}" for name in features if name not in numeric]
    if wrong:
        raise ConfigurationError(f"clusters.features: {'; '.join(wrong)}. Customers can be compared by: {', '.join(numeric)}.")


def read_feature(table: Table, name: str) -> Value:
    """Read a feature as a float; what is not a finite number is missing."""
    value = table[name].cast("float64")
    return ibis.ifelse(value.isnan() | value.isinf(), ibis.null("float64"), value) if table[name].type().is_floating() else value


def draw_points(buyers: Table, features: tuple[str, ...], *, size: int) -> np.ndarray:
    """Draw customers evenly along their values: no identifier and no row order has a say.

    Parameters
    ----------
    buyers : Table
        Grain: customer, with the features.
    features : tuple of str
    size : int
        At most that many; fewer where there are fewer customers.

    Returns
    -------
    numpy.ndarray
        Customers x features in their own units, sorted; missing values are NaN. Equal rows are counted in the engine, whole numbers as they are, others
        rounded to 1 % (and to a ten-thousandth of a usual value near nothing).
    """
    values = {name: read_feature(buyers, name) for name in features}
    rough = [name for name in features if not buyers[name].type().is_integer()]
    units = {}
    if rough:
        usual = buyers.agg(**{name: values[name].abs().cast("float64").quantile(0.5, where=values[name] != 0) for name in rough}).execute().iloc[0]
        units = {name: 10.0 ** (math.floor(math.log10(usual[name])) - 2) if usual[name] and usual[name] > 0 else 1.0 for name in rough}
    steps = {
        name: ((value.abs() / units[name] + 1).ln() * 100).round().cast("int64") * value.sign().cast("int64") if name in units else value.cast("int64")
        for name, value in values.items()
    }
    counted = buyers.group_by(**{f"f{number}": steps[name] for number, name in enumerate(features)}).agg(n=_.count()).execute()
    counted = counted.sort_values([f"f{number}" for number in range(len(features))]).reset_index(drop=True)
    total = int(counted.n.sum())
    taken = min(size, total)
    positions = np.floor((np.arange(taken) + 0.5) * total / taken).astype(int) if taken else np.array([], dtype=int)
    rows = np.searchsorted(counted.n.cumsum().to_numpy(), positions, side="right")
    drawn = counted.iloc[rows].drop(columns="n").to_numpy(dtype=float, copy=True).reshape(taken, len(features))
    for number, name in enumerate(features):
        if name in units:
            drawn[:, number] = np.sign(drawn[:, number]) * np.expm1(np.abs(drawn[:, number]) / 100) * units[name]
    return drawn


def fit_scaling(points: np.ndarray, features: tuple[str, ...], *, transform: str, limit: float) -> Scaling:
    """Find transform, limits of outliers, and scale from a sample.

    Parameters
    ----------
    points : numpy.ndarray
        Customers x features, as drawn.
    features : tuple of str
    transform : {"auto", "log", "none"}
        `auto` takes the logarithm of a feature whose skewness is above 1, provided that it comes nearer to nothing by it.
    limit : float
        Spreads from the median beyond which a customer is an outlier; 0 for none.

    Returns
    -------
    Scaling

    Notes
    -----
    The spread of a feature (after the transform) is the greater of two that a few wild values do not move: 1.4826 times the median absolute deviation
    (Rousseeuw and Croux 1993), and the width of the middle 99 % over 5.15. So with a limit above 5.15 nothing that one customer in two hundred does on
    its side is ever outlying. Below 100 customers, and in a feature without spread, nobody is.
    """
    logs = tuple(transform == "log" or (transform == "auto" and _is_skewed(column)) for column in points.T)
    moved = np.where(logs, log_signed(points), points)
    bounds = [_fence(column, limit) if limit and len(points) >= FEWEST else (None, None) for column in moved.T]
    low, high = (tuple(_undo(bound, log) for bound, log in zip(side, logs, strict=True)) for side in zip(*bounds, strict=True))
    nothing, one = (0.0,) * len(features), (1.0,) * len(features)
    unscaled = Scaling(features, logs, low, high, nothing, one)
    kept = moved[~unscaled.outlying(points)]
    mean, scale = _mean(kept).round(DIGITS), np.sqrt(_mean((kept - _mean(kept)) ** 2)).round(DIGITS)
    scale[scale == 0] = 1.0
    return Scaling(features, logs, low, high, tuple(mean.tolist()), tuple(scale.tolist()))


def _mean(columns: np.ndarray) -> np.ndarray:
    known = ~np.isnan(columns)
    return np.where(known, columns, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)


def _skewness(values: np.ndarray) -> float:
    apart = values - values.mean()
    spread = float((apart**2).mean())
    return float((apart**3).mean()) / spread**1.5 if spread > 0 else 0.0


def _is_skewed(column: np.ndarray) -> bool:
    known = column[~np.isnan(column)]
    if not len(known):
        return False
    skewness = _skewness(known)
    return skewness > SKEWED and abs(_skewness(log_signed(known))) < skewness


def _fence(column: np.ndarray, limit: float) -> tuple[float | None, float | None]:
    """Find below and above which a transformed value is outlying; the outermost values that judge are the second ones at the least."""
    known = np.sort(column[~np.isnan(column)])
    if len(known) < FEWEST:
        return None, None
    middle = float(np.median(known))
    tail = max(1, math.floor(len(known) * (1 - _CENTRAL) / 2))
    spread = max(_MAD * float(np.median(np.abs(known - middle))), float(known[-1 - tail] - known[tail]) / _WIDTH)
    return (middle - limit * spread, middle + limit * spread) if spread > 0 else (None, None)


def _undo(bound: float | None, log: bool) -> float | None:
    """Give a limit in the unit of the feature; beyond what a number can be there is none."""
    if bound is None or (log and abs(bound) > math.log(sys.float_info.max)):
        return None
    return round(math.copysign(math.expm1(abs(bound)), bound) if log else bound, DIGITS)


def express_places(table: Table, scaling: Scaling) -> list[Value]:
    """Express the coordinates of a table's customers, in the order of the features."""
    places = []
    for name, log, mean, scale in zip(scaling.features, scaling.logs, scaling.mean, scaling.scale, strict=True):
        value = read_feature(table, name)
        moved = value.sign() * (value.abs() + 1).ln() if log else value
        places.append(((moved - mean) / scale).fill_null(0.0))
    return places


def express_outlying(table: Table, scaling: Scaling) -> Value:
    """Express whether a table's customers are outliers."""
    beyond: list[Value] = []
    for name, low, high in zip(scaling.features, scaling.low, scaling.high, strict=True):
        value = read_feature(table, name)
        beyond += [value < low] if low is not None else []
        beyond += [value > high] if high is not None else []
    return reduce(or_, [ibis.coalesce(each, False) for each in beyond], ibis.literal(False))
