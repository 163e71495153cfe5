"""Gamma-Gamma: the money on a purchase varies around each customer's own mean, which varies between customers (Fader and Hardie 2013).

p, q, v; v is in money. What a customer spends has nothing to do with how often: that is checked before it is used.
"""

import numpy as np
import pandas as pd
from scipy import special, stats


def weigh(theta: np.ndarray, bought: np.ndarray, mean: np.ndarray, n: np.ndarray) -> tuple[float, np.ndarray]:
    """Give the log-likelihood at log (p, q, v) of mean money over so many purchases, and its gradient by these logarithms."""
    p, q, v = np.exp(theta)
    counts, places = np.unique(bought, return_inverse=True)
    of_count = np.bincount(places, n, len(counts))
    total, customers = v + bought * mean, float(n.sum())
    log_total = np.log(total)
    shape = p * bought
    loglik = (
        of_count @ (special.gammaln(p * counts + q) - special.gammaln(p * counts) - special.gammaln(q) + p * counts * np.log(counts))
        + customers * q * np.log(v)
        + n @ ((shape - 1) * np.log(mean) - (shape + q) * log_total)
    )
    rise = special.digamma(p * counts + q)
    gradient = np.array([
        of_count @ (counts * (rise - special.digamma(p * counts) + np.log(counts))) + n @ (bought * (np.log(mean) - log_total)),
        of_count @ (rise - special.digamma(q)) + customers * np.log(v) - n @ log_total,
        customers * q / v - n @ ((shape + q) / total),
    ])  # fmt: skip
    return float(loglik), gradient * np.exp(theta)


def start(mean: np.ndarray, n: np.ndarray) -> list[np.ndarray]:
    """List where to begin: purchases that vary much and little."""
    middle = float(n @ mean / n.sum())
    return [np.log([p, q, middle * max(q - 1, 0.5) / p]) for p, q in ((2.0, 3.0), (6.0, 4.0), (1.0, 1.5), (20.0, 10.0))]


def correlate(spending: pd.DataFrame) -> float:
    """Give the correlation between the number of paid repeat purchases and the mean money on one, both as logarithms: 0 where one of them does not vary."""
    n = spending["n"].to_numpy(float)
    x, y = np.log(spending["paid_x"].to_numpy(float)), np.log(spending["mean"].to_numpy(float))
    x, y = x - n @ x / n.sum(), y - n @ y / n.sum()
    spread = np.sqrt((n @ x**2) * (n @ y**2))
    return float(n @ (x * y) / spread) if spread > 1e-12 else 0.0


def bound_correlation(correlation: float, customers: int, *, level: float = 0.95) -> tuple[float, float]:
    """Give the interval of a correlation (Fisher's z)."""
    if customers < 4:
        return (-1.0, 1.0)
    half = stats.norm.ppf((1 + level) / 2) / np.sqrt(customers - 3)
    z = np.arctanh(np.clip(correlation, -0.999999, 0.999999))
    return (float(np.tanh(z - half)), float(np.tanh(z + half)))
