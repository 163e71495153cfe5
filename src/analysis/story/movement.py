"""What to say about who moved and why."""

import pandas as pd

from analysis.columns import CAUSES, NONE
from analysis.display.reading import Reading
from analysis.display.withheld import is_told
from analysis.story.told import add_up, read
from analysis.texts import Texts

_LEAST = 20  # customers: of smaller groups no share is told


def tell_migration(totals: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Reading:
    """Say how many stayed, came and left, and what made the others move.

    Parameters
    ----------
    totals : pandas.DataFrame
        The frame `movement_totals`: one period. scheme, direction, from_as_of, to_as_of, customers, monetary and the causes.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = totals[totals["scheme"] == scheme]
    if rows.empty:
        return Reading((texts.say("movement-short-told"),))
    ways = _count(rows)
    sentences = []
    total = add_up(ways.drop("came"))
    if is_told(total, ways["stayed"]) and total:
        words = {"share": texts.percent(ways["stayed"] / total), "b": int(total), "before": texts.number(total)}
        words |= {"date": _day(rows, "from", texts), "until": _day(rows, "to", texts)}
        sentences.append(texts.say("movement-stayed-of", n=int(ways["stayed"]), customers=texts.number(ways["stayed"]), **words))
    came, left = ways["came"], ways["left"]
    if is_told(came, left) and (came or left):
        sentences.append(texts.say("movement-came-left", n=int(came), came=texts.number(came), m=int(left), left=texts.number(left)))
    causes = {cause: add_up(rows[cause]) for cause in CAUSES}
    if is_told(*causes.values()) and any(causes.values()):
        ordered = sorted((cause for cause in CAUSES if causes[cause]), key=lambda cause: (-causes[cause], CAUSES.index(cause)))
        parts = texts.join(
            texts.say(f"movement-because-{cause.replace('_', '-')}", n=int(causes[cause]), customers=texts.number(causes[cause])) for cause in ordered
        )
        n = int(sum(causes.values()))
        sentences.append(texts.say("movement-causes", n=n, customers=texts.number(n), parts=parts))
    return read(sentences, texts)


def tell_money(totals: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Reading:
    """Say how many rose and fell, and what they have brought.

    Parameters
    ----------
    totals : pandas.DataFrame
        As for `tell_migration`.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = totals[totals["scheme"] == scheme]
    if rows.empty:
        return Reading((texts.say("movement-short-told"),))
    ways, money = _count(rows), _count(rows, "monetary")
    u, d = ways["up"], ways["down"]
    if not u and not d:
        return Reading((texts.say("movement-nobody-told"),))
    if not is_told(u, d, money["up"], money["down"]):
        return read((), texts)
    words = {f"{name}_money": texts.money(money[name]) for name in ("up", "down")}
    return Reading((texts.say("movement-directions", u=int(u), up=texts.number(u), d=int(d), down=texts.number(d), **words),))


def _count(rows: pd.DataFrame, column: str = "customers") -> pd.Series:
    """Give a number of each direction; where nobody went, zero."""
    return rows.set_index("direction")[column].astype(float).reindex(["stayed", "up", "down", "came", "left"], fill_value=0.0)


def tell_turnover(movement: pd.DataFrame, history: pd.DataFrame | None = None, *, scheme: str = "segment", texts: Texts) -> Reading:
    """Say which group kept most of its customers, and which fewest.

    Parameters
    ----------
    movement : pandas.DataFrame
        The frame `movement`: one period. scheme, from_as_of, from_segment, to_segment, customers. Groups of fewer than twenty customers are left out.
    history : pandas.DataFrame, optional
        The table `history`, which says how large a group was whose moves are withheld in part.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = movement[(movement["scheme"] == scheme) & (movement["customers"] != 0)]
    rows = rows[rows["from_segment"] != NONE]
    before = rows.groupby("from_segment")["customers"].agg(add_up)
    if history is not None and len(rows):
        then = history[(history["scheme"] == scheme) & (pd.to_datetime(history["as_of"]) == pd.Timestamp(rows["from_as_of"].iloc[0]))]
        before = before.fillna(then.set_index("segment")["customers"].astype(float))
    stayed = rows[rows["from_segment"] == rows["to_segment"]].set_index("from_segment")["customers"].astype(float)
    kept = (stayed.reindex(before.index, fill_value=0.0) / before)[before >= _LEAST].dropna()
    if len(kept) < 2 or kept.min() == kept.max():
        return Reading((texts.say("movement-turnover-none"),))
    most, least = kept.idxmax(), kept.idxmin()
    names = {"most": texts.label(scheme, most), "least": texts.label(scheme, least)}
    return Reading((texts.say("movement-turnover", **names, most_share=texts.percent(kept[most]), least_share=texts.percent(kept[least])),))


def _day(rows: pd.DataFrame, end: str, texts: Texts) -> str:
    return texts.date(pd.Timestamp(rows[f"{end}_as_of"].iloc[0]))


def tell_movers(movers: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what to make of the list of movers: how many of them slipped only because they were silent.

    Parameters
    ----------
    movers : pandas.DataFrame
        The frame `movers`, the most money first.
    texts : Texts
    """
    if movers.empty:
        return Reading((texts.say("movement-nobody-told"),))
    money = movers["monetary"].astype(float)
    slipped = (movers["cause"] == "time_passed") & (movers["to_place"].astype(float) > movers["from_place"].astype(float))
    risen = (movers["cause"] == "bought") & (movers["to_place"].astype(float) < movers["from_place"].astype(float))
    n, m, k = len(movers), int(slipped.sum()), int(risen.sum())
    sentences = [texts.say("movement-listed", n=n, customers=texts.number(n), money=texts.money(money.sum()))]
    if m:
        sentences.append(texts.say("movement-slipped", n=m, customers=texts.number(m), money=texts.money(money[slipped].sum())))
    if k:
        sentences.append(texts.say("movement-risen", n=k, customers=texts.number(k), money=texts.money(money[risen].sum())))
    return Reading(tuple(sentences))


def tell_ruler_effect(ruler_effect: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how many changed segment measured with the same cut points, and how many more or fewer had the cut points been found anew.

    Parameters
    ----------
    ruler_effect : pandas.DataFrame
        The frame `ruler_effect`: ruler (same, refitted), from_as_of, to_as_of, customers, changed, bought, time_passed, threshold_moved.
    texts : Texts
    """
    rows = ruler_effect.set_index("ruler")
    if rows.empty or not rows["customers"].iloc[0] > 0:
        return Reading((texts.say("movement-short-told"),))
    if not is_told(*rows["changed"], *rows["customers"]):
        return read((texts.say("movement-ruler-why"),), texts)
    same, fresh, total = int(rows["changed"]["same"]), int(rows["changed"]["refitted"]), int(rows["customers"]["same"])
    cut = int(rows["threshold_moved"]["refitted"]) if is_told(rows["threshold_moved"]["refitted"]) else 0
    since = texts.date(pd.Timestamp(rows["from_as_of"]["same"]))
    words = {"same": texts.percent(same / total), "fresh": texts.percent(fresh / total), "date": since, "cut": texts.percent(cut / total), "c": cut}
    if fresh > same:
        key = "more"
    elif fresh < same:
        key = "fewer"
    else:
        key = "equal"
    sentences = [texts.say(f"movement-ruler-{key}", **words)]
    if cut:
        sentences.append(texts.say("movement-ruler-cut", n=cut, customers=texts.number(cut), share=words["cut"]))
    return Reading((*sentences, texts.say("movement-ruler-why")))
