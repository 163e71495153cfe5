"""The year's rhythm: how busy each calendar month is, and a clock that runs faster in busy months."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

LEAST_MONTHS = 24  # whole months: fewer leave a calendar month without a year around it
LEAST_PURCHASES = 20  # a month on average
LIMITS = (0.25, 4.0)


@dataclass(frozen=True)
class Season:
    """How many times busier than the year's average each calendar month is, January first; all 1 where the data cannot tell."""

    months: tuple[float, ...] = (1.0,) * 12

    @property
    def is_known(self) -> bool:
        """Tell whether the data could tell the seasons."""
        return len(set(self.months)) > 1


def fit_season(daily: pd.DataFrame, *, as_of: dt.date) -> Season:
    """Measure the seasons from repeated purchases: the ratio of each month to the year around it, so that growth is not taken for season.

    Parameters
    ----------
    daily : pandas.DataFrame
        day (date), purchases: repeated purchases by day (days without any may be missing).
    as_of : datetime.date
        Later days are not looked at.

    Returns
    -------
    Season
        All 1 with fewer than 24 whole months, or fewer than 20 repeated purchases a month.

    Notes
    -----
    Classical decomposition: a centred moving average over 2 x 12 months, the ratios averaged by calendar month, and scaled so that a year is a year long.
    """
    days = pd.Series(daily["purchases"].to_numpy(dtype=float), index=pd.DatetimeIndex(daily["day"]))
    days = days[days.index <= pd.Timestamp(as_of)]
    if days.empty:
        return Season()
    first, after = days.index.min(), pd.Timestamp(as_of) + pd.Timedelta(days=1)
    begin = first.to_period("M") if first.day == 1 else first.to_period("M") + 1  # the first month is whole only where it begins with a purchase
    whole = pd.period_range(begin, after.to_period("M") - 1, freq="M")
    if len(whole) < LEAST_MONTHS:
        return Season()
    monthly = days.groupby(days.index.to_period("M")).sum().reindex(whole, fill_value=0.0)
    if monthly.mean() < LEAST_PURCHASES:
        return Season()
    rate = (monthly / whole.days_in_month).to_numpy()
    year = np.convolve(rate, np.r_[0.5, np.ones(11), 0.5] / 12, mode="valid")  # 6 months before to 6 after, the ends half
    if (year <= 0).any():
        return Season()
    ratios = pd.Series(rate[6 : 6 + len(year)] / year).groupby(whole.month[6 : 6 + len(year)]).mean().reindex(range(1, 13)).clip(*LIMITS)
    lengths = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    return Season(tuple((ratios / ((ratios * lengths).sum() / lengths.sum())).round(12)))


def lay_calendar(season: Season, *, first: dt.date, last: dt.date) -> pd.DataFrame:
    """Let the clock run from one day to another: a day counts as much as its month is busy.

    Returns
    -------
    pandas.DataFrame
        day (date), clock (whole days of average busyness since the first day). Without known seasons the clock counts days.
    """
    days = pd.date_range(first, last, freq="D")
    weights = np.array(season.months)[days.month - 1]
    clock = np.round(np.cumsum(weights) - weights[0], 6)
    return pd.DataFrame({"day": days.date, "clock": np.rint(clock).astype("int64")})


def read_clock(calendar: pd.DataFrame, day: dt.date) -> int:
    """Read the clock at the end of a day."""
    return int(calendar["clock"].iloc[(day - calendar["day"].iloc[0]).days])
