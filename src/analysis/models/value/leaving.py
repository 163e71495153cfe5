"""BG/NBD and MBG/NBD: customers buy at their own rate and may leave for good after a purchase.

In BG/NBD (Fader, Hardie and Lee 2005) nobody leaves before the second purchase, so who bought once counts as a customer for ever; in MBG/NBD (Batislam,
Denizel and Filiztekin 2007) one may leave after the first purchase too. `early` is 0 for the first and 1 for the second: how often somebody with x
purchases after the first has stayed, less x. Rates are gamma (r, alpha), chances of leaving beta (a, b). All times are in the unit of alpha.
"""

import ibis
import numpy as np
from ibis.expr.types import Table
from scipy import special

from analysis.models.value.states import States

CAP = 700.0  # of a logarithm before exp
STEPS = 256  # of the chance of leaving, where the closed form fails


def weigh(theta: np.ndarray, states: States, *, early: int) -> tuple[float, np.ndarray]:
    """Give the log-likelihood at log (r, alpha, a, b), and its gradient by these logarithms."""
    r, alpha, a, b = np.exp(theta)
    x, n = states.x, states.n
    counts, of_count = states.counts, states.of_count
    stayed = counts + early
    by_count = (
        special.gammaln(r + counts) - special.gammaln(r) + r * np.log(alpha)
        + special.gammaln(a + b) + special.gammaln(b + stayed) - special.gammaln(b) - special.gammaln(a + b + stayed)
    )  # fmt: skip
    log_end, log_last = np.log(alpha + states.ends)[states.at_end], np.log(alpha + states.lasts)[states.at_last]
    per_end, per_last = (1 / (alpha + states.ends))[states.at_end], (1 / (alpha + states.lasts))[states.at_last]
    may = x + early > 0
    before = np.where(may, b + x + early - 1, 1.0)
    odds = np.where(may, np.log(a / before) + (r + x) * (log_end - log_last), -np.inf)
    gone = special.expit(odds)  # the share of the likelihood in which the customer has left
    loglik = of_count @ by_count + n @ (np.logaddexp(0, odds) - (r + x) * log_end)
    gradient = np.array([
        of_count @ (special.digamma(r + counts) - special.digamma(r) + np.log(alpha)) + n @ (gone * (log_end - log_last) - log_end),
        states.customers * r / alpha + n @ ((r + x) * (gone * (per_end - per_last) - per_end)),
        of_count @ (special.digamma(a + b) - special.digamma(a + b + stayed)) + n @ gone / a,
        of_count @ (special.digamma(a + b) + special.digamma(b + stayed) - special.digamma(b) - special.digamma(a + b + stayed)) - n @ (gone / before),
    ])  # fmt: skip
    return float(loglik), gradient * np.exp(theta)


def start(states: States) -> list[np.ndarray]:
    """List where to begin: few and many who leave, alike and unlike."""
    rate = 1.5 * float(states.n @ states.x + 1) / float(states.n @ states.T + 1)
    return [np.log([r, r / rate, a, b]) for r, a, b in ((0.3, 0.8, 2.5), (1.0, 0.3, 3.0), (3.0, 1.5, 1.5), (0.6, 2.0, 20.0))]


def measure_alive(values: tuple[float, ...], x: np.ndarray, t: np.ndarray, end: np.ndarray, *, early: int) -> np.ndarray:
    """Give P(alive) at the end for each state."""
    r, alpha, a, b = values
    may = x + early > 0
    odds = np.log(a) - np.log(np.where(may, b + x + early - 1, 1.0)) + (r + x) * (np.log(alpha + end) - np.log(alpha + t))
    return np.where(may, special.expit(-odds), 1.0)


