"""What customers are becoming: months and stages, who is overdue, how silences end."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.data import activity, beginnings, purchases, stages, waits
from analysis.errors import ConfigurationError
from analysis.models import overdue, profiles, returning, seasons, survival
from analysis.pseudonyms import name_all
from analysis.recipes.opened import Opened
from analysis.recipes.sample import draw

WATCHED = 12  # month-ends at which silences were looked at: a whole year, so that no season weighs more


@dataclass(frozen=True)
class Clockwork:
    """What the overdue index is told by on a day: the seasons, the clock they make, and how gaps differ among customers."""

    day: dt.date
    season: seasons.Season
    calendar: pd.DataFrame
    rhythm: overdue.Rhythm | None
    timed: Table

    @property
    def reading(self) -> int:
        """The clock at the end of the day."""
        return seasons.read_clock(self.calendar, self.day)

    @property
    def ahead(self) -> int:
        """How far the clock runs in the horizon to come."""
        return seasons.read_clock(self.calendar, self.day + dt.timedelta(days=returning.HORIZON)) - self.reading

    def stand(self, day: dt.date) -> Table:
        """Say where everybody stood at the end of a day."""
        return purchases.stand_at(self.timed, day=day, clock=seasons.read_clock(self.calendar, day))

    def days_to_watch(self) -> list[dt.date]:
        """List the last month-ends whose horizon is over."""
        over = self.calendar[self.calendar["clock"] + returning.HORIZON <= self.reading]
        ends = [day for day in over["day"] if activity.is_month_end(day)]
        return ends[-WATCHED:]


def _first_day(opened: Opened) -> dt.date:
    return pd.Timestamp(opened.get("purchases").day.min().execute()).date()


def _set_clock(opened: Opened, day: dt.date, name: str) -> Clockwork:
    """Fit seasons and rhythm to what had happened by a day."""
    chosen, bought = opened.config.lifecycle, opened.get("purchases")
    until = max(day, opened.as_of) + dt.timedelta(days=returning.HORIZON)
    season = seasons.fit_season(purchases.count_days(bought), as_of=day) if chosen.season == "auto" else seasons.Season()
    calendar = seasons.lay_calendar(season, first=_first_day(opened), last=until)
    timed = (
        opened.engine.materialize(name, purchases.tell_time(bought, calendar)) if season.is_known else purchases.count_time(bought, first=_first_day(opened))
    )
    standing = purchases.stand_at(timed, day=day, clock=seasons.read_clock(calendar, day))
    rhythm = overdue.fit_rhythm(overdue.count_histories(draw(opened, standing)), least_gaps=chosen.least_gaps)
    return Clockwork(day, season, calendar, rhythm, timed)


def _expect(clockwork: Clockwork) -> Table:
    """Measure everybody's silence on the day, and how silences like it have ended."""
    measured = overdue.assign_overdue(clockwork.stand(clockwork.day), clockwork.rhythm)
    if clockwork.rhythm is None:
        return measured.mutate(return_90d=ibis.null("float64"))
    past = [returning.place_in_cells(overdue.assign_overdue(clockwork.stand(day), clockwork.rhythm)) for day in clockwork.days_to_watch()]
    cells = returning.count_returns(ibis.union(*past) if len(past) > 1 else past[0]) if past else pd.DataFrame()
    return returning.expect_returns(returning.place_in_cells(measured), cells, ahead=clockwork.ahead)


def _overdue(opened: Opened) -> Table:
    """Say of every buyer how late they are, how such silences have ended, and what they spent in the year to their last purchase."""
    expected = _expect(opened.get("clockwork"))
    spent = purchases.sum_last_year(opened.get("purchases"))
    joined = expected.inner_join(spent, "customer_id")
    return opened.engine.materialize(
        "overdue",
        joined.select(
            "customer_id", "usual_gap_days", "overdue_index", "return_90d", purchase_days=_.number,
            silence_days=ibis.date(opened.as_of).delta(joined.last_day, unit="day"), year_monetary=joined.year_monetary,
        ),
    )  # fmt: skip


