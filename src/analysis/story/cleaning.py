"""Sentences about the cleaning: what went, why, and whether the rest can be trusted."""

import datetime as dt
from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.columns import CONTACT_COLUMNS, WARNING_NOTES
from analysis.config import Config
from analysis.display.reading import Reading
from analysis.texts import Texts

# share of rows that could not be read, share of money without a customer: up to the first pair "yes", up to the second "with care", above "no"
TRUST = {"yes": (0.01, 0.10), "care": (0.05, 0.40)}
_ENDS = ("input", "kept")
_NETTED = ("returns_matched", "returned_purchases", "returns_unmatched")  # told in a sentence of their own


def tell_waterfall(ledger: pd.DataFrame, *, texts: Texts) -> Reading:
    """Name the rule that took most, and what became of returns and of sales without a customer.

    Parameters
    ----------
    ledger : pandas.DataFrame
        The table `ledger`.
    texts : Texts
    """
    steps = _numbers(ledger)
    taken = steps[~steps["action"].isin([*_ENDS, "flagged"]) & (steps["rows"] > 0)]
    if taken.empty:
        return Reading((texts.say("story-waterfall-nothing", n=int(steps["rows"].iloc[0]), rows=texts.number(steps["rows"].iloc[0])),))
    others = taken[~taken["rule"].isin(_NETTED)]
    most = (others if len(others) else taken).sort_values(["rows", "step"], ascending=[False, True]).iloc[0]
    sentences = [
        texts.say(
            "story-waterfall",
            rule=texts.label("rule", most["rule"]),
            n=int(most["rows"]),
            rows=texts.number(most["rows"]),
            money=texts.money(most["amount"]),
            share=texts.percent(most["rows"] / steps["rows"].iloc[0]),
            why=texts.label("explain", most["rule"]),
            returns=int(taken["rule"].isin(_NETTED).any() and len(others) > 0),
        )
    ]
    matched, unmatched = (taken[taken["rule"] == rule] for rule in ("returns_matched", "returns_unmatched"))
    if len(matched) or len(unmatched):
        n, m = int(matched["rows"].sum()), int(unmatched["rows"].sum())
        sentences.append(
            texts.say("story-returns", n=n, matched=texts.number(n), m=m, unmatched=texts.number(m), money=texts.money(abs(unmatched["amount"].sum())))
        )
    return Reading(tuple(sentences))


