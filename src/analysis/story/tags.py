"""What to say of tags: which there are, whom they tell apart, who is to be called, what moved, what is wrong with them."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts

CATEGORIES = ("basic", "behaviour", "interest", "value", "lifecycle", "risk", "own")
ALERT = "high_value_unhappy"
LEAST = 10  # customers in a pair of tags of which it is said how often they come together


def tell_catalogue(coverage: pd.DataFrame, findings: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say which tags are in force, which is the most frequent and the most valuable, whom to call first, and what is left out for want of data.

    Parameters
    ----------
    coverage, findings : pandas.DataFrame
        The frames `tag_coverage` and `tag_findings`.
    texts : Texts
    """
    whole = coverage[coverage["value"].isna()]
    if whole.empty:
        return Reading((texts.say("tag-story-none"), *_tell_wanting(findings, texts)))
    counts = whole["category"].value_counts()
    parts = [
        texts.say("tag-story-catalogue-part", count=texts.number(counts[key]), category=_inside(texts.label("tag-category", key), texts))
        for key in CATEGORIES
        if key in counts
    ]
    sentences = [texts.say("tag-story-catalogue", n=len(whole), tags=texts.number(len(whole)), parts=texts.join(parts))]
    flags = whole[(whole["type"] == "boolean") & (whole["customers"] > 0) & whole["monetary"].notna()]
    if len(flags):
        largest = flags.sort_values(["customers", "tag"], ascending=[False, True]).iloc[0]
        sentences.append(texts.say("tag-story-largest", **_shares(largest, texts)))
        ratio = flags[flags["monetary"] > 0].assign(each=lambda rows: rows["monetary"] / rows["customers"])
        dearest = ratio.sort_values(["each", "tag"], ascending=[False, True]).head(1)
        sentences += [texts.say("tag-story-richest", **_shares(row, texts)) for _place, row in dearest.iterrows() if row["tag"] != largest["tag"]]
    alert = flags[flags["tag"] == ALERT]
    for row in alert.itertuples():
        sentences.append(texts.say("tag-story-alert", n=int(row.customers), customers=texts.number(row.customers), money=texts.money(row.monetary)))
    return Reading((*sentences, *_tell_wanting(findings, texts)))


def _inside(word: str, texts: Texts) -> str:
    return word.lower() if texts.lang == "en" else word


def _shares(row: pd.Series, texts: Texts) -> dict[str, str]:
    return {"tag": texts.label("tag", row["tag"]), "share": texts.percent(row["share"]), "money": texts.percent(row["monetary_share"])}


def _tell_wanting(findings: pd.DataFrame, texts: Texts) -> tuple[str, ...]:
    wanting = findings.loc[findings["finding"] == "wanting", "tag"].tolist()
    names = texts.join(texts.label("tag", key) for key in wanting)
    return (texts.say("tag-story-wanting", n=len(wanting), tags=texts.number(len(wanting)), names=names),) if wanting else ()