def express_alive(values: tuple[float, ...], summary: Table, *, unit: float, early: int) -> ibis.Value:
    """Give P(alive) as an expression on x, t_x, T in days."""
    r, alpha, a, b = values
    x = summary["x"].cast("float64")
    end, last = summary["T"].cast("float64") / unit + alpha, summary["t_x"].cast("float64") / unit + alpha
    before = x + (b + early - 1)
    if early:
        return 1 / (1 + ibis.least((x + r) * (end / last).ln() + (a / before).ln(), CAP).exp())
    odds = ibis.least((x + r) * (end / last).ln() + (a / ibis.ifelse(summary["x"] > 0, before, 1.0)).ln(), CAP).exp()
    return ibis.ifelse(summary["x"] > 0, 1 / (1 + odds), 1.0)


def stay_at_first(values: tuple[float, ...], *, early: int) -> float:
    """Give the chance to be a customer still after the first purchase."""
    _r, _alpha, a, b = values
    return b / (a + b) if early else 1.0


def expect(values: tuple[float, ...], x: np.ndarray, end: np.ndarray, ahead: np.ndarray | float, *, early: int) -> np.ndarray:
    """Give the purchases expected in the time ahead by who is alive at the end.

    Notes
    -----
    Fader, Hardie and Lee (2005), equation 10, less the chance to be alive, after an Euler transformation of 2F1: the power that overflows for heavy buyers
    cancels. Checked against what nobody can exceed; where it fails, the integral over the chance of leaving is summed over its quantiles.
    """
    r, alpha, a, b = values
    x, end, ahead = np.broadcast_arrays(np.asarray(x, float), np.asarray(end, float), np.asarray(ahead, float))
    a = a + 1e-7 if abs(a - 1) < 1e-7 else a
    stayed = b + x + early
    z = ahead / (alpha + end + ahead)
    with np.errstate(all="ignore"):
        made = (a + stayed - 1) / (a - 1) * (1 - (1 - z) ** (a - 1) * special.hyp2f1(a + b + early - 1 - r, a - 1, a + stayed - 1, z))
    most = (r + x) / (alpha + end) * ahead
    wrong = ~(np.isfinite(made) & (made >= 0) & (made <= most * (1 + 1e-9)))
    if wrong.any():
        made = np.where(wrong, 0.0, made)
        made[wrong] = _sum_quantiles(values, x[wrong], end[wrong], ahead[wrong], early=early)
    return made


def _sum_quantiles(values: tuple[float, ...], x: np.ndarray, end: np.ndarray, ahead: np.ndarray, *, early: int) -> np.ndarray:
    r, alpha, a, b = values
    total = np.zeros(len(x))
    for step in range(STEPS):
        p = np.maximum(special.betaincinv(a, b + x + early, (step + 0.5) / STEPS), 1e-12)
        total += -np.expm1(-(r + x) * np.log1p(p * ahead / (alpha + end))) / p
    return total / STEPS


def exceed(values: tuple[float, ...], number: np.ndarray | float, x: np.ndarray, end: np.ndarray, ahead: np.ndarray | float, *, early: int) -> np.ndarray:
    """Give the chance of at least so many purchases (1 or more) in the time ahead, for who is alive at the end.

    Notes
    -----
    Rate and chance of leaving are independent given that one is alive: to buy n times takes a rate that gives n arrivals, and n - 1 decisions to stay.
    """
    r, alpha, a, b = values
    stayed = b + x + early
    stay = special.betaln(a, stayed + number - 1) - special.betaln(a, stayed)
    return np.exp(stay) * special.betainc(number, r + x, ahead / (alpha + end + ahead))


def draw(values: tuple[float, ...], x: float, end: float, ahead: float, size: int, rng: np.random.Generator, *, early: int) -> np.ndarray:
    """Draw purchases in the time ahead by who is alive at the end."""
    r, alpha, a, b = values
    arrivals = rng.poisson(np.minimum(rng.standard_gamma(r + x, size) * ahead / (alpha + end), 1e12))
    last = rng.geometric(np.clip(rng.beta(a, b + x + early, size), 1e-15, 1))
    return np.minimum(arrivals, last)
