"""Sentences about the clusters."""

import pandas as pd

from analysis.display import Reading
from analysis.texts import Texts

STABLE = 0.8  # adjusted Rand index between clusterings of resampled customers, from which a cluster is called stable


def tell_indices(indices: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how clear-cut the clusters are, and how their number was found.

    Parameters
    ----------
    indices : pandas.DataFrame
        One row per `k` tried, with `silhouette` and `chosen`.
    texts : Texts

    Notes
    -----
    From 0.5 on a silhouette is called reasonable structure, below 0.25 none to speak of (Kaufman and Rousseeuw 1990, table 4 of chapter 2).
    """
    at = indices[indices["chosen"].astype(bool)]
    if at.empty:
        return Reading((texts.say("story-clusters-none"),))
    silhouette = float(at["silhouette"].iloc[0])
    kind = "clear" if silhouette >= 0.5 else "fair" if silhouette >= 0.25 else "weak"
    how = texts.say("story-indices-choice" if len(indices) > 1 else "story-indices-fixed")
    return Reading((how,) if pd.isna(silhouette) else (texts.say(f"story-indices-{kind}", silhouette=texts.number(silhouette, 2)), how))


def tell_profiles(clusters: pd.DataFrame, *, texts: Texts) -> Reading:
    """Set the most recent cluster against the most silent one, and say how stable the clusters are.

    Parameters
    ----------
    clusters : pandas.DataFrame
        The table `clusters`.
    texts : Texts
    """
    rows = clusters[clusters["customers"] > 0].sort_values("cluster")
    if rows.empty:
        return Reading((texts.say("story-clusters-none"),))
    days = rows["centre_recency_days"].astype(float)
    near, far = rows.loc[days.idxmin()], rows.loc[days.idxmax()]
    n, m = round(float(days.min())), round(float(days.max()))
    sentences = [
        texts.say("story-profiles", near=texts.cluster(near["name"]), n=n, days=texts.number(n), far=texts.cluster(far["name"]), m=m, more=texts.number(m))
    ]
    known = rows["stability"].astype(float).dropna()
    if len(known):
        shaky = int((known < STABLE).sum())
        sentences.append(
            texts.say("story-stability-some" if shaky else "story-stability-all", n=shaky, shaky=texts.number(shaky), limit=texts.number(STABLE, 1))
        )
    return Reading(tuple(sentences))


def tell_sizes(clusters: pd.DataFrame, *, texts: Texts) -> Reading:
    """Name the largest cluster and the most valuable one per head.

    Parameters
    ----------
    clusters : pandas.DataFrame
        The table `clusters`.
    texts : Texts
    """
    rows = clusters[clusters["customers"] > 0].assign(money=lambda table: table["monetary"].astype(float)).sort_values("cluster")
    if rows.empty:
        return Reading((texts.say("story-clusters-none"),))
    largest, total = rows.loc[rows["customers"].idxmax()], int(rows["customers"].sum())
    n = int(largest["customers"])
    sentences = [texts.say("story-sizes-largest", name=texts.cluster(largest["name"]), n=n, customers=texts.number(n), share=texts.percent(n / total))]
    if rows["money"].sum() > 0:
        best = rows.loc[(rows["money"] / rows["customers"]).idxmax()]
        money = texts.money(best["money"] / best["customers"])
        sentences.append(texts.say("story-sizes-best", name=texts.cluster(best["name"]), money=money, share=texts.percent(best["money"] / rows["money"].sum())))
    return Reading(tuple(sentences))


def tell_cross(cross: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how far clusters and segments agree, and why they need not.

    Parameters
    ----------
    cross : pandas.DataFrame
        One row per pair with `cluster`, `cluster_name`, `segment`, `customers`.
    texts : Texts
    """
    total = int(cross["customers"].sum()) if len(cross) else 0
    if not total:
        return Reading((texts.say("story-clusters-none"),))
    best = cross.groupby("cluster")["customers"].max().sum()
    return Reading((texts.say("story-cross", share=texts.percent(best / total)), texts.say("story-cross-why")))