def tell_rules(ledger: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what was only flagged, and prove that the ledger closes.

    Parameters
    ----------
    ledger : pandas.DataFrame
        The table `ledger`.
    texts : Texts
    """
    steps = _numbers(ledger)
    first, last = steps.iloc[0], steps.iloc[-1]
    out = first["rows_after"] - last["rows_after"]
    sentences = [
        texts.say(
            "story-ledger",
            read=texts.number(first["rows_after"]),
            out=texts.number(out),
            kept=texts.number(last["rows_after"]),
            money_read=texts.money_exact(first["amount_after"]),
            money_out=texts.money_exact(first["amount_after"] - last["amount_after"]),
            money_kept=texts.money_exact(last["amount_after"]),
        )
    ]
    flagged = steps[(steps["action"] == "flagged") & (steps["rows_touched"] > 0)]
    sentences += [
        texts.say("story-flagged", n=int(rows), rows=texts.number(rows), rule=texts.label("rule", rule))
        for rule, rows in zip(flagged["rule"], flagged["rows_touched"], strict=True)
    ]
    return Reading(tuple(sentences))


def tell_trust(ledger: pd.DataFrame, *, banner: float = 0.05, texts: Texts) -> Reading:
    """Say whether the data can be trusted: yes, with care, or no, by the limits in `TRUST`, which the sentence names.

    Parameters
    ----------
    ledger : pandas.DataFrame
        The table `ledger`.
    banner : float
        Above this share of unreadable rows the reading is a warning.
    texts : Texts
    """
    steps = _numbers(ledger)
    rows, money = steps["rows_after"].iloc[0], abs(steps["amount_after"].iloc[0])
    unread = steps.loc[steps["action"] == "quarantined", "rows"].sum() / rows if rows else 1.0
    nobody = abs(steps.loc[steps["action"] == "anonymous", "amount"].sum()) / money if money else 0.0
    shares = (unread, nobody)
    verdict = next((word for word, limits in TRUST.items() if all(share <= limit for share, limit in zip(shares, limits, strict=True))), "no")
    words = {"unread": texts.percent(unread), "nobody": texts.percent(nobody)}
    limits = [texts.percent(limit, 0) for word in ("yes", "care") for limit in TRUST[word]]
    sentences = (
        texts.say(f"story-trust-{verdict}", **words),
        texts.say("story-trust-limits", **dict(zip(("yes_unread", "yes_nobody", "care_unread", "care_nobody"), limits, strict=True))),
    )
    return Reading(sentences, "warning" if verdict == "no" or unread > banner else "reading")


def tell_months(months: pd.DataFrame, *, as_of: dt.date, texts: Texts) -> Reading:
    """Say how the last complete month compares with the same month a year before, and that a cut month is no fall.

    Parameters
    ----------
    months : pandas.DataFrame
        One row per month: `month`, `monetary`, `orders`, `is_complete`.
    as_of : datetime.date
    texts : Texts
    """
    data = months.assign(month=pd.to_datetime(months["month"]), monetary=months["monetary"].astype(float)).sort_values("month")
    whole = data[data["is_complete"].astype(bool) & data["monetary"].notna() & data["orders"].notna()]
    sentences = []
    if len(whole):
        last = whole.iloc[-1]
        earlier = whole.loc[whole["month"] == last["month"] - pd.DateOffset(years=1), "monetary"]
        words = {"month": texts.month(last["month"]), "money": texts.money(last["monetary"]), "n": int(last["orders"]), "orders": texts.number(last["orders"])}
        if len(earlier) and float(earlier.iloc[0]) > 0:
            change = float(last["monetary"]) / float(earlier.iloc[0]) - 1
            kind = "same" if abs(change) < 0.0005 else "up" if change > 0 else "down"
            sentences.append(texts.say(f"story-months-year-{kind}", **words, change=texts.percent(abs(change))))
        else:
            sentences.append(texts.say("story-months", **words, m=len(whole), months=texts.number(len(whole))))
    if len(data) and not bool(data["is_complete"].iloc[-1]):
        sentences.append(texts.say("story-months-cut", month=texts.month(data["month"].iloc[-1]), date=texts.date(as_of)))
    return Reading(tuple(sentences or [texts.say("chart-months-empty")]))


def tell_notes(notes: Sequence, *, texts: Texts) -> Reading:
    """Say what was decided while reading the files; a banner where too much is in quarantine.

    Parameters
    ----------
    notes : sequence
        Each with `key` and `values`: the message ``note-<key>`` and what fills it. Notes on contact columns quote a value and are left out.
    texts : Texts
    """
    told = [note for note in notes if note.values.get("column") not in CONTACT_COLUMNS]
    sentences = tuple(texts.say(f"note-{note.key}", **note.values) for note in told) or (texts.say("note-none"),)
    return Reading(sentences, "warning" if any(note.key in WARNING_NOTES for note in notes) else "reading")


def tell_inputs(inputs: Iterable, config: Config, *, texts: Texts) -> Reading:
    """Say how much was read, and by which settings.

    Parameters
    ----------
    inputs : iterable
        Files with `records` and `rejected`.
    config : Config
    texts : Texts
    """
    files = list(inputs)
    records = sum(file.records for file in files)
    sentences = [texts.say("story-inputs", n=len(files), files=texts.number(len(files)), r=records, records=texts.number(records))]
    order = texts.say(f"story-order-{config.order}")
    months = config.window_months or 0
    sentences.append(texts.say("story-settings", zone=config.time_zone, order=order, m=months, months=texts.number(months)))
    return Reading(tuple(sentences))


def tell_examples(examples: pd.DataFrame, *, texts: Texts) -> Reading:
    """Point at the largest line that a rule took, and say whose names these are.

    Parameters
    ----------
    examples : pandas.DataFrame
        One row per example: `rule`, `product`, `day`, `amount`.
    texts : Texts
    """
    known = examples.dropna(subset="amount")
    if known.empty:
        return Reading((texts.say("story-examples-none"),))
    largest = known.loc[known["amount"].abs().idxmax()]
    sentence = texts.say("story-examples", rule=texts.label("rule", largest["rule"]), money=texts.money_exact(float(largest["amount"])))
    return Reading((sentence, texts.say("story-pseudonyms")))


def _numbers(ledger: pd.DataFrame) -> pd.DataFrame:
    return ledger.assign(amount=ledger["amount"].astype(float), amount_after=ledger["amount_after"].astype(float))