def _rhythm(opened: Opened) -> pd.DataFrame:
    """Tell in one row what the index is told by."""
    clockwork, least = opened.get("clockwork"), opened.config.lifecycle.least_gaps
    rhythm, season = clockwork.rhythm, clockwork.season.months
    gaps = int(opened.get("purchases").filter(_.number > 1).count().execute())
    return pd.DataFrame([{
        "is_known": rhythm is not None, "gaps": gaps, "least_gaps": least, "sampled": opened.get("drawn"),
        "shape": rhythm.shape if rhythm else None, "first_gap_days": rhythm.first_gap if rhythm else None, "season_known": clockwork.season.is_known,
        "busiest": season.index(max(season)) + 1, "quietest": season.index(min(season)) + 1, "busy": max(season), "quiet": min(season),
    }])  # fmt: skip


def _lateness(opened: Opened) -> pd.DataFrame:
    return overdue.count_lateness(opened.get("overdue"), opened.config.lifecycle.times)


def _calls(opened: Opened) -> pd.DataFrame:
    """List whom to call first, under pseudonyms."""
    times = opened.config.lifecycle.times
    first = overdue.rank_calls(opened.get("overdue"), late=times.at_risk, lost=times.lost)
    return first.assign(customer=name_all(first.customer_id)).drop(columns="customer_id")


def _reliability(opened: Opened) -> pd.DataFrame:
    """Expect as if it were ninety days ago, with what was known then, and see what came."""
    day = opened.as_of - dt.timedelta(days=returning.HORIZON)
    if day <= _first_day(opened):
        return pd.DataFrame(columns=["group", "predicted", "observed", "customers", "returned", "low", "high"])
    expected = _expect(_set_clock(opened, day, "timed_before"))
    return returning.count_reliability(expected, until=opened.as_of)


def _spells(opened: Opened) -> Table:
    """Cut everybody's life into stages; by days where the configuration says so or too few have bought again to speak of a usual gap."""
    chosen, clockwork = opened.config.lifecycle, opened.get("clockwork")
    in_gaps = chosen.by == "rhythm" and clockwork.rhythm is not None
    if in_gaps or not clockwork.season.is_known:
        calendar, timed = clockwork.calendar, clockwork.timed
    else:
        calendar = seasons.lay_calendar(seasons.Season(), first=_first_day(opened), last=opened.as_of)
        timed = purchases.count_time(opened.get("purchases"), first=_first_day(opened))
    bought = timed.mutate(repeats=timed.number - 1, span=timed.clock - timed.first_clock, silence=ibis.literal(0, "int64"))
    paced = overdue.assign_overdue(bought, clockwork.rhythm)
    silence = chosen.times if in_gaps else chosen.days
    limits = stages.Limits(silence.at_risk, silence.dormant, silence.lost, in_gaps)
    marked = stages.mark_purchases(paced, limits, recent_gaps=chosen.recent_gaps, change=chosen.change)
    marked = opened.engine.materialize("marked", marked)
    return opened.engine.materialize("spells", stages.list_spells(marked, opened.get("known"), calendar, as_of=opened.as_of))


def _burn_in(opened: Opened) -> dt.date:
    """Say from which day on a first order is the first indeed; earlier ones may be of old customers."""
    month = activity.number_month(_first_day(opened)) + opened.config.lifecycle.burn_in_months
    return activity.to_month(month) if opened.config.lifecycle.burn_in_months else _first_day(opened)


def _point(opened: Opened) -> pd.DataFrame:
    """Value a point of retention over the longest of these horizons that fifty customers have behind them."""
    burn_in = _burn_in(opened)
    for horizon in (365, 180, 90):
        sums = waits.sum_first_years(opened.get("purchases"), as_of=opened.as_of, horizon=horizon, burn_in=burn_in)
        if sums["customers"].iloc[0] >= 50:
            break
    return survival.value_point(sums)


def _attributes(opened: Opened) -> list[str]:
    """Name the columns by which customers are told apart."""
    kept, known = opened.get("lines").kept, opened.get("known")
    chosen = opened.config.lifecycle.cohorts_by
    if chosen is None:
        return beginnings.list_attributes(kept, known)
    there = {name for table in (kept, known) for name in table.columns if table[name].type().is_string()} - {"customer_id", "order_key", "source_file"}
    if missing := [name for name in chosen if name not in there]:
        raise ConfigurationError(
            f"lifecycle.cohorts_by names {', '.join(missing)}: no such column with text, in the order lines or the customer master. "
            f"There are: {', '.join(sorted(there))}."
        )
    return list(chosen)


