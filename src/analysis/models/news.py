"""Which picture matters this month: the one whose number moved furthest, by the measure of its own last twelve months."""

from collections.abc import Mapping

import pandas as pd

CANDIDATES = ("months", "flows", "history", "causes", "lateness")  # in this order where two are equally new
PAST, LEAST_PAST = 12, 6  # months a change is measured against; with fewer there is no measure
CALM = 1.5  # below so many usual swings nothing stands out
FLOOR = 0.1  # of the mean change: swings smaller than this count as large as this, so that a very even series is not news at once


def score_change(changes: pd.Series) -> float:
    """Measure the last change against those of up to twelve months before: how many of their standard deviations it lies from their mean.

    Parameters
    ----------
    changes : pandas.Series
        One a month, the months ascending.

    Returns
    -------
    float
        NaN with fewer than six earlier months.
    """
    known = changes.dropna().astype(float)
    past = known.iloc[-PAST - 1 : -1]
    if len(past) < LEAST_PAST:
        return float("nan")
    swing = max(float(past.std(ddof=1)), FLOOR * float(past.abs().mean()), 1e-12)
    return round(abs(float(known.iloc[-1]) - float(past.mean())) / swing, 9)


def choose(changes: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Choose the picture that tells most news.

    Parameters
    ----------
    changes : mapping of str to pandas.Series
        What is measured of each candidate: its change in each full month, indexed by month.

    Returns
    -------
    pandas.DataFrame
        Grain: candidate, the newest first. month (first day of the last full month, null without one), score, is_chosen, reason (most: it moved furthest; calm:
        nothing stands out, so revenue by month is shown; short: too few months to tell).
    """
    rows = [(key, series.dropna().index.max() if len(series.dropna()) else None, score_change(series)) for key, series in changes.items()]
    frame = pd.DataFrame(rows, columns=["candidate", "month", "score"])
    frame["place"] = [CANDIDATES.index(key) for key in frame["candidate"]]
    frame = frame.sort_values(["score", "place"], ascending=[False, True], na_position="last", ignore_index=True)
    best = frame["score"].max()
    reason = "short" if pd.isna(best) else "calm" if best < CALM else "most"
    chosen = frame["candidate"].iloc[0] if reason == "most" else CANDIDATES[0]
    return frame.assign(is_chosen=frame["candidate"] == chosen, reason=reason).drop(columns="place")


def measure_shift(history: pd.DataFrame) -> pd.Series:
    """Measure how far the shares of the segments moved in each full month: half the sum of the differences, the share of customers that would have to change places.

    Parameters
    ----------
    history : pandas.DataFrame
        The table `history`: as_of, scheme, segment, customers.
    """
    rows = history[history["scheme"] == "segment"].assign(as_of=lambda table: pd.to_datetime(table["as_of"]))
    rows = rows[rows["as_of"].dt.is_month_end]
    table = rows.pivot_table(index="as_of", columns="segment", values="customers", aggfunc="sum", fill_value=0).astype(float).sort_index()
    table = table[table.sum(axis=1) > 0]
    moved = table.div(table.sum(axis=1), axis=0).diff().abs().sum(axis=1, skipna=False) / 2
    return moved.set_axis(moved.index.to_period("M").to_timestamp())


def measure_moves(migration: pd.DataFrame) -> pd.Series:
    """Measure which share of the customers changed segment in each full month.

    Parameters
    ----------
    migration : pandas.DataFrame
        The table `migration`.
    """
    rows = migration[(migration["scheme"] == "segment") & (migration["from_segment"] != "none")]
    start, end = pd.to_datetime(rows["from_as_of"]), pd.to_datetime(rows["to_as_of"])
    rows = rows.assign(month=end.dt.to_period("M").dt.to_timestamp())
    rows = rows[start.dt.is_month_end & end.dt.is_month_end & ((end - start).dt.days <= 31)]
    moved = rows[rows["from_segment"] != rows["to_segment"]].groupby("month")["customers"].sum()
    total = rows.groupby("month")["customers"].sum().astype(float)
    return (moved.reindex(total.index).fillna(0) / total).sort_index()
