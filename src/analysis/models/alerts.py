"""When a manager has to be told: high-value customers slipping away or dissatisfied, a segment losing money, data that may not be whole."""

import math

import pandas as pd

STAKE, URGENT_STAKE = 0.01, 0.05  # of what all customers are worth a year: from here on it is told, and told as urgent
FALL, PART, URGENT_PART = 0.20, 0.02, 0.05  # a segment's fall; of all revenue before: from here on it is told, and told as urgent
SIGMAS, LEAST = 2.0, 20  # a fall beyond so many standard errors, of so many customers on both sides, is no noise
STALE_DAYS = 7  # without an order at the end, and longer than ever in the year before

PEOPLE = ("kind", "level", "customers", "money")
FALLS = ("level", "segment", "customers", "customers_before", "money", "money_before", "against")
DOUBTS = ("kind", "level", "days", "share", "money")


def find_people(counted: pd.DataFrame, *, worth: float) -> pd.DataFrame:
    """Tell of groups of valuable customers that may be lost, the most money first.

    Parameters
    ----------
    counted : pandas.DataFrame
        One row per kind (slipping, unhappy): customers, money (spent in the year up to their last order).
    worth : float
        The same of all customers.

    Returns
    -------
    pandas.DataFrame
        kind, level (urgent, watch), customers, money; those with at least 1 % of what all are worth, urgent from 5 %.
    """
    share = counted["money"].astype(float) / worth if worth > 0 else counted["money"] * 0.0
    told = counted.assign(level=["urgent" if part >= URGENT_STAKE else "watch" for part in share])[(counted["customers"] > 0) & (share >= STAKE)]
    return told.sort_values(["money", "kind"], ascending=[False, True], ignore_index=True)[list(PEOPLE)]


def find_falls(windows: pd.DataFrame, *, against: str) -> pd.DataFrame:
    """Tell of segments that bring clearly less money than before.

    Parameters
    ----------
    windows : pandas.DataFrame
        Grain: segment. customers, money, squares (sum of the squared money of each customer) of those who were in it when the window began; customers_before,
        money_before, squares_before: the same of the window it is held against.
    against : {"year", "window"}
        The window a year before, or the one just before.

    Returns
    -------
    pandas.DataFrame
        `FALLS`, the most money first: a fall by at least a fifth, of at least 2 % of all revenue before (urgent from 5 %), beyond two standard errors, at least twenty customers each time.

    Notes
    -----
    Customers are taken as independent, so the variance of a sum of their money is about the sum of the squares (a compound Poisson sum).
    """
    lost = windows["money_before"] - windows["money"]
    total = float(windows["money_before"].sum())
    error = (windows["squares"] + windows["squares_before"]).map(math.sqrt)
    clear = (lost >= FALL * windows["money_before"]) & (lost > SIGMAS * error) & (windows[["customers", "customers_before"]].min(axis=1) >= LEAST)
    told = windows.assign(lost=lost, against=against)[clear & (lost > 0) & (lost >= PART * total)]
    told = told.assign(level=["urgent" if money >= URGENT_PART * total else "watch" for money in told["lost"]])
    told = told.sort_values(["lost", "segment"], ascending=[False, True], ignore_index=True)
    return told[list(FALLS)]


def find_silence(days: pd.Series, *, as_of: pd.Timestamp) -> int:
    """Count the days without any order at the end, where that is at least a week and longer than ever in the year before; otherwise 0.

    Parameters
    ----------
    days : pandas.Series
        The different days with an order up to as-of.
    as_of : pandas.Timestamp
    """
    known = pd.to_datetime(days).sort_values(ignore_index=True)
    if known.empty:
        return 0
    silent = int((as_of - known.iloc[-1]).days)
    recent = known[known >= known.iloc[-1] - pd.Timedelta(days=365)]
    longest = recent.diff().dt.days.max()
    return silent if silent >= STALE_DAYS and (pd.isna(longest) or silent > longest) else 0


def find_doubts(ledger: pd.DataFrame, *, silent: int, limits: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """Tell what makes the data doubtful: no orders lately, rows that could not be read, money without a customer.

    Parameters
    ----------
    ledger : pandas.DataFrame
        The table `ledger`.
    silent : int
        Days without any order at the end, from `find_silence`.
    limits : mapping
        yes, care: the share of rows unread and of money without a customer up to which data are trusted, and trusted with care.

    Returns
    -------
    pandas.DataFrame
        kind (stale, unread, nobody), level, days, share, money; urgent ones first.
    """
    rows, money = float(ledger["rows_after"].iloc[0]), abs(float(ledger["amount_after"].iloc[0]))
    unread = ledger[ledger["action"] == "quarantined"]
    lost = abs(float(ledger.loc[ledger["action"] == "anonymous", "amount"].astype(float).sum()))
    shares = {"unread": float(unread["rows"].sum()) / rows if rows else 0.0, "nobody": lost / money if money else 0.0}
    amounts = {"unread": abs(float(unread["amount"].astype(float).sum())), "nobody": lost}
    found = [("stale", "urgent", silent, math.nan, math.nan)] if silent else []
    for place, (kind, share) in enumerate(shares.items()):
        if share > limits["yes"][place]:
            found.append((kind, "urgent" if share > limits["care"][place] else "watch", 0, share, amounts[kind]))
    frame = pd.DataFrame(found, columns=list(DOUBTS))
    return frame.sort_values("level", kind="stable", ignore_index=True)
