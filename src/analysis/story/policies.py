"""Sentences about what hangs on the cleaning choices."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.display.withheld import is_told
from analysis.story.told import read
from analysis.texts import Texts


def tell_policies(policies: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say which choice matters most to the segments and to revenue, and which do not matter.

    Parameters
    ----------
    policies : pandas.DataFrame
        One row per choice: `rule`, `action`, `alternative`, `customers`, `customers_changed`, `share`, `money_moved`, `revenue_before`, `revenue_after`, `sampled`.
    texts : Texts
    """
    if policies.empty:
        return Reading((texts.say("story-policies-empty"),))
    rows = policies.sort_values(["customers_changed", "money_moved", "rule", "alternative"], ascending=[False, False, True, True]).reset_index(drop=True)
    names = [_name(row, texts) for _, row in rows.iterrows()]
    most = rows.iloc[0]
    if not is_told(most["customers_changed"], most["customers"], most["money_moved"]):
        return read((), texts)
    n = int(most["customers_changed"])
    if n:
        words = {"n": n, "customers": texts.number(n), "total": texts.number(most["customers"]), "share": texts.percent(most["share"])}
        sentences = [texts.say("story-policies-most", choice=names[0], money=texts.money(most["money_moved"]), **words)]
    else:
        sentences = [texts.say("story-policies-none")]
    change = (rows["revenue_after"] - rows["revenue_before"]).round(2)
    at = int(change.abs().fillna(0.0).idxmax())
    if is_told(change[at]) and change[at]:
        amount = texts.say("policy-more" if change[at] > 0 else "policy-less", amount=texts.money(abs(change[at])))
        sentences.append(texts.say("story-policies-revenue", choice=names[at], change=amount))
    idle = [name for name, moved in zip(names, rows["customers_changed"], strict=True) if not moved]
    if n and idle:
        sentences.append(texts.say("story-policies-nothing", choices=texts.say("policy-separator").join(idle)))
    if float(most["sampled"]) < 1:
        sentences.append(texts.say("story-policies-sample", share=texts.percent(most["sampled"])))
    return Reading(tuple(sentences))


def _name(row: pd.Series, texts: Texts) -> str:
    words = {"action": texts.label("policy-action", row["action"]), "alternative": texts.label("policy-action", row["alternative"])}
    return texts.say("policy-choice", rule=texts.label("policy-rule", row["rule"]), **words)
