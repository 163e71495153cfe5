"""Sentences for the manager: what the month says, and where to begin."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from analysis.columns import WARNING_NOTES
from analysis.display.reading import Reading
from analysis.texts import Texts

URGENT = ("cant_lose", "at_risk", "about_to_sleep")


def tell_report(ledger: pd.DataFrame, *, as_of: dt.date, notes: Sequence = (), texts: Texts) -> Reading:
    """Say what the report rests on: the day, the customers, the orders kept; as a banner where the data are doubtful.

    Parameters
    ----------
    ledger : pandas.DataFrame
        The table `ledger`.
    as_of : datetime.date
    notes : sequence
        Each with `key` and `values`; those of `WARNING_NOTES` are told here.
    texts : Texts
    """
    warnings = [note for note in notes if note.key in WARNING_NOTES]
    first, last = ledger.iloc[0], ledger.iloc[-1]
    share = float(last["rows_after"]) / float(first["rows_after"]) if first["rows_after"] else 0.0
    return Reading(
        (
            texts.say(
                "story-report",
                date=texts.date(as_of),
                n=int(last["customers"]),
                customers=texts.number(last["customers"]),
                money=texts.money(float(last["amount_after"])),
                rows=texts.number(last["rows_after"]),
                share=texts.percent(share),
            ),
            *(texts.say(f"note-{note.key}", **note.values) for note in warnings),
        ),
        "warning" if warnings else "reading",
    )


def tell_priorities(segments: pd.DataFrame, *, texts: Texts) -> Reading:
    """Name the group to begin with: the most urgent one that still brings money.

    Parameters
    ----------
    segments : pandas.DataFrame
        The table `segments`.
    texts : Texts
    """
    rows = (
        segments[(segments["scheme"] == "segment") & (segments["customers"] > 0)]
        .assign(money=lambda table: table["monetary"].astype(float))
        .set_index("segment")
    )
    if rows.empty or set(rows.index) == {"unclassified"}:
        return Reading((texts.say("story-few-buyers"),))
    revenue = rows["money"].sum()
    urgent = next((key for key in URGENT if key in rows.index and rows.loc[key, "money"] > 0), None)
    key = urgent or rows["money"].idxmax()
    n = int(rows.loc[key, "customers"])
    words = {"who": texts.label("segment", key), "n": n, "customers": texts.number(n), "action": texts.label("action", key)}
    if revenue <= 0:
        return Reading((texts.say("story-priority-free", **words),))
    return Reading((texts.say("story-priority", **words, share=texts.percent(rows.loc[key, "money"] / revenue), money=texts.money(rows.loc[key, "money"])),))


def tell_changes(history: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how many customers the base has gained since the month-end before, and which segment grew most.

    Parameters
    ----------
    history : pandas.DataFrame
        The table `history`.
    texts : Texts
    """
    rows = history[history["scheme"] == "segment"]
    table = rows.pivot_table(index="as_of", columns="segment", values="customers", aggfunc="sum", fill_value=0).sort_index()
    table = table[table.sum(axis=1) > 0]
    if len(table) < 2:
        return Reading((texts.say("story-history-short"),))
    table.index = pd.to_datetime(table.index)
    moved = (table.iloc[-1] - table.iloc[-2]).sort_index()
    key, n = moved.idxmax(), int(moved.max())
    if n <= 0:
        return Reading((texts.say("story-changes-none", date=texts.date(table.index[-2])),))
    return Reading((texts.say("story-changes", date=texts.date(table.index[-2]), group=texts.label("segment", key), n=n, customers=texts.number(n)),))