def _cohorts_by(opened: Opened) -> pd.DataFrame:
    """Follow customers by what they began with, attribute by attribute."""
    chosen, attributes = opened.config.lifecycle, opened.get("attributes")
    described = beginnings.pick_occasion(opened.get("lines").kept, opened.get("known"), opened.get("purchases").filter(_.number == 1), attributes)
    described = opened.engine.materialize("beginnings", described)
    last = activity.number_month(opened.as_of) - (0 if activity.is_month_end(opened.as_of) else 1)
    frames = [
        beginnings.count_cohorts_by(
            opened.get("active_months"), beginnings.keep_largest(described, name, most=chosen.most_values),
            burn_in=activity.number_month(_burn_in(opened)), last=last,
        ).assign(attribute=name)
        for name in attributes
    ]  # fmt: skip
    if not frames:
        return pd.DataFrame(
            columns=["attribute", "value", "period", "size", "customers", "active", "retention", "revenue_retention", "is_complete", "low", "high"]
        )
    frame = pd.concat(frames, ignore_index=True)
    low, high = returning.bound_share(frame["active"].astype(float), frame["customers"].astype(float))
    return frame.assign(low=low, high=high)


def _fate_horizon(opened: Opened) -> int:
    """Choose the longest of these horizons that fits into the data twice; the shortest where none does."""
    reach = (opened.as_of - _first_day(opened)).days + 1
    return next((days for days in (365, 180, 90) if 2 * days <= reach), 90)


def _fates(opened: Opened) -> pd.DataFrame:
    """Compare who left with who stayed by an order of each: what it was, how dear, whether something came back, and how many there had been."""
    attributes, lines = opened.get("attributes"), opened.get("lines")
    horizon = _fate_horizon(opened)
    parted = opened.engine.materialize("parted", waits.part_fates(opened.get("purchases"), as_of=opened.as_of, horizon=horizon))
    what = beginnings.pick_occasion(lines.kept, opened.get("known"), parted, attributes)
    returned = beginnings.list_returned_days(lines.lines)
    joined = profiles.level_prices(parted).inner_join(what.drop("day"), "customer_id").left_join(returned, ["customer_id", "day"])
    joined = joined.select(
        "customer_id", "gone", "orders", "price_level", *attributes, returns=ibis.ifelse(joined.came_back.fill_null(False), "some", "none")
    )  # fmt: skip
    fated = opened.engine.materialize("fated", joined)
    for name in attributes:
        few = beginnings.keep_largest(fated, name, most=opened.config.lifecycle.most_values, least=30).rename({name: "value"})
        fated = fated.drop(name).inner_join(few, "customer_id")
    frame = profiles.count_fates(fated, ["orders", *attributes, "returns", "price_level"])
    return frame.assign(horizon=horizon)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "active_months": lambda o: o.engine.materialize("active_months", activity.list_active_months(o.get("orders"))),
    "spells": _spells,
    "cohorts": lambda o: activity.count_cohorts(o.get("active_months"), as_of=o.as_of, burn_in_months=o.config.lifecycle.burn_in_months),
    "stages": lambda o: stages.count_stages(o.get("spells"), as_of=o.as_of),
    "flows": lambda o: activity.count_flows(o.get("active_months"), as_of=o.as_of),
    "purchases": lambda o: o.engine.materialize("purchases", purchases.list_purchases(o.get("orders"))),
    "clockwork": lambda o: _set_clock(o, o.as_of, "timed"),
    "overdue": _overdue,
    "rhythm": _rhythm,
    "lateness": _lateness,
    "calls": _calls,
    "reliability": _reliability,
    "waits": lambda o: waits.count_waits(o.get("purchases"), as_of=o.as_of),
    "survival": lambda o: survival.estimate_steps(o.get("waits"), seed=o.config.seed),
    "no_return": lambda o: survival.find_point_of_no_return(o.get("waits"), seed=o.config.seed),
    "trend": lambda o: survival.follow_trend(waits.count_second_orders(o.get("purchases"), as_of=o.as_of, burn_in=_burn_in(o))),
    "point": _point,
    "attributes": _attributes,
    "cohorts_by": _cohorts_by,
    "fates": _fates,
}