def tell_overlap(overlap: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say which two tags overlap most, and which come together more often than by chance.

    Parameters
    ----------
    overlap : pandas.DataFrame
        The frame `tag_overlap`.
    texts : Texts
    """
    together = overlap[(overlap["both"] > 0) & overlap[["jaccard", "lift"]].notna().all(axis=1)]
    if together.empty:
        return Reading((texts.say("story-withheld" if overlap["both"].isna().any() else "tag-story-apart"),))
    most = together.sort_values(["jaccard", "tag", "other"], ascending=[False, True, True]).iloc[0]
    names = {"tag": texts.label("tag", most["tag"]), "other": texts.label("tag", most["other"])}
    sentences = [texts.say("tag-story-overlap", **names, both=texts.number(most["both"]), share=texts.percent(most["jaccard"], 0))]
    often = together[(together["both"] >= LEAST) & (together["lift"] > 1)].sort_values(["lift", "tag", "other"], ascending=[False, True, True])
    if len(often) and tuple(often.iloc[0][["tag", "other"]]) != tuple(most[["tag", "other"]]):
        row = often.iloc[0]
        sentences.append(
            texts.say("tag-story-lift", tag=texts.label("tag", row["tag"]), other=texts.label("tag", row["other"]), lift=texts.number(row["lift"], 1))
        )
    return Reading(tuple(sentences))


def tell_changes(changes: pd.DataFrame, since: dt.date | None, *, texts: Texts) -> Reading:
    """Say how many tags were gained and lost since the last report, which moved most, and which level changed most.

    Parameters
    ----------
    changes : pandas.DataFrame
        The frame `tag_changes`.
    since : datetime.date, optional
        The day of the last report; None where there is none.
    texts : Texts
    """
    if since is None:
        return Reading((texts.say("tag-story-first"),))
    if changes.empty:
        return Reading((texts.say("tag-story-same", date=texts.date(since)),))
    ways = changes[changes["kind"] != "changed"]
    sentences = []
    if ways["customers"].notna().all() and changes["newcomers"].notna().all():
        gained, lost = (int(ways.loc[ways["kind"] == kind, "customers"].sum()) for kind in ("gained", "lost"))
        words = {"date": texts.date(since), "gained": texts.number(gained), "lost": texts.number(lost), "newcomers": texts.number(changes["newcomers"].sum())}
        sentences.append(texts.say("tag-story-changes", n=gained, m=lost, **words))
    ways = ways[~ways["tag"].isin(ways.loc[ways["customers"].isna(), "tag"])]
    moved = ways.groupby(["tag", "kind"])["customers"].sum()
    if len(ways):
        totals = ways.groupby("tag")["customers"].sum()
        tag = str(totals[totals == totals.max()].index.min())
        each = {kind: int(moved.get((tag, kind), 0)) for kind in ("gained", "lost")}
        sentences.append(texts.say("tag-story-changes-most", tag=texts.label("tag", tag), **{kind: texts.number(count) for kind, count in each.items()}))
    levels = changes[(changes["kind"] == "changed") & changes["before"].notna()]
    if len(levels) and levels["customers"].notna().all():
        most = levels.sort_values(["customers", "tag", "before", "after"], ascending=[False, True, True, True]).iloc[0]
        steps = {side: texts.value(f"tag_{most['tag']}", most[side]) for side in ("before", "after")}
        n = int(levels["customers"].sum())
        sentences.append(texts.say("tag-story-levels", n=n, customers=texts.number(n), tag=texts.label("tag", most["tag"]), **steps))
    return Reading(tuple(sentences) or (texts.say("story-withheld"),))


def tell_groups(groups: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say which group of tags brings most, and whether any is empty.

    Parameters
    ----------
    groups : pandas.DataFrame
        The frame `tag_groups`: grain group; customers, share, monetary, monetary_share.
    texts : Texts
    """
    if groups.empty:
        return Reading((texts.say("tag-story-groups-none"),))
    told = groups.assign(money=groups["monetary"].astype(float)).dropna(subset=["money", "customers"]).sort_values(["money", "group"], ascending=[False, True])
    if told.empty:
        return Reading((texts.say("story-withheld"),))
    most = told.iloc[0]
    n = int(most["customers"])
    shares = {"share": texts.percent(most["share"]), "money": texts.percent(most["monetary_share"])}
    sentences = [texts.say("tag-story-groups", group=texts.label("tag-group", most["group"]), n=n, customers=texts.number(n), **shares)] if n else []
    empty = [texts.label("tag-group", key) for key in groups.loc[groups["customers"] == 0, "group"]]
    sentences += [texts.say("tag-story-groups-empty", n=len(empty), groups=texts.join(empty))] if empty else []
    return Reading(tuple(sentences))


def tell_findings(findings: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what is wrong with tags, a sentence each.

    Parameters
    ----------
    findings : pandas.DataFrame
        The frame `tag_findings`.
    texts : Texts
    """
    return Reading(list_sentences(findings, texts) or (texts.say("tag-finding-none"),))


def list_sentences(findings: pd.DataFrame, texts: Texts, *, brief: bool = False) -> tuple[str, ...]:
    """List what is wrong with tags; nothing where nothing is. In brief, one sentence tells of all tags that lack data."""
    rows = findings[findings["finding"] != "wanting"] if brief else findings
    said = tuple(_say_finding(row, texts) for row in rows.to_dict("records"))
    return said + (_tell_wanting(findings, texts) if brief else ())


def _say_finding(row: dict, texts: Texts) -> str:
    tag, other, n = str(row["tag"]), str(row["other"]), int(row["customers"]) if pd.notna(row["customers"]) else 0
    if row["finding"].startswith("same"):
        other = texts.label("tag", other)
    elif row["finding"].startswith("level"):
        other = " / ".join(texts.value(f"tag_{tag}", level) for level in _levels(other))
    elif row["finding"] == "ended":
        other = texts.date(dt.date.fromisoformat(other))
    elif row["finding"] == "wanting":
        other = texts.join(_name_needs(other.split(", "), texts)) if _is_list(other) else other
    return texts.say(f"tag-finding-{row['finding']}".replace("_", "-"), tag=texts.label("tag", tag), other=other, n=n, customers=texts.number(n))


def _levels(other: str) -> Sequence[str]:
    return other.split(" / ") if other else ()


def _is_list(other: str) -> bool:
    return all(word.replace("_", "a").replace(" / ", "a").isalnum() for word in other.split(", "))


def _name_needs(names: Sequence[str], texts: Texts) -> list[str]:
    return [" / ".join(texts.column(one) for one in name.split(" / ")) for name in names]
