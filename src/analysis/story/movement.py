"""What to say about who moved and why."""

import pandas as pd

from analysis.columns import CAUSES, NONE
from analysis.display.reading import Reading
from analysis.texts import Texts

_LEAST = 20  # customers: of smaller groups no share is told


def tell_migration(movement: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Reading:
    """Say how many stayed, came and left, and what made the others move.

    Parameters
    ----------
    movement : pandas.DataFrame
        The frame `movement`: one period. scheme, from_as_of, to_as_of, from_segment, to_segment, from_place, to_place, customers, monetary and the causes.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = _rows(movement, scheme)
    if rows.empty:
        return Reading((texts.say("movement-short-told"),))
    before = rows[rows["from_segment"] != NONE]
    sentences = []
    if total := int(before["customers"].sum()):
        stayed = int(before.loc[before["from_segment"] == before["to_segment"], "customers"].sum())
        words = {
            "share": texts.percent(stayed / total),
            "b": total,
            "before": texts.number(total),
            "date": _day(rows, "from", texts),
            "until": _day(rows, "to", texts),
        }
        sentences.append(texts.say("movement-stayed-of", n=stayed, customers=texts.number(stayed), **words))
    came, left = (int(rows.loc[rows[name] == NONE, "customers"].sum()) for name in ("from_segment", "to_segment"))
    if came or left:
        sentences.append(texts.say("movement-came-left", n=came, came=texts.number(came), m=left, left=texts.number(left)))
    totals = {cause: int(rows[cause].sum()) for cause in CAUSES if rows[cause].sum()}
    if totals:
        ordered = sorted(totals, key=lambda cause: (-totals[cause], CAUSES.index(cause)))
        parts = texts.join(
            texts.say(f"movement-because-{cause.replace('_', '-')}", n=totals[cause], customers=texts.number(totals[cause])) for cause in ordered
        )
        sentences.append(texts.say("movement-causes", n=sum(totals.values()), customers=texts.number(sum(totals.values())), parts=parts))
    return Reading(tuple(sentences))


def tell_money(movement: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Reading:
    """Say how many rose and fell, and what they have brought.

    Parameters
    ----------
    movement : pandas.DataFrame
        As for `tell_migration`.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = _rows(movement, scheme)
    if rows.empty:
        return Reading((texts.say("movement-short-told"),))
    among = rows[(rows["from_segment"] != NONE) & (rows["to_segment"] != NONE)]
    way = among["to_place"].astype(float) - among["from_place"].astype(float)
    up, down = among[way < 0], among[way > 0]
    u, d = int(up["customers"].sum()), int(down["customers"].sum())
    if not u and not d:
        return Reading((texts.say("movement-nobody-told"),))
    money = {f"{name}_money": texts.money(part["monetary"].astype(float).sum()) for name, part in (("up", up), ("down", down))}
    return Reading((texts.say("movement-directions", u=u, up=texts.number(u), d=d, down=texts.number(d), **money),))


def tell_turnover(movement: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Reading:
    """Say which group kept most of its customers, and which fewest.

    Parameters
    ----------
    movement : pandas.DataFrame
        As for `tell_migration`. Groups of fewer than twenty customers are left out.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = _rows(movement, scheme)
    rows = rows[rows["from_segment"] != NONE]
    before = rows.groupby("from_segment")["customers"].sum()
    stayed = rows[rows["from_segment"] == rows["to_segment"]].set_index("from_segment")["customers"]
    kept = (stayed.reindex(before.index).fillna(0) / before)[before >= _LEAST]
    if len(kept) < 2 or kept.min() == kept.max():
        return Reading((texts.say("movement-turnover-none"),))
    most, least = kept.idxmax(), kept.idxmin()
    names = {"most": texts.label(scheme, most), "least": texts.label(scheme, least)}
    return Reading((texts.say("movement-turnover", **names, most_share=texts.percent(kept[most]), least_share=texts.percent(kept[least])),))


def _rows(movement: pd.DataFrame, scheme: str) -> pd.DataFrame:
    return movement[(movement["scheme"] == scheme) & (movement["customers"] > 0)]


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
    if rows.empty or not int(rows["customers"].iloc[0]):
        return Reading((texts.say("movement-short-told"),))
    same, fresh, total = int(rows["changed"]["same"]), int(rows["changed"]["refitted"]), int(rows["customers"]["same"])
    cut = int(rows["threshold_moved"]["refitted"])
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
