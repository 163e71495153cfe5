"""What pages may show of a table, and what the rules must be told about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

import pandas as pd

from analysis.columns import CAUSES, NONE
from analysis.models.disclosure import withhold
from analysis.models.disclosure_rules import Balance, Cells, Parts, Rule
from analysis.models.migration import find_direction

_WITH = {"came": "up", "left": "down"}  # whom the few who came or left are counted with


@dataclass(frozen=True)
class Shown:
    """What pages may show of a table.

    Parameters
    ----------
    rules : tuple of Rule
        The groups of customers that its numbers stand for. `values` may end in ``*``.
    free : str
        Columns that speak of no customers, parted by blanks.
    single : bool
        A row is one customer, by pseudonym: nothing for readers outside.
    dropped : str
        Columns that no page gets, likewise.
    prepare : callable, optional
        Adds what the rules need and pages do not: exact table -> table.
    finish : callable, optional
        What no rule says: (table as shown, other tables as shown, least) -> table.
    reads : tuple of str
        The other tables that `finish` reads.
    """

    rules: tuple[Rule, ...] = ()
    free: str = ""
    single: bool = False
    dropped: str = ""
    prepare: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    finish: Callable[[pd.DataFrame, Mapping[str, pd.DataFrame], int], pd.DataFrame] | None = None
    reads: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """Name the tables whose pattern this one follows."""
        return tuple(sorted({same.table for rule in self.rules if isinstance(rule, Cells) for same in rule.same} | set(self.reads)))

    @property
    def columns(self) -> frozenset[str]:
        """Name every column that may be there."""
        named = {*self.free.split(), *self.dropped.split()}
        for rule in self.rules:
            for field in fields(rule):
                value = getattr(rule, field.name)
                named |= {value} if field.name in ("by", "path", "along") and isinstance(value, str) else set()
                named |= {each for each in value if isinstance(each, str)} if isinstance(value, tuple) else set()
            named |= {name for line in rule.sums for name, _ in line} if isinstance(rule, Balance) else set()
        return frozenset(named)


def tell_buyers(stages: pd.DataFrame) -> pd.DataFrame:
    """Tell buyers from those who bought nothing: each have a total that readers know."""
    return stages.assign(bought=~stages["stage"].isin(("prospect", "cancelled_only")))


def tell_months(cohorts: pd.DataFrame) -> pd.DataFrame:
    """Tell the month in which a cohort was active, whose active customers stand in other tables, and its first one, which is the cohort itself."""
    begun = pd.to_datetime(cohorts["cohort"])
    return cohorts.assign(
        month=[start + pd.DateOffset(months=int(period)) for start, period in zip(begun, cohorts["period"], strict=True)], begins=cohorts["period"] == 0
    )


def tell_levels(tags: pd.DataFrame) -> pd.DataFrame:
    """Tell the levels of a tag from the tag itself, which is their sum."""
    return tags.assign(is_level=tags["value"].notna())


def count_gained(policies: pd.DataFrame) -> pd.DataFrame:
    """Count by how many customers the base would be larger or smaller."""
    return policies.assign(gained=(policies["buyers_after"] - policies["buyers_before"]).abs())


def count_others(bins: pd.DataFrame) -> pd.DataFrame:
    """Count who is in a place of the map and not of its largest cluster."""
    return bins.assign(others=(bins["customers"] * (1 - bins["share"])).round())


def tell_direction(moves: pd.DataFrame) -> pd.DataFrame:
    """Tell who went up or came and who went down or left: each have a total that readers know. Nobody goes from nowhere to nowhere."""
    return moves.assign(direction=find_direction(moves).replace(_WITH), nowhere=(moves["from_segment"] == NONE) & (moves["to_segment"] == NONE))


def fold_moves(totals: pd.DataFrame, _others: Mapping[str, pd.DataFrame], least: int) -> pd.DataFrame:
    """Count the few who left with those who went down, and the few who came with those who went up; then the other of the two is not told.

    Who came less who left is known from the sizes of the base on the two days.
    """
    numbers = [column for column in totals.columns if column not in ("scheme", "direction", "from_as_of", "to_as_of")]
    small = totals["direction"].isin(_WITH) & totals["customers"].between(1, least - 1)
    folded = totals.assign(direction=totals["direction"].mask(small, totals["direction"].replace(_WITH)))
    folded = folded.groupby(["scheme", "direction", "from_as_of", "to_as_of"], as_index=False)[numbers].sum()
    hidden = folded["scheme"].isin(totals.loc[small, "scheme"]) & folded["direction"].isin(_WITH)
    values = tuple(column for column in numbers if column != "customers")
    known = folded[~hidden].reset_index(drop=True)
    rules = (Cells(("scheme", "direction"), values=values, totals=(("scheme",),)), Parts(("scheme", "direction"), CAUSES, totals=(("scheme", "direction"),)))
    shown = withhold(known, rules, least=least)
    others = folded[hidden].assign(**dict.fromkeys(numbers, float("nan")))
    return pd.concat([shown, others], ignore_index=True)[list(totals.columns)] if len(others) else shown[list(totals.columns)]


def blank_figures(shown: pd.DataFrame, least: int, columns: tuple[str, ...], by: str = "") -> pd.DataFrame:
    """Withhold figures of a few customers: money and means go with the customers of the same days, and a share where it stands for a few."""
    shown = shown.copy()
    for column in columns:
        shown[column] = pd.to_numeric(shown[column], errors="coerce")
        for _day, rows in shown.groupby(by) if by else ((None, shown),):
            values = rows.drop_duplicates("measure").set_index("measure")[column]
            gone = {measure for measure in ("active_customers", "new_customers_30d") if 0 < values.get(measure, 0) < least}
            if "active_customers" in gone:
                gone |= {"revenue_30d", "mean_order_value_30d"}
            shown.loc[rows.index[rows["measure"].isin(gone)], column] = float("nan")
    return shown


def blank_late(views: pd.DataFrame, others: Mapping[str, pd.DataFrame], _least: int) -> pd.DataFrame:
    """Who is late is at risk or dormant: where one of the two is withheld, their sum would tell it."""
    stages = others["stages"]
    now = stages.loc[(stages["month"] == stages["month"].max()) & stages["stage"].isin(("at_risk", "dormant")), "customers"]
    late = views["about"] == "late"
    return views.assign(**{column: views[column].astype(float).mask(late) for column in ("customers", "monetary")}) if now.isna().any() else views
