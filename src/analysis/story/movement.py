"""What to say about who moved and why."""

from collections.abc import Callable

import pandas as pd

from analysis.columns import CAUSES, NONE
from analysis.display import Reading
from analysis.texts import Texts


def tell_migration(movement: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Reading:
    """Say how many stayed, rose, fell, came and left, what made most of them move, and how much money moved.

    Parameters
    ----------
    movement : pandas.DataFrame
        The frame `movement`: one period. scheme, from_as_of, to_as_of, from_segment, to_segment, from_place, to_place, customers, monetary and the causes.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = movement[(movement["scheme"] == scheme) & (movement["customers"] > 0)]
    if rows.empty:
        return Reading((texts.say("movement-short-told"),))
    count = _counter(rows)
    before = int(rows.loc[rows["from_segment"] != NONE, "customers"].sum())
    stays = rows["from_segment"] == rows["to_segment"]
    came, left = rows["from_segment"] == NONE, rows["to_segment"] == NONE
    up = ~stays & ~came & ~left & (rows["to_place"].astype(float) < rows["from_place"].astype(float))
    down = ~stays & ~came & ~left & ~up
    since, until = (texts.date(pd.Timestamp(rows[name].iloc[0])) for name in ("from_as_of", "to_as_of"))
    sentences = []
    if before:
        words = {"share": texts.percent(count(stays) / before), "b": before, "before": texts.number(before), "date": since, "until": until}
        sentences.append(texts.say("movement-stayed-of", n=count(stays), customers=texts.number(count(stays)), **words))
    if count(up) or count(down):
        sentences.append(
            texts.say(
                "movement-directions", u=count(up), up=texts.number(count(up)), d=count(down), down=texts.number(count(down)), **_money(rows, up, down, texts)
            )
        )
    if count(came) or count(left):
        sentences.append(texts.say("movement-came-left", n=count(came), came=texts.number(count(came)), m=count(left), left=texts.number(count(left))))
    totals = {cause: int(rows[cause].sum()) for cause in CAUSES if rows[cause].sum()}
    if totals:
        ordered = sorted(totals, key=lambda cause: (-totals[cause], CAUSES.index(cause)))
        parts = texts.join(
            texts.say(f"movement-because-{cause.replace('_', '-')}", n=totals[cause], customers=texts.number(totals[cause])) for cause in ordered
        )
        sentences.append(texts.say("movement-causes", n=sum(totals.values()), customers=texts.number(sum(totals.values())), parts=parts))
    return Reading(tuple(sentences))


def _counter(rows: pd.DataFrame) -> Callable[[pd.Series], int]:
    return lambda where: int(rows.loc[where, "customers"].sum())


def _money(rows: pd.DataFrame, up: pd.Series, down: pd.Series, texts: Texts) -> dict[str, str]:
    money = rows["monetary"].astype(float)
    return {"up_money": texts.money(money[up].sum()), "down_money": texts.money(money[down].sum())}


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
