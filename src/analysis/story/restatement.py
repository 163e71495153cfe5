"""Sentences on what the last report said, and what today's data say of its day."""

import pandas as pd

from analysis.columns import SCHEMES
from analysis.display.reading import Reading
from analysis.display.withheld import is_told
from analysis.story.told import add_up, read
from analysis.texts import Texts

_SUMS = ("as_of", "scheme", "segment", "reported", "today", "monetary_reported", "monetary_today", "left", "joined")  # every other column is a reason


def tell_restatement(restatement: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what was restated since the last report: the group that differs most, why, and how many customers moved.

    Parameters
    ----------
    restatement : pandas.DataFrame
        The table `restatement`; empty for a first report.
    texts : Texts
    """
    if restatement.empty:
        return Reading((texts.say("journal-first"),))
    date = texts.date(pd.Timestamp(restatement["as_of"].iloc[0]))
    told = restatement[restatement["reported"].notna() & restatement["today"].notna()]
    by_scheme = {scheme: told[told["scheme"] == scheme] for scheme in SCHEMES}
    all_told = len(told) == len(restatement)
    other_map = "map_changed" in restatement and bool(restatement["map_changed"].fillna(0).astype(int).any())
    differs = [scheme for scheme in SCHEMES[other_map:] if (by_scheme[scheme]["reported"] != by_scheme[scheme]["today"]).any()]
    sentences = [texts.say("journal-map-changed")] if other_map else []
    known = bool(restatement["left"].notna().any())  # nobody knows why where none is told; some may be withheld
    moves = [scheme for scheme in SCHEMES[other_map:] if known and (by_scheme[scheme]["left"] > 0).any()]
    if differs:
        sentences.append(_tell_group(by_scheme[differs[0]], date, texts))
    elif moves:
        sentences.append(texts.say("journal-exchanged", date=date))
    elif not other_map and all_told:
        n = int(by_scheme["segment"]["reported"].sum())
        sentences.append(texts.say("journal-same" if known else "journal-same-counts", date=date, n=n, customers=texts.number(n)))
    if known and (differs or moves):
        rows = by_scheme[(moves or differs)[0]]
        gone, total = add_up(rows["left"]), add_up(rows["reported"])
        if all_told and is_told(gone, total):
            sentences.append(texts.say("journal-moved", n=int(gone), customers=texts.number(gone), share=texts.percent(gone / total if total else 0)))
    if not known:
        sentences.append(texts.say("journal-no-reasons"))
    return read(sentences, texts)


def _tell_group(rows: pd.DataFrame, date: str, texts: Texts) -> str:
    row = rows.loc[(rows["today"] - rows["reported"]).abs().idxmax()]
    reported, today = int(row["reported"]), int(row["today"])
    words = {"date": date, "group": name_group(row["scheme"], row["segment"], texts=texts), "r": reported, "reported": texts.number(reported)}
    words |= {"t": today, "today": texts.number(today)}
    reasons = tell_reasons(row, texts=texts)
    return texts.say("journal-restated", **words, reasons=reasons) if reasons else texts.say("journal-restated-bare", **words)


def tell_reasons(row: pd.Series, *, texts: Texts) -> str:
    """List why a group has more or fewer customers than reported, the largest reason first; empty where it has not, or nobody knows."""
    counts = {str(name): int(row[name]) for name in row.index if name not in _SUMS and pd.notna(row[name]) and row[name]}
    ordered = sorted(counts.items(), key=lambda item: -abs(item[1]))
    parts = [
        texts.say(f"journal-{name.replace('_', '-')}-{'more' if count > 0 else 'fewer'}", n=abs(count), customers=texts.number(abs(count)))
        for name, count in ordered
    ]
    return texts.say("journal-separator").join(parts)


def name_group(scheme: str, key: str, *, texts: Texts) -> str:
    """Name a group; one of a map that is gone by its key."""
    label = f"{scheme}-{key}".replace("_", "-")
    return texts.say(label) if texts.has(label) else str(key).replace("_", " ")
