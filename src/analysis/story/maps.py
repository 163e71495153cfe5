"""Sentences about the segment map: whether the data bear it, and what other maps would call the same customers."""

from collections.abc import Sequence

import pandas as pd

from analysis.display.reading import Reading
from analysis.display.withheld import is_told
from analysis.texts import Texts


def tell_sufficiency(checks: pd.DataFrame, notes: Sequence = (), *, texts: Texts) -> Reading:
    """Say whether there are data enough for the groups asked for, and if not, what was done about it.

    Parameters
    ----------
    checks : pandas.DataFrame
        Grain: check (buyers, days, recent, orders). `found`, `needed`, `met`.
    notes : sequence
        Notes of the run, with `key` and `values`: `few-buyers` or `fewer-groups` where groups were given up.
    texts : Texts
    """
    done = [texts.say(f"note-{note.key}", **note.values) for note in notes if note.key in ("few-buyers", "fewer-groups")]
    if checks["met"].all() and not done:
        found = checks.set_index("check")["found"].astype(int)
        return Reading((texts.say(
            "story-sufficient", n=int(found["buyers"]), buyers=texts.number(found["buyers"]), d=int(found["days"]), days=texts.number(found["days"]),
            s=int(found["recent"]), recent=texts.number(found["recent"]), o=int(found["orders"]), orders=texts.number(found["orders"]),
        ),))  # fmt: skip
    short = [texts.say(f"note-short-{row.check}", found=int(row.found), needed=int(row.needed)) for row in checks[~checks["met"]].itertuples()]
    return Reading((*short, *(done or [texts.say("story-sufficiency-kept")])), "warning" if done else "reading")


def tell_crosswalk(agreement: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say which other map comes closest, and how many customers the one with the same names calls otherwise.

    Parameters
    ----------
    agreement : pandas.DataFrame
        Grain: map. `customers`, `same_name` (0-1 or null), `rand_adjusted`.
    texts : Texts
    """
    if agreement.empty:
        return Reading((texts.say("chart-crosswalk-none"),))

    def name(key: str) -> str:
        return texts.label("map", key) if texts.has(f"map-{key}") else key

    ordered = agreement[agreement["rand_adjusted"].notna()].sort_values(["rand_adjusted", "map"])
    sentences = []
    if len(ordered) > 1:
        sentences.append(texts.say("story-crosswalk-near", near=name(ordered["map"].iloc[-1]), far=name(ordered["map"].iloc[0])))
    named = ordered[ordered["same_name"].notna()]
    if len(named) and is_told(*named["customers"]):
        least = named.sort_values(["same_name", "map"]).iloc[0]
        n = round(float(1 - least["same_name"]) * int(least["customers"]))
        sentences.append(
            texts.say("story-crosswalk-names", n=n, customers=texts.number(n), share=texts.percent(n / least["customers"]), map=name(least["map"]))
        )
    sentences.append(texts.say("story-crosswalk-same"))
    return Reading(tuple(sentences))
