"""Sentences for the manager: what the month says, why, where to begin, and how sure all that is."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from analysis.columns import WARNING_NOTES
from analysis.display.reading import Reading
from analysis.story.cleaning import tell_trust
from analysis.texts import Texts

NEAR = 0.05  # of what came: a forecast nearer than this is called about right


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


def tell_headline(series: pd.DataFrame, alerts: pd.DataFrame, falls: pd.DataFrame, actions: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say in three sentences how many are active, what they brought, and what to do first.

    Parameters
    ----------
    series : pandas.DataFrame
        The frame `key_series`: measure, day, value (null where withheld), is_known.
    alerts : pandas.DataFrame
        The frame `alerts`: of what is most urgent, that with most money comes first.
    falls : pandas.DataFrame
        The frame `falls`, likewise.
    actions : pandas.DataFrame
        The frame `actions`, the first to be acted on first.
    texts : Texts
    """
    active, revenue = (_compare(series, measure) for measure in ("active_customers", "revenue_30d"))
    if pd.isna(active["now"]):
        sentences = [texts.say("summary-active-withheld")]
    else:
        n, change = int(active["now"]), abs(active["now"] - active["month"])
        sentences = [texts.say("summary-active", n=n, customers=texts.number(n), way=_way(active["now"], active["month"]), change=texts.number(change))]
    if pd.notna(revenue["now"]):
        ways = {"way": _way(revenue["now"], revenue["month"]), "year": _way(revenue["now"], revenue["year"])}
        changes = {"change": _change(revenue["now"], revenue["month"], texts), "year_change": _change(revenue["now"], revenue["year"], texts)}
        sentences.append(texts.say("summary-revenue", money=texts.money(revenue["now"]), **ways, **changes))
    return Reading((*sentences, *_tell_first(alerts, falls, actions, texts)))


def _compare(series: pd.DataFrame, measure: str) -> dict[str, float]:
    """Give a measure now, a month before and a year before; NaN where the data do not reach back, or the number is withheld."""
    values = series.loc[series["measure"] == measure, "value"].astype(float).tolist()
    return {"now": values[-1], "month": values[-2] if len(values) > 1 else float("nan"), "year": values[-13] if len(values) > 12 else float("nan")}


def _way(now: float, before: float) -> str:
    """Tell which way a number went; money counts as the same to a tenth of a per cent."""
    if pd.isna(before) or before <= 0:
        return "unknown"
    return "same" if abs(now / before - 1) < 0.0005 else "up" if now > before else "down"


def _change(now: float, before: float, texts: Texts) -> str:
    return texts.percent(abs(now / before - 1)) if pd.notna(before) and before > 0 else ""


def _tell_first(alerts: pd.DataFrame, falls: pd.DataFrame, actions: pd.DataFrame, texts: Texts) -> list[str]:
    """Say what to do first: what the first alert asks for, or, where there is none whose numbers are told, what the first action says."""
    people = alerts[alerts["customers"].notna() & alerts["money"].notna()]
    told = [(row.level, float(row.money), row) for row in people.itertuples()]
    told += [(row.level, float(row.money_before - row.money), row) for row in falls.dropna(subset=["money", "money_before"]).itertuples()]
    if told:
        row = min(told, key=lambda one: (one[0] != "urgent", -one[1]))[2]
        if hasattr(row, "kind"):
            words = {
                "owner": texts.label("owner", row.kind),
                "n": int(row.customers),
                "customers": texts.number(row.customers),
                "money": texts.money(row.money),
            }
            return [texts.say(f"summary-first-{row.kind}", **words)]
        words = {
            "segment": texts.label("segment", row.segment),
            "owner": texts.label("owner", row.segment),
            "share": texts.percent(1 - row.money / row.money_before),
        }
        return [texts.say("summary-first-fall", money=texts.money(row.money_before - row.money), **words)]
    shown = actions[actions["customers"].notna() & actions["stake"].notna()]
    if shown.empty:
        return []
    if set(actions["segment"]) == {"unclassified"}:
        return [texts.say("summary-first-few")]
    first = shown.iloc[0]
    n, key = int(first["customers"]), str(first["segment"])
    words = {
        "segment": texts.label("segment", key),
        "action": texts.label("action", key),
        "owner": texts.label("owner", key),
        "money": texts.money(first["stake"]),
    }
    return [texts.say("summary-first-segment", n=n, customers=texts.number(n), **words)]


