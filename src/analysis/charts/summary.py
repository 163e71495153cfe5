"""The head of the summary: a few key figures, and what to do about whom."""

from typing import Any

import pandas as pd

from analysis.display.figures import Figures, Spark
from analysis.display.reading import Reading
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


def list_figures(key_figures: pd.DataFrame, series: pd.DataFrame | None = None, *, lead: Reading | None = None, texts: Texts) -> Figures:
    """Write the key figures with their change in a month, and how each went in the months before.

    Parameters
    ----------
    key_figures : pandas.DataFrame
        One row per figure, in the order of display: `measure` (a key of `MEASURES`), `value`, `previous` (null where there is no month before).
    series : pandas.DataFrame, optional
        The frame `key_series`: measure, day, value (null where withheld), is_known (whether the data reach back so far).
    lead : Reading, optional
        The sentences above them.
    texts : Texts
    """
    items, sparks = [], []
    for row in key_figures.itertuples(index=False):
        kind, good = MEASURES[row.measure]
        points = series[series["measure"] == row.measure] if series is not None else None
        withheld = points is not None and pd.isna(row.value) and row.measure != "mean_order_value_30d" and bool(points["is_known"].iloc[-1])
        value = texts.say("withheld" if withheld else "no-value") if pd.isna(row.value) else write(float(row.value), kind, texts)
        change, direction = "", 0
        if pd.isna(row.value) or pd.isna(row.previous):
            hidden = points is not None and len(points) > 1 and bool(points["is_known"].iloc[-2])
            change = texts.say("change-withheld" if hidden else "change-unknown")
        else:
            change, direction = _compare(float(row.value), float(row.previous), kind, texts)
        items.append((texts.label("measure", row.measure), value, change, {1: "better", -1: "worse"}.get(direction * good, "")))
        sparks.append(_spark(row.measure, points, kind, texts) if points is not None else None)
    return Figures(tuple(items), lead.sentences if lead else (), tuple(sparks) if series is not None else ())


def _spark(measure: str, points: pd.DataFrame, kind: str, texts: Texts) -> Spark | None:
    """Draw the line from the first value that is told to the last; nothing where fewer than two are."""
    values = points["value"].astype(float).tolist()
    told = [place for place, value in enumerate(values) if pd.notna(value)]
    if len(told) < 2:
        return None
    values, days = values[told[0] :], [pd.Timestamp(day).date() for day in points["day"].tolist()][told[0] :]
    ends = {"since": texts.date(days[0]), "until": texts.date(days[told[-1] - told[0]])}
    amounts = {"first": write(values[0], kind, texts), "last": write(values[told[-1] - told[0]], kind, texts)}
    return Spark(tuple(values), texts.say("summary-spark", measure=texts.label("measure", measure), **ends, **amounts))


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


def list_actions(actions: pd.DataFrame, *, texts: Texts) -> Table:
    """Say for each segment what to do, why now, for how much money, by whom, and with which share of the effort.

    Parameters
    ----------
    actions : pandas.DataFrame
        The frame `actions`, the first to be acted on first; numbers may be withheld.
    texts : Texts
    """
    numbers = {
        texts.label("column", "customers"): [texts.number(count) for count in actions["customers"]],
        texts.say("summary-column-worth"): [texts.money(money) for money in actions["stake"]],
        texts.say("summary-column-effort"): [texts.percent(share, 0 if share >= 0.1 else 1) for share in actions["effort"]],
    }
    words = {
        texts.label("scheme", "segment"): [texts.label("segment", key) for key in actions["segment"]],
        **numbers,
        texts.say("summary-column-why"): [_say_why(row, texts) for row in actions.itertuples()],
        texts.say("summary-column-todo"): [texts.label("action", key) for key in actions["segment"]],
        texts.say("summary-column-owner"): [texts.label("owner", key) for key in actions["segment"]],
    }
    return Table(pd.DataFrame(words), numeric=tuple(numbers), cards=True)


def _say_why(row: Any, texts: Texts) -> str:
    """Say why a segment is on the list; a number that is withheld is a word."""
    if row.reason in ("lost", "late", "once"):
        if pd.isna(row.concerned):
            return texts.say(f"summary-why-{row.reason}-some")
        whole = "all" if row.others == 0 else "part"
        return texts.say(f"summary-why-{row.reason}", part=whole, n=int(row.concerned), customers=texts.number(row.concerned))
    if row.reason == "money" and pd.notna(row.stake_share):
        return texts.say("summary-why-money", share=texts.percent(row.stake_share, 0))
    if row.reason == "fading":
        return texts.say("summary-why-fading-some") if pd.isna(row.days) else texts.say("summary-why-fading", n=int(row.days), days=texts.number(row.days))
    return texts.say("summary-why-quiet" if row.reason == "quiet" else "summary-why-steady")


def list_shifts(totals: pd.DataFrame, *, texts: Texts) -> Figures:
    """Write how many rose, fell and stayed, came and left, with the money they have brought so far.

    Parameters
    ----------
    totals : pandas.DataFrame
        The frame `movement_totals`: scheme, direction (up, down, stayed, came, left), customers, monetary; where nobody went, or the number is withheld, is left out.
    texts : Texts
    """
    rows = totals[totals["scheme"] == "segment"].set_index("direction")
    items = []
    for way in ("up", "down", "stayed", "came", "left"):
        if way in rows.index and rows["customers"][way] > 0:
            money = texts.say("summary-shift-money", money=texts.money(rows["monetary"][way]))
            items.append((texts.say(f"summary-shift-{way}"), texts.number(rows["customers"][way]), money, ""))
    return Figures(tuple(items))
