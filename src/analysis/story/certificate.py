"""Sentences of the certificate."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.display.withheld import is_told
from analysis.texts import Texts

LEAST = 10  # a value that fewer share may give a customer away


def tell_ties(tie_blocks: pd.DataFrame, *, texts: Texts) -> Reading:
    """Name the largest block of customers with one and the same value.

    Parameters
    ----------
    tie_blocks : pandas.DataFrame
        `measure`, `value`, `customers`, `share`, `score`.
    texts : Texts
    """
    shown = tie_blocks[tie_blocks["customers"] >= LEAST]
    if shown.empty:
        return Reading((texts.say("chart-ties-none"),))
    row = shown.loc[shown["customers"].idxmax()]
    written = texts.money_exact(row["value"]) if row["measure"] == "m" else texts.number(row["value"])
    value = texts.say(f"certificate-exactly-{row['measure']}", **({} if row["measure"] == "m" else {"n": int(row["value"])}), value=written)
    n = int(row["customers"])
    words = {"n": n, "customers": texts.number(n), "share": texts.percent(row["share"]), "value": value, "score": str(row["score"])}
    return Reading((texts.say("story-certificate-ties", **words),))


def tell_certificate(certificate: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say who stands near a border, what other methods would change, and that shuffling changed nothing.

    Parameters
    ----------
    certificate : pandas.DataFrame
        One row per `check`: `customers`, `n`, `value`, `times`.
    texts : Texts
    """
    if certificate.empty:
        return Reading((texts.say("story-few-buyers"),))
    found = certificate.set_index("check")
    near, proof = found.loc["one_order_or_seven_days"], found.loc["shuffle"]
    sentences = []
    if is_told(near["customers"], near["value"]):
        n = int(near["customers"])
        sentences.append(texts.say("story-certificate-near", n=n, customers=texts.number(n), share=texts.percent(near["value"])))
    others = {str(check): float(value) for check, value in found["value"].items() if str(check).startswith("method_") and is_told(value)}
    parts = [texts.say("story-certificate-other", name=texts.label("certificate", check), share=texts.percent(value)) for check, value in others.items()]
    sentences += [texts.say("story-certificate-methods", parts=texts.join(parts))] if parts else []
    looked = int(proof["n"])
    words = {"n": looked, "customers": texts.number(looked), "times": int(proof["times"]), "count": texts.number(proof["times"])}
    ranked = float(found.loc["rank_first", "value"])
    if is_told(ranked):
        sentences.append(texts.say("story-certificate-proof", **words, share=texts.percent(ranked)))
    else:
        sentences.append(texts.say("story-certificate-shuffled", times=words["times"], count=words["count"]))
    return Reading(tuple(sentences))
