"""Sentences about the clusters: how many and why, what is typical, how sure, what changed."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.display.withheld import is_told
from analysis.story.told import add_up, find_whole, read
from analysis.texts import Texts

STABLE = 0.75  # Jaccard similarity to the best counterpart in refits from which a cluster counts as stable (Hennig 2007)
_ALONE = ("silhouette", "calinski_harabasz", "davies_bouldin", "bic")


def _none(texts: Texts) -> Reading:
    return Reading((texts.say("story-clusters-none"),))


def tell_number(indices: pd.DataFrame, reasons: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how the number of clusters was found, and how clear-cut they are.

    Parameters
    ----------
    indices : pandas.DataFrame
        One row per `k` tried, with `silhouette`, `agreement` and `chosen`.
    reasons : pandas.DataFrame
        Grain: reason x k, in the order to be told; value, limit.
    texts : Texts

    Notes
    -----
    From 0.5 on a silhouette is called reasonable structure, below 0.25 none to speak of (Kaufman and Rousseeuw 1990, table 4 of chapter 2).
    """
    at = indices[indices["chosen"].astype(bool)]
    if at.empty:
        return _none(texts)
    sentences = []
    alone = reasons[reasons["reason"].isin(_ALONE)]
    if len(alone):
        parts = texts.join(
            texts.say(f"cluster-alone-{row.reason}".replace("_", "-"), k=str(row.k), value=texts.number(row.value, 2)) for row in alone.itertuples(index=False)
        )
        sentences.append(texts.say("cluster-why-alone", parts=parts))
    for why in ("bounds", "small", "shaky"):
        rows = reasons[reasons["reason"] == why]
        if len(rows):
            sentences.append(_leave_out(why, rows, texts))
    last = reasons[~reasons["reason"].isin((*_ALONE, "bounds", "small", "shaky"))]
    for row in last.itertuples(index=False):
        value = texts.percent(row.value) if row.reason == "small_taken" else texts.number(row.value, 2)
        sentences.append(texts.say(f"cluster-why-{row.reason}".replace("_", "-"), k=str(row.k), value=value))
    silhouette, agreement = float(at["silhouette"].iloc[0]), float(at["agreement"].iloc[0])
    if not pd.isna(silhouette):
        kind = "clear" if silhouette >= 0.5 else "fair" if silhouette >= 0.25 else "weak"
        sentences.append(texts.say(f"story-indices-{kind}", silhouette=texts.number(silhouette, 2)))
    if not pd.isna(agreement):
        sentences.append(texts.say("cluster-agreement", agreement=texts.number(agreement, 2)))
    return Reading(tuple(sentences))


def _leave_out(why: str, rows: pd.DataFrame, texts: Texts) -> str:
    """Say which numbers are out of the question, each with its measure."""
    limit = float(rows["limit"].iloc[0])
    if why == "bounds":
        parts = [str(row.k) for row in rows.itertuples(index=False)]
    else:
        values = [texts.percent(value) if why == "small" else texts.number(value, 2) for value in rows["value"]]
        parts = [texts.say("cluster-left-out", k=str(k), value=value) for k, value in zip(rows["k"], values, strict=True)]
    shown = texts.percent(limit) if why == "small" else texts.number(limit, 0 if why == "bounds" else 1)
    return texts.say(f"cluster-why-{why}", parts=texts.join(parts), limit=shown)


def tell_profiles(clusters: pd.DataFrame, *, texts: Texts) -> Reading:
    """Set the most recent cluster against the most silent one.

    Parameters
    ----------
    clusters : pandas.DataFrame
        The table `clusters`.
    texts : Texts
    """
    rows = clusters[(clusters["customers"] > 0) & (clusters["cluster"] > 0)].sort_values("cluster")
    if rows.empty:
        return _none(texts)
    days = rows["centre_recency_days"].astype(float)
    near, far = rows.loc[days.idxmin()], rows.loc[days.idxmax()]
    n, m = round(float(days.min())), round(float(days.max()))
    words = {"near": texts.cluster(near["name"]), "n": n, "days": texts.number(n), "far": texts.cluster(far["name"]), "m": m, "more": texts.number(m)}
    return Reading((texts.say("story-profiles", **words),))