def tell_standing(segments: pd.DataFrame, ledger: pd.DataFrame, *, as_of: dt.date, texts: Texts) -> Reading:
    """Say which segment brings most, whether the numbers can be trusted, and what they rest on.

    Parameters
    ----------
    segments : pandas.DataFrame
        The table `segments`; numbers may be withheld.
    ledger : pandas.DataFrame
        The table `ledger`.
    as_of : datetime.date
    texts : Texts
    """
    rows = segments[(segments["scheme"] == "segment") & (segments["segment"] != "unclassified")]
    rows = rows.assign(money=rows["monetary"].astype(float)).dropna(subset=["money", "monetary_pct", "customers_pct"]).sort_values(["money", "segment"])
    withheld = 1 - float(rows["monetary_pct"].sum()) if len(rows) < int((segments["scheme"] == "segment").sum()) else 0.0
    sentences = []
    if len(rows) and rows["money"].max() > 0 and rows["monetary_pct"].max() >= withheld:  # no segment that is not shown can have brought more
        best = rows[rows["money"] == rows["money"].max()].iloc[0]
        n = int(best["customers"])
        words = {"share": texts.percent(best["monetary_pct"]), "people": texts.percent(best["customers_pct"]), "money": texts.money(best["money"])}
        sentences.append(texts.say("summary-earners", who=texts.label("who", best["segment"]), n=n, customers=texts.number(n), **words))
    basis = () if pd.isna(ledger["customers"].iloc[-1]) else tell_report(ledger, as_of=as_of, texts=texts).sentences
    return Reading((*sentences, tell_trust(ledger, texts=texts).sentences[0], *basis))


def tell_tiers(segments: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how many customers are of high value, and which share of revenue they bring.

    Parameters
    ----------
    segments : pandas.DataFrame
        The table `segments`; numbers may be withheld.
    texts : Texts
    """
    rows = segments[segments["scheme"] == "value_tier"].set_index("segment")
    needed = ["customers", "customers_pct", "monetary_pct"]
    if "high" not in rows.index or rows.loc["high", needed].isna().any():
        return Reading((texts.say("story-few-buyers"),))
    high = rows.loc["high"]
    n, shares = int(high["customers"]), {"people": texts.percent(high["customers_pct"]), "share": texts.percent(high["monetary_pct"])}
    return Reading((texts.say("summary-tiers", n=n, customers=texts.number(n), **shares),))


def tell_actions(actions: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how the list is ordered, and what its numbers mean.

    Parameters
    ----------
    actions : pandas.DataFrame
        The frame `actions`.
    texts : Texts
    """
    if actions.empty:
        return Reading((texts.say("summary-actions-none"),))
    return Reading((texts.say("summary-actions-order"), texts.say("summary-actions-worth")), "note")


def tell_sureness(base: pd.DataFrame, errors: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what is counted and what is estimated, how far the estimate was off on days it had not seen, and what no number here can say.

    Parameters
    ----------
    base : pandas.DataFrame
        The frame `value_base`: one row; rung, customers, value, low, high, split (the last day that the method had seen).
    errors : pandas.DataFrame
        The frame `value_forecast_errors`: forecast (model, last_year, rfm_score), expected, actual.
    texts : Texts
    """
    sentences = (texts.say("summary-sure-counted"), *_tell_estimate(base, errors, texts))
    return Reading((*sentences, texts.say("summary-sure-causes"), texts.say("summary-sure-chapters")))


def _tell_estimate(base: pd.DataFrame, errors: pd.DataFrame, texts: Texts) -> list[str]:
    row = base.iloc[0] if len(base) else None
    if row is None or row["rung"] == "declined" or pd.isna(row["value"]) or pd.isna(row["customers"]):
        return [texts.say("summary-sure-no-forecast")]
    n = int(row["customers"])
    told = [texts.say("summary-sure-estimated", n=n, customers=texts.number(n), **{name: texts.money(row[key]) for name, key in _RANGE.items()})]
    used = errors[errors["forecast"] == ("last_year" if row["rung"] == "last_year" else "model")]
    if used.empty or pd.isna(used["actual"].iloc[0]) or pd.isna(used["expected"].iloc[0]) or float(used["actual"].iloc[0]) <= 0:
        return [*told, texts.say("summary-sure-untried")]
    off = float(used["expected"].iloc[0]) / float(used["actual"].iloc[0]) - 1
    way = "same" if abs(off) < NEAR else "low" if off < 0 else "high"
    return [*told, texts.say("summary-sure-tried", date=texts.date(pd.Timestamp(row["split"]).date()), way=way, share=texts.percent(abs(off), 0))]


_RANGE = {"money": "value", "low": "low", "high": "high"}
