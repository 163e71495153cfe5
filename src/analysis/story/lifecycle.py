"""Sentences about who comes, stays and goes."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.settings.lifecycle import Lifecycle
from analysis.texts import Texts

_PUNCTUAL = ["new", "active", "growing", "shrinking", "reactivated"]


def tell_retention(cohorts: pd.DataFrame, *, most: int = 24, texts: Texts) -> Reading:
    """Compare the cohorts after one month; say when the history is too short.

    Parameters
    ----------
    cohorts : pandas.DataFrame
        The table `cohorts`.
    most : int
        As many cohorts as the chart shows, the latest.
    texts : Texts
    """
    shown = cohorts[cohorts["cohort"].isin(sorted(cohorts["cohort"].unique())[-most:])]
    old = shown["from_before"].astype(bool)  # who was there before the data begin: no cohort like the others
    first = shown[(shown["period"] == 1) & shown["is_complete"].astype(bool) & (shown["customers"] > 0) & shown["active"].notna() & ~old]
    if len(first) < 2:
        return Reading((texts.say("story-retention-short"),))
    shares = first.assign(cohort=pd.to_datetime(first["cohort"]), share=first["active"] / first["customers"]).sort_values("cohort")
    best, worst = shares.loc[shares["share"].idxmax()], shares.loc[shares["share"].idxmin()]
    sentences = [texts.say("story-retention", best=texts.month(best["cohort"]), high=texts.percent(best["share"]), n=int(best["customers"]),
                           size=texts.number(best["customers"]), worst=texts.month(worst["cohort"]), low=texts.percent(worst["share"]))]  # fmt: skip
    if old.any():
        sentences.append(texts.say("story-retention-first", month=texts.month(pd.Timestamp(shown.loc[old, "cohort"].max()))))
    return Reading(tuple(sentences))


def tell_flows(flows: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say whether the active base grew in the last complete month, and by what.

    Parameters
    ----------
    flows : pandas.DataFrame
        The table `flows`.
    texts : Texts
    """
    data = flows.assign(month=pd.to_datetime(flows["month"])).sort_values("month")
    whole = data[data["is_complete"].astype(bool)]
    if whole.empty:
        return Reading((texts.say("chart-flows-empty"),))
    told = whole[whole[["active", "new", "returning", "reactivated", "dormant"]].notna().all(axis=1)]
    if told.empty:
        return Reading((texts.say("story-withheld"),))
    last = told.iloc[-1]
    gained, lost = int(last["new"] + last["reactivated"]), int(last["dormant"])
    words = {"month": texts.month(last["month"]), "g": gained, "gained": texts.number(gained), "l": lost, "lost": texts.number(lost)}
    kind = "grew" if gained > lost else "shrank" if gained < lost else "same"
    sentences = [texts.say(f"story-flows-{kind}", **words, net=texts.number(abs(gained - lost)), n=abs(gained - lost))] if len(whole) > 1 else []
    if int(last["active"]):
        sentences.append(texts.say("story-flows-new", month=words["month"], share=texts.percent(last["new"] / last["active"])))
    if not bool(data["is_complete"].iloc[-1]):
        sentences.append(texts.say("story-flows-cut", month=texts.month(data["month"].iloc[-1])))
    return Reading(tuple(sentences or [texts.say("chart-flows-empty")]))


def tell_stages(stages: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how many known customers are within their rhythm at the end of the last complete month.

    Parameters
    ----------
    stages : pandas.DataFrame
        The table `stages`.
    texts : Texts
    """
    latest = _last_whole_month(stages)
    counts = latest.set_index("stage")["customers"]
    if counts.isna().any():
        return Reading((texts.say("story-withheld"),))
    known = int(counts.sum())
    if not known:
        return Reading((texts.say("chart-flows-empty"),))
    active = int(counts.reindex(_PUNCTUAL).fillna(0).sum())
    words = {"month": texts.month(pd.Timestamp(latest["month"].max())), "n": known, "known": texts.number(known), "a": active, "active": texts.number(active)}
    return Reading((texts.say("story-stages", **words, share=texts.percent(active / known)),))


def tell_entries(stages: pd.DataFrame, chosen: Lifecycle, rhythm: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how many have just become late and how many were won back in the last complete month, and where the stages begin.

    Parameters
    ----------
    stages : pandas.DataFrame
        The table `stages`.
    chosen : Lifecycle
        Where the stages begin.
    rhythm : pandas.DataFrame
        One row: is_known (whether there is a usual gap to measure by).
    texts : Texts
    """
    entered = _last_whole_month(stages).set_index("stage")["entered"]
    late, back = entered.get("at_risk", 0), entered.get("reactivated", 0)
    in_gaps = chosen.by == "rhythm" and bool(rhythm["is_known"].iloc[0])
    silence = chosen.times if in_gaps else chosen.days
    words = {
        key: _write(value, texts) for key, value in (("late", silence.at_risk), ("dormant", silence.dormant), ("lost", silence.lost), ("change", chosen.change))
    }
    limits = texts.say("stage-limits-rhythm" if in_gaps else "stage-limits-days", g=chosen.recent_gaps, gaps=texts.number(chosen.recent_gaps), **words)
    why = [texts.say("stage-limits-why")] if chosen.by == "rhythm" and not in_gaps else []
    moved = [texts.say("story-entries-at-risk", n=int(late), late=texts.number(late))] if pd.notna(late) else []
    moved += [texts.say("story-entries-reactivated", n=int(back), reactivated=texts.number(back))] if pd.notna(back) else []
    return Reading((*moved, limits, *why))


def _write(value: float, texts: Texts) -> str:
    """Write a limit without a decimal that says nothing."""
    return texts.number(value, 0 if float(value).is_integer() else 1)


def _last_whole_month(stages: pd.DataFrame) -> pd.DataFrame:
    """Take the rows of the last complete month, or of the only one there is."""
    whole = stages[stages["is_complete"].astype(bool)]
    latest = whole if len(whole) else stages
    return latest[latest["month"] == latest["month"].max()]


def tell_revenue_retention(cohorts: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how much of their first month's money cohorts bring a year on, or as far as the data reach.

    Parameters
    ----------
    cohorts : pandas.DataFrame
        The table `cohorts`.
    texts : Texts
    """
    whole = cohorts[cohorts["is_complete"].astype(bool) & ~cohorts["from_before"].astype(bool)]
    far = min(12, int(whole["period"].max())) if len(whole) else 0
    if far < 1:
        return Reading((texts.say("story-retention-short"),))
    reached = whole[whole["cohort"].isin(whole.loc[whole["period"] == far, "cohort"]) & (whole["period"] <= far)]
    reached = reached[~reached["cohort"].isin(reached.loc[reached["monetary"].isna(), "cohort"])]  # whole cohorts, of which everything may be told
    begun = float(reached.loc[reached["period"] == 0, "monetary"].astype(float).sum())
    if begun <= 0:
        return Reading((texts.say("story-retention-short"),))
    later = float(reached.loc[reached["period"] > 0, "monetary"].astype(float).sum())
    return Reading(
        (
            texts.say(
                "cohort-story-revenue",
                n=far,
                months=texts.number(far),
                share=texts.percent(later / begun),
                per=texts.money(100 + 100 * later / begun),
                hundred=texts.money(100),
            ),
        )
    )
