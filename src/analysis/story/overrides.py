"""Sentences about what people decided in place of the workbook: also an answer to its rules."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts

OFTEN = 3  # customers changed the same way: from here on it may be the rule


def tell_overrides(counts: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how many customers carry a person's word, in which columns, what ends soon, and in which direction people disagree with the workbook.

    Parameters
    ----------
    counts : pandas.DataFrame
        Grain: column ("" for all together), what is computed, what was said. column, kind, computed, value, customers, expiring (within 30 days).
    texts : Texts
    """
    if counts.empty:
        return Reading((texts.say("overrides-none"),))
    every = counts[counts["column"] == ""].iloc[0]
    rows = counts[(counts["column"] != "") & ~counts["column"].isin(counts.loc[counts["customers"].isna(), "column"])]  # of what is withheld nothing is told
    columns = rows.groupby("column")["customers"].sum().sort_values(ascending=False, kind="stable")
    parts = [texts.say("overrides-column-count", column=texts.column(str(name)), customers=texts.number(n)) for name, n in columns.items()]
    sentences = []
    if pd.notna(every.customers) and parts:
        sentences.append(texts.say("overrides-customers", n=int(every.customers), customers=texts.number(every.customers), columns=texts.join(parts)))
    if pd.notna(every.expiring):
        ends = {"n": int(every.expiring), "customers": texts.number(every.expiring)}
        sentences.append(texts.say("overrides-expiring", **ends) if every.expiring else texts.say("overrides-never"))
    held = counts[counts["kind"].isin(["class", "boolean", "level"])]
    if len(held) and held["customers"].notna().all():
        differ = held[held["computed"] != held["value"]]
        total, n = int(held["customers"].sum()), int(differ["customers"].sum())
        sentences.append(texts.say("overrides-differ", total=total, all=texts.number(total), n=n, customers=texts.number(n)))
        if not n:
            sentences.append(texts.say("overrides-agree"))
        elif (first := differ.sort_values("customers", ascending=False, kind="stable").iloc[0]).customers >= OFTEN:
            sentences.append(
                texts.say(
                    "overrides-direction",
                    column=texts.column(first["column"]),
                    computed=texts.value(first["column"], first["computed"]),
                    value=texts.value(first["column"], first["value"]),
                    n=int(first["customers"]),
                    customers=texts.number(first["customers"]),
                    section="classes" if first["kind"] == "class" else "tags",
                )
            )
    return Reading(tuple(sentences) or (texts.say("story-withheld"),))
