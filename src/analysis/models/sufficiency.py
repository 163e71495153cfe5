"""Are there enough data for the groups asked for? If not: fewer groups, or none, and the reasons."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.fitting import adopt_scoring, settle_scoring
from analysis.models.maps import SegmentMap, load_map
from analysis.settings.scoring import Scoring, Sufficiency

FEWER, FEWEST = "six", "four"


@dataclass(frozen=True)
class Basis:
    """What there is to estimate cut points from.

    Parameters
    ----------
    buyers : int
    days : int
        From the first order to as-of.
    silent_days : int
        From the last order to as-of.
    most_orders : int
        Of one customer.
    """

    buyers: int
    days: int
    silent_days: int
    most_orders: int


@dataclass(frozen=True)
class Choice:
    """The map that the data bear, the scoring that goes with it, and why it is not the one asked for.

    Parameters
    ----------
    basis : Basis
    limits : Sufficiency
    wanted, used : SegmentMap
        The map of the configuration, and the one the run goes by.
    scoring : Scoring
    enough : bool
        False where nobody is put into a group.
    short : tuple of str
        What is missing: buyers, days, recent, orders. Told even where no estimate is needed and the map is kept.
    """

    basis: Basis
    limits: Sufficiency
    wanted: SegmentMap
    used: SegmentMap
    scoring: Scoring
    enough: bool
    short: tuple[str, ...]

    @property
    def reduced(self) -> bool:
        """Tell whether there are fewer groups than asked for."""
        return self.used.name != self.wanted.name

    def list_reasons(self) -> list[tuple[str, dict[str, int]]]:
        """Name the sentences that say why there are fewer groups or none, each with its values, then how many groups there are."""
        if not self.enough:
            return [("few-buyers", {"buyers": self.basis.buyers, "limit": self.limits.least})]
        if not self.reduced:
            return []
        checks = self.list_checks()
        missing = [(f"short-{row.check}", {"found": int(row.found), "needed": int(row.needed)}) for row in checks[~checks.met].itertuples()]
        return [*missing, ("fewer-groups", {"groups": len(self.used.keys), "wanted": len(self.wanted.keys)})]

    def list_checks(self) -> pd.DataFrame:
        """Lay the checks out: check (buyers, days, recent, orders) with found, needed, met."""
        found = {"buyers": self.basis.buyers, "days": self.basis.days, "recent": self.basis.silent_days, "orders": self.basis.most_orders}
        needed = {"buyers": self.limits.buyers, "days": self.limits.days, "recent": self.limits.recent_days, "orders": self.limits.orders}
        return pd.DataFrame([(check, found[check], needed[check], check not in self.short) for check in found], columns=["check", "found", "needed", "met"])


def count_basis(buyers: Table, *, as_of: dt.date) -> Basis:
    """Count what there is to estimate from.

    Parameters
    ----------
    buyers : Table
        Grain: customer. first_order_date, last_order_date, frequency.
    as_of : datetime.date
    """
    row = buyers.agg(n=_.count(), first=_.first_order_date.min(), last=_.last_order_date.max(), most=_.frequency.max()).execute().iloc[0]
    if not row.n:
        return Basis(0, 0, 0, 0)
    return Basis(int(row.n), (as_of - pd.Timestamp(row["first"]).date()).days, (as_of - pd.Timestamp(row["last"]).date()).days, int(row.most))


def choose_map(basis: Basis, limits: Sufficiency, scoring: Scoring, wanted: SegmentMap) -> Choice:
    """Choose the groups that the data bear.

    Below any limit there are six groups where only buyers are short and there are `fewer` of them, else four; below `least` buyers none. A map with as few groups
    is kept, and so is any map whose cut points are not estimated: those of a frozen ruler, or all of them fixed.

    Raises
    ------
    ConfigurationError
        When the map reads other scores than the configuration makes.
    """
    frozen = scoring.ruler != "fitted"
    settled = settle_scoring(scoring, wanted)
    short = tuple(
        check
        for check, missing in (
            ("buyers", basis.buyers < limits.buyers),
            ("days", basis.days < limits.days),
            ("recent", basis.silent_days > limits.recent_days),
            ("orders", basis.most_orders < limits.orders),
        )
        if missing
    )
    methods = {"r": settled.recency.method, "f": settled.frequency.method, "m": settled.money.method}
    estimated = not frozen and any(methods[axis] != "fixed" for axis in wanted.axes)
    enough = frozen or basis.buyers >= limits.least
    used = wanted
    if short and estimated and enough:
        bearable = load_map(FEWER if short == ("buyers",) and basis.buyers >= limits.fewer else FEWEST)
        used = bearable if len(bearable.keys) < len(wanted.keys) else wanted
    return Choice(basis, limits, wanted, used, settled if used is wanted else adopt_scoring(scoring, used), enough, short)