def tell_shapes(profiles: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say which cluster is nearest to the middle of all customers in every respect, and which is furthest.

    Parameters
    ----------
    profiles : pandas.DataFrame
        Grain: cluster x feature. name, place (standard deviations from the middle).
    texts : Texts
    """
    profiles = profiles[profiles.groupby("cluster")["place"].transform(lambda places: places.notna().all()).astype(bool)]
    if profiles.empty:
        return _none(texts)
    far = profiles.assign(square=profiles["place"] ** 2).groupby(["cluster", "name"], as_index=False)["square"].sum()
    inner, outer = far.loc[far["square"].idxmin()], far.loc[far["square"].idxmax()]
    words = {"inner": texts.cluster(inner["name"]), "outer": texts.cluster(outer["name"])}
    return Reading((texts.say("cluster-shapes", near=texts.number(inner["square"] ** 0.5, 1), far=texts.number(outer["square"] ** 0.5, 1), **words),))


def tell_spreads(profiles: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say on which feature the clusters lie furthest apart, and on which they are most alike.

    Parameters
    ----------
    profiles : pandas.DataFrame
        As for `tell_shapes`, with feature and value.
    texts : Texts
    """
    profiles = profiles[profiles["place"].notna() & profiles["value"].notna()]
    if profiles.empty:
        return _none(texts)
    spread = profiles.groupby("feature", sort=False)["place"].agg(lambda places: places.max() - places.min())
    sentences = []
    for message, feature in (("cluster-spread-most", spread.idxmax()), ("cluster-spread-least", spread.idxmin())):
        rows = profiles[profiles["feature"] == feature]
        low, high = rows.loc[rows["place"].idxmin()], rows.loc[rows["place"].idxmax()]
        words = {"low": texts.quantity(feature, low["value"]), "high": texts.quantity(feature, high["value"]), "feature": texts.feature(feature)}
        sentences.append(texts.say(message, one=texts.cluster(low["name"]), other=texts.cluster(high["name"]), **words))
    return Reading(tuple(sentences))


def tell_sizes(clusters: pd.DataFrame, *, texts: Texts) -> Reading:
    """Name the largest cluster and the most valuable one per head, and say who stands outside.

    Parameters
    ----------
    clusters : pandas.DataFrame
        The frame `passports`: cluster, name, customers, customers_pct, monetary, monetary_pct.
    texts : Texts
    """
    rows = clusters[clusters["customers"] != 0].assign(money=lambda table: table["monetary"].astype(float)).sort_values("cluster")
    total, money = find_whole(rows, "customers", "customers_pct"), find_whole(rows, "money", "monetary_pct")
    rows = rows[rows["customers"].notna()]
    inside, outside = rows[rows["cluster"] > 0], rows[rows["cluster"] == 0]
    if inside.empty:
        return _none(texts)
    if not is_told(total, money):
        return read((), texts)
    largest = inside.loc[inside["customers"].idxmax()]
    n = int(largest["customers"])
    sentences = [texts.say("story-sizes-largest", name=texts.cluster(largest["name"]), n=n, customers=texts.number(n), share=texts.percent(n / total))]
    if money > 0:
        best = inside.loc[(inside["money"] / inside["customers"]).idxmax()]
        each = texts.money(best["money"] / best["customers"])
        sentences.append(texts.say("story-sizes-best", name=texts.cluster(best["name"]), money=each, share=texts.percent(best["money"] / money)))
    if len(outside):
        out = int(outside["customers"].iloc[0])
        share = texts.percent(float(outside["money"].iloc[0]) / money if money > 0 else 0.0)
        sentences.append(texts.say("cluster-outside", n=out, customers=texts.number(out), share=texts.percent(out / total, 2), money=share))
    return Reading(tuple(sentences))


def tell_stability(passports: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how surely the clusters come out again.

    Parameters
    ----------
    passports : pandas.DataFrame
        Grain: cluster. name, stability.
    texts : Texts
    """
    known = passports.dropna(subset="stability")
    if known.empty:
        return _none(texts)
    shaky = int((known["stability"] < STABLE).sum())
    least = known.loc[known["stability"].astype(float).idxmin()]
    return Reading((
        texts.say("story-stability-some" if shaky else "story-stability-all", n=shaky, shaky=texts.number(shaky), limit=texts.number(STABLE, 2)),
        texts.say("cluster-least-stable", name=texts.cluster(least["name"]), value=texts.number(least["stability"], 2)),
    ))  # fmt: skip


def tell_map(cells: pd.DataFrame, axes: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how much of the differences the two axes show, and who is not on the picture.

    Parameters
    ----------
    cells : pandas.DataFrame
        Grain: cell; x (missing in the row that sums up small cells), customers.
    axes : pandas.DataFrame
        Grain: axis x feature; explained.
    texts : Texts
    """
    if cells.empty:
        return _none(texts)
    hidden = add_up(cells["customers"][cells["x"].isna()])
    explained = texts.percent(float(axes.drop_duplicates("axis")["explained"].sum()), 0)
    aside = [texts.say("cluster-hidden", n=int(hidden), customers=texts.number(hidden))] if is_told(hidden) else []
    return Reading((texts.say("cluster-explained", share=explained), *aside))


def tell_cross(cross: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how far clusters and segments agree, and why they need not.

    Parameters
    ----------
    cross : pandas.DataFrame
        One row per pair with `cluster`, `cluster_name`, `segment`, `customers`.
    texts : Texts
    """
    total = add_up(cross["customers"]) if len(cross) else 0.0
    if total == 0:
        return _none(texts)
    best = cross.groupby("cluster")["customers"].max().sum()
    agree = [texts.say("story-cross", share=texts.percent(best / total))] if is_told(total) else []
    return Reading((*agree, texts.say("story-cross-why")))


def tell_changes(decision: pd.DataFrame, drift: pd.DataFrame, events: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say whether the groups are those of the last report, why not, and what became of them.

    Parameters
    ----------
    decision : pandas.DataFrame
        One row: decision, fitted_on, sampled (the share of the buyers that were looked at).
    drift : pandas.DataFrame
        Grain: measure (distance, shares, index); value, limit. No rows where nothing was accepted before.
    events : pandas.DataFrame
        Grain: cluster; event.
    texts : Texts
    """
    kind = str(decision["decision"].iloc[0]) if len(decision) else "few"
    if kind == "few":
        return _none(texts)
    key = f"cluster-decision-{kind}".replace("_", "-")
    sentences = [texts.say(key, date=texts.date(pd.Timestamp(decision["fitted_on"].iloc[0]).date()))]
    if kind != "accepted" and float(decision["sampled"].iloc[0]) < 1:
        sentences.append(texts.say("cluster-sample", share=texts.percent(decision["sampled"].iloc[0])))
    if "index" in set(drift["measure"]):
        values = drift.set_index("measure")
        words = {"index": texts.number(values["value"]["index"], 2), "limit": texts.number(values["limit"]["index"], 2)}
        words |= {"distance": texts.percent(values["value"]["distance"]), "shares": texts.number(values["value"]["shares"], 2)}
        sentences.append(texts.say("cluster-drift", **words))
    if len(events):
        counts = events["event"].value_counts()
        parts = [texts.say(f"cluster-count-{event}", n=int(counts[event])) for event in ("kept", "split", "merged", "born", "died") if event in counts]
        sentences.append(texts.say("cluster-events", parts=texts.join(parts)))
    return Reading(tuple(sentences))
