"""The head of the summary: a few key figures, and what to do about whom."""

import pandas as pd

from analysis.display.figures import Figures
from analysis.display.table import Table
from analysis.texts import Texts

# measure -> how it is written, and whether more is better (1), worse (-1) or neither (0)
MEASURES = {
    "active_customers": ("number", 1),
    "revenue_30d": ("money", 1),
    "mean_order_value_30d": ("money", 1),
    "new_customers_30d": ("number", 1),
    "repeat_rate": ("percent", 1),
}


def list_figures(key_figures: pd.DataFrame, *, texts: Texts) -> Figures:
    """Write the key figures with their change in a month.

    Parameters
    ----------
    key_figures : pandas.DataFrame
        One row per figure, in the order of display: `measure` (a key of `MEASURES`), `value`, `previous` (null where there is no month before).
    texts : Texts
    """
    items = []
    for row in key_figures.itertuples(index=False):
        kind, good = MEASURES[row.measure]
        value = texts.say("no-value") if pd.isna(row.value) else write(float(row.value), kind, texts)
        change, direction = "", 0
        if pd.isna(row.value) or pd.isna(row.previous):
            change = texts.say("change-unknown")
        else:
            change, direction = _compare(float(row.value), float(row.previous), kind, texts)
        items.append((texts.label("measure", row.measure), value, change, {1: "better", -1: "worse"}.get(direction * good, "")))
    return Figures(tuple(items))


def list_trust(ledger: pd.DataFrame, *, texts: Texts) -> Figures:
    """Write down what trust rests on: the share of rows kept, of rows that could not be read, of money without a customer.

    Parameters
    ----------
    ledger : pandas.DataFrame
        The table `ledger`.
    texts : Texts
    """
    rows, money = float(ledger["rows_after"].iloc[0]), abs(float(ledger["amount_after"].iloc[0]))
    unread = float(ledger.loc[ledger["action"] == "quarantined", "rows"].sum())
    nobody = abs(float(ledger.loc[ledger["action"] == "anonymous", "amount"].astype(float).sum()))
    shares = {
        "rows-kept": (float(ledger["rows_after"].iloc[-1]), rows),
        "rows-unread": (unread, rows),
        "money-nobody": (nobody, money),
    }
    values = [(key, texts.percent(part / whole) if whole else texts.say("no-value")) for key, (part, whole) in shares.items()]
    return Figures(tuple((texts.label("measure", key), value, "", "") for key, value in values))


def write(value: float, kind: str, texts: Texts) -> str:
    """Write a figure as its kind asks."""
    if kind == "money":
        return texts.money(value)
    if kind == "percent":
        return texts.percent(value)
    return texts.number(value)


def _compare(value: float, previous: float, kind: str, texts: Texts) -> tuple[str, int]:
    """Say how a figure changed, and whether it went up (1), down (-1) or stayed (0): counts and money in per cent, shares in points."""
    if kind == "percent":
        size = round(100 * (value - previous), 1)
        amount = texts.say("points", value=texts.number(abs(size), 1))
    elif previous > 0:
        size = round(100 * (value / previous - 1), 1)
        amount = texts.percent(abs(size) / 100)
    else:
        size = round(value - previous, 2)
        amount = write(abs(size), kind, texts)
    if size == 0:
        return texts.say("change-same"), 0
    return texts.say("change-up" if size > 0 else "change-down", amount=amount), 1 if size > 0 else -1


def list_actions(segments: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Table:
    """Say for each group how large it is, what it brings, how long it has been silent, and what to do this month.

    Parameters
    ----------
    segments : pandas.DataFrame
        The table `segments`; the group that brings most stands first, groups without customers are left out.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = segments[(segments["scheme"] == scheme) & (segments["customers"] > 0)]
    rows = rows.assign(money=rows["monetary"].astype(float)).sort_values(["money", "customers", "segment"], ascending=[False, False, True])
    names = {column: texts.label("column", column) for column in ("customers", "monetary_pct", "median_recency_days", "todo")}
    frame = pd.DataFrame(
        {
            texts.label("scheme", scheme): [texts.label(scheme, key) for key in rows["segment"]],
            names["customers"]: [texts.number(count) for count in rows["customers"]],
            names["monetary_pct"]: [texts.percent(share) for share in rows["monetary_pct"].fillna(0)],
            names["median_recency_days"]: [texts.say("no-value") if pd.isna(days) else texts.number(days) for days in rows["median_recency_days"]],
            names["todo"]: [texts.label("action", key) for key in rows["segment"]],
        }
    )
    return Table(frame, numeric=(names["customers"], names["monetary_pct"], names["median_recency_days"]), cards=True)
