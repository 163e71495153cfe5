"""What a manager has to be told at once, each in one sentence."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.columns import WARNING_NOTES
from analysis.display.alerts import Alert, Alerts
from analysis.display.reading import Reading
from analysis.texts import Texts

_WHERE = {"slipping": "04-lifecycle", "unhappy": "08-classification", "fall": "02-rfm", "doubt": "01-cleaning"}  # chapter


def list_alerts(alerts: pd.DataFrame, falls: pd.DataFrame, doubts: pd.DataFrame, *, notes: Sequence = (), texts: Texts) -> Alerts:
    """Tell every alert in a sentence: the urgent ones first, and of equally urgent ones those with most money; where there is none, that there is none.

    Parameters
    ----------
    alerts : pandas.DataFrame
        kind (slipping, unhappy), level, customers, money; numbers may be withheld.
    falls : pandas.DataFrame
        level, segment, customers, customers_before, money, money_before, against, since (the month-end after which the days begin).
    doubts : pandas.DataFrame
        kind (stale, unread, nobody), level, days, share, money.
    notes : sequence
        Each with `key` and `values`; those of `WARNING_NOTES` are told here.
    texts : Texts
    """
    warned = [note for note in notes if note.key in WARNING_NOTES]
    told = [(row.level, float(row.money), _tell_people(row, texts)) for row in alerts.itertuples()]
    told += [
        (row.level, float(row.money_before - row.money), _tell_fall(row, texts))
        for row in falls.itertuples()
        if pd.notna(row.money_before) and pd.notna(row.money)
    ]
    told += [
        (row.level, float(row.money), _tell_doubt(row, texts))
        for row in doubts.itertuples()
        if not (row.kind == "unread" and any(note.key == "quarantine" for note in warned))  # the note says the same
    ]
    told += [("watch", float("nan"), _point(texts.say(f"note-{note.key}", **note.values), "watch", "doubt", texts)) for note in warned]
    if not told:
        return Alerts((Alert("calm", texts.say("alert-level-calm"), texts.say("alert-none")),))
    ordered = sorted(enumerate(told), key=lambda one: (one[1][0] != "urgent", -one[1][1] if pd.notna(one[1][1]) else float("inf"), one[0]))
    return Alerts(tuple(alert for _place, (_level, _money, alert) in ordered))


def _point(text: str, level: str, about: str, texts: Texts, *, owner: str = "") -> Alert:
    word = texts.say("alert-for", level=texts.say(f"alert-level-{level}"), owner=owner) if owner else texts.say(f"alert-level-{level}")
    return Alert(level, word, text, texts.say("alert-where", chapter=texts.say(f"chapter-{_WHERE[about]}")))


def _tell_people(row: Any, texts: Texts) -> Alert:
    owner = texts.label("owner", row.kind)
    if pd.isna(row.customers) or pd.isna(row.money):
        return _point(texts.say(f"alert-{row.kind}-few"), row.level, row.kind, texts, owner=owner)
    told = texts.say(f"alert-{row.kind}", n=int(row.customers), customers=texts.number(row.customers), money=texts.money(row.money))
    return _point(told, row.level, row.kind, texts, owner=owner)


def _tell_fall(row: Any, texts: Texts) -> Alert:
    expected = row.money_before * row.customers / row.customers_before  # had everybody spent as much as those before
    cause = "fewer" if row.money_before - expected > expected - row.money else "less"
    words = {name: texts.number(value) for name, value in (("customers", row.customers), ("customers_before", row.customers_before))}
    words |= {"now": texts.money(row.money), "before": texts.money(row.money_before), "share": texts.percent(1 - row.money / row.money_before)}
    since = texts.date(pd.Timestamp(row.since).date() + dt.timedelta(days=1))
    told = texts.say("alert-fall", segment=texts.label("segment", row.segment), since=since, against=row.against, cause=cause, **words)
    return _point(told, row.level, "fall", texts, owner=texts.label("owner", row.segment))


def _tell_doubt(row: Any, texts: Texts) -> Alert:
    if row.kind == "stale":
        return _point(texts.say("alert-stale", n=int(row.days), days=texts.number(row.days)), row.level, "doubt", texts)
    return _point(texts.say(f"alert-{row.kind}", share=texts.percent(row.share), money=texts.money(row.money)), row.level, "doubt", texts)


def tell_rules(alerts: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say when an alarm is raised, and that groups overlap where they may.

    Parameters
    ----------
    alerts : pandas.DataFrame
        As for `list_alerts`.
    texts : Texts
    """
    overlap = [texts.say("alerts-overlap")] if len(alerts) > 1 else []
    return Reading((texts.say("alerts-rule"), *overlap), "note")
