"""What has changed since the last report or month-end, and why."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts

_NOT_THEIRS = ("threshold_moved", "rule_changed", "history_restated")
_EVENTS = ("split", "merged", "born", "died")


def tell_changes(shifts: pd.DataFrame, totals: pd.DataFrame, flows: pd.DataFrame, events: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say who rose and fell, which segment gained and lost most and by what, who came and went, and what else moved customers.

    Parameters
    ----------
    shifts : pandas.DataFrame
        The frame `shifts`: segment, before, now, why_came, why_gone; numbers may be withheld, and such a segment is not spoken of.
    totals : pandas.DataFrame
        The frame `movement_totals`: scheme, from_as_of, direction (up, down, stayed, came, left), customers, monetary, the causes; no rows where there is nothing to
        compare with.
    flows : pandas.DataFrame
        The table `flows`; the last full month is told.
    events : pandas.DataFrame
        The frame `cluster_events`.
    texts : Texts
    """
    rows = totals[totals["scheme"] == "segment"].set_index("direction")
    if rows.empty or shifts.empty:
        return Reading((texts.say("summary-changed-short"), *_tell_flows(flows, texts)))
    date = texts.date(pd.Timestamp(rows["from_as_of"].iloc[0]).date())
    sentences = [*_tell_ways(rows, date, texts), *_tell_segments(shifts, date, texts), *_tell_flows(flows, texts), *_tell_rest(rows, events, texts)]
    return Reading(tuple(sentences) or (texts.say("summary-changed-few"),))


def _tell_ways(totals: pd.DataFrame, date: str, texts: Texts) -> list[str]:
    both = [0.0 if way not in totals.index else float(totals["customers"][way]) for way in ("up", "down")]  # a way that nobody went has no row
    if any(pd.isna(count) for count in both):
        return []
    up, down = (int(count) for count in both)
    kind = "none" if not up and not down else "even" if up == down else "up" if up > down else "down"
    return [texts.say(f"summary-changed-{kind}", date=date, u=up, up=texts.number(up), d=down, down=texts.number(down))]


def _tell_segments(shifts: pd.DataFrame, date: str, texts: Texts) -> list[str]:
    """Name the segment that gained most and the one that lost most; where a number is withheld nobody knows that none has."""
    known = shifts.dropna(subset=["before", "now"])
    net = (known["now"] - known["before"]).set_axis(known["segment"]).sort_index()
    rows = known.set_index("segment")
    told = []
    for key, change, cause, side in (("gain", net, "why_came", "came"), ("loss", -net, "why_gone", "gone")):
        n = int(change.max()) if len(change) else 0
        if n > 0:
            segment = change.idxmax()
            why = texts.say(f"summary-{side}-{rows[cause][segment]}".replace("_", "-"))
            words = {
                "segment": texts.label("segment", segment),
                "known": "all" if len(known) == len(shifts) else "some",
                "now": texts.number(rows["now"][segment]),
                "why": why,
            }
            told.append(texts.say(f"summary-changed-{key}", n=n, customers=texts.number(n), **words))
        elif len(known) == len(shifts):
            told.append(texts.say(f"summary-changed-no-{key}", date=date))
    return told


def _tell_flows(flows: pd.DataFrame, texts: Texts) -> list[str]:
    whole = flows[flows["is_complete"].astype(bool)].sort_values("month")
    if whole.empty or whole.iloc[-1][["new", "reactivated", "dormant"]].isna().any():
        return []
    last = whole.iloc[-1]
    n, b, s = (int(last[name]) for name in ("new", "reactivated", "dormant"))
    month = texts.month(pd.Timestamp(last["month"]))
    return [texts.say("summary-changed-flows", month=month, n=n, new=texts.number(n), b=b, back=texts.number(b), s=s, silent=texts.number(s))]


def _tell_rest(totals: pd.DataFrame, events: pd.DataFrame, texts: Texts) -> list[str]:
    """Tell what moved customers without any doing of theirs, and what became of the clusters."""
    ruled = totals[[cause for cause in _NOT_THEIRS if cause in totals.columns]].astype(float).to_numpy()
    n = 0 if pd.isna(ruled).any() else int(ruled.sum())
    told = [texts.say("summary-changed-rules", n=n, customers=texts.number(n))] if n else []
    counts = events["event"].value_counts() if len(events) else {}
    parts = [texts.say(f"cluster-count-{event}", n=int(counts[event])) for event in _EVENTS if event in counts]
    return [*told, *([texts.say("summary-changed-clusters", parts=texts.join(parts))] if parts else [])]
