"""What a manager has to be told at once, each in one sentence."""

from collections.abc import Sequence

import pandas as pd

from analysis.columns import WARNING_NOTES
from analysis.display.alerts import Alert, Alerts
from analysis.display.reading import Reading
from analysis.texts import Texts

_WHERE = {"slipping": "04-lifecycle", "unhappy": "08-classification", "fall": "02-rfm", "doubt": "01-cleaning"}  # chapter
_FOR_PEOPLE = ("slipping", "unhappy")


def list_alerts(alerts: pd.DataFrame, falls: pd.DataFrame, doubts: pd.DataFrame, *, notes: Sequence = (), texts: Texts) -> Alerts:
    """Tell every alert in a sentence: the urgent ones first, and of equally urgent ones those with most money; where there is none, that there is none.

    Parameters
    ----------
    alerts : pandas.DataFrame
        kind (slipping, unhappy), level, customers, money; numbers may be withheld.
    falls : pandas.DataFrame
        level, segment, customers, customers_before, now, before, against, days.
    doubts : pandas.DataFrame
        kind (stale, unread, nobody), level, days, share, money.
    notes : sequence
        Each with `key` and `values`; those of `WARNING_NOTES` are told here.
    texts : Texts
    """
    warned = [note for note in notes if note.key in WARNING_NOTES]
    told = [(row.level, float(row.money), _tell_people(row, texts)) for row in alerts.itertuples()]
    told += [(row.level, float(row.before - row.now), _tell_fall(row, texts)) for row in falls.itertuples() if pd.notna(row.before) and pd.notna(row.now)]
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


def _point(text: str, level: str, about: str, texts: Texts) -> Alert:
    return Alert(level, texts.say(f"alert-level-{level}"), text, texts.say("alert-where", chapter=texts.say(f"chapter-{_WHERE[about]}")))


def _tell_people(row: object, texts: Texts) -> Alert:
    kind, level, customers, money = (getattr(row, name) for name in ("kind", "level", "customers", "money"))
    if pd.isna(customers) or pd.isna(money):
        return _point(texts.say(f"alert-{kind}-few"), level, kind, texts)
    return _point(texts.say(f"alert-{kind}", n=int(customers), customers=texts.number(customers), money=texts.money(money)), level, kind, texts)


def _tell_fall(row: object, texts: Texts) -> Alert:
    segment, level, against = (getattr(row, name) for name in ("segment", "level", "against"))
    now, before, customers, customers_before = (float(getattr(row, name)) for name in ("now", "before", "customers", "customers_before"))
    expected = before * customers / customers_before  # had everybody spent as much as those before
    cause = "fewer" if before - expected > expected - now else "less"
    words = {"now": texts.money(now), "before": texts.money(before), "customers": texts.number(customers), "customers_before": texts.number(customers_before)}
    days = texts.number(getattr(row, "days"))  # noqa: B009
    told = texts.say(
        "alert-fall", segment=texts.label("segment", segment), share=texts.percent(1 - now / before), days=days, against=against, cause=cause, **words
    )
    return _point(told, level, "fall", texts)


def _tell_doubt(row: object, texts: Texts) -> Alert:
    kind, level, days, share, money = (getattr(row, name) for name in ("kind", "level", "days", "share", "money"))
    words = {"days": texts.number(days)} if kind == "stale" else {"share": texts.percent(share), "money": texts.money(money)}
    return _point(texts.say(f"alert-{kind}", **words), level, "doubt", texts)


def tell_rules(alerts: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say when an alarm is raised, and that groups overlap where they may.

    Parameters
    ----------
    alerts : pandas.DataFrame
        As for `list_alerts`.
    texts : Texts
    """
    overlap = [texts.say("alerts-overlap")] if len(alerts) > 1 else []
    return Reading((" ".join([texts.say("alerts-rule"), *overlap]),))
