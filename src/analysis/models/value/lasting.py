"""Pareto/NBD: customers buy at their own rate and leave at some unseen moment (Schmittlein, Morrison and Colombo 1987).

Rates are gamma (r, alpha), lifetimes exponential at rates that are gamma (s, beta). All times are in the unit of alpha and beta. The likelihood of having
left is an integral over the moment of leaving; the usual form of it, a difference of two 2F1, loses its digits for heavy buyers, so the integral is
summed at nodes, along a variable in which it is nearly flat.
"""

import numpy as np
from scipy import special

from analysis.models.value.states import States

_ROOTS, _WEIGHTS = np.polynomial.legendre.leggauss(16)
NODES = ((_ROOTS + 1) / 2) ** 3  # cubed: nearly all who could have left long ago did so soon after t
SHARES = _WEIGHTS / 2 * 3 * ((_ROOTS + 1) / 2) ** 2


def weigh(theta: np.ndarray, states: States) -> tuple[float, np.ndarray]:
    """Give the log-likelihood at log (r, alpha, s, beta), and its gradient by these logarithms."""
    r, alpha, s, beta = values = np.exp(theta)
    x, n, end = states.x, states.n, states.T
    counts, of_count = states.counts, states.of_count
    still, gone, moments = _split(tuple(values), x, states.t, end, moments=True)
    left = special.expit(gone - still)
    log_alpha_end, log_beta_end = np.log(alpha + end), np.log(beta + end)
    loglik = of_count @ (special.gammaln(r + counts) - special.gammaln(r) + r * np.log(alpha)) + n @ np.logaddexp(still, gone)
    log_rate, per_rate, log_life, per_life = moments
    gradient = np.array([
        of_count @ (special.digamma(r + counts) - special.digamma(r) + np.log(alpha)) - n @ ((1 - left) * log_alpha_end + left * log_rate),
        states.customers * r / alpha - n @ ((r + x) * ((1 - left) / (alpha + end) + left * per_rate)),
        n @ ((1 - left) * (np.log(beta) - log_beta_end) + left * (1 / s + np.log(beta) - log_life)),
        n @ ((1 - left) * (s / beta - s / (beta + end)) + left * (s / beta - (s + 1) * per_life)),
    ])  # fmt: skip
    return float(loglik), gradient * values


def _split(
    values: tuple[float, ...], x: np.ndarray, t: np.ndarray, end: np.ndarray, *, moments: bool = False
) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]:
    """Give the logarithms of the two parts of the likelihood, being alive at the end and having left before; and means over the moment of leaving u.

    Notes
    -----
    Having left is s beta^s times the integral over u, from t to the end, of (alpha+u)^-(r+x) (beta+u)^-(s+1). With g such that (g+u)^-(r+x+s+1) falls
    like the integrand at t, and v = ((g+t)/(g+u))^(r+x+s), what remains under the integral over v is smooth and begins flat.
    """
    r, alpha, s, beta = values
    bought = r + x
    power = bought + s
    still = -bought * np.log(alpha + end) + s * (np.log(beta) - np.log(beta + end))
    begin = (power + 1) / (bought / (alpha + t) + (s + 1) / (beta + t))  # g + t
    log_alpha, log_beta = np.log(alpha + t), np.log(beta + t)
    width = -np.expm1(-power * np.log1p((end - t) / begin))
    total, sums = np.zeros_like(still), [np.zeros_like(still) for _ in range(4 if moments else 0)]
    for node, share in zip(NODES, SHARES, strict=True):
        later = -np.log(1 - width + width * node) / power  # log (g+u)/(g+t)
        since = begin * np.expm1(later)
        log_rate, log_life = np.log(alpha + t + since), np.log(beta + t + since)
        weight = share * np.exp(np.minimum((power + 1) * later - bought * (log_rate - log_alpha) - (s + 1) * (log_life - log_beta), 700))
        total += weight
        for kept, value in zip(sums, (log_rate, 1 / (alpha + t + since), log_life, 1 / (beta + t + since)), strict=False):
            kept += weight * value
    gone = np.log(s) + s * np.log(beta) - bought * log_alpha - (s + 1) * log_beta + np.log(begin / power) + np.log(np.maximum(width, 1e-300)) + np.log(total)
    return still, gone, tuple(kept / total for kept in sums)


def start(states: States) -> list[np.ndarray]:
    """List where to begin: few and many who leave, alike and unlike."""
    rate = 1.5 * float(states.n @ states.x + 1) / float(states.n @ states.T + 1)
    return [np.log([r, r / rate, s, beta]) for r, s, beta in ((0.5, 0.6, 3.0), (1.0, 0.3, 10.0), (3.0, 1.5, 8.0), (0.3, 3.0, 40.0))]


def measure_alive(values: tuple[float, ...], x: np.ndarray, t: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Give P(alive) at the end for each state."""
    still, gone, _ = _split(values, x, t, end)
    return special.expit(still - gone)


def expect(values: tuple[float, ...], x: np.ndarray, end: np.ndarray, ahead: np.ndarray | float) -> np.ndarray:
    """Give the purchases expected in the time ahead by who is alive at the end (Fader and Hardie 2005, note on the Pareto/NBD, equation 41)."""
    r, alpha, s, beta = values
    x, end, ahead = np.broadcast_arrays(np.asarray(x, float), np.asarray(end, float), np.asarray(ahead, float))
    grown = np.log1p(ahead / (beta + end))
    lived = grown if abs(s - 1) < 1e-9 else -np.expm1((1 - s) * grown) / (s - 1)
    return (r + x) / (alpha + end) * (beta + end) * lived


def exceed(values: tuple[float, ...], number: np.ndarray | float, x: np.ndarray, end: np.ndarray, ahead: np.ndarray | float) -> np.ndarray:
    """Give the chance of at least so many purchases in the time ahead, for who is alive at the end: over the moments of leaving, summed at nodes."""
    r, alpha, s, beta = values
    stays = np.exp(-s * np.log1p(ahead / (beta + end)))
    total = stays * special.betainc(number, r + x, ahead / (alpha + end + ahead))
    for node, share in zip(NODES, SHARES, strict=True):
        lasts = (beta + end) * np.expm1(-np.log(stays + (1 - stays) * node) / s)
        total = total + share * (1 - stays) * special.betainc(number, r + x, lasts / (alpha + end + lasts))
    return total


def draw(values: tuple[float, ...], x: float, end: float, ahead: float, size: int, rng: np.random.Generator) -> np.ndarray:
    """Draw purchases in the time ahead by who is alive at the end."""
    r, alpha, s, beta = values
    with np.errstate(over="ignore", divide="ignore"):
        lasts = rng.standard_exponential(size) * (beta + end) / rng.standard_gamma(s, size)
    time = np.where(lasts < ahead, lasts, ahead)
    return rng.poisson(np.minimum(rng.standard_gamma(r + x, size) * time / (alpha + end), 1e12))
